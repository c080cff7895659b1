"""Accounts: what each customer owes in each currency at a date, item by item, to be told.

The items, buckets and totals are those of the aging of the same date. Unapplied receipts and open
credit memos are deducted in the total due, and from what is past due before anything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from ar_xl.core.arrays import (
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    positions,
    sum_by,
)
from ar_xl.core.dates import day, days_between
from ar_xl.core.ledger import Ledger
from ar_xl.ops.aging import Aging, AgingDetail, aging
from ar_xl.ops.collecting.planinterest import told_types
from ar_xl.ops.customers import first_filled
from ar_xl.ops.open_items import open_items
from ar_xl.ops.statements.moves import Moves, moves


@dataclass(frozen=True)
class Lines:
    """What is open, one element an instalment, credit memo or receipt.

    Args:
        kind: a document type as told, or Receipt; credits have negative amounts.
        number, line, lines: the item, and how many instalments its document has.
        reference: the customer's order or reference, or the number of a check.
        date, due_date: own date, and NaT for credits.
        amount, open: minor units; what is paid is their difference.
        days: past the due date; 0 and less is not due yet, and so are credits.
        disputed: contested part of what is open.
    """

    kind: TextArray
    number: TextArray
    line: IntArray
    lines: IntArray
    reference: TextArray
    date: DateArray
    due_date: DateArray
    amount: IntArray
    open: IntArray
    days: IntArray
    disputed: IntArray

    def __len__(self) -> int:
        return len(self.open)

    @property
    def paid(self) -> IntArray:
        """What was settled of each: payments, credits, discounts."""
        return self.amount - self.open

    def take(self, chosen: IntArray | BoolArray | slice) -> Lines:
        """The lines that an index, a mask or a slice picks."""
        return Lines(**{name: getattr(self, name)[chosen] for name in self.__dataclass_fields__})


@dataclass(frozen=True)
class Account:
    """What one customer owes in one currency.

    Args:
        customer_id, currency: whose, and of all its amounts.
        lines: open items, oldest due first; credits last.
        moves: what happened since the balance brought forward; empty for an open-item statement.
        brought_forward: the balance before them, minor units.
        buckets: of the aging.
        unapplied: credits, negative.
        past_due: past the due date, after credits; never negative.
        disputed: contested part of what is open.
    """

    customer_id: str
    currency: str
    lines: Lines
    moves: Moves
    brought_forward: int
    buckets: tuple[int, ...]
    unapplied: int
    past_due: int
    disputed: int

    @property
    def total(self) -> int:
        """What is due in all: open items less unapplied credits; negative is in their favour."""
        return sum(self.buckets) + self.unapplied


@dataclass(frozen=True)
class Accounts:
    """Every account with something open, moved or asked for, by customer and currency.

    Args:
        customer_id, currency, buckets, unapplied, past_due, disputed, brought_forward: one
            element an account, as in `Account`.
        lines, moves: of all accounts, those of one together.
        first_line, first_move: where each account's begin, and the end of the last.
    """

    customer_id: TextArray
    currency: TextArray
    buckets: IntArray
    unapplied: IntArray
    past_due: IntArray
    disputed: IntArray
    brought_forward: IntArray
    lines: Lines = field(repr=False)
    moves: Moves = field(repr=False)
    first_line: IntArray = field(repr=False)
    first_move: IntArray = field(repr=False)

    def __len__(self) -> int:
        return len(self.unapplied)

    @property
    def total(self) -> IntArray:
        """What is due of each."""
        return np.asarray(self.buckets.sum(axis=1) + self.unapplied, dtype=np.int64)

    @property
    def is_empty(self) -> BoolArray:
        """Which accounts have nothing to tell: nothing open and nothing that moved."""
        return np.asarray(
            (np.diff(self.first_line) == 0)
            & (np.diff(self.first_move) == 0)
            & (self.brought_forward == 0),
            dtype=np.bool_,
        )

    def account(self, at: int) -> Account:
        """One of them."""
        mine = slice(int(self.first_line[at]), int(self.first_line[at + 1]))
        moved = np.arange(self.first_move[at], self.first_move[at + 1])
        return Account(
            str(self.customer_id[at]), str(self.currency[at]), self.lines.take(mine),
            self.moves.take(moved), int(self.brought_forward[at]),
            tuple(self.buckets[at].tolist()), int(self.unapplied[at]), int(self.past_due[at]),
            int(self.disputed[at]),
        )  # fmt: skip


def accounts(
    ledger: Ledger, as_of: date, since: date | None, also: tuple[TextArray, TextArray]
) -> Accounts:
    """Read what every customer owes at a date.

    Args:
        ledger: posted rows count from their Posting Date on; drafts do not count.
        as_of: the date.
        since: the first day of an activity statement; None for one of open items.
        also: customers and currencies that get an account even if there is nothing in it.

    Asserts that what was brought forward and what moved come to what is open, for everyone.
    """
    aged = aging(ledger, as_of)
    moved = moves(ledger, since or date.max, as_of)
    before = None if since is None else aging(ledger, since - timedelta(days=1))
    pairs = [(aged.detail.customer_id, aged.detail.currency), (moved.customer_id, moved.currency),
             (aged.customer_id, aged.currency), also]  # fmt: skip
    if before is not None:
        pairs.append((before.customer_id, before.currency))
    customer, currency, owners = _numbered(pairs)
    count = len(customer)
    buckets = np.zeros((count, aged.buckets.shape[1]), dtype=np.int64)
    buckets[owners[2]] = aged.buckets
    unapplied = sum_by(owners[2], aged.unapplied, count)
    lines, first_line = _lines(ledger, aged, owners[0], count)
    overdue = sum_by(owners[0], np.where(_days(aged.detail, as_of) > 0, aged.detail.open, 0), count)
    brought = np.zeros(count, dtype=np.int64)
    if before is not None:
        brought[owners[4]] = before.total
        closing = brought + sum_by(owners[1], moved.amount, count)
        assert (closing == buckets.sum(axis=1) + unapplied).all(), "an activity does not tie"
    order = np.argsort(owners[1], kind="stable")
    return Accounts(
        customer, currency, buckets, unapplied, np.maximum(overdue + unapplied, 0),
        sum_by(owners[0], aged.detail.disputed, count), brought, lines, moved.take(order),
        first_line, _starts(owners[1], count),
    )  # fmt: skip


def _numbered(
    pairs: list[tuple[TextArray, TextArray]],
) -> tuple[TextArray, TextArray, list[IntArray]]:
    """Number pairs of customer and currency from 0, by customer and then by currency."""
    customers = np.concatenate([customer for customer, _ in pairs])
    currencies = np.concatenate([currency for _, currency in pairs])
    (mine,), names = codes_of(customers)
    (money,), codes = codes_of(currencies)
    rank = _ranks(names)
    known = _ranks(codes)
    width = max(len(codes), 1)
    keys, owner = np.unique(rank[mine] * width + known[money], return_inverse=True)
    ordered, sorted_codes = names[np.argsort(rank)], codes[np.argsort(known)]
    sizes = np.cumsum([len(customer) for customer, _ in pairs])[:-1]
    return (
        np.asarray(ordered[keys // width], dtype=object),
        np.asarray(sorted_codes[keys % width], dtype=object),
        list(np.split(owner.astype(np.int64), sizes)),
    )


def _ranks(names: TextArray) -> IntArray:
    rank = np.empty(len(names), dtype=np.int64)
    rank[np.argsort(names.astype(str), kind="stable")] = np.arange(len(names))
    return rank


def _starts(owner: IntArray, count: int) -> IntArray:
    """Where the elements of each owner begin once they are sorted by owner, and their end."""
    each = np.bincount(owner, minlength=count) if len(owner) else np.zeros(count, dtype=np.int64)
    return np.concatenate([[0], np.cumsum(each)]).astype(np.int64)


def _days(detail: AgingDetail, as_of: date) -> IntArray:
    """Days past the due date, whatever the aging counts from; credits are never past due."""
    due = np.where(np.isnat(detail.due_date), detail.invoice_date, detail.due_date)
    return np.where(detail.bucket < 0, 0, days_between(day(as_of), due))


def _lines(ledger: Ledger, aged: Aging, owner: IntArray, count: int) -> tuple[Lines, IntArray]:
    detail = aged.detail
    items = open_items(ledger, aged.as_of)
    (every, mine), names = codes_of(items.invoice_no, detail.document_no)
    lines_of = np.bincount(every, minlength=len(names))
    made = Lines(
        told_types(ledger, detail.document_no, detail.type), detail.document_no, detail.line,
        np.maximum(lines_of[mine], 1),
        _references(ledger, detail), detail.invoice_date, detail.due_date, detail.amount,
        detail.open, _days(detail, aged.as_of), detail.disputed,
    )  # fmt: skip
    return made.take(np.argsort(owner, kind="stable")), _starts(owner, count)


def _references(ledger: Ledger, detail: AgingDetail) -> TextArray:
    """The customer's order number, else reference; of a receipt the number of the check."""
    invoices, receipts = ledger.posted("Invoices"), ledger.posted("Receipts")
    genuine = invoices.take(np.flatnonzero(invoices.text("reverses") == "")[::-1])
    at = positions(genuine.text("invoice_no"), detail.document_no)
    said = first_filled(genuine.text("po"), genuine.text("reference"))
    of_documents = np.append(said, "")[at]
    genuine = receipts.take(np.flatnonzero(receipts.text("reverses") == "")[::-1])
    at = positions(genuine.text("receipt_no"), detail.document_no)
    of_receipts = np.append(genuine.text("check_ref"), "")[at]
    is_receipt = detail.type == "Receipt"
    return np.asarray(np.where(is_receipt, of_receipts, of_documents), dtype=object)
