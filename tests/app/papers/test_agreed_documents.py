"""The agreement of a plan lists what the plan is of, and nothing else."""

from __future__ import annotations

from datetime import date

from ar_xl.app.plan_papers import agreement_of, to_print
from ar_xl.core.ledger import Change
from ar_xl.ops.collecting.plans import plan_states
from tests.ledger_text import ledger
from tests.ops.plan_office import late_office
from tests.ops.test_plans_apart import in_instalments


def test_an_agreement_of_what_is_past_due_lists_no_instalment_to_come_and_no_dispute() -> None:
    clerk = in_instalments()
    clerk.plans(payments=2)
    states = plan_states(clerk.books, date(2026, 3, 10))
    said = agreement_of(clerk.books, states, 0)
    assert (said.documents, said.disputed) == ((("I-1", date(2026, 2, 4), 34000),), 0)


def test_the_agreement_of_a_plan_agreed_in_a_closed_month_is_the_one_to_print() -> None:
    clerk = late_office()
    clerk.plans(agreed="2026-03-01", documents=("INV-1",))
    periods = ledger("Periods\nPeriod | Closed At\n2026-03 | 2026-04-01").posted("Periods")
    clerk.books = clerk.books.after(Change(appends={"Periods": periods}))
    clerk.plans(agreed="2026-03-15", documents=("INV-2",))
    on_the_day = plan_states(clerk.books, date(2026, 3, 15))
    batch = clerk.column("Plans", "Batch")[-1]
    states, (plan,) = to_print(clerk.books, [batch], on_the_day)
    assert agreement_of(clerk.books, states, plan).number == "PL-2"
    assert to_print(clerk.books, [], on_the_day)[0].plan_no.tolist() == ["PL-1"]
