"""Aging: what every customer owes at a date, by days past due (semantics, section 7).

The unit is the open instalment. Open credit memos and unapplied receipts stand in a column of
their own and are never netted into a bucket. Disputed amounts age on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    NAT,
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    sum_by,
)
from ar_xl.core.dates import day, days_between
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import bucket_names
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.open_items import Credits, OpenItems, credits, open_items
from ar_xl.ops.settlements import find_items


@dataclass(frozen=True)
class AgingDetail:
    """What is open, one element an instalment, credit memo or receipt.

    Args:
        currency, customer_id, document_no, line, type: of the item; Receipt and Credit Memo
            are credits, their amounts are negative.
        invoice_date: own date of the document.
        due_date, days_past_due: NaT and BLANK for credits.
        bucket: index of the bucket, -1 for credits.
        amount, open: minor units, open as of the date.
        disputed: contested part of what is open.
        future: what rows posted after the date settle of it.
    """

    currency: TextArray
    customer_id: TextArray
    document_no: TextArray
    line: IntArray
    type: TextArray
    invoice_date: DateArray
    due_date: DateArray
    days_past_due: IntArray
    bucket: IntArray
    amount: IntArray
    open: IntArray
    disputed: IntArray
    future: IntArray

    @property
    def after_future(self) -> IntArray:
        """What stays open once the later rows count."""
        return self.open - self.future

    def __len__(self) -> int:
        return len(self.open)

    def take(self, chosen: IntArray | BoolArray) -> AgingDetail:
        """The rows that an index or a mask picks."""
        return AgingDetail(**{name: getattr(self, name)[chosen] for name in _DETAIL})


_DETAIL = tuple(AgingDetail.__dataclass_fields__)


@dataclass(frozen=True)
class Aging:
    """The aging of a date, one element a customer and currency, largest total first.

    Args:
        as_of: the last Posting Date that counts.
        names: of the buckets, Current first.
        currency, customer_id: whose row it is; rows of a currency stand together.
        buckets: one row each, one column a bucket, minor units.
        unapplied: credits not applied yet, minor units, negative.
        detail: the items, by currency, customer and due date, credits last.
    """

    as_of: date
    names: tuple[str, ...]
    currency: TextArray
    customer_id: TextArray
    buckets: IntArray
    unapplied: IntArray
    detail: AgingDetail = field(repr=False)

    @property
    def total(self) -> IntArray:
        """What each customer owes: the buckets less unapplied credits."""
        return np.asarray(self.buckets.sum(axis=1) + self.unapplied, dtype=np.int64)

    @property
    def overdue(self) -> IntArray:
        """What is past due of each customer, before credits."""
        return np.asarray(self.buckets[:, 1:].sum(axis=1), dtype=np.int64)

    def __len__(self) -> int:
        return len(self.unapplied)

    def by_currency(self) -> dict[str, int]:
        """The total per currency: what the control account must show."""
        (codes,), names = codes_of(self.currency)
        totals = sum_by(codes, self.total, len(names))
        return {str(name): int(total) for name, total in zip(names, totals, strict=True)}


def days_past_due(items: OpenItems, as_of: date, basis: str) -> IntArray:
    """Days each item is past due at a date; zero and less is current.

    Args:
        items: their due dates; an item without one is due on its invoice date.
        as_of: the date.
        basis: `due`, or `invoice` to count from the invoice date.
    """
    start = items.invoice_date
    if basis == "due":
        start = np.where(np.isnat(items.due_date), items.invoice_date, items.due_date)
    return days_between(day(as_of), start)


def bucket_of(days: IntArray, edges: tuple[int, ...]) -> IntArray:
    """The bucket of each number of days: 0 is current, an upper edge belongs to its bucket."""
    return np.searchsorted(np.array([0, *edges]), days, side="left").astype(np.int64)


def aging(ledger: Ledger, as_of: date) -> Aging:
    """Age everything open at a date.

    Args:
        ledger: posted rows count from their Posting Date on; drafts do not count.
        as_of: any date; rows posted later change nothing but the future columns.
    """
    settings = ledger.policy.settings
    items = open_items(ledger, as_of)
    items = items.take(np.flatnonzero(items.open != 0))
    open_credits = credits(ledger, as_of)
    open_credits = open_credits.take(np.flatnonzero(open_credits.unapplied != 0))
    detail = _detail(ledger, as_of, items, open_credits)
    summed = summed_by_customer(
        detail.currency, detail.customer_id, detail.bucket, detail.open, settings.aging_edges
    )
    return Aging(
        as_of,
        bucket_names(settings.aging_edges),
        summed.currency,
        summed.customer_id,
        summed.buckets,
        summed.unapplied,
        detail,
    )


@dataclass(frozen=True)
class Summed:
    """What is open, one element a customer and currency; see `summed_by_customer`."""

    currency: TextArray
    customer_id: TextArray
    buckets: IntArray
    unapplied: IntArray
    owner: IntArray


def summed_by_customer(
    currency: TextArray,
    customer_id: TextArray,
    bucket: IntArray,
    amounts: IntArray,
    edges: tuple[int, ...],
) -> Summed:
    """Add up what is open: by currency, then the largest total first.

    Args:
        currency, customer_id: of each item.
        bucket: index of the bucket; -1 for credits, which are never netted into one.
        amounts: minor units; credits are negative.
        edges: upper edges of the buckets.

    Returns:
        One element a customer and currency; `owner` is its place for each item.
    """
    (of_currency, of_customer), names = codes_of(currency, customer_id)
    keys, owner = np.unique(of_currency * len(names) + of_customer, return_inverse=True)
    owner = owner.astype(np.int64)
    width = len(edges) + 2
    cells = np.where(bucket >= 0, owner * width + bucket, -1)
    buckets = sum_by(cells, amounts, len(keys) * width).reshape(len(keys), width)
    unapplied = sum_by(np.where(bucket < 0, owner, -1), amounts, len(keys))
    currencies = names[keys // len(names)] if len(keys) else names
    customers = names[keys % len(names)] if len(keys) else names
    total = buckets.sum(axis=1) + unapplied
    order = np.lexsort((customers.astype(str), -total, currencies.astype(str)))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return Summed(
        currencies[order], customers[order], buckets[order], unapplied[order], place[owner]
    )


def _detail(ledger: Ledger, as_of: date, items: OpenItems, owed_back: Credits) -> AgingDetail:
    settings = ledger.policy.settings
    days = days_past_due(items, as_of, settings.aging_basis)
    later_items, later_credits = _later(ledger, as_of, items, owed_back)
    count = len(owed_back)
    both = AgingDetail(
        currency=np.concatenate([items.currency, owed_back.currency]),
        customer_id=np.concatenate([items.customer_id, owed_back.customer_id]),
        document_no=np.concatenate([items.invoice_no, owed_back.source_no]),
        line=np.concatenate([items.line, np.ones(count, dtype=np.int64)]),
        type=np.concatenate([items.type, owed_back.source_type]),
        invoice_date=np.concatenate([items.invoice_date, owed_back.date]),
        due_date=np.concatenate([items.due_date, np.full(count, NAT)]),
        days_past_due=np.concatenate([days, np.full(count, BLANK)]),
        bucket=np.concatenate([bucket_of(days, settings.aging_edges), np.full(count, -1)]),
        amount=np.concatenate([items.amount, -owed_back.amount]),
        open=np.concatenate([items.open, -owed_back.unapplied]),
        disputed=np.concatenate([disputed(ledger, items, as_of), np.zeros(count, dtype=np.int64)]),
        future=np.concatenate([later_items, -later_credits]),
    )
    order = np.lexsort(
        (
            both.line,
            both.document_no.astype(str),
            both.invoice_date,
            both.due_date,
            both.bucket < 0,
            both.customer_id.astype(str),
            both.currency.astype(str),
        )
    )
    return both.take(order)


def _later(
    ledger: Ledger, as_of: date, items: OpenItems, owed_back: Credits
) -> tuple[IntArray, IntArray]:
    """What applications posted after the date settle of the items, and use of the credits."""
    rows = ledger.posted("Applications")
    rows = rows.take(np.flatnonzero(rows.dates("posting_date") > day(as_of)))
    of_items = np.zeros(len(items), dtype=np.int64)
    of_credits = np.zeros(len(owed_back), dtype=np.int64)
    if not len(rows):
        return of_items, of_credits
    settled = rows.ints("amount") + rows.ints("discount") + rows.ints("difference")
    where = find_items(items, rows.text("invoice_no"), rows.ints("line"))
    of_items = sum_by(where, settled, len(items))
    for source_type in ("Receipt", "Credit Memo"):
        used = rows.take(np.flatnonzero(rows.text("source_type") == source_type))
        mine = np.flatnonzero(owed_back.source_type == source_type)
        (owner, source), texts = codes_of(owed_back.source_no[mine], used.text("source_no"))
        of_credits[mine] = sum_by(source, used.ints("source_amount"), len(texts))[owner]
    return of_items, of_credits


def drafts_left_out(ledger: Ledger) -> dict[str, int]:
    """How many drafts of each table count nowhere yet."""
    tables = ("Invoices", "Receipts", "Adjustments", "Plans")
    return {name: len(ledger.draft(name)) for name in tables if len(ledger.draft(name))}
