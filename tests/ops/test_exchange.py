"""Money in other currencies: what applications relieve in base, and the realised gain or loss."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.ops.movements import EXCHANGE
from ar_xl.ops.open_items import receivable_by_currency
from ar_xl.ops.rollforward import roll_forward
from ar_xl.ops.tie_out import tie_out
from tests.ledger_text import frame_text
from tests.ops.clerk import Clerk

RATES = """
    Rates
    Currency | Date       | Rate
    EUR      | 2026-01-01 | 1.10
    EUR      | 2026-02-01 | 1.20
    GBP      | 2026-01-01 | 1.30
    JPY      | 2026-01-01 | 0.0067
"""
INVOICES = """
    Invoices
    Invoice No | Customer ID | Invoice Date | Due Date   | Currency | Amount
    """
RECEIPTS = """
    Receipts
    Receipt No | Customer ID | Receipt Date | Method | Currency | Amount | Remittance
    """


def clerk(invoices: str, receipts: str = "") -> Clerk:
    made = Clerk(RATES).types(INVOICES + invoices)
    made.posts("2026-01-31")
    if receipts:
        made.types(RECEIPTS + receipts).posts()
    return made


def accounts(books: Clerk, account: str, last: bool = False) -> list[str]:
    """Currency, debit less credit and the same in base of an account, without zeros."""
    rows = books.books.posted("Journal")
    if last:
        rows = rows.take(rows.text("batch") == rows.text("batch")[-1])
    rows = rows.take(rows.text("account") == account)
    totals: dict[str, list[int]] = {}
    for i, currency in enumerate(rows.text("currency")):
        mine = totals.setdefault(str(currency), [0, 0])
        mine[0] += int(rows.ints("debit")[i] - rows.ints("credit")[i])
        mine[1] += int(rows.ints("base_debit")[i] - rows.ints("base_credit")[i])
    return [f"{code} {a} {b}" for code, (a, b) in sorted(totals.items()) if a or b]


def applications(books: Clerk) -> list[str]:
    return frame_text(
        books.books.posted("Applications"), "Source No", "Invoice No", "Amount", "Source Amount"
    )


def test_a_receipt_at_another_rate_realises_the_difference_on_what_it_pays() -> None:
    books = clerk(
        "INV-1 | ACME | 2026-01-05 | 2026-02-05 | EUR | 100.00",
        "R-1   | ACME | 2026-02-10 | Wire | EUR | 200.00 | INV-1",
    )
    assert accounts(books, "7000") == ["EUR 0 -1000"]  # 100 x (1.20 - 1.10), a gain
    assert accounts(books, "1200") == ["EUR -10000 -12000"]  # 100 unapplied at its own rate
    assert books.holds()


def test_euros_pay_a_dollar_invoice_by_the_rates_of_the_day() -> None:
    books = clerk(
        "INV-1 | ACME | 2026-01-05 | 2026-02-05 | USD | 120.00",
        "R-1   | ACME | 2026-02-10 | Wire | EUR | 150.00 | INV-1",
    )
    assert applications(books) == ["R-1 | INV-1 | 120.00 | 100.00"]
    assert accounts(books, "1200") == ["EUR -5000 -6000"]
    assert accounts(books, "7000") == ["EUR -10000 -12000", "USD 12000 12000"]
    assert books.holds()


def test_a_foreign_invoice_paid_in_a_third_currency_leaves_the_gain_on_the_fx_account() -> None:
    books = clerk(
        "INV-1 | ACME | 2026-01-05 | 2026-02-05 | EUR | 100.00",
        "R-1   | ACME | 2026-02-10 | Wire | GBP | 92.31 | INV-1",
    )
    assert applications(books) == ["R-1 | INV-1 | 100.00 | 92.31"]
    assert accounts(books, "1200") == []
    assert accounts(books, "7000") == ["EUR 10000 11000", "GBP -9231 -12000"]


def test_an_amount_beside_a_reference_is_in_the_currency_of_the_document() -> None:
    books = clerk(
        "INV-1 | ACME | 2026-01-05 | 2026-02-05 | USD | 120.00",
        "R-1   | ACME | 2026-02-10 | Wire | JPY | 20000 | INV-1 60.00",
    )
    assert books.books.posted("Applications").ints("source_amount").tolist() == [8955]
    assert accounts(books, "1200") == ["JPY -11045 -7400", "USD 6000 6000"]


def test_a_discount_is_earned_across_currencies_too() -> None:
    books = Clerk(RATES).types("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Terms       | Currency | Amount
        INV-1      | ACME        | 2026-02-05   | 2026-03-07 | 2/10 Net 30 | USD      | 120.00
    """)
    books.posts("2026-02-05")
    books.types(RECEIPTS + "R-1 | ACME | 2026-02-10 | Wire | EUR | 98.00 | INV-1").posts()
    rows = books.books.posted("Applications")
    assert frame_text(rows, "Amount", "Discount", "Source Amount") == ["117.60 | 2.40 | 98.00"]


def test_without_a_rate_a_reference_in_another_currency_is_refused() -> None:
    books = clerk("INV-1 | ACME | 2026-01-05 | 2026-02-05 | EUR | 100.00")
    books.types(RECEIPTS + "R-1 | ACME | 2025-12-10 | Wire | USD | 92.31 | INV-1").posts()
    assert not len(books.books.posted("Receipts"))


def test_a_payment_taken_back_takes_its_gain_back() -> None:
    books = clerk(
        "INV-1 | ACME | 2026-01-05 | 2026-02-05 | EUR | 100.00",
        "R-1   | ACME | 2026-02-10 | Wire | EUR | 100.00 | INV-1",
    )
    books.undoes("B-000002")
    assert accounts(books, "7000") == []
    assert accounts(books, "1200") == ["EUR 10000 11000"]


@settings(max_examples=30)
@given(
    parts=st.lists(st.integers(1, 40_000), min_size=1, max_size=6),
    days=st.lists(st.sampled_from(["2026-01-20", "2026-02-10"]), min_size=6, max_size=6),
    undone=st.integers(0, 6),
)
def test_an_invoice_paid_in_any_parts_leaves_nothing_in_base(
    parts: list[int], days: list[str], undone: int
) -> None:
    total = sum(parts)
    books = clerk(f"INV-1 | ACME | 2026-01-05 | 2026-02-05 | EUR | {total / 100:.2f}")
    for i, (part, on) in enumerate(zip(parts, days, strict=False)):
        line = f"R-{i} | ACME | {on} | Wire | EUR | {part / 100:.2f} | INV-1"
        batch = books.types(RECEIPTS + line).posts()
        if i == undone:
            books.undoes(batch, redraft=True).posts()
    assert accounts(books, "1200") == []
    assert books.holds()


def test_roll_forward_and_tie_out_hold_in_both_currencies() -> None:
    books = clerk(
        "INV-1 | ACME | 2026-01-05 | 2026-02-05 | USD | 120.00",
        "R-1   | ACME | 2026-02-10 | Wire | EUR | 150.00 | INV-1",
    )
    first, last = date(2026, 2, 1), date(2026, 2, 28)
    rolled = {each.currency: each for each in roll_forward(books.books, first, last)}
    assert {code: each.closing for code, each in rolled.items()} == {"EUR": -5000, "USD": 0}
    assert rolled["EUR"].line(EXCHANGE) == 10000
    assert rolled["USD"].line(EXCHANGE) == -12000
    owed = receivable_by_currency(books.books, last)
    assert all(each.ties for each in tie_out(books.books, last, owed))


def test_the_rounding_that_an_undone_part_leaves_is_taken_by_the_next() -> None:
    books = clerk("INV-1 | ACME | 2026-01-05 | 2026-02-05 | EUR | 0.10")
    first = books.types(RECEIPTS + "R-1 | ACME | 2026-01-20 | Wire | EUR | 0.05 | INV-1").posts()
    books.types(RECEIPTS + "R-2 | ACME | 2026-01-20 | Wire | EUR | 0.05 | INV-1").posts()
    books.undoes(first, redraft=True).posts()
    assert accounts(books, "1200") == []
