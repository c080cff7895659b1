"""Excel tables of the Excel in memory."""

# ruff: noqa: N802, N803 - Excel's own names
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.live.grid import Area
from tests.live.ranges import Range
from tests.live.wire import Thing, refused

if TYPE_CHECKING:
    from tests.live.sheets import Worksheet


class ListObject(Thing):
    """One table.

    Args:
        calculated: formulas by offset of their column; they are copied down as the table grows.
    """

    def __init__(
        self, sheet: Worksheet, name: str, area: Area, totals: bool, calculated: dict[int, str]
    ) -> None:
        self.sheet, self._name, self.area = sheet, name, area
        self.totals, self.calculated = totals, calculated

    @property
    def Name(self) -> str:
        return self._name

    @Name.setter
    def Name(self, name: str) -> None:
        others = [t for s in self.sheet.book.all_sheets for t in s.tables if t is not self]
        if name.casefold() in {table.Name.casefold() for table in others}:
            raise refused("The name is taken.")
        self._name = name

    @property
    def Parent(self) -> Worksheet:
        return self.sheet

    @property
    def Range(self) -> Range:
        return Range(self.sheet, self.area)

    @property
    def HeaderRowRange(self) -> Any:
        top, left, _, right = self.area
        return Range(self.sheet, (top, left, top, right))

    @property
    def ShowTotals(self) -> bool:
        return self.totals

    def Resize(self, Range: Any) -> None:
        old, new = self.area, Range.area
        if old[:2] != new[:2] or old[3] != new[3] or new[2] <= new[0]:
            raise refused("The headings must stay where they are.")
        self.area = new
        for offset, formula in self.calculated.items():
            column = new[1] + offset
            if new[2] > old[2]:
                rows = new[2] - old[2]
                self.sheet.grid.enter((old[2] + 1, column, new[2], column), [[formula]] * rows)

    def Delete(self) -> None:
        self.sheet.tables.remove(self)
        self.sheet.grid.clear_contents(self.area)

    def column(self, heading: str) -> int:
        """The number of the column of a heading."""
        top, left, _, right = self.area
        for column in range(left, right + 1):
            if self.sheet.grid.values[top - 1, column - 1] == heading:
                return column
        raise KeyError(heading)

    def overlaps(self, area: Area) -> bool:
        """Whether it shares cells with an area."""
        top, left, bottom, right = self.area
        return not (bottom < area[0] or area[2] < top or right < area[1] or area[3] < left)


class ListObjects(Thing):
    """The tables of a sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet

    @property
    def Count(self) -> int:
        return len(self.sheet.tables)

    @property
    def Parent(self) -> Worksheet:
        return self.sheet

    def Item(self, *key: Any) -> ListObject:
        for number, table in enumerate(self.sheet.tables, 1):
            if key[0] in (number, table.Name):
                return table
        raise refused("Subscript out of range")

    def __iter__(self) -> Iterator[ListObject]:
        return iter(list(self.sheet.tables))

    def Add(
        self, SourceType: int, Source: Range, LinkSource: Any, XlListObjectHasHeaders: int,
        Destination: Any, TableStyleName: Any,
    ) -> ListObject:  # fmt: skip
        assert XlListObjectHasHeaders == 1
        if any(table.overlaps(Source.area) for table in self.sheet.tables):
            raise refused("A table cannot overlap another table.")
        name = self.sheet.book.free_table_name("Table1")
        table = ListObject(self.sheet, name, Source.area, False, {})
        self.sheet.tables.append(table)
        return table
