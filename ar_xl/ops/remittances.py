"""Remittance texts of every sort: the grammar first, and what it does not know as pasted text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property

from ar_xl.core.arrays import TextArray
from ar_xl.ops.references import UNKNOWN, Reference, finder, parse
from ar_xl.ops.remittance_text import Reading, read_text

_SIGNS_OF_A_TEXT = ("\n", "\t", "<", "|")


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

    def read(self, text: str, received: Decimal | None = None) -> Reading:
        """What a text says is paid.

        Args:
            text: references as `ops/references.py` has them, or a pasted advice.
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
        reading = read_text(text, self._find, self._reasons, received)
        if reading.problem:
            return reading
        known = any(each.document != UNKNOWN for each in reading.references)
        named = any(each.amount is not None for each in reading.references) or several
        return reading if known and named else None


def _shown(reference: Reference) -> str:
    amount = "" if reference.amount is None else f" {reference.amount:,}"
    less = "".join(f" less {each.amount:,} {each.reason}" for each in reference.deductions)
    return f"{reference.text}{amount}{less}"
