"""Whatever is in the way, a button says it in one box with what to do, and writes nothing."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ar_xl.app import crash, life
from ar_xl.app.buttons import all_ids
from ar_xl.app.errordocs import render
from ar_xl.app.flows.replies import MOST_CHARACTERS
from ar_xl.app.flows.words import for_excel
from ar_xl.app.questions import Start
from ar_xl.book import excel, opened
from ar_xl.core.findings import CODES, Code
from tests.live.wire import editing, refused, rejected
from tests.ribbon.clerk import YES, Clerk, kept

CANARIES = ("Northwind", "C-0105", "INV-7001", "17,836", "Books.xlsx", "Ada")
ANSWERS = {"batch": "B-000001", "reason": "a canary", "approved_by": "Bob"}


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "WAIT", 0.2)
    monkeypatch.setattr(excel, "WAIT_TO_PUT_BACK", 0.2)


@pytest.mark.usefixtures("short_waits")
@pytest.mark.parametrize("busy", [rejected, editing], ids=["a dialog", "a cell being edited"])
@pytest.mark.parametrize("button", ["arVerify", "arSettings", "arUseThisWorkbook", "arUndo"])
def test_an_excel_that_is_busy_is_said(
    clerk: Clerk, button: str, busy: Callable[[], Exception]
) -> None:
    def look(_: int, name: str) -> None:
        raise busy()

    clerk.wire.before = look
    began = time.monotonic()
    clerk.press(button)
    assert clerk.boxes[-1].kind == "error"
    said = "Excel is busy: a cell is being edited, or a dialog is open. Nothing was written."
    assert clerk.last().startswith(said)
    assert "press the button again" in clerk.last()
    assert time.monotonic() - began < 5


def test_without_a_workbook_a_button_says_what_to_do() -> None:
    clerk = Clerk()
    clerk.press("arPostInvoices")
    assert clerk.last().startswith("No workbook is open that ar_xl can work in.")


def test_a_workbook_of_others_is_said(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "Theirs.xlsx")
    clerk = Clerk.at(tmp_path / "Theirs.xlsx")
    clerk.press("arVerify")
    assert "Press New Workbook, or Use This Workbook" in clerk.last()


def test_a_read_only_workbook_is_not_posted_into(clerk: Clerk) -> None:
    clerk.workbook.read_only = True
    clerk.press("arPostPayments")
    assert clerk.last().startswith("This workbook is open for reading only")
    clerk.press("arAging", "2026-10-31")
    assert clerk.workbook.active.Name == "Aging 2026-10-31"


def test_a_protected_sheet_is_named(clerk: Clerk) -> None:
    receipts = next(sheet for sheet in clerk.workbook.all_sheets if sheet.Name == "Receipts")
    receipts.locked = True

    def look(_: int, name: str) -> None:
        if name == "Range.Value2=":
            raise refused("The cell or chart you're trying to change is on a protected sheet.")

    before = kept(clerk.workbook)
    clerk.before_answer = lambda box: setattr(clerk.wire, "before", look)
    clerk.press("arPostPayments", "2026-10-31", YES)
    assert "Excel refused a step" in clerk.last()
    assert "Protected sheets: Receipts." in clerk.last()
    assert before.all_sheets[1].grid.formulas == clerk.workbook.all_sheets[1].grid.formulas


def test_what_goes_wrong_after_the_posting_does_not_say_that_nothing_was_written(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> str:
        raise AssertionError

    monkeypatch.setattr("ar_xl.app.flows.boxes.done_text", fails)
    clerk.press("arPostPayments", "2026-10-31", YES)
    assert clerk.last().startswith("What you agreed to is done and stands in the workbook.")
    assert "Nothing was written" not in clerk.last()


def test_a_button_of_another_version_is_said() -> None:
    clerk = Clerk()
    clerk.press("arYesterday")
    assert "no button arYesterday" in clerk.last()


@pytest.mark.parametrize("button", sorted(all_ids()))
def test_a_mistake_of_ours_is_logged_without_customer_data(
    clerk: Clerk, folder: Path, button: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError(f"customer {' '.join(CANARIES)} at {clerk.workbook.path}")

    for place, name in (
        (life, "read_ledger"), (opened, "find_places"), (opened, "file_of"),
        ("ar_xl.app.flows.helping", "write_page"), ("ar_xl.app.flows.helping", "_version"),
        ("ar_xl.app.flows.helping", "_doctor"),
        ("ar_xl.app.flows.batches", "read_ledger"), ("ar_xl.app.flows.books", "_special"),
        ("ar_xl.app.flows.helping.crash", "last"),
    ):  # fmt: skip
        if isinstance(place, str):
            monkeypatch.setattr(f"{place}.{name}", fails)
        else:
            monkeypatch.setattr(place, name, fails)
    clerk.press(button, *_answers(button))
    assert clerk.last().startswith("Something went wrong inside ar_xl. Nothing was written;")
    log = (folder / crash.LOG_NAME).read_text(encoding="utf-8")
    assert f"{button}: ValueError" in log
    assert not [canary for canary in (*CANARIES, str(folder.parent)) if canary in log]
    assert not [canary for canary in CANARIES[:5] if canary in clerk.last()]
    assert not clerk.workbook.changed


def _answers(button: str) -> list[str]:
    """Answers to what a button asks before it runs."""
    questions = [each for each in all_ids()[button].questions if not each.after]
    given = []
    for question in questions:
        reads = question.start in (Start.BATCH, Start.CLOSED)  # which fails already
        if reads or all_ids()[button].command == "adopt":
            return []
        if question.kind.value == "taken":
            continue
        default = {
            "date": "2026-10-31",
            "month": "2026-10",
            "yes or no": "no",
            "save": "N.xlsx",
            "choice": "1",
        }
        given.append(default.get(question.kind.value, ANSWERS.get(question.parameter, "USD")))
    return given


def test_no_message_that_a_box_shows_names_an_option_of_the_command_line() -> None:
    render()  # every module that declares a code is imported
    apart = "addin"  # what Check Installation says is typed at a prompt
    modules = [m for n, m in sys.modules.items() if n.startswith("ar_xl.") and apart not in n]
    codes = [each for m in modules for each in vars(m).values() if isinstance(each, Code)]
    assert len(codes) > len(CODES) / 2
    named = {
        code.name: text
        for code in codes
        for text in (for_excel(code.fix), for_excel(code.expected))
        if re.search(r"--\w|`ar-xl |the command\b", text)
    }
    assert named == {}


def test_no_box_about_the_books_speaks_of_backups_which_excel_does_not_make() -> None:
    render()
    modules = [m for n, m in sys.modules.items() if n.startswith(("ar_xl.ops.", "ar_xl.app.desk"))]
    codes = [each for m in modules for each in vars(m).values() if isinstance(each, Code)]
    assert any("backup" in code.fix for code in codes)
    assert not [code.name for code in codes if "backup" in for_excel(code.fix)]


def test_a_box_never_says_more_than_excel_shows(clerk: Clerk) -> None:
    receipts = next(sheet for sheet in clerk.workbook.all_sheets if sheet.Name == "Receipts")
    table = receipts.tables[0]
    for heading in ("Amount", "Receipt Date", "Customer ID"):
        at = table.column(heading) - 1
        receipts.grid.values[table.area[0] : table.area[0] + 80, at] = "wrong " * 40
    clerk.press("arPostPayments", "2026-10-31")
    assert "errors" in clerk.last()
    assert all(len(box.text) <= MOST_CHARACTERS for box in clerk.boxes)
    assert clerk.last().endswith("?")
