"""Balance segments against a plain loop over days, in fractions (semantics, section 6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.core.policy import FeePolicy, Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.fees.late_fees import assess
from ar_xl.ops.fees.segments import leap_days
from tests.posted_lines import book

FIRST = date(2011, 11, 1)
AS_OF = date(2012, 5, 15)
LAST = (AS_OF - FIRST).days


@dataclass
class Item:
    """One invoice of the plain loop; days count from FIRST."""

    amount: int
    due: int
    paid: list[tuple[int, int]] = field(default_factory=list)  # day, cents
    dispute: tuple[int, int, int] | None = None  # opened, closed, cents

    def balance(self, day: int) -> int:
        return self.amount - sum(cents for paid, cents in self.paid if paid <= day)

    def contested(self, day: int) -> int:
        if self.dispute is None:
            return 0
        opened, closed, cents = self.dispute
        return cents if opened <= day < closed else 0


@st.composite
def items(draw: st.DrawFn) -> Item:
    item = Item(draw(st.integers(2, 500_000)), draw(st.integers(0, LAST - 1)))
    for _ in range(draw(st.integers(0, 3))):
        left = item.balance(LAST)
        cents = draw(st.integers(0, left - 1))
        if cents:
            item.paid.append((draw(st.integers(0, LAST)), cents))
    if draw(st.booleans()):
        opened = draw(st.integers(0, LAST))
        closed = draw(st.integers(opened, LAST + 5))
        item.dispute = (opened, closed, draw(st.integers(1, item.amount + 10)))
    return item


def lines_of(invoices: list[Item], credits: list[tuple[int, int]]) -> str:
    def on(day: int) -> str:
        return (FIRST + timedelta(days=day)).isoformat()

    def major(cents: int) -> str:
        return f"{Decimal(cents) / 100:.2f}"

    lines = []
    for i, item in enumerate(invoices):
        lines.append(f"invoice A{i} Acme 2011-11-01 {major(item.amount)} due={on(item.due)}")
        for j, (day, cents) in enumerate(item.paid):
            lines.append(f"receipt R{i}-{j} Acme {on(day)} {major(cents)}")
            lines.append(f"apply R{i}-{j} A{i} {major(cents)} {on(day)}")
        if item.dispute:
            opened, closed, cents = item.dispute
            ended = f" closed={on(closed)}" if closed <= LAST else ""
            lines.append(f"dispute A{i} {on(opened)} {major(cents)}{ended}")
    for i, (day, cents) in enumerate(credits):
        lines.append(f"receipt U{i} Acme {on(day)} {major(cents)}")
    return "\n".join(lines)


def net_credits(invoices: list[Item], credits: list[tuple[int, int]]) -> None:
    """Pour the credits, oldest first, over the undisputed rest of the oldest invoices."""
    room = {i: max(item.balance(LAST) - item.contested(LAST), 0) for i, item in enumerate(invoices)}
    for day, cents in sorted(credits, key=lambda credit: credit[0]):
        left = cents
        for i in sorted(room, key=lambda i: (invoices[i].due, i)):
            used = min(left, room[i])
            if used:
                room[i] -= used
                left -= used
                invoices[i].paid.append((day, used))


def rounded(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def interest(item: Item, start: int, rate: Fraction, basis: str) -> int:
    total = Fraction(0)
    for day in range(start + 1, LAST + 1):
        year = (FIRST + timedelta(days=day)).year
        length = (366 if year % 4 == 0 else 365) if basis == "actual" else int(basis)
        base = max(item.balance(day - 1) - item.contested(day - 1), 0)
        total += Fraction(base) * rate / length
    return rounded(total)


@given(
    st.lists(items(), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, LAST), st.integers(1, 300_000)), max_size=3),
    st.sampled_from(["365", "360", "actual"]),
    st.integers(0, 40),
    st.sampled_from(["shift", "threshold"]),
    st.decimals("0.1", "40", places=2),
)
@settings(max_examples=150)
def test_daily_interest_equals_a_loop_over_days(
    invoices: list[Item],
    credits: list[tuple[int, int]],
    basis: str,
    grace: int,
    rule: str,
    percent: Decimal,
) -> None:
    policy = FeePolicy(
        "P", "daily", rate_percent=percent, day_basis=basis, grace_days=grace, grace_rule=rule
    )
    rules = Policy(default_settings(default_fee_policy="P"), fee_policies={"P": policy})
    ledger = book(lines_of(invoices, credits), rules)
    run = assess(ledger, AS_OF)
    left_out = [item.contested(LAST) >= item.balance(LAST) for item in invoices]
    net_credits(invoices, credits)
    wanted = {}
    for i, item in enumerate(invoices):
        if item.due + grace >= LAST or left_out[i]:
            continue
        start = item.due + (grace if rule == "shift" else 0)
        wanted[f"A{i}"] = interest(item, start, Fraction(percent) / 100, basis)
    told = dict(zip(run.invoice_no.tolist(), run.fee.tolist(), strict=True))
    assert {number: fee for number, fee in told.items() if fee} == {
        number: fee for number, fee in wanted.items() if fee
    }


@given(st.integers(-20_000, 60_000))
def test_leap_days_count_the_days_of_leap_years(day: int) -> None:
    before = leap_days(np.array([day - 1]))[0]
    after = leap_days(np.array([day]))[0]
    year = int(str(np.datetime64(day, "D"))[:4])
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    assert after - before == int(is_leap)
