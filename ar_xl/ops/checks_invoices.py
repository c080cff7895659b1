"""Checks of draft invoices and memos: each a rule a bookkeeper would state, none changes a thing.

A check takes the ledger and returns what it found. The list of checks stands at the end.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray, codes_of, positions
from ar_xl.core.dates import day
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.core.tables import DOCUMENT_TYPES
from ar_xl.ops.checks_common import (
    known_customers,
    positive_amounts,
    rates_known,
    required_cells,
    resolved_currencies,
    sane_dates,
    unique_numbers,
)
from ar_xl.ops.customers import customer_values, first_filled
from ar_xl.ops.open_items import with_drafts

TYPE_UNKNOWN = code(
    "document_type_unknown",
    Severity.ERROR,
    f"one of: {', '.join(DOCUMENT_TYPES)}",
    "Choose one from the drop-down, or leave the cell empty for an invoice.",
)
TERMS_UNKNOWN = code(
    "terms_unknown",
    Severity.ERROR,
    "terms that stand on the Terms sheet",
    "Correct the terms, or add them to the Terms sheet.",
)
WITHOUT_TERMS = code(
    "invoice_without_terms",
    Severity.WARNING,
    "a due date, or terms of the row, the customer or the Settings",
    "It is due on its invoice date. Type a due date or terms if it should not be.",
)
DUE_BEFORE_INVOICE = code(
    "due_before_invoice_date",
    Severity.WARNING,
    "a due date on or after the invoice date",
    "Look which of the two dates is wrong. It is posted as it stands.",
)
DUE_FAR = code(
    "due_date_far_away",
    Severity.WARNING,
    "a due date within three years of the invoice date",
    "Look whether the year is right. It is posted as it stands.",
)
TAX_TOO_LARGE = code(
    "tax_above_amount",
    Severity.ERROR,
    "tax between zero and the amount, which contains it",
    "Correct the tax or the amount; the amount is the total with tax.",
)
FREIGHT_TOO_LARGE = code(
    "non_discountable_above_amount",
    Severity.ERROR,
    "a part of the amount, between zero and the whole",
    "Correct Non-discountable or the amount.",
)
APPLIES_TO_ITSELF = code(
    "memo_applies_to_itself",
    Severity.ERROR,
    "the number of another document",
    "Correct Applies To.",
)
MEMO_BEFORE_INVOICE = code(
    "memo_dated_before_invoice",
    Severity.WARNING,
    "a credit memo dated on or after the invoice it reduces",
    "Look which date is wrong. It is posted as it stands.",
)
CONTROL_ACCOUNT = code(
    "gl_account_is_control_account",
    Severity.ERROR,
    "the account of the other side, such as revenue; receivables have the control account",
    "Type the account of revenue, or leave GL Account empty.",
)
_FAR_DAYS = np.timedelta64(3 * 366, "D")


def _required(ledger: Ledger) -> list[Finding]:
    """A document has a customer, a date and an amount."""
    return required_cells(ledger.draft("Invoices"), "invoice_no")


def _numbers(ledger: Ledger) -> list[Finding]:
    """A document number is used once; a document that was undone has set its number free."""
    return unique_numbers(ledger, "Invoices", "invoice_no")


def _customers(ledger: Ledger) -> list[Finding]:
    """A document names a customer that is known; imports add theirs beforehand."""
    return known_customers(ledger, ledger.draft("Invoices"), "invoice_no")


def _amounts(ledger: Ledger) -> list[Finding]:
    """An amount is above zero: the type says which side the document is on."""
    drafts = ledger.draft("Invoices")
    return positive_amounts(drafts, "invoice_no", resolved_currencies(ledger, drafts))


def _types(ledger: Ledger) -> list[Finding]:
    """A type is one of ours; empty means Invoice."""
    drafts = ledger.draft("Invoices")
    kinds = drafts.text("type")
    wrong = ~np.isin(kinds, np.array(["", *DOCUMENT_TYPES], dtype=object))
    return rows_found(wrong, drafts, TYPE_UNKNOWN, "type", "invoice_no", lambda i: f"`{kinds[i]}`")


def _parts(ledger: Ledger) -> list[Finding]:
    """Tax and non-discountable are parts of the amount."""
    drafts = ledger.draft("Invoices")
    amount, currency = drafts.ints("amount"), resolved_currencies(ledger, drafts)
    findings: list[Finding] = []
    for key, found in (("tax", TAX_TOO_LARGE), ("non_discountable", FREIGHT_TOO_LARGE)):
        part = drafts.ints(key)
        wrong = (part != BLANK) & (amount != BLANK) & (amount > 0) & ((part > amount) | (part < 0))

        def seen(i: int, part: IntArray = part) -> str:
            shown = [money_text(int(values[i]), currency[i]) for values in (part, amount)]
            return f"{shown[0]} of {shown[1]}"

        findings += rows_found(wrong, drafts, found, key, "invoice_no", seen)
    return findings


def _terms(ledger: Ledger) -> list[Finding]:
    """Terms are known; where nothing says when a document is due, it is due at once."""
    drafts = ledger.draft("Invoices")
    customer = customer_values(ledger, drafts.text("customer_id"), "terms")
    default = np.full(len(drafts), ledger.policy.settings.default_terms, dtype=object)
    typed = drafts.text("terms")
    memo = drafts.text("type") == "Credit Memo"
    terms = np.where(memo, typed, first_filled(typed, customer, default)).astype(object)
    (codes,), names = codes_of(terms)
    known = np.fromiter((n == "" or n in ledger.policy.terms for n in names), bool, len(names))
    unknown = ~known[codes]
    undated = np.isnat(drafts.dates("due_date")) & ~np.isnat(drafts.dates("invoice_date"))
    nothing = (terms == "") & undated & ~memo

    def seen(i: int) -> str:
        if typed[i]:
            return f"`{terms[i]}`"
        whose = "the customer's terms" if customer[i] else "Default Terms of the Settings"
        return f"`{terms[i]}`, {whose}"

    return [
        *rows_found(unknown, drafts, TERMS_UNKNOWN, "terms", "invoice_no", seen),
        *rows_found(nothing, drafts, WITHOUT_TERMS, "due_date", "invoice_no",
                    lambda _: "neither due date nor terms"),
    ]  # fmt: skip


def _dates(ledger: Ledger) -> list[Finding]:
    """A document is not due before it is written, nor years after."""
    drafts = ledger.draft("Invoices")
    written, due = drafts.dates("invoice_date"), drafts.dates("due_date")

    def seen(i: int) -> str:
        return f"due {due[i]}, invoice date {written[i]}"

    return [
        *sane_dates(drafts, "invoice_no", "invoice_date"),
        *rows_found(due < written, drafts, DUE_BEFORE_INVOICE, "due_date", "invoice_no", seen),
        *rows_found(due - written > _FAR_DAYS, drafts, DUE_FAR, "due_date", "invoice_no", seen),
    ]


def _rates(ledger: Ledger) -> list[Finding]:
    """A document in a foreign currency has an exchange rate on its date."""
    drafts = ledger.draft("Invoices")
    currencies = resolved_currencies(ledger, drafts)
    return rates_known(ledger, drafts, "invoice_no", currencies, "invoice_date")


def _memos(ledger: Ledger) -> list[Finding]:
    """A credit memo reduces another document, and is not older than that."""
    drafts = ledger.draft("Invoices")
    names: TextArray = drafts.text("applies_to")
    documents = with_drafts(ledger, "Invoices")
    at = positions(documents.text("invoice_no"), names)
    memo = (drafts.text("type") == "Credit Memo") & (names != "")
    itself = (names == drafts.text("invoice_no")) & (names != "")
    credited = documents.dates("invoice_date")[at] if len(documents) else names
    older = memo & (at >= 0) & ~itself
    older[older] = drafts.dates("invoice_date")[older] < credited[older]

    def seen(i: int) -> str:
        return f"{drafts.dates('invoice_date')[i]}; `{names[i]}` is of {credited[i]}"

    return [
        *rows_found(itself, drafts, APPLIES_TO_ITSELF, "applies_to", "invoice_no",
                    lambda i: f"`{names[i]}`"),
        *rows_found(older, drafts, MEMO_BEFORE_INVOICE, "invoice_date", "invoice_no", seen),
    ]  # fmt: skip


def _accounts(ledger: Ledger) -> list[Finding]:
    """A document's account is not the control account: its journal would move nothing in it."""
    drafts, settings = ledger.draft("Invoices"), ledger.policy.settings
    wrong = drafts.text("gl_account") == settings.gl_ar
    wrong &= ~np.isin(drafts.text("type").astype(str), ("Late Fee", "Refund"))
    if settings.cut_over is not None:  # what was taken over is booked against opening balances
        wrong &= ~(drafts.dates("invoice_date") < day(settings.cut_over))
    return rows_found(
        np.asarray(wrong, dtype=np.bool_), drafts, CONTROL_ACCOUNT, "gl_account", "invoice_no",
        lambda _: f"`{settings.gl_ar}`, the GL AR of the Settings",
    )  # fmt: skip


INVOICE_CHECKS: tuple[Callable[[Ledger], list[Finding]], ...] = (
    _required,
    _numbers,
    _customers,
    _types,
    _amounts,
    _parts,
    _terms,
    _dates,
    _rates,
    _memos,
    _accounts,
)
