"""How an amount fits some documents: in full, net of a discount, short by a fee, in part, ..."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.core.policy import Policy
from ar_xl.ops.matching.book import OpenBook
from ar_xl.ops.tolerance import in_currency, overpayment_limits, underpayment_limits

EXACT = "exact amount"
NET = "net of discount"
INSTALMENT = "instalment"
UNDISPUTED = "undisputed part"
TOLERANCE = "within tolerance"
FEE = "less a bank fee"
LATE = "discount taken late"
PART = "in part"
OVER = "overpaid"
FEE_SHARE = 10  # a bank never keeps back more than one part in so many
CLOSING = frozenset({EXACT, NET, TOLERANCE, FEE})  # nothing of the documents stays open


class Use(NamedTuple):
    """What of a document a proposal pays.

    Args:
        document: its index.
        amount: how much of what is open it takes up, minor units.
        whole: it is paid in full, and is named without an amount.
    """

    document: int
    amount: int
    whole: bool


class Fit(NamedTuple):
    """How an amount fits.

    Args:
        kind: one of the words above.
        uses: what it takes up.
        fee: what a bank kept back, minor units.
        off: the discount, fee or difference to what is open, minor units.
    """

    kind: str
    uses: tuple[Use, ...]
    fee: int = 0
    off: int = 0

    @property
    def documents(self) -> tuple[int, ...]:
        """The documents that it pays."""
        return tuple(use.document for use in self.uses)


@dataclass(frozen=True)
class Limits:
    """Which differences are accepted.

    Args:
        fee: by currency index, what a bank may have kept back, minor units.
        under, over: by document, what is written off, minor units.
    """

    fee: list[int]
    under: IntArray
    over: IntArray


def limits_of(policy: Policy, book: OpenBook, as_of: date) -> Limits:
    """The limits that the settings give, in the currencies of the documents."""
    currencies = book.currencies[book.currency] if len(book) else book.number
    fee = policy.settings.bank_fee_tolerance
    return Limits(
        [0 if fee is None else in_currency(policy, fee, str(c), as_of) for c in book.currencies],
        underpayment_limits(policy, currencies, book.open, as_of),
        overpayment_limits(policy, currencies, book.open, as_of),
    )


def whole(book: OpenBook, documents: IntArray) -> tuple[Use, ...]:
    """All that is open of some documents."""
    pairs = zip(documents.tolist(), book.open[documents].tolist(), strict=True)
    return tuple(Use(document, amount, True) for document, amount in pairs)


def fit(book: OpenBook, limits: Limits, documents: IntArray, amount: int, day: int) -> Fit | None:
    """How an amount fits some documents of one currency taken together; None where it does not.

    Args:
        book: what is open of them now.
        limits: which differences are accepted.
        documents: indexes, at least one, each with something open.
        amount: what came in, minor units.
        day: the day it came in, which decides about discounts.
    """
    if len(documents) == 1:
        only = int(documents[0])
        full, discount = int(book.open[only]), book.earned_on(only, day)
    else:
        full, discount = int(book.open[documents].sum()), int(book.earned(documents, day).sum())
    if amount == full:
        return Fit(EXACT, whole(book, documents))
    if discount and amount == full - discount:
        return Fit(NET, whole(book, documents), off=discount)
    if len(documents) == 1:
        inner = _inner(book, int(documents[0]), amount)
        if inner is not None:
            return inner
    return _nearly(book, limits, documents, amount, full, discount)


def _inner(book: OpenBook, document: int, amount: int) -> Fit | None:
    """A part of one document that somebody has a reason to pay."""
    for due in book.parts.get(document, ()):
        if amount == due:
            return Fit(INSTALMENT, (Use(document, amount, False),))
    contested, left = int(book.contested[document]), int(book.open[document])
    if contested and amount == left - contested:
        return Fit(UNDISPUTED, (Use(document, amount, False),), off=contested)
    return None


def _nearly(
    book: OpenBook, limits: Limits, documents: IntArray, amount: int, full: int, discount: int
) -> Fit | None:
    """Short or over by what is accepted, else in part, else too much."""
    uses, first = whole(book, documents), int(documents[0])
    if len(documents) == 1:
        late = max(int(book.earning[0][first]), int(book.earning[1][first]))
        if late and not discount and amount == full - late:
            return Fit(LATE, (Use(first, amount, False),), off=late)
    for due in {full, full - discount}:
        short = due - amount
        if 0 < short <= int(limits.under[documents].sum()):
            return Fit(TOLERANCE, uses, off=short)
    fee = limits.fee[int(book.currency[first])]
    for due in sorted({full, full - discount}):
        if 0 < due - amount <= min(fee, due // FEE_SHARE):
            return Fit(FEE, uses, fee=due - amount, off=due - amount)
    if amount > full:
        extra = amount - full
        within = extra <= int(limits.over[documents].max())
        return Fit(TOLERANCE if within else OVER, uses, off=-extra)
    if len(documents) == 1:
        return Fit(PART, (Use(first, amount, False),), off=full - amount)
    return None


def in_turn(book: OpenBook, documents: IntArray, amount: int) -> Fit:
    """Pay documents one after the other as far as an amount goes; the last one in part."""
    uses, left = [], amount
    for document, due in zip(documents.tolist(), book.open[documents].tolist(), strict=True):
        used = min(left, due)
        if used > 0:
            uses.append(Use(document, used, used == due))
        left -= used
    return Fit(PART, tuple(uses), off=int(book.open[documents].sum()) - amount)


def none() -> IntArray:
    """No documents."""
    return np.zeros(0, dtype=np.int64)
