"""Statements that wait: an honest one of its date goes, unless nothing is to go to the customer."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.ops.statements.overtaken import overtaken_statements
from tests.ledger_text import ledger

OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 2)
BOOKS = """
    Customers
    Customer ID | Name | Parent ID | Status | Reminder Block
    ACME        | Acme |        | {}     | {}
    KID         | Kid  | {}     | Active |

    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-1      | ACME        | 2026-10-05   | 2026-11-04 | 100.00
    INV-2      | KID         | 2026-10-05   | 2026-11-04 | 10.00

    Receipts (posted)
    Receipt No | Receipt Date | Customer ID | Amount
    R-1        | 2026-11-01   | ACME        | {}

    Activities
    Date       | Customer ID | Kind      | Paper      | Outcome
    2026-10-31 | ACME        | Statement | S/Acme.pdf | {}
    """


def held(
    status: str = "Active", block: str = "", paid: str = "40.00", told: str = "",
    parent: str = "", as_of: date = NOVEMBER,
) -> list[str]:  # fmt: skip
    books = ledger(BOOKS.format(status, block, parent, paid, told))
    return list(overtaken_statements(books, as_of).values())


def test_a_statement_whose_figures_are_of_its_date_goes() -> None:
    assert held() == []


@pytest.mark.parametrize("paid", ["100.00", "120.00"])
def test_who_owes_nothing_any_more_gets_none(paid: str) -> None:
    assert held(paid=paid) == ["nothing is owed any more"]
    assert held(paid=paid, as_of=OCTOBER) == []


def test_a_statement_that_was_made_to_say_that_nothing_is_due_goes() -> None:
    assert held(paid="100.00", told="Nothing due") == []


def test_what_is_owed_by_those_whom_the_customer_pays_for_counts() -> None:
    assert held(paid="100.00", parent="ACME") == []


@pytest.mark.parametrize("status", ["Closed", "Legal", "Agency"])
def test_who_is_closed_or_was_handed_over_gets_none(status: str) -> None:
    assert held(status=status) == [f"Status {status}"]


def test_whose_reminders_are_blocked_gets_none_without_a_second_look() -> None:
    assert held(block="court") == ["reminders are blocked: court"]
