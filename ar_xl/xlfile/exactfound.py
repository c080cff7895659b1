"""Cells of the exact parser as typed arrays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.canvas import Canvas, Found
from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.sheetparser import Cells
from ar_xl.xlfile.strings import Pool


def found_cells(cells: Cells, canvas: Canvas, pool: Pool) -> Found:
    """Those of `cells` that lie on `canvas`, their texts in `pool`.

    Raises:
        DamagedWorkbook: a cell names a shared string that does not exist.
    """
    row = np.array(cells.rows, dtype=np.int64)
    column = np.array(cells.columns, dtype=np.int64)
    inside = canvas.covers(row, column)
    text = np.full(len(row), -1, dtype=np.int32)
    shared = np.array(cells.shared, dtype=np.int64)
    named = np.flatnonzero(shared >= 0)
    if len(named):
        text[named] = shared_texts(pool, shared[named])
    own = [at for at, string in enumerate(cells.texts) if string is not None]
    text[own] = pool.intern([string for string in cells.texts if string is not None])
    return Found(
        row=row[inside],
        column=column[inside],
        kind=np.array(cells.kinds, dtype=np.uint8)[inside],
        style=np.array(cells.styles, dtype=np.int32)[inside],
        formula=np.array(cells.formulas, dtype=np.bool_)[inside],
        number=np.array(cells.numbers, dtype=np.float64)[inside],
        text=text[inside],
    )


def shared_texts(pool: Pool, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """The pool's indices of shared strings by their numbers.

    Raises:
        DamagedWorkbook: there is no such string.
    """
    shared = pool.shared
    if len(numbers) and int(numbers.max()) >= len(shared):
        raise DamagedWorkbook(f"a cell names the text {int(numbers.max())} of {len(shared)}")
    return shared[numbers]
