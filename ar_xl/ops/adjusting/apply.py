"""Apply: a credit memo or an unapplied receipt pays a document, as somebody typed it."""

from __future__ import annotations

from ar_xl.core.findings import Finding, Severity, code
from ar_xl.ops.adjusting.draft import Draft
from ar_xl.ops.adjusting.finding import above, credit, debit
from ar_xl.ops.adjusting.made import Made

NOTHING_FITS = code(
    "nothing_to_apply",
    Severity.ERROR,
    "a credit that is not used up, and a document that is open",
    "Look at both documents; perhaps the credit was applied already.",
)
OTHER_CURRENCY = code(
    "apply_between_currencies",
    Severity.ERROR,
    "a credit and a document in the same currency",
    "Reverse the receipt and post it again with the document in Remittance; refund a memo.",
)
OTHER_CUSTOMER = code(
    "apply_to_another_customer",
    Severity.WARNING,
    "a document of the customer whose credit it is",
    "Look whether that is meant. It is posted; unapply it where it is not.",
)


def apply_credit(made: Made, draft: Draft) -> Finding | None:
    """Apply the amount typed, or as much as fits; oldest instalment first, or the line named."""
    source = credit(made.books, draft)
    if isinstance(source, Finding):
        return source
    target = debit(made.books, draft, draft.apply_to, "apply_to")
    if isinstance(target, Finding):
        return target
    if source.currency != target.currency:
        seen = f"{source.number} is in {source.currency}, {target.number} in {target.currency}"
        return draft.found(OTHER_CURRENCY, "apply_to", seen)
    lines = target.lines(draft.line)
    is_open = sum(target.flows[line].left for line in lines)
    amount = min(source.left, is_open) if draft.amount is None else draft.amount
    if amount > source.left:
        return above(draft, amount, source, source.left, "not applied yet")
    if amount > is_open:
        return above(draft, amount, target, is_open, "open")
    if amount <= 0:
        empty = source if source.left <= 0 else target
        seen = f"nothing is left of {empty.number}"
        return draft.found(NOTHING_FITS, "document_no", seen)
    rest = amount
    for line in lines:
        part = min(rest, target.flows[line].left)
        if part > 0:
            made.apply(draft, source, target, line, part)
            rest -= part
    if source.customer_id != target.customer_id:
        seen = (
            f"{source.number} is of {source.customer_id}, {target.number} of {target.customer_id}"
        )
        made.findings.append(draft.found(OTHER_CUSTOMER, "apply_to", seen))
    made.posts(draft, amount, source)
    return None
