"""What the cells are that somebody names: by reference, numbers, defined name or table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ar_xl.xlfile.addresses import AddressError, Area, parse_area, split_sheet
from ar_xl.xlfile.states import SheetState, TableState

if TYPE_CHECKING:
    from ar_xl.xlfile.books import Book
    from ar_xl.xlfile.ranges import Range
    from ar_xl.xlfile.sheets import Sheet

_TABLE = re.compile(r"([A-Za-z_\\][\w.\\]*)(?:\[(.*)\])?", re.DOTALL)
_ESCAPED = re.compile(r"'(.)", re.DOTALL)


def resolve(sheet: Sheet, first: Any, second: Any = None) -> Range:
    """Return the cells that one or two arguments of `sheet.range` name.

    Args:
        sheet: that is asked.
        first: A1 reference, name, table, `Table[Heading]`, (row, column), (row, column, rows,
            columns) or a range.
        second: the opposite corner, None for none.

    Raises:
        AddressError: nothing is called that.
    """
    from ar_xl.xlfile.ranges import Range

    start = _one(sheet, first)
    if second is None:
        return start
    stop = _one(sheet, second)
    if start.area is None or stop.area is None:
        return Range(sheet, None)
    return Range(start.sheet, start.area.join(stop.area))


def _one(sheet: Sheet, named: Any) -> Range:
    from ar_xl.xlfile.ranges import Range

    if isinstance(named, Range):
        return named
    if isinstance(named, tuple):
        if len(named) == 4:
            row, column, rows, columns = named
            if not rows or not columns:
                return Range(sheet, None)
            return Range(sheet, Area(row, column, row + rows - 1, column + columns - 1))
        row, column = named
        if not row or not column:
            raise IndexError("Rows and columns count from 1.")
        return Range(sheet, Area(row, column, row, column))
    found = resolve_text(sheet.book, sheet.state, named)
    if found is None:
        raise AddressError(f"'{named}' names no cells of this workbook.")
    found.text = named
    return found


def resolve_text(book: Book, here: SheetState, text: str) -> Range | None:
    """Return the cells that a text names, None where it names none.

    Args:
        book: the workbook.
        here: the sheet of references that name none, and of its own names.
        text: A1 reference, name, table or `Table[...]`.
    """
    from ar_xl.xlfile.ranges import Range
    from ar_xl.xlfile.sheets import Sheet

    sheet_name, rest = split_sheet(text)
    if sheet_name is not None:
        here = book.contents.sheet(sheet_name)
    try:
        return Range(Sheet(book, here), parse_area(rest))
    except AddressError:
        pass
    for owner in (here, None):
        for name, of in book.contents.names:
            if of is owner and name.name.casefold() == rest.casefold():
                return resolve_text(book, here, name.refers_to)
    match = _TABLE.fullmatch(rest)
    table = book.contents.table(match[1]) if match else None
    if table is None or match is None:
        return None
    return Range(Sheet(book, table.sheet), table_area(table, match[2]))


def table_area(table: TableState, item: str | None) -> Area | None:
    """Return what `Table[item]` stands for: a column by its heading, or #All, #Data and so on."""
    item = (item or "").strip().removeprefix("[").removesuffix("]")
    whole, body = table.area, table.body
    if item in ("", "#Data"):
        return body
    if item == "#All":
        return whole
    if item == "#Headers":
        return Area(whole.top, whole.left, whole.top, whole.right) if table.header else None
    if item == "#Totals":
        last = Area(whole.bottom, whole.left, whole.bottom, whole.right)
        return last if table.totals is not None else None
    heading = _ESCAPED.sub(r"\1", item).casefold()
    for index, name in enumerate(table.headings):
        if name.casefold() == heading:
            column = whole.left + index
            return Area(body.top, column, body.bottom, column) if body else None
    raise AddressError(f"The table {table.name} has no column '{item}'.")
