"""Rows of foreign invoices: lines become documents, bad rows are named, each has one outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.imports.importer import ImportOptions, Tally
from tests.imports.foreign import drafts, found, imported, said
from tests.ledger_text import ledger, lines

HEAD = "Invoice No,Customer ID,Invoice Date,Amount"


def test_lines_are_reduced_to_documents_and_checked_against_the_total(tmp_path: Path) -> None:
    text = """
        Invoice Number,Customer ID,Invoice Date,Total,Item Name,Item Total
        1,ACME,2026-01-31,30.00,Mallet,10.00
        1,ACME,2026-01-31,30.00,Chisel,{other}
        2,ACME,2026-01-31,5.00,Saw,5.00
        ,,,,Nails,0.00
    """
    result = imported(tmp_path, text.format(other="20.00"))
    assert drafts(result, "Invoices", "Invoice No", "Amount") == ["1 | 30.00", "2 | 5.00"]
    assert result.counts["Invoices"] == Tally(read=4, new=4)
    assert said(result, "reduced") == "4 lines were reduced to 2 documents."
    assert found(result) == []
    assert found(imported(tmp_path, text.format(other="19.99"))) == [
        "line 2, Total | import_lines_differ_from_total | total 30.00, lines 29.99"
    ]


def test_lines_without_a_total_are_added_up(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Invoice #,Client Name,Date Issued,Item Name,Line Subtotal,Tax 1 Amount,Line Total
        1,X-Men,2021-01-28,Paint,650.00,65.00,715.00
        1,X-Men,2021-01-28,Hours,490.00,0.00,490.00
    """,
    )
    assert drafts(result, "Invoices", "Invoice No", "Amount", "Tax") == ["1 | 1,205.00 | 65.00"]


def test_tax_beside_lines_that_may_contain_it_is_a_question(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Invoice #,Client Name,Date Issued,Item Name,Line Tax,Line Total
        1,X-Men,2021-01-28,Paint,65.00,650.00
    """,
    )
    assert found(result) == [
        "line 2, Line Total | import_line_tax_open | tax beside the line amounts"
    ]


def test_lines_of_one_document_agree_on_what_is_the_documents(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Invoice Number,Customer ID,Invoice Date,Total,Item Name,Item Total
        1,ACME,2026-01-31,30.00,Mallet,10.00
        1,BOLT,2026-01-31,31.00,Chisel,20.00
    """,
    )
    assert found(result) == [
        "line 3, Customer ID | import_lines_disagree | `BOLT`, on the first line `ACME`",
        "line 3, Total | import_lines_disagree | `31.00`, on the first line `30.00`",
    ]


def test_a_number_twice_in_a_file_without_lines_is_an_error_on_both_rows(tmp_path: Path) -> None:
    text = f"{HEAD}\n1,ACME,2026-01-31,1.00\n2,ACME,2026-01-31,1.00\n1,ACME,2026-01-31,1.00\n"
    result = imported(tmp_path, text, "invoices")
    assert found(result) == [
        "line 2, Invoice No | import_number_twice | `1` on 2 rows",
        "line 4, Invoice No | import_number_twice | `1` on 2 rows",
    ]
    assert result.counts["Invoices"] == Tally(read=3, refused=3)


BAD_ROWS = f"""
    {HEAD}
    1,ACME,2026-01-31,1.00
    ,ACME,2026-01-31,1.00
    3,,2026-01-31,1.00
    4,ACME,,1.00
    5,ACME,2026-01-31,
    6,ACME,2026-02-31,1.00
    7,ACME,2026-01-31,one
    8,ACME,2026-01-31,1.005
    9,ACME,2026-01-31,1.00,extra
    10,ACME,2026-01-31
"""


def test_every_bad_row_is_named_with_what_was_seen(tmp_path: Path) -> None:
    result = imported(tmp_path, BAD_ROWS, "invoices")
    assert sorted(found(result)) == sorted(
        lines("""
        line 3, Invoice No | import_number_missing | an empty cell
        line 4, Customer ID | import_customer_missing | an empty cell
        line 5, Invoice Date | import_cell_missing | an empty cell
        line 6, Amount | import_cell_missing | an empty cell
        line 7, Invoice Date | import_date_unreadable | `2026-02-31`
        line 8, Amount | import_amount_unreadable | `one`
        line 9, Amount | import_amount_too_fine | `1.005`
        line 10 | import_row_ragged | 5 cells under 4 headings
        line 11 | import_row_ragged | 3 cells under 4 headings
        line 11, Amount | import_cell_missing | an empty cell
    """)
    )
    assert result.change.is_empty
    assert result.counts["Invoices"] == Tally(read=10, refused=10)
    assert result.said[-1] == "Nothing was imported: 10 errors."
    assert all(finding.sheet == "export.csv" for finding in result.findings)


def test_bad_rows_can_be_left_behind(tmp_path: Path) -> None:
    result = imported(tmp_path, BAD_ROWS, "invoices", options=ImportOptions(skip_bad=True))
    assert drafts(result, "Invoices", "Invoice No") == ["1"]
    assert result.counts["Invoices"] == Tally(read=10, new=1, refused=9)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{HEAD}\n1,ACME,1/2/2026,1.00", "import_date_order_open"),
        (f"{HEAD}\n1,ACME,1/13/2026,1.00\n2,ACME,13/1/2026,1.00", "import_date_order_open"),
        (f'{HEAD}\n1,ACME,2026-01-31,"1,234"', "import_decimal_mark_open"),
        (f'{HEAD}\n1,ACME,2026-01-31,"1,23"\n2,ACME,2026-01-31,1.23', "import_decimal_mark_open"),
    ],
)
def test_what_is_open_for_the_whole_file_is_never_skipped(
    tmp_path: Path, text: str, code: str
) -> None:
    result = imported(tmp_path, text, "invoices", options=ImportOptions(skip_bad=True))
    assert [f.code.name for f in result.findings] == [code]
    assert result.change.is_empty


def test_the_user_decides_what_the_file_leaves_open(tmp_path: Path) -> None:
    text = f'{HEAD}\n1,ACME,1/2/2026,"1,234"'
    options = ImportOptions(dates="dmy", decimal="point")
    result = imported(tmp_path, text, "invoices", options=options)
    assert drafts(result, "Invoices", "Invoice Date", "Amount") == ["2026-02-01 | 1,234.00"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{HEAD},Notes\n1,ACME,2026-01-31,1.00,{'x' * 32_768}", "import_text_too_long"),
        (f"{HEAD},Notes\n1,ACME,2026-01-31,1.00,a\x0bb", "import_text_unprintable"),
        (f"{HEAD}\n1,00123(Customer Account),2026-01-31,1.00", "import_code_with_prose"),
    ],
)
def test_what_a_workbook_cannot_keep_is_refused_never_cut(
    tmp_path: Path, text: str, code: str
) -> None:
    result = imported(tmp_path, text, "invoices")
    assert [f.code.name for f in result.findings] == [code]
    assert result.is_refused


def test_the_longest_text_that_fits_is_kept(tmp_path: Path) -> None:
    result = imported(tmp_path, f"{HEAD},Notes\n1,ACME,2026-01-31,1.00,{'x' * 32_767}", "invoices")
    assert drafts(result, "Invoices", "Description") == ["x" * 32_767]


def test_a_number_that_excel_shortened_is_said(tmp_path: Path) -> None:
    text = f"{HEAD}\n2.52002E+18,ACME,2026-01-31,1.00\n1E5,ACME,2026-01-31,1.00"
    assert found(imported(tmp_path, text, "invoices")) == [
        "line 2, Invoice No | import_number_looks_mangled | `2.52002E+18`"
    ]


def test_every_row_and_cent_has_one_outcome(tmp_path: Path) -> None:
    book = ledger("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        1          | ACME        | 2026-01-31   | 1.00
        2          | ACME        | 2026-01-31   | 9.00
    """)
    result = imported(
        tmp_path,
        f"""
        {HEAD},Currency
        1,ACME,2026-01-31,1.00,USD
        2,ACME,2026-01-31,2.00,USD
        3,ACME,2026-01-31,4.00,EUR
        Total,,,7.00,
    """,
        "invoices",
        book,
        ImportOptions(skip_bad=True),
    )
    assert result.counts["Invoices"] == Tally(read=4, new=1, known=1, refused=1, left_out=1)
    assert result.money["Invoices"] == {
        "EUR": Tally(read=400, new=400),
        "USD": Tally(read=300, known=100, refused=200),
    }
    assert result.totals == {"Invoices": {"EUR": 400}}
    assert said(result, "rows read") == (
        "Invoices: 4 rows read = 1 new + 1 already known + 1 refused + 1 left out."
    )
