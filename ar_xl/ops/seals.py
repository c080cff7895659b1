"""Seals: a check number over every posted row, the same on every machine (semantics, 16).

A row's hash is 64 bits over the values of its sealed columns in their order: SipHash-2-4 of the
text (as pandas.util.hash_array reckons it; a test holds it to plain arithmetic), the whole number
of money, dates and counts, mixed column by column with the finaliser of SplitMix64. All of it
is vectorised. It shows edits; it is no signature: see docs/adr/0003.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from ar_xl.core.arrays import AnyArray, IntArray, TextArray, codes_of, text_array
from ar_xl.core.frames import Frame
from ar_xl.core.schema import Kind

HashArray = npt.NDArray[np.uint64]

_KEY = "ar_xl row seal 1"  # 16 characters, the key of SipHash; another key is another format
_STEP = 0x9E3779B97F4A7C15
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_BLANK_NUMBER = "\x00"


def _mixed(values: HashArray) -> HashArray:
    values = (values ^ (values >> np.uint64(30))) * _MIX_1
    values = (values ^ (values >> np.uint64(27))) * _MIX_2
    return values ^ (values >> np.uint64(31))


def text_hashes(texts: TextArray) -> HashArray:
    """SipHash-2-4 of each text's UTF-8 bytes under this format's key, mixed once."""
    (codes,), distinct = codes_of(texts)
    hashed = pd.util.hash_array(distinct, hash_key=_KEY, categorize=False)
    return np.asarray(hashed[codes], dtype=np.uint64)


def column_hashes(kind: Kind, values: AnyArray) -> HashArray:
    """The 64-bit hash of each value of a column; money, dates and counts are their own."""
    if kind is Kind.TEXT:
        return text_hashes(np.asarray(values, dtype=object))
    if kind is Kind.NUMBER:
        named = [_BLANK_NUMBER if v is None else format(v.normalize(), "f") for v in values]
        return text_hashes(text_array(named))
    return values.astype(np.int64).view(np.uint64)


def row_hashes(frame: Frame) -> HashArray:
    """The 64-bit hash of each row: its batch and all columns that are not derived.

    Args:
        frame: posted rows, complete but for the seal.
    """
    out = np.full(len(frame), text_hashes(np.array([frame.table.name], dtype=object))[0])
    sealed = [*frame.table.sealed_columns, frame.table.by_key["batch"]]
    for position, column in enumerate(sealed, start=1):
        step = np.uint64(_STEP * position % 2**64)
        out = _mixed((out ^ column_hashes(column.kind, frame.columns[column.key])) + step)
    return out


def seals_of(hashes: HashArray) -> IntArray:
    """The 31-bit seal that stands in the row, so that Excel keeps every digit of it."""
    return (hashes >> np.uint64(33)).astype(np.int64)


def sealed(frame: Frame) -> Frame:
    """The rows with their seals."""
    return frame.replace(seal=seals_of(row_hashes(frame)))
