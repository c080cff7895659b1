"""Disputes: how much of each open item the customer contests, and since when.

An amount without a line fills the document's oldest instalments first; no amount means all of
it. A dispute is open from the day it was opened until the day it was closed or settled.

`disputed` is what everything outside takes: the contested part of each item, to stand apart in
aging, fees, collections, statements and letters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, codes_of, sum_by
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.settling import endings
from ar_xl.ops.open_items import OpenItems
from ar_xl.ops.settlements import day_numbers, find_items
from ar_xl.ops.waterfall import pour


@dataclass(frozen=True)
class Claims:
    """What is or was contested of which item, one element an item and dispute.

    Args:
        row: index of the dispute in the Disputes table.
        item: index of the item.
        amount: contested, minor units; not yet limited to what is open.
        opened, closed: days since 1970; `closed` is beyond every date while it is open.
    """

    row: IntArray
    item: IntArray
    amount: IntArray
    opened: IntArray
    closed: IntArray

    def active(self, days: IntArray) -> BoolArray:
        """Which claims are open at the end of a day, one day each."""
        return (self.opened <= days) & (days < self.closed)


NEVER = (1 << 22) - 1  # after the last date that there is, and below settlements.DAYS


def claims(ledger: Ledger, items: OpenItems, as_of: date) -> Claims:
    """Every dispute opened by a date, as far as it is about one of the items.

    Args:
        ledger: its Disputes table; amounts are in the document's currency.
        items: open items of the same date.
        as_of: disputes opened later do not count, nor does a closing after it.
    """
    every = ledger.posted("Disputes")
    begun = np.flatnonzero(every.dates("opened") <= day(as_of))
    if not len(begun) or not len(items):
        none = np.zeros(0, dtype=np.int64)
        return Claims(none, none, none, none, none)
    ended, rows = endings(ledger, as_of), every.take(begun)
    closed = ended.closed[begun]
    end = np.where(closed, day_numbers(ended.on[begun]), NEVER)
    row, item, amount = _spread(rows, closed, items)
    opened = day_numbers(rows.dates("opened"))
    return Claims(begun[row], item, amount, opened[row], np.maximum(end, opened)[row])


@dataclass(frozen=True)
class Contested:
    """What stands in dispute at a date, one element a dispute and item.

    Args:
        row: index of the dispute in the Disputes table.
        item: index of the item.
        claimed: what it claims of the item, minor units.
        amount: the part of that which is open; of several disputes on one item the earlier
            comes first, and together they are never more than is open.
    """

    row: IntArray
    item: IntArray
    claimed: IntArray
    amount: IntArray


def contested(ledger: Ledger, items: OpenItems, as_of: date) -> Contested:
    """Every open dispute on some items at a date, limited to what is open.

    Args:
        ledger: its Disputes table and what was posted.
        items: open items of the same date, all or some.
        as_of: the date.
    """
    found = claims(ledger, items, as_of)
    now = np.full(len(found.item), day_numbers(np.array([day(as_of)]))[0])
    at = np.flatnonzero(found.active(now))
    at = at[np.lexsort((found.row[at], found.opened[at]))]
    poured = pour(found.item[at], found.amount[at], np.arange(len(items)), items.open)
    amount = sum_by(poured.source, poured.amount, len(at))
    return Contested(found.row[at], found.item[at], found.amount[at], amount)


def disputed(ledger: Ledger, items: OpenItems, as_of: date) -> IntArray:
    """The contested amount of each item at a date, never more than is open."""
    found = contested(ledger, items, as_of)
    return sum_by(found.item, found.amount, len(items))


def _spread(
    rows: Frame, closed: BoolArray, items: OpenItems
) -> tuple[IntArray, IntArray, IntArray]:
    """Row, item and amount of every claim; an amount of BLANK is all of the item."""
    (owner, wanted), _ = codes_of(items.invoice_no, rows.text("invoice_no"))
    lines, amounts = rows.ints("line"), rows.ints("amount")
    direct = np.flatnonzero(lines != BLANK)
    spot = find_items(items, rows.text("invoice_no")[direct], lines[direct])
    whole = np.flatnonzero((lines == BLANK) & (amounts == BLANK))
    each_row, each_item = pairs(wanted, whole, owner)
    row = np.concatenate([direct[spot >= 0], each_row])
    item = np.concatenate([spot[spot >= 0], each_item])
    amount = np.where(amounts[row] == BLANK, items.amount[item], amounts[row])
    shared = (lines == BLANK) & (amounts != BLANK)
    oldest = np.lexsort((items.line, items.due_date))
    opened = rows.dates("opened")
    standing = np.flatnonzero(shared & ~closed)
    standing = standing[np.argsort(opened[standing], kind="stable")]
    poured = pour(wanted[standing], amounts[standing], owner[oldest], items.open[oldest])
    ended = np.flatnonzero(shared & closed)
    # One may have begun after the other ended, so each has all of the document for itself.
    place_of, place = pairs(wanted, ended, owner[oldest])
    alone = pour(ended, amounts[ended], place_of, items.amount[oldest[place]])
    row = np.concatenate([row, standing[poured.source], ended[alone.source]])
    item = np.concatenate([item, oldest[poured.place], oldest[place[alone.place]]])
    amount = np.concatenate([amount, poured.amount, alone.amount])
    return row, item, amount


def pairs(wanted: IntArray, rows: IntArray, owner: IntArray) -> tuple[IntArray, IntArray]:
    """Pair rows with everything that belongs to what they name.

    Args:
        wanted: code of what each row names.
        rows: indices of the rows to pair.
        owner: code of what each item belongs to.

    Returns:
        Row and item of each pair, row by row.
    """
    order = np.argsort(owner, kind="stable")
    start = np.searchsorted(owner[order], wanted[rows], side="left")
    stop = np.searchsorted(owner[order], wanted[rows], side="right")
    count = stop - start
    offsets = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(rows, count), order[np.repeat(start, count) + offsets]
