"""Reading cells in bulk: the scan where it can, the exact parser where anything is unusual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.columns import Block
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.strings import Pool


@dataclass(frozen=True)
class UsedBlock:
    """The used cells of a sheet; `row0` and `col0` say from 0 where `block` begins."""

    row0: int
    col0: int
    block: Block


@dataclass(frozen=True)
class RowIndex:
    """Where the rows of a sheet lie in its uncompressed bytes.

    Args:
        numbers: int64, row numbers from 0, ascending.
        starts: int64, offset of each `<row`.
        ends: int64, offset behind each `</row>` (or `/>`).
        data_start: offset behind `<sheetData>`.
        data_end: offset of `</sheetData>`.
    """

    numbers: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    data_start: int
    data_end: int


def read_block(
    package: Package, sheet_part: str, row0: int, col0: int, rows: int, columns: int, pool: Pool
) -> Block:
    """The cells of a rectangle, its first row and column counted from 0."""
    raise NotImplementedError


def read_used(package: Package, sheet_part: str, pool: Pool) -> UsedBlock:
    """All cells of a sheet that hold a value, a formula or a format."""
    raise NotImplementedError


def row_index(package: Package, sheet_part: str) -> RowIndex | None:
    """Where the rows lie, or None where the sheet is too unusual to be cut by offsets."""
    raise NotImplementedError
