"""Moves: all that changed what a customer owes, as the customer is told about it.

A row counts on its Posting Date, as in the aging, so that the balance brought forward plus the
moves of a time is the balance at its end, customer by customer and currency by currency. What was
undone within that time is left out together with what it undid: the customer never heard of it. A
returned payment stands beside the payment. Nothing names another customer's documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    NAT,
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    filled,
    positions,
)
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.planinterest import is_plan_interest, told_types
from ar_xl.ops.customers import first_filled
from ar_xl.ops.lives import postings_of

PAYMENT, RETURNED, DISCOUNT, ADJUSTED = "Receipt", "Returned", "Discount", "Adjustment"
WAIVED, INTEREST_WAIVED = "Fee Waiver", "Plan Interest Waived"
ELSEWHERE, FOR_OTHERS = "Paid Elsewhere", "Used Elsewhere"
# The order within a day: documents, then money, then what came of it.
_RANK = {PAYMENT: 1, RETURNED: 2, DISCOUNT: 3, ADJUSTED: 3, WAIVED: 3, INTEREST_WAIVED: 3,
         ELSEWHERE: 4, FOR_OTHERS: 4}  # fmt: skip
# What an adjustment is called in front of the customer: a write-off gives up no claim.
_OF_KIND = {"Special Discount": DISCOUNT, "Fee Waiver": WAIVED}


@dataclass(frozen=True)
class Moves:
    """One element a change of what one customer owes in one currency.

    Args:
        customer_id, currency: whose balance.
        kind: a document type as told, or one of the words above.
        undone: it takes back what stood there before the time that is told about.
        number: the customer's own document, "" where it is somebody else's.
        reference: the customer's order or reference, or the number of the check.
        date, posting_date, due_date: the last is NaT where nothing falls due by it.
        amount: minor units, positive where the customer owes more.
    """

    customer_id: TextArray
    currency: TextArray
    kind: TextArray
    undone: BoolArray
    number: TextArray
    reference: TextArray
    date: DateArray
    posting_date: DateArray
    due_date: DateArray
    amount: IntArray

    def __len__(self) -> int:
        return len(self.amount)

    def take(self, chosen: IntArray | BoolArray) -> Moves:
        """The moves that an index or a mask picks."""
        return Moves(**{name: getattr(self, name)[chosen] for name in self.__dataclass_fields__})


def moves(ledger: Ledger, since: date, as_of: date) -> Moves:
    """Everything with a Posting Date from one day to another, both included, by date.

    Args:
        ledger: posted rows count, drafts do not.
        since, as_of: the first and the last day.
    """
    parts = [_documents(ledger, since, as_of), _receipts(ledger, since, as_of)]
    parts += _applications(ledger, since, as_of)
    kept = [part.take(part.amount != 0) for part in parts]
    made = {
        name: np.concatenate([getattr(part, name) for part in kept])
        for name in Moves.__dataclass_fields__
    }
    every = Moves(**made)
    (codes,), kinds = codes_of(every.kind)
    ranks = np.array([_RANK.get(kind, 0) for kind in kinds] or [0], dtype=np.int64)
    return every.take(np.lexsort((every.number.astype(str), ranks[codes], every.date)))


def _within(frame: Frame, since: date, as_of: date) -> Frame:
    posted = frame.dates("posting_date")
    return frame.take(np.flatnonzero((posted >= day(since)) & (posted <= day(as_of))))


def _told(frame: Frame, number: str, kept: BoolArray | None = None) -> Frame:
    """Rows without those that were undone among them, and without what undid them.

    Args:
        frame: rows of the time that is told about.
        number: the key of the column that numbers them.
        kept: contra rows that are told about all the same.
    """
    kept = np.zeros(len(frame), dtype=np.bool_) if kept is None else kept
    while (frame.text("reverses") != "").any():
        own = frame.text(number) + "\t" + frame.text("batch")
        undoes = frame.text(number) + "\t" + frame.text("reverses")
        contra = (frame.text("reverses") != "") & ~kept
        last = contra & (positions(undoes[frame.text("reverses") != ""], own) < 0)
        where = np.where(last, positions(own, undoes), -1)
        gone = np.zeros(len(frame), dtype=np.bool_)
        gone[where[where >= 0]] = True
        gone |= where >= 0
        if not gone.any():
            break
        frame, kept = frame.take(~gone), kept[~gone]
    return frame


def _documents(ledger: Ledger, since: date, as_of: date) -> Moves:
    rows = _told(_within(ledger.posted("Invoices"), since, as_of), "invoice_no")
    memo, contra = rows.text("type") == "Credit Memo", rows.text("reverses") != ""
    return Moves(
        rows.text("customer_id"), rows.text("currency"),
        told_types(ledger, rows.text("invoice_no"), rows.text("type")), contra,
        rows.text("invoice_no"), first_filled(rows.text("po"), rows.text("reference")),
        np.where(contra, rows.dates("posting_date"), rows.dates("invoice_date")),
        rows.dates("posting_date"), np.where(memo | contra, NAT, rows.dates("due_date")),
        np.where(memo, -1, 1) * rows.ints("amount"),
    )  # fmt: skip


def _receipts(ledger: Ledger, since: date, as_of: date) -> Moves:
    rows = _within(ledger.posted("Receipts"), since, as_of)
    rows = _told(rows, "receipt_no", _returned(ledger, rows))
    contra = rows.text("reverses") != ""
    back = _returned(ledger, rows)
    return Moves(
        rows.text("customer_id"), rows.text("currency"),
        np.where(back, RETURNED, PAYMENT).astype(object), contra & ~back,
        rows.text("receipt_no"), rows.text("check_ref"),
        np.where(contra, rows.dates("posting_date"), rows.dates("receipt_date")),
        rows.dates("posting_date"), np.full(len(rows), NAT), -rows.ints("amount"),
    )  # fmt: skip


def _returned(ledger: Ledger, receipts: Frame) -> BoolArray:
    """Which contra rows of receipts are there because the bank returned the payment."""
    adjustments = ledger.posted("Adjustments")
    bounced = adjustments.take(np.flatnonzero(adjustments.text("kind") == "Bounced"))
    said = bounced.text("batch") + "\t" + bounced.text("document_no")
    mine = positions(said, receipts.text("batch") + "\t" + receipts.text("receipt_no")) >= 0
    return np.asarray(mine & (receipts.text("reverses") != ""), dtype=np.bool_)


def _applications(ledger: Ledger, since: date, as_of: date) -> list[Moves]:
    rows = _told(_within(ledger.posted("Applications"), since, as_of), "application_no")
    invoices = ledger.posted("Invoices")
    document = postings_of(invoices, "invoice_no", rows.text("invoice_no"), rows)
    debtor, owed_in = _at(invoices, "customer_id", document), _at(invoices, "currency", document)
    payer, paid_in = _sources(ledger, rows)
    by_adjustment = rows.text("source_type") == "Adjustment"
    at_home = (payer == debtor) & (paid_in == owed_in)
    contra = rows.text("reverses") != ""

    def told(
        kind: TextArray, amount: IntArray, number: TextArray, theirs: TextArray, code: TextArray
    ) -> Moves:
        return Moves(
            theirs, code, kind, contra, number, filled(len(rows), ""),
            np.where(contra, rows.dates("posting_date"), rows.dates("date")),
            rows.dates("posting_date"), np.full(len(rows), NAT), amount,
        )  # fmt: skip

    def all_are(kind: str) -> TextArray:
        return filled(len(rows), kind)

    number, same = rows.text("invoice_no"), payer == debtor
    kinds = _kinds(ledger, rows)
    interest = is_plan_interest(ledger, number, _at(invoices, "type", document))
    kinds[interest & (kinds == WAIVED)] = INTEREST_WAIVED
    paid, used = rows.ints("amount"), rows.ints("source_amount")
    left = np.where(at_home, used - paid, 0)  # nothing, unless rounding between rates left it
    source_no = np.where(same, rows.text("source_no"), "").astype(object)
    return [
        told(all_are(DISCOUNT), -rows.ints("discount"), number, debtor, owed_in),
        told(all_are(ADJUSTED), -rows.ints("difference") + left, number, debtor, owed_in),
        told(kinds, np.where(by_adjustment, -paid, 0), number, debtor, owed_in),
        told(all_are(ELSEWHERE), np.where(by_adjustment | at_home, 0, -paid), number, debtor,
             owed_in),
        told(all_are(FOR_OTHERS), np.where(by_adjustment | at_home, 0, used), source_no, payer,
             paid_in),
    ]  # fmt: skip


def _at(frame: Frame, key: str, at: IntArray) -> TextArray:
    return np.asarray(np.append(frame.text(key), "")[at], dtype=object)


def _sources(ledger: Ledger, rows: Frame) -> tuple[TextArray, TextArray]:
    """Whose receipt or credit memo pays, and its currency; "" for adjustments."""
    customer, currency = filled(len(rows), ""), filled(len(rows), "")
    for kind, table, number in (
        ("Receipt", "Receipts", "receipt_no"),
        ("Credit Memo", "Invoices", "invoice_no"),
    ):
        mine = np.flatnonzero(rows.text("source_type") == kind)
        some, frame = rows.take(mine), ledger.posted(table)
        at = postings_of(frame, number, some.text("source_no"), some)
        customer[mine], currency[mine] = _at(frame, "customer_id", at), _at(frame, "currency", at)
    return customer, currency


def _kinds(ledger: Ledger, rows: Frame) -> TextArray:
    adjustments = ledger.posted("Adjustments")
    at = postings_of(adjustments, "adjustment_no", rows.text("source_no"), rows)
    (codes,), kinds = codes_of(_at(adjustments, "kind", at))
    names = np.array([_OF_KIND.get(kind, ADJUSTED) for kind in kinds] or [""], dtype=object)
    return np.asarray(names[codes], dtype=object)
