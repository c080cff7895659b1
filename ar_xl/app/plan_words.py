"""What somebody must be told of payment plans: interest that is too much, drafts left out."""

from __future__ import annotations

import numpy as np

from ar_xl.app.answer import counted
from ar_xl.app.desk import Desk
from ar_xl.core.dates import day
from ar_xl.core.money import totals_by_currency, totals_shown
from ar_xl.ops.collecting.planinterest import interest_without_use
from ar_xl.ops.collecting.plans import BROKEN, PlanStates, plan_states

_MOST_NAMED = 10


def say_interest_without_use(desk: Desk, states: PlanStates | None = None) -> None:
    """Name the interest still to come of plans that broke, and of those that are paid.

    Args:
        desk: the command at work.
        states: the plans at its as-of date, where they were reckoned already.
    """
    if not len(desk.ledger.posted("Plans")):
        return
    states = states if states is not None else plan_states(desk.ledger, desk.request.as_of)
    charged = np.unique(states.lines.plan[states.lines.interest != 0]).tolist()
    said = []
    for plan in charged:
        rows = interest_without_use(desk.ledger, states, plan)
        if not len(rows):
            continue
        total = totals_shown(totals_by_currency(rows.text("currency"), rows.ints("amount")))
        numbers = rows.text("invoice_no").tolist()
        more = f" and {len(numbers) - 3} more" if len(numbers) > 3 else ""
        which = f"{total} ({', '.join(numbers[:3])}{more})"
        name = f"Plan {states.plan_no[plan]} of {states.customer_id[plan]}"
        if states.state[plan] == BROKEN:
            said.append(
                f"{name} broke on {states.broken_on[plan]}: its interest for later, {which}, is "
                "owed beside late fees for the same days until the plan is called off."
            )
        else:
            said.append(
                f"{name}: its principal is paid; interest of {which} falls due later and is owed "
                "then, unless the plan is called off."
            )
    desk.said += said[:_MOST_NAMED]
    if len(said) > _MOST_NAMED:
        desk.said.append(f"So it is with {counted(len(said) - _MOST_NAMED, 'more plan')}.")


def say_plans_left_out(desk: Desk) -> None:
    """Say how many draft lines of plans agreed by the as-of date nobody posted."""
    drafts = desk.ledger.draft("Plans")
    waiting = int((~(drafts.dates("agreed") > day(desk.request.as_of))).sum())
    if waiting:
        desk.said.append(
            f"{counted(waiting, 'draft line')} of payment plans left out: a plan counts, and "
            "spares late fees, once it is posted."
        )
