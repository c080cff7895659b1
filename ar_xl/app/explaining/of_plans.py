"""Figures of Plans: the lines of a plan, what came in for them, what was credited."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.core.explanation import Explanation, Part, Unit, traced
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.collecting.plans import MISSED, plan_states
from ar_xl.ops.open_items import posted_by

# What is spread over lines stands in no cell of theirs.
CREDITED, RECEIVED = "Credited to lines", "Received for lines"
_RULES = {
    "Amount": "What was agreed to be paid, interest included, as posted on the Plans sheet.",
    "Interest": "The interest that the amount contains, on the declining balance by days.",
    "Credited": "What credit memos, write-offs and discounts took off the plan's documents since "
    "it was agreed: it shortens the plan from its last line.",
    "Received": "What receipts paid on the plan's documents since it was agreed, and what the "
    "customer paid since and nobody applied yet; the oldest line is filled first.",
    "To Pay": "The amount less what was credited and received.",
    "Missed": "Lines that were not filled by their due date and the grace days of Settings.",
}


def plans_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """An amount of one line or plan, a count of missed lines, or the sum of a column."""
    if cell.heading not in _RULES:
        return None
    states = plan_states(ledger, cell.as_of)
    lines = states.lines
    mine = (states.currency == cell.currency)[lines.plan]
    if not cell.is_total:
        mine &= (states.plan_no == cell.line.get("Plan No", ""))[lines.plan]
        if "Line" in cell.headings:
            mine &= lines.line.astype(str) == cell.line.get("Line", "")
    at = np.flatnonzero(mine)
    if not len(at):
        return None
    rows = posted_by(ledger.posted("Plans"), cell.as_of).take(lines.row[at])

    def part(name: str, amount: IntArray, unit: Unit = Unit.MONEY) -> Part:
        found = traced(rows, amount, "plan_no", "due_date", lines.status[at])
        return Part(name, found.take(found.amount != 0), unit)

    rule = f"{_RULES[cell.heading]} {cell.said.get('Policy', '')}."
    if cell.heading == "Missed":
        missed = part("Missed", (lines.status[at] == MISSED).astype(np.int64), Unit.WHOLE)
        return Explanation(rule, Unit.WHOLE, missed.amount, "", (missed,))
    amount, credited = lines.amount[at], (lines.amount - lines.owed)[at]
    parts = {
        "Amount": (part("Agreed", amount),),
        "Interest": (part("Interest", lines.interest[at]),),
        "Credited": (part(CREDITED, credited),),
        "Received": (part(RECEIVED, lines.filled[at]),),
        "To Pay": (
            part("Agreed", amount),
            part(CREDITED, -credited),
            part(RECEIVED, -lines.filled[at]),
        ),
    }[cell.heading]
    value = sum(each.amount for each in parts)
    named = dict.fromkeys(states.documents[lines.plan[at]].tolist())
    see = (f"What was applied to {'; '.join(list(named)[:5])} stands on Applications.",)
    return Explanation(rule, Unit.MONEY, value, cell.currency, parts, see=see)
