"""What LibreOffice says about a sheet: values, formulas and number formats, as Excel has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ar_xl.xlfile.addresses import MAX_ROW, Area
from ar_xl.xlfile.values import ERROR_NUMBERS

LOGICAL = 1024  # in the type of a number format of LibreOffice
_TRUTHS = {"=TRUE()": True, "=FALSE()": False}


@dataclass(frozen=True)
class Shown:
    """A number format.

    Args:
        code: in Excel's English notation.
        logical: it shows numbers as TRUE and FALSE.
    """

    code: str
    logical: bool


@dataclass(frozen=True)
class View:
    """A sheet as it was looked at; rows and columns count from 1.

    Args:
        used: the last row and column that hold anything.
        rows: values as Excel's `Value2` gives them, from A1.
        formulas: by row and column. LibreOffice reads a truth or an error that a workbook holds
            as a formula without arguments; here it is the value that the workbook has.
        formats: by column, runs of cells as (first row, last row, format).
    """

    used: tuple[int, int]
    rows: list[list[Any]]
    formulas: dict[tuple[int, int], str]
    formats: dict[int, list[tuple[int, int, Shown]]]

    def values(self, area: Area) -> tuple[tuple[Any, ...], ...]:
        """The values of a rectangle; outside of what was looked at is nothing."""
        width = area.columns
        found = []
        for row in range(area.top, area.bottom + 1):
            cells = self.rows[row - 1][area.left - 1 : area.right] if row <= len(self.rows) else []
            found.append((*cells, *[None] * (width - len(cells))))
        return tuple(found)

    def format_codes(self, area: Area) -> set[str]:
        """The number formats of a rectangle."""
        return {
            shown.code
            for column in range(area.left, area.right + 1)
            for first, last, shown in self.formats.get(column, ())
            if first <= area.bottom and last >= area.top
        } or {"General"}

    def has_formula(self, area: Area) -> bool | None:
        """Whether the cells of a rectangle hold formulas; None where only some do."""
        held = sum(
            area.top <= row <= area.bottom and area.left <= column <= area.right
            for row, column in self.formulas
        )
        return False if not held else True if held == area.rows * area.columns else None


def view_of(raw: Any, shown: Callable[[int], Shown]) -> View:
    """Make a view of what the Basic function `View` gave.

    Args:
        raw: that.
        shown: gives the format of a key.
    """
    used_row, used_column, data, formula_cells, pieces = raw
    formats: dict[int, list[tuple[int, int, Shown]]] = {}
    for piece in pieces.split(";")[:-1]:
        column, first, last, key = (int(number) for number in piece.split(" "))
        formats.setdefault(column + 1, []).append((first + 1, last + 1, shown(key)))
    for runs in (
        formats.values()
    ):  # the last row is below all that is there, so it has the format of its column
        runs[-1] = (runs[-1][0], MAX_ROW, runs[-1][2])
    # Basic hands whole numbers over as integers; Excel knows none.
    rows = [
        [None if v == "" else float(v) if isinstance(v, int) else v for v in row] for row in data
    ]
    formulas: dict[tuple[int, int], str] = {}
    for row, column, formula, error, text in filter(None, formula_cells):
        if error:
            rows[row][column] = ERROR_NUMBERS.get(str(text), ERROR_NUMBERS["#VALUE!"])
        elif rows[row][column] is None:
            rows[row][column] = text
        if formula in _TRUTHS:
            rows[row][column] = _TRUTHS[formula]
        elif formula[1:] not in ERROR_NUMBERS:
            formulas[row + 1, column + 1] = formula
    _mark_truths(rows, formats)
    return View((used_row + 1, used_column + 1), rows, formulas, formats)


def _mark_truths(rows: list[list[Any]], formats: dict[int, list[tuple[int, int, Shown]]]) -> None:
    for column, runs in formats.items():
        for first, last, shown in runs:
            if shown.logical:
                for row in range(first - 1, min(last, len(rows))):
                    if isinstance(rows[row][column - 1], float):
                        rows[row][column - 1] = rows[row][column - 1] != 0.0
