"""One draft adjustment as plain values, and what can be said about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BLANK
from ar_xl.core.findings import Code, Finding
from ar_xl.core.frames import Frame
from ar_xl.ops.ordering import number_keys
from ar_xl.ops.settlements import day_numbers

_TEXTS = (
    "adjustment_no", "kind", "document_no", "apply_to", "application_no", "customer_id",
    "method", "check_ref", "reason", "requested_by", "approved_by",
)  # fmt: skip
_WHOLE = ("line", "amount", "bank_fee", "customer_fee")


@dataclass(frozen=True)
class Draft:
    """One draft row of Adjustments.

    Args:
        place: its place in the frame of drafts.
        row: its sheet row.
        date, posting: day numbers of its date and of its Posting Date.
        line, amount, bank_fee, customer_fee: None where the cell is empty; minor units.
        adjustment_no and the other texts: as typed; the number as posting gives it.
    """

    place: int
    row: int
    date: int
    posting: int
    line: int | None
    amount: int | None
    bank_fee: int | None
    customer_fee: int | None
    adjustment_no: str
    kind: str
    document_no: str
    apply_to: str
    application_no: str
    customer_id: str
    method: str
    check_ref: str
    reason: str
    requested_by: str
    approved_by: str

    @property
    def day(self) -> str:
        """Its date as text."""
        return str(np.datetime64(self.date, "D"))

    @property
    def because(self) -> str:
        """The reason as the rows say it that this adjustment makes."""
        return f"{self.adjustment_no}: {self.reason}"

    def found(self, code: Code, column: str, seen: str, expected: str = "") -> Finding:
        """Something wrong with it.

        Args:
            code: what.
            column: the key of the column it shows in.
            seen: what stands there.
            expected: words of this case, else the code's.
        """
        return Finding(
            code, "Adjustments", self.row, column, self.adjustment_no, seen, expected
        )  # fmt: skip


def in_order(drafts: Frame) -> Frame:
    """By date, then number, then what they say: the order of rows decides nothing."""
    percents = np.array([str(percent or "") for percent in drafts.numbers("percent")], dtype=str)
    order = np.lexsort((
        drafts.text("reason").astype(str), percents, drafts.ints("amount"), drafts.ints("line"),
        drafts.text("application_no").astype(str), drafts.text("document_no").astype(str),
        *number_keys(drafts.text("adjustment_no")), drafts.dates("date"),
    ))  # fmt: skip
    return drafts.take(order)


def drafts_of(frame: Frame) -> Iterator[Draft]:
    """The rows of a frame, whose Posting Date is filled in, one after the other."""
    date, posting = (day_numbers(frame.dates(key)).tolist() for key in ("date", "posting_date"))
    whole = [frame.ints(key).tolist() for key in _WHOLE]
    texts = {key: frame.text(key).tolist() for key in _TEXTS}
    for place, row in enumerate(frame.row.tolist()):
        line, amount, bank_fee, customer_fee = (
            None if each[place] == BLANK else int(each[place]) for each in whole
        )
        words = {key: str(each[place]) for key, each in texts.items()}
        yield Draft(
            place, row, date[place], posting[place], line, amount, bank_fee, customer_fee, **words
        )
