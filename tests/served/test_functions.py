"""Worksheet functions from a formula in Excel to the cells it fills, through xlwings' own code."""

from __future__ import annotations

import random
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ar_xl.functions import failures
from ar_xl.functions.catalogue import FUNCTIONS
from ar_xl.functions.registry import Function
from tests.functions.sheet import typed
from tests.served.com import MISSING, NULL, PyIDispatch, Served, carried, dimensions
from tests.served.sheet import answer, plain, sheet_of, shown

BUCKETS = (("Current",), ("1-30",), ("Over 90",))


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.name)
def test_every_example_gives_in_excel_what_the_docs_say(
    function: Function, server: Served, tmp_path: Path
) -> None:
    example = function.example
    got = answer(server, sheet_of(tmp_path, example.cells), example.formula)
    expected = tuple(tuple(typed(cell) for cell in row) for row in example.result)
    assert got == (expected[0][0] if len(expected) == len(expected[0]) == 1 else expected)


def test_a_cell_gives_a_cell_a_row_a_row_and_a_column_a_column(
    server: Served, tmp_path: Path
) -> None:
    sheet = sheet_of(tmp_path, ((0, 12, 99), (12, None, None), (99, None, None)))
    assert answer(server, sheet, "=AR_BUCKET(A1)") == "Current"
    assert answer(server, sheet, "=AR_BUCKET(A1:C1)") == (("Current", "1-30", "Over 90"),)
    assert answer(server, sheet, "=AR_BUCKET(A1:A3)") == BUCKETS


def test_constants_and_what_a_formula_has_worked_out_are_taken_like_cells(
    server: Served, tmp_path: Path
) -> None:
    sheet = sheet_of(tmp_path, ((1,),))
    assert answer(server, sheet, "=AR_BUCKET(12)") == "1-30"
    assert answer(server, sheet, "=AR_BUCKET({0,12,99})") == (("Current", "1-30", "Over 90"),)
    assert answer(server, sheet, "=AR_BUCKET({0;12;99})") == BUCKETS
    assert answer(server, sheet, "=AR_BUCKET({0;12;99},{10,20,30})") == (
        ("Current",), ("11-20",), ("Over 30",),
    )  # fmt: skip


def test_what_is_left_out_is_the_default_at_the_end_and_in_between(
    server: Served, tmp_path: Path
) -> None:
    sheet = sheet_of(tmp_path, ((12,),))
    assert answer(server, sheet, "=AR_BUCKET(A1,)") == "1-30"
    assert shown(server.CallUDF("AR_BUCKET", (12.0, MISSING))) == "1-30"
    assert shown(server.CallUDF("AR_MATCH", (5.0, ((5.0,),), MISSING, 0.0))) is True


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.name)
def test_what_must_be_given_and_is_left_out_is_refused(function: Function, server: Served) -> None:
    count = len(function.arguments)
    assert shown(server.CallUDF(function.name, (MISSING,) * count)) == "#2015"
    assert "mistake of ar_xl" not in failures.last()


CELLS = (
    None, "", 0.0, 1.0, -5.0, 1e18, 12.34, 12.345, 1e-9, -0.0, 1e308, 46000.0, 46000.5, True, False,
    "x", "12", "2026-01-31", "USD", "net 30", "2/10 net 30", "=1+1", "é王", MISSING,
    -2146826246, -2146826273, datetime(2026, 1, 31), datetime(1899, 12, 31), Decimal("12.34"),
)  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_whatever_stands_in_the_cells_an_answer_comes_and_no_mistake_of_ours(
    seed: int, server: Served
) -> None:
    chance = random.Random(seed)

    def argument() -> Any:
        down, across = chance.choice((1, 2, 3, 3, 3)), chance.choice((1, 1, 1, 2, 6))
        block = tuple(tuple(chance.choice(CELLS) for _ in range(across)) for _ in range(down))
        return chance.choice((block, block, block[0], chance.choice(CELLS)))

    failures.note("")
    for _ in range(200):
        function = chance.choice(FUNCTIONS)
        given = tuple(argument() for _ in function.arguments)
        shown(server.CallUDF(function.name, given))
        assert "mistake of ar_xl" not in failures.last(), (function.name, given)


def test_an_error_a_blank_a_text_and_a_heading_keep_their_rows(
    server: Served, tmp_path: Path
) -> None:
    sheet = sheet_of(tmp_path, (("Days",), (12,), ("#N/A",), (None,), ("12",), ("#DIV/0!",)))
    assert answer(server, sheet, "=AR_BUCKET(A1:A6)") == (
        ("#2015",), ("1-30",), ("#2042",), ("",), ("#2015",), ("#2007",),
    )  # fmt: skip


def test_an_error_of_a_single_cell_is_passed_on(server: Served, tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, (("#REF!",),))
    assert answer(server, sheet, "=AR_BUCKET(A1)") == "#2023"


def test_a_date_is_no_number_of_days(server: Served, tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, (("2026-01-31",), (12,)))
    assert answer(server, sheet, "=AR_BUCKET(A1:A2)") == (("#2015",), ("1-30",))


def test_a_date_comes_back_as_a_date(server: Served, tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, (("2026-01-31",), ("2026-02-10",)))
    got = answer(server, sheet, '=AR_DUE_DATE(A1:A2, "net 30")')
    assert [plain(row[0]) for row in got] == [datetime(2026, 3, 2), datetime(2026, 3, 12)]


def test_currency_cells_are_read_as_the_numbers_they_are(server: Served, tmp_path: Path) -> None:
    cells = ((0.1 + 0.2, 0.3), (1234.56, None), (12.34004, None))
    money = {f"A{row}": '"$"#,##0.00' for row in (1, 2, 3)}
    sheet = sheet_of(tmp_path, cells, money)
    got = answer(server, sheet, "=AR_ALLOCATE(1234.86, A1:A2, B1:B2)")
    assert got != "#2015"
    # 12.34004 is no amount in cents, whatever its format shows.
    assert answer(server, sheet, "=AR_OPEN(B1:B3, A1:A3, B3:B3, B3:B3)")[2] == ("#2036",)


def test_whole_columns_are_read_as_far_as_the_sheet_is_used(server: Served, tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, ((0,), (12,), (99,)))
    assert answer(server, sheet, "=AR_BUCKET(A:A)") == BUCKETS


def test_several_areas_are_refused_as_excel_hands_over_the_first_only(
    server: Served, tmp_path: Path
) -> None:
    sheet = sheet_of(tmp_path, ((0, 5, 99), (12, 5, 99)))
    assert answer(server, sheet, "=AR_BUCKET((A1:A2,C1))") == "#2015"


def test_a_function_that_is_not_there_is_no_answer(server: Served) -> None:
    for name in ("AR_NOTHING", "call", "failures", "__builtins__"):
        assert shown(server.CallUDF(name, (1.0,))) == "#2042"
    assert "there is no such function" in failures.last()


def test_a_mistake_of_ours_is_an_error_value_and_its_reason_says_nothing_of_the_cells(
    server: Served, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("Acme owes 4711")

    monkeypatch.setattr("ar_xl.functions.days.bucket", broken)
    for _ in range(3):
        assert shown(server.CallUDF("AR_BUCKET", (1.0,))) == "#2015"
    assert "RuntimeError" in failures.last()
    (log,) = own_folder.glob("*.log")
    assert log.read_text(encoding="utf-8").count("AR_BUCKET: RuntimeError") == 1
    assert "Acme" not in failures.last() + log.read_text(encoding="utf-8")


def test_a_refusal_of_the_whole_is_kept_for_help(server: Served) -> None:
    assert shown(server.CallUDF("AR_BUCKET", (1.0, ((30.0, 30.0),)))) == "#2036"
    assert failures.last().startswith("AR_BUCKET: #NUM!. A number, an amount or a date is out of")


def test_values_reach_excel_in_types_that_a_cell_holds(udfs: Any) -> None:
    block, marks = carried(udfs.block(((2**40, None, True), ("x", 1.5, datetime(2026, 1, 1)))))
    assert block == ((float(2**40), "", True), ("x", 1.5, datetime(2026, 1, 1)))
    assert (type(block[0][0]), marks) == (float, "")
    assert carried(udfs.block(())) == ((("",),), "")


def test_a_pair_of_tables_of_one_shape_would_become_one_array_so_the_marks_are_a_text() -> None:
    assert dimensions([[[1.0, 2.0]], [[3.0, 4.0]]]) == 3
    assert dimensions([[[1.0, 2.0]], "0,0,2042"]) == 1


def test_what_stands_for_null_reaches_no_cell(server: Served) -> None:
    assert carried(None) is NULL
    assert shown(server.CallUDF("AR_BUCKET", (((None,), (5.0,)),))) == (("",), ("1-30",))


def test_a_range_is_read_in_one_piece(server: Served, tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, tuple((each,) for each in range(500)))
    found = PyIDispatch(sheet.Range("A1:A500"))
    server.CallUDF("AR_BUCKET", (found,))
    wire = found.thing.wire
    before = len(wire.calls)
    server.CallUDF("AR_BUCKET", (found,))
    calls = wire.calls[before:]
    assert calls.count("Range.Value") == 1
    assert len(calls) <= 12  # whatever the size
