"""Figures of Deposit: the receipts on a slip."""

from __future__ import annotations

import numpy as np

from ar_xl.core.explanation import Explanation, Part, Unit, traced
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.banking.slips import received_net, slip_lines
from ar_xl.ops.open_items import zero_if_blank

_RULES = {
    "Amount": "What came in: the receipt's amount, less what the payer's bank kept.",
    "Total": "The receipts on the slip together.",
    "Receipts": "How many receipts lie on the slip.",
    "Fee": "What the bank or the card processor kept of the slip.",
    "To the Bank": "The receipts on the slip, less what the bank or the card processor kept.",
}


def deposit_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """An amount on a slip, its count, or the sum of a column."""
    if cell.heading not in _RULES:
        return None
    slips = _slips(ledger, cell)
    lines = slip_lines(ledger, slips)
    receipts = ledger.posted("Receipts").take(lines.receipt)
    if "Receipt No" in cell.headings and not cell.is_total:
        at = receipts.text("receipt_no") == cell.line.get("Receipt No", "")
        receipts = receipts.take(np.flatnonzero(at))
    if not len(receipts):
        return None
    rule = f"{_RULES[cell.heading]} Batch {cell.said.get('Batch', '')}."
    if cell.heading == "Receipts":
        one = np.ones(len(receipts), dtype=np.int64)
        part = Part("Receipts", traced(receipts, one, "receipt_no", "receipt_date"), Unit.WHOLE)
        return Explanation(rule, Unit.WHOLE, len(receipts), "", (part,))
    amount = received_net(receipts)
    on_slips = Part("On the slip", traced(receipts, amount, "receipt_no", "receipt_date"))
    kept = slips.take(np.flatnonzero(zero_if_blank(slips.ints("fee")) != 0))
    fee = Part("Fee", traced(kept, kept.ints("fee"), "deposit_no", "date"))
    parts: tuple[Part, ...] = (on_slips,)
    if cell.heading == "Fee":
        parts = (fee,)
    elif cell.heading == "To the Bank":
        parts = (on_slips, Part("Fee", fee.rows.negative()))
    value = sum(part.amount for part in parts)
    return Explanation(rule, Unit.MONEY, value, cell.currency, parts)


def _slips(ledger: Ledger, cell: ReportCell) -> Frame:
    """The slips that a cell is about: one by its receipt or its number, or all of a currency."""
    slips = ledger.posted("Deposits")
    mine = (slips.text("batch") == cell.said.get("Batch", "")) & (slips.text("reverses") == "")
    mine &= slips.text("currency") == cell.currency
    number = cell.line.get("Deposit No", "") if not cell.is_total else ""
    if not number and "Receipt No" in cell.headings:
        number = cell.caption.removeprefix("Slip ").partition(",")[0]
    if number:
        mine &= slips.text("deposit_no") == number
    return slips.take(np.flatnonzero(mine))
