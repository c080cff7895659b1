"""The roll-forward of another system's customer report."""

from __future__ import annotations

from datetime import date

import pytest

from ar_xl.ops.aging import aging
from ar_xl.ops.movements import CREDIT_MEMOS, DISCOUNTS, INVOICES, RECEIPTS, WRITE_OFFS
from ar_xl.ops.rollforward import roll_forward
from tests.oracles.cases import Case, cents
from tests.posted_lines import book

pytestmark = pytest.mark.shared
KINDS = {"invoice": "invoice", "payment": "receipt", "credit_note": "credit-memo"}


def test_roll_01_opening_plus_documents_less_payments_is_closing(cases: dict[str, Case]) -> None:
    given, expected = cases["ROLL-01"]["inputs"], cases["ROLL-01"]["expected"]
    lines, applied = [], []
    for row in given["documents"]:
        due = f" due={row['due']}" if row["type"] == "invoice" else ""
        amount = f"{row['amount']:.2f}"
        lines.append(f"{KINDS[row['type']]} {row['id']} Owner {row['date']} {amount}{due}")
        if row.get("applied_to"):
            applied.append(f"apply {row['id']} {row['applied_to']} {amount} {row['date']}")
    ledger = book("\n".join(lines + applied))
    first, last = (date.fromisoformat(text) for text in given["period"].split(".."))
    (found,) = roll_forward(ledger, first, last)
    assert found.opening == cents(expected["opening"])
    wanted = {
        INVOICES: expected["plus_invoices"],
        RECEIPTS: -expected["minus_payments"],
        CREDIT_MEMOS: -expected["minus_credit_notes"],
        DISCOUNTS: -expected["minus_discounts"],
        WRITE_OFFS: -expected["minus_write_offs"],
    }
    assert {label: found.line(label) for label in wanted} == {
        label: cents(amount) for label, amount in wanted.items()
    }
    assert found.closing == cents(expected["closing"])
    assert {"USD": found.closing} == aging(ledger, last).by_currency()
