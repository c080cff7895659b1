"""Figures of Worklist: the workload of collectors, unapplied cash, what was undone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ar_xl.app.explaining.of_collections import collections_figure
from ar_xl.app.sheets.collections_sheet import COLLECTOR
from ar_xl.app.sheets.worklist_sheet import by_collector
from ar_xl.core.arrays import BLANK, BoolArray, IntArray, TextArray, positions
from ar_xl.core.explanation import Explanation, Part, Traced, Unit, traced
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.collecting.promises import KEPT
from ar_xl.ops.collecting.rework import Rework, rework
from ar_xl.ops.collecting.worklist import (
    NOBODY,
    Worklist,
    cash_bucket,
    cash_names,
    worklist,
)
from ar_xl.ops.fees.words import number_text
from ar_xl.ops.tracing import of_credits

_OF_LIST = ("Overdue", "Oldest Days", "Rank")


def worklist_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of one collector, user or customer, or the sum of a column."""
    if "Customer ID" in cell.headings:
        return collections_figure(ledger, cell) if cell.heading in _OF_LIST else None
    if "User" in cell.headings:
        return _rework(ledger, rework(ledger, cell.as_of), cell)
    ranked = collections(ledger, cell.as_of)
    collector = cell.said.get(COLLECTOR, "")
    found = worklist(ledger, ranked.of(collector).calls if collector else ranked.calls, collector)
    if "Unapplied Cash" in cell.headings:
        return _money(ledger, found, cell)
    at = positions(found.collector, np.array([cell.line.get("Collector", "")], dtype=object))[0]
    return None if at < 0 else _load(ledger, found, cell, int(at))


def _load(ledger: Ledger, found: Worklist, cell: ReportCell, at: int) -> Explanation | None:
    load, mine = found.load, found.load.collector == found.collector[at]
    counted: dict[str, tuple[str, BoolArray]] = {
        "Customers To Call": ("Customers on the call list, each once.", mine),
        "Due Today": (f"Customers whose next action falls on {cell.as_of}.", mine & load.due),
        "Backlog": (f"Customers whose next action fell before {cell.as_of}.", mine & load.late),
    }
    if cell.heading in counted:
        rule, which = counted[cell.heading]
        rows = _customers(ledger, load.customer_id[which])
        part = Part("Customers", rows, Unit.WHOLE)
        return Explanation(rule, Unit.WHOLE, int(which.sum()), parts=(part,))
    if cell.heading == "Oldest (Days)":
        if found.oldest[at] == BLANK:
            return None
        first = load.since[mine & load.late].min().astype("datetime64[D]")
        rule = f"{cell.as_of} less {first}, since when the oldest of the backlog is due."
        return Explanation(rule, Unit.WHOLE, int(found.oldest[at]))
    if cell.heading == "Days Of Work":
        held = number_text(ledger.policy.settings.calls_a_day)
        rule = (
            f"Due Today {found.due_today[at]} and Backlog {found.backlog[at]}, by {held} "
            "customers a day: Calls A Day in the Settings."
        )
        return Explanation(rule, Unit.TENTHS, int(found.days[at]))
    return _promises(ledger, found, cell)


def _customers(ledger: Ledger, ids: TextArray) -> Traced:
    frame = ledger.posted("Customers")
    at = positions(frame.text("customer_id"), ids)
    known = traced(frame.take(at[at >= 0]), np.ones(int((at >= 0).sum()), dtype=np.int64),
                   "customer_id", "", "to call")  # fmt: skip
    lost = ids[at < 0]
    if not len(lost):
        return known
    count = len(lost)
    none = np.zeros(count, dtype=np.int64)
    more = Traced(
        np.full(count, "Customers", dtype=object), none, lost,
        np.full(count, np.datetime64("NaT", "D")), none + 1, np.full(count, "", dtype=object),
        np.full(count, "not on the Customers sheet", dtype=object),
    )  # fmt: skip
    both = {
        name: np.concatenate([getattr(known, name), getattr(more, name)])
        for name in Traced.__dataclass_fields__
    }
    return Traced(**both)


def _promises(ledger: Ledger, found: Worklist, cell: ReportCell) -> Explanation | None:
    kept = cell.heading == "Promises Kept"
    if not kept and cell.heading != "Promises Broken":
        return None
    made = found.promises
    mine = (found.whose == cell.line.get("Collector", "")) & ((made.state == KEPT) == kept)
    frame = ledger.posted("Activities")
    rows = frame.take(np.searchsorted(frame.row, made.row[mine]))
    each = np.ones(int(mine.sum()), dtype=np.int64)
    part = Part(
        "Promises", traced(rows, each, "invoice_no", "date", made.outcome[mine]), Unit.WHOLE
    )
    became = "kept" if kept else "broken, or kept in part"
    rule = f"Promises for a day of the 30 days up to {cell.as_of} that were {became}."
    return Explanation(rule, Unit.WHOLE, int(mine.sum()), parts=(part,))


def _money(ledger: Ledger, found: Worklist, cell: ReportCell) -> Explanation | None:
    names = cash_names(ledger.policy.settings.aging_edges)
    chosen = np.arange(len(found.collector))
    if not cell.is_total:
        chosen = np.flatnonzero(found.collector == cell.line.get("Collector", ""))
    if not len(chosen):
        return None
    if cell.heading in ("Overdue", "Promised"):
        return _overdue(ledger, found, cell, chosen)
    mine = (found.unapplied.currency == cell.currency) & np.isin(found.owner, chosen)
    rule = "What is unapplied of receipts"
    if cell.heading in names:
        edges = ledger.policy.settings.aging_edges
        bucket = cash_bucket(found.unapplied, found.as_of, edges)
        mine &= bucket == names.index(cell.heading)
        rule = f"{rule} that came in so many days ago: {cell.heading}"
    elif cell.heading != "Unapplied Cash":
        return None
    paid = found.unapplied.take(np.flatnonzero(mine))
    part = Part("Unapplied", of_credits(ledger, paid, paid.unapplied, "unapplied"))
    rule = f"{rule}. As of {cell.as_of}, {cell.currency}."
    return Explanation(rule, Unit.MONEY, int(paid.unapplied.sum()), cell.currency, (part,))


def _overdue(
    ledger: Ledger, found: Worklist, cell: ReportCell, chosen: IntArray
) -> Explanation | None:
    """The sum of what Collections shows for the customers of some collectors."""
    overdue, promised = by_collector(found, cell.currency)
    amounts = overdue if cell.heading == "Overdue" else promised
    calls = found.calls
    names = np.where(calls.collector == "", NOBODY, calls.collector).astype(object)
    mine = (calls.currency == cell.currency) & np.isin(
        names.astype(str), found.collector[chosen].astype(str)
    )
    each = calls.overdue[mine] if cell.heading == "Overdue" else calls.promised[mine]
    rows = _customers(ledger, calls.customer_id[mine])
    at = positions(calls.customer_id[mine], rows.document)
    part = Part("By customer", replace(rows, amount=each[at]))
    rule = (
        f"{cell.heading} of these customers on Collections, added up; explain a figure there for "
        f"the invoices behind it. As of {cell.as_of}, {cell.currency}."
    )
    return Explanation(rule, Unit.MONEY, int(amounts[chosen].sum()), cell.currency, (part,))


def _rework(ledger: Ledger, found: Rework, cell: ReportCell) -> Explanation | None:
    at = positions(found.user, np.array([cell.line.get("User", "")], dtype=object))[0]
    if at < 0:
        return None
    if cell.heading == "Batches Posted":
        rule = (
            f"Batches of this user, run for a day of the 30 days up to {cell.as_of}; those that "
            "undo others are left out."
        )
        return Explanation(rule, Unit.WHOLE, int(found.posted[at]))
    mine = found.undoing.take(np.flatnonzero(found.whose == found.user[at]))
    each = np.ones(len(mine), dtype=np.int64)
    part = Part("Undone", traced(mine, each, "batch", "as_of", mine.text("reverses")), Unit.WHOLE)
    rule = f"Batches of this user that were undone in the 30 days up to {cell.as_of}."
    return Explanation(rule, Unit.WHOLE, int(found.undone[at]), parts=(part,))
