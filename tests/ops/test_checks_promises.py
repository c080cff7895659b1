"""Checks of promises: a day, an amount, and a day that is not over when it is made."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.ops.checks_promises import promise_findings
from tests.ledger_text import ledger

BOOKS = """
    Customers
    Customer ID | Name
    ACME        | Acme
    BOLT        | Bolt

    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Amount
    INV-1      | ACME        | 2026-01-05   | 100.00
    INV-2      | BOLT        | 2026-01-05   | 100.00

    Activities
    Date       | Customer ID | Kind    | Step | Invoice No | Promise Date | Promise Amount
"""


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("2026-03-01 | ACME | Promise | | INV-1 | 2026-03-05 | 10.00", []),
        ("2026-03-01 | ACME | Promise | | | 2026-03-01 | 10.00", []),
        ("2026-03-01 | ACME | Letter | | | | ", []),
        ("2026-03-01 | ACME | Promise | | | | 10.00", ["promise_without_day: an empty cell"]),
        ("2026-03-01 | ACME | Promise | | | 2025-03-05 | 10.00",
         ["promise_for_a_past_day: 2025-03-05, promised on 2026-03-01"]),
        ("2026-03-01 | ACME | Promise | | | 2026-03-05 | ",
         ["promise_without_amount: an empty cell"]),
        ("2026-02-01 | ACME | Promise | | | 2026-02-05 | ", []),  # it is over
        ("2026-03-01 | ACME | Promise | | | 2026-03-05 | 0.00",
         ["promise_not_positive: nothing"]),
    ],
)  # fmt: skip
def test_what_check_says_of_a_promise(row: str, found: list[str]) -> None:
    findings = promise_findings(ledger(BOOKS + f"    {row}\n"), date(2026, 3, 2))
    assert [f"{each.code.name}: {each.seen}" for each in findings] == found
