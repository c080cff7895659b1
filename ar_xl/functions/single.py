"""Arguments that are one cell: a date, a currency or its digits, a word of a few."""

from __future__ import annotations

from datetime import date

from ar_xl.core.money import exponent, is_currency
from ar_xl.functions.cells import Column, Kind, Rows, column_of, dates_of, texts_of, wholes_of
from ar_xl.functions.errors import NUM, VALUE, CellError

# A currency of each number of digits that ISO 4217 knows.
CURRENCY_OF_DIGITS = {0: "JPY", 2: "USD", 3: "KWD", 4: "CLF"}


def single(rows: Rows | None) -> Column | None:
    """The one cell of an argument, None where it was left out or is blank.

    Raises:
        CellError: #VALUE! for several cells; the cell's own error where it holds one.
    """
    if rows is None:
        return None
    column = column_of(rows)
    if len(column) != 1:
        raise CellError(VALUE)
    if column.error[0]:
        raise CellError(int(column.error[0]))
    return None if column.blank[0] else column


def decimals_of(rows: Rows | None) -> int:
    """Digits of the minor unit from one cell: 0, 2, 3 or 4, or a currency code.

    Left out or blank it is 2.
    """
    given = single(rows)
    if given is None:
        return 2
    if given.kind[0] == Kind.TEXT:
        return digits_of(str(given.values[0]))
    (digits,), (error,) = wholes_of(given)
    if error or int(digits) not in CURRENCY_OF_DIGITS:
        raise CellError(int(error) or NUM)
    return int(digits)


def digits_of(currency: str) -> int:
    """Digits of the minor unit of a currency; #VALUE! for what is none."""
    if not is_currency(currency.strip().upper()):
        raise CellError(VALUE)
    return exponent(currency.strip().upper())


def date_of(rows: Rows | None) -> date:
    """The one date of an argument that must hold one."""
    given = single(rows)
    if given is None:
        raise CellError(VALUE)
    (found,), (error,) = dates_of(given)
    if error:
        raise CellError(int(error))
    day: date = found.astype(object)
    return day


def choice_of(rows: Rows | None, allowed: tuple[str, ...]) -> str:
    """One of a few words from one cell, in any case; left out or blank the first of them."""
    given = single(rows)
    if given is None:
        return allowed[0]
    (text,), (error,) = texts_of(given)
    if error or text.strip().lower() not in allowed:
        raise CellError(int(error) or VALUE)
    return str(text.strip().lower())
