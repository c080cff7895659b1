"""Figures of Invoices, Instalments and Receipts."""

from __future__ import annotations

import numpy as np

from ar_xl.app.explaining.of_fees import charge, run_date
from ar_xl.app.sheets.parts import amount
from ar_xl.core.arrays import BLANK
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.explanation import Explanation, Part, Unit, traced
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import exponent
from ar_xl.core.terms import Terms
from ar_xl.ops.collecting.planinterest import told_types
from ar_xl.ops.open_items import OpenItems, credits, open_items
from ar_xl.ops.past import before
from ar_xl.ops.tracing import of_items, settled_rows, used_rows


def document_amount(ledger: Ledger, row: Frame) -> Explanation | None:
    """The amount of a document: what settled it, and what is still open."""
    number, currency = str(row.text("invoice_no")[0]), str(row.text("currency")[0])
    kind, value = str(row.text("type")[0]), int(row.ints("amount")[0])
    if kind == "Credit Memo":
        return _credit(ledger, row, "Credit Memo", number)
    items = open_items(ledger, LAST_DATE)
    items = items.take(np.flatnonzero(items.invoice_no == number))
    if not len(items) or items.documents.row[items.document[0]] != row.row[0]:
        return None
    if int(items.amount.sum()) != value:  # taken back since: nothing is left to add up
        return None
    used = settled_rows(ledger.posted("Applications"), items)
    left = of_items(ledger, items, items.open, "still open")
    see = tuple(
        f"Instalment {line}: {amount(int(part), currency)}, due {due}"
        for line, part, due in zip(items.line, items.amount, items.due_date, strict=True)
        if len(items) > 1
    )
    rule = "What was applied to it, and what is still open, make up the amount."
    if kind == "Late Fee":
        found = _fee(ledger, row, currency)
        if found is not None:
            return found
    parts = Part("Applied", used), Part("Open", left)
    return Explanation(rule, Unit.MONEY, value, currency, parts, see=see)


def _fee(ledger: Ledger, row: Frame, currency: str) -> Explanation | None:
    fees = ledger.posted("Fees")
    mine = (fees.text("fee_invoice_no") == row.text("invoice_no")[0]) & (
        fees.text("batch") == row.text("batch")[0]
    )
    fees = fees.take(np.flatnonzero(mine))
    if not len(fees):
        return None
    books = before(ledger, str(fees.text("batch")[0]))
    return charge(books, fees, run_date(ledger, fees), currency)


def _credit(ledger: Ledger, row: Frame, kind: str, number: str) -> Explanation | None:
    """A receipt or memo: what was used of it, and what is not applied yet."""
    currency, value = str(row.text("currency")[0]), int(row.ints("amount")[0])
    found = credits(ledger, LAST_DATE)
    at = np.flatnonzero((found.source_type == kind) & (found.source_no == number))
    if not len(at) or int(found.amount[at[0]]) != value:
        return None
    used = ledger.posted("Applications")
    mine = (used.text("source_type") == kind) & (used.text("source_no") == number)
    left = traced(
        row, found.unapplied[at], "receipt_no" if kind == "Receipt" else "invoice_no",
        "receipt_date" if kind == "Receipt" else "invoice_date", "not applied yet",
    )  # fmt: skip
    parts = (
        Part("Applied", used_rows(used.take(np.flatnonzero(mine)))),
        Part("Unapplied", left.take(left.amount != 0)),
    )
    rule = "What was applied of it to documents, and what is not applied yet, make up the amount."
    return Explanation(rule, Unit.MONEY, value, currency, parts)


def receipt_amount(ledger: Ledger, row: Frame) -> Explanation | None:
    """The amount of a receipt: its applications and the rest."""
    return _credit(ledger, row, "Receipt", str(row.text("receipt_no")[0]))


def receipt_unapplied(ledger: Ledger, row: Frame) -> Explanation | None:
    """What is left of a receipt."""
    number, currency = str(row.text("receipt_no")[0]), str(row.text("currency")[0])
    found = credits(ledger, LAST_DATE)
    at = np.flatnonzero((found.source_type == "Receipt") & (found.source_no == number))
    rule = "The amount less what was applied of it. Kept up to date after every posting."
    if not len(at) or row.text("status")[0] == "Reversed":
        rule = "Nothing is left of a receipt that was reversed."
        return Explanation(rule, Unit.MONEY, 0, currency)
    used = ledger.posted("Applications")
    mine = (used.text("source_type") == "Receipt") & (used.text("source_no") == number)
    received = traced(row, row.ints("amount"), "receipt_no", "receipt_date", "received")
    spent = used_rows(used.take(np.flatnonzero(mine))).negative()
    parts = Part("Received", received), Part("Applied", spent)
    return Explanation(rule, Unit.MONEY, int(found.unapplied[at[0]]), currency, parts)


def receipt_status(ledger: Ledger, row: Frame) -> Explanation:
    """Applied, Part applied, Unapplied or Reversed."""
    rule = (
        "Applied: nothing is left of the receipt. Unapplied: all of it is. Reversed: a later batch "
        "took it back. Kept up to date after every posting."
    )
    return Explanation(rule, Unit.WORDS, words=str(row.text("status")[0]))


def terms_words(terms: Terms) -> str:
    """When invoices of some terms fall due, in words."""
    if terms.due_rule == "eom":
        return f"the end of the invoice's month plus {terms.net_days} days"
    if terms.due_rule == "day":
        return f"day {terms.net_days or 'last'} of the month after the invoice date"
    months = f"{terms.net_months} months and " if terms.net_months else ""
    return f"{months}{terms.net_days} days after the invoice date"


def due_date(ledger: Ledger, row: Frame) -> Explanation:
    """When a document falls due, by its terms or as typed."""
    stands, name = row.dates("due_date"), str(row.text("terms")[0])
    invoiced = row.dates("invoice_date")
    terms = ledger.policy.terms.get(name)
    shown = "" if np.isnat(stands[0]) else str(stands[0])
    if row.text("type")[0] in ("Credit Memo", "Late Fee", "Refund"):
        kind = told_types(ledger, row.text("invoice_no"), row.text("type"))[0]
        rule = f"A {kind.lower()} is due on its own date, {invoiced[0]}."
        return Explanation(rule, Unit.WORDS, words=shown)
    if terms is None or np.isnat(invoiced[0]):
        why = f"The terms `{name}` are not on the Terms sheet" if name else "It has no terms"
        rule = f"{why}; without terms the invoice date, {invoiced[0]}, is the due date."
        return Explanation(rule, Unit.WORDS, words=shown)
    wanted = terms.part_due_dates(invoiced)[-1] if terms.parts else terms.due_dates(invoiced)
    how = "the last instalment" if terms.parts else terms_words(terms)
    rule = f"Terms {name}: {how}. From {invoiced[0]} that is {wanted[0]}."
    see: tuple[str, ...] = ()
    if shown and str(wanted[0]) != shown:
        see = (
            f"It says {shown}: the date was typed or imported, or the terms were changed since it "
            "was posted.",
        )
    return Explanation(rule, Unit.WORDS, words=shown or str(wanted[0]), see=see)


def _owner(ledger: Ledger, row: Frame) -> tuple[Frame, Terms] | None:
    documents = ledger.posted("Invoices")
    mine = (documents.text("invoice_no") == row.text("invoice_no")[0]) & (
        documents.text("batch") == row.text("batch")[0]
    )
    found = documents.take(np.flatnonzero(mine)[:1])
    terms = ledger.policy.terms.get(str(found.text("terms")[0])) if len(found) else None
    return (found, terms) if terms is not None and terms.parts else None


def instalment_amount(ledger: Ledger, row: Frame) -> Explanation | None:
    """One instalment: its part of the document, by the terms."""
    owner = _owner(ledger, row)
    line = int(row.ints("line")[0])
    if owner is None or not 1 <= line <= len(owner[1].parts):
        return None
    document, terms = owner
    currency = str(document.text("currency")[0])
    part = terms.parts[line - 1]
    share = "the rest"
    if line < len(terms.parts) and part.percent is not None:
        share = f"{part.percent} % of the document, rounded once"
    elif line < len(terms.parts):
        share = f"{part.fixed} of the document"
    value = int(terms.part_amounts(document.ints("amount"), exponent(currency))[line - 1][0])
    rule = f"Terms {terms.name}, instalment {line} of {len(terms.parts)}: {share}."
    rows = traced(document, document.ints("amount"), "invoice_no", "invoice_date", "the document")
    parts = (Part("Document", rows),)
    return Explanation(rule, Unit.MONEY, value, currency, parts, adds_up=False)


def instalment_due(ledger: Ledger, row: Frame) -> Explanation | None:
    """When an instalment falls due."""
    owner = _owner(ledger, row)
    line = int(row.ints("line")[0])
    if owner is None or not 1 <= line <= len(owner[1].parts):
        return None
    document, terms = owner
    part, invoiced = terms.parts[line - 1], document.dates("invoice_date")
    months = f"{part.months} months and " if part.months else ""
    wanted = terms.part_due_dates(invoiced)[line - 1][0]
    rule = (
        f"Terms {terms.name}, instalment {line}: {months}{part.days} days after the invoice date, "
        f"{invoiced[0]}."
    )
    return Explanation(rule, Unit.WORDS, words=str(wanted))


def item_of(ledger: Ledger, number: str, line: int) -> OpenItems:
    """One item as it stands with everything posted; empty where it is not there."""
    items = open_items(ledger, LAST_DATE)
    mine = (items.invoice_no == number) & (items.line == (1 if line == BLANK else line))
    return items.take(np.flatnonzero(mine))
