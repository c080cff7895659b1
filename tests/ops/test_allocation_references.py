"""Rule 1 of allocation: a receipt pays what its Remittance names."""

from __future__ import annotations

import pytest

from tests.ledger_text import frame_text, lines
from tests.ops.receipt_books import (
    TWO_INVOICES,
    applications,
    codes,
    paid,
    receipt_of,
    unapplied,
)


def test_a_reference_pays_the_invoice_it_names_before_older_ones() -> None:
    change = receipt_of("250.00", "INV-9")
    assert applications(change) == ["R-1 | INV-9 | 250.00 | 0.00 | 0.00 | 1 reference"]


def test_a_reference_with_an_amount_pays_that_much() -> None:
    change = receipt_of("220.00", "INV-7; INV-9 120.00")
    assert applications(change) == lines("""
        R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference
        R-1 | INV-9 | 120.00 | 0.00 | 0.00 | 1 reference
    """)
    assert unapplied(change) == ["R-1 | 0.00 | Applied"]


def test_references_without_amounts_are_paid_oldest_first_however_they_are_listed() -> None:
    change = receipt_of("150.00", "INV-9; INV-7")
    assert applications(change) == lines("""
        R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference
        R-1 | INV-9 | 50.00  | 0.00 | 0.00 | 1 reference
    """)


@pytest.mark.parametrize("names", ["INV-7 100.01", "INV-7 60; INV-7 60"])
def test_a_reference_above_what_is_open_is_refused(names: str) -> None:
    change = receipt_of("120.00", names)
    assert codes(change) == ["reference_above_open"]
    assert change.findings[0].is_error
    assert "of which 100.00 is open" in change.findings[0].seen
    assert change.is_empty


def test_a_refused_receipt_leaves_its_money_to_nobody_and_the_others_are_posted() -> None:
    change = paid(
        TWO_INVOICES
        + """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 500.00 | INV-7 500.00
        R-2        | 2026-02-02   | ACME        | 100.00 |
    """
    )
    assert applications(change) == ["R-2 | INV-7 | 100.00 | 0.00 | 0.00 | 2 equal item"]
    assert change.posts["Receipts"].row.tolist() == [3]


def test_an_unknown_reference_leaves_that_part_unapplied() -> None:
    change = receipt_of("150.00", "INV-7; INV-777 50.00")
    assert applications(change) == ["R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference"]
    assert unapplied(change) == ["R-1 | 50.00 | Part applied"]
    assert codes(change) == ["reference_unknown"]


def test_a_reference_to_another_customers_invoice_stays_unapplied() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | OTHER       | 2026-01-05   | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 100.00 | INV-1
    """)
    assert applications(change) == []
    assert unapplied(change) == ["R-1 | 100.00 | Unapplied"]
    assert codes(change) == ["reference_of_another_customer"]


def test_a_long_text_that_names_nothing_is_said_once_and_shortened() -> None:
    change = receipt_of("150.00", "; ".join(["nothing " * 20] * 50))
    assert codes(change) == ["reference_unknown"]
    assert len(change.findings[0].seen) < 70


def test_a_parent_may_pay_the_invoice_of_a_customer_it_pays_for() -> None:
    change = paid("""
        Customers
        Customer ID | Parent ID
        BRANCH      | ACME

        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | BRANCH      | 2026-01-05   | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 100.00 | INV-1
    """)
    assert applications(change) == ["R-1 | INV-1 | 100.00 | 0.00 | 0.00 | 1 reference"]


def test_a_reference_in_another_currency_refuses_the_receipt() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Currency | Amount
        INV-1      | ACME        | 2026-01-05   | EUR      | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Currency | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | USD      | 100.00 | INV-1
    """)
    assert change.is_empty
    assert codes(change) == ["reference_in_another_currency"]


def test_a_reference_to_a_draft_stays_unapplied() -> None:
    change = paid("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-01-05   | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 100.00 | INV-1
    """)
    assert unapplied(change) == ["R-1 | 100.00 | Unapplied"]
    assert codes(change) == ["reference_to_a_draft"]


def test_a_reference_to_an_invoice_posted_after_the_as_of_date_stays_unapplied() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-04-05   | 100.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 100.00 | INV-1
    """)
    assert codes(change) == ["reference_to_a_draft"]
    assert applications(change) == []


def test_a_reference_to_a_settled_invoice_stays_unapplied() -> None:
    change = paid(
        TWO_INVOICES
        + """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 100.00 | INV-7
        R-2        | 2026-02-02   | ACME        | 100.00 | INV-7
    """
    )
    assert applications(change) == ["R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference"]
    assert unapplied(change) == lines("""
        R-1 | 0.00   | Applied
        R-2 | 100.00 | Unapplied
    """)
    assert codes(change) == ["reference_to_a_settled_document"]


def test_a_reference_to_a_credit_memo_is_said_and_pays_nothing() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Type        | Customer ID | Invoice Date | Amount
        INV-7      | Invoice     | ACME        | 2026-01-05   | 100.00
        CM-1       | Credit Memo | ACME        | 2026-01-06   | 20.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 80.00  | INV-7; CM-1
    """)
    assert applications(change) == ["R-1 | INV-7 | 80.00 | 0.00 | 0.00 | 1 reference"]
    assert codes(change) == ["reference_to_a_credit_memo"]


def test_a_receipt_with_references_goes_through_no_other_rule() -> None:
    change = receipt_of("350.00", "INV-7")
    assert applications(change) == ["R-1 | INV-7 | 100.00 | 0.00 | 0.00 | 1 reference"]
    assert unapplied(change) == ["R-1 | 250.00 | Part applied"]


def test_references_that_add_up_to_more_than_the_receipt_are_said() -> None:
    change = receipt_of("120.00", "INV-7 80.00; INV-9 60.00")
    assert applications(change) == lines("""
        R-1 | INV-7 | 80.00 | 0.00 | 0.00 | 1 reference
        R-1 | INV-9 | 40.00 | 0.00 | 0.00 | 1 reference
    """)
    assert codes(change) == ["references_above_receipt"]
    assert change.findings[0].seen == "references to 140.00 on a receipt of 120.00"


def test_a_reference_with_more_decimals_than_the_currency_is_refused() -> None:
    change = receipt_of("120.00", "INV-7 80.005")
    assert codes(change) == ["reference_amount_digits"]
    assert change.is_empty


def test_a_reference_pays_the_oldest_instalment_first() -> None:
    change = paid("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        INV-1      | ACME        | 2026-01-05   | 2026-03-05 | 300.00

        Instalments (posted)
        Invoice No | Line | Due Date   | Amount | Posting Date
        INV-1      | 1    | 2026-02-05 | 100.00 | 2026-01-05
        INV-1      | 2    | 2026-03-05 | 200.00 | 2026-01-05

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Remittance
        R-1        | 2026-02-01   | ACME        | 150.00 | INV-1
    """)
    rows = frame_text(change.appends["Applications"], "Invoice No", "Line", "Amount")
    assert rows == ["INV-1 | 1 | 100.00", "INV-1 | 2 | 50.00"]
