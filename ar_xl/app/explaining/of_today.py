"""Figures of Today: promises, scheduled calls, disputes and papers."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.collections_sheet import COLLECTOR
from ar_xl.app.sheets.today_sheet import days_waiting
from ar_xl.core.arrays import IntArray
from ar_xl.core.dates import as_date
from ar_xl.core.explanation import Explanation, Part, Unit, traced
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.collecting.promises import Promises
from ar_xl.ops.collecting.today import Today, today


def today_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of one line, or the sum of a column."""
    found = today(ledger, cell.as_of, cell.said.get(COLLECTOR, ""))
    if cell.heading in ("Promised", "Received", "Missing"):
        return _promised(ledger, found, cell)
    if cell.heading == "Disputed":
        return _disputed(ledger, found, cell)
    if cell.heading == "Days Waiting":
        return _waiting(found, cell)
    return None


def _promised(ledger: Ledger, found: Today, cell: ReportCell) -> Explanation | None:
    made = found.promises
    mine = made.currency == cell.currency
    if not cell.is_total:
        mine &= made.customer_id == cell.line.get("Customer ID", "")
        mine &= made.invoice_no == cell.line.get("Invoice No", "")
        mine &= made.due.astype(str) == cell.line.get("Promised For", "")
        mine &= made.made.astype(str) == cell.line.get("Made On", "")
    made = made.take(np.flatnonzero(mine))
    if not len(made.due):
        return None
    if cell.heading == "Promised":
        rule = (
            "What the row of Activities says; where it names no amount, all that is due by the "
            "promised day."
        )
        return _of_activities(ledger, made, made.wanted, rule, cell.currency)
    if cell.heading == "Missing":
        rule = "Promised less received, promise by promise; never below zero."
        return _of_activities(ledger, made, made.missing, rule, cell.currency)
    last = as_date(made.last_day.max().astype("datetime64[D]"))
    until = min(cell.as_of, last)
    rule = (
        "What was settled of the invoices meant, and what came in and is not applied yet, from "
        f"the day the promise was made to its last day with the grace of the Settings ({until}). "
        "Explain the invoice's row for what settled it."
    )
    return _of_activities(ledger, made, made.received, rule, cell.currency)


def _of_activities(
    ledger: Ledger, made: Promises, amount: IntArray, rule: str, currency: str
) -> Explanation:
    frame = ledger.posted("Activities")
    rows = frame.take(np.searchsorted(frame.row, made.row))
    words = np.array([f"promise of {who}" for who in made.customer_id], dtype=object)
    part = Part("Promised", traced(rows, amount, "invoice_no", "date", words))
    return Explanation(rule, Unit.MONEY, int(amount.sum()), currency, (part,))


def _disputed(ledger: Ledger, found: Today, cell: ReportCell) -> Explanation | None:
    cases = found.disputes
    mine = cases.currency == cell.currency
    if not cell.is_total:
        mine &= cases.number == cell.line.get("Dispute No", "")
        mine &= cases.invoice_no == cell.line.get("Invoice No", "")
    cases = cases.take(np.flatnonzero(mine))
    if not len(cases):
        return None
    rows = ledger.posted("Disputes").take(cases.row)
    part = Part("In dispute", traced(rows, cases.disputed, "dispute_no", "opened", cases.reason))
    rule = (
        "Amount of the dispute, empty for all of the document; never more than is open of it. "
        f"As of {cell.as_of}."
    )
    return Explanation(rule, Unit.MONEY, int(cases.disputed.sum()), cell.currency, (part,))


def _waiting(found: Today, cell: ReportCell) -> Explanation | None:
    if "Paper" in cell.headings:
        of_calls, column = False, "Made On"
        papers = found.papers
        whose, since = papers.text("customer_id"), papers.dates("date")
        mine = (whose == cell.line.get("Customer ID", "")) & (
            papers.text("paper") == cell.line.get("Paper", "")
        )
    else:
        of_calls, column = True, "Next Date"
        since = found.calls.on
        mine = found.calls.customer_id == cell.line.get("Customer ID", "")
    mine &= since.astype(str) == cell.line.get(column, "")
    at = np.flatnonzero(mine)
    if not len(at):
        return None
    what = "the day of the call" if of_calls else "the day the paper was made"
    rule = f"{cell.as_of} less {since[at[0]]}, {what}."
    return Explanation(rule, Unit.WHOLE, int(days_waiting(since, found)[at[0]]))
