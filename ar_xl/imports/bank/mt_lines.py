"""Statement lines and balances of MT940 and MT942: field 61, 60, 62, 34F and 90.

Banks differ in small things, and all of these are read: no entry date, or blanks for it; years of
four digits; a decimal point for the comma; amounts without either; references that are too long.
Source: SWIFT Standards MT, category 9 (November 2023), field 61 subfields 1 to 9.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_LINE = re.compile(
    # Value date, entry date, mark, the third letter of the currency, amount, and the rest.
    r"\s*((?:19|20)\d{6}(?=\D|\d{4}\D)|\d{6})(\d{4}|    )?\s*"
    r"(E?R?[CD])[A-Z]?\s*(\d[\d.,]*|[.,]\d+)\s*(.*)"
)
_BALANCE = re.compile(
    r"\s*(?P<mark>[CD])\s*(?P<date>\d{8}(?=[A-Z]{3})|\d{6})?\s*(?P<currency>[A-Z]{3})?\s*(?P<amount>.*?)\s*"
)
_SUM = re.compile(r"\s*(?P<count>\d{0,5})(?P<currency>[A-Z]{3})(?P<amount>[\d.,]+)\s*")
_AMOUNT = re.compile(
    r"\d+[.,]?\d*|[.,]\d+|\d{1,3}(?:\.\d{3})+(?:,\d*)?|\d{1,3}(?:,\d{3})+(?:\.\d*)?"
)
_PLAIN = re.compile(r"-?\d+\.\d*")
_TYPE = re.compile(r"[A-Z][A-Z0-9][A-Z0-9 ]{2}")
_PIVOT = 80  # two digits from here on are years of the last century


class Line(NamedTuple):
    """Field 61, taken apart.

    Args:
        value_date, entry_date: ISO; "" where it cannot be read or is not there.
        moved: the value date does not exist (30 February) and became the month's last day.
        amount: signed plain decimal; "" where it cannot be read.
        reversal: the mark says that it takes back another line.
        expected: the mark says that it is not booked yet.
        type: `NTRF`, `N051`; "" is none.
        reference: of the account's owner, before `//`.
        bank_reference: behind `//`.
    """

    value_date: str
    entry_date: str
    moved: bool
    amount: str
    reversal: bool
    expected: bool
    type: str
    reference: str
    bank_reference: str

    @property
    def date(self) -> str:
        """The day it was booked, else its value date."""
        return self.entry_date or self.value_date


class Balance(NamedTuple):
    """A balance: ISO date, currency and signed plain decimal; each "" where it is not told."""

    date: str
    currency: str
    amount: str


def line_of(text: str) -> Line | None:
    """Take field 61 apart; None where it is no statement line at all.

    Args:
        text: the first line of the field.
    """
    found = _LINE.match(text)
    if not found:
        return None
    written_day, month_day, mark, written, rest = found.groups()
    value, moved = day_of(written_day)
    reversal = "R" in mark
    # A reversed credit is taken from the account, a reversed debit comes back to it.
    credit = (mark[-1] == "C") != reversal
    kind = _TYPE.match(rest)
    reference, _, bank_reference = rest[4 if kind else 0 :].partition("//")
    return Line(
        value, _entry_day(value, month_day) if month_day else "", moved,
        plain(written, "" if credit else "-"), reversal, mark[0] == "E",
        kind[0].rstrip() if kind else "", reference.strip(), bank_reference.strip(),
    )  # fmt: skip


def balance_of(text: str) -> Balance | None:
    """Take field 60 or 62 apart; None where it is no balance at all.

    An amount that cannot be read stays as it is written, so that it is said and not taken for 0.
    """
    found = _BALANCE.fullmatch(text)
    if not found:
        return None
    day, _ = day_of(found["date"] or "")
    written = found["amount"]
    amount = plain(written, "-" if found["mark"] == "D" else "")
    return Balance(day, found["currency"] or "", amount or written or "?")


def sum_of(text: str) -> tuple[str, str, str] | None:
    """Take field 90C or 90D apart: count, currency, plain sum; None where it is none."""
    found = _SUM.fullmatch(text)
    return (found["count"], found["currency"], plain(found["amount"], "")) if found else None


def plain(text: str, sign: str) -> str:
    """An amount as plain decimal text, `1234.50`; "" where it is none.

    Args:
        text: `1234,5`, `1.234,50`, `1234,`, `,5`; without a sign.
        sign: "-" or "".
    """
    number, _, part = text.partition(",")
    if number.isdigit() and part.isdigit():
        number = number.lstrip("0") or "0"
        return f"{sign}{number}.{part}" if sign and (number + part).strip("0") else (
            f"{number}.{part}"
        )  # fmt: skip
    if not _AMOUNT.fullmatch(text):
        return ""
    comma, point = text.rfind(","), text.rfind(".")
    mark = max(comma, point)
    if comma >= 0 and point >= 0:
        text = text.replace("," if point > comma else ".", "")
    elif mark >= 0 and text.count(text[mark]) > 1:
        text, mark = text.replace(text[mark], ""), -1
    whole, _, part = text.replace(",", ".").partition(".")
    number = whole.lstrip("0") or "0"
    if part:
        number = f"{number}.{part}"
    return sign + number if sign and number.strip("0.") else number


def shortest(amount: str) -> str:
    """Plain decimal text in its shortest form, for comparing; other text as it is."""
    if "." not in amount or not _PLAIN.fullmatch(amount):
        return amount
    return amount.rstrip("0").rstrip(".")


@lru_cache(maxsize=4096)
def day_of(text: str) -> tuple[str, bool]:
    """A date of six or eight digits as ISO text, and whether it had to be moved.

    Banks that count 30 days a month write 30 February: it is the last day of that month.
    """
    if len(text) not in (6, 8) or not text.isdigit():
        return "", False
    year, month, day = int(text[:-4]), int(text[-4:-2]), int(text[-2:])
    if len(text) == 6:
        year += 1900 if year >= _PIVOT else 2000
    if not 1 <= month <= 12 or not 1 <= day <= 31 or not 1900 <= year <= 2199:
        return "", False
    last = monthrange(year, month)[1]
    return date(year, month, min(day, last)).isoformat(), day > last


@lru_cache(maxsize=4096)
def _entry_day(value: str, month_day: str) -> str:
    """The entry date, which has no year: the one nearest to the value date."""
    if not value or not month_day.isdigit():
        return ""
    near = date.fromisoformat(value)
    days = (day_of(f"{near.year + years:04d}{month_day}")[0] for years in (0, -1, 1))
    return min(
        (day for day in days if day),
        key=lambda day: abs((date.fromisoformat(day) - near).days),
        default="",
    )
