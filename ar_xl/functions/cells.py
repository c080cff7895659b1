"""Rows of cell values into typed columns; `results` is the way back.

A cell arrives as a number, a text, a truth value, a date, None, or an error value (the whole number
that Excel hands over, or a `CellError`). Nothing is guessed: what a column cannot hold gets an
error number beside it, row by row, and the error of a cell is passed on. An empty text is a blank
cell, as formulas cannot leave a cell blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from ar_xl.core.arrays import BLANK, NAT, BoolArray, DateArray, IntArray, TextArray, text_array
from ar_xl.core.dates import FIRST_DATE, LAST_DATE
from ar_xl.core.money import LARGEST_MINOR
from ar_xl.functions.errors import COM_BASE, FIRST, LAST, NUM, VALUE, CellError

Cell = Any
Rows = Sequence[Sequence[Cell]]
Floats = npt.NDArray[np.float64]

EPOCH = np.datetime64("1899-12-30", "D")
_FIRST_SERIAL = int((np.datetime64(FIRST_DATE) - EPOCH).astype(np.int64))
_LAST_SERIAL = int((np.datetime64(LAST_DATE) - EPOCH).astype(np.int64))
_LONGEST_EXACT = 10**15
_LARGEST_SUM = 2**53  # minor units; every whole number up to it is one of Excel's numbers
_ORDINAL_1970 = date(1970, 1, 1).toordinal()


class Kind(IntEnum):
    """What a cell holds."""

    BLANK = 0
    NUMBER = 1
    TEXT = 2
    BOOL = 3
    DATE = 4
    ERROR = 5


class _KindsByType(dict[type, int]):
    """Kinds of cells by the type of their value; types that derive from a known one as well."""

    def __missing__(self, kind: type) -> int:
        for base, found in ((date, Kind.DATE), (str, Kind.TEXT), (CellError, Kind.ERROR),
                            (Decimal, Kind.NUMBER), (np.bool_, Kind.BOOL),
                            (np.integer, Kind.NUMBER), (np.floating, Kind.NUMBER)):  # fmt: skip
            if issubclass(kind, base):
                return int(found)
        raise CellError(VALUE)


_KINDS = _KindsByType({
    type(None): Kind.BLANK, float: Kind.NUMBER, int: Kind.NUMBER, str: Kind.TEXT, bool: Kind.BOOL,
    datetime: Kind.DATE, date: Kind.DATE, CellError: Kind.ERROR,
})  # fmt: skip


@dataclass(frozen=True)
class Column:
    """The cells of one argument, one after the other.

    Args:
        values: as they arrived.
        kind: what each holds.
        error: number of the error value of an error cell, else 0.
        across: they stand beside one another, not below.
    """

    values: npt.NDArray[np.object_]
    kind: npt.NDArray[np.uint8]
    error: IntArray
    across: bool = False

    def __len__(self) -> int:
        return len(self.values)

    @property
    def blank(self) -> BoolArray:
        """Which cells are blank."""
        return np.asarray(self.kind == Kind.BLANK, dtype=np.bool_)

    def stretched(self, length: int) -> Column:
        """The column in a length; a single cell stands in every row."""
        if len(self) == length:
            return self
        if len(self) != 1:
            raise CellError(VALUE)
        at = np.zeros(length, dtype=np.int64)
        return Column(self.values[at], self.kind[at], self.error[at], self.across)


def cells_of(listed: list[Cell]) -> Column:
    """Cells that were picked already, one below the other."""
    return _column(listed, False)


def nothing(length: int) -> Column:
    """Blank cells, where an argument was left out."""
    return _column([None] * length, False)


def columns_of(rows: Rows) -> list[Column]:
    """The cells of a block, one column each."""
    width = len(rows[0]) if len(rows) else 0
    return [_column([row[at] for row in rows], False) for at in range(width)]


def column_of(rows: Rows) -> Column:
    """The cells of one row or one column.

    Raises:
        CellError: #VALUE! where several rows and several columns were given.
    """
    across = len(rows) == 1 and len(rows[0]) > 1
    if not across and len(rows) and len(rows[0]) != 1:
        raise CellError(VALUE)
    return _column(list(chain.from_iterable(rows)), across)


def _column(listed: list[Cell], across: bool) -> Column:
    types = list(map(type, listed))
    distinct = set(types)
    values = np.empty(len(listed), dtype=object)
    values[:] = listed
    error = np.zeros(len(listed), dtype=np.int64)
    if len(distinct) == 1:
        kind = np.full(len(listed), _KINDS[types[0]], dtype=np.uint8)
    else:
        kind = np.fromiter(map(_KINDS.__getitem__, types), dtype=np.uint8, count=len(listed))
    if int in distinct:
        whole = np.fromiter((each is int for each in types), dtype=np.bool_, count=len(types))
        at = np.flatnonzero(whole)
        found = np.array([FIRST <= values[i] <= LAST for i in at.tolist()], dtype=np.bool_)
        kind[at[found]] = Kind.ERROR
    if str in distinct:
        kind[values == ""] = Kind.BLANK
    for i in np.flatnonzero(kind == Kind.ERROR).tolist():
        value = values[i]
        error[i] = value.number if isinstance(value, CellError) else value - COM_BASE
    return Column(values, kind, error, across)


def aligned(*given: Rows | None) -> tuple[list[Column], bool]:
    """Arguments whose rows belong together, stretched to one length.

    Args:
        given: cells each; None is left out and stands for blank cells.

    Returns:
        The columns, and whether they run across.

    Raises:
        CellError: #VALUE! where the lengths differ or one runs down and another across.
    """
    columns = [column_of(rows) if rows is not None else nothing(1) for rows in given]
    length, across = together(*columns)
    return [each.stretched(length) for each in columns], across


def together(*columns: Column) -> tuple[int, bool]:
    """How many rows columns have that belong together, and whether they run across.

    Single cells go with anything.

    Raises:
        CellError: #VALUE! where the lengths differ or one runs down and another across.
    """
    long = [each for each in columns if len(each) != 1]
    if len({(len(each), each.across) for each in long}) > 1:
        raise CellError(VALUE)
    return (len(long[0]), long[0].across) if long else (1, False)


def numbers_of(column: Column) -> tuple[Floats, IntArray]:
    """Numbers with NaN where there is none, and error numbers."""
    is_number = column.kind == Kind.NUMBER
    if is_number.all():
        numbers = column.values.astype(np.float64)
    else:
        numbers = np.full(len(column), np.nan)
        numbers[is_number] = column.values[is_number].astype(np.float64)
    wrong = ~is_number & ~column.blank
    return numbers, np.where(wrong & (column.error == 0), VALUE, column.error)


def amounts_of(column: Column, digits: IntArray | int) -> tuple[IntArray, IntArray]:
    """Amounts in minor units, BLANK where there is none, and error numbers.

    A cell x is accepted when |x*10^e - n| <= 1e-9 + 5e-15*|x*10^e| for a whole n; an amount with
    more digits than its currency, or of more than 15 digits, is #NUM!.

    Args:
        column: the cells.
        digits: of the minor unit, of each row or of all.
    """
    numbers, errors = numbers_of(column)
    with np.errstate(invalid="ignore", over="ignore"):
        scaled = numbers * np.power(10.0, digits)
        whole = np.rint(scaled)
        off = np.abs(scaled - whole) > 1e-9 + 5e-15 * np.abs(scaled)
        off |= np.abs(whole) > LARGEST_MINOR
    return _whole(whole, off), np.where(off, NUM, errors)


def wholes_of(column: Column) -> tuple[IntArray, IntArray]:
    """Whole numbers, BLANK where there is none, and error numbers; a fraction is #NUM!."""
    numbers, errors = numbers_of(column)
    off = (numbers != np.rint(numbers)) & ~np.isnan(numbers)
    off |= np.abs(numbers) > _LONGEST_EXACT
    return _whole(numbers, off), np.where(off, NUM, errors)


def dates_of(column: Column) -> tuple[DateArray, IntArray]:
    """Days, NaT where there is none, and error numbers.

    A date is a date value or the number that Excel keeps for it (1900 date system). A date with a
    time of day, or a number that is none of Excel's days from 1900-03-01 on, is #NUM!.
    """
    dated = np.flatnonzero(column.kind == Kind.DATE)
    serials = column
    if len(dated):
        kind = column.kind.copy()
        kind[dated] = Kind.BLANK
        serials = Column(column.values, kind, column.error)
    numbers, errors = numbers_of(serials)
    good = (numbers >= _FIRST_SERIAL) & (numbers <= _LAST_SERIAL) & (numbers == np.rint(numbers))
    days = EPOCH + np.where(good, numbers, 0).astype(np.int64).astype("timedelta64[D]")
    days = np.where(good, days, NAT).astype("datetime64[D]")
    errors = np.where(~good & ~np.isnan(numbers), NUM, errors)
    if len(dated):
        given = column.values[dated].tolist()
        ordinals = np.fromiter(map(date.toordinal, given), dtype=np.int64, count=len(given))
        days[dated] = (ordinals - _ORDINAL_1970).astype("datetime64[D]")
        timed = [isinstance(each, datetime) and _has_time(each) for each in given]
        early = days[dated] < np.datetime64(FIRST_DATE)
        errors[dated[np.array(timed, dtype=np.bool_) | early]] = NUM
        days[dated[errors[dated] != 0]] = NAT
    return days, errors


def _has_time(moment: datetime) -> bool:
    return bool(moment.hour or moment.minute or moment.second or moment.microsecond)


def texts_of(column: Column) -> tuple[TextArray, IntArray]:
    """Names and numbers as texts, "" where blank, and error numbers.

    A number is its digits, so that 123 in one sheet and the text 123 in another are the same; a
    date, or a number of more than 15 digits, is no name: #VALUE!.
    """
    errors = column.error.copy()
    if (column.kind == Kind.TEXT).all():
        return column.values, errors
    texts = np.where(column.kind == Kind.TEXT, column.values, "")
    at = np.flatnonzero(column.kind == Kind.NUMBER)
    if len(at):
        numbers = column.values[at].astype(np.float64)
        long = np.abs(numbers) >= _LONGEST_EXACT
        errors[at[long]] = VALUE
        distinct, place = np.unique(numbers, return_inverse=True)
        texts[at] = text_array(_digits(number) for number in distinct.tolist())[place]
    bools = column.kind == Kind.BOOL
    texts[bools] = np.where(column.values[bools].astype(np.bool_), "TRUE", "FALSE")
    errors[column.kind == Kind.DATE] = VALUE
    texts[errors != 0] = ""
    return texts, errors


def _digits(number: float) -> str:
    return str(int(number)) if number == int(number) else repr(number)


def _whole(values: Floats, wrong: BoolArray) -> IntArray:
    return np.where(wrong | np.isnan(values), float(BLANK), values).astype(np.int64)


def refuse_errors(errors: IntArray) -> None:
    """Raise the first error: where a bad row would change every other, there is no answer."""
    wrong = np.flatnonzero(errors)
    if len(wrong):
        raise CellError(int(errors[wrong[0]]))


def refuse_huge(*amounts: IntArray) -> None:
    """Raise #NUM! where amounts add up to more than a cell can hold to the cent."""
    if sum(float(np.abs(each.astype(np.float64)).sum()) for each in amounts) > _LARGEST_SUM:
        raise CellError(NUM)


def zero_if_blank(values: IntArray) -> IntArray:
    """Amounts or numbers with 0 for blank cells."""
    return np.where(values == BLANK, 0, values)


def first_error(*errors: IntArray) -> IntArray:
    """Error numbers of rows that several columns belong to: the first that is there."""
    out = errors[0]
    for each in errors[1:]:
        out = np.where(out == 0, each, out)
    return out
