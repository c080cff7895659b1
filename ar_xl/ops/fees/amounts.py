"""Fee amounts: every method, then minimum, ceiling and cap (semantics, section 6).

All on arrays with one element a document; each formula is rounded once, at its end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, TextArray, codes_of
from ar_xl.core.money import exponent, percent_fraction, ratio_rounded, round_half_away
from ar_xl.core.policy import FeePolicy

TIMED = ("daily", "monthly", "greater")  # methods that charge days, and catch up missed ones


@dataclass(frozen=True)
class Bases:
    """What fees are reckoned on, one element a document.

    Args:
        policy_code, policies: which policy applies.
        currency: of the document.
        overdue: principal overdue at the end, minor units.
        day_sum, leap_sum: base times days, in all and in leap years.
        month_sum: balances at the beginning of every completed month, added up.
        document_amount: of the whole document, for the cap.
        charged_before: fees charged on it so far, less waivers.
    """

    policy_code: IntArray
    policies: tuple[FeePolicy, ...]
    currency: TextArray
    overdue: IntArray
    day_sum: IntArray
    leap_sum: IntArray
    month_sum: IntArray
    document_amount: IntArray
    charged_before: IntArray

    def each(self, pick: Callable[[FeePolicy], int]) -> IntArray:
        """A whole number of each document's policy."""
        return np.array([pick(policy) for policy in self.policies], dtype=np.int64)[
            self.policy_code
        ]

    def of_method(self, *methods: str) -> BoolArray:
        """Which documents' policies use one of the methods."""
        wanted = np.array([policy.method in methods for policy in self.policies])
        return np.asarray(wanted[self.policy_code], dtype=np.bool_)

    def having(self, pick: Callable[[FeePolicy], Decimal | None]) -> BoolArray:
        """Which documents' policies set a limit."""
        wanted = np.array([pick(policy) is not None for policy in self.policies])
        return np.asarray(wanted[self.policy_code], dtype=np.bool_)


@dataclass(frozen=True)
class Amounts:
    """The fees, one element a document, minor units.

    Args:
        computed: by the method alone.
        charged: after minimum, ceiling and cap; 0 where nothing is charged.
        too_small: below a minimum that skips.
        raised: to the minimum.
        ceiling_cut, cap_cut: what the ceiling and the cap took off.
    """

    computed: IntArray
    charged: IntArray
    too_small: BoolArray
    raised: BoolArray
    ceiling_cut: IntArray
    cap_cut: IntArray


def fee_amounts(bases: Bases) -> Amounts:
    """Reckon the fee of each document: method, minimum, annual ceiling, cap, in this order."""
    computed = _computed(bases)
    minimum = major_amounts(bases, lambda policy: policy.minimum or Decimal(0))
    raises = bases.each(lambda policy: policy.minimum_rule == "raise").astype(np.bool_)
    below = (computed > 0) & (computed < minimum)
    raised, too_small = below & raises, below & ~raises
    wanted = np.where(too_small, 0, np.where(raised, minimum, computed))
    ceiling = daily_interest(bases, lambda policy: policy.ceiling_percent or Decimal(0))
    # What is charged once has all days since it was due below it, and other fees on them.
    once = bases.each(lambda policy: policy.once).astype(np.bool_)
    ceiling = np.where(once, np.maximum(ceiling - bases.charged_before, 0), ceiling)
    limited = bases.having(lambda policy: policy.ceiling_percent)
    lawful = np.where(limited, np.minimum(wanted, ceiling), wanted)
    room = np.maximum(_caps(bases) - bases.charged_before, 0)
    capped = np.where(bases.having(lambda p: p.cap_percent), np.minimum(lawful, room), lawful)
    return Amounts(computed, capped, too_small, raised, wanted - lawful, lawful - capped)


def _computed(bases: Bases) -> IntArray:
    flat = major_amounts(bases, lambda policy: policy.flat)
    due = bases.overdue > 0
    flat = np.where(due, flat, 0)
    daily = daily_interest(bases, lambda policy: policy.rate_percent)
    percent = _by_policy(bases, bases.overdue, lambda policy: policy.rate_percent)
    monthly = _by_policy(bases, bases.month_sum, lambda policy: policy.rate_percent)
    out = np.zeros(len(due), dtype=np.int64)
    for method, amounts in (
        ("flat", flat),
        ("percent", percent),
        ("monthly", monthly),
        ("daily", daily),
        ("greater", np.maximum(flat, daily)),
        ("sum", flat + percent),
    ):
        mine = bases.of_method(method)
        out[mine] = amounts[mine]
    return out


def daily_interest(bases: Bases, rate: Callable[[FeePolicy], Decimal]) -> IntArray:
    """Base times days times a yearly rate over the policy's day basis, rounded once."""
    out = np.zeros(len(bases.day_sum), dtype=np.int64)
    for code, policy in enumerate(bases.policies):
        mine = np.flatnonzero(bases.policy_code == code)
        numerator, denominator = percent_fraction(rate(policy))
        if policy.day_basis == "actual":
            # 366 times the sum of a large balance over years would pass 64 bits.
            days = bases.day_sum[mine].astype(object)
            weighted = days * 366 - bases.leap_sum[mine]
            out[mine] = ratio_rounded(weighted, numerator, denominator * 365 * 366)
        else:
            year = int(policy.day_basis)
            out[mine] = ratio_rounded(bases.day_sum[mine], numerator, denominator * year)
    return out


def _by_policy(
    bases: Bases, amounts: IntArray, percent: Callable[[FeePolicy], Decimal]
) -> IntArray:
    out = np.zeros(len(amounts), dtype=np.int64)
    for code, policy in enumerate(bases.policies):
        mine = np.flatnonzero(bases.policy_code == code)
        out[mine] = ratio_rounded(amounts[mine], *percent_fraction(percent(policy)))
    return out


def _caps(bases: Bases) -> IntArray:
    return _by_policy(bases, bases.document_amount, lambda p: p.cap_percent or Decimal(0))


def major_amounts(bases: Bases, pick: Callable[[FeePolicy], Decimal]) -> IntArray:
    """An amount of the policy in the minor units of each document's currency."""
    (codes,), currencies = codes_of(bases.currency)
    out = np.full(len(codes), BLANK, dtype=np.int64)
    for code, policy in enumerate(bases.policies):
        for place, currency in enumerate(currencies):
            minor = round_half_away(pick(policy).scaleb(exponent(currency)))
            out[(bases.policy_code == code) & (codes == place)] = minor
    return out
