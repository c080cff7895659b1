"""A change written into a workbook is what the reader finds there afterwards."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from ar_xl.book.reader import ReadResult, read_ledger
from ar_xl.book.writer import write_change
from ar_xl.core.arrays import text_array
from ar_xl.core.findings import Exit, Refusal
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Derived
from ar_xl.core.tables import APPLICATIONS, BATCHES, INVOICES, RECEIPTS
from tests.book.workbooks import Rows, reopened, resize, workbook
from tests.ledger_text import frame_text

DAY = dt.date(2026, 1, 5)
DRAFT = {"Invoice No": "0017", "Customer ID": "ACME", "Invoice Date": DAY, "Amount": 100.0}
DAYS = np.array(["2026-01-05"], dtype="datetime64[D]")


def posted(drafts: Frame, batch: str = "B-000001") -> Frame:
    return drafts.replace(
        type="Invoice", currency="USD", posting_date=drafts.dates("invoice_date"), seal=7,
        batch=batch,
    )  # fmt: skip


def written(
    tmp_path: Path, change: Any, rows: Rows | None = None, user: Any = None
) -> tuple[ReadResult, openpyxl.Workbook]:
    """Write the change that a function makes of the ledger, save, and read it all again."""
    book = workbook(tmp_path, rows, change=user)
    before = read_ledger(book)
    write_change(book, before.layout, change(before))
    again = read_ledger(reopened(book, tmp_path / "after.xlsx"))
    assert not again.ledger.findings
    return again, openpyxl.load_workbook(tmp_path / "after.xlsx")


def test_a_posted_draft_keeps_its_row_and_gets_its_batch(tmp_path: Path) -> None:
    def post(read: ReadResult) -> Change:
        return Change(posts={"Invoices": posted(read.ledger.draft("Invoices"))})

    after, file = written(tmp_path, post, {"Invoices": [DRAFT, {**DRAFT, "Invoice No": "0018"}]})
    columns = ("Invoice No", "Type", "Amount", "Posting Date", "Seal", "Batch")
    assert frame_text(after.ledger.posted("Invoices"), *columns) == [
        "0017 | Invoice | 100.00 | 2026-01-05 | 7 | B-000001",
        "0018 | Invoice | 100.00 | 2026-01-05 | 7 | B-000001",
    ]
    assert not len(after.ledger.draft("Invoices"))
    assert file["Invoices"]["D2"].number_format == "yyyy-mm-dd"


def test_only_some_drafts_are_posted(tmp_path: Path) -> None:
    def post_second(read: ReadResult) -> Change:
        return Change(posts={"Invoices": posted(read.ledger.draft("Invoices").take(np.array([1])))})

    rows = {"Invoices": [DRAFT, {**DRAFT, "Invoice No": "0018"}, {**DRAFT, "Invoice No": "0019"}]}
    after, _ = written(tmp_path, post_second, rows)
    assert frame_text(after.ledger.posted("Invoices"), "Invoice No") == ["0018"]
    assert frame_text(after.ledger.draft("Invoices"), "Invoice No") == ["0017", "0019"]


def test_the_empty_first_row_of_a_new_table_is_used(tmp_path: Path) -> None:
    batch = Frame.build(BATCHES, 1, batch="B-000001", as_of=DAYS, rows="Invoices 1")
    after, file = written(tmp_path, lambda read: Change(appends={"Batches": batch}))
    assert after.ledger.posted("Batches").row.tolist() == [2]
    assert file["Batches"].tables["Batches"].ref == "A1:N2"


def test_new_rows_go_below_the_last_one_and_the_table_grows(tmp_path: Path) -> None:
    rows = Frame.build(
        INVOICES, 3, invoice_no=text_array(["1", "2", "3"]), customer_id="ACME",
        invoice_date=np.repeat(DAYS, 3), amount=np.array([150, 250, 99_999_999_999_999]),
    )  # fmt: skip

    after, file = written(
        tmp_path, lambda read: Change(appends={"Invoices": rows}, as_drafts=True),
        {"Invoices": [DRAFT]},
    )  # fmt: skip
    assert frame_text(after.ledger.draft("Invoices"), "Invoice No", "Amount") == [
        "0017 | 100.00", "1 | 1.50", "2 | 2.50", "3 | 999,999,999,999.99",
    ]  # fmt: skip
    assert file["Invoices"].tables["Invoices"].ref == "A1:T5"
    assert file["Invoices"]["A5"].value == "3"
    assert file["Invoices"]["A5"].number_format == "@"


def test_blank_rows_at_the_foot_of_a_table_are_filled_first(tmp_path: Path) -> None:
    def extend(made: openpyxl.Workbook) -> None:
        resize(made["Invoices"], "Invoices", 10)

    row = Frame.build(INVOICES, 1, invoice_no="1", invoice_date=DAYS, amount=150)
    after, file = written(
        tmp_path, lambda read: Change(appends={"Invoices": row}), {"Invoices": [DRAFT]}, extend
    )
    assert after.ledger.draft("Invoices").row.tolist() == [2, 3]
    assert file["Invoices"].tables["Invoices"].ref == "A1:T10"


def test_amounts_are_written_with_the_decimals_of_their_currency(tmp_path: Path) -> None:
    invoices = Frame.build(
        INVOICES, 2, invoice_no=text_array(["Y", "U"]), invoice_date=np.repeat(DAYS, 2),
        currency=text_array(["JPY", "USD"]), amount=np.array([500, 500]), batch="B",
    )  # fmt: skip
    applied = Frame.build(
        APPLICATIONS, 2, application_no=text_array(["1", "2"]), source_type="Receipt",
        source_no="R", invoice_no=text_array(["Y", "U"]), amount=np.array([500, 500]),
        source_amount=np.array([7, 7]), batch="B",
    )  # fmt: skip
    receipts = Frame.build(RECEIPTS, 1, receipt_no="R", currency="KWD", amount=14, batch="B")
    appends = {"Invoices": invoices, "Applications": applied, "Receipts": receipts}
    after, file = written(tmp_path, lambda read: Change(appends=appends))
    assert [file["Invoices"][f"H{row}"].value for row in (2, 3)] == [500, 5]
    assert [file["Applications"][f"G{row}"].value for row in (2, 3)] == [500, 5]
    assert [file["Applications"][f"K{row}"].value for row in (2, 3)] == [0.007, 0.007]
    assert after.ledger.posted("Applications").ints("amount").tolist() == [500, 500]


def test_derived_columns_are_brought_up_to_date(tmp_path: Path) -> None:
    receipt = {"Receipt No": "R-1", "Receipt Date": DAY, "Customer ID": "ACME", "Amount": 10.0,
               "Currency": "USD", "Posting Date": DAY, "Seal": 1, "Batch": "B"}  # fmt: skip
    yen = {**receipt, "Receipt No": "R-2", "Currency": "JPY"}
    derived = (
        Derived("Receipts", "unapplied", np.array([2, 3]), np.array([250, 4])),
        Derived("Receipts", "status", np.array([3]), text_array(["Part applied"])),
    )
    after, file = written(
        tmp_path, lambda read: Change(derived=derived), {"Receipts": [receipt, yen]}
    )
    assert frame_text(after.ledger.posted("Receipts"), "Receipt No", "Status", "Unapplied") == [
        "R-1 |  | 2.50", "R-2 | Part applied | 4"
    ]  # fmt: skip
    assert [file["Receipts"][f"O{row}"].value for row in (2, 3)] == [2.5, 4]


def add_column(made: openpyxl.Workbook) -> None:
    """The user adds a column of their own to the right, with a value in it."""
    sheet = made["Invoices"]
    column = len(INVOICES.columns) + 1
    sheet.cell(1, column, "Region")
    sheet.cell(2, column, "North")
    table = sheet.tables["Invoices"]
    table.ref = table.autoFilter.ref = f"A1:{get_column_letter(column)}2"
    del table.tableColumns[:]


def test_a_column_of_the_user_is_left_alone(tmp_path: Path) -> None:
    row = Frame.build(INVOICES, 1, invoice_no="1", invoice_date=DAYS, amount=150)
    after, file = written(
        tmp_path,
        lambda read: Change(
            posts={"Invoices": posted(read.ledger.draft("Invoices"))}, appends={"Invoices": row}
        ),
        {"Invoices": [DRAFT]},
        add_column,
    )
    assert file["Invoices"]["U2"].value == "North"
    assert file["Invoices"]["U3"].value is None
    assert file["Invoices"].tables["Invoices"].ref == "A1:U3"
    assert len(after.ledger.posted("Invoices")) == len(after.ledger.draft("Invoices")) == 1


def test_a_change_after_a_change_goes_below_it(tmp_path: Path) -> None:
    book = workbook(tmp_path)
    layout = read_ledger(book).layout
    for number in ("B-000001", "B-000002"):
        batch = Frame.build(BATCHES, 1, batch=number, as_of=DAYS)
        layout = write_change(book, layout, Change(appends={"Batches": batch}))
    again = read_ledger(reopened(book, tmp_path / "after.xlsx"))
    assert frame_text(again.ledger.posted("Batches"), "Batch") == ["B-000001", "B-000002"]


def refused(tmp_path: Path, user: Any) -> Refusal:
    book = workbook(tmp_path, {"Invoices": [DRAFT]}, change=user)
    read = read_ledger(book)
    row = Frame.build(INVOICES, 2, invoice_no="1", invoice_date=np.repeat(DAYS, 2), amount=150)
    with pytest.raises(Refusal) as caught:
        write_change(book, read.layout, Change(appends={"Invoices": row}))
    assert len(read_ledger(book).ledger.draft("Invoices")) == 1
    return caught.value


def test_content_below_a_table_is_not_run_over(tmp_path: Path) -> None:
    refusal = refused(tmp_path, lambda made: made["Invoices"].cell(4, 3, "my note"))
    assert refusal.code.name == "content_below_table"
    assert "`Invoices`" in refusal.seen
    assert "C4" in refusal.seen


def test_a_totals_row_is_not_run_over(tmp_path: Path) -> None:
    def totals(made: openpyxl.Workbook) -> None:
        table = made["Invoices"].tables["Invoices"]
        table.totalsRowCount, table.totalsRowShown, table.ref = 1, True, "A1:T3"

    assert "totals row" in refused(tmp_path, totals).seen


def test_a_table_never_passes_the_last_row_of_excel(tmp_path: Path) -> None:
    book = workbook(tmp_path, {"Invoices": [DRAFT]})
    layout = read_ledger(book).layout
    full = replace(layout.places["Invoices"], last_row=1_048_575, used_row=1_048_575)
    rows = Frame.build(INVOICES, 2, invoice_no="1", invoice_date=np.repeat(DAYS, 2))
    change = Change(appends={"Invoices": rows})
    with pytest.raises(Refusal) as caught:
        write_change(book, replace(layout, places={"Invoices": full}), change)
    assert caught.value.code.exit is Exit.REFUSED
    assert "`Invoices`" in caught.value.seen
    assert "1,048,575" in caught.value.seen
