"""Moves bulk values between a workbook and Python as typed columns; nothing else does.

With the file engine the columns come straight from the file. With Excel a block is one `Value2`,
and number formats and formulas are asked for column by column, so that the number of calls does
not grow with the rows. Rows and columns count from 1. Text is written as text: nothing that
is written here is ever taken for a number, a date or a formula.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import xlwings as xw

from ar_xl.book import excelblocks, excelwriting
from ar_xl.book.addresses import address
from ar_xl.book.survey import SeenCells, is_file
from ar_xl.xlfile.columns import Block, CellKind, ColumnBlock, FormatClass, WriteColumn

__all__ = [
    "Block",
    "CellKind",
    "ColumnBlock",
    "FormatClass",
    "WriteColumn",
    "block_seen",
    "read_block",
    "rows_beside",
    "some_rows",
    "write_block",
    "write_cells",
]


def read_block(
    sheet: xw.Sheet, row: int, column: int, rows: int, columns: int, formats: bool = True
) -> Block:
    """Return the cells of a rectangle as typed columns.

    In a file that was changed, a formula whose result may no longer hold comes as an empty cell
    with a formula; Excel calculates it.

    Args:
        sheet: of a workbook that is open in Excel or from a file.
        row: of the first cell.
        column: of the first cell.
        rows: how many.
        columns: how many.
        formats: what their number formats say is wanted; Excel is not asked where it is not.
    """
    if is_file(sheet):
        area = sheet.range((row, column), (row + rows - 1, column + columns - 1))
        return area.api.read_columns()
    cells = sheet.api.Range(address(row, column, rows, columns))
    date1904 = bool(sheet.api.Parent.Date1904)
    values = excelblocks.values_of(cells)
    corner = (row, column)
    return excelblocks.block_of(sheet.api, cells, values, corner, date1904, formats=formats)


def block_seen(
    cells: SeenCells,
    row: int,
    column: int,
    rows: int,
    columns: int,
    alike: Sequence[Hashable],
    known: Sequence[str] = (),
) -> Block:
    """Return a rectangle of cells that were read from Excel already, as typed columns.

    Args:
        cells: what was read.
        row: of the first cell.
        column: of the first cell.
        rows: how many.
        columns: how many.
        alike: a key for each column; columns of one key are likely to have one number format.
        known: the number format of each column where Excel need not be asked for them.
    """
    values = cells.part(row, column, rows, columns)
    return excelblocks.block_of(
        cells.sheet, cells.area, values, (row, column), cells.date1904, alike, known=known
    )


def rows_beside(
    sheet: xw.Sheet, earlier: xw.Sheet, rows: npt.NDArray[np.int64], column: int, columns: int
) -> tuple[Block, bool]:
    """Return some rows of a sheet of a file, and whether all others are as they were before.

    Args:
        sheet: of a file that was just written and opened again.
        earlier: the same sheet of the workbook that it was written from.
        rows: numbers of the rows, ascending.
        column: of the first cell.
        columns: how many.

    Returns:
        The rows as a block, and whether all others are byte for byte those that the earlier file
        has; False also where that cannot be told, as of a file that Excel wrote.
    """
    if is_file(earlier):
        return sheet.api.rows_beside(earlier.api, rows, column, columns)
    first = int(rows[0])
    block = read_block(sheet, first, column, int(rows[-1]) - first + 1, columns)
    return some_rows(block, rows - first), False


def some_rows(block: Block, rows: npt.NDArray[np.int64]) -> Block:
    """Return some rows of a block, counted from 0."""
    parts = ("kind", "number", "text", "style", "formula")
    taken = [
        ColumnBlock(**{part: getattr(each, part)[rows] for part in parts}) for each in block.columns
    ]
    return replace(block, columns=taken)


def write_block(sheet: xw.Sheet, row: int, column: int, columns: Sequence[WriteColumn]) -> None:
    """Set a rectangle of cells, leftmost column first.

    Args:
        sheet: of a workbook that is open in Excel or from a file.
        row: of the first cell.
        column: of the first cell.
        columns: all of one length; NaN and empty text empty a cell.
    """
    rows = len(columns[0]) if columns else 0
    if not rows:
        return
    if is_file(sheet):
        last = (row + rows - 1, column + len(columns) - 1)
        sheet.range((row, column), last).api.write_columns(columns)
    else:
        excelwriting.fill(sheet.api, row, column, columns)


def write_cells(
    sheet: xw.Sheet, rows: npt.NDArray[np.int64], column: int, values: WriteColumn
) -> None:
    """Set cells of one column at scattered rows.

    Args:
        sheet: of a workbook that is open in Excel or from a file.
        rows: numbers of the rows, each once, in any order.
        column: number of the column.
        values: one a row; NaN and empty text empty a cell.
    """
    if not len(rows):
        return
    if is_file(sheet):
        sheet.api.write_cells(rows, column, values)
    else:
        order = np.argsort(rows, kind="stable")
        places = np.asarray(rows, dtype=np.int64)[order]
        ordered = np.asarray(values, dtype=object if excelblocks.is_text(values) else np.float64)
        excelwriting.overwrite(sheet.api, places, column, [ordered[order]])
