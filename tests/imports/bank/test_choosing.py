"""What is a bank file where nobody said so: the bytes tell, and lists stay lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.core.findings import Refusal
from ar_xl.imports.choosing import is_bank

MT940 = ":20:1\n:25:DE1\n:28C:1\n:60F:C261001EUR1,00\n:62F:C261001EUR1,00\n-\n"


def _is_bank(folder: Path, text: str, kind: str | None = None) -> bool:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return is_bank([path], kind, {})


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
        "foo,bar\n1,2\n",
        "",
    ],
)
def test_lists_stay_lists(tmp_path: Path, text: str) -> None:
    assert not _is_bank(tmp_path, text)


def test_several_files_are_bank_files_or_refused(tmp_path: Path) -> None:
    paths = [tmp_path / "a.sta", tmp_path / "b.sta"]
    assert is_bank(paths, None, {})
    with pytest.raises(Refusal) as caught:
        is_bank(paths, "invoices", {})
    assert caught.value.code.name == "import_one_file_only"
