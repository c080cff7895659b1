"""What is expected to come in, how customers pay, and the manager's page."""

from __future__ import annotations

from ar_xl.app.desk import Desk
from ar_xl.app.sheets.expected_sheet import expected_report
from ar_xl.app.sheets.overview_sheet import overview_report
from ar_xl.app.sheets.payers_sheet import items_report, payers_report
from ar_xl.app.waiting import say_money_waiting
from ar_xl.core.money import totals_by_currency, totals_shown
from ar_xl.ops.aging import aging
from ar_xl.ops.collecting.backtest import own_record
from ar_xl.ops.collecting.expected import expected
from ar_xl.ops.collecting.expecting import WEEKS
from ar_xl.ops.collecting.paying_habits import payers
from ar_xl.ops.tie_out import control_findings


def forecast_command(desk: Desk) -> None:
    """Expected cash of the weeks after the as-of date, payers, and the items one by one."""
    desk.insist_on_posted_rows()
    as_of = desk.request.as_of
    found = expected(desk.ledger, as_of)
    weeks = found.weeks[:, :WEEKS].sum(axis=1)
    total = totals_by_currency(found.items.currency, weeks)
    desk.add_totals({"Expected": total})
    desk.said.append(
        f"Expected within {WEEKS} weeks: {totals_shown(total)}."
        if total
        else f"Nothing is open on {as_of}."
    )
    say_money_waiting(desk)
    record = own_record(desk.ledger, as_of)
    desk.reports.append(expected_report(desk.ledger, found, record))
    desk.reports.append(payers_report(desk.ledger, found, payers(desk.ledger, as_of, found)))
    desk.reports.append(items_report(desk.ledger, found))


def overview_command(desk: Desk) -> None:
    """The manager's page of the as-of date."""
    desk.insist_on_posted_rows()
    as_of = desk.request.as_of
    aged = aging(desk.ledger, as_of)
    desk.findings += control_findings(desk.ledger, as_of, aged.by_currency())
    desk.add_totals({"Total": totals_by_currency(aged.currency, aged.total)})
    desk.add_totals({"Overdue": totals_by_currency(aged.currency, aged.overdue)})
    say_money_waiting(desk)
    if not len(aged):
        desk.said.append(f"Nothing is open on {as_of}.")
    desk.reports.append(overview_report(desk.ledger, expected(desk.ledger, as_of)))
