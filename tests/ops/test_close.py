"""Closing: a closed month does not move."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Request
from ar_xl.core.periods import closed_months
from ar_xl.ops.close import already_closed, close, findings_before_close, reopen
from tests.ledger_text import frame_text, ledger, lines

REQUEST = Request(date(2026, 1, 31), "Ada", "2026-02-02T09:00:00Z", reason="Late invoice")
CLOSED = """
    Periods
    Period  | Closed At            | Closed By | Reopened At
    2025-12 | 2026-01-02T09:00:00Z | Ada       |
    2026-01 | 2026-02-02T09:00:00Z | Ada       | 2026-02-03T09:00:00Z
    2026-01 | 2026-02-04T09:00:00Z | Ada       |
"""


def test_closing_fills_in_the_row_where_the_gl_balance_was_typed() -> None:
    office = ledger("""
        Periods
        Period  | GL Balance
        2026-01 | USD 12.00
    """)
    change = close(office, REQUEST, "2026-01", {"USD": 1200})
    row = change.posts["Periods"]
    assert frame_text(row, "Period", "Closed By", "Control Total", "GL Balance") == lines("""
        2026-01 | Ada | USD 12.00 | USD 12.00
    """)
    assert already_closed(office.after(change), "2026-01")


def test_closing_a_month_closes_everything_before_it() -> None:
    office = ledger(CLOSED)
    assert closed_months(office.posted("Periods")).last == "2026-01"
    assert already_closed(office, "2025-11")
    assert not already_closed(office, "2026-02")


def test_drafts_of_the_month_stand_against_closing_and_later_ones_do_not() -> None:
    office = ledger("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-01-31   | 10.00
        INV-2      | ACME        | 2026-02-01   | 10.00
    """)
    found = findings_before_close(office, "2026-01", {})
    assert [(f.code.name, f.row_id) for f in found if f.is_error] == [
        ("draft_in_period_to_close", "INV-1")
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("USD 12.00", []),
        ("USD 12.00; EUR 0.00", []),
        ("USD 12.01", ["gl_balance_differs"]),
        ("12.00", []),
        ("12", []),
        ("USD 12.00; EUR (3.00)", ["gl_balance_differs"]),
        ("12,00", ["gl_balance_not_understood"]),
        ("USD 12.00; 12.00", ["gl_balance_not_understood"]),
        ("", ["gl_balance_not_typed"]),
    ],
)
def test_the_gl_balance_must_agree_to_the_cent(typed: str, expected: list[str]) -> None:
    office = ledger(f"""
        Periods
        Period  | GL Balance
        2026-01 | {typed}
    """)
    found = findings_before_close(office, "2026-01", {"USD": 1200})
    assert [finding.code.name for finding in found] == expected


def test_only_the_last_closed_month_reopens_with_reason_and_a_second_person() -> None:
    office = ledger(CLOSED)
    with pytest.raises(Refusal, match="The last closed month is 2026-01"):
        reopen(office, REQUEST, "2025-12", "Grace")
    with pytest.raises(Refusal, match=r"2026-02 is open\. The last closed month is 2026-01"):
        reopen(office, REQUEST, "2026-02", "Grace")
    with pytest.raises(Refusal, match="both asks for it and approves it"):
        reopen(office, REQUEST, "2026-01", "ada")
    with pytest.raises(Refusal, match="a reason and the name of a second person"):
        reopen(office, REQUEST, "2026-01", "")
    after = office.after(reopen(office, REQUEST, "2026-01", "Grace"))
    assert closed_months(after.posted("Periods")).last == "2025-12"
