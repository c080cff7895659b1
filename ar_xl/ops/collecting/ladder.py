"""The reminder ladder: which step comes next for a customer, and when.

One step a run, none skipped: the next step is the one after the last that was really done, as
the Activities say, since the oldest overdue item fell due. It comes when that item is old enough
and as many days after the last step as the ladder puts between the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import DateArray, IntArray, TextArray, codes_of, positions, text_array
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger
from ar_xl.ops.settlements import day_numbers

NOT_DONE = -(1 << 20)


@dataclass(frozen=True)
class NextSteps:
    """One element a customer.

    Args:
        step: index into the ladder; its length where every step is done.
        ripe_on: the day from which the step is due; for a finished ladder the day of the last.
        done: index of the last step done, -1 where none was.
    """

    step: IntArray
    ripe_on: DateArray
    done: IntArray


def next_steps(
    ledger: Ledger,
    as_of: date,
    customer_ids: TextArray,
    oldest_due: DateArray,
    overdue_invoices: TextArray,
) -> NextSteps:
    """Find the next step of each customer.

    Args:
        ledger: its Activities and the ladder of its policy.
        as_of: activities after it do not count.
        customer_ids: whom to ask about.
        oldest_due: due date of the oldest overdue item of each.
        overdue_invoices: numbers of everything overdue; a step about another invoice does not
            count.
    """
    ladder = ledger.policy.ladder
    count = len(customer_ids)
    after = np.array([step.after_days for step in ladder], dtype=np.int64)
    done, done_on = np.full(count, -1), np.full(count, NOT_DONE)
    due = day_numbers(oldest_due)
    rows = ledger.posted("Activities")
    (names, used), _ = codes_of(text_array(step.name for step in ladder), rows.text("step"))
    at = positions(customer_ids, rows.text("customer_id"))
    index = np.full(max(names.max(initial=-1), used.max(initial=-1)) + 1, -1)
    index[names] = np.arange(len(ladder))
    about = (rows.text("invoice_no") == "") | np.isin(
        rows.text("invoice_no").astype(str), overdue_invoices.astype(str)
    )
    counts = (index[used] >= 0) & (at >= 0) & about & (rows.dates("date") <= day(as_of))
    kept = np.flatnonzero(counts)
    on = day_numbers(rows.dates("date"))[kept]
    in_time = on >= due[at[kept]] + min(0, int(after.min(initial=0)))
    kept, on = kept[in_time], on[in_time]
    np.maximum.at(done, at[kept], index[used[kept]])
    last = index[used[kept]] == done[at[kept]]
    np.maximum.at(done_on, at[kept[last]], on[last])
    return _after(after, done, done_on, due)


def _after(after: IntArray, done: IntArray, done_on: IntArray, due: IntArray) -> NextSteps:
    step = done + 1
    finished = step >= len(after)
    padded = np.concatenate([after, [0]])
    gap = padded[np.where(finished, -1, step)] - padded[done]
    ripe = due + padded[np.where(finished, -1, step)]
    ripe = np.where(done >= 0, np.maximum(ripe, done_on + gap), ripe)
    ripe = np.where(finished, np.maximum(done_on, due), ripe)
    return NextSteps(step, ripe.astype("datetime64[D]"), done)
