"""What explain says of the cells of a reconciliation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ar_xl.app.explaining.figures import find
from ar_xl.core.picked import Picked, ReportCell
from tests.ops.bank_books import Bank

STATEMENT = """
    BankStatements
    Statement ID | Account | Currency | From       | To         | Opening | Closing | Status
    S-1          | MAIN    | USD      | 2026-10-01 | 2026-10-31 | 500.00  | 500.00  | Proved
"""


def test_a_step_that_is_a_balance_has_no_items_and_its_empty_cell_is_right() -> None:
    made = Bank(STATEMENT)
    for step in ("Balance per bank, MAIN", "Balance per books, account 1010", "Difference"):
        cell = ReportCell(
            "Reconciliation", date(2026, 10, 31), ("Step", "Items", "Amount"), "Items",
            {"Step": step}, "USD", said={"Account": "MAIN"}, caption="From bank to books, USD",
        )  # fmt: skip
        assert find(made.books, Picked("Bank Rec", "B10", report=cell)).agrees
        typed = Picked("Bank Rec", "B10", "500.00", Decimal(500), report=cell)
        assert not find(made.books, typed).agrees
