"""How far off expected cash would have been at earlier dates, beside two simpler rules.

At each past date only what was known then is used: what was open, and how items had been paid by
then. Compared is the cash that came in week by week for the items that were open at the date;
what was invoiced later belongs to no forecast. The error of a rule is what its weeks were off,
added up without sign, as a share of what came in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.core.dates import last_month_ends
from ar_xl.core.ledger import Ledger, view
from ar_xl.core.money import ratio_rounded
from ar_xl.ops.collecting.expected import day_number, week_of
from ar_xl.ops.collecting.expecting import FEWEST, WEEK, WEEKS, spread
from ar_xl.ops.collecting.payhistory import PayHistory, in_memory, lateness, pay_history

MONTH_ENDS = 6  # so many past month-ends of the user's own books are tried
LEAST_HISTORY = 30  # paid items that must be known at a month-end before it says anything
RULES = ("expected", "average days late", "pays at terms")


@dataclass(frozen=True)
class Tried:
    """One past date: what each rule expected of the items open then, and what came in.

    Args:
        as_of: the date.
        weeks: how many weeks after it are over.
        came_in: by week, minor units of one currency.
        said: by rule, in the order of RULES, the same weeks.
    """

    as_of: date
    weeks: int
    came_in: IntArray
    said: tuple[IntArray, ...]


@dataclass(frozen=True)
class Accuracy:
    """The error of one rule over some past dates, in tenths of a percent of what came in.

    Args:
        rule: one of RULES.
        by_week: the weeks one by one.
        four_weeks, all_weeks: the first four weeks added up, and all of them.
    """

    rule: str
    by_week: int
    four_weeks: int
    all_weeks: int


def tried(history: PayHistory, currency: str, when: date, known_until: date) -> Tried:
    """Forecast from a past date, and look what came in after it.

    Args:
        history: as it is known now.
        currency: whose items.
        when: the past date.
        known_until: the last day whose payments are known.
    """
    today = day_number(when)
    weeks = min(WEEKS, (day_number(known_until) - today) // WEEK)
    everything = np.arange(len(history.due))
    relieved = history.relief.until(everything, np.full(len(everything), today))
    left = history.items.amount - relieved
    mine = (history.items.currency == currency) & (history.known <= today)
    at = np.flatnonzero(mine & (left > 0))
    left, customer, due = left[at], history.customer[at], history.due[at]
    ours = spread(lateness(history, today), customer, today - due, left).sum(axis=0)
    average = _average_days_late(history, today)[customer]
    paid_by = [
        history.cash.until(at, np.full(len(at), today + WEEK * week)) for week in range(weeks + 1)
    ]
    came_in = np.array(
        [int((later - first).sum()) for first, later in pairwise(paid_by)],
        dtype=np.int64,
    )
    said = (
        ours,
        _in_weeks(due + average, left, today),
        _in_weeks(due, left, today),
    )
    return Tried(when, weeks, came_in, tuple(each[:weeks] for each in said))


def _in_weeks(days: IntArray, amounts: IntArray, today: int) -> IntArray:
    out = np.zeros(WEEKS + 1, dtype=np.int64)
    np.add.at(out, week_of(days, today), amounts)
    return out


def _average_days_late(history: PayHistory, today: int) -> IntArray:
    """Each customer's average in whole days; that of all where fewer than three are known."""
    paid = in_memory(history, today)
    count = np.bincount(history.customer[paid], minlength=len(history.customer_id))
    days = np.zeros(len(history.customer_id), dtype=np.int64)
    np.add.at(days, history.customer[paid], history.late[paid])
    everyone = ratio_rounded(
        np.array([history.late[paid].sum()], dtype=np.int64), 1, max(int(paid.sum()), 1)
    )
    own = ratio_rounded(days, 1, np.maximum(count, 1))
    return np.where(count >= FEWEST, own, everyone[0])


def accuracy(trials: Sequence[Tried]) -> tuple[Accuracy, ...]:
    """The error of each rule over several past dates of one currency; none where nothing came in.

    Args:
        trials: of one currency.
    """
    came = sum(int(one.came_in.sum()) for one in trials)
    came_four = sum(int(one.came_in[:4].sum()) for one in trials)
    if came <= 0 or came_four <= 0:
        return ()
    made = []
    for number, rule in enumerate(RULES):
        off = [(one.said[number] - one.came_in) for one in trials]
        by_week = sum(int(np.abs(each).sum()) for each in off)
        four = sum(abs(int(each[:4].sum())) for each in off)
        all_of_them = sum(abs(int(each.sum())) for each in off)
        made.append(
            Accuracy(
                rule, _share(by_week, came), _share(four, came_four), _share(all_of_them, came)
            )
        )
    return tuple(made)


def _share(off: int, of: int) -> int:
    """Tenths of a percent, rounded half up."""
    return (2000 * off + of) // (2 * of)


@view("Invoices", "Instalments", "Applications", "Receipts")
def own_record(ledger: Ledger, as_of: date) -> dict[str, tuple[Tried, ...]]:
    """The trials on the user's own books, by currency; none where the history is too short.

    Args:
        ledger: posted rows count; nothing after the date does.
        as_of: the month-ends tried lie at least four weeks before it.
    """
    history = pay_history(ledger, as_of)
    dates = last_month_ends(as_of - timedelta(days=4 * WEEK), MONTH_ENDS)
    dates = [d for d in dates if int(in_memory(history, day_number(d)).sum()) >= LEAST_HISTORY]
    codes = sorted(set(history.items.currency.tolist()))
    return {code: tuple(tried(history, code, d, as_of) for d in dates) for code in codes}
