"""Figures of Adjustments Posted, and the amount of an adjustment."""

from __future__ import annotations

import numpy as np

from ar_xl.core.dates import LAST_DATE
from ar_xl.core.explanation import Explanation, Part, Traced, Unit, joined_rows, traced
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.adjusting.affected import ADJUSTMENT
from ar_xl.ops.adjusting.told import Told, happened, told
from ar_xl.ops.open_items import credits, open_items
from ar_xl.ops.past import before
from ar_xl.ops.tracing import credit_rows, item_rows, movement_rows

_FIGURES = ("Amount", "Before", "After", "Receivables")


def adjustments_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """An amount of one adjustment of the run, or the sum of Receivables."""
    if cell.heading not in _FIGURES:
        return None
    batches = [batch.strip() for batch in cell.said.get("Batch", "").split(",")]
    every = [each for batch in batches for each in told(ledger, batch)]
    every = [each for each in every if each.currency == cell.currency]
    if cell.is_total:
        return _receivables(ledger, every, cell.currency) if every else None
    number = cell.line.get("Adjustment No", "")
    mine = [each for each in every if each.number == number]
    if not mine:
        return None
    one = mine[-1]
    if cell.heading == "Receivables":
        return _receivables(ledger, [one], cell.currency)
    if cell.heading == "Amount":
        return amount_of(one)
    batch = str(one.row.text("batch")[0])
    same = [each for each in every if str(each.row.text("batch")[0]) == batch]
    upto = same[: same.index(one)] if cell.heading == "Before" else same[: same.index(one) + 1]
    return _balance(ledger, one, upto, cell.heading)


def adjustment_amount(ledger: Ledger, row: Frame) -> Explanation | None:
    """The amount of a posted adjustment: what it made."""
    number, batch = row.text("adjustment_no")[0], str(row.text("batch")[0])
    if row.text("reverses")[0]:
        return None
    return next((amount_of(each) for each in told(ledger, batch) if each.number == number), None)


def amount_of(one: Told) -> Explanation:
    """What an adjustment came to, with the row it was typed in."""
    by = one.row.text("approved_by")[0]
    approved = f", approved by {by}" if by else ""
    rule = f"{one.row.text('kind')[0]}: {one.row.text('reason')[0]}{approved}. {happened(one)}."
    value = int(one.row.ints("amount")[0])
    rows = traced(one.row, one.row.ints("amount"), "document_no", "date", one.row.text("kind"))
    return Explanation(rule, Unit.MONEY, value, one.currency, (Part("Adjustment", rows),))


def _receivables(ledger: Ledger, every: list[Told], currency: str) -> Explanation:
    parts = []
    for each in every:
        mine = each.moved.take(np.flatnonzero(each.moved.currency == currency))
        parts.append(movement_rows(ledger, mine))
    rule = "What the rows that the adjustment made add to what customers owe."
    rows = joined_rows(parts)
    return Explanation(
        rule, Unit.MONEY, rows.total, currency, (Part("Receivables", rows),)
    )  # fmt: skip


def _balance(ledger: Ledger, one: Told, upto: list[Told], heading: str) -> Explanation | None:
    """What is open of a document, or left of a credit, before or after an adjustment."""
    value = one.before if heading == "Before" else one.after
    if value is None:
        return None
    number = str(one.row.text("document_no")[0])
    books = before(ledger, str(one.row.text("batch")[0]))
    items, money = open_items(books, LAST_DATE), credits(books, LAST_DATE)
    items = items.take(np.flatnonzero((items.invoice_no == number) & (items.amount != 0)))
    money = money.take(np.flatnonzero((money.source_no == number) & (money.amount != 0)))
    start = joined_rows([
        item_rows(books, LAST_DATE, items), credit_rows(books, LAST_DATE, money).negative(),
    ])  # fmt: skip
    changed = joined_rows([_changes(each, number, bool(len(money))) for each in upto])
    when = "before this adjustment" if heading == "Before" else "after this adjustment"
    what = "left of" if len(money) else "open of"
    rule = f"What is {what} {number} {when}: the books before the batch, and what the batch did."
    parts = (Part("Before the batch", start), Part("Changed by the batch", changed))
    return Explanation(rule, Unit.MONEY, value, one.currency, parts)


def _changes(each: Told, number: str, is_credit: bool) -> Traced:
    """The rows of an adjustment that change what is left of a document."""
    used, made = each.made["Applications"], []
    settled = used.ints("amount") + used.ints("discount") + used.ints("difference")
    if is_credit:
        mine = (used.text("source_no") == number) & (used.text("source_type") != ADJUSTMENT)
        amount = -used.ints("source_amount")
    else:
        mine, amount = used.text("invoice_no") == number, -settled
    at = np.flatnonzero(mine)
    made.append(traced(used.take(at), amount[at], "invoice_no", "date", used.text("rule")[at]))
    for name, key, dated in (("Invoices", "invoice_no", "invoice_date"),
                             ("Receipts", "receipt_no", "receipt_date")):  # fmt: skip
        frame = each.made[name]
        frame = frame.take(np.flatnonzero(frame.text(key) == number))
        made.append(traced(frame, frame.ints("amount"), key, dated, "taken back"))
    return joined_rows(made)
