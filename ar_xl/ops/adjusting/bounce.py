"""Bounced: the bank took a check or direct debit back (semantics, section 9).

The receipt and all it paid are taken back from the day of the return on, discounts and
differences with it, so that the invoices age from their own due dates again; what stood in the
books before that day stays. Never refused for what came later: money that was refunded since
stays owed by the customer.
"""

from __future__ import annotations

from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.money import from_decimal
from ar_xl.ops.adjusting.affected import RECEIPT, Document
from ar_xl.ops.adjusting.draft import Draft
from ar_xl.ops.adjusting.finding import find
from ar_xl.ops.adjusting.made import Made
from ar_xl.ops.adjusting.reverse import withdraw
from ar_xl.ops.adjusting.unapply import whole_amount
from ar_xl.ops.checks_common import RATE_MISSING

RETURNED_TWICE = code(
    "receipt_returned_twice",
    Severity.ERROR,
    "a receipt that stands: it comes back once",
    "Delete the row. If the payer paid again and that came back too, name the second receipt.",
)

RETURNED_BEFORE = code(
    "returned_before_received",
    Severity.ERROR,
    "the day the bank took the money back, not before it was received",
    "Correct Date, or Document No.",
)


def bounce(made: Made, draft: Draft) -> Finding | None:
    """Take a returned receipt back; charge the customer where a fee is typed or set."""
    if (True, draft.document_no) not in made.books.documents and _returned(made, draft):
        return draft.found(
            RETURNED_TWICE, "document_no", f"`{draft.document_no}`, which was returned already"
        )
    document = find(
        made.books, draft, draft.document_no, "document_no", (RECEIPT,), "a receipt"
    )  # fmt: skip
    if isinstance(document, Finding):
        return document
    problem = whole_amount(draft, document.amount, document) or _too_early(made, draft, document)
    if problem is not None:
        return problem
    applied = made.books.from_source(document)
    made.insist_on_earlier(applied)
    fee = customer_fee(made, draft, document)
    if fee:
        settings = made.ledger.policy.settings
        number = made.add_document(
            draft, settings.invoice_prefix, document, type="Debit Memo", amount=fee,
            gl_account=settings.gl_fees_charged, reference=document.number,
        )  # fmt: skip
        if number is None:
            return draft.found(
                RATE_MISSING, "customer_fee", f"{document.currency} on {draft.day} without a rate"
            )
        made.counts("customer fees", document.currency, fee)
    for each in applied:
        made.take_back(draft, each)
    if draft.bank_fee:
        made.counts("bank fees", document.currency, draft.bank_fee)
    withdraw(made, draft, document)
    made.posts(draft, document.amount, document)
    return None


def _too_early(made: Made, draft: Draft, document: Document) -> Finding | None:
    """A return that is dated before the receipt."""
    received = made.books.receipts.dates("receipt_date")[document.place]
    if draft.date >= int(received.astype("datetime64[D]").astype(int)):
        return None
    seen = f"{draft.day}; {document.number} is of {received}"
    return draft.found(RETURNED_BEFORE, "date", seen)


def customer_fee(made: Made, draft: Draft, document: Document) -> int:
    """What the customer is charged: as typed, else Bounced Fee of Settings in base currency."""
    if draft.customer_fee is not None:
        return draft.customer_fee
    settings = made.ledger.policy.settings
    usual = settings.bounced_fee
    if usual is None or document.currency != settings.base_currency:
        return 0
    return from_decimal(usual, document.currency) or 0


def _returned(made: Made, draft: Draft) -> bool:
    """Whether the receipt came back before, in this batch or an earlier one."""
    before = made.ledger.posted("Adjustments")
    mine = (before.text("document_no") == draft.document_no) & (before.text("kind") == "Bounced")
    gone = made.taken_back.get("Receipts", [])
    now = any(draft.document_no in frame.text("receipt_no").tolist() for frame in gone)
    return bool(mine.any()) or now
