"""Receipts of eleven months and what they paid, oldest first, as plain arrays.

Every customer owns a stretch of one line of minor units, its items laid end to end, oldest due
date first. Receipts are cuts of the part that is paid, so a receipt may pay several items and
an item may be paid by several receipts, and each piece between two cuts is one application.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import DateArray, IntArray
from bench.population import LAST_MONTH_START, Items, Size

_PAID_SHARE, _PAID_SPREAD = 0.85, 0.10  # of what a customer was invoiced; leaves 20 % open
_LAST_POSTED_DAY = LAST_MONTH_START - np.timedelta64(1, "D")


@dataclass(frozen=True)
class Paid:
    """Posted receipts by date, and their applications.

    Args:
        customer, date, amount: of each receipt, minor units.
        receipt, item: index of each application's receipt and item.
        applied, discount: of each application, minor units.
    """

    customer: IntArray
    date: DateArray
    amount: IntArray
    receipt: IntArray
    item: IntArray
    applied: IntArray
    discount: IntArray


def make_payments(size: Size, items: Items, rng: np.random.Generator) -> Paid:
    """Receipts of the posted months; none is older than what it pays.

    Args:
        size: of the workload.
        items: of the posted documents.
        rng: the source of all chance.
    """
    order = np.lexsort((items.document, items.date, items.due, items.customer))
    owner, ends = items.customer[order], np.cumsum(items.amount[order])
    total = np.zeros(size.customers, dtype=np.int64)
    np.add.at(total, owner, items.amount[order])
    base = np.cumsum(total) - total
    share = np.clip(rng.normal(_PAID_SHARE, _PAID_SPREAD, size.customers), 0.3, 1.05)
    paid = (total * share).astype(np.int64)
    customer = np.sort(rng.integers(0, size.customers, size.posted_receipts))
    customer = customer[paid[customer] > 100]
    start, end = _cuts(customer, paid, rng)
    kept = end > start
    customer, start, end = customer[kept], start[kept], end[kept]
    # Several items of one customer never overlap, so one search finds what a cut reaches.
    beyond = base[customer] + np.minimum(end, total[customer])
    last = np.minimum(np.searchsorted(ends, beyond, side="left"), len(order) - 1)
    seen = _running_latest(owner, items.date[order])
    date = _dates(seen[last], items.window[order][last], customer, rng)
    pieces = _pieces(ends, items.amount[order], base[customer] + start, beyond)
    made = Paid(
        customer, date, end - start, pieces[0], order[pieces[1]],
        pieces[2], np.zeros(len(pieces[2]), dtype=np.int64),
    )  # fmt: skip
    return _by_date(_with_discounts(made, items, pieces[3]))


def _cuts(
    customer: IntArray, paid: IntArray, rng: np.random.Generator
) -> tuple[IntArray, IntArray]:
    """Random cuts of each customer's paid stretch, as start and end of each receipt."""
    point = (rng.random(len(customer)) * paid[customer]).astype(np.int64)
    order = np.lexsort((point, customer))
    end = point[order]
    last = np.concatenate([customer[1:] != customer[:-1], [True]])
    end[last] = paid[customer[last]]
    start = np.concatenate([[0], end[:-1]])
    start[np.concatenate([[True], customer[1:] != customer[:-1]])] = 0
    return start, end


def _running_latest(owner: IntArray, date: DateArray) -> DateArray:
    """The latest document date among a customer's items up to each one."""
    days = date.astype(np.int64) + owner * 10_000_000
    return (np.maximum.accumulate(days) - owner * 10_000_000).astype("datetime64[D]")


def _dates(
    earliest: DateArray, window: IntArray, customer: IntArray, rng: np.random.Generator
) -> DateArray:
    """A day between the documents and the end of the posted months, rising per customer."""
    prompt = (window > 0) & (rng.random(len(window)) < 0.5)
    lag = np.where(prompt, rng.integers(1, 10, len(window)), rng.integers(5, 60, len(window)))
    room = (_LAST_POSTED_DAY - earliest).astype(np.int64)
    lag = np.where(lag > room, (rng.random(len(window)) * (room + 1)).astype(np.int64), lag)
    return _running_latest(customer, earliest + lag.astype("timedelta64[D]"))


def _pieces(
    ends: IntArray, amount: IntArray, start: IntArray, end: IntArray
) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Receipt, item and amount of each piece between two cuts, and whether it closes the item."""
    first = np.searchsorted(ends, start, side="right")
    last = np.searchsorted(ends, end, side="left")
    count = np.where(end > start, last - first + 1, 0)
    receipt = np.repeat(np.arange(len(start)), count)
    offset = np.arange(len(receipt)) - np.repeat(np.cumsum(count) - count, count)
    item = first[receipt] + offset
    low = np.maximum(start[receipt], ends[item] - amount[item])
    high = np.minimum(end[receipt], ends[item])
    return receipt, item, high - low, (high == ends[item]).astype(np.int64)


def _with_discounts(paid: Paid, items: Items, closes: IntArray) -> Paid:
    """Pieces that close an item inside its window take the discount; the receipt is smaller."""
    days = (paid.date[paid.receipt] - items.date[paid.item]).astype(np.int64)
    discount = items.discount[paid.item]
    earned = (closes == 1) & (days <= items.window[paid.item]) & (discount > 0)
    earned &= paid.applied > discount
    granted = np.where(earned, discount, 0)
    smaller = paid.amount.copy()
    np.subtract.at(smaller, paid.receipt, granted)
    return Paid(
        paid.customer, paid.date, smaller, paid.receipt, paid.item, paid.applied - granted, granted
    )


def _by_date(paid: Paid) -> Paid:
    order = np.argsort(paid.date, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    receipt = place[paid.receipt]
    by_receipt = np.argsort(receipt, kind="stable")
    return Paid(
        paid.customer[order], paid.date[order], paid.amount[order],
        receipt[by_receipt], paid.item[by_receipt], paid.applied[by_receipt],
        paid.discount[by_receipt],
    )  # fmt: skip
