"""Adjustments Posted: every adjustment of a run, what it did, and what it booked."""

from __future__ import annotations

from collections.abc import Sequence

from ar_xl.app.sheets.parts import batch_line, dates, drafts_line, money, text
from ar_xl.core.arrays import BLANK
from ar_xl.core.frames import concat
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.adjusting.told import Told, happened, journal_words, told


def adjustments_report(ledger: Ledger, request: Request, batches: Sequence[str]) -> Report:
    """The adjustments of some batches, one table a currency, in the order they were posted.

    Args:
        ledger: after the batches were posted.
        request: whose command it is.
        batches: their numbers, in order.
    """
    every = [each for batch in batches for each in told(ledger, batch)]
    return Report(
        "Adjustments Posted",
        request.as_of,
        ledger.policy.settings.company,
        (
            ("Policy", _policy(ledger)),
            drafts_line(ledger),
            batch_line(batches),
        ),
        tuple(
            _block([each for each in every if each.currency == currency], currency)
            for currency in sorted({each.currency for each in every})
        ),
        (
            "Before and After are what is open of the document named, or left of a receipt or "
            "memo, rows above counted. Receivables is what the row adds to what customers owe.",
        ),
    )


def _policy(ledger: Ledger) -> str:
    settings = ledger.policy.settings
    limits = (("write-offs", settings.write_off_limit), ("refunds", settings.refund_limit))
    words = [f"{name} {'none' if limit is None else limit}" for name, limit in limits]
    return f"Approval limits: {', '.join(words)}; tax mode {settings.tax_mode}"


def _block(every: Sequence[Told], currency: str) -> ReportBlock:
    rows = concat([each.row for each in every])
    return ReportBlock(
        "AdjustmentsPosted",
        currency,
        currency,
        (
            text("Adjustment No", rows.text("adjustment_no")),
            dates("Date", rows.dates("date")),
            text("Kind", rows.text("kind")),
            text("Document No", rows.text("document_no")),
            text("Customer ID", rows.text("customer_id")),
            money("Amount", rows.ints("amount"), total=False),
            money("Before", [_or_blank(each.before) for each in every], total=False),
            money("After", [_or_blank(each.after) for each in every], total=False),
            money("Receivables", [each.receivables for each in every]),
            text("What Happened", [happened(each) for each in every], width=50),
            text("Journal", [journal_words(each.booked) for each in every], width=40),
            text("Reason", rows.text("reason"), width=30),
            text("Batch Posted", rows.text("batch")),
        ),
    )


def _or_blank(amount: int | None) -> int:
    return BLANK if amount is None else amount
