"""A number that was undone is free again, and may come back as another document."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import text_array
from ar_xl.core.terms import Terms, read_parts
from ar_xl.ops.lives import postings_of, taken_on
from ar_xl.ops.movements import movements
from tests.ledger_text import NET_30, TWO_TEN, frame_text, ledger, lines, policy
from tests.ops.clerk import Clerk

PARTS = Terms("Parts", parts=tuple(read_parts("30%@30; 30%@60; rest@90")))
OFFICE = """
    Customers
    Customer ID | Terms       | Currency
    ACME        | 2/10 Net 30 |
    BOLT        | Net 30      |
    YEN         | 2/10 Net 30 | JPY

    Rates
    Currency | Date       | Rate
    JPY      | 2025-01-01 | 0.0067
"""
INVOICE = """
    Invoices
    Invoice No | Customer ID | Invoice Date | Amount   | Terms   | Currency
    X          | {who}       | {when}       | {amount} | {terms} | {currency}
"""
RECEIPT = """
    Receipts
    Receipt No | Receipt Date | Customer ID | Amount   | Currency
    {number}   | {when}       | {who}       | {amount} | {currency}
"""


def invoice(who: str, when: str, amount: str, terms: str = "", currency: str = "USD") -> str:
    return INVOICE.format(who=who, when=when, amount=amount, terms=terms, currency=currency)


def receipt(number: str, who: str, when: str, amount: str, currency: str = "USD") -> str:
    return RECEIPT.format(number=number, who=who, when=when, amount=amount, currency=currency)


def office() -> Clerk:
    return Clerk(OFFICE, policy(terms=(NET_30, TWO_TEN, PARTS)))


def test_a_document_of_instalments_may_come_back_without_them() -> None:
    clerk = office()
    clerk.types(invoice("ACME", "2026-01-05", "300.00", "Parts")).posts()
    clerk.types(receipt("R-1", "ACME", "2026-01-10", "300.00")).posts()
    clerk.undoes("B-000002").undoes("B-000001")
    clerk.types(invoice("ACME", "2026-01-05", "300.00", "Net 30")).posts()
    assert clerk.aged("2026-01-31") == ["ACME USD [30000, 0, 0, 0, 0] 0"]
    assert clerk.holds()


def test_a_number_may_come_back_in_another_currency() -> None:
    clerk = office()
    clerk.types(invoice("ACME", "2026-01-05", "300.00")).posts()
    clerk.undoes("B-000001")
    clerk.types(invoice("YEN", "2026-01-05", "5000", currency="JPY")).posts()
    clerk.types(receipt("R-1", "YEN", "2026-01-07", "4900", "JPY")).posts()
    assert clerk.aged("2026-01-31") == []
    booked = clerk.books.posted("Journal")
    booked = booked.take(booked.text("batch") == "B-000004")
    assert frame_text(booked, "Account", "Currency", "Debit", "Credit") == lines("""
        1000 | JPY | 4,900 | 0
        1200 | JPY | 0     | 5,000
        4900 | JPY | 100   | 0
    """)
    assert clerk.holds()


def test_the_discount_of_the_first_document_stays_in_its_currency_in_the_roll_forward() -> None:
    clerk = office()
    clerk.types(invoice("ACME", "2026-01-05", "300.00")).posts()
    clerk.types(receipt("R-1", "ACME", "2026-01-10", "294.00")).posts()
    clerk.undoes("B-000002").undoes("B-000001")
    clerk.types(invoice("YEN", "2026-01-05", "5000", currency="JPY")).posts()
    moved = movements(clerk.books)
    assert set(moved.currency[moved.number == "X"]) == {"USD", "JPY"}
    yen = moved.currency == "JPY"
    assert moved.amount[yen].tolist() == [5000]


def test_a_memo_in_the_batch_finds_the_new_document_of_the_number() -> None:
    clerk = office()
    clerk.types(invoice("ACME", "2026-01-05", "300.00")).posts()
    clerk.undoes("B-000001")
    clerk.types(invoice("BOLT", "2026-01-05", "200.00"))
    clerk.types("""
        Invoices
        Invoice No | Type        | Customer ID | Invoice Date | Amount | Applies To
        M          | Credit Memo | BOLT        | 2026-01-06   | 50.00  | X
    """).posts()
    assert clerk.aged("2026-01-31") == ["BOLT USD [15000, 0, 0, 0, 0] 0"]


def test_a_number_undone_from_a_later_day_is_free_from_that_day() -> None:
    clerk = office()
    clerk.types(invoice("ACME", "2026-01-05", "100.00")).posts()
    clerk.undoes("B-000001", "2026-03-01", later=True)
    clerk.types(invoice("BOLT", "2026-02-01", "200.00"))
    assert [(f.code.name, f.seen) for f in clerk.findings() if f.is_error] == [
        ("number_not_free_yet", "`X` on 2026-02-01; undone from 2026-03-01 on only")
    ]
    later = office()
    later.types(invoice("ACME", "2026-01-05", "100.00")).posts()
    later.undoes("B-000001", "2026-03-01", later=True)
    later.types(invoice("BOLT", "2026-03-01", "200.00"))
    assert not [f for f in later.findings() if f.is_error]
    later.posts()
    assert later.aged("2026-02-15") == ["ACME USD [0, 10000, 0, 0, 0] 0"]
    assert later.aged("2026-03-01") == ["BOLT USD [20000, 0, 0, 0, 0] 0"]


def test_a_receipt_without_a_number_gets_none_that_still_stands_on_its_day() -> None:
    clerk = office()
    clerk.types(invoice("ACME", "2026-01-05", "100.00")).posts()
    money = receipt("", "ACME", "2026-01-20", "40.00")
    clerk.types(money).posts()
    clerk.undoes("B-000002", "2026-03-01", later=True)
    clerk.types(money).posts()
    numbers = clerk.books.posted("Receipts").text("receipt_no").tolist()
    assert [number.rpartition("-")[2] for number in numbers] == ["1", "1", "2"]
    assert clerk.aged("2026-02-01") == ["ACME USD [2000, 0, 0, 0, 0] 0"]
    assert clerk.aged("2026-03-01") == ["ACME USD [0, 6000, 0, 0, 0] 0"]


def test_an_invoice_goes_no_earlier_than_what_had_paid_it() -> None:
    clerk = office()
    clerk.types(invoice("ACME", "2026-01-05", "100.00", "Net 30")).posts()
    clerk.types(receipt("R-1", "ACME", "2026-01-10", "100.00")).posts()
    clerk.undoes("B-000002", "2026-03-01", later=True).undoes("B-000001")
    assert clerk.aged("2026-02-15") == []
    contra = clerk.books.posted("Invoices")
    assert contra.dates("posting_date").astype(str).tolist() == ["2026-01-05", "2026-03-01"]
    assert clerk.holds()


def test_money_pays_no_earlier_than_undoing_has_given_it_back() -> None:
    clerk = office()
    clerk.types(invoice("ACME", "2026-01-05", "100.00", "Net 30")).posts()
    clerk.types(receipt("R-1", "ACME", "2026-01-10", "100.00")).posts()
    clerk.undoes("B-000002", "2026-03-01", later=True)
    clerk.types(receipt("R-2", "ACME", "2026-01-15", "100.00")).posts()
    assert clerk.aged("2026-02-15") == ["ACME USD [0, 0, 0, 0, 0] -10000"]
    assert clerk.aged("2026-03-01") == []


def test_invoices_and_debit_memos_without_numbers_share_one_series() -> None:
    clerk = office()
    clerk.types("""
        Invoices
        Type       | Customer ID | Invoice Date | Amount
        Debit Memo | ACME        | 2026-01-05   | 10.00
                   | BOLT        | 2026-01-05   | 20.00
        Debit Memo | BOLT        | 2026-01-05   | 40.00
    """).posts()
    numbers = clerk.books.posted("Invoices").text("invoice_no").tolist()
    assert sorted(numbers) == ["INV-000001", "INV-000002", "INV-000003"]
    assert clerk.holds()


TWICE = """
    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Posting Date | Amount | Batch    | Reverses
    X          | ACME        | 2026-01-05   | 2026-01-05   | 1.00   | B-000001 |
    X          | ACME        | 2026-01-05   | 2026-02-01   | -1.00  | B-000003 | B-000001
    X          | BOLT        | 2026-02-01   | 2026-02-01   | 2.00   | B-000004 |
    Y          | BOLT        | 2026-02-01   | 2026-02-01   | 2.00   | B-000004 |

    Applications (posted)
    Invoice No | Date       | Amount | Batch    | Reverses
    X          | 2026-01-06 | 1.00   | B-000002 |
    X          | 2026-01-06 | -1.00  | B-000005 | B-000002
    X          | 2026-02-06 | 1.00   | B-000006 |
    Z          | 2026-02-06 | 1.00   | B-000006 |
"""


def test_an_application_means_the_posting_that_stood_when_it_was_posted() -> None:
    books = ledger(TWICE)
    rows = books.posted("Applications")
    meant = postings_of(books.posted("Invoices"), "invoice_no", rows.text("invoice_no"), rows)
    assert meant.tolist() == [0, 0, 2, -1]


def test_a_number_is_taken_from_the_day_it_stands() -> None:
    invoices = ledger(TWICE).posted("Invoices")
    first = invoices.take(np.array([0, 1]))
    names, days = text_array(["X", "X", "W"]), np.array(["2026-01-31", "2026-02-01", "2026-01-01"])
    dates = days.astype("datetime64[D]")
    assert taken_on(first, "invoice_no", names, dates).tolist() == [True, False, False]
    assert taken_on(invoices, "invoice_no", names, dates).tolist() == [True, True, False]
