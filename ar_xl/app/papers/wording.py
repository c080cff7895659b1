"""Wording: what papers say, and how they write money and dates, in the customer's language.

Every paper keeps its sentences in a module of its own, as `Phrase`s: one text in every language,
so that a translation that is missing is found before anybody reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.money import exponent, to_decimal

LANGUAGE_UNKNOWN = code(
    "language_unknown",
    Severity.WARNING,
    "one of en, de, fr, es, it, nl",
    "Correct the Language; until then papers are in the language of the company, else in English.",
)
_NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Phrase:
    """One sentence or word in every language that papers are written in."""

    en: str
    de: str
    fr: str
    es: str
    it: str
    nl: str


LANGUAGES: tuple[str, ...] = tuple(each.name for each in fields(Phrase))
# As people write a language in a cell, besides its code.
_NAMES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr",
    "francais": "fr", "spanish": "es", "español": "es", "espanol": "es", "italian": "it",
    "italiano": "it", "dutch": "nl", "nederlands": "nl",
}  # fmt: skip
# Between thousands, before decimals (Unicode CLDR 45, locales of the language's own country; of
# the French narrow space the plain one that does not break, which more programs show).
_MARKS = {
    language: str.maketrans(",.", marks)
    for language, marks in {
        "en": ",.", "de": ".,", "fr": f"{_NO_BREAK},", "es": ".,", "it": ".,", "nl": ".,",
    }.items()
}  # fmt: skip
_CODE_FIRST = {"en", "nl"}
_ENGLISH_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_DAY_MARKS = {"de": ".", "fr": "/", "es": "/", "it": "/", "nl": "-"}


def known_language(text: str) -> str:
    """The code of a language as somebody typed it: `de`, `DE-at`, `German`; "" where unknown."""
    word = text.strip().casefold()
    if word in _NAMES:
        return _NAMES[word]
    first = word.replace("_", "-").partition("-")[0]
    return first if first in LANGUAGES else ""


@dataclass(frozen=True)
class Wording:
    """How one language says things.

    Args:
        language: its code, one of LANGUAGES.
    """

    language: str

    @staticmethod
    def of(language: str, company: str = "en") -> Wording:
        """The wording of a customer.

        Args:
            language: as it stands with the customer; one that is empty or unknown gives the
                company's (`language_findings` says which are unknown).
            company: the Language of the settings; English where that is unknown too.
        """
        return Wording(known_language(language) or known_language(company) or "en")

    def say(self, phrase: Phrase, **values: str) -> str:
        """A phrase, with values in the places that it names in braces."""
        text: str = getattr(phrase, self.language)
        return text.format(**values) if values else text

    def amount(self, minor: int, currency: str) -> str:
        """Minor units with the currency's decimals and the language's marks: `1.234,56`.

        BLANK is no text.
        """
        if minor == BLANK:
            return ""
        plain = f"{to_decimal(minor, currency):,.{exponent(currency)}f}"
        return plain.translate(_MARKS[self.language])

    def money(self, minor: int, currency: str) -> str:
        """An amount with its currency, which never leaves it at a line's end: `1.234,56 EUR`."""
        amount = self.amount(minor, currency)
        if not amount:
            return ""
        first = self.language in _CODE_FIRST
        return f"{currency}{_NO_BREAK}{amount}" if first else f"{amount}{_NO_BREAK}{currency}"

    def date(self, value: date | np.datetime64) -> str:
        """A date as the language writes it: `31.10.2026`; NaT is no text.

        English has the month in letters: 10/11 is another day in London than in New York.
        """
        if isinstance(value, np.datetime64):
            if np.isnat(value):
                return ""
            value = date.fromisoformat(str(value.astype("datetime64[D]")))
        if self.language == "en":
            month = _ENGLISH_MONTHS[value.month - 1]
            return f"{value.day}{_NO_BREAK}{month}{_NO_BREAK}{value.year:04d}"
        mark = _DAY_MARKS[self.language]
        return f"{value.day:02d}{mark}{value.month:02d}{mark}{value.year:04d}"


def language_findings(
    languages: Iterable[tuple[int, str, str]], company: str, company_row: int = 0
) -> list[Finding]:
    """Say which languages nobody here speaks.

    Args:
        languages: sheet row, Customer ID and Language of each customer that gets a paper.
        company: the Language of the settings.
        company_row: its row of the Settings sheet, where that is known.
    """
    findings = [
        Finding(LANGUAGE_UNKNOWN, "Customers", row, "language", customer_id, f"`{language}`")
        for row, customer_id, language in languages
        if language.strip() and not known_language(language)
    ]
    if company.strip() and not known_language(company):
        seen = f"`{company}`"
        findings.append(
            Finding(LANGUAGE_UNKNOWN, "Settings", company_row, "value", "Language", seen)
        )
    return findings
