"""Finding the document that an adjustment names, and what can be wrong with it."""

from __future__ import annotations

from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.money import money_text
from ar_xl.ops.adjusting.affected import RECEIPT, Affected, Document
from ar_xl.ops.adjusting.draft import Draft
from ar_xl.ops.checks_adjustments import DOCUMENT_UNKNOWN

NUMBER_OF_TWO = code(
    "adjusted_number_of_two",
    Severity.ERROR,
    "a number that only one document has",
    "An invoice and a receipt have this number: say which one with Application No, or undo the "
    "batch of the wrong one and give it another number.",
)
WRONG_DOCUMENT = code(
    "adjusted_document_of_another_kind",
    Severity.ERROR,
    "a document that this kind of adjustment is about",
    "Correct Document No, or choose another Kind.",
)
LINE_UNKNOWN = code(
    "adjusted_line_unknown",
    Severity.ERROR,
    "the number of an instalment that the document has, or an empty cell",
    "Correct Line, or clear it.",
)
ABOVE_OPEN = code(
    "adjustment_above_open",
    Severity.ERROR,
    "no more than what is left of the document",
    "Correct the amount.",
)


def find(
    books: Affected, draft: Draft, number: str, column: str, wanted: tuple[str, ...], words: str
) -> Document | Finding:
    """The one document of some kinds that has a number.

    Args:
        books: the documents concerned.
        draft: the adjustment.
        number, column: what it names, and the key of the column it does so in.
        wanted: kinds of documents; empty for any.
        words: those kinds in words.
    """
    every = books.named(number)
    fitting = [document for document in every if not wanted or document.kind in wanted]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        return draft.found(NUMBER_OF_TWO, column, f"`{number}`")
    if every:
        kinds = " and ".join(kind_words(document) for document in every)
        return draft.found(WRONG_DOCUMENT, column, f"`{number}` is {kinds}", words)
    seen = f"`{number}`" if number else "an empty cell"
    return draft.found(DOCUMENT_UNKNOWN, column, seen)


def kind_words(document: Document) -> str:
    """`an Invoice`, `a Credit Memo`."""
    return f"an {document.kind}" if document.kind[0] in "AEIOU" else f"a {document.kind}"


def debit(books: Affected, draft: Draft, number: str, column: str) -> Document | Finding:
    """A document that is owed and has the line that is named."""
    kinds = ("Invoice", "Debit Memo", "Late Fee", "Refund")
    found = find(books, draft, number, column, kinds, "an invoice, debit memo, late fee or refund")
    if isinstance(found, Document) and draft.line is not None and draft.line not in found.flows:
        lines = ", ".join(str(line) for line in found.lines())
        return draft.found(LINE_UNKNOWN, "line", f"{draft.line}; {number} has {lines}")
    return found


def credit(books: Affected, draft: Draft) -> Document | Finding:
    """A receipt or credit memo."""
    kinds = (RECEIPT, "Credit Memo")
    return find(books, draft, draft.document_no, "document_no", kinds, "a receipt or credit memo")


def above(draft: Draft, amount: int, document: Document, left: int, what: str) -> Finding:
    """An amount that is more than what is left.

    Args:
        draft: the adjustment.
        amount, left: minor units of the document's currency.
        document: it.
        what: of what is left: `open`.
    """
    asked, there = (f"{document.currency} {money_text(each, document.currency)}"
                    for each in (amount, left))  # fmt: skip
    seen = f"{asked} for {document.number}, of which {there} is {what}"
    return draft.found(ABOVE_OPEN, "amount", seen)
