"""References: what a Remittance text says is paid, `INV-7; INV-9 120.00` (semantics, section 4).

A number is taken as it stands first; where no document has it, capitals, blanks and a comma
between two numbers are forgiven as long as only one document can be meant. `INV-9 95.00 -5.00
Damage` pays 95.00 and says why 5.00 more are not paid.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from ar_xl.core.arrays import IntArray, TextArray, codes_of, positions

UNKNOWN = -1
SEVERAL = -2  # more than one document can be meant
LONGEST_AMOUNT = 24  # characters; Excel keeps 15 digits

_PLAIN_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_COMMA_DECIMALS = re.compile(r"(\d+),(\d{1,2})")
# ` -5.00 Damage`, up to the next one or the end
_DEDUCTION = re.compile(r"\s+[-\u2212](\d[\d.,]*)\s+([^\W\d](?:(?!\s[-\u2212]\d).)*)")


class Deduction(NamedTuple):
    """What a payer keeps back of a document.

    Args:
        amount: how much, in major units; above zero.
        reason: why, as it was written.
    """

    amount: Decimal
    reason: str


class Reference(NamedTuple):
    """One document that a receipt says it pays.

    Args:
        text: the number as it was written.
        document: its index in the numbers searched, UNKNOWN or SEVERAL.
        amount: how much of it, in major units; None for what is open.
        deductions: what is kept back of it.
    """

    text: str
    document: int
    amount: Decimal | None
    deductions: tuple[Deduction, ...] = ()


References = tuple[Reference, ...]


def read_references(
    remittances: TextArray, numbers: TextArray
) -> tuple[IntArray, list[References]]:
    """Read the references of many receipts; equal texts are read once.

    Args:
        remittances: the texts, "" where there is none.
        numbers: the document numbers that can be meant.

    Returns:
        For each text the index of its references in the list, and the list; a text without any
        has an empty tuple.
    """
    (codes,), texts = codes_of(remittances)
    # most texts are one number and nothing else
    whole = positions(numbers, texts)
    find = finder(numbers) if ((whole < 0) & (texts != "")).any() else None
    read: list[References] = []
    for text, at in zip(texts.tolist(), whole.tolist(), strict=True):
        if not text:
            read.append(())
        elif at >= 0:
            read.append((Reference(text, at, None),))
        else:
            assert find is not None, "a text that is no number needs the finder"
            read.append(parse(text, find))
    return codes, read


def read_amount(text: str) -> Decimal | None:
    """Read an amount such as `120`, `1,200.00` or `120,50`; None for anything else."""
    if len(text) > LONGEST_AMOUNT:
        return None
    if _PLAIN_AMOUNT.fullmatch(text):
        return Decimal(text.replace(",", ""))
    european = _COMMA_DECIMALS.fullmatch(text)
    return Decimal(f"{european[1]}.{european[2]}") if european else None


def finder(numbers: TextArray) -> Callable[[str], int]:
    """Return a function from a number as written to the index of the document it means."""
    backwards = range(len(numbers) - 1, -1, -1)  # the first of equal numbers stays
    exact: dict[str, int] = dict(zip(reversed(numbers.tolist()), backwards, strict=True))
    loose: dict[str, int] = {}

    def find(text: str) -> int:
        if text in exact:
            return exact[text]
        if not loose:
            loose.update(_by_loose_form(exact))
        return loose.get(_loose(text), UNKNOWN)

    return find


def _by_loose_form(exact: dict[str, int]) -> dict[str, int]:
    """Documents by their number without blanks and in one case; SEVERAL where that is not one."""
    forms = list(map(str.casefold, exact))
    if len("".join(["*", *forms, "*"]).split()) > 1:
        forms = list(map(_loose, exact))
    loose = dict(zip(forms, exact.values(), strict=True))
    if len(loose) == len(exact):
        return loose
    for form, at in zip(forms, exact.values(), strict=True):
        if loose[form] != at:
            loose[form] = SEVERAL
    return loose


def _loose(number: str) -> str:
    return "".join(number.split()).casefold()


def parse(text: str, find: Callable[[str], int]) -> References:
    """Read the references of one text.

    Args:
        text: as it was typed or imported.
        find: from a number as written to the index of its document, UNKNOWN or SEVERAL.
    """
    pieces = (piece.strip().strip(",").strip() for piece in re.split(r"[;\n]", text))
    return tuple(found for piece in pieces if piece for found in _read_piece(piece, find))


def _read_piece(piece: str, find: Callable[[str], int]) -> list[Reference]:
    """One piece between semicolons: a number, a number with an amount, or several numbers."""
    at = find(piece)
    if at != UNKNOWN:
        return [Reference(piece, at, None)]
    named = _with_amount(piece, find)
    if named is not None and named.document != UNKNOWN:
        return [named]
    deducted = _with_deductions(piece, find)
    if deducted is not None:
        return deducted
    for parts in (re.split(r",\s", piece), piece.split(","), piece.replace(",", " ").split()):
        several = [_one(part.strip(), find) for part in parts if part.strip()]
        if len(several) > 1 and all(each.document != UNKNOWN for each in several):
            return several
    return [named or Reference(piece, UNKNOWN, None)]


def _one(part: str, find: Callable[[str], int]) -> Reference:
    at = find(part)
    if at != UNKNOWN:
        return Reference(part, at, None)
    return _with_amount(part, find) or Reference(part, UNKNOWN, None)


def _with_amount(piece: str, find: Callable[[str], int]) -> Reference | None:
    before = piece.rstrip("0123456789.,")
    number = before.rstrip().rstrip(":=").rstrip()
    amount = read_amount(piece[len(before) :])
    if amount is None or not number or number == before:
        return None
    return Reference(number, find(number), amount)


def _with_deductions(piece: str, find: Callable[[str], int]) -> list[Reference] | None:
    """A piece that ends in what is kept back, of the last document that it names."""
    begin = _DEDUCTION.search(piece)
    if begin is None or not begin.start():
        return None
    deductions = []
    for amount, reason in _DEDUCTION.findall(piece, begin.start()):
        kept_back = read_amount(amount)
        if not kept_back:
            return None
        deductions.append(Deduction(kept_back, reason.strip()))
    *others, last = _read_piece(piece[: begin.start()].strip(), find)
    return [*others, last._replace(deductions=tuple(deductions))]
