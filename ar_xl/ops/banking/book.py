"""The books' side of a bank account: all that moved its general-ledger account, row by row.

What the rows do to the account is compared with the journal batch by batch; what no row of ours
accounts for stands here by its batch, so that nothing is left out and the sum is the journal's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    filled,
    positions,
    sum_by,
)
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import totals_by_currency
from ar_xl.ops.banking.accounts import gl_accounts
from ar_xl.ops.banking.side import Accounts
from ar_xl.ops.entries import Entries
from ar_xl.ops.journal import adjustment_entries, document_entries, receipt_entries
from ar_xl.ops.open_items import posted_by, zero_if_blank

DEPOSIT, FEE, RECEIPT, RETURNED, CHARGED, PAID, OTHER = (
    "Deposit", "Fee of a deposit", "Receipt", "Receipt taken back", "Bank fee of a return",
    "Refund", "Other",
)  # fmt: skip


@dataclass(frozen=True)
class BookEntries:
    """What moved the account in the books up to a date, one element a row of a table.

    Args:
        kind: DEPOSIT, RECEIPT and so on.
        number: of the document; of the batch where no row accounts for it.
        table, row: where it stands; row 0 where it is in no sheet yet.
        date: its own date.
        amount: minor units of the account's currency; money that came in is positive.
        customer_id: whose, where it is somebody's.
        batch: it was posted with.
    """

    kind: TextArray
    number: TextArray
    table: TextArray
    row: IntArray
    date: DateArray
    amount: IntArray
    customer_id: TextArray
    batch: TextArray

    def __len__(self) -> int:
        return len(self.amount)

    def take(self, chosen: IntArray | BoolArray) -> BookEntries:
        """The entries that an index or a mask picks."""
        return BookEntries(**{name: getattr(self, name)[chosen] for name in _NAMES})


_NAMES = tuple(field.name for field in fields(BookEntries))


def book_balance(ledger: Ledger, accounts: Accounts, as_of: date) -> int:
    """What the journal makes of the general-ledger account, in the accounts' currency."""
    lines = _journal(ledger, accounts, as_of)
    return int((lines.ints("debit") - lines.ints("credit")).sum())


def other_balances(ledger: Ledger, accounts: Accounts, as_of: date) -> dict[str, int]:
    """What the journal makes of the same account in other currencies, minor units of each."""
    lines = posted_by(ledger.posted("Journal"), as_of)
    mine = (lines.text("account") == accounts.gl_account) & (
        lines.text("currency") != accounts.currency
    )
    rows = lines.take(np.asarray(mine, dtype=np.bool_))
    totals = totals_by_currency(rows.text("currency"), rows.ints("debit") - rows.ints("credit"))
    return {name: total for name, total in sorted(totals.items()) if total}


def book_entries(ledger: Ledger, accounts: Accounts, as_of: date) -> BookEntries:
    """Everything that the journal booked on the accounts up to a date.

    Args:
        ledger: all posted tables.
        accounts: that share a general-ledger account.
        as_of: the last Posting Date that counts.

    Returns:
        Entries whose sum is `book_balance`; what was undone by then is not among them.
    """
    parts = [
        *_deposits(ledger, accounts, as_of),
        *_receipts(ledger, accounts, as_of),
        *_adjustments(ledger, accounts, as_of),
        *_documents(ledger, accounts, as_of),
    ]
    known = _joined(parts)
    return _joined([known, _rest(ledger, accounts, as_of, known)])


def homeless_entries(ledger: Ledger, accounts: Accounts, as_of: date) -> BookEntries:
    """What is booked to GL Cash in a currency while no bank account of it is booked there.

    Receipts by ACH or wire that were typed by hand name no bank account; where each has a
    general-ledger account of its own, they are on none of them.
    """
    cash = ledger.policy.settings.gl_cash
    known = ledger.posted("BankAccounts")
    theirs = known.text("currency") == accounts.currency
    homes = gl_accounts(ledger, known.text("account")[theirs])
    taken = accounts.gl_account == cash or cash in set(homes.tolist())
    found = book_entries(ledger, replace(accounts, gl_account=cash), as_of)
    return found.take(np.zeros(0, dtype=np.int64)) if taken else found


def _joined(parts: list[BookEntries]) -> BookEntries:
    return BookEntries(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in _NAMES}
    )


def _entries(
    frame: Frame, kind: str | TextArray, keys: tuple[str, str], amount: IntArray
) -> BookEntries:
    """Rows of a table as entries; those that move nothing are left out."""
    number, dated = keys
    some = np.flatnonzero(amount != 0)
    rows, count = frame.take(some), len(some)
    has_customer = "customer_id" in frame.table.by_key
    return BookEntries(
        filled(count, kind) if isinstance(kind, str) else kind[some],
        rows.text(number),
        filled(count, frame.table.name),
        rows.row,
        rows.dates(dated),
        amount[some],
        rows.text("customer_id") if has_customer else filled(count, ""),
        rows.text("batch"),
    )


def _not_undone(ledger: Ledger, frame: Frame) -> BoolArray:
    """Which rows neither were undone with their batch nor undo: both are gone from the books.

    What an adjustment takes back (a bounced check) stays, and so does what it took back: the bank
    shows both.
    """
    batches = ledger.posted("Batches")
    undoing = batches.text("reverses") != ""
    there = set(frame.text("batch").tolist())
    pairs = zip(batches.text("batch")[undoing], batches.text("reverses")[undoing], strict=True)
    gone = {name for pair in pairs if pair[0] in there for name in pair}
    return ~np.isin(frame.text("batch").astype(str), sorted(gone))


def _posted(ledger: Ledger, name: str, as_of: date) -> Frame:
    frame = posted_by(ledger.posted(name), as_of)
    return frame.take(_not_undone(ledger, frame)) if len(frame) else frame


def _deposits(ledger: Ledger, accounts: Accounts, as_of: date) -> Iterator[BookEntries]:
    rows = _posted(ledger, "Deposits", as_of)
    mine = gl_accounts(ledger, rows.text("bank_account")) == accounts.gl_account
    rows = rows.take(np.asarray(mine & (rows.text("currency") == accounts.currency)))
    late = rows.text("receipts") == ""
    kind = np.where(late, FEE, DEPOSIT).astype(object)
    net = zero_if_blank(rows.ints("total")) - zero_if_blank(rows.ints("fee"))
    yield _entries(rows, kind, ("deposit_no", "date"), net)


def _receipts(ledger: Ledger, accounts: Accounts, as_of: date) -> Iterator[BookEntries]:
    rows = _posted(ledger, "Receipts", as_of)
    rows = rows.take(np.asarray(rows.text("currency") == accounts.currency, dtype=np.bool_))
    if not len(rows):
        return
    amount = _on_account(receipt_entries(rows, ledger), accounts, len(rows))
    back = rows.text("reverses") != ""
    kind = np.where(back, RETURNED, RECEIPT).astype(object)
    yield _entries(rows, kind, ("receipt_no", "receipt_date"), amount)


def _adjustments(ledger: Ledger, accounts: Accounts, as_of: date) -> Iterator[BookEntries]:
    """What the bank charged for returned payments."""
    rows = _posted(ledger, "Adjustments", as_of)
    if len(rows):
        amount = _on_account(adjustment_entries(rows, ledger), accounts, len(rows))
        yield _entries(rows, CHARGED, ("adjustment_no", "date"), amount)


def _documents(ledger: Ledger, accounts: Accounts, as_of: date) -> Iterator[BookEntries]:
    """Refunds, and documents whose GL Account is that of the bank."""
    every = posted_by(ledger.posted("Invoices"), as_of)
    mine = every.text("type") == "Refund"
    mine |= every.text("gl_account") == accounts.gl_account
    mine &= every.text("currency") == accounts.currency
    rows = every.take(np.asarray(mine, dtype=np.bool_))
    if not len(rows):
        return
    rows = rows.take(_not_undone(ledger, rows))
    made = document_entries(rows, ledger.policy.settings)
    kind = np.where(rows.text("type") == "Refund", PAID, OTHER).astype(object)
    amount = _on_account(made, accounts, len(rows))
    yield _entries(rows, kind, ("invoice_no", "invoice_date"), amount)


def _on_account(made: list[Entries], accounts: Accounts, count: int) -> IntArray:
    total = np.zeros(count, dtype=np.int64)
    for entries in made:
        here = (entries.account == accounts.gl_account) & (entries.currency == accounts.currency)
        total += np.where(here, entries.amount, 0)
    return total


def _journal(ledger: Ledger, accounts: Accounts, as_of: date) -> Frame:
    lines = posted_by(ledger.posted("Journal"), as_of)
    mine = (lines.text("account") == accounts.gl_account) & (
        lines.text("currency") == accounts.currency
    )
    return lines.take(np.asarray(mine, dtype=np.bool_))


def _rest(ledger: Ledger, accounts: Accounts, as_of: date, known: BookEntries) -> BookEntries:
    """What the journal has beside the rows, one entry a batch; an undone batch is gone."""
    lines = _journal(ledger, accounts, as_of)
    owner = np.where(lines.text("reverses") != "", lines.text("reverses"), lines.text("batch"))
    (booked, ours), batches = codes_of(owner.astype(object), known.batch)
    left = sum_by(booked, lines.ints("debit") - lines.ints("credit"), len(batches))
    left -= sum_by(ours, known.amount, len(batches))
    some = np.flatnonzero(left != 0)
    every = ledger.posted("Batches")
    at = positions(every.text("batch"), batches[some])
    dated = positions(owner.astype(object), batches[some])
    first = np.append(lines.dates("date"), np.datetime64("NaT", "D"))
    return BookEntries(
        filled(len(some), OTHER), batches[some], filled(len(some), "Batches"),
        np.append(every.row, 0)[at], first[dated], left[some], filled(len(some), ""),
        batches[some],
    )  # fmt: skip
