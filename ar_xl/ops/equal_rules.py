"""Rules 2 and 3: a receipt that equals one open item, or its customer's balance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BoolArray, IntArray, sum_by
from ar_xl.ops.paying import Paying
from ar_xl.ops.settlements import day_numbers

ONE_ITEM, BALANCE = 2, 3


def pay_equal_items(paying: Paying) -> None:
    """Rule 2: one open item equal to the receipt, in full or net of the discount it earns.

    Among equals the oldest is paid. A disputed item counts with its undisputed part.
    """
    item, amount = _asking_amounts(paying)
    waiting = np.flatnonzero(np.array(paying.waiting, dtype=bool))
    left = np.array(paying.left, dtype=np.int64)[waiting]
    joined, amounts = pd.factorize(np.concatenate([amount, left]))
    wanted = paying.batch.receipt_group[waiting] * len(amounts) + joined[len(amount) :]
    offered = paying.batch.item_group[item] * len(amounts) + joined[: len(amount)]
    order = np.lexsort((item, offered))
    offered, candidates = offered[order], item[order].tolist()
    start = np.searchsorted(offered, wanted, side="left")
    stop = np.searchsorted(offered, wanted, side="right")
    hopeful = np.flatnonzero(stop > start)
    used_up: dict[int, int] = {}
    for receipt, first, end in zip(
        waiting[hopeful].tolist(), start[hopeful].tolist(), stop[hopeful].tolist(), strict=True
    ):
        at = used_up.get(first, first)
        while at < end and not paying.free[candidates[at]]:
            at += 1
        used_up[first] = at
        money, day = paying.left[receipt], paying.day[receipt]
        for place in range(at, end):
            found = candidates[place]
            due = paying.free[found]
            if due and money in (due, due - paying.closing_discount(found, day)):
                paying.left[receipt] = paying.pay(receipt, [found], money, ONE_ITEM)
                paying.waiting[receipt] = False
                break


def _asking_amounts(paying: Paying) -> tuple[IntArray, IntArray]:
    """Every amount that would close an item: in full, and net in either window."""
    free = np.array(paying.free, dtype=np.int64)
    items = np.flatnonzero(free > 0)
    parts_item, parts_amount = [items], [free[items]]
    windows, granted = paying.batch.windows, np.array(paying.granted, dtype=np.int64)
    if windows.any():
        for left in windows.left:
            net = free - (left - granted)
            some = items[(net[items] > 0) & (net[items] < free[items])]
            parts_item.append(some)
            parts_amount.append(net[some])
    return np.concatenate(parts_item), np.concatenate(parts_amount)


def pay_balances(paying: Paying) -> None:
    """Rule 3: the whole balance, or the whole balance past due at the receipt date.

    The whole balance counts in full or net of the discounts that paying it earns. Disputed
    amounts are no part of either.
    """
    batch = paying.batch
    waiting = np.flatnonzero(np.array(paying.waiting, dtype=bool))
    if not len(waiting):
        return
    hopeful = waiting[_equals_a_balance(paying, waiting)]
    if not len(hopeful):
        return
    groups = np.zeros(batch.groups, dtype=bool)
    groups[batch.receipt_group[hopeful]] = True
    chosen = waiting[groups[batch.receipt_group[waiting]]]
    starts = np.searchsorted(batch.item_group, np.arange(batch.groups), side="left")
    stops = np.searchsorted(batch.item_group, np.arange(batch.groups), side="right")
    due = day_numbers(batch.items.due_date)
    accounts: dict[int, _Account] = {}
    for receipt, group in zip(chosen.tolist(), batch.receipt_group[chosen].tolist(), strict=True):
        if group not in accounts:
            items = np.arange(starts[group], stops[group])
            accounts[group] = _Account(paying, items, due[items])
        run = accounts[group].run_equal_to(paying.left[receipt], paying.day[receipt])
        if run:
            paying.left[receipt] = paying.pay(receipt, run, paying.left[receipt], BALANCE)
            paying.waiting[receipt] = False
            accounts[group].forget()


@dataclass
class _Account:
    """One customer's items during rule 3; balances are reckoned once per date."""

    paying: Paying
    items: IntArray
    due: IntArray

    def __post_init__(self) -> None:
        self.balances: dict[int, tuple[int, int, int]] = {}

    def forget(self) -> None:
        """Reckon anew: something was paid."""
        self.balances = {}

    def run_equal_to(self, money: int, day: int) -> list[int]:
        """The items that an amount pays exactly: all, all past due, or none."""
        if day not in self.balances:
            self.balances[day] = self._at(day)
        whole, net, past_due = self.balances[day]
        if money in (whole, net):
            chosen = self.items
        elif money == past_due:
            chosen = self.items[self.due < day]
        else:
            return []
        return [item for item in chosen.tolist() if self.paying.free[item]]

    def _at(self, day: int) -> tuple[int, int, int]:
        listed = [item for item in self.items.tolist() if self.paying.free[item]]
        free = self.paying.free
        whole = sum(free[item] for item in listed)
        net = whole - sum(self.paying.closing_discount(item, day) for item in listed)
        late = self.items[self.due < day].tolist()
        return whole, net, sum(free[item] for item in late)


def _equals_a_balance(paying: Paying, waiting: IntArray) -> BoolArray:
    """Which receipts equal one of the three balances as they stand now.

    A customer none of whose receipts does cannot have one that does later: only such a receipt
    would change the balances.
    """
    batch = paying.batch
    money = np.array(paying.left, dtype=np.int64)[waiting]
    group, day = batch.receipt_group[waiting], batch.receipt_day[waiting]
    free = np.array(paying.free, dtype=np.int64)
    whole = sum_by(batch.item_group, free, batch.groups)[group]
    due = day_numbers(batch.items.due_date)
    equal = (money == whole) | (money == _sum_before(batch.item_group, due, free, group, day))
    if batch.windows.any():
        net = whole.copy()
        closing = free == np.array(paying.open, dtype=np.int64)
        granted = np.array(paying.granted, dtype=np.int64)
        first, second = (
            _earnable(left - granted, free, closing) for left in batch.windows.left
        )  # fmt: skip
        until_1, until_2 = batch.windows.until
        net -= _sum_from(batch.item_group, until_1, first - second, group, day)
        net -= _sum_from(batch.item_group, until_2, second, group, day)
        equal |= money == net
    return np.asarray(equal & (money > 0), dtype=np.bool_)


def _earnable(left: IntArray, free: IntArray, closing: BoolArray) -> IntArray:
    return np.where(closing & (left > 0) & (left < free), left, 0)


def _sum_before(
    owner: IntArray, days: IntArray, amounts: IntArray, group: IntArray, day: IntArray
) -> IntArray:
    """Per (group, day): the sum of the group's amounts whose own day is earlier."""
    low = int(min(days.min(initial=0), day.min(initial=0)))
    span = int(max(days.max(initial=0), day.max(initial=0))) - low + 1
    key = owner * span + (days - low)
    order = np.argsort(key, kind="stable")
    running = np.concatenate([[0], np.cumsum(amounts[order])])
    upto = np.searchsorted(key[order], group * span + (day - low), side="left")
    start = np.searchsorted(key[order], group * span, side="left")
    return np.asarray(running[upto] - running[start], dtype=np.int64)


def _sum_from(
    owner: IntArray, days: IntArray, amounts: IntArray, group: IntArray, day: IntArray
) -> IntArray:
    """Per (group, day): the sum of the group's amounts whose own day is not earlier."""
    some = np.flatnonzero(amounts != 0)
    owner, days, amounts = owner[some], days[some], amounts[some]
    if not len(some):
        return np.zeros(len(group), dtype=np.int64)
    whole = sum_by(owner, amounts, int(max(owner.max(), group.max())) + 1)[group]
    return whole - _sum_before(owner, days, amounts, group, day)
