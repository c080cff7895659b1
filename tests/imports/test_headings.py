"""Headings: common names are known, --map wins, and what is missing or open is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.core.findings import Refusal
from ar_xl.imports.headings import squeezed
from ar_xl.imports.importer import ImportOptions, ImportResult
from ar_xl.imports.names import KINDS
from tests.imports.foreign import drafts, found, imported, said


def mapped(folder: Path, text: str, kind: str = "invoices", **pairs: str) -> ImportResult:
    names = {ours.replace("_", " "): theirs for ours, theirs in pairs.items()}
    return imported(folder, text, kind, options=ImportOptions(map=names))


@pytest.mark.parametrize(
    "headings",
    [
        "Invoice No,Customer ID,Invoice Date,Amount",
        "invoice_number,customer_id,invoice_date,invoice_amount",
        "InvoiceNumber,*ContactName,*InvoiceDate,Total",
        "*InvoiceNo,*Customer,*InvoiceDate,Grand Total",
        "Num,Name,Date,Amount",
        "Number,Invoice Partner Display Name,Invoice/Bill Date,Total",
        "Document No.,Customer No.,Posting Date,Original Amount",
        "Invoice #,Client Name,Date Issued,Invoice Total",
        "invnumber,customer,transdate,amount",
        "Rechnungsnummer,Kunde,Rechnungsdatum,Betrag",
    ],
)
def test_headings_of_common_systems_are_known(tmp_path: Path, headings: str) -> None:
    result = imported(tmp_path, f"{headings}\n7,ACME,2026-01-31,10.00", "invoices")
    shown = drafts(result, "Invoices", "Invoice No", "Customer ID", "Invoice Date", "Amount")
    assert shown == ["7 | ACME | 2026-01-31 | 10.00"]


def test_the_better_name_wins_and_the_rest_is_named(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Invoice ID,Invoice Number,Customer ID,Date,Invoice Date,Amount,Colour
        99,INV-1,ACME,2026-02-28,2026-01-31,10.00,red
    """,
        "invoices",
    )
    assert drafts(result, "Invoices", "Invoice No", "Invoice Date") == ["INV-1 | 2026-01-31"]
    assert said(result, "Not used") == "Not used: Invoice ID, Date, Colour."


def test_an_empty_column_gives_way_to_one_with_content(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Invoice No,Customer ID,Customer,Invoice Date,Amount
        INV-1,,ACME,2026-01-31,10.00
    """,
        "invoices",
    )
    assert drafts(result, "Invoices", "Customer ID") == ["ACME"]


def test_a_map_wins_over_names(tmp_path: Path) -> None:
    text = """
        Invoice No,doc_id,Customer ID,Invoice Date,Amount,Balance Due
        1,INV-1,ACME,2026-01-31,10.00,4.00
    """
    result = mapped(tmp_path, text, Invoice_No="doc_id", Amount="balance due")
    assert drafts(result, "Invoices", "Invoice No", "Amount") == ["INV-1 | 4.00"]


def test_a_map_can_say_that_no_column_is_ours(tmp_path: Path) -> None:
    text = """
        Invoice No,Type,Customer ID,Invoice Date,Amount
        INV-1,Hardware,ACME,2026-01-31,10.00
    """
    assert found(imported(tmp_path, text))[0].startswith("line 2, Type | import_type_unreadable")
    assert drafts(mapped(tmp_path, text, Type=""), "Invoices", "Type") == ["Invoice"]


def test_a_map_with_unknown_names_is_said_with_the_nearest(tmp_path: Path) -> None:
    text = """
        Nummer,Customer ID,Invoice Date,Amount
        INV-1,ACME,2026-01-31,10.00
    """
    assert found(mapped(tmp_path, text, Invoice_Nr="Nummer"))[0] == (
        " | import_map_unknown | `Invoice Nr`, which is none of our columns; "
        "did you mean `Invoice No`?"
    )
    assert found(mapped(tmp_path, text, Invoice_No="Numer"))[0] == (
        " | import_map_unknown | `Numer`, which is none of its headings; did you mean `Nummer`?"
    )


def test_a_missing_column_lists_the_headings_seen(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Nummer,Customer ID,Invoice Dat,Amount
        INV-1,ACME,2026-01-31,10.00
    """,
        "invoices",
    )
    assert found(result) == [
        " | import_column_missing | no column for Invoice No or Credit Memo No among `Nummer`, "
        "`Customer ID`, `Invoice Dat`, `Amount`",
        " | import_column_missing | no column for Invoice Date among `Nummer`, `Customer ID`, "
        "`Invoice Dat`, `Amount`; did you mean `Invoice Dat`?",
    ]
    assert result.findings[0].fix == 'Name it: --map "Invoice No=their heading"'
    assert result.is_refused
    assert result.counts["Invoices"].refused == 1


def test_two_columns_that_could_be_the_amount_are_a_question(tmp_path: Path) -> None:
    text = """
        Invoice No,Customer ID,Invoice Date,Invoice Total,Grand Total
        INV-1,ACME,2026-01-31,10.00,{other}
    """
    assert found(imported(tmp_path, text.format(other="11.00"), "invoices")) == [
        " | import_column_ambiguous | `Invoice Total`, `Grand Total` could each be Amount"
    ]
    assert found(imported(tmp_path, text.format(other="10.00"), "invoices")) == []


def test_headings_below_account_data_are_found(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Open invoices,,,
        As of,2026-02-28,,
        Company,Alder & Finch,,
        Invoice No,Customer ID,Invoice Date,Amount
        INV-1,ACME,2026-01-31,10.00
    """,
    )
    assert drafts(result, "Invoices", "Invoice No", "Amount") == ["INV-1 | 10.00"]
    assert result.counts["Invoices"].read == 1


@pytest.mark.parametrize(
    ("headings", "row", "kind"),
    [
        ("Invoice No,Customer,Date,Due Date,Amount", "1,A,2026-01-01,2026-02-01,5", "invoices"),
        ("Customer,Payment Date,Payment Method,Amount", "A,2026-01-01,Cash,5", "receipts"),
        ("Customer ID,Name,Email,Phone", "1,A,a@b.c,5", "customers"),
        ("Invoice No,Customer,Invoice Date,Amount,Paid Date", "1,A,2026-01-01,5,2026-01-02",
         "history"),
        ("Invoice No,Customer,Invoice Date,Amount,Paid Date", "1,A,2026-01-01,5,", "invoices"),
    ],
)  # fmt: skip
def test_the_kind_is_recognised_by_the_headings(
    tmp_path: Path, headings: str, row: str, kind: str
) -> None:
    assert imported(tmp_path, f"{headings}\n{row}").kind == kind


def test_a_kind_that_stays_open_is_asked_for(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        imported(tmp_path, "Number,Customer,Date,Amount\n1,A,2026-01-01,5")
    assert caught.value.code.name == "import_kind_open"
    assert "--as" in caught.value.fix


@pytest.mark.parametrize(
    "options",
    [ImportOptions(dates="usa"), ImportOptions(currency="DOLLAR"), ImportOptions(decimal="dot"),
     ImportOptions(sheet="Nope")],
)  # fmt: skip
def test_an_option_that_the_help_does_not_offer_is_refused(
    tmp_path: Path, options: ImportOptions
) -> None:
    text = "Invoice No,Customer ID,Invoice Date,Amount\n1,A,2026-01-01,5"
    with pytest.raises(Refusal) as caught:
        imported(tmp_path, text, "invoices", options=options)
    assert caught.value.code.name == "import_option_wrong"


def test_a_heading_is_compared_without_case_accents_spaces_and_punctuation() -> None:
    assert squeezed(" *Fälligkeits-Datum (d) ") == "falligkeitsdatumd"
    assert squeezed("Invoice #") == squeezed("invoice_no.") == "invoiceno"
    assert squeezed("Discount %") == "discountpercent"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_name_stands_for_two_fields_at_the_same_level(kind: str) -> None:
    seen: dict[tuple[int, str], str] = {}
    for field in KINDS[kind].fields:
        for level, tier in enumerate(field.names.split(";")):
            for name in map(squeezed, tier.split(",")):
                assert seen.setdefault((level, name), field.key) == field.key, name
