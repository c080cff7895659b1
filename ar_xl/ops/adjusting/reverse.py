"""Reverse: one document is taken back, with what it applied; its batch stands (section 10).

What later depends on it is named and refuses it, as undo does: a receipt that was refunded or
deposited, an invoice that was paid or charged a fee on.
"""

from __future__ import annotations

import numpy as np

from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.ops.adjusting.affected import RECEIPT, Applied, Document
from ar_xl.ops.adjusting.draft import Draft
from ar_xl.ops.adjusting.finding import find
from ar_xl.ops.adjusting.made import Made
from ar_xl.ops.adjusting.unapply import whole_amount
from ar_xl.ops.banking.slips import slip_of, standing_slips
from ar_xl.ops.fees.history import live_fees

DEPENDED_ON = code(
    "reversed_document_is_depended_on",
    Severity.ERROR,
    "a document that nothing later builds on",
    "Take back what is named first, the last one first: Unapply, Reverse, or undo its batch.",
)
_WITH_APPLICATIONS = ("Special Discount", "Write-off", "Fee Waiver")


def reverse(made: Made, draft: Draft) -> Finding | None:
    """Reverse a document, a receipt, or an adjustment that pays by itself."""
    if _adjustment(made, draft.document_no) is not None and not made.books.named(draft.document_no):
        return _reverse_adjustment(made, draft)
    document = find(made.books, draft, draft.document_no, "document_no", (), "a document")
    if isinstance(document, Finding):
        return document
    own = _own(made, document)
    made.insist_on_earlier(own, document)
    problem = whole_amount(draft, document.amount, document) or _depended(made, draft, document)
    if problem is not None:
        return problem
    for applied in own:
        made.take_back(draft, applied)
    withdraw(made, draft, document)
    made.posts(draft, document.amount, document)
    return None


def withdraw(made: Made, draft: Draft, document: Document) -> None:
    """Take a document out of the books, once nothing is applied from or to it any more.

    It goes on the adjustment's date, but not before its own Posting Date, nor before the last day
    on which something was applied to or from it.
    """
    moved = [day for flow in document.flows.values() for day, _ in flow.moves]
    day = max(made.open_day(draft.date), document.posted, *moved)
    rows = made.books.receipts if document.kind == RECEIPT else made.books.invoices
    table = "Receipts" if document.kind == RECEIPT else "Invoices"
    made.take_back_rows(table, rows.take(np.array([document.place])), day)
    for name, key in (("Instalments", "invoice_no"), ("Fees", "fee_invoice_no")):
        if document.kind != RECEIPT:
            made.take_back_rows(name, _of_batch(made.ledger.posted(name), key, document), day)
    del made.books.documents[document.kind == RECEIPT, document.number]


def _of_batch(rows: Frame, key: str, document: Document) -> Frame:
    mine = (rows.text(key) == document.number) & (rows.text("batch") == document.batch)
    return rows.take(np.flatnonzero(mine))


def _own(made: Made, document: Document) -> list[Applied]:
    """What goes with a document: what it applied; of a refund, the credit that it paid out."""
    if document.kind == "Refund":
        return made.books.to(document)
    return made.books.from_source(document) if document.is_credit else []


def _depended(made: Made, draft: Draft, document: Document) -> Finding | None:
    books = made.books
    if document.is_credit:
        later = [each for each in books.from_source(document)
                 if books.target(each).kind == "Refund"]  # fmt: skip
        named = [f"refund {each.invoice_no}{_in_batch(each.batch)}" for each in later]
        named += _slip(made, document)
    else:
        later = [] if document.kind == "Refund" else books.to(document)
        named = [f"{each.source_type} {each.source_no}{_in_batch(each.batch)}" for each in later]
        named += _fees_on(made, document)
    if not named:
        return None
    words = ", ".join(dict.fromkeys(reversed(named)))
    return draft.found(DEPENDED_ON, "document_no", f"`{document.number}`, used by {words}")


def _in_batch(batch: str) -> str:
    return f" (batch {batch})" if batch else ""


def _slip(made: Made, document: Document) -> list[str]:
    if document.kind != RECEIPT:
        return []
    row = made.books.receipts.take(np.array([document.place]))
    at = slip_of(made.ledger, row)
    slips = standing_slips(made.ledger, LAST_DATE).take(at[at >= 0])
    rows = zip(slips.number.tolist(), slips.rows.text("batch").tolist(), strict=True)
    return [f"deposit {number}{_in_batch(batch)}" for number, batch in rows]


def _fees_on(made: Made, document: Document) -> list[str]:
    fees = live_fees(made.ledger)
    mine = fees.take(np.flatnonzero(fees.text("invoice_no") == document.number))
    rows = zip(mine.text("fee_invoice_no").tolist(), mine.text("batch").tolist(), strict=True)
    gone = made.taken_back.get("Fees", [])
    back = {number for frame in gone for number in frame.text("fee_invoice_no").tolist()}
    return [f"late fee {fee}{_in_batch(batch)}" for fee, batch in rows if fee not in back]


def _adjustment(made: Made, number: str) -> Frame | None:
    """The posted adjustment of a number that stands and may be reversed."""
    rows = made.books.adjustments
    mine = rows.take(np.flatnonzero(rows.text("adjustment_no") == number))
    genuine = mine.take(np.flatnonzero(mine.text("reverses") == ""))
    kinds = np.array(_WITH_APPLICATIONS, dtype=object)
    fits = genuine.take(np.flatnonzero(np.isin(genuine.text("kind"), kinds)))
    return fits.take(np.array([len(fits) - 1])) if len(fits) else None


def _reverse_adjustment(made: Made, draft: Draft) -> Finding | None:
    row = _adjustment(made, draft.document_no)
    assert row is not None, "looked up before"
    own = made.books.from_adjustment(draft.document_no)
    if not own:
        seen = f"`{draft.document_no}`, of which nothing stands any more"
        return draft.found(DEPENDED_ON, "document_no", seen)
    made.insist_on_earlier(own)
    target = made.books.target(own[0])
    settled = sum(applied.settles for applied in own)
    problem = whole_amount(draft, settled, target)
    if problem is not None:
        return problem
    day = max([made.open_day(draft.date), *(applied.posted for applied in own)])
    for applied in own:
        made.take_back(draft, applied)
    made.take_back_rows("Adjustments", row, day)
    made.posts(draft, settled, target)
    return None
