"""Derived columns: kept up to date after every posting, outside seal and hash."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, codes_of, filled, sum_by
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Derived, Ledger
from ar_xl.ops.banking.slips import slip_of, standing_slips
from ar_xl.ops.banking.states import line_changes
from ar_xl.ops.banking.ties import tie_changes
from ar_xl.ops.collecting.planend import plan_changes
from ar_xl.ops.lives import takes_back


def receipt_status(amounts: IntArray, unapplied: IntArray) -> TextArray:
    """Applied, Part applied or Unapplied; minor units."""
    status = filled(len(amounts), "Part applied")
    status[unapplied == 0] = "Applied"
    status[unapplied == amounts] = "Unapplied"
    return status


def derived_changes(ledger: Ledger) -> tuple[Derived, ...]:
    """What derived columns of receipts, adjustments, bank lines and plans should say and do not.

    Args:
        ledger: as it stands after a posting; only rows that are in a sheet are considered.
    """
    receipts, adjustments = ledger.posted("Receipts"), ledger.posted("Adjustments")
    undone = _undone(receipts, "receipt_no")
    used = ledger.posted("Applications")
    used = used.take(used.text("source_type") == "Receipt")
    (owner, source), texts = codes_of(
        receipts.text("receipt_no"), used.text("source_no"), keep=True
    )
    spent = sum_by(source, used.ints("source_amount"), len(texts))[owner]
    amounts = receipts.ints("amount")
    unapplied = np.where(undone, 0, amounts - spent)
    status = receipt_status(amounts, unapplied)
    status[undone] = "Reversed"
    made = [
        _changed(receipts, "status", status),
        _changed(receipts, "unapplied", unapplied),
    ]
    if len(ledger.posted("Deposits")):
        made.append(_changed(receipts, "deposit_no", _slip_numbers(ledger, receipts)))
    posted = filled(len(adjustments), "Posted")
    posted[_undone(adjustments, "adjustment_no")] = "Reversed"
    made.append(_changed(adjustments, "status", posted))
    changed = (change for change in made if len(change.rows))
    return (*changed, *line_changes(ledger), *tie_changes(ledger), *plan_changes(ledger))


def _slip_numbers(ledger: Ledger, receipts: Frame) -> TextArray:
    """The slip that each receipt lies on; a contra row is on none."""
    number = standing_slips(ledger, LAST_DATE).number
    at = np.where(receipts.text("reverses") == "", slip_of(ledger, receipts), -1)
    return np.asarray(np.append(number, "")[at], dtype=object)


def _undone(frame: Frame, number: str) -> BoolArray:
    """Rows that a later batch reversed, and all rows that name a batch which they undo.

    A row that undoes a contra row sets it at naught: what it had reversed stands again.
    """
    names, batch, reverses = frame.text(number), frame.text("batch"), frame.text("reverses")
    contra = reverses != ""
    out = np.asarray(contra, dtype=np.bool_).copy()
    if not contra.any():
        return out
    back = contra & ~takes_back(frame)
    at_naught = set(zip(names[back], reverses[back], strict=True))
    gone = np.flatnonzero(contra & ~back)
    pairs = {
        (names[i], reverses[i]) for i in gone.tolist() if (names[i], batch[i]) not in at_naught
    }
    (numbers,), texts = codes_of(names, keep=True)
    touched = np.isin(numbers, np.flatnonzero(np.isin(texts.astype(str), [n for n, _ in pairs])))
    for i in np.flatnonzero(touched & ~contra).tolist():
        out[i] = (names[i], batch[i]) in pairs
    return out


def _changed(frame: Frame, column: str, wanted: IntArray | TextArray) -> Derived:
    differs = (frame.columns[column] != wanted) & (frame.row > 0)
    rows = np.flatnonzero(differs)
    return Derived(frame.table.name, column, frame.row[rows], wanted[rows])
