"""Collections: the ranked call list, with the reason in words and one next action each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ar_xl.app.sheets.call_words import reasons
from ar_xl.app.sheets.parts import (
    Line,
    currencies_of,
    dates,
    drafts_line,
    money,
    tenths,
    text,
    whole,
)
from ar_xl.core.arrays import IntArray
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.collecting.calllist import CallList, Collections
from ar_xl.ops.collecting.nextactions import next_actions
from ar_xl.ops.collecting.score import factors
from ar_xl.ops.customers import customer_values
from ar_xl.ops.fees.words import number_text

NAME_WIDTH, CONTACT_WIDTH = 26, 16  # longer ones break into lines, so that paper stays readable
REASON_WIDTH, ACTION_WIDTH, POINTS_WIDTH = 46, 28, 9
COLLECTOR = "Collector"  # label in the title block


def collections_report(
    ledger: Ledger, request: Request, ranked: Collections, collector: str = "", tab: str = ""
) -> Report:
    """The call list, one table a currency, then who is left out and why.

    Args:
        ledger: as it stands.
        request: whose command it is.
        ranked: the call list of a date.
        collector: whose customers alone are listed, "" for all.
        tab: the name of the sheet before the date, where it is not the report's.
    """
    blocks = [
        _calls(ledger, ranked.calls.take(np.flatnonzero(ranked.calls.currency == currency)))
        for currency in currencies_of(ranked.calls.currency)
    ]
    blocks += [
        _left_out(ledger, ranked.left_out.take(np.flatnonzero(ranked.left_out.currency == code)))
        for code in currencies_of(ranked.left_out.currency)
    ]
    return Report(
        "Collections",
        ranked.calls.as_of,
        ledger.policy.settings.company,
        (
            *collector_line(collector),
            _weights(ledger),
            _ladder(ledger),
            drafts_line(ledger),
        ),
        tuple(blocks),
        (
            "Overdue is past due less disputed amounts, payment plans that are kept and unapplied "
            "credits.",
            "The next step of the ladder comes once the last one stands in Activities as done; "
            "what you note there as Next Action comes first.",
            "The Pts columns add up to Score.",
        ),
        tab=tab,
    )


def collector_line(collector: str) -> tuple[Line, ...]:
    """The line that says whose customers alone a sheet lists; none where it lists all."""
    return ((COLLECTOR, collector),) if collector else ()


def _weights(ledger: Ledger) -> Line:
    parts = factors(ledger.policy.settings)
    return "Score", ", ".join(f"{part.name} {number_text(part.weight)}" for part in parts)


def _ladder(ledger: Ledger) -> Line:
    steps = [f"{step.name} {_when(step.after_days)}" for step in ledger.policy.ladder]
    return "Ladder", "; ".join(steps) or "none"


def _when(after_days: int) -> str:
    """A step's day, as it is said."""
    if after_days < 0:
        return f"{-after_days} days before the due date"
    return f"after {after_days} days"


def _calls(ledger: Ledger, calls: CallList) -> ReportBlock:
    currency, customers = str(calls.currency[0]), calls.customer_id
    next_ones = next_actions(ledger, calls)

    def known(column: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        return customer_values(ledger, customers, column)

    return ReportBlock(
        "Collections",
        currency,
        currency,
        (
            whole("Rank", calls.rank),
            text("Customer ID", customers),
            text("Name", known("name"), NAME_WIDTH),
            text("Contact", known("contact"), CONTACT_WIDTH),
            text("Phone", known("phone")),
            text("Email", known("email"), NAME_WIDTH),
            text("Collector", calls.collector),
            money("Overdue", calls.overdue),
            whole("Oldest Days", calls.oldest_days),
            money("Disputed", calls.disputed),
            money("Promised", calls.promised),
            tenths("Score", calls.score),
            text("Reason", reasons(calls), width=REASON_WIDTH),
            text("Next Action", next_ones.words, width=ACTION_WIDTH),
            dates("Next Date", next_ones.on),
            *(
                replace(
                    tenths(factor.heading, calls.points[:, column], width=POINTS_WIDTH),
                    on_paper=False,
                )
                for column, factor in enumerate(factors(ledger.policy.settings))
            ),
        ),
    )


def _left_out(ledger: Ledger, others: CallList) -> ReportBlock:
    currency = str(others.currency[0])
    return ReportBlock(
        "LeftOut",
        f"Left out, {currency}",
        currency,
        (
            text("Customer ID", others.customer_id),
            text("Customer", customer_values(ledger, others.customer_id, "name")),
            text("Why", others.left_out),
            money("Past Due", _past_due(others)),
            money("In Dispute", others.disputed),
            money("On Plans", others.planned),
            money("Unapplied", others.unapplied),
        ),
    )


def _past_due(others: CallList) -> IntArray:
    return others.overdue + others.disputed + others.planned + others.unapplied
