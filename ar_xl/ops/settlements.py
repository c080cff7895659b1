"""Settlements: when each open item was reduced, by how much, on the days that interest counts.

Whether a row counts follows its Posting Date; from which day it counts follows own dates: a
receipt of a closed month stops interest on the day it was received (semantics, section 1).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import DateArray, IntArray, TextArray, codes_of, sum_by
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger, view
from ar_xl.ops.open_items import OpenItems, live_rows, open_items, posted_by

LINES = 4096  # more instalments than a document may have
DAYS = 1 << 22  # more days than a calendar has, counted from 1970


def day_numbers(dates: DateArray) -> IntArray:
    """Days since 1970; a missing date is far below every other."""
    return dates.astype("datetime64[D]").astype(np.int64)


def find_items(items: OpenItems, invoice_no: TextArray, line: IntArray) -> IntArray:
    """The index of each document line among the items, -1 where it is not there."""
    (owner, wanted), _ = codes_of(items.invoice_no, invoice_no, keep=True)
    keys = owner * LINES + items.line
    order = np.argsort(keys, kind="stable")
    if not len(order):
        return np.full(len(wanted), -1, dtype=np.int64)
    sought = wanted * LINES + line
    spot = np.minimum(np.searchsorted(keys[order], sought), len(order) - 1)
    return np.where(keys[order][spot] == sought, order[spot], -1).astype(np.int64)


@dataclass(frozen=True)
class Settlements:
    """What reduced the items, one element an application row, by item and then by day.

    Args:
        item: index of the item.
        day: from the end of this day on it is reduced, days since 1970.
        amount: amount + discount + difference; negative where an application was reversed.
        count: how many items there are.
    """

    item: IntArray
    day: IntArray
    amount: IntArray
    count: int

    def until(self, item: IntArray, day: IntArray) -> IntArray:
        """What had reduced each item by the end of a day."""
        running = np.concatenate([[0], np.cumsum(self.amount)])
        keys = self.item * DAYS + self.day
        upto = np.searchsorted(keys, item * DAYS + day, side="right")
        start = np.searchsorted(self.item, item, side="left")
        return np.asarray(running[np.maximum(upto, start)] - running[start], dtype=np.int64)

    def last_day(self) -> IntArray:
        """The last day on which each item was reduced, -1 where it never was."""
        out = np.full(self.count, -1, dtype=np.int64)
        reducing = self.amount > 0
        np.maximum.at(out, self.item[reducing], self.day[reducing])
        return out


def settlements(ledger: Ledger, items: OpenItems, as_of: date) -> Settlements:
    """The applications posted by a date that reduced these items.

    Args:
        ledger: posted rows count.
        items: all or some of the open items of the same date.
        as_of: the last Posting Date that counts.
    """
    rows = posted_by(ledger.posted("Applications"), as_of)
    where = find_items(items, rows.text("invoice_no"), rows.ints("line"))
    known = np.flatnonzero(where >= 0)
    rows, where = rows.take(known), where[known]
    days = day_numbers(_own_dates(ledger, items, rows, where))
    amount = rows.ints("amount") + rows.ints("discount") + rows.ints("difference")
    order = np.lexsort((days, where))
    return Settlements(where[order], days[order], amount[order], len(items))


@view("Invoices", "Instalments", "Applications", "Receipts")
def all_settlements(ledger: Ledger, as_of: date) -> Settlements:
    """The settlements of all open items of a date, reckoned once per ledger and date."""
    return settlements(ledger, open_items(ledger, as_of), as_of)


def application_dates(
    ledger: Ledger, items: OpenItems, item: IntArray, wanted: DateArray, relieved: IntArray
) -> DateArray:
    """The dates of new applications, none before the day from which so much is open.

    Undoing may have given an item back from a later day on; until then an earlier application
    would take more of it than was open.

    Args:
        ledger: posted rows count.
        items: all or some of the open items.
        item: index of the item that each application relieves.
        wanted: the later of the Posting Dates of source and document.
        relieved: by how much, minor units.
    """
    rows = ledger.posted("Applications")
    if not (rows.text("reverses") != "").any():
        return wanted
    where = find_items(items, rows.text("invoice_no"), rows.ints("line"))
    settled = rows.ints("amount") + rows.ints("discount") + rows.ints("difference")
    days = day_numbers(rows.dates("posting_date"))
    keys, group = np.unique(where * DAYS + days, return_inverse=True)
    moved = sum_by(np.where(where >= 0, group, -1).astype(np.int64), settled, len(keys))
    changed = np.flatnonzero((moved != 0) & (keys >= 0))
    owner, day, moved = keys[changed] // DAYS, keys[changed] % DAYS, moved[changed]
    running = np.concatenate([[0], np.cumsum(moved)])
    first = np.searchsorted(owner, owner, side="left")
    open_after = items.amount[owner] - (running[1:] - running[first])
    ends = np.append(owner[1:] != owner[:-1], True)[: len(owner)]
    short = (open_after < sum_by(item, relieved, len(items))[owner]) & ~ends
    until = np.full(len(items), np.iinfo(np.int64).min)
    np.maximum.at(until, owner[short], np.append(day[1:], 0)[: len(day)][short])
    earliest = np.maximum(until[item], -DAYS).astype("datetime64[D]")
    return np.asarray(np.maximum(wanted, earliest), dtype="datetime64[D]")


def _own_dates(ledger: Ledger, items: OpenItems, rows: Frame, where: IntArray) -> DateArray:
    """The day from which each application counts for interest.

    An application dated when its source and document were posted counts from the later of
    their own dates; one with a date of its own, and every reversal, from that date.
    """
    dates = rows.dates("date").copy()
    invoices, receipts = ledger.posted("Invoices"), ledger.posted("Receipts")
    shifted = (invoices.dates("posting_date") != invoices.dates("invoice_date")).any()
    shifted |= (receipts.dates("posting_date") != receipts.dates("receipt_date")).any()
    if not len(rows) or not shifted:
        return dates
    own, posted = _source_dates(ledger, rows)
    document = items.document[where]
    own = np.fmax(own, items.invoice_date[where])
    posted = np.fmax(posted, items.documents.dates("posting_date")[document])
    by_posting = (dates == posted) & (rows.text("reverses") == "") & ~np.isnat(own)
    return np.where(by_posting, own, dates)


def _source_dates(ledger: Ledger, rows: Frame) -> tuple[DateArray, DateArray]:
    """Own and posting date of what paid, NaT where that is an adjustment."""
    own = np.full(len(rows), np.datetime64("NaT", "D"))
    posted = own.copy()
    invoices = ledger.posted("Invoices")
    memos = invoices.take(invoices.text("type") == "Credit Memo")
    sources = (
        ("Receipt", ledger.posted("Receipts"), "receipt_no", "receipt_date"),
        ("Credit Memo", memos, "invoice_no", "invoice_date"),
    )
    for source_type, frame, number, own_date in sources:
        live, _ = live_rows(frame, number)
        mine = np.flatnonzero(rows.text("source_type") == source_type)
        (owner, used), texts = codes_of(live.text(number), rows.text("source_no")[mine], keep=True)
        spot = np.full(len(texts), -1, dtype=np.int64)
        spot[owner] = np.arange(len(live))
        found = spot[used] >= 0
        own[mine[found]] = live.dates(own_date)[spot[used][found]]
        posted[mine[found]] = live.dates("posting_date")[spot[used][found]]
    return own, posted
