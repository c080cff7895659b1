"""What Excel makes of a value that is put into a cell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.entry import Entry, enter

A_DAY = dt.date(2026, 3, 31)


def entered(value: Any, as_text: bool = False) -> Entry:
    return enter(value, as_text, date1904=False, today=A_DAY)


@pytest.mark.parametrize(
    ("typed", "number", "shown"),
    [
        ("00123", 123.0, None),
        ("1-2", 46024.0, "d-mmm"),
        ("3E5", 300000.0, "0.00E+00"),
        ("10%", 0.1, "0%"),
        ("1,234.50", 1234.5, "#,##0.00"),
        ("$5", 5.0, '"$"#,##0'),
        ("(5)", -5.0, None),
        ("2024-01-31", 45322.0, "m/d/yyyy"),
        ("31-Jan-2024", 45322.0, "d-mmm-yy"),
        ("Jan 2024", 45292.0, "mmm-yy"),
        ("1/2/03", 37623.0, "m/d/yyyy"),
        ("6:00 PM", 0.75, "h:mm"),
    ],
)
def test_text_that_looks_like_a_number_becomes_one(
    typed: str, number: float, shown: str | None
) -> None:
    entry = entered(typed)
    assert (entry.kind, entry.number, entry.number_format) == (CellKind.NUMBER, number, shown)


@pytest.mark.parametrize("typed", ["00123", "1-2", "3E5", "=A1", "10%", "TRUE", "#N/A", "'x"])
def test_a_cell_formatted_as_text_keeps_every_text(typed: str) -> None:
    assert entered(typed, as_text=True) == Entry(CellKind.TEXT, text=typed)


@pytest.mark.parametrize(
    "typed",
    ["INV-001", "1,23", "-", ".", "2013-13-01", "32-Jan", "+abc", "-x1", "@a1", "=", "12:60"],
)
def test_any_other_text_stays_text(typed: str) -> None:
    assert entered(typed) == Entry(CellKind.TEXT, text=typed)


def test_an_apostrophe_before_a_text_keeps_it_and_is_not_part_of_it() -> None:
    assert entered("'00123") == Entry(CellKind.TEXT, text="00123")


def test_an_equals_sign_begins_a_formula() -> None:
    assert entered("=SUM(A1:A9)").formula == "=SUM(A1:A9)"


@pytest.mark.parametrize("nothing", [None, "", float("nan"), pd.NaT])
def test_nothing_empties_the_cell(nothing: Any) -> None:
    assert entered(nothing).kind is CellKind.BLANK


def test_truth_values_and_errors_are_themselves() -> None:
    assert entered("true") == entered(np.True_)
    assert entered(False).kind is CellKind.BOOL
    assert (entered("#n/a").kind, entered("#n/a").text) == (CellKind.ERROR, "#N/A")


def test_a_decimal_is_cut_to_four_places_and_shown_as_currency() -> None:
    entry = entered(Decimal("1.23459"))
    assert (entry.number, entry.number_format) == (1.2345, '"$"#,##0.00')


def test_dates_are_numbers_of_days_and_a_time_zone_is_cut_off() -> None:
    assert entered(dt.date(2024, 1, 31)).number == 45322
    assert entered(pd.Timestamp("2024-01-31 12:00", tz="UTC")).number == 45322.5
    assert entered(np.datetime64("2024-01-31")).number == 45322
    assert enter(dt.date(2024, 1, 31), False, date1904=True).number == 45322 - 1462


def test_what_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="timedelta"):
        entered(dt.timedelta(days=1))
