"""How often a command calls Excel does not depend on the rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.book.blocks import write_block
from ar_xl.book.template import build_template
from proofs.com_calls import MOST_CALLS, Calls, counted, too_many
from tests.live.opening import open_in_excel


def test_a_month_end_stays_within_its_calls_at_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = ("month-end",)
    found = [*counted(10, tmp_path, commands), *counted(60, tmp_path, commands)]
    assert too_many(found) == []


def test_a_loop_over_cells_is_over_the_budget(tmp_path: Path) -> None:
    build_template(tmp_path / "books.xlsx", company="Test & Sons", currency="USD")
    desk = open_in_excel(tmp_path / "books.xlsx")
    sheet = desk.book.sheets["Invoices"]
    for row in range(2, 102):
        write_block(sheet, row, 1, [["INV-1"]])
    calls = len(desk.wire.calls)
    assert too_many([Calls("loop", 100, desk.wire.moving_data(), 0, calls)])
    assert calls < MOST_CALLS, "told by the calls that move data alone"
