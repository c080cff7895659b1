"""Results of formulas: given while they hold, refused once what they depend on was written."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwings as xw

from ar_xl.xlfile.cells import StaleFormula
from ar_xl.xlfile.precedents import Everything, references
from tests.xlfile.engine_books import make_invoices, opened


@pytest.fixture
def book(tmp_path: Path) -> xw.Book:
    """Data with values in A, and formulas that depend on them in many ways."""
    path = tmp_path / "made.xlsx"
    with xlsxwriter.Workbook(path) as made:
        data, other = made.add_worksheet("Data"), made.add_worksheet("Other One")
        data.write_column("A1", [1, 2, 3, 4])
        made.define_name("First", "=Data!$A$1")
        made.define_name("Twice", "=First*2")
        formulas = {
            "B1": ("=A1*2", 2),
            "B2": ("=A2*2", 4),
            "B3": ("=SUM(A1:A2)", 3),
            "B4": ("=B1+1", 3),
            "B5": ("=B4+1", 4),
            "B6": ("=First", 1),
            "B7": ("=Twice", 2),
            "B8": ("=TODAY()", 46000),
            "B9": ("=SUM(A:A)", 10),
            "B10": ('=INDIRECT("A1")', 1),
            "B11": ("=MYFUNCTION(D9)", 5),
            "B12": ("=VLOOKUP(2,$A$1:$A$4,1)", 2),
            "B13": ('="A1"&"x"', "A1x"),
            "B14": ("=A1:A2 A2:A3", 2),
        }
        for cell, (formula, value) in formulas.items():
            data.write_formula(cell, formula, None, value)
        other.write_formula("A1", "=Data!A1", None, 1)
        other.write_formula("A2", "='Other One'!A1+Data!B2", None, 5)
        other.write_formula("A3", "=SUM(Data!3:3)", None, 9)
    return opened(path)


def stale(book: xw.Book) -> list[str]:
    """The formulas whose results are refused."""
    found = []
    for sheet, rows, letter in (("Data", 14, "B"), ("Other One", 3, "A")):
        for row in range(1, rows + 1):
            try:
                assert book.sheets[sheet][f"{letter}{row}"].value is not None
            except StaleFormula:
                found.append(f"{'O' if sheet == 'Other One' else ''}{letter}{row}")
    return found


ALWAYS = ["B8", "B10", "B11"]  # nobody knows what these look at


def test_results_are_given_while_nothing_was_written(book: xw.Book) -> None:
    assert stale(book) == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("A1", ["B1", "B3", "B4", "B5", "B6", "B7", "B9", "B12", "B14", "OA1", "OA2", "OA3"]),
        ("A2", ["B2", "B3", "B9", "B12", "B14", "OA2", "OA3"]),
        ("A4", ["B9", "B12"]),
        ("B1", ["B4", "B5"]),
        ("Z99", []),
        ("Z3", ["OA3"]),
    ],
)
def test_what_depends_on_a_cell_is_refused_once_it_was_written(
    book: xw.Book, cell: str, expected: list[str]
) -> None:
    book.sheets["Data"][cell].value = 7
    assert sorted(stale(book)) == sorted(expected + ALWAYS)


def test_it_stays_refused_after_saving(book: xw.Book) -> None:
    book.sheets["Data"]["A2"].value = 7
    book.save()
    assert "B3" in stale(book)
    assert book.sheets["Data"]["B1"].value == 2


def test_a_formula_without_a_result_is_refused_and_so_is_what_uses_it(book: xw.Book) -> None:
    sheet = book.sheets["Data"]
    sheet["D1"].formula = "=A1+1"
    sheet["D2"].api.put_formula("=D1+A3", 5)
    for cell in ("D1", "D2", "D1:D2"):
        with pytest.raises(StaleFormula, match=r"Data!D1|Data!D2"):
            _ = sheet[cell].value
    book.save()
    with pytest.raises(StaleFormula):
        _ = sheet["D1"].value


def test_a_result_that_was_given_holds_until_its_inputs_are_written(book: xw.Book) -> None:
    sheet = book.sheets["Data"]
    sheet["A1"].value = 10
    sheet["D1"].api.put_formula("=A1+A2", 12)
    assert sheet["D1"].value == 12
    book.save()
    assert sheet["D1"].value == 12
    sheet["A3"].value = 1
    assert sheet["D1"].value == 12
    sheet["A2"].value = 1
    with pytest.raises(StaleFormula):
        _ = sheet["D1"].value


def test_a_name_that_was_changed_makes_its_users_doubtful(book: xw.Book) -> None:
    book.names["First"].refers_to = "=Data!$A$2"
    assert sorted(stale(book)) == sorted(["B6", "B7", *ALWAYS])  # as with any change


def test_formulas_over_tables_follow_the_table(tmp_path: Path) -> None:
    book = opened(make_invoices(tmp_path / "invoices.xlsx"))
    notes, invoices = book.sheets["Notes"], book.sheets["Invoices"]
    notes["F1"].api.put_formula("=SUM(Invoices[Amount])", 104.25)
    notes["F2"].api.put_formula("=COUNTA(Invoices[Customer ID])", 3)
    invoices["D3"].value = 8
    assert notes["F2"].value == 3
    assert invoices["E2"].value == 201
    for cell in (notes["F1"], invoices["E3"]):
        with pytest.raises(StaleFormula):
            _ = cell.value
    table = invoices.tables["Invoices"]
    table.resize(invoices["A1:E5"])
    with pytest.raises(StaleFormula):
        _ = notes["F2"].value


def test_cells_of_an_array_formula_go_with_it(tmp_path: Path) -> None:
    path = tmp_path / "array.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Data")
        sheet.write_column("A1", [1, 2, 3])
        sheet.write_array_formula("C1:C3", "{=A1:A3*2}", None, 2)
        sheet.write_number("C2", 4)
        sheet.write_number("C3", 6)
    cells = opened(path).sheets["Data"]
    cells["E1"].value = 1
    assert cells["C1:C3"].value == [2, 4, 6]
    cells["A1"].value = 5
    with pytest.raises(StaleFormula, match="Data!C3"):
        _ = cells["C3"].value


def test_a_long_chain_is_followed_to_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "chain.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Data")
        sheet.write_number("A1", 1)
        for row in range(2, 1500):
            sheet.write_formula(f"A{row}", f"=A{row - 1}+1", None, row)
            sheet.write_formula(f"C{row}", "=1+1", None, 2)
    cells = opened(path).sheets["Data"]
    cells["B1"].value = 0
    assert cells["A1499"].value == 1499
    cells["A1"].value = 2
    assert cells["C2:C1499"].value == [2.0] * 1498
    with pytest.raises(StaleFormula):
        _ = cells["A1499"].value


def test_calculated_columns_of_a_large_sheet_are_looked_at_column_by_column(
    tmp_path: Path,
) -> None:
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("Data")
        for row in range(1, 2502):
            sheet.write_number(f"A{row}", row)
            sheet.write_formula(f"C{row}", f"=A{row}*2", None, row * 2)
            sheet.write_formula(f"D{row}", f"=B{row}*2", None, 0)
    cells = opened(path).sheets["Data"]
    cells["A7"].value = 0
    assert cells["D9"].value == 0
    with pytest.raises(StaleFormula):
        _ = cells["C7"].value


@pytest.mark.parametrize(
    "formula", ["=OFFSET(A1,1,1)", "=A1:INDEX(B:B,3)", "=SUM(One:Three!A1)", "=[@Amount]", "=A1#"]
)
def test_a_formula_whose_cells_cannot_be_told_may_use_any(formula: str) -> None:
    with pytest.raises(Everything):
        references(formula)


@pytest.mark.parametrize(
    ("formula", "areas", "names"),
    [
        ("=a1+$B$2", ["A1", "B2"], []),
        ('=IF(Rate>1E3,LOG10(C3),"D4")', ["C3"], ["Rate"]),
        ("=SUM('It''s'!$A:$B)-'[1]Other'!Z9+[2]Other!Z9", ["A:B"], []),
        ("=Table1[[#This Row],[A '[x']]]&Table2[]", [], ["Table1", "Table2"]),
        ("=_xlfn.XLOOKUP(1,A1:A9,B1:B9)", ["A1:A9", "B1:B9"], []),
        ("=#REF!A1+TRUE", ["A1"], []),
        ("=IFERROR(1/0,#N/A)%", [], []),
    ],
)
def test_a_formula_tells_its_cells_and_names(
    formula: str, areas: list[str], names: list[str]
) -> None:
    found = references(formula)
    assert [each.area.a1() for each in found if each.area] == areas
    assert [each.name for each in found if each.name] == names


def test_calculating_is_refused_only_where_something_is_out_of_date(
    book: xw.Book,
) -> None:
    book.app.calculate()
    book.sheets["Data"]["A1"].value = 5
    with pytest.raises(StaleFormula, match="Nothing is calculated"):
        book.app.calculate()


def test_a_workbook_of_another_program_is_read_as_it_is(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made["Sheet"]["A1"] = "=1+1"
    made.save(tmp_path / "plain.xlsx")
    assert opened(tmp_path / "plain.xlsx").sheets[0]["A1"].value is None
