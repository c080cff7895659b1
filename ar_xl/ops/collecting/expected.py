"""Expected cash by week: promises and plans on their days, the rest as customers use to pay.

What is open is taken apart, item by item, in this order, and nothing is in two places: what is in
dispute; what unapplied credits of the customer cover, oldest items first; everything of customers
with an agency, in legal action or closed; what a payment plan covers; what a standing promise
covers; and the rest, which is spread over the weeks by `expecting.spread`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK, NAT, DateArray, IntArray, codes_of
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger, view
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.collecting.expecting import WEEK, WEEKS, expected_lateness, spread
from ar_xl.ops.collecting.payers import STATUSES_LEFT_OUT
from ar_xl.ops.collecting.payhistory import Lateness, PayHistory, lateness, pay_history
from ar_xl.ops.collecting.plans import LIVE, plan_states
from ar_xl.ops.collecting.promises import STANDING, promised, promises
from ar_xl.ops.customers import customer_values
from ar_xl.ops.open_items import OpenItems, credits
from ar_xl.ops.settlements import day_numbers
from ar_xl.ops.waterfall import Poured, pour


@dataclass(frozen=True)
class Expected:
    """What is open at a date and when it is expected, one element an open item; minor units.

    Args:
        as_of: the date; the first week begins the day after.
        items: open items.
        customer: code of each item's customer in the history.
        past: what is known of paying.
        by_habit, by_promise, by_plan: one row an item, one column a week, and one for what is
            later or never.
        disputed, credited, given_up: what stands apart.
        pay_date: the day on which the item is likely to be paid, NaT where nothing tells.
    """

    as_of: date
    items: OpenItems
    customer: IntArray
    past: Lateness
    by_habit: IntArray
    by_promise: IntArray
    by_plan: IntArray
    disputed: IntArray
    credited: IntArray
    given_up: IntArray
    pay_date: DateArray

    @property
    def weeks(self) -> IntArray:
        """All that is expected: one row an item, one column a week, and one for later or never."""
        return np.asarray(self.by_habit + self.by_promise + self.by_plan, dtype=np.int64)

    @property
    def today(self) -> int:
        """The date in days since 1970."""
        return day_number(self.as_of)


def day_number(when: date) -> int:
    """A date in days since 1970."""
    return int(day_numbers(np.array([day(when)]))[0])


def week_of(days: IntArray, today: int) -> IntArray:
    """The week from 0 in which each day lies; days gone by lie in the first, late ones after all.

    Args:
        days, today: since 1970; the first week begins the day after today.
    """
    return np.asarray(np.clip((days - today - 1) // WEEK, 0, WEEKS), dtype=np.int64)


@view(
    "Invoices", "Instalments", "Applications", "Receipts", "Disputes", "Activities", "Customers",
    "Plans", "Adjustments", "Batches",
)  # fmt: skip
def expected(ledger: Ledger, as_of: date) -> Expected:
    """Say when what is open at a date is expected to come in.

    Args:
        ledger: posted rows count; nothing after the date does.
        as_of: the date.
    """
    history = pay_history(ledger, as_of)
    today = day_number(as_of)
    at = np.flatnonzero(history.items.open > 0)
    items, customer = history.items.take(at), history.customer[at]
    past = lateness(history, today)
    age = today - history.due[at]
    contested = disputed(ledger, items, as_of)
    credited = _credits_on(ledger, items, items.open - contested, as_of)
    left = items.open - contested - credited
    status = customer_values(ledger, items.customer_id, "status")
    given_up = np.where(np.isin(status.astype(str), [*STATUSES_LEFT_OUT]), left, 0)
    left = left - given_up
    by_plan = _by_plan(ledger, items, left, as_of)
    left = left - by_plan.sum(axis=1)
    by_promise = _by_promise(ledger, items, left, as_of)
    left = left - by_promise.sum(axis=1)
    by_habit = spread(past, customer, age, left)
    return Expected(
        as_of, items, customer, past, by_habit, by_promise, by_plan, contested, credited, given_up,
        _pay_dates(history, at, past, today, left),
    )  # fmt: skip


def _pay_dates(
    history: PayHistory, at: IntArray, past: Lateness, today: int, left: IntArray
) -> DateArray:
    """Due day plus the days late that are likely, where anything is left to habit."""
    late = expected_lateness(past, history.customer[at], today - history.due[at])
    known = (late != BLANK) & (left > 0)
    days = np.where(known, history.due[at] + late, 0).astype("datetime64[D]")
    return np.where(known, days, NAT)


def credits_taken(
    ledger: Ledger, items: OpenItems, room: IntArray, as_of: date
) -> tuple[IntArray, Poured]:
    """Which unapplied credits stand on which items, oldest item first.

    Args:
        ledger: posted rows count.
        items: open items of the date.
        room: how much of each may be covered, minor units.
        as_of: the date.

    Returns:
        Indices of the credits of the date that were poured, and what went where; sources count
        in those indices, places in the items.
    """
    paid = credits(ledger, as_of)
    free = np.flatnonzero(paid.unapplied > 0)
    paid = paid.take(free)
    (source, place), _ = codes_of(
        paid.customer_id + "\t" + paid.currency, items.customer_id + "\t" + items.currency
    )
    oldest = np.lexsort((items.line, items.invoice_date, items.due_date))
    poured = pour(source, paid.unapplied, place[oldest], room[oldest])
    return free, Poured(poured.source, oldest[poured.place], poured.amount)


def _credits_on(ledger: Ledger, items: OpenItems, room: IntArray, as_of: date) -> IntArray:
    _, taken = credits_taken(ledger, items, room, as_of)
    return taken.by_place(len(items))


def _by_plan(ledger: Ledger, items: OpenItems, room: IntArray, as_of: date) -> IntArray:
    """What the unpaid lines of live plans cover of each item, in the week each line is due."""
    out = np.zeros((len(items), WEEKS + 1), dtype=np.int64)
    if not len(ledger.posted("Plans")):
        return out
    states = plan_states(ledger, as_of)
    lines = states.lines
    unpaid = np.where(states.state[lines.plan] == LIVE, lines.owed - lines.filled, 0)
    plan = states.at(items.invoice_no)
    oldest = np.lexsort((items.line, items.invoice_date, items.due_date))
    oldest = oldest[plan[oldest] >= 0]
    poured = pour(lines.plan, unpaid, plan[oldest], room[oldest])
    week = week_of(day_numbers(lines.due_date), day_number(as_of))
    np.add.at(out, (oldest[poured.place], week[poured.source]), poured.amount)
    return out


def _by_promise(ledger: Ledger, items: OpenItems, room: IntArray, as_of: date) -> IntArray:
    """What standing promises cover of each item, in the week they were made for."""
    out = np.zeros((len(items), WEEKS + 1), dtype=np.int64)
    made = promises(ledger, as_of)
    made = made.take(np.flatnonzero(made.state == STANDING))
    week = week_of(day_numbers(made.due), day_number(as_of))
    for number in np.unique(week).tolist():  # fourteen at most
        covered = promised(made.take(np.flatnonzero(week == number)), items, room)
        out[:, number] = covered
        room = room - covered
    return out


def by_currency(found: Expected) -> list[str]:
    """The currencies of what is open, in their order."""
    return sorted(set(found.items.currency.tolist()))


def summed(found: Expected, values: IntArray, currency: str) -> IntArray:
    """A column, or the columns of a table of items, added up for one currency."""
    mine = np.flatnonzero(found.items.currency == currency)
    return np.asarray(values[mine].sum(axis=0), dtype=np.int64)
