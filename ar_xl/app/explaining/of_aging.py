"""Figures of Aging and Aging Detail."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray
from ar_xl.core.dates import day
from ar_xl.core.explanation import Explanation, Part, Unit
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.core.policy import bucket_names
from ar_xl.ops.aging import Aging, AgingDetail, aging, bucket_of, days_past_due
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.open_items import Credits, OpenItems, credits, open_items
from ar_xl.ops.tracing import credit_rows, item_rows, of_items, settled_rows, used_rows

_POLICY = re.compile(r"Days (past|since) .*?buckets up to ([0-9, ]+) days")
UNAPPLIED = "Unapplied"


def as_titled(ledger: Ledger, cell: ReportCell) -> Ledger:
    """The books with the aging policy that the report's title block names, as it was then."""
    found = _POLICY.match(cell.said.get("Policy", ""))
    if not found:
        return ledger
    edges = tuple(int(edge) for edge in found[2].split(",") if edge.strip())
    if not edges or list(edges) != sorted(set(edges)) or edges[0] < 1:
        return ledger
    basis = "due" if found[1] == "past" else "invoice"
    settings = replace(ledger.policy.settings, aging_edges=edges, aging_basis=basis)
    return replace(ledger, policy=replace(ledger.policy, settings=settings), views={})


def counted_from(ledger: Ledger) -> str:
    """From which date days past due count, in words."""
    if ledger.policy.settings.aging_basis == "due":
        return "Days count from the due date; an item due on the date itself is current."
    return "Days count from the invoice date (Aging Basis is `invoice`)."


def aging_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A bucket, Unapplied or Total of one customer, or of all of a currency."""
    ledger = as_titled(ledger, cell)
    names = bucket_names(ledger.policy.settings.aging_edges)
    heading, customer = cell.heading, cell.line.get("Customer ID", "")
    if heading not in (*names, UNAPPLIED, "Total"):
        return None
    aged = aging(ledger, cell.as_of)
    mine = aged.currency == cell.currency
    if not cell.is_total:
        mine &= aged.customer_id == customer
    whose = "all customers" if cell.is_total else customer
    items, owed_back = _open(ledger, cell, "" if cell.is_total else customer)
    if heading in names:
        items = items.take(_in_bucket(ledger, items, cell.as_of) == names.index(heading))
    parts = []
    if heading != UNAPPLIED:
        parts.append(Part("Open items", item_rows(ledger, cell.as_of, items)))
    if heading in (UNAPPLIED, "Total"):
        parts.append(Part("Unapplied credits", credit_rows(ledger, cell.as_of, owed_back)))
    about = {
        UNAPPLIED: "Receipts and credit memos that are not applied yet; they reduce no bucket.",
        "Total": f"Everything open, less unapplied credits. {counted_from(ledger)}",
        "Current": f"Open items not past due. {counted_from(ledger)}",
    }.get(heading, f"Open items {heading.lower()} days past due. {counted_from(ledger)}")
    rule = f"{whose}, {cell.currency}, posted up to {cell.as_of}: {about}"
    value = _aged_value(aged, mine, heading)
    return Explanation(rule, Unit.MONEY, value, cell.currency, tuple(parts))


def _aged_value(aged: Aging, mine: BoolArray, heading: str) -> int:
    column = {UNAPPLIED: aged.unapplied, "Total": aged.total}.get(heading)
    if column is None:
        column = aged.buckets[:, aged.names.index(heading)]
    return int(column[mine].sum())


def _in_bucket(ledger: Ledger, items: OpenItems, as_of: date) -> IntArray:
    settings = ledger.policy.settings
    return bucket_of(days_past_due(items, as_of, settings.aging_basis), settings.aging_edges)


def _open(ledger: Ledger, cell: ReportCell, customer: str) -> tuple[OpenItems, Credits]:
    """What is open of a currency, of one customer or of all."""
    items, owed_back = open_items(ledger, cell.as_of), credits(ledger, cell.as_of)
    ours = (items.open != 0) & (items.currency == cell.currency)
    theirs = (owed_back.unapplied != 0) & (owed_back.currency == cell.currency)
    if customer:
        ours &= items.customer_id == customer
        theirs &= owed_back.customer_id == customer
    return items.take(np.flatnonzero(ours)), owed_back.take(np.flatnonzero(theirs))


def detail_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of one open item, memo or receipt, or the sum of a column."""
    ledger = as_titled(ledger, cell)
    detail = aging(ledger, cell.as_of).detail
    items, owed_back = _open(ledger, cell, "")
    shown = np.asarray(detail.currency == cell.currency, dtype=np.bool_)
    if not cell.is_total:
        number, kind = cell.line.get("Invoice No", ""), cell.line.get("Type", "")
        line = cell.line.get("Line", "")
        shown &= (detail.document_no == number) & (detail.type == kind)
        shown &= detail.line.astype(str) == line
        is_item = kind not in ("Receipt", "Credit Memo")
        ours = (items.invoice_no == number) & (items.line.astype(str) == line)
        items = items.take(np.asarray(ours & is_item, dtype=np.bool_))
        owed_back = owed_back.take(
            (owed_back.source_no == number) & (owed_back.source_type == kind)
        )
    rows = detail.take(np.flatnonzero(shown))
    if not len(rows):
        return None
    return _detail(ledger, cell, rows, items, owed_back)


def _detail(
    ledger: Ledger, cell: ReportCell, rows: AgingDetail, items: OpenItems, owed_back: Credits
) -> Explanation | None:
    as_of, heading = cell.as_of, cell.heading
    open_parts = (
        Part("Open items", item_rows(ledger, as_of, items)),
        Part("Unapplied credits", credit_rows(ledger, as_of, owed_back)),
    )
    future = _future(ledger, as_of, items, owed_back)
    if heading == "Line":
        rule = "The instalment; 1 where the document falls due in one part."
        return Explanation(rule, Unit.WHOLE, int(rows.line[0]))
    if heading == "Days Past Due":
        return _days(ledger, as_of, rows, items)
    if heading == "Amount" and not cell.is_total:
        at_first = open_parts[0].rows, open_parts[1].rows
        own = [part.take(part.table != "Applications") for part in at_first]
        rule = "The amount of the document or instalment; credits are negative."
        named = tuple(Part("As posted", part) for part in own)
        return Explanation(rule, Unit.MONEY, int(rows.amount.sum()), cell.currency, named)
    if heading == "Open":
        rule = f"The amount less what was applied by rows posted up to {as_of}."
        return Explanation(rule, Unit.MONEY, int(rows.open.sum()), cell.currency, open_parts)
    if heading == "Disputed":
        contested = of_items(ledger, items, disputed(ledger, items, as_of), "in dispute")
        rule = "What the Disputes sheet says is contested, at most what is open. It ages on."
        part = (Part("Disputed", contested),)
        return Explanation(rule, Unit.MONEY, int(rows.disputed.sum()), cell.currency, part)
    if heading == "Future":
        rule = f"What rows posted after {as_of} settle of it; they are in the books already."
        return Explanation(rule, Unit.MONEY, int(rows.future.sum()), cell.currency, future)
    if heading == "After Future":
        rule = f"Open on {as_of} less what rows posted later settle of it."
        less = tuple(replace(part, rows=part.rows.negative()) for part in future)
        total = int(rows.after_future.sum())
        return Explanation(rule, Unit.MONEY, total, cell.currency, (*open_parts, *less))
    return None


def _future(ledger: Ledger, as_of: date, items: OpenItems, owed_back: Credits) -> tuple[Part, ...]:
    used = ledger.posted("Applications")
    used = used.take(np.flatnonzero(used.dates("posting_date") > day(as_of)))
    spent = [
        used_rows(
            used.take(
                np.flatnonzero(
                    (used.text("source_type") == kind)
                    & np.isin(
                        used.text("source_no").astype(str),
                        owed_back.source_no[owed_back.source_type == kind].astype(str),
                    )
                )
            )
        ).negative()
        for kind in ("Receipt", "Credit Memo")
    ]
    parts = (
        Part("Settled later", settled_rows(used, items)),
        *(Part("Used later", rows) for rows in spent),
    )
    return tuple(part for part in parts if len(part.rows))


def _days(ledger: Ledger, as_of: date, rows: AgingDetail, items: OpenItems) -> Explanation | None:
    if not len(items):
        return Explanation("Receipts and credit memos do not age.", Unit.WHOLE)
    item = items.take(np.array([0]))
    start = "the due date"
    from_date = item.due_date[0]
    if ledger.policy.settings.aging_basis != "due" or np.isnat(from_date):
        start, from_date = "the invoice date", item.invoice_date[0]
    rule = f"{as_of} less {start}, {from_date}. Zero and less is current."
    see = of_items(ledger, item, item.open, "open")
    part = (Part("The item", see),)
    return Explanation(rule, Unit.WHOLE, int(rows.days_past_due[0]), "", part, adds_up=False)
