"""Which sheets and tables a workbook has, in as few calls as Excel allows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import xlwings as xw

from ar_xl.book.addresses import address, corners
from ar_xl.book.excelblocks import Values, values_of

_MOST_CELLS = 40_000_000  # a sheet that is used further is read table by table


@dataclass(frozen=True)
class SeenCells:
    """The cells of a sheet, read in one call from Excel.

    Args:
        sheet: Excel's own object.
        row, column: of the first of them.
        values: row by row.
        area: Excel's range of them.
        date1904: dates count from 1904.
    """

    sheet: Any = field(repr=False)
    row: int
    column: int
    values: Values = field(repr=False)
    area: Any = field(repr=False)
    date1904: bool

    def part(self, row: int, column: int, rows: int, columns: int) -> Values:
        """The values of a rectangle, which lies within them."""
        top, left = row - self.row, column - self.column
        lines = self.values[top : top + rows]
        if left == 0 and columns == len(self.values[0]):
            return lines
        return tuple(line[left : left + columns] for line in lines)

    def again(self, row: int, column: int, rows: int, columns: int) -> SeenCells:
        """A rectangle of the sheet as it is now."""
        area = self.sheet.Range(address(row, column, rows, columns))
        return SeenCells(self.sheet, row, column, values_of(area), area, self.date1904)


@dataclass(frozen=True)
class SeenTable:
    """An Excel table.

    Args:
        sheet: the name of its sheet.
        name: its own.
        area: first row, first column, rows and columns, headings and totals row included.
        headings: as texts; an empty cell is empty text.
        has_totals: it shows a totals row.
        cells: of its sheet, where they were read with it.
        sheet_end: the last used row of its sheet, 0 where nobody asked.
    """

    sheet: str
    name: str
    area: tuple[int, int, int, int]
    headings: list[str]
    has_totals: bool
    cells: SeenCells | None = None
    sheet_end: int = 0


@dataclass(frozen=True)
class Survey:
    """What was seen.

    Args:
        sheets: names of all sheets, in order.
        tables: names of all tables by the name of their sheet.
        wanted: the tables that were asked for, by name in small letters.
    """

    sheets: list[str] = field(default_factory=list)
    tables: dict[str, list[str]] = field(default_factory=dict)
    wanted: dict[str, SeenTable] = field(default_factory=dict)


def survey(book: xw.Book, names: Collection[str]) -> Survey:
    """Look at all sheets, and at the tables of some names.

    Args:
        book: the workbook; in Excel the cells of the tables are read at the same time.
        names: of the tables wanted.
    """
    asked = {name.casefold() for name in names}
    if not isinstance(book, xw.Book):  # an image of one, see `mirror`
        return book.seen(asked)
    return _in_file(book, asked) if is_file(book) else _in_excel(book.api, asked)


def is_file(thing: xw.Book | xw.Sheet) -> bool:
    """Whether a workbook or sheet is of the file engine; Excel is not asked."""
    return getattr(type(thing.impl), "is_of_file", False)


def _in_file(book: xw.Book, asked: Collection[str]) -> Survey:
    seen = Survey()
    for sheet in book.sheets:
        seen.sheets.append(sheet.name)
        for table in sheet.tables:
            seen.tables.setdefault(sheet.name, []).append(table.name)
            if table.name.casefold() in asked:
                area = table.range
                texts = area.resize(row_size=1).options(ndim=1, err_to_str=True).value
                seen.wanted[table.name.casefold()] = SeenTable(
                    sheet.name, table.name, (area.row, area.column, *area.shape),
                    [_text(text) for text in texts], bool(table.show_totals),
                )  # fmt: skip
    return seen


def _in_excel(book: Any, asked: Collection[str]) -> Survey:
    seen, date1904 = Survey(), bool(book.Date1904)
    sheets = book.Worksheets
    for at in range(1, int(sheets.Count) + 1):  # an enumeration would not wait for a busy Excel
        sheet, name, used = sheets(at), "", None
        lists = sheet.ListObjects
        for number in range(1, int(lists.Count) + 1):
            table = lists.Item(number)
            called = str(table.Name)
            name, area = _place(table.Range)
            seen.tables.setdefault(name, []).append(called)
            if called.casefold() in asked:
                used = used or _Used(sheet, date1904)
                cells = used.cells_around(area)
                headings = [_text(text) for text in cells.part(*area[:2], 1, area[3])[0]]
                seen.wanted[called.casefold()] = SeenTable(
                    name, called, area, headings, bool(table.ShowTotals), cells, used.last_row
                )
        seen.sheets.append(name or str(sheet.Name))
    return seen


def _place(cells: Any) -> tuple[str, tuple[int, int, int, int]]:
    """The sheet and the area of a range, from one call: `'[Books.xlsx]Fees'!$A$1:$B$2`."""
    place, _, area = str(cells.GetAddress(True, True, 1, True)).rpartition("!")
    name = place.removeprefix("'").removesuffix("'").replace("''", "'")
    return name.rpartition("]")[2], corners(area)


class _Used:
    """The used range of a sheet in Excel; its cells are read when they are first wanted."""

    def __init__(self, sheet: Any, date1904: bool) -> None:
        self._sheet, self._range, self._date1904 = sheet, sheet.UsedRange, date1904
        self._area = corners(str(self._range.Address))
        self._read: SeenCells | None = None

    @property
    def last_row(self) -> int:
        row, _, rows, _ = self._area
        return row + rows - 1

    def cells_around(self, area: tuple[int, int, int, int]) -> SeenCells:
        """All used cells where an area is among them, else those of the area."""
        if self._area[2] * self._area[3] > _MOST_CELLS or not _within(area, self._area):
            own = self._sheet.Range(address(*area))
            return SeenCells(self._sheet, *area[:2], values_of(own), own, self._date1904)
        if self._read is None:
            values = values_of(self._range)
            place = self._area[:2]
            self._read = SeenCells(self._sheet, *place, values, self._range, self._date1904)
        return self._read


def _within(area: tuple[int, int, int, int], outer: tuple[int, int, int, int]) -> bool:
    row, column, rows, columns = area
    return (
        outer[0] <= row and outer[1] <= column
        and row + rows <= outer[0] + outer[2] and column + columns <= outer[1] + outer[3]
    )  # fmt: skip


def _text(value: Any) -> str:
    return "" if value is None else str(value)
