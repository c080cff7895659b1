"""What reading a cell hands over: the same as Excel does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from ar_xl.xlfile.columns import Block, CellKind, ColumnBlock, FormatClass
from ar_xl.xlfile.values import (
    ERROR_NUMBERS,
    block_rows,
    clean_rows,
    datetime_to_serial,
    serial_to_datetime,
)


def one_cell(kind: CellKind, number: float, shown_as: FormatClass, text: str = "") -> Block:
    column = ColumnBlock(
        kind=np.array([kind], np.uint8),
        number=np.array([number]),
        text=np.array([0 if text else -1], np.int32),
        style=np.array([0], np.int32),
        formula=np.array([False]),
    )
    formats = np.array([shown_as], np.uint8)
    return Block([column], np.array([text], dtype=object), formats, date1904=False)


def read(block: Block, **options: Any) -> Any:
    wanted = {"empty": None, "numbers": None, "err_to_str": False} | options
    rows = clean_rows(
        block_rows(block), dt.datetime, wanted["empty"], wanted["numbers"], wanted["err_to_str"]
    )
    return rows[0][0]


def test_a_number_is_a_float_even_when_whole() -> None:
    value = read(one_cell(CellKind.NUMBER, 100.0, FormatClass.GENERAL))
    assert (type(value), value) == (float, 100.0)


def test_currency_is_a_decimal_cut_to_four_places() -> None:
    block = one_cell(CellKind.NUMBER, 1.23459, FormatClass.CURRENCY)
    assert read(block) == Decimal("1.2345")
    assert block_rows(block, plain=True) == ((1.23459,),)


def test_a_date_is_a_moment_without_a_time_zone() -> None:
    block = one_cell(CellKind.NUMBER, 45322.5, FormatClass.DATE)
    assert read(block) == dt.datetime.fromisoformat("2024-01-31T12:00")
    assert block_rows(block, plain=True) == ((45322.5,),)


def test_an_error_is_nothing_unless_its_text_is_asked_for() -> None:
    block = one_cell(CellKind.ERROR, float("nan"), FormatClass.GENERAL, "#N/A")
    assert block_rows(block) == ((ERROR_NUMBERS["#N/A"],),)
    assert read(block) is None
    assert read(block, err_to_str=True) == "#N/A"


def test_empty_cells_are_none_or_what_is_asked_for() -> None:
    block = one_cell(CellKind.BLANK, float("nan"), FormatClass.GENERAL)
    assert read(block) is None
    assert read(block, empty="-") == "-"


def test_a_truth_value_is_no_number() -> None:
    assert read(one_cell(CellKind.BOOL, 1.0, FormatClass.GENERAL), numbers=int) is True


@pytest.mark.parametrize(
    ("serial", "moment"),
    [
        (0.0, "1899-12-30T00:00"),
        (61.0, "1900-03-01T00:00"),
        (45322.999999999, "2024-02-01T00:00"),
        (2958465.0, "9999-12-31T00:00"),
    ],
)
def test_days_count_from_1899(serial: float, moment: str) -> None:
    assert serial_to_datetime(serial, date1904=False) == dt.datetime.fromisoformat(moment)


def test_days_of_a_1904_workbook_count_from_1904() -> None:
    day = dt.datetime.fromisoformat("2024-01-31")
    assert serial_to_datetime(45322.0 - 1462, date1904=True) == day
    assert datetime_to_serial(day, date1904=True) == 45322.0 - 1462


@pytest.mark.parametrize("serial", [-1.0, 2958466.0])
def test_a_number_that_is_no_date_stays_a_number(serial: float) -> None:
    assert serial_to_datetime(serial, date1904=False) == serial
