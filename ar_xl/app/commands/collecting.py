"""Collecting: whom to call, what is due today, who has how much to do."""

from __future__ import annotations

import re

import numpy as np

from ar_xl.app.answer import counted
from ar_xl.app.desk import Desk
from ar_xl.app.sheets.collections_sheet import collections_report
from ar_xl.app.sheets.today_sheet import today_report
from ar_xl.app.sheets.worklist_sheet import worklist_report
from ar_xl.app.waiting import say_money_waiting
from ar_xl.core.arrays import TextArray
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.collecting.rework import rework
from ar_xl.ops.collecting.today import today
from ar_xl.ops.collecting.worklist import worklist

LONGEST_TAB = 20  # characters before the date in the name of a sheet

COLLECTOR_UNKNOWN = code(
    "collector_unknown",
    Severity.ERROR,
    "a name that stands in the column Collector of the Customers sheet",
    "Give the name as it stands there, or leave it out to list all customers.",
    Exit.WRONG_CALL,
)


def collections_command(desk: Desk) -> None:
    """The call list of the as-of date, what wants doing on it, and the work of each collector."""
    desk.insist_on_posted_rows()
    ledger, as_of = desk.ledger, desk.request.as_of
    names = _names(desk)
    collector = known_collector(names, str(desk.params.get("collector") or ""))
    ranked = collections(ledger, as_of)
    if collector:
        ranked = ranked.of(collector)
    due = today(ledger, as_of, collector)
    work = worklist(ledger, ranked.calls, collector)
    whose = f" for {collector}" if collector else ""
    desk.said.append(f"{counted(len(ranked.calls), 'customer')} to call{whose}.")
    waiting = counted(int(work.due_today.sum() + work.backlog.sum()), "customer")
    desk.said.append(
        f"Something is due for {waiting}. Today lists {counted(len(due), 'thing')} to see to."
    )
    say_money_waiting(desk)

    def tab(name: str) -> str:
        return f"{name} {short_name(collector, names, name)}" if collector else name

    redone = None if collector else rework(ledger, as_of)
    desk.reports += [
        collections_report(ledger, desk.request, ranked, collector, tab("Collections")),
        today_report(ledger, due, collector, tab("Today")),
        worklist_report(ledger, work, redone, collector, tab("Worklist")),
    ]


def _names(desk: Desk) -> list[str]:
    """The collectors that the Customers sheet names."""
    column: TextArray = desk.ledger.posted("Customers").text("collector")
    return [str(name) for name in np.unique(column[column != ""].astype(str))]


def known_collector(names: list[str], wanted: str) -> str:
    """The collector as the Customers sheet writes the name, "" where nobody is asked for.

    Args:
        names: of all collectors.
        wanted: what was typed, in any case of letters.

    Raises:
        Refusal: nobody of that name looks after a customer.
    """
    if not wanted.strip():
        return ""
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    known = ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")
    there = f"There are {known}." if names else "No customer has a collector yet."
    raise Refusal(COLLECTOR_UNKNOWN, f"No customer is looked after by `{wanted[:60]}`. {there}")


def short_name(collector: str, names: list[str], report: str) -> str:
    """A collector's name as far as a sheet's name has room; by number where two look alike.

    Args:
        collector: one of the names.
        names: of all collectors.
        report: the first word of the sheet's name.
    """
    room = LONGEST_TAB - len(report) - 1

    def shown(name: str) -> str:
        return re.sub(r"[^\w ]", "-", name)[:room].strip().casefold()

    if [shown(name) for name in names].count(shown(collector)) > 1:
        return f"#{names.index(collector) + 1}"
    return collector[:room].strip()
