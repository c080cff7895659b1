"""What a reconciliation says in its title, and explain of its cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ar_xl.app.explaining.figures import find
from ar_xl.app.sheets.reconcile_sheet import reconciliation_report
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


def test_the_title_says_which_currency_of_the_account_it_is_and_what_else_is_on_it() -> None:
    made = Bank("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount | Currency
        R-1        | 2026-10-07   | ACME        | Wire   | 100.00 | USD
        R-2        | 2026-10-08   | BOLT        | Wire   | 70.00  | EUR

        Rates
        Date       | Currency | Rate
        2026-10-01 | EUR      | 1.10
    """, gl_cash="1010")  # fmt: skip
    asked = made.asked("2026-10-31")
    lines = dict(reconciliation_report(made.books, asked, made.reconciles("2026-10-31"), ()).lines)
    assert lines["General ledger"] == (
        "account 1010, USD part only; not in this sheet, in other currencies on the account: "
        "EUR 70.00"
    )
