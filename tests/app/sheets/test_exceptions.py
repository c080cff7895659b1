"""Exceptions of a month: bank lines by what has to be done with them."""

from __future__ import annotations

from datetime import date

from ar_xl.app.sheets.exceptions import exceptions_block
from ar_xl.ops.aging import aging
from tests.ops.bank_books import Bank

LINES = """
    BankLines
    Line ID | Account | Date       | Kind    | Amount | Currency
    B-1     | MAIN    | 2026-09-30 | Payment | 10.00  | USD
    B-2     | MAIN    | 2026-09-30 | Return  | -10.00 | USD
    B-3     | MAIN    | 2026-09-30 | Fee     | -5.00  | USD
    B-4     | MAIN    | 2026-10-31 | Fee     | -5.00  | USD
    B-5     | MAIN    | 2026-10-31 | Other   | -80.00 | USD
"""


def test_fees_of_the_month_stand_apart_from_what_match_asks_about() -> None:
    books = Bank(LINES).books
    columns = exceptions_block(books, aging(books, date(2026, 10, 31)), ()).columns
    said = dict(zip(columns[0].values.tolist(), columns[1].values.tolist(), strict=True))
    assert {name: said[name] for name in said if "Customers" not in name} == {
        "Bank lines of which nobody said what they are": 1, "Returned payments not booked": 1,
        "Bank fees to book in the general ledger": 1,
        "Other lines to book in the general ledger": 1,
    }  # fmt: skip
