"""A short payment is paid, deducted with a reason, or simply still open; each part stands apart."""

from __future__ import annotations

import pytest

from tests.ledger_text import frame_text, lines, policy
from tests.ops.match_clerk import MatchClerk
from tests.ops.receipt_books import applications, codes, paid, receipt_of

DISCOUNTED = """
    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Due Date   | Terms       | Amount
    INV-7      | ACME        | 2026-01-25   | 2026-02-24 | 2/10 Net 30 | 100.00

    Receipts
    Receipt No | Receipt Date | Customer ID | Amount | Remittance
    R-1        | 2026-02-01   | ACME        | 95.00  | INV-7 95.00 -5.00 Damage
"""


def test_what_is_deducted_becomes_a_dispute_of_its_own() -> None:
    change = receipt_of("240.00", "INV-9 240.00 -5.00 damage")
    assert applications(change) == ["R-1 | INV-9 | 240.00 | 0.00 | 0.00 | 1 reference"]
    disputes = frame_text(
        change.appends["Disputes"], "Dispute No", "Invoice No", "Line", "Amount", "Reason",
        "Opened", "Closed",
    )  # fmt: skip
    assert disputes == ["D-R-1-1 | INV-9 | 1 | 5.00 | Damage | 2026-02-01 | "]
    assert change.totals["deducted"] == {"USD": 500}


def test_a_document_named_without_an_amount_is_paid_but_for_what_is_deducted() -> None:
    change = receipt_of("245.00", "INV-9 -5.00 Freight")
    assert applications(change) == ["R-1 | INV-9 | 245.00 | 0.00 | 0.00 | 1 reference"]


def test_two_deductions_of_one_document_are_two_disputes() -> None:
    change = receipt_of("240.00", "INV-9 240.00 -4.00 Damage -6.00 Price")
    assert frame_text(change.appends["Disputes"], "Dispute No", "Amount", "Reason") == lines("""
        D-R-1-1 | 4.00 | Damage
        D-R-1-2 | 6.00 | Price
    """)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ("INV-9 248.00 -5.00 Damage", "deduction_above_open"),
        ("INV-9 -300.00 Damage", "deduction_above_open"),
        ("INV-9 240.00 -5.00 Rain", "deduction_reason_unknown"),
        ("INV-9 240.00 -5.001 Damage", "deduction_amount_digits"),
    ],
)
def test_a_deduction_that_cannot_be_is_refused(names: str, found: str) -> None:
    change = receipt_of("240.00", names)
    assert codes(change) == [found]
    assert change.is_empty


def test_neither_tolerance_nor_discount_closes_what_is_deducted() -> None:
    lenient = policy(under_tolerance="10", over_tolerance="10")
    change = paid(DISCOUNTED, lenient)
    assert applications(change) == ["R-1 | INV-7 | 95.00 | 0.00 | 0.00 | 1 reference"]


def test_the_next_receipt_leaves_alone_what_was_deducted() -> None:
    second = "    R-2        | 2026-02-02   | ACME        | 100.00 |"
    assert applications(paid(DISCOUNTED.rstrip() + "\n" + second)) == [
        "R-1 | INV-7 | 95.00 | 0.00 | 0.00 | 1 reference"
    ]


BOOKS = """
    Customers
    Customer ID | Name
    ACME        | Acme Ltd

    Invoices
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-7      | ACME        | 2026-01-05   | 2026-02-04 | 100.00

    BankLines
    Line ID | Account | Date       | Kind    | Amount | Currency | Payer    | Text
    BL-1    | DE1     | 2026-03-02 | Payment | 95.00  | USD      | Acme Ltd | thanks
"""


def disputes(clerk: MatchClerk) -> list[str]:
    rows = clerk.books.posted("Disputes")
    return frame_text(rows, "Dispute No", "Amount", "Reason", "Closed", "Resolution")


@pytest.mark.parametrize("documents", ["INV-7 95.00 -5.00", "INV-7 95.00", "INV-7"])
def test_the_reason_code_of_the_row_says_why_less_was_paid(documents: str) -> None:
    clerk = MatchClerk(BOOKS).matches()
    clerk.decides(
        "BL-1", "Change", customer_id="ACME", documents=documents, reason_code="Shortage"
    ).posts()
    assert disputes(clerk) == ["D-BL-1-1 | 5.00 | Shortage |  | "]


def test_undo_closes_the_disputes_and_posting_again_opens_others() -> None:
    clerk = MatchClerk(BOOKS).matches()
    row = {"customer_id": "ACME", "documents": "INV-7 95.00 -5.00 Damage"}
    clerk.decides("BL-1", "Change", **row).posts().undoes()
    closed = "D-BL-1-1 | 5.00 | Damage | 2026-03-02 | The posting was undone: B-000002"
    assert disputes(clerk) == [closed]
    clerk.matches().decides("BL-1", "Change", **row).posts()
    assert disputes(clerk) == [closed, "D-BL-1-2 | 5.00 | Damage |  | "]
    assert clerk.holds()
