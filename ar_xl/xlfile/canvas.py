"""The rectangle that cells are put on while a sheet is read, column by column in memory."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.columns import ColumnBlock
from ar_xl.xlfile.errors import TooLarge

# A cell takes 18 bytes here. Beyond the first limit at least one cell in eight must be there:
# two cells in opposite corners of a sheet span 17,000,000,000.
SPARSE_AREA = 16 << 20
MAX_AREA = 512 << 20
_DENSITY = 8

_LAYERS: tuple[tuple[str, type[np.generic], float], ...] = (
    ("kind", np.uint8, 0),
    ("number", np.float64, np.nan),
    ("text", np.int32, -1),
    ("style", np.int32, -1),
    ("formula", np.bool_, False),
)


@dataclass(frozen=True)
class Found:
    """Cells found in a piece of a sheet, one element a cell; rows and columns count from 0.

    Args:
        row: int64, ascending.
        column: int64.
        kind: uint8, `CellKind`.
        style: int32.
        formula: bool.
        number: float64, NaN where the cell is neither number nor bool.
        text: int32, the pool's index, -1 where the cell is neither text nor error.
    """

    row: npt.NDArray[np.int64]
    column: npt.NDArray[np.int64]
    kind: npt.NDArray[np.uint8]
    style: npt.NDArray[np.int32]
    formula: npt.NDArray[np.bool_]
    number: npt.NDArray[np.float64]
    text: npt.NDArray[np.int32]

    def where(self, chosen: npt.NDArray[np.bool_]) -> Found:
        """Those that are chosen."""
        return Found(**{each.name: getattr(self, each.name)[chosen] for each in fields(self)})


class Canvas:
    """A rectangle of cells; blank until cells are put on it.

    Args:
        row0: its first row, from 0.
        col0: its first column.
        rows: how many.
        columns: how many.
        grows: it widens to hold whatever is put on it; else all cells must lie within.
    """

    def __init__(self, row0: int, col0: int, rows: int, columns: int, grows: bool = False) -> None:
        self.row0, self.col0, self.rows, self.columns = row0, col0, rows, columns
        self.grows = grows
        self._cells = 0
        self._ground = (row0, col0, rows, columns)
        if not grows and rows * columns > MAX_AREA:
            raise _too_large(rows, columns)
        self._layers = _blank(rows, columns)

    def expect(self, row0: int, col0: int, rows: int, columns: int, at_most: int) -> None:
        """Make room in advance, if the sheet's claim of `rows` and `columns` is believable.

        Args:
            row0: first row claimed.
            col0: first column.
            rows: how many.
            columns: how many.
            at_most: cells that the sheet's bytes could hold.
        """
        if self.grows and not self._cells and rows * columns <= min(SPARSE_AREA, at_most):
            self._ground = (row0, col0, rows, columns)
            self._layers = _blank(rows, columns)

    def covers(
        self, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        """Which of the cells lie on it; all of them where it grows."""
        if self.grows:
            return np.ones(len(rows), dtype=np.bool_)
        inside = (rows >= self.row0) & (rows < self.row0 + self.rows)
        return inside & (columns >= self.col0) & (columns < self.col0 + self.columns)

    def put(self, found: Found) -> None:
        """Put cells on it; a cell that is there already is replaced.

        Raises:
            TooLarge: a few cells span more than can be held.
        """
        if not len(found.row):
            return
        if self.grows:
            self._grow(found)
        self._cells += len(found.row)
        top, left, height, _ = self._ground
        at = (found.column - left) * height + (found.row - top)
        for name, _, _ in _LAYERS:
            self._layers[name].reshape(-1)[at] = getattr(found, name)

    def blocks(self) -> list[ColumnBlock]:
        """The columns, from left to right."""
        top, left = self.row0 - self._ground[0], self.col0 - self._ground[1]
        rows = slice(top, top + self.rows)
        return [
            ColumnBlock(**{name: self._layers[name][column, rows] for name, _, _ in _LAYERS})
            for column in range(left, left + self.columns)
        ]

    def _grow(self, found: Found) -> None:
        """Make room for cells outside; rows grow by half as much again, to copy seldom."""
        top, bottom = int(found.row.min()), int(found.row.max()) + 1
        left, right = int(found.column.min()), int(found.column.max()) + 1
        if self._cells:
            top, left = min(top, self.row0), min(left, self.col0)
            bottom, right = max(bottom, self.row0 + self.rows), max(right, self.col0 + self.columns)
        rows, columns = bottom - top, right - left
        cells = self._cells + len(found.row)
        if rows * columns > min(MAX_AREA, max(SPARSE_AREA, _DENSITY * cells)):
            raise _too_large(rows, columns)
        ground_top, ground_left, height, width = self._ground
        within = top >= ground_top and left >= ground_left
        within &= bottom <= ground_top + height and right <= ground_left + width
        if not within:
            before = self.blocks()
            height = max(rows, height * 3 // 2) if self._cells else rows
            self._layers = _blank(height, columns)
            self._ground = (top, left, height, columns)
            down, across = self.row0 - top, self.col0 - left
            for column, block in enumerate(before, across):
                for name, _, _ in _LAYERS:
                    self._layers[name][column, down : down + self.rows] = getattr(block, name)
        self.row0, self.col0, self.rows, self.columns = top, left, rows, columns


def _blank(rows: int, columns: int) -> dict[str, npt.NDArray[Any]]:
    return {name: np.full((columns, rows), fill, dtype=kind) for name, kind, fill in _LAYERS}


def _too_large(rows: int, columns: int) -> TooLarge:
    return TooLarge(f"The sheet's used area spans {rows:,} rows and {columns:,} columns")
