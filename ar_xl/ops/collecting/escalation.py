"""Escalation: a customer is handed over to an agency or a lawyer, or taken back.

The Status of the customer says so, and an Activities row who did it and why. A customer with the
status Agency or Legal gets no late fees, no letter but the one that says so, and is not on the
call list (semantics, sections 6 and 8).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from ar_xl.core.arrays import text_array
from ar_xl.core.findings import Exit, Finding, Refusal, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Derived, Ledger, Request
from ar_xl.core.money import money_text
from ar_xl.core.tables import BY_NAME
from ar_xl.ops.collecting.plans import LIVE, plan_states

ESCALATION_UNCLEAR = code(
    "escalation_unclear",
    Severity.ERROR,
    "a customer of the Customers sheet, and why",
    "Give the Customer ID as the Customers sheet writes it, and a reason in words.",
    Exit.WRONG_CALL,
)
ESCALATION_NOT_NOW = code(
    "escalation_not_now",
    Severity.ERROR,
    "a customer who is not handed over yet, or one to take back",
    "Look at Status on the Customers sheet.",
    Exit.REFUSED,
)
HANDED_OVER_ON_PLAN = code(
    "handed_over_on_plan",
    Severity.WARNING,
    "a customer without a payment plan that is kept",
    "Look whether it is meant: the plan goes on beside the hand-over until you call it off.",
)
AGENCY, LEGAL = "agency", "legal"
TAKEN_BACK = "Taken back from "  # how Outcome begins then
STATUS = {AGENCY: "Agency", LEGAL: "Legal"}
_WORDS = {"Agency": "Handed over to a collection agency", "Legal": "Handed over for legal action"}


def escalated(
    ledger: Ledger, request: Request, customer_id: str, to: str, reason: str, paper: str
) -> Change:
    """Hand a customer over; one who is with the agency may go on to legal action, or back.

    Args:
        ledger: its Customers; a row with an error is in none.
        request: as-of date and user.
        customer_id: whom.
        to: AGENCY or LEGAL.
        reason: why.
        paper: where the package lies, for the Activities row.

    Returns:
        The change; a plan that the customer keeps is said.

    Raises:
        Refusal: no such customer, no reason, or the customer is there already or Closed.
    """
    row = _customer(ledger, customer_id, reason)
    before, after = row.text("status")[0], STATUS[to]
    if before in (after, "Closed"):
        raise Refusal(ESCALATION_NOT_NOW, f"Status of {customer_id} is {before}.")
    change = _changed(ledger, request, row, after, f"{_WORDS[after]}: {reason}", paper)
    return replace(change, findings=(*_live_plans(ledger, request, customer_id),))


def taken_back(ledger: Ledger, request: Request, customer_id: str, reason: str) -> Change:
    """Make a customer who was handed over active again: fees and reminders go on.

    Raises:
        Refusal: no such customer, no reason, or the customer is not handed over.
    """
    row = _customer(ledger, customer_id, reason)
    before = row.text("status")[0]
    if before not in STATUS.values():
        raise Refusal(ESCALATION_NOT_NOW, f"Status of {customer_id} is {before or 'empty'}.")
    return _changed(ledger, request, row, "Active", f"{TAKEN_BACK}{before}: {reason}", "")


def _live_plans(ledger: Ledger, request: Request, customer_id: str) -> Iterator[Finding]:
    """The plans that a customer keeps, each with what is still to be paid by it."""
    plans, rows = plan_states(ledger, request.as_of), ledger.posted("Plans")
    for i in np.flatnonzero((plans.customer_id == customer_id) & (plans.state == LIVE)).tolist():
        number, currency = str(plans.plan_no[i]), str(plans.currency[i])
        at = int(rows.row[np.flatnonzero(rows.text("plan_no") == number)[0]])
        left = money_text(int(plans.covers[i]), currency)
        seen = f"{customer_id} keeps {number}, agreed {plans.agreed[i]}: {currency} {left} of its "
        yield Finding(
            HANDED_OVER_ON_PLAN, "Plans", at, "plan_no", number, f"{seen}documents still to pay"
        )


def _customer(ledger: Ledger, customer_id: str, reason: str) -> Frame:
    rows = ledger.posted("Customers")
    row = rows.take(np.flatnonzero(rows.text("customer_id") == customer_id))
    if len(row) != 1:
        many = "no row" if not len(row) else f"{len(row)} rows"
        raise Refusal(ESCALATION_UNCLEAR, f"The Customers sheet has {many} of `{customer_id}`.")
    if not reason.strip():
        raise Refusal(ESCALATION_UNCLEAR, f"No reason is given for {customer_id}.")
    return row


def _changed(
    ledger: Ledger, request: Request, row: Frame, status: str, outcome: str, paper: str
) -> Change:
    ladder = ledger.policy.ladder
    steps = [step.name for step in ladder if step.action == "Escalation"] if paper else []
    day = request.as_of.isoformat()
    done = Frame.build(
        BY_NAME["Activities"], 1, date=day, customer_id=row.text("customer_id")[0],
        kind="Escalation", step=next(iter(steps), ""), outcome=outcome, by=request.user,
        paper=paper, done_on=day,
    )  # fmt: skip
    return Change(
        appends={"Activities": done},
        derived=(Derived("Customers", "status", row.row, text_array([status])),),
    )
