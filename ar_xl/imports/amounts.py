"""Texts and cells to money, exactly: what cannot be read is an error row, never zero.

Whether point or comma marks the decimals is decided per file, by proof: `12,34` and `1.234,5`
can only have a decimal comma, `1,234.5` and `0.99` only a decimal point. `1,234` alone proves
nothing; where nothing else does, the file is asked about and not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, TextArray, codes_of, filled
from ar_xl.core.money import LARGEST_MINOR
from ar_xl.imports.rawtable import RawColumn, RawKind, first_marked

POINT, COMMA = ".", ","
_MOST_DIGITS = 18


class Wrong(IntEnum):
    """Why a cell is no amount."""

    NOTHING = 0
    UNREADABLE = 1
    TOO_FINE = 2
    TOO_LARGE = 3
    PERCENT = 4
    DATE = 5
    ERROR = 6
    BOOL = 7
    NO_VALUE = 8


_KIND_WRONG = {
    RawKind.PERCENT: Wrong.PERCENT,
    RawKind.DATE: Wrong.DATE,
    RawKind.ERROR: Wrong.ERROR,
    RawKind.BOOL: Wrong.BOOL,
    RawKind.NO_VALUE: Wrong.NO_VALUE,
}
_SIGN = "[-+\u2212\u2013]"
_MARK = r"[A-Z]{3}|[A-Z]{0,3}\$|[€£¥₹₩₽₺₫₴₦₱฿₪]|Rs\.?|kr\.?|zł|Fr\.|Kč|Ft"
_SHAPE = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>{_SIGN})?\s*(?P<mark>{_MARK})?\s*(?P<inner>{_SIGN})?\s*"
    r"(?P<core>[0-9][0-9.,'’\u00a0\u202f ]*|[.,][0-9]+)(?:/-)?\s*"
    rf"(?P<after>{_MARK})?\s*(?P<trail>{_SIGN})?\s*(?P<side>CR|DR|Cr|Dr|cr|dr)?\.?\s*(?P<close>\))?"
)


_PLAIN = re.compile(r"[-+]?[0-9][0-9.,]*")


def _group(mark: str) -> str:
    """Digits grouped by thousands, or as in India by lakh and crore."""
    return rf"(?:[1-9]\d{{0,2}}(?:{mark}\d{{3}})+|[1-9]\d?(?:{mark}\d{{2}})+{mark}\d{{3}})"


_SPACED = re.compile(r"([1-9]\d{0,2})((?:['’\u00a0\u202f ]\d{3})+)(?!\d)(.*)")
_WITH_POINT = re.compile(rf"(?:\d+|{_group(',')})(?:\.\d*)?|\.\d+")
_WITH_COMMA = re.compile(rf"(?:\d+|{_group('[.]')})(?:,\d*)?|,\d+")
_LOOSE_POINT = re.compile(r"\d+(?:,\d+)+\.\d*")
_LOOSE_COMMA = re.compile(r"\d+(?:[.]\d+)+,\d*")


@dataclass(frozen=True)
class AmountTexts:
    """A column of amounts, taken apart but not valued yet; one element a row.

    Args:
        core: digits with their separators, "" where the cell is blank or no text amount.
        negative: by minus, brackets or CR/DR.
        mark: currency sign or code beside the number, "" without.
        numbers: value of workbook cells, NaN where the cell is text.
        wrong: `Wrong` so far.
        blank: cells with nothing in them.
        as_point, as_comma: whether the text is an amount with that decimal mark.
    """

    core: TextArray
    negative: BoolArray
    mark: TextArray
    numbers: np.ndarray[tuple[int], np.dtype[np.float64]]
    wrong: IntArray
    blank: BoolArray
    as_point: BoolArray
    as_comma: BoolArray


def take_apart(column: RawColumn, credit_sign: int = -1, is_loose: bool = False) -> AmountTexts:
    """Take a column of amounts apart.

    Args:
        column: cells of a text file or a workbook.
        credit_sign: -1 where CR lowers the amount (invoices), 1 where it raises it (receipts).
        is_loose: digits may be grouped anyhow where both marks stand in the text, as the last
            one alone can be the decimals': `1234,567.89`.
    """
    length = len(column.texts)
    wrong = np.zeros(length, dtype=np.int64)
    for kind, reason in _KIND_WRONG.items():
        wrong[column.kinds == kind] = reason
    is_text = column.kinds == RawKind.TEXT
    texts = column.texts.copy()
    texts[~is_text] = ""
    (codes,), distinct = codes_of(texts)
    core, minus, brackets, side, marks, is_doubled = _pieces(distinct)
    lowered = (side == ("CR" if credit_sign < 0 else "DR")).astype(int)
    reversals = minus + (brackets == 2) + lowered
    as_point = _matches(core, _WITH_POINT)
    as_comma = _matches(core, _WITH_COMMA)
    if is_loose:
        rest = np.flatnonzero(~(as_point | as_comma))
        as_point[rest] = _matches(core[rest], _LOOSE_POINT)
        as_comma[rest] = _matches(core[rest], _LOOSE_COMMA)
    bad = (brackets == 1) | (reversals > 1) | ~(as_point | as_comma)
    bad |= is_doubled
    wrong[is_text & bad[codes]] = Wrong.UNREADABLE
    numbers = np.full(length, np.nan) if column.numbers is None else column.numbers.copy()
    numbers[column.kinds != RawKind.NUMBER] = np.nan
    return AmountTexts(
        core=core[codes],
        negative=(reversals == 1)[codes],
        mark=marks[codes],
        numbers=numbers,
        wrong=wrong,
        blank=column.kinds == RawKind.BLANK,
        as_point=as_point[codes],
        as_comma=as_comma[codes],
    )


def _pieces(
    distinct: TextArray,
) -> tuple[TextArray, IntArray, IntArray, TextArray, TextArray, BoolArray]:
    """Digits, minus signs, brackets, CR or DR, and currency mark of each text; marks on both ends.

    Most texts are digits with perhaps a sign, which needs no pattern of all that may stand there.
    """
    length = len(distinct)
    plain = np.fromiter((_PLAIN.fullmatch(t) is not None for t in distinct), bool, length)
    core: TextArray = np.empty(length, dtype=object)
    core[plain] = [t.lstrip("-+") for t in distinct[plain]]
    minus, brackets = np.zeros(length, dtype=np.int64), np.zeros(length, dtype=np.int64)
    minus[plain] = [t[0] == "-" for t in distinct[plain]]
    side, marks = filled(length, ""), filled(length, "")
    is_doubled = np.zeros(length, dtype=np.bool_)
    rest = np.flatnonzero(~plain)
    found = pd.Series(distinct[rest], dtype=object).astype(str).str.strip()
    parts = found.str.extract(_fully(_SHAPE)).fillna("").astype(object)
    core[rest] = [_ungrouped(text) for text in parts["core"].str.strip()]
    brackets[rest] = (parts["open"] != "").astype(int) + (parts["close"] != "")
    signs = parts[["sign", "inner", "trail"]].isin(["-", "\u2212", "\u2013"])
    two = (parts[["sign", "inner", "trail"]] != "").sum(axis=1).to_numpy() > 1
    core[rest[two]] = ""  # `+-5` says neither
    minus[rest] = signs.to_numpy(dtype=np.int64).sum(axis=1)
    side[rest] = parts["side"].str.upper().to_numpy()
    marks[rest] = parts["mark"].where(parts["mark"] != "", parts["after"]).to_numpy(dtype=object)
    is_doubled[rest] = ((parts["mark"] != "") & (parts["after"] != "")).to_numpy()
    return core, minus, brackets, side, marks, is_doubled


def _fully(pattern: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(rf"^(?:{pattern.pattern})$")


def _matches(texts: TextArray, pattern: re.Pattern[str]) -> BoolArray:
    return np.fromiter((pattern.fullmatch(t) is not None for t in texts), bool, len(texts))


def _ungrouped(core: str) -> str:
    """The digits without spaces and apostrophes between thousands."""
    found = _SPACED.fullmatch(core)
    return found[1] + re.sub(r"\D", "", found[2]) + found[3] if found else core


@dataclass(frozen=True)
class Decision:
    """Which mark the decimals of a file have.

    Args:
        mark: POINT or COMMA; "" where it is open.
        conflict: proofs for both were found.
        point_row, comma_row: (column index in the list given, row) of a proof, or of a text that
            could be either; None without.
    """

    mark: str
    conflict: bool
    point_row: tuple[int, int] | None
    comma_row: tuple[int, int] | None


def decide_mark(columns: Sequence[AmountTexts]) -> Decision:
    """Find out from all amounts of a file which mark their decimals have."""
    only_point = first_marked([c.as_point & ~c.as_comma & (c.wrong == 0) for c in columns])
    only_comma = first_marked([c.as_comma & ~c.as_point & (c.wrong == 0) for c in columns])
    if only_point and only_comma:
        return Decision("", True, only_point, only_comma)
    if only_point or only_comma:
        return Decision(POINT if only_point else COMMA, False, only_point, only_comma)
    either = first_marked([c.as_point & (c.wrong == 0) & _separated(c.core) for c in columns])
    return Decision("" if either else POINT, False, either, either)


def _separated(cores: TextArray) -> BoolArray:
    (codes,), distinct = codes_of(cores)
    found = np.fromiter((not t.isdigit() and t != "" for t in distinct), bool, len(distinct))
    return np.asarray(found[codes], dtype=np.bool_)


def minor_units(
    parts: AmountTexts, decimal_mark: str, exponents: IntArray
) -> tuple[IntArray, IntArray]:
    """Value a column of amounts.

    Args:
        parts: the column, taken apart.
        decimal_mark: POINT or COMMA.
        exponents: digits of each row's currency.

    Returns:
        Minor units (BLANK where blank or wrong), and `Wrong` of each row.
    """
    wrong = parts.wrong.copy()
    fits = parts.as_point if decimal_mark == POINT else parts.as_comma
    texts = (parts.core != "") & (wrong == 0)
    wrong[texts & ~fits] = Wrong.UNREADABLE
    minor = np.full(len(wrong), BLANK, dtype=np.int64)
    rows = np.flatnonzero(texts & fits)
    minor[rows], wrong[rows] = _of_texts(parts.core[rows], decimal_mark, exponents[rows])
    cells = np.flatnonzero(~np.isnan(parts.numbers))
    minor[cells], wrong[cells] = _of_numbers(parts.numbers[cells], exponents[cells])
    minor = np.where(parts.negative & (minor != BLANK), -minor, minor)
    minor[wrong != 0] = BLANK
    return minor, wrong


def _of_texts(cores: TextArray, mark: str, exponents: IntArray) -> tuple[IntArray, IntArray]:
    if not len(cores):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    (codes,), distinct = codes_of(cores)
    other = COMMA if mark == POINT else POINT
    split = [text.replace(other, "").partition(mark) for text in distinct]
    fraction = [behind.rstrip("0") for _, _, behind in split]
    digits = [(whole + f).lstrip("0") for (whole, _, _), f in zip(split, fraction, strict=True)]
    scale = np.fromiter(map(len, fraction), np.int64, len(fraction))[codes]
    length = np.fromiter(map(len, digits), np.int64, len(digits))
    value = np.array([int(d) if 0 < len(d) <= _MOST_DIGITS else 0 for d in digits], dtype=np.int64)
    shift = exponents - scale
    wrong = np.zeros(len(cores), dtype=np.int64)
    wrong[shift < 0] = Wrong.TOO_FINE
    wrong[length[codes] + np.maximum(shift, 0) > _MOST_DIGITS] = Wrong.TOO_LARGE
    factor = 10 ** np.where(wrong != 0, 0, shift)
    minor = np.where(wrong != 0, 0, value[codes]) * factor
    wrong[(wrong == 0) & (minor > LARGEST_MINOR)] = Wrong.TOO_LARGE
    return minor, wrong


def _of_numbers(
    numbers: np.ndarray[tuple[int], np.dtype[np.float64]], exponents: IntArray
) -> tuple[IntArray, IntArray]:
    """Numbers of a workbook: accepted when a whole minor unit is as near as Excel keeps it."""
    scaled = numbers * np.power(10.0, exponents)
    wrong = np.zeros(len(numbers), dtype=np.int64)
    wrong[np.abs(scaled) > LARGEST_MINOR] = Wrong.TOO_LARGE
    safe = np.where(wrong != 0, 0.0, scaled)
    whole = np.rint(safe)
    near = np.abs(safe - whole) <= 1e-9 + 5e-15 * np.abs(safe)
    wrong[(wrong == 0) & ~near] = Wrong.TOO_FINE
    return whole.astype(np.int64), wrong
