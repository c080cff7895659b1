"""Checks of draft adjustments: what each kind needs, and who has to approve it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    IntArray,
    TextArray,
    codes_of,
    positions,
    sum_by,
    text_array,
)
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text, to_decimal
from ar_xl.core.tables import ADJUSTMENT_KINDS
from ar_xl.ops.checks_common import (
    AMOUNT_NOT_POSITIVE,
    known_customers,
    positive_amounts,
    required_cells,
    sane_dates,
    unique_numbers,
)
from ar_xl.ops.open_items import live_rows
from ar_xl.ops.rates import in_base

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
OWN_APPROVAL = code(
    "approved_by_requester",
    Severity.ERROR,
    "another person in Approved By than in Requested By",
    "Let someone else approve it.",
)
APPROVAL_MISSING = code(
    "approval_missing",
    Severity.ERROR,
    "names in Requested By and Approved By, because the amount is above the approval limit",
    "Fill in both: the one who approves is another person than the one who asked for it.",
)
CUSTOMER_OR_DOCUMENT = code(
    "refund_of_nobody",
    Severity.ERROR,
    "a Customer ID, or the credit memo or receipt that is paid out in Document No",
    "Fill in one of them.",
)

_OF_INVOICE = ("Special Discount", "Write-off", "Recovery", "Fee Waiver")
_LIMITED = {"Write-off": "write_off_limit", "Recovery": "write_off_limit", "Refund": "refund_limit"}
_WITH_AMOUNT = ("Write-off", "Recovery", "Fee Waiver", "Refund")


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
    of_invoice = np.isin(kinds, np.array(_OF_INVOICE, dtype=object))
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

    currencies = _currencies(ledger)
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


def _approvals(ledger: Ledger) -> list[Finding]:
    """No one approves their own; above the limit someone has to."""
    drafts = ledger.draft("Adjustments")
    asked, approved = drafts.text("requested_by"), drafts.text("approved_by")
    own = (approved != "") & (_plain(approved) == _plain(asked))
    found = rows_found(
        own, drafts, OWN_APPROVAL, "approved_by", "adjustment_no", lambda i: f"`{approved[i]}`"
    )
    above = _above_limit(ledger, drafts)
    wrong = np.array([bool(words) for words in above], dtype=np.bool_)
    wrong &= (approved == "") | (asked == "")
    return found + rows_found(
        wrong, drafts, APPROVAL_MISSING, "approved_by", "adjustment_no",
        lambda i: f"{above[i]} without {'an approver' if not approved[i] else 'a requester'}",
    )  # fmt: skip


def _above_limit(ledger: Ledger, drafts: Frame) -> list[str]:
    """The amount and its limit in words where it is above; drafts on one document count together.

    Limits are in the base currency; an amount is taken at its document's rate.
    """
    settings, home = ledger.policy.settings, ledger.policy.settings.base_currency
    currency, rate = _currencies(ledger), _rates(ledger)
    amounts = np.where(drafts.ints("amount") == BLANK, 0, drafts.ints("amount"))
    base = in_base(amounts, currency, rate, home)
    kinds, documents = drafts.text("kind"), drafts.text("document_no")
    whose = np.where(documents == "", drafts.text("customer_id"), documents)
    keys = text_array(f"{kind}\t{who}" for kind, who in zip(kinds, whose, strict=True))
    (group,), names = codes_of(keys)
    together = sum_by(group, base, len(names))[group]
    made = []
    for kind, total in zip(kinds.tolist(), together.tolist(), strict=True):
        limit = getattr(settings, _LIMITED[kind]) if kind in _LIMITED else None
        above = limit is not None and to_decimal(total, home) > limit
        made.append(f"{home} {money_text(total, home)}, limit {limit}," if above else "")
    return made


def _rates(ledger: Ledger) -> IntArray:
    """The rate of the document that each draft changes; BLANK where it names none."""
    drafts = ledger.draft("Adjustments")
    out = np.full(len(drafts), BLANK, dtype=np.int64)
    for table, number in (("Invoices", "invoice_no"), ("Receipts", "receipt_no")):
        posted = ledger.posted(table)
        at = positions(posted.text(number), drafts.text("document_no"))
        out[at >= 0] = posted.ints("rate")[at[at >= 0]]
    return out


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
    _customers,
    _documents,
    _amounts,
    _approvals,
    _dates,
)
