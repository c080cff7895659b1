"""Worksheets over LibreOffice."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.addresses import WHOLE_SHEET, Area, parse_area
from tests.office.charts import Charts
from tests.office.ranges import Range
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
    """A worksheet; its `api` is itself, with the names of Excel that `book/host.py` uses."""

    book: Any = None

    def __init__(self, book: Book, name: str) -> None:
        self.book, self._name = book, name
        self.PageSetup = SimpleNamespace()  # Excel's own name; what is set there is forgotten
        self.Tab = SimpleNamespace()
        self._view: View | None = None
        self._seen = -1
        self._touched = True

    @property
    def api(self) -> Sheet:
        return self

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

    def activate(self) -> None:
        """No sheet is shown."""

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
