"""Worklist: one table over the collectors, and what each of them has to do, longest due first."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.collections_sheet import collector_line
from ar_xl.app.sheets.parts import currencies_of, dates, money, tenths, text, whole
from ar_xl.core.arrays import IntArray, positions, sum_by
from ar_xl.core.ledger import Ledger
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.collecting.rework import Rework
from ar_xl.ops.collecting.worklist import NOBODY, Worklist, cash_bucket, cash_names, first_of_each
from ar_xl.ops.customers import customer_values
from ar_xl.ops.fees.words import number_text

ACTION_WIDTH = 54
DAYS_LISTED = 5  # of work; a list of thousands is no help to anyone


def worklist_report(
    ledger: Ledger, found: Worklist, redone: Rework | None, collector: str, tab: str
) -> Report:
    """The workload and the list of what to do.

    Args:
        ledger: as it stands.
        found: the work of the collectors.
        redone: postings that had to be undone, where users are wanted.
        collector: whose work alone is shown, "" for all.
        tab: the name of the sheet before the date.
    """
    day_holds = ledger.policy.settings.calls_a_day
    held, week = number_text(day_holds), int(day_holds * DAYS_LISTED)
    listed = first_of_each(found, week)
    amounts = currencies_of(np.concatenate([found.calls.currency, found.unapplied.currency]))
    blocks = [_load(found)] if len(found.collector) else []
    blocks += [_money(ledger, found, currency) for currency in amounts]
    if redone is not None and len(redone):
        blocks.append(_rework(redone))
    left = len(found.calls) - len(listed)
    blocks += [
        _list(ledger, found, listed[found.calls.currency[listed] == currency])
        for currency in currencies_of(found.calls.currency[listed])
    ]
    return Report(
        "Worklist",
        found.as_of,
        ledger.policy.settings.company,
        (
            *collector_line(collector),
            ("A day's work", f"{held} customers, by Calls A Day in the Settings"),
            ("Listed", _listed(week, left)),
        ),
        tuple(blocks),
        (
            "Due Today is a next action that falls on the day, Backlog one that fell before it; "
            "who waits for a promise or a later step is neither. Who is due comes first, by score.",
            "Promises are those for a day of the last 30 days; Broken includes those kept in part.",
        )
        if blocks
        else ("Nobody is to be called.",),
        tab=tab,
    )


def _load(found: Worklist) -> ReportBlock:
    return ReportBlock(
        "Workload",
        "Workload",
        "",
        (
            text("Collector", found.collector),
            whole("Customers To Call", found.customers),
            whole("Due Today", found.due_today),
            whole("Backlog", found.backlog),
            whole("Oldest (Days)", found.oldest),
            tenths("Days Of Work", found.days),
            whole("Promises Kept", found.kept),
            whole("Promises Broken", found.broken),
        ),
    )


def by_collector(found: Worklist, currency: str) -> tuple[IntArray, IntArray]:
    """Overdue and promised of each collector's customers in one currency, minor units."""
    mine = found.calls.currency == currency
    names = np.where(found.calls.collector == "", NOBODY, found.calls.collector).astype(object)
    owner = positions(found.collector, names)[mine]
    count = len(found.collector)
    return (
        sum_by(owner, found.calls.overdue[mine], count),
        sum_by(owner, found.calls.promised[mine], count),
    )


def cash_by_age(ledger: Ledger, found: Worklist, currency: str) -> IntArray:
    """Unapplied cash of each collector's customers: one row a collector, one column an age."""
    edges = ledger.policy.settings.aging_edges
    width, mine = len(edges) + 1, found.unapplied.currency == currency
    bucket = cash_bucket(found.unapplied, found.as_of, edges)[mine]
    sums = sum_by(
        found.owner[mine] * width + bucket,
        found.unapplied.unapplied[mine],
        len(found.collector) * width,
    )
    return sums.reshape(len(found.collector), width)


def _money(ledger: Ledger, found: Worklist, currency: str) -> ReportBlock:
    overdue, promised = by_collector(found, currency)
    cash = cash_by_age(ledger, found, currency)
    names = cash_names(ledger.policy.settings.aging_edges)
    return ReportBlock(
        "WorkMoney",
        f"Overdue, and unapplied cash by its age, {currency}",
        currency,
        (
            text("Collector", found.collector),
            money("Overdue", overdue),
            money("Promised", promised),
            *(money(name, cash[:, place]) for place, name in enumerate(names)),
            money("Unapplied Cash", cash.sum(axis=1)),
        ),
    )


def _rework(redone: Rework) -> ReportBlock:
    return ReportBlock(
        "Rework",
        "Postings of the last 30 days, and those undone",
        "",
        (
            text("User", redone.user),
            whole("Batches Posted", redone.posted),
            whole("Undone", redone.undone),
        ),
    )


def _listed(week: int, left: int) -> str:
    if not left:
        return "everyone who is to be called"
    return (
        f"the first {week:,} of each collector, {DAYS_LISTED} days of work; {left:,} more stand "
        "on Collections"
    )


def _list(ledger: Ledger, found: Worklist, mine: IntArray) -> ReportBlock:
    currency = str(found.calls.currency[mine[0]])
    calls = found.calls.take(mine)
    names = np.where(calls.collector == "", NOBODY, calls.collector).astype(object)
    return ReportBlock(
        "WorkOf",
        f"What to do, by collector, {currency}",
        currency,
        (
            text("Collector", names),
            text("Customer ID", calls.customer_id),
            text("Name", customer_values(ledger, calls.customer_id, "name")),
            text("Phone", customer_values(ledger, calls.customer_id, "phone")),
            money("Overdue", calls.overdue, total=False),
            whole("Oldest Days", calls.oldest_days),
            dates("Due Since", found.next.since[mine]),
            whole("Rank", calls.rank),
            text("Next Action", found.next.words[mine], width=ACTION_WIDTH),
        ),
    )
