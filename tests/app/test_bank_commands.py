"""Deposit and reconcile as commands: in a file and in Excel, once and again, done and undone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from proofs.explain import do
from tests.live.both import stopped_clock, twice
from tests.office.steps import Do, Enter, Step


def _on(day: int) -> datetime:
    return datetime(2026, 10, day)


def _line(number: int, day: int, amount: float, text: str, **more: Any) -> dict[str, Any]:
    known = {"Line ID": f"BL-{number}", "Account": "MAIN", "Date": _on(day), "Kind": "Payment",
             "Amount": amount, "Currency": "USD", "Text": text}  # fmt: skip
    return known | more


STORY: tuple[Step, ...] = (
    Enter("BankAccounts", [{"Account": "MAIN", "Currency": "USD", "GL Account": "1010"}]),
    Enter("Customers", [{"Customer ID": "ACME", "Name": "Acme", "Status": "Active"}]),
    Enter("Receipts", [
        {"Receipt No": f"R-{number}", "Receipt Date": _on(5), "Customer ID": "ACME",
         "Method": method, "Amount": amount}
        for number, method, amount in ((1, "Check", 100.0), (2, "Cash", 20.0), (3, "Card", 50.0))
    ]),
    Do("post-payments"),
    Do("deposit", "2026-10-06"),
    Enter("BankLines", [
        _line(1, 7, 120.0, "deposit"), _line(2, 8, 48.5, "VISA settlement"),
        _line(3, 9, -4.0, "account fee", Kind="Fee"),
    ]),
)  # fmt: skip


@pytest.mark.heavy
def test_file_and_excel_hold_the_same_after_slips_are_tied_and_a_fee_is_undone(
    blank_book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped_clock(monkeypatch)
    for step in STORY:
        do(step, blank_book)
    both = twice(blank_book)
    for command, given, batches in (
        ("reconcile", {}, ("B-000003",)),
        ("reconcile", {}, ()),
        ("undo", {"batch": "B-000003"}, ("B-000004",)),
        ("reconcile", {}, ()),
        ("deposit", {}, ()),
        ("verify", {}, ()),
    ):
        for answer in both.run(command, given):
            assert (answer.exit, answer.batches) == (0, batches), (command, answer.said)
        assert both.differences() == []


def test_a_slip_is_written_with_its_receipts_and_reconciled_to_the_bank(blank_book: Path) -> None:
    answers = [do(step, blank_book) for step in STORY]
    assert [answer.said for answer in answers if answer][1] == (
        "3 slips: DEP-000001, DEP-000002, DEP-000003.",
    )
    answer = do(Do("reconcile"), blank_book)
    assert answer is not None
    assert answer.totals == {"fees found": {"USD": 150}, "per books": {"USD": 16850}}
    assert answer.said == (
        "DEP-000001 and DEP-000002 came with BL-1, 2 slips together make the amount; "
        "DEP-000003 came with BL-2, less a fee of 3.0 %.",
        "The statement closing is not given: the bank's side is not proved.",
    )
    assert answer.sheets == ("Bank Rec MAIN 2026-10-31",)
