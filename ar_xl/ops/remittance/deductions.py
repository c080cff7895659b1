"""Deductions: what a payer kept back with a reason stands apart as a dispute of its own.

A short payment is so split into what is paid, what is contested, and what is simply still open.
The contested part ages on, but is not dunned and no rule of allocation pays it.
"""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import TextArray, filled, text_array
from ar_xl.core.collectingtables import DISPUTES
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.money import money_text
from ar_xl.ops.allocation import Allocation
from ar_xl.ops.numbering import occurrences

PREFIX = "D-"
UNDONE = "The posting was undone"


def dispute_rows(ledger: Ledger, decided: Allocation) -> Frame:
    """The Disputes rows of what the receipts of a batch deducted.

    Args:
        ledger: whose Disputes are there already; an earlier life of a receipt left its own.
        decided: what was allocated; receipts that were refused deduct nothing.

    Returns:
        Rows named after their receipt, opened on its Posting Date. A document in instalments
        says which of them is meant.
    """
    kept = [each for each in decided.deducted if each.receipt not in decided.refused]
    receipt = np.array([each.receipt for each in kept], dtype=np.int64)
    item = np.array([each.item for each in kept], dtype=np.int64)
    receipts, items = decided.batch.receipts, decided.batch.items
    numbers = receipts.text("receipt_no")[receipt]
    return Frame.build(
        DISPUTES,
        len(kept),
        dispute_no=_numbers(ledger, text_array(PREFIX + number for number in numbers)),
        invoice_no=items.invoice_no[item],
        line=items.line[item],
        amount=np.array([each.amount for each in kept], dtype=np.int64),
        reason=text_array(each.reason for each in kept),
        opened=receipts.dates("posting_date")[receipt],
    )


def _numbers(
    ledger: Ledger, stems: np.ndarray[tuple[int], np.dtype[np.object_]]
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Each stem with the next count that no dispute has."""
    taken = set(ledger.posted("Disputes").text("dispute_no").tolist())
    made = []
    for stem, count in zip(stems.tolist(), occurrences(stems).tolist(), strict=True):
        while f"{stem}-{count}" in taken:
            count += 1
        taken.add(f"{stem}-{count}")
        made.append(f"{stem}-{count}")
    return text_array(made)


def withdrawn(ledger: Ledger, batch: str) -> Change:
    """Close the disputes that the receipts of a batch opened, as that batch is undone.

    Args:
        ledger: as it stands before the undo is taken into it.
        batch: its number.

    Returns:
        The rows as they will stand, closed on the day they were opened: they count nowhere, and
        what a person wrote into them stays.
    """
    receipts, disputes = ledger.posted("Receipts"), ledger.posted("Disputes")
    stems = {
        PREFIX + number
        for number in receipts.text("receipt_no")[receipts.text("batch") == batch].tolist()
    }
    mine = [
        at for at, number in enumerate(disputes.text("dispute_no").tolist())
        if number.startswith(PREFIX) and number.rpartition("-")[0] in stems
    ]  # fmt: skip
    rows = disputes.take(np.array(mine, dtype=np.int64))
    rows = rows.take(np.isnat(rows.dates("closed")) & ~np.isnat(rows.dates("opened")))
    if not len(rows):
        return Change()
    resolution = rows.text("resolution").copy()
    resolution[resolution == ""] = f"{UNDONE}: {batch}"
    closed = rows.replace(resolution=resolution, closed=rows.dates("opened"))
    return Change(posts={"Disputes": closed})


def deducted_words(ledger: Ledger, receipts: Frame) -> TextArray:
    """What each receipt deducted, in words: `INV-9 5.00 Damage`; "" where nothing was.

    Args:
        ledger: with the disputes that the receipts opened.
        receipts: posted ones.
    """
    disputes = ledger.posted("Disputes")
    numbers, words = receipts.text("receipt_no").tolist(), filled(len(receipts), "")
    places = {PREFIX + number: at for at, number in enumerate(numbers)}
    for at, number in enumerate(disputes.text("dispute_no").tolist()):
        place = places.get(number.rpartition("-")[0], -1)
        if place < 0 or str(disputes.text("resolution")[at]).startswith(UNDONE):
            continue
        currency = str(receipts.text("currency")[place])
        amount = money_text(int(disputes.ints("amount")[at]), currency)
        said = f"{disputes.text('invoice_no')[at]} {amount} {disputes.text('reason')[at]}"
        words[place] = f"{words[place]}; {said}" if words[place] else said
    return words
