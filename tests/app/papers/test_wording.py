"""How papers write money and dates in each language."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from ar_xl.app.papers.wording import LANGUAGES, Phrase, Wording, language_findings
from ar_xl.core.arrays import BLANK, NAT

OCTOBER = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("language", "money", "day"),
    [
        ("en", "EUR 1,234,567.80", "31 Oct 2026"),
        ("de", "1.234.567,80 EUR", "31.10.2026"),
        ("fr", "1 234 567,80 EUR", "31/10/2026"),
        ("es", "1.234.567,80 EUR", "31/10/2026"),
        ("it", "1.234.567,80 EUR", "31/10/2026"),
        ("nl", "EUR 1.234.567,80", "31-10-2026"),
    ],
)
def test_money_and_dates_are_written_as_the_language_does(
    language: str, money: str, day: str
) -> None:
    said = Wording.of(language)
    assert said.money(123456780, "EUR").replace("\u00a0", " ") == money
    assert said.date(OCTOBER).replace("\u00a0", " ") == day


def test_an_amount_keeps_the_decimals_of_its_currency_and_its_sign() -> None:
    german = Wording.of("de")
    assert german.amount(-1234567, "JPY") == "-1.234.567"
    assert german.amount(1234567, "KWD") == "1.234,567"
    assert german.amount(-5, "EUR") == "-0,05"


def test_an_empty_cell_is_no_text() -> None:
    assert Wording.of("en").money(BLANK, "USD") == ""
    assert Wording.of("en").date(NAT) == ""
    assert Wording.of("nl").date(np.datetime64("2026-01-02")) == "02-01-2026"


def test_a_language_may_be_typed_as_people_do() -> None:
    typed = ["DE", "de-AT", "de_CH", "German", " deutsch "]
    assert {Wording.of(text).language for text in typed} == {"de"}


def test_a_language_nobody_here_speaks_is_the_companys_with_a_finding() -> None:
    assert Wording.of("fi", "fr").language == "fr"
    assert Wording.of("", "fr").language == "fr"
    assert Wording.of("fi", "xx").language == "en"
    found = language_findings([(2, "C-1", "fi"), (3, "C-2", ""), (4, "C-3", "it")], "xx")
    assert [(each.table, each.row_id, each.seen) for each in found] == [
        ("Customers", "C-1", "`fi`"),
        ("Settings", "Language", "`xx`"),
    ]


def test_a_phrase_has_every_language_and_takes_values() -> None:
    due = Phrase("Due {day}", "Fällig {day}", "Échéance {day}", "Vence {day}", "Scade {day}",
                 "Vervalt {day}")  # fmt: skip
    assert [Wording.of(each).say(due, day="1.1.") for each in LANGUAGES] == [
        "Due 1.1.", "Fällig 1.1.", "Échéance 1.1.", "Vence 1.1.", "Scade 1.1.", "Vervalt 1.1.",
    ]  # fmt: skip
