"""The agreement of a plan lists what the plan is of, and nothing else."""

from __future__ import annotations

from datetime import date

from ar_xl.app.plan_papers import agreement_of
from ar_xl.ops.collecting.plans import plan_states
from tests.ops.test_plans_apart import in_instalments


def test_an_agreement_of_what_is_past_due_lists_no_instalment_to_come_and_no_dispute() -> None:
    clerk = in_instalments()
    clerk.plans(payments=2)
    states = plan_states(clerk.books, date(2026, 3, 10))
    said = agreement_of(clerk.books, states, 0)
    assert (said.documents, said.disputed) == ((("I-1", date(2026, 2, 4), 34000),), 0)
