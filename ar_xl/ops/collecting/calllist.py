"""The call list: one row a customer and currency with something past due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, DateArray, IntArray, TextArray


@dataclass(frozen=True)
class CallList:
    """Customers with something overdue, one element a customer and currency.

    Args:
        as_of: the date.
        currency, customer_id: whose row it is.
        collector: who looks after the customer, "" where nobody is named.
        rank: place in the list of its currency from 1, 0 for who is left out.
        overdue: past due less disputed amounts, plans and unapplied credits, minor units.
        oldest_days: days past due of the oldest item that is left.
        oldest_due, oldest_no: its due date and number.
        disputed, planned, unapplied: taken off what is past due.
        promised: of what is overdue, covered by standing promises.
        promise_due: the latest day promised, NaT where none stands.
        broken: promises and payment plans broken in the last year.
        broken_plan: the last such plan in words, "" where there is none.
        recent, earlier: average days late in tenths, BLANK without history.
        limit_use: exposure in tenths of a percent of the credit limit, BLANK without limit.
        returned: payments that bounced in the last year.
        points: tenths of each factor of the score, one column a factor.
        step, ripe_on: index of the ladder's next step, and from when on it is due.
        left_out: why the customer is not called, "" where it is.
    """

    as_of: date
    currency: TextArray
    customer_id: TextArray
    collector: TextArray
    rank: IntArray
    overdue: IntArray
    oldest_days: IntArray
    oldest_due: DateArray
    oldest_no: TextArray
    disputed: IntArray
    planned: IntArray
    unapplied: IntArray
    promised: IntArray
    promise_due: DateArray
    broken: IntArray
    broken_plan: TextArray
    recent: IntArray
    earlier: IntArray
    limit_use: IntArray
    returned: IntArray
    points: IntArray
    step: IntArray
    ripe_on: DateArray
    left_out: TextArray

    def __len__(self) -> int:
        return len(self.overdue)

    @property
    def score(self) -> IntArray:
        """The points added up, tenths; the weights of the settings add up to the highest."""
        return np.asarray(self.points.sum(axis=1), dtype=np.int64)

    def take(self, chosen: IntArray | BoolArray) -> CallList:
        """The rows that an index or a mask picks."""
        names = [name for name in self.__dataclass_fields__ if name != "as_of"]
        return replace(self, **{name: getattr(self, name)[chosen] for name in names})


@dataclass(frozen=True)
class Collections:
    """Whom to call, and who is left out.

    Args:
        calls: highest score first within each currency.
        left_out: customers with something past due who are not called, with the reason.
    """

    calls: CallList
    left_out: CallList

    def __len__(self) -> int:
        return len(self.calls)

    def of(self, collector: str) -> Collections:
        """The customers of one collector, with their places in the whole list.

        Args:
            collector: as the Customers sheet names it, in any case of letters.
        """
        one, other = (
            each.take(looked_after_by(each.collector, collector))
            for each in (self.calls, self.left_out)
        )
        return Collections(one, other)


def looked_after_by(names: TextArray, collector: str) -> BoolArray:
    """Which of some collectors' names are one collector's.

    Args:
        names: as the Customers sheet has them.
        collector: one of them, in any case of letters.
    """
    wanted = collector.strip().casefold()
    return np.array([name.strip().casefold() == wanted for name in names], dtype=np.bool_)
