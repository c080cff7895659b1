"""Whether point or comma marks the decimals of a bank's table: proved, remembered or asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ar_xl.core.arrays import BLANK, NAT, IntArray
from ar_xl.imports.amounts import COMMA, POINT, AmountTexts, decide_mark, minor_units, take_apart
from ar_xl.imports.bank.parts import Remembered
from ar_xl.imports.bank.tables.facts import Facts
from ar_xl.imports.bank.tables.money import Reading, breaks_of
from ar_xl.imports.reading import Reader

_WORDS = {POINT: "point", COMMA: "comma"}


def decide_decimal(
    reader: Reader,
    parts: Mapping[str, AmountTexts],
    facts: Facts,
    digits: IntArray,
    groups: list[IntArray],
    remembered: Remembered | None,
) -> str:
    """Decide the decimal mark where the file allows it; the options of the reader keep it.

    An amount that can have one mark only proves it. Where none does, a reading with amounts finer
    than the currency is none, then the running balances decide, then what was remembered.

    Returns:
        "point" or "comma"; "" where no amount has a mark, or where it is open.
    """
    if reader.options.decimal:
        return reader.options.decimal
    around = [take_apart(cell, 1, is_loose=True) for cell in (facts.opening, facts.closing)
              if cell is not None]  # fmt: skip
    decided = decide_mark([*parts.values(), *around])
    mark, words = decided.mark, ""
    if not mark and not decided.conflict:
        mark, words = _by_elimination(parts, digits, groups)
        if not mark and remembered is not None and remembered.decimal:
            return _keep(reader, remembered.decimal, "as remembered for this bank")
    if words:
        return _keep(reader, _WORDS[mark], words)
    if mark:
        reader.options = replace(reader.options, decimal=_WORDS[mark])
    has_marks = decided.point_row is not None or decided.comma_row is not None
    return _WORDS[mark] if mark and has_marks else ""


def _keep(reader: Reader, word: str, why: str) -> str:
    reader.options = replace(reader.options, decimal=word)
    reader.said.append(f"Decimals were read with a {word}: {why}.")
    return word


def _by_elimination(
    parts: Mapping[str, AmountTexts], digits: IntArray, groups: list[IntArray]
) -> tuple[str, str]:
    faults, breaks = {}, {}
    for mark in (POINT, COMMA):
        read = {key: minor_units(part, mark, digits) for key, part in parts.items()}
        faults[mark] = sum(int((wrong != 0).sum()) for _, wrong in read.values())
        breaks[mark] = _breaks({key: minor for key, (minor, _) in read.items()}, groups)
    for measure, words in (
        (faults, "the other mark would make amounts finer than the currency"),
        (breaks, "the running balances prove it"),
    ):
        best = min(measure, key=lambda mark: measure[mark])
        if measure[best] == 0 and len(set(measure.values())) > 1:
            return best, words
    return "", ""


def _breaks(money: Mapping[str, IntArray], groups: list[IntArray]) -> int:
    if "balance" not in money:
        return 0
    length = len(money["balance"])
    none = np.zeros(length, dtype=np.int64)

    def known(key: str) -> IntArray:
        minor = money.get(key, none)
        return np.where(minor == BLANK, 0, minor)

    amount = known("amount") + known("credit") - np.abs(known("debit"))
    dates = np.full(length, NAT, dtype="datetime64[D]")
    return breaks_of(groups, Reading("", amount, none), money["balance"], dates)
