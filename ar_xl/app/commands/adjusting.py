"""Adjustments: everything that is corrected after the fact."""

from __future__ import annotations

from ar_xl.app.commands.disputes import mark_disputes
from ar_xl.app.commands.posting import post_checked, say_if_idle
from ar_xl.app.desk import Desk
from ar_xl.app.sheets.adjustments_sheet import adjustments_report
from ar_xl.ops.adjust import adjust
from ar_xl.ops.checks import adjustment_findings


def adjust_command(desk: Desk) -> None:
    """Check and post draft adjustments; makes an Adjustments Posted sheet."""
    post_draft_adjustments(desk)
    report_adjustments(desk, 0)
    say_if_idle(desk, "no draft adjustments up to this date")


def post_draft_adjustments(desk: Desk) -> None:
    """Check and post draft adjustments, in as many batches as it takes.

    One that takes back what an earlier one of the same run made is posted in the next batch.
    """
    found = adjustment_findings(desk.ledger)
    while True:
        before = len(desk.batches)
        post_checked(desk, "Adjustments", found, adjust, "adjust")
        if len(desk.batches) == before:
            mark_disputes(desk)
            return
        found = []


def report_adjustments(desk: Desk, earlier: int) -> None:
    """Make the Adjustments Posted sheet, where any were posted.

    Args:
        desk: the command at work.
        earlier: how many batches it had posted before the adjustments.
    """
    made = desk.batches[earlier:]
    if made:
        desk.reports.append(adjustments_report(desk.ledger, desk.request, made))
