"""The one next action of each customer on the call list, and since when it is due.

What somebody noted by hand wins until a later activity. Else a promise that covers all of it
stops the ladder until its day and the grace are over; else the ladder's next step comes. Where the
paper of that step was made already, it is to be sent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import DateArray, IntArray, TextArray, positions, text_array
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import LadderStep
from ar_xl.ops.collecting.calllist import CallList
from ar_xl.ops.collecting.ladder import waiting_papers
from ar_xl.ops.collecting.scheduled import Scheduled, scheduled


@dataclass(frozen=True)
class NextActions:
    """One element a row of the call list.

    Args:
        words: what to do.
        on: when: for a step that is due already the date of the list, for what was noted by
            hand the day that was noted.
        since: from when on it is due; after the date of the list there is nothing to do yet.
    """

    words: TextArray
    on: DateArray
    since: DateArray

    def take(self, chosen: IntArray) -> NextActions:
        """The rows that an index picks."""
        return NextActions(self.words[chosen], self.on[chosen], self.since[chosen])


def next_actions(ledger: Ledger, calls: CallList, noted: Scheduled | None = None) -> NextActions:
    """Find what to do next for each customer.

    Args:
        ledger: its ladder, Activities and settings.
        calls: the call list.
        noted: what somebody scheduled, where that was looked up already.
    """
    ladder = ledger.policy.ladder
    noted = scheduled(ledger, calls.as_of) if noted is None else noted
    grace = np.timedelta64(int(ledger.policy.settings.promise_grace_days), "D")
    today = day(calls.as_of)
    covered = (calls.promised >= calls.overdue) & (calls.promised > 0)
    finished = (calls.step >= len(ladder)) & ~covered
    since = np.where(covered, calls.promise_due + grace + 1, calls.ripe_on)
    since = np.where(finished, today, since).astype("datetime64[D]")
    on = np.maximum(since, today)
    now = text_array(_of_ladder(ladder, step, waits=False) for step in range(len(ladder) + 1))
    later = text_array(_of_ladder(ladder, step, waits=True) for step in range(len(ladder) + 1))
    words = np.where(since > today, later[calls.step], now[calls.step]).astype(object)
    _to_be_sent(ledger, calls, words)
    held = np.flatnonzero(covered)
    words[held] = [f"Wait: promised for {due}" for due in calls.promise_due[held]]
    at = noted.place(calls.customer_id)
    mine = np.flatnonzero(at >= 0)
    words[mine] = [f"{noted.action[i]} (noted {noted.noted[i]})" for i in at[mine].tolist()]
    typed = noted.on[at[mine]]
    on[mine] = since[mine] = np.where(np.isnat(typed), today, typed)
    return NextActions(words, on, since)


def _to_be_sent(ledger: Ledger, calls: CallList, words: TextArray) -> None:
    """A step whose paper was made already is sent, not made once more."""
    papers = waiting_papers(ledger, calls.as_of)
    steps = text_array([*(step.name for step in ledger.policy.ladder), ""])[calls.step]
    at = positions(
        papers.text("customer_id") + "\t" + papers.text("step"), calls.customer_id + "\t" + steps
    )
    ready = np.flatnonzero((at >= 0) & (steps != ""))
    made = papers.dates("date")[at[ready]]
    words[ready] = [
        f"Send the {step} made on {on}" for step, on in zip(steps[ready], made, strict=True)
    ]


def _of_ladder(ladder: tuple[LadderStep, ...], step: int, waits: bool) -> str:
    if not ladder:
        return "Call"
    if step >= len(ladder):
        return "Decide: every step of the ladder is done"
    words = step_words(ladder[step])
    return f"Wait, then {words}" if waits else words


def step_words(step: LadderStep) -> str:
    """A step and what to do: `First reminder: Letter`; `Call` alone where both are the same."""
    return f"{step.name}: {step.action}" if step.action not in ("", step.name) else step.name
