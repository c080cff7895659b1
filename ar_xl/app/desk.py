"""Desk: one command at work. It holds the ledger as it grows, and what is to be written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ar_xl.app.answer import counted
from ar_xl.app.outbox import Outbox, Shelf
from ar_xl.core.dates import day
from ar_xl.core.findings import Finding, Refusal, Severity, code, errors_of
from ar_xl.core.ledger import Change, Derived, Ledger, Request
from ar_xl.core.picked import Picked
from ar_xl.core.report import Report
from ar_xl.core.schema import Role
from ar_xl.core.tables import BY_NAME
from ar_xl.ops.balancing import insist_on_balance
from ar_xl.ops.batches import last_batch, post
from ar_xl.ops.derived import derived_changes
from ar_xl.ops.verify import verify

BOOKS_DO_NOT_HOLD = code(
    "books_do_not_hold",
    Severity.ERROR,
    "every posted row as it was posted",
    "Begin with the first one named; `ar-xl restore` lists the backups from before the change.",
)
BAD_ROWS = code(
    "bad_rows_refused",
    Severity.ERROR,
    "rows without errors",
    "Correct the rows named above and run again, or add --skip-bad to post the good ones.",
)
LASTING = code(
    "errors_outside_the_drafts",
    Severity.ERROR,
    "tables, policies and posted rows that can be read",
    "Correct it first: --skip-bad leaves out bad drafts and nothing else.",
)
# What no balance and no posting depends on; a slip there stops only what reads it.
NOT_FOR_POSTING = frozenset({
    "Activities", "Ladder", "LossRates", "Reserves", "Matches", "PayerAliases", "BankLines",
    "BankStatements", "BankFormats", "BankAccounts",
})  # fmt: skip
NOT_FOR_BALANCES = NOT_FOR_POSTING | {"Customers", "Terms", "FeePolicies", "FeeCeilings"}
_DATED = {
    "Invoices": "invoice_date", "Receipts": "receipt_date", "Adjustments": "date",
    "Plans": "agreed",
}  # fmt: skip
DRAFT_TABLES = tuple(_DATED)


def _no_shelf() -> Shelf:
    """There is nothing to put papers beside."""
    raise AssertionError("no workbook to put papers beside")


def _nowhere(sheet: str, cell: str) -> Picked:
    """There is no workbook to look at."""
    raise AssertionError(f"no workbook to look at {cell} of {sheet}")


@dataclass
class Desk:
    """One command at work.

    Args:
        ledger: as read, then as it stands after each posting.
        request: as-of date, user, command.
        params: the command's own parameters by name.
        progress: called with a few words at each stage.
        changes: what is to be written, in order.
        reports: sheets to draw.
        findings: what to say, located later.
        totals, said: for the answer.
        batches: numbers of the batches posted.
        skipped: drafts with errors that were left out.
        verified: what was posted before the command holds.
        look: looks at a cell of the workbook, by sheet and address.
        more: what only this command has to say, for programs.
        shelf: where papers go; refuses where there is no folder.
        outboxes: papers to make beside the workbook.
    """

    ledger: Ledger
    request: Request
    params: Mapping[str, Any]
    progress: Callable[[str], None]
    changes: list[Change] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    totals: dict[str, dict[str, int]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)
    skipped: int = 0
    verified: bool = False
    look: Callable[[str, str], Picked] = _nowhere
    more: Mapping[str, Any] = field(default_factory=dict)
    shelf: Callable[[], Shelf] = _no_shelf
    outboxes: list[Outbox] = field(default_factory=list)

    def post(
        self,
        change: Change,
        command: str,
        reverses: str = "",
        reason: str = "",
        even_without_rows: bool = False,
    ) -> None:
        """Complete a decision into a batch and take it into the ledger.

        Args:
            change: what was decided; one that posts nothing only says its findings.
            command: what Batches names it.
            reverses: the batch that it undoes.
            reason: why, for Batches.
            even_without_rows: a batch of no rows, for closing and reopening.

        Raises:
            Refusal: the books before do not hold, or the batch does not balance.
        """
        if even_without_rows or not change.is_empty:
            self.insist_on_sound_books()
        self.findings += change.findings
        self.add_totals(change.totals)
        request = replace(self.request, command=command, reason=reason or self.request.reason)
        done = post(self.ledger, change, request, reverses, even_without_rows)
        if done.is_empty:
            return
        after = self.ledger.after(done)
        insist_on_balance(after, done)
        derived = derived_changes(after)
        self.changes.append(replace(done, derived=done.derived + derived))
        self.ledger = after.after(Change(derived=derived))
        self.batches.append(last_batch(self.ledger)[0])

    def insist_on_sound_books(self) -> None:
        """Refuse to post on books that were changed by hand: what follows would rest on them.

        Raises:
            Refusal: a posted row, a batch or a closing is not as it was written.
        """
        if self.verified:
            return
        found = verify(self.ledger).findings
        if found:
            self.findings[:0] = found
            raise Refusal(
                BOOKS_DO_NOT_HOLD,
                f"Posted rows are not as they were posted: {counted(len(found), 'thing')} named "
                "above. Nothing was written.",
            )
        self.verified = True

    def draft(self, change: Change) -> None:
        """Take new draft rows, or rows of tables that are not posted, into the ledger."""
        self.findings += change.findings
        self.add_totals(change.totals)
        if change.derived or not change.is_empty:
            self.changes.append(change)
            self.ledger = self.ledger.after(change)

    def mark(self, derived: tuple[Derived, ...]) -> None:
        """Take new values of derived columns into the ledger, where nothing is posted with them."""
        if derived:
            change = Change(derived=derived)
            self.changes.append(change)
            self.ledger = self.ledger.after(change)

    def add_totals(self, totals: Mapping[str, Mapping[str, int]]) -> None:
        """Add amounts to the answer, by label and currency."""
        for label, amounts in totals.items():
            mine = self.totals.setdefault(label, {})
            for currency, minor in amounts.items():
                mine[currency] = mine.get(currency, 0) + minor

    def note(self, findings: Iterable[Finding]) -> None:
        """Say findings, each once."""
        known = set(self.findings)
        self.findings += [finding for finding in findings if finding not in known]

    def admit(self, table: str, findings: Iterable[Finding]) -> None:
        """Let the good drafts of a table through, or refuse.

        Args:
            table: the drafts to be posted; those dated after the as-of date are not, and
                what is wrong with them can wait.
            findings: of the checks; those of the reader stand in the ledger.

        Raises:
            Refusal: a draft of the table, a policy or a posted row has an error, unless bad
                rows are skipped; an error outside the drafts is never skipped, that of a
                customer's row aside, without which that customer's drafts are bad.
        """
        drafts = self.ledger.draft(table)
        later = drafts.row[drafts.dates(_DATED[table]) > day(self.request.as_of)]
        later_rows = set(later.tolist())
        found = [
            finding for finding in (*findings, *self.ledger.findings)
            if finding.table != table or finding.row not in later_rows
        ]  # fmt: skip
        mine = {"Receipts": {"Matches", "BankLines"}}.get(table, set())
        aside = {*DRAFT_TABLES, *NOT_FOR_POSTING} - {table, *mine}
        errors = [
            error for error in errors_of(found)
            if error.table not in aside or (error.table in DRAFT_TABLES and is_lasting(error))
        ]  # fmt: skip
        rows = {error.row for error in errors if error.table == table and not is_lasting(error)}
        skipped = {(table, row) for row in rows}
        besides = {"Customers", "Matches"}  # a row that is not read is not posted
        skipped |= {(e.table, e.row) for e in errors if e.table in besides and e.row}
        lasting = [error for error in errors if (error.table, error.row) not in skipped]
        self.note(lasting)  # first, so that a long list of bad drafts cannot hide them
        self.note(found)
        if lasting and self.request.skip_bad:
            where = ", ".join(sorted({error.table for error in lasting if error.table}))
            raise Refusal(
                LASTING,
                f"{counted(len(lasting), 'error')} outside the drafts ({where}), nothing posted.",
            )
        if errors and not self.request.skip_bad:
            raise Refusal(BAD_ROWS, f"{counted(len(errors), 'error')}, nothing posted.")
        bad = np.isin(drafts.row, np.array(sorted(rows), dtype=np.int64))
        if bad.any():
            self.skipped += int(bad.sum())
            kept = {**self.ledger.drafts, table: drafts.take(~bad)}
            self.ledger = replace(self.ledger, drafts=kept)

    def clear(self) -> list[Report]:
        """Let go of the ledger and of all that was written; return the reports still to draw."""
        self.ledger = Ledger()
        reports, self.reports, self.changes = self.reports, [], []
        return reports

    def insist_on_posted_rows(self, aside: Collection[str] = ()) -> None:
        """Refuse when a posted row cannot be read: a report over it would be wrong.

        Args:
            aside: tables that the command's figures do not depend on; what is wrong with them is
                said and no more.

        Raises:
            Refusal: naming how many posted rows cannot be read, or where else the errors are.
        """
        unread = [
            error for error in errors_of(self.ledger.findings)
            if error.table not in {*DRAFT_TABLES, *aside}
            or (error.table in DRAFT_TABLES and is_lasting(error))
        ]  # fmt: skip
        self.note(unread)
        self.note(self.ledger.findings)
        if unread and all(map(_is_of_kept_row, unread)):
            sheets = sorted({BY_NAME[error.table].sheet for error in unread})
            raise Refusal(
                BAD_ROWS,
                f"{counted(len(unread), 'error')} in what is typed on {', '.join(sheets)}: the "
                "figures asked for depend on it. Posted rows are not concerned.",
                fix="Correct the cells named above, then run it again.",
            )
        if unread:
            raise Refusal(
                BAD_ROWS,
                f"{counted(len(unread), 'error')} in posted rows, tables or policies: no figure "
                "is sure.",
                fix="Correct what is named above; restore posted rows from a backup.",
            )


def is_lasting(finding: Finding) -> bool:
    """Whether a finding is about a posted row or a whole table: leaving drafts out is no help."""
    return finding.row == 0 or finding.code.name.startswith("posted_row")


def _is_of_kept_row(finding: Finding) -> bool:
    """Whether a finding is about a row that the user keeps, such as one of Disputes."""
    table = BY_NAME.get(finding.table)
    kept = table is not None and table.role in (Role.MASTER, Role.POLICY)
    return kept and not is_lasting(finding)
