"""Collecting: whom to call."""

from __future__ import annotations

import numpy as np

from ar_xl.app.answer import counted
from ar_xl.app.desk import Desk
from ar_xl.app.sheets.collections_sheet import collections_report
from ar_xl.app.waiting import say_money_waiting
from ar_xl.core.arrays import TextArray
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.ops.collecting.collections import collections

COLLECTOR_UNKNOWN = code(
    "collector_unknown",
    Severity.ERROR,
    "a name that stands in the column Collector of the Customers sheet",
    "Give the name as it stands there, or none for the customers of all collectors.",
    Exit.WRONG_CALL,
)


def collections_command(desk: Desk) -> None:
    """The ranked call list of the as-of date, of all customers or those of one collector."""
    desk.insist_on_posted_rows()
    collector = _collector(desk, str(desk.params.get("collector") or ""))
    ranked = collections(desk.ledger, desk.request.as_of)
    if collector:
        ranked = ranked.of(collector)
    whose = f" for {collector}" if collector else ""
    desk.said.append(f"{counted(len(ranked.calls), 'customer')} to call{whose}.")
    say_money_waiting(desk)
    desk.reports.append(collections_report(desk.ledger, desk.request, ranked, collector))


def _collector(desk: Desk, wanted: str) -> str:
    """The collector as the Customers sheet writes the name.

    Raises:
        Refusal: nobody of that name looks after a customer.
    """
    if not wanted.strip():
        return ""
    column: TextArray = desk.ledger.posted("Customers").text("collector")
    names = np.unique(column[column != ""].astype(str)).tolist()
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return str(name)
    known = ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")
    there = f"There are {known}." if names else "No customer has a collector yet."
    raise Refusal(COLLECTOR_UNKNOWN, f"No customer is looked after by `{wanted[:60]}`. {there}")
