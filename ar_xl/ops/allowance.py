"""Allowance for doubtful accounts (semantics, section 11).

Specific reserves first: their documents leave the pool. The rest by bucket x loss rate x
forward factor, with unrounded rates, each bucket rounded once. Unapplied credits of a customer
reduce its own oldest buckets first. Only the movement is to be posted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, codes_of, sum_by
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import ratio_rounded
from ar_xl.ops.aging import Aging, AgingDetail
from ar_xl.ops.waterfall import pour


@dataclass(frozen=True)
class BucketAllowance:
    """One bucket: what is in the pool, its rate and factor, what is required; minor units."""

    bucket: str
    pool: int
    rate_percent: Decimal | None
    factor: Decimal
    required: int


@dataclass(frozen=True)
class Allowance:
    """The allowance of one currency, minor units.

    Args:
        currency: of the amounts.
        specific: document, what is open of it, and its reserve.
        buckets: the pool.
        existing: what the allowance account shows, a credit balance positive.
    """

    currency: str
    specific: tuple[tuple[str, int, int], ...]
    buckets: tuple[BucketAllowance, ...]
    existing: int

    @property
    def required(self) -> int:
        """The allowance that is needed."""
        reserves = sum(reserve for _, _, reserve in self.specific)
        return reserves + sum(bucket.required for bucket in self.buckets)

    @property
    def movement(self) -> int:
        """What is to be posted: more allowance where positive, less where negative."""
        return self.required - self.existing


def loss_rates(reached: Sequence[int], finally_lost: int) -> tuple[Fraction, ...]:
    """The share of what reached each bucket that was finally lost, unrounded.

    Args:
        reached: what reached each bucket, any unit; 0 gives the rate 0.
        finally_lost: of all of it, the same unit.
    """
    return tuple(Fraction(finally_lost, amount) if amount else Fraction(0) for amount in reached)


def required(pool: IntArray, rates: Sequence[Fraction]) -> IntArray:
    """Pool x rate of each bucket, rounded once, halves away from zero."""
    numerators = np.array([rate.numerator for rate in rates], dtype=object)
    denominators = np.array([rate.denominator for rate in rates], dtype=object)
    return ratio_rounded(pool, numerators, denominators)


def allowance(ledger: Ledger, aged: Aging) -> tuple[Allowance, ...]:
    """The allowance at the date of an aging, one element a currency.

    Args:
        ledger: its LossRates, Reserves and the allowance account of its journal.
        aged: the aging of the date.
    """
    detail = aged.detail
    reserve = reserves_of(ledger, detail, aged.as_of)
    pooled = np.where(reserve == BLANK, net_of_credits(detail, reserve), 0)
    existing = _existing(ledger, aged.as_of)
    rates = ledger.policy.loss_rates
    known = [rates.get(name) for name in aged.names]
    shares = [
        Fraction(rate.rate_percent) / 100 * Fraction(rate.factor) if rate else Fraction(0)
        for rate in known
    ]
    made = []
    for currency in sorted({*detail.currency.tolist(), *existing}):
        mine = np.flatnonzero((detail.currency == currency) & (detail.bucket >= 0))
        pool = sum_by(detail.bucket[mine], pooled[mine], len(aged.names))
        wanted = required(pool, shares)
        specific = mine[reserve[mine] != BLANK]
        made.append(
            Allowance(
                currency,
                tuple(
                    (str(detail.document_no[i]), int(detail.open[i]), int(reserve[i]))
                    for i in specific.tolist()
                ),
                tuple(
                    BucketAllowance(
                        name,
                        int(pool[i]),
                        rate.rate_percent if rate else None,
                        rate.factor if rate else Decimal(1),
                        int(wanted[i]),
                    )
                    for i, (name, rate) in enumerate(zip(aged.names, known, strict=True))
                ),
                existing.get(currency, 0),
            )
        )
    return tuple(made)


def reserves_of(ledger: Ledger, detail: AgingDetail, as_of: date) -> IntArray:
    """The reserve of each item, at most what is open of it; BLANK for items of the pool.

    A reserve without an amount is for all of the document; one of several instalments fills
    the oldest first.
    """
    rows = ledger.policy.reserves
    begun = np.isnat(rows.dates("from_date")) | (rows.dates("from_date") <= day(as_of))
    rows = rows.take(np.flatnonzero(begun))
    items = np.flatnonzero(detail.bucket >= 0)
    (owner, named), _ = codes_of(detail.document_no[items], rows.text("document_no"))
    reserved = np.isin(owner, named)
    amounts = rows.ints("amount")
    whole = np.isin(owner, named[amounts == BLANK])
    room = np.maximum(detail.open[items], 0)
    poured = pour(named, np.where(amounts == BLANK, 0, amounts), owner, room)
    found = np.where(whole, room, poured.by_place(len(items)))
    out = np.full(len(detail), BLANK, dtype=np.int64)
    out[items] = np.where(reserved, found, BLANK)
    return out


def net_of_credits(detail: AgingDetail, reserve: IntArray) -> IntArray:
    """What is open of each item of the pool once the customer's credits are taken off it."""
    pool = np.flatnonzero((detail.bucket >= 0) & (reserve == BLANK))
    pool = pool[np.lexsort((detail.line[pool], detail.due_date[pool]))]
    paid = np.flatnonzero(detail.bucket < 0)
    key = detail.customer_id + "\t" + detail.currency
    (source, place), _ = codes_of(key[paid], key[pool])
    poured = pour(source, -detail.open[paid], place, detail.open[pool])
    out = np.where(detail.bucket >= 0, detail.open, 0)
    np.subtract.at(out, pool[poured.place], poured.amount)
    return out


def _existing(ledger: Ledger, as_of: date) -> dict[str, int]:
    """The credit balance of the allowance account per currency."""
    rows = ledger.posted("Journal")
    mine = (rows.text("account") == ledger.policy.settings.gl_allowance) & (
        rows.dates("posting_date") <= day(as_of)
    )
    rows = rows.take(np.flatnonzero(mine))
    (codes,), names = codes_of(rows.text("currency"))
    sums = sum_by(codes, rows.ints("credit") - rows.ints("debit"), len(names))
    return {str(name): int(amount) for name, amount in zip(names, sums, strict=True) if amount}
