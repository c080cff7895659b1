"""Excel tables over LibreOffice, which has database ranges in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.addresses import Area

if TYPE_CHECKING:
    from tests.office.ranges import Range
    from tests.office.sheets import Sheet

# Excel numbers the functions of a total one way, and those of SUBTOTAL another.
_FUNCTIONS = {1: 109, 2: 101, 3: 103, 4: 102, 5: 105, 6: 104}


@dataclass(frozen=True)
class TableState:
    """Where a table stands.

    Args:
        name: what formulas call it.
        sheet: the name of its sheet.
        area: all of it.
        totals: it has a totals row.
    """

    name: str
    sheet: str
    area: Area
    totals: bool

    @classmethod
    def of(cls, raw: Sequence[Any], sheets: Sequence[str]) -> TableState:
        """Of what the Basic function `TablesOf` gave."""
        name, sheet, top, left, bottom, right, totals = raw
        area = Area(top + 1, left + 1, bottom + 1, right + 1)
        return cls(name, sheets[sheet], area, bool(totals))


class Tables(base_classes.Tables, base_classes.Collection):
    """The tables of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def parent(self) -> Sheet:
        return self._sheet

    def _names(self) -> list[str]:
        return [t.name for t in self._sheet.book.tables if t.sheet == self._sheet.name]

    def __call__(self, key: int | str) -> Table:
        names = self._names()
        if isinstance(key, int):
            return Table(self._sheet, names[key - 1])
        for name in names:
            if name.casefold() == key.casefold():
                return Table(self._sheet, name)
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[Table]:
        for name in self._names():
            yield Table(self._sheet, name)

    def __contains__(self, key: object) -> bool:
        return str(key).casefold() in (name.casefold() for name in self._names())

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: bool | None = None,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        assert name is not None, "the commands name their tables"
        self._sheet.define_table(name, source.impl.area)
        return Table(self._sheet, name)


class Table(base_classes.Table):
    """A table; its `api` is itself, with the names of Excel that `book/host.py` uses."""

    def __init__(self, sheet: Sheet, name: str) -> None:
        self._sheet, self._name = sheet, name

    @property
    def api(self) -> Table:
        return self

    @property
    def state(self) -> TableState:
        """Where it stands now."""
        return next(t for t in self._sheet.book.tables if t.name == self._name)

    @property
    def parent(self) -> Sheet:
        return self._sheet

    @property
    def name(self) -> str:
        return self._name

    @property
    def range(self) -> Range:
        return self._sheet.cells_of(self.state.area)

    @property
    def data_body_range(self) -> Range | None:
        """Its rows without heading and totals; none where it has none."""
        area, totals = self.state.area, self.state.totals
        body = Area(area.top + 1, area.left, area.bottom - totals, area.right)
        return self._sheet.cells_of(body) if body.rows > 0 else None

    @property
    def show_totals(self) -> bool:
        return self.state.totals

    def resize(self, range: Any) -> None:
        """Give it other cells; as in Excel, a column of formulas goes on in the new rows."""
        old, new = self.state.area, range.impl.area
        self._move(new)
        for column in range_of_columns(old):
            body = Area(old.top + 1, column, old.bottom, column)
            if new.bottom > old.bottom and self._sheet.view.has_formula(body):
                last = self._sheet.address_of(Area(old.bottom, column, old.bottom, column))
                for row in range_of_rows(old.bottom + 1, new.bottom):
                    place = self._sheet.uno.getCellByPosition(column - 1, row - 1)
                    self._sheet.uno.copyRange(place.CellAddress, last)
        self._sheet.book.touch(tables=True)

    def _move(self, area: Area) -> None:
        made = self._sheet.book.document.DatabaseRanges.getByName(self._name)
        made.DataArea = self._sheet.address_of(area)
        self._sheet.book.touch(tables=True)

    # Excel's own names

    @property
    def ShowTotals(self) -> bool:  # noqa: N802
        return self.state.totals

    @ShowTotals.setter
    def ShowTotals(self, value: bool) -> None:  # noqa: N802
        if value and not self.state.totals:
            area = self.state.area
            self._move(Area(area.top, area.left, area.bottom + 1, area.right))
            made = self._sheet.book.document.DatabaseRanges.getByName(self._name)
            made.TotalsRow = True
            self._sheet.book.touch(tables=True)

    @property
    def ListColumns(self) -> ListColumns:  # noqa: N802
        return ListColumns(self)


def range_of_columns(area: Area) -> Iterator[int]:
    """The numbers of the columns of an area."""
    return iter(range(area.left, area.right + 1))


def range_of_rows(first: int, last: int) -> Iterator[int]:
    """The numbers of rows."""
    return iter(range(first, last + 1))


class ListColumns:
    """The columns of a table, as Excel names them."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def Count(self) -> int:  # noqa: N802
        return self._table.state.area.columns

    def __call__(self, key: int | str) -> ListColumn:
        area = self._table.state.area
        if isinstance(key, int):
            return ListColumn(self._table, area.left + key - 1)
        row = Area(area.top, area.left, area.top, area.right)
        headings = self._table.parent.view.values(row)[0]
        return ListColumn(self._table, area.left + headings.index(key))


class ListColumn:
    """A column of a table, as Excel names it."""

    def __init__(self, table: Table, column: int) -> None:
        self._table, self._column = table, column

    @property
    def Total(self) -> Any:  # noqa: N802
        bottom = self._table.state.area.bottom
        return self._table.parent.cells_of(Area(bottom, self._column, bottom, self._column))

    @property
    def TotalsCalculation(self) -> int:  # noqa: N802
        return 0

    @TotalsCalculation.setter
    def TotalsCalculation(self, value: int) -> None:  # noqa: N802
        if not value:
            return
        area = self._table.state.area
        summed = Area(area.top + 1, self._column, area.bottom - 1, self._column).a1()
        self.Total.enter(f"=SUBTOTAL({_FUNCTIONS[value]},{summed})")
