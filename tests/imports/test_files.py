"""Files: what they are is seen in their bytes; what cannot be read is refused in plain words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.core.findings import Exit, Refusal
from ar_xl.core.ledger import Ledger
from ar_xl.imports.csvtable import read_csv
from ar_xl.imports.importer import import_file
from ar_xl.imports.rawtable import RawGrid, column_letters
from ar_xl.imports.sniff import sniff

ROWS = "Invoice No,Customer ID,Invoice Date,Amount\nINV-1,Müller,2026-01-31,10.00\n"


def grid(folder: Path, content: bytes) -> RawGrid:
    path = folder / "x.csv"
    path.write_bytes(content)
    return read_csv(path.name, sniff(path))


def refusal(folder: Path, content: bytes, name: str = "x.csv") -> Refusal:
    path = folder / name
    path.write_bytes(content)
    with pytest.raises(Refusal) as caught:
        import_file(path, None, Ledger())
    return caught.value


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    read = grid(tmp_path, ROWS.encode(encoding))
    assert read.record(0) == ["Invoice No", "Customer ID", "Invoice Date", "Amount"]
    assert read.record(1)[1] == "Müller"


def test_an_encoding_that_was_concluded_is_said(tmp_path: Path) -> None:
    assert "Windows-1252" in grid(tmp_path, ROWS.encode("cp1252")).said[0]
    assert "UTF-16 without a mark" in grid(tmp_path, ROWS.encode("utf-16-le")).said[0]
    assert grid(tmp_path, ROWS.encode()).said == ()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    read = grid(tmp_path, ROWS.replace(",", delimiter).encode())
    assert read.record(1) == ["INV-1", "Müller", "2026-01-31", "10.00"]


def test_a_line_that_tells_excel_the_delimiter_is_no_data(tmp_path: Path) -> None:
    read = grid(tmp_path, b"sep=;\r\nA;1,5\r\n2;3\r\n")
    assert [read.record(i) for i in range(len(read))] == [["A", "1,5"], ["2", "3"]]
    assert read.lines.tolist() == [2, 3]


def test_line_breaks_in_quotation_marks_belong_to_the_cell(tmp_path: Path) -> None:
    read = grid(tmp_path, b'A,B\n1,"two\r\nlines"\n\n , \n2,"say ""hi"", x"\n')
    assert [read.record(i) for i in range(3)] == [
        ["A", "B"], ["1", "two\r\nlines"], ["2", 'say "hi", x'],
    ]  # fmt: skip
    assert read.lines.tolist() == [1, 2, 6]


@pytest.mark.parametrize("content", [b'A,B\n1,"open\n2,x\n3,y\n', b'A,B\n1,"x"y\n'])
def test_a_broken_quotation_mark_is_named_and_swallows_nothing(
    tmp_path: Path, content: bytes
) -> None:
    refused = refusal(tmp_path, content)
    assert refused.code.name == "import_quotation_mark"
    assert "line 2" in refused.seen
    assert refused.code.exit is Exit.UNREADABLE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import_file_empty"),
        (b" \n\n", "import_file_empty"),
        (b"Invoice No,Customer ID,Invoice Date,Amount\n", "import_file_empty"),
        (b"\x00\x01\x02\x03\x04\x05" * 50, "import_not_a_table"),
        (b"%PDF-1.7 ...", "import_not_a_table"),
        (b"<html><table>", "import_not_a_table"),
        (b"foo,bar\n1,2\n", "import_not_a_table"),
        (b"\xff\xfea\x00b", "import_not_a_table"),
        (b"PK\x05\x06" + b"\x00" * 18, "import_workbook_unreadable"),
        (b"PK\x03\x04 broken", "import_workbook_unreadable"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "import_workbook_unreadable"),
        (b"OFXHEADER:100\nDATA:OFXSGML\n", "import_bank_file"),
        (b"!Type:Bank\nD1/2/2013\n", "import_bank_file"),
        (b":20:START\n:25:123\n:60F:C130101EUR1,00\n", "import_bank_file"),
        (b"01,CITI,123,030806,1200,1,80,,2/\n", "import_bank_file"),
    ],
)
def test_files_that_are_no_tables_are_refused(tmp_path: Path, content: bytes, code: str) -> None:
    refused = refusal(tmp_path, content)
    assert refused.code.name == code
    assert "x.csv" in refused.seen
    assert refused.fix


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        import_file(tmp_path / "none.csv", None, Ledger())
    assert caught.value.code.name == "import_file_missing"


def test_a_name_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "really.xlsx"
    path.write_text(ROWS, encoding="utf-8")
    assert import_file(path, None, Ledger()).change.rows() == {"Invoices": 1, "Customers": 1}


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (16383, "XFD")])
def test_columns_are_called_as_excel_calls_them(column: int, letters: str) -> None:
    assert column_letters(column) == letters
