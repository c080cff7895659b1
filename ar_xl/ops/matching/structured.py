"""Structured references: numbers with check digits that a payer copies from a payment slip.

* ISO 11649 creditor reference: `RF`, two check digits, up to 21 letters and digits; the whole,
  with the first four characters moved to its end and letters as 10 to 35, leaves 1 by 97.
* Swiss QR reference (SIX, Implementation Guidelines QR-bill, annex B): 27 digits, the last a
  check digit modulo 10, recursive.
* Payment numbers of the Nordic countries: digits whose last one checks the rest, modulo 10
  (weights 2 and 1 from the right), modulo 11 (weights 2 to 7), or by the weights 7, 3, 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

RF_LONGEST = 25
QR_DIGITS = 27
SHORTEST, LONGEST = 4, 25  # digits of a Nordic payment number

_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)  # the table of modulo 10, recursive
_RF = re.compile(r"\bRF ?\d{2}[A-Z0-9 ]{1,32}")
_LONG_DIGITS = re.compile(r"(?<!\d)\d(?: ?\d){26}(?!\d)")
_DIGITS = re.compile(r"(?<![A-Z0-9])\d{4,25}(?![A-Z0-9])")


class Structured(NamedTuple):
    """A reference whose check digits are right.

    Args:
        text: as it was written, without blanks.
        body: what it refers to, without check digits and leading zeros.
        scheme: its name, for a sentence.
        at: where it stands in the text.
        sure: the scheme leaves hardly any room for chance.
    """

    text: str
    body: str
    scheme: str
    at: int
    sure: bool


def rf_is_right(reference: str) -> bool:
    """Whether an ISO 11649 reference without blanks has the right check digits.

    >>> rf_is_right("RF18539007547034"), rf_is_right("RF19539007547034")
    (True, False)
    """
    if not 5 <= len(reference) <= RF_LONGEST or not reference.isascii():
        return False
    turned = reference[4:] + reference[:4]
    return reference.isalnum() and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def recursive_check_digit(digits: str) -> int:
    """The check digit modulo 10, recursive, of digits.

    >>> recursive_check_digit("21000000000313947143000901")
    7
    """
    carry = 0
    for digit in digits:
        carry = _CARRY[(carry + int(digit)) % 10]
    return (10 - carry) % 10


def ends_in_a_check_digit(digits: str) -> bool:
    """Whether the last digit checks the others in one of the Nordic schemes.

    >>> ends_in_a_check_digit("1234567897"), ends_in_a_check_digit("12344")
    (True, True)
    """
    rest, last = [int(digit) for digit in reversed(digits[:-1])], int(digits[-1])
    luhn = sum(d if at % 2 else sum(divmod(2 * d, 10)) for at, d in enumerate(rest))
    eleven = 11 - sum(d * (2 + at % 6) for at, d in enumerate(rest)) % 11
    sevens = sum(d * (7, 3, 1)[at % 3] for at, d in enumerate(rest))
    return last in (-luhn % 10, eleven % 11, -sevens % 10)


def structured_references(text: str, known: Callable[[str], bool]) -> Iterator[Structured]:
    """Every reference in a text of capitals whose check digits are right.

    Args:
        text: in capitals.
        known: whether the body of a Nordic payment number stands for anything; most long numbers
            are something else, and one in ten has a right check digit by chance.
    """
    if "RF" in text:
        for match in _RF.finditer(text):
            found = _longest_rf(match[0])
            if found:
                body = found[4:].lstrip("0")
                yield Structured(found, body, "creditor reference", match.start(), True)
    for match in _LONG_DIGITS.finditer(text):
        digits = match[0].replace(" ", "")
        if recursive_check_digit(digits[:-1]) == int(digits[-1]):
            body = digits[:-1].lstrip("0")
            yield Structured(digits, body, "QR reference", match.start(), True)
    for match in _DIGITS.finditer(text):
        body = match[0][:-1].lstrip("0")
        if known(body) and ends_in_a_check_digit(match[0]):
            yield Structured(match[0], body, "payment number", match.start(), False)


def _longest_rf(text: str) -> str:
    """The longest reference that begins a text, blanks left out; "" where none is right."""
    pieces = text.split(" ")
    if pieces[0] == "RF" and len(pieces) > 1:
        pieces = [pieces[0] + pieces[1], *pieces[2:]]
    for last in range(len(pieces), 0, -1):
        whole = "".join(pieces[:last])
        if rf_is_right(whole):
            return whole
    return ""
