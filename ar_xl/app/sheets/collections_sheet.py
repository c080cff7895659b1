"""Collections: the ranked call list, with the reason in words and one next action each."""

from __future__ import annotations

import numpy as np

from ar_xl.app.sheets.call_words import next_actions, reasons
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
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.collecting.collections import CallList, Collections
from ar_xl.ops.customers import customer_values
from ar_xl.ops.fees.words import number_text

REASON_WIDTH = 64


def collections_report(ledger: Ledger, request: Request, ranked: Collections) -> Report:
    """The call list, one table a currency, then who is left out and why.

    Args:
        ledger: as it stands.
        request: whose command it is.
        ranked: the call list of a date.
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
        (_weights(ledger), _ladder(ledger), drafts_line(ledger)),
        tuple(blocks),
        (
            "Overdue is past due less disputed amounts and unapplied credits.",
            "The next step of the ladder comes once the last one stands in Activities as done.",
        ),
    )


def _weights(ledger: Ledger) -> Line:
    settings = ledger.policy.settings
    parts = (
        ("overdue amount", settings.weight_overdue),
        ("age", settings.weight_age),
        ("broken promises", settings.weight_promises),
        ("paying later than before", settings.weight_habit),
        ("use of the credit limit", settings.weight_limit),
    )
    return "Score", ", ".join(f"{name} {number_text(weight)}" for name, weight in parts)


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
    actions, on = next_actions(ledger, calls)

    def known(column: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
        return customer_values(ledger, customers, column)

    return ReportBlock(
        "Collections",
        currency,
        currency,
        (
            whole("Rank", np.arange(1, len(calls) + 1)),
            text("Customer ID", customers),
            text("Name", known("name")),
            text("Contact", known("contact")),
            text("Phone", known("phone")),
            text("Email", known("email")),
            text("Collector", known("collector")),
            money("Overdue", calls.overdue),
            whole("Oldest Days", calls.oldest_days),
            money("Disputed", calls.disputed),
            money("Promised", calls.promised),
            tenths("Score", calls.score),
            text("Reason", reasons(calls), width=REASON_WIDTH),
            text("Next Action", actions),
            dates("Next Date", on),
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
            money("Past Due", others.overdue + others.disputed + others.unapplied),
            money("In Dispute", others.disputed),
            money("Unapplied", others.unapplied),
        ),
    )
