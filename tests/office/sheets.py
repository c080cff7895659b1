"""Worksheets over LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from xlwings import base_classes

from ar_xl.xlfile.addresses import WHOLE_SHEET, Area, parse_area
from ar_xl.xlfile.columns import WriteColumn
from ar_xl.xlfile.specs import PageSetup, StyleSpec
from tests.office.charts import Charts, Forgetful
from tests.office.ranges import Range, taken
from tests.office.tables import Tables
from tests.office.view import View, view_of

if TYPE_CHECKING:
    from tests.office.engine import Book


class Sheets(base_classes.Sheets):
    """The worksheets of a workbook."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def _names(self) -> tuple[str, ...]:
        return self._book.sheet_names

    def _sheet(self, name: str) -> Sheet:
        if name not in self._book.by_name:
            self._book.by_name[name] = Sheet(self._book, name)
        return self._book.by_name[name]

    @property
    def active(self) -> Sheet:
        return self._sheet(self._names()[0])

    def __call__(self, name_or_index: int | str) -> Sheet:
        names = self._names()
        if isinstance(name_or_index, int):
            return self._sheet(names[name_or_index - 1])
        for name in names:
            if name.casefold() == name_or_index.casefold():
                return self._sheet(name)
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[Sheet]:
        return iter([self._sheet(name) for name in self._names()])

    def __contains__(self, name: object) -> bool:
        return str(name).casefold() in (each.casefold() for each in self._names())

    def add(
        self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None
    ) -> Sheet:
        assert name is not None, "the commands name their sheets"
        place = len(self)
        if before is not None:
            place = before.index - 1
        elif after is not None:
            place = after.index
        self._book.document.Sheets.insertNewByName(name, place)
        self._book.touch(tables=True)
        return self._sheet(name)


class Sheet(base_classes.Sheet):
    """A worksheet. As with the file engine it is its own `api`."""

    is_of_file = True
    book: Any = None

    def __init__(self, book: Book, name: str) -> None:
        self.book, self._name = book, name
        self.drawn = 0
        self.state = Forgetful()  # the file engine lets go of memory there
        self._view: View | None = None
        self._seen = -1
        self._touched = True

    @property
    def api(self) -> Sheet:
        return self

    @property
    def contents(self) -> Any:
        """What its workbook stands for towards `book/`."""
        return self.book.contents

    @property
    def uno(self) -> Any:
        """The sheet of LibreOffice."""
        return self.book.document.Sheets.getByName(self._name)

    @property
    def name(self) -> str:
        return self._name

    @property
    def index(self) -> int:
        return 1 + int(self.book.sheet_names.index(self._name))

    @property
    def is_seen(self) -> bool:
        """Whether the last look at it still holds: a formula may follow what others show."""
        if self._view is None or self._touched:
            return False
        return self.book.changes == self._seen or not self._view.formulas

    @property
    def view(self) -> View:
        """What is on it now; looked at again where something changed that could show on it."""
        if self._view is None or not self.is_seen:
            self.book.dress()
            ends = [t.area for t in self.book.tables if t.sheet == self._name]
            least = [max((getattr(a, e) for a in ends), default=1) for e in ("bottom", "right")]
            raw = self.book.office.ask(
                "View", self.book.document, self._name, least[0], least[1] - 1
            )
            self._view = view_of(raw, self.book.shown)
            self._seen, self._touched = self.book.changes, False
        return self._view

    def touch(self) -> None:
        """Note that a cell of it was changed."""
        self._touched = True
        self.book.touch()

    @property
    def used_range(self) -> Range:
        row, column = self.view.used
        return Range(self, Area(1, 1, row, column))

    @property
    def cells(self) -> Range:
        return Range(self, WHOLE_SHEET)

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def charts(self) -> Charts:
        return Charts(self)

    def cells_of(self, area: Area) -> Range:
        """A range of it."""
        return Range(self, area)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        area = _area(arg1)
        return Range(self, area if arg2 is None else area.join(_area(arg2)))

    def address_of(self, area: Area) -> Any:
        """A rectangle of it, as UNO says that."""
        return self.book.office.struct(
            "com.sun.star.table.CellRangeAddress",
            Sheet=self.index - 1, StartRow=area.top - 1, StartColumn=area.left - 1,
            EndRow=area.bottom - 1, EndColumn=area.right - 1,
        )  # fmt: skip

    def define_table(self, name: str, area: Area, totals: bool = False) -> None:
        """Make a table of cells that are there."""
        made = self.book.document.DatabaseRanges
        made.addNewByName(name, self.address_of(area))
        made.getByName(name).ContainsHeader = True
        made.getByName(name).AutoFilter = True
        made.getByName(name).TotalsRow = totals
        self.book.touch(tables=True)

    def copy_down(self, cell: Area, last_row: int) -> None:
        """Copy a cell into all below it, down to a row; formulas move along."""
        source = self.address_of(cell)
        for row in range(cell.top + 1, last_row + 1):
            place = self.uno.getCellByPosition(cell.left - 1, row - 1)
            self.uno.copyRange(place.CellAddress, source)
        self.touch()

    def write_cells(self, rows: npt.NDArray[np.int64], column: int, values: WriteColumn) -> None:
        """Set one column at scattered rows; text is always text."""
        order = np.argsort(rows, kind="stable")
        places = np.asarray(rows)[order]
        ends = (np.flatnonzero(np.diff(places) != 1) + 1).tolist()
        for start, stop in zip([0, *ends], [*ends, len(places)], strict=True):
            row, part = int(places[start]), taken(values, order[start:stop])
            Range(self, Area(row, column, row + stop - start - 1, column)).put_rows(
                tuple((value,) for value in part)
            )

    def put_formula(self, row: int, column: int, formula: str, value: float | str | None) -> None:
        """Set a formula; LibreOffice finds out by itself what it gives."""
        Range(self, Area(row, column, row, column)).enter(formula)

    def objects(self) -> dict[str, int]:
        """How many charts were drawn on it."""
        return {"drawn": self.drawn}

    def looks(self, area: Area) -> list[tuple[StyleSpec, int]]:
        """Nothing: LibreOffice says in other words how cells look."""
        return []

    def activate(self) -> None:
        """No sheet is shown."""

    def freeze(self, row: int, column: int) -> None:
        """Forgotten."""

    def page_setup_as(self, setup: PageSetup) -> None:
        """Forgotten."""

    def color_tab(self, rgb: str) -> None:
        """Forgotten."""

    def remove(self) -> None:
        """Delete it, as a sheet that nothing else refers to."""
        self.delete()

    def delete(self) -> None:
        self.book.dress()
        others = [table for table in self.book.tables if table.sheet != self._name]
        self.book.document.Sheets.removeByName(self._name)
        self.book.by_name.pop(self._name, None)
        self.book.touch(tables=True)
        left = {table.name for table in self.book.tables}
        for table in others:
            if table.name not in left:  # LibreOffice 7.4 forgets one of another sheet now and then
                Sheets(self.book)(table.sheet).define_table(table.name, table.area, table.totals)


def _area(named: Any) -> Area:
    if isinstance(named, Range):
        return named.area
    if isinstance(named, str):
        return parse_area(named)
    if len(named) == 4:
        row, column, rows, columns = named
        return Area(row, column, row + rows - 1, column + columns - 1)
    return Area(named[0], named[1], named[0], named[1])
