"""Receipts and history: importing twice adds nothing, two equal receipts both count."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Ledger
from ar_xl.imports.importer import ImportOptions, ImportResult, Tally
from tests.imports.foreign import drafts, found, imported, said
from tests.ledger_text import ledger, lines

HEAD = "Receipt Date,Customer ID,Method,Check No,Amount,Invoice No"


def test_what_the_file_says_stands_in_the_draft(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Payment Number,Payment Date,Customer ID,Mode,Check No,Amount,Bank Charges,Invoice,Notes
        P-1,2026-01-31,ACME,Bank Transfer,00077,100.00,2.00,INV-7,thanks
        P-2,2026-01-31,ACME,cheque,1E5,5.00,0.00,,
        P-3,2026-01-31,ACME,Barter,,6.00,,,
    """,
    )
    assert result.kind == "receipts"
    assert drafts(
        result, "Receipts", "Receipt No", "Receipt Date", "Method", "Check/Ref", "Amount",
        "Bank Fee", "Remittance", "Memo",
    ) == lines("""
        P-1 | 2026-01-31 | Wire | 00077 | 100.00 | 2.00 | INV-7 | thanks
        P-2 | 2026-01-31 | Check | 1E5 | 5.00 |  |  |
        P-3 | 2026-01-31 | Other |  | 6.00 |  |  |
    """)  # fmt: skip
    assert found(result) == ["line 4, Mode | import_method_unknown | `Barter` on 1 receipt"]


def test_two_equal_receipts_in_one_file_both_count_and_twice_adds_nothing(tmp_path: Path) -> None:
    text = f"""
        {HEAD}
        2026-01-31,ACME,Cash,,10.00,
        2026-01-31,ACME,Cash,,10.00,
        2026-01-31,ACME,Cash,,11.00,
    """
    first = imported(tmp_path, text)
    numbers = drafts(first, "Receipts", "Receipt No")
    assert len(set(numbers)) == 3
    assert all(number.startswith("R-20260131-") for number in numbers)
    book = Ledger().after(first.change)
    again = imported(tmp_path, text, book=book)
    assert again.change.is_empty
    assert again.counts["Receipts"] == Tally(read=3, known=3)


def test_a_longer_export_of_the_same_days_adds_only_what_is_new(tmp_path: Path) -> None:
    row = "2026-01-31,ACME,Cash,,10.00,"
    book = Ledger().after(imported(tmp_path, f"{HEAD}\n{row}").change)
    result = imported(tmp_path, f"{HEAD}\n2026-01-30,ACME,Cash,,9.00,\n{row}\n{row}", book=book)
    assert result.counts["Receipts"] == Tally(read=3, new=2, known=1)
    assert drafts(result, "Receipts", "Amount") == ["9.00", "10.00"]


def test_a_receipt_typed_by_hand_is_known_too(tmp_path: Path) -> None:
    book = ledger("""
        Receipts
        Receipt No | Receipt Date | Customer ID | Method | Amount
                   | 2026-01-31   | ACME        | Cash   | 10.00
    """)
    result = imported(tmp_path, f"{HEAD}\n2026-01-31,ACME,Cash,,10.00,", book=book)
    assert result.counts["Receipts"] == Tally(read=1, known=1)


def test_a_receipt_that_bounced_does_not_come_back_one_that_was_undone_may(tmp_path: Path) -> None:
    posted = """
        Receipts (posted)
        Receipt No | Receipt Date | Customer ID | Amount | Batch    | Reverses
        P-1        | 2026-01-31   | ACME        | 10.00  | B-000001 |
        P-1        | 2026-01-31   | ACME        | -10.00 | B-000002 | B-000001
    """
    bounced = """
        Adjustments (posted)
        Adjustment No | Date       | Kind    | Document No
        A-1           | 2026-02-05 | Bounced | P-1
    """
    text = "Receipt No,Payment Date,Customer ID,Amount\nP-1,2026-01-31,ACME,10.00"
    undone = imported(tmp_path, text, "receipts", ledger(posted))
    assert undone.counts["Receipts"].new == 1
    kept = imported(tmp_path, text, "receipts", ledger(f"{posted}\n{bounced}"))
    assert kept.counts["Receipts"].known == 1


def test_the_same_number_with_other_content_is_refused_naming_the_field(tmp_path: Path) -> None:
    book = ledger("""
        Receipts (posted)
        Receipt No | Receipt Date | Customer ID | Amount
        P-1        | 2026-01-31   | ACME        | 10.00
    """)
    text = "Receipt No,Payment Date,Customer ID,Amount\nP-1,2026-01-31,ACME,10.01"
    assert found(imported(tmp_path, text, "receipts", book)) == [
        "line 2, Amount | import_differs_from_workbook | "
        "Amount: `10.01` in the file, `10.00` in the workbook (row 2)"
    ]


def test_money_paid_back_is_no_receipt(tmp_path: Path) -> None:
    result = imported(tmp_path, f"{HEAD}\n2026-01-31,ACME,Cash,,-10.00,\n2026-01-31,ACME,,,0,")
    assert [f.code.name for f in result.findings] == ["import_amount_negative"] * 2


def test_a_failed_payment_is_left_out(tmp_path: Path) -> None:
    text = f"{HEAD},Status\n2026-01-31,ACME,Card,,10.00,,Failed\n2026-01-31,ACME,Card,,1.00,,OK"
    result = imported(tmp_path, text)
    assert result.counts["Receipts"] == Tally(read=2, new=1, left_out=1)
    assert said(result, "Left out").startswith("Left out: 1 receipt marked failed")


def test_rows_of_one_payment_become_one_receipt_with_all_it_pays(tmp_path: Path) -> None:
    result = imported(
        tmp_path,
        """
        Payment Number,Date,Customer Name,Amount,Invoice Number,Amount Applied to Invoice
        P-1,2026-01-31,Acme,100.00,INV-1,60.00
        P-1,2026-01-31,Acme,100.00,INV-2,40.00
        P-2,2026-01-31,Acme,5.00,INV-3,
    """,
        "receipts",
    )
    assert drafts(result, "Receipts", "Receipt No", "Amount", "Remittance") == lines("""
        P-1 | 100.00 | INV-1 60.00; INV-2 40.00
        P-2 | 5.00 | INV-3
    """)
    assert result.counts["Receipts"] == Tally(read=3, new=3)


def test_a_bank_statement_is_no_list_of_receipts(tmp_path: Path) -> None:
    text = "Date,Partner Name,Amount,D/C\n2026-01-31,Acme,5.00,D"
    with pytest.raises(Refusal) as caught:
        imported(tmp_path, text, "receipts")
    assert caught.value.code.name == "import_bank_file"


HISTORY = """
    Invoice No,Customer ID,Invoice Date,Due Date,Amount,Settled Date
    0001,ACME,2026-01-05,2026-02-04,10.00,2026-01-20
    0002,ACME,2026-01-06,2026-02-05,20.00,
    0003,BOLT,2026-01-07,2026-02-06,-5.00,2026-01-21
"""


def history(
    folder: Path, text: str, book: Ledger | None = None, skip_bad: bool = False
) -> ImportResult:
    return imported(folder, text, "history", book, ImportOptions(skip_bad=skip_bad))


def test_history_is_an_invoice_and_where_settled_its_receipt(tmp_path: Path) -> None:
    result = history(tmp_path, HISTORY)
    assert drafts(result, "Invoices", "Invoice No", "Type", "Due Date", "Amount") == lines("""
        0001 | Invoice | 2026-02-04 | 10.00
        0002 | Invoice | 2026-02-05 | 20.00
        0003 | Credit Memo | 2026-02-06 | 5.00
    """)
    assert drafts(result, "Receipts", "Receipt Date", "Customer ID", "Amount", "Remittance") == [
        "2026-01-20 | ACME | 10.00 | 0001"
    ]
    assert [f.code.name for f in result.findings] == ["import_memo_applied_in_source"]


def test_history_imported_later_adds_only_what_was_settled_since(tmp_path: Path) -> None:
    book = Ledger().after(history(tmp_path, HISTORY).change)
    later = history(tmp_path, HISTORY.replace("20.00,", "20.00,2026-02-01"), book)
    assert later.counts["Invoices"] == Tally(read=3, known=3)
    assert drafts(later, "Receipts", "Receipt Date", "Remittance") == ["2026-02-01 | 0002"]


def test_the_amount_paid_is_the_receipt_where_the_file_says_it(tmp_path: Path) -> None:
    result = history(
        tmp_path,
        """
        Invoice No,Customer ID,Invoice Date,Amount,Paid Amount,Paid Date
        1,ACME,2026-01-05,10.00,9.80,2026-01-13
        2,ACME,2026-01-05,10.00,4.00,
    """,
    )
    assert drafts(result, "Receipts", "Amount", "Remittance") == ["9.80 | 1"]
    assert found(result) == [
        " | import_paid_in_source | 1 document paid in the file, wholly or in part: USD 4.00"
    ]


def test_a_history_row_comes_in_whole_or_not_at_all(tmp_path: Path) -> None:
    book = ledger("""
        Invoices
        Invoice No | Customer ID | Invoice Date | Amount
        0001       | ACME        | 2026-01-05   | 99.00
    """)
    result = history(tmp_path, HISTORY, book, skip_bad=True)
    assert result.counts["Invoices"] == Tally(read=3, new=2, refused=1)
    assert result.counts["Receipts"] == Tally(read=1, refused=1)


def test_paid_before_it_was_written_is_said(tmp_path: Path) -> None:
    text = HISTORY.replace("2026-01-20", "2026-01-04")
    names = {finding.code.name for finding in history(tmp_path, text).findings}
    assert "import_settled_before_invoice" in names
