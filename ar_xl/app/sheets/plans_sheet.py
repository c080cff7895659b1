"""Plans: how every payment plan stands, and every line of those that are not over."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.parts import (
    Line,
    batch_line,
    currencies_of,
    dates,
    drafts_line,
    money,
    text,
    whole,
)
from ar_xl.core.arrays import NAT, DateArray, IntArray
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.collecting.plans import LIVE, MISSED, PlanStates
from ar_xl.ops.customers import customer_values


def plans_report(
    ledger: Ledger, request: Request, states: PlanStates, batches: list[str]
) -> Report:
    """Plans of a date: one table a currency, then their lines.

    Args:
        ledger: as it stands.
        request: whose command it is.
        states: the plans at its as-of date.
        batches: what the command posted.
    """
    blocks = []
    for currency in currencies_of(states.currency):
        mine = np.flatnonzero(states.currency == currency)
        blocks += [_plans(ledger, states, mine), _lines(states, mine)]
    return Report(
        "Plans",
        request.as_of,
        ledger.policy.settings.company,
        (_policy(ledger), drafts_line(ledger), batch_line(batches)),
        tuple(blocks),
        (
            "Received is what was applied to the plan's documents since it was agreed, and what "
            "the customer paid since and nobody applied yet; it fills the oldest line first.",
            "Credited is what credit memos, write-offs and discounts took off; it shortens the "
            "plan from its end.",
            "A broken plan restores the original due dates, reminders and late fees, which are "
            "charged for the whole time. Call it off to take back its interest dated after the "
            "break; waive what fell due before, if one of the two is to be charged.",
            "Where the documents are paid early, calling the plan off takes back the interest "
            "that has not fallen due.",
        ),
    )


def _policy(ledger: Ledger) -> Line:
    settings = ledger.policy.settings
    grace, missed = int(settings.plan_grace_days), max(int(settings.plan_breaks_after), 1)
    return (
        "Policy",
        f"Missed after {grace} days of grace; broken after {missed} missed"
        f" payment{'s' if missed != 1 else ''}",
    )


def next_due(states: PlanStates) -> DateArray:
    """The due date of the first line of each live plan that is not filled, NaT where none is."""
    lines = states.lines
    waiting = np.flatnonzero((lines.filled < lines.owed) & (states.state == LIVE)[lines.plan])
    plans, first = np.unique(lines.plan[waiting], return_index=True)
    out = np.full(len(states), NAT)
    out[plans] = lines.due_date[waiting[first]]
    return out


def _plans(ledger: Ledger, states: PlanStates, mine: IntArray) -> ReportBlock:
    currency, lines = str(states.currency[mine[0]]), states.lines
    amount, owed = states.of_lines(lines.amount), states.of_lines(lines.owed)
    filled = states.of_lines(lines.filled)
    missed = states.of_lines((lines.status == MISSED).astype(np.int64))
    customers = states.customer_id[mine]
    return ReportBlock(
        "Plans",
        currency,
        currency,
        (
            text("Plan No", states.plan_no[mine]),
            text("Customer ID", customers),
            text("Name", customer_values(ledger, customers, "name")),
            text("Documents", states.documents[mine], width=30),
            dates("Agreed", states.agreed[mine]),
            money("Amount", amount[mine]),
            money("Credited", (amount - owed)[mine]),
            money("Received", filled[mine]),
            money("To Pay", (owed - filled)[mine]),
            whole("Missed", missed[mine]),
            dates("Next Due", next_due(states)[mine]),
            text("Status", states.state[mine]),
            dates("Ended", states.ended[mine]),
        ),
    )


def _lines(states: PlanStates, mine: IntArray) -> ReportBlock:
    currency, lines = str(states.currency[mine[0]]), states.lines
    at = np.flatnonzero(np.isin(lines.plan, mine))
    return ReportBlock(
        "PlanLines",
        f"Payments, {currency}",
        currency,
        (
            text("Plan No", states.plan_no[lines.plan[at]]),
            text("Customer ID", states.customer_id[lines.plan[at]]),
            text("Line", lines.line[at].astype(str).astype(object)),
            dates("Due Date", lines.due_date[at]),
            money("Amount", lines.amount[at]),
            money("Interest", lines.interest[at]),
            money("Credited", (lines.amount - lines.owed)[at]),
            money("Received", lines.filled[at]),
            money("To Pay", (lines.owed - lines.filled)[at]),
            text("Status", lines.status[at]),
        ),
    )
