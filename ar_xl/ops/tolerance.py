"""Tolerance: which small differences are accepted (semantics, section 4).

A difference is accepted up to the smaller of an absolute amount and a percent of the item. A
blank side does not limit; both blank accept nothing. The absolute amounts of the settings are
in base currency and are converted at the rate of the day for items in another one.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, DateArray, IntArray, TextArray, codes_of
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.money import LARGEST_MINOR, RATE_ONE, exponent, percent_fraction
from ar_xl.core.policy import Policy
from ar_xl.ops.rates import rates_for


def underpayment_limits(
    policy: Policy, currencies: TextArray, amounts: IntArray, as_of: date
) -> IntArray:
    """How much of each item may stay unpaid and is written off, minor units.

    Args:
        policy: its tolerance settings.
        currencies, amounts: of the items, minor units.
        as_of: the day of the exchange rate.
    """
    settings = policy.settings
    return _limits(policy, settings.under_tolerance, currencies, amounts, as_of)


def overpayment_limits(
    policy: Policy, currencies: TextArray, amounts: IntArray, as_of: date
) -> IntArray:
    """How much too much a receipt may pay that closes each item last, minor units.

    Args:
        policy: its tolerance settings.
        currencies, amounts: of the items, minor units.
        as_of: the day of the exchange rate.
    """
    settings = policy.settings
    return _limits(policy, settings.over_tolerance, currencies, amounts, as_of)


def _limits(
    policy: Policy, absolute: Decimal | None, currencies: TextArray, amounts: IntArray, as_of: date
) -> IntArray:
    percent = policy.settings.tolerance_percent
    if absolute is None and percent is None:
        return np.zeros(len(amounts), dtype=np.int64)
    limit = np.full(len(amounts), LARGEST_MINOR, dtype=np.int64)
    if percent is not None:
        limit = _percent_floor(np.maximum(amounts, 0), percent)
    if absolute is not None:
        (code,), names = codes_of(currencies)
        by_currency = [in_currency(policy, absolute, name, as_of) for name in names]
        limit = np.minimum(limit, np.array(by_currency or [0], dtype=np.int64)[code])
    return limit


def _percent_floor(amounts: IntArray, percent: Decimal) -> IntArray:
    """Amounts x percent, rounded down: what is accepted never passes the exact percent."""
    numerator, denominator = percent_fraction(percent)
    if int(amounts.max(initial=0)) * numerator < 2**62:
        return amounts * numerator // denominator
    exact = [amount * numerator // denominator for amount in amounts.tolist()]
    return np.array(exact, dtype=np.int64)


def large_fees(
    policy: Policy, fees: IntArray, amounts: IntArray, currencies: TextArray, dates: DateArray
) -> BoolArray:
    """Which fees are above both Bank Fee Tolerance and a tenth of what the customer paid.

    Args:
        policy: its settings and Rates rows.
        fees: minor units; BLANK is none.
        amounts: what the customer paid, the fee included.
        currencies, dates: of the payments.
    """
    large: BoolArray = (fees != BLANK) & (amounts != BLANK) & (fees > np.maximum(amounts, 0) // 10)
    tolerance = policy.settings.bank_fee_tolerance
    if tolerance is None:
        return large
    for at in np.flatnonzero(large).tolist():
        on: date = dates[at].astype(object) or LAST_DATE
        large[at] = fees[at] > in_currency(policy, tolerance, str(currencies[at]), on)
    return large


def in_currency(policy: Policy, absolute: Decimal, currency: str, as_of: date) -> int:
    """An amount in base currency as minor units of another, rounded down; 0 without a rate."""
    value = absolute
    if currency != policy.settings.base_currency:
        dates = np.array([day(as_of)])
        rate = int(rates_for(policy, np.array([currency], dtype=object), dates)[0])
        if rate in (BLANK, 0):
            return 0
        value = absolute * RATE_ONE / rate
    return int(value.scaleb(exponent(currency)))
