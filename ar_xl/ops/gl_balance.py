"""The balance of the control account as the controller types it on Periods."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ar_xl.core.money import exponent, from_decimal

_AMOUNT = r"\(?-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?"
_STATED = re.compile(rf"(?:([A-Z]{{3}})\s*)?({_AMOUNT})(?:\s*([A-Z]{{3}}))?")


@dataclass(frozen=True)
class Stated:
    """The typed balance of one currency.

    Args:
        minor: minor units; debit balances are positive.
        unit: the smallest step that its digits can show, minor units.
    """

    minor: int
    unit: int


def read_gl_balance(text: str, base_currency: str) -> dict[str, Stated]:
    """Read `USD 1,250.00; EUR (3.00)`, or a bare number, which is in the base currency.

    Args:
        text: as typed; empty is no balance at all.
        base_currency: of an amount that names none.

    Raises:
        ValueError: naming the piece that is no amount, has too many decimals or comes twice.
    """
    found: dict[str, Stated] = {}
    for piece in filter(None, (part.strip() for part in text.split(";"))):
        parts = _STATED.fullmatch(piece)
        wrong = f"amounts such as `{base_currency} 1,250.00`, separated by semicolons"
        if parts is None or (parts[1] and parts[3]):
            raise ValueError(f"{wrong}, not `{piece}`")
        currency = parts[1] or parts[3] or base_currency
        digits = parts[2].strip("()").replace(",", "")
        is_credit = parts[2].startswith("(")
        minor = from_decimal(Decimal(digits), currency)
        if minor is None or is_credit != parts[2].endswith(")") or (is_credit and minor < 0):
            raise ValueError(f"{wrong}, not `{piece}`")
        if currency in found:
            raise ValueError(f"{wrong}, {currency} once")
        shown = len(digits.partition(".")[2])
        found[currency] = Stated(
            -minor if is_credit else minor, 10 ** max(exponent(currency) - shown, 0)
        )
    return found
