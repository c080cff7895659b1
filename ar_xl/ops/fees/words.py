"""Words of the Late Fees sheet: what the rate is, and why a fee is what it is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, text_array
from ar_xl.core.money import exponent, money_text
from ar_xl.core.policy import FeePolicy
from ar_xl.ops.fees.amounts import Amounts, Bases

Words = Callable[[int], str]


def number_text(value: Decimal) -> str:
    """A number without trailing zeros: 18, 1.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rate_words(policy: FeePolicy, currency: str) -> str:
    """What a policy charges, as people say it: `18 % a year`."""
    rate = f"{number_text(policy.rate_percent)} %"
    flat = f"{policy.flat:,.{exponent(currency)}f}"
    words = {
        "none": "none",
        "flat": flat,
        "percent": f"{rate} of the balance",
        "monthly": f"{rate} a month",
        "daily": f"{rate} a year",
        "greater": f"the greater of {flat} and {rate} a year",
        "sum": f"{flat} + {rate} of the balance",
    }[policy.method]
    if policy.step:
        return f"{words}, {'once for' if policy.once else 'since'} {policy.step}"
    return words


def ceiling_text(policy: FeePolicy) -> str:
    """The annual ceiling of a policy, `12 %`."""
    return f"{number_text(policy.ceiling_percent or Decimal(0))} %"


def limit_notes(bases: Bases, amounts: Amounts, minimum: IntArray) -> list[tuple[BoolArray, Words]]:
    """What minimum, ceiling and cap did, as masks and words per document."""
    policies, currency = bases.policies, bases.currency

    def amount(values: IntArray, i: int) -> str:
        return money_text(int(values[i]), currency[i])

    def ceiling(i: int) -> str:
        policy = policies[bases.policy_code[i]]
        cut = amount(amounts.ceiling_cut, i)
        words = f"{cut} taken off by the annual ceiling of {ceiling_text(policy)}"
        return f"{words} ({policy.ceiling_source})" if policy.ceiling_source else words

    def cap(i: int) -> str:
        limit = policies[bases.policy_code[i]].cap_percent
        cut = amount(amounts.cap_cut, i)
        return f"{cut} taken off by the cap of {number_text(limit or Decimal(0))} % of the invoice"

    return [
        (
            amounts.too_small,
            lambda i: (
                f"{amount(amounts.computed, i)} is below the minimum of "
                f"{amount(minimum, i)}: nothing is charged"
            ),
        ),
        (amounts.raised, lambda i: f"raised to the minimum of {amount(minimum, i)}"),
        (amounts.ceiling_cut > 0, ceiling),
        (amounts.cap_cut > 0, cap),
    ]


def left_out_notes(
    currency: TextArray,
    disputed: IntArray,
    planned: IntArray,
    promised: IntArray,
    netted: IntArray,
) -> list[tuple[BoolArray, Words]]:
    """What was left out of the base of each document."""

    def words(values: IntArray, text: str) -> tuple[BoolArray, Words]:
        return values > 0, lambda i: f"{money_text(int(values[i]), currency[i])} {text}"

    return [
        words(disputed, "in dispute left out"),
        words(planned, "on a payment plan left out"),
        words(promised, "promised and left out"),
        words(netted, "of unapplied credits taken off"),
    ]


def joined(count: int, told: list[tuple[BoolArray, Words]]) -> TextArray:
    """The words of each document where a mask marks it, put together with semicolons."""
    parts: list[list[str]] = [[] for _ in range(count)]
    for mask, words in told:
        for i in np.flatnonzero(mask).tolist():
            parts[i].append(words(i))
    return text_array("; ".join(part) for part in parts)
