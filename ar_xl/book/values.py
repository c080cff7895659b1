"""Cells into ledger columns: exact or a finding, never a guess.

Each converter takes one column of cells and returns the typed values with the problems it met;
a cell with a problem is left blank in the values. Nothing here knows where the column stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from ar_xl.book.blocks import Block, CellKind, ColumnBlock, FormatClass
from ar_xl.book.cellvalues import Floats, epoch
from ar_xl.book.valuecodes import (
    AMOUNT_TOO_LARGE,
    DATE_IN_AMOUNT,
    DATE_NOT_A_DATE,
    DATE_WITH_TIME,
    ERROR_VALUE,
    LONG_NUMBER,
    NOT_A_NUMBER,
    NOT_A_WHOLE_NUMBER,
    NOT_AN_AMOUNT,
    NUMBER_BECAME_DATE,
    PERCENT_FORMATTED,
    RATE_NOT_POSITIVE,
    TOO_MANY_DECIMALS,
)
from ar_xl.core.arrays import BLANK, NAT, AnyArray, BoolArray, IntArray, TextArray
from ar_xl.core.dates import FIRST_DATE, LAST_DATE
from ar_xl.core.findings import Code
from ar_xl.core.money import LARGEST_MINOR, RATE_ONE
from ar_xl.core.schema import Column, Kind, empty_column

# A number without a date format counts as a date only where it could hardly be anything else.
_PLAIN_FIRST = np.datetime64("1980-01-01", "D")
_PLAIN_LAST = np.datetime64("2099-12-31", "D")
_LONGEST_EXACT = 10**15
_EXACT_TEXTS = frozenset({
    "batch", "reverses", "period", "applies_to", "apply_to", "po", "reference", "check_ref",
    "remittance", "gl_account", "account",
})  # fmt: skip
_DECIMALS = ("no decimals", "at most 1 decimal", "at most 2 decimals", "at most 3 decimals",
             "at most 4 decimals")  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """Cells of one column with the same thing wrong.

    Args:
        code: what is wrong.
        rows: their rows in the block, from 0.
        seen: says what stands in row i.
        expected: says what was expected in row i, where the declared words do not.
    """

    code: Code
    rows: IntArray
    seen: Callable[[int], str]
    expected: Callable[[int], str] | None = None


@dataclass(frozen=True)
class Converted:
    """A ledger column, and what could not be read in it."""

    values: AnyArray
    problems: list[Problem] = field(default_factory=list)


class Padding:
    """Puts an empty text at the end of a block's pool, where index -1 of blank cells points.

    Blocks that share a pool go on sharing one.
    """

    def __init__(self) -> None:
        self._pool: TextArray | None = None
        self._padded: TextArray = np.empty(0, dtype=object)

    def of(self, block: Block) -> Block:
        """The block with its pool padded."""
        if block.pool is not self._pool:
            self._pool, self._padded = block.pool, np.append(block.pool, "")
        return replace(block, pool=self._padded)


def padded(block: Block) -> Block:
    """The block with an empty text at the end of its pool, for one block alone."""
    return Padding().of(block)


@dataclass(frozen=True)
class Cells:
    """One column of a block with the masks that every converter asks for.

    Args:
        column: the cells.
        block: whose pool and formats they point into, `padded`.
    """

    column: ColumnBlock
    block: Block

    def __len__(self) -> int:
        return len(self.column.kind)

    def is_kind(self, kind: CellKind) -> BoolArray:
        """Which cells are of a kind."""
        return np.asarray(self.column.kind == kind, dtype=np.bool_)

    def formatted(self, wanted: FormatClass) -> BoolArray:
        """Which numbers have a format of a class."""
        classes = self.block.formats
        if not (classes == wanted).any():
            return np.zeros(len(self), dtype=np.bool_)
        style = self.column.style
        inside = (style >= 0) & (style < len(classes))
        found = classes[np.where(inside, style, 0)] == wanted
        return np.asarray(found & inside & (self.column.kind == CellKind.NUMBER), dtype=np.bool_)

    def texts(self) -> TextArray:
        """The text of each text cell, "" elsewhere; read-only where all are the same."""
        chosen = self.column.text
        if (self.column.kind == CellKind.ERROR).any():
            chosen = np.where(self.is_kind(CellKind.TEXT), chosen, -1)
        # Index -1 is the empty text at the end, see `padded`.
        if len(chosen) and (chosen == chosen[0]).all():
            return np.broadcast_to(self.block.pool[chosen[:1]], len(chosen))
        return self.block.pool[chosen]

    def strange(self) -> tuple[BoolArray, list[Problem]]:
        """Cells that hold no number where one is wanted: text and bools, and errors apart."""
        if (self.column.kind <= CellKind.NUMBER).all():
            return np.zeros(len(self), dtype=np.bool_), []
        errors = self.is_kind(CellKind.ERROR)
        strange = self.is_kind(CellKind.TEXT) | self.is_kind(CellKind.BOOL)
        strange &= (self.texts() != "") | self.is_kind(CellKind.BOOL)
        return strange, self.problem(ERROR_VALUE, errors)

    def words(self, i: int) -> str:
        """What stands in row i, without quotes."""
        kind = self.column.kind[i]
        if kind in (CellKind.TEXT, CellKind.ERROR):
            return str(self.block.pool[self.column.text[i]])
        if kind == CellKind.BOOL:
            return "TRUE" if self.column.number[i] else "FALSE"
        return "" if kind == CellKind.BLANK else _plain(float(self.column.number[i]))

    def seen(self, i: int) -> str:
        """What stands in row i, as a person would say it."""
        kind, words = self.column.kind[i], self.words(i)
        if kind == CellKind.BLANK:
            return "a formula without a result" if self.column.formula[i] else "nothing"
        if kind == CellKind.ERROR:
            return f"the error {words}"
        if kind == CellKind.TEXT:
            return f"the text `{words}`"
        if kind == CellKind.BOOL:
            return f"the truth value {words}"
        number, style = float(self.column.number[i]), int(self.column.style[i])
        shown_as = self.block.formats[style] if 0 <= style < len(self.block.formats) else 0
        if shown_as == FormatClass.DATE:
            shown = _day_text(number, self.block.date1904)
            return f"the date {shown}" if shown else f"{words}, formatted as a date"
        if shown_as == FormatClass.PERCENT:
            return f"{_plain(round(number * 100, 10))} % (the cell is formatted as percent)"
        return f"the number {words}"

    def problem(
        self, code: Code, wrong: BoolArray, expected: Callable[[int], str] | None = None
    ) -> list[Problem]:
        """A problem of the cells that a mask marks; none where it marks none."""
        if not wrong.any():
            return []
        return [Problem(code, np.flatnonzero(wrong).astype(np.int64), self.seen, expected)]


def convert(
    column: Column, cells: Cells, digits: IntArray | int = 2, plain_dates: bool = False
) -> Converted:
    """Convert one column of cells into the array that its declaration asks for.

    Args:
        column: the declaration.
        cells: what stands in the sheet.
        digits: of money, digits of the minor unit of each row or of all.
        plain_dates: a date in a text column is its ISO text and nothing is said (Settings).
    """
    if column.kind is Kind.TEXT:
        return texts_of(cells, is_number_of_document(column), plain_dates)
    if not (cells.column.kind != CellKind.BLANK).any():
        return Converted(np.broadcast_to(empty_column(column.kind, 1), len(cells)))
    if column.kind is Kind.MONEY:
        return money_of(cells, digits)
    if column.kind is Kind.DATE:
        return dates_of(cells)
    if column.kind is Kind.INT:
        return whole_numbers_of(cells)
    if column.kind is Kind.RATE:
        return rates_of(cells)
    return decimals_of(cells)


def is_number_of_document(column: Column) -> bool:
    """Whether a text column holds numbers or ids, which must come through to the last character."""
    return column.key.endswith(("_no", "_id")) or column.key in _EXACT_TEXTS


def money_of(cells: Cells, digits: IntArray | int) -> Converted:
    """Amounts in minor units.

    A cell x is accepted when |x*10^e - n| <= 1e-9 + 5e-15*|x*10^e| for a whole n.
    """
    strange, problems = cells.strange()
    problems += cells.problem(NOT_AN_AMOUNT, strange)
    dates, percents = cells.formatted(FormatClass.DATE), cells.formatted(FormatClass.PERCENT)
    problems += cells.problem(DATE_IN_AMOUNT, dates)
    problems += cells.problem(PERCENT_FORMATTED, percents, lambda i: "an amount of money")
    scaled = _numbers(cells) * np.power(10.0, digits)
    whole = np.rint(scaled)
    off = np.abs(scaled - whole) > 1e-9 + 5e-15 * np.abs(scaled)
    large = np.abs(whole) > LARGEST_MINOR
    each = np.broadcast_to(np.asarray(digits, dtype=np.int64), (len(cells),))
    problems += cells.problem(AMOUNT_TOO_LARGE, large & ~dates & ~percents)
    problems += cells.problem(
        TOO_MANY_DECIMALS,
        off & ~large & ~dates & ~percents,
        lambda i: f"{_DECIMALS[int(each[i])]} in this currency",
    )
    return Converted(_whole(whole, off | large | dates | percents), problems)


def whole_numbers_of(cells: Cells) -> Converted:
    """Whole numbers such as lines and days."""
    strange, problems = cells.strange()
    numbers = _numbers(cells)
    whole = np.rint(numbers)
    dates = cells.formatted(FormatClass.DATE)
    wrong = (np.abs(numbers - whole) > 1e-9) | (np.abs(whole) > _LONGEST_EXACT) | dates
    problems += cells.problem(NOT_A_WHOLE_NUMBER, strange | wrong)
    return Converted(_whole(whole, wrong), problems)


def rates_of(cells: Cells) -> Converted:
    """Exchange rates, scaled to whole numbers of 10 digits."""
    strange, problems = cells.strange()
    numbers = _numbers(cells)
    wrong = (numbers <= 0) | (numbers > 9e8)
    wrong |= cells.formatted(FormatClass.DATE) | cells.formatted(FormatClass.PERCENT)
    problems += cells.problem(RATE_NOT_POSITIVE, strange | wrong)
    return Converted(_whole(np.rint(numbers * RATE_ONE), wrong), problems)


def decimals_of(cells: Cells) -> Converted:
    """Numbers of policies as Decimal with the digits that the cell shows; None where blank."""
    strange, problems = cells.strange()
    problems += cells.problem(NOT_A_NUMBER, strange | cells.formatted(FormatClass.DATE))
    percents = cells.formatted(FormatClass.PERCENT)
    problems += cells.problem(PERCENT_FORMATTED, percents, lambda i: "a plain number: 2 means 2 %")
    good = cells.is_kind(CellKind.NUMBER) & ~percents & ~cells.formatted(FormatClass.DATE)
    values = empty_column(Kind.NUMBER, len(cells))
    distinct, back = np.unique(cells.column.number[good], return_inverse=True)
    made = np.empty(len(distinct), dtype=object)
    made[:] = [Decimal(_plain(number)) for number in distinct.tolist()]
    values[good] = made[back]
    return Converted(values, problems)


def dates_of(cells: Cells) -> Converted:
    """Dates, whole days only, in the workbook's epoch."""
    strange, problems = cells.strange()
    numbers = _numbers(cells)
    present = ~np.isnan(numbers)
    first = _first_serial(cells.block.date1904)
    last = float((np.datetime64(LAST_DATE) - epoch(cells.block.date1904)).astype(np.int64))
    inside = present & (numbers >= first) & (numbers < last + 1)
    days = np.where(inside, np.floor(numbers), 0.0).astype(np.int64)
    dates = epoch(cells.block.date1904) + days.astype("timedelta64[D]")
    known = cells.formatted(FormatClass.DATE)
    plain = inside & ~known
    if plain.any():
        plain &= (dates >= _PLAIN_FIRST) & (dates <= _PLAIN_LAST)
        plain &= ~cells.formatted(FormatClass.PERCENT) & ~cells.formatted(FormatClass.CURRENCY)
    good = (inside & known) | plain
    timed = good & (numbers != np.floor(numbers))
    problems += cells.problem(DATE_NOT_A_DATE, strange | (present & ~good))
    problems += cells.problem(DATE_WITH_TIME, timed)
    return Converted(np.where(good & ~timed, dates, NAT).astype("datetime64[D]"), problems)


def texts_of(cells: Cells, exact: bool, plain_dates: bool = False) -> Converted:
    """Texts as they are, stripped of nothing; a number typed into a text column is its digits.

    Args:
        cells: what stands in the sheet.
        exact: the column holds numbers or ids, so that a date or a long number is refused.
        plain_dates: a date is its ISO text and nothing is said.
    """
    texts = cells.texts()
    numbers, bools = cells.is_kind(CellKind.NUMBER), cells.is_kind(CellKind.BOOL)
    problems = cells.problem(ERROR_VALUE, cells.is_kind(CellKind.ERROR))
    if bools.any() or numbers.any():
        texts = texts.copy()
    if bools.any():
        texts[bools] = np.where(cells.column.number[bools] != 0, "TRUE", "FALSE")
    if not numbers.any():
        return Converted(texts, problems)
    texts[numbers] = _digits(cells.column.number[numbers])
    dates = cells.formatted(FormatClass.DATE)
    if dates.any():
        texts[dates] = _iso(cells.column.number[dates], cells.block.date1904)
    refused = np.zeros(len(cells), dtype=np.bool_)
    if exact and not plain_dates:
        refused = dates
        problems += cells.problem(NUMBER_BECAME_DATE, dates)
    if exact:
        long = numbers & ~dates & (np.abs(cells.column.number) >= _LONGEST_EXACT)
        problems += cells.problem(LONG_NUMBER, long)
        refused = refused | long
    if plain_dates:
        percents = cells.formatted(FormatClass.PERCENT)
        problems += cells.problem(
            PERCENT_FORMATTED, percents, lambda i: "a plain number: 2 means 2 %"
        )
    texts[refused] = ""
    return Converted(texts, problems)


def _numbers(cells: Cells) -> Floats:
    """The numbers of a column, NaN where a cell holds none."""
    if (cells.column.kind <= CellKind.NUMBER).all():
        return cells.column.number
    return np.where(cells.is_kind(CellKind.NUMBER), cells.column.number, np.nan)


def _whole(values: Floats, wrong: BoolArray) -> IntArray:
    """Whole floats as int64, BLANK where there is none or it is wrong."""
    kept = np.where(wrong | np.isnan(values), float(BLANK), values)
    return kept.astype(np.int64)


def _plain(number: float) -> str:
    """A number as Excel would show it in full: 123 for 123.0."""
    return str(int(number)) if number == int(number) and abs(number) < 1e21 else repr(number)


def _digits(numbers: Floats) -> npt.NDArray[np.object_]:
    whole = (numbers == np.floor(numbers)) & (np.abs(numbers) < 2.0**63)
    texts = np.empty(len(numbers), dtype=object)
    texts[whole] = numbers[whole].astype(np.int64).astype("U21").astype(object)
    texts[~whole] = numbers[~whole].astype("U32").astype(object)
    return texts


def _iso(numbers: Floats, date1904: bool) -> TextArray:
    kept = np.where((numbers >= 0) & (numbers < 2_958_466), np.floor(numbers), 0)
    days = epoch(date1904) + kept.astype(np.int64).astype("timedelta64[D]")
    texts = days.astype("datetime64[D]").astype("U10").astype(object)
    times = np.flatnonzero((numbers > 0) & (numbers < 1))  # of day: no date is meant
    minutes = np.rint(numbers[times] * 1440).astype("timedelta64[m]")
    texts[times] = [str(each)[11:16] for each in (np.datetime64("1970-01-01") + minutes)]
    return texts


def _first_serial(date1904: bool) -> float:
    """The number of the first day that a cell can show as a date and mean it."""
    return max(0.0, float((np.datetime64(FIRST_DATE) - epoch(date1904)).astype(np.int64)))


def _day_text(number: float, date1904: bool) -> str:
    last = (np.datetime64(LAST_DATE) - epoch(date1904)).astype(np.int64)
    if not _first_serial(date1904) <= number <= last:
        return ""
    return str(_iso(np.array([number]), date1904)[0])
