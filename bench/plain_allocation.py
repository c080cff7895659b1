"""The rules of allocation once more, as the plainest possible loop over whole minor units.

Written from the text of the rules and not from `ar_xl`; slow on purpose. The tests and the
benchmark compare every application with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

Applied = tuple[str, str, int, int, int, int, int]  # receipt, invoice, line, amounts, rule


@dataclass
class PlainItem:
    """One open item. Days are day numbers, amounts minor units."""

    number: str
    line: int
    customer: str
    due: int
    invoiced: int
    amount: int
    open: int
    late_fee: bool = False
    disputed: int = 0
    tiers: tuple[tuple[int, int], ...] = ()  # (last day, D), the earlier one first
    under: int = 0
    over: int = 0
    granted: int = 0

    def free(self, rule: int) -> int:
        """What a rule may pay."""
        return self.open if rule == 1 else max(self.open - self.disputed, 0)

    def discount(self, day: int) -> int:
        """D that is still to be had on a day."""
        for last, discount in self.tiers:
            if day <= last:
                left = discount - self.granted
                return left if 0 < left < self.open else 0
        return 0

    def part(self, day: int, money: int) -> int:
        """What a part payment earns on a day."""
        for last, discount in self.tiers:
            if day <= last:
                if not self.discount(day):
                    return 0
                exact = Fraction(money * discount, self.amount - discount)
                rounded = int(exact + Fraction(1, 2))
                return min(rounded, discount - self.granted)
        return 0


@dataclass
class PlainReceipt:
    """One receipt: what it names is a list of invoice numbers and amounts (None: all)."""

    number: str
    customer: str
    day: int
    amount: int
    names: list[tuple[str, int | None]] = field(default_factory=list)
    left: int = 0
    done: bool = False
    gains: bool = True


@dataclass
class PlainBooks:
    """Items and receipts, and the loop over them.

    Args:
        items, receipts: in any order.
        partial, credit_on_full, fees_first: as the settings say.
    """

    items: list[PlainItem]
    receipts: list[PlainReceipt]
    partial: bool = False
    credit_on_full: bool = False
    fees_first: bool = False
    refused: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)

    def run(self, rules: Iterable[int]) -> list[Applied]:
        """Apply every receipt; returns the applications in no particular order."""
        rules = list(rules)
        self._rows: list[list[int | str]] = []
        self._last_of_receipt: dict[str, tuple[list[int | str], PlainItem]] = {}
        self._last_of_item: dict[tuple[str, int], list[int | str]] = {}
        self.receipts.sort(key=lambda r: (r.day, len(r.number), r.number))
        self._mine: dict[str, list[PlainItem]] = defaultdict(list)
        key = _fees_first if self.fees_first else _fees_last
        for item in sorted(self.items, key=key):
            self._mine[item.customer].append(item)
        for receipt in self.receipts:
            receipt.left = receipt.amount
        for rule in rules:
            for receipt in self.receipts:
                if receipt.names and 1 in rules:
                    if rule == 1:
                        self._references(receipt)
                elif not receipt.done:
                    self._rule(rule, receipt)
        self._overpayments()
        return [tuple(row) for row in self._rows]  # type: ignore[misc]  # rows are seven long

    def _rule(self, rule: int, receipt: PlainReceipt) -> None:
        if rule == 1:
            return
        pool = [item for item in self._mine[receipt.customer] if item.free(rule) > 0]
        run: list[PlainItem] = []
        if rule == 2:
            run = next(([i] for i in pool if receipt.left in self._asks(i, receipt.day)), [])
        elif rule == 3:
            late = [item for item in pool if item.due < receipt.day]
            whole = sum(item.free(3) for item in pool)
            net = sum(min(self._asks(item, receipt.day)) for item in pool)
            if receipt.left in (whole, net):
                run = pool
            elif receipt.left == sum(item.free(3) for item in late):
                run = late
        elif rule == 4:
            run = self._subset(receipt, pool[:20])
        elif rule == 5:
            total = 0
            for item in pool:
                if total < receipt.left:
                    run.append(item)
                total += item.free(5)
            receipt.done = True
        if run:
            receipt.left = self._pay(receipt, run, receipt.left, rule)
            receipt.done = True

    @staticmethod
    def _asks(item: PlainItem, day: int) -> tuple[int, int]:
        net = item.open - item.discount(day) if item.free(2) == item.open else item.free(2)
        return item.free(2), net

    def _subset(self, receipt: PlainReceipt, pool: list[PlainItem]) -> list[PlainItem]:
        full = [item.free(4) for item in pool]
        net = [min(self._asks(item, receipt.day)) for item in pool]
        for amounts in (full, net):
            for count in range(1, len(pool) + 1):
                found: dict[tuple[int, ...], tuple[int, ...]] = {}
                for chosen in combinations(range(len(pool)), count):
                    if sum(amounts[i] for i in chosen) == receipt.left:
                        found.setdefault(tuple(sorted(amounts[i] for i in chosen)), chosen)
                if len(found) > 1:
                    self.asked.add(receipt.number)
                    receipt.done = True
                    return []
                if found:
                    wanted = list(next(iter(found)))
                    oldest = []
                    for item, amount in zip(pool, amounts, strict=True):
                        if amount in wanted:
                            wanted.remove(amount)
                            oldest.append(item)
                    return oldest
        return []

    def _pay(self, receipt: PlainReceipt, run: list[PlainItem], money: int, rule: int) -> int:
        in_full = money >= sum(item.free(rule) for item in run)
        for item in run:
            if money <= 0:
                break
            due, day = item.free(rule), receipt.day
            closes = due == item.open
            discount = item.discount(day) if closes else 0
            if in_full and not self.credit_on_full:
                discount = 0
            if in_full and discount:
                receipt.gains = False
            if money >= due - discount:
                money -= self._book(receipt, item, due - discount, discount, 0, rule)
            elif closes and due - discount - money <= item.under:
                short = due - discount - money
                money -= self._book(receipt, item, money, discount, short, rule)
            else:
                part = min(item.part(day, money), due - money) if self.partial else 0
                money -= self._book(receipt, item, money, part, 0, rule)
        return money

    def _book(
        self, receipt: PlainReceipt, item: PlainItem, amount: int, discount: int, diff: int,
        rule: int,
    ) -> int:  # fmt: skip
        item.open -= amount + discount + diff
        item.granted += discount
        item.disputed = min(item.disputed, item.open)
        row: list[int | str] = [
            receipt.number, item.number, item.line, amount, discount, diff, rule,
        ]  # fmt: skip
        self._rows.append(row)
        self._last_of_receipt[receipt.number] = row, item
        self._last_of_item[item.number, item.line] = row
        return amount

    def _references(self, receipt: PlainReceipt) -> None:
        mine = self._mine[receipt.customer]
        lines = {n: [i for i in mine if i.number == n and i.open] for n, _ in receipt.names}
        kept = 0
        whole: list[str] = []
        part: dict[str, int] = {}
        for number, amount in receipt.names:
            if not lines[number]:
                kept += amount or 0
                receipt.gains = False
            elif amount is None:
                whole.append(number)
            else:
                part[number] = part.get(number, 0) + amount
        for number, amount in list(part.items()):
            is_open = sum(item.open for item in lines[number])
            if amount > is_open:
                self.refused.add(receipt.number)
                receipt.gains = False
                return
            if amount == is_open or number in whole:
                whole.append(number)
                del part[number]
        kept = min(kept, receipt.left)
        money = receipt.left - kept
        for item in mine:
            if item.number in part:
                amount = min(part.pop(item.number), money)
                money -= amount - self._pay(receipt, lines[item.number], amount, 1)
        run = [item for item in mine if item.number in whole and item.open]
        if run:
            money = self._pay(receipt, run, money, 1)
        receipt.left = kept + money

    def _overpayments(self) -> None:
        for receipt in self.receipts:
            if receipt.number not in self._last_of_receipt or not receipt.gains:
                continue
            last, item = self._last_of_receipt[receipt.number]
            closed = not item.open and self._last_of_item[item.number, item.line] is last
            if closed and 0 < receipt.left <= item.over:
                last[3] = int(last[3]) + receipt.left
                last[5] = int(last[5]) - receipt.left
                receipt.left = 0


def _fees_last(item: PlainItem) -> tuple[bool, int, int, int, str, int]:
    return (item.late_fee, item.due, item.invoiced, len(item.number), item.number, item.line)


def _fees_first(item: PlainItem) -> tuple[bool, int, int, int, str, int]:
    return (not item.late_fee, item.due, item.invoiced, len(item.number), item.number, item.line)
