"""Ledger columns as cell values: the way out of integers, with the reader as the way back."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ar_xl.core.arrays import BLANK, AnyArray, IntArray, TextArray
from ar_xl.core.frames import Frame
from ar_xl.core.money import RATE_ONE
from ar_xl.core.schema import Kind

Floats = npt.NDArray[np.float64]
CellColumn = Floats | TextArray

EPOCH_1900 = np.datetime64("1899-12-30", "D")
EPOCH_1904 = np.datetime64("1904-01-01", "D")


def epoch(date1904: bool) -> np.datetime64:
    """The day that has the number 0 in a workbook."""
    return EPOCH_1904 if date1904 else EPOCH_1900


def cell_column(
    kind: Kind, values: AnyArray, digits: IntArray | int = 2, date1904: bool = False
) -> CellColumn:
    """A ledger column as cells take it: text, or numbers with NaN for an empty cell.

    Args:
        kind: what the column holds.
        values: as `core.schema.Kind` says.
        digits: of money, digits of the minor unit of each row or of all.
        date1904: whether the workbook counts days from 1904.
    """
    if kind is Kind.TEXT:
        return values.astype(object, copy=False)
    if kind is Kind.NUMBER:
        listed = [float("nan") if value is None else float(value) for value in values.tolist()]
        return np.array(listed, dtype=np.float64)
    if kind is Kind.DATE:
        days = (values.astype("datetime64[D]") - epoch(date1904)).astype(np.int64)
        return np.where(np.isnat(values), np.nan, days.astype(np.float64))
    whole = values.astype(np.int64)
    shown = whole.astype(np.float64)
    if kind is Kind.MONEY:
        # Both are exact in a double, so the quotient is the double nearest to the amount.
        shown = shown / np.power(10.0, digits)
    elif kind is Kind.RATE:
        shown = shown / RATE_ONE
    return np.where(whole == BLANK, np.nan, shown)


def cell_columns(
    frame: Frame, digits: IntArray | int = 2, date1904: bool = False
) -> dict[str, CellColumn]:
    """All columns of a frame as cells take them, by column key."""
    return {
        column.key: cell_column(column.kind, frame.columns[column.key], digits, date1904)
        for column in frame.table.columns
    }
