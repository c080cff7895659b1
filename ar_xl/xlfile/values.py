"""Values as Excel hands them to Python: what reading a cell gives, and the numbers of dates.

The file engine imitates Excel, not the file: numbers are floats, cells formatted as currency come
as Decimal cut to four places, date cells as naive datetimes, an error as Excel's error number
(which xlwings turns into None, or into its text with `err_to_str`), empty cells as None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.columns import Block, CellKind, ColumnBlock, FormatClass

# What Excel calls its errors when another program asks (Microsoft, CVErr and SCODE values).
ERROR_NUMBERS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
    "#GETTING_DATA": -2146826245,
    "#SPILL!": -2146826243,
    "#CONNECT!": -2146826242,
    "#BLOCKED!": -2146826241,
    "#UNKNOWN!": -2146826240,
    "#FIELD!": -2146826239,
    "#CALC!": -2146826238,
}
ERROR_TEXTS = {number: text for text, number in ERROR_NUMBERS.items()}

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - cells know no time zone
_DAYS_1904 = 1462
_LAST_SERIAL = 2_958_466.0  # the day after 9999-12-31
_CENT_OF_CENT = Decimal("0.0001")
_CURRENCY_LIMIT = 922_337_203_685_477.0  # of the type that Excel hands currency over in


def serial_to_datetime(serial: float, date1904: bool) -> dt.datetime | float:
    """Return the moment that a number means in a date cell, to the millisecond.

    Where Excel has no date for it (negative, beyond the year 9999) the number itself comes back.
    """
    if date1904:
        serial += _DAYS_1904
    if not 0 <= serial < _LAST_SERIAL:
        return serial - _DAYS_1904 if date1904 else serial
    days = int(serial)
    milliseconds = round((serial - days) * 86_400_000)
    return _EPOCH + dt.timedelta(days=days, milliseconds=milliseconds)


def datetime_to_serial(moment: dt.date | dt.datetime, date1904: bool) -> float:
    """Return the number that a date or moment has in a cell; a time zone is cut off."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time())
    passed = moment.replace(tzinfo=None) - _EPOCH
    serial = passed.days + (passed.seconds + passed.microseconds / 1e6) / 86_400
    return serial - _DAYS_1904 if date1904 else serial


def _as_currency(number: float) -> Decimal | float:
    if abs(number) > _CURRENCY_LIMIT:
        return number
    return Decimal(repr(number)).quantize(_CENT_OF_CENT, rounding=ROUND_DOWN)


def column_values(column: ColumnBlock, block: Block, plain: bool = False) -> list[Any]:
    """Return a column's values as Excel hands them over, one a row.

    Args:
        column: one of the block's columns.
        block: whose pool and formats the column points into.
        plain: as `Value2` does: currency and dates as the floats they are.
    """
    values: npt.NDArray[np.object_] = np.empty(len(column.kind), dtype=object)
    numbers = column.kind == CellKind.NUMBER
    values[numbers] = column.number[numbers].tolist()
    if not plain and numbers.any():
        known = (column.style >= 0) & (column.style < len(block.formats))
        classes = np.zeros(len(values), dtype=np.uint8)
        classes[known] = block.formats[column.style[known]]
        _convert(values, numbers & (classes == FormatClass.CURRENCY), _as_currency)
        _convert(
            values,
            numbers & (classes == FormatClass.DATE),
            lambda serial: serial_to_datetime(serial, block.date1904),
        )
    truths = column.kind == CellKind.BOOL
    values[truths] = (column.number[truths] != 0).tolist()
    texts = column.kind == CellKind.TEXT
    values[texts] = block.pool[column.text[texts]]
    for row in np.flatnonzero(column.kind == CellKind.ERROR):
        values[row] = ERROR_NUMBERS.get(str(block.pool[column.text[row]]), ERROR_NUMBERS["#VALUE!"])
    return list(values)


def _convert(
    values: npt.NDArray[np.object_], which: npt.NDArray[np.bool_], by: Callable[[float], Any]
) -> None:
    for row in np.flatnonzero(which):
        values[row] = by(values[row])


def block_rows(block: Block, plain: bool = False) -> tuple[tuple[Any, ...], ...]:
    """Return a block's values row by row, as a range of Excel hands them over."""
    return tuple(zip(*(column_values(c, block, plain) for c in block.columns), strict=True))


def as_excel_returns(rows: Sequence[Sequence[Any]]) -> Any:
    """Return the value itself for a single cell, the rows for more, as Excel does."""
    if len(rows) == 1 and len(rows[0]) == 1:
        return rows[0][0]
    return rows


def clean_rows(
    rows: Sequence[Sequence[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """Return rows as xlwings' converters want them; the arguments are the options of a range."""

    def clean(value: Any) -> Any:
        if value is None or value == "":
            return empty_as
        if isinstance(value, dt.datetime):
            if datetime_builder is dt.datetime:
                return value
            return datetime_builder(
                year=value.year,
                month=value.month,
                day=value.day,
                hour=value.hour,
                minute=value.minute,
                second=value.second,
                microsecond=value.microsecond,
                tzinfo=None,
            )
        if isinstance(value, float):
            return value if number_builder is None else number_builder(value)
        if type(value) is int and value in ERROR_TEXTS:
            return ERROR_TEXTS[value] if err_to_str else None
        return value

    return [[clean(value) for value in row] for row in rows]
