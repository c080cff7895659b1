"""Figures of Collections: the call list, and who is left out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray
from ar_xl.core.dates import days_between
from ar_xl.core.explanation import Explanation, Part, Unit
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.collecting.collections import (
    CallList,
    Chased,
    Collections,
    chased,
    collections,
    score_parts,
)
from ar_xl.ops.fees.words import number_text
from ar_xl.ops.tracing import item_rows, of_credits, of_items

_MONEY = ("Overdue", "Disputed", "Promised", "Past Due", "In Dispute", "Unapplied")


def collections_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of one customer of the list, or the sum of a column."""
    ranked = collections(ledger, cell.as_of)
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
        return _rank(ranked, cell, int(at[0]))
    if cell.heading == "Oldest Days":
        return _oldest(ledger, cell, calls, int(at[0]))
    if cell.heading == "Score":
        return _score(ledger, ranked, cell)
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
    contested = calls.disputed[at]
    rules: dict[str, tuple[str, int, tuple[Part, ...]]] = {
        "Overdue": (
            "Past due, less what is in dispute, less unapplied credits.",
            int(left.sum()),
            (
                past_due,
                Part("In dispute", disputed.negative()),
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
        "Past Due": ("Open and past the due date.", int((left + contested + netted).sum()),
                     (past_due,)),
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


def _rank(ranked: Collections, cell: ReportCell, at: int) -> Explanation:
    first = int(np.flatnonzero(ranked.calls.currency == cell.currency)[0])
    rule = (
        "Place in the list of its currency by score; of equal scores the larger overdue amount "
        "comes first."
    )
    return Explanation(rule, Unit.WHOLE, at - first + 1)


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


def _score(ledger: Ledger, ranked: Collections, cell: ReportCell) -> Explanation:
    names = [name for name in CallList.__dataclass_fields__ if name != "as_of"]
    both: dict[str, Any] = {
        name: np.concatenate([getattr(ranked.calls, name), getattr(ranked.left_out, name)])
        for name in names
    }
    everyone = replace(ranked.calls, **both)
    mine = (everyone.currency == cell.currency) & (
        everyone.customer_id == cell.line.get("Customer ID", "")
    )
    at = int(np.flatnonzero(mine)[0])
    said, total = [], 0
    for part in score_parts(ledger.policy.settings, everyone):
        points = int(part.points[at])
        total += points
        said.append(
            f"{part.name} {points // 1000}.{points % 1000:03} of {number_text(part.weight)}"
        )
    rule = f"Points by the weights of the Settings: {', '.join(said)}."
    return Explanation(rule, Unit.TENTHS, (2 * total + 100) // 200)
