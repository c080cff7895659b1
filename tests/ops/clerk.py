"""A clerk at a ledger in memory: types drafts, posts them, undoes batches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from ar_xl.core.findings import Finding, errors_of
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.money import plain_text
from ar_xl.core.policy import Policy
from ar_xl.core.settings import default_settings
from ar_xl.ops.adjust import adjust
from ar_xl.ops.aging import aging
from ar_xl.ops.balancing import insist_on_balance
from ar_xl.ops.banking.deposit import Asked, deposit
from ar_xl.ops.batches import last_batch, post
from ar_xl.ops.checks import adjustment_findings, invoice_findings, receipt_findings
from ar_xl.ops.derived import derived_changes
from ar_xl.ops.open_items import credits, open_items
from ar_xl.ops.post_invoices import post_invoices
from ar_xl.ops.post_payments import post_payments
from ar_xl.ops.undo import undo
from ar_xl.ops.verify import verify
from tests.ledger_text import frame_text, ledger, policy

FIRST_ROW = 1_000


class Clerk:
    """One ledger and what a clerk does to it, in the notation of `tests.ledger_text`."""

    def __init__(self, text: str, rules: Policy | None = None) -> None:
        made = ledger(text)
        self.books = Ledger(made.tables, {}, replace(rules or policy(), rates=made.posted("Rates")))
        self._row = FIRST_ROW

    def types(self, text: str) -> Clerk:
        """Type drafts."""
        for frame in ledger(text).drafts.values():
            self._draft(frame)
        return self

    def posts(self, as_of: str = "2026-12-31") -> str:
        """Post drafts of invoices, then of receipts; the last batch."""
        asked = self.asked(as_of)
        self._take(post_invoices(self.books, asked), asked)
        self._take(post_payments(self.books, asked), asked)
        return last_batch(self.books)[0]

    def deposits(self, as_of: str = "2026-12-31", **asked: Any) -> str:
        """Take what waits to the bank, with the options of the command; the last batch."""
        request = self.asked(as_of)
        self._take(deposit(self.books, request, Asked(**asked)), request)
        return last_batch(self.books)[0]

    def adjusts(self, as_of: str = "2026-12-31") -> list[str]:
        """Post draft adjustments; what was found, as `code: what was seen`."""
        asked = self.asked(as_of)
        found = [*adjustment_findings(self.books)]
        while not errors_of(found):
            change = adjust(self.books, asked)
            found += change.findings
            if change.is_empty or errors_of(found):
                break
            self._take(change, asked)
        return [f"{each.code.name}: {each.seen}" for each in found]

    def undoes(
        self, batch: str, as_of: str = "2026-12-31", later: bool = False, redraft: bool = False
    ) -> Clerk:
        """Undo a batch, from the as-of date on where `later`."""
        asked = replace(self.asked(as_of), as_of_given=later)
        decided = undo(self.books, asked, batch, redraft)
        self._take(decided.contra, asked, batch)
        for frame in decided.redrafted.appends.values():
            self._draft(frame)
        return self

    def findings(self) -> list[Finding]:
        """What is wrong with the drafts."""
        return [
            *invoice_findings(self.books),
            *receipt_findings(self.books),
            *adjustment_findings(self.books),
        ]

    def holds(self) -> bool:
        """Whether everything posted verifies."""
        return verify(self.books).findings == ()

    def aged(self, on: str) -> list[str]:
        """Customer, buckets and unapplied credits at a date, minor units."""
        aged = aging(self.books, date.fromisoformat(on))
        rows = zip(aged.customer_id, aged.currency, aged.buckets.tolist(), aged.unapplied.tolist(),
                   strict=True)  # fmt: skip
        return [f"{who} {code} {buckets} {unused}" for who, code, buckets, unused in rows]

    def last(self) -> str:
        """The last batch."""
        return last_batch(self.books)[0]

    def booked(self) -> list[str]:
        """The journal of the last batch, by date and account: `2026-02-10 | 1200 | Dr 25.00`."""
        rows = self.books.posted("Journal")
        rows = rows.take(np.flatnonzero(rows.text("batch") == self.last()))
        rows = rows.take(np.lexsort((rows.text("account").astype(str), rows.dates("date"))))
        sides = frame_text(rows, "Debit"), frame_text(rows, "Credit")
        return [
            f"{line} | {'Cr ' + credit if debit == '0.00' else 'Dr ' + debit}"
            for line, debit, credit in zip(frame_text(rows, "Date", "Account"), *sides, strict=True)
        ]

    def open(self, on: str) -> dict[str, str]:
        """What is open of each document at a date, unapplied credits negative."""
        when = date.fromisoformat(on)
        items, left = open_items(self.books, when), credits(self.books, when)
        numbers = [*items.invoice_no.tolist(), *left.source_no.tolist()]
        made: dict[str, int] = dict.fromkeys(numbers, 0)
        amounts = [*items.open.tolist(), *(-left.unapplied).tolist()]
        for number, minor in zip(numbers, amounts, strict=True):
            made[number] += minor
        return {number: plain_text(minor, "USD") for number, minor in made.items() if minor}

    def drops(self, table: str) -> Clerk:
        """Delete the drafts of a table."""
        kept = {name: frame for name, frame in self.books.drafts.items() if name != table}
        self.books = replace(self.books, drafts=kept)
        return self

    def carried(self) -> int:
        """What the control account carries receivables at, minor units of the base currency."""
        rows = self.books.posted("Journal")
        mine = rows.text("account") == self.books.policy.settings.gl_ar
        return int((rows.ints("base_debit") - rows.ints("base_credit"))[mine].sum())

    def column(self, table: str, heading: str) -> list[str]:
        """A column of a table as it stands in the sheet."""
        books = self.books.after(Change(derived=derived_changes(self.books)))
        return frame_text(books.posted(table), heading)

    def rules(self, **settings: str) -> Clerk:
        """Change settings, by attribute name."""
        kept = replace(self.books.policy, settings=default_settings(**settings))
        self.books = replace(self.books, policy=kept)
        return self

    def asked(self, as_of: str) -> Request:
        """A request of the clerk."""
        return Request(date.fromisoformat(as_of), "Ada", "2026-12-31T17:00:00Z", "test")

    def _draft(self, frame: Frame) -> None:
        rows = np.arange(self._row, self._row + len(frame), dtype=np.int64)
        self._row += len(frame)
        placed = Frame(frame.table, frame.columns, rows)
        self.books = self.books.after(Change(appends={frame.table.name: placed}, as_drafts=True))

    def _take(self, change: Change, asked: Request, reverses: str = "") -> None:
        done = post(self.books, change, asked, reverses)
        self.books = self.books.after(done)
        if not done.is_empty:
            insist_on_balance(self.books, done)
