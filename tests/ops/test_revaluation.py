"""Foreign receivables at the month's rate, booked on its last day and taken back the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ar_xl.core.ledger import Request
from ar_xl.ops.batches import last_batch, post
from ar_xl.ops.revaluation import REVALUED_BY, revaluations, revalue
from tests.ledger_text import frame_text
from tests.ops.clerk import Clerk

END = date(2026, 1, 31)
LINES = ("Posting Date", "Account", "Currency", "Debit", "Credit", "Base Debit", "Base Credit")


@pytest.fixture
def books() -> Clerk:
    """100 euros open, booked at 1.10; at the month's end a euro is worth 1.25."""
    made = Clerk("""
        Rates
        Currency | Date       | Rate
        EUR      | 2026-01-01 | 1.10
        EUR      | 2026-01-31 | 1.25
    """)
    made.types("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Currency | Amount
        INV-1      | ACME        | 2026-01-05   | EUR      | 100.00
        INV-2      | ACME        | 2026-01-05   | USD      | 50.00
    """).posts("2026-01-31")
    return made


def revalued(made: Clerk, on: date = END) -> list[str]:
    """Post the revaluation; its lines."""
    asked = Request(on, "Ada", "2026-02-01T00:00:00Z", REVALUED_BY)
    done = post(made.books, revalue(made.books, on), asked)
    made.books = made.books.after(done)
    return frame_text(done.appends["Journal"], *LINES) if not done.is_empty else []


def test_the_difference_is_booked_at_the_end_and_taken_back_the_next_day(books: Clerk) -> None:
    assert revalued(books) == [
        "2026-01-31 | 1200 | EUR | 0.00 | 0.00 | 15.00 | 0.00",
        "2026-01-31 | 7010 | EUR | 0.00 | 0.00 | 0.00 | 15.00",
        "2026-02-01 | 1200 | EUR | 0.00 | 0.00 | 0.00 | 15.00",
        "2026-02-01 | 7010 | EUR | 0.00 | 0.00 | 15.00 | 0.00",
    ]
    assert books.holds()


def test_a_second_run_books_nothing(books: Clerk) -> None:
    revalued(books)
    assert revalued(books) == []


def test_a_second_run_books_only_what_changed_since(books: Clerk) -> None:
    revalued(books)
    books.types("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Currency | Amount
        INV-3      | ACME        | 2026-01-20   | EUR      | 10.00
    """).posts("2026-01-31")
    assert [line.partition(" | 1200 | EUR | 0.00 | 0.00 | ")[2] for line in revalued(books)] == [
        "1.50 | 0.00", "", "0.00 | 1.50", "",
    ]  # fmt: skip


def test_an_undone_revaluation_is_booked_again(books: Clerk) -> None:
    revalued(books)
    books.undoes(last_batch(books.books)[0])
    assert [each.booked for each in revaluations(books.books, END)] == [0]
    assert len(revalued(books)) == 4


def test_the_next_month_begins_with_the_rates_of_the_documents(books: Clerk) -> None:
    revalued(books)
    (february,) = revaluations(books.books, date(2026, 2, 28))
    assert (february.carried, february.booked, february.movement) == (11000, 0, 1500)


def test_a_currency_without_a_rate_is_said_and_not_revalued(books: Clerk) -> None:
    rates = books.books.policy.rates
    none = replace(books.books.policy, rates=rates.take(rates.row < 0))
    change = revalue(replace(books.books, policy=none), END)
    assert change.is_empty
    assert [each.code.name for each in change.findings] == ["no_closing_rate"]
