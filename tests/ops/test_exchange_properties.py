"""Whatever is invoiced, credited, paid across currencies and undone: base follows the documents."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Refusal
from ar_xl.ops.exchange import relief
from ar_xl.ops.open_items import credits, open_items
from ar_xl.ops.rates import in_base
from tests.ops.clerk import Clerk

RATES = """
    Rates
    Currency | Date       | Rate
    EUR      | 2026-01-01 | 1.0837
    EUR      | 2026-02-01 | 1.1291
    JPY      | 2026-01-01 | 0.00671
    JPY      | 2026-02-01 | 0.00633
"""
currency = st.sampled_from(["EUR", "EUR", "JPY", "USD"])
on = st.sampled_from(["2026-01-10", "2026-02-10"])
invoice = st.tuples(st.just("Invoice"), on, currency, st.integers(100, 90_000), st.just(0))
memo = st.tuples(st.just("Credit Memo"), on, st.just("EUR"), st.integers(100, 30_000),
                 st.integers(0, 3))  # fmt: skip
receipt = st.tuples(st.just("Receipt"), on, currency, st.integers(100, 60_000), st.integers(0, 3))
undo = st.tuples(st.just("Undo"), on, currency, st.integers(1, 8), st.just(0))


def _amount(minor: int, code: str) -> str:
    return str(minor) if code == "JPY" else f"{minor / 100:.2f}"


def _does(clerk: Clerk, at: int, what: str, day: str, code: str, minor: int, target: int) -> None:
    if what == "Undo":
        try:
            clerk.undoes(f"B-{minor:06d}")
        except Refusal:
            return
    elif what == "Receipt":
        clerk.types(f"""
            Receipts
            Receipt No | Customer ID | Receipt Date | Currency | Amount                | Remittance
            R-{at}     | ACME        | {day}        | {code}   | {_amount(minor, code)} | I-{target}
        """).posts()
    else:
        clerk.types(
            f"""
            Invoices
            Invoice No | Type   | Customer ID | Invoice Date | Currency | Amount | Applies To
            I-{at}     | {what} | ACME | {day} | {code} | {_amount(minor, code)} | I-{target}
        """.replace("| I-0\n", "| \n" if what == "Invoice" else "| I-0\n")
        ).posts()


@settings(max_examples=25)
@given(steps=st.lists(st.one_of(invoice, invoice, memo, receipt, receipt, undo), max_size=9))
def test_base_receivables_are_those_of_the_documents(
    steps: list[tuple[str, str, str, int, int]],
) -> None:
    clerk = Clerk(RATES)
    for at, step in enumerate(steps):
        _does(clerk, at, *step)
    books = clerk.books
    found = relief(books, books.posted("Applications"))
    journal = books.posted("Journal")
    of_ar = journal.take(journal.text("account") == "1200")
    booked = int((of_ar.ints("base_debit") - of_ar.ints("base_credit")).sum())
    assert booked == _documents(clerk) - int(found.document.sum()) + int(found.source.sum())
    items, money = open_items(books, LAST_DATE), credits(books, LAST_DATE)
    if not items.open.any() and not money.unapplied.any():
        assert booked == 0
    assert clerk.holds()


def _documents(clerk: Clerk) -> int:
    """What invoices, memos and receipts themselves put on the control account, in base."""
    total = 0
    for table, sign in (("Invoices", 1), ("Receipts", -1)):
        rows = clerk.books.posted(table)
        signs = np.full(len(rows), sign)
        if table == "Invoices":
            signs[rows.text("type") == "Credit Memo"] = -1
        base = in_base(rows.ints("amount"), rows.text("currency"), rows.ints("rate"), "USD")
        total += int((signs * base).sum())
    return total
