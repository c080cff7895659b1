"""Promises to pay: standing, kept or broken, and what a standing one covers.

A promise is an Activities row of the kind Promise. It is about the invoice it names, else about
what the customer owes by the promised day. It stands until that day plus the grace of the
settings; it is kept once what was promised has come in, and broken when the days are over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    filled,
    positions,
    sum_by,
    text_array,
)
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.disputes import pairs
from ar_xl.ops.open_items import OpenItems, credits, open_items
from ar_xl.ops.settlements import all_settlements, day_numbers
from ar_xl.ops.waterfall import pour

STANDING, KEPT, BROKEN, REPLACED = "standing", "kept", "broken", "replaced"
PART_KEPT = "part kept"


@dataclass(frozen=True)
class Promises:
    """The promises made by a date, one element each.

    Args:
        customer_id, invoice_no: who promised, for which invoice ("" for all that is due).
        currency: of the amounts.
        made, due: the day it was made, the day it was made for.
        last_day: the due day plus grace, days since 1970.
        wanted: what was promised, minor units.
        received: what came in from the day it was made to its last day.
        state: standing, kept, broken, or replaced by a later promise for the same.
        row: of the Activities sheet.
    """

    customer_id: TextArray
    invoice_no: TextArray
    currency: TextArray
    made: DateArray
    due: DateArray
    last_day: IntArray
    wanted: IntArray
    received: IntArray
    state: TextArray
    row: IntArray

    @property
    def outcome(self) -> TextArray:
        """The state in words: a broken promise of which something came in is part kept."""
        part = (self.state == BROKEN) & (self.received > 0)
        return np.where(part, PART_KEPT, self.state).astype(object)

    @property
    def missing(self) -> IntArray:
        """What of the promise has not come in, minor units."""
        return np.asarray(np.maximum(self.wanted - self.received, 0), dtype=np.int64)

    def take(self, chosen: IntArray | BoolArray) -> Promises:
        """The promises that an index or a mask picks."""
        return Promises(**{name: getattr(self, name)[chosen] for name in self.__dataclass_fields__})


def promises(ledger: Ledger, as_of: date) -> Promises:
    """Read every promise made by a date and tell how it went, without looking past the date.

    Args:
        ledger: its Activities, and what was posted.
        as_of: the date.
    """
    rows = ledger.posted("Activities")
    rows = rows.take(
        np.flatnonzero(
            (rows.text("kind") == "Promise")
            & (rows.dates("date") <= day(as_of))
            & ~np.isnat(rows.dates("promise_date"))
        )
    )
    if not len(rows):
        return _none()
    items, settled = open_items(ledger, as_of), all_settlements(ledger, as_of)
    currency = _currencies(ledger, rows, items)
    amount = rows.ints("promise_amount")
    made, due = day_numbers(rows.dates("date")), day_numbers(rows.dates("promise_date"))
    last = due + int(ledger.policy.settings.promise_grace_days)
    today = int(day_numbers(np.array([day(as_of)]))[0])
    upto = np.minimum(last, today)
    promise, item = _covered_pairs(rows, currency, items)

    def sum_of(values: IntArray) -> IntArray:
        return sum_by(promise, values, len(rows))

    by_then = settled.until(item, upto[promise])
    before = settled.until(item, made[promise] - 1)
    left = sum_of(items.amount[item] - by_then)
    wanted = np.where(amount == BLANK, sum_of(items.amount[item] - before), amount)
    received = sum_of(by_then - before) + _unapplied(ledger, rows, currency, made, upto, as_of)
    kept = (received >= wanted) | (left <= 0)
    state = np.where(kept, KEPT, np.where(today <= last, STANDING, BROKEN)).astype(object)
    state[_replaced(rows, made, last) & ~kept] = REPLACED
    return Promises(
        rows.text("customer_id"), rows.text("invoice_no"), currency, rows.dates("date"),
        rows.dates("promise_date"), last, wanted, received, state,
        rows.row,
    )  # fmt: skip


def _none() -> Promises:
    text, days = text_array([]), np.zeros(0, dtype=np.int64)
    dates = days.astype("datetime64[D]")
    return Promises(text, text, text, dates, dates, days, days, days, text, days)


def _currencies(ledger: Ledger, rows: Frame, items: OpenItems) -> TextArray:
    """The invoice's currency, else the customer's, else the base currency."""
    out = filled(len(rows), ledger.policy.settings.base_currency)
    customers = ledger.posted("Customers")
    at = positions(customers.text("customer_id"), rows.text("customer_id"))
    own = (at >= 0) & (customers.text("currency")[at] != "") if len(customers) else at >= 0
    out[own] = customers.text("currency")[at[own]]
    at = positions(items.invoice_no, rows.text("invoice_no"))
    out[at >= 0] = items.currency[at[at >= 0]]
    return out


def _covered_pairs(rows: Frame, currency: TextArray, items: OpenItems) -> tuple[IntArray, IntArray]:
    """Each promise with each item it is about."""
    by_invoice = rows.text("invoice_no") != ""
    (owner, named), _ = codes_of(items.invoice_no, rows.text("invoice_no"))
    one, item = pairs(named, np.flatnonzero(by_invoice), owner)
    (owner, named), _ = codes_of(items.customer_id, rows.text("customer_id"))
    other, theirs = pairs(named, np.flatnonzero(~by_invoice), owner)
    about = (items.currency[theirs] == currency[other]) & (
        items.due_date[theirs] <= rows.dates("promise_date")[other]
    )
    return np.concatenate([one, other[about]]), np.concatenate([item, theirs[about]])


def _unapplied(
    ledger: Ledger, rows: Frame, currency: TextArray, made: IntArray, upto: IntArray, as_of: date
) -> IntArray:
    """Money of the customer received in time that is not applied yet."""
    paid = credits(ledger, as_of)
    paid = paid.take(np.flatnonzero((paid.source_type == "Receipt") & (paid.unapplied > 0)))
    (owner, named), _ = codes_of(paid.customer_id, rows.text("customer_id"))
    row, source = pairs(named, np.arange(len(rows)), owner)
    days = day_numbers(paid.date)[source]
    in_time = (made[row] <= days) & (days <= upto[row]) & (paid.currency[source] == currency[row])
    return sum_by(row[in_time], paid.unapplied[source[in_time]], len(rows))


def _replaced(rows: Frame, made: IntArray, last: IntArray) -> BoolArray:
    """Which promises gave way to a later one for the same before they were over."""
    (customer, invoice), names = codes_of(rows.text("customer_id"), rows.text("invoice_no"))
    scope = customer * len(names) + invoice
    order = np.lexsort((made, scope))
    later = np.zeros(len(rows), dtype=np.bool_)
    same = scope[order][1:] == scope[order][:-1]
    in_time = made[order][1:] <= last[order][:-1]
    later[order[:-1]] = same & in_time
    return later


def promised(standing: Promises, items: OpenItems, room: IntArray) -> IntArray:
    """How much of each item a standing promise covers, oldest item first.

    Args:
        standing: promises; only those in the state standing count.
        items: open items.
        room: how much of each item may be covered, minor units.
    """
    standing = standing.take(np.flatnonzero(standing.state == STANDING))
    if not len(standing.wanted):
        return np.zeros(len(items), dtype=np.int64)
    left = np.maximum(standing.wanted - standing.received, 0)
    covered = np.zeros(len(items), dtype=np.int64)
    oldest = np.lexsort((items.line, items.invoice_date, items.due_date))
    by_invoice = standing.invoice_no != ""
    for chosen, theirs, mine in (
        (by_invoice, standing.invoice_no, items.invoice_no),
        (~by_invoice, standing.customer_id + "\t" + standing.currency,
         items.customer_id + "\t" + items.currency),
    ):  # fmt: skip
        some = np.flatnonzero(chosen)
        (source, place), _ = codes_of(theirs[some], mine[oldest])
        poured = pour(source, left[some], place, (room - covered)[oldest])
        covered += sum_by(oldest[poured.place], poured.amount, len(items))
    return covered
