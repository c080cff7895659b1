"""The benchmark's workbook is a genuine one: its books verify and its drafts can be posted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from ar_xl.core.ledger import Ledger
from ar_xl.core.tables import TABLES
from ar_xl.ops.verify import verify
from bench.population import LAST_MONTH_START, Size
from bench.workload import build, make_ledger, rows_in_sheet_order

SMALL = Size(400)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return make_ledger(SMALL)


def test_posted_rows_batches_and_control_totals_hold(ledger: Ledger) -> None:
    assert verify(ledger).findings == ()


def test_rows_in_other_currencies_hold_too() -> None:
    several = make_ledger(Size(300, currencies=("USD", "EUR", "JPY")))
    assert verify(several).findings == ()
    assert set(several.posted("Invoices").text("currency")) == {"USD", "EUR", "JPY"}


def test_one_twelfth_are_drafts_of_the_last_month(ledger: Ledger) -> None:
    for table, dated in (("Invoices", "invoice_date"), ("Receipts", "receipt_date")):
        posted, drafts = ledger.posted(table), ledger.draft(table)
        assert abs(12 * len(drafts) - len(posted) - len(drafts)) <= 12
        assert (posted.dates(dated) < LAST_MONTH_START).all()
        assert (drafts.dates(dated) >= LAST_MONTH_START).all()


def test_a_third_of_the_draft_receipts_names_what_it_pays() -> None:
    drafts = make_ledger(Size(6000)).draft("Receipts")
    named = np.count_nonzero(drafts.text("remittance"))
    assert 0.28 < named / len(drafts) < 0.38


def test_a_fifth_of_the_invoices_is_open_with_about_seventeen_applications_to_ten() -> None:
    book = make_ledger(Size(6000))
    invoices, applications = book.posted("Invoices"), book.posted("Applications")
    settled = dict.fromkeys(invoices.text("invoice_no").tolist(), 0)
    relieved = applications.ints("amount") + applications.ints("discount")
    for number, amount in zip(
        applications.text("invoice_no").tolist(), relieved.tolist(), strict=True
    ):
        settled[number] += amount
    left = [
        amount - settled[number]
        for number, amount in zip(
            invoices.text("invoice_no").tolist(), invoices.ints("amount").tolist(), strict=True
        )
    ]
    assert min(left) >= 0
    assert 0.17 < sum(amount > 0 for amount in left) / len(left) < 0.25
    assert 1.6 < len(applications) / len(invoices) < 1.8


def test_the_same_seed_gives_the_same_books(ledger: Ledger) -> None:
    again = make_ledger(SMALL)
    assert again.posted("Batches").text("hash")[-1] == ledger.posted("Batches").text("hash")[-1]
    other = make_ledger(Size(400, seed=8))
    assert other.posted("Batches").text("hash")[-1] != ledger.posted("Batches").text("hash")[-1]


def test_the_file_holds_every_row_and_is_made_once(tmp_path: Path, ledger: Ledger) -> None:
    book = build(SMALL, tmp_path)
    stamp = book.path.stat().st_mtime_ns
    assert build(SMALL, tmp_path) == book
    assert book.path.stat().st_mtime_ns == stamp
    sheets = CalamineWorkbook.from_path(str(book.path))
    assert sheets.sheet_names == [table.sheet for table in TABLES]
    for name, frame in rows_in_sheet_order(ledger).items():
        rows = sheets.get_sheet_by_name(name).to_python()
        assert rows[0] == [column.heading for column in frame.table.columns]
        assert len(rows) == len(frame) + 1
    assert json.loads(book.path.with_suffix(".json").read_text("utf-8"))["cells"] == book.cells
