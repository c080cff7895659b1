"""Plans do not get into each other's way: documents, numbers, and names with commas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np

from ar_xl.core.ledger import Change
from ar_xl.core.terms import Part, Terms
from ar_xl.ops.collecting.planrows import named_documents
from ar_xl.ops.collecting.plans import on_plan, plan_states
from ar_xl.ops.open_items import open_items
from tests.ledger_text import ledger, lines, policy
from tests.ops.adjusting_books import CUSTOMERS
from tests.ops.plan_office import Planner, late_office, refused

THIRDS = ((Decimal(34), 30), (Decimal(33), 180), (None, 300))
THREE_TIMES = Terms("3x", parts=tuple(Part(percent, None, 0, days) for percent, days in THIRDS))
ONE_LINE = """
    Plans
    Plan No | Customer ID | Documents | Due Date   | Amount | Interest | Agreed
    {}      | ACME        | {}        | 2026-04-01 | {}     | 2.00     | 2026-03-10
"""


def odd_office(*numbers: str, owner: str = "ACME") -> Planner:
    """A late account with documents of odd numbers, 10.00 each."""
    clerk = late_office()
    for number in numbers:
        row = f"{number} | {owner} | 2026-01-05 | 2026-02-04 | 10.00"
        clerk.types(f"Invoices\nInvoice No | Customer ID | Invoice Date | Due Date | Amount\n{row}")
    clerk.posts()
    return clerk


def test_a_document_of_a_plan_is_in_no_other_one_that_is_agreed_earlier() -> None:
    clerk = late_office()
    clerk.plans(agreed="2026-03-10", percent=Decimal(12))
    assert refused(clerk, agreed="2026-03-01", documents=("INV-1",)) == (
        "plan_document_in_another_plan: `INV-1` is in PL-1, which stands from 2026-03-10 on."
    )
    assert refused(clerk, agreed="2026-03-01").startswith("plan_of_nothing")


def test_a_plan_posted_after_a_closed_month_counts_for_those_agreed_within_it() -> None:
    clerk = late_office()
    periods = ledger("Periods\nPeriod | Closed At\n2026-03 | 2026-04-01").posted("Periods")
    clerk.books = clerk.books.after(Change(appends={"Periods": periods}))
    clerk.plans(agreed="2026-03-15")
    assert refused(clerk, agreed="2026-03-16", documents=("INV-1",)) == (
        "plan_document_in_another_plan: `INV-1` is in PL-1, which stands from 2026-04-01 on."
    )


def test_a_typed_number_is_no_other_plan_whatever_its_day_and_capitals() -> None:
    clerk = late_office()
    clerk.plans(agreed="2026-03-20", documents=("INV-1",))
    clerk.types(ONE_LINE.format("pl-1", "INV-2", "502.01"))
    assert clerk.posts_plans("2026-03-10") == ["number_used_twice: `pl-1`, posted already"]


def test_interest_gets_no_number_that_a_document_has() -> None:
    clerk = odd_office("PL-1-INT-1")
    clerk.plans(percent=Decimal(6), documents=("INV-1",))
    assert "PL-2-INT-1" in clerk.open("2026-12-31")
    assert clerk.open("2026-12-31")["PL-1-INT-1"] == "10.00"


def test_a_typed_plan_whose_interest_would_have_the_number_of_a_document_is_found() -> None:
    clerk = odd_office("PL-7-INT-1")
    clerk.types(ONE_LINE.format("PL-7", "INV-1", "402.00"))
    assert clerk.posts_plans("2026-03-10") == [
        "number_used_twice: `PL-7-INT-1`, as the interest would be numbered, is a document already"
    ]


def test_a_number_with_a_comma_is_one_document_and_stays_one() -> None:
    clerk = odd_office("A,1", "A", "1")
    clerk.plans(documents=("A,1", "INV-1"), payments=1)
    assert set(clerk.column("Plans", "Documents")) == {"A,1; INV-1"}
    states = plan_states(clerk.books, date(2026, 3, 10))
    assert states.pairs.number.tolist() == ["A,1", "INV-1"]


def test_typed_documents_are_one_number_where_there_is_one_and_else_apart_at_commas() -> None:
    books = odd_office("A,1", "A B").books
    assert named_documents(books, "A,1; INV-1,INV-2\nA B;") == ("A,1", "INV-1", "INV-2", "A B")
    assert named_documents(books, "A,2") == ("A", "2")


def test_documents_of_another_customer_do_not_come_in_by_a_comma() -> None:
    clerk = odd_office("A", "1", owner="BOLT")
    clerk.types(ONE_LINE.format("", "A,1", "22.00"))
    assert [each.split(":")[0] for each in clerk.posts_plans("2026-03-10")] == [
        "plan_document_not_open", "plan_document_not_open",
    ]  # fmt: skip


def test_a_number_with_a_semicolon_is_in_no_plan() -> None:
    assert refused(odd_office("A;1"), documents=("A;1",)) == (
        "plan_document_with_semicolon: `A;1`, which would be read as other numbers."
    )


def test_the_plan_made_last_takes_over_though_both_were_agreed_on_one_day() -> None:
    clerk = late_office()
    clerk.plans()
    clerk.calls_off("PL-1", "2026-03-10")
    clerk.plans()
    rows = clerk.books.posted("Plans")  # somebody sorted the sheet
    upside_down = {**clerk.books.tables, "Plans": rows.take(np.arange(len(rows))[::-1])}
    clerk.books = replace(clerk.books, tables=upside_down)
    clerk.types("Receipts\nReceipt No | Receipt Date | Customer ID | Amount | Remittance\n"
                "R-1 | 2026-03-20 | ACME | 300.00 | PL-2")  # fmt: skip
    clerk.posts("2026-03-20")
    assert "2026-04-01 | 30000 | 0 | 30000 | Paid" in clerk.lines("2026-03-20")


def in_instalments() -> Planner:
    """An invoice of 1,000 of which 340 is past due on 10 March."""
    clerk = Planner(CUSTOMERS, policy(terms=(THREE_TIMES,)))
    clerk.types("Invoices\nInvoice No | Customer ID | Invoice Date | Terms | Amount\n"
                "I-1 | ACME | 2026-01-05 | 3x | 1000.00")  # fmt: skip
    clerk.posts("2026-01-31")
    return clerk


def test_instalments_not_due_yet_are_in_a_plan_only_where_the_document_is_named() -> None:
    clerk = in_instalments()
    assert clerk.plans(payments=2, percent=Decimal(12)) == lines(
        """
        2026-04-01 | 17246 | 246 | 0 | Due
        2026-05-01 | 17168 | 168 | 0 | Due
        USD 660.00 not due yet is not in the plan
        """
    )
    items = open_items(clerk.books, date(2026, 3, 10))
    assert on_plan(clerk.books, items, date(2026, 3, 10)).tolist() == [34000, 0, 0]
    assert in_instalments().plans(payments=1, documents=("I-1",)) == [
        "2026-04-01 | 100000 | 0 | 0 | Due"
    ]


def test_a_document_that_is_named_and_not_open_is_said_by_its_number() -> None:
    assert refused(late_office(), documents=("INV-1", "INV-9")) == (
        "plan_document_not_open: `INV-9`, of which nothing is open on 2026-03-10."
    )
    assert refused(late_office(), documents=("INV-9",)).startswith("plan_document_not_open")
