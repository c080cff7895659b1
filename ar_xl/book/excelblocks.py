"""Cells of a workbook that is open in Excel, a whole block at a time.

The number of calls does not grow with the rows: one call moves the values of a block, and number
formats are asked for several columns at once, only of columns that hold numbers.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ar_xl.book.addresses import address
from ar_xl.xlfile.columns import Block, CellKind, ColumnBlock, WriteColumn
from ar_xl.xlfile.formats import format_class
from ar_xl.xlfile.values import ERROR_TEXTS

TEXT_FORMAT = "@"
# The whole numbers by which Excel calls its errors when another program asks.
ERROR_CODES = {text: number for number, text in ERROR_TEXTS.items()}
Values = Sequence[Sequence[Any]]
# How often one column may be halved to find where its number format changes.
_MOST_PIECES = 64
_MOST_NAMED = 10  # ranges in one address: Excel takes 255 characters


def values_of(area: Any) -> Values:
    """The values of a range as rows, one cell included."""
    values = area.Value2
    return values if isinstance(values, tuple) else ((values,),)


def block_of(
    sheet: Any,
    area: Any,
    values: Values,
    corner: tuple[int, int],
    date1904: bool,
    alike: Sequence[Hashable] = (),
    formats: bool = True,
    known: Sequence[str] = (),
) -> Block:
    """Return values that were read as typed columns.

    Args:
        sheet: Excel's sheet.
        area: the range that is asked for formulas; it holds the values' cells.
        values: of the cells, as `Value2` gives them.
        corner: row and column of the first of them.
        date1904: dates count from 1904.
        alike: a key for each column; columns of one key are likely to have one number format.
        formats: number formats are wanted.
        known: the number format of each column where Excel need not be asked for them.
    """
    rows, columns = len(values), len(values[0])
    pool: dict[str, int] = {}
    typed = [_typed(cells, pool) for cells in zip(*values, strict=True)]
    formulas = np.zeros((columns, rows), dtype=bool)
    if any(kind.any() for kind, _, _ in typed) and area.HasFormula is not False:
        formulas = _formulas(sheet, values, corner)
    codes: dict[str, int] = {"General": 0}
    styles = np.zeros((columns, rows), dtype=np.int32)
    numbered = [
        at for at, (kind, _, _) in enumerate(typed) if formats and (kind == CellKind.NUMBER).any()
    ]
    groups: dict[Hashable, list[int]] = {}
    for at in numbered:
        groups.setdefault(alike[at] if alike else "", []).append(at)
    for at, code in enumerate(known):
        styles[at] = codes.setdefault(code, len(codes))
    for group in () if known else groups.values():
        for at, part, code in _codes(sheet, corner, rows, group):
            styles[at, part] = codes.setdefault(code, len(codes))
    texts = np.empty(len(pool), dtype=object)
    texts[:] = list(pool)
    classes = np.array([format_class(code) for code in codes], dtype=np.uint8)
    made = [
        ColumnBlock(kind, number, text, styles[at], formulas[at])
        for at, (kind, number, text) in enumerate(typed)
    ]
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


def _formulas(sheet: Any, values: Values, corner: tuple[int, int]) -> npt.NDArray[np.bool_]:
    """Which cells hold formulas, column by column.

    A text that begins with an equals sign shows itself as its formula, and is none.
    """
    area = sheet.Range(address(*corner, len(values), len(values[0])))
    shown = area.Formula
    rows = shown if isinstance(shown, tuple) else ((shown,),)
    return np.array(
        [
            [
                isinstance(f, str) and f.startswith("=") and f != v
                for f, v in zip(*pair, strict=True)
            ]
            for pair in zip(zip(*rows, strict=True), zip(*values, strict=True), strict=True)
        ],
        dtype=bool,
    )


def _codes(
    sheet: Any, corner: tuple[int, int], rows: int, columns: list[int]
) -> Iterable[tuple[int, slice, str]]:
    """Number formats of columns: offset, rows, code.

    Excel gives None where cells differ: then the columns are halved, and in the end the rows. A
    column so mixed that this would take too many calls gets "General" in what is left.
    """
    row, first = corner
    waiting = [columns[at : at + _MOST_NAMED] for at in range(0, len(columns), _MOST_NAMED)]
    while waiting:
        some = waiting.pop()
        code = _union(sheet, row, rows, [first + at for at in some]).NumberFormat
        if code is not None:
            yield from ((at, slice(0, rows), str(code)) for at in some)
        elif len(some) > 1:
            middle = len(some) // 2
            waiting += [some[middle:], some[:middle]]
        else:
            for part, found in _pieces(sheet, row, first + some[0], rows):
                yield some[0], part, found


def _pieces(sheet: Any, row: int, column: int, rows: int) -> Iterable[tuple[slice, str]]:
    waiting, asked = [(0, rows)], 0
    while waiting:
        start, stop = waiting.pop()
        code = None
        if asked < _MOST_PIECES:
            code = sheet.Range(address(row + start, column, stop - start, 1)).NumberFormat
        asked += 1
        if code is None and stop - start > 1 and asked < _MOST_PIECES:
            middle = (start + stop) // 2
            waiting += [(middle, stop), (start, middle)]
        else:
            yield slice(start, stop), str(code or "General")


def _union(sheet: Any, row: int, rows: int, columns: Sequence[int]) -> Any:
    """Columns of some rows as one range."""
    runs = _runs(columns)
    return sheet.Range(",".join(address(row, a, rows, b - a + 1) for a, b in runs))


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in sorted(columns):
        if runs and runs[-1][1] == column - 1:
            runs[-1] = runs[-1][0], column
        else:
            runs.append((column, column))
    return runs


def not_text(sheet: Any, row: int, rows: int, columns: Sequence[int]) -> list[tuple[Any, str]]:
    """The columns of some rows that have not the format of text: ranges, and the format of each.

    A range of several columns is given as one where all have one format.
    """
    runs, found = _runs(columns), list[tuple[Any, str]]()
    for at in range(0, len(runs), _MOST_NAMED):
        named = [column for a, b in runs[at : at + _MOST_NAMED] for column in range(a, b + 1)]
        area = _union(sheet, row, rows, named)
        code = area.NumberFormat
        if code == TEXT_FORMAT:
            continue
        if code is not None:
            found.append((area, str(code)))
            continue
        for offset, part, each in _codes(sheet, (row, 0), rows, named):
            if each != TEXT_FORMAT:
                height = part.stop - part.start
                cells = sheet.Range(address(row + part.start, offset, height, 1))
                found.append((cells, each))
    return found


def is_text(values: WriteColumn) -> bool:
    """Whether a column is written as text."""
    return not isinstance(values, np.ndarray) or values.dtype == object


def as_excel_takes(values: WriteColumn) -> list[Any]:
    """Return a column's values for `Value2`: floats, text, None for an empty cell."""
    if isinstance(values, np.ndarray) and values.dtype != object:
        return [None if number != number else number for number in values.tolist()]
    return [None if text == "" else str(text) for text in values]
