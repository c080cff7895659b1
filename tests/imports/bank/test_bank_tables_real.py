"""Tables of real banks, as the collection of samples says they are read."""

from __future__ import annotations

import pytest

from ar_xl.imports.bank.parts import BankFile, BankOptions, Source
from ar_xl.imports.bank.tables import bankcsv
from tests.imports.bank.tables import SHARED, balances, rows

pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="the shared collection of bank files is not beside the repository"
)


def _real(name: str, asked: BankOptions | None = None) -> BankFile:
    path = SHARED / "bank" / name
    return bankcsv.read(Source(name, path.read_bytes(), path), asked or BankOptions())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_account_data_above_the_headings_and_a_closing_line(kind: str) -> None:
    name = f"oca__meta_data_separated_credit_debit.{kind}"
    file = _real(name, BankOptions(dates="dmy"))
    assert balances(file) == ["08088804068 | EUR | 30000.77 | 31070.11"]  # two cents are missing
    assert [row.split(" | ")[1] for row in rows(file)] == ["-50.00", "-100.00", "-80.68", "1300.00"]


def test_the_flag_the_minus_and_the_balance() -> None:
    file = _real("oca__debit_credit.csv")
    assert rows(file) == ["2018-12-15 | -33.50", "2018-12-15 | 1533.50"]
    assert balances(file) == [" |  | 10.00 | 1510.00"]


def test_currencies_are_never_added_together() -> None:
    assert balances(_real("oca__multi_currency.csv")) == [" | USD |  | ", " | EUR |  | "]
    assert rows(_real("oca__original_currency.csv")) == ["2018-12-15 | 1525.00"]


def test_a_comment_row_is_skipped_and_the_balance_runs_backwards() -> None:
    file = _real("fava__import.csv")
    assert balances(file) == ["ATXYZ123400000 | EUR | 4617.89 | 4467.89"]
    assert len(rows(file)) == 2


def test_stripe_has_gross_and_a_negative_refund() -> None:
    file = _real("hledger__stripe.csv")
    assert rows(file, "amount", "kind") == ["12.00 | Payment", "-0.77 | Refund"]
    assert balances(file) == ["Stripe | USD |  | "]


def test_a_funding_leg_of_paypal_is_no_customer_payment() -> None:
    file = _real("ledger-autosync__paypal.csv", BankOptions(dates="mdy"))
    assert rows(file, "amount", "kind") == ["-20.00 | Other", "1120.00 | Other"]


def test_equal_lines_are_kept_and_code_pages_are_read() -> None:
    assert len(rows(_real("beancount-import__generic_statement.csv"))) == 6
    assert rows(_real("hledger__sample.fr.cp1252.csv"), "text")[2] == "CAFÉ — €20 REÇU"
