"""Exchange rates of documents: base currency per unit, the last on or before their date."""

from __future__ import annotations

import numpy as np

from ar_xl.core.arrays import BLANK, DateArray, IntArray, TextArray, codes_of
from ar_xl.core.money import RATE_ONE, exponents, ratio_rounded
from ar_xl.core.policy import Policy


def rates_for(policy: Policy, currencies: TextArray, dates: DateArray) -> IntArray:
    """The rate of each document, scaled by 10**10.

    Args:
        policy: its base currency and Rates rows.
        currencies, dates: of the documents.

    Returns:
        int64; RATE_ONE for the base currency, BLANK where no rate is known on that date.
    """
    out = np.full(len(currencies), RATE_ONE, dtype=np.int64)
    (codes,), texts = codes_of(currencies)
    for code, currency in enumerate(texts):
        if currency == policy.settings.base_currency:
            continue
        rows = np.flatnonzero(codes == code)
        known = policy.rates.take(policy.rates.text("currency") == currency)
        order = np.argsort(known.dates("date"), kind="stable")
        at = np.searchsorted(known.dates("date")[order], dates[rows], side="right") - 1
        out[rows] = BLANK
        found = at >= 0
        out[rows[found]] = known.ints("rate")[order][at[found]]
    return out


def in_base(
    amounts: IntArray, currencies: TextArray, rates: IntArray, base_currency: str
) -> IntArray:
    """Amounts in the base currency, each rounded once, halves away from zero.

    Args:
        amounts: minor units of `currencies`, any sign.
        currencies: of each amount.
        rates: scaled by 10**10; BLANK counts as one.
        base_currency: of the books.
    """
    foreign = np.flatnonzero((currencies != base_currency) & (rates != BLANK))
    out = amounts.copy()
    if not len(foreign):
        return out
    base_digits = exponents(np.array([base_currency], dtype=object))[0]
    shift = base_digits - exponents(currencies[foreign])
    numerators = rates[foreign].astype(object) * 10 ** np.maximum(shift, 0).astype(object)
    denominators = RATE_ONE * 10 ** np.maximum(-shift, 0).astype(object)
    out[foreign] = ratio_rounded(amounts[foreign], numerators, denominators)
    return out
