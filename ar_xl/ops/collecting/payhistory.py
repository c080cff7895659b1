"""How late items were paid: the history from which payment habits and expected cash come.

An item is paid where nothing of it is open and payments made up at least half of it: one that was
credited or written off says nothing of how its customer pays. It is paid on the day of its last
settlement. Days late are that day less the due date; early payment is below zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, codes_of, sum_by
from ar_xl.core.ledger import Ledger, view
from ar_xl.ops.open_items import OpenItems, open_items
from ar_xl.ops.settlements import DAYS, Settlements, all_settlements, day_numbers, settlements

NEVER = 1 << 21  # a day beyond every calendar
MEMORY_DAYS = 365  # how far back payments count: habits of years ago are habits no more
_SHIFT = 1 << 20  # days late are from -_SHIFT to _SHIFT
_ROOM = 1 << 22


@dataclass(frozen=True)
class PayHistory:
    """Every item of a date, one element each, and how it was paid; days count from 1970.

    Args:
        items: all debit items but refunds, settled ones included.
        customer: code of each item's customer.
        customer_id: by code.
        due: due day; the invoice date where there is none.
        known: the day from which it is in the books.
        paid: the day it was paid, NEVER where it is open.
        closed: the day nothing of it was open any more, however that came; NEVER where it is.
        cash: what payments settled, by item and day.
        relief: what settled it, whatever it was.
    """

    items: OpenItems
    customer: IntArray
    customer_id: TextArray
    due: IntArray
    known: IntArray
    paid: IntArray
    closed: IntArray
    cash: Settlements
    relief: Settlements

    @property
    def late(self) -> IntArray:
        """Days from due day to payment; without meaning where it is not paid."""
        return self.paid - self.due


@view("Invoices", "Instalments", "Applications", "Receipts")
def pay_history(ledger: Ledger, as_of: date) -> PayHistory:
    """Read the history as the books of a date tell it; nothing posted later counts.

    Args:
        ledger: posted rows count.
        as_of: the last Posting Date that counts.
    """
    everything = open_items(ledger, as_of)
    kept = np.flatnonzero((everything.type != "Refund") & (everything.amount > 0))
    items = everything.take(kept)
    if len(kept) == len(everything):
        relief = all_settlements(ledger, as_of)
    else:
        relief = settlements(ledger, items, as_of)
    used = ledger.posted("Applications")
    receipts = used.take(np.flatnonzero(used.text("source_type") == "Receipt"))
    tables = {**ledger.tables, "Applications": receipts}
    cash = settlements(replace(ledger, tables=tables, views={}), items, as_of)
    (customer,), names = codes_of(items.customer_id)
    dated = np.where(np.isnat(items.due_date), items.invoice_date, items.due_date)
    closed = np.where(items.open == 0, relief.last_day(), NEVER)
    in_cash = sum_by(cash.item, cash.amount, len(items))
    paid = np.where(2 * in_cash >= items.amount, closed, NEVER)
    return PayHistory(
        items, customer, names, day_numbers(dated), day_numbers(items.invoice_date), paid, closed,
        cash, relief,
    )  # fmt: skip


@dataclass(frozen=True)
class Lateness:
    """How late items were paid by a day, and which were unpaid how long, ready for counting.

    Args:
        groups: how many customers there are.
        settled: customer and days late of each paid item in one number, in order.
        unpaid: customer and age past due of each item still open, the same way.
        days: days late of the settled ones, in that order.
        book_days, book_ages: days late, and ages, of all, in order.
    """

    groups: int
    settled: IntArray
    unpaid: IntArray
    days: IntArray
    book_days: IntArray
    book_ages: IntArray

    def paid_after(self, customer: IntArray, late: IntArray) -> IntArray:
        """How many items of each customer were paid more than so many days late."""
        end = np.searchsorted(self.settled, _key(customer + 1, np.int64(-_SHIFT)))
        return end - np.searchsorted(self.settled, _key(customer, late), side="right")

    def days_after(self, customer: IntArray, late: IntArray) -> IntArray:
        """The days late of those items added up."""
        running = np.concatenate([[0], np.cumsum(self.days)])
        end = np.searchsorted(self.settled, _key(customer + 1, np.int64(-_SHIFT)))
        start = np.searchsorted(self.settled, _key(customer, late), side="right")
        return np.asarray(running[end] - running[start], dtype=np.int64)

    def open_since(self, customer: IntArray, age: IntArray) -> IntArray:
        """How many items of each customer reached an age within memory and are unpaid still."""
        last = np.searchsorted(self.unpaid, _key(customer, age + MEMORY_DAYS))
        return last - np.searchsorted(self.unpaid, _key(customer, age))

    def book_paid_after(self, late: IntArray) -> IntArray:
        """How many items of the whole book were paid more than so many days late."""
        ages, at = np.unique(late, return_inverse=True)
        found = np.searchsorted(self.book_days, ages, side="right")
        return np.asarray(len(self.book_days) - found[at], dtype=np.int64)

    def book_days_after(self, late: IntArray) -> IntArray:
        """The days late of those items added up."""
        running = np.concatenate([[0], np.cumsum(self.book_days)])
        found = np.searchsorted(self.book_days, late, side="right")
        return np.asarray(running[-1] - running[found], dtype=np.int64)

    def book_open_since(self, age: IntArray) -> IntArray:
        """How many items of the whole book reached an age within memory and are unpaid still."""
        ages, at = np.unique(age, return_inverse=True)
        last = np.searchsorted(self.book_ages, ages + MEMORY_DAYS)
        return np.asarray((last - np.searchsorted(self.book_ages, ages))[at], dtype=np.int64)


def lateness(history: PayHistory, today: int) -> Lateness:
    """What was known of a day: payments of the year before it, and what was open then.

    Args:
        history: payments and items of this day or later ones.
        today: the day; what came later does not count.
    """
    paid = in_memory(history, today)
    unpaid = (history.known <= today) & (history.closed > today)
    settled = np.flatnonzero(paid)
    settled = settled[np.lexsort((history.late[settled], history.customer[settled]))]
    late = history.late[settled]
    age = today - history.due[unpaid]
    return Lateness(
        len(history.customer_id),
        _key(history.customer[settled], late),
        np.sort(_key(history.customer[unpaid], age)),
        late,
        np.sort(late),
        np.sort(age),
    )


def in_memory(history: PayHistory, today: int) -> BoolArray:
    """Which items were paid within the memory of a day."""
    known = (history.paid <= today) & (history.known <= today)
    return np.asarray(known & (history.paid > today - MEMORY_DAYS), dtype=np.bool_)


def _key(customer: IntArray, days: IntArray | np.int64) -> IntArray:
    """Customer and days in one number that sorts by both."""
    return np.asarray(customer * _ROOM + np.clip(days, -_SHIFT, _SHIFT) + _SHIFT, dtype=np.int64)


assert _ROOM > 2 * _SHIFT
assert DAYS > NEVER
