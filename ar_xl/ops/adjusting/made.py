"""What adjustments make: applications, contra rows and documents, kept until all are decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ar_xl.core.arrays import BLANK, AnyArray, text_array
from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Ledger
from ar_xl.core.periods import closed_months
from ar_xl.core.schema import Kind, Table, empty_column
from ar_xl.core.tables import APPLICATIONS, INVOICES
from ar_xl.ops.adjusting.affected import (
    ADJUSTMENT,
    AMOUNTS,
    Affected,
    Applied,
    Document,
)
from ar_xl.ops.adjusting.draft import Draft
from ar_xl.ops.numbering import application_numbers, next_numbers
from ar_xl.ops.open_items import with_drafts
from ar_xl.ops.rates import rates_for
from ar_xl.ops.settlements import day_numbers
from ar_xl.ops.undo import contra_rows


class NotInThisBatch(Exception):  # noqa: N818  # not an error: the next batch takes it
    """The row takes back what this very batch makes, so that it belongs into the next one."""


@dataclass
class Made:
    """Everything that the adjustments of one batch make; adjustments add to it in their order.

    Args:
        ledger: before the batch.
        books: the documents concerned; kept up to date as rows are made.
        posted: places of the drafts that are posted, with their amounts and customers.
        applications: rows to be, as values by column key; a contra row has its number.
        documents: new rows of Invoices likewise.
        taken_back: frames of contra rows by table.
        findings: what to say.
        totals: minor units by label and currency.
    """

    ledger: Ledger
    books: Affected
    posted: list[tuple[int, int, str]] = field(default_factory=list)
    applications: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    taken_back: dict[str, list[Frame]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    totals: dict[str, dict[str, int]] = field(default_factory=dict)
    _first_open: int = 0
    _given: dict[str, int] = field(default_factory=dict)
    _touched: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Look up from when on the books are open."""
        first = closed_months(self.ledger.posted("Periods")).first_open
        self._first_open = int(day_numbers(np.array([first]))[0])

    def counts(self, label: str, currency: str, amount: int) -> None:
        """Add an amount to the totals of the answer."""
        mine = self.totals.setdefault(label, {})
        mine[currency] = mine.get(currency, 0) + amount

    def posts(self, draft: Draft, amount: int, document: Document) -> None:
        """Take a draft as posted.

        Args:
            draft: the row.
            amount: what it came to, minor units of the document's currency.
            document: whose account and currency it is about.
        """
        customer = draft.customer_id or document.customer_id
        self.posted.append((draft.place, amount, customer))
        self.counts(draft.kind.lower(), document.currency, amount)

    def open_day(self, day: int) -> int:
        """A day number, or the first open day after it."""
        return max(day, self._first_open)

    def apply(
        self, draft: Draft, source: Document | None, target: Document, line: int, amount: int
    ) -> None:
        """Apply a credit, or the adjustment itself, to an instalment.

        Dated as the adjustment, not before either document nor before so much is left of both.

        Args:
            draft: the adjustment.
            source: the receipt or memo; None where the adjustment pays.
            target, line: what is paid.
            amount: minor units, no more than is left of both.
        """
        flow = target.flows[line]
        day = flow.ready(amount, max(draft.date, target.posted))
        if source is not None:
            credit = source.flows[0]
            day = credit.ready(amount, max(day, source.posted))
            credit.moves.append((self.open_day(day), amount))
        flow.moves.append((self.open_day(day), amount))
        kind = ADJUSTMENT if source is None else source.kind
        number = draft.adjustment_no if source is None else source.number
        row: dict[str, Any] = {
            "date": day, "posting_date": self.open_day(day), "source_type": kind,
            "source_no": number, "invoice_no": target.number, "line": line, "amount": amount,
            "discount": 0, "discount_tax": 0, "difference": 0, "source_amount": amount,
            "rule": draft.kind.lower(), "reason": draft.because,
        }  # fmt: skip
        self.applications.append(row)
        amounts = {key: int(row[key]) for key in AMOUNTS}
        self.books.add(
            Applied("", "", kind, number, target.number, line, row["rule"], day,
                    row["posting_date"], amounts)
        )  # fmt: skip

    def insist_on_earlier(self, applied: Iterable[Applied], *documents: Document) -> None:
        """Leave what this batch made to the next one: contra rows name the batch they take back.

        Raises:
            NotInThisBatch: one of them is made by this batch.
        """
        if not all(each.number for each in applied) or not all(d.batch for d in documents):
            raise NotInThisBatch
        if any(each.number in self._touched for each in applied):
            raise NotInThisBatch  # a batch has one contra row of an application

    def take_back(self, draft: Draft, applied: Applied, part: int | None = None) -> int:
        """Reverse an application from the adjustment's date on.

        Args:
            draft: the adjustment.
            applied: what stands.
            part: how much of its amount; None is all, discount and difference included.

        Returns:
            What the document has open again.
        """
        assert applied.number, "it is made by this batch; see `insist_on_earlier`"
        self._touched.add(applied.number)
        back = dict(applied.amounts)
        if part is not None:
            back = dict.fromkeys(AMOUNTS, 0) | {"amount": part, "source_amount": part}
        day = max(draft.date, applied.date)
        posting = max(self.open_day(day), applied.posted)
        self.applications.append({
            "application_no": applied.number, "date": day, "posting_date": posting,
            "source_type": applied.source_type, "source_no": applied.source_no,
            "invoice_no": applied.invoice_no, "line": applied.line,
            **{key: -back[key] for key in AMOUNTS}, "rule": applied.rule,
            "reason": draft.because, "reverses": applied.batch,
        })  # fmt: skip
        for key in AMOUNTS:
            applied.amounts[key] -= back[key]
        settled = back["amount"] + back["discount"] + back["difference"]
        self.books.target(applied).flows[applied.line].moves.append((posting, -settled))
        source = self.books.source(applied)
        if source is not None:
            source.flows[0].moves.append((posting, -back["source_amount"]))
        return settled

    def add_document(self, draft: Draft, prefix: str, like: Document, **columns: Any) -> str | None:
        """Make a document that is owed, dated and due on the adjustment's date.

        Args:
            draft: the adjustment.
            prefix: of its number.
            like: whose customer and currency it has.
            columns: the rest by key: type, amount, GL account and so on.

        Returns:
            Its number; None where no exchange rate of the day is known.
        """
        day = np.array([draft.date]).astype("datetime64[D]")
        rate = int(rates_for(self.ledger.policy, text_array([like.currency]), day)[0])
        if rate == BLANK:
            return None
        number = self._next_number(prefix)
        self.documents.append({
            "invoice_no": number, "customer_id": like.customer_id, "invoice_date": draft.date,
            "due_date": draft.date, "currency": like.currency, "description": draft.because,
            "rate": rate, "posting_date": self.open_day(draft.date), **columns,
        })  # fmt: skip
        return number

    def _next_number(self, prefix: str) -> str:
        """The next free number of a series of documents; the ledger is looked through once."""
        if prefix not in self._given:
            taken = with_drafts(self.ledger, "Invoices").text("invoice_no")
            first = str(next_numbers(prefix, taken, 1)[0])
            self._given[prefix] = int(first.removeprefix(prefix)) - 1
        self._given[prefix] += 1
        return f"{prefix}{self._given[prefix]:06d}"

    def take_back_rows(self, table: str, rows: Frame, posting: int) -> None:
        """Reverse posted rows of a document by contra rows.

        Args:
            table: their table.
            rows: of one document, all of one batch.
            posting: day number on which they take effect.
        """
        if not len(rows):
            return
        days = np.full(len(rows), np.datetime64(posting, "D"))
        made = contra_rows(rows, str(rows.text("batch")[0]), days)
        self.taken_back.setdefault(table, []).append(made)

    def frames(self) -> dict[str, Frame]:
        """All rows made, by table; applications and documents have their numbers."""
        made = {name: concat(frames) for name, frames in self.taken_back.items()}
        if self.documents:
            rows = frame_of(INVOICES, self.documents)
            made["Invoices"] = concat([made["Invoices"], rows]) if "Invoices" in made else rows
        if self.applications:
            rows = frame_of(APPLICATIONS, self.applications)
            number = rows.text("application_no").copy()
            wanting = number == ""
            number[wanting] = application_numbers(self.ledger, int(wanting.sum()))
            made["Applications"] = rows.replace(application_no=number)
        return made


def frame_of(table: Table, rows: list[dict[str, Any]]) -> Frame:
    """Rows given as values by column key; dates are day numbers, what is not named is empty."""
    columns: dict[str, AnyArray] = {}
    for column in table.columns:
        empty = empty_column(column.kind, 1)[0]
        values = [row.get(column.key, empty) for row in rows]
        if column.kind is Kind.TEXT:
            columns[column.key] = text_array(values)
        elif column.kind is Kind.DATE:
            columns[column.key] = np.array(
                [np.datetime64(v, "D") for v in values], dtype="datetime64[D]"
            )
        else:
            columns[column.key] = np.array(values, dtype=np.int64)
    return Frame.build(table, len(rows), **columns)
