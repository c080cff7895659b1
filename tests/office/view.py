"""What LibreOffice says about a sheet: values, formulas and number formats, as Excel has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import MAX_ROW, Area
from ar_xl.xlfile.columns import Block, CellKind, ColumnBlock
from ar_xl.xlfile.formats import format_class
from ar_xl.xlfile.values import ERROR_NUMBERS

Ints = npt.NDArray[np.int32]
Marks = npt.NDArray[np.bool_]
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
class ErrorText:
    """The value of a cell with an error."""

    text: str


@dataclass(frozen=True)
class View:
    """A sheet as it was looked at; rows and columns count from 1.

    Args:
        used: the last row and column that hold anything.
        rows: values from A1: floats, texts, truths, errors, None.
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

    def has_formulas(self, area: Area) -> bool:
        """Whether all cells of a rectangle hold formulas."""
        return all(
            (row, column) in self.formulas
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        )

    def block(self, area: Area, date1904: bool) -> Block:
        """A rectangle as typed columns."""
        pool: dict[str, int] = {}
        codes: dict[str, int] = {}
        columns = []
        for column, values in enumerate(zip(*self.values(area), strict=True), area.left):
            formula = [(row, column) in self.formulas for row in range(area.top, area.bottom + 1)]
            style = np.full(area.rows, -1, dtype=np.int32)
            for first, last, shown in self.formats.get(column, ()):
                part = slice(max(first - area.top, 0), max(last - area.top + 1, 0))
                style[part] = codes.setdefault(shown.code, len(codes))
            columns.append(_typed(values, style, np.array(formula, dtype=np.bool_), pool))
        texts = np.empty(len(pool), dtype=object)
        texts[:] = list(pool)
        classes = np.array([format_class(code) for code in codes], dtype=np.uint8)
        return Block(columns, texts, classes, date1904)


def _typed(values: Sequence[Any], style: Ints, formula: Marks, pool: dict[str, int]) -> ColumnBlock:
    kind = np.zeros(len(values), dtype=np.uint8)
    number = np.full(len(values), np.nan)
    text = np.full(len(values), -1, dtype=np.int32)
    for row, value in enumerate(values):
        if isinstance(value, str):
            kind[row], text[row] = CellKind.TEXT, pool.setdefault(value, len(pool))
        elif isinstance(value, ErrorText):
            kind[row], text[row] = CellKind.ERROR, pool.setdefault(value.text, len(pool))
        elif value is not None:
            kind[row] = CellKind.BOOL if isinstance(value, bool) else CellKind.NUMBER
            number[row] = value
    return ColumnBlock(kind, number, text, style, formula)


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
            rows[row][column] = ErrorText(text if text in ERROR_NUMBERS else "#VALUE!")
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
