"""Figures of Collections: the call list, and who is left out of it."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.collections_sheet import COLLECTOR
from ar_xl.core.arrays import BLANK, BoolArray, IntArray
from ar_xl.core.dates import days_between
from ar_xl.core.explanation import Explanation, Part, Unit
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.core.picked import ReportCell
from ar_xl.ops.collecting.calllist import CallList
from ar_xl.ops.collecting.chasing import Chased, chased
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.collecting.score import Factor, factors
from ar_xl.ops.fees.words import number_text
from ar_xl.ops.tracing import item_rows, of_credits, of_items

_MONEY = ("Overdue", "Disputed", "Promised", "Past Due", "In Dispute", "On Plans", "Unapplied")


def collections_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of one customer of the list, or the sum of a column."""
    ranked = collections(ledger, cell.as_of)
    if cell.said.get(COLLECTOR):
        ranked = ranked.of(cell.said[COLLECTOR])
    calls = ranked.left_out if "Why" in cell.headings else ranked.calls
    mine = calls.currency == cell.currency
    if not cell.is_total:
        mine &= calls.customer_id == cell.line.get("Customer ID", "")
    at = np.flatnonzero(mine)
    if not len(at):
        return None
    if cell.heading in _MONEY:
        late = chased(ledger, cell.as_of)
        customers = calls.customer_id[at].astype(str)
        of_theirs = np.isin(late.items.customer_id.astype(str), customers)
        of_theirs &= late.items.currency == cell.currency
        return _money(ledger, cell, late, of_theirs, calls, at)
    if cell.is_total:
        return None
    if cell.heading == "Rank":
        return _rank(calls, int(at[0]))
    if cell.heading == "Oldest Days":
        return _oldest(ledger, cell, calls, int(at[0]))
    made = factors(ledger.policy.settings)
    if cell.heading == "Score":
        return _score(made, calls, int(at[0]))
    headings = [factor.heading for factor in made]
    if cell.heading in headings:
        return _points(made, headings.index(cell.heading), calls, int(at[0]))
    return None


def _money(
    ledger: Ledger,
    cell: ReportCell,
    late: Chased,
    mine: BoolArray,
    calls: CallList,
    at: IntArray,
) -> Explanation:
    chosen = np.flatnonzero(mine)
    items = late.items.take(chosen)
    disputed = of_items(ledger, items, late.contested[chosen], "in dispute")
    on_mine = np.flatnonzero(mine[late.taken.place])
    credits_on = of_credits(
        ledger, late.paid.take(late.taken.source[on_mine]), late.taken.amount[on_mine],
        "unapplied, taken off the oldest",
    )  # fmt: skip
    past_due = Part("Past due", item_rows(ledger, cell.as_of, items))
    left, netted = calls.overdue[at], calls.unapplied[at]
    contested, planned = calls.disputed[at], calls.planned[at]
    on_plans = of_items(ledger, items, late.planned[chosen], "on a payment plan")
    rules: dict[str, tuple[str, int, tuple[Part, ...]]] = {
        "Overdue": (
            "Past due, less what is in dispute or on a kept payment plan, less unapplied credits.",
            int(left.sum()),
            (
                past_due,
                Part("In dispute", disputed.negative()),
                Part("On plans", on_plans.negative()),
                Part("Credits taken off", credits_on.negative()),
            ),
        ),
        "Disputed": ("In dispute; taken off what is called for.", int(contested.sum()),
                     (Part("In dispute", disputed),)),
        "Promised": (
            "Covered by promises that stand; oldest items first.",
            int(calls.promised[at].sum()),
            (Part("Promised", of_items(ledger, items, late.covered[chosen], "promised")),),
        ),
        "On Plans": ("Of documents on a payment plan that is kept.", int(planned.sum()),
                     (Part("On plans", on_plans),)),
        "Past Due": ("Open and past the due date.",
                     int((left + contested + planned + netted).sum()), (past_due,)),
        "Unapplied": (
            "Unapplied credits that stand against what is past due, oldest items first.",
            int(netted.sum()),
            (Part("Credits taken off", credits_on),),
        ),
    }  # fmt: skip
    rule, value, parts = rules["Disputed" if cell.heading == "In Dispute" else cell.heading]
    filled = tuple(part for part in parts if len(part.rows)) or parts[:1]
    whose = "" if cell.is_total else f"{cell.line.get('Customer ID', '')}: "
    rule = f"{whose}{rule} As of {cell.as_of}, {cell.currency}."
    return Explanation(rule, Unit.MONEY, value, cell.currency, filled)


def _rank(calls: CallList, at: int) -> Explanation:
    rule = (
        "Place in the list of its currency by score; of equal scores the larger overdue amount "
        "comes first. It is the place among all customers, whoever looks after them."
    )
    return Explanation(rule, Unit.WHOLE, int(calls.rank[at]))


def _oldest(ledger: Ledger, cell: ReportCell, calls: CallList, at: int) -> Explanation:
    late = chased(ledger, cell.as_of)
    mine = (late.items.invoice_no == calls.oldest_no[at]) & (
        late.items.due_date == calls.oldest_due[at]
    )
    items = late.items.take(np.flatnonzero(mine))
    rule = f"{cell.as_of} less {calls.oldest_due[at]}, the oldest due date that is still overdue."
    days = int(days_between(np.datetime64(cell.as_of, "D"), calls.oldest_due[at : at + 1])[0])
    part = Part("The oldest item", of_items(ledger, items, items.open, "open"))
    return Explanation(rule, Unit.WHOLE, days, cell.currency, (part,), adds_up=False)


def _score(made: tuple[Factor, ...], calls: CallList, at: int) -> Explanation:
    said = [
        f"{factor.name} {_tenths(int(points))} of {number_text(factor.weight)}"
        for factor, points in zip(made, calls.points[at], strict=True)
    ]
    rule = f"The Pts columns added up, by the weights of the Settings: {', '.join(said)}."
    return Explanation(rule, Unit.TENTHS, int(calls.score[at]))


def _points(made: tuple[Factor, ...], column: int, calls: CallList, at: int) -> Explanation:
    factor = made[column]
    promised = calls.overdue[at] - calls.promised[at]
    recent, earlier = int(calls.recent[at]), int(calls.earlier[at])
    measured = (
        money_text(max(int(promised), 0), calls.currency[at]),
        f"{calls.oldest_days[at]} days",
        f"{calls.broken[at]}",
        "no habit known yet" if BLANK in (recent, earlier)
        else f"{_tenths(recent)} days late of late, {_tenths(earlier)} before",
        "no limit" if calls.limit_use[at] == BLANK else f"{_tenths(int(calls.limit_use[at]))} %",
        f"{calls.returned[at]}",
    )  # fmt: skip
    rule = (
        f"Here {measured[column]}: {factor.name}, from 0 to {number_text(factor.weight)} points, "
        f"which is the weight in the Settings, at {factor.full}."
    )
    return Explanation(rule, Unit.TENTHS, int(calls.points[at, column]))


def _tenths(value: int) -> str:
    return f"{'-' if value < 0 else ''}{abs(value) // 10}.{abs(value) % 10}"
