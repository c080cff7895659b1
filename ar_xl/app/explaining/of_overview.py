"""Figures of the Overview."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from ar_xl.app.explaining.of_aging import aging_figure, as_titled
from ar_xl.app.explaining.of_forecast import cash_figure
from ar_xl.app.sheets.overview_sheet import CHANGE
from ar_xl.core.arrays import BLANK, BoolArray, filled
from ar_xl.core.dates import day, last_month_ends
from ar_xl.core.explanation import Explanation, Part, Traced, Unit, traced
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.core.policy import bucket_names
from ar_xl.ops.aging import aging
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.collecting.overview import (
    DSO_DAYS,
    headlines,
    largest_debtors,
    promise_months,
    recent_promises,
)
from ar_xl.ops.collecting.plans import on_plan
from ar_xl.ops.collecting.promises import BROKEN, KEPT, Promises, promises
from ar_xl.ops.measures import tenths
from ar_xl.ops.open_items import open_items
from ar_xl.ops.tracing import item_rows, of_items

_UNITS = {"DSO": Unit.TENTHS, "Promises Kept %": Unit.TENTHS}
_FIELDS = {
    "Total": "total", "Overdue": "overdue", "In Dispute": "disputed", "On Plans": "on_plans",
    "Unapplied": "unapplied", "DSO": "dso", "Promises Kept %": "kept",
}  # fmt: skip


def overview_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of the page: of the headline, of a month, of a customer, of a week."""
    ledger = as_titled(ledger, cell)
    if "When" in cell.headings:
        return _headline(ledger, cell)
    if "Month-End" in cell.headings:
        return _month_end(ledger, cell)
    if "Past Due" in cell.headings:
        return _debtor(ledger, cell)
    if "Broken" in cell.headings:
        return _promised(ledger, cell)
    return cash_figure(ledger, cell)


def _headline(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    when = cell.line.get("When", "")
    if when != CHANGE:
        return _of_day(ledger, cell, date.fromisoformat(when))
    dates = last_month_ends(cell.as_of, 2)
    before = dates[1] if dates[1] < cell.as_of else dates[0]
    now, then = _of_day(ledger, cell, cell.as_of), _of_day(ledger, cell, before)
    if now is None or then is None:
        return None
    none = now.value is None or then.value is None
    value = None if none else (now.value or 0) - (then.value or 0)
    less = tuple(replace(part, rows=part.rows.negative(), name=f"Less: {part.name}")
                 for part in then.parts)  # fmt: skip
    rule = f"The figure of {cell.as_of} less that of {before}. {now.rule}"
    return Explanation(
        rule, now.unit, value, now.currency, (*now.parts, *less), now.adds_up and not none
    )


def _of_day(ledger: Ledger, cell: ReportCell, when: date) -> Explanation | None:
    oldest = bucket_names(ledger.policy.settings.aging_edges)[-1]
    heading, currency = cell.heading, cell.currency
    if heading in ("Total", "Unapplied", oldest):
        return _as_aging(ledger, cell, when)
    if heading not in _FIELDS:
        return None
    found = headlines(ledger, when).get(currency)
    blank = BLANK if heading in _UNITS else 0
    value = int(getattr(found, _FIELDS[heading])) if found else blank
    items = open_items(ledger, when)
    items = items.take(np.flatnonzero((items.open != 0) & (items.currency == currency)))
    if heading == "Overdue":
        late = items.take(np.flatnonzero(items.due_date < day(when)))
        part = Part("Open items", item_rows(ledger, when, late))
        rule = f"Open items past due on {when}, before unapplied credits."
        exact = ledger.policy.settings.aging_basis == "due"
        return Explanation(rule, Unit.MONEY, value, currency, (part,), adds_up=exact)
    if heading == "In Dispute":
        rows = of_items(ledger, items, disputed(ledger, items, when), "in dispute")
        rule = "What the Disputes sheet says is contested, at most what is open."
        return Explanation(rule, Unit.MONEY, value, currency, (Part("In dispute", rows),))
    if heading == "On Plans":
        rows = of_items(ledger, items, on_plan(ledger, items, when), "on a plan")
        rule = "What live payment plans cover of open items."
        return Explanation(rule, Unit.MONEY, value, currency, (Part("On plans", rows),))
    shown = None if value == BLANK else value
    if heading == "DSO":
        first = when - timedelta(days=DSO_DAYS - 1)
        rule = (
            f"Total / sales from {first} to {when} x {DSO_DAYS} days. Sales are invoices and debit "
            "memos less credit memos, with tax, without late fees."
        )
        return Explanation(rule, Unit.TENTHS, shown)
    made = promises(ledger, when)
    return _share(ledger, made, recent_promises(made, currency, when), shown)


def _as_aging(ledger: Ledger, cell: ReportCell, when: date) -> Explanation | None:
    """The same figure as on the Aging of a date, of all customers."""
    return aging_figure(ledger, replace(cell, as_of=when, is_total=True, said={}))


def _month_end(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    when = date.fromisoformat(cell.line["Month-End"])
    if cell.heading != "Open":
        return _as_aging(ledger, cell, when)
    aged = aging(ledger, when)
    items = open_items(ledger, when)
    mine = (items.open != 0) & (items.currency == cell.currency)
    part = Part("Open items", item_rows(ledger, when, items.take(np.flatnonzero(mine))))
    value = int(aged.buckets[aged.currency == cell.currency].sum())
    rule = f"All open items of {when}, before unapplied credits: the buckets together."
    return Explanation(rule, Unit.MONEY, value, cell.currency, (part,))


def _debtor(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    found = largest_debtors(aging(ledger, cell.as_of), cell.currency)
    wanted = found.customer_id if cell.is_total else np.array([cell.line["Customer ID"]], object)
    if cell.heading == "Owed":
        parts: list[Part] = []
        value = 0
        for customer in wanted.tolist():  # ten at most
            line = {**cell.line, "Customer ID": customer}
            one = aging_figure(
                ledger, replace(cell, heading="Total", line=line, is_total=False, said={})
            )
            if one is None:
                return None
            value += one.value or 0
            parts += one.parts
        rule = "Everything open, less unapplied credits."
        return Explanation(rule, Unit.MONEY, value, cell.currency, tuple(parts))
    if cell.heading != "Past Due":
        return None
    items = open_items(ledger, cell.as_of)
    mine = (items.open != 0) & (items.currency == cell.currency)
    mine &= items.due_date < day(cell.as_of)
    mine &= np.isin(items.customer_id.astype(str), wanted.astype(str))
    part = Part("Open items", item_rows(ledger, cell.as_of, items.take(np.flatnonzero(mine))))
    chosen = np.isin(found.customer_id.astype(str), wanted.astype(str))
    exact = ledger.policy.settings.aging_basis == "due"
    rule = "Open items past due, before unapplied credits."
    value = int(found.overdue[chosen].sum())
    return Explanation(rule, Unit.MONEY, value, cell.currency, (part,), adds_up=exact)


def _promised(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    month = cell.line.get("Month", "")
    made = promises(ledger, cell.as_of)
    mine = (made.currency == cell.currency) & (
        made.due.astype("datetime64[M]").astype(str) == month
    )
    counts = promise_months(made, cell.currency, [date.fromisoformat(f"{month}-01")])[0].tolist()
    if cell.heading == "Kept %":
        return _share(
            ledger, made, np.asarray(mine, np.bool_), tenths(100 * counts[0], sum(counts))
        )
    if cell.heading not in ("Kept", "Broken"):
        return None
    state = KEPT if cell.heading == "Kept" else BROKEN
    rows = _rows(ledger, made, np.asarray(mine & (made.state == state), np.bool_))
    rule = f"Promises made for a day of {month} that were {state} by {cell.as_of}."
    value = counts[0 if state == KEPT else 1]
    part = Part("Promises", rows, Unit.WHOLE)
    # The same promise typed twice stands in two rows, of which one counts.
    return Explanation(rule, Unit.WHOLE, value, "", (part,), adds_up=len(rows) == value)


def _share(ledger: Ledger, made: Promises, chosen: BoolArray, shown: int | None) -> Explanation:
    ended = chosen & np.isin(made.state.astype(str), (KEPT, BROKEN))
    rows = _rows(ledger, made, np.asarray(ended, np.bool_))
    kept = int((made.state[ended] == KEPT).sum())
    rule = f"{kept} promises kept of {int(ended.sum())} that were kept or broken."
    part = (Part("Promises", rows, Unit.WHOLE),) if len(rows) else ()
    return Explanation(rule, Unit.TENTHS, shown, "", part, adds_up=False)


def _rows(ledger: Ledger, made: Promises, chosen: BoolArray) -> Traced:
    """Promises as rows of Activities, each counting one."""
    frame = ledger.posted("Activities")
    frame = frame.take(np.flatnonzero(frame.text("kind") == "Promise"))
    at = np.flatnonzero(chosen)
    key = made.customer_id[at] + "\t" + made.invoice_no[at]
    theirs = frame.text("customer_id") + "\t" + frame.text("invoice_no")
    days = made.due[at].astype(str), made.made[at].astype(str)
    wanted = {*zip(key.tolist(), *(each.tolist() for each in days), strict=True)}
    listed = zip(
        theirs.tolist(), frame.dates("promise_date").astype(str).tolist(),
        frame.dates("date").astype(str).tolist(), strict=True,
    )  # fmt: skip
    rows = frame.take(np.array([each in wanted for each in listed], dtype=np.bool_))
    ones = np.ones(len(rows), dtype=np.int64)
    return traced(rows, ones, "customer_id", "promise_date", filled(len(rows), "promise"))
