"""What is said about disputes and activities that make no sense."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.core.findings import Finding
from ar_xl.core.policy import LadderStep
from ar_xl.ops.checks_activities import activity_findings
from ar_xl.ops.checks_disputes import dispute_findings
from ar_xl.ops.collecting.meeting import call_time
from tests.ledger_text import ledger, lines, policy

DAY = date(2026, 3, 31)
INVOICES = """
    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Amount
    INV-1      | ACME        | 2026-01-05   | 100.00
    INV-2      | BOLT        | 2026-01-05   | 50.00
    INV-3      | BOLT        | 2026-01-05   | 5.00

    Applications (posted)
    Invoice No | Date       | Source Type | Source No | Amount
    INV-2      | 2026-02-01 | Receipt     | R-1       | 30.00
    INV-3      | 2026-02-01 | Receipt     | R-1       | 5.00

    Customers
    Customer ID
    ACME
    BOLT
"""


def said(findings: list[Finding]) -> list[str]:
    return [f"{each.row} | {each.column} | {each.code.name} | {each.seen}" for each in findings]


def of_disputes(rows: str, dispute_overdue_days: str = "30") -> list[str]:
    text = f"""{INVOICES}
    Disputes
    Dispute No | Invoice No | Line | Amount | Opened     | Closed     | Owner | Call Time
    {rows}
    """
    return said(
        dispute_findings(ledger(text, policy(dispute_overdue_days=dispute_overdue_days)), DAY)
    )


def test_a_sound_dispute_is_not_mentioned() -> None:
    assert of_disputes("D-1 | INV-1 | | 60.00 | 2026-03-20 | | Eve | 14:30") == []


def test_disputes_are_about_posted_documents_and_no_more_than_them() -> None:
    assert of_disputes("""D-1 | INV-1 | | 60.00 | 2026-03-20 |            | Eve |
        D-2 | INV-1 | | 60.00 | 2026-03-20 |            | Eve |
        D-3 | INV-1 | | 60.00 | 2026-03-20 | 2026-03-21 | Eve |
        D-4 | INV-9 | | 1.00  | 2026-03-20 |            | Eve |""") == lines("""
        5 | invoice_no | disputed_document_unknown | `INV-9`
        2 | amount | dispute_above_document | 120.00 disputed of 100.00
        3 | amount | dispute_above_document | 120.00 disputed of 100.00
    """)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("D-1 | INV-1 | 2 | | 2026-03-20 | | Eve |",
         "2 | line | disputed_line_unknown | line 2 of INV-1"),
        ("D-1 | INV-2 | | 40.00 | 2026-03-20 | | Eve |",
         "2 | amount | dispute_above_open | 40.00 disputed, 20.00 of it open"),
        ("D-1 | INV-1 | | | 2026-03-20 | 2026-03-19 | Eve |",
         "2 | closed | dispute_closed_before_opened | opened 2026-03-20, closed 2026-03-19"),
        ("D-1 | INV-3 | | 4.00 | 2026-03-20 | | Eve |",
         "2 | invoice_no | dispute_nothing_open | nothing open of INV-3"),
        ("D-1 | INV-1 | | | 2026-03-20 | | |",
         "2 | owner | dispute_without_owner | an empty cell"),
        ("D-1 | INV-1 | | | 2026-02-28 | | Eve |",
         "2 | opened | dispute_overdue | open for 31 days, owner Eve"),
        ("D-1 | INV-1 | | | 2026-03-20 | | Eve | noon",
         "2 | call_time | call_time_not_understood | `noon`"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_dispute_is_said(row: str, expected: str) -> None:
    assert of_disputes(row) == [expected]


def test_how_old_a_dispute_may_grow_is_a_setting() -> None:
    assert of_disputes("D-1 | INV-1 | | | 2026-02-28 | | Eve |", dispute_overdue_days="31") == []


def test_disputes_that_share_an_item_beyond_what_is_open_name_one_another() -> None:
    assert of_disputes("""D-1 | INV-1 | | 60.00 | 2026-03-20 | | Eve |
        D-2 | INV-1 | | | 2026-03-21 | | Eve |""") == lines("""
        2 | invoice_no | disputes_overlap | INV-1 is disputed in row 3 too
        3 | invoice_no | disputes_overlap | INV-1 is disputed in row 2 too
    """)


def test_two_parts_of_one_item_do_not_overlap() -> None:
    assert of_disputes("""D-1 | INV-1 | | 60.00 | 2026-03-20 | | Eve |
        D-2 | INV-1 | | 40.00 | 2026-03-21 | | Eve |""") == []  # fmt: skip


def test_a_number_that_two_disputes_share_is_said_of_both() -> None:
    assert of_disputes("""D-1 | INV-1 | | 60.00 | 2026-03-20 | | Eve |
        D-1 | INV-2 | | 10.00 | 2026-03-21 | | Eve |""") == lines("""
        2 | dispute_no | dispute_number_twice | `D-1`
        3 | dispute_no | dispute_number_twice | `D-1`
    """)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("14:30", "14:30"), ("2:30 pm", "14:30"), ("9.15", "09:15"), ("12 a.m.", "00:00"),
        ("14:30:00", "14:30"), ("0.6041666667", "14:30"), ("14h30", "14:30"), ("7 pm", "19:00"),
    ],
)  # fmt: skip
def test_times_are_read_as_people_and_excel_write_them(text: str, hour: str) -> None:
    read = call_time(text)
    assert read is not None
    assert f"{read:%H:%M}" == hour


@pytest.mark.parametrize("text", ["", "noon", "25:00", "14:75", "13 pm", "1", "1.5", "-0.5", "nan"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert call_time(text) is None


def test_activities_name_a_customer_his_own_invoice_and_a_step_of_the_ladder() -> None:
    text = f"""{INVOICES}
    Activities
    Date       | Customer ID | Invoice No | Kind   | Step  | Next Date
    2026-03-01 | ACME        | INV-1      | Letter | First | 2026-03-05
    2026-03-01 | NOBODY      |            | Call   |       |
    2026-03-01 | ACME        | INV-9      | Call   |       |
    2026-03-01 | ACME        | INV-2      | Call   |       |
    2026-03-01 | ACME        |            | Letter | Third |
    """
    book = ledger(text, policy(ladder=(LadderStep("First", 5, "Letter"),)))
    assert said(activity_findings(book)) == lines("""
        3 | customer_id | activity_customer_unknown | `NOBODY`
        4 | invoice_no | activity_invoice_unknown | `INV-9`
        5 | invoice_no | activity_invoice_of_another | `INV-2`, an invoice of BOLT
        6 | step | activity_step_unknown | `Third`
    """)
