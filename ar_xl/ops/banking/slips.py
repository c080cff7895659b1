"""Deposit slips: which receipts lie on which, and which still wait to be deposited.

A slip is one row of Deposits whose Receipts cell lists the receipts. A row of the same number
without receipts is a fee that was found later, when the bank line came. What was undone has a
contra row; a number is never given twice, so that a slip stands where its rows do not cancel.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BoolArray,
    IntArray,
    TextArray,
    codes_of,
    positions,
    sum_by,
    text_array,
)
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger, view
from ar_xl.ops.banking.accounts import came_through_bank
from ar_xl.ops.lives import postings_of
from ar_xl.ops.open_items import live_rows, posted_by, zero_if_blank

UNDEPOSITED_METHODS = ("Cash", "Check", "Card")
_SEPARATOR = ";"


@dataclass(frozen=True)
class Slips:
    """The slips that stand at a date, one element a slip.

    Args:
        rows: their Deposits rows.
        total: what lies on them, minor units.
        fee: what the bank or the processor kept, fees found later included.
    """

    rows: Frame
    total: IntArray
    fee: IntArray

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def number(self) -> TextArray:
        """Their numbers."""
        return self.rows.text("deposit_no")

    @property
    def net(self) -> IntArray:
        """What should come to the bank account."""
        return self.total - self.fee

    def take(self, chosen: IntArray | BoolArray) -> Slips:
        """The slips that an index or a mask picks."""
        return Slips(self.rows.take(chosen), self.total[chosen], self.fee[chosen])


@dataclass(frozen=True)
class SlipLines:
    """What lies on slips, one element a receipt.

    Args:
        slip: index of the Deposits row.
        receipt: index of the posted Receipts row, -1 where it is not there any more.
        number: of the receipt, as the slip lists it.
    """

    slip: IntArray
    receipt: IntArray
    number: TextArray


def listing(numbers: TextArray) -> str:
    """Numbers as one cell: `R-1; R-2`; one that would be misread is put in quotes."""
    return "; ".join(_quoted(str(number)) for number in numbers.tolist())


def _quoted(number: str) -> str:
    plain = _SEPARATOR not in number and '"' not in number and number == number.strip()
    return number if plain else '"' + number.replace('"', '""') + '"'


def listed(cell: str) -> list[str]:
    """The numbers that a cell lists; `listing` backwards."""
    if '"' not in cell:
        return [part.strip() for part in cell.split(_SEPARATOR) if part.strip()]
    row = next(csv.reader([cell], delimiter=_SEPARATOR, skipinitialspace=True), [])
    return [part for part in row if part]


def is_slip(deposits: Frame) -> BoolArray:
    """Which rows of Deposits are slips, undone ones and contra rows included, and no late fees."""
    return np.asarray(deposits.text("receipts") != "", dtype=np.bool_)


@view("Deposits", of_rows_posted_by=True)
def standing_slips(ledger: Ledger, as_of: date) -> Slips:
    """The slips posted by a date and not undone by then."""
    rows = posted_by(ledger.posted("Deposits"), as_of)
    (which,), numbers = codes_of(rows.text("deposit_no"))
    contra, slip = rows.text("reverses") != "", is_slip(rows)
    count = sum_by(which, np.where(slip, np.where(contra, -1, 1), 0), len(numbers))
    total = sum_by(which, zero_if_blank(rows.ints("total")), len(numbers))
    fee = sum_by(which, zero_if_blank(rows.ints("fee")), len(numbers))
    mine = np.flatnonzero(slip & ~contra & (count[which] > 0))
    return Slips(rows.take(mine), total[which[mine]], fee[which[mine]])


def slip_lines(ledger: Ledger, deposits: Frame) -> SlipLines:
    """The receipts on some rows of Deposits.

    Args:
        ledger: its Receipts.
        deposits: slips or contra rows of slips; a late fee lists none.

    A number that was undone and posted again means the posting that stood when the slip was made.
    """
    parts = [listed(str(cell)) for cell in deposits.text("receipts").tolist()]
    slip = np.repeat(np.arange(len(parts), dtype=np.int64), [len(part) for part in parts])
    number = text_array(each for part in parts for each in part)
    receipts = ledger.posted("Receipts")
    receipt = postings_of(receipts, "receipt_no", number, deposits.take(slip))
    return SlipLines(slip, receipt, number)


def received_net(receipts: Frame) -> IntArray:
    """What came in of receipts, minor units: the amount less what the payer's bank kept."""
    return receipts.ints("amount") - zero_if_blank(receipts.ints("bank_fee"))


def goes_on_a_slip(ledger: Ledger, receipts: Frame) -> BoolArray:
    """Which receipts are booked to Undeposited: cash, checks and cards that no bank line brought.

    Those before the cut-over date were deposited before the books began.
    """
    mine = np.isin(receipts.text("method").astype(str), UNDEPOSITED_METHODS)
    mine &= ~came_through_bank(ledger, receipts.text("receipt_no"))[0]
    cut_over = ledger.policy.settings.cut_over
    if cut_over is not None:
        mine &= ~(receipts.dates("receipt_date") < day(cut_over))
    return np.asarray(mine, dtype=np.bool_)


def slip_of(ledger: Ledger, receipts: Frame, as_of: date = LAST_DATE) -> IntArray:
    """For each receipt the slip it lies on, an index of `standing_slips`; -1 where on none.

    Args:
        ledger: with the receipts in it.
        receipts: posted rows of Receipts; a contra row means the row that it undoes.
        as_of: slips posted by then.
    """
    slips = standing_slips(ledger, as_of)
    lines = slip_lines(ledger, slips.rows)
    every = ledger.posted("Receipts")
    on = np.full(len(every) + 1, -1, dtype=np.int64)
    there = lines.receipt >= 0
    on[lines.receipt[there]] = lines.slip[there]
    at = postings_of(every, "receipt_no", receipts.text("receipt_no"), receipts)
    return on[at]


def undeposited(ledger: Ledger, as_of: date) -> Frame:
    """The receipts that wait to be deposited at a date, in the order of their dates.

    Cash, checks and cards dated and posted by then, not undone or bounced, and on no slip.
    """
    live, total = live_rows(ledger.posted("Receipts"), "receipt_no")
    live = live.take(np.flatnonzero(total != 0))
    live = live.take(live.dates("receipt_date") <= day(as_of))
    live = live.take(live.dates("posting_date") <= day(as_of))
    live = live.take(goes_on_a_slip(ledger, live))
    live = live.take(slip_of(ledger, live) < 0)
    order = np.lexsort((live.text("receipt_no").astype(str), live.dates("receipt_date")))
    return live.take(order.astype(np.int64))


def first_receipts(ledger: Ledger, deposits: Frame) -> IntArray:
    """For each row of Deposits the posted receipt that its slip lists first, -1 where none does.

    A late fee means the slip of its number.
    """
    every = ledger.posted("Deposits")
    slips = every.take(np.flatnonzero(is_slip(every) & (every.text("reverses") == "")))
    heads = [listed(str(cell))[:1] for cell in slips.text("receipts").tolist()]
    number = text_array(head[0] if head else "" for head in heads)
    first = postings_of(ledger.posted("Receipts"), "receipt_no", number, slips)
    at = positions(slips.text("deposit_no"), deposits.text("deposit_no"))
    return np.append(first, -1)[at]


def batches_on_slips(ledger: Ledger, rows: Mapping[str, Frame]) -> set[str]:
    """The batches that build on some posted rows by way of slips.

    Args:
        ledger: all posted tables.
        rows: the rows by table, those of one batch.

    Returns:
        Of receipts: the batches of the slips they lie on. Of slips: the batches of fees that were
        found later, and of receipts that bounced since.
    """
    slips = standing_slips(ledger, LAST_DATE)
    named: set[str] = set()
    receipts = rows.get("Receipts")
    if receipts is not None:
        on = slip_of(ledger, receipts)
        named |= set(slips.rows.text("batch")[on[on >= 0]].tolist())
    mine = rows.get("Deposits")
    if mine is not None:
        every, back = ledger.posted("Deposits"), ledger.posted("Receipts")
        numbers = mine.text("deposit_no")[is_slip(mine)]
        late = (positions(numbers, every.text("deposit_no")) >= 0) & ~is_slip(every)
        named |= set(every.text("batch")[late].tolist())
        back = back.take(np.flatnonzero(back.text("reverses") != ""))
        on = slip_of(ledger, back)
        at = np.flatnonzero(on >= 0)
        bounced = at[positions(numbers, slips.number[on[at]]) >= 0]
        named |= set(back.text("batch")[bounced].tolist())
    return named
