"""AR_OPEN, AR_AGING and AR_BALANCE on cells as they really come."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ar_xl.core import numbered
from ar_xl.functions.errors import COM_BASE, NA, NUM, REF, VALUE, CellError
from tests.functions import agreement
from tests.functions.sheet import Rows, call, down, one
from tests.functions.workbook import column, table
from tests.ops.clerk import Clerk
from tests.ops.test_lives import invoice, office, receipt
from tests.posted_lines import book

AS_OF = one(46326.0)  # 2026-10-31
BAD = CellError(VALUE)


def aged(*rows: tuple[Any, ...], currencies: Rows | None = None) -> list[tuple[Any, ...]]:
    """AR_AGING of rows of customer, due date and open amount, without its headings."""
    customers, due, amounts = (tuple((cell,) for cell in part) for part in zip(*rows, strict=True))
    result = call("AR_AGING", customers, due, amounts, AS_OF, one(30.0), currencies)
    return list(result[1:])


def test_blank_rows_below_a_table_and_settled_items_are_left_out() -> None:
    assert aged(("Acme", 46326.0, 10.0), ("Bolt", 46000.0, 0.0), (None, None, None), ("", "", "")) \
        == [("Acme", 10, 0, 0, 0, 10), ("Total", 10, 0, 0, 0, 10)]  # fmt: skip


def test_a_heading_that_was_taken_in_spoils_its_row_and_the_total_and_nothing_else() -> None:
    found = aged(("Customer ID", "Due Date", "Open"), ("Acme", 46326.0, 10.0))
    assert found == [
        ("Acme", 10, 0, 0, 0, 10),
        ("Customer ID", *[BAD] * 5),
        ("Total", *[BAD] * 5),
    ]


def test_text_amounts_missing_due_dates_and_too_many_digits_are_seen() -> None:
    found = aged(("A", 46326.0, "10"), ("B", None, 5.0), ("C", 46326.0, 1.001), ("D", 46326.0, 1.0))
    assert [(row[0], row[-1]) for row in found] == [
        ("D", 1), ("A", BAD), ("B", BAD), ("C", CellError(NUM)), ("Total", BAD),
    ]  # fmt: skip


def test_an_error_cell_is_passed_on_even_where_the_amount_is_nothing() -> None:
    found = aged((COM_BASE + NA, None, None), ("Acme", 46326.0, 10.0))
    assert found[1] == (CellError(NA), *[CellError(NA)] * 5)
    assert found[-1] == ("Total", *[CellError(NA)] * 5)


def test_credits_stand_apart_and_need_no_due_date() -> None:
    assert aged(("Acme", None, -3.0), ("Acme", 46000.0, 5.0)) == [
        ("Acme", 0, 0, 5, -3, 2), ("Total", 0, 0, 5, -3, 2),
    ]  # fmt: skip


def test_currencies_keep_their_own_digits_and_are_never_added() -> None:
    found = aged(
        ("A", 46326.0, 1.234), ("A", 46326.0, 5.0), ("A", 46326.0, 2.5),
        currencies=down("KWD", "JPY", "USD"),
    )  # fmt: skip
    assert [row[:2] + row[-1:] for row in found] == [
        ("A", "JPY", 5), ("Total", "JPY", 5), ("A", "KWD", 1.234), ("Total", "KWD", 1.234),
        ("A", "USD", 2.5), ("Total", "USD", 2.5),
    ]  # fmt: skip


def test_an_unknown_or_missing_currency_is_an_error_in_its_rows() -> None:
    found = aged(
        ("A", 46326.0, 1.0), ("B", 46326.0, 1.0), ("C", 46326.0, 1.0),
        currencies=down("USD", "dollars", None),
    )  # fmt: skip
    assert found[-2:] == [("A", "USD", 1, 0, 0, 0, 1), ("Total", "USD", 1, 0, 0, 0, 1)]
    assert ("B", BAD, *[BAD] * 5) in found
    assert ("C", BAD, *[BAD] * 5) in found


def test_nothing_open_is_headings_and_a_total_of_zero() -> None:
    result = call("AR_AGING", one(None), one(None), one(None), AS_OF)
    assert result[1:] == (("Total", 0, 0, 0, 0, 0, 0, 0),)


def test_a_missing_date_to_look_from_is_refused() -> None:
    with pytest.raises(CellError, match="#VALUE!"):
        call("AR_AGING", one("A"), one(46326.0), one(1.0), one(None))


def test_what_is_open_of_a_number_posted_again_stands_in_its_last_row() -> None:
    found = call("AR_OPEN", down("I", "I", "I"), down(100.0, -100.0, 80.0), one("I"), one(30.0))
    assert found == down(0, 0, 50)
    assert call("AR_OPEN", down("I", "I", "I"), down(80.0, 100.0, -100.0), one("X"), one(0.0)) \
        == down(0, 80, 0)  # fmt: skip
    memo = call("AR_OPEN", down("M", "M", "M"), down(-50.0, 50.0, -40.0), one("M"), one(-15.0))
    assert memo == down(0, 0, -25)


def test_a_bad_application_is_an_error_where_its_number_stands() -> None:
    found = call("AR_OPEN", down("I-1", "I-2"), down(10.0, 10.0), down("I-1", "X"), down("5", "6"))
    assert found == down(BAD, 10)


def test_an_application_without_a_number_or_with_an_error_for_one_could_be_any() -> None:
    for number in (None, COM_BASE + VALUE):
        with pytest.raises(CellError, match="#VALUE!"):
            call("AR_OPEN", one("I-1"), one(10.0), down("I-1", number), down(5.0, 1.0))


def test_an_application_that_cannot_be_read_and_names_no_number_could_be_any() -> None:
    with pytest.raises(CellError, match="#VALUE!"):
        call("AR_OPEN", one("I-1"), one(10.0), down("I-1", None), down(5.0, "x"))


@pytest.mark.parametrize("name", ["AR_AGING", "AR_OPEN", "AR_MATCH", "AR_ALLOCATE"])
def test_sums_that_no_cell_can_hold_to_the_cent_are_refused(name: str) -> None:
    many, due = down(*[9e12] * 12_000), one(46326.0)
    given = {
        "AR_AGING": (one("Acme"), due, many, AS_OF),
        "AR_OPEN": (one("I-1"), one(1.0), down(*["I-1"] * 12_000), many),
        "AR_MATCH": (one(1.0), many),
        "AR_ALLOCATE": (one(1.0), many, due),
    }
    with pytest.raises(CellError, match="#NUM!"):
        call(name, *given[name])


def test_headings_text_amounts_and_blank_rows_of_the_documents() -> None:
    numbers = down("Invoice No", "I-1", None, None, 7.0)
    found = call("AR_OPEN", numbers, down("Amount", 10.0, None, 4.0, 2.0), down("7"), down(0.5))
    assert found == down(BAD, 10, "", BAD, 1.5)


def test_number_and_line_count_together() -> None:
    numbers = (("I-1", 1.0), ("I-1", 2.0))
    used = (("I-1", 2.0), ("I-1", 2.0))
    assert call("AR_OPEN", numbers, down(10.0, 20.0), used, down(5.0, 1.0)) == down(10, 14)
    with pytest.raises(CellError, match="#VALUE!"):
        call("AR_OPEN", numbers, down(10.0, 20.0), down("I-1"), down(5.0))


BOOKS = """
invoice A1 Acme 2026-01-05 100.00 due=2026-02-04
invoice A2 Acme 2026-01-05 1000 cur=JPY
invoice A3 Bolt 2026-01-05 1.234 cur=KWD
receipt R1 Acme 2026-02-10 40.00
apply R1 A1 30.00 2026-02-10 discount=1.00
receipt R3 Bolt 2026-02-10 0.300 cur=KWD
apply R3 A3 0.200 2026-02-11 source=0.200
receipt R9 Bolt 2026-02-10 50.00
apply R9 A3 0.125 2026-03-01 source=0.40
draft invoice D1 Acme 2026-02-11 50.00
"""


def balances(ledger: Any, *customers: Any, currency: Rows | None = None) -> Any:
    """AR_BALANCE of customers over the tables of a ledger."""
    tables = [table(ledger, name) for name in ("Invoices", "Receipts", "Applications")]
    return call("AR_BALANCE", column(customers), *tables, None, currency)


def test_a_balance_is_of_one_currency_and_several_are_never_added() -> None:
    ledger = book(BOOKS)
    assert balances(ledger, "Acme", "Bolt", "Nobody", None) == down(BAD, BAD, 0, "")
    assert balances(ledger, "Acme", "Bolt", currency=one("USD")) == down(59, -49.6)
    assert balances(ledger, "Acme", "Bolt", currency=one("kwd")) == down(0, 0.809)


def test_yen_dinars_and_foreign_receipts_age_by_formula_as_by_the_command() -> None:
    for on in (date(2026, 2, 9), date(2026, 2, 10), date(2026, 12, 31)):
        agreement.aging_agrees(book(BOOKS), on)
        agreement.balances_agree(book(BOOKS), on)


def test_the_process_that_stays_keeps_nothing_of_the_tables() -> None:
    numbered.forget()
    balances(book(BOOKS), "Acme", currency=one("USD"))
    assert not numbered._known
    assert not numbered._pool


def test_a_draft_counts_nowhere_whatever_stands_in_it() -> None:
    invoices, receipts, applications = (
        table(book("invoice A1 Acme 2026-01-05 100.00"), name)
        for name in ("Invoices", "Receipts", "Applications")
    )
    at = invoices[0].index("Batch")
    draft = tuple("?" if cell == 100.0 else cell for cell in invoices[1])
    typed = (*draft[:at], None, *draft[at + 1 :])
    assert call("AR_BALANCE", one("Acme"), (*invoices, typed), receipts, applications) == one(100)
    dated = (*invoices[1][:at], None, *invoices[1][at + 1 :])
    assert call("AR_BALANCE", one("Acme"), (*invoices, dated), receipts, applications) == one(100)


def test_a_heading_that_is_missing_and_a_posted_cell_that_was_spoilt_are_the_whole_answer() -> None:
    invoices, receipts, applications = (
        table(book(BOOKS), name) for name in ("Invoices", "Receipts", "Applications")
    )
    renamed = (tuple("Client" if c == "Customer ID" else c for c in invoices[0]), *invoices[1:])
    with pytest.raises(CellError, match="#REF!"):
        call("AR_BALANCE", one("Acme"), renamed, receipts, applications)
    spoilt = tuple(tuple("100.00" if c == 100.0 else c for c in row) for row in invoices)
    with pytest.raises(CellError, match="#VALUE!"):
        call("AR_BALANCE", one("Acme"), spoilt, receipts, applications)
    assert CellError(REF).number == REF


def test_applications_to_documents_that_are_not_there_change_no_balance() -> None:
    lines = """
    invoice A1 Acme 2026-01-05 100.00
    receipt R1 Acme 2026-02-10 40.00
    apply R1 A1 30.00 2026-02-10
    """
    invoices, receipts, applications = (
        table(book(lines), name) for name in ("Invoices", "Receipts", "Applications")
    )
    found = call("AR_BALANCE", one("Acme"), invoices[:1], receipts, applications)
    assert found == one(-10)


def test_documents_that_were_undone_and_came_back_otherwise_age_alike() -> None:
    clerk = office()
    clerk.types(invoice("ACME", "2026-01-05", "300.00", "Parts")).posts()
    clerk.types(receipt("R-1", "ACME", "2026-01-10", "200.00")).posts()
    agree_always(clerk)
    clerk.undoes("B-000002", "2026-02-03").undoes("B-000001", "2026-02-04")
    agree_always(clerk)
    clerk.types(invoice("YEN", "2026-03-05", "5000", "Net 30", "JPY")).posts()
    agree_always(clerk)
    clerk.undoes("B-000005", "2026-04-04").types(invoice("BOLT", "2026-05-05", "7.00")).posts()
    agree_always(clerk)


def agree_always(clerk: Clerk) -> None:
    """Formulas and reports agree on two days of every month."""
    for month in range(1, 8):
        for day in (4, 28):
            agreement.aging_agrees(clerk.books, date(2026, month, day))
            agreement.balances_agree(clerk.books, date(2026, month, day))
