"""Tolerance of receipts, and the dates of applications."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ar_xl.ops.post_payments import post_payments
from tests.ledger_text import frame_text, ledger, lines, policy
from tests.ops.receipt_books import (
    AS_OF,
    TWO_INVOICES,
    applications,
    codes,
    paid,
    receipt_of,
    unapplied,
)


def test_a_small_underpayment_closes_the_item_and_is_booked_as_a_difference() -> None:
    change = receipt_of("99.50", "INV-7", policy(under_tolerance="0.50"))
    assert applications(change) == ["R-1 | INV-7 | 99.50 | 0.00 | 0.50 | 1 reference"]
    reason = frame_text(change.appends["Applications"], "Reason", "Discount Tax")
    assert reason == ["underpayment within tolerance | 0.00"]


def test_underpayment_is_judged_item_by_item() -> None:
    change = receipt_of("349.00", "INV-7; INV-9", policy(under_tolerance="1.00"))
    assert applications(change) == lines("""
        R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference
        R-1 | INV-9 | 249.00 | 0.00 | 1.00 | 1 reference
    """)


def test_a_small_overpayment_is_taken_once_per_receipt() -> None:
    change = receipt_of("350.40", "INV-7; INV-9", policy(over_tolerance="0.50"))
    assert applications(change) == lines("""
        R-1 | INV-7 | 100.00 | 0.00 | 0.00  | 1 reference
        R-1 | INV-9 | 250.40 | 0.00 | -0.40 | 1 reference
    """)
    assert unapplied(change) == ["R-1 | 0.00 | Applied"]


@pytest.mark.parametrize(
    ("absolute", "percent", "closed"),
    [("5.00", "", True), ("", "1", True), ("5.00", "1", True), ("0.50", "1", False),
     ("5.00", "0.5", False), ("", "", False)],
)  # fmt: skip
def test_a_difference_is_at_most_the_smaller_of_amount_and_percent_and_blank_does_not_limit(
    absolute: str, percent: str, closed: bool
) -> None:
    rules = policy(under_tolerance=absolute, tolerance_percent=percent)
    difference = "1.00" if closed else "0.00"
    assert applications(receipt_of("99.00", "INV-7", rules)) == [
        f"R-1 | INV-7 | 99.00 | 0.00 | {difference} | 1 reference"
    ]


def test_the_tolerance_of_a_foreign_item_is_converted_at_the_rate() -> None:
    rules = policy(under_tolerance="100")
    text = """
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Currency | Amount
        INV-1      | ACME        | 2026-01-05   | EUR      | 1000.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Currency | Amount
        R-1        | 2026-02-01   | ACME        | EUR      | {0}
    """
    books = ledger(text.format("920.00"), rules)
    rates = ledger("""
        Rates
        Currency | Date       | Rate
        EUR      | 2026-01-01 | 1.25
    """).posted("Rates")
    books = replace(books, policy=replace(rules, rates=rates))
    assert applications(post_payments(books, AS_OF)) == [
        "R-1 | INV-1 | 920.00 | 0.00 | 80.00 | 5 oldest first"
    ]


# Dates


def test_an_application_is_dated_the_later_of_the_posting_dates() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-02-10   | 100.00
        INV-2      | ACME        | 2026-01-10   | 50.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 150.00 | INV-1; INV-2
    """)
    rows = frame_text(change.appends["Applications"], "Invoice No", "Date", "Posting Date")
    assert sorted(rows) == lines("""
        INV-1 | 2026-02-10 | 2026-02-10
        INV-2 | 2026-02-01 | 2026-02-01
    """)


def test_a_receipt_of_a_closed_month_is_posted_on_the_first_open_day_and_says_so() -> None:
    change = paid(
        TWO_INVOICES
        + """
        Periods
        Period  | Closed At
        2026-01 | 2026-02-05

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-01-20   | ACME        | 100.00
    """
    )
    rows = frame_text(change.posts["Receipts"], "Receipt Date", "Posting Date")
    assert rows == ["2026-01-20 | 2026-02-01"]
    assert frame_text(change.appends["Applications"], "Date") == ["2026-02-01"]
    assert codes(change) == ["posted_in_first_open_period"]


def test_a_receipt_after_the_as_of_date_stays_a_draft_and_is_said() -> None:
    change = paid(
        TWO_INVOICES
        + """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-04-01   | ACME        | 100.00
    """
    )
    assert change.is_empty
    assert codes(change) == ["dated_after_as_of"]


def test_a_receipt_posted_for_a_past_date_never_pays_what_was_settled_since() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-01-05   | 100.00

        Receipts (posted)
        Receipt No | Receipt Date | Customer ID | Amount
        R-0        | 2026-04-15   | ACME        | 60.00

        Applications (posted)
        Application No | Date       | Source Type | Source No | Invoice No | Amount
        A-000007       | 2026-04-15 | Receipt     | R-0       | INV-1      | 60.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-02-01   | ACME        | 100.00
    """)
    rows = frame_text(change.appends["Applications"], "Application No", "Invoice No", "Amount")
    assert rows == ["A-000008 | INV-1 | 40.00"]
