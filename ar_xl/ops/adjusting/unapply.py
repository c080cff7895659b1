"""Unapply: an application is taken back from a day on, its discount included."""

from __future__ import annotations

from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.money import money_text
from ar_xl.ops.adjusting.affected import ADJUSTMENT, Applied, Document
from ar_xl.ops.adjusting.draft import Draft
from ar_xl.ops.adjusting.finding import find
from ar_xl.ops.adjusting.made import Made

NO_APPLICATION = code(
    "application_unknown",
    Severity.ERROR,
    "an application that stands, by its number or by one of its documents",
    "Look it up on the Applications sheet; perhaps it was taken back already.",
)
OF_AN_ADJUSTMENT = code(
    "application_of_an_adjustment",
    Severity.ERROR,
    "an application of a receipt or a credit memo to an invoice",
    "Use Recovery for a write-off; Reverse, with its number in Document No, for another "
    "adjustment or a refund.",
)
ONLY_WHOLE = code(
    "only_the_whole_is_taken_back",
    Severity.ERROR,
    "an empty cell, or the whole amount",
    "Clear Amount. Apply a part again with a row of kind Apply.",
)


def unapply(made: Made, draft: Draft) -> Finding | None:
    """Take back one application by its number, or all of a document, to one invoice or any."""
    chosen = _chosen(made, draft)
    if isinstance(chosen, Finding):
        return chosen
    chosen = [each for each in chosen if draft.line in (None, each.line)]
    if draft.apply_to:
        chosen = [each for each in chosen if each.invoice_no == draft.apply_to]
    if not chosen:
        seen = f"nothing that {draft.document_no or draft.application_no} pays or is paid by"
        return draft.found(NO_APPLICATION, "document_no", seen)
    problem = _problem(made, draft, chosen)
    if problem is not None:
        return problem
    made.insist_on_earlier(chosen)
    document, used = _sum_of(made, draft, chosen)
    for applied in chosen:
        made.take_back(draft, applied)
    made.posts(draft, used, document)
    return None


def _chosen(made: Made, draft: Draft) -> list[Applied] | Finding:
    books = made.books
    if draft.application_no:
        found = [each for each in books.applied
                 if each.stands and each.number == draft.application_no]  # fmt: skip
        if found:
            return found
        return draft.found(NO_APPLICATION, "application_no", f"`{draft.application_no}`")
    document = find(books, draft, draft.document_no, "document_no", (), "a document")
    if isinstance(document, Finding):
        return document
    if document.is_credit:
        return books.from_source(document)
    return [each for each in books.to(document) if each.source_type != ADJUSTMENT]


def _sum_of(made: Made, draft: Draft, chosen: list[Applied]) -> tuple[Document, int]:
    """The document whose currency the sum is in, and the sum."""
    source = made.books.source(chosen[0])
    if source is not None and not draft.application_no and source.number == draft.document_no:
        return source, sum(applied.amounts["source_amount"] for applied in chosen)
    return made.books.target(chosen[0]), sum(applied.amounts["amount"] for applied in chosen)


def _problem(made: Made, draft: Draft, chosen: list[Applied]) -> Finding | None:
    for applied in chosen:
        target = made.books.target(applied)
        if applied.source_type == ADJUSTMENT or target.kind == "Refund":
            seen = f"{applied.number} of {applied.source_no} to {applied.invoice_no}"
            return draft.found(OF_AN_ADJUSTMENT, "application_no", seen)
    document, used = _sum_of(made, draft, chosen)
    return whole_amount(draft, used, document)


def whole_amount(draft: Draft, whole: int, document: Document) -> Finding | None:
    """A typed amount that is not the whole one."""
    if draft.amount in (None, whole):
        return None
    typed, all_of_it = (f"{document.currency} {money_text(each, document.currency)}"
                        for each in (draft.amount or 0, whole))  # fmt: skip
    return draft.found(ONLY_WHOLE, "amount", f"{typed}; the whole is {all_of_it}")
