"""Write-off and fee waiver: the adjustment itself pays the document (semantics, section 9).

A write-off goes against the allowance, a waiver against the late fees earned; the document stays
as it is and shows what took it off.
"""

from __future__ import annotations

from ar_xl.core.findings import Finding
from ar_xl.ops.adjusting.affected import Document
from ar_xl.ops.adjusting.draft import Draft
from ar_xl.ops.adjusting.finding import ABOVE_OPEN, above, debit, find
from ar_xl.ops.adjusting.made import Made


def write_off(made: Made, draft: Draft) -> Finding | None:
    """Write off an item, or a document oldest instalment first, up to what is open."""
    document = debit(made.books, draft, draft.document_no, "document_no")
    return document if isinstance(document, Finding) else _relieve(made, draft, document)


def waive_fee(made: Made, draft: Draft) -> Finding | None:
    """Waive a late fee or a part of it; without an amount all that is open."""
    document = find(
        made.books, draft, draft.document_no, "document_no", ("Late Fee",),
        "a late fee; another document is reduced by a Credit Memo",
    )  # fmt: skip
    return document if isinstance(document, Finding) else _relieve(made, draft, document)


def _relieve(made: Made, draft: Draft, document: Document) -> Finding | None:
    lines = document.lines(draft.line)
    left = sum(document.flows[line].left for line in lines)
    amount = left if draft.amount is None else draft.amount
    if draft.amount is None and left == 0:
        return draft.found(ABOVE_OPEN, "document_no", f"nothing of {document.number} is open")
    if amount > left:
        return above(draft, amount, document, left, "open")
    rest = amount
    for line in lines:
        part = min(rest, document.flows[line].left)
        if part > 0:
            made.apply(draft, None, document, line, part)
            rest -= part
    made.posts(draft, amount, document)
    return None
