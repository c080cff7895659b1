"""Every command does in Excel what it does to a file: tables, messages and report sheets."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from ar_xl.app import live
from ar_xl.app.life import Options
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit
from tests.live.both import looks, outcome, stopped_clock, twice
from tests.live.excel import Application

DATA = Path(str(files("ar_xl.app") / "demo_data"))
MONTH: list[tuple[str, dict[str, Any]]] = [
    *(("import", {"file": DATA / f"{kind}.csv", "kind": kind})
      for kind in ("customers", "invoices", "receipts")),
    ("check", {}),
    ("post-invoices", {}),
    ("post-payments", {}),
    ("late-fees", {}),
    ("undo", {"batch": "B-000003", "reason": "wrong rate"}),
    ("collections", {}),
    ("month-end", {"period": "2026-10", "close": True}),
    ("month-end", {"period": "2026-13"}),
    ("aging", {}),
    ("verify", {}),
]  # fmt: skip


@pytest.fixture
def template(tmp_path: Path) -> Path:
    book = tmp_path / "books.xlsx"
    build_template(book, company="Test & Sons", currency="USD")
    return book


def test_a_month_in_excel_is_the_month_of_the_file(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped_clock(monkeypatch)
    both = twice(template)
    found = both.desk.app.found()
    for command, given in MONTH:
        in_file, in_excel = both.run(command, given)
        said = [line for line in in_file.said if "written to" not in line.lower()]
        right = Exit.DONE if given.get("period") != "2026-13" else Exit.WRONG_CALL
        assert in_file.exit is right, in_file.said
        assert outcome(in_excel)[2:] == outcome(in_file)[2:], command
        assert list(in_excel.said) == said, command
        assert both.desk.app.found() == found, f"{command} left Excel otherwise than it was"
    assert both.differences() == []
    closed = Application().open(both.path)
    for sheet in ("Aging 2026-10-31", "Month-End 2026-10-31", "Collections 2026-10-31"):
        assert looks(closed, sheet) == looks(both.desk.workbook, sheet)


def test_a_command_in_excel_saves_nothing(template: Path) -> None:
    both = twice(template)
    before = Path(both.desk.workbook.path).read_bytes()
    both.run("import", MONTH[0][1])
    assert Path(both.desk.workbook.path).read_bytes() == before
    assert not both.desk.workbook.Saved


def test_a_copy_under_another_name_is_refused_in_excel(template: Path) -> None:
    answer = live.run_open("aging", twice(template).desk.book, Options("Ada", out=template))
    assert answer.exit is Exit.WRONG_CALL
