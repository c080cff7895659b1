"""Figures of Reconciliation: bank lines, and the rows that moved the account in the books."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.reconcile_sheet import (
    ARRIVED,
    ASKED,
    BOOKS,
    DIFFERENCE,
    HOMELESS,
    LINES_ALONE,
    NOT_DEPOSITED,
    PER_BANK,
)
from ar_xl.core.dates import day
from ar_xl.core.explanation import Explanation, Part, Traced, Unit, traced
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.banking.book import BookEntries, book_entries, homeless_entries
from ar_xl.ops.banking.overdue import arrived_slips, overdue_receipts
from ar_xl.ops.banking.reconcile import GROUPS, Items, Reconciliation, reconcile
from ar_xl.ops.banking.side import accounts_with, final_lines, moved
from ar_xl.ops.banking.slips import received_net, slip_lines
from ar_xl.ops.banking.three_way import three_way


def reconciliation_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A step, an item, or the sum of a table."""
    account = cell.said.get("Account", "")
    accounts = accounts_with(ledger, "" if account == "not named" else account)
    found = reconcile(ledger, accounts, cell.as_of)
    title = cell.caption.rpartition(",")[0]
    if cell.heading == "Days":
        return _days(cell)
    if "Step" in cell.headings:
        return _step(ledger, cell, found)
    if title in GROUPS:
        return _items(cell, found, found.items.of(title), title)
    if title == ARRIVED:
        return _arrived(ledger, cell, found)
    if title == ASKED:
        return _asked(ledger, cell, found)
    if title == HOMELESS:
        return _entries(cell, found, homeless_entries(ledger, accounts, cell.as_of))
    return _waiting(ledger, cell, found) if title == NOT_DEPOSITED else None


def _days(cell: ReportCell) -> Explanation | None:
    text = cell.line.get("Date", "")
    if not text:
        return None
    days = int((day(cell.as_of) - np.datetime64(text, "D")).astype(np.int64))
    return Explanation(f"From {text} to {cell.as_of}.", Unit.WHOLE, days)


def _step(ledger: Ledger, cell: ReportCell, found: Reconciliation) -> Explanation | None:
    name, currency = cell.line.get("Step", ""), found.accounts.currency
    if name in GROUPS:
        return _items(cell, found, found.items.of(name), name)
    if cell.heading == "Items" and name != LINES_ALONE:
        rule = "Left empty: this step is one amount and has no items."
        return Explanation(rule, Unit.WHOLE, None, adds_up=False)
    if name.startswith(BOOKS):
        entries = book_entries(ledger, found.accounts, cell.as_of)
        part = Part("Booked", _of_entries(entries))
        rule = (
            f"What the journal has on account {found.accounts.gl_account} up to {cell.as_of}: the "
            "rows that moved it."
        )
        return Explanation(rule, Unit.MONEY, found.book, currency, (part,))
    if name == LINES_ALONE:
        lines = final_lines(ledger)
        mine = found.accounts.has(lines.text("account")) & (lines.text("currency") == currency)
        lines = lines.take(mine & (lines.dates("date") <= day(cell.as_of)))
        if cell.heading == "Items":
            return Explanation("The bank lines up to the date.", Unit.WHOLE, len(lines))
        part = Part("Bank lines", traced(lines, moved(lines), "line_id", "date"))
        rule = "No statement gives a balance; these are the bank lines alone."
        return Explanation(rule, Unit.MONEY, found.lines, currency, (part,))
    if name == DIFFERENCE:
        rule = "The balance per books less what the bank's balance and all steps lead to."
        return Explanation(rule, Unit.MONEY, found.book - found.explained, currency)
    amounts = {f"{PER_BANK}, {each.account}".rstrip(", "): each for each in found.balances}
    if name in amounts:
        words = amounts[name].words
        return Explanation(f"From {words}.", Unit.MONEY, amounts[name].amount, currency)
    before = dict(found.before)
    if name in before:
        rule = "What the bank's balance has beside its lines; taken off."
        return Explanation(rule, Unit.MONEY, -before[name], currency)
    return None


def _of_entries(entries: BookEntries) -> Traced:
    return Traced(
        entries.table, entries.row, entries.number, entries.date, entries.amount, entries.batch,
        entries.kind,
    )  # fmt: skip


def _items(cell: ReportCell, found: Reconciliation, mine: Items, group: str) -> Explanation | None:
    rule = (
        f"{group}: what is on one side only, or differs, as of {cell.as_of}. Added where the "
        "books have it, taken off where the bank has it."
    )
    if cell.heading == "Items":
        return Explanation(rule, Unit.WHOLE, len(mine))
    if "Step" not in cell.headings and not cell.is_total:
        number = cell.line.get("Document") or cell.line.get("Line ID", "")
        same = (mine.number == number) & (mine.date.astype(str) == cell.line.get("Date", ""))
        mine = mine.take(np.flatnonzero(same))
        if len(mine) > 1:
            mine = mine.take(np.flatnonzero(mine.what == cell.line.get("What", "")))
    if not len(mine):
        return None
    rows = Traced(mine.table, mine.row, mine.number, mine.date, mine.amount, mine.batch, mine.what)
    part = Part(group, rows)
    return Explanation(rule, Unit.MONEY, part.amount, found.accounts.currency, (part,))


def _arrived(ledger: Ledger, cell: ReportCell, found: Reconciliation) -> Explanation | None:
    came = arrived_slips(ledger, found.accounts, cell.as_of)
    which = np.arange(len(came.slips))
    if not cell.is_total:
        which = np.flatnonzero(came.slips.number == cell.line.get("Deposit No", ""))
    if not len(which):
        return None
    slips, currency = came.slips.take(which), found.accounts.currency
    lines = slip_lines(ledger, slips.rows)
    receipts = ledger.posted("Receipts").take(lines.receipt)
    if cell.heading == "Receipts":
        return Explanation("How many receipts lie on the slip.", Unit.WHOLE, len(receipts))
    if cell.heading == "Slip Total":
        rows = traced(receipts, received_net(receipts), "receipt_no", "receipt_date")
        rule = "The receipts on the slip together."
        return Explanation(
            rule, Unit.MONEY, int(slips.total.sum()), currency, (Part("On it", rows),)
        )
    if cell.heading == "Fee":
        every = ledger.posted("Deposits")
        mine = np.isin(every.text("deposit_no").astype(str), slips.number.astype(str))
        every = every.take(mine & (every.ints("fee") != 0))
        rows = traced(every, every.ints("fee"), "deposit_no", "date")
        rule = "What the bank or the card processor kept, as typed or as found on the bank."
        return Explanation(rule, Unit.MONEY, int(slips.fee.sum()), currency, (Part("Fee", rows),))
    if cell.heading == "Bank Amount":
        bank = ledger.posted("BankLines")
        bank = bank.take(np.isin(bank.text("line_id").astype(str), came.line[which].astype(str)))
        rows = traced(bank, moved(bank), "line_id", "date", bank.text("text"))
        rule = "What the bank line moved the account by; of several slips together the same line."
        return Explanation(rule, Unit.MONEY, rows.total, currency, (Part("Bank line", rows),))
    return None


def _asked(ledger: Ledger, cell: ReportCell, found: Reconciliation) -> Explanation | None:
    for each in three_way(ledger, cell.as_of).proposals:
        if (each.slip, each.line) == (cell.line.get("Deposit No"), cell.line.get("Line ID")):
            rule = f"What the slip should bring, less what the line brought: {each.why}."
            return Explanation(rule, Unit.MONEY, each.difference, found.accounts.currency)
    return None


def _entries(cell: ReportCell, found: Reconciliation, mine: BookEntries) -> Explanation | None:
    if not cell.is_total:
        mine = mine.take(np.flatnonzero(mine.number == cell.line.get("Document", "")))
    if not len(mine):
        return None
    part = Part("Booked", _of_entries(mine))
    rule = "Booked to GL Cash of the Settings, which is the account of no bank account."
    return Explanation(rule, Unit.MONEY, part.amount, found.accounts.currency, (part,))


def _waiting(ledger: Ledger, cell: ReportCell, found: Reconciliation) -> Explanation | None:
    rows = overdue_receipts(ledger, cell.as_of)
    rows = rows.take(np.asarray(rows.text("currency") == found.accounts.currency))
    if not cell.is_total:
        rows = rows.take(np.flatnonzero(rows.text("receipt_no") == cell.line.get("Receipt No", "")))
    if not len(rows):
        return None
    part = Part("Received", traced(rows, received_net(rows), "receipt_no", "receipt_date"))
    rule = "Cash, checks and cards on no slip after Deposit Overdue Days of the Settings."
    return Explanation(rule, Unit.MONEY, part.amount, found.accounts.currency, (part,))
