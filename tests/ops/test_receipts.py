"""What a draft receipt leaves out is filled in when it is posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.ops.post_payments import post_payments
from ar_xl.ops.receipts import draft_receipts
from tests.ledger_text import frame_text, ledger, lines, policy

AS_OF = date(2026, 3, 31)


def completed(books: Ledger) -> Frame:
    return draft_receipts(books, AS_OF)[0]


def test_currency_is_the_customers_else_the_base_currency_and_method_is_other() -> None:
    books = ledger(
        """
        Customers
        Customer ID | Currency
        ACME        | GBP
        PLAIN       |

        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Currency | Amount
        R-1        | 2026-02-01   | ACME        |        |          | 10.00
        R-2        | 2026-02-01   | PLAIN       | Wire   |          | 20.00
        R-3        | 2026-02-01   | ACME        |        | EUR      | 30.00
        """,
        policy(base_currency="EUR"),
    )
    rates = ledger("""
        Rates
        Currency | Date       | Rate
        GBP      | 2026-01-01 | 1.15
        GBP      | 2026-02-02 | 1.20
    """).posted("Rates")
    books = replace(books, policy=replace(books.policy, rates=rates))
    rows = frame_text(completed(books), "Receipt No", "Method", "Currency", "Rate")
    assert rows == lines("""
        R-1 | Other | GBP | 11500000000
        R-2 | Wire  | EUR | 10000000000
        R-3 | Other | EUR | 10000000000
    """)


def test_a_number_is_made_from_content_and_occurrence() -> None:
    text = """
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount | Check/Ref
                   | 2026-02-01   | ACME        | 10.00  | 4711
                   | 2026-02-01   | ACME        | 10.00  | 4711
                   | 2026-02-01   | ACME        | 10.00  | 4712
    """
    numbers = completed(ledger(text)).text("receipt_no").tolist()
    assert len(set(numbers)) == 3
    assert numbers[0].removesuffix("1") == numbers[1].removesuffix("2")
    assert completed(ledger(text)).text("receipt_no").tolist() == numbers


def test_an_equal_receipt_typed_after_the_first_was_posted_is_the_next_occurrence() -> None:
    books = ledger("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
                   | 2026-02-01   | ACME        | 10.00
    """)
    change = post_payments(books, Request(AS_OF, "tester"))
    first = change.posts["Receipts"].text("receipt_no")[0]
    again = replace(books.after(change), drafts=books.drafts)
    assert completed(again).text("receipt_no").tolist() == [first.removesuffix("1") + "2"]


def test_a_number_that_is_taken_or_comes_twice_is_not_posted() -> None:
    books = ledger("""
        Receipts (posted)
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-01-01   | ACME        | 10.00

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-02-01   | ACME        | 10.00
        R-2        | 2026-02-01   | ACME        | 10.00
        R-2        | 2026-02-01   | ACME        | 20.00
        R-3        | 2026-02-01   | ACME        | 30.00
    """)
    assert completed(books).text("receipt_no").tolist() == ["R-3"]


def test_the_number_of_a_receipt_that_was_undone_is_free_again() -> None:
    books = ledger("""
        Receipts (posted)
        Receipt No | Receipt Date | Customer ID | Amount | Reverses | Batch
        R-1        | 2026-01-01   | ACME        | 10.00  |          | B-000001
        R-1        | 2026-01-01   | ACME        | -10.00 | B-000001 | B-000002

        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-02-01   | ACME        | 10.00
    """)
    assert completed(books).text("receipt_no").tolist() == ["R-1"]


def test_rows_without_customer_date_or_a_positive_amount_are_left_as_drafts() -> None:
    books = ledger("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Amount
        R-1        | 2026-02-01   |             | 10.00
        R-2        |              | ACME        | 10.00
        R-3        | 2026-02-01   | ACME        |
        R-4        | 2026-02-01   | ACME        | -10.00
        R-5        | 2026-02-01   | ACME        | 0.00
    """)
    assert post_payments(books, Request(AS_OF, "tester")) == Change()


def test_a_foreign_receipt_without_a_rate_stays_a_draft() -> None:
    books = ledger("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Currency | Amount
        R-1        | 2026-02-01   | ACME        | EUR      | 10.00
    """)
    assert not len(completed(books))
