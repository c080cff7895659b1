"""Days past due and buckets, cell by cell."""

from __future__ import annotations

from datetime import datetime

import pytest

from ar_xl.functions.errors import COM_BASE, NA, NUM, VALUE, CellError
from tests.functions.sheet import call, down


def test_days_past_due_takes_date_values_and_excels_numbers_for_dates_alike() -> None:
    due = down(datetime(2026, 1, 31), 46053.0)
    assert call("AR_DAYS_PAST_DUE", due, down(46081.0)) == down(28, 28)


def test_a_heading_a_text_date_and_an_error_are_errors_in_their_rows_and_blanks_stay_blank() -> (
    None
):
    due = down("Due Date", "2026-01-31", COM_BASE + NA, None, "", 46053.0, 46053.5, 7.0)
    assert call("AR_DAYS_PAST_DUE", due, down(46081.0)) == down(
        CellError(VALUE), CellError(VALUE), CellError(NA), "", "", 28, CellError(NUM),
        CellError(NUM),
    )  # fmt: skip


def test_columns_of_different_length_are_refused_as_a_whole() -> None:
    with pytest.raises(CellError, match="#VALUE!"):
        call("AR_DAYS_PAST_DUE", down(46053.0, 46053.0), down(46081.0, 46081.0, 46081.0))


def test_a_row_gives_a_row() -> None:
    assert call("AR_BUCKET", ((1.0, 31.0),)) == (("1-30", "31-60"),)


def test_edges_that_do_not_rise_are_refused() -> None:
    with pytest.raises(CellError, match="#NUM!"):
        call("AR_BUCKET", ((1.0,),), ((30.0, 30.0),))
