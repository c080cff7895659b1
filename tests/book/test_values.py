"""Cells become ledger values exactly, or a finding says why not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ar_xl.book.cellvalues import cell_column
from ar_xl.book.values import (
    Cells,
    Converted,
    dates_of,
    decimals_of,
    money_of,
    rates_of,
    texts_of,
    whole_numbers_of,
)
from ar_xl.core.arrays import BLANK
from ar_xl.core.schema import Kind
from tests.book.cells import Day, Error, Percent, column_of


def money(values: list[Any], digits: int = 2) -> Converted:
    return money_of(column_of(values), digits)


def said(done: Converted) -> list[tuple[str, int, str]]:
    return [(p.code.name, i, p.seen(i)) for p in done.problems for i in p.rows.tolist()]


def test_an_amount_is_its_whole_number_of_cents() -> None:
    done = money([12.5, 0.1, -3, 1234567.89, None])
    assert done.values.tolist() == [1250, 10, -300, 123456789, BLANK]
    assert not done.problems


def test_binary_noise_of_an_amount_is_no_third_decimal() -> None:
    assert money([755.8200000000001, 87.56999999999999, 9_999_999_999_999.99]).values.tolist() == [
        75582, 8757, 999_999_999_999_999
    ]  # fmt: skip


def test_yen_have_no_decimals_and_dinars_three() -> None:
    assert money([500], 0).values.tolist() == [500]
    assert money([1.234], 3).values.tolist() == [1234]


@pytest.mark.parametrize(("amount", "digits"), [(12.345, 2), (1.5, 0), (0.0001, 3), (0.001, 2)])
def test_more_decimals_than_the_currency_has_are_refused_not_rounded(
    amount: float, digits: int
) -> None:
    done = money([amount], digits)
    assert done.values.tolist() == [BLANK]
    assert said(done) == [("too_many_decimals", 0, f"the number {amount!r}")]


def test_a_text_in_an_amount_is_a_finding() -> None:
    assert said(money([1, "12.50", " "])) == [
        ("amount_not_a_number", 1, "the text `12.50`"), ("amount_not_a_number", 2, "the text ` `")
    ]  # fmt: skip


def test_an_empty_text_that_a_formula_gives_is_an_empty_cell() -> None:
    done = money(["", 5])
    assert done.values.tolist() == [BLANK, 500]
    assert not done.problems


def test_an_error_value_is_never_an_empty_cell() -> None:
    assert said(money([Error("#N/A"), 1])) == [("error_value", 0, "the error #N/A")]


def test_true_is_no_amount() -> None:
    assert said(money([True])) == [("amount_not_a_number", 0, "the truth value TRUE")]


def test_a_date_in_an_amount_is_named_as_the_date_it_shows() -> None:
    assert said(money([dt.date(2013, 1, 5)])) == [("date_in_amount", 0, "the date 2013-01-05")]


def test_a_percent_in_an_amount_is_a_finding() -> None:
    seen = "2 % (the cell is formatted as percent)"
    assert said(money([Percent(0.02)])) == [("percent_formatted", 0, seen)]


def test_an_amount_beyond_15_digits_is_refused() -> None:
    done = money([1e14, 1e300])
    assert done.values.tolist() == [BLANK, BLANK]
    assert [code for code, _, _ in said(done)] == ["amount_too_large"] * 2


def test_digits_may_differ_from_row_to_row() -> None:
    done = money_of(column_of([1.5, 1.5, 15]), np.array([2, 3, 0]))
    assert done.values.tolist() == [150, 1500, 15]


def test_a_rate_written_as_percent_is_told_that_2_means_2_percent() -> None:
    done = decimals_of(column_of([2, 1.5, None, Percent(0.02)]))
    assert done.values.tolist() == [Decimal(2), Decimal("1.5"), None, None]
    (problem,) = done.problems
    assert problem.expected is not None
    assert problem.expected(3) == "a plain number: 2 means 2 %"


def test_a_policy_number_keeps_the_digits_that_were_typed() -> None:
    done = decimals_of(column_of([0.1, 33.33]))
    assert done.values.tolist() == [Decimal("0.1"), Decimal("33.33")]


@pytest.mark.parametrize("date1904", [False, True])
def test_dates_are_the_same_day_in_both_epochs(date1904: bool) -> None:
    done = dates_of(column_of([dt.date(2013, 2, 28), None], date1904))
    assert done.values.astype(str).tolist() == ["2013-02-28", "NaT"]
    assert not done.problems


def test_a_time_of_day_is_no_date() -> None:
    assert said(dates_of(column_of([Day(41333.5)])))[0][0] == "date_with_time"


@pytest.mark.parametrize("cell", ["2013-02-28", 20130228, 2013, True, Day(0), Day(-5), Day(3e6),
                                  Percent(41000)])  # fmt: skip
def test_what_is_no_date_is_a_finding(cell: Any) -> None:
    done = dates_of(column_of([cell]))
    assert np.isnat(done.values[0])
    assert [code for code, _, _ in said(done)] == ["date_not_a_date"]


def test_a_day_number_without_a_date_format_is_taken_where_it_is_plainly_a_date() -> None:
    assert dates_of(column_of([41_333])).values.astype(str).tolist() == ["2013-02-28"]


def texts(values: list[Any], exact: bool = True) -> Converted:
    return texts_of(column_of(values), exact)


def test_text_is_stripped_of_nothing() -> None:
    assert texts(["00123", " A ", None, "Ünï"]).values.tolist() == ["00123", " A ", "", "Ünï"]


def test_a_number_typed_as_an_id_is_its_digits() -> None:
    assert texts([123, 4711.0, 12.5, True]).values.tolist() == ["123", "4711", "12.5", "TRUE"]


def test_an_id_that_excel_made_a_date_of_is_refused() -> None:
    assert said(texts([dt.date(2026, 2, 1)])) == [("number_became_date", 0, "the date 2026-02-01")]


def test_a_date_in_a_note_is_its_text() -> None:
    done = texts([dt.date(2026, 2, 1)], exact=False)
    assert done.values.tolist() == ["2026-02-01"]
    assert not done.problems


def test_a_time_of_day_in_a_text_column_is_read_as_a_time() -> None:
    done = texts([dt.time(10, 15), dt.time(14, 30)], exact=False)
    assert done.values.tolist() == ["10:15", "14:30"]


def test_an_id_of_more_than_15_digits_typed_as_a_number_is_refused() -> None:
    assert said(texts([1234567890123456]))[0][:2] == ("long_number_cut", 0)


def test_an_error_value_in_a_text_is_a_finding() -> None:
    done = texts(["A", Error("#REF!")])
    assert done.values.tolist() == ["A", ""]
    assert said(done) == [("error_value", 1, "the error #REF!")]


def test_lines_and_days_are_whole() -> None:
    done = whole_numbers_of(column_of([1, 2.5, "3", None]))
    assert done.values.tolist() == [1, BLANK, BLANK, BLANK]
    assert [i for _, i, _ in said(done)] == [1, 2]


def test_an_exchange_rate_has_ten_digits_and_is_positive() -> None:
    done = rates_of(column_of([1.1, 0.0000000001, 0, -1]))
    assert done.values.tolist() == [11_000_000_000, 1, BLANK, BLANK]
    assert [i for _, i, _ in said(done)] == [2, 3]


def test_nothing_is_found_in_an_empty_column() -> None:
    cells: Cells = column_of([None, None])
    assert money_of(cells, 2).values.tolist() == [BLANK, BLANK]
    assert texts_of(cells, True).values.tolist() == ["", ""]


@given(st.integers(-(10**15), 10**15), st.sampled_from([0, 2, 3, 4]))
def test_every_amount_comes_back_from_its_cell_to_the_last_cent(minor: int, digits: int) -> None:
    column = cell_column(Kind.MONEY, np.array([minor]), digits)
    assert money(column.tolist(), digits).values.tolist() == [minor]


@given(st.dates(dt.date(1904, 1, 2), dt.date(9999, 12, 31)), st.booleans())
def test_every_date_comes_back_from_its_cell(day: dt.date, date1904: bool) -> None:
    column = cell_column(Kind.DATE, np.array([day], dtype="datetime64[D]"), date1904=date1904)
    cells = column_of([Day(column.tolist()[0])], date1904)
    assert dates_of(cells).values.tolist() == [day]
