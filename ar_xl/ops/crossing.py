"""Crossing: money of one currency that pays a document in another, by the rates of one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK
from ar_xl.core.dates import day
from ar_xl.core.money import exponent, ratio_rounded
from ar_xl.core.policy import Policy
from ar_xl.ops.rates import rates_for


@dataclass(frozen=True)
class Crossing:
    """How many minor units of a document's currency some of a receipt's are worth.

    Args:
        numerator, denominator: whole and positive; receipt x numerator / denominator = document.
    """

    numerator: int
    denominator: int

    def into_document(self, minor: int) -> int:
        """What money of the receipt is worth, rounded once, halves away from zero."""
        return _scaled(minor, self.numerator, self.denominator)

    def into_receipt(self, minor: int) -> int:
        """What of the receipt an amount of the document takes, rounded once."""
        return _scaled(minor, self.denominator, self.numerator)


def crossing(policy: Policy, receipt: str, document: str, on: date) -> Crossing | None:
    """The way from one currency to another on a day, both through the base currency.

    Args:
        policy: its Rates, base currency per unit; the last on or before the day.
        receipt, document: currency codes.
        on: the receipt's date.

    Returns:
        None where one of the rates is not known on that day.
    """
    both = np.array([receipt, document], dtype=object)
    ours, theirs = rates_for(policy, both, np.array([day(on)] * 2)).tolist()
    if BLANK in (ours, theirs) or not ours or not theirs:
        return None
    shift = exponent(document) - exponent(receipt)
    return Crossing(ours * 10 ** max(shift, 0), theirs * 10 ** max(-shift, 0))


def _scaled(minor: int, numerator: int, denominator: int) -> int:
    return int(ratio_rounded(np.array([minor], dtype=np.int64), numerator, denominator)[0])
