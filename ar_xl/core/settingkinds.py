"""What a setting is, and how the text of its cell becomes a value."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from ar_xl.core.money import is_currency


@dataclass(frozen=True)
class Setting:
    """One line of the Settings sheet.

    Args:
        name: as it stands in the sheet.
        field: the attribute of `Settings` it becomes.
        default: the value in a new workbook, as text.
        note: what it means and what is allowed.
        parse: text to value; raises ValueError for what is not allowed.
    """

    name: str
    field: str
    default: str
    note: str
    parse: Callable[[str], Any]

    @property
    def choices(self) -> tuple[str, ...]:
        """The only words allowed; empty for anything else."""
        return tuple(getattr(self.parse, "allowed", ()))


class OneOf:
    """Reads one of a few words; the template offers them as a drop-down."""

    def __init__(self, *allowed: str) -> None:
        self.allowed = allowed

    def __call__(self, text: str) -> Any:
        """The word, in small letters; raises ValueError for others."""
        value = text.strip().lower()
        if value not in self.allowed:
            raise ValueError(f"one of: {', '.join(self.allowed)}")
        return value


class YesNo(OneOf):
    """Reads yes or no as a truth value."""

    def __call__(self, text: str) -> Any:
        """True for yes."""
        return super().__call__(text) == "yes"


yes_no = YesNo("yes", "no")


def folded(text: str) -> str:
    """A word whose capitals do not count, such as a language."""
    return text.strip().lower()


def currency(text: str) -> str:
    """A currency code."""
    value = text.strip().upper()
    if not is_currency(value):
        raise ValueError("a currency code of three letters such as USD")
    return value


def edges(text: str) -> tuple[int, ...]:
    """Rising day numbers."""
    try:
        found = tuple(int(part) for part in text.replace(";", ",").split(","))
    except ValueError:
        raise ValueError("day numbers in rising order such as 30,60,90") from None
    if not found or found[0] < 1 or any(b <= a for a, b in itertools.pairwise(found)):
        raise ValueError("day numbers in rising order such as 30,60,90; buckets may not overlap")
    return found


def rules(text: str) -> tuple[int, ...]:
    """Allocation rules, in order."""
    try:
        found = tuple(int(part) for part in text.replace(";", ",").split(",") if part.strip())
    except ValueError:
        found = (0,)
    if len(set(found)) != len(found) or not set(found) <= {1, 2, 3, 4, 5}:
        raise ValueError("some of the rules 1 to 5 in the order they run, such as 1,2,3,4,5")
    return found


def day(text: str) -> date | None:
    """A date, or None."""
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise ValueError("a date such as 2026-01-31, or nothing") from None


def number(text: str) -> Decimal | None:
    """A number that is not negative, or None."""
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        raise ValueError("a number such as 5.00, or nothing") from None
    if not value.is_finite() or value < 0:
        raise ValueError("a number that is not negative, or nothing")
    return value


def weight(text: str) -> Decimal:
    """A number that is not negative; nothing is 0."""
    return number(text) or Decimal(0)


def list_of(text: str) -> tuple[str, ...]:
    """Words with `;` between them."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def zone(text: str) -> str:
    """The name of a time zone, or nothing; raises ValueError for a name that is none."""
    name = text.strip()
    try:
        return str(ZoneInfo(name)) if name else ""
    except (ValueError, OSError, KeyError):
        raise ValueError("a time zone such as Europe/Berlin, or nothing") from None


def words(text: str) -> str:
    """Any text."""
    return text.strip()


def account(text: str) -> str:
    """A general-ledger account: never empty."""
    if not text.strip():
        raise ValueError("the number or name of a general-ledger account")
    return text.strip()
