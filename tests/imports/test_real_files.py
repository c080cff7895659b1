"""Real exports of other systems, each with what is known of it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Ledger
from ar_xl.imports.importer import ImportOptions, ImportResult, Tally, import_file
from tests.imports.foreign import drafts, found, said

pytestmark = pytest.mark.shared
IBM = "ibm_WA_Fn-UseC_-Accounts-Receivable.csv"


def read(
    shared: Path, name: str, kind: str | None = None, book: Ledger | None = None
) -> ImportResult:
    return import_file(shared / "data" / "ar" / name, kind, book or Ledger(), ImportOptions())


def test_the_ibm_history_comes_in_whole(shared: Path) -> None:
    result = read(shared, IBM, "history")
    invoices, receipts = result.change.appends["Invoices"], result.change.appends["Receipts"]
    assert result.change.rows() == {"Invoices": 2466, "Receipts": 2466, "Customers": 100}
    assert int(invoices.ints("amount").sum()) == 14_770_318
    assert int(receipts.ints("amount").sum()) == 14_770_318
    assert sum(number.startswith("0") for number in invoices.text("invoice_no")) == 266
    assert {len(number) for number in invoices.text("invoice_no")} == {10}
    assert result.findings == ()
    assert said(result, "currency") == "The file names no currency; the workbook's USD was taken."
    assert "month/day/year" in said(result, "Dates were read")
    assert "Disputed" in said(result, "Not used")


def test_the_ibm_history_is_what_the_csv_says_row_by_row(shared: Path) -> None:
    result = read(shared, IBM, "history")
    invoices, receipts = result.change.appends["Invoices"], result.change.appends["Receipts"]
    with (shared / "data" / "ar" / IBM).open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    for key, frame, column in (
        ("InvoiceDate", invoices, "invoice_date"), ("DueDate", invoices, "due_date"),
        ("SettledDate", receipts, "receipt_date"),
    ):  # fmt: skip
        expected = []
        for row in rows:
            month, day, year = row[key].split("/")
            expected.append(f"{year}-{int(month):02}-{int(day):02}")
        assert frame.dates(column).astype(str).tolist() == expected
    assert invoices.text("invoice_no").tolist() == [row["invoiceNumber"] for row in rows]
    assert receipts.text("remittance").tolist() == [row["invoiceNumber"] for row in rows]
    assert invoices.text("customer_id").tolist() == [row["customerID"] for row in rows]
    assert len(np.unique(receipts.text("receipt_no"))) == 2466


def test_the_ibm_history_twice_adds_nothing(shared: Path) -> None:
    book = Ledger().after(read(shared, IBM, "history").change)
    again = read(shared, IBM, "history", book)
    assert again.change.is_empty
    assert again.counts == {
        "Invoices": Tally(read=2466, known=2466), "Receipts": Tally(read=2466, known=2466),
    }  # fmt: skip


def test_the_kind_of_the_ibm_file_is_recognised(shared: Path) -> None:
    assert read(shared, IBM).kind == "history"


def test_zoho_lines_are_three_drafts_and_drafts_are_no_receivables(shared: Path) -> None:
    result = read(shared, "zoho_invoices.csv")
    assert result.counts["Invoices"] == Tally(read=13, left_out=13)
    assert said(result, "reduced") == "13 lines were reduced to 3 documents."
    assert "3 documents marked draft" in said(result, "Left out")
    assert [f.code.name for f in result.findings] == ["import_nothing_left"]


def test_zoho_contacts_are_five_customers_without_a_limit(shared: Path) -> None:
    result = read(shared, "zoho_contacts.csv")
    frame = result.change.appends["Customers"]
    assert len(frame) == 5
    assert all("@" in email for email in frame.text("email"))
    assert frame.text("customer_id")[0] == "2520018000000073005"
    assert "was left empty" in said(result, "Credit Limit is")


def test_freshbooks_lines_add_up_to_one_invoice_without_a_due_date(shared: Path) -> None:
    result = read(shared, "freshbooks_invoices.csv")
    assert drafts(result, "Invoices", "Invoice No", "Amount", "Due Date", "Currency") == [
        "0000001 | 7,890.00 |  | USD"
    ]
    assert said(result, "no total per document").endswith("sums of 3 lines.")


def test_freshbooks_clients_have_names_for_ids(shared: Path) -> None:
    result = read(shared, "freshbooks_clients.csv")
    assert drafts(result, "Customers", "Customer ID", "Contact") == [
        "Marge Simpson | Marge Simpson", "X-Men | Scott Summer",
    ]  # fmt: skip


def test_ledgersmb_codes_with_prose_are_refused_not_guessed(shared: Path) -> None:
    with pytest.raises(Refusal) as caught:
        read(shared, "ledgersmb_example-ar-batch-upload.csv")
    assert caught.value.code.name == "import_kind_open"
    result = read(shared, "ledgersmb_example-ar-batch-upload.csv", "invoices")
    assert found(result) == [
        "line 2, customer | import_code_with_prose | `00123(Customer Credit Account Number)`",
        "line 3, customer | import_code_with_prose | `00456(Customer Credit Account Number)`",
    ]
    assert result.money["Invoices"] == {
        "CAD": Tally(read=1500, refused=1500), "USD": Tally(read=1000, refused=1000),
    }  # fmt: skip
    assert "fx_rate" in said(result, "Not used")


def test_cassia_is_293000_invoiced_and_18000_paid(shared: Path) -> None:
    result = read(shared, "cassia_accounts_receivable.csv")
    assert result.counts["Invoices"] == Tally(read=14, new=14)
    assert result.money["Invoices"]["USD"].new == 29_300_000
    assert found(result) == [
        " | import_paid_in_source | 2 documents paid in the file, wholly or in part: USD 18,000.00"
    ]


def test_cassia_credit_memos_are_21200_five_of_them_used(shared: Path) -> None:
    result = read(shared, "cassia_credit_memo_log.csv")
    frame = result.change.appends["Invoices"]
    assert set(frame.text("type")) == {"Credit Memo"}
    assert int(frame.ints("amount").sum()) == 2_120_000
    assert int((frame.text("applies_to") == "").sum()) == 2
    assert found(result) == [
        " | import_memo_applied_in_source | 5 documents marked as used in the file: USD 10,500.00"
    ]


def test_a_tracker_with_a_title_row_and_formulas_comes_in(shared: Path) -> None:
    path = shared / "data" / "workbooks" / "AR_Aging_Report.xlsx"
    result = import_file(path, "invoices", Ledger(), ImportOptions())
    assert result.counts["Invoices"] == Tally(read=20, new=20)
    assert result.money["Invoices"]["USD"].new == 163_150_000
    assert found(result) == [
        " | import_paid_in_source | 10 documents paid in the file, wholly or in part: "
        "USD 704,000.00"
    ]


def answer_of(path: Path) -> ImportResult | Refusal:
    """What an import of a file comes to; anything but a result or a refusal fails the test."""
    try:
        return import_file(path, None, Ledger(), ImportOptions())
    except Refusal as refusal:
        return refusal


def real_files(folder: str) -> list[str]:
    base = Path(__file__).resolve().parents[3] / "shared" / "data" / folder
    return sorted(path.name for path in base.iterdir()) if base.is_dir() else []


@pytest.mark.parametrize("name", real_files("bad"))
def test_nothing_of_a_bad_file_comes_in_and_it_is_said_why(shared: Path, name: str) -> None:
    answer = answer_of(shared / "data" / "bad" / name)
    if isinstance(answer, Refusal):
        assert name in answer.seen
        assert answer.fix
    else:
        assert answer.is_refused
        assert answer.said[-1].startswith("Nothing was imported")


@pytest.mark.parametrize(
    "name",
    [name for name in real_files("bank") if not name.endswith((".csv", ".xlsx"))],
)
def test_no_bank_file_is_taken_for_a_list_of_receipts(shared: Path, name: str) -> None:
    with pytest.raises(Refusal) as caught:
        import_file(shared / "data" / "bank" / name, None, Ledger(), ImportOptions())
    odd = {"mt940__self-provided_empty_non_swift.sta", "mt940__self-provided_invalid_statement.sta",
           "genkgo__camt053.v2.wrong.xml"}  # fmt: skip
    if name not in odd:
        assert caught.value.code.name == "import_bank_file"


@pytest.mark.parametrize("name", real_files("workbooks"))
def test_any_workbook_ends_in_drafts_or_in_plain_words(shared: Path, name: str) -> None:
    answer = answer_of(shared / "data" / "workbooks" / name)
    if isinstance(answer, Refusal):
        assert name in answer.seen
    else:
        assert answer.is_refused != bool(answer.change.rows())
