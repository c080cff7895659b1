"""The cells of one sheet of the Excel in memory."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np

from tests.live.entry import entered

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
Area = tuple[int, int, int, int]  # first row, first column, last row, last column


class Grid:
    """Values, formulas and number formats; rows and columns count from 1.

    Other looks are kept as they were set, by area, and ask nothing of the cells.
    """

    def __init__(self) -> None:
        self.values = np.empty((8, 8), dtype=object)
        self.codes = np.zeros((8, 8), dtype=np.int32)
        self.names = ["General"]
        self.column_codes: dict[int, int] = {}
        self.formulas: dict[tuple[int, int], str] = {}
        self.looks: list[tuple[Area, str, Any]] = []
        self.last_row = self.last_column = 0

    def clipped(self, area: Area) -> Area:
        """The part of an area that was ever used."""
        top, left, bottom, right = area
        if bottom == LAST_ROW:
            bottom = max(self.last_row, top)
        if right == LAST_COLUMN:
            right = max(self.last_column, left)
        return top, left, bottom, right

    def part(self, area: Area) -> tuple[slice, slice]:
        """An area as slices of the arrays, which grow to hold it."""
        top, left, bottom, right = area
        rows, columns = self.values.shape
        if bottom > rows or right > columns:
            more = max(bottom, rows), max(right, columns)
            more = (max(more[0], 2 * rows) if bottom > rows else rows, more[1])
            values = np.empty(more, dtype=object)
            codes = np.zeros(more, dtype=np.int32)
            for column, code in self.column_codes.items():
                if column <= more[1]:
                    codes[:, column - 1] = code
            values[:rows, :columns] = self.values
            codes[:rows, :columns] = self.codes
            self.values, self.codes = values, codes
        return slice(top - 1, bottom), slice(left - 1, right)

    def touch(self, area: Area) -> None:
        """Count an area as used."""
        self.last_row = max(self.last_row, area[2])
        self.last_column = max(self.last_column, area[3])

    def code_number(self, code: str) -> int:
        """The number of a format."""
        if code not in self.names:
            self.names.append(code)
        return self.names.index(code)

    def formats(self, area: Area) -> set[str]:
        """The number formats of an area."""
        place = self.part(area)
        return {self.names[code] for code in np.unique(self.codes[place]).tolist()}

    def format(self, area: Area, code: str) -> None:
        """Set the number format of an area; of whole columns also for cells to come."""
        number = self.code_number(code)
        if area[2] == LAST_ROW and area[0] == 1:
            last = min(area[3], max(self.last_column, area[1]))
            self.column_codes |= dict.fromkeys(range(area[1], last + 1), number)
        else:
            self.touch(self.clipped(area))
        place = self.part(self.clipped(area))
        self.codes[place] = number

    def enter(self, area: Area, values: Any) -> None:
        """Put a rectangle of values in; what is missing becomes #N/A, what is too much is cut."""
        top, left, bottom, right = area
        self.part(area)
        self.touch(area)
        for row in range(top, bottom + 1):
            line = values[row - top] if row - top < len(values) else ()
            for column in range(left, right + 1):
                value = line[column - left] if column - left < len(line) else "#N/A"
                self._enter(row, column, value)

    def _enter(self, row: int, column: int, value: Any) -> None:
        code = int(self.codes[row - 1, column - 1])
        held, formula, shown = entered(value, self.names[code])
        self.values[row - 1, column - 1] = held
        if formula:
            self.formulas[row, column] = formula
        elif self.formulas:
            self.formulas.pop((row, column), None)
        if shown != self.names[code]:
            self.codes[row - 1, column - 1] = self.code_number(shown)

    def formulas_in(self, area: Area) -> list[tuple[int, int]]:
        """The cells of an area that hold formulas."""
        top, left, bottom, right = area
        return [
            (row, column) for row, column in self.formulas
            if top <= row <= bottom and left <= column <= right
        ]  # fmt: skip

    def clear_contents(self, area: Area) -> None:
        """Empty the cells; their formats stay."""
        area = self.clipped(area)
        place = self.part(area)
        self.values[place] = None
        for cell in self.formulas_in(area):
            del self.formulas[cell]

    def clear(self, area: Area) -> None:
        """Empty the cells of values and formats."""
        self.clear_contents(area)
        place = self.part(self.clipped(area))
        self.codes[place] = 0
        if area == (1, 1, LAST_ROW, LAST_COLUMN):
            self.last_row = self.last_column = 0
            self.column_codes, self.looks = {}, []

    def copied(self, area: Area, to: Grid, row: int, column: int) -> None:
        """Copy values, formulas and formats of an area to a place in another grid."""
        area = self.clipped(area)
        down, right = row - area[0], column - area[1]
        target = area[0] + down, area[1] + right, area[2] + down, area[3] + right
        to.clear_contents(target)
        to.touch(target)
        source = self.part(area)
        values, codes = self.values[source], self.codes[source]
        place = to.part(target)
        to.values[place] = values
        known = np.array([to.code_number(name) for name in self.names], dtype=np.int32)
        to.codes[place] = known[codes]
        for at in self.formulas_in(area):
            to.formulas[at[0] + down, at[1] + right] = self.formulas[at]
        to.looks += deepcopy(self.looks)
