"""Whatever is paid: a plan is never filled beyond its lines or the receipts, and never unfilled."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ar_xl.core.money import plain_text
from ar_xl.ops.collecting.plans import DUE, PAID, on_plan, plan_states
from ar_xl.ops.collecting.planterms import schedule
from ar_xl.ops.open_items import open_items
from tests.ledger_text import policy
from tests.ops.plan_office import late_office

START = date(2026, 3, 10)
PAYMENTS = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 50_000), st.sampled_from(["PL-1", "INV-3", ""])),
    max_size=5,
)


@pytest.mark.heavy
@given(PAYMENTS)
def test_lines_are_filled_by_no_more_than_came_in_and_stay_filled(
    payments: list[tuple[int, int, str]],
) -> None:
    clerk = late_office(policy(allocation_rules="1"))
    clerk.plans()
    for nth, (after, minor, names) in enumerate(sorted(payments)):
        clerk.types(
            "Receipts\nReceipt No | Receipt Date | Customer ID | Amount | Method | Remittance\n"
            f"R-{nth} | {START + timedelta(days=after)} | ACME | {plain_text(minor, 'USD')} | Wire "
            f"| {names}"
        )
    clerk.posts()
    before: list[str] = [DUE] * 3
    for days in range(0, 130, 7):
        on = START + timedelta(days=days)
        states = plan_states(clerk.books, on)
        lines, items = states.lines, open_items(clerk.books, on)
        received = sum(minor for after, minor, _ in payments if after <= days)
        assert (lines.filled <= lines.owed).all()
        assert lines.filled.sum() <= received
        covered = on_plan(clerk.books, items, on)
        assert (covered <= items.open).all()
        assert covered.sum() <= states.covers.sum()
        for was, now in zip(before, lines.status.tolist(), strict=True):
            assert was in (DUE, now) or now == PAID
        before = lines.status.tolist()


@given(
    st.integers(12, 10**9), st.integers(1, 12), st.integers(0, 400), st.sampled_from(["0", "6.25"])
)
def test_principal_adds_up_to_what_is_open_to_the_cent(
    total: int, payments: int, wait: int, percent: str
) -> None:
    dues = tuple(START + timedelta(days=wait + 30 * nth) for nth in range(payments))
    made = schedule(total, "USD", START, dues, (), Decimal(percent))
    assert sum(made.amounts) - sum(made.interest) == total
    assert min(made.amounts) > 0
    assert min(made.interest) >= 0
