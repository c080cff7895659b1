"""Expected cash: what is open, spread over the weeks in which it is likely to come in.

An item that is a days late today is paid in the first week as often as items that were as late
were paid within seven days more; what is left of it in the second week as often as items seven
days later than that, and so on. Counted are the customer's own items, and with them as many as
ten items of the whole book, so that a customer with little history is expected to pay as all do:

    rate of a week = (own paid in it + 10 x book paid in it / book unpaid before it)
                     / (own unpaid before it + 10)

Payments of the last 365 days count, and items still unpaid. `python -m proofs.forecast` prints
how far off this was on a real history, beside two simpler rules.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray
from ar_xl.core.money import ratio_rounded
from ar_xl.ops.collecting.payhistory import Lateness

WEEKS = 13
WEEK = 7
BOOK_ITEMS = 10  # so many items of the whole book count beside the customer's own
FEWEST = 3  # fewer items than this are no habit
MILLION = 1_000_000


@dataclass(frozen=True)
class WeekRate:
    """The counts behind one week's rate, one element an item.

    Args:
        own_paid, own_unpaid: the customer's items paid in the week, and unpaid before it.
        book_paid, book_unpaid: those of the whole book.
        rate: in millionths.
    """

    own_paid: IntArray
    own_unpaid: IntArray
    book_paid: IntArray
    book_unpaid: IntArray
    rate: IntArray


def week_rate(past: Lateness, customer: IntArray, age: IntArray) -> WeekRate:
    """How often items of such age were paid within the next seven days.

    Args:
        past: what is known of paying.
        customer: code of each item's customer.
        age: days past due before the week; below zero before the due date.
    """
    after = age + WEEK
    own_later, book_later = past.paid_after(customer, after), past.book_paid_after(after)
    own_paid = past.paid_after(customer, age) - own_later
    book_paid = past.book_paid_after(age) - book_later
    own_unpaid = own_paid + own_later + past.open_since(customer, after)
    book_unpaid = book_paid + book_later + past.book_open_since(after)
    among = np.maximum(book_unpaid, 1)
    rate = ratio_rounded(
        own_paid * among + BOOK_ITEMS * book_paid, MILLION, among * (own_unpaid + BOOK_ITEMS)
    )
    return WeekRate(own_paid, own_unpaid, book_paid, book_unpaid, rate)


def spread(past: Lateness, customer: IntArray, age: IntArray, amount: IntArray) -> IntArray:
    """What of each amount is expected in each week.

    Args:
        past: what is known of paying.
        customer: code of each item's customer.
        age: days past due today.
        amount: minor units.

    Returns:
        One row an item, one column a week, and one for what is later or never: each row adds up
        to its amount.
    """
    out = np.zeros((len(amount), WEEKS + 1), dtype=np.int64)
    # Items of one customer that are equally late have equal rates.
    pairs, pair = np.unique(np.stack([customer, age]), axis=1, return_inverse=True)
    payer, late, pair = pairs[0], pairs[1], pair.reshape(-1)
    left = np.full(len(payer), MILLION, dtype=np.int64)
    before = np.zeros(len(amount), dtype=np.int64)
    for week in range(WEEKS):
        rate = week_rate(past, payer, late + WEEK * week).rate
        left = ratio_rounded(left, MILLION - rate, MILLION)
        by_then = amount - ratio_rounded(amount, left[pair], MILLION)
        out[:, week] = by_then - before
        before = by_then
    out[:, WEEKS] = amount - before
    return out


def expected_lateness(past: Lateness, customer: IntArray, age: IntArray) -> IntArray:
    """The days late with which each item is likely to be paid, BLANK where nothing tells.

    The average of the customer's items that were paid later than the item is late today; of the
    whole book's where the customer has fewer than three.

    Args:
        past: what is known of paying.
        customer: code of each item's customer.
        age: days past due today.
    """
    own, book = past.paid_after(customer, age), past.book_paid_after(age)
    mine = ratio_rounded(past.days_after(customer, age), 1, np.maximum(own, 1))
    all_of_them = ratio_rounded(past.book_days_after(age), 1, np.maximum(book, 1))
    return np.where(own >= FEWEST, mine, np.where(book >= 1, all_of_them, BLANK))
