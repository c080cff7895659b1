"""The interest of plans as documents: their numbers, and what of it can be taken back.

Once a plan is broken, late fees run again for the whole time, so that interest for days after the
break would be charged beside them; once its documents are paid, nothing is left to bear interest.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, positions, text_array
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger, view
from ar_xl.core.periods import closed_months
from ar_xl.ops.collecting.plans import (
    BROKEN,
    LIVE,
    PAID,
    PlanStates,
    interest_number,
)
from ar_xl.ops.lives import taken_on
from ar_xl.ops.open_items import live_rows, open_items, with_drafts

PLAN_INTEREST = "Plan Interest"  # what such a document is called; its type is Late Fee


def is_plan_interest(ledger: Ledger, invoice_no: TextArray, types: TextArray) -> BoolArray:
    """Which documents are the interest of a plan, which was agreed, and no late fee.

    Args:
        ledger: its posted Plans; interest of plans that are over is interest still.
        invoice_no, types: of each document.
    """
    known = _numbers_of_interest(ledger)
    return np.asarray((types == "Late Fee") & (positions(known, invoice_no) >= 0), dtype=np.bool_)


def told_types(ledger: Ledger, invoice_no: TextArray, types: TextArray) -> TextArray:
    """The types of documents as people are told them: interest of a plan is called that.

    Args:
        ledger, invoice_no, types: as in `is_plan_interest`.
    """
    interest = is_plan_interest(ledger, invoice_no, types)
    return np.asarray(np.where(interest, PLAN_INTEREST, types), dtype=object)


def interest_not_due(ledger: Ledger, plan_no: str, lines: IntArray, after: np.datetime64) -> Frame:
    """The documents of a plan's interest dated after a day that can be taken back.

    Args:
        ledger: posted rows count.
        plan_no: of the plan.
        lines: the numbers of its lines that have interest.
        after: the day.

    Returns:
        Rows of Invoices; what was paid in part, credited or charged with a fee is not among them.
    """
    numbers = text_array(interest_number(plan_no, line) for line in lines.tolist())
    free = _free_interest(ledger, LAST_DATE)
    wanted = (positions(numbers, free.text("invoice_no")) >= 0) & (
        free.dates("invoice_date") > after
    )
    return free.take(np.flatnonzero(wanted))


@view("Invoices", "Instalments", "Applications", "Fees", "Plans")
def _free_interest(ledger: Ledger, as_of: date) -> Frame:
    """The interest documents of all plans of which nothing was paid, credited or charged."""
    rows = ledger.posted("Invoices")
    mine = positions(_numbers_of_interest(ledger), rows.text("invoice_no")) >= 0
    live, _ = live_rows(rows.take(np.flatnonzero(mine)), "invoice_no")
    items = open_items(ledger, as_of)
    free = items.invoice_no[(items.open == items.amount) & (items.amount > 0)]
    wanted = positions(free, live.text("invoice_no")) >= 0
    wanted &= positions(ledger.posted("Fees").text("invoice_no"), live.text("invoice_no")) < 0
    return live.take(np.flatnonzero(wanted))


def _numbers_of_interest(ledger: Ledger) -> TextArray:
    """The numbers of all interest that plans ever had."""
    plans = ledger.posted("Plans")
    rows = plans.take(np.flatnonzero(plans.ints("interest") > 0))
    pairs = zip(rows.text("plan_no").tolist(), rows.ints("line").tolist(), strict=True)
    return text_array(dict.fromkeys(interest_number(plan, line) for plan, line in pairs))


def interest_without_use(ledger: Ledger, states: PlanStates, plan: int) -> Frame:
    """The interest documents that calling a plan off would take back although it is over.

    Args:
        ledger: posted rows count.
        states: the plans of a date.
        plan: which of them; one that is broken, or whose documents are paid, has any.
    """
    state = states.state[plan]
    settled = state == PAID or (state == LIVE and states.covers[plan] == 0)
    if state != BROKEN and not settled:
        return ledger.posted("Invoices").take(np.zeros(0, dtype=np.int64))
    after = states.broken_on[plan] if state == BROKEN else np.datetime64(states.as_of, "D")
    return interest_not_due(ledger, str(states.plan_no[plan]), charged_lines(states, plan), after)


def charged_lines(states: PlanStates, plan: int) -> IntArray:
    """The numbers of the lines of a plan that have interest."""
    lines = states.lines
    return lines.line.take(np.flatnonzero((lines.plan == plan) & (lines.interest != 0)))


def numbers_in_use(ledger: Ledger, plan_no: str, rows: Frame) -> list[str]:
    """Numbers that the interest of a plan would have and that documents have already.

    Args:
        ledger: posted and draft documents count.
        plan_no: of the plan.
        rows: its lines by due date, as they will be numbered.
    """
    at = np.flatnonzero(rows.ints("interest") > 0)
    sought: TextArray = text_array(interest_number(plan_no, nth + 1) for nth in at.tolist())
    dues = rows.dates("due_date")[at]
    posting = closed_months(ledger.posted("Periods")).posting_dates(dues)
    used = taken_on(ledger.posted("Invoices"), "invoice_no", sought, posting)
    used |= positions(ledger.draft("Invoices").text("invoice_no"), sought) >= 0
    return [str(number) for number in sought[used]]


def ever_used(ledger: Ledger, plan_no: str, lines: int) -> bool:
    """Whether a document ever had the number of interest of a plan with so many lines."""
    sought = text_array(interest_number(plan_no, nth + 1) for nth in range(lines))
    documents = with_drafts(ledger, "Invoices").text("invoice_no")
    return bool((positions(documents, sought) >= 0).any())
