"""Movements: every posted row as what it does to receivables, under the line it belongs to.

The roll-forward adds movements up by line, the tie-out by batch. A contra row stands in the line
of what it undoes; a bounced receipt and a recovered write-off have lines of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from ar_xl.core.arrays import (
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    filled,
    positions,
    sum_by,
)
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.lives import postings_of

OPENING = "Opening balances taken over"
INVOICES, DEBIT_MEMOS, LATE_FEES = "Invoices", "Debit memos", "Late fees"
BOUNCED, REFUNDS, RECOVERIES = "Bounced payments", "Refunds", "Recoveries"
RECEIPTS, DISCOUNTS, CREDIT_MEMOS = "Receipts", "Discounts", "Credit memos"
WAIVERS, WRITE_OFFS = "Fee waivers", "Write-offs"
DIFFERENCES, OTHER, EXCHANGE = "Differences", "Other adjustments", "Other currencies"
LINES = (
    OPENING, INVOICES, DEBIT_MEMOS, LATE_FEES, BOUNCED, REFUNDS, RECOVERIES, RECEIPTS, DISCOUNTS,
    CREDIT_MEMOS, WAIVERS, WRITE_OFFS, DIFFERENCES, OTHER, EXCHANGE,
)  # fmt: skip
ONLY_IF_ANY = (OPENING, OTHER, EXCHANGE)
SOURCES = ("Invoices", "Receipts", "Applications")  # tables that movements come from
_OF_TYPE = {
    "Invoice": INVOICES, "Debit Memo": DEBIT_MEMOS, "Credit Memo": CREDIT_MEMOS,
    "Late Fee": LATE_FEES, "Refund": REFUNDS,
}  # fmt: skip
_OF_KIND = {
    "Special Discount": DISCOUNTS, "Write-off": WRITE_OFFS, "Fee Waiver": WAIVERS,
    "Recovery": RECOVERIES,
}  # fmt: skip

SourceArray = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Movements:
    """One element a posted row and line; a row without effect on receivables has none.

    Args:
        line: index into `LINES`.
        amount: minor units, positive where receivables grow.
        currency, number, batch: of the row; number of the document, receipt or application.
        own_date, posting_date: of the row.
        source: index into `SOURCES` of the table that the row stands in.
        row: its sheet row, 0 where it is in no sheet yet.
    """

    line: IntArray
    amount: IntArray
    currency: TextArray
    number: TextArray
    batch: TextArray
    own_date: DateArray
    posting_date: DateArray
    source: SourceArray
    row: IntArray

    def __len__(self) -> int:
        return len(self.line)

    def take(self, chosen: IntArray | BoolArray) -> Movements:
        """The movements that an index or a mask picks."""
        if chosen.dtype == np.bool_ and chosen.all():
            return self
        return Movements(
            **{name: getattr(self, name)[chosen] for name in self.__dataclass_fields__}
        )


def movements(ledger: Ledger) -> Movements:
    """Everything posted, as movements of receivables; drafts do not count."""
    every = [_documents(ledger), _receipts(ledger), *_applications(ledger)]
    parts = [part.take(part.amount != 0) for part in every]
    return Movements(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in Movements.__dataclass_fields__
        }
    )


def owed(moved: Movements, until: date) -> dict[str, int]:
    """Receivables at the end of a day per currency: all movements posted by then."""
    return by_currency(moved, moved.posting_date <= day(until))


def by_currency(moved: Movements, chosen: BoolArray) -> dict[str, int]:
    """Chosen movements per currency, minor units; currencies that come to zero left out."""
    (codes,), names = codes_of(moved.currency[chosen])
    sums = sum_by(codes, moved.amount[chosen], len(names))
    return {str(name): int(amount) for name, amount in zip(names, sums, strict=True) if amount}


def _source(rows: Frame) -> SourceArray:
    return np.full(len(rows), SOURCES.index(rows.table.name), dtype=np.int8)


def _line(name: str) -> int:
    return LINES.index(name)


def _lines_of(texts: TextArray, lines: dict[str, str]) -> IntArray:
    (codes,), names = codes_of(texts)
    table = np.array([_line(lines.get(name, OTHER)) for name in names], dtype=np.int64)
    return table[codes] if len(codes) else codes


def _before_cut_over(ledger: Ledger, own: DateArray) -> BoolArray:
    cut_over = ledger.policy.settings.cut_over
    if cut_over is None:
        return np.zeros(len(own), dtype=np.bool_)
    return np.asarray(own < day(cut_over), dtype=np.bool_)


def _documents(ledger: Ledger) -> Movements:
    rows = ledger.posted("Invoices")
    own = rows.dates("invoice_date")
    line = _lines_of(rows.text("type"), _OF_TYPE)
    amount = np.where(line == _line(CREDIT_MEMOS), -1, 1) * rows.ints("amount")
    line = np.where(_before_cut_over(ledger, own), _line(OPENING), line)
    return Movements(
        line, amount, rows.text("currency"), rows.text("invoice_no"), rows.text("batch"), own,
        rows.dates("posting_date"), _source(rows), rows.row,
    )  # fmt: skip


def _receipts(ledger: Ledger) -> Movements:
    rows = ledger.posted("Receipts")
    own = rows.dates("receipt_date")
    line = np.where(_before_cut_over(ledger, own), _line(OPENING), _line(RECEIPTS))
    line[_made_by(ledger, rows, rows.text("receipt_no"), "Bounced")] = _line(BOUNCED)
    return Movements(
        line.astype(np.int64), -rows.ints("amount"), rows.text("currency"),
        rows.text("receipt_no"), rows.text("batch"), own, rows.dates("posting_date"),
        _source(rows), rows.row,
    )  # fmt: skip


def _made_by(ledger: Ledger, rows: Frame, numbers: TextArray, kind: str) -> BoolArray:
    """Which contra rows an adjustment of a kind made, or undid what it made."""
    contra = rows.text("reverses") != ""
    made = np.zeros(len(rows), dtype=np.bool_)
    adjustments = ledger.posted("Adjustments")
    genuine = (adjustments.text("kind") == kind) & (adjustments.text("reverses") == "")
    causes = adjustments.take(np.flatnonzero(genuine))
    if not len(causes) or not contra.any():
        return made
    sought = causes.text("batch") + "\t" + causes.text("document_no")
    for batch in (rows.text("batch"), rows.text("reverses")):
        made |= positions(sought, batch + "\t" + numbers) >= 0
    return np.asarray(made & contra, dtype=np.bool_)


def _applications(ledger: Ledger) -> list[Movements]:
    rows = ledger.posted("Applications")
    currency, paid = _currencies(ledger, rows)
    adjusted = rows.text("source_type") == "Adjustment"

    def moved(line: IntArray, amount: IntArray, code: TextArray) -> Movements:
        return Movements(
            line, amount, code, rows.text("invoice_no"), rows.text("batch"), rows.dates("date"),
            rows.dates("posting_date"), _source(rows), rows.row,
        )  # fmt: skip

    def all_in(name: str) -> IntArray:
        return np.full(len(rows), _line(name), dtype=np.int64)

    made = [
        moved(all_in(DISCOUNTS), -rows.ints("discount"), currency),
        moved(all_in(DIFFERENCES), -rows.ints("difference"), currency),
    ]
    if adjusted.any():
        amount = np.where(adjusted, -rows.ints("amount"), 0)
        made.append(moved(_adjustment_lines(ledger, rows), amount, currency))
    foreign = ~adjusted & ((paid != currency) | (rows.ints("amount") != rows.ints("source_amount")))
    if foreign.any():
        exchange = all_in(EXCHANGE)
        made.append(moved(exchange, np.where(foreign, -rows.ints("amount"), 0), currency))
        made.append(moved(exchange, np.where(foreign, rows.ints("source_amount"), 0), paid))
    return made


def _currencies(ledger: Ledger, rows: Frame) -> tuple[TextArray, TextArray]:
    """The currency of what each application pays, and of what pays it."""
    invoices, receipts = ledger.posted("Invoices"), ledger.posted("Receipts")
    _, used = codes_of(invoices.text("currency"), receipts.text("currency"))
    if len(used) == 1:
        return filled(len(rows), used[0]), filled(len(rows), used[0])
    none = np.array([""], dtype=object)
    at = postings_of(invoices, "invoice_no", rows.text("invoice_no"), rows)
    currency = np.concatenate([invoices.text("currency"), none])[at]
    at = postings_of(receipts, "receipt_no", rows.text("source_no"), rows)
    received = (rows.text("source_type") == "Receipt") & (at >= 0)
    of_receipt = np.concatenate([receipts.text("currency"), none])[at]
    return currency, np.where(received, of_receipt, currency)


def _adjustment_lines(ledger: Ledger, rows: Frame) -> IntArray:
    """The line of each application by an adjustment; a write-off taken back is a recovery."""
    adjustments = ledger.posted("Adjustments")
    at = postings_of(adjustments, "adjustment_no", rows.text("source_no"), rows)
    kind = np.concatenate([adjustments.text("kind"), np.array([""], dtype=object)])[at]
    line = _lines_of(kind, _OF_KIND)
    recovered = _made_by(ledger, rows, rows.text("invoice_no"), "Recovery")
    line[recovered & (line == _line(WRITE_OFFS))] = _line(RECOVERIES)
    return line
