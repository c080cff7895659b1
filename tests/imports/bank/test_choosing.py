"""What is a bank file where nobody said so: the bytes tell, and lists stay lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.app.flows.words import for_excel
from ar_xl.core.findings import Refusal
from ar_xl.core.ledger import Ledger
from ar_xl.imports.bank.importer import Asked, import_bank
from ar_xl.imports.bank.parts import BankOptions
from ar_xl.imports.choosing import is_bank

MT940 = ":20:1\n:25:DE1\n:28C:1\n:60F:C261001EUR1,00\n:62F:C261001EUR1,00\n-\n"


PAYERS = "Account;Date;Amount;Payer;Reference\nM;2026-10-05;1,176.00;Alpha;T1\n"


def _is_bank(folder: Path, text: str, kind: str | None = None, book: Ledger | None = None) -> bool:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return is_bank([path], kind, BankOptions(), book or Ledger())


def _book(folder: Path, text: str) -> Ledger:
    """The books after a bank's table was imported as such."""
    path = folder / "october.csv"
    path.write_text(text, encoding="utf-8")
    return Ledger().after(import_bank([path], Ledger(), Asked(BankOptions())).change)


def test_a_statement_is_known_by_its_bytes_whatever_its_name(tmp_path: Path) -> None:
    assert _is_bank(tmp_path, MT940)
    assert not _is_bank(tmp_path, MT940, "receipts")


def test_a_table_of_a_bank_is_known_by_its_headings(tmp_path: Path) -> None:
    assert _is_bank(tmp_path, "Booking Date,Description,Amount,Balance\n2026-10-31,Rent,-5,1\n")
    assert _is_bank(tmp_path, "Buchungstag;Betrag;Verwendungszweck\n31.10.2026;5,00;RE 7\n")


@pytest.mark.parametrize(
    "text",
    [
        "Invoice No,Customer ID,Invoice Date,Amount\nINV-1,ACME,2026-10-31,5.00\n",
        "Receipt Date,Customer ID,Method,Amount\n2026-10-31,ACME,Check,5.00\n",
        "Customer ID,Name,Email\nACME,Acme Ltd,a@example.com\n",
        "Date,Customer,Amount,Check No\n2026-10-31,Acme Ltd,5.00,1001\n",
        "Date,Customer,Amount,Balance\n2026-10-30,A,5.00,20.00\n2026-10-30,B,5.00,70.00\n"
        "2026-10-30,C,5.00,0.00\n2026-10-31,D,7.00,93.00\n",
        "Invoice No,Customer,Date,Amount,Balance\n1,Acme,2026-10-30,5.00,5.00\n",
        "foo,bar\n1,2\n",
        "",
    ],
)
def test_lists_stay_lists(tmp_path: Path, text: str) -> None:
    assert not _is_bank(tmp_path, text)


def test_several_files_are_bank_files_or_refused(tmp_path: Path) -> None:
    paths = [tmp_path / "a.sta", tmp_path / "b.sta"]
    assert is_bank(paths, None, BankOptions(), Ledger())
    with pytest.raises(Refusal) as caught:
        is_bank(paths, "invoices", BankOptions(), Ledger())
    assert caught.value.code.name == "import_one_file_only"


def test_payments_with_a_running_balance_are_a_banks(tmp_path: Path) -> None:
    text = PAYERS.replace("Amount", "Amount;Balance").replace("176.00", "176.00;6,176.00")
    assert _is_bank(tmp_path, text + "M;2026-10-06;500.00;6,676.00;Alpha;T2\n")


def test_headings_that_a_bank_had_before_are_a_banks_again(tmp_path: Path) -> None:
    later = PAYERS.replace("10-05", "11-05")
    assert not _is_bank(tmp_path, later)
    assert _is_bank(tmp_path, later, book=_book(tmp_path, PAYERS))


def test_receipts_that_are_bank_lines_already_are_asked_about(tmp_path: Path) -> None:
    book = _book(tmp_path, PAYERS)
    listed = "Date,Customer,Amount\n2026-10-05,Alpha,1176.00\n"
    with pytest.raises(Refusal) as caught:
        _is_bank(tmp_path, listed, book=book)
    assert caught.value.code.name == "import_kind_open"
    assert "1 of its 1 rows" in caught.value.seen
    assert "--as bank" in caught.value.fix
    assert "--" not in for_excel(caught.value.fix)
    assert not _is_bank(tmp_path, listed, "receipts", book=book)
    assert not _is_bank(tmp_path, listed.replace("1176", "11"), book=book)
