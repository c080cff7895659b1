"""Rework: whose postings had to be undone, as the Batches table tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, codes_of, positions, sum_by
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger

WINDOW = np.timedelta64(30, "D")


@dataclass(frozen=True)
class Rework:
    """Postings of the last 30 days by user, one element a user.

    Args:
        user: in the order of names.
        posted: batches run for a day of the last 30 days, those that undo others left out.
        undone: batches of the user, of whatever age, that were undone in these days.
        undoing: the rows of Batches that undid them.
        whose: the user of what each of those undid.
    """

    user: TextArray
    posted: IntArray
    undone: IntArray
    undoing: Frame
    whose: TextArray

    def __len__(self) -> int:
        return len(self.user)


def rework(ledger: Ledger, as_of: date) -> Rework:
    """Count postings and those undone, by who had posted them.

    Args:
        ledger: its Batches; the day of a batch is the date that it was run for.
        as_of: the last day that counts.
    """
    rows = ledger.posted("Batches")
    near = _near(rows, as_of)
    undoing = rows.take(np.flatnonzero(near & (rows.text("reverses") != "")))
    at = positions(rows.text("batch"), undoing.text("reverses"))
    undoing, at = undoing.take(at >= 0), at[at >= 0]
    whose = rows.text("user")[at]
    posts = rows.text("user")[near & (rows.text("reverses") == "")]
    (one, other), names = codes_of(posts, whose)
    order = np.argsort(names.astype(str), kind="stable")
    count = len(names)
    posted, undone = (sum_by(each, np.ones_like(each), count) for each in (one, other))
    return Rework(names[order], posted[order], undone[order], undoing, whose)


def _near(rows: Frame, as_of: date) -> BoolArray:
    days = rows.dates("as_of")
    return np.asarray((days <= day(as_of)) & (days > day(as_of) - WINDOW), dtype=np.bool_)
