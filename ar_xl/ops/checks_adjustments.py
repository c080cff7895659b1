"""Checks of draft adjustments: what each kind needs, and who has to approve it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import BLANK, TextArray, positions
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text, to_decimal
from ar_xl.core.tables import ADJUSTMENT_KINDS
from ar_xl.ops.checks_common import (
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
KIND_NOT_POSTED_YET = code(
    "adjustment_kind_not_posted_yet",
    Severity.WARNING,
    "a kind that a command of this version posts: Special Discount",
    "It stays a draft and counts nowhere; the other kinds come with the command `adjust`.",
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
OWN_APPROVAL = code(
    "approved_by_requester",
    Severity.ERROR,
    "another person in Approved By than in Requested By",
    "Let someone else approve it.",
)
APPROVAL_MISSING = code(
    "approval_missing",
    Severity.ERROR,
    "an approver, because the amount is above the Write-off Approval Limit",
    "Fill in Approved By: another person than the one who asked for it.",
)

_OF_INVOICE = ("Special Discount", "Write-off", "Recovery", "Fee Waiver")
_OF_RECEIPT = ("Bounced",)
_WITH_AMOUNT = ("Write-off", "Recovery", "Fee Waiver", "Refund")


def _required(ledger: Ledger) -> list[Finding]:
    """An adjustment has a date, a kind and a reason."""
    return required_cells(ledger.draft("Adjustments"), "adjustment_no")


def _numbers(ledger: Ledger) -> list[Finding]:
    """An adjustment number is used once."""
    return unique_numbers(ledger, "Adjustments", "adjustment_no")


def _not_posted_yet(ledger: Ledger) -> list[Finding]:
    """A kind that no command posts stays a draft, and that is said."""
    drafts = ledger.draft("Adjustments")
    kinds = drafts.text("kind")
    later = np.array([k for k in ADJUSTMENT_KINDS if k != "Special Discount"], dtype=object)
    return rows_found(
        np.isin(kinds, later), drafts, KIND_NOT_POSTED_YET, "kind", "adjustment_no",
        lambda i: f"`{kinds[i]}`",
    )  # fmt: skip


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
    receipts = _standing(ledger, "Receipts", "receipt_no")
    of_invoice = np.isin(kinds, np.array(_OF_INVOICE, dtype=object))
    of_receipt = np.isin(kinds, np.array(_OF_RECEIPT, dtype=object))
    wrong = of_invoice & (positions(invoices, documents) < 0)
    wrong |= of_receipt & (positions(receipts, documents) < 0)
    lost = (kinds == "Apply") & (positions(invoices, target) < 0)
    return [
        *rows_found(wrong, drafts, DOCUMENT_UNKNOWN, "document_no", "adjustment_no",
                    lambda i: f"`{documents[i]}`" if documents[i] else "an empty cell"),
        *rows_found(lost, drafts, APPLY_TO_UNKNOWN, "apply_to", "adjustment_no",
                    lambda i: f"`{target[i]}`" if target[i] else "an empty cell"),
    ]  # fmt: skip


def _currencies(ledger: Ledger) -> TextArray:
    """The currency of each draft: that of the document it changes."""
    drafts = ledger.draft("Adjustments")
    out = np.full(len(drafts), ledger.policy.settings.base_currency, dtype=object)
    for table, number in (("Invoices", "invoice_no"), ("Receipts", "receipt_no")):
        posted = ledger.posted(table)
        at = positions(posted.text(number), drafts.text("document_no"))
        out[at >= 0] = posted.text("currency")[at[at >= 0]]
    return out


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

    return [
        *positive_amounts(drafts, "adjustment_no", _currencies(ledger)),
        *rows_found(wrong, drafts, AMOUNT_OR_PERCENT, "percent", "adjustment_no", seen),
        *rows_found(needed, drafts, AMOUNT_NEEDED, "amount", "adjustment_no",
                    lambda _: "an empty cell"),
    ]  # fmt: skip


def _approvals(ledger: Ledger) -> list[Finding]:
    """No one approves their own; above the limit someone has to."""
    drafts = ledger.draft("Adjustments")
    asked, approved = drafts.text("requested_by"), drafts.text("approved_by")
    own = (approved != "") & (_plain(approved) == _plain(asked))
    found = rows_found(
        own, drafts, OWN_APPROVAL, "approved_by", "adjustment_no", lambda i: f"`{approved[i]}`"
    )
    limit = ledger.policy.settings.write_off_limit
    if limit is None:
        return found
    amounts, currency = drafts.ints("amount"), _currencies(ledger)
    above = np.fromiter(
        (a != BLANK and to_decimal(a, c) > limit
         for a, c in zip(amounts.tolist(), currency.tolist(), strict=True)),
        bool, len(amounts),
    )  # fmt: skip
    wrong = (drafts.text("kind") == "Write-off") & above & (approved == "")
    return found + rows_found(
        wrong, drafts, APPROVAL_MISSING, "approved_by", "adjustment_no",
        lambda i: f"{money_text(int(amounts[i]), currency[i])} without an approver, limit {limit}",
    )  # fmt: skip


def _plain(names: TextArray) -> TextArray:
    out: TextArray = np.empty(len(names), dtype=object)
    out[:] = [" ".join(name.split()).casefold() for name in names]
    return out


def _dates(ledger: Ledger) -> list[Finding]:
    """An adjustment is not so old that its year was mistyped."""
    return sane_dates(ledger.draft("Adjustments"), "adjustment_no", "date")


ADJUSTMENT_CHECKS: tuple[Callable[[Ledger], list[Finding]], ...] = (
    _required,
    _numbers,
    _kinds,
    _not_posted_yet,
    _customers,
    _documents,
    _amounts,
    _approvals,
    _dates,
)
