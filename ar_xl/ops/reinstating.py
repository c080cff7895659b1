"""What undoing an adjustment brings back: documents and applications that it had taken back.

An invoice that was unapplied and then paid by somebody else cannot be paid a second time; a
number that was set free and taken again cannot stand for two documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BLANK, BoolArray, TextArray
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.adjusting.affected import Affected, around
from ar_xl.ops.settlements import day_numbers

_SOURCES = {"Receipt": "Receipts", "Credit Memo": "Invoices", "Adjustment": "Adjustments"}
_NUMBERED = {"Invoices": "invoice_no", "Receipts": "receipt_no", "Adjustments": "adjustment_no"}


def batches_in_the_way(ledger: Ledger, rows: Mapping[str, Frame], batch: str) -> set[str]:
    """The batches that stand against undoing a batch, for the sake of what it took back.

    Args:
        ledger: all posted tables.
        rows: the rows of the batch by table.
        batch: its number.

    Returns:
        Batches that took back a part of this one; those that used again a number, an open amount
        or a credit which this one had set free; those that took away a document between which
        and another this one had undone an application; those that charged a fee again.
    """
    named: set[str] = set()
    for name in rows:
        frame = ledger.posted(name)
        named |= set(frame.text("batch")[frame.text("reverses") == batch].tolist())
    parted = _parted(rows)
    for name, key in _NUMBERED.items():
        frame = ledger.posted(name)
        again = _among(frame.text(key), _freed(rows, name, key)) & (frame.text("reverses") == "")
        again |= _among(frame.text(key), parted[name])
        named |= set(frame.text("batch")[again].tolist())
    fees = ledger.posted("Fees")
    again = _among(fees.text("invoice_no"), _freed(rows, "Fees", "invoice_no"))
    named |= set(fees.text("batch")[again].tolist())
    return named | _using(ledger, rows)


def reinstated_from(ledger: Ledger, rows: Mapping[str, Frame], batch: str) -> np.datetime64:
    """The day before which what a batch took back cannot stand again.

    Args:
        ledger: all posted tables; nothing is in the way any more.
        rows: the rows of the batch by table.
        batch: its number.

    Returns:
        NaT where each row may come back on the day it had gone.
    """
    days = np.array(["NaT"], dtype="datetime64[D]")
    parted = _parted(rows)
    for name, key in _NUMBERED.items():
        frame = ledger.posted(name)
        later = np.asarray(frame.text("batch") > batch, dtype=np.bool_)
        since = _among(frame.text(key), _freed(rows, name, key)) & later
        days = np.concatenate([days, frame.dates("posting_date")[since]])
        days = np.append(
            days, _gone_until(frame, key, _among(frame.text(key), parted[name]) & later)
        )
    books, needed = _needed(ledger, rows)
    for (receipt, number, line), moves in needed.items():
        document = books.documents.get((receipt, number))
        flow = None if document is None else document.flows.get(line)
        amount = 0
        for day, more in sorted(moves) if flow is not None else []:
            amount += more
            ready = flow.ready(amount, day) if flow is not None else day
            if ready > day:
                days = np.append(days, np.datetime64(ready, "D"))
    return np.datetime64(np.fmax.reduce(days), "D")


def _gone_until(frame: Frame, key: str, since: BoolArray) -> np.datetime64:
    """The day from which documents that were taken away and came back stand again.

    NaT where each came back on the day on which it had gone.
    """
    amount = frame.ints("amount")[since]
    moved = pd.DataFrame({
        "number": frame.text(key)[since], "date": frame.dates("posting_date")[since],
        "amount": np.where(amount == BLANK, 0, amount),
    }).groupby(["number", "date"])["amount"].sum()  # fmt: skip
    left = moved[moved != 0].index.get_level_values("date")
    return np.datetime64(left.max(), "D") if len(left) else np.datetime64("NaT", "D")


_Key = tuple[bool, str, int]
_Moves = dict[_Key, list[tuple[int, int]]]


def _needed(ledger: Ledger, rows: Mapping[str, Frame]) -> tuple[Affected, _Moves]:
    """What applications that come back take of each instalment and credit, by day."""
    needed: _Moves = defaultdict(list)
    frame = rows.get("Applications")
    back = None if frame is None else frame.take(np.flatnonzero(frame.text("reverses") != ""))
    if back is None or not len(back):
        return around(Ledger(), set()), needed
    settled = back.ints("amount") + back.ints("discount") + back.ints("difference")
    values = zip(
        back.text("source_type").tolist(), back.text("source_no").tolist(),
        back.text("invoice_no").tolist(), back.ints("line").tolist(), (-settled).tolist(),
        (-back.ints("source_amount")).tolist(), day_numbers(back.dates("posting_date")).tolist(),
        strict=True,
    )  # fmt: skip
    for kind, source, invoice, line, amount, used, day in values:
        needed[False, invoice, line].append((day, amount))
        needed[kind == "Receipt", source, 0].append((day, used))
    return around(ledger, {number for _, number, _ in needed}), needed


def _using(ledger: Ledger, rows: Mapping[str, Frame]) -> set[str]:
    """The batches that use what this one set free, where too little of it is left."""
    books, needed = _needed(ledger, rows)
    short = set()
    for (receipt, number, line), moves in needed.items():
        document = books.documents.get((receipt, number))
        flow = None if document is None else document.flows.get(line)
        if flow is not None and flow.left < sum(more for _, more in moves):
            short.add(number)
    if not short:
        return set()
    used = ledger.posted("Applications")
    mine = _among(used.text("invoice_no"), short) | _among(used.text("source_no"), short)
    mine &= used.text("reverses") == ""
    return set(used.text("batch")[mine].tolist())


def _parted(rows: Mapping[str, Frame]) -> dict[str, set[str]]:
    """By table, the documents between which contra rows undo applications: both must stand."""
    parted: dict[str, set[str]] = {name: set() for name in _NUMBERED}
    frame = rows.get("Applications")
    if frame is None:
        return parted
    back = frame.text("reverses") != ""
    parted["Invoices"] |= set(frame.text("invoice_no")[back].tolist())
    for kind, name in _SOURCES.items():
        mine = back & (frame.text("source_type") == kind)
        parted[name] |= set(frame.text("source_no")[mine].tolist())
    return parted


def _freed(rows: Mapping[str, Frame], table: str, key: str) -> set[str]:
    """The numbers that contra rows among some rows set free."""
    frame = rows.get(table)
    return set() if frame is None else set(frame.text(key)[frame.text("reverses") != ""].tolist())


def _among(texts: TextArray, wanted: set[str]) -> BoolArray:
    if not wanted:
        return np.zeros(len(texts), dtype=np.bool_)
    return np.array(pd.Series(texts, dtype=object).isin(wanted), dtype=np.bool_)
