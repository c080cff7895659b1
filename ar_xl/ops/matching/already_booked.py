"""Bank lines that somebody has booked by hand already, so that their money is not posted twice.

The receipt was not made from a bank line, has the same currency, the same money at the bank and a
date near. That its reference stands in the line's texts, or that it is of the customer who seems
to have paid, makes it sure; without that it is a question. Cash, checks and cards go to the bank
with a deposit slip and are matched there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from ar_xl.core.arrays import BoolArray, TextArray, filled, positions
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.banking.states import linked_receipts, standing_receipts
from ar_xl.ops.open_items import zero_if_blank

NEAR = 5  # days between receipt and bank line
_METHODS = ("ACH", "Wire", "Other")
_LEAST_REFERENCE = 4  # characters of a reference that is no accident
SAID = "Already booked "


def already_booked(ledger: Ledger, lines: Frame, payers: TextArray) -> tuple[TextArray, BoolArray]:
    """The posted receipt that each bank line seems to be, "" where there is none.

    Args:
        ledger: its posted receipts.
        lines: open rows of BankLines.
        payers: the customer that seems to have paid each line, "" where nobody knows.

    Returns:
        Receipt numbers, each named once, for the line nearest in date; and whether more than
        money and date speaks for it. Money and date alone count where nobody knows who paid and
        one receipt alone has them.
    """
    return nearest(lines, _candidates(ledger), payers)


def nearest(lines: Frame, receipts: Frame, payers: TextArray) -> tuple[TextArray, BoolArray]:
    """As `already_booked`, for receipts at choice, each with a number of its own."""
    found = filled(len(lines), "")
    sure = np.zeros(len(lines), dtype=np.bool_)
    if not len(receipts) or not len(lines):
        return found, sure
    pairs = sorted(
        (not proved, days, str(receipts.text("receipt_no")[at]), line)
        for line, at, days, proved in _pairs(lines, receipts, payers)
    )
    weak = Counter(line for unproved, _, _, line in pairs if unproved)
    taken: set[str] = set()
    for unproved, _, number, line in pairs:
        open_to_it = not unproved or (weak[line] == 1 and not payers[line])
        if open_to_it and not found[line] and number not in taken:
            found[line], sure[line] = number, not unproved
            taken.add(number)
    return found, sure


def _candidates(ledger: Ledger) -> Frame:
    receipts = standing_receipts(ledger)
    numbers = receipts.text("receipt_no")
    free = positions(ledger.posted("BankLines").text("line_id"), numbers) < 0
    free &= positions(linked_receipts(ledger)[1], numbers) < 0
    free &= np.isin(receipts.text("method").astype(str), _METHODS)
    return receipts.take(free)


def _pairs(
    lines: Frame, receipts: Frame, payers: TextArray
) -> Iterator[tuple[int, int, int, bool]]:
    """Line, receipt, days between them, and whether more than their money is the same."""
    by_money: dict[tuple[str, int], list[int]] = {}
    net = receipts.ints("amount") - zero_if_blank(receipts.ints("bank_fee"))
    for at, key in enumerate(zip(receipts.text("currency"), net.tolist(), strict=True)):
        by_money.setdefault(key, []).append(at)
    money = lines.ints("amount") - zero_if_blank(lines.ints("fee"))
    dates = lines.dates("date").astype(np.int64)
    received = receipts.dates("receipt_date").astype(np.int64)
    for line, key in enumerate(zip(lines.text("currency"), money.tolist(), strict=True)):
        for at in by_money.get(key, ()):
            days = abs(int(dates[line]) - int(received[at]))
            if days > NEAR:
                continue
            paid_by = payers[line]
            same = bool(paid_by) and paid_by == receipts.text("customer_id")[at]
            named = same or named_by(lines, line, str(receipts.text("check_ref")[at]))
            yield line, at, days, named


def named_by(lines: Frame, line: int, reference: str) -> bool:
    """Whether a reference stands in the texts of a bank line, capitals and blanks aside."""
    wanted = "".join(reference.split()).casefold()
    if len(wanted) < _LEAST_REFERENCE:
        return False
    texts = " ".join(str(lines.text(key)[line]) for key in ("reference", "text", "bank_id"))
    return wanted in "".join(texts.split()).casefold()
