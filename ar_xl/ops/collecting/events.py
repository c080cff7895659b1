"""What calls for a letter of its own: a hand-over, a returned payment, a broken promise, a hold.

Each is written about once. The row of Activities that was made with the letter is how one knows,
whether the letter was sent since or still waits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, codes_of, sum_by
from ar_xl.core.dates import as_date, day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.escalation import TAKEN_BACK
from ar_xl.ops.collecting.promises import BROKEN, promises
from ar_xl.ops.open_items import live_rows, posted_by
from ar_xl.ops.settlements import day_numbers

HAND_OVER, RETURNED = "Hand-over", "Returned payment"
PROMISE_BROKEN, CREDIT_HOLD = "Promise broken", "Credit hold"
EVENTS = (HAND_OVER, RETURNED, PROMISE_BROKEN, CREDIT_HOLD)  # the most serious first
LETTER_KINDS = ("Letter", "Email")
_WORDS = re.compile(r"[^\s,;:()]+")
STILL_NEWS = np.timedelta64(90, "D")  # what is older than this is no reason for a letter


@dataclass(frozen=True)
class Returned:
    """A payment that the bank took back.

    Args:
        adjustment_no: of the row that took it back.
        receipt_no, check_no: of the payment.
        on: the day it came back.
        amount, currency: of the payment, minor units.
        invoices: numbers of what it had paid.
    """

    adjustment_no: str
    receipt_no: str
    check_no: str
    on: date
    amount: int
    currency: str
    invoices: tuple[str, ...]


@dataclass(frozen=True)
class BrokenPromise:
    """A promise whose days are over.

    Args:
        invoice_no: the invoice it was about; "" where it was about all that is due.
        due: the day promised.
        last_day: due and grace, days since 1970.
        amount, received, currency: promised and come in, minor units.
    """

    invoice_no: str
    due: date
    last_day: int
    amount: int
    received: int
    currency: str


def waiting(activities: Frame) -> BoolArray:
    """Which rows had a paper made that nobody has marked as sent."""
    unsent = np.isnat(activities.dates("done_on")) & (activities.text("paper") != "")
    return np.asarray(unsent, dtype=np.bool_)


def returned_payments(ledger: Ledger, as_of: date) -> dict[str, Returned]:
    """The latest payment of each customer that came back lately and that no letter was about.

    Args:
        ledger: posted rows count; a return that was undone does not.
        as_of: nothing after it counts.
    """
    rows = posted_by(ledger.posted("Adjustments"), as_of)
    rows = rows.take(np.flatnonzero(rows.text("kind") == "Bounced"))
    if not len(rows):
        return {}
    (codes,), names = codes_of(rows.text("adjustment_no"))
    standing = sum_by(codes, np.where(rows.text("reverses") == "", 1, -1), len(names)) > 0
    lately = rows.dates("posting_date") > day(as_of) - STILL_NEWS
    rows = rows.take(np.flatnonzero(standing[codes] & (rows.text("reverses") == "") & lately))
    receipts, _ = live_rows(ledger.posted("Receipts"), "receipt_no")
    at = {str(number): i for i, number in enumerate(receipts.text("receipt_no"))}
    paid = ledger.posted("Applications")
    told = _told_of(ledger.posted("Activities"))
    found: dict[str, Returned] = {}
    for i in np.argsort(rows.dates("date"), kind="stable").tolist():
        number, receipt = str(rows.text("adjustment_no")[i]), str(rows.text("document_no")[i])
        if receipt not in at or number in told:
            continue
        place = at[receipt]
        mine = (paid.text("source_no") == receipt) & (paid.text("reverses") == "")
        found[str(receipts.text("customer_id")[place])] = Returned(
            number, receipt, str(receipts.text("check_ref")[place]), as_date(rows.dates("date")[i]),
            int(receipts.ints("amount")[place]), str(receipts.text("currency")[place]),
            tuple(sorted(set(paid.text("invoice_no")[mine].tolist()))),
        )  # fmt: skip
    return found


def _told_of(activities: Frame) -> set[str]:
    """Numbers of the returns that letters were about and that were sent, as Outcome names them."""
    mine = activities.take((activities.text("step") == RETURNED) & ~waiting(activities))
    return set(_WORDS.findall("\n".join(mine.text("outcome").tolist())))


def broken_promises(ledger: Ledger, as_of: date) -> dict[str, BrokenPromise]:
    """The latest promise of each customer that was broken lately and not written about.

    A letter of any kind after its last day counts: who was reminded since has been told.

    Args:
        ledger: its Activities, and what was posted.
        as_of: nothing after it counts.
    """
    made = promises(ledger, as_of)
    lately = made.last_day > int(day_numbers(np.array([day(as_of) - STILL_NEWS]))[0])
    made = made.take(np.flatnonzero((made.state == BROKEN) & lately))
    last = last_letters(ledger, as_of)
    found: dict[str, BrokenPromise] = {}
    for i in np.lexsort((made.wanted, made.due)).tolist():
        customer = str(made.customer_id[i])
        if last.get(customer, -1) > made.last_day[i]:
            found.pop(customer, None)
            continue
        found[customer] = BrokenPromise(
            str(made.invoice_no[i]), as_date(made.due[i]), int(made.last_day[i]),
            int(made.wanted[i]), int(made.received[i]), str(made.currency[i]),
        )  # fmt: skip
    return found


def last_letters(ledger: Ledger, as_of: date) -> dict[str, int]:
    """When the last letter to each customer was made, days since 1970; not those that wait.

    Args:
        ledger: its Activities.
        as_of: letters after it do not count.
    """
    rows = ledger.posted("Activities")
    kinds = np.isin(rows.text("kind").astype(str), LETTER_KINDS)
    kept = np.flatnonzero(kinds & ~waiting(rows) & (rows.dates("date") <= day(as_of)))
    days = day_numbers(rows.dates("date")[kept])
    order = np.argsort(days, kind="stable")
    customers = rows.text("customer_id")[kept]
    return {str(customers[i]): int(days[i]) for i in order.tolist()}


@dataclass(frozen=True)
class Written:
    """The latest row of Activities for each customer and step.

    Args:
        rows: of Activities by date, those that name a step and escalations: up to a
            date, and later ones with a paper. A run for an earlier day must not
            make again what one for a later day made.
        at: index of the row by customer and step.
        as_of: the date.
    """

    rows: Frame
    at: Mapping[tuple[str, str], int]
    as_of: date

    @classmethod
    def up_to(cls, ledger: Ledger, as_of: date) -> Written:
        """What was written up to a date, or has a paper of a later one."""
        rows = ledger.posted("Activities")
        known = (rows.dates("date") <= day(as_of)) | (rows.text("paper") != "")
        named = (rows.text("step") != "") | (rows.text("kind") == "Escalation")
        rows = rows.take(named & known)
        rows = rows.take(np.argsort(rows.dates("date"), kind="stable"))
        keys = zip(rows.text("customer_id").tolist(), rows.text("step").tolist(), strict=True)
        return cls(rows, {key: i for i, key in enumerate(keys)}, as_of)

    def latest(self, customer: str, step: str, since: np.datetime64) -> int:
        """The latest row of a customer's step from a day on; -1 where there is none."""
        found = self.at.get((customer, step), -1)
        return found if found >= 0 and self.rows.dates("date")[found] >= since else -1

    def waits(self, row: int) -> bool:
        """Whether a paper was made for a row that nobody has marked as sent."""
        return bool(waiting(self.rows.take(np.array([row])))[0])

    def sent_later(self, row: int) -> date | None:
        """The day after the date on which a row's paper was sent; None where it was not."""
        on = self.rows.dates("done_on")[row]
        return as_date(on) if not np.isnat(on) and on > day(self.as_of) else None

    def taken_back_since(self, row: int) -> bool:
        """Whether a customer who was handed over in a row was taken back afterwards.

        A letter about anything else says so too: who is handed over gets none.
        """
        rows = self.rows
        kind, step = rows.text("kind").astype(str), rows.text("step").astype(str)
        back = (kind == "Escalation") & np.strings.startswith(
            rows.text("outcome").astype(str), TAKEN_BACK
        )
        other = np.isin(kind, LETTER_KINDS) & ~np.isin(step, ("", HAND_OVER))
        later = (np.arange(len(rows)) > row) & (rows.dates("date") <= day(self.as_of))
        theirs = rows.text("customer_id") == rows.text("customer_id")[row]
        return bool(((back | other) & later & theirs).any())
