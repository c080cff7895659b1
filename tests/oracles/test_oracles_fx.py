"""Exchange differences as other systems' tests expect them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ar_xl.core.dates import LAST_DATE
from ar_xl.ops.open_items import credits, open_items
from tests.ledger_text import policy
from tests.ops.clerk import Clerk
from tests.oracles.cases import Case, cents

pytestmark = pytest.mark.shared


def books(currency: str, owed: Any, at: Decimal, paid: Any, then: Decimal, **rules: Any) -> Clerk:
    """An invoice at one rate and a receipt that pays it at another; rates are base per unit."""
    made = Clerk(
        f"""
        Rates
        Currency   | Date       | Rate
        {currency} | 2026-01-01 | {at:.10f}
        {currency} | 2026-02-01 | {then:.10f}
        """,
        policy(**rules),
    )
    made.types(f"""
        Invoices
        Invoice No | Customer ID | Invoice Date | Currency   | Amount
        INV-1      | ACME        | 2026-01-05   | {currency} | {owed}
    """).posts("2026-01-31")
    made.types(f"""
        Receipts
        Receipt No | Customer ID | Receipt Date | Method | Currency   | Amount | Remittance
        R-1        | ACME        | 2026-02-05   | Wire   | {currency} | {paid} | INV-1
    """).posts()
    return made


def base(made: Clerk, account: str) -> int:
    """Debit less credit of an account, in base."""
    rows = made.books.posted("Journal")
    rows = rows.take(rows.text("account") == account)
    return int((rows.ints("base_debit") - rows.ints("base_credit")).sum())


def test_fx_01_the_gain_is_what_was_paid_less_what_was_booked(cases: dict[str, Case]) -> None:
    given, expected = cases["FX-01"]["inputs"], cases["FX-01"]["expected"]
    invoice, payment = given["invoice"], given["payment"]
    rates = [1 / Decimal(str(each["eur_per_base"])) for each in (invoice, payment)]
    made = books("EUR", invoice["amount"], rates[0], payment["amount"], rates[1])
    assert base(made, "4000") == -cents(expected["booked_base"])
    assert base(made, "1000") == cents(expected["paid_base"])
    assert base(made, "7000") == -cents(expected["exchange_gain"])
    assert base(made, "1200") == cents(expected["ar_after"])


def test_fx_02_a_part_payment_loses_on_its_part_alone(cases: dict[str, Case]) -> None:
    given, expected = cases["FX-02"]["inputs"], cases["FX-02"]["expected"]
    invoice, payment = given["invoice"], given["payment"]
    then = Decimal(payment["bank_base"]) / payment["usd"]
    made = books("EUR", invoice["amount"], Decimal(invoice["rate"]), payment["usd"], then)
    owed = cents(invoice["amount"] * invoice["rate"])
    assert base(made, "1200") == owed - cents(expected["ar_credit_base"])
    assert base(made, "7000") == cents(expected["exchange_loss"])
    assert open_items(made.books, LAST_DATE).open.tolist() == [cents(expected["outstanding_usd"])]


def test_fx_07_the_difference_is_of_what_is_applied_and_the_rest_stays(
    cases: dict[str, Case],
) -> None:
    given, expected = cases["FX-07"]["inputs"], cases["FX-07"]["expected"]
    invoice, receipt = given["invoice"], given["receipt"]
    made = books(
        "EUR", invoice["amount"], Decimal(invoice["rate"]), receipt["amount"],
        Decimal(receipt["rate"]),
    )  # fmt: skip
    assert base(made, "7000") == -cents(expected["exchange_difference"])
    left = credits(made.books, LAST_DATE).unapplied.tolist()
    assert left == [cents(expected["receipt_left_eur"])]


def test_fx_09_a_small_difference_and_the_exchange_make_up_what_is_missing(
    cases: dict[str, Case],
) -> None:
    given, expected = cases["FX-09"]["inputs"], cases["FX-09"]["expected"]
    owed, paid = given["receivable"], given["payment"]
    rates = [Decimal(str(each["base"])) / Decimal(str(each["eur"])) for each in (owed, paid)]
    made = books("EUR", owed["eur"], rates[0], paid["eur"], rates[1], under_tolerance="1")
    together = cents(expected["write_off_base"]) + cents(expected["exchange_difference_base"])
    assert base(made, "6900") + base(made, "7000") == together
    assert base(made, "1200") == 0
