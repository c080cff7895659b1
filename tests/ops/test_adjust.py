"""Adjustments: write-offs, refunds, returned payments, credits applied and taken back."""

from __future__ import annotations

import pytest

from ar_xl.core.findings import Refusal
from tests.ledger_text import lines
from tests.ops.adjusting_books import office
from tests.ops.clerk import Clerk


def paid(method: str = "Check", terms: str = "Net 30", amount: str = "500.00") -> Clerk:
    """INV-1 of 500.00, of 5 January, and R-1 of 10 January, which pays it."""
    clerk = office()
    clerk.types(
        f"""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount | Terms
        INV-1      | ACME        | 2026-01-05   | 500.00 | {terms}

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount   | Method
        R-1        | 2026-01-10   | ACME        | {amount} | {method}
        """
    )
    clerk.posts()
    return clerk


def adjusted(clerk: Clerk, text: str) -> list[str]:
    """Type adjustments and post them."""
    return clerk.types(f"Adjustments\n{text}").adjusts()


def bounced(clerk: Clerk, more: str = "20.00 | 25.00") -> list[str]:
    return adjusted(
        clerk,
        f"""Date | Kind | Document No | Bank Fee | Customer Fee | Reason
        2026-02-10 | Bounced | R-1 | {more} | no funds""",
    )


def test_a_bounced_check_reopens_its_invoice_on_that_day_and_no_earlier() -> None:
    clerk = paid()
    assert bounced(clerk) == []
    assert clerk.aged("2026-02-09") == []
    assert clerk.aged("2026-02-10") == ["ACME USD [2500, 50000, 0, 0, 0] 0"]
    assert clerk.holds()


def test_a_bounced_check_books_the_banks_fee_and_the_customers_apart() -> None:
    clerk = paid()
    bounced(clerk)
    assert clerk.booked() == lines(
        """
        2026-02-10 | 1000 | Cr 20.00
        2026-02-10 | 1050 | Cr 500.00
        2026-02-10 | 1200 | Dr 525.00
        2026-02-10 | 4960 | Cr 25.00
        2026-02-10 | 6800 | Dr 20.00
        """
    )


def test_a_check_that_was_deposited_comes_back_out_of_the_bank() -> None:
    clerk = paid()
    clerk.deposits(as_of="2026-01-12")
    bounced(clerk, more="20.00 | 0.00")
    assert clerk.booked() == lines(
        """
        2026-02-10 | 1000 | Cr 520.00
        2026-02-10 | 1200 | Dr 500.00
        2026-02-10 | 6800 | Dr 20.00
        """
    )


def test_a_bounced_check_takes_its_discount_back() -> None:
    clerk = paid(terms="2/10 Net 30", amount="490.00")
    assert clerk.aged("2026-02-09") == []
    bounced(clerk, more="| 0.00")
    assert clerk.aged("2026-02-10") == ["ACME USD [0, 50000, 0, 0, 0] 0"]
    assert clerk.booked() == lines(
        """
        2026-02-10 | 1050 | Cr 490.00
        2026-02-10 | 1200 | Dr 500.00
        2026-02-10 | 4900 | Cr 10.00
        """
    )


def test_undoing_a_bounce_pays_the_invoice_again() -> None:
    clerk = paid()
    bounced(clerk)
    clerk.undoes(clerk.last())
    assert clerk.aged("2026-12-31") == []
    assert clerk.holds()
    assert clerk.column("Receipts", "Status")[:1] == ["Applied"]


def test_a_receipt_comes_back_once() -> None:
    clerk = paid()
    bounced(clerk)
    assert bounced(clerk) == ["receipt_returned_twice: `R-1`, which was returned already"]


def test_the_posting_of_a_receipt_that_bounced_is_undone_after_the_bounce() -> None:
    clerk = paid()
    bounced(clerk)
    with pytest.raises(Refusal, match="B-000003"):
        clerk.undoes("B-000002")


def test_a_bounce_is_not_undone_once_somebody_else_paid_the_invoice() -> None:
    clerk = paid()
    bounced(clerk, more="| 0.00")
    clerk.types(
        """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Method
        R-2        | 2026-03-01   | ACME        | 500.00 | Wire
        """
    )
    paid_again = clerk.posts()
    with pytest.raises(Refusal, match=paid_again):
        clerk.undoes("B-000003")


def test_usual_bounced_fee_is_charged_where_the_row_says_nothing() -> None:
    clerk = paid()
    clerk.rules(bounced_fee="15")
    bounced(clerk, more="|")
    assert clerk.aged("2026-02-10") == ["ACME USD [1500, 50000, 0, 0, 0] 0"]


def test_the_next_check_of_a_payer_whose_check_came_back_is_flagged_for_a_year() -> None:
    clerk = paid()
    bounced(clerk)
    clerk.types("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
        R-7        | 2026-03-01   | ACME        | Check  | 10.00
        R-8        | 2026-03-01   | ACME        | Wire   | 10.00
        R-9        | 2027-02-11   | ACME        | Check  | 10.00
    """)
    flagged = [each for each in clerk.findings() if each.code.name == "payer_returned_before"]
    assert [each.row_id for each in flagged] == ["R-7"]
