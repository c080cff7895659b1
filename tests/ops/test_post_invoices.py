"""Posting of invoices: what is left out is filled in by the rules, and stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.policy import Policy
from ar_xl.core.terms import Terms, read_parts
from ar_xl.ops.batches import post
from ar_xl.ops.open_items import open_items
from ar_xl.ops.post_invoices import post_invoices
from tests.ledger_text import NET_30, frame_text, ledger, lines, policy

REQUEST = Request(date(2026, 3, 31), "Ada", "2026-03-31T17:00:00Z", "post-invoices")
THIRDS = Terms("Thirds", parts=read_parts("33.33%@30; 33.33%@1m+30; rest@90"))
MONTH_END_15 = Terms("EOM + 15", due_rule="eom", net_days=15)
RULES = policy(terms=(NET_30, THIRDS, MONTH_END_15), default_terms="EOM + 15")


def after_posting(text: str, rules: Policy = RULES) -> Ledger:
    before = ledger(text, rules)
    return before.after(post(before, post_invoices(before, REQUEST), REQUEST))


def test_due_dates_come_from_the_row_then_the_customer_then_the_default() -> None:
    after = after_posting("""
        Customers
        Customer ID | Terms
        ACME        | Net 30
        BOLT        |

        Invoices
        Invoice No | Customer ID | Invoice Date | Due Date   | Terms  | Amount
        INV-1      | ACME        | 2026-01-31   |            |        | 10.00
        INV-2      | ACME        | 2026-01-31   | 2026-02-10 |        | 10.00
        INV-3      | BOLT        | 2026-01-31   |            |        | 10.00
        INV-4      | BOLT        | 2026-01-31   |            | Net 30 | 10.00
    """)
    assert frame_text(after.posted("Invoices"), "Invoice No", "Due Date", "Terms") == lines("""
        INV-1 | 2026-03-02 | Net 30
        INV-2 | 2026-02-10 | Net 30
        INV-3 | 2026-02-15 | EOM + 15
        INV-4 | 2026-03-02 | Net 30
    """)


def test_numbers_that_are_left_out_follow_the_highest_of_their_series() -> None:
    after = after_posting("""
        Invoices
        Invoice No | Type        | Customer ID | Invoice Date | Amount
        INV-000041 |             | ACME        | 2026-01-31   | 10.00
                   |             | ACME        | 2026-01-31   | 11.00
                   | Credit Memo | ACME        | 2026-01-31   | 12.00
                   |             | ACME        | 2026-01-31   | 13.00
    """)
    assert after.posted("Invoices").text("invoice_no").tolist() == [
        "INV-000041", "INV-000042", "CM-000001", "INV-000043",
    ]  # fmt: skip


def test_instalments_are_open_items_of_their_own_and_the_last_takes_the_cent() -> None:
    after = after_posting("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Terms  | Amount
        INV-1      | ACME        | 2026-01-31   | Thirds | 100.00
    """)
    items = open_items(after, date(2026, 3, 31))
    assert items.line.tolist() == [1, 2, 3]
    assert items.due_date.astype(str).tolist() == ["2026-03-02", "2026-03-30", "2026-05-01"]
    assert items.open.tolist() == [3333, 3333, 3334]
    assert str(after.posted("Invoices").dates("due_date")[0]) == "2026-05-01"


def test_a_later_dated_draft_stays_a_draft_and_that_is_said() -> None:
    before = ledger("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2026-03-31   | 10.00
        INV-2      | ACME        | 2026-04-01   | 10.00
    """)
    change = post_invoices(before, REQUEST)
    assert change.posts["Invoices"].text("invoice_no").tolist() == ["INV-1"]
    assert [(f.code.name, f.row_id) for f in change.findings] == [("dated_after_as_of", "INV-2")]


def test_a_document_of_a_closed_month_keeps_its_date_and_posts_on_the_first_open_day() -> None:
    after = after_posting("""
        Periods
        Period  | Closed At
        2026-01 | 2026-02-02T09:00:00Z

        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        INV-1      | ACME        | 2025-12-31   | 10.00
        INV-2      | ACME        | 2026-02-03   | 10.00
    """)
    shown = frame_text(after.posted("Invoices"), "Invoice No", "Invoice Date", "Posting Date")
    assert shown == lines("""
        INV-1 | 2025-12-31 | 2026-02-01
        INV-2 | 2026-02-03 | 2026-02-03
    """)


def test_totals_are_said_by_type_and_currency() -> None:
    change = post_invoices(
        ledger("""
        Invoices
        Invoice No | Type        | Customer ID | Invoice Date | Currency | Amount
        INV-1      |             | ACME        | 2026-03-01   | USD      | 10.00
        INV-2      |             | ACME        | 2026-03-01   | EUR      | 20.00
        CM-1       | Credit Memo | ACME        | 2026-03-01   | USD      | 5.00
        """),
        REQUEST,
    )
    assert change.totals == {"Invoice": {"USD": 1000, "EUR": 2000}, "Credit Memo": {"USD": 500}}


def test_terms_split_negative_totals_into_the_mirror_image() -> None:
    import numpy as np

    parts = THIRDS.part_amounts(np.array([-10000]), 2)
    assert [int(p[0]) for p in parts] == [-3333, -3333, -3334]
    assert THIRDS.parts[0].percent == Decimal("33.33")
