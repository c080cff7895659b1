"""What is proposed for money that came in."""

from __future__ import annotations

from datetime import date

from ar_xl.ops.matching.parts import Proposals, from_receipts
from ar_xl.ops.matching.propose import propose
from tests.ledger_text import ledger

TODAY = date(2026, 2, 28)
BOOK = """
    Customers
    Customer ID | Name     | Currency
    ACME        | Acme Ltd | USD

    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Amount
    INV-1001   | ACME        | 2026-01-05   | 100.00
    INV-1002   | ACME        | 2026-01-06   | 50.00
"""


def draft(row: str) -> Proposals:
    """What is proposed for one draft receipt."""
    heading = "Receipt No | Receipt Date | Customer ID | Currency | Amount | Remittance"
    book = ledger(f"{BOOK}\n\nReceipts\n{heading}\n{row}")
    return propose(book, from_receipts(book.draft("Receipts")), TODAY)


def test_numbers_whose_sum_is_the_amount_are_proposed() -> None:
    answer = draft("R-1 | 2026-02-01 | ACME | USD | 150.00 | INV-1001, INV-1002")
    assert answer.documents.tolist() == ["INV-1001; INV-1002"]
    assert answer.auto.tolist() == [True]


def test_a_number_whose_amount_differs_is_not_accepted_by_itself() -> None:
    assert draft("R-1 | 2026-02-01 | ACME | USD | 99.00 | INV-1001").auto.tolist() == [False]
