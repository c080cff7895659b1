"""Remittance texts of every sort: the grammar first, and what it does not know as pasted text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from ar_xl.core.arrays import TextArray
from ar_xl.ops.remittance.references import SEVERAL, UNKNOWN, Reference, References, finder, parse
from ar_xl.ops.remittance.text import Reading, read_text
from ar_xl.ops.remittance.words import named_documents

_SIGNS_OF_A_TEXT = ("\n", "\t", "<", "|")
_LEAST_DIGITS = 4  # of a number that is known by its digits alone


def understood(
    texts: TextArray, read: list[References], numbers: TextArray, reasons: Sequence[str]
) -> tuple[list[References], dict[int, Reading]]:
    """References of many texts, pasted advices read where the grammar knows nothing.

    Args:
        texts: different texts.
        read: the references of each by the grammar.
        numbers: the document numbers that can be meant.
        reasons: of the setting Deduction Reasons.

    Returns:
        The references of each text, and the readings of those that were pasted, by place.
    """
    reader = Remittances(numbers, reasons)
    made, readings = list(read), {}
    for at, references in enumerate(read):
        if all(each.document != UNKNOWN for each in references):
            continue
        reading = reader.as_pasted(str(texts[at]), references, None)
        if reading is not None:
            readings[at] = reading
            made[at] = reading.references or references
    return made, readings


class Remittances:
    """Reads remittance texts.

    Args:
        numbers: the document numbers that can be meant.
        reasons: of the setting Deduction Reasons.
    """

    def __init__(self, numbers: TextArray, reasons: Sequence[str]) -> None:
        self._numbers, self._reasons = numbers, reasons

    @cached_property
    def _find(self) -> Callable[[str], int]:
        return finder(self._numbers)

    @cached_property
    def _by_digits(self) -> dict[str, int]:
        """Documents by the digits of their numbers, SEVERAL where those of several are alike."""
        found: dict[str, int] = {}
        for at, number in enumerate(self._numbers.tolist()):
            digits = "".join(filter(str.isdigit, number))
            if len(digits) >= _LEAST_DIGITS:
                found[digits] = SEVERAL if digits in found else at
        return found

    def _find_called(self, text: str) -> int:
        """The document that a text calls an invoice: by its number, else by its digits alone."""
        at = self._find(text)
        if at == UNKNOWN and text.strip("#").isdigit():
            return self._by_digits.get(text.strip("#"), UNKNOWN)
        return at

    def read(self, text: str, received: Decimal | None = None) -> Reading:
        """What a text says is paid.

        Args:
            text: references as `ops/remittance/references.py` has them, or a pasted advice.
            received: the amount of the receipt, major units.
        """
        plain = parse(text, self._find)
        if all(each.document != UNKNOWN for each in plain):
            return Reading(plain, "; ".join(_shown(each) for each in plain))
        return self.as_pasted(text, plain, received) or Reading(plain)

    def as_pasted(
        self, text: str, plain: tuple[Reference, ...], received: Decimal | None
    ) -> Reading | None:
        """The reading of a text as a pasted advice; None where it is none.

        Args:
            text: the text.
            plain: what the grammar made of it.
            received: the amount of the receipt, major units.
        """
        several = any(sign in text for sign in _SIGNS_OF_A_TEXT)
        if not several and any(each.document != UNKNOWN for each in plain):
            return None
        if not several and not named_documents(text):
            pieces = text.replace(";", " ").replace(",", " ").split()
            if all(self._find(piece.strip(".:()")) == UNKNOWN for piece in pieces):
                return None
        reading = read_text(text, self._find, self._find_called, self._reasons, received)
        if reading.problem:
            return reading
        references = tuple(
            each._replace(text=str(self._numbers[each.document])) if each.document >= 0 else each
            for each in reading.references
        )
        reading = replace(reading, references=references)
        known = any(each.document != UNKNOWN for each in reading.references)
        named = any(each.amount is not None for each in reading.references) or several
        return reading if known and named else None


def _shown(reference: Reference) -> str:
    amount = "" if reference.amount is None else f" {reference.amount:,}"
    less = "".join(f" less {each.amount:,} {each.reason}" for each in reference.deductions)
    return f"{reference.text}{amount}{less}"
