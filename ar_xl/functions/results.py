"""Typed columns back into rows of cells, with error values where there are error numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ar_xl.core.arrays import BLANK, DateArray, IntArray
from ar_xl.functions.cells import Cell
from ar_xl.functions.errors import CellError


def money_cells(minor: IntArray, digits: IntArray | int) -> npt.NDArray[np.object_]:
    """Minor units as the numbers that cells hold; BLANK is an empty text."""
    cells = (minor / np.power(10.0, digits)).astype(object)
    cells[minor == BLANK] = ""
    return cells


def date_cells(days: DateArray) -> npt.NDArray[np.object_]:
    """Days as dates; NaT is an empty text."""
    cells: npt.NDArray[np.object_] = days.astype("datetime64[us]").astype(object)
    cells[np.isnat(days)] = ""
    return cells


def whole_cells(values: IntArray) -> npt.NDArray[np.object_]:
    """Whole numbers as cells; BLANK is an empty text."""
    return money_cells(values, 0)


def rows_of(
    cells: npt.NDArray[np.object_], errors: IntArray, across: bool = False
) -> tuple[tuple[Cell, ...], ...]:
    """A result of one value a row, with error values where there are error numbers."""
    for i in np.flatnonzero(errors).tolist():
        cells[i] = CellError(int(errors[i]))
    return (tuple(cells.tolist()),) if across else tuple(zip(cells.tolist(), strict=True))
