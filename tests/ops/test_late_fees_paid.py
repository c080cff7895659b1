"""Invoices paid late, in full: the days they were overdue bear interest too (docs/adr/0005)."""

from __future__ import annotations

from datetime import date

from ar_xl.core.ledger import Request
from ar_xl.ops.fees.late_fees import assess, late_fees
from tests.ops.test_late_fees import charged, policy, post
from tests.posted_lines import book

PAID_LATE = """
    invoice A1 Acme 2013-01-01 1000.00 due=2013-01-31
    receipt R1 Acme 2013-02-15 1000.00
    apply R1 A1 1000.00 2013-02-15
"""
FEBRUARY, MARCH = date(2013, 2, 28), date(2013, 3, 31)


def test_an_invoice_paid_late_in_full_bears_interest_up_to_the_day_it_was_paid() -> None:
    run = assess(book(PAID_LATE, policy()), FEBRUARY)
    assert charged(run) == [("A1", 0, 15, 493)]  # 1,000 x 12 % x 15 / 365 = 4.93
    assert run.note[0] == "paid late, on 2013-02-15"


def test_it_is_charged_once() -> None:
    after = post(book(PAID_LATE, policy()), FEBRUARY, "B-2")
    assert late_fees(after, Request(FEBRUARY, "Ann")).change.is_empty
    assert late_fees(after, Request(MARCH, "Ann")).change.is_empty


def test_what_was_paid_in_an_earlier_month_is_history() -> None:
    assert charged(assess(book(PAID_LATE, policy()), MARCH)) == []


def test_flat_and_percent_fees_are_of_what_is_still_overdue() -> None:
    for method in ("flat", "percent", "sum"):
        assert charged(assess(book(PAID_LATE, policy(method, flat="25")), FEBRUARY)) == []


def test_a_month_that_was_not_completed_before_payment_bears_no_monthly_fee() -> None:
    assert charged(assess(book(PAID_LATE, policy("monthly", "1.5")), FEBRUARY)) == [("A1", 0, 0, 0)]
    later = PAID_LATE.replace("2013-02-15", "2013-03-15")
    assert charged(assess(book(later, policy("monthly", "1.5")), MARCH)) == [("A1", 0, 28, 1500)]


def test_an_invoice_paid_within_the_grace_days_bears_nothing() -> None:
    for rule in ("shift", "threshold"):
        rules = policy(grace_days=15, grace_rule=rule)
        assert charged(assess(book(PAID_LATE, rules), FEBRUARY)) == []


def test_an_invoice_paid_on_its_due_date_bears_nothing() -> None:
    on_time = PAID_LATE.replace("2013-02-15", "2013-01-31")
    assert charged(assess(book(on_time, policy()), date(2013, 1, 31))) == []
    assert charged(assess(book(on_time, policy()), FEBRUARY)) == []
