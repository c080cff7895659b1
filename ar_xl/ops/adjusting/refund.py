"""Refund: a credit balance is paid out (semantics, section 9).

The payment is a document of type Refund, a debit that the credit settles: what it pays out is
never more than the credit, and reversing it opens the credit again.
"""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import text_array
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.money import money_text
from ar_xl.ops.adjusting.affected import Document, Flow
from ar_xl.ops.adjusting.draft import Draft
from ar_xl.ops.adjusting.finding import credit
from ar_xl.ops.adjusting.made import Made
from ar_xl.ops.approvals import refund_currencies
from ar_xl.ops.checks_common import RATE_MISSING
from ar_xl.ops.open_items import open_items

ABOVE_CREDIT = code(
    "refund_above_credit",
    Severity.ERROR,
    "no more than the customer's credit memos and receipts that are not applied",
    "Correct the amount. Money that was applied is unapplied first, which opens its invoice.",
)
STILL_OWES = code(
    "refund_while_customer_owes",
    Severity.WARNING,
    "a customer who owes nothing else",
    "Look whether the credit should pay what is open instead: a row of kind Apply does that.",
)


def refund(made: Made, draft: Draft) -> Finding | None:
    """Pay out the credit named, or the customer's credits, the oldest first."""
    assert draft.amount is not None, "an amount is checked before"
    sources = _sources(made, draft)
    if isinstance(sources, Finding):
        return sources
    there = sum(source.left for source in sources)
    if not sources or draft.amount > there:
        return _above(made, draft, sources, there)
    settings = made.ledger.policy.settings
    number = made.add_document(
        draft, settings.refund_prefix, sources[0], type="Refund", amount=draft.amount,
        reference=draft.check_ref,
    )  # fmt: skip
    if number is None:
        seen = f"{sources[0].currency} on {draft.day} without a rate"
        return draft.found(RATE_MISSING, "document_no", seen)
    document = Document(
        "Refund", number, sources[0].customer_id, sources[0].currency, made.open_day(draft.date),
        draft.amount, "", -1, {1: Flow(draft.amount)}, {1: draft.date},
    )  # fmt: skip
    made.books.documents[False, number] = document
    rest = draft.amount
    for source in sources:
        part = min(rest, source.left)
        if part > 0:
            made.apply(draft, source, document, 1, part)
            rest -= part
    _warn(made, draft, document)
    made.posts(draft, draft.amount, document)
    return None


def _sources(made: Made, draft: Draft) -> list[Document] | Finding:
    if draft.document_no:
        found = credit(made.books, draft)
        return found if isinstance(found, Finding) else [found]
    mine = [
        document for document in made.books.documents.values()
        if document.is_credit and document.customer_id == draft.customer_id and document.left > 0
    ]  # fmt: skip
    wanted = _currency(made, draft)
    mine = [document for document in mine if document.currency == wanted]
    return sorted(mine, key=lambda document: (document.posted, document.number))


def _currency(made: Made, draft: Draft) -> str:
    return str(refund_currencies(made.ledger, text_array([draft.customer_id]))[0])


def _above(made: Made, draft: Draft, sources: list[Document], there: int) -> Finding:
    currency = sources[0].currency if sources else _currency(made, draft)
    asked, credit_left = (
        f"{currency} {money_text(each, currency)}" for each in (draft.amount or 0, there)
    )
    whose = draft.document_no or draft.customer_id or "nobody"
    return draft.found(
        ABOVE_CREDIT, "amount", f"{asked} of {whose}, whose credit is {credit_left}"
    )  # fmt: skip


def _warn(made: Made, draft: Draft, document: Document) -> None:
    """Say where the customer owes something that the credit could have paid."""
    items = open_items(made.ledger, LAST_DATE)
    mine = (items.customer_id == document.customer_id) & (items.currency == document.currency)
    owed = int(items.open[np.flatnonzero(mine)].sum())
    if owed > 0:
        seen = f"{document.customer_id} owes {document.currency} " \
               f"{money_text(owed, document.currency)}"  # fmt: skip
        made.findings.append(draft.found(STILL_OWES, "amount", seen))
