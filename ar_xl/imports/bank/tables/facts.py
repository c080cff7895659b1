"""What a bank writes above and below the lines: the account, its currency, the balances."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.core.money import is_currency
from ar_xl.imports.bank.tables.names import (
    ACCOUNT_WORDS,
    CLOSING_WORDS,
    CURRENCY_WORDS,
    OPENING_WORDS,
)
from ar_xl.imports.rawtable import RawColumn, RawGrid

_LABEL_END = re.compile(r"\s*:\s*|\t")
_DIGIT = re.compile(r"\d")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}")
_IN_SENTENCE = re.compile(
    r"account (?:no|number)\.?\s*[-:]?\s*([0-9Xx*][0-9Xx*-]{5,})", re.IGNORECASE
)
_DAY_WORDS = frozenset(
    ("as", "of", "on", "at", "dated", "vom", "am", "per", "zum", "au", "du", "le", "al", "del", "a",
     "em", "dia", "op", "den")
)  # fmt: skip
_FEWEST_DIGITS = 4  # of an account number


def _plain(label: str) -> str:
    """A label in lower case without accents, digits and punctuation."""
    folded = unicodedata.normalize("NFKD", label).casefold()
    kept = "".join(c if c.isalpha() else " " for c in folded if not unicodedata.combining(c))
    return " ".join(kept.split())


_OPENING, _CLOSING, _ACCOUNT, _CURRENCY = (
    frozenset(map(_plain, words))
    for words in (OPENING_WORDS, CLOSING_WORDS, ACCOUNT_WORDS, CURRENCY_WORDS)
)


@dataclass(frozen=True)
class Facts:
    """What the rows around the lines say; empty texts and None where they say nothing.

    Args:
        account: number or IBAN.
        currency: ISO 4217.
        opening, closing: one cell each, not valued yet.
        rows: records that said something about a balance.
    """

    account: str = ""
    currency: str = ""
    opening: RawColumn | None = None
    closing: RawColumn | None = None
    rows: frozenset[int] = field(default=frozenset())


def is_opening(text: str) -> bool:
    """Whether a text names the balance before the lines."""
    return _begins(_plain(text), _OPENING)


def is_closing(text: str) -> bool:
    """Whether a text names the balance after the lines."""
    return _begins(_plain(text), _CLOSING)


def is_all_opening(text: str) -> bool:
    """Whether a text says nothing else than that it is the balance before the lines."""
    return text[:1].isalpha() and _without_day(text) in _OPENING


def is_all_closing(text: str) -> bool:
    """Whether a text says nothing else than that it is the balance after the lines."""
    return text[:1].isalpha() and _without_day(text) in _CLOSING


def _without_day(text: str) -> str:
    """A label without the words that stand before a date: `balance as of 01/31`."""
    pieces = _plain(text).split(" ")
    while pieces and pieces[-1] in _DAY_WORDS:
        pieces.pop()
    return " ".join(pieces)


def _begins(label: str, words: frozenset[str]) -> bool:
    pieces = label.split(" ")
    return any(" ".join(pieces[:n]) in words for n in range(1, min(len(pieces), 5) + 1))


def facts_of(grid: RawGrid, records: Sequence[int] | IntArray) -> Facts:
    """Gather what some records say.

    Args:
        grid: the file.
        records: those above the headings, and those below that are no lines.
    """
    found = Facts()
    for index in records:
        filled = [(at, column) for at, column in enumerate(grid.columns) if column.filled[index]]
        for position, (_, column) in enumerate(filled):
            behind = [later for _, later in filled[position + 1 :]]
            found = _with_cell(found, int(index), column, behind)
    return found


def _with_cell(facts: Facts, index: int, column: RawColumn, behind: list[RawColumn]) -> Facts:
    text = str(column.texts[index]).strip()
    label, mark, value = _split(text)
    cell = _text_cell(value) if value else _next_value(index, behind)
    shown = "" if cell is None else str(cell.texts[0]).strip()
    code = (value if mark else text).strip(" :")
    if _is_iban(text) and not _is_iban(facts.account):
        return replace(facts, account=_account_of(text))
    if not facts.currency and is_currency(code):
        return replace(facts, currency=code)
    plain = _plain(label)
    if not plain or not shown:
        return facts
    if plain in _CURRENCY and not facts.currency and is_currency(shown.upper()[:3]):
        return replace(facts, currency=shown.upper()[:3])
    is_better = not facts.account or (_is_iban(shown) and not _is_iban(facts.account))
    if plain in _ACCOUNT and is_better and len(_DIGIT.findall(shown)) >= _FEWEST_DIGITS:
        return replace(facts, account=_account_of(shown))
    told = _IN_SENTENCE.search(text)
    if told and not facts.account:
        return replace(facts, account=told[1])
    if not _DIGIT.search(shown):
        return facts
    rows = facts.rows | {index}
    if facts.opening is None and _begins(plain, _OPENING):
        return replace(facts, opening=cell, rows=rows)
    if facts.closing is None and _begins(plain, _CLOSING):
        return replace(facts, closing=cell, rows=rows)
    return facts


def _split(text: str) -> tuple[str, str, str]:
    """Label and value of a cell; the value is empty where it stands in the next one."""
    found = _LABEL_END.search(text)
    if not found:
        return text, "", ""
    return text[: found.start()], ":", text[found.end() :].strip()


def _text_cell(text: str) -> RawColumn:
    return RawColumn.of_texts([text])


def _next_value(index: int, behind: list[RawColumn]) -> RawColumn | None:
    for column in behind:
        if _DIGIT.search(str(column.texts[index])) or is_currency(str(column.texts[index]).strip()):
            return column.take(np.array([index], dtype=np.int64))
    return None


def _account_of(text: str) -> str:
    """An account as the file writes it; an IBAN without blanks."""
    if _is_iban(text):
        return "".join(bare(text).split())
    return re.split(r"\s*[(;,]|\s+-\s+", bare(text))[0].lstrip("_").strip()


def bare(text: str) -> str:
    """A text without the `="..."` or apostrophe that keeps Excel from making it a number."""
    stripped = text.strip()
    if stripped.startswith('="') and stripped.endswith('"'):
        return stripped[2:-1].strip()
    return stripped.lstrip("'").strip()


def _is_iban(text: str) -> bool:
    """Whether a text is an IBAN with right check digits (ISO 13616)."""
    tight = "".join(bare(text).split()).upper()
    if not _IBAN.fullmatch(tight):
        return False
    digits = "".join(str(int(c, 36)) for c in tight[4:] + tight[:4])
    return int(digits) % 97 == 1
