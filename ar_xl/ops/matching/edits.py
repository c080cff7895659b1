"""How far two texts are from one another: what RapidFuzz counts, and the same where it is not.

In a browser (xlwings Lite) there is no build of RapidFuzz. What is counted here is whole
numbers, so that both ways give the same answer everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

try:
    from rapidfuzz.distance import OSA, Indel
    from rapidfuzz.process import cdist
except ImportError:  # in a browser
    OSA = Indel = cdist = None  # type: ignore[assignment]  # asked for before each use


def likeness_percent(one: str, other: str) -> int:
    """How much of two texts they have in common, in whole percent, halves to the even one.

    >>> likeness_percent("ACME", "ACNE")
    75
    """
    both = len(one) + len(other)
    if not both:
        return 0
    apart = Indel.distance(one, other) if Indel is not None else apart_by_hand(one, other)
    return _rounded(100 * (both - apart), both)


def one_edit(one: str, other: str) -> bool:
    """Whether one sign more, less or other, or two turned round, makes the one text the other.

    >>> [one_edit("1042", other) for other in ("1042", "1024", "142", "1043", "2041")]
    [True, True, True, True, False]
    """
    if OSA is None:
        return one_edit_by_hand(one, other)
    return bool(OSA.distance(one, other, score_cutoff=1) <= 1)


def pairs_by_one_edit(words: Sequence[str], forms: Sequence[str]) -> list[tuple[int, int]]:
    """Which of some words are one edit or less from which of some forms, as pairs of indexes."""
    if cdist is None:
        return [
            (i, j)
            for i, word in enumerate(words)
            for j, form in enumerate(forms)
            if one_edit_by_hand(word, form)
        ]
    far = cdist(words, forms, scorer=OSA.distance, score_cutoff=1, dtype=np.int32)
    return [(i, j) for i, j in np.argwhere(far <= 1).tolist()]


def apart_by_hand(one: str, other: str) -> int:
    """Signs to take out and put in to make one text the other: both less twice what they share.

    The longest common part of Crochemore, Iliopoulos, Pinzon and Reid (2001): one bit a sign.
    """
    whole = (1 << len(one)) - 1
    where: dict[str, int] = {}
    for at, sign in enumerate(one):
        where[sign] = where.get(sign, 0) | 1 << at
    row = whole
    for sign in other:
        hit = row & where.get(sign, 0)
        row = ((row + hit) | (row - hit)) & whole
    common = len(one) - row.bit_count()
    return len(one) + len(other) - 2 * common


def one_edit_by_hand(one: str, other: str) -> bool:
    """As `one_edit`, without a library."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((i for i, sign in enumerate(short) if sign != long[i]), len(short))
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    if short[at + 1 :] == long[at + 1 :]:
        return True
    return short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]


def _rounded(top: int, bottom: int) -> int:
    """A quotient as a whole number, halves to the even one."""
    whole, rest = divmod(top, bottom)
    return whole + (2 * rest > bottom or (2 * rest == bottom and whole % 2 == 1))
