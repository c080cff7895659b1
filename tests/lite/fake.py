"""The calls that xlwings documents for Lite, over the Excel in memory; any other name raises.

As there, writes stand in a queue until `flush` or an answer of Excel; tables are known as they were
when they were last loaded; values can only be waited for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from copy import copy, deepcopy
from pathlib import Path
from typing import Any

from ar_xl.xlfile.columns import FormatClass
from ar_xl.xlfile.formats import format_class
from tests.live.entry import EPOCH, TEXTS, ErrorValue
from tests.live.excel import Application
from tests.live.grid import Area
from tests.live.sheets import Workbook, Worksheet
from tests.live.tables import ListObject


class Book:
    """A workbook as a script is handed it.

    Args:
        opened: the file that Excel has open, or the workbook itself, of which a copy is taken.
    """

    def __init__(self, opened: Path | Workbook) -> None:
        made = Application().open(opened) if isinstance(opened, Path) else deepcopy(opened)
        self.workbook: Workbook = made
        self.queue: list[Callable[[], None]] = []
        self.done = self.asked = 0
        self.before: Callable[[int], None] = lambda _: None  # each action, with its number
        self.flushed: Callable[[], None] = lambda: None
        self.loaded: list[Sheet] = []

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    async def load(self) -> Book:
        await self.flush()
        self.loaded = [Sheet(self, each) for each in self.workbook.all_sheets]
        return self

    async def flush(self) -> None:
        self.asked += 1
        queue, self.queue = self.queue, []
        for action in queue:
            self.done += 1
            self.before(self.done)
            action()
        if queue:
            self.flushed()


class Sheets:
    def __init__(self, book: Book) -> None:
        self._book = book

    def __len__(self) -> int:
        return len(self._book.loaded)

    def __iter__(self) -> Iterator[Sheet]:
        return iter(list(self._book.loaded))

    def __getitem__(self, key: int | str) -> Sheet:
        if isinstance(key, int):
            return self._book.loaded[key]
        return next(each for each in self if each.name == key)

    def add(self, name: str, after: Sheet) -> Sheet:
        book = self._book
        made = Worksheet(book.workbook, name)
        place = book.loaded.index(after) + 1
        book.queue.append(lambda: book.workbook.all_sheets.insert(place, made))
        book.loaded.insert(place, Sheet(book, made))
        return book.loaded[place]


class Sheet:
    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self._book, self._sheet, self.name = book, sheet, sheet.Name
        self.tables = Tables(self, [Table(self, each) for each in sheet.tables])

    def range(self, first: tuple[int, int], last: tuple[int, int] | None = None) -> Range:
        return Range(self, (*first, *(last or first)))

    async def get_used_range(self, values_only: bool = False) -> Range | None:
        await self._book.flush()
        assert values_only
        grid = self._sheet.grid
        cells = [(int(r) + 1, int(c) + 1) for r, c in zip(*(grid.values != None).nonzero())]  # noqa: B905, E711
        cells += list(grid.formulas)
        if not cells:
            return None
        rows, columns = [row for row, _ in cells], [column for _, column in cells]
        return Range(self, (min(rows), min(columns), max(rows), max(columns)))

    def delete(self) -> None:
        book, sheet = self._book, self._sheet

        def gone() -> None:
            if sheet in book.workbook.all_sheets:
                book.workbook.all_sheets.remove(sheet)

        book.queue.append(gone)
        book.loaded = [each for each in book.loaded if each._sheet is not sheet]

    def activate(self) -> None:
        self._book.queue.append(self._sheet.Activate)


class Tables:
    def __init__(self, sheet: Sheet, known: list[Table]) -> None:
        self._sheet, self._known = sheet, known

    def __iter__(self) -> Iterator[Table]:
        return iter(self._known)

    def __getitem__(self, name: str) -> Table:
        return next(each for each in self if each.name == name)

    def add(self, source: Range, name: str, table_style_name: str) -> None:
        sheet = self._sheet

        def made() -> None:
            taken = [t.Name for s in sheet._book.workbook.all_sheets for t in s.tables]
            assert name not in taken, "a table of that name is there"
            table = ListObject(sheet._sheet, name, source.area, False, {})
            sheet._sheet.tables.append(table)

        assert table_style_name
        sheet._book.queue.append(made)


class Table:
    def __init__(self, sheet: Sheet, table: ListObject) -> None:
        self._sheet, self._table, self.name = sheet, table, table.Name
        self.range = Range(sheet, table.area)
        self.show_totals = table.totals

    def resize(self, cells: Range) -> None:
        self._sheet._book.queue.append(lambda: self._table.Resize(_Area(cells.area)))


class _Area:
    def __init__(self, area: Area) -> None:
        self.area = area


class Look:
    """A font; what is set is known to be settable."""

    __slots__ = ("bold", "color", "size")


class Range:
    __slots__ = (
        "_book", "_grid", "_options", "_sheet", "area", "color", "column_width", "font",
        "horizontal_alignment",
    )  # fmt: skip

    def __init__(self, sheet: Sheet, area: Area) -> None:
        self._sheet, self._book, self._grid = sheet, sheet._book, sheet._sheet.grid
        self.area, self.font, self._options = area, Look(), dict[str, Any]()

    @property
    def row(self) -> int:
        return self.area[0]

    @property
    def column(self) -> int:
        return self.area[1]

    @property
    def shape(self) -> tuple[int, int]:
        return self.area[2] - self.area[0] + 1, self.area[3] - self.area[1] + 1

    @property
    def last_cell(self) -> Range:
        return Range(self._sheet, (*self.area[2:], *self.area[2:]))

    def options(self, *, ndim: int, err_to_str: bool = False) -> Range:
        made = copy(self)
        made._options = {"ndim": ndim, "err_to_str": err_to_str}
        return made

    async def get_value(self) -> list[list[Any]]:
        await self._book.flush()
        assert self._options["ndim"] == 2
        place = self._grid.part(self.area)
        codes = [[self._grid.names[code] for code in row] for row in self._grid.codes[place]]
        values = self._grid.values[place].tolist()
        return [
            [self._read(v, c) for v, c in zip(*line, strict=True)]
            for line in zip(values, codes, strict=True)
        ]

    def _read(self, value: Any, code: str) -> Any:
        if isinstance(value, ErrorValue):
            return TEXTS[int(value)] if self._options["err_to_str"] else None
        if isinstance(value, float) and format_class(code) == FormatClass.DATE:
            return EPOCH + dt.timedelta(days=value)
        return value

    async def get_formula(self) -> list[list[Any]]:
        await self._book.flush()
        top, left, *_ = self.area
        shown = self._grid.values[self._grid.part(self.area)].tolist()
        for row, column in self._grid.formulas_in(self.area):
            shown[row - top][column - left] = self._grid.formulas[row, column]
        return [["" if cell is None else cell for cell in line] for line in shown]

    async def get_number_format(self) -> str | None:
        await self._book.flush()
        found = self._grid.formats(self.area)
        return found.pop() if len(found) == 1 else None

    def _set_value(self, lines: list[list[Any]]) -> None:
        assert [len(lines), *{len(line) for line in lines}] == list(self.shape)
        lines = [list(line) for line in lines]
        self._book.queue.append(lambda: self._grid.enter(self.area, lines))

    value = property(None, _set_value)

    def _set_format(self, code: str) -> None:
        self._book.queue.append(lambda: self._grid.format(self.area, code))

    number_format = property(None, _set_format)

    def clear_contents(self) -> None:
        self._book.queue.append(lambda: self._grid.clear_contents(self.area))
