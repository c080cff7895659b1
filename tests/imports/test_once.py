"""Once only: any overlap, order or repetition of files brings each document in exactly once."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.core.findings import Finding
from ar_xl.core.ledger import Ledger
from ar_xl.imports.codes import CELL_MISSING
from ar_xl.imports.importer import ImportOptions, ImportResult, import_file
from tests.imports.foreign import drafts, found, imported
from tests.ledger_text import ledger

RECEIPTS = "Receipt Date,Customer ID,Method,Amount"
HISTORY = "Invoice No,Customer ID,Invoice Date,Amount,Settled Date"
IDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp",
                                                               "Cf")),
              min_size=1, max_size=12)  # fmt: skip
ODD_IDS = st.sampled_from(
    ["00123", "1E5", "2024-01-02", "NA", "NULL", "nan", "None", "=1+1", "-5", "+7", "@x", "1.0",
     "123456789012345678901", "Ünï", "true", "0", "'7", '"q"', "a,b", "a;b", "x ", " x"]
)  # fmt: skip


def bring(rows: list[str], head: str, kind: str, book: Ledger) -> ImportResult:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_text("\n".join([head, *rows]), encoding="utf-8")
        return import_file(path, kind, book, ImportOptions())


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from(["A", "B"]), st.integers(1, 3)), max_size=12
    ),
    st.randoms(use_true_random=False),
)
@settings(max_examples=30)
def test_overlapping_files_of_receipts_bring_each_receipt_once(
    entries: list[tuple[int, str, int]], chance: random.Random
) -> None:
    rows = [f"2026-01-{day:02},{who},Cash,{amount}.00" for day, who, amount in entries]
    book = Ledger()
    for _ in range(3):
        days = {f"2026-01-{chance.randint(1, 3):02}" for _ in range(2)}
        part = [row for row in rows if row[:10] in days]
        chance.shuffle(part)
        if part:
            book = book.after(bring(part, RECEIPTS, "receipts", book).change)
    if rows:
        book = book.after(bring(rows, RECEIPTS, "receipts", book).change)
    frame = book.draft("Receipts")
    came_in = Counter(
        f"{day},{who},Cash,{amount // 100}.00"
        for day, who, amount in zip(
            frame.dates("receipt_date").astype(str), frame.text("customer_id"),
            frame.ints("amount").tolist(), strict=True,
        )
    )  # fmt: skip
    assert came_in == Counter(rows)


@given(st.permutations([f"{i},A,2026-01-0{i},{i}.00,2026-02-0{i}" for i in range(1, 6)]))
@settings(max_examples=20)
def test_the_order_of_rows_makes_no_difference(rows: list[str]) -> None:
    book = Ledger().after(bring(sorted(rows), HISTORY, "history", Ledger()).change)
    again = bring(list(rows), HISTORY, "history", book)
    assert again.change.is_empty
    assert {tally.known for tally in again.counts.values()} == {5}


@given(st.lists(IDS | ODD_IDS, min_size=1, max_size=10, unique=True))
@settings(max_examples=100)
def test_identifiers_survive(ids: list[str]) -> None:
    rows = [
        '"{0}","{0}",2026-01-31,1.00,"{0}"'.format(identity.replace('"', '""')) for identity in ids
    ]
    head = "Invoice No,Customer ID,Invoice Date,Amount,Reference"
    result = bring(rows, head, "invoices", Ledger())
    frame = result.change.appends["Invoices"]
    for key in ("invoice_no", "customer_id", "reference"):
        assert frame.text(key).tolist() == ids


INVOICE = "Invoice No,Customer ID,Invoice Date,Due Date,Currency,Amount\n7,ACME,{}"


def test_an_invoice_with_other_content_is_refused_naming_the_field(tmp_path: Path) -> None:
    book = ledger("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Due Date   | Amount
        7          | ACME        | 2026-01-31   | 2026-02-28 | 10.00
    """)
    cases = {
        "2026-01-31,2026-02-28,USD,10.00": "",
        "2026-01-31,,USD,10.00": "",
        "2026-01-30,2026-02-28,USD,10.00": "Invoice Date",
        "2026-01-31,2026-02-27,USD,10.00": "Due Date",
        "2026-01-31,2026-02-28,EUR,10.00": "Currency",
        "2026-01-31,2026-02-28,USD,10.01": "Amount",
        "2026-01-31,2026-02-28,USD,-10.00": "Type",
    }
    for cells, heading in cases.items():
        result = imported(tmp_path, INVOICE.format(cells), "invoices", book)
        shown = [f.seen.split(":")[0] for f in result.findings]
        assert shown == ([heading] if heading else []), cells
        assert result.change.is_empty
    other = imported(tmp_path, INVOICE.format("2026-01-31,,USD,1.00"), "invoices", book)
    assert found(other) == [
        "line 2, Amount | import_differs_from_workbook | "
        "Amount: `1.00` in the file, `10.00` in the workbook (row 2)"
    ]


def test_a_number_set_free_by_undo_may_come_again(tmp_path: Path) -> None:
    book = ledger("""
        Invoices (posted)
        Invoice No | Customer ID | Invoice Date | Amount | Batch    | Reverses
        7          | ACME        | 2026-01-31   | 10.00  | B-000001 |
        7          | ACME        | 2026-01-31   | -10.00 | B-000002 | B-000001
    """)
    result = imported(tmp_path, INVOICE.format("2026-01-31,,USD,11.00"), "invoices", book)
    assert drafts(result, "Invoices", "Invoice No", "Amount") == ["7 | 11.00"]


def test_a_row_of_the_workbook_that_cannot_be_read_is_not_doubled(tmp_path: Path) -> None:
    unread = Finding(CELL_MISSING, "Invoices", 5, "amount", "7", "`ten`")
    result = imported(
        tmp_path, INVOICE.format("2026-01-31,,USD,11.00"), "invoices", Ledger(findings=(unread,))
    )
    assert found(result) == [
        "line 2, Invoice No | import_stands_with_error | "
        "row 5 of Invoices has that number and an error (import_cell_missing)"
    ]
