"""What a workbook holds besides cells and tables, in Excel and in a file alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import xlwings as xw

from ar_xl.book.host import is_file_host


def sheet_names(book: xw.Book) -> list[str]:
    """Return the names of all sheets, those without cells among them: charts, dialogs, macros."""
    if is_file_host(book):
        return list(book.api.contents.edit.sheet_names)
    return [str(sheet.Name) for sheet in book.api.Sheets]


def copy_as_it_is(sheet: xw.Sheet, after: xw.Sheet) -> xw.Sheet:
    """Copy a sheet into another workbook, where the caller sees to all that it refers to.

    xlwings' own `copy` refuses a sheet of a file that needs tables or names of its workbook.

    Args:
        sheet: it; no sheet of the other workbook has its name.
        after: its neighbour there.
    """
    book = after.book
    if not is_file_host(book):
        return sheet.copy(after=after)
    made = book.api.contents.copy_sheet(
        sheet.book.api.contents, sheet.api.state, None, after.api.state.name
    )
    return book.sheets[made.name]


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


def objects_on(sheet: xw.Sheet) -> str:
    """Say how many tables and drawings lie on a sheet, and whether anything else does.

    Notes, links, rules, checks, controls and the like are what else there can be; Excel, where
    each question takes time, is asked for the most usual ones.
    """
    tables = len(sheet.tables)
    if is_file_host(sheet.book):
        found = dict(sheet.api.objects())
        drawn = found.pop("drawn")
        more = any(found.values())
    else:
        native = sheet.api
        notes = int(native.Comments.Count)
        drawn = int(native.Shapes.Count) - notes
        rules = native.Cells.FormatConditions
        more = bool(notes or int(native.Hyperlinks.Count) or int(rules.Count))
    return f"{tables} tables, {drawn} drawn, {'more' if more else 'no more'}"


def looks_on(sheet: xw.Sheet, last_row: int, last_column: int) -> str:
    """Say how many cells look in which way; plain ones do not count.

    Excel is not asked: the number of calls would grow with the cells.
    """
    if not is_file_host(sheet.book):
        return ""
    area = sheet.range((1, 1), (last_row, last_column)).impl.area
    looks: Counter[str] = Counter()
    for spec, count in sheet.api.looks(area):
        lines = {side: line for side, line in sorted((spec.borders or {}).items()) if line}
        looks[repr(replace(spec, borders=lines))] += count
    plain = sheet.api.contents.styles.spec(0)
    del looks[repr(replace(plain, borders={}))]
    return repr(sorted(looks.items()))
