"""Daily posting: invoices, payments, discounts, late fees."""

from __future__ import annotations

from ar_xl.app.desk import Desk
from ar_xl.app.registry import command
from ar_xl.app.sheets.late_fees_sheet import late_fees_report
from ar_xl.app.sheets.payments_sheet import payments_report
from ar_xl.core.findings import errors_of
from ar_xl.ops.apply_discounts import apply_discounts
from ar_xl.ops.checks import adjustment_findings, invoice_findings, receipt_findings
from ar_xl.ops.late_fees import late_fees
from ar_xl.ops.post_invoices import post_invoices
from ar_xl.ops.post_payments import post_payments

NO_FEE_POLICY = (
    "No overdue customer has a fee policy. Choose one in Fee Policy on the Customers sheet, or for "
    "all of them in Default Fee Policy on the Settings sheet."
)
NOTHING = "Nothing to do: {what}."


@command(
    "post-invoices",
    "Daily",
    "RecordsAddFromOutlook",
    "Post the draft invoices and memos dated up to the as-of date: numbers, due dates, journal.",
)
def post_invoices_command(desk: Desk) -> None:
    """Check and post draft invoices; refuses the whole batch for one bad row."""
    desk.admit("Invoices", invoice_findings(desk.ledger, desk.request.as_of))
    desk.post(post_invoices(desk.ledger, desk.request), "post-invoices")
    _say_if_idle(desk, "no draft invoices up to this date")


@command(
    "post-payments",
    "Daily",
    "AccountingFormat",
    "Post the draft receipts dated up to the as-of date and apply them to open invoices.",
)
def post_payments_command(desk: Desk) -> None:
    """Check, post and apply draft receipts; makes a Payments Posted sheet."""
    post_payments_checked(desk)
    _say_if_idle(desk, "no draft receipts up to this date")
    if desk.batches:
        desk.reports.append(payments_report(desk.ledger, desk.request, desk.batches[-1]))


def post_payments_checked(desk: Desk) -> None:
    """Check, post and apply draft receipts; what allocation itself finds wrong refuses too."""
    desk.admit("Receipts", receipt_findings(desk.ledger))
    change = post_payments(desk.ledger, desk.request)
    if errors_of(change.findings):
        desk.admit("Receipts", change.findings)
        change = post_payments(desk.ledger, desk.request)
    desk.post(change, "post-payments")


@command(
    "apply-discounts",
    "Month-End",
    "PercentStyle",
    "Grant discounts that posted payments earned, and post approved special discounts.",
)
def apply_discounts_command(desk: Desk) -> None:
    """Grant what was earned and not granted yet; a second run adds nothing."""
    desk.admit("Adjustments", adjustment_findings(desk.ledger))
    desk.post(apply_discounts(desk.ledger, desk.request), "apply-discounts")
    _say_if_idle(desk, "no discount was earned that is not granted yet")


@command(
    "late-fees",
    "Month-End",
    "DateAndTimeInsert",
    "Assess late fees up to the as-of date, once per customer, invoice, policy and month.",
)
def late_fees_command(desk: Desk) -> None:
    """Assess late fees; makes a Late Fees sheet that explains each of them."""
    desk.insist_on_posted_rows()
    assessed = late_fees(desk.ledger, desk.request)
    desk.post(assessed.change, "late-fees")
    _say_if_idle(desk, "no late fee is due that was not charged yet")
    if not assessed.policies_in_use:
        desk.said.append(NO_FEE_POLICY)
    desk.reports.append(late_fees_report(desk.ledger, desk.request, assessed))


def _say_if_idle(desk: Desk, what: str) -> None:
    if not desk.batches:
        desk.said.append(NOTHING.format(what=what))
