"""Measures of collection: DSO, count-back DSO, best possible DSO, delinquency, turnover, CEI.

Semantics, section 12. Sales are invoices and debit memos less credit memos, tax included, late
fees and opening balances excluded. Receivables are net of unapplied credits, which reduce what
is overdue first, and gross of the allowance. Every figure is in tenths; None stands for a
denominator that is not positive or a numerator below zero, and is shown as n/a.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import numpy as np

from ar_xl.core.arrays import codes_of, sum_by
from ar_xl.core.dates import day, period_bounds, period_of
from ar_xl.core.ledger import Ledger
from ar_xl.ops.aging import Aging, aging
from ar_xl.ops.movements import (
    CREDIT_MEMOS,
    DEBIT_MEMOS,
    INVOICES,
    LINES,
    Movements,
    by_currency,
    movements,
    owed,
)

MOST_MONTHS = 120  # a count-back over more than ten years says nothing


@dataclass(frozen=True)
class Measures:
    """The measures of one currency and time; tenths of days, of percent or of times.

    Args:
        currency: of the amounts.
        opening, closing, current: receivables in minor units; current is not past due.
        sales: of the time, minor units.
        dso, count_back_dso, best_possible_dso, days_delinquent: days.
        turnover: times.
        cei: percent.
    """

    currency: str
    opening: int
    closing: int
    current: int
    sales: int
    dso: int | None
    count_back_dso: int | None
    best_possible_dso: int | None
    days_delinquent: int | None
    turnover: int | None
    cei: int | None


def tenths(numerator: int, denominator: int) -> int | None:
    """A quotient in tenths, rounded once, halves up; None without a denominator.

    Days or times of a negative amount mean nothing either: None.
    """
    if denominator <= 0 or numerator < 0:
        return None
    return (int(Fraction(20 * numerator, denominator)) + 1) // 2


def days_sales_outstanding(receivables: int, sales: int, days: int) -> int | None:
    """Receivables / sales x days, in tenths of a day; minor units in, None without sales."""
    return tenths(receivables * days, sales)


def turnover(sales: int, opening: int, closing: int) -> int | None:
    """Sales / average receivables, in tenths."""
    return tenths(2 * sales, opening + closing)


def collection_effectiveness(opening: int, sales: int, closing: int, current: int) -> int | None:
    """The share of what could be collected that was, in tenths of a percent.

    Args:
        opening, closing: receivables at the beginning and the end, minor units.
        sales: of the time between.
        current: the part of `closing` that is not past due.
    """
    return tenths(100 * (opening + sales - closing), opening + sales - current)


def count_back(receivables: int, months: Sequence[tuple[int, int]]) -> int | None:
    """Days of the latest sales that receivables stand for, in tenths of a day.

    Args:
        receivables: at the end, minor units.
        months: sales and days of each month, the latest first.

    Returns:
        Whole months while their sales are covered, the last one in proportion; None where the
        months do not suffice, and where customers are owed more than they owe.
    """
    if receivables < 0:
        return None
    left, days = receivables, 0
    for sales, length in months:
        if left <= 0:
            break
        if sales > left:
            return tenths(days * sales + left * length, sales)
        left -= sales
        days += length
    return days * 10 if left <= 0 else None


def current_receivables(aged: Aging) -> dict[str, int]:
    """What is not past due per currency; unapplied credits reduce what is overdue first."""
    spare = np.maximum(-aged.unapplied - aged.overdue, 0)
    (codes,), names = codes_of(aged.currency)
    sums = sum_by(codes, aged.buckets[:, 0] - spare, len(names))
    return {str(name): int(amount) for name, amount in zip(names, sums, strict=True)}


def sales_by_month(moved: Movements, currency: str, last: date) -> list[tuple[int, int]]:
    """Sales and days of each month back to the first one with sales, the latest first."""
    lines = [LINES.index(name) for name in (INVOICES, DEBIT_MEMOS, CREDIT_MEMOS)]
    mine = np.isin(moved.line, lines) & (moved.currency == currency)
    rows = moved.take(np.flatnonzero(mine & (moved.posting_date <= day(last))))
    if not len(rows):
        return []
    month = rows.posting_date.astype("datetime64[M]").astype(np.int64)
    begin = int(month.min())
    ending = period_bounds(period_of(last))[1]
    count = (ending.year - 1970) * 12 + ending.month - begin
    sums = sum_by(month - begin, rows.amount, count)
    made = []
    for index in range(count - 1, max(count - 1 - MOST_MONTHS, -1), -1):
        first, end = period_bounds(str(np.datetime64(begin + index, "M")))
        made.append((int(sums[index]), (min(end, last) - first).days + 1))
    return made


def measures(
    ledger: Ledger,
    first: date,
    last: date,
    aged: Aging | None = None,
    moved: Movements | None = None,
) -> tuple[Measures, ...]:
    """The measures of a time, one element a currency, in their order.

    Args:
        ledger: posted rows count.
        first, last: usually a calendar month.
        aged: the aging of `last`, where it is at hand already.
        moved: the movements of the ledger, where they are at hand already.
    """
    aged = aging(ledger, last) if aged is None else aged
    moved = movements(ledger) if moved is None else moved
    days = (last - first).days + 1
    closing, current = aged.by_currency(), current_receivables(aged)
    opening = owed(moved, first - timedelta(days=1))
    sales = _sales(moved, first, last)
    made = []
    for currency in sorted({*closing, *opening, *sales}):
        begin, end = opening.get(currency, 0), closing.get(currency, 0)
        sold, not_due = sales.get(currency, 0), current.get(currency, 0)
        made.append(
            Measures(
                currency,
                begin,
                end,
                not_due,
                sold,
                days_sales_outstanding(end, sold, days),
                count_back(end, sales_by_month(moved, currency, last)),
                days_sales_outstanding(not_due, sold, days),
                days_sales_outstanding(end - not_due, sold, days),
                turnover(sold, begin, end),
                collection_effectiveness(begin, sold, end, not_due),
            )
        )
    return tuple(made)


def _sales(moved: Movements, first: date, last: date) -> dict[str, int]:
    lines = [LINES.index(name) for name in (INVOICES, DEBIT_MEMOS, CREDIT_MEMOS)]
    within = (moved.posting_date >= day(first)) & (moved.posting_date <= day(last))
    return by_currency(moved, within & np.isin(moved.line, lines))
