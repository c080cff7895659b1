"""The texts of a bank's table: cells put into one form, columns joined, plain amounts written."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray, codes_of, text_array
from ar_xl.imports.rawtable import RawColumn, RawGrid, RawKind, RawTable

_SIDE_BEHIND = re.compile(r"(.*\d\S*)\s*\b(H|S|C|D|Haben|Soll|haben|soll|HABEN|SOLL|Cr\.?|Dr\.?)")
_SIDES = {"h": "CR", "haben": "CR", "c": "CR", "cr": "CR", "s": "DR", "soll": "DR", "d": "DR",
          "dr": "DR"}  # fmt: skip
_WHOLE = re.compile(r"(.*\d)[.,]\s*[-\u2013\u2014]+")  # 100.- in Switzerland
_MARK_OUTSIDE = re.compile(r"([^\d\s(]{1,3})\s*\(([^()]+)\)")
_ODD_END = re.compile(r"[^0-9\n]\n|['(]")  # anything behind the digits, or brackets
_NOTHING = frozenset(("-", "--", "\u2013", "\u2014", "nil", "n/a", "na", "none"))
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.]\d+)?")  # 1954 to 2119 as Excel counts days
_FEW = 20  # cells that show how a column is written
_UNSURE_DIGITS = 3  # of amounts whose currency neither file nor user has named yet
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000


def normal_amounts(column: RawColumn, may_be_nothing: bool) -> RawColumn:
    """Amounts as `imports/amounts.py` reads them: `100,00 H` is `100,00 CR`.

    Args:
        column: cells of amounts.
        may_be_nothing: a dash is an empty cell (the other side's column is meant).
    """
    is_text = column.kinds == RawKind.TEXT
    if not _ODD_END.search("\n".join(column.texts[is_text]) + "\n"):
        return column
    (codes_,), distinct = codes_of(column.texts)
    changed = text_array(_normal(str(text)) for text in distinct)
    texts = np.where(is_text, changed[codes_], column.texts) if len(distinct) else column.texts
    kinds = column.kinds
    if may_be_nothing:
        naught = np.fromiter((t.strip().casefold() in _NOTHING for t in changed), bool,
                             len(changed))  # fmt: skip
        if naught.any():
            kinds = np.where(is_text & naught[codes_], RawKind.BLANK, kinds).astype(np.uint8)
    return RawColumn(np.asarray(texts, dtype=object), kinds, column.numbers)


def _normal(text: str) -> str:
    if not text or (text[-1].isdigit() and text[0] != "'" and "(" not in text):
        return text
    stripped = text.strip().removeprefix("'").strip()
    if whole := _WHOLE.fullmatch(stripped):
        return whole[1]
    if side := _SIDE_BEHIND.fullmatch(stripped):
        return f"{side[1]} {_SIDES[side[2].casefold().rstrip('.')]}"
    if outside := _MARK_OUTSIDE.fullmatch(stripped):
        return f"({outside[1]}{outside[2]})"
    return stripped


def normal_dates(column: RawColumn) -> RawColumn:
    """Dates where a column holds nothing but day numbers of Excel: 45321 is 2024-01-30."""
    filled = column.filled
    if not filled.any():
        return column
    if any(str(text).endswith(".") for text in column.texts[filled][:_FEW]):
        texts = text_array(str(text).strip().removesuffix(".") for text in column.texts)
        column = RawColumn(texts, column.kinds, column.numbers)
    is_number = column.kinds == RawKind.NUMBER
    if column.numbers is not None and bool(is_number[filled].all()):
        days = column.numbers
    else:
        (codes_,), distinct = codes_of(column.texts[filled])
        if not all(_SERIAL.fullmatch(str(text).strip()) for text in distinct):
            return column
        days = np.full(len(filled), np.nan)
        days[filled] = np.array([int(str(t).strip()[:5]) for t in distinct])[codes_]
    inside = (days[filled] >= _FIRST_SERIAL) & (days[filled] < _LAST_SERIAL)
    if not inside.all():
        return column
    kinds = np.where(filled, RawKind.DATE, column.kinds).astype(np.uint8)
    return RawColumn(column.texts, kinds, days)


def with_columns(table: RawTable, columns: dict[int, RawColumn]) -> RawTable:
    """A table with some columns replaced."""
    grid = table.grid
    replaced = tuple(columns.get(index, column) for index, column in enumerate(grid.columns))
    changed = RawGrid(grid.source, replaced, grid.lines, grid.widths, grid.is_sheet, grid.said)
    return RawTable(changed, table.headings, table.heading_line)


def joined(columns: Sequence[TextArray]) -> list[str]:
    """The texts of each row in one line, in the order of the columns, each once."""
    clean = [[" ".join(text.split()) for text in column] for column in columns]
    if not clean:
        return []
    if len(clean) == 1:
        return clean[0]
    return [" ".join(dict.fromkeys(filter(None, row))) for row in zip(*clean, strict=True)]


def plain_amounts(minor: IntArray, digits: IntArray) -> list[str]:
    """Minor units as plain decimal texts, `-1234.50`; "" where BLANK.

    A third decimal that is zero is left out.

    Args:
        minor: whole minor units.
        digits: decimals of each row's currency.
    """
    size = np.abs(np.where(minor == BLANK, 0, minor))
    is_round = (digits == _UNSURE_DIGITS) & (size % 10 == 0)  # the currency may not be known yet
    size, digits = np.where(is_round, size // 10, size), np.where(is_round, digits - 1, digits)
    scale = 10**digits
    whole, part = (size // scale).tolist(), (size % scale).tolist()
    signs = np.where(minor < 0, "-", "").tolist()
    given = (minor != BLANK).tolist()
    return [
        (f"{sign}{units}.{rest:0{places}d}" if places else f"{sign}{units}") if is_given else ""
        for sign, units, rest, places, is_given in zip(
            signs, whole, part, digits.tolist(), given, strict=True
        )
    ]
