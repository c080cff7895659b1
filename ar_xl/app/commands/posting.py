"""Daily posting: invoices, payments, discounts, late fees."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ar_xl.app.answer import counted
from ar_xl.app.commands.disputes import mark_disputes
from ar_xl.app.desk import Desk
from ar_xl.app.plan_words import say_interest_without_use
from ar_xl.app.sheets.late_fees_sheet import late_fees_report
from ar_xl.app.sheets.payments_sheet import payments_report
from ar_xl.app.sheets.what_if_sheet import what_if_report
from ar_xl.core.findings import Finding, errors_of
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.ops.apply_discounts import apply_discounts
from ar_xl.ops.checks import adjustment_findings, invoice_findings, receipt_findings
from ar_xl.ops.fees.late_fees import late_fees
from ar_xl.ops.fees.whatif import what_if
from ar_xl.ops.matching.accepted import Accepted, accepted, of_match_sheet, without_made
from ar_xl.ops.matching.post_matches import done_changes, post_with_matches
from ar_xl.ops.post_invoices import post_invoices

Decision = Callable[[Ledger, Request], Change]
NO_FEE_POLICY = (
    "No overdue customer has a fee policy. Choose one in Fee Policy on the Customers sheet, or for "
    "all of them in Default Fee Policy on the Settings sheet."
)
NOTHING = "Nothing to do: {what}."


def post_invoices_command(desk: Desk) -> None:
    """Check and post draft invoices; refuses the whole batch for one bad row."""
    post_draft_invoices(desk)
    say_if_idle(desk, "no draft invoices up to this date")


def post_payments_command(desk: Desk) -> None:
    """Check, post and apply draft receipts; makes a Payments Posted sheet."""
    post_draft_payments(desk)
    say_if_idle(desk, "no draft receipts up to this date")
    if desk.batches:
        desk.reports.append(payments_report(desk.ledger, desk.request, desk.batches[-1]))


def post_checked(
    desk: Desk, table: str, found: Sequence[Finding], decide: Decision, command: str
) -> None:
    """Post drafts that are good; what deciding itself finds wrong with a draft refuses too.

    Args:
        desk: the command at work.
        table: whose drafts are posted.
        found: by the checks, before anything is decided.
        decide: decides on the ledger; again, once bad rows are skipped.
        command: what Batches names it.

    Raises:
        Refusal: as `Desk.admit`.
    """
    desk.admit(table, found)
    change = decide(desk.ledger, desk.request)
    if errors_of(change.findings):
        desk.admit(table, change.findings)
        change = decide(desk.ledger, desk.request)
    desk.post(change, command)


def post_draft_invoices(desk: Desk) -> None:
    """Check and post draft invoices and memos."""
    found = invoice_findings(desk.ledger, desk.request.as_of)
    post_checked(desk, "Invoices", found, post_invoices, "post-invoices")
    mark_disputes(desk)


def post_draft_payments(desk: Desk) -> None:
    """Check, post and apply draft receipts and what the Match sheet accepts, in one batch."""
    asked = accepted(desk.ledger)
    desk.ledger = asked.ledger
    before = len(desk.batches)
    try:
        post_checked(
            desk,
            "Receipts",
            [*asked.findings, *receipt_findings(desk.ledger)],
            lambda ledger, request: post_with_matches(ledger, request, asked),
            "post-payments",
        )
    finally:
        desk.ledger = without_made(desk.ledger)
        desk.findings[:] = map(of_match_sheet, desk.findings)
    batch = desk.batches[-1] if len(desk.batches) > before else ""
    for change in done_changes(desk.ledger, asked, batch, desk.request.as_of):
        desk.draft(change)
    _say_decided(desk, asked, batch)


def _say_decided(desk: Desk, asked: Accepted, batch: str) -> None:
    """What became of the decisions of the Match sheet."""
    posted = desk.ledger.posted("Matches").text("done") == batch
    words = [
        f"{counted(int(posted.sum()), 'line')} accepted on the Match sheet"
        if batch and posted.any() else "",
        f"{len(asked.links):,} linked to receipts posted before" if len(asked.links) else "",
        f"{len(asked.rejects):,} rejected" if len(asked.rejects) else "",
    ]  # fmt: skip
    if any(words):
        desk.said.append(f"Of the Match sheet: {', '.join(filter(None, words))}.")


def grant_discounts(desk: Desk) -> None:
    """Grant what posted payments earned, and post approved special discounts."""
    found = adjustment_findings(desk.ledger)
    post_checked(desk, "Adjustments", found, apply_discounts, "apply-discounts")


def apply_discounts_command(desk: Desk) -> None:
    """Grant what was earned and not granted yet; a second run adds nothing."""
    grant_discounts(desk)
    say_if_idle(desk, "no discount was earned that is not granted yet")


def late_fees_command(desk: Desk) -> None:
    """Assess late fees; makes a Late Fees sheet that explains each of them."""
    desk.insist_on_posted_rows()
    asked = str(desk.params.get("what_if") or "")
    if asked:
        late_fees_what_if(desk, asked.split(";"))
        return
    assessed = late_fees(desk.ledger, desk.request)
    desk.post(assessed.change, "late-fees")
    say_if_idle(desk, "no late fee is due that was not charged yet")
    if not assessed.policies_in_use:
        desk.said.append(NO_FEE_POLICY)
    say_interest_without_use(desk)
    desk.reports.append(late_fees_report(desk.ledger, desk.request, assessed))


def late_fees_what_if(desk: Desk, names: Sequence[str]) -> None:
    """Make a sheet of what the run would be under other policies; nothing is posted.

    Raises:
        Refusal: a name that is no fee policy.
    """
    found = what_if(desk.ledger, desk.request.as_of, names)
    desk.findings += found.actual.findings
    desk.add_totals({"Late fees by the policies as they are": found.actual.totals()})
    for name, run in found.others:
        desk.add_totals({f"What if {name}": run.totals()})
    if found.run_taken_back:
        desk.said.append(
            f"{found.actual.period} was charged in {found.run_taken_back}; both are reckoned as "
            "the books stood before it."
        )
    desk.said.append("Nothing was posted.")
    desk.reports.append(what_if_report(desk.ledger, desk.request, found))


def say_if_idle(desk: Desk, what: str) -> None:
    """Say that a command found nothing to do, and when it last posted."""
    if not desk.batches:
        desk.said += [NOTHING.format(what=what), *_posted_before(desk)]


def _posted_before(desk: Desk) -> list[str]:
    """When the same command last posted, for whoever started it twice."""
    batches = desk.ledger.posted("Batches")
    mine = np.flatnonzero(batches.text("command") == desk.request.command)
    if not len(mine):
        return []
    last = mine[np.argmax(batches.text("batch")[mine].astype(str))]
    number, when, who = (str(batches.text(key)[last]) for key in ("batch", "posted_at_utc", "user"))
    return [f"Already posted as {number} on {when.replace('T', ' ').rstrip('Z')} UTC by {who}."]
