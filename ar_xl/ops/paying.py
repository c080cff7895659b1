"""Paying: what a receipt does to the items it pays, and what is still open and left meanwhile.

The one place where discounts, part payments and underpayment tolerance meet. All rules of
allocation pay through it, receipt by receipt, in whole minor units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.core.frames import Frame
from ar_xl.ops.crossing import Crossing
from ar_xl.ops.discounts import Windows
from ar_xl.ops.open_items import OpenItems

Row = tuple[int, int, int, int, int, int, int]


@dataclass(frozen=True)
class Batch:
    """Receipts and the items they may pay, prepared: sorted, numbered, limits known.

    Args:
        receipts: in the order they are applied.
        receipt_group: customer and currency of each receipt, as a code.
        receipt_day: day number of each receipt date.
        items: open ones only, in the order they are paid (by group).
        item_group: customer and currency of each item, in the same codes.
        document_group: the same for `items.documents`.
        groups: how many codes there are.
        document_granted: early-payment discount granted before on each of `items.documents`.
        windows: what each item earns and until when.
        disputed: contested part of each item, minor units.
        under, over: accepted difference per item, minor units.
        partial: part payments earn their share of the discount.
        credit_on_full: who pays in full in the window keeps the discount as credit.
    """

    receipts: Frame
    receipt_group: IntArray
    receipt_day: IntArray
    items: OpenItems
    item_group: IntArray
    document_group: IntArray
    groups: int
    document_granted: IntArray
    windows: Windows
    disputed: IntArray
    under: IntArray
    over: IntArray
    partial: bool
    credit_on_full: bool


@dataclass(frozen=True)
class Paid:
    """What was paid, one element an application, in the order it was decided.

    Args:
        receipt, item: indexes in the batch.
        amount, discount, difference: minor units; together they relieve the item.
        rule: 1 to 5.
        spent: what was used of the receipt, minor units of its currency.
    """

    receipt: IntArray
    item: IntArray
    amount: IntArray
    discount: IntArray
    difference: IntArray
    rule: IntArray
    spent: IntArray

    def __len__(self) -> int:
        return len(self.rule)


class Paying:
    """The state of a batch while the rules run over it.

    Args:
        batch: what is paid and from what; it is not changed.

    Attributes:
        open: of each item, minor units.
        free: of each item, less what is disputed; rules 2 to 5 pay no more.
        granted: early-payment discount granted on each item in this batch.
        left: of each receipt.
        day: of each receipt.
        waiting: receipts that no rule has applied or set aside.
        no_gain: receipts whose rest is never taken as a small overpayment.
    """

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.open: list[int] = batch.items.open.tolist()
        self.free: list[int] = (batch.items.open - batch.disputed).tolist()
        self.granted: list[int] = [0] * len(self.open)
        self.left: list[int] = batch.receipts.ints("amount").tolist()
        self.day: list[int] = batch.receipt_day.tolist()
        self.waiting: list[bool] = [True] * len(self.left)
        self.no_gain: set[int] = set()
        self._rows: list[Row] = []
        self._blocks: list[IntArray] = []
        self._discounts = batch.windows.any()
        self._until: list[list[int]] = [days.tolist() for days in batch.windows.until]
        self._discount: list[list[int]] = [each.tolist() for each in batch.windows.discount]
        self._left: list[list[int]] = [each.tolist() for each in batch.windows.left]
        self._amount: list[int] = batch.items.amount.tolist()
        self._under: list[int] = batch.under.tolist()
        self._contested: set[int] = set()

    def earned(self, item: int, day: int) -> int:
        """The discount that closing an item on a day earns; 0 where it would be all of it."""
        if not self._discounts or item in self._contested:
            return 0
        slot = 0 if day <= self._until[0][item] else 1
        if slot and day > self._until[1][item]:
            return 0
        left = self._left[slot][item] - self.granted[item]
        return left if 0 < left < self.open[item] else 0

    def contest(self, item: int, amount: int) -> None:
        """Keep a part of an item open that its payer deducts, with a reason.

        The item then closes neither by discount nor by tolerance, and rules 2 to 5 leave that
        part of it alone.

        Args:
            item: its index.
            amount: minor units.
        """
        self._contested.add(item)
        self._under[item] = 0
        self.free[item] = max(self.free[item] - amount, 0)

    def closing_discount(self, item: int, day: int) -> int:
        """What rules 2 to 5 can earn by closing an item; a disputed one cannot be closed."""
        return self.earned(item, day) if self.free[item] == self.open[item] else 0

    def _part_earned(self, item: int, day: int, money: int) -> int:
        """What a part payment earns: money x D / (Amount - D), up to what of D is left."""
        if not self.batch.partial or not self.earned(item, day):
            return 0
        slot = 0 if day <= self._until[0][item] else 1
        discount = self._discount[slot][item]
        rest = self._amount[item] - discount
        if rest <= 0:
            return 0
        share = (2 * money * discount + rest) // (2 * rest)
        still = self._left[slot][item] - self.granted[item]
        return share if share < still else still

    def pay(self, receipt: int, run: Sequence[int], money: int, rule: int) -> int:
        """Pay a receipt's items in the order given.

        Money that covers all of them in full earns nothing, unless the policy gives the
        discount as credit. Otherwise items inside their window close at open less discount,
        and a rest within tolerance closes an item too.

        Args:
            receipt: its index.
            run: the items it pays, oldest first.
            money: how much of the receipt may be used, minor units.
            rule: which rule decided; only rule 1 pays disputed amounts.

        Returns:
            What of the money is left.
        """
        payable = self.open if rule == 1 else self.free
        day, credit = self.day[receipt], self.batch.credit_on_full
        if money >= sum([payable[item] for item in run]):
            earns = credit and any(self.earned(i, day) for i in run if payable[i] == self.open[i])
            if not earns:
                for item in run:
                    money -= payable[item]
                    self._book(receipt, item, payable[item], 0, 0, rule)
                return money
            self.no_gain.add(receipt)
        for item in run:
            due = payable[item]
            closes = due == self.open[item]
            discount = self.earned(item, day) if closes else 0
            if money >= due - discount:
                money -= due - discount
                self._book(receipt, item, due - discount, discount, 0, rule)
                continue
            if money > 0:
                short = due - discount - money
                if closes and short <= self._under[item]:
                    self._book(receipt, item, money, discount, short, rule)
                else:
                    share = min(self._part_earned(item, day, money), due - money)
                    self._book(receipt, item, money, share, 0, rule)
            return 0
        return money

    def _book(
        self, receipt: int, item: int, amount: int, discount: int, difference: int, rule: int
    ) -> None:
        relieved = amount + discount + difference
        self.open[item] -= relieved
        self.free[item] = max(self.free[item] - relieved, 0)
        if discount:
            self.granted[item] += discount
        self._rows.append((receipt, item, amount, discount, difference, rule, amount))

    def pay_across(
        self, receipt: int, run: Sequence[int], money: int, limit: int, rate: Crossing
    ) -> int:
        """Pay items in another currency than the receipt's; its rest is no overpayment.

        Args:
            receipt: its index.
            run: the items, all of one currency, oldest first.
            money: how much of the receipt may be used, minor units of its own currency.
            limit: the most that may be paid, minor units of the items' currency.
            rate: between the two currencies.

        Returns:
            What of the money is left.
        """
        self.no_gain.add(receipt)
        worth = min(rate.into_document(money), limit)
        begun = len(self._rows)
        used = worth - self.pay(receipt, run, worth, 1)
        spent = min(rate.into_receipt(used), money)
        if money - spent and rate.into_document(money) == used:
            spent = money  # the rest is worth nothing in the currency of the items
        so_far, given = 0, 0
        for at, row in enumerate(self._rows[begun:], begun):
            so_far += row[2]
            share = spent if so_far == used else min(rate.into_receipt(so_far), spent)
            self._rows[at] = (*row[:6], share - given)
            given = share
        return money - spent

    def book_in_full(self, receipt: IntArray, item: IntArray, amount: IntArray, rule: int) -> None:
        """Book many payments at once that earn nothing and differ from nothing.

        Args:
            receipt, item: indexes.
            amount: minor units, positive.
            rule: which rule decided.
        """
        self._flush()
        block = np.zeros((len(amount), 7), dtype=np.int64)
        block[:, 0], block[:, 1], block[:, 2], block[:, 5] = receipt, item, amount, rule
        block[:, 6] = amount
        self._blocks.append(block)
        relieved = np.zeros(len(self.open), dtype=np.int64)
        np.add.at(relieved, item, amount)
        self.open = (np.array(self.open, dtype=np.int64) - relieved).tolist()
        self.free = np.maximum(np.array(self.free, dtype=np.int64) - relieved, 0).tolist()
        spent = np.zeros(len(self.left), dtype=np.int64)
        np.add.at(spent, receipt, amount)
        self.left = (np.array(self.left, dtype=np.int64) - spent).tolist()

    def _flush(self) -> None:
        if self._rows:
            self._blocks.append(np.array(self._rows, dtype=np.int64))
            self._rows = []

    def paid(self) -> Paid:
        """Everything booked so far."""
        self._flush()
        rows = np.concatenate([np.zeros((0, 7), dtype=np.int64), *self._blocks])
        return Paid(*(rows[:, column].copy() for column in range(7)))
