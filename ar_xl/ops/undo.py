"""Undo: a batch is reversed by a new batch of contra rows (semantics, section 10).

A contra row repeats the row with negative amounts and names the batch it undoes. Each takes its
own Posting Date while that month is open, else the first open day. Undo restores balances
exactly; the numbers are free again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BLANK, NAT, BoolArray, DateArray, IntArray, TextArray
from ar_xl.core.dates import day
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.periods import closed_months
from ar_xl.core.schema import Kind
from ar_xl.core.tables import TABLES
from ar_xl.ops.banking.slips import batches_on_slips
from ar_xl.ops.collecting.plans import batches_of_plans
from ar_xl.ops.reinstating import batches_in_the_way, reinstated_from

UNKNOWN_BATCH = code(
    "batch_unknown",
    Severity.ERROR,
    "a batch that stands on the Batches sheet",
    "Look the number up on the Batches sheet; it looks like B-000012.",
    Exit.WRONG_CALL,
)
ALREADY_UNDONE = code(
    "batch_already_undone",
    Severity.ERROR,
    "a batch that was not undone yet",
    "Nothing to do. To have the rows back, post them again.",
    Exit.REFUSED,
)
UNDO_OF_UNDO = code(
    "undo_of_an_undo",
    Severity.ERROR,
    "a batch that posted something",
    "Post the rows again instead; undo with --redraft brings them back as drafts.",
    Exit.REFUSED,
)
NOTHING_TO_UNDO = code(
    "batch_posted_nothing",
    Severity.ERROR,
    "a batch that posted rows",
    "A closed month is opened again with month-end --reopen.",
    Exit.REFUSED,
)
LATER_BATCHES_DEPEND = code(
    "later_batches_depend",
    Severity.ERROR,
    "a batch that nothing later builds on",
    "Undo the later batches first, in the order named.",
    Exit.REFUSED,
)

_DRAFTS = ("Invoices", "Receipts", "Adjustments")
_TYPED = (*_DRAFTS, "Plans")


@dataclass(frozen=True)
class Undo:
    """What undoing a batch comes to.

    Args:
        contra: the contra rows, journal included; `ops.batches.post` numbers and seals them.
        redrafted: the undone rows as drafts again, where asked for.
    """

    contra: Change
    redrafted: Change


def undo(ledger: Ledger, request: Request, batch: str, redraft: bool = False) -> Undo:
    """Decide how a batch is undone.

    Args:
        ledger: all posted tables.
        request: who asks; an as-of date that somebody gave lets the reversal take effect no
            earlier than on it.
        batch: its number.
        redraft: bring typed rows back as drafts.

    Raises:
        Refusal: unknown or already undone batch, an undo or a closing itself, or later
            unreversed batches that depend on it, named newest first.
    """
    _assert_undoable(ledger, batch)
    rows = {
        table.name: mine
        for table in TABLES
        if table.posted and len(mine := _rows_of(ledger.posted(table.name), batch))
    }
    dependants = _dependants(ledger, rows, batch)
    if dependants:
        raise Refusal(
            LATER_BATCHES_DEPEND,
            f"Batch {batch} cannot be undone while later batches build on it: "
            f"{', '.join(dependants)}.",
        )
    closed = closed_months(ledger.posted("Periods"))
    earliest = np.fmax(_settled_until(ledger, rows, batch), reinstated_from(ledger, rows, batch))
    if request.as_of_given:
        earliest = np.fmax(earliest, day(request.as_of))
    contra = {}
    for name, frame in rows.items():
        dates = np.fmax(frame.dates("posting_date"), earliest)
        contra[name] = contra_rows(frame, batch, closed.posting_dates(dates))
    return Undo(
        Change(appends=contra),
        Change(appends=_redrafted(rows) if redraft else {}, as_drafts=True),
    )


def _settled_until(ledger: Ledger, rows: Mapping[str, Frame], batch: str) -> np.datetime64:
    """The day from which nothing of later batches is applied to or from the documents any more.

    What was applied has been undone before, but perhaps from a later day on; a document that
    went earlier would leave it standing alone until then. NaT where it went as it had come.
    """
    leaving = {name: rows[name].take(rows[name].text("reverses") == "") for name in _DRAFTS
               if name in rows}  # fmt: skip
    documents = _texts(leaving, "Invoices", "invoice_no")
    documents += _texts(leaving, "Receipts", "receipt_no")
    applied = ledger.posted("Applications")
    touched = _in(applied.text("invoice_no"), set(documents))
    touched |= _in(applied.text("source_no"), set(documents))
    touched &= (applied.text("batch") != batch) & (applied.text("reverses") != batch)
    mine = applied.take(np.flatnonzero(touched))
    amounts = pd.DataFrame({
        "invoice": mine.text("invoice_no"), "source": mine.text("source_no"),
        "line": mine.ints("line"), "date": mine.dates("posting_date"),
        "amount": mine.ints("amount"), "discount": mine.ints("discount"),
        "difference": mine.ints("difference"),
    })  # fmt: skip
    moved = amounts.groupby(["invoice", "source", "line", "date"], sort=False).sum()
    left = moved[(moved != 0).any(axis=1)].index.get_level_values("date")
    return np.datetime64(left.max(), "D") if len(left) else np.datetime64("NaT", "D")


def _assert_undoable(ledger: Ledger, batch: str) -> None:
    batches = ledger.posted("Batches")
    at = np.flatnonzero(batches.text("batch") == batch)
    if not len(at):
        raise Refusal(UNKNOWN_BATCH, f"There is no batch {batch}.")
    if batches.text("reverses")[at[0]]:
        raise Refusal(UNDO_OF_UNDO, f"Batch {batch} is itself an undo.")
    if not batches.text("rows")[at[0]]:
        raise Refusal(NOTHING_TO_UNDO, f"Batch {batch} posted no rows.")
    by = batches.text("batch")[batches.text("reverses") == batch]
    if len(by):
        raise Refusal(ALREADY_UNDONE, f"Batch {batch} was undone by batch {by[0]}.")


def _rows_of(frame: Frame, batch: str) -> Frame:
    return frame.take(frame.text("batch") == batch)


def contra_rows(frame: Frame, batch: str, posting: DateArray) -> Frame:
    """The rows with negative amounts; journal lines change sides instead.

    Args:
        frame: posted rows of one batch.
        batch: its number, which the contra rows name.
        posting: when each takes effect.
    """
    changed: dict[str, IntArray | TextArray | DateArray] = {"posting_date": posting}
    if frame.table.name == "Journal":
        changed |= {
            "debit": frame.ints("credit"),
            "credit": frame.ints("debit"),
            "base_debit": frame.ints("base_credit"),
            "base_credit": frame.ints("base_debit"),
            "date": posting,
        }
    else:
        for column in frame.table.columns:
            if column.kind is Kind.MONEY and not column.derived:
                amounts = frame.ints(column.key)
                changed[column.key] = np.where(amounts == BLANK, BLANK, -amounts)
    if "status" in frame.table.by_key:
        changed["status"] = np.full(len(frame), "Reversed", dtype=object)
    for derived in ("deposit_no", "bank_line"):
        if derived in frame.table.by_key and frame.table.by_key[derived].derived:
            changed[derived] = np.full(len(frame), "", dtype=object)
    if "ended" in frame.table.by_key:
        changed["ended"] = np.full(len(frame), NAT)
    if "unapplied" in frame.table.by_key:
        changed["unapplied"] = np.zeros(len(frame), dtype=np.int64)
    return frame.replace(**changed, reverses=batch, batch="", seal=BLANK).detached()


def _dependants(ledger: Ledger, rows: Mapping[str, Frame], batch: str) -> list[str]:
    """Later unreversed batches that build on these rows, newest first."""
    documents = set(_texts(rows, "Invoices", "invoice_no"))
    receipts = set(_texts(rows, "Receipts", "receipt_no"))
    adjustments = set(_texts(rows, "Adjustments", "adjustment_no"))
    applications, fees = ledger.posted("Applications"), ledger.posted("Fees")
    source, kind = applications.text("source_no"), applications.text("source_type")
    needs = _in(applications.text("invoice_no"), documents)
    needs |= (kind == "Credit Memo") & _in(source, documents)
    needs |= (kind == "Receipt") & _in(source, receipts)
    needs |= (kind == "Adjustment") & _in(source, adjustments)
    named = set(applications.text("batch")[needs].tolist())
    named |= set(fees.text("batch")[_in(fees.text("invoice_no"), documents)].tolist())
    named |= batches_on_slips(ledger, rows) | batches_in_the_way(ledger, rows, batch)
    named |= batches_of_plans(ledger, documents)
    batches = ledger.posted("Batches")
    undone = set(batches.text("reverses").tolist())
    undoing = set(batches.text("batch")[batches.text("reverses") != ""].tolist())
    return sorted((b for b in named if b not in undone | undoing and b > batch), reverse=True)


def _texts(rows: Mapping[str, Frame], table: str, column: str) -> list[str]:
    return rows[table].text(column).tolist() if table in rows else []


def _in(values: TextArray, wanted: set[str]) -> BoolArray:
    return np.array(pd.Series(values, dtype=object).isin(wanted), dtype=np.bool_)


def _redrafted(rows: Mapping[str, Frame]) -> dict[str, Frame]:
    drafts = {}
    for name in ("Adjustments",) if "Adjustments" in rows else _TYPED:
        frame = rows.get(name)
        if frame is None:
            continue
        frame = frame.take(frame.text("reverses") == "")
        if name == "Invoices":
            frame = frame.take(~np.isin(frame.text("type").astype(str), ("Late Fee", "Refund")))
        no_date = np.full(len(frame), NAT)
        blank: dict[str, str | int | DateArray | IntArray] = {
            "posting_date": no_date, "seal": BLANK, "batch": "",
        }  # fmt: skip
        empty: dict[Kind, str | DateArray] = {Kind.TEXT: "", Kind.DATE: no_date}
        for column in frame.table.columns:
            if column.derived or column.key == "rate":
                blank[column.key] = empty.get(column.kind, BLANK)
        if name == "Adjustments":  # a percent was typed: the amount came from it
            by_percent = np.array([p is not None for p in frame.numbers("percent")], dtype=bool)
            blank["amount"] = np.where(by_percent, BLANK, frame.ints("amount"))
        drafts[name] = frame.replace(**blank).detached()
    return drafts
