"""Excel tables over LibreOffice, which has database ranges in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.addresses import Area

if TYPE_CHECKING:
    from tests.office.ranges import Range
    from tests.office.sheets import Sheet

_FUNCTIONS = {"sum": 109, "average": 101, "count": 103, "countNums": 102, "min": 105, "max": 104}


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
    """A table. As with the file engine it is its own `api`."""

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

    def resize(self, wanted: Any) -> None:
        """Give it other cells; as in Excel, a column of formulas goes on in the new rows."""
        old, new = self.state.area, wanted.impl.area
        self._move(new)
        for column in range(old.left, old.right + 1):
            body = Area(old.top + 1, column, old.bottom, column)
            if new.bottom > old.bottom and self._sheet.view.has_formulas(body):
                self._sheet.copy_down(Area(old.bottom, column, old.bottom, column), new.bottom)
        self._sheet.book.touch(tables=True)

    def _move(self, area: Area) -> None:
        made = self._sheet.book.document.DatabaseRanges.getByName(self._name)
        made.DataArea = self._sheet.address_of(area)
        self._sheet.book.touch(tables=True)

    def set_totals(self, totals: Mapping[str, tuple[str, str | float]]) -> None:
        """Give it a totals row; LibreOffice reckons the sums itself."""
        area = self.state.area
        row, bottom = area.bottom + 1, area.bottom
        self._move(Area(area.top, area.left, row, area.right))
        self._sheet.book.document.DatabaseRanges.getByName(self._name).TotalsRow = True
        headings = self._sheet.view.values(Area(area.top, area.left, area.top, area.right))[0]
        for heading, (what, shown) in totals.items():
            column = area.left + headings.index(heading)
            summed = Area(area.top + 1, column, bottom, column).a1()
            formula = "" if what == "label" else f"=SUBTOTAL({_FUNCTIONS[what]},{summed})"
            self._sheet.cells_of(Area(row, column, row, column)).enter(formula or shown)
        self._sheet.book.touch(tables=True)
