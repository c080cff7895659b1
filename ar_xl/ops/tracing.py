"""Tracing: the posted rows that an open item, a credit or a movement is the sum of.

Nothing is decided here. What another module reckons is taken apart into rows again, so that a
reader of a report can add them up.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, filled, positions, text_array
from ar_xl.core.explanation import Traced, joined_rows, traced
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.movements import LINES, SOURCES, Movements
from ar_xl.ops.open_items import Credits, OpenItems, posted_by
from ar_xl.ops.settlements import find_items

_NUMBER = {"Invoices": "invoice_no", "Receipts": "receipt_no", "Applications": "invoice_no"}
_DATED = {"Invoices": "invoice_date", "Receipts": "receipt_date", "Applications": "date"}


def item_rows(ledger: Ledger, as_of: date, items: OpenItems) -> Traced:
    """The rows that add up to what is open of some items: documents and what settled them.

    Args:
        ledger: the one that the items were found in.
        as_of: the date they were found for.
        items: some of them.
    """
    documents = posted_by(ledger.posted("Invoices"), as_of)
    lines = posted_by(ledger.posted("Instalments"), as_of)
    split = _split_documents(items, lines)
    numbers = items.invoice_no
    mine = _among(documents.text("invoice_no"), numbers) & (documents.text("type") != "Credit Memo")
    mine &= ~_among(documents.text("invoice_no"), split)
    whole = documents.take(np.flatnonzero(mine))
    at = np.flatnonzero(
        _among(lines.text("invoice_no"), split)
        & (find_items(items, lines.text("invoice_no"), lines.ints("line")) >= 0)
    )
    parts = lines.take(at)
    return joined_rows(
        [
            traced(whole, whole.ints("amount"), "invoice_no", "invoice_date", _types(whole)),
            traced(
                parts, parts.ints("amount"), "invoice_no", "due_date",
                text_array(f"Instalment {line}" for line in parts.ints("line").tolist()),
            ),
            settled_rows(posted_by(ledger.posted("Applications"), as_of), items).negative(),
        ]
    )  # fmt: skip


def settled_rows(applications: Frame, items: OpenItems) -> Traced:
    """What some applications settle of items: amount, discount and difference.

    Args:
        applications: some of them.
        items: the items; applications to others are left out.
    """
    where = find_items(items, applications.text("invoice_no"), applications.ints("line"))
    mine = applications.take(np.flatnonzero(where >= 0))
    settled = mine.ints("amount") + mine.ints("discount") + mine.ints("difference")
    return traced(mine, settled, "invoice_no", "date", _paid_by(mine))


def credit_rows(ledger: Ledger, as_of: date, owed_back: Credits) -> Traced:
    """The rows that add up to what some credits take off: receipts and memos, less their use.

    Args:
        ledger: the one that the credits were found in.
        as_of: the date they were found for.
        owed_back: some of them; the rows add up to their unapplied amount, negative.
    """
    receipts = posted_by(ledger.posted("Receipts"), as_of)
    documents = posted_by(ledger.posted("Invoices"), as_of)
    used = posted_by(ledger.posted("Applications"), as_of)
    parts = []
    for kind, frame, number, dated in (
        ("Receipt", receipts, "receipt_no", "receipt_date"),
        ("Credit Memo", documents, "invoice_no", "invoice_date"),
    ):
        wanted = owed_back.source_no[owed_back.source_type == kind]
        mine = _among(frame.text(number), wanted)
        if kind == "Credit Memo":
            mine &= frame.text("type") == kind
        rows = frame.take(np.flatnonzero(mine))
        parts.append(traced(rows, -rows.ints("amount"), number, dated, kind))
        spent = used.take(
            np.flatnonzero(
                (used.text("source_type") == kind) & _among(used.text("source_no"), wanted)
            )
        )
        parts.append(used_rows(spent))
    return joined_rows(parts)


def used_rows(applications: Frame) -> Traced:
    """What applications use of their sources, in the sources' currency."""
    to = text_array(f"used for {number}" for number in applications.text("invoice_no").tolist())
    return traced(applications, applications.ints("source_amount"), "source_no", "date", to)


def movement_rows(ledger: Ledger, moved: Movements) -> Traced:
    """The rows behind some movements, each with what it does to receivables.

    Args:
        ledger: the one that the movements were found in.
        moved: some of them.
    """
    count = len(moved)
    names = np.array(LINES, dtype=object)
    tables = np.array(SOURCES, dtype=object)
    assert set(SOURCES) <= set(_NUMBER), "a movement of a table that has no number"
    return Traced(
        tables[moved.source] if count else filled(0, ""), moved.row, moved.number, moved.own_date,
        moved.amount, moved.batch, names[moved.line] if count else filled(0, ""),
    )  # fmt: skip


def document_at(ledger: Ledger, numbers: TextArray) -> IntArray:
    """The sheet row of the last posting of each document, 0 where there is none."""
    frame = ledger.posted("Invoices")
    genuine = np.flatnonzero(frame.text("reverses") == "")[::-1]
    at = positions(frame.text("invoice_no")[genuine], numbers)
    return np.where(at >= 0, frame.row[genuine[at]], 0) if len(genuine) else np.zeros_like(at)


def of_items(ledger: Ledger, items: OpenItems, amount: IntArray, what: TextArray | str) -> Traced:
    """Items as rows of Invoices, with an amount of each; those of no amount are left out."""
    shown = np.flatnonzero(amount != 0)
    batch = items.documents.text("batch")[items.document[shown]]
    words = filled(len(shown), what) if isinstance(what, str) else what[shown]
    return Traced(
        filled(len(shown), "Invoices"), document_at(ledger, items.invoice_no[shown]),
        items.invoice_no[shown], items.due_date[shown], amount[shown], batch, words,
    )  # fmt: skip


def of_credits(
    ledger: Ledger, owed_back: Credits, amount: IntArray, what: TextArray | str
) -> Traced:
    """Credits as rows of Receipts and Invoices, with an amount of each."""
    receipts = ledger.posted("Receipts")
    at = positions(receipts.text("receipt_no"), owed_back.source_no)
    is_receipt = owed_back.source_type == "Receipt"
    row = np.where(
        is_receipt & (at >= 0),
        receipts.row[at] if len(receipts) else 0,
        np.where(is_receipt, 0, document_at(ledger, owed_back.source_no)),
    )
    count = len(owed_back)
    every = Traced(
        np.where(is_receipt, "Receipts", "Invoices").astype(object), row, owed_back.source_no,
        owed_back.date, amount, filled(count, ""),
        filled(count, what) if isinstance(what, str) else what,
    )  # fmt: skip
    return every.take(np.flatnonzero(amount != 0))


def _split_documents(items: OpenItems, lines: Frame) -> TextArray:
    """The documents whose items are instalments: lines were posted with their last posting."""
    genuine = lines.take(np.flatnonzero(lines.text("reverses") == ""))
    at = positions(items.documents.text("invoice_no"), genuine.text("invoice_no"))
    known = np.flatnonzero(at >= 0)
    same = genuine.text("batch")[known] == items.documents.text("batch")[at[known]]
    return np.asarray(genuine.text("invoice_no")[known[same]], dtype=object)


def _among(texts: TextArray, wanted: TextArray) -> BoolArray:
    return np.asarray(positions(wanted, texts) >= 0, dtype=np.bool_)


def _types(documents: Frame) -> TextArray:
    columns = ("type", "reverses", "due_date")
    rows = zip(*(documents.columns[key].tolist() for key in columns), strict=True)
    return text_array(
        f"{kind} undone" if reverses else f"{kind}, due {due}" for kind, reverses, due in rows
    )


def _paid_by(applications: Frame) -> TextArray:
    return text_array(
        f"{kind} {source}"
        for kind, source in zip(
            applications.text("source_type").tolist(), applications.text("source_no").tolist(),
            strict=True,
        )
    )  # fmt: skip
