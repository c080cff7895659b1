"""Rule 4: an exact subset of the oldest open items.

Bounded by count, never by time, so that the answer is the same everywhere. Fewest items win;
among subsets of the same amounts the oldest items; different ones are a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray
from ar_xl.ops.paying import Paying

RULE = 4
OLDEST = 20  # how many items are looked at
_CELLS = 1 << 22  # int64 cells that one block of the search may hold


@dataclass(frozen=True)
class Subset:
    """What was found.

    Args:
        items: positions of the items that add up, rising; of the question's first answer.
        other: another answer of as few items but different amounts; empty where there is none.
    """

    items: tuple[int, ...]
    other: tuple[int, ...] = ()


# sum -> (fewest items, ways to do it up to 2, one way, another way); a way counts per value
_Half = dict[int, tuple[int, int, tuple[int, ...], tuple[int, ...]]]


def exact_subset(amounts: Sequence[int], target: int) -> Subset | None:
    """Find the smallest set of amounts that adds up to a target.

    Args:
        amounts: positive, oldest first; at most OLDEST of them.
        target: positive.

    >>> exact_subset([500, 300, 200, 300], 500)
    Subset(items=(0,), other=())
    >>> exact_subset([300, 200, 300], 500)
    Subset(items=(0, 1), other=())
    >>> exact_subset([400, 100, 300, 200], 500)
    Subset(items=(0, 1), other=(2, 3))
    """
    assert len(amounts) <= OLDEST, f"{len(amounts)} items are more than {OLDEST}"
    places: dict[int, list[int]] = {}
    for at, amount in enumerate(amounts):
        if amount <= target:
            places.setdefault(amount, []).append(at)
    if target in places:
        return Subset((places[target][0],))
    values = list(places)
    found = _pairs(values, places, target) or _by_halves(values, places, target)
    if not found:
        return None
    sets = [_positions(way, places) for way in found]
    return Subset(sets[0], sets[1]) if len(sets) > 1 else Subset(sets[0])


def _positions(counts: dict[int, int], places: dict[int, list[int]]) -> tuple[int, ...]:
    chosen = [at for value, count in counts.items() for at in places[value][:count]]
    return tuple(sorted(chosen))


def _pairs(values: list[int], places: dict[int, list[int]], target: int) -> list[dict[int, int]]:
    """Up to two different pairs of amounts that add up to the target."""
    found: list[dict[int, int]] = []
    for value in values:
        other = target - value
        if other == value and len(places[value]) > 1:
            found.append({value: 2})
        elif other > value and other in places:
            found.append({value: 1, other: 1})
    # the answer that holds the oldest item is named first
    found.sort(key=lambda way: _positions(way, places))
    return found[:2]


def _by_halves(
    values: list[int], places: dict[int, list[int]], target: int
) -> list[dict[int, int]]:
    """Up to two different smallest sets, from the sums of the first and the second half."""
    middle = (len(values) + 1) // 2
    first = _sums(values[:middle], places, target)
    second = _sums(values[middle:], places, target)
    best = OLDEST + 1
    ways: list[tuple[int, ...]] = []
    for total, (count, many, way, another) in first.items():
        match = second.get(target - total)
        if match is None or count + match[0] > best:
            continue
        pairs = [way + match[2]]
        if many > 1:
            pairs.append(another + match[2])
        if match[1] > 1:
            pairs.append(way + match[3])
        if count + match[0] < best:
            best, ways = count + match[0], []
        ways += pairs
    named = [{v: n for v, n in zip(values, way, strict=True) if n} for way in ways]
    named.sort(key=lambda way: _positions(way, places))
    return named[:2]


def _sums(values: list[int], places: dict[int, list[int]], target: int) -> _Half:
    """Every sum up to the target that some values make, with the fewest items."""
    sums: _Half = {0: (0, 1, (), ())}
    for value in values:
        grown: _Half = {}
        for total, (count, many, way, another) in sums.items():
            for times in range(len(places[value]) + 1):
                reached = total + times * value
                if reached > target:
                    break
                mine = (
                    count + times, many, (*way, times), (*another, times) if many > 1 else (),
                )  # fmt: skip
                grown[reached] = _fewer(grown.get(reached), mine)
        sums = grown
    return sums


def _fewer(
    known: tuple[int, int, tuple[int, ...], tuple[int, ...]] | None,
    mine: tuple[int, int, tuple[int, ...], tuple[int, ...]],
) -> tuple[int, int, tuple[int, ...], tuple[int, ...]]:
    if known is None or mine[0] < known[0]:
        return mine
    if mine[0] > known[0]:
        return known
    return (known[0], 2, known[2], known[3] or mine[2])


@dataclass(frozen=True)
class Question:
    """A receipt that two different subsets would explain: a person decides.

    Args:
        receipt: its index in the batch.
        one, other: items of either answer.
    """

    receipt: int
    one: tuple[int, ...]
    other: tuple[int, ...]


def pay_subsets(paying: Paying) -> list[Question]:
    """Apply waiting receipts that an exact subset of their customer's oldest items explains.

    Full amounts are tried first; where no subset of them fits, amounts net of the discounts
    that the receipt's date earns. A receipt with two different answers waits no longer and
    stays unapplied.
    """
    batch = paying.batch
    waiting = np.flatnonzero(np.array(paying.waiting, dtype=bool))
    if not len(waiting):
        return []
    hopeful = _can_add_up(paying, waiting)
    groups = np.zeros(batch.groups, dtype=bool)
    groups[batch.receipt_group[waiting[hopeful]]] = True
    concerned = groups[batch.receipt_group[waiting]]
    questions: list[Question] = []
    pools: dict[int, list[int]] = {}
    touched: set[int] = set()
    start = np.searchsorted(batch.item_group, np.arange(batch.groups), side="left")
    stop = np.searchsorted(batch.item_group, np.arange(batch.groups), side="right")
    for receipt, hope in zip(waiting[concerned].tolist(), hopeful[concerned].tolist(), strict=True):
        group = int(batch.receipt_group[receipt])
        if not hope and group not in touched:
            continue
        if group not in pools:
            pools[group] = [i for i in range(start[group], stop[group]) if paying.free[i]]
        found = _explain(paying, receipt, pools[group][:OLDEST])
        if found is None:
            continue
        paying.waiting[receipt] = False
        chosen = [pools[group][at] for at in found.items]
        if found.other:
            other = tuple(pools[group][at] for at in found.other)
            questions.append(Question(receipt, tuple(chosen), other))
            continue
        paying.left[receipt] = paying.pay(receipt, chosen, paying.left[receipt], RULE)
        pools[group] = [item for item in pools[group] if paying.free[item]]
        touched.add(group)
    return questions


def _explain(paying: Paying, receipt: int, pool: list[int]) -> Subset | None:
    money, day = paying.left[receipt], paying.day[receipt]
    full = [paying.free[item] for item in pool]
    found = exact_subset(full, money)
    if found is None and paying.batch.windows.any():
        net = [paying.free[item] - paying.closing_discount(item, day) for item in pool]
        if net != full:
            found = exact_subset(net, money)
    return found


def _can_add_up(paying: Paying, waiting: IntArray) -> BoolArray:
    """Which receipts some subset of the 20 oldest items adds up to, as things stand now."""
    batch = paying.batch
    out = np.zeros(len(waiting), dtype=bool)
    free = np.array(paying.free, dtype=np.int64)
    items = np.flatnonzero(free > 0)
    owner = batch.item_group[items]
    first = np.searchsorted(owner, batch.receipt_group[waiting], side="left")
    last = np.searchsorted(owner, batch.receipt_group[waiting], side="right")
    count = np.minimum(last - first, OLDEST)
    money = np.array(paying.left, dtype=np.int64)[waiting]
    closing = free == np.array(paying.open, dtype=np.int64)
    for half in range(1, OLDEST // 2 + 1):
        rows = np.flatnonzero((count + 1) // 2 == half)
        step = max(1, _CELLS >> (half + 2))
        for begin in range(0, len(rows), step):
            some = rows[begin : begin + step]
            place = first[some, None] + np.arange(2 * half)
            real = place < (first + count)[some, None]
            item = items[np.minimum(place, len(items) - 1)]
            offered = np.where(real, free[item], 0)
            out[some] = _adds_up(offered, money[some])
            if batch.windows.any():
                days = np.broadcast_to(batch.receipt_day[waiting[some], None], item.shape)
                earned = batch.windows.earned(item, days) - _taken(paying, item)
                useful = real & closing[item] & (earned > 0) & (earned < offered)
                net = np.flatnonzero(useful.any(axis=1))
                asked = np.where(useful, offered - earned, offered)[net]
                out[some[net]] |= _adds_up(asked, money[some[net]])
    return out


def _taken(paying: Paying, item: IntArray) -> IntArray:
    return np.array(paying.granted, dtype=np.int64)[item]


def _adds_up(offered: IntArray, money: IntArray) -> BoolArray:
    """Which rows have a subset that adds up to their amount.

    The sums of both halves of a row are laid side by side, those of the second as what is
    still missing; a sum and an equal gap stand together once sorted. Doubling keeps the two
    apart: sums are even, gaps odd.
    """
    half = offered.shape[1] // 2
    sums = _subset_sums(offered[:, :half]) * 2
    gaps = (money[:, None] - _subset_sums(offered[:, half:])) * 2 + 1
    both = np.concatenate([sums, gaps], axis=1)
    both.sort(axis=1)
    left, right = both[:, :-1], both[:, 1:]
    return np.asarray(((right - left == 1) & (left & 1 == 0)).any(axis=1), dtype=np.bool_)


def _subset_sums(amounts: IntArray) -> IntArray:
    sums = np.zeros((len(amounts), 1), dtype=np.int64)
    for column in range(amounts.shape[1]):
        sums = np.concatenate([sums, sums + amounts[:, column, None]], axis=1)
    return sums
