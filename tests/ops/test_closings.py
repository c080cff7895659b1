"""Months that are closed on the Periods sheet are those that batches closed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ar_xl.core.arrays import text_array
from ar_xl.core.ledger import Ledger
from ar_xl.ops.batches import post
from ar_xl.ops.close import close, reopen
from ar_xl.ops.closings import CLOSED_BY, REOPENED_BY, closing_reason
from ar_xl.ops.verify import verify
from tests.ops.clerk import Clerk

OFFICE = """
    Customers
    Customer ID | Terms
    ACME        | Net 30
"""
INVOICE = """
    Invoices
    Invoice No | Customer ID | Invoice Date | Amount
    X          | ACME        | 2026-01-05   | 1,100.00
"""


def closed(period: str = "2026-01") -> Ledger:
    clerk = Clerk(OFFICE).types(INVOICE)
    clerk.posts()
    control = {"USD": 110_000}
    asked = replace(
        clerk.asked("2026-01-31"), command=CLOSED_BY, reason=closing_reason(period, control)
    )
    change = close(clerk.books, asked, period, control)
    return clerk.books.after(post(clerk.books, change, asked, even_without_rows=True))


def reopened() -> Ledger:
    books, clerk = closed(), Clerk(OFFICE)
    asked = replace(clerk.asked("2026-02-01"), command=REOPENED_BY, reason="Reopened 2026-01, why")
    change = reopen(books, asked, "2026-01", "Bob")
    return books.after(post(books, change, asked, even_without_rows=True))


def edited(books: Ledger, column: str, text: str) -> Ledger:
    rows = books.posted("Periods")
    made = rows.replace(**{column: text_array([text] * len(rows))})
    return replace(books, tables={**books.tables, "Periods": made})


def test_a_closed_and_a_reopened_month_hold() -> None:
    assert verify(closed()).findings == ()
    assert verify(reopened()).findings == ()


@pytest.mark.parametrize(
    ("column", "text", "seen"),
    [
        ("closed_at", "", "2026-01 is open on the sheet, and closed by batch B-000002"),
        ("reopened_at", "2026-02-01", "2026-01 is open on the sheet, and closed by batch B-000002"),
        ("hash", "0" * 64, "2026-01 has another Hash than batch B-000002 was made on"),
        (
            "control_total", "USD 1.00",
            "2026-01 has Control Total `USD 1.00`, and batch B-000002 says "
            "`Closed 2026-01, receivables USD 1,100.00`",
        ),
    ],
)  # fmt: skip
def test_a_month_that_was_opened_or_changed_by_hand_is_named(
    column: str, text: str, seen: str
) -> None:
    (found,) = verify(edited(closed(), column, text)).findings
    assert (found.code.name, found.row_id, found.seen) == (
        "period_differs_from_batches", "2026-01", seen,
    )  # fmt: skip


def test_a_month_closed_by_hand_is_named() -> None:
    found = verify(edited(closed(), "period", "2062-01")).findings
    assert [finding.seen for finding in found] == [
        "2026-01 is open on the sheet, and closed by batch B-000002",
        "2062-01 is closed on the sheet, and by no batch",
    ]


def test_a_month_that_was_reopened_is_not_closed_again_by_hand() -> None:
    (found,) = verify(edited(reopened(), "reopened_at", "")).findings
    assert found.seen == "2026-01 is closed on the sheet, and by no batch"
