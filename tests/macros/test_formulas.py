"""A formula in a cell, through the macros, COM and xlwings, to the values it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyopenvba.interpreter import (
    VBAArray,
    VBACurrency,
    VBAErrorValue,
    VBAInt,
    VBARuntimeError,
)

from ar_xl.server import Entry
from tests.macros.excel import AGENT, OWN, SETTINGS, Excel, Server
from tests.macros.values import Cells
from tests.served import com
from tests.served.com import PyIDispatch, Served
from tests.served.sheet import sheet_of

NA, VALUE = VBAErrorValue(2042), VBAErrorValue(2015)


@pytest.fixture
def excel(udfs: Any) -> Excel:
    """Excel whose macros reach our functions."""
    assert udfs
    return Excel(Server(functions=Served(Entry()).CallUDF))


def block(made: Any) -> list[list[Any]]:
    """The rows of an array."""
    assert isinstance(made, VBAArray)
    (_, down), (_, across) = made.bounds
    return [[made.get([row, column]) for column in range(across + 1)] for row in range(down + 1)]


def test_a_single_cell_goes_along_as_its_value_and_gives_a_value(excel: Excel) -> None:
    assert excel.formula("AR_BUCKET", Cells(31.0)) == "31-60"
    assert excel.formula("AR_BUCKET", Cells(VBAErrorValue(2007))) == VBAErrorValue(2007)


def test_a_column_stays_a_range_and_gives_a_column_with_true_errors_in_it(
    excel: Excel, tmp_path: Path
) -> None:
    sheet = sheet_of(tmp_path, ((12,), ("#N/A",), ("twelve",), (None,)))
    column = Cells(None, 4, PyIDispatch(sheet.Range("A1:A4")))
    assert block(excel.formula("AR_BUCKET", column)) == [["1-30"], [NA], [VALUE], [""]]


def test_a_cell_in_a_currency_format_goes_along_as_the_number_it_is(excel: Excel) -> None:
    cells = Cells(VBACurrency("12.3400"), exact=12.34004)
    assert excel.formula("AR_DISCOUNT", cells, Cells(46000.0), Cells(46000.0), "2/10 net 30") == (
        VBAErrorValue(2036)
    )


def test_what_is_left_out_stays_left_out(excel: Excel) -> None:
    missing = VBAInt(com.MISSING, "Long")  # as COM marks it
    assert excel.formula("AR_BUCKET", 12.0, missing) == "1-30"


def test_without_python_a_formula_is_not_available_and_never_a_text() -> None:
    assert Excel().formula("AR_BUCKET", 12.0) == NA


def test_after_a_failure_formulas_rest_and_start_no_process_each() -> None:
    excel = Excel()
    for _ in range(50):
        assert excel.formula("AR_BUCKET", 12.0) == NA
    assert len(excel.windows.tried) == 3
    excel.vba.freeze(excel.vba.clock().replace(minute=2))
    excel.formula("AR_BUCKET", 12.0)
    assert len(excel.windows.tried) == 6


def test_a_button_that_finds_python_wakes_the_formulas() -> None:
    excel = Excel()
    assert excel.formula("AR_BUCKET", 12.0) == NA
    server = Server(("end", "", "", ""), functions=lambda *_: com.carried([[["x"]], ""]))
    excel.windows.ways[AGENT] = server
    assert excel.formula("AR_BUCKET", 12.0) == NA
    excel.press("arAging")
    assert excel.formula("AR_BUCKET", 12.0) == "x"


def test_when_python_fails_in_the_middle_a_formula_is_not_available() -> None:
    def gone(*_: Any) -> Any:
        raise VBARuntimeError(-2147023170, "The remote procedure call failed.")

    assert Excel(Server(functions=gone)).formula("AR_BUCKET", 12.0) == NA


def test_the_agent_is_asked_first_and_then_a_process_of_our_own_in_the_same_words_always(
    udfs: Any,
) -> None:
    assert udfs
    server = Server(functions=Served(Entry()).CallUDF)
    excel = Excel()
    excel.windows.ways[OWN] = server
    assert excel.formula("AR_BUCKET", 12.0) == "1-30"
    assert excel.windows.tried == [AGENT, AGENT, OWN]
    excel.formula("AR_BUCKET", 12.0)
    assert excel.windows.tried[3:] == [OWN]  # what worked last is tried first
    excel.windows.ways = {AGENT: server}
    assert excel.formula("AR_BUCKET", 12.0) == "1-30"


def test_the_library_is_loaded_by_its_full_path_beside_python_or_one_folder_up() -> None:
    excel = Excel(Server(functions=lambda *_: com.carried([[["x"]], ""])))
    excel.windows.folders = ["C:\\Users\\José\\ar_xl\\"]
    assert excel.formula("AR_BUCKET", 12.0) == "x"
    assert excel.windows.loaded == ["C:\\Users\\José\\ar_xl\\xlwings64-0.37.8.dll"]


@pytest.mark.parametrize(
    "python", ["", "pythonw.exe", "\\x.exe", "ab\\pythonw.exe", "C:pythonw.exe"]
)
def test_an_add_in_that_was_not_told_where_python_is_loads_nothing(
    python: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SETTINGS, "python", python)
    excel = Excel(Server())
    assert excel.formula("AR_BUCKET", 12.0) == NA
    assert (excel.windows.loaded, excel.windows.tried) == ([], [])
    excel.press("arAging")
    assert "was not told where Python is" in excel.windows.boxes[0][1]


def test_on_a_mac_formulas_are_not_available() -> None:
    excel = Excel(Server())
    excel.app.system = "Macintosh (64-bit) 16"
    assert excel.formula("AR_BUCKET", 12.0) == NA
    assert excel.windows.tried == []
