"""References go on meaning the cells they meant when others are put in or taken out."""

from __future__ import annotations

import pytest

from ar_xl.xlfile.addresses import parse_area
from ar_xl.xlfile.shifting import Shift, shift_formula
from ar_xl.xlfile.write_errors import CannotEdit


def rows(ref: str, out: bool = False) -> Shift:
    area = parse_area(ref)
    return Shift(area, True, -area.rows if out else area.rows)


def columns(ref: str, out: bool = False) -> Shift:
    area = parse_area(ref)
    return Shift(area, False, -area.columns if out else area.columns)


@pytest.mark.parametrize(
    ("formula", "shift", "moved"),
    [
        ("SUM(A1:A9)", rows("5:6"), "SUM(A1:A11)"),
        ("A4+A5+$A$5", rows("5:5"), "A4+A6+$A$6"),
        ("SUM(A5:A9)", rows("5:5"), "SUM(A6:A10)"),
        ("SUM(A:A)+SUM(3:7)", rows("5:5"), "SUM(A:A)+SUM(3:8)"),
        ("SUM($B:D)", columns("C:C"), "SUM($B:E)"),
        ("B$2*C3", columns("C:D"), "B$2*E3"),
        ("SUM(A1:A9)", rows("3:4", out=True), "SUM(A1:A7)"),
        ("SUM(A3:A9)", rows("1:5", out=True), "SUM(A1:A4)"),
        ("A3+A9", rows("3:3", out=True), "#REF!+A8"),
        ("SUM(A3:B4)", rows("2:5", out=True), "SUM(#REF!)"),
        ("A9+D9", rows("A5:B5"), "A10+D9"),
        ("SUM(A5:D9)", rows("A5:B5"), "SUM(A5:D9)"),
        ('"A9"&A9', rows("5:5"), '"A9"&A10'),
        ("Data!A9+'My Data'!A9+Other!A9", rows("5:5"), "Data!A10+'My Data'!A9+Other!A9"),
        ("[1]Data!A9+'[1]Data'!A9", rows("5:5"), "[1]Data!A9+'[1]Data'!A9"),
        ("LOG10(A9)+rate_A9+A9.x", rows("5:5"), "LOG10(A10)+rate_A9+A9.x"),
        ("SUM(Table9[A9],Table[[#This Row],[B9]])", rows("5:5"),
         "SUM(Table9[A9],Table[[#This Row],[B9]])"),
        ("Data!#REF!+A9", rows("5:5"), "Data!#REF!+A10"),
    ],
)  # fmt: skip
def test_a_formula_follows_its_cells(formula: str, shift: Shift, moved: str) -> None:
    assert shift_formula(formula, "Data", True, shift) == moved


def test_on_other_sheets_only_references_that_name_the_sheet_move() -> None:
    shift = rows("5:5")
    assert shift_formula("A9+data!A9", "Data", False, shift) == "A9+data!A10"
    assert shift_formula("'It''s'!A9", "It's", False, shift) == "'It''s'!A10"


def test_a_reference_to_several_sheets_at_once_is_refused() -> None:
    with pytest.raises(CannotEdit, match="several sheets"):
        shift_formula("SUM(Jan:Mar!A9)", "Feb", False, rows("5:5"))
