"""A clerk at the Disputes sheet: types, resolves, posts, undoes, all by the commands themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Self

import numpy as np

from ar_xl.app.commands.adjusting import post_draft_adjustments
from ar_xl.app.commands.disputes import disputes_command
from ar_xl.app.commands.posting import post_draft_invoices
from ar_xl.core.ledger import Request
from ar_xl.core.money import money_text
from ar_xl.ops.aging import aging
from ar_xl.ops.collecting.collections import collections
from ar_xl.ops.collecting.dispute_list import dispute_list
from ar_xl.ops.fees.late_fees import late_fees
from tests.ledger_text import frame_text
from tests.ops.match_clerk import MatchClerk

THOUSAND = """
    Customers
    Customer ID | Name     | Email
    ACME        | Acme Ltd | pay@acme.example

    Invoices
    Invoice No | Customer ID | Invoice Date | Due Date   | Amount   | Tax   | GL Account
    INV-1      | ACME        | 2026-01-05   | 2026-02-04 | 1,000.00 | 80.00 | 4100
"""
PART = """
    Disputes
    Invoice No | Amount | Reason | Opened     | Owner
    INV-1      | 120.00 | Damage | 2026-02-10 | Eve
"""


class DisputeClerk(MatchClerk):
    """A workbook in memory, by default one invoice of 1,000.00 of which 120.00 are disputed."""

    def __init__(self, text: str = THOUSAND + PART, **rules: Any) -> None:
        super().__init__(text, **rules)

    def wants(self, way: str, at: int = 0, **cells: Any) -> Self:
        """Choose Resolve By of a dispute, and type into other cells of its row."""
        return self.types("Disputes", at, resolve_by=way, **cells)

    def types(self, table: str, at: int, **cells: Any) -> Self:
        """Type into cells of a row; dates as texts."""
        sheet = self.books.posted(table)
        changed = {}
        for key, value in cells.items():
            column = sheet.columns[key].copy()
            column[at] = np.datetime64(value or "NaT", "D") if column.dtype.kind == "M" else value
            changed[key] = column
        tables = {**self.books.tables, table: sheet.replace(**changed)}
        self.books = replace(self.books, tables=tables)
        return self

    def lists(self, as_of: str = "2026-03-31", **asked: Any) -> Self:
        """Run Disputes."""
        self._run(disputes_command, as_of, **{"invite": False, **asked})
        return self

    def posts_invoices(self, as_of: str = "2026-03-31") -> Self:
        """Post draft invoices and memos."""
        self._run(post_draft_invoices, as_of)
        return self

    def adjusts(self, as_of: str = "2026-03-31") -> Self:
        """Post draft adjustments."""
        self._run(post_draft_adjustments, as_of)
        return self

    def deletes_drafts(self) -> Self:
        """Delete all drafts."""
        self.books = replace(self.books, drafts={})
        return self

    def drafts(self, table: str, *headings: str) -> list[str]:
        """Cells of the drafts of a table."""
        return frame_text(self.books.draft(table), *headings)

    def found(self) -> list[str]:
        """What the last command found: codes."""
        assert self.desk is not None
        return [finding.code.name for finding in self.desk.findings]

    def row(self, *headings: str) -> list[str]:
        """Cells of the Disputes sheet."""
        return frame_text(self.books.posted("Disputes"), *headings)

    def open(self, on: str) -> list[str]:
        """Number, disputed amount and age of the disputes that are open at a date."""
        cases = dispute_list(self.books, date.fromisoformat(on)).open
        rows = zip(cases.number, cases.disputed.tolist(), cases.age.tolist(), strict=True)
        return [f"{number} {money_text(amount, 'USD')} {age}" for number, amount, age in rows]

    def fees(self, as_of: str) -> str:
        """What late fees would be charged for the month of a date."""
        change = late_fees(self.books, Request(date.fromisoformat(as_of), "Ada")).change
        fees = change.appends["Fees"].ints("charged") if "Fees" in change.appends else [0]
        return money_text(int(sum(fees)), "USD")

    def apart(self, on: str) -> str:
        """What aging shows as open and as disputed, and what collections call for, at a date."""
        day = date.fromisoformat(on)
        detail = aging(self.books, day).detail
        items = detail.bucket >= 0
        called = int(collections(self.books, day).calls.overdue.sum())
        amounts = (int(detail.open[items].sum()), int(detail.disputed.sum()), called)
        return " ".join(money_text(amount, "USD") for amount in amounts)
