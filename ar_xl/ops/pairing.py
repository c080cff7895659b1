"""Pairing of equal amounts: what is booked with what the bank shows.

A pair is made where there is one way to make it: one entry and one line of an amount, or as many
lines as entries, in the order of their dates. Everything else is a question for a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BoolArray, DateArray, IntArray

MOST_TRIED = 10_000  # pairs of one amount that are looked at; more are paired by date alone


@dataclass(frozen=True)
class Side:
    """What is paired, one element each.

    Args:
        group: what has to be the same beside the amount: account and currency, as a number.
        amount: minor units.
        date: of the entry or line.
    """

    group: IntArray
    amount: IntArray
    date: DateArray


@dataclass(frozen=True)
class Pairs:
    """Pairs of indexes.

    Args:
        left, right: what belongs together.
        sure: whether there was no other way; else one of several.
    """

    left: IntArray
    right: IntArray
    sure: BoolArray


def paired(left: Side, right: Side, earliest: IntArray, latest: IntArray) -> Pairs:
    """Pair equal amounts of a group within days of each other.

    Args:
        left, right: both sides.
        earliest, latest: of each left one, how many days before (negative) and after its date the
            right one may be dated.

    Returns:
        All candidates; those that are sure use every left and every right one at most once.
    """
    ours = pd.DataFrame({"group": left.group, "amount": left.amount, "left": range(len(left.date))})
    theirs = pd.DataFrame(
        {"group": right.group, "amount": right.amount, "right": range(len(right.date))}
    )
    keys = ["group", "amount"]
    count = ours.groupby(keys).size().mul(theirs.groupby(keys).size(), fill_value=0)
    many = count[count > MOST_TRIED].index
    found: list[tuple[int, int, bool]] = []
    for key in many:
        mine = ours[(ours["group"] == key[0]) & (ours["amount"] == key[1])]["left"].to_numpy()
        lines = theirs[(theirs["group"] == key[0]) & (theirs["amount"] == key[1])]
        both = _in_order(mine, lines["right"].to_numpy(), left, right, earliest, latest)
        found += [(a, b, True) for a, b in both]
    some = ours.set_index(keys)
    some = some[~some.index.isin(many)].reset_index().merge(theirs, on=keys)
    at, to = some["left"].to_numpy(dtype=np.int64), some["right"].to_numpy(dtype=np.int64)
    days = (right.date[to] - left.date[at]).astype(np.int64)
    near = some[(days >= earliest[at]) & (days <= latest[at])]
    for _, candidates in near.groupby(keys, sort=True):
        found += _decided(candidates, left, right, earliest, latest)
    columns = np.array([(a, b) for a, b, _ in found], dtype=np.int64).reshape(-1, 2)
    sure = np.array([each for _, _, each in found], dtype=np.bool_)
    return Pairs(columns[:, 0], columns[:, 1], sure)


def _decided(
    candidates: pd.DataFrame, left: Side, right: Side, earliest: IntArray, latest: IntArray
) -> Iterator[tuple[int, int, bool]]:
    """The candidates of one amount, sure ones alone where every entry has its own line."""
    mine = np.unique(candidates["left"].to_numpy(dtype=np.int64))
    lines = np.unique(candidates["right"].to_numpy(dtype=np.int64))
    if len(mine) == len(lines):
        both = list(_in_order(mine, lines, left, right, earliest, latest))
        if len(both) == len(mine):
            yield from ((a, b, True) for a, b in both)
            return
    pairs = candidates[["left", "right"]].to_numpy(dtype=np.int64).tolist()
    yield from ((a, b, False) for a, b in pairs)


def _in_order(
    mine: IntArray, lines: IntArray, left: Side, right: Side, earliest: IntArray, latest: IntArray
) -> Iterator[tuple[int, int]]:
    """Each entry with the first line that is left and near enough, both in order of dates."""
    mine = mine[np.argsort(left.date[mine], kind="stable")]
    lines = lines[np.argsort(right.date[lines], kind="stable")]
    place = 0
    for one in mine.tolist():
        first = left.date[one] + np.timedelta64(int(earliest[one]), "D")
        last = left.date[one] + np.timedelta64(int(latest[one]), "D")
        while place < len(lines) and right.date[lines[place]] < first:
            place += 1
        if place < len(lines) and right.date[lines[place]] <= last:
            yield one, int(lines[place])
            place += 1
