"""A random office: whatever it does, the books balance, past reports stay, closed months stand.

Invoices, memos, receipts, fees, undos and closings in any order, on one ledger in memory. After
every step: open items = journal = Batches per currency, every seal and the chain hold, the
aging of every past date that no posting date reached is as it was, and closed months are too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ar_xl.core.dates import LAST_DATE, day, period_bounds, period_of
from ar_xl.core.findings import Refusal
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.policy import FeePolicy
from ar_xl.core.tables import INVOICES, RECEIPTS
from ar_xl.ops.aging import aging
from ar_xl.ops.batches import post
from ar_xl.ops.close import already_closed, close
from ar_xl.ops.closings import CLOSED_BY, closing_reason
from ar_xl.ops.derived import derived_changes
from ar_xl.ops.fees.late_fees import late_fees
from ar_xl.ops.open_items import credits, open_items, receivable_by_currency
from ar_xl.ops.post_invoices import post_invoices
from ar_xl.ops.post_payments import post_payments
from ar_xl.ops.undo import undo
from ar_xl.ops.verify import verify
from tests.ledger_text import ledger, policy

FIRST = date(2026, 1, 1)
MONTHLY_FEE = FeePolicy("Monthly", "monthly", rate_percent=Decimal("1.5"))
days = st.integers(0, 120).map(lambda n: FIRST + timedelta(days=n))
cents = st.sampled_from([1, 99, 100, 5_000, 10_000, 12_345])
customers = st.sampled_from(["ACME", "BOLT", "EURO"])
OFFICE = """
    Customers
    Customer ID | Name | Terms       | Currency | Fee Policy
    ACME        | Acme | 2/10 Net 30 |          | Monthly
    BOLT        | Bolt | Net 30      |          |
    EURO        | Euro | Net 30      | EUR      | Monthly

    Rates
    Currency | Date       | Rate
    EUR      | 2025-01-01 | 1.1
    EUR      | 2026-02-01 | 1.2
"""


class Office(RuleBasedStateMachine):
    """One ledger and everything a clerk may do to it."""

    def __init__(self) -> None:
        super().__init__()
        self.books = Ledger()
        self.remembered: dict[date, list[tuple[str, ...]]] = {}
        self.closed: dict[date, list[tuple[str, ...]]] = {}
        self.row = 2

    @initialize()
    def open_shop(self) -> None:
        office = ledger(OFFICE)
        rules = replace(policy(fees=(MONTHLY_FEE,)), rates=office.posted("Rates"))
        self.books = Ledger(office.tables, {}, rules)

    def request(self, as_of: date) -> Request:
        return Request(as_of, "Ada", "2026-06-01T12:00:00Z", "test")

    def take(self, change: Change, as_of: date, reverses: str = "") -> None:
        done = post(self.books, change, self.request(as_of), reverses)
        self._forget(done)
        self.books = self.books.after(done)
        self.books = self.books.after(Change(derived=derived_changes(self.books)))

    def _forget(self, change: Change) -> None:
        """A posting may change reports from its earliest posting date on, and none before."""
        frames = [f for f in (*change.posts.values(), *change.appends.values()) if f.table.posted]
        dates = [frame.dates("posting_date").min() for frame in frames if len(frame)]
        if dates:
            earliest = min(dates)
            self.remembered = {d: v for d, v in self.remembered.items() if day(d) < earliest}

    def draft(self, frame: Frame) -> None:
        rows = np.arange(self.row, self.row + len(frame), dtype=np.int64)
        self.row += len(frame)
        placed = Frame(frame.table, frame.columns, rows)
        self.books = self.books.after(Change(appends={frame.table.name: placed}, as_drafts=True))

    @rule(when=days, who=customers, amount=cents, kind=st.sampled_from(["", "Credit Memo"]))
    def invoice(self, when: date, who: str, amount: int, kind: str) -> None:
        self.draft(
            Frame.build(INVOICES, 1, customer_id=who, invoice_date=when.isoformat(),
                        amount=amount, type=kind)
        )  # fmt: skip
        self.take(post_invoices(self.books, self.request(LAST_DATE)), when)

    @rule(when=days, who=customers, amount=cents, named=st.booleans())
    def receipt(self, when: date, who: str, amount: int, named: bool) -> None:
        items = open_items(self.books, LAST_DATE)
        mine = np.flatnonzero((items.customer_id == who) & (items.open > 0))
        remittance = str(items.invoice_no[mine[0]]) if named and len(mine) else ""
        self.draft(
            Frame.build(RECEIPTS, 1, customer_id=who, receipt_date=when.isoformat(),
                        amount=amount, method="Check", remittance=remittance)
        )  # fmt: skip
        change = post_payments(self.books, self.request(LAST_DATE))
        if any(finding.is_error for finding in change.findings):
            drafts = {name: f for name, f in self.books.drafts.items() if name != "Receipts"}
            self.books = Ledger(self.books.tables, drafts, self.books.policy)
        else:
            self.take(change, when)

    @rule(when=days)
    def charge_late_fees(self, when: date) -> None:
        self.take(late_fees(self.books, self.request(when)).change, when)
        again = late_fees(self.books, self.request(when)).change
        assert again.is_empty, "a second run of late fees must add nothing"

    @precondition(lambda self: len(self.books.posted("Batches")) > 0)
    @rule(which=st.integers(0, 10**6))
    def undo_something(self, which: int) -> None:
        batches = self.books.posted("Batches")
        batch = str(batches.text("batch")[which % len(batches)])
        try:
            decided = undo(self.books, self.request(FIRST), batch)
        except Refusal:
            return
        self.take(decided.contra, FIRST, reverses=batch)

    @rule(when=days)
    def close_month(self, when: date) -> None:
        period = period_of(when)
        if already_closed(self.books, period):
            return
        control = aging(self.books, period_bounds(period)[1]).by_currency()
        asked = replace(
            self.request(when), command=CLOSED_BY, reason=closing_reason(period, control)
        )
        change = close(self.books, asked, period, control)
        self.books = self.books.after(post(self.books, change, asked, even_without_rows=True))
        self.closed[period_bounds(period)[1]] = self.aged(period_bounds(period)[1])

    @rule(when=days)
    def remember(self, when: date) -> None:
        self.remembered[when] = self.aged(when)

    def aged(self, when: date) -> list[tuple[str, ...]]:
        aged = aging(self.books, when)
        rows = zip(aged.currency, aged.customer_id, aged.buckets.tolist(), aged.unapplied,
                   strict=True)  # fmt: skip
        return sorted((str(a), str(b), str(c), str(d)) for a, b, c, d in rows)

    @invariant()
    def everything_holds(self) -> None:
        assert verify(self.books).findings == ()
        items, owed = open_items(self.books, LAST_DATE), credits(self.books, LAST_DATE)
        assert (items.open >= 0).all()
        assert (owed.unapplied >= 0).all()
        totals = aging(self.books, LAST_DATE).by_currency()
        held = {k: v for k, v in receivable_by_currency(self.books, LAST_DATE).items() if v}
        assert {k: v for k, v in totals.items() if v} == held

    @invariant()
    def past_reports_stay(self) -> None:
        for when, before in (self.remembered | self.closed).items():
            assert self.aged(when) == before, f"the aging of {when} changed"


Office.TestCase.settings = settings(max_examples=20, stateful_step_count=25)
test_a_random_office_keeps_its_books = Office.TestCase


@pytest.mark.heavy
def test_many_random_offices_keep_their_books() -> None:
    run_state_machine_as_test(Office, settings=settings(max_examples=80, stateful_step_count=25))
