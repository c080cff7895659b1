"""Random tables: what is written through xlwings is what is read, here and by other programs."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.xlfile.engine_books import make_invoices, opened

ODD = ["=1+1", "+1", "-2", "@x", "00123", "1-2", "3E5", "10%", "TRUE", "#N/A", "'quoted", " edge ",
       "a\nb", "a\tb", "<&>\"'", "_x0041_", "é€😀", "2026-01-31", "(5)", "$1.50"]  # fmt: skip
LETTERS = st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cc"])
TEXTS = st.one_of(st.sampled_from(ODD), st.text(LETTERS, min_size=1, max_size=12))
NUMBERS = st.one_of(
    st.integers(-(2**53), 2**53).map(float),
    st.floats(allow_nan=False, allow_infinity=False, width=64).filter(lambda x: abs(x) < 1e300),
    st.decimals(-(10**9), 10**9, places=2).map(float),
)
MOMENTS = st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 31, 23, 59)).map(
    lambda moment: moment.replace(microsecond=0)
)
KINDS = {"text": TEXTS, "number": NUMBERS, "date": MOMENTS, "bool": st.booleans()}


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[str, list[Any]]]:
    """Columns of one kind each: the kind, and a value or None in each row."""
    rows = draw(st.integers(1, 8))
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=5))
    cells = [
        draw(st.lists(st.none() | KINDS[kind], min_size=rows, max_size=rows)) for kind in kinds
    ]
    return list(zip(kinds, cells, strict=True))


def write(folder: Path, table: list[tuple[str, list[Any]]]) -> Path:
    """Write a table onto a new sheet of a workbook, through xlwings, and save it."""
    book = opened(make_invoices(folder / "random.xlsx"))
    sheet = book.sheets.add("Random", after=book.sheets[-1])
    rows = len(table[0][1])
    for column, (kind, _) in enumerate(table, start=1):
        if kind == "text":
            sheet[1:, column - 1].resize(rows + 1, 1).number_format = "@"
        if kind == "date":
            sheet[1:, column - 1].resize(rows + 1, 1).number_format = "yyyy-mm-dd hh:mm:ss"
    sheet["A1"].value = [f"Column {n}" for n in range(1, len(table) + 1)]
    sheet["A2"].value = [list(row) for row in zip(*(cells for _, cells in table), strict=True)]
    sheet.tables.add(sheet["A1"].resize(rows + 1, len(table)), name="Random")
    book.save()
    return Path(book.fullname)


def columns_of(rows: list[list[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


@settings(max_examples=15)
@given(tables())
def test_what_is_written_is_read_again(table: list[tuple[str, list[Any]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), table)
        found = opened(path).sheets["Random"]["Random"].options(ndim=2, err_to_str=True).value
        assert columns_of(found) == [cells for _, cells in table]


@settings(max_examples=6)
@given(tables())
def test_other_programs_read_it_too(table: list[tuple[str, list[Any]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), table)
        page: Any = openpyxl.load_workbook(path)["Random"]
        theirs = CalamineWorkbook.from_path(path).get_sheet_by_name("Random").to_python()[1:]
        for column, (kind, cells) in enumerate(table):
            read = [page.cell(row, column + 1).value for row in range(2, len(cells) + 2)]
            other = [row[column] if column < len(row) else "" for row in theirs]
            other += [""] * (len(cells) - len(other))
            for value, here, there in zip(cells, read, other, strict=True):
                if value is None:
                    assert here is None
                    assert there == ""
                elif not (kind == "text" and "_x" in value):  # openpyxl does not undo the escape
                    assert here == value
                    assert kind == "date" or there == value


def test_libreoffice_reads_it_too(tmp_path: Path) -> None:
    plain = [text for text in ODD if "_x" not in text and "\t" not in text]
    numbers = [n / 7 for n in range(len(plain))]
    path = write(tmp_path, [("text", plain), ("number", numbers)])
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,3",
         "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with next(tmp_path.glob("*Random*.csv")).open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert [row[0] for row in rows] == plain
    assert [float(row[1]) for row in rows] == [float(f"{n:.15g}") for n in numbers]
