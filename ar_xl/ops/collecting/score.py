"""The score of the call list: one factor a column, each from 0 to its weight, added up.

The weights are settings. A factor has its full weight at: the largest overdue amount of its
currency; an oldest item twice as old as the last bucket edge; three broken promises of the last
year; paying 30 days later than before; the whole credit limit used; two returned payments of the
last year. Each factor is rounded to a tenth, so that the score is the sum of what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, codes_of
from ar_xl.core.money import ratio_rounded
from ar_xl.core.settings import Settings
from ar_xl.ops.collecting.calllist import CallList

FULL_PROMISES, FULL_HABIT, FULL_RETURNED = 3, 300, 2  # promises; tenths of days; payments


@dataclass(frozen=True)
class Factor:
    """One factor of the score.

    Args:
        name: what it looks at.
        heading: of its column.
        weight: its full points.
        full: when it has them, in words.
    """

    name: str
    heading: str
    weight: Decimal
    full: str


def factors(settings: Settings) -> tuple[Factor, ...]:
    """The factors in the order of their columns.

    Args:
        settings: their weights.
    """
    age = 2 * settings.aging_edges[-1]
    return (
        Factor("overdue amount", "Pts Amount", settings.weight_overdue,
               "the largest of the currency, promised amounts left out"),
        Factor("age of the oldest item", "Pts Age", settings.weight_age, f"{age} days"),
        Factor("broken promises", "Pts Promises", settings.weight_promises,
               f"{FULL_PROMISES} in a year"),
        Factor("paying later than before", "Pts Habit", settings.weight_habit,
               f"{FULL_HABIT // 10} days later"),
        Factor("use of the credit limit", "Pts Limit", settings.weight_limit, "all of it"),
        Factor("returned payments", "Pts Returned", settings.weight_returned,
               f"{FULL_RETURNED} in a year"),
    )  # fmt: skip


def points(settings: Settings, found: CallList) -> IntArray:
    """The points of each customer, in tenths: one row a customer, one column a factor.

    Args:
        settings: the weights.
        found: all customers with something past due, those left out included: the overdue amount
            counts against the largest of its currency.
    """
    wanted = np.maximum(found.overdue - found.promised, 0)
    (codes,), names = codes_of(found.currency)
    largest = np.ones(len(names), dtype=np.int64)
    np.maximum.at(largest, codes, wanted)
    known = (found.recent != BLANK) & (found.earlier != BLANK)
    later = np.where(known, found.recent - found.earlier, 0)
    use = np.where(found.limit_use == BLANK, 0, found.limit_use)
    measured: tuple[tuple[IntArray, IntArray | int], ...] = (
        (wanted, largest[codes]),
        (found.oldest_days, 2 * settings.aging_edges[-1]),
        (found.broken, FULL_PROMISES),
        (later, FULL_HABIT),
        (use, 1000),
        (found.returned, FULL_RETURNED),
    )
    made = np.zeros((len(wanted), len(measured)), dtype=np.int64)
    for column, (factor, (value, full)) in enumerate(zip(factors(settings), measured, strict=True)):
        part = np.minimum(np.maximum(value, 0), full)
        numerator, denominator = (factor.weight * 10).as_integer_ratio()
        made[:, column] = ratio_rounded(
            part, numerator, np.asarray(full, dtype=object) * denominator
        )
    return made
