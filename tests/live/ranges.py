"""Ranges of the Excel in memory."""

# ruff: noqa: N802, N803 - Excel's own names
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from tests.live.entry import TEXTS
from tests.live.grid import LAST_COLUMN, LAST_ROW, Area
from tests.live.wire import Nothing, Thing, refused

if TYPE_CHECKING:
    from tests.live.sheets import Worksheet

_PART = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d+)?$")


def letters(column: int) -> str:
    """The name of a column: 28 is `AB`."""
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def address_of(area: Area) -> str:
    """An area as Excel writes it: `$A$1:$C$5`."""
    top, left, bottom, right = area
    if (top, bottom) == (1, LAST_ROW):
        return f"${letters(left)}:${letters(right)}"
    if (left, right) == (1, LAST_COLUMN):
        return f"${top}:${bottom}"
    first, last = f"${letters(left)}${top}", f"${letters(right)}${bottom}"
    return first if first == last else f"{first}:{last}"


def area_of(text: str) -> Area:
    """The area that an address names."""
    corners = [_PART.match(part) for part in text.strip().split(":")]
    if not 1 <= len(corners) <= 2 or not all(corners):
        raise refused(f"no address: {text}")
    rows, columns = [], []
    for corner in corners:
        assert corner is not None
        name, row = corner.groups()
        rows.append(int(row) if row else None)
        columns.append(_number(name) if name else None)
    top, bottom = (rows[0] or 1), (rows[-1] or LAST_ROW)
    left, right = (columns[0] or 1), (columns[-1] or LAST_COLUMN)
    return top, left, bottom, right


def _number(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number


class Look(Thing):
    """Font, fill, border: properties that are kept as they are set."""

    def __init__(self, owner: Range, kind: str) -> None:
        self._owner, self._kind = owner, kind


def _look(name: str) -> property:
    def read(self: Look) -> Any:
        return self._owner.looked(f"{self._kind}.{name}")

    def put(self: Look, value: Any) -> None:
        self._owner.look(f"{self._kind}.{name}", value)

    return property(read, put)


for _name in ("Bold", "Italic", "Size", "Color", "ColorIndex", "LineStyle", "Weight"):
    setattr(Look, _name, _look(_name))


class Borders(Thing):
    """The borders of a range, by side."""

    def __init__(self, owner: Range) -> None:
        self._owner = owner

    def Item(self, *side: int) -> Look:
        return Look(self._owner, f"Borders{side[0]}")


class Range(Thing):
    """Cells of a sheet; values are those of the first area."""

    def __init__(self, sheet: Worksheet, *areas: Area, by: str = "cells") -> None:
        self.sheet, self.areas, self._by = sheet, areas, by

    @property
    def area(self) -> Area:
        """The first area."""
        return self.areas[0]

    def looked(self, name: str) -> Any:
        """A property as it was last set for exactly this area."""
        found = [v for area, n, v in self.sheet.grid.looks if n == name and area == self.area]
        return found[-1] if found else None

    def look(self, name: str, value: Any) -> None:
        """Set a property of all areas."""
        for area in self.areas:
            self.sheet.grid.looks.append((area, name, value))
            self.sheet.grid.touch(self.sheet.grid.clipped(area))

    @property
    def FormatConditions(self) -> Nothing:
        return Nothing()

    # Places

    @property
    def Worksheet(self) -> Worksheet:
        return self.sheet

    Parent = Worksheet

    @property
    def Application(self) -> Any:
        return self.sheet.Application

    @property
    def Row(self) -> int:
        return self.area[0]

    @property
    def Column(self) -> int:
        return self.area[1]

    @property
    def Count(self) -> int:
        top, left, bottom, right = self.area
        if self._by == "rows":
            return bottom - top + 1
        if self._by == "columns":
            return right - left + 1
        return (bottom - top + 1) * (right - left + 1)

    @property
    def Address(self) -> str:
        return ",".join(address_of(area) for area in self.areas)

    def GetAddress(self, row: bool, column: bool, _: int, external: bool) -> str:
        shown = self.Address
        if not (row and column):
            shown = shown.replace("$", "")
        return f"'[{self.sheet.book.Name}]{self.sheet.Name}'!{shown}" if external else shown

    @property
    def Rows(self) -> Any:
        return Range(self.sheet, self.area, by="rows")

    @property
    def Columns(self) -> Range:
        return Range(self.sheet, self.area, by="columns")

    @property
    def EntireColumn(self) -> Range:
        return Range(self.sheet, (1, self.area[1], LAST_ROW, self.area[3]))

    @property
    def EntireRow(self) -> Range:
        return Range(self.sheet, (self.area[0], 1, self.area[2], LAST_COLUMN))

    @property
    def Cells(self) -> Range:
        return Range(self.sheet, self.area)

    def Item(self, *at: int) -> Range:
        top, left, bottom, right = self.area
        if self._by == "rows":
            return Range(self.sheet, (top + at[0] - 1, left, top + at[0] - 1, right))
        if self._by == "columns":
            return Range(self.sheet, (top, left + at[0] - 1, bottom, left + at[0] - 1))
        if len(at) == 1:
            down, across = divmod(at[0] - 1, right - left + 1)
        else:
            down, across = at[0] - 1, at[1] - 1
        return Range(self.sheet, (top + down, left + across, top + down, left + across))

    def Range(self, first: Any, last: Any = None) -> Any:
        top, left = self.area[0] - 1, self.area[1] - 1
        inner = self.sheet.Range(first, last)
        moved = [(a + top, b + left, c + top, d + left) for a, b, c, d in inner.areas]
        return Range(self.sheet, *moved)

    def __iter__(self) -> Iterator[Any]:
        return (self.Item(number) for number in range(1, self.Count + 1))

    # Values

    def _grid(self, value_of: Callable[[int, int], Any]) -> Any:
        top, left, bottom, right = self.sheet.grid.clipped(self.area)
        shown = tuple(
            tuple(value_of(row, column) for column in range(left, right + 1))
            for row in range(top, bottom + 1)
        )
        return shown[0][0] if (top, left) == (bottom, right) else shown

    def _put(self, values: Any) -> None:
        for area in self.areas:
            top, left, bottom, right = self.sheet.grid.clipped(area)
            if not isinstance(values, tuple | list):
                width = right - left + 1
                filled: Any = [[values] * width] * (bottom - top + 1)
            else:
                filled = values if isinstance(values[0], tuple | list) else [values]
            self.sheet.grid.enter((top, left, bottom, right), filled)
            self.sheet.book.changed = True

    @property
    def Value2(self) -> Any:
        grid = self.sheet.grid
        grid.part(grid.clipped(self.area))
        return self._grid(lambda row, column: self.sheet.result(row, column))

    @Value2.setter
    def Value2(self, values: Any) -> None:
        self._put(values)

    @property
    def Value(self) -> Any:
        grid = self.sheet.grid
        grid.part(grid.clipped(self.area))
        return self._grid(lambda row, column: self.sheet.shown(row, column))

    @Value.setter
    def Value(self, values: Any) -> None:
        self._put(values)

    def _formula(self, row: int, column: int) -> str:
        grid = self.sheet.grid
        if (row, column) in grid.formulas:
            return grid.formulas[row, column]
        value = grid.values[row - 1, column - 1]
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, int) and value in TEXTS:
            return TEXTS[value]
        return f"{value:.15g}" if isinstance(value, float) else str(value)

    @property
    def Formula(self) -> Any:
        self.sheet.grid.part(self.sheet.grid.clipped(self.area))
        return self._grid(self._formula)

    @Formula.setter
    def Formula(self, values: Any) -> None:
        self._put(values)

    Formula2 = Formula

    @property
    def HasFormula(self) -> bool | None:
        area = self.sheet.grid.clipped(self.area)
        count = len(self.sheet.grid.formulas_in(area))
        every = (area[2] - area[0] + 1) * (area[3] - area[1] + 1)
        return None if 0 < count < every else count > 0

    @property
    def NumberFormat(self) -> str | None:
        found: set[str] = set()
        for area in self.areas:
            found |= self.sheet.grid.formats(self.sheet.grid.clipped(area))
        return found.pop() if len(found) == 1 else None

    @NumberFormat.setter
    def NumberFormat(self, code: str) -> None:
        for area in self.areas:
            self.sheet.grid.format(area, code)

    def ClearContents(self) -> None:
        for area in self.areas:
            self.sheet.grid.clear_contents(area)

    def Clear(self) -> None:
        for area in self.areas:
            self.sheet.clear(area)

    def Copy(self, Destination: Any = None) -> None:
        assert Destination is not None, "the clipboard is the user's"
        self.sheet.copy_cells(self.area, Destination)

    # Looks

    @property
    def Font(self) -> Look:
        return Look(self, "Font")

    @property
    def Interior(self) -> Look:
        return Look(self, "Interior")

    @property
    def Borders(self) -> Borders:
        return Borders(self)

    def Select(self) -> None:
        self.sheet.select(self)


def _kept(name: str) -> property:
    def read(self: Range) -> Any:
        return self.looked(name)

    def put(self: Range, value: Any) -> None:
        self.look(name, value)

    return property(read, put)


for _name in ("ColumnWidth", "RowHeight", "WrapText", "HorizontalAlignment", "VerticalAlignment"):
    setattr(Range, _name, _kept(_name))
