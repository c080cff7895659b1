"""Roll-forward: from the opening to the closing balance, line by line (semantics, section 13).

Every line is net of its reversals and counts rows by Posting Date. Nothing is added across
currencies.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ar_xl.core.arrays import IntArray, sum_by
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger
from ar_xl.ops.movements import LINES, ONLY_IF_ANY, Movements, movements, owed


@dataclass(frozen=True)
class RollForward:
    """The roll-forward of one currency.

    Args:
        currency: of all amounts.
        opening: owed the day before, minor units.
        lines: label and amount, positive where receivables grow.
        closing: opening and all lines.
    """

    currency: str
    opening: int
    lines: tuple[tuple[str, int], ...]
    closing: int

    def line(self, label: str) -> int:
        """The amount of a line, 0 where it is not shown."""
        return dict(self.lines).get(label, 0)


def roll_forward(
    ledger: Ledger, first: date, last: date, moved: Movements | None = None
) -> tuple[RollForward, ...]:
    """Roll receivables forward over a time, one roll-forward a currency, in their order.

    Args:
        ledger: posted rows count.
        first, last: the first and last Posting Date that counts.
        moved: its movements, where they are at hand already.
    """
    moved = movements(ledger) if moved is None else moved
    opening = owed(moved, first - timedelta(days=1))
    within = (moved.posting_date >= day(first)) & (moved.posting_date <= day(last))
    moved = moved.take(np.flatnonzero(within))
    made = []
    for currency in sorted({*moved.currency.tolist(), *opening}):
        mine = np.flatnonzero(moved.currency == currency)
        sums: IntArray = sum_by(moved.line[mine], moved.amount[mine], len(LINES))
        lines = tuple(
            (name, int(amount))
            for name, amount in zip(LINES, sums, strict=True)
            if amount or name not in ONLY_IF_ANY
        )
        begin = opening.get(currency, 0)
        made.append(RollForward(currency, begin, lines, begin + int(sums.sum())))
    return tuple(made)
