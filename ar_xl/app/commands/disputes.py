"""Disputes: what customers contest, and how it ends."""

from __future__ import annotations

from ar_xl.app.answer import counted, it_or_them
from ar_xl.app.desk import NOT_FOR_POSTING, Desk
from ar_xl.app.inviting import invite
from ar_xl.app.sheets.disputes_sheet import disputes_report
from ar_xl.core.money import totals_by_currency
from ar_xl.ops.checks_disputes import dispute_findings
from ar_xl.ops.collecting.dispute_list import dispute_list
from ar_xl.ops.collecting.resolving import marked, numbered, resolve


def disputes_command(desk: Desk) -> None:
    """Number the disputes, draft what settles them, and list them on a sheet of the as-of date."""
    desk.insist_on_posted_rows(NOT_FOR_POSTING)
    desk.mark(numbered(desk.ledger))
    mark_disputes(desk)
    _resolve(desk)
    desk.note(dispute_findings(desk.ledger, desk.request.as_of))
    found = dispute_list(desk.ledger, desk.request.as_of)
    desk.add_totals({"disputed": totals_by_currency(found.open.currency, found.open.disputed)})
    desk.said.append(
        f"{counted(len(found.open), 'dispute')} open, {len(found.ended):,} ended this month."
    )
    if desk.params["invite"]:
        invite(desk)
    desk.reports.append(disputes_report(desk.ledger, desk.request, found))


def mark_disputes(desk: Desk) -> None:
    """Close the disputes whose credit memo or write-off is posted; open those again where it went.

    Args:
        desk: after a posting or an undo.
    """
    desk.mark(marked(desk.ledger))


def _resolve(desk: Desk) -> None:
    """Draft, release, and say how many of each."""
    done = resolve(desk.ledger, desk.request)
    desk.draft(done.drafts)
    desk.mark(done.derived)
    desk.findings += done.findings
    said = [
        f"{counted(done.memos, 'credit memo')} drafted on Invoices: Post Invoices posts "
        f"{it_or_them(done.memos)}" if done.memos else "",
        f"{counted(done.write_offs, 'write-off')} drafted on Adjustments: Adjust posts "
        f"{it_or_them(done.write_offs)}" if done.write_offs else "",
        f"{counted(done.released, 'dispute')} released" if done.released else "",
    ]  # fmt: skip
    desk.said += [f"{words}." for words in said if words]
