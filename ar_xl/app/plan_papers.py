"""Agreements of payment plans: what each says, and the folder they go to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from ar_xl.app.answer import counted
from ar_xl.app.desk import Desk
from ar_xl.app.outbox import Outbox, Paper, file_names
from ar_xl.app.papers.agreement import Agreement, agreement_paper
from ar_xl.app.papers.wording import Wording
from ar_xl.core.arrays import IntArray, text_array
from ar_xl.core.dates import as_date
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.collecting.planrows import late_at, plan_items
from ar_xl.ops.collecting.plans import LIVE, PlanStates, document_numbers, plan_states
from ar_xl.ops.customers import customer_values


def make_agreements(desk: Desk, states: PlanStates) -> None:
    """Put the agreements of the plans that were posted now into an outbox; else of all live ones.

    Args:
        desk: the command at work, its plans posted.
        states: how they stand.
    """
    states, wanted = to_print(desk.ledger, desk.batches, states)
    if not len(wanted):
        desk.said.append("No agreement was made: no plan is live.")
        return
    names = file_names(f"Agreement {number}" for number in states.plan_no[wanted].tolist())
    papers = [
        Paper(f"{name}.docx", partial(agreement_paper, agreement_of(desk.ledger, states, plan)))
        for name, plan in zip(names, wanted.tolist(), strict=True)
    ]
    folder = desk.shelf().free(f"Plans {desk.request.as_of}")
    desk.outboxes.append(Outbox(folder, papers))
    desk.said.append(f"{counted(len(papers), 'agreement')} to print and sign.")


def to_print(
    ledger: Ledger, batches: Sequence[str], states: PlanStates
) -> tuple[PlanStates, IntArray]:
    """The plans whose agreements are wanted: those posted now, else all that are live.

    Args:
        ledger: posted rows count.
        batches: posted now.
        states: how all plans stand on the day of the run.

    Returns:
        The plans, and which of them. A plan agreed in a closed month counts from the next one on:
        then they are those of that day, or the new plan would not be among them.
    """
    rows = ledger.posted("Plans")
    new = np.isin(rows.text("batch").astype(str), batches) & (rows.text("reverses") == "")
    if not new.any():
        return states, np.flatnonzero(states.state == LIVE)
    begun = as_date(rows.dates("posting_date")[new].max())
    states = plan_states(ledger, max(states.as_of, begun))
    return states, np.flatnonzero(np.isin(states.batch.astype(str), batches))


def agreement_of(ledger: Ledger, states: PlanStates, plan: int) -> Agreement:
    """What the agreement of a plan says.

    Args:
        ledger: posted rows count.
        states: the plans.
        plan: which of them.
    """
    settings, lines = ledger.policy.settings, states.lines
    customer = text_array([states.customer_id[plan]])

    def known(column: str) -> str:
        return str(customer_values(ledger, customer, column)[0])

    agreed = as_date(states.agreed[plan])
    items = plan_items(ledger, document_numbers(str(states.documents[plan])), agreed)
    mine = np.flatnonzero(lines.plan == plan)
    principal = int((lines.amount - lines.interest)[mine].sum())
    held, late = disputed(ledger, items, agreed), late_at(items, agreed)
    if principal not in (int(items.open.sum()), int((items.open - held).sum())) and late.any():
        items, held = items.take(late), held[late]  # instalments to come keep their dates
    return Agreement(
        wording=Wording.of(known("language"), settings.language),
        number=str(states.plan_no[plan]),
        company=settings.company,
        address=settings.address,
        pay_to=settings.pay_to,
        customer=known("name") or str(customer[0]),
        customer_address=known("address"),
        agreed=agreed,
        currency=str(states.currency[plan]),
        documents=tuple(
            (str(number), as_date(due), int(minor))
            for number, due, minor in zip(items.invoice_no, items.due_date, items.open, strict=True)
        ),
        disputed=min(max(int(items.open.sum()) - principal, 0), int(held.sum())),
        payments=tuple(
            (as_date(lines.due_date[i]), int(lines.amount[i]), int(lines.interest[i]))
            for i in mine.tolist()
        ),
        grace=int(settings.plan_grace_days),
        breaks_after=max(int(settings.plan_breaks_after), 1),
    )
