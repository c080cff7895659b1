"""Lines of a bank that are made up, with their truth, and what the scenarios share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from proofs.matching.book import TODAY, Customer, Invoice, World
from proofs.matching.garbling import name_as_printed, noise

FIRST_DAY = date(2026, 2, 1)


@dataclass
class Line:
    """A line of the bank and its truth.

    Args:
        scenario: the name of what was made up.
        amount: minor units, signed.
        payer, account, reference, text: as the bank prints them.
        day: of the line.
        kind: of the line.
        customers: who may rightly be named; empty where nobody.
        paid: truly paid per document, minor units taken off what is open; empty for none.
    """

    scenario: str
    amount: int
    payer: str
    text: str
    day: date
    customers: set[str] = field(default_factory=set)
    paid: dict[str, int] = field(default_factory=dict)
    account: str = ""
    reference: str = ""
    kind: str = "Payment"


class Payments:
    """Makes lines up, using each invoice once."""

    def __init__(self, world: World) -> None:
        self.world, self.chance = world, world.chance
        self.unpaid = {
            number: [each for each in listed if not each.settled]
            for number, listed in world.of.items()
        }
        self._with = [number for number, listed in self.unpaid.items() if listed]
        self.settled = [each for each in world.invoices if each.settled]
        self._strangers = 0

    def make(self, count: int, scenarios: Scenarios) -> list[Line]:
        """So many lines in random order.

        Args:
            count: how many.
            scenarios: what makes lines, and how often it is chosen, by name.
        """
        names = list(scenarios)
        weights = [scenarios[name][1] for name in names]
        lines: list[Line] = []
        while len(lines) < count:
            (name,) = self.chance.choices(names, weights)
            for line in scenarios[name][0](self):
                line.scenario = name
                lines.append(line)
        self.chance.shuffle(lines)
        return lines[:count]

    def customer(self, least: int = 1) -> tuple[Customer, list[Invoice]] | None:
        """A customer with so many unpaid invoices, oldest first."""
        for _ in range(200):
            at = self.chance.randrange(len(self._with))
            listed = self.unpaid[self._with[at]]
            if len(listed) >= least:
                return self.world.by_number[self._with[at]], listed
            if not listed:
                self._with[at] = self._with[-1]
                self._with.pop()
        return None

    def use(self, listed: list[Invoice], count: int = 1) -> list[Invoice]:
        """Take invoices of a customer, mostly the oldest ones."""
        oldest = self.chance.random() < 0.6
        chosen = listed[:count] if oldest else self.chance.sample(listed, count)
        for each in chosen:
            listed.remove(each)
        return sorted(chosen, key=lambda each: each.due)

    def day(self, invoices: list[Invoice], early: bool = False) -> date:
        """When it is paid: in February, not before the invoice; within ten days where early."""
        latest = max(each.day for each in invoices)
        first = max(FIRST_DAY, latest)
        last = min(TODAY, min(each.day for each in invoices) + timedelta(10)) if early else TODAY
        return first + timedelta(self.chance.randrange(max((last - first).days, 0) + 1))

    def text(self, *parts: str) -> str:
        """Parts of a text among noise."""
        words = [*parts, *(noise(self.chance) for _ in range(self.chance.choice((0, 0, 1, 1, 2))))]
        if self.chance.random() < 0.3:
            self.chance.shuffle(words)
        return self.chance.choice((" ", " ", ", ", " / ")).join(words)

    def line(
        self, customer: Customer, invoices: list[Invoice], text: str, *, off: int = 0,
        payer: str | None = None,
    ) -> Line:  # fmt: skip
        """A payment of invoices in full, less what is off."""
        paid = {each.number: each.amount for each in invoices}
        name = name_as_printed(customer.name, self.chance) if payer is None else payer
        day = self.day(invoices)
        account = customer.account if payer is None and self.chance.random() < 0.3 else ""
        who = {customer.number} | {each.customer for each in invoices}
        return Line("", sum(paid.values()) - off, name, text, day, who, paid, account)


Made = Iterator[Line]
Scenarios = dict[str, tuple[Callable[[Payments], Made], int]]
