"""What adjustments are about: the few documents and applications that they can touch.

Adjustments are decided one after the other, each on what the earlier ones left. That is done on
plain objects made once from the rows of the documents named; the ledger itself stays as it is.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BoolArray, TextArray
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.open_items import OpenItems, credits, live_rows, open_items
from ar_xl.ops.settlements import day_numbers

RECEIPT, MEMO, ADJUSTMENT = "Receipt", "Credit Memo", "Adjustment"


@dataclass
class Flow:
    """An amount that is used up by moves, each from its day on; minor units.

    Args:
        amount: of the whole.
        moves: day number and what is used from it on; negative where it was given back.
    """

    amount: int
    moves: list[tuple[int, int]] = field(default_factory=list)

    @property
    def left(self) -> int:
        """What is not used, all that is posted counted."""
        return self.amount - sum(used for _, used in self.moves)

    def ready(self, needed: int, wanted: int) -> int:
        """The first day from `wanted` on from which so much is left, today and for good.

        Args:
            needed: no more than what is left.
            wanted: a day number.
        """
        by_day: dict[int, int] = defaultdict(int)
        for day, used in self.moves:
            by_day[day] += used
        days = sorted(by_day)
        left = self.amount
        for day, following in itertools.pairwise(days):
            left -= by_day[day]
            if left < needed:
                wanted = max(wanted, following)
        return wanted


@dataclass
class Document:
    """A posted document or receipt that stands.

    Args:
        kind: its type: Invoice, Credit Memo, Late Fee, ..., or Receipt.
        number, customer_id, currency: of the document.
        posted: day number of its Posting Date.
        amount: of the whole, minor units.
        batch: that posted it.
        place: its place among the live rows of its table.
        flows: its open instalments by line; the unapplied rest of a receipt or memo at 0.
    """

    kind: str
    number: str
    customer_id: str
    currency: str
    posted: int
    amount: int
    batch: str
    place: int
    flows: dict[int, Flow] = field(default_factory=dict)
    due: dict[int, int] = field(default_factory=dict)

    @property
    def is_credit(self) -> bool:
        """Whether it pays others instead of being paid."""
        return self.kind in (RECEIPT, MEMO)

    @property
    def left(self) -> int:
        """What is open of it, or not applied yet."""
        return sum(flow.left for flow in self.flows.values())

    def lines(self, only: int | None = None) -> list[int]:
        """Its instalments in the order they are paid, or the one asked for."""
        ordered = sorted(self.flows, key=lambda line: (self.due.get(line, 0), line))
        return [line for line in ordered if only in (None, line)]


@dataclass
class Applied:
    """What is left of one application, all its reversals counted; minor units.

    Args:
        number, batch, source_type, source_no, invoice_no, line, rule: of the row.
        date, posted: day numbers of its Date and Posting Date.
        amounts: what is left of each of `AMOUNTS`.
    """

    number: str
    batch: str
    source_type: str
    source_no: str
    invoice_no: str
    line: int
    rule: str
    date: int
    posted: int
    amounts: dict[str, int]

    @property
    def stands(self) -> bool:
        """Whether anything of it is left."""
        return any(self.amounts.values())

    @property
    def settles(self) -> int:
        """What it takes off the document."""
        return sum(self.amounts[key] for key in ("amount", "discount", "difference"))


AMOUNTS = ("amount", "discount", "discount_tax", "difference", "source_amount")


@dataclass
class Affected:
    """The documents that some adjustments can touch, as they stand after the earlier ones.

    Args:
        invoices, receipts, adjustments: live rows of those documents.
        documents: all of them by (is a receipt, number).
        applied: applications among them, in the order of their numbers.
    """

    invoices: Frame
    receipts: Frame
    adjustments: Frame
    documents: dict[tuple[bool, str], Document]
    applied: list[Applied]
    _paying: dict[tuple[str, str], list[Applied]] = field(default_factory=dict)
    _paid: dict[str, list[Applied]] = field(default_factory=dict)

    def named(self, number: str) -> list[Document]:
        """The documents that have a number: none, one, or an invoice and a receipt."""
        both = (self.documents.get((receipt, number)) for receipt in (False, True))
        return [document for document in both if document is not None]

    def source(self, applied: Applied) -> Document | None:
        """The receipt or memo that an application used; None for an adjustment."""
        return self.documents.get((applied.source_type == RECEIPT, applied.source_no)) \
            if applied.source_type != ADJUSTMENT else None  # fmt: skip

    def target(self, applied: Applied) -> Document:
        """The document that an application pays."""
        return self.documents[False, applied.invoice_no]

    def __post_init__(self) -> None:
        """Find applications by what pays and by what is paid."""
        for each in self.applied:
            self._enter(each)

    def add(self, applied: Applied) -> None:
        """Take in a new application."""
        self.applied.append(applied)
        self._enter(applied)

    def _enter(self, applied: Applied) -> None:
        self._paying.setdefault((applied.source_type, applied.source_no), []).append(applied)
        self._paid.setdefault(applied.invoice_no, []).append(applied)

    def from_source(self, document: Document) -> list[Applied]:
        """What stands of a receipt's or memo's applications."""
        mine = self._paying.get((document.kind, document.number), [])
        return [each for each in mine if each.stands]

    def from_adjustment(self, number: str) -> list[Applied]:
        """What stands of an adjustment's applications."""
        return [each for each in self._paying.get((ADJUSTMENT, number), []) if each.stands]

    def to(self, document: Document) -> list[Applied]:
        """What stands of the applications that pay a document."""
        return [each for each in self._paid.get(document.number, []) if each.stands]


def affected_by(ledger: Ledger, drafts: Frame) -> Affected:
    """The documents that draft adjustments name, and all that they pay or are paid by.

    Args:
        ledger: everything posted counts, whatever its date.
        drafts: rows of Adjustments.
    """
    applications = ledger.posted("Applications")
    named = {*drafts.text("document_no").tolist(), *drafts.text("apply_to").tolist()}
    by_number = _among(applications.text("application_no"), drafts.text("application_no").tolist())
    for key in ("source_no", "invoice_no"):
        named |= set(applications.text(key)[by_number].tolist())
    anyone = (drafts.text("kind") == "Refund") & (drafts.text("document_no") == "")
    named |= _credits_of(ledger, drafts.text("customer_id")[anyone].tolist())
    return around(ledger, named)


def around(ledger: Ledger, named: set[str]) -> Affected:
    """Some documents by number, and all that they pay or are paid by.

    Args:
        ledger: everything posted counts, whatever its date.
        named: numbers of invoices, memos, receipts and adjustments.
    """
    applications = ledger.posted("Applications")
    named = (named | _beside(applications, named)) - {""}
    mine = _touching(applications, named)
    named |= _beside(mine, named)
    part = Ledger(
        {
            name: (frame := ledger.posted(name)).take(_among(frame.text(key), named))
            for name, key in (
                ("Invoices", "invoice_no"), ("Receipts", "receipt_no"),
                ("Instalments", "invoice_no"), ("Adjustments", "adjustment_no"),
            )
        } | {"Applications": mine},
        policy=ledger.policy,
    )  # fmt: skip
    invoices, total = live_rows(part.posted("Invoices"), "invoice_no")
    invoices = invoices.take(total != 0)
    receipts, received = live_rows(part.posted("Receipts"), "receipt_no")
    receipts = receipts.take(received != 0)
    adjustments = part.posted("Adjustments")
    documents = _documents(invoices, False) | _documents(receipts, True)
    _with_items(documents, open_items(part, LAST_DATE))
    _with_credits(documents, part)
    _with_moves(documents, mine)
    return Affected(invoices, receipts, adjustments, documents, _applied(mine))


def _credits_of(ledger: Ledger, customers: list[str]) -> set[str]:
    if not customers:
        return set()
    every = credits(ledger, LAST_DATE)
    mine = _among(every.customer_id, customers) & (every.unapplied > 0)
    return set(every.source_no[mine].tolist())


def _beside(applications: Frame, named: set[str]) -> set[str]:
    """The documents on the other side of the applications of some."""
    mine = _touching(applications, named)
    return {*mine.text("source_no").tolist(), *mine.text("invoice_no").tolist()}


def _touching(applications: Frame, named: set[str]) -> Frame:
    touched = _among(applications.text("source_no"), named)
    return applications.take(touched | _among(applications.text("invoice_no"), named))


def _among(texts: TextArray, wanted: Iterable[str]) -> BoolArray:
    return np.array(pd.Series(texts, dtype=object).isin(list(wanted)), dtype=np.bool_)


def _documents(live: Frame, receipts: bool) -> dict[tuple[bool, str], Document]:
    key = "receipt_no" if receipts else "invoice_no"
    kinds = [RECEIPT] * len(live) if receipts else live.text("type").tolist()
    rows = zip(
        kinds, live.text(key).tolist(), live.text("customer_id").tolist(),
        live.text("currency").tolist(), day_numbers(live.dates("posting_date")).tolist(),
        live.ints("amount").tolist(), live.text("batch").tolist(), range(len(live)), strict=True,
    )  # fmt: skip
    return {(receipts, row[1]): Document(*row) for row in rows}


def _with_items(documents: dict[tuple[bool, str], Document], items: OpenItems) -> None:
    rows = zip(
        items.invoice_no.tolist(), items.line.tolist(), items.amount.tolist(),
        day_numbers(items.due_date).tolist(), strict=True,
    )  # fmt: skip
    for number, line, amount, due in rows:
        document = documents.get((False, number))
        if document is not None:
            document.flows[line] = Flow(amount)
            document.due[line] = due


def _with_credits(documents: dict[tuple[bool, str], Document], part: Ledger) -> None:
    every = credits(part, LAST_DATE)
    rows = zip(every.source_type.tolist(), every.source_no.tolist(), every.amount.tolist(),
               strict=True)  # fmt: skip
    for kind, number, amount in rows:
        document = documents.get((kind == RECEIPT, number))
        if document is not None:
            document.flows[0] = Flow(amount)


def _with_moves(documents: dict[tuple[bool, str], Document], rows: Frame) -> None:
    for each in _rows(rows):
        target = documents.get((False, each.invoice_no))
        if target is not None and each.line in target.flows:
            target.flows[each.line].moves.append((each.posted, each.settles))
        source = documents.get((each.source_type == RECEIPT, each.source_no))
        if source is not None and source.kind == each.source_type:
            source.flows[0].moves.append((each.posted, each.amounts["source_amount"]))


def _applied(rows: Frame) -> list[Applied]:
    made: dict[str, Applied] = {}
    first = np.argsort(rows.text("reverses") != "", kind="stable")
    for each in _rows(rows.take(first)):
        known = made.setdefault(each.number, each)
        if known is not each:
            for key in AMOUNTS:
                known.amounts[key] += each.amounts[key]
    return [made[number] for number in sorted(made)]


def _rows(rows: Frame) -> Iterable[Applied]:
    """Application rows one by one, contra rows with their negative amounts."""
    date, posted = (day_numbers(rows.dates(key)).tolist() for key in ("date", "posting_date"))
    line = rows.ints("line").tolist()
    texts = {
        key: rows.text(key).tolist()
        for key in ("application_no", "batch", "source_type", "source_no", "invoice_no", "rule")
    }
    amounts = {key: rows.ints(key).tolist() for key in AMOUNTS}
    for i in range(len(rows)):
        yield Applied(
            number=texts["application_no"][i],
            batch=texts["batch"][i],
            source_type=texts["source_type"][i],
            source_no=texts["source_no"][i],
            invoice_no=texts["invoice_no"][i],
            line=line[i],
            rule=texts["rule"][i],
            date=date[i],
            posted=posted[i],
            amounts={key: amounts[key][i] for key in AMOUNTS},
        )
