"""Recovery: what was written off is owed again, so that a receipt can pay it (section 9)."""

from __future__ import annotations

from ar_xl.core.findings import Finding
from ar_xl.ops.adjusting.affected import ADJUSTMENT, Applied
from ar_xl.ops.adjusting.draft import Draft
from ar_xl.ops.adjusting.finding import above, debit
from ar_xl.ops.adjusting.made import Made
from ar_xl.ops.approvals import WRITTEN_OFF


def recover(made: Made, draft: Draft) -> Finding | None:
    """Reinstate a document up to what was written off of it, the last write-off first."""
    document = debit(made.books, draft, draft.document_no, "document_no")
    if isinstance(document, Finding):
        return document
    assert draft.amount is not None, "an amount is checked before"
    written_off = [
        applied for applied in made.books.to(document)
        if is_write_off(applied) and draft.line in (None, applied.line)
    ]  # fmt: skip
    there = sum(applied.amounts["amount"] for applied in written_off)
    if draft.amount > there:
        return above(draft, draft.amount, document, there, "written off")
    made.insist_on_earlier(written_off)
    rest = draft.amount
    for applied in reversed(written_off):
        part = min(rest, applied.amounts["amount"])
        if part > 0:
            made.take_back(draft, applied, part)
            rest -= part
    made.posts(draft, draft.amount, document)
    return None


def is_write_off(applied: Applied) -> bool:
    """Whether an application is that of a Write-off adjustment."""
    return applied.source_type == ADJUSTMENT and applied.rule == WRITTEN_OFF
