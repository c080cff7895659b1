"""A clerk at the Match sheet: matches, decides, posts, undoes, all by the commands themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Self

import numpy as np

from ar_xl.app.commands.control import undo_command
from ar_xl.app.commands.matching import match_command
from ar_xl.app.commands.posting import post_draft_invoices, post_draft_payments
from ar_xl.app.desk import Desk
from ar_xl.app.outbox import shelf_beside
from ar_xl.core.findings import Refusal
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.policy import Policy
from ar_xl.ops.banking.states import standing_receipts
from ar_xl.ops.verify import verify
from tests.ledger_text import frame_text, ledger, policy

FIRST_ROW = 1_000


class MatchClerk:
    """A workbook in memory whose commands run as they do on a file."""

    def __init__(self, text: str, rules: Policy | None = None) -> None:
        made = ledger(text)
        self.books = Ledger(made.tables, made.drafts, rules or policy())
        self.said: list[str] = []
        self.desk: Desk | None = None
        self.folder: Path | None = None  # where papers go
        self._row = FIRST_ROW
        self._as_of_given = False
        self._run(post_draft_invoices)

    def matches(self, as_of: str = "2026-12-31", account: str = "") -> Self:
        """Run Match."""
        self._run(match_command, as_of, account=account)
        return self

    def decides(self, line: str, decision: str, **cells: str) -> Self:
        """Choose a decision for a row of the Match sheet, and type into its cells."""
        sheet = self.books.posted("Matches")
        at = int(np.flatnonzero(sheet.text("line_id") == line)[0])
        changed: dict[str, Any] = {}
        for key, value in {**cells, "decision": decision}.items():
            column = sheet.columns[key].copy()
            column[at] = int(value) if key == "bank_fee" else value
            changed[key] = column
        tables = {**self.books.tables, "Matches": sheet.replace(**changed)}
        self.books = replace(self.books, tables=tables)
        return self

    def posts(self, as_of: str = "2026-12-31", skip_bad: bool = False) -> Self:
        """Post receipts and accepted matches."""
        self._run(post_draft_payments, as_of, skip_bad)
        return self

    def refused(self, as_of: str = "2026-12-31") -> list[str]:
        """Post, which must be refused: table, column, row's id and code of each error."""
        before = self.books
        try:
            self.posts(as_of)
        except Refusal:
            self.books = before
            assert self.desk is not None
            return [
                f"{e.table} {e.column} {e.row_id}: {e.code.name}"
                for e in self.desk.findings if e.is_error
            ]  # fmt: skip
        raise AssertionError("it was posted")

    def undoes(self, batch: str = "", redraft: bool = False, as_of: str = "") -> Self:
        """Undo a batch, the last one where none is named; from a date on where one is given."""
        last = batch or str(max(self.books.posted("Batches").text("batch").astype(str)))
        self._as_of_given = bool(as_of)
        self._run(undo_command, as_of or "2026-12-31", batch=last, redraft=redraft, reason="")
        self._as_of_given = False
        return self

    def imports(self, text: str) -> Self:
        """Bring in bank lines or drafts; lines that are known add nothing, as an import does."""
        made = ledger(text)
        for name, frame in {**made.tables, **made.drafts}.items():
            new = frame
            if name == "BankLines":
                known = self.books.posted(name).text("line_id").astype(str)
                new = frame.take(~np.isin(frame.text("line_id").astype(str), known))
            change = Change(appends={name: new.detached()}, as_drafts=True)
            self.books = self.books.after(change)
        self._place()
        return self

    def sheet(self, *headings: str) -> list[str]:
        """Cells of the Match sheet."""
        return frame_text(self.books.posted("Matches"), *headings)

    def bank(self) -> list[str]:
        """Line, status and what it is matched to."""
        return frame_text(self.books.posted("BankLines"), "Line ID", "Status", "Matched To")

    def receipts(self, *headings: str) -> list[str]:
        """The receipts that stand."""
        return frame_text(standing_receipts(self.books), *headings)

    def holds(self) -> bool:
        """Whether everything posted verifies."""
        return verify(self.books).findings == ()

    def _run(
        self, command: Any, as_of: str = "2026-12-31", skip_bad: bool = False, **params: Any
    ) -> None:
        request = Request(
            date.fromisoformat(as_of), "Ada", "2026-12-31T17:00:00Z", "test", skip_bad=skip_bad,
            as_of_given=self._as_of_given,
        )  # fmt: skip
        self.desk = Desk(self.books, request, params, lambda _: None)
        if self.folder is not None:
            self.desk.shelf = partial(shelf_beside, str(self.folder / "book.xlsx"), "")
        command(self.desk)
        self.said = self.desk.said
        self.books = self.desk.ledger
        self._place()

    def _place(self) -> None:
        """Give new rows the sheet rows that a workbook would give them."""
        tables = {name: self._placed(frame) for name, frame in self.books.tables.items()}
        drafts = {name: self._placed(frame) for name, frame in self.books.drafts.items()}
        self.books = replace(self.books, tables=tables, drafts=drafts)

    def _placed(self, frame: Frame) -> Frame:
        row = frame.row.copy()
        new = np.flatnonzero(row == 0)
        row[new] = np.arange(self._row, self._row + len(new))
        self._row += len(new)
        order = np.argsort(row, kind="stable").astype(np.int64)
        return Frame(frame.table, frame.columns, row).take(order)
