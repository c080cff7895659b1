"""Dossier: what an agency or a lawyer needs to know about one customer, and nobody else's facts.

Open items, money not applied, and what happened: calls, letters, promises, payments. Notes are
left out: they are for the house. A payment that somebody else made for this customer shows
neither who nor by which check.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, TextArray, positions
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.collecting.ladder import done_days
from ar_xl.ops.collecting.planinterest import told_types
from ar_xl.ops.collecting.promises import promises
from ar_xl.ops.open_items import Credits, OpenItems, credits, open_items, posted_by

TOLD = ("Call", "Letter", "Email", "Statement", "Escalation")
NOT_SENT = "not sent"


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    Args:
        on: when.
        kind: a kind of Activities, of sources, or Dispute.
        state: what became of it: of a promise its state, of a paper NOT_SENT, of a payment
            `taken back`, of a dispute `opened` or `closed`.
        about: the documents it was about.
        words: as somebody typed them.
        amount: minor units, BLANK where there is none.
        currency: of the amount.
        due: the day promised.
    """

    on: date
    kind: str
    state: str = ""
    about: str = ""
    words: str = ""
    amount: int = BLANK
    currency: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Dossier:
    """All about one customer.

    Args:
        as_of: the date.
        customer: the row of Customers.
        items: what is open, oldest due first.
        types: what each is called; interest of a plan is no late fee.
        contested: the disputed part of each.
        left: receipts and credit memos not applied.
        events: what happened, in order.
    """

    as_of: date
    customer: Frame
    items: OpenItems
    types: TextArray
    contested: IntArray
    left: Credits
    events: tuple[Event, ...]

    @property
    def overdue(self) -> BoolArray:
        """Which items are past due."""
        return np.asarray(self.items.due_date < day(self.as_of), dtype=np.bool_)


def dossier(ledger: Ledger, as_of: date, customer_id: str) -> Dossier:
    """Gather what is known of one customer at a date.

    Args:
        ledger: posted rows count; nothing after the date does.
        as_of: the date.
        customer_id: with a row of Customers.
    """
    customers = ledger.posted("Customers")
    every = open_items(ledger, as_of)
    mine = every.take(np.flatnonzero(every.customer_id == customer_id))
    owed = mine.take(np.flatnonzero(mine.open != 0))
    owed = owed.take(np.lexsort((owed.line, owed.due_date)))
    paid = credits(ledger, as_of)
    left = paid.take(np.flatnonzero((paid.customer_id == customer_id) & (paid.unapplied != 0)))
    events = (
        *_activities(ledger, as_of, customer_id), *_promises(ledger, as_of, customer_id),
        *_payments(ledger, as_of, customer_id, mine), *_disputes(ledger, as_of, mine),
    )  # fmt: skip
    return Dossier(
        as_of,
        customers.take(np.flatnonzero(customers.text("customer_id") == customer_id)),
        owed,
        told_types(ledger, owed.invoice_no, owed.type),
        disputed(ledger, owed, as_of),
        left,
        tuple(sorted(events, key=lambda event: event.on)),
    )


def _activities(ledger: Ledger, as_of: date, customer_id: str) -> Iterable[Event]:
    rows = ledger.posted("Activities")
    made = rows.dates("date") <= day(as_of)
    told = np.isin(rows.text("kind").astype(str), TOLD)
    rows = rows.take(np.flatnonzero((rows.text("customer_id") == customer_id) & made & told))
    done = done_days(rows)
    sent = done <= day(as_of)
    on = np.where(sent, done, rows.dates("date"))
    for i in range(len(rows)):
        words = ". ".join(filter(None, (rows.text(key)[i] for key in ("step", "outcome"))))
        yield Event(
            on[i].item(), rows.text("kind")[i], "" if sent[i] else NOT_SENT,
            rows.text("invoice_no")[i], words,
        )  # fmt: skip


def _promises(ledger: Ledger, as_of: date, customer_id: str) -> Iterable[Event]:
    made = promises(ledger, as_of)
    made = made.take(np.flatnonzero(made.customer_id == customer_id))
    for i in range(len(made.state)):
        yield Event(
            made.made[i].item(), "Promise", made.state[i], made.invoice_no[i], "",
            int(made.wanted[i]), made.currency[i], made.due[i].item(),
        )  # fmt: skip


def _payments(ledger: Ledger, as_of: date, customer_id: str, mine: OpenItems) -> Iterable[Event]:
    """What reduced the customer's documents, by source and day; what was taken back apart."""
    rows = posted_by(ledger.posted("Applications"), as_of)
    at = positions(mine.invoice_no, rows.text("invoice_no"))
    rows, at = rows.take(np.flatnonzero(at >= 0)), at[at >= 0]
    settled = rows.ints("amount") + rows.ints("discount") + rows.ints("difference")
    groups: dict[tuple[date, str, str, str, bool], list[int]] = {}
    for i in range(len(rows)):
        back = rows.text("reverses")[i] != ""
        key = (rows.dates("date")[i].item(), rows.text("source_type")[i],
               rows.text("source_no")[i], mine.currency[at[i]], back)  # fmt: skip
        groups.setdefault(key, []).append(i)
    for (on, kind, number, currency, back), members in groups.items():
        documents = dict.fromkeys(rows.text("invoice_no")[i] for i in members)
        yield Event(
            on, kind, "taken back" if back else "", ", ".join(documents),
            _how(ledger, number, customer_id) if kind == "Receipt" else "",
            int(settled[members].sum()), currency,
        )  # fmt: skip


def _how(ledger: Ledger, number: str, customer_id: str) -> str:
    """Method and reference of the customer's own receipt; nothing of somebody else's."""
    receipts = ledger.posted("Receipts")
    found = (receipts.text("receipt_no") == number) & (receipts.text("customer_id") == customer_id)
    at = np.flatnonzero(found)[:1]
    texts = (receipts.text(key)[i] for i in at.tolist() for key in ("method", "check_ref"))
    return " ".join(text for text in texts if text not in ("", "Other"))


def _disputes(ledger: Ledger, as_of: date, mine: OpenItems) -> Iterable[Event]:
    rows = ledger.posted("Disputes")
    at = positions(mine.invoice_no, rows.text("invoice_no"))
    for i in np.flatnonzero((at >= 0) & (rows.dates("opened") <= day(as_of))).tolist():
        about, currency = rows.text("invoice_no")[i], mine.currency[at[i]]
        yield Event(rows.dates("opened")[i].item(), "Dispute", "opened", about,
                    rows.text("reason")[i], int(rows.ints("amount")[i]), currency)  # fmt: skip
        closed = rows.dates("closed")[i]
        if closed <= day(as_of):
            yield Event(closed.item(), "Dispute", "closed", about, rows.text("resolution")[i])
