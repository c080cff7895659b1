"""What the benchmark measures against is sound: yardstick, usual script, plain loop, tables."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.ops.apply_discounts import apply_discounts
from ar_xl.ops.batches import post
from ar_xl.ops.fees.late_fees import late_fees
from ar_xl.ops.open_items import open_items, receivable_by_currency
from ar_xl.ops.post_invoices import post_invoices
from ar_xl.ops.post_payments import post_payments
from bench import typical, yardstick
from bench.plain_month_end import PlainMonthEnd, month_end, months_on
from bench.population import Size
from bench.rawzip import save
from bench.sheetparts import sheet_members
from bench.tables import exponent
from bench.workload import Book, build, make_ledger

SIZE = Size(600)
REQUEST = Request(date(2025, 12, 31), "clerk", "2025-12-31T17:00:00Z", "month-end")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return build(SIZE, tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="module")
def loop(book: Book) -> PlainMonthEnd:
    return month_end(book.path)


@pytest.fixture(scope="module")
def decided() -> tuple[Ledger, Change]:
    """The ledger after the product's own decisions, and the late fees among them."""
    ledger = make_ledger(SIZE)
    placed = {
        name: replace(rows, row=np.arange(len(rows)) + 2 + len(ledger.posted(name)))
        for name, rows in ledger.drafts.items()
    }
    ledger = replace(ledger, drafts=placed)
    for decide in (post_invoices, post_payments, apply_discounts):
        change = post(ledger, decide(ledger, REQUEST), REQUEST)
        ledger = ledger.after(change)
    fees = late_fees(ledger, REQUEST).change
    return ledger.after(post(ledger, fees, REQUEST)), fees


def test_the_plain_loop_leaves_the_same_open_on_every_line(
    loop: PlainMonthEnd, decided: tuple[Ledger, Change]
) -> None:
    items = open_items(decided[0], REQUEST.as_of)
    ours = {
        (number, line): left
        for number, line, left in zip(
            items.invoice_no.tolist(), items.line.tolist(), items.open.tolist(), strict=True
        )
        if not number.startswith("LF-")
    }
    assert ours == {(item.number, item.line): item.open for item in loop.items}


def test_the_plain_loop_charges_the_same_late_fees(
    loop: PlainMonthEnd, decided: tuple[Ledger, Change]
) -> None:
    rows = decided[1].appends["Fees"]
    charged = zip(rows.text("invoice_no").tolist(), rows.ints("charged").tolist(), strict=True)
    assert loop.fees
    assert dict(charged) == loop.fees


def test_the_plain_loop_comes_to_the_same_receivables(
    loop: PlainMonthEnd, decided: tuple[Ledger, Change]
) -> None:
    owed = receivable_by_currency(decided[0], REQUEST.as_of)
    assert owed == {"USD": loop.receivable()}
    aged = sum(sum(row) for row in loop.aging().values())
    assert aged - sum(loop.unapplied.values()) == loop.receivable()


def test_a_month_after_the_thirty_first_is_the_last_of_a_shorter_month() -> None:
    start = date(2025, 8, 31).toordinal()
    assert date.fromordinal(months_on(start, 1)) == date(2025, 9, 30)
    assert date.fromordinal(months_on(start, 2)) == date(2025, 10, 31)


def test_the_yardstick_writes_every_sheet_of_its_list_and_copies_the_rest(
    book: Book, tmp_path: Path
) -> None:
    target = tmp_path / "copy.xlsx"
    measured = yardstick.job(str(book.path), str(book.path), str(target))
    assert measured["sheets"] == len(yardstick.CHANGED)
    with zipfile.ZipFile(book.path) as before, zipfile.ZipFile(target) as after:
        assert after.testzip() is None
        assert set(before.namelist()) == set(after.namelist())
        for name in before.namelist():
            assert before.read(name) == after.read(name)


def test_report_sheets_of_the_product_count_for_the_yardstick(book: Book, tmp_path: Path) -> None:
    written = tmp_path / "written.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.title = "Invoices"  # type: ignore[union-attr]  # a new workbook has a sheet
    workbook.create_sheet("Aging 2025-12-31").append(["Customer ID"])
    workbook.create_sheet("Customers")
    workbook.save(written)
    ready = yardstick.ready_sheets(book.path, written)
    assert len(ready) == 2
    assert sheet_members(book.path)["Invoices"] in ready


def test_a_raw_copy_replaces_and_adds_members(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "copy.zip"
    member = sheet_members(book.path)["Periods"]
    save(book.path, target, {member: b"<changed/>", "new.xml": b"<new/>"})
    with zipfile.ZipFile(target) as copy:
        assert copy.testzip() is None
        assert copy.read(member) == b"<changed/>"
        assert copy.read("new.xml") == b"<new/>"


def test_the_usual_script_pays_every_draft_and_keeps_the_total(
    book: Book, loop: PlainMonthEnd, tmp_path: Path
) -> None:
    target = tmp_path / "typical.xlsx"
    typical.job(str(book.path), str(target))
    saved = openpyxl.load_workbook(target, read_only=True)
    assert {"Aging", "Aging Detail", "Collections"} <= set(saved.sheetnames)
    batches = [row[-1] for row in saved["Receipts"].iter_rows(min_row=2, values_only=True)]
    assert len(batches) == SIZE.receipts
    assert None not in batches


def test_growth_is_told_by_an_exponent() -> None:
    assert exponent([10, 100, 1000], [1.0, 11.0, 100.0]) == pytest.approx(1.0)
    assert exponent([10, 1000], [1.0, 10_000.0]) == pytest.approx(2.0)
