"""Moves bulk values between a workbook and Python as typed columns; nothing else does.

With the file engine the columns come straight from the file. With Excel a block is one `Value2`,
and number formats and formulas are asked for column by column, so that the number of calls does
not grow with the rows. Rows and columns count from 1. Text is written as text: nothing that
is written here is ever taken for a number, a date or a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import xlwings as xw

from ar_xl.xlfile.columns import Block, CellKind, ColumnBlock, FormatClass, WriteColumn
from ar_xl.xlfile.formats import format_class
from ar_xl.xlfile.values import ERROR_TEXTS

__all__ = [
    "Block",
    "CellKind",
    "ColumnBlock",
    "FormatClass",
    "WriteColumn",
    "read_block",
    "rows_beside",
    "write_block",
    "write_cells",
]

_TEXT_FORMAT = "@"
# How often one column may be halved to find where its number format or its formulas change.
_MOST_PIECES = 64
# Up to so many runs of rows are written one by one; more are laid into the whole column.
_MOST_RUNS = 16


def read_block(sheet: xw.Sheet, row: int, column: int, rows: int, columns: int) -> Block:
    """Return the cells of a rectangle as typed columns.

    In a file that was changed, a formula whose result may no longer hold comes as an empty cell
    with a formula; Excel calculates it.

    Args:
        sheet: of a workbook that is open in Excel or from a file.
        row: of the first cell.
        column: of the first cell.
        rows: how many.
        columns: how many.
    """
    area = sheet.range((row, column), (row + rows - 1, column + columns - 1))
    api = area.api
    if hasattr(api, "read_columns"):
        return api.read_columns()
    return _excel_block(api, bool(sheet.book.api.Date1904))


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
    if hasattr(earlier.api, "rows_beside"):
        return sheet.api.rows_beside(earlier.api, rows, column, columns)
    first = int(rows[0])
    block = read_block(sheet, first, column, int(rows[-1]) - first + 1, columns)
    parts = ("kind", "number", "text", "style", "formula")
    taken = [
        ColumnBlock(**{part: getattr(each, part)[rows - first] for part in parts})
        for each in block.columns
    ]
    return replace(block, columns=taken), False


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
    area = sheet.range((row, column), (row + rows - 1, column + len(columns) - 1))
    api = area.api
    if hasattr(api, "write_columns"):
        api.write_columns(columns)
        return
    for index, values in enumerate(columns, start=1):
        if _is_text(values) and api.Columns(index).NumberFormat != _TEXT_FORMAT:
            api.Columns(index).NumberFormat = _TEXT_FORMAT
    api.Value2 = tuple(zip(*(_as_excel_takes(values) for values in columns), strict=True))


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
    if hasattr(sheet.api, "write_cells"):
        sheet.api.write_cells(rows, column, values)
        return
    order = np.argsort(rows, kind="stable")
    places = np.asarray(rows, dtype=np.int64)[order]
    is_text = _is_text(values)
    ordered = np.asarray(values, dtype=object if is_text else np.float64)[order]
    ends = np.flatnonzero(np.diff(places) != 1) + 1
    first, last = int(places[0]), int(places[-1])
    if len(ends) >= _MOST_RUNS:
        whole = sheet.range((first, column), (last, column)).api
        if whole.HasFormula is False:
            _lay_into(whole, places - first, _as_excel_takes(ordered))
            return
    for start, stop in zip([0, *ends.tolist()], [*ends.tolist(), len(places)], strict=True):
        write_block(sheet, int(places[start]), column, [ordered[start:stop]])


def _lay_into(whole: Any, places: npt.NDArray[np.int64], values: Sequence[Any]) -> None:
    """Set some cells of a column without formulas by writing all of it back once."""
    cells = [row[0] for row in whole.Value2]
    for place, value in zip(places.tolist(), values, strict=True):
        cells[place] = value
    if any(isinstance(value, str) for value in cells) and whole.NumberFormat != _TEXT_FORMAT:
        # As text in a General cell would be taken for what it looks like.
        whole.NumberFormat = _TEXT_FORMAT
    whole.Value2 = tuple((value,) for value in cells)


def _is_text(values: WriteColumn) -> bool:
    return not isinstance(values, np.ndarray) or values.dtype == object


def _as_excel_takes(values: WriteColumn) -> list[Any]:
    """Return a column's values for `Value2`: floats, text, None for an empty cell."""
    if isinstance(values, np.ndarray) and values.dtype != object:
        return [None if number != number else number for number in values.tolist()]
    return [None if text == "" else str(text) for text in values]


def _excel_block(api: Any, date1904: bool) -> Block:
    """Return a range of Excel as typed columns."""
    rows, columns = int(api.Rows.Count), int(api.Columns.Count)
    values = api.Value2
    if rows == columns == 1:
        values = ((values,),)
    formulas_anywhere = api.HasFormula is not False
    pool: dict[str, int] = {}
    formats: dict[str, int] = {}
    made: list[ColumnBlock] = []
    for index, cells in enumerate(zip(*values, strict=True), start=1):
        kind, number, text = _typed(cells, pool)
        strip = api.Columns(index)
        style = np.zeros(rows, dtype=np.int32)
        for at, shown in _pieces(strip, "NumberFormat", rows):
            style[at] = formats.setdefault(str(shown), len(formats))
        formula = np.zeros(rows, dtype=bool)
        if formulas_anywhere:
            for at, has in _pieces(strip, "HasFormula", rows):
                formula[at] = has
        made.append(ColumnBlock(kind, number, text, style, formula))
    texts = np.empty(len(pool), dtype=object)
    texts[:] = list(pool)
    classes = np.array([format_class(code) for code in formats], dtype=np.uint8)
    return Block(made, texts, classes, date1904)


def _typed(
    cells: Sequence[Any], pool: dict[str, int]
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64], npt.NDArray[np.int32]]:
    """Return kinds, numbers and texts of one column of `Value2`."""
    kind = np.zeros(len(cells), dtype=np.uint8)
    number = np.full(len(cells), np.nan)
    text = np.full(len(cells), -1, dtype=np.int32)
    for place, value in enumerate(cells):
        if value is None:
            continue
        if isinstance(value, str):
            kind[place], text[place] = CellKind.TEXT, pool.setdefault(value, len(pool))
        elif isinstance(value, bool):
            kind[place], number[place] = CellKind.BOOL, value
        elif isinstance(value, int) and value in ERROR_TEXTS:
            # Excel's numbers are floats; whole ones are the codes of its errors.
            error = ERROR_TEXTS[value]
            kind[place], text[place] = CellKind.ERROR, pool.setdefault(error, len(pool))
        else:
            kind[place], number[place] = CellKind.NUMBER, value
    return kind, number, text


def _pieces(strip: Any, name: str, rows: int) -> list[tuple[slice, Any]]:
    """Return a property of a column's cells, which Excel gives as None where they differ.

    The column is halved until each piece has one value. One so mixed that this would take too many
    calls gets "General" or False in what is left.
    """
    waiting, found = [(1, rows)], list[tuple[slice, Any]]()
    asked = 0
    while waiting:
        first, last = waiting.pop()
        asked += 1
        value = getattr(strip.Range(f"A{first}:A{last}"), name)
        if value is None and first < last and asked < _MOST_PIECES:
            middle = (first + last) // 2
            waiting += [(middle + 1, last), (first, middle)]
            continue
        if value is None:
            value = "General" if name == "NumberFormat" else False
        found.append((slice(first - 1, last), value))
    return found
