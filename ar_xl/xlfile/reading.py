"""Reading cells in bulk: the scan where it can, the exact parser where anything is unusual."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.canvas import Canvas
from ar_xl.xlfile.columns import Block
from ar_xl.xlfile.exactfound import found_cells
from ar_xl.xlfile.formats import read_formats
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.sheetparser import parse_cells
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
    """The cells of a rectangle, its first row and column counted from 0.

    Raises:
        XlFileError: the sheet is damaged, hostile, or not in the file any more.
    """
    canvas = Canvas(row0, col0, rows, columns)
    _fill(canvas, package, sheet_part, pool)
    return _block(canvas, package, pool)


def read_used(package: Package, sheet_part: str, pool: Pool) -> UsedBlock:
    """All cells of a sheet that hold a value, a formula or a format; no rows where there is none.

    Raises:
        TooLarge: a few cells span more than can be held.
        XlFileError: as `read_block`.
    """
    canvas = Canvas(0, 0, 0, 0, grows=True)
    _fill(canvas, package, sheet_part, pool)
    return UsedBlock(canvas.row0, canvas.col0, _block(canvas, package, pool))


def row_index(package: Package, sheet_part: str) -> RowIndex | None:
    """Where the rows lie, or None where the sheet is too unusual to be cut by offsets."""
    raise NotImplementedError


def _fill(canvas: Canvas, package: Package, sheet_part: str, pool: Pool) -> None:
    cells = parse_cells(package.stream(sheet_part), sheet_part, package.date1904)
    canvas.put(found_cells(cells, canvas, pool))


def _block(canvas: Canvas, package: Package, pool: Pool) -> Block:
    formats = read_formats(package).classes
    return Block(canvas.blocks(), pool.texts, formats, package.date1904)
