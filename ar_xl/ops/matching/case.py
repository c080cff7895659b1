"""One line under consideration, what may be proposed for it, and what all lines share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import IntArray, TextArray, positions
from ar_xl.core.ledger import Ledger
from ar_xl.ops.matching.book import NOBODY, OpenBook, open_book
from ar_xl.ops.matching.fits import Fit, Limits, fit, limits_of, none
from ar_xl.ops.matching.names import LIKE, LIKE_FROM, Payer, Payers
from ar_xl.ops.matching.paid import Paid
from ar_xl.ops.matching.textnumbers import Named, Numbers, Read

EQUAL_AMOUNTS = 60  # documents of one amount that are looked at
_KEY = 1 << 51  # above every amount: currencies are kept apart


@dataclass(frozen=True, slots=True)
class Case:
    """A line.

    Args:
        amount: minor units, positive.
        day: day number of the line.
        currency: index, NOBODY where no open document is in it.
        code: the currency's name.
        payer: as the bank wrote it.
        payers: who that may be, the likeliest first.
        read: what the text says.
    """

    amount: int
    day: int
    currency: int
    code: str
    payer: str
    payers: tuple[Payer, ...]
    read: Read


@dataclass(frozen=True, slots=True)
class Guess:
    """What a line may be.

    Args:
        rule: the name of the rule.
        confidence: whole percent.
        customer: who paid, NOBODY where nobody can be named.
        fit: how the amount fits which documents; None for a payer alone.
        evidence: the documents named by the text, as far as they are paid.
        payer: who paid, as far as that is known otherwise.
        notes: sentences that speak for or against it.
        twofold: two pieces of evidence that are independent of each other.
        asked: never accepted without a person, however sure it is.
        choice: other documents of the payer would do as well; lines that name one go first.
    """

    rule: str
    confidence: int
    customer: int = NOBODY
    fit: Fit | None = None
    evidence: tuple[Named, ...] = ()
    payer: Payer | None = None
    notes: tuple[str, ...] = ()
    twofold: bool = False
    choice: bool = False
    asked: bool = False

    def lowered(self, at_most: int, note: str) -> Guess:
        """The same with a confidence that is no higher, and the reason."""
        confidence = min(self.confidence, at_most)
        return replace(self, confidence=confidence, notes=(*self.notes, note))

    def less(self, points: int, note: str) -> Guess:
        """The same with a lower confidence, and the reason."""
        return self.lowered(max(self.confidence - points, 1), note)


class Amounts:
    """Open documents by the amounts that would close them."""

    def __init__(self, book: OpenBook) -> None:
        every = np.arange(len(book))
        parts = [(every, book.open)]
        for earning in book.earning:
            some = np.flatnonzero((earning > 0) & (earning < book.open))
            parts.append((some, book.open[some] - earning[some]))
        document = np.concatenate([one for one, _ in parts])
        key = book.currency[document] * _KEY + np.concatenate([amount for _, amount in parts])
        order = np.lexsort((document, key))
        self._key, self._document = key[order], document[order]

    def equal(self, currency: int, amount: int) -> IntArray:
        """The first documents that an amount would have closed when the batch began."""
        sought = currency * _KEY + amount
        first = int(np.searchsorted(self._key, sought, side="left"))
        last = int(np.searchsorted(self._key, sought, side="right"))
        some = self._document[first : min(last, first + EQUAL_AMOUNTS)]
        return some if len(some) < 2 else np.unique(some)


@dataclass(frozen=True)
class Engine:
    """What all lines share.

    Args:
        book: the open documents and what is left of them.
        numbers, payers, amounts: how they are found.
        limits: which differences are accepted.
        paid: says why nothing is open on a document.
        taken: by document, the lines that it was proposed for.
    """

    book: OpenBook
    numbers: Numbers
    payers: Payers
    amounts: Amounts
    limits: Limits
    paid: Paid
    taken: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger, as_of: date, seen: TextArray) -> Engine:
        """Index a ledger as of a date; `seen` are customers that the money itself names."""
        book = open_book(ledger, as_of, seen)
        aliases = ledger.posted("PayerAliases")
        invoices = ledger.posted("Invoices").text("invoice_no")
        settled = invoices[positions(book.number, invoices) < 0]
        return cls(
            book,
            Numbers(book.number, book.reference, book.purchase_order, settled.tolist()),
            Payers(book.people, aliases),
            Amounts(book),
            limits_of(ledger.policy, book, as_of),
            Paid(ledger),
        )

    def fit(self, case: Case, documents: IntArray) -> Fit | None:
        """How the amount of a case fits some documents."""
        return fit(self.book, self.limits, documents, case.amount, case.day)

    def open_of(self, customer: int, case: Case) -> IntArray:
        """Documents of a customer in the currency of a case with something open, oldest first."""
        if case.currency == NOBODY:
            return none()
        where = self.book.slice_of(customer, case.currency)
        some: IntArray = np.flatnonzero(self.book.open[where] > 0) + where.start
        return some

    def equal(self, case: Case) -> IntArray:
        """Documents that the amount of a case closes now, in full or net; bounded."""
        if case.currency == NOBODY:
            return none()
        found = self.amounts.equal(case.currency, case.amount)
        if not len(found):
            return found
        left = self.book.open[found]
        net = left - self.book.earned(found, case.day)
        closed: IntArray = found[(left == case.amount) | (net == case.amount)]
        return closed

    def agreeing(self, case: Case, owners: set[int]) -> Payer | None:
        """The payer who is, or belongs to the family of, every owner of some documents."""
        related = self.book.people.related
        for payer in case.payers:
            if payer.level >= LIKE and all(related(payer.customer, each) for each in owners):
                return payer
        for owner in sorted(owners)[:1]:
            alike = self.payers.alike(case.payer, owner) if case.payer else 0
            if alike >= LIKE_FROM and all(related(owner, each) for each in owners):
                return Payer(owner, LIKE, f"`{case.payer}` is {alike} % like its name")
        return None


Rule = Callable[[Engine, Case], list[Guess]]
