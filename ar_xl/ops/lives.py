"""Lives of a number: a document that is undone sets its number free, and another may take it.

The posting of a number lives from its Posting Date to that of the rows that undo it. Lives of one
number never overlap, whatever the dates of undo and new posting: the checks refuse a draft whose
number is still in the books on its Posting Date, so that open items stay sums over a number's rows
on every day.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ar_xl.core.arrays import (
    NAT,
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    positions,
    sum_by,
)
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.periods import closed_months

_NOT_NUMBERED_YET = "~"  # sorts after every batch: rows of the posting that is being decided


def order_of_batches(*columns: TextArray) -> list[IntArray]:
    """The order in which rows were posted, as whole numbers; a batch without a number is last."""
    codes, names = codes_of(*columns)
    names = np.where(names == "", _NOT_NUMBERED_YET, names)
    rank = np.argsort(np.argsort(names.astype(str), kind="stable"), kind="stable")
    return [rank[code] for code in codes]


def postings_of(frame: Frame, number: str, sought: TextArray, rows: Frame) -> IntArray:
    """The posting that each row means: the last one of its number when it was posted.

    Args:
        frame: posted rows of Invoices, Receipts or Adjustments.
        number: the key of the column that numbers them.
        sought: the number that each row names.
        rows: the rows; a contra row means what the row it undoes meant.

    Returns:
        Indexes in `frame` of rows that are no contra rows, -1 where there is none.
    """
    genuine = np.flatnonzero(frame.text("reverses") == "")
    numbers = frame.text(number)[genuine]
    if not pd.Index(numbers, dtype=object).has_duplicates:
        at = positions(numbers, sought)
        return np.where(at >= 0, genuine[at], -1) if len(genuine) else at
    undone = rows.text("reverses")
    meant = np.where(undone != "", undone, rows.text("batch")).astype(object)
    (known, wanted), _ = codes_of(numbers, sought, keep=True)
    posted, asked = order_of_batches(frame.text("batch")[genuine], meant)
    width = int(max(posted.max(initial=0), asked.max(initial=0))) + 1
    keys = known * width + posted
    order = np.argsort(keys, kind="stable")
    spot = np.searchsorted(keys[order], wanted * width + asked, side="right") - 1
    found = order[np.maximum(spot, 0)]
    return np.where((spot >= 0) & (known[found] == wanted), genuine[found], -1)


def taken_on(frame: Frame, number: str, sought: TextArray, dates: DateArray) -> BoolArray:
    """Whether each number stands in the books on a date or later.

    Args:
        frame: posted rows of Invoices, Receipts or Adjustments.
        number: the key of the column that numbers them.
        sought, dates: the numbers and, beside each, the date it is wanted from; a missing date
            asks whether it stands today alone.
    """
    names, free_from = free_days(frame, number)
    at = positions(names, sought)
    free = np.append(free_from, NAT)[at]
    return np.asarray((at >= 0) & (np.isnat(free) | (free > dates)), dtype=np.bool_)


def takes_back(frame: Frame) -> BoolArray:
    """Which rows take a document out of the books.

    A contra row does; one that undoes a contra row (a returned payment that was not) brings the
    document back, and its amount is positive again.
    """
    return np.asarray((frame.text("reverses") != "") & ~(frame.ints("amount") > 0), dtype=np.bool_)


def free_days(frame: Frame, number: str) -> tuple[TextArray, DateArray]:
    """The numbers ever used, and the day from which each is free again; NaT where it stands."""
    (codes,), names = codes_of(frame.text(number), keep=True)
    standing = sum_by(codes, np.where(takes_back(frame), -1, 1), len(names))
    last = np.full(len(names), np.datetime64("0001-01-01", "D"))
    np.maximum.at(last, codes, frame.dates("posting_date"))
    return names, np.where(standing > 0, NAT, last)


def receipt_posting_days(ledger: Ledger, numbers: TextArray, own: DateArray) -> DateArray:
    """The Posting Date that each draft receipt will have: its own date or the first open day.

    One that is made from a bank line has the line's number and can have no other, so it waits in
    the books for the day on which an undone posting of the line has set that number free.

    Args:
        ledger: posted receipts, bank lines and closed months.
        numbers, own: of the drafts; a missing date stays missing.
    """
    closed = closed_months(ledger.posted("Periods"))
    posting = closed.posting_dates(own)
    of_line = positions(ledger.posted("BankLines").text("line_id"), numbers) >= 0
    if not of_line.any():
        return posting
    names, free_from = free_days(ledger.posted("Receipts"), "receipt_no")
    free = np.append(free_from, NAT)[positions(names, numbers)]
    return closed.posting_dates(np.where(of_line & (free > posting), free, posting))
