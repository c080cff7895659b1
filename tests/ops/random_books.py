"""Random posted ledgers as lines: invoices, instalments, memos, receipts, applications, contra."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

FIRST = date(2013, 1, 1)
DAYS = 120


def on(day: int) -> str:
    """The date of a day counted from FIRST."""
    return (FIRST + timedelta(days=day)).isoformat()


def major(cents: int) -> str:
    """An amount of two digits as text."""
    return f"{Decimal(cents) / 100:.2f}"


@st.composite
def random_lines(draw: st.DrawFn) -> str:
    """Lines for `tests.posted_lines.book`; every application fits what is open and unapplied."""
    lines: list[str] = []
    debits: dict[str, list[tuple[str, str, int, int]]] = {}  # item, customer+currency, left, day
    for n in range(draw(st.integers(1, 7))):
        customer = draw(st.sampled_from(["Acme", "Bolt"]))
        currency = draw(st.sampled_from(["USD", "USD", "EUR"]))
        day, cents = draw(st.integers(0, DAYS)), draw(st.integers(2, 50_000))
        kind = draw(st.sampled_from(["invoice", "invoice", "debit-memo", "late-fee"]))
        due = day + draw(st.integers(0, 60))
        posted = day + draw(st.sampled_from([0, 0, 0, 5]))
        lines.append(
            f"{kind} A{n} {customer} {on(day)} {major(cents)} due={on(due)} cur={currency} "
            f"posted={on(posted)} batch=B{n}"
        )
        key = f"{customer} {currency}"
        if draw(st.booleans()):
            half = cents // 2
            lines.append(f"instalment A{n} 1 {on(due)} {major(half)}")
            lines.append(f"instalment A{n} 2 {on(due + 30)} {major(cents - half)}")
            debits.setdefault(key, []).append((f"A{n}/1", key, half, posted))
            debits.setdefault(key, []).append((f"A{n}/2", key, cents - half, posted))
        else:
            debits.setdefault(key, []).append((f"A{n}", key, cents, posted))
    left = {item: cents for items in debits.values() for item, _, cents, _ in items}
    for n in range(draw(st.integers(0, 6))):
        lines += draw(_credit(n, debits, left))
    return "\n".join(lines)


@st.composite
def _credit(
    draw: st.DrawFn,
    n: int,
    debits: dict[str, list[tuple[str, str, int, int]]],
    left: dict[str, int],
) -> list[str]:
    """A receipt, memo or write-off and what it pays."""
    key = draw(st.sampled_from(sorted(debits)))
    customer, currency = key.split()
    day, cents = draw(st.integers(0, DAYS)), draw(st.integers(1, 60_000))
    kind = draw(st.sampled_from(["receipt", "receipt", "credit-memo", "write-off"]))
    lines = []
    if kind == "write-off":
        lines.append(f"adjustment S{n} Write-off X {on(day)} {major(cents)}")
    else:
        lines.append(f"{kind} S{n} {customer} {on(day)} {major(cents)} cur={currency}")
    unused = cents
    for item, _, _, posted in draw(st.permutations(debits[key])):
        if not unused or not draw(st.booleans()) or left[item] < 2:
            continue
        settled = draw(st.integers(1, min(left[item], unused)))
        discount = draw(st.integers(0, min(50, left[item] - settled)))
        dated = max(day, posted) + draw(st.sampled_from([0, 0, 9]))
        paid = f"{major(settled)} {on(dated)}"
        more = f"discount={major(discount)} batch=P{n}"
        lines.append(f"apply S{n} {item} {paid} {more}")
        left[item] -= settled + discount
        unused -= settled
        if draw(st.integers(0, 4)) == 0:
            back = dated + draw(st.integers(0, 20))
            lines.append(
                f"apply S{n} {item} {major(-settled)} {on(back)} discount={major(-discount)} "
                f"batch=U{n} reverses=P{n}"
            )
    return lines
