"""Figures of Disputes: what is contested, by reason, owner and age, and what has ended."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.disputes_sheet import SETTLED, age_bucket, age_names
from ar_xl.core.arrays import BLANK, IntArray, TextArray
from ar_xl.core.explanation import Explanation, Part, Traced, Unit, traced
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.collecting.dispute_list import DisputeCases, DisputeList, dispute_list
from ar_xl.ops.collecting.settling import SOURCES
from ar_xl.ops.open_items import open_items
from ar_xl.ops.tracing import item_rows

BY = {"By Reason": "reason", "By Owner": "owner"}
_CLAIM = "Amount of the dispute, empty for all of the document"


def disputes_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of one dispute, of the disputes of a reason or owner, or the sum of a column."""
    found = dispute_list(ledger, cell.as_of)
    by = next((heading for heading in BY if heading in cell.headings), "")
    if by:
        return _summed(ledger, cell, found, by)
    ended = "Ended" in cell.headings
    cases = found.ended if ended else found.open
    mine = cases.currency == cell.currency
    if not cell.is_total:
        mine &= cases.number == cell.line.get("Dispute No", "")
        mine &= cases.invoice_no == cell.line.get("Invoice No", "")
    cases = cases.take(np.flatnonzero(mine))
    if not len(cases):
        return None
    if cell.is_total:
        return _total(ledger, cell, cases)
    return _of_one(ledger, cell, cases.take(np.array([0])), ended)


def _rows(ledger: Ledger, cases: DisputeCases, amount: IntArray, what: TextArray | str) -> Traced:
    frame = ledger.posted("Disputes").take(cases.row)
    return traced(frame, amount, "dispute_no", "opened", what)


def _total(ledger: Ledger, cell: ReportCell, cases: DisputeCases) -> Explanation | None:
    if cell.heading == "Settled":
        return _settled(ledger, cell, cases)
    amounts = {"Disputed": cases.disputed, "Was Disputed": cases.claimed}.get(cell.heading)
    if amounts is None:
        return None
    rule = f"The sum of the column, as of {cell.as_of}, {cell.currency}."
    part = Part("In dispute", _rows(ledger, cases, amounts, cases.reason))
    return Explanation(rule, Unit.MONEY, int(amounts.sum()), cell.currency, (part,))


def _of_one(
    ledger: Ledger, cell: ReportCell, case: DisputeCases, ended: bool
) -> Explanation | None:
    currency, number = cell.currency, str(case.number[0])
    if cell.heading == "Line":
        line = int(case.line[0])
        if line == BLANK:
            return None
        return Explanation("The instalment that the dispute names.", Unit.WHOLE, line)
    if cell.heading in ("Age (Days)", "Days"):
        last = case.ended[0] if ended else cell.as_of
        rule = f"{last} less {case.opened[0]}, the day the dispute was opened."
        return Explanation(rule, Unit.WHOLE, int(case.age[0]))
    if cell.heading == "Was Disputed":
        part = Part("In dispute", _rows(ledger, case, case.claimed, case.reason))
        rule = f"{number}: {_CLAIM}, at the time."
        return Explanation(rule, Unit.MONEY, int(case.claimed[0]), currency, (part,))
    if cell.heading == "Settled":
        return _settled(ledger, cell, case)
    if cell.heading == "Disputed":
        rule = (
            f"{number}: {_CLAIM}; never more than is open of what it is about, less what earlier "
            f"disputes contest of that. As of {cell.as_of}."
        )
        part = Part("In dispute", _rows(ledger, case, case.disputed, case.reason))
        return Explanation(rule, Unit.MONEY, int(case.disputed[0]), currency, (part,))
    return _of_invoice(ledger, cell, case)


def _of_invoice(ledger: Ledger, cell: ReportCell, case: DisputeCases) -> Explanation | None:
    """What is open of the whole document, or what is left of that undisputed."""
    if cell.heading not in ("Invoice Open", "Rest"):
        return None
    items = open_items(ledger, cell.as_of)
    items = items.take(np.flatnonzero(items.invoice_no == case.invoice_no[0]))
    is_open = Part("Open of the invoice", item_rows(ledger, cell.as_of, items))
    if cell.heading == "Invoice Open":
        rule = f"What is open of {case.invoice_no[0]} as of {cell.as_of}, all its instalments."
        return Explanation(rule, Unit.MONEY, int(case.invoice_open[0]), cell.currency, (is_open,))
    every = dispute_list(ledger, cell.as_of).open
    every = every.take(np.flatnonzero(every.invoice_no == case.invoice_no[0]))
    less = Part("In dispute", _rows(ledger, every, every.disputed, every.reason).negative())
    rule = f"What is open of {case.invoice_no[0]} less all disputes about it, as of {cell.as_of}."
    return Explanation(rule, Unit.MONEY, int(case.rest[0]), cell.currency, (is_open, less))


def _settled(ledger: Ledger, cell: ReportCell, cases: DisputeCases) -> Explanation | None:
    """The documents that settled the disputes."""
    cases = cases.take(np.flatnonzero(cases.state == SETTLED))
    if not len(cases) and not cell.is_total:
        return None
    numbers = ledger.posted("Disputes").text("settled_by")[cases.row].tolist()
    parts = []
    for source in SOURCES:
        posted = ledger.posted(source.table)
        mine = np.isin(posted.text(source.number), np.array(numbers, dtype=object))
        mine &= (posted.text(source.kind) == source.way) & (
            posted.dates("posting_date") <= np.datetime64(cell.as_of, "D")
        )
        rows = posted.take(np.flatnonzero(mine))
        if len(rows):
            words = source.way
            parts.append(
                Part(words, traced(rows, rows.ints("amount"), source.number, source.dated, words))
            )
    rule = "The amount of the credit memo or write-off that settled it."
    total = int(cases.settled_amount.sum())
    return Explanation(rule, Unit.MONEY, total, cell.currency, tuple(parts))


def _summed(ledger: Ledger, cell: ReportCell, found: DisputeList, by: str) -> Explanation | None:
    """The disputes of one reason or owner, or of all of them, of one age or of any."""
    edges = ledger.policy.settings.aging_edges
    cases = found.open
    mine = cases.currency == cell.currency
    if not cell.is_total:
        mine &= getattr(cases, BY[by]) == cell.line.get(by, "")
    if cell.heading in age_names(edges):
        mine &= age_bucket(cases.age, edges) == age_names(edges).index(cell.heading)
    elif cell.heading not in ("Together", "Disputes"):
        return None
    cases = cases.take(np.flatnonzero(mine))
    if cell.heading == "Disputes":
        ones = np.ones(len(cases), dtype=np.int64)
        part = Part("Disputes", _rows(ledger, cases, ones, cases.reason), Unit.WHOLE)
        return Explanation("How many are open.", Unit.WHOLE, len(cases), parts=(part,))
    aged = "" if cell.heading == "Together" else f" opened {cell.heading.lower()} days before"
    rule = f"Disputed amounts{aged}, as of {cell.as_of}."
    part = Part("In dispute", _rows(ledger, cases, cases.disputed, cases.reason))
    return Explanation(rule, Unit.MONEY, int(cases.disputed.sum()), cell.currency, (part,))
