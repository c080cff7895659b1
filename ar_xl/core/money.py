"""Money: whole minor units and a currency. Decimal only to parse, to apply a rate and to print.

Currency exponents are those of ISO 4217 (list one, 2024-06-25; of list three, withdrawn codes,
those that the euro replaced: older bank statements are in them).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray, codes_of, sum_by

# Every code of ISO 4217 whose minor unit is not two digits, and that money is kept in.
EXPONENTS_OTHER_THAN_TWO: dict[str, int] = {
    "BHD": 3, "BIF": 0, "CLF": 4, "CLP": 0, "DJF": 0, "GNF": 0, "IQD": 3, "ISK": 0, "JOD": 3,
    "JPY": 0, "KMF": 0, "KRW": 0, "KWD": 3, "LYD": 3, "OMR": 3, "PYG": 0, "RWF": 0, "TND": 3,
    "UGX": 0, "UYI": 0, "UYW": 4, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BEF": 0, "ESP": 0, "GRD": 0, "ITL": 0, "LUF": 0, "PTE": 0,
}  # fmt: skip
_TWO_DIGITS = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP
BYN BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD
FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD
KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD
NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP
SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED
VES WST XCD XCG YER ZAR ZMW ZWG
ATS CYP DEM EEK FIM FRF HRK IEP LTL LVL MTL NLG SIT SKK
"""
TWO_DIGIT_CURRENCIES = frozenset(_TWO_DIGITS.split())
RATE_DIGITS = 10  # exchange rates are int64 scaled by 10**RATE_DIGITS in ledger columns
RATE_ONE = 10**RATE_DIGITS
LARGEST_MINOR = 10**15  # Excel keeps 15 digits; a larger amount is refused, never cut


def is_currency(code: str) -> bool:
    """Tell whether `code` is a currency of ISO 4217 that money can be kept in."""
    return code in TWO_DIGIT_CURRENCIES or code in EXPONENTS_OTHER_THAN_TWO


def exponent(currency: str) -> int:
    """Return how many decimal digits the minor unit of a currency has (USD 2, JPY 0, KWD 3)."""
    return EXPONENTS_OTHER_THAN_TWO.get(currency, 2)


def exponents(currencies: TextArray) -> IntArray:
    """Return the exponent of each currency in a column."""
    (codes,), texts = codes_of(currencies)
    table = np.array([exponent(text) for text in texts] or [2], dtype=np.int64)
    return table[codes]


def to_decimal(minor: int, currency: str) -> Decimal:
    """Return minor units as a Decimal with the currency's digits: 1250 USD is 12.50."""
    return Decimal(int(minor)).scaleb(-exponent(currency))


def from_decimal(value: Decimal, currency: str) -> int | None:
    """Return a Decimal as minor units, or None where it has more digits than the currency."""
    with localcontext() as context:
        context.prec = 60
        scaled = value.scaleb(exponent(currency))
    whole = int(scaled)
    return whole if whole == scaled else None


def money_text(minor: int, currency: str) -> str:
    """Return minor units as people write them: 125000 USD is `1,250.00`; BLANK is no text."""
    return "" if minor == BLANK else f"{to_decimal(minor, currency):,.{exponent(currency)}f}"


def plain_text(minor: int, currency: str) -> str:
    """Return minor units as a plain number for JSON and control totals: `1250.00`."""
    return f"{to_decimal(minor, currency):.{exponent(currency)}f}"


def rate_text(rate: int) -> str:
    """Return an exchange rate as people write it: 11000000000 is `1.1`."""
    return f"{Decimal(rate).scaleb(-RATE_DIGITS).normalize():f}"


def totals_by_currency(currencies: TextArray, amounts: IntArray) -> dict[str, int]:
    """Sum minor units by currency; the currencies in order of first appearance."""
    (codes,), names = codes_of(currencies)
    sums = sum_by(codes, amounts, len(names))
    return {str(name): int(total) for name, total in zip(names, sums, strict=True)}


def control_total_text(totals: dict[str, int]) -> str:
    """Return totals per currency as one text, `EUR 3.00; USD 12.00`, currencies in order."""
    return "; ".join(f"{code} {plain_text(totals[code], code)}" for code in sorted(totals))


def totals_shown(totals: Mapping[str, int]) -> str:
    """Return totals per currency for a sentence, `EUR 3.00; USD 12,345.00`; `0` where none."""
    return "; ".join(f"{code} {money_text(totals[code], code)}" for code in sorted(totals)) or "0"


def round_half_away(value: Decimal) -> int:
    """Round to a whole number, halves away from zero, as Excel's ROUND does."""
    with localcontext() as context:
        context.prec = 80
        return int(value.to_integral_value(rounding=ROUND_HALF_UP))


def ratio_rounded(
    amounts: IntArray, numerator: int | IntArray, denominator: int | IntArray
) -> IntArray:
    """Return round(amounts x numerator / denominator), halves away from zero, exactly.

    Args:
        amounts: whole numbers, any sign; of type object where they may pass int64.
        numerator: whole number(s), any sign.
        denominator: whole positive number(s).

    Where the product could pass int64 those rows are reckoned with Python integers.
    """
    amounts = np.asarray(amounts)
    num = np.broadcast_to(np.asarray(numerator, dtype=object), amounts.shape)
    den = np.broadcast_to(np.asarray(denominator, dtype=object), amounts.shape)
    return _ratio(amounts, num, den)


def _ratio(amounts: IntArray, num: TextArray, den: TextArray) -> IntArray:
    if not len(amounts):
        return amounts.copy()
    largest_num, largest_den = int(max(abs(num.max()), abs(num.min()))), int(den.max())
    if int(den.min()) <= 0:
        raise AssertionError(f"a denominator must be positive, not {den.min()}")
    largest = max(int(amounts.max()), -int(amounts.min()))
    if 2 * largest * largest_num + largest_den < 2**63 and 2 * largest_den < 2**63:
        top = amounts * num.astype(np.int64)
        bottom = den.astype(np.int64)
        rounded = (2 * np.abs(top) + bottom) // (2 * bottom)
        return np.where(top < 0, -rounded, rounded).astype(np.int64)
    exact = [
        (1 if a * n >= 0 else -1) * ((2 * abs(a * n) + d) // (2 * d))
        for a, n, d in zip(amounts.tolist(), num.tolist(), den.tolist(), strict=True)
    ]
    return np.array(exact, dtype=np.int64)


def percent_fraction(percent: Decimal) -> tuple[int, int]:
    """Return a percentage as a whole numerator and denominator: 1.5 % is (15, 1000)."""
    numerator, denominator = (percent / 100).as_integer_ratio()
    return numerator, denominator


def percent_of(amounts: IntArray, percent: Decimal) -> IntArray:
    """Return round(amounts x percent / 100), halves away from zero; 2 means 2 %."""
    return ratio_rounded(amounts, *percent_fraction(percent))
