"""Setting cells: what is written, what stays, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ar_xl.xlfile.errors import XlFileError
from ar_xl.xlfile.payloads import ErrorValue
from ar_xl.xlfile.write_errors import CannotEdit, SheetFull, TextTooLong
from tests.xlfile.edits import Editing

ROW_2 = '<row r="2" spans="1:3" x14ac:dyDescent="0.25"><c r="A2" s="4"><v>1</v></c></row>'
PAYLOADS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "'=1"]


def test_text_that_looks_like_a_formula_comes_back_as_the_same_text(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    book.edit.set_block("Data", 1, 1, [PAYLOADS])

    assert list(book.cells().values()) == PAYLOADS
    assert "<f>" not in book.sheet()


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b\x1f",
        "_x0041_",
        "_x005F_",
        "a\r\nb",
        " edge ",
        "\n",
        "<&>\"'",
        "é€漢😀",
        "\ufffe\uffff",
    ],
)
def test_any_text_comes_back_unchanged(tmp_path: Path, text: str) -> None:
    book = Editing(tmp_path)
    book.edit.set_block("Data", 1, 1, [[text, "plain"]])

    assert book.cells() == {"A1": text, "A2": "plain"}


def test_identifiers_keep_their_zeros_and_digits(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    numbers = ["00123", "12345678901234567890", "1E5", "2024-01-02", "NA", "TRUE"]
    book.edit.set_block("Data", 1, 1, [numbers])

    assert list(book.cells().values()) == numbers


def test_numbers_are_written_with_the_shortest_digits_that_give_them_back(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    values = np.array([0.1, 100.0, -0.01, 1e300, 123456789012.34, 1 / 3] * 4)
    book.edit.set_block("Data", 1, 1, [values])

    assert list(book.cells().values()) == values.tolist()
    assert "<v>0.1</v>" in book.rows()
    assert "<v>123456789012.34</v>" in book.rows()


def test_a_mixed_column_keeps_each_value_what_it_is(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    mixed = np.array(["x", 2.5, True, None, ErrorValue("#N/A"), ""], dtype=object)
    book.edit.set_block("Data", 1, 1, [mixed])

    assert book.cells() == {"A1": "x", "A2": 2.5, "A3": True, "A5": "<#N/A>"}


def test_an_existing_cell_keeps_its_format_and_an_emptied_one_too(tmp_path: Path) -> None:
    book = Editing(tmp_path, ROW_2 + '<row r="3"><c r="A3" s="5" t="str"><v>x</v></c></row>')
    book.edit.set_block("Data", 2, 1, [np.array([7.5, np.nan])])

    assert book.rows() == (
        '<row r="2" spans="1:3" x14ac:dyDescent="0.25"><c r="A2" s="4"><v>7.5</v></c></row>'
        '<row r="3"><c r="A3" s="5"/></row>'
    )


def test_a_given_format_replaces_that_of_the_cell(tmp_path: Path) -> None:
    book = Editing(tmp_path, ROW_2)
    book.edit.set_block("Data", 2, 1, [["x"]], [9])

    assert '<c r="A2" s="9" t="inlineStr"><is><t>x</t></is></c>' in book.rows()


def test_a_new_cell_takes_the_format_of_its_row_else_of_its_column(tmp_path: Path) -> None:
    book = Editing(
        tmp_path,
        '<row r="1"/><row r="2" s="6" customFormat="1"></row>',
        before='<cols><col min="2" max="3" width="9" style="8"/></cols>',
    )
    book.edit.set_block("Data", 1, 2, [np.array([1.0, 2.0, 3.0])])

    assert book.rows() == (
        '<row r="1"><c r="B1" s="8"><v>1</v></c></row>'
        '<row r="2" s="6" customFormat="1"><c r="B2" s="6"><v>2</v></c></row>'
        '<row r="3"><c r="B3" s="8"><v>3</v></c></row>'
    )


def test_an_empty_cell_is_only_written_for_a_format_of_its_own(tmp_path: Path) -> None:
    book = Editing(tmp_path, before='<cols><col min="1" max="1" width="9" style="8"/></cols>')
    book.edit.set_block("Data", 1, 1, [["", ""], ["", "x"]], [8, 8])

    assert book.rows() == (
        '<row r="1"><c r="B1" s="8"/></row>'
        '<row r="2"><c r="B2" s="8" t="inlineStr"><is><t>x</t></is></c></row>'
    )


def test_rows_come_before_between_and_behind_those_that_are_there(tmp_path: Path) -> None:
    rows = '<row r="3"><c r="A3"><v>3</v></c></row><row r="6"><c r="A6"><v>6</v></c></row>'
    book = Editing(tmp_path, rows)
    book.edit.set_block("Data", 1, 2, [np.arange(1.0, 9.0)])

    assert [f'<row r="{n}"' in book.rows() for n in range(1, 10)] == [True] * 8 + [False]
    assert book.cells() == {**{f"B{n}": float(n) for n in range(1, 9)}, "A3": 3.0, "A6": 6.0}


def test_a_cell_is_put_between_its_neighbours(tmp_path: Path) -> None:
    book = Editing(tmp_path, '<row r="1" spans="2:4"><c r="B1"><v>2</v></c><c r="D1"/></row>')
    for column in (1, 3, 5):
        book.edit.set_block("Data", 1, column, [np.array([float(column)])])

    assert book.rows() == (
        '<row r="1" spans="1:5"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c>'
        '<c r="C1"><v>3</v></c><c r="D1"/><c r="E1"><v>5</v></c></row>'
    )


def test_what_is_set_later_holds(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    book.edit.set_block("Data", 1, 1, [np.arange(6.0)], [3])
    book.edit.set_block("Data", 3, 1, [["text"]])
    book.edit.set_style("Data", 2, 1, 2, 1, 7)

    assert '<c r="A2" s="7"><v>1</v></c>' in book.rows()
    assert '<c r="A3" s="7" t="inlineStr"><is><t>text</t></is></c>' in book.rows()
    assert '<c r="A4" s="3"><v>3</v></c>' in book.rows()


def test_a_format_alone_leaves_content_and_formula(tmp_path: Path) -> None:
    cell = '<c r="A1" s="1" t="str" cm="1"><f>B1&amp;"x"</f><v>ax</v></c>'
    book = Editing(tmp_path, f'<row r="1">{cell}</row>')
    book.edit.set_style("Data", 1, 1, 1, 2, [[2, None]])

    assert book.rows() == f'<row r="1">{cell.replace("1", "2", 2).replace("A2", "A1")}</row>'


def test_scattered_cells_leave_the_rows_between_them_alone(tmp_path: Path) -> None:
    between = '<row r="2"  ht="20"><c  r="A2"/></row>'
    rows = f'<row r="1"><c r="A1"/></row>{between}<row r="3"></row>'
    book = Editing(tmp_path, rows)
    book.edit.set_scattered("Data", np.array([1, 3, 5]), 2, [np.array([1.0, 3.0, 5.0])])

    assert between in book.rows()
    assert book.cells() == {"B1": 1.0, "B3": 3.0, "B5": 5.0}
    assert '<row r="4"' not in book.rows()


def test_scattered_cells_over_a_block_hold_where_they_are(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    book.edit.set_block("Data", 1, 1, [np.arange(5.0)])
    book.edit.set_scattered("Data", np.array([2, 4]), 1, [["two", "four"]])

    assert list(book.cells().values()) == [0.0, "two", 2.0, "four", 4.0]


def test_a_row_gets_a_height_and_keeps_its_cells(tmp_path: Path) -> None:
    book = Editing(tmp_path, ROW_2)
    book.edit.set_row("Data", 2, height=30)
    book.edit.set_row("Data", 5, hidden=True)

    assert 'x14ac:dyDescent="0.25" ht="30" customHeight="1"><c r="A2" s="4"' in book.rows()
    assert '<row r="5" hidden="1"></row>' in book.rows()


def test_the_dimension_of_the_sheet_holds_all_cells(tmp_path: Path) -> None:
    book = Editing(tmp_path, ROW_2, before='<dimension ref="A2:C2"/>')
    book.edit.set_block("Data", 9, 2, [np.array([1.0, 2.0])])

    assert '<dimension ref="A2:C10"/>' in book.sheet()


@pytest.mark.parametrize(
    ("formula", "word"),
    [
        ('<f t="shared" ref="A1:A2" si="0">B1</f>', "shared formula"),
        ('<f t="array" ref="A1:A2">B1:B2</f>', "array formula"),
        ('<f t="dataTable" ref="A1:A2" dt2D="0"/>', "other cells depend"),
    ],
)
def test_the_head_of_a_formula_that_others_need_is_not_overwritten(
    tmp_path: Path, formula: str, word: str
) -> None:
    book = Editing(tmp_path, f'<row r="1"><c r="A1">{formula}<v>1</v></c></row>')
    book.edit.set_block("Data", 1, 1, [["x"]])

    with pytest.raises(CannotEdit, match=word) as refused:
        book.written()
    assert "Data!A1" in refused.value.sentence


def test_a_member_of_a_shared_formula_may_be_overwritten_but_none_of_an_array(
    tmp_path: Path,
) -> None:
    shared = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    book = Editing(tmp_path, shared)
    book.edit.set_block("Data", 2, 1, [np.array([5.0])])
    assert '<c r="A2"><v>5</v></c>' in book.rows()

    array = shared.replace('t="shared" ref="A1:A2" si="0"', 't="array" ref="A1:A2"', 1)
    book = Editing(tmp_path, array.replace('<f t="shared" si="0"/>', ""))
    book.edit.set_block("Data", 2, 1, [np.array([5.0])])
    with pytest.raises(CannotEdit, match="array formula in A1:A2"):
        book.written()


def test_a_plain_formula_is_replaced_when_it_is_asked_for(tmp_path: Path) -> None:
    book = Editing(tmp_path, '<row r="1"><c r="A1" s="2"><f>1+1</f><v>2</v></c></row>')
    book.edit.set_block("Data", 1, 1, [np.array([5.0])])

    assert book.rows() == '<row r="1"><c r="A1" s="2"><v>5</v></c></row>'


def test_formulas_of_others_keep_their_results(tmp_path: Path) -> None:
    cell = '<c r="B1"><f>A1*2</f><v>4</v></c>'
    book = Editing(tmp_path, f'<row r="1"><c r="A1"><v>2</v></c>{cell}</row>')
    book.edit.set_block("Data", 1, 1, [np.array([3.0])])

    assert cell in book.rows()


def test_texts_rows_and_columns_are_taken_up_to_their_limit_and_refused_beyond(
    tmp_path: Path,
) -> None:
    book = Editing(tmp_path)
    book.edit.set_block("Data", 1_048_576, 16_384, [["x" * 32_767]])
    assert f'<c r="XFD1048576" t="inlineStr"><is><t>{"x" * 32_767}</t></is></c>' in book.rows()

    with pytest.raises(TextTooLong):
        book.edit.set_block("Data", 1, 1, [["x" * 32_768]])
    with pytest.raises(TextTooLong):
        book.edit.set_block("Data", 1, 1, [["😀" * 16_384]])
    with pytest.raises(SheetFull):
        book.edit.set_block("Data", 1_048_576, 1, [["x", "y"]])
    with pytest.raises(SheetFull):
        book.edit.set_block("Data", 1, 16_384, [["x"], ["y"]])
    with pytest.raises(CannotEdit, match="infinite"):
        book.edit.set_block("Data", 1, 1, [np.array([np.inf])])


def test_a_sheet_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(XlFileError, match="no sheet named 'Nope'"):
        Editing(tmp_path).edit.set_block("Nope", 1, 1, [["x"]])


def test_the_sheet_name_is_found_in_any_case(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    book.edit.set_block("DATA", 1, 1, [["x"]])

    assert book.cells() == {"A1": "x"}
