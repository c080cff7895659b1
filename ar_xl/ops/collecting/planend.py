"""A plan is called off: its lines are taken back, and the interest that has not fallen due.

The original terms count again from that day on. Interest that fell due before stays owed; a Fee
Waiver takes it away where that is agreed. Of a plan that broke before, all interest dated after the
break is taken back: late fees are charged for those days. So can a plan be called off whose
documents are paid, for the sake of interest still to fall due.
"""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import DateArray, TextArray, differs, filled, positions, text_array
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Derived, Ledger, Request
from ar_xl.core.money import totals_by_currency
from ar_xl.core.periods import closed_months
from ar_xl.ops.collecting.planinterest import (
    charged_lines,
    interest_not_due,
    interest_without_use,
)
from ar_xl.ops.collecting.plans import BROKEN, CALLED_OFF, PAID, PlanStates, plan_states
from ar_xl.ops.undo import contra_rows

PLAN_UNKNOWN = code(
    "plan_unknown",
    Severity.ERROR,
    "a plan of the Plans sheet that was agreed by the as-of date",
    "Look the number up on the Plans sheet.",
    Exit.WRONG_CALL,
)
PLAN_OVER = code(
    "plan_over",
    Severity.ERROR,
    "a plan that is not over",
    "Nothing to do.",
    Exit.REFUSED,
)
PLAN_REASON = code(
    "plan_ended_without_reason",
    Severity.ERROR,
    "a reason",
    "Say why the plan is called off.",
    Exit.WRONG_CALL,
)


def end_plan(ledger: Ledger, request: Request, number: str) -> Change:
    """Call a plan off from the as-of date on.

    Args:
        ledger: posted rows count.
        request: its as-of date, or the first open day after it, ends the plan; its reason.
        number: of the plan.

    Raises:
        Refusal: no such plan, one that is paid or called off already, or no reason.
    """
    states = plan_states(ledger, LAST_DATE)
    number = _as_posted(states, number)
    at = int(positions(states.plan_no, text_array([number]))[0])
    agreed = at >= 0 and states.agreed[at] <= day(request.as_of)
    if not agreed:
        raise Refusal(PLAN_UNKNOWN, f"There is no plan `{number[:40]}` on {request.as_of}.")
    now = plan_states(ledger, request.as_of)
    here = int(positions(now.plan_no, text_array([number]))[0])
    paid = here >= 0 and now.state[here] == PAID
    paid = paid and not len(interest_without_use(ledger, now, here))
    if states.state[at] == CALLED_OFF or paid:
        state = now.state[here] if states.state[at] != CALLED_OFF else CALLED_OFF
        ended = now.ended[here] if states.state[at] != CALLED_OFF else states.ended[at]
        raise Refusal(PLAN_OVER, f"Plan {number}: {str(state).lower()} on {ended}.")
    if not request.reason:
        raise Refusal(PLAN_REASON, f"Plan {number} was to be called off without a reason.")
    rows = ledger.posted("Plans")
    batch = str(states.batch[at])
    mine = rows.take(
        np.flatnonzero((rows.text("plan_no") == number) & (rows.text("batch") == batch))
    )
    ends = day(closed_months(ledger.posted("Periods")).first_open_day(request.as_of))
    posting = np.maximum(np.full(len(mine), ends), mine.dates("posting_date"))
    broke = here >= 0 and now.state[here] == BROKEN
    after = now.broken_on[here] if broke else day(request.as_of)
    interest = interest_not_due(ledger, number, charged_lines(states, at), after)
    appends = {"Plans": contra_rows(mine, batch, posting)}
    back = {}
    if len(interest):
        days = np.maximum(interest.dates("posting_date"), posting.max())
        appends["Invoices"] = contra_rows(interest, batch, days)
        back = {
            "interest taken back": totals_by_currency(
                interest.text("currency"), interest.ints("amount")
            )
        }
    return Change(appends=appends, totals=back)


def _as_posted(states: PlanStates, number: str) -> str:
    """A number as it was posted, whatever its capitals; itself where there is none."""
    known = {str(each).casefold(): str(each) for each in states.plan_no.tolist()}
    return known.get(number.casefold(), number)


def plan_changes(ledger: Ledger, as_of: np.datetime64 | None = None) -> tuple[Derived, ...]:
    """What Status and Ended of the Plans sheet should say and do not.

    Args:
        ledger: as it stands after a posting.
        as_of: the date they are for; the last date that a batch was posted for is no less.
    """
    rows = ledger.posted("Plans")
    if not len(rows):
        return ()
    dates = [rows.dates("posting_date"), ledger.posted("Batches").dates("as_of")]
    last = np.concatenate([*dates, np.array([as_of or "NaT"], dtype="datetime64[D]")])
    states = plan_states(ledger, np.fmax.reduce(last).item())
    status = filled(len(rows), "Reversed")
    ended = np.full(len(rows), np.datetime64("NaT", "D"))
    status[states.lines.row] = states.lines.status
    ended[states.lines.row] = states.ended[states.lines.plan]
    made = [_changed(rows, "status", status), _changed(rows, "ended", ended)]
    return tuple(change for change in made if len(change.rows))


def _changed(rows: Frame, column: str, wanted: DateArray | TextArray) -> Derived:
    wrong = np.flatnonzero(differs(rows.columns[column], wanted) & (rows.row > 0))
    return Derived("Plans", column, rows.row[wrong], wanted[wrong])
