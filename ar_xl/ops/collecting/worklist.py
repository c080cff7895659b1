"""Worklist: what each collector has to do, what is behind, and what became of promises.

Customers are counted once, whatever currencies they owe. A customer is due today when his next
action falls on the date, and backlog when it fell before it. Work is counted in days of so many
customers as the setting Calls A Day says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    BoolArray,
    IntArray,
    TextArray,
    codes_of,
    filled,
    positions,
    sum_by,
)
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import ratio_rounded
from ar_xl.ops.collecting.calllist import CallList, looked_after_by
from ar_xl.ops.collecting.nextactions import NextActions, next_actions
from ar_xl.ops.collecting.promises import BROKEN, KEPT, Promises, promises
from ar_xl.ops.customers import customer_values
from ar_xl.ops.open_items import Credits, credits
from ar_xl.ops.settlements import day_numbers

WINDOW = np.timedelta64(30, "D")
NOBODY = "(no collector)"


@dataclass(frozen=True)
class Load:
    """One element a customer of the call list, whatever currencies he owes.

    Args:
        customer_id, collector: whose.
        since: from when on something is to be done, days since 1970.
        due, late: due at the date; due before it.
    """

    customer_id: TextArray
    collector: TextArray
    since: IntArray
    due: BoolArray
    late: BoolArray


@dataclass(frozen=True)
class Worklist:
    """The work of all collectors; the arrays of figures have one element a collector.

    Args:
        as_of: the date.
        calls: the call list by collector: by score who is due, then the others by their days.
        next: the next action of each of its rows.
        load: its customers.
        collector: names in their order; customers without one come last.
        customers, due_today, backlog: how many to call; of them due at the date, and before.
        oldest: days since the oldest of the backlog was due, BLANK without backlog.
        kept, broken: promises for a day of the last 30 days.
        days: of work, tenths; BLANK where the settings do not say how much a day holds.
        promises: the promises counted.
        whose: the collector of each.
        unapplied: receipts with something unapplied; `owner` is whose collector's.
        owner: index of the collector of each of those.
    """

    as_of: date
    calls: CallList
    next: NextActions
    load: Load
    collector: TextArray
    customers: IntArray
    due_today: IntArray
    backlog: IntArray
    oldest: IntArray
    kept: IntArray
    broken: IntArray
    days: IntArray
    promises: Promises
    whose: TextArray
    unapplied: Credits
    owner: IntArray


def worklist(ledger: Ledger, calls: CallList, collector: str = "") -> Worklist:
    """Share the call list out among the collectors.

    Args:
        ledger: its Customers, Activities and Settings, and what was posted.
        calls: the call list of a date, all of it or what one collector has of it.
        collector: whose work alone is meant, "" for all.
    """
    as_of = calls.as_of
    acts = next_actions(ledger, calls)
    waits = np.maximum(acts.since, day(as_of))
    order = np.lexsort((calls.rank, waits, *_by_name(_or_nobody(calls.collector))))
    calls, acts = calls.take(order), acts.take(order)
    load = _load(calls, acts)
    made, paid = _recent(promises(ledger, as_of), as_of), _unapplied(ledger, as_of)
    whose_promise = _collectors(ledger, made.customer_id)
    whose_money = _collectors(ledger, paid.customer_id)
    if collector:
        one, other = (looked_after_by(each, collector) for each in (whose_promise, whose_money))
        made, whose_promise = made.take(one), whose_promise[one]
        paid, whose_money = paid.take(other), whose_money[other]
    (mine, theirs, owner), names = codes_of(load.collector, whose_promise, whose_money)
    if collector and not len(names):
        names = filled(1, collector)
    place = np.argsort(np.lexsort(_by_name(names)))
    mine, theirs, owner = place[mine], place[theirs], place[owner]
    count, today = len(names), int(day_numbers(np.array([day(as_of)]))[0])
    due, late = (sum_by(mine, each.astype(np.int64), count) for each in (load.due, load.late))
    since = np.full(count, today)
    np.minimum.at(since, mine[load.late], load.since[load.late])
    return Worklist(
        as_of, calls, acts, load, names[np.argsort(place)],
        sum_by(mine, np.ones(len(mine), dtype=np.int64), count), due, late,
        np.where(late > 0, today - since, BLANK),
        sum_by(theirs, (made.state == KEPT).astype(np.int64), count),
        sum_by(theirs, (made.state == BROKEN).astype(np.int64), count),
        _days(ledger, due + late), made, whose_promise, paid, owner,
    )  # fmt: skip


def _or_nobody(names: TextArray) -> TextArray:
    return np.where(names == "", NOBODY, names).astype(object)


def _by_name(names: TextArray) -> tuple[IntArray, BoolArray]:
    """Keys of a sort by name, nobody last; the last key counts first."""
    return np.unique(names.astype(str), return_inverse=True)[1], names == NOBODY


def _collectors(ledger: Ledger, customers: TextArray) -> TextArray:
    return _or_nobody(customer_values(ledger, customers, "collector"))


def first_of_each(found: Worklist, most: int) -> IntArray:
    """The rows of the list with the first customers of each collector.

    Args:
        found: the work.
        most: how many of each; all where it is zero.
    """
    (mine,), _ = codes_of(_or_nobody(found.calls.collector))
    place = np.arange(len(mine)) - np.searchsorted(mine, mine, side="left")
    return np.flatnonzero((place < most) | (most == 0))


def _load(calls: CallList, acts: NextActions) -> Load:
    (owner,), customers = codes_of(calls.customer_id)
    today = int(day_numbers(np.array([day(calls.as_of)]))[0])
    since = np.full(len(customers), np.iinfo(np.int64).max)
    np.minimum.at(since, owner, day_numbers(acts.since))
    first = positions(calls.customer_id, customers)
    whose = _or_nobody(calls.collector)[first] if len(first) else calls.collector
    return Load(customers, whose, since, since == today, since < today)


def _recent(made: Promises, as_of: date) -> Promises:
    """Promises for a day of the last 30 days that were kept or broken."""
    near = (made.due <= day(as_of)) & (made.due > day(as_of) - WINDOW)
    return made.take(np.flatnonzero(near & ((made.state == KEPT) | (made.state == BROKEN))))


def _unapplied(ledger: Ledger, as_of: date) -> Credits:
    paid = credits(ledger, as_of)
    return paid.take(np.flatnonzero((paid.source_type == "Receipt") & (paid.unapplied > 0)))


def _days(ledger: Ledger, work: IntArray) -> IntArray:
    """So many customers in days of work, tenths."""
    numerator, denominator = ledger.policy.settings.calls_a_day.as_integer_ratio()
    if not numerator:
        return np.full(len(work), BLANK, dtype=np.int64)
    return ratio_rounded(work, 10 * denominator, np.full(len(work), numerator))


def cash_names(edges: tuple[int, ...]) -> tuple[str, ...]:
    """The names of the ages of unapplied cash: (30, 60) is 0-30 Days, 31-60 Days, Over 60 Days."""
    starts = (0, *(edge + 1 for edge in edges[:-1]))
    between = [f"{start}-{edge} Days" for start, edge in zip(starts, edges, strict=True)]
    return (*between, f"Over {edges[-1]} Days")


def cash_bucket(paid: Credits, as_of: date, edges: tuple[int, ...]) -> IntArray:
    """Into which of these ages each receipt falls, by the days since it came in."""
    age = (day(as_of) - paid.date).astype(np.int64)
    return np.searchsorted(np.array(edges), age, side="left").astype(np.int64)
