"""Receipts posted against a few invoices, and what came of it as lines."""

from __future__ import annotations

from datetime import date

from ar_xl.core.ledger import Change, Request
from ar_xl.core.policy import Policy
from ar_xl.ops.post_payments import post_payments
from tests.ledger_text import frame_text, ledger

AS_OF = Request(date(2026, 3, 31), "tester")
TWO_INVOICES = """
    Invoices (posted)
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount
    INV-7      | ACME        | 2026-01-05   | 2026-02-04 | 100.00
    INV-9      | ACME        | 2026-01-10   | 2026-02-09 | 250.00
"""
ONE_RECEIPT = """
    Receipts
    Receipt No | Receipt Date | Customer ID | Amount | Remittance
    R-1        | 2026-02-01   | ACME        | {amount} | {names}
"""


def paid(text: str, rules: Policy | None = None) -> Change:
    return post_payments(ledger(text, rules), AS_OF)


def receipt_of(amount: str, names: str = "", rules: Policy | None = None) -> Change:
    return paid(TWO_INVOICES + ONE_RECEIPT.format(amount=amount, names=names), rules)


def applications(change: Change) -> list[str]:
    if "Applications" not in change.appends:
        return []
    return frame_text(
        change.appends["Applications"], "Source No", "Invoice No", "Amount", "Discount",
        "Difference", "Rule",
    )  # fmt: skip


def unapplied(change: Change) -> list[str]:
    return frame_text(change.posts["Receipts"], "Receipt No", "Unapplied", "Status")


def codes(change: Change) -> list[str]:
    return [finding.code.name for finding in change.findings]
