"""Reports of a date: aging."""

from __future__ import annotations

from ar_xl.app.desk import NOT_FOR_BALANCES, Desk
from ar_xl.app.sheets.aging_sheet import aging_detail_report, aging_report
from ar_xl.app.waiting import say_money_waiting
from ar_xl.core.money import totals_by_currency
from ar_xl.ops.aging import aging
from ar_xl.ops.tie_out import control_findings


def aging_command(desk: Desk) -> None:
    """Summary and detail sheets, tied to the control account."""
    desk.insist_on_posted_rows(NOT_FOR_BALANCES)
    aged = aging(desk.ledger, desk.request.as_of)
    desk.findings += control_findings(desk.ledger, aged.as_of, aged.by_currency())
    for index, name in enumerate(aged.names):
        desk.add_totals({name: totals_by_currency(aged.currency, aged.buckets[:, index])})
    desk.add_totals({"Unapplied": totals_by_currency(aged.currency, aged.unapplied)})
    desk.add_totals({"Total": totals_by_currency(aged.currency, aged.total)})
    say_money_waiting(desk)
    if not len(aged):
        desk.said.append(f"Nothing is open on {aged.as_of}.")
    desk.reports.append(aging_report(desk.ledger, desk.request, aged))
    desk.reports.append(aging_detail_report(desk.ledger, desk.request, aged))
