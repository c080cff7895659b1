"""Month-end: post what is due, age, list, roll forward, tie out, report, and close."""

from __future__ import annotations

from dataclasses import replace

from ar_xl.app.answer import counted
from ar_xl.app.commands.adjusting import post_draft_adjustments, report_adjustments
from ar_xl.app.commands.posting import grant_discounts, post_draft_invoices, post_draft_payments
from ar_xl.app.desk import Desk
from ar_xl.app.plan_words import say_interest_without_use, say_plans_left_out
from ar_xl.app.sheets.aging_sheet import aging_detail_report, aging_report
from ar_xl.app.sheets.collections_sheet import collections_report
from ar_xl.app.sheets.late_fees_sheet import late_fees_report
from ar_xl.app.sheets.month_end_sheet import month_end_report
from ar_xl.app.sheets.payments_sheet import payments_report
from ar_xl.app.waiting import say_money_waiting
from ar_xl.core.dates import period_bounds
from ar_xl.core.findings import Exit, Refusal, Severity, code, errors_of
from ar_xl.core.money import totals_shown
from ar_xl.ops.aging import Aging, aging
from ar_xl.ops.close import NOT_CLOSED, already_closed, close, findings_before_close, reopen
from ar_xl.ops.closings import CLOSED_BY, REOPENED_BY, closing_reason
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.fees.late_fees import late_fees
from ar_xl.ops.revaluation import REVALUED_BY, revalue
from ar_xl.ops.tie_out import control_findings
from ar_xl.ops.verify import verify

BAD_PERIOD = code(
    "period_not_understood",
    Severity.ERROR,
    "a month such as 2026-10",
    "Give the month as YYYY-MM.",
    Exit.WRONG_CALL,
)
CLOSE_OR_REOPEN = code(
    "close_and_reopen_together",
    Severity.ERROR,
    "either --close or --reopen",
    "Leave one of them out.",
    Exit.WRONG_CALL,
)


def month_end_command(desk: Desk) -> None:
    """Everything a month-end takes, in the order of semantics, section 15."""
    period = str(desk.params["period"])
    try:
        last_day = period_bounds(period)[1]
    except ValueError:
        raise Refusal(BAD_PERIOD, f"`{period}` is not a month.") from None
    if desk.params["close"] and desk.params["reopen"]:
        raise Refusal(CLOSE_OR_REOPEN, "Both --close and --reopen were given.")
    desk.insist_on_posted_rows()
    if desk.params["reopen"]:
        _reopen(desk, period)
        return
    desk.request = replace(desk.request, as_of=last_day)
    closed = already_closed(desk.ledger, period)
    if desk.params["close"] and not closed:
        _insist_on_sound_books(desk, period)
    if not closed:
        _post_all(desk)
    desk.progress("Aging")
    aged = aging(desk.ledger, last_day)
    desk.findings += control_findings(desk.ledger, last_day, aged.by_currency())
    desk.add_totals({"Receivables": aged.by_currency()})
    say_money_waiting(desk)
    say_plans_left_out(desk)
    say_interest_without_use(desk)
    if closed:
        desk.said.append(f"{period} is closed already; nothing was posted into it.")
    elif desk.params["close"]:
        _close(desk, period, aged)
    _report(desk, period, aged)


def _insist_on_sound_books(desk: Desk, period: str) -> None:
    """Refuse to close over posted rows that were edited: the close would seal a wrong figure."""
    desk.progress("Verifying what was posted before")
    found = verify(desk.ledger).findings
    desk.verified = not found
    if found:
        desk.findings += found
        raise Refusal(
            NOT_CLOSED,
            f"{period} is not closed: posted rows are not as they were posted. Nothing was "
            "written.",
            fix="Restore what is named above from a backup beside the workbook, then close again.",
        )


def _post_all(desk: Desk) -> None:
    """Invoices, payments, adjustments, discounts, fees, revaluation: each a batch of its own."""
    desk.progress("Posting invoices")
    post_draft_invoices(desk)
    desk.progress("Posting payments")
    before = len(desk.batches)
    post_draft_payments(desk)
    if len(desk.batches) > before:
        desk.reports.append(payments_report(desk.ledger, desk.request, desk.batches[-1]))
    before = len(desk.batches)
    post_draft_adjustments(desk)
    report_adjustments(desk, before)
    grant_discounts(desk)
    desk.progress("Assessing late fees")
    assessed = late_fees(desk.ledger, desk.request)
    desk.post(assessed.change, "late-fees")
    if not assessed.change.is_empty:
        desk.reports.append(late_fees_report(desk.ledger, desk.request, assessed))
    desk.post(revalue(desk.ledger, desk.request.as_of), REVALUED_BY)


def _close(desk: Desk, period: str, aged: Aging) -> None:
    control = aged.by_currency()
    against = findings_before_close(desk.ledger, period, control)
    desk.findings += against
    errors = errors_of(against)
    if errors:
        raise Refusal(
            NOT_CLOSED,
            f"{period} is not closed: what stands against it is named above "
            f"({counted(len(errors), 'thing')}). Nothing was written.",
        )
    change = close(desk.ledger, desk.request, period, control)
    shown = totals_shown(control)
    reason = closing_reason(period, control)
    desk.post(change, CLOSED_BY, reason=reason, even_without_rows=True)
    desk.said.append(f"{period} closes with receivables of {shown}.")


def _reopen(desk: Desk, period: str) -> None:
    approver = str(desk.params["approved_by"] or "")
    change = reopen(desk.ledger, desk.request, period, approver)
    reason = f"Reopened {period}, approved by {approver}: {desk.request.reason}"
    desk.post(change, REOPENED_BY, reason=reason, even_without_rows=True)
    desk.said.append(f"{period} opens again, approved by {approver}.")


def _report(desk: Desk, period: str, aged: Aging) -> None:
    desk.progress("Reporting")
    desk.reports.append(month_end_report(desk.ledger, desk.request, period, aged))
    desk.reports.append(aging_report(desk.ledger, desk.request, aged))
    desk.reports.append(aging_detail_report(desk.ledger, desk.request, aged))
    ranked = collections(desk.ledger, desk.request.as_of)
    desk.reports.append(collections_report(desk.ledger, desk.request, ranked))
