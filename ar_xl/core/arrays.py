"""The array types of ledger columns, and the two marks for an empty cell.

A ledger column is one NumPy array: money, counts and scaled rates are int64, dates are
datetime64[D], text is an object array of str. An empty cell is "" in text, NaT in dates and
BLANK in integers; BLANK is the smallest int64, which no amount of money can reach.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from ar_xl.core import numbered
from ar_xl.core.numbered import AnyArray, IntArray, TextArray

BoolArray = npt.NDArray[np.bool_]
DateArray = npt.NDArray[np.datetime64]

__all__ = [
    "BLANK", "NAT", "AnyArray", "BoolArray", "DateArray", "IntArray", "TextArray", "codes_of",
    "differs", "filled", "one_for_all", "positions", "sum_by", "text_array",
]  # fmt: skip

BLANK: int = int(np.iinfo(np.int64).min)
NAT = np.datetime64("NaT", "D")


def text_array(values: Iterable[str]) -> TextArray:
    """Return the texts as an object array, one element each, never as a fixed-width array."""
    listed = list(values)
    out: TextArray = np.empty(len(listed), dtype=object)
    out[:] = listed
    return out


def filled(length: int, text: str) -> TextArray:
    """Return an object array of `length` equal texts."""
    out: TextArray = np.empty(length, dtype=object)
    out[:] = text
    return out


def one_for_all(values: AnyArray) -> AnyArray:
    """Return an array; where all elements are the same, a read-only one that holds it once."""
    if len(values) < 2 or values.dtype == object or not (values == values[0]).all():
        return values
    return np.broadcast_to(values[0], len(values))


def codes_of(*columns: TextArray, keep: bool = False) -> tuple[list[IntArray], TextArray]:
    """Number equal texts equally across several columns.

    Args:
        columns: texts.
        keep: remember long columns' numbers, as they will be matched again (see `numbered`).

    Returns:
        One int64 array of codes per column (same texts, same code, from 0 in order of first
        appearance), and the texts by code.
    """
    if keep and any(len(each) >= numbered.LONG for each in columns):
        return numbered.codes_by_number(columns)
    joined = columns[0] if len(columns) == 1 else np.concatenate(columns)
    codes, texts = pd.factorize(joined)
    pieces = np.split(codes.astype(np.int64), np.cumsum([len(c) for c in columns])[:-1])
    return list(pieces), np.asarray(texts, dtype=object)


def positions(haystack: TextArray, needles: TextArray) -> IntArray:
    """Return for each needle the index of its first occurrence in the haystack, -1 where absent."""
    if numbered.is_known(haystack) and (len(needles) < len(haystack) or numbered.is_known(needles)):
        return numbered.positions_by_number(haystack, needles)
    index = pd.Index(haystack, dtype=object)
    if index.has_duplicates:
        kept = np.flatnonzero(~index.duplicated())
        found = index[kept].get_indexer(pd.Index(needles, dtype=object))
        return np.where(found >= 0, kept[found], -1).astype(np.int64)
    return index.get_indexer(pd.Index(needles, dtype=object)).astype(np.int64)


def differs(after: AnyArray, before: AnyArray) -> BoolArray:
    """Return where two columns of one kind differ; two empty cells are the same."""
    if after.dtype.kind == "M":
        both_empty = np.isnat(after) & np.isnat(before)
        return np.asarray((after != before) & ~both_empty, dtype=np.bool_)
    return np.asarray(after != before, dtype=np.bool_)


def sum_by(codes: IntArray, amounts: IntArray, groups: int) -> IntArray:
    """Sum int64 amounts by group code, exactly.

    Args:
        codes: group of each row, 0 to groups - 1; negative codes are left out.
        amounts: minor units, any sign.
        groups: how many groups there are.
    """
    out = np.zeros(groups, dtype=np.int64)
    known = codes >= 0
    if known.all():
        np.add.at(out, codes, amounts)
    else:
        np.add.at(out, codes[known], amounts[known])
    return out
