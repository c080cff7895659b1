"""Reading cells in bulk: the scan where it can, the exact parser where anything is unusual."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ar_xl.xlfile.canvas import Canvas
from ar_xl.xlfile.columns import Block
from ar_xl.xlfile.exactfound import found_cells
from ar_xl.xlfile.formats import read_formats
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.readahead import LARGE_BYTES, stream_ahead
from ar_xl.xlfile.scan import RowIndex, Scan
from ar_xl.xlfile.sheetparser import parse_cells
from ar_xl.xlfile.sheetpieces import Unusual
from ar_xl.xlfile.strings import Pool

__all__ = ["RowIndex", "UsedBlock", "read_block", "read_top", "read_used", "row_index"]

TOP_BYTES = 1 << 16


@dataclass(frozen=True)
class UsedBlock:
    """The used cells of a sheet.

    Args:
        row0: the first row of `block`, from 0.
        col0: its first column.
        block: the cells.
        rows: where the rows lie in the part, None where it is too unusual to be cut.
    """

    row0: int
    col0: int
    block: Block
    rows: RowIndex | None = None


def read_block(
    package: Package, sheet_part: str, row0: int, col0: int, rows: int, columns: int, pool: Pool
) -> Block:
    """The cells of a rectangle, its first row and column counted from 0.

    Raises:
        XlFileError: the sheet is damaged, hostile, or not in the file any more.
    """
    canvas, _ = _read(package, sheet_part, pool, lambda: Canvas(row0, col0, rows, columns))
    return _block(canvas, package, pool)


def read_used(package: Package, sheet_part: str, pool: Pool) -> UsedBlock:
    """All cells of a sheet that hold a value, a formula or a format; no rows where there is none.

    Raises:
        TooLarge: a few cells span more than can be held.
        XlFileError: as `read_block`.
    """
    canvas, rows = _read(package, sheet_part, pool, lambda: Canvas(0, 0, 0, 0, grows=True))
    return UsedBlock(canvas.row0, canvas.col0, _block(canvas, package, pool), rows)


def read_top(package: Package, sheet_part: str, pool: Pool, rows: int) -> UsedBlock | None:
    """The used cells of a large sheet's first rows, and perhaps of some more.

    Args:
        package: the file.
        sheet_part: the sheet's part.
        pool: the texts of the workbook.
        rows: how many at least.

    Returns:
        None where the sheet is so small or unusual that it is better read whole.

    Raises:
        XlFileError: as `read_block`.
    """
    size = package.member(sheet_part).file_size
    if size < LARGE_BYTES:
        return None
    canvas = Canvas(0, 0, 0, 0, grows=True)
    try:
        chunks = package.stream(sheet_part, TOP_BYTES)
        Scan(canvas, pool, sheet_part, package.date1904, size).read_top(chunks, rows)
    except Unusual:
        return None
    return UsedBlock(canvas.row0, canvas.col0, _block(canvas, package, pool))


def row_index(package: Package, sheet_part: str) -> RowIndex | None:
    """Where the rows lie, or None where the sheet is too unusual to be cut by offsets."""
    try:
        return _scan(package, sheet_part, Pool(package), Canvas(0, 0, 0, 0))
    except Unusual:
        return None


def _read(
    package: Package, sheet_part: str, pool: Pool, blank: Callable[[], Canvas]
) -> tuple[Canvas, RowIndex | None]:
    """The cells of a sheet on a canvas, by the scan or else by the exact parser."""
    canvas = blank()
    try:
        return canvas, _scan(package, sheet_part, pool, canvas)
    except Unusual:
        canvas = blank()
        cells = parse_cells(package.stream(sheet_part), sheet_part, package.date1904)
        canvas.put(found_cells(cells, canvas, pool))
        return canvas, None


def _scan(package: Package, sheet_part: str, pool: Pool, canvas: Canvas) -> RowIndex:
    size = package.member(sheet_part).file_size
    chunks = stream_ahead(package, sheet_part)
    return Scan(canvas, pool, sheet_part, package.date1904, size).run(chunks)


def _block(canvas: Canvas, package: Package, pool: Pool) -> Block:
    formats = read_formats(package).classes
    return Block(canvas.blocks(), pool.texts, formats, package.date1904)
