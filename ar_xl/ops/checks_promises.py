"""Checks of promises: a day, an amount, and a day that is not over when the promise is made.

Nothing is posted from them, so nothing here keeps a row from being posted.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK
from ar_xl.core.dates import day
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.ledger import Ledger

PROMISE_WITHOUT_DAY = code(
    "promise_without_day",
    Severity.WARNING,
    "the day the customer promised to pay",
    "Fill in Promise Date; until then the promise counts nowhere.",
)
PROMISE_IN_THE_PAST = code(
    "promise_for_a_past_day",
    Severity.WARNING,
    "a Promise Date on the day of the row or later",
    "Correct Promise Date or Date; most often the year is wrong.",
)
PROMISE_WITHOUT_AMOUNT = code(
    "promise_without_amount",
    Severity.NOTE,
    "how much was promised, or nothing where all that is due by the day is meant",
    "Fill in Promise Amount where only a part was promised.",
)
PROMISE_NOT_POSITIVE = code(
    "promise_not_positive",
    Severity.WARNING,
    "an amount above zero",
    "Correct Promise Amount; a promise of nothing counts as kept.",
)


def promise_findings(ledger: Ledger, as_of: date) -> list[Finding]:
    """What is wrong with promises; an invoice that is not known is said with the activities.

    Args:
        ledger: its Activities.
        as_of: that no amount was typed is not said of days that are over.
    """
    rows = ledger.posted("Activities")
    rows = rows.take(np.flatnonzero(rows.text("kind") == "Promise"))
    made, due, amount = rows.dates("date"), rows.dates("promise_date"), rows.ints("promise_amount")
    found = (
        (np.isnat(due), PROMISE_WITHOUT_DAY, "promise_date", lambda _: "an empty cell"),
        (due < made, PROMISE_IN_THE_PAST, "promise_date",
         lambda i: f"{due[i]}, promised on {made[i]}"),
        ((amount == BLANK) & (due >= day(as_of)), PROMISE_WITHOUT_AMOUNT, "promise_amount",
         lambda _: "an empty cell"),
        ((amount != BLANK) & (amount <= 0), PROMISE_NOT_POSITIVE, "promise_amount",
         lambda i: "nothing" if amount[i] == 0 else "an amount below zero"),
    )  # fmt: skip
    return [
        finding
        for wrong, what, column, seen in found
        for finding in rows_found(wrong, rows, what, column, "customer_id", seen)
    ]
