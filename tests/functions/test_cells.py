"""What a cell may hold, and what becomes of a cell that holds something else."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from ar_xl.core.arrays import BLANK
from ar_xl.functions.cells import aligned, amounts_of, column_of, dates_of, texts_of
from ar_xl.functions.errors import COM_BASE, NA, NUM, REF, TEXTS, VALUE, CellError
from ar_xl.functions.single import date_of, decimals_of
from tests.functions.sheet import down, one


def amounts(*cells: Any, digits: int = 2) -> tuple[list[int], list[int]]:
    minor, errors = amounts_of(column_of(down(*cells)), digits)
    return minor.tolist(), errors.tolist()


def test_an_amount_is_whole_minor_units_or_an_error_and_is_never_rounded() -> None:
    assert amounts(0.1 + 0.2, 1_234_567.89, -5.0, Decimal("7.10")) == (
        [30, 123456789, -500, 710], [0, 0, 0, 0],
    )  # fmt: skip
    assert amounts(1.005, 0.001, 2e13, 1.7e308)[1] == [NUM, NUM, NUM, NUM]
    assert amounts(1.00005, 1.0000000001, 1.000000000001) == ([BLANK, BLANK, 100], [NUM, NUM, 0])
    assert amounts(1.005, digits=3) == ([1005], [0])
    assert amounts(1.5, 2.0, digits=0) == ([BLANK, 2], [NUM, 0])


def test_text_numbers_and_truth_values_are_not_amounts_and_blanks_are_nothing() -> None:
    assert amounts("12.00", True, " ", None, "") == (
        [BLANK] * 5, [VALUE, VALUE, VALUE, 0, 0],
    )  # fmt: skip


def test_a_date_is_no_amount_and_the_error_of_a_cell_is_passed_on() -> None:
    assert amounts(datetime(2026, 1, 1), COM_BASE + REF, CellError(NA))[1] == [VALUE, REF, NA]


@pytest.mark.parametrize("number", TEXTS)
def test_every_error_value_of_excel_is_known_by_the_number_that_com_gives_it(number: int) -> None:
    assert column_of(one(COM_BASE + number)).error.tolist() == [number]


def test_a_whole_number_that_is_no_error_is_a_number() -> None:
    assert amounts(12, -3, COM_BASE - 5, digits=0)[0][:2] == [12, -3]


def test_days_are_dates_or_excels_numbers_without_a_time_from_march_1900_on() -> None:
    given = down(date(2026, 1, 31), datetime(2026, 1, 31, 12), 46053.0, 46053.5, 60.0, 2958465.0,
                 2958466.0, "2026-01-31", None, date(1899, 1, 1))  # fmt: skip
    days, errors = dates_of(column_of(given))
    assert days.astype(str).tolist() == [
        "2026-01-31", "NaT", "2026-01-31", "NaT", "NaT", "9999-12-31", "NaT", "NaT", "NaT", "NaT",
    ]  # fmt: skip
    assert errors.tolist() == [0, NUM, 0, NUM, NUM, 0, NUM, VALUE, 0, NUM]


def test_a_number_is_the_same_name_as_the_text_of_its_digits_and_a_date_is_none() -> None:
    texts, errors = texts_of(column_of(down(123.0, "123", 1.5, True, date(2026, 1, 1), 1e15)))
    assert texts.tolist() == ["123", "123", "1.5", "TRUE", "", ""]
    assert errors.tolist() == [0, 0, 0, 0, VALUE, VALUE]


def test_a_single_cell_goes_with_a_column_and_a_row_gives_a_row() -> None:
    (first, second), across = aligned(((1.0, 2.0, 3.0),), one("x"))
    assert across
    assert second.values.tolist() == ["x", "x", "x"]
    assert len(first) == 3


@pytest.mark.parametrize(
    ("one_column", "other"),
    [
        (down(1.0, 2.0), down(1.0, 2.0, 3.0)),
        (down(1.0, 2.0), ((1.0, 2.0),)),
        (((1.0, 2.0), (3.0, 4.0)), one(1.0)),
    ],
)
def test_what_does_not_fit_together_is_refused(one_column: Any, other: Any) -> None:
    with pytest.raises(CellError, match="#VALUE!"):
        aligned(one_column, other)


def test_decimals_are_a_number_or_a_currency_and_blank_is_left_out() -> None:
    assert [decimals_of(one(cell)) for cell in (0.0, "jpy", "KWD", None, "")] == [0, 0, 3, 2, 2]
    for wrong in (5.0, 1.0, -1.0, "dollars", 2.5):
        with pytest.raises(CellError):
            decimals_of(one(wrong))


def test_an_argument_that_must_hold_one_date_refuses_none_and_several() -> None:
    assert date_of(one(46053.0)) == date(2026, 1, 31)
    for wrong in (one(None), down(46053.0, 46054.0), one("today")):
        with pytest.raises(CellError, match="#VALUE!"):
            date_of(wrong)


def test_numpy_values_are_read_as_what_they_are() -> None:
    given = down(np.float64(1.5), np.int64(2), np.bool_(True))
    assert amounts_of(column_of(given), 2)[1].tolist() == [0, 0, VALUE]
