"""Today: what a collector does before the list: promises, scheduled calls, disputes, papers.

A promise stands here on the day it was promised for, and once it is broken until somebody has
done something about that customer. A paper stands here from the day it was made until it is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, TextArray, positions
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.calllist import looked_after_by
from ar_xl.ops.collecting.dispute_list import DisputeCases, dispute_list
from ar_xl.ops.collecting.ladder import done_days, waiting_papers
from ar_xl.ops.collecting.promises import BROKEN, STANDING, Promises, promises
from ar_xl.ops.collecting.scheduled import Scheduled, last_activities, scheduled
from ar_xl.ops.customers import customer_values
from ar_xl.ops.settlements import day_numbers


@dataclass(frozen=True)
class Today:
    """What wants doing at a date.

    Args:
        as_of: the date.
        promises: due on it, or broken since the customer's last activity; oldest first.
        calls: scheduled for it or before, oldest first.
        disputes: open, with a call on it or before, oldest first.
        papers: rows of Activities whose paper was made and not sent, oldest first.
    """

    as_of: date
    promises: Promises
    calls: Scheduled
    disputes: DisputeCases
    papers: Frame

    def __len__(self) -> int:
        return len(self.promises.due) + len(self.calls) + len(self.disputes) + len(self.papers)


def today(ledger: Ledger, as_of: date, collector: str = "") -> Today:
    """Find what wants doing at a date.

    Args:
        ledger: its Activities and Disputes, and what was posted.
        as_of: the date; nothing after it is seen.
        collector: whose customers alone are meant, "" for all.
    """
    now = day(as_of)
    made = _promises(ledger, as_of)
    made = made.take(np.lexsort((made.customer_id.astype(str), made.due)))
    calls = scheduled(ledger, as_of)
    calls = calls.take(np.flatnonzero(np.isnat(calls.on) | (calls.on <= now)))
    calls = calls.take(np.lexsort((calls.customer_id.astype(str), calls.on)))
    cases = dispute_list(ledger, as_of).open
    cases = cases.take(np.flatnonzero(cases.call_at <= now))
    cases = cases.take(np.lexsort((cases.row, cases.call_at)))
    papers = waiting_papers(ledger, as_of)
    papers = papers.take(np.argsort(papers.dates("date"), kind="stable"))

    def mine(customers: TextArray) -> BoolArray:
        if not collector:
            return np.ones(len(customers), dtype=np.bool_)
        return looked_after_by(customer_values(ledger, customers, "collector"), collector)

    return Today(
        as_of,
        made.take(mine(made.customer_id)),
        calls.take(mine(calls.customer_id)),
        cases.take(mine(cases.customer_id)),
        papers.take(mine(papers.text("customer_id"))),
    )


def _promises(ledger: Ledger, as_of: date) -> Promises:
    """Those due at the date, and the broken ones that nobody has looked into since."""
    made = promises(ledger, as_of)
    last = last_activities(ledger, as_of)
    on = np.append(day_numbers(done_days(last)), -1)
    acted = on[positions(last.text("customer_id"), made.customer_id)]
    due = (made.state == STANDING) & (made.due == day(as_of))
    return made.take(np.flatnonzero(due | ((made.state == BROKEN) & (acted <= made.last_day))))
