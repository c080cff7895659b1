"""Formulas as files write them, with the result that was computed for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.xlfile.formulatext import has_relative_cells, in_file
from ar_xl.xlfile.payloads import ErrorValue
from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.edits import Editing, loaded


def test_a_formula_carries_its_result(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    for row, value in enumerate([2.5, "a<b", "", True, ErrorValue("#N/A"), None], start=1):
        book.edit.set_formula("Data", row, 1, '=IF(B1<2,"<",1)', value)
    book.written()

    results = [row[0] for row in loaded(book.out, data_only=True)["Data"].values]
    assert results == [2.5, "a<b", None, True, "#N/A", None]
    formulas = {row[0] for row in loaded(book.out)["Data"].values}
    assert formulas == {'=IF(B1<2,"<",1)'}


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("=SUM(A1:A2)", "SUM(A1:A2)"),
        ("=MAXIFS(A:A,B:B,1)", "_xlfn.MAXIFS(A:A,B:B,1)"),
        ("=xlookup(1,A:A,B:B)", "_xlfn.XLOOKUP(1,A:A,B:B)"),
        ("=_xlfn.IFS(A1,1)", "_xlfn.IFS(A1,1)"),
        ('="IFS("&A1', '"IFS("&A1'),
        ("='IFS(1)'!A1", "'IFS(1)'!A1"),
        ("=AGGREGATE(9,6,A:A)", "AGGREGATE(9,6,A:A)"),
    ],
)
def test_newer_functions_get_their_prefix(formula: str, written: str) -> None:
    assert in_file(formula) == written


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("=FILTER(A:A,B:B)", "several cells"),
        ("=[@Amount]*2", "table's name"),
        ("=" + "1" * 8193, "8,192"),
        ("=", "0 characters"),
    ],
)
def test_formulas_that_would_not_work_are_refused(formula: str, reason: str) -> None:
    with pytest.raises(CannotEdit, match=reason):
        in_file(formula)


@pytest.mark.parametrize(
    ("formula", "relative"),
    [
        ("A1*2", True),
        ("$A1", True),
        ("A$1", False),
        ("$A$1+Rows[[#This Row],[B2]]", False),
        ('"A1"', False),
        ("LOG10(5)", False),
        ("Rate_A1*2", False),
        ("'A1'!B2", True),
    ],
)
def test_a_formula_moves_when_it_names_a_row_without_a_dollar(formula: str, relative: bool) -> None:
    assert has_relative_cells(formula) is relative
