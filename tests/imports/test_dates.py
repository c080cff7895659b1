"""Dates: the order of day and month is proven by the file or asked for, never guessed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ar_xl.imports.dates import decide_order, take_apart, to_dates
from ar_xl.imports.rawtable import RawColumn, RawKind


def read(texts: list[str], order: str = "ymd", forced: bool = False) -> list[str]:
    dates, wrong = to_dates(take_apart(RawColumn.of_texts(texts)), order, forced)
    return ["wrong" if w else "" if np.isnat(d) else str(d)
            for d, w in zip(dates, wrong, strict=True)]  # fmt: skip


def order_of(*columns: list[str]) -> str:
    decided = decide_order([take_apart(RawColumn.of_texts(texts)) for texts in columns])
    return "both" if decided.conflict else decided.name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013-01-05", "2013-01-05"), ("2013/1/5", "2013-01-05"), ("2013.01.05", "2013-01-05"),
        ("20130105", "2013-01-05"), ("2021-01-28 05:14:15", "2021-01-28"),
        ("2021-01-28T05:14:15Z", "2021-01-28"), ("5-Jan-2013", "2013-01-05"),
        ("05 January 2013", "2013-01-05"), ("Jan 5, 2013", "2013-01-05"),
        ("January 5 2013", "2013-01-05"), ("5-Sept-13", "2013-09-05"), ("  2013-01-05 ",
        "2013-01-05"), ("", ""), ("2024-02-29", "2024-02-29"),
    ],
)  # fmt: skip
def test_dates_that_leave_nothing_open(text: str, expected: str) -> None:
    assert read([text]) == [expected]


@pytest.mark.parametrize(
    "text",
    ["soon", "2013-13-01", "2013-02-29", "2013-00-10", "2013-01-00", "41276", "1899-12-31",
     "5-Foo-2013", "#REF!", "2013-1", "12:30", "0000-00-00", "31/12"],
)  # fmt: skip
def test_what_is_no_date_is_an_error(text: str) -> None:
    assert read([text]) == ["wrong"]


def test_a_day_above_twelve_proves_the_order() -> None:
    assert order_of(["1/2/2013", "1/26/2013"]) == "mdy"
    assert order_of(["1/2/2013", "26/1/2013"]) == "dmy"
    assert order_of(["26.1.13"]) == "dmy"


def test_one_column_proves_the_order_for_the_other_columns_of_the_file() -> None:
    assert order_of(["1/2/2013", "3/4/2013"], ["1/26/2013"]) == "mdy"


def test_days_up_to_twelve_prove_nothing() -> None:
    assert order_of(["1/2/2013", "3/4/2013"]) == ""


def test_a_day_equal_to_its_month_needs_no_order() -> None:
    assert order_of(["5/5/2013", "7/7/2013"]) == "ymd"
    assert read(["5/5/2013"]) == ["2013-05-05"]


def test_two_proofs_against_each_other_are_a_question() -> None:
    assert order_of(["1/26/2013"], ["26/1/2013"]) == "both"


def test_the_order_that_was_given_is_kept_and_what_does_not_fit_is_an_error() -> None:
    texts = ["1/2/2013", "1/26/2013", "2013-01-05", "26/1/2013"]
    assert read(texts, "mdy", forced=True) == ["2013-01-02", "2013-01-26", "2013-01-05", "wrong"]
    assert read(texts, "dmy", forced=True) == ["2013-02-01", "wrong", "2013-01-05", "2013-01-26"]
    assert read(texts, "ymd", forced=True) == ["wrong", "wrong", "2013-01-05", "wrong"]


def test_only_date_cells_of_a_workbook_are_dates() -> None:
    column = RawColumn(
        np.array(["2013-01-02", "41276", "20130102", "x"], dtype=object),
        np.array([RawKind.DATE, RawKind.NUMBER, RawKind.NUMBER, RawKind.DATE], dtype=np.uint8),
        np.array([41276.75, 41276.0, 20130102.0, 12.0]),
    )
    dates, wrong = to_dates(take_apart(column), "ymd")
    assert [str(d) for d in dates] == ["2013-01-02", "NaT", "2013-01-02", "NaT"]
    assert wrong.tolist() == [False, True, False, True]


@given(
    st.lists(st.dates(date(1901, 1, 1), date(2199, 12, 31)), min_size=1, max_size=20),
    st.sampled_from(["mdy", "dmy", "ymd"]),
    st.sampled_from(["/", "-", "."]),
    st.booleans(),
)
def test_written_dates_come_back_or_are_asked_for(
    days: list[date], order: str, between: str, padded: bool
) -> None:
    width = "02" if padded else ""
    parts = {"d": "{0.day:" + width + "}", "m": "{0.month:" + width + "}", "y": "{0.year:04}"}
    texts = [between.join(parts[letter] for letter in order).format(day) for day in days]
    decided = order_of(texts)
    if decided:
        assert read(texts, decided) == [day.isoformat() for day in days]
    else:
        assert all(day.day <= 12 for day in days)
    assert read(texts, order, forced=True) == [day.isoformat() for day in days]


@given(st.integers(61, 2_958_465))
def test_every_serial_of_excel_is_its_day(serial: int) -> None:
    column = RawColumn(
        np.array(["x"], dtype=object),
        np.array([RawKind.DATE], dtype=np.uint8),
        np.array([float(serial)]),
    )
    dates, wrong = to_dates(take_apart(column), "ymd")
    assert str(dates[0]) == (date(1899, 12, 30) + timedelta(days=serial)).isoformat()
    assert not wrong[0]
