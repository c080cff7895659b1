"""Texts by number: equal texts of long columns get one number, and each column is numbered once.

The same document numbers are matched again and again while a month is closed. Columns are never
changed once they are made, so what a column's texts are numbered is remembered for as long as the
column lives; rows picked from it, or put below others, take their numbers with them.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt

AnyArray = npt.NDArray[np.generic]
IntArray = npt.NDArray[np.int64]
TextArray = npt.NDArray[np.object_]
T = TypeVar("T", bound=npt.NDArray[Any])
Numbers = npt.NDArray[np.int32]

LONG = 1_000  # texts; shorter columns are numbered faster than remembered

_pool: defaultdict[str, int] = defaultdict(count().__next__)
_known: dict[int, tuple[weakref.ref[AnyArray], Numbers]] = {}


def forget() -> None:
    """Let go of all texts and numbers; a long-lived process calls it when a command is done."""
    global _pool
    _pool = defaultdict(count().__next__)
    _known.clear()


def numbers_of(column: AnyArray) -> Numbers:
    """The number of each text, the same for equal texts of all columns.

    Args:
        column: texts; a long one must not be changed any more, and is locked against it.
    """
    known = _remembered(column)
    if known is None:
        known = np.fromiter(map(_pool.__getitem__, column.tolist()), np.int32, len(column))
        _remember(column, known)
    return known


def picked(column: T, chosen: IntArray) -> T:
    """The texts that an index picks; their numbers, where known, go with them."""
    made = cast(T, column[chosen])
    known = _remembered(column)
    if known is not None:
        _remember(made, known[chosen])
    return made


def stacked(columns: Sequence[AnyArray]) -> AnyArray:
    """Columns of one kind below one another; the numbers of texts, where known, stay with them."""
    made = np.concatenate(columns)
    if made.dtype == object and any(_remembered(each) is not None for each in columns):
        _remember(made, np.concatenate([numbers_of(each) for each in columns]))
    return made


def as_part(column: AnyArray, whole: AnyArray, start: int) -> AnyArray:
    """The part of a column that is the same as another column, whose numbers it takes over."""
    made = whole[start : start + len(column)]
    known = _remembered(column)
    if known is not None:
        numbers = _remembered(whole)
        _remember(made, known if numbers is None else numbers[start : start + len(column)])
    return made


def codes_by_number(columns: Sequence[TextArray]) -> tuple[list[IntArray], TextArray]:
    """As `arrays.codes_of`, by the numbers of the texts."""
    numbers = [numbers_of(each) for each in columns]
    joined = numbers[0] if len(numbers) == 1 else np.concatenate(numbers)
    first = np.empty(len(_pool), dtype=np.int32)
    rows = np.arange(len(joined), dtype=np.int32)
    first[joined[::-1]] = rows[::-1]  # the last to be written is the first row with the text
    at = np.flatnonzero(first[joined] == rows)
    code = np.empty(len(_pool), dtype=np.int64)
    code[joined[at]] = np.arange(len(at))
    texts: TextArray = np.empty(len(at), dtype=object)
    start = 0
    codes = []
    for column, own in zip(columns, numbers, strict=True):
        mine = (at >= start) & (at < start + len(column))
        texts[mine] = column[at[mine] - start]
        start += len(column)
        codes.append(code[own])
    return codes, texts


def positions_by_number(haystack: TextArray, needles: TextArray) -> IntArray:
    """As `arrays.positions`, by the numbers of the texts."""
    held, sought = numbers_of(haystack), numbers_of(needles)
    first = np.full(len(_pool), -1, dtype=np.int64)
    first[held[::-1]] = np.arange(len(held) - 1, -1, -1)
    return first[sought]


def is_known(column: AnyArray) -> bool:
    """Whether the numbers of a column's texts are remembered."""
    return _remembered(column) is not None


def _remembered(column: AnyArray) -> Numbers | None:
    held = _known.get(id(column))
    return held[1] if held is not None and held[0]() is column else None


def _remember(column: AnyArray, numbers: Numbers) -> None:
    if len(column) < LONG:
        return
    key = id(column)
    column.setflags(write=False)
    _known[key] = weakref.ref(column, lambda _: _known.pop(key, None)), numbers
