"""Today: promises, scheduled calls, disputes to talk about, papers that wait to be sent."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.collections_sheet import collector_line
from ar_xl.app.sheets.parts import currencies_of, dates, money, text, whole
from ar_xl.core.arrays import BLANK, DateArray, IntArray, TextArray
from ar_xl.core.dates import day, days_between
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.collecting.dispute_list import DisputeCases
from ar_xl.ops.collecting.promises import BROKEN, PART_KEPT, STANDING, Promises
from ar_xl.ops.collecting.scheduled import Scheduled
from ar_xl.ops.collecting.today import Today
from ar_xl.ops.customers import customer_values

TO_DO = {
    STANDING: "Due today: see whether it came in",
    BROKEN: "Call: ask why, and for a new day",
    PART_KEPT: "Call about what is missing",
}


def today_report(ledger: Ledger, found: Today, collector: str, tab: str) -> Report:
    """What wants doing at a date, one table a kind of thing, and a currency.

    Args:
        ledger: as it stands.
        found: what wants doing.
        collector: whose customers alone are listed, "" for all.
        tab: the name of the sheet before the date.
    """
    made, cases = found.promises, found.disputes
    blocks = [
        _promises(ledger, made.take(np.flatnonzero(made.currency == currency)))
        for currency in currencies_of(made.currency)
    ]
    if len(found.calls):
        blocks.append(_calls(ledger, found.calls, found))
    blocks += [
        _disputes(ledger, cases.take(np.flatnonzero(cases.currency == currency)))
        for currency in currencies_of(cases.currency)
    ]
    if len(found.papers):
        blocks.append(_papers(ledger, found.papers, found))
    lists = (
        ("Promises", len(made.due)),
        ("Scheduled calls", len(found.calls)),
        ("Disputes to talk about", len(cases)),
        ("Papers not sent", len(found.papers)),
    )
    return Report(
        "Today",
        found.as_of,
        ledger.policy.settings.company,
        (*collector_line(collector), *((name, str(count) or "0") for name, count in lists)),
        tuple(blocks),
        (
            "Whom the ladder wants called stands on Collections and Worklist.",
            "A broken promise stands here until you note an activity of that customer; a paper "
            "until its row on Activities says Done On.",
        )
        if blocks
        else (
            "No promise, scheduled call, dispute or paper waits; whom the ladder wants called "
            "stands on Collections and Worklist.",
        ),
        tab=tab,
    )


def _promises(ledger: Ledger, made: Promises) -> ReportBlock:
    currency, outcome = str(made.currency[0]), made.outcome
    whose = made.customer_id
    return ReportBlock(
        "Promises",
        f"Promises due today or broken, {currency}",
        currency,
        (
            text("Customer ID", whose),
            text("Name", customer_values(ledger, whose, "name")),
            text("Phone", customer_values(ledger, whose, "phone")),
            text("Collector", customer_values(ledger, whose, "collector")),
            text("Invoice No", made.invoice_no),
            dates("Made On", made.made),
            dates("Promised For", made.due),
            money("Promised", made.wanted),
            money("Received", made.received),
            money("Missing", made.missing),
            text("Outcome", np.where(outcome == STANDING, "due today", outcome).astype(object)),
            text("What To Do", [TO_DO[str(each)] for each in outcome]),
        ),
    )


def _calls(ledger: Ledger, calls: Scheduled, found: Today) -> ReportBlock:
    whose = calls.customer_id
    return ReportBlock(
        "Calls",
        "Scheduled calls",
        "",
        (
            text("Customer ID", whose),
            text("Name", customer_values(ledger, whose, "name")),
            text("Contact", customer_values(ledger, whose, "contact")),
            text("Phone", customer_values(ledger, whose, "phone")),
            text("Collector", customer_values(ledger, whose, "collector")),
            text("Next Action", calls.action),
            dates("Next Date", calls.on),
            whole("Days Waiting", days_waiting(calls.on, found)),
            dates("Noted On", calls.noted),
            text("Noted By", calls.rows.text("by")),
            text("About Invoice", calls.rows.text("invoice_no")),
        ),
    )


def days_waiting(since: DateArray, found: Today) -> IntArray:
    """Days from some days to that of the list, BLANK where there is no day."""
    days = days_between(day(found.as_of), np.where(np.isnat(since), day(found.as_of), since))
    return np.where(np.isnat(since), BLANK, days)


def _disputes(ledger: Ledger, cases: DisputeCases) -> ReportBlock:
    currency, whose = str(cases.currency[0]), cases.customer_id
    times = ledger.posted("Disputes").text("call_time")[cases.row]
    return ReportBlock(
        "DisputeCalls",
        f"Disputes to talk about, {currency}",
        currency,
        (
            text("Customer ID", whose),
            text("Name", customer_values(ledger, whose, "name")),
            text("Phone", customer_values(ledger, whose, "phone")),
            text("Dispute No", cases.number),
            text("Invoice No", cases.invoice_no),
            text("Owner", cases.owner),
            dates("Call At", cases.call_at),
            text("Call Time", times),
            money("Disputed", cases.disputed),
            text("Reason", cases.reason),
        ),
    )


def _papers(ledger: Ledger, papers: Frame, found: Today) -> ReportBlock:
    whose: TextArray = papers.text("customer_id")
    return ReportBlock(
        "Papers",
        "Made and not sent",
        "",
        (
            text("Customer ID", whose),
            text("Name", customer_values(ledger, whose, "name")),
            text("Collector", customer_values(ledger, whose, "collector")),
            text("Kind", papers.text("kind")),
            text("Step", papers.text("step")),
            dates("Made On", papers.dates("date")),
            whole("Days Waiting", days_waiting(papers.dates("date"), found)),
            text("Paper", papers.text("paper")),
        ),
    )
