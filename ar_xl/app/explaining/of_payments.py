"""Figures of Payments Posted."""

from __future__ import annotations

import numpy as np

from ar_xl.core.explanation import Explanation, Part, Unit, traced
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.tracing import used_rows

_RULES = {
    "Amount": "What the customer paid, as typed or imported.",
    "Applied": "What the batch used of the receipt on documents.",
    "Discount": "Early-payment discounts that came with what was applied; they come on top.",
    "Write-off": "Small differences accepted by tolerance; they come on top.",
    "Unapplied": "The amount less what the batch applied of it.",
}


def payments_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """An amount of one receipt of the batch, or the sum of a column."""
    if cell.heading not in _RULES:
        return None
    batch, currency = cell.said.get("Batch", ""), cell.currency
    receipts, used = ledger.posted("Receipts"), ledger.posted("Applications")
    mine = (receipts.text("batch") == batch) & (receipts.text("currency") == currency)
    if not cell.is_total:
        mine &= receipts.text("receipt_no") == cell.line.get("Receipt No", "")
    receipts = receipts.take(np.flatnonzero(mine))
    if not len(receipts):
        return None
    paid = (used.text("batch") == batch) & (used.text("source_type") == "Receipt")
    paid &= np.isin(used.text("source_no").astype(str), receipts.text("receipt_no").astype(str))
    used = used.take(np.flatnonzero(paid))
    received = Part(
        "Received", traced(receipts, receipts.ints("amount"), "receipt_no", "receipt_date")
    )
    spent = Part("Applied", used_rows(used))
    parts: tuple[Part, ...]
    if cell.heading == "Amount":
        parts = (received,)
    elif cell.heading == "Applied":
        parts = (spent,)
    elif cell.heading == "Unapplied":
        parts = (received, Part("Applied", spent.rows.negative()))
    else:
        key = "discount" if cell.heading == "Discount" else "difference"
        rows = used.take(np.flatnonzero(used.ints(key) != 0))
        parts = (
            Part(
                cell.heading, traced(rows, rows.ints(key), "invoice_no", "date", rows.text("rule"))
            ),
        )
    rule = f"{_RULES[cell.heading]} Batch {batch}; {cell.said.get('Policy', '')}."
    value = sum(part.amount for part in parts)
    return Explanation(rule, Unit.MONEY, value, currency, parts)
