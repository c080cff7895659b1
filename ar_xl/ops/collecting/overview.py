"""Overview: the few figures and pictures a manager looks at on Monday, as of any date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, TextArray
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger
from ar_xl.ops.aging import Aging, aging
from ar_xl.ops.collecting.plans import on_plan
from ar_xl.ops.collecting.promises import BROKEN, KEPT, Promises, promises
from ar_xl.ops.measures import measures, tenths
from ar_xl.ops.open_items import open_items

MONTHS = 12
DSO_DAYS = 90  # a quarter of sales: those of a month that has just begun would say nothing
LARGEST = 10  # overdue customers that are shown
YEAR = 365


@dataclass(frozen=True)
class Headline:
    """The figures of one currency at one date; minor units, shares and days in tenths.

    Args:
        as_of: the date.
        total: what customers owe, less unapplied credits.
        overdue, oldest: past due, and in the last bucket, before credits.
        disputed: contested part of what is open.
        on_plans: of what is open, covered by live payment plans.
        unapplied: credits not applied yet, below zero.
        dso: days sales outstanding over 90 days; BLANK without sales.
        kept: share of the promises of the last 365 days that were kept; BLANK without any.
    """

    as_of: date
    total: int
    overdue: int
    oldest: int
    disputed: int
    on_plans: int
    unapplied: int
    dso: int
    kept: int


def headlines(ledger: Ledger, as_of: date) -> dict[str, Headline]:
    """The figures of a date, by currency.

    Args:
        ledger: posted rows count; nothing after the date does.
        as_of: the date.
    """
    aged = aging(ledger, as_of)
    items = open_items(ledger, as_of)
    planned = on_plan(ledger, items, as_of)
    days = measures(ledger, as_of - timedelta(days=DSO_DAYS - 1), as_of, aged)
    dso = {found.currency: found.dso for found in days}
    made = promises(ledger, as_of)
    out = {}
    for currency in sorted(set(aged.currency.tolist())):
        mine = aged.currency == currency
        theirs = aged.detail.currency == currency
        kept, broken = counted_promises(made, recent_promises(made, currency, as_of))
        share = tenths(100 * kept, kept + broken)
        out[currency] = Headline(
            as_of,
            int(aged.total[mine].sum()),
            int(aged.overdue[mine].sum()),
            int(aged.buckets[mine, -1].sum()),
            int(aged.detail.disputed[theirs].sum()),
            int(planned[items.currency == currency].sum()),
            int(aged.unapplied[mine].sum()),
            _or_blank(dso.get(currency)),
            _or_blank(share),
        )
    return out


def _or_blank(value: int | None) -> int:
    return BLANK if value is None else value


def recent_promises(made: Promises, currency: str, as_of: date) -> BoolArray:
    """The promises of a currency made for a day of the last 365."""
    within = (made.due <= day(as_of)) & (made.due > day(as_of - timedelta(days=YEAR)))
    return np.asarray(within & (made.currency == currency), dtype=np.bool_)


def counted_promises(made: Promises, chosen: BoolArray) -> tuple[int, int]:
    """How many of some promises were kept, and broken."""
    state = made.state[chosen]
    return int((state == KEPT).sum()), int((state == BROKEN).sum())


def aged_months(ledger: Ledger, dates: Sequence[date], currency: str) -> IntArray:
    """The buckets of a currency at several dates: one row a date, one column a bucket."""
    rows = [_buckets(aging(ledger, when), currency) for when in dates]
    return np.array(rows, dtype=np.int64)


def _buckets(aged: Aging, currency: str) -> IntArray:
    return np.asarray(aged.buckets[aged.currency == currency].sum(axis=0), dtype=np.int64)


@dataclass(frozen=True)
class Debtors:
    """The customers with the most past due, one element each.

    Args:
        customer_id: the largest first.
        overdue, total: past due before credits, and all that is owed less credits, minor units.
    """

    customer_id: TextArray
    overdue: IntArray
    total: IntArray


def largest_debtors(aged: Aging, currency: str) -> Debtors:
    """Who of a currency owes the most past due; of equal amounts the first by ID."""
    at = np.flatnonzero((aged.currency == currency) & (aged.overdue > 0))
    order = np.lexsort((aged.customer_id[at].astype(str), -aged.overdue[at]))[:LARGEST]
    at = at[order]
    return Debtors(aged.customer_id[at], aged.overdue[at], aged.total[at])


def promise_months(made: Promises, currency: str, dates: Sequence[date]) -> IntArray:
    """Promises kept and broken, by the month for which they were made: one row a month.

    Args:
        made: as they stand at a date.
        currency: of what was promised.
        dates: a day of each month.
    """
    months = made.due.astype("datetime64[M]")
    mine = made.currency == currency
    rows = [
        counted_promises(made, np.asarray(mine & (months == np.datetime64(when, "M")), np.bool_))
        for when in dates
    ]
    return np.array(rows, dtype=np.int64).reshape(len(rows), 2)
