"""Credit memos: one that names an invoice reduces it (semantics, section 4).

The oldest instalment first, up to what is open. The rest stays an unapplied credit, or the whole
memo does where the policy holds a memo larger than its invoice. One that names none waits for an
`Apply` adjustment.
"""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import positions
from ar_xl.core.findings import Code, Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.core.periods import closed_months
from ar_xl.core.tables import APPLICATIONS
from ar_xl.ops.numbering import application_numbers
from ar_xl.ops.open_items import OpenItems
from ar_xl.ops.ordering import payment_order, receipt_order
from ar_xl.ops.settlements import application_dates

MEMO_RULE = "credit memo"

MEMO_NAMES_NOTHING_KNOWN = code(
    "memo_applies_to_unknown",
    Severity.WARNING,
    "the number of a posted invoice",
    "The memo stays an unapplied credit; apply it with an Apply adjustment.",
)
MEMO_OF_ANOTHER = code(
    "memo_applies_to_another_account",
    Severity.WARNING,
    "an invoice of the memo's customer, in the memo's currency",
    "The memo stays an unapplied credit; apply it with an Apply adjustment.",
)
MEMO_LARGER = code(
    "memo_larger_than_invoice",
    Severity.NOTE,
    "a memo no larger than what is open on the invoice",
    "Nothing: what is left is an unapplied credit of the customer.",
)


def memo_applications(
    ledger: Ledger, memos: Frame, items: OpenItems
) -> tuple[Frame, list[Finding]]:
    """Apply posted credit memos to the invoices they name.

    Args:
        ledger: for its policy and the numbers in use.
        memos: rows of type Credit Memo as they stand once posted; those that name no invoice
            are passed over.
        items: what is open, with the documents posted in the same run.

    Returns:
        Applications rows without batch and seal, and what to say. Memos are applied in the
        order of date, then number; none takes an item below zero.
    """
    memos = memos.take((memos.text("applies_to") != "") & (memos.ints("amount") > 0))
    memos = memos.take(receipt_order(memos.dates("invoice_date"), memos.text("invoice_no")))
    document = positions(items.documents.text("invoice_no"), memos.text("applies_to"))
    held = ledger.policy.settings.memo_overflow == "hold"
    order = payment_order(items, items.document, fees_first=False)
    owner = items.document[order]
    left_open = items.open.tolist()
    findings: list[Finding] = []
    rows: list[tuple[int, int, int]] = []
    for memo, at in enumerate(document.tolist()):
        problem = _problem(memos, memo, items, at)
        if problem is not None:
            findings.append(problem)
            continue
        first, last = np.searchsorted(owner, [at, at + 1]).tolist()
        lines = [item for item in order[first:last].tolist() if left_open[item] > 0]
        credit = int(memos.ints("amount")[memo])
        is_open = sum(left_open[item] for item in lines)
        if credit > is_open:
            findings.append(_larger(memos, memo, is_open, held))
            if held:
                continue
        for item in lines:
            used = min(credit, left_open[item])
            if used:
                rows.append((memo, item, used))
                left_open[item] -= used
                credit -= used
    return _applications(ledger, memos, items, rows), findings


def _problem(memos: Frame, memo: int, items: OpenItems, at: int) -> Finding | None:
    named = str(memos.text("applies_to")[memo])
    if at < 0:
        return _finding(MEMO_NAMES_NOTHING_KNOWN, memos, memo, f"`{named}`")
    documents = items.documents
    for key, word in (("customer_id", "customer"), ("currency", "currency")):
        theirs, ours = documents.text(key)[at], memos.text(key)[memo]
        if theirs != ours:
            seen = f"`{named}` has {word} {theirs}, the memo {ours}"
            return _finding(MEMO_OF_ANOTHER, memos, memo, seen)
    return None


def _larger(memos: Frame, memo: int, is_open: int, held: bool) -> Finding:
    currency = str(memos.text("currency")[memo])
    seen = (
        f"{money_text(int(memos.ints('amount')[memo]), currency)} against "
        f"{money_text(is_open, currency)} open on {memos.text('applies_to')[memo]}"
    )
    kept = "the whole memo is held as a credit" if held else "the rest stays a credit"
    return _finding(MEMO_LARGER, memos, memo, f"{seen}; {kept}")


def _finding(found: Code, memos: Frame, memo: int, seen: str) -> Finding:
    return Finding(
        found, "Invoices", int(memos.row[memo]), "applies_to",
        str(memos.text("invoice_no")[memo]), seen,
    )  # fmt: skip


def _applications(
    ledger: Ledger, memos: Frame, items: OpenItems, rows: list[tuple[int, int, int]]
) -> Frame:
    memo, item, amount = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    dates = np.maximum(
        memos.dates("posting_date")[memo],
        items.documents.dates("posting_date")[items.document[item]],
    )
    dates = application_dates(ledger, items, item, dates, amount)
    dates = closed_months(ledger.posted("Periods")).posting_dates(dates)
    return Frame.build(
        APPLICATIONS,
        len(rows),
        application_no=application_numbers(ledger, len(rows)),
        date=dates,
        posting_date=dates,
        source_type="Credit Memo",
        source_no=memos.text("invoice_no")[memo],
        invoice_no=items.invoice_no[item],
        line=items.line[item],
        amount=amount,
        discount=0,
        discount_tax=0,
        difference=0,
        source_amount=amount,
        rule=MEMO_RULE,
    )
