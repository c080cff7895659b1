"""Which documents of one payer add up to an amount, and how likely that is mere chance.

Bounded by count, never by time: the answer is the same everywhere.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.ops.subset import OLDEST, exact_subset

LONGEST_RUN = 2000  # documents among which runs are looked for
ONE = 1_000_000  # chances are in millionths
LIKELIEST = ONE // 2  # a subset that chance alone would give this often is no evidence


class Found(NamedTuple):
    """Documents that add up.

    Args:
        name: `balance`, `run of items` or `subset`.
        places: positions among the amounts given, rising.
        chance: how many such sets chance alone would give, in millionths.
        other: another set of as few; empty where there is none.
    """

    name: str
    places: tuple[int, ...]
    chance: int
    other: tuple[int, ...] = ()


def run_of(amounts: IntArray, target: int) -> Found | None:
    """Documents that follow one another, oldest first, and add up; the whole balance is one.

    Args:
        amounts: positive, oldest first.
        target: positive.
    """
    some = amounts[:LONGEST_RUN]
    count = len(amounts)
    if count > 1 and int(amounts.sum()) == target:
        return Found("balance", tuple(range(count)), 2 * ONE // max(target, 2))
    sums = np.concatenate([[0], np.cumsum(some)])
    ends = np.searchsorted(sums, sums + target)
    hits = np.flatnonzero(sums[np.minimum(ends, len(sums) - 1)] == sums + target)
    hits = hits[ends[hits] - hits > 1]
    if not len(hits):
        return None
    first, last = int(hits[0]), int(ends[hits[0]])
    # a run from the oldest document on is one of few; one in the middle one of many
    ways = count if first == 0 else count * count // 2
    step = _step(some)
    other = tuple(range(int(hits[1]), int(ends[hits[1]]))) if len(hits) > 1 else ()
    return Found("run of items", tuple(range(first, last)), ways * step * ONE // target, other)


def subset_of(amounts: IntArray, target: int) -> Found | None:
    """A set of the oldest documents that adds up, of as few as there may be.

    Args:
        amounts: positive, oldest first.
        target: positive.
    """
    some = amounts[:OLDEST]
    useful = np.flatnonzero(some < target)
    if len(useful) < 2 or int(some[useful].sum()) < target or not _adds_up(some[useful], target):
        return None
    found = exact_subset(some[useful].tolist(), target)
    if found is None or len(found.items) < 2:
        return None
    values = len(np.unique(some[useful]))
    ways = sum(math.comb(values, size) for size in range(2, len(found.items) + 1))
    chance = ways * _step(some) * ONE // target
    if chance > LIKELIEST:
        return None
    places = tuple(int(useful[at]) for at in found.items)
    return Found("subset", places, chance, tuple(int(useful[at]) for at in found.other))


def _step(amounts: IntArray) -> int:
    """The largest amount that all are multiples of: sums can only differ by so much."""
    return max(int(np.gcd.reduce(amounts)), 1)


def _adds_up(amounts: IntArray, target: int) -> bool:
    """Whether any subset adds up: the sums of one half meet what the other half leaves."""
    half = len(amounts) // 2
    first, second = _sums(amounts[:half]), _sums(amounts[half:])
    second.sort()
    wanted = target - first
    place = np.minimum(np.searchsorted(second, wanted), len(second) - 1)
    return bool((second[place] == wanted).any())


def _sums(amounts: IntArray) -> IntArray:
    sums = np.zeros(1, dtype=np.int64)
    for amount in amounts.tolist():
        sums = np.concatenate([sums, sums + amount])
    return sums
