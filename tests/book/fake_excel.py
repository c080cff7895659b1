"""Excel as pywin32 shows it, as far as blocks are concerned: a sheet of cells behind `.api`.

Numbers are floats, errors are Excel's error numbers, a property of several cells is None where they
differ, and text that is put into a General cell is taken for what it looks like.
"""

# ruff: noqa: N802 - Excel's own names
from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

ERROR_NUMBERS = {"#N/A": -2146826246, "#DIV/0!": -2146826281, "#REF!": -2146826265}


class FakeRange:
    """Cells of a sheet, rows and columns from 1."""

    def __init__(self, sheet: FakeSheet, first: tuple[int, int], last: tuple[int, int]) -> None:
        self._sheet, self._first, self._last = sheet, first, last

    @property
    def _grid(self) -> list[list[Any]]:
        (top, left), (bottom, right) = self._first, self._last
        return [
            [self._sheet.cells.cell(row, column) for column in range(left, right + 1)]
            for row in range(top, bottom + 1)
        ]

    @property
    def Rows(self) -> Any:
        return SimpleNamespace(Count=self._last[0] - self._first[0] + 1)

    @property
    def Columns(self) -> Any:
        def column(number: int) -> FakeRange:
            at = self._first[1] + number - 1
            return FakeRange(self._sheet, (self._first[0], at), (self._last[0], at))

        column.Count = self._last[1] - self._first[1] + 1  # type: ignore[attr-defined]
        return column

    def Range(self, address: str) -> FakeRange:
        top, bottom = (int(corner.removeprefix("A")) for corner in address.split(":"))
        row, column = self._first[0] - 1, self._first[1]
        return FakeRange(self._sheet, (row + top, column), (row + bottom, column))

    def _common(self, values: list[Any]) -> Any:
        self._sheet.calls += 1
        return values[0] if len(set(values)) == 1 else None

    @property
    def NumberFormat(self) -> Any:
        return self._common([cell.number_format for row in self._grid for cell in row])

    @NumberFormat.setter
    def NumberFormat(self, code: str) -> None:
        self._sheet.calls += 1
        for row in self._grid:
            for cell in row:
                cell.number_format = code

    @property
    def HasFormula(self) -> Any:
        return self._common(
            [(cell.row, cell.column) in self._sheet.formulas for row in self._grid for cell in row]
        )

    @property
    def Value2(self) -> Any:
        self._sheet.calls += 1
        grid = tuple(tuple(_value2(cell) for cell in row) for row in self._grid)
        return grid[0][0] if len(grid) == len(grid[0]) == 1 else grid

    @Value2.setter
    def Value2(self, values: Any) -> None:
        self._sheet.calls += 1
        for row, line in zip(self._grid, values, strict=True):
            for cell, value in zip(row, line, strict=True):
                if isinstance(value, str) and cell.number_format != "@" and value.isdigit():
                    value = float(value)
                cell.value = value


def _value2(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, str):
        return ERROR_NUMBERS.get(value, value) if cell.data_type == "e" else value
    if isinstance(value, dt.datetime):
        return (value - dt.datetime(1899, 12, 30)) / dt.timedelta(days=1)
    return value if isinstance(value, bool) or value is None else float(value)


class FakeSheet:
    """A worksheet of Excel, filled from one of openpyxl.

    Args:
        cells: results of formulas included.
        formulas: the cells, as (row, column), that hold a formula.
    """

    def __init__(self, cells: Worksheet, formulas: set[tuple[int, int]]) -> None:
        self.cells, self.formulas, self.calls = cells, formulas, 0
        self.api = SimpleNamespace()
        self.book = SimpleNamespace(api=SimpleNamespace(Date1904=False))

    def range(self, first: tuple[int, int], last: tuple[int, int]) -> Any:
        return SimpleNamespace(api=FakeRange(self, first, last))
