"""What a workbook holds besides cells and tables, in Excel and in a file alike."""

from __future__ import annotations

import xlwings as xw

from ar_xl.book.host import is_file_host


def sheet_names(book: xw.Book) -> list[str]:
    """Return the names of all sheets, those without cells among them: charts, dialogs, macros."""
    if is_file_host(book):
        return list(book.api.contents.edit.sheet_names)
    return [str(sheet.Name) for sheet in book.api.Sheets]


def shown_sheet(book: xw.Book) -> str:
    """Return the name of the sheet that is shown, which may be one without cells."""
    if is_file_host(book):
        return str(book.api.contents.edit.shown)
    return str(book.api.ActiveSheet.Name)


def show_again(book: xw.Book, name: str) -> None:
    """Show the sheet that `shown_sheet` named; a file that shows it already is not touched."""
    if is_file_host(book):
        book.api.contents.show(name)
    else:
        book.api.Sheets(name).Activate()


def defined_names(book: xw.Book) -> dict[str, str]:
    """Return what every defined name stands for, hidden ones and those of one sheet too."""
    if is_file_host(book):
        return {name.name: name.refers_to for name, _ in book.api.contents.names}
    return {name.name.rpartition("!")[2]: name.refers_to for name in book.names}
