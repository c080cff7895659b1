"""The reminder ladder: which step comes next for a customer, and when.

What was produced is not yet sent. An activity is done when its Paper is empty, as a call that
somebody typed is, or when Done On is filled; the day is Done On where that is filled, else Date.

One step a run, none skipped: the next step is the one after the last that was really done since
the oldest overdue item fell due. It comes when that item is old enough and as many days after the
last step as the ladder puts between the two.

A step whose After is negative comes before the due date. It concerns items that are coming due:
what is overdue never owes it, and begins with the first step past due.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    positions,
    text_array,
)
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import LadderStep
from ar_xl.ops.open_items import OpenItems
from ar_xl.ops.settlements import day_numbers

NOT_DONE = -(1 << 20)


def done_days(activities: Frame) -> DateArray:
    """The day on which each activity was done, NaT where its paper was made and not sent.

    Args:
        activities: rows of Activities.
    """
    sent = activities.dates("done_on")
    waiting = np.isnat(sent) & (activities.text("paper") != "")
    typed = np.where(waiting, np.datetime64("NaT", "D"), activities.dates("date"))
    return np.where(np.isnat(sent), typed, sent).astype("datetime64[D]")


def done_by(activities: Frame, as_of: date) -> BoolArray:
    """Which activities were done by a date.

    Args:
        activities: rows of Activities.
        as_of: what was done later, or never, is not done; nor is a row without a day.
    """
    return np.asarray(done_days(activities) <= day(as_of), dtype=np.bool_)


def waiting_papers(ledger: Ledger, as_of: date) -> Frame:
    """The rows of Activities whose paper was made by a date and not sent by it.

    Args:
        ledger: its Activities.
        as_of: the date.
    """
    rows = ledger.posted("Activities")
    made = (rows.text("paper") != "") & (rows.dates("date") <= day(as_of))
    return rows.take(np.flatnonzero(made & ~done_by(rows, as_of)))


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
    """Find the next step of each customer for what is overdue.

    Args:
        ledger: its Activities and the ladder of its policy.
        as_of: what was done after it does not count.
        customer_ids: whom to ask about.
        oldest_due: due date of the oldest overdue item of each.
        overdue_invoices: numbers of everything overdue; a step about another invoice does not
            count.
    """
    ladder = ledger.policy.ladder
    first = first_past_due(ladder)
    count = len(customer_ids)
    after = np.array([step.after_days for step in ladder], dtype=np.int64)
    done, done_on = np.full(count, first - 1), np.full(count, NOT_DONE)
    due = day_numbers(oldest_due)
    rows = ledger.posted("Activities")
    step, at = _step_of(ladder, rows), positions(customer_ids, rows.text("customer_id"))
    about = (rows.text("invoice_no") == "") | np.isin(
        rows.text("invoice_no").astype(str), overdue_invoices.astype(str)
    )
    kept = np.flatnonzero((step >= first) & (at >= 0) & about & done_by(rows, as_of))
    on = day_numbers(done_days(rows)[kept])
    in_time = on >= due[at[kept]]
    kept, on = kept[in_time], on[in_time]
    np.maximum.at(done, at[kept], step[kept])
    last = step[kept] == done[at[kept]]
    np.maximum.at(done_on, at[kept[last]], on[last])
    return _after(after, done, done_on, due, first)


def first_past_due(ladder: tuple[LadderStep, ...]) -> int:
    """Index of the first step that is not before the due date; the ladder's length if none is.

    Args:
        ladder: in the order of After (days).
    """
    return sum(step.after_days < 0 for step in ladder)


def before_due(ledger: Ledger, as_of: date, items: OpenItems) -> IntArray:
    """Which reminder before its due date each item needs at a date.

    It is the latest one whose day has come, unless it was done since that day, for the invoice or
    for the customer as a whole. One that a later one has overtaken is not owed any more.

    Args:
        ledger: its Activities and the ladder of its policy.
        as_of: the date; an item due before it needs none.
        items: open items.

    Returns:
        Index into the ladder, -1 where nothing is to be sent.
    """
    ladder = ledger.policy.ladder
    first = first_past_due(ladder)
    today, due = day_numbers(np.array([day(as_of)]))[0], day_numbers(items.due_date)
    step = np.full(len(items), -1)
    for index in range(first):
        step[due + ladder[index].after_days <= today] = index
    step[(due < today) | (items.open <= 0)] = -1
    after = np.array([each.after_days for each in ladder[:first]] or [0], dtype=np.int64)
    done = _last_done(ledger.posted("Activities"), ladder, as_of, items, step)
    step[done >= due + after[step]] = -1
    return step


def _last_done(
    rows: Frame, ladder: tuple[LadderStep, ...], as_of: date, items: OpenItems, step: IntArray
) -> IntArray:
    """The last day on which each item's step was done, for it or for all of the customer."""
    chosen = np.flatnonzero((_step_of(ladder, rows) >= 0) & done_by(rows, as_of))
    rows = rows.take(chosen)
    on, index = day_numbers(done_days(rows)), _step_of(ladder, rows)
    last = np.full(len(items), NOT_DONE)
    whole = rows.text("invoice_no") == ""
    for some, theirs, mine in (
        (whole, rows.text("customer_id"), items.customer_id),
        (~whole, rows.text("invoice_no"), items.invoice_no),
    ):
        (named, owner), names = codes_of(theirs[some], mine)
        latest = np.full((len(names) + 1) * (len(ladder) + 1), NOT_DONE)
        np.maximum.at(latest, named * (len(ladder) + 1) + index[some], on[some])
        last = np.maximum(last, latest[owner * (len(ladder) + 1) + np.maximum(step, 0)])
    return last


def _step_of(ladder: tuple[LadderStep, ...], rows: Frame) -> IntArray:
    """Index of the step that each activity was, -1 where it was none."""
    return positions(text_array(step.name for step in ladder), rows.text("step"))


def _after(
    after: IntArray, done: IntArray, done_on: IntArray, due: IntArray, first: int
) -> NextSteps:
    step = done + 1
    finished = step >= len(after)
    padded = np.concatenate([after, [0]])
    gap = padded[np.where(finished, -1, step)] - padded[done]
    ripe = due + padded[np.where(finished, -1, step)]
    ripe = np.where(done >= first, np.maximum(ripe, done_on + gap), ripe)
    ripe = np.where(finished, np.maximum(done_on, due), ripe)
    return NextSteps(step, ripe.astype("datetime64[D]"), np.where(done >= first, done, -1))
