"""What somebody noted to do next: Next Action and Next Date of a customer's last activity.

It holds until a later activity of that customer, whatever that one says. A paper that was made
and not sent is no activity yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, DateArray, IntArray, TextArray, codes_of, positions
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.ladder import done_by, done_days
from ar_xl.ops.settlements import day_numbers

PLAIN_CALL = "Call"


@dataclass(frozen=True)
class Scheduled:
    """Next actions that somebody noted, one element a customer.

    Args:
        customer_id: each once.
        action: what to do, as it was typed; Call where only a day was.
        on: when; NaT where no day was typed, which is at once.
        noted: the day of the activity.
        rows: the activities.
    """

    customer_id: TextArray
    action: TextArray
    on: DateArray
    noted: DateArray
    rows: Frame

    def __len__(self) -> int:
        return len(self.customer_id)

    def take(self, chosen: IntArray | BoolArray) -> Scheduled:
        """The ones that an index or a mask picks."""
        return Scheduled(
            self.customer_id[chosen],
            self.action[chosen],
            self.on[chosen],
            self.noted[chosen],
            self.rows.take(chosen),
        )

    def place(self, customers: TextArray) -> IntArray:
        """Where each customer stands among them, -1 where nothing is noted."""
        return positions(self.customer_id, customers)


def scheduled(ledger: Ledger, as_of: date) -> Scheduled:
    """Find what is noted to be done next at a date.

    Args:
        ledger: its Activities.
        as_of: activities done later do not count.
    """
    last = last_activities(ledger, as_of)
    rows = last.take((last.text("next_action") != "") | ~np.isnat(last.dates("next_date")))
    action = rows.text("next_action").copy()
    action[action == ""] = PLAIN_CALL
    return Scheduled(
        rows.text("customer_id"), action, rows.dates("next_date"), done_days(rows), rows
    )


def last_activities(ledger: Ledger, as_of: date) -> Frame:
    """The last activity of each customer that was done by a date; of one day the lower row.

    Args:
        ledger: its Activities.
        as_of: the date.
    """
    rows = ledger.posted("Activities")
    rows = rows.take(np.flatnonzero(done_by(rows, as_of) & (rows.text("customer_id") != "")))
    (owner,), _ = codes_of(rows.text("customer_id"))
    order = np.lexsort((np.arange(len(rows)), day_numbers(done_days(rows)), owner))
    ends = np.append(owner[order][1:] != owner[order][:-1], len(rows) > 0)[: len(rows)]
    return rows.take(order[ends])
