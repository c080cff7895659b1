"""Credit memos that name an invoice."""

from __future__ import annotations

import pytest

from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame
from ar_xl.ops.credit_memos import memo_applications
from ar_xl.ops.open_items import open_items
from tests.ledger_text import frame_text, ledger, lines, policy

HEAD = "Invoice No | Type | Customer ID | Currency | Invoice Date | Amount | Applies To"


def applied(rows: str, more: str = "", overflow: str = "apply") -> tuple[Frame, list[Finding]]:
    text = f"Invoices (posted)\n{HEAD}\n{rows.strip()}\n\n{more}"
    books = ledger(text, policy(memo_overflow=overflow))
    documents = books.posted("Invoices")
    memos = documents.take(documents.text("type") == "Credit Memo")
    return memo_applications(books, memos, open_items(books, LAST_DATE))


def shown(applications: Frame) -> list[str]:
    return frame_text(
        applications, "Application No", "Source No", "Invoice No", "Line", "Amount",
        "Source Amount", "Date",
    )  # fmt: skip


def test_a_memo_that_names_an_invoice_reduces_it() -> None:
    rows, findings = applied("""
        INV-1 | Invoice     | ACME | USD | 2026-01-10 | 100.00 |
        CM-1  | Credit Memo | ACME | USD | 2026-01-05 | 30.00  | INV-1
    """)
    assert shown(rows) == ["A-000001 | CM-1 | INV-1 | 1 | 30.00 | 30.00 | 2026-01-10"]
    assert frame_text(rows, "Source Type", "Rule") == ["Credit Memo | credit memo"]
    assert findings == []


def test_the_oldest_instalment_comes_first() -> None:
    rows, _ = applied(
        """
        INV-1 | Invoice     | ACME | USD | 2026-01-01 | 300.00 |
        CM-1  | Credit Memo | ACME | USD | 2026-01-05 | 130.00 | INV-1
        """,
        """Instalments (posted)
        Invoice No | Line | Due Date   | Amount | Posting Date
        INV-1      | 1    | 2026-02-01 | 100.00 | 2026-01-01
        INV-1      | 2    | 2026-03-01 | 200.00 | 2026-01-01""",
    )
    assert frame_text(rows, "Line", "Amount") == ["1 | 100.00", "2 | 30.00"]


@pytest.mark.parametrize(
    ("overflow", "expected"), [("apply", ["CM-1 | INV-1 | 100.00"]), ("hold", [])]
)
def test_a_larger_memo_pays_what_is_open_or_is_held_whole(
    overflow: str, expected: list[str]
) -> None:
    rows, findings = applied(
        """
        INV-1 | Invoice     | ACME | USD | 2026-01-01 | 100.00 |
        CM-1  | Credit Memo | ACME | USD | 2026-01-05 | 130.00 | INV-1
        """,
        overflow=overflow,
    )
    assert frame_text(rows, "Source No", "Invoice No", "Amount") == expected
    assert [finding.code.name for finding in findings] == ["memo_larger_than_invoice"]
    assert findings[0].seen.startswith("130.00 against 100.00 open on INV-1")


def test_several_memos_of_one_invoice_go_by_date_and_never_below_zero() -> None:
    rows, _ = applied("""
        INV-1 | Invoice     | ACME | USD | 2026-01-01 | 100.00 |
        CM-2  | Credit Memo | ACME | USD | 2026-01-06 | 80.00  | INV-1
        CM-1  | Credit Memo | ACME | USD | 2026-01-05 | 70.00  | INV-1
    """)
    assert frame_text(rows, "Source No", "Amount") == lines("""
        CM-1 | 70.00
        CM-2 | 30.00
    """)


def test_a_memo_that_names_no_invoice_waits() -> None:
    rows, findings = applied("""
        INV-1 | Invoice     | ACME | USD | 2026-01-01 | 100.00 |
        CM-1  | Credit Memo | ACME | USD | 2026-01-05 | 30.00  |
    """)
    assert len(rows) == 0
    assert findings == []


@pytest.mark.parametrize(
    ("memo", "code"),
    [("CM-1 | Credit Memo | ACME | USD | 2026-01-05 | 30.00 | INV-9", "memo_applies_to_unknown"),
     ("CM-1 | Credit Memo | BETA | USD | 2026-01-05 | 30.00 | INV-1",
      "memo_applies_to_another_account"),
     ("CM-1 | Credit Memo | ACME | EUR | 2026-01-05 | 30.00 | INV-1",
      "memo_applies_to_another_account")],
)  # fmt: skip
def test_a_memo_for_an_unknown_or_foreign_invoice_stays_a_credit(memo: str, code: str) -> None:
    rows, findings = applied(f"INV-1 | Invoice | ACME | USD | 2026-01-01 | 100.00 |\n{memo}")
    assert len(rows) == 0
    assert [finding.code.name for finding in findings] == [code]
