"""Adjustments and months: closed ones, drafts brought back, what `check` foresees."""

from __future__ import annotations

from datetime import date

from ar_xl.core.arrays import BLANK
from ar_xl.ops.checks import all_findings
from tests.ledger_text import lines
from tests.ops.adjusting_books import CUSTOMERS
from tests.ops.clerk import Clerk

JANUARY_CLOSED = """

    Periods
    Period  | Closed At
    2026-01 | 2026-02-03
"""
SALE = """
    Invoices
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-1      | ACME        | 2026-02-05   | 2026-02-05 | 100.00

    Receipts
    Receipt No | Receipt Date | Customer ID | Amount | Method
    R-1        | 2026-02-06   | ACME        | 100.00 | Check
"""


def closed() -> Clerk:
    """January is closed; a sale of February is paid."""
    clerk = Clerk(f"{CUSTOMERS}{JANUARY_CLOSED}").types(SALE)
    clerk.posts()
    return clerk


def typed(clerk: Clerk, *rows: str) -> Clerk:
    heads = "Date | Kind | Document No | Amount | Percent | Reason | Requested By | Approved By"
    return clerk.types("Adjustments\n" + "\n".join([heads, *rows]))


def test_an_adjustment_of_a_closed_month_counts_from_the_first_open_day() -> None:
    clerk = closed()
    assert typed(clerk, "2026-01-20 | Refund | R-1 | 1.00 | | late | |").adjusts() != []
    clerk.drops("Adjustments")
    assert typed(clerk, "2026-01-20 | Unapply | R-1 | | | late | |").adjusts() == []
    assert clerk.column("Adjustments", "Posting Date") == ["2026-02-01"]
    assert clerk.column("Applications", "Posting Date") == ["2026-02-06", "2026-02-06"]
    assert clerk.open("2026-01-31") == {}


def test_what_was_typed_comes_back_as_drafts_and_no_document_that_it_made() -> None:
    clerk = closed()
    rows = (
        "2026-02-10 | Bounced | R-1 | | | no funds | |",
        "2026-02-11 | Special Discount | INV-1 | | 10 | loyal | Ada | Bea",
    )
    assert typed(clerk, *rows).adjusts() == []
    clerk.undoes(clerk.last(), redraft=True)
    drafts = clerk.books.draft("Adjustments")
    assert drafts.text("kind").tolist() == ["Bounced", "Special Discount"]
    assert drafts.ints("amount").tolist() == [10_000, BLANK]
    assert len(clerk.books.draft("Invoices")) == len(clerk.books.draft("Receipts")) == 0
    assert clerk.adjusts() == []
    assert clerk.open("2026-12-31") == {"INV-1": "90.00"}


def test_check_foresees_what_adjust_would_refuse_on_drafts_not_posted_yet() -> None:
    clerk = Clerk(CUSTOMERS).types(SALE)
    typed(clerk, "2026-02-10 | Refund | | 1.00 | | asked | |")
    clerk.books.drafts["Adjustments"].text("customer_id")[:] = "ACME"
    found = all_findings(clerk.books, date(2026, 12, 31))
    assert [f"{each.code.name} | {each.seen}" for each in found] == lines(
        "refund_above_credit | USD 1.00 of ACME, whose credit is USD 0.00"
    )
