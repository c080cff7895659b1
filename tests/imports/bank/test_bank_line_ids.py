"""A bank line that was changed by hand gives itself away, and is not used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ar_xl.core.findings import Refusal
from ar_xl.core.frames import concat
from ar_xl.core.ledger import Ledger
from ar_xl.ops.banking.line_ids import line_findings
from tests.imports.bank.statements import bank
from tests.ops.match_clerk import MatchClerk

FILE = """
    DE1 USD 0.00 .. 800.00
    2026-10-01 | 100.00 | Acme
    2026-10-01 | 100.00 | Acme
    2026-10-02 | 600.00 | Bolt | 4711
"""


def imported(folder: Path) -> Ledger:
    return bank(folder, FILE)[1]


def typed(book: Ledger, row: int, **cells: Any) -> Ledger:
    """The book after someone typed into a row of the Bank sheet."""
    lines = book.posted("BankLines")
    changed = {key: lines.columns[key].copy() for key in cells}
    for key, value in cells.items():
        changed[key][row] = value
    return replace(book, tables={**book.tables, "BankLines": lines.replace(**changed)})


def copied(book: Ledger, row: int) -> Ledger:
    """The book after someone copied a row of the Bank sheet."""
    lines = book.posted("BankLines")
    both = concat([lines, lines.take(np.array([row]))])
    return replace(book, tables={**book.tables, "BankLines": both})


def names(book: Ledger) -> list[str]:
    return [each.code.name for each in line_findings(book)]


def test_lines_as_the_bank_sent_them_are_not_said(tmp_path: Path) -> None:
    assert names(imported(tmp_path)) == []


@pytest.mark.parametrize(
    "cells",
    [
        {"amount": 90000}, {"line_id": "BL-HAND1"}, {"line_id": ""}, {"account": "DE2"},
        {"currency": "EUR"}, {"date": np.datetime64("2026-11-01")}, {"payer": "Bolt"},
    ],
)  # fmt: skip
def test_a_cell_changed_after_the_import_is_an_error(tmp_path: Path, cells: dict[str, Any]) -> None:
    assert names(typed(imported(tmp_path), 0, **cells)) == ["bank_line_edited"]


def test_a_copied_row_is_an_error_on_both_rows(tmp_path: Path) -> None:
    assert names(copied(imported(tmp_path), 2)) == ["bank_line_twice"] * 2


def test_a_line_typed_by_hand_is_told_apart(tmp_path: Path) -> None:
    by_hand = typed(imported(tmp_path), 1, line_id="MINE-1", statement_id="")
    assert names(by_hand) == ["bank_line_by_hand"]


def test_a_changed_row_deleted_and_imported_again_is_as_it_was(tmp_path: Path) -> None:
    book = typed(imported(tmp_path), 0, amount=90000)
    lines = book.posted("BankLines")
    less = replace(book, tables={**book.tables, "BankLines": lines.take(np.array([1, 2]))})
    again = bank(tmp_path, FILE, book=less)[1]
    assert sorted(again.posted("BankLines").text("line_id")) == sorted(
        imported(tmp_path).posted("BankLines").text("line_id")
    )


def test_match_and_post_payments_do_not_use_a_changed_line(tmp_path: Path) -> None:
    clerk = MatchClerk("""
        Customers
        Customer ID | Name
        ACME        | Acme
    """)
    held = imported(tmp_path)
    clerk.books = replace(clerk.books, tables={**clerk.books.tables, **{
        name: held.tables[name] for name in ("BankLines", "BankStatements", "BankAccounts")
    }})  # fmt: skip
    clerk.matches()
    first, second = held.posted("BankLines").text("line_id")[:2].tolist()
    clerk.decides(first, "Change", customer_id="ACME")
    clerk.decides(second, "Change", customer_id="ACME")
    clerk.books = typed(clerk.books, 0, amount=90000)
    assert clerk.refused() == [f"Matches line_id {first}: bank_line_edited"]
    clerk.posts(skip_bad=True)
    assert clerk.books.posted("Receipts").text("receipt_no").tolist() == [second]
    with pytest.raises(Refusal) as refused:
        clerk.matches()
    assert refused.value.code.name == "bank_lines_changed"
