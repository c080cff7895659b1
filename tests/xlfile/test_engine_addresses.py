"""References to cells, in letters and in numbers."""

from __future__ import annotations

import pytest

from ar_xl.xlfile.addresses import (
    MAX_ROW,
    AddressError,
    Area,
    column_letters,
    column_number,
    parse_area,
    quote_sheet,
    split_sheet,
)


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")],
)
def test_columns_count_in_letters(number: int, letters: str) -> None:
    assert column_letters(number) == letters
    assert column_number(letters.lower()) == number


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("B2", Area(2, 2, 2, 2)),
        ("$C$9:A1", Area(1, 1, 9, 3)),
        ("B:C", Area(1, 2, MAX_ROW, 3)),
        ("3:5", Area(3, 1, 5, 16384)),
    ],
)
def test_a_reference_is_a_rectangle(text: str, area: Area) -> None:
    assert parse_area(text) == area


@pytest.mark.parametrize("text", ["", "A", "7", "A1:B", "Total", "XFE1", "A1048577", "A0", "A1,B2"])
def test_what_names_no_cells_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        parse_area(text)


def test_an_area_is_written_as_excel_writes_it() -> None:
    assert parse_area("a1:c3").a1(True, True) == "$A$1:$C$3"
    assert parse_area("C3").a1() == "C3"
    assert parse_area("B:C").a1(True, True) == "$B:$C"
    assert parse_area("3:3").a1() == "3:3"


def test_the_sheet_of_a_reference_may_stand_in_quotes() -> None:
    assert split_sheet("='Joe''s, 2026'!$A$1") == ("Joe's, 2026", "$A$1")
    assert split_sheet("Invoices!A1") == ("Invoices", "A1")
    assert split_sheet("A1") == (None, "A1")
    assert quote_sheet("Joe's, 2026") == "'Joe''s, 2026'"
    assert quote_sheet("Invoices") == "Invoices"
    assert quote_sheet("Q1") == "'Q1'"


def test_areas_meet_and_join() -> None:
    one, other = parse_area("A1:C3"), parse_area("C3:D4")
    assert one.meet(other) == parse_area("C3")
    assert one.join(other) == parse_area("A1:D4")
    assert one.meet(parse_area("E1")) is None
    assert parse_area("A1:D4").holds(one)
