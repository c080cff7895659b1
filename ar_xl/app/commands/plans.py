"""Payment plans: made, posted as typed, called off, listed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from ar_xl.app.answer import counted
from ar_xl.app.desk import NOT_FOR_BALANCES, Desk
from ar_xl.app.outbox import NO_PLACE_FOR_PAPERS
from ar_xl.app.plan_words import say_interest_without_use
from ar_xl.app.sheets.plans_sheet import plans_report
from ar_xl.core.dates import as_date, day
from ar_xl.core.findings import Exit, Refusal, Severity, code, errors_of
from ar_xl.core.money import money_text, totals_by_currency
from ar_xl.ops.collecting.planend import end_plan, plan_changes
from ar_xl.ops.collecting.planning import Asked, asked_plan, plan_change, post_plans, posted_plans
from ar_xl.ops.collecting.planrows import named_documents, plan_begins, plan_findings
from ar_xl.ops.collecting.plans import BROKEN, LIVE, PlanStates, plan_states
from ar_xl.ops.collecting.planterms import PLAN_NOT_UNDERSTOOD, read_dates

PLAN_OF_WHOM = code(
    "plan_of_whom",
    Severity.ERROR,
    "the customer whose plan is to be made, or the plan that is to be called off",
    "Say whose plan it is.",
    Exit.WRONG_CALL,
)
_OF_A_PLAN = (
    "documents", "payments", "first", "every", "amounts", "dates", "interest", "agreed",
    "with_disputed",
)  # fmt: skip


def plan_command(desk: Desk) -> None:
    """Make a plan, call one off, or post those typed on the Plans sheet; then list all."""
    desk.insist_on_posted_rows(NOT_FOR_BALANCES)
    customer, ended = (str(desk.params[name] or "").strip() for name in ("customer", "end"))
    given = [name for name in _OF_A_PLAN if desk.params[name]]
    if (customer and ended) or (given and not customer):
        named = ", ".join(name.replace("_", " ") for name in given) or "a plan to call off"
        raise Refusal(PLAN_OF_WHOM, f"{named.capitalize()}: whose plan is meant?")
    if customer:
        _make(desk, customer)
    elif ended:
        change = end_plan(desk.ledger, desk.request, ended)
        desk.post(change, "plan")
        number = change.appends["Plans"].text("plan_no")[0]
        desk.said.append(f"Plan {number} is called off; the original terms count again.")
    elif len(desk.ledger.draft("Plans")):
        _post_typed(desk)
    desk.mark(plan_changes(desk.ledger, day(desk.request.as_of)))
    states = plan_states(desk.ledger, desk.request.as_of)
    _say(desk, states)
    if desk.params["agreement"]:
        _agreements(desk, states)
    desk.reports.append(plans_report(desk.ledger, desk.request, states, desk.batches))


def _post_typed(desk: Desk) -> None:
    while True:  # a plan of which a bad line was left out does not add up any more
        found = plan_findings(desk.ledger, desk.request.as_of)
        desk.admit("Plans", found)
        if not errors_of(found):
            break
    desk.post(post_plans(desk.ledger, desk.request), "plan")


def _make(desk: Desk, customer: str) -> None:
    rows, said = asked_plan(desk.ledger, _asked(desk, customer))
    done = posted_plans(desk.ledger, rows)
    desk.note(said)
    desk.post(plan_change(desk.ledger, done, typed=False), "plan")
    currency = str(done.text("currency")[0])
    total = money_text(int(done.ints("amount").sum()), currency)
    desk.said.append(
        f"Plan {done.text('plan_no')[0]} of {customer}: {counted(len(done), 'payment')}, "
        f"{currency} {total} in all, from {done.dates('due_date')[0]} "
        f"to {done.dates('due_date')[-1]}."
    )


def _asked(desk: Desk, customer: str) -> Asked:
    """The options of the command, read."""
    given = {name: str(value or "").strip() for name, value in desk.params.items()}
    dues = read_dates(given["dates"])
    agreed = _day(desk.params["agreed"]) or desk.request.as_of
    if agreed > desk.request.as_of:
        seen = f"Agreed on {agreed}, after {desk.request.as_of}, the day of this run."
        raise Refusal(PLAN_NOT_UNDERSTOOD, seen)
    payments = _whole(given["payments"]) if given["payments"] else 0
    first = _day(desk.params["first"])
    if not dues and not (payments and first):
        missing = "Neither payments with a first date, nor dates."
        if payments or first:
            missing = f"{counted(payments, 'payment')} without a first date."
            missing = f"A first date, {first}, without a number of payments." if first else missing
        raise Refusal(PLAN_NOT_UNDERSTOOD, missing)
    return Asked(
        customer=customer,
        agreed=agreed,
        documents=named_documents(desk.ledger, given["documents"]),
        first=first,
        payments=payments,
        every=given["every"] or "month",
        dues=dues,
        amounts=given["amounts"],
        percent=_percent(given["interest"]) if given["interest"] else None,
        with_disputed=bool(desk.params["with_disputed"]),
    )


def _day(value: object) -> date | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    found = read_dates(str(value))
    return found[0] if found else None


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 4 or not int(text):
        raise Refusal(PLAN_NOT_UNDERSTOOD, f"`{text[:20]}` is no number of payments.")
    return int(text)


def _percent(text: str) -> Decimal:
    try:
        value = Decimal(text.rstrip("% "))
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value <= 100:
        raise Refusal(PLAN_NOT_UNDERSTOOD, f"`{text[:20]}` is no rate of interest a year.")
    return value


def _say(desk: Desk, states: PlanStates) -> None:
    """How the plans stand, in a sentence, and those that are broken."""
    if not len(states):
        begins = plan_begins(desk.ledger)
        later = f"; the next stands from {begins.min()} on" if len(begins) else ""
        desk.said.append(f"There is no payment plan on {states.as_of}{later}.")
        return
    counts = [
        f"{int((states.state == state).sum()):,} {state.lower()}"
        for state in dict.fromkeys(states.state.tolist())
    ]
    desk.said.append(f"{counted(len(states), 'plan')}: {', '.join(counts)}.")
    live = states.state == LIVE
    desk.said += [
        f"Plan {states.plan_no[i]} of {states.customer_id[i]} broke on "
        f"{as_date(states.broken_on[i])}."
        for i in (states.state == BROKEN).nonzero()[0].tolist()[:10]
    ]
    say_interest_without_use(desk, states)
    if live.any():
        desk.add_totals({"to pay on plans": _to_pay(states)})


def _to_pay(states: PlanStates) -> dict[str, int]:
    left = states.of_lines(states.lines.owed - states.lines.filled)
    live = states.state == LIVE
    return totals_by_currency(states.currency[live], left[live])


def _agreements(desk: Desk, states: PlanStates) -> None:
    """Make the agreements to sign, where there is a library for Word files: not in a browser."""
    try:
        from ar_xl.app.plan_papers import make_agreements
    except ModuleNotFoundError:
        raise Refusal(NO_PLACE_FOR_PAPERS, "A browser makes and keeps no Word files.") from None
    make_agreements(desk, states)
