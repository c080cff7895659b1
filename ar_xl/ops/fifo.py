"""Rule 5, oldest first: every customer's money flows into the oldest items, all at once.

Each customer owns one stretch of a single axis of minor units. Items lie on it oldest first,
receipts in their own order, both from the start of the stretch; wherever an item and a receipt
overlap is one application. No loop, exact in int64.

Where a discount or an underpayment tolerance comes in, the flow bends. Those customers are
found by looking at the straight flow, and paid receipt by receipt instead.
"""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, sum_by
from ar_xl.ops.paying import Paying

RULE = 5
_LARGEST_AXIS = 2**62


def oldest_first(
    item_group: IntArray, item_open: IntArray, money_group: IntArray, money: IntArray, groups: int
) -> tuple[IntArray, IntArray, IntArray]:
    """Let money flow into the oldest items of its group.

    Args:
        item_group: group of each item, rising; within a group the oldest first.
        item_open: minor units, positive.
        money_group: group of each receipt, rising; within a group in order of application.
        money: minor units, positive.
        groups: how many groups there are.

    Returns:
        Item, receipt and amount of every application, in order; together
        min(sum of open, sum of money) of each group.
    """
    due, held = sum_by(item_group, item_open, groups), sum_by(money_group, money, groups)
    width = np.maximum(due, held)
    total = sum(width.tolist())
    assert total < _LARGEST_AXIS, f"{total} minor units do not fit on one axis"
    base = np.cumsum(width) - width
    item_end = _ends(item_group, item_open, due, base)
    money_end = _ends(money_group, money, held, base)
    settled_end = base + np.minimum(due, held)
    active = np.flatnonzero(settled_end > base)
    if not len(active):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    cuts = np.concatenate([
        base[active],
        np.minimum(item_end, settled_end[item_group]),
        np.minimum(money_end, settled_end[money_group]),
    ])  # fmt: skip
    cuts.sort()
    cuts = cuts[np.append(True, cuts[1:] != cuts[:-1])]
    start, length = cuts[:-1], np.diff(cuts)
    group = active[np.maximum(np.searchsorted(base[active], start, side="right") - 1, 0)]
    inside = (start >= base[group]) & (start < settled_end[group])
    start = start[inside]
    return (
        np.searchsorted(item_end, start, side="right").astype(np.int64),
        np.searchsorted(money_end, start, side="right").astype(np.int64),
        length[inside],
    )


def _ends(group: IntArray, amount: IntArray, total: IntArray, base: IntArray) -> IntArray:
    """Where each amount ends on the axis, its group's stretch beginning at `base`."""
    before = np.cumsum(total) - total
    return np.asarray(np.cumsum(amount) + (base - before)[group], dtype=np.int64)


def pay_oldest_first(paying: Paying) -> None:
    """Apply all receipts that still wait to their customers' oldest undisputed items."""
    batch = paying.batch
    waiting = np.flatnonzero(np.array(paying.waiting, dtype=bool))
    if not len(waiting):
        return
    free = np.array(paying.free, dtype=np.int64)
    items = np.flatnonzero(free > 0)
    money = np.array(paying.left, dtype=np.int64)
    in_order = waiting[np.argsort(batch.receipt_group[waiting], kind="stable")]
    item, receipt, amount = oldest_first(
        batch.item_group[items], free[items],
        batch.receipt_group[in_order], money[in_order], batch.groups,
    )  # fmt: skip
    item, receipt = items[item], in_order[receipt]
    bent = _bent_groups(paying, item, receipt, amount, free)
    straight = ~bent[batch.item_group[item]]
    paying.book_in_full(receipt[straight], item[straight], amount[straight], RULE)
    if bent.any():
        _one_by_one(paying, bent, in_order, items)
    for index in waiting.tolist():
        paying.waiting[index] = False


def _bent_groups(
    paying: Paying, item: IntArray, receipt: IntArray, amount: IntArray, free: IntArray
) -> BoolArray:
    """The groups where a discount can be earned or a small rest be accepted."""
    batch = paying.batch
    bent = np.zeros(batch.groups, dtype=bool)
    if batch.windows.any():
        earned = batch.windows.earned(item, batch.receipt_day[receipt])
        bent[batch.item_group[item[earned > 0]]] = True
    if batch.under.any():
        running = np.cumsum(amount)
        first = np.flatnonzero(np.diff(item, prepend=-1))
        count = np.diff(np.append(first, len(item)))
        paid = running - np.repeat(running[first] - amount[first], count)
        rest = free[item] - paid
        bent[batch.item_group[item[(rest > 0) & (rest <= batch.under[item])]]] = True
    return bent


def _one_by_one(paying: Paying, bent: BoolArray, in_order: IntArray, items: IntArray) -> None:
    """Pay the receipts of some groups one after the other."""
    batch, free = paying.batch, paying.free
    groups = batch.item_group[items]
    pools = items.tolist()
    start = np.searchsorted(groups, np.arange(batch.groups), side="left").tolist()
    stop = np.searchsorted(groups, np.arange(batch.groups), side="right").tolist()
    chosen = in_order[bent[batch.receipt_group[in_order]]]
    for receipt, group in zip(chosen.tolist(), batch.receipt_group[chosen].tolist(), strict=True):
        at, end = start[group], stop[group]
        while at < end and not free[pools[at]]:
            at += 1
        start[group] = at
        run = reached(pools, at, end, free, paying.left[receipt])
        paying.left[receipt] = paying.pay(receipt, run, paying.left[receipt], RULE)


def reached(pool: list[int], at: int, end: int, free: list[int], money: int) -> list[int]:
    """The oldest items that money would reach if each were paid in full.

    Args:
        pool: items, oldest first.
        at, end: the part of the pool that is looked at.
        free: what may be paid of each item, minor units.
        money: minor units.
    """
    stop, total = at, 0
    while stop < end and total < money:
        total += free[pool[stop]]
        stop += 1
    return pool[at:stop]
