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
    """Say what lies on a sheet besides its cells: how many tables, charts, notes, rules, links.

    A file counts more kinds of things than Excel is asked for, so that what the two say differs.
    """
    tables = len(sheet.tables)
    if is_file_host(sheet.book):
        found = {name: count for name, count in sheet.api.objects().items() if count}
        return f"tables {tables}, {sorted(found.items())}"
    native = sheet.api
    counts = (
        native.ChartObjects().Count, native.Shapes.Count, native.Comments.Count,
        native.Hyperlinks.Count, native.Cells.FormatConditions.Count, native.PivotTables().Count,
    )  # fmt: skip
    return f"tables {tables}, in Excel {counts}"


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
