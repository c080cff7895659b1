"""Amounts in running text: which number is one, and what marks its decimals.

`1,200.00`, `1.200,00`, `1'200.00`, `1 200,00`, `(50.00)`, `50.00-`, `EUR 50`, `$1,200`. A text is
read in one way throughout: a number that says which mark it uses decides for those that do not.
Dates are no amounts, nor are bare whole numbers, unless a currency or a word of money is beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

_SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_CODES = (
    "AED", "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "INR",
    "JPY", "KWD", "MXN", "NOK", "NZD", "PLN", "SEK", "SGD", "USD", "ZAR",
)  # fmt: skip
_MONEY = rf"(?:{'|'.join(_CODES)}|US\$|[$€£¥₹])"
_DIGITS = r"\d{1,3}(?:[., '\u2019\u00a0\u202f]\d{3})+(?:[.,]\d{1,3})?|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.,/#-])(?P<open>\()?(?P<minus>[-\u2212])?\s?(?:(?P<before>{_MONEY})\s?)?"
    rf"(?P<minus2>[-\u2212])?(?P<digits>{_DIGITS})"
    rf"(?P<close>\))?(?P<after>\s?{_MONEY}(?!\w))?(?P<trailing>[-\u2212](?!\w))?(?![\w%/]|[.,]\d)"
)
_DATE = re.compile(
    r"\b(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))\b"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b"
)
_CURRENCY = re.compile(rf"(?<!\w)(?:{'|'.join(_CODES)})(?!\w)|[€£¥₹]")


class Amount(NamedTuple):
    """One amount of a line.

    Args:
        start, end: where it stands.
        value: without sign, major units.
        negative: it has a minus or brackets.
        sure: it has decimals or a currency, so it is no number of something else.
    """

    start: int
    end: int
    value: Decimal
    negative: bool
    sure: bool


def currencies_in(text: str) -> list[str]:
    """The currencies that a text names, each once; a plain dollar sign names none."""
    found = (_SYMBOLS.get(each, each) for each in _CURRENCY.findall(text))
    return list(dict.fromkeys(found))


def without_dates(text: str) -> str:
    """The text with blanks in place of dates and times, so that places stay."""
    return _DATE.sub(lambda found: " " * len(found[0]), text)


def decimal_comma(lines: Iterable[str]) -> bool:
    """Whether a comma marks the decimals of a text: what more of its numbers say.

    Args:
        lines: of the text, without dates.
    """
    votes = 0
    for line in lines:
        for found in _NUMBER.finditer(line):
            mark = _decimal_mark(found["digits"])
            votes += {",": 1, ".": -1}.get(mark, 0)
    return votes > 0


def amounts_in(line: str, comma: bool) -> list[Amount]:
    """The numbers of a line that can be amounts, in their order.

    Args:
        line: without dates.
        comma: a comma marks decimals where a number leaves it open.
    """
    made = []
    for found in _NUMBER.finditer(line):
        digits = found["digits"]
        value, decimals = _value(digits, comma)
        money = bool(found["before"] or found["after"])
        bracketed = bool(found["open"] and found["close"])
        negative = bracketed or any(found[g] for g in ("minus", "minus2", "trailing"))
        made.append(Amount(found.start(), found.end(), value, bool(negative), decimals or money))
    return made


def _decimal_mark(digits: str) -> str:
    """The decimal mark that a number shows for sure; "" where it leaves it open."""
    marks = [each for each in digits if each in ".,"]
    if not marks:
        return ""
    after = len(digits) - digits.rindex(marks[-1]) - 1
    if len(set(marks)) > 1 or after != 3:
        return marks[-1]
    if len(marks) > 1:  # 1.200.000: the other one would mark decimals
        return "," if marks[-1] == "." else "."
    return ""


def _value(digits: str, comma: bool) -> tuple[Decimal, bool]:
    """What a number is, and whether it shows decimals or thousands."""
    mark = _decimal_mark(digits)
    decimal = mark or ("," if comma else ".")
    plain = re.sub(r"[ '\u2019\u00a0\u202f]", "", digits)
    if not mark and any(each in plain for each in ".,"):  # 1,200 or 1.200: thousands either way
        return Decimal(re.sub(r"[.,]", "", plain)), True
    other = "." if decimal == "," else ","
    return Decimal(plain.replace(other, "").replace(decimal, ".")), bool(mark)
