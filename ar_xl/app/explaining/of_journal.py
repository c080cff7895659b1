"""Figures of Journal and Batches: the documents behind a line, the rows behind a total."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from ar_xl.core.arrays import codes_of
from ar_xl.core.explanation import Explanation, Part, Traced, Unit, joined_rows, traced
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import control_total_text
from ar_xl.ops.banking.deposit_journal import fee_entries, slip_entries
from ar_xl.ops.batches import control_movement, read_control_total
from ar_xl.ops.entries import Entries
from ar_xl.ops.journal import (
    adjustment_entries,
    application_entries,
    document_entries,
    receipt_entries,
)
from ar_xl.ops.open_items import zero_if_blank
from ar_xl.ops.past import rows_of_batch, upto

_NUMBER = {"Invoices": ("invoice_no", "invoice_date"), "Receipts": ("receipt_no", "receipt_date"),
           "Applications": ("invoice_no", "date"), "Deposits": ("deposit_no", "date"),
           "Adjustments": ("document_no", "date")}  # fmt: skip


def journal_amount(ledger: Ledger, row: Frame, column: str) -> Explanation:
    """Debit or credit of a line: the rows of the batch that it stands for."""
    base = column.startswith("base_")
    currency = ledger.policy.settings.base_currency if base else str(row.text("currency")[0])
    value, account = int(row.ints(column)[0]), str(row.text("account")[0])
    side = "Debit" if "debit" in column else "Credit"
    if value == 0:
        rule = f"The line has its amount on the other side: {side.lower()} is zero."
        return Explanation(rule, Unit.MONEY, 0, currency)
    undone = str(row.text("reverses")[0])
    if undone:
        rows = _mirrored(ledger, row, undone, base)
        rule = f"The opposite of the line that batch {undone} booked, as that batch was undone."
    else:
        rows = _behind(ledger, row, base)
        rule = (
            f"Account {account}, one line a batch, date and currency: what the rows of batch "
            f"{row.text('batch')[0]} ({row.text('memo')[0]}) mean for it."
        )
    if side == "Credit":
        rows = rows.negative()
    return Explanation(rule, Unit.MONEY, value, currency, (Part(side, rows),))


def _behind(ledger: Ledger, row: Frame, base: bool) -> Traced:
    """The rows of the line's batch as what they add to its account; debits are positive."""
    batch = str(row.text("batch")[0])
    books = upto(ledger, batch)
    rows, settings = rows_of_batch(books, batch), ledger.policy.settings
    made = [
        *_of(rows["Invoices"], document_entries(rows["Invoices"], settings), row, base),
        *_of(rows["Receipts"], receipt_entries(rows["Receipts"], books), row, base),
    ]
    used = rows["Applications"]
    if len(used):
        made += _of(used, application_entries(used, books), row, base)
    slips = rows["Deposits"]
    if len(slips):
        on_slips, receipts = slip_entries(slips, books)
        made += _of(receipts, on_slips, row, base)
        with_fee = slips.take(np.flatnonzero(zero_if_blank(slips.ints("fee")) != 0))
        made += _of(with_fee, fee_entries(slips, books), row, base)
    adjusted = rows["Adjustments"]
    if len(adjusted):
        made += _of(adjusted, adjustment_entries(adjusted, books), row, base)
    return joined_rows(made)


def _of(frame: Frame, entries: Iterable[Entries], row: Frame, base: bool) -> list[Traced]:
    number, dated = _NUMBER[frame.table.name]
    made = []
    for each in entries:
        amount = each.base if base else each.amount
        mine = (each.account == row.text("account")[0]) & (each.date == row.dates("date")[0])
        mine &= (each.currency == row.text("currency")[0]) & (amount != 0)
        at = np.flatnonzero(mine)
        made.append(traced(frame.take(at), amount[at], number, dated, row.text("memo")[0]))
    return made


def _mirrored(ledger: Ledger, row: Frame, undone: str, base: bool) -> Traced:
    lines = ledger.posted("Journal")
    mine = (lines.text("batch") == undone) & (lines.ints("line") == row.ints("line")[0])
    lines = lines.take(np.flatnonzero(mine))
    debit, credit = ("base_debit", "base_credit") if base else ("debit", "credit")
    amount = lines.ints(credit) - lines.ints(debit)
    return traced(lines, amount, "document_no", "date", f"line of batch {undone}")


def control_after(ledger: Ledger, row: Frame) -> Explanation:
    """Control After: what was before, and what the batch's journal adds."""
    batch, account = str(row.text("batch")[0]), ledger.policy.settings.gl_ar
    lines = ledger.posted("Journal")
    mine = (lines.text("batch") == batch) & (lines.text("account") == account)
    lines = lines.take(np.flatnonzero(mine))
    totals = read_control_total(str(row.text("control_before")[0]))
    for currency, moved in control_movement(lines, account).items():
        totals[currency] = totals.get(currency, 0) + moved
    amount = lines.ints("debit") - lines.ints("credit")
    (codes,), names = codes_of(lines.text("currency"))
    parts = tuple(
        Part(
            f"Journal of {batch}, {name}",
            traced(lines.take(codes == i), amount[codes == i], "document_no", "date", account),
            currency=str(name),
        )
        for i, name in enumerate(names)
    )
    rule = f"Control Before, and what the batch's journal adds to account {account}."
    currency = str(names[0]) if len(names) == 1 else ""
    words = control_total_text(totals)
    return Explanation(rule, Unit.WORDS, None, currency, parts, adds_up=False, words=words)


def batch_rows(ledger: Ledger, row: Frame) -> Explanation:
    """How many rows of each table a batch posted."""
    batch = str(row.text("batch")[0])
    counted = {
        name: int((ledger.posted(name).text("batch") == batch).sum())
        for name in ledger.tables
        if ledger.posted(name).table.posted
    }
    said = str(row.text("rows")[0])
    order = {name: place for place, name in enumerate(said.replace(";", " ").split()[::2])}
    named = sorted((name for name in counted if counted[name]), key=lambda n: order.get(n, 99))
    words = "; ".join(f"{name} {counted[name]}" for name in named)
    rule = f"The rows that carry {batch} in their Batch column, table by table."
    return Explanation(rule, Unit.WORDS, words=words)
