"""Typed columns: what a block of cells is when it is read or written in bulk.

This is the contract between the reader (exact parser and scan), the writer and the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt


class CellKind(IntEnum):
    """What a cell holds."""

    BLANK = 0
    NUMBER = 1
    TEXT = 2
    BOOL = 3
    ERROR = 4


class FormatClass(IntEnum):
    """What a cell's number format says that its number is."""

    GENERAL = 0
    NUMBER = 1
    DATE = 2
    PERCENT = 3
    CURRENCY = 4
    TEXT = 5


@dataclass(frozen=True)
class ColumnBlock:
    """One column of a block, one element a row.

    Args:
        kind: uint8, `CellKind` of each cell (of its cached result where it is a formula).
        number: float64; the number, 0.0 or 1.0 for a bool, NaN elsewhere.
        text: int32 index into the block's pool for text and error cells, -1 elsewhere.
        style: int32 index of the cell's format (cellXfs), -1 where the cell is not in the file.
        formula: bool; the cell holds a formula.
    """

    kind: npt.NDArray[np.uint8]
    number: npt.NDArray[np.float64]
    text: npt.NDArray[np.int32]
    style: npt.NDArray[np.int32]
    formula: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Block:
    """A rectangle of cells, column by column.

    Args:
        columns: from the leftmost, all of one length.
        pool: the distinct texts of the workbook that `ColumnBlock.text` points into; equal
            texts have one index, so that equal indices mean equal texts across all columns.
        formats: uint8, `FormatClass` by style index.
        date1904: dates count from 1904-01-01 instead of 1899-12-30.
    """

    columns: list[ColumnBlock]
    pool: npt.NDArray[np.object_]
    formats: npt.NDArray[np.uint8]
    date1904: bool


# What bulk writing takes, one per column: float64 (NaN is an empty cell), or an object array or
# list of str (empty text is an empty cell) which is always written as text, never parsed.
WriteColumn = npt.NDArray[np.float64] | npt.NDArray[np.object_] | Sequence[str]
