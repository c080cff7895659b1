"""Checks of draft adjustments: what each kind needs, and who has to approve it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    TextArray,
    positions,
)
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.core.tables import ADJUSTMENT_KINDS
from ar_xl.ops.approvals import OF_INVOICE, adjusted, approvals
from ar_xl.ops.checks_common import (
    AMOUNT_NOT_POSITIVE,
    known_customers,
    positive_amounts,
    required_cells,
    sane_dates,
    unique_numbers,
)
from ar_xl.ops.open_items import live_rows

KIND_UNKNOWN = code(
    "adjustment_kind_unknown",
    Severity.ERROR,
    f"one of: {', '.join(ADJUSTMENT_KINDS)}",
    "Choose one from the drop-down.",
)
DOCUMENT_UNKNOWN = code(
    "adjusted_document_unknown",
    Severity.ERROR,
    "the number of a posted document that was not undone",
    "Correct Document No.",
)
APPLY_TO_UNKNOWN = code(
    "apply_to_unknown",
    Severity.ERROR,
    "the number of a posted invoice that was not undone",
    "Correct Apply To.",
)
AMOUNT_OR_PERCENT = code(
    "amount_or_percent",
    Severity.ERROR,
    "an amount, or a percent between 0 and 100; not both",
    "Fill in one of Amount and Percent; 2 means 2 %.",
)
AMOUNT_NEEDED = code(
    "adjustment_without_amount",
    Severity.ERROR,
    "an amount",
    "Fill in how much.",
)
CUSTOMER_OR_DOCUMENT = code(
    "refund_of_nobody",
    Severity.ERROR,
    "a Customer ID, or the credit memo or receipt that is paid out in Document No",
    "Fill in one of them.",
)

_WITH_AMOUNT = ("Write-off", "Recovery", "Refund")


def _required(ledger: Ledger) -> list[Finding]:
    """An adjustment has a date, a kind and a reason."""
    return required_cells(ledger.draft("Adjustments"), "adjustment_no")


def _numbers(ledger: Ledger) -> list[Finding]:
    """An adjustment number is used once."""
    return unique_numbers(ledger, "Adjustments", "adjustment_no")


def _kinds(ledger: Ledger) -> list[Finding]:
    """A kind is one of ours."""
    drafts = ledger.draft("Adjustments")
    kinds = drafts.text("kind")
    wrong = ~np.isin(kinds, np.array(["", *ADJUSTMENT_KINDS], dtype=object))
    return rows_found(
        wrong, drafts, KIND_UNKNOWN, "kind", "adjustment_no", lambda i: f"`{kinds[i]}`"
    )


def _customers(ledger: Ledger) -> list[Finding]:
    """A customer that is named is known."""
    return known_customers(ledger, ledger.draft("Adjustments"), "adjustment_no")


def _standing(ledger: Ledger, table: str, number: str) -> TextArray:
    live, total = live_rows(ledger.posted(table), number)
    numbers: TextArray = live.text(number)[total != 0]
    return numbers


def _documents(ledger: Ledger) -> list[Finding]:
    """What is adjusted is posted and stands."""
    drafts = ledger.draft("Adjustments")
    kinds, documents, target = (drafts.text(k) for k in ("kind", "document_no", "apply_to"))
    invoices = _standing(ledger, "Invoices", "invoice_no")
    of_invoice = np.isin(kinds, np.array(OF_INVOICE, dtype=object))
    wrong = of_invoice & (positions(invoices, documents) < 0)
    returned = ledger.posted("Receipts").text("receipt_no")
    wrong |= (kinds == "Bounced") & (positions(returned, documents) < 0)
    lost = (kinds == "Apply") & (positions(invoices, target) < 0)
    nobody = (kinds == "Refund") & (documents == "") & (drafts.text("customer_id") == "")
    return [
        *rows_found(wrong, drafts, DOCUMENT_UNKNOWN, "document_no", "adjustment_no",
                    lambda i: f"`{documents[i]}`" if documents[i] else "an empty cell"),
        *rows_found(lost, drafts, APPLY_TO_UNKNOWN, "apply_to", "adjustment_no",
                    lambda i: f"`{target[i]}`" if target[i] else "an empty cell"),
        *rows_found(nobody, drafts, CUSTOMER_OR_DOCUMENT, "customer_id", "adjustment_no",
                    lambda _: "neither"),
    ]  # fmt: skip


def _amounts(ledger: Ledger) -> list[Finding]:
    """An amount is above zero; a special discount has an amount or a percent."""
    drafts = ledger.draft("Adjustments")
    kinds, amounts, percents = drafts.text("kind"), drafts.ints("amount"), drafts.numbers("percent")
    has_percent = np.fromiter((p is not None for p in percents), bool, len(percents))
    bad_percent = np.fromiter(
        (p is not None and not Decimal(0) < p <= 100 for p in percents), bool, len(percents)
    )
    has_amount = amounts != BLANK
    discount = kinds == "Special Discount"
    wrong = (discount & (has_amount == has_percent)) | bad_percent
    needed = np.isin(kinds, np.array(_WITH_AMOUNT, dtype=object)) & ~has_amount

    def seen(i: int) -> str:
        if has_amount[i] == has_percent[i]:
            return "both" if has_amount[i] else "neither"
        return f"{percents[i]} %"

    currencies = adjusted(ledger).currency
    return [
        *positive_amounts(drafts, "adjustment_no", currencies),
        *_fees(drafts, currencies),
        *rows_found(wrong, drafts, AMOUNT_OR_PERCENT, "percent", "adjustment_no", seen),
        *rows_found(needed, drafts, AMOUNT_NEEDED, "amount", "adjustment_no",
                    lambda _: "an empty cell"),
    ]  # fmt: skip


def _fees(drafts: Frame, currencies: TextArray) -> list[Finding]:
    """Fees of a returned payment are not negative; 0 is none."""
    found = []
    for key in ("bank_fee", "customer_fee"):
        fees = drafts.ints(key)
        wrong = (fees < 0) & (fees != BLANK)
        each = zip(fees.tolist(), currencies.tolist(), wrong, strict=True)
        shown = [money_text(fee, currency) if bad else "" for fee, currency, bad in each]
        found += rows_found(
            wrong, drafts, AMOUNT_NOT_POSITIVE, key, "adjustment_no", shown.__getitem__
        )
    return found


def _dates(ledger: Ledger) -> list[Finding]:
    """An adjustment is not so old that its year was mistyped."""
    return sane_dates(ledger.draft("Adjustments"), "adjustment_no", "date")


ADJUSTMENT_CHECKS: tuple[Callable[[Ledger], list[Finding]], ...] = (
    _required,
    _numbers,
    _kinds,
    _customers,
    _documents,
    _amounts,
    approvals,
    _dates,
)
