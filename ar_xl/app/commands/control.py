"""Control: check, undo, verify."""

from __future__ import annotations

from ar_xl.app.answer import counted
from ar_xl.app.commands.disputes import mark_disputes
from ar_xl.app.desk import BOOKS_DO_NOT_HOLD, Desk
from ar_xl.app.sheets.findings_sheet import findings_report
from ar_xl.core.dates import day
from ar_xl.core.findings import Refusal, Severity, errors_of
from ar_xl.core.money import totals_shown
from ar_xl.ops.batches import control_movement, last_batch, read_control_total
from ar_xl.ops.checks import all_findings
from ar_xl.ops.remittance.deductions import withdrawn
from ar_xl.ops.undo import undo
from ar_xl.ops.verify import verify


def check_command(desk: Desk) -> None:
    """Every finding of the reader and of all checks."""
    found = [*desk.ledger.findings, *all_findings(desk.ledger, desk.request.as_of)]
    desk.findings += found
    number = {kind: sum(finding.severity is kind for finding in found) for kind in Severity}
    desk.said.append(
        ", ".join(counted(number[kind], kind.value) for kind in Severity) + "."
        if found
        else "Nothing to correct. Whether anything posted was changed since, Verify tells."
    )
    desk.reports.append(findings_report(desk.ledger, desk.request, found))


def undo_command(desk: Desk) -> None:
    """Undo one batch."""
    desk.insist_on_posted_rows()
    batch = str(desk.params["batch"]).strip().upper()
    before = last_batch(desk.ledger)[2]
    decided = undo(desk.ledger, desk.request, batch, redraft=bool(desk.params["redraft"]))
    disputes = withdrawn(desk.ledger, batch)
    desk.post(decided.contra, "undo", reverses=batch)
    desk.draft(disputes)
    desk.draft(decided.redrafted)
    mark_disputes(desk)
    after = last_batch(desk.ledger)[2]
    were, are = (totals_shown(read_control_total(total)) for total in (before, after))
    desk.said.append(f"Undoing {batch} takes receivables from {were} to {are}.")


def _whose_dates(desk: Desk) -> str:
    """What stands in the receivables of all dates that a report of the as-of date leaves out."""
    journal = desk.ledger.posted("Journal")
    later = journal.take(journal.dates("date") > day(desk.request.as_of))
    moved = control_movement(later, desk.ledger.policy.settings.gl_ar)
    moved = {currency: amount for currency, amount in moved.items() if amount}
    if not moved:
        return ""
    return f", of which {totals_shown(moved)} is dated after {desk.request.as_of}"


def verify_command(desk: Desk) -> None:
    """Name the first row that does not hold, or say that all do."""
    desk.findings += desk.ledger.findings
    result = verify(desk.ledger)
    desk.findings += result.findings
    if errors_of(desk.findings):
        wrong = len(errors_of(desk.findings))
        do = "does" if wrong == 1 else "do"
        raise Refusal(
            BOOKS_DO_NOT_HOLD, f"{counted(wrong, 'thing')} that must hold {do} not; named above."
        )
    desk.said.append(
        f"{counted(result.rows, 'posted row')} in {counted(result.batches, 'batch', 'es')} hold. "
        f"Receivables {totals_shown(read_control_total(result.control))}{_whose_dates(desk)}. "
        f"Last hash {result.last_hash[:16]}."
    )
