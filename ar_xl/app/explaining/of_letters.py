"""Figures of Letters: what each letter asks for, and what is open of those who got none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.core.dates import day
from ar_xl.core.explanation import Explanation, Part, Unit
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.collecting.letterlist import Asked, Letters, Wanted
from ar_xl.ops.collecting.letters import letters
from ar_xl.ops.tracing import item_rows, of_credits, of_items

_OPEN, _DISPUTED, _ASKED = ("Open", "Past Due"), ("Disputed", "In Dispute"), "Asked For"


def letters_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """An amount of one customer, or the sum of a column."""
    if cell.heading not in (*_OPEN, *_DISPUTED, _ASKED):
        return None
    run = letters(_before_run(ledger, cell.as_of), cell.as_of, Wanted(again=True))
    listed = run.left_out if "Why" in cell.headings else run.now
    wanted = cell.line.get("Customer ID", "")
    sums = [
        asked
        for each in listed
        if cell.is_total or each.customer_id == wanted
        for asked in each.sums
        if asked.currency == cell.currency
    ]
    if not sums:
        return None
    rows = np.concatenate([asked.rows for asked in sums])
    return _explained(ledger, cell, run, rows, sums)


def _before_run(ledger: Ledger, as_of: date) -> Ledger:
    """The books without the letters that were made on a day: they would wait, and not be made."""
    rows = ledger.posted("Activities")
    made = (rows.text("paper") != "") & (rows.dates("date") >= day(as_of))
    return replace(ledger, tables={**ledger.tables, "Activities": rows.take(~made)}, views={})


def _explained(
    ledger: Ledger, cell: ReportCell, run: Letters, rows: IntArray, sums: list[Asked]
) -> Explanation:
    late, items = run.late, run.late.items.take(rows)
    whole = Part("Open", item_rows(ledger, cell.as_of, items))
    contested = of_items(ledger, items, late.contested[rows], "in dispute")
    mine = np.flatnonzero(np.isin(late.taken.place, rows))
    netted = of_credits(
        ledger, late.paid.take(late.taken.source[mine]), late.taken.amount[mine],
        "unapplied, taken off the oldest",
    )  # fmt: skip
    on_plans = of_items(ledger, items, late.planned[rows], "on a payment plan")
    promised = of_items(ledger, items, late.covered[rows], "promised")
    off = (
        Part("In dispute", contested.negative()),
        Part("On plans", on_plans.negative()),
        Part("Credits taken off", netted.negative()),
        Part("Promised", promised.negative()),
    )
    whose = "" if cell.is_total else f"{cell.line.get('Customer ID', '')}: "
    rules: dict[str, tuple[str, int, tuple[Part, ...]]] = {
        _ASKED: (
            "Open, less what is in dispute, on a payment plan, covered by credits or promised.",
            sum(asked.asked for asked in sums),
            (whole, *(part for part in off if len(part.rows))),
        )
    }
    for heading in _OPEN:
        rules[heading] = "Open of what the letter is about.", sum(a.open for a in sums), (whole,)
    for heading in _DISPUTED:
        part = Part("In dispute", contested)
        rules[heading] = "In dispute of what is open.", sum(a.disputed for a in sums), (part,)
    rule, value, parts = rules[cell.heading]
    said = f"{whose}{rule} As of {cell.as_of}, {cell.currency}."
    return Explanation(said, Unit.MONEY, value, cell.currency, parts)
