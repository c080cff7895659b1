"""Buttons that post: a preview, a question, and what was agreed to or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ar_xl.app import life
from ar_xl.app.flows.replies import Reply
from ar_xl.app.life import Options
from ar_xl.core.findings import Exit
from tests.live.both import different
from tests.live.excel import Application
from tests.live.sheets import Workbook
from tests.live.test_commands import DATA
from tests.ribbon.clerk import CLOSE, NO, YES, Answers, Clerk, kept
from tests.ribbon.conftest import TODAY

BY_BUTTON: tuple[tuple[str, tuple[Answers, ...], str, dict[str, object]], ...] = (
    ("arImport", (str(DATA / "customers.csv"), YES), "import",
     {"file": DATA / "customers.csv"}),
    ("arImport", (str(DATA / "invoices.csv"), YES), "import", {"file": DATA / "invoices.csv"}),
    ("arImport", (str(DATA / "receipts.csv"), YES), "import", {"file": DATA / "receipts.csv"}),
    ("arCheck", (), "check", {}),
    ("arPostInvoices", ("2026-10-31", YES), "post-invoices", {}),
    ("arMatch", ("2026-10-31", YES), "match", {}),
    ("arPostPayments", ("10/31/2026", YES), "post-payments", {}),
    ("arLateFees", ("2026-10-31", YES), "late-fees", {}),
    ("arUndo", ("b-000003", NO, "wrong rate", YES), "undo",
     {"batch": "B-000003", "reason": "wrong rate"}),
    ("arCollections", ("2026-10-31",), "collections", {}),
    ("arMonthEnd", ("2026-10", YES), "month-end", {"period": "2026-10"}),
    ("arClose", ("2026-10", YES), "month-end", {"period": "2026-10", "close": True}),
    ("arAging", ("2026-09-30",), "aging", {"as_of": "2026-09-30"}),
    ("arVerify", (), "verify", {}),
)  # fmt: skip


@pytest.mark.heavy
def test_a_month_by_buttons_is_the_month_by_command_line(blank: Path, tmp_path: Path) -> None:
    by_line = shutil.copy(blank, tmp_path / "Line.xlsx")
    clerk = Clerk.at(blank)
    for button, answers, command, given in BY_BUTTON:
        clerk.press(button, *answers)
        assert "error" not in {box.kind for box in clerk.boxes}, clerk.texts()
        as_of = TODAY.replace(month=9, day=30) if given.get("as_of") else TODAY
        options = Options("Ada", as_of, reason=str(given.get("reason", "")))
        done = life.run(command, Path(by_line), options, given)
        assert done.exit is Exit.DONE, done.said
    assert different(Application().open(Path(by_line)), clerk.workbook) == []


def test_post_payments_previewed_and_declined_writes_nothing(clerk: Clerk) -> None:
    before = kept(clerk.workbook)
    ended = clerk.press("arPostPayments", "2026-10-31", NO)
    assert "to be posted: 25 receipts" in clerk.last()
    assert "Received: USD 52,790.33" in clerk.last()
    assert ended.text == "Nothing was written."
    assert different(before, clerk.workbook) == []
    assert not clerk.workbook.changed


def test_a_box_that_is_closed_ends_the_button(clerk: Clerk) -> None:
    before = kept(clerk.workbook)
    clerk.press("arPostPayments", CLOSE)
    assert len(clerk.boxes) == 1
    assert different(before, clerk.workbook) == []


def test_after_posting_one_sentence_and_the_result(clerk: Clerk) -> None:
    ended = clerk.press("arPostPayments", "2026-10-31", YES)
    assert clerk.boxes[-1].kind == "say"
    assert clerk.last().startswith("Posted as batch B-000002: 25 receipts")
    assert clerk.last().endswith("The workbook is not saved yet.")
    assert clerk.workbook.active.Name == ended.detail == "Payments Posted 2026-10-31"


def test_pressing_twice_posts_once(clerk: Clerk) -> None:
    clerk.press("arPostPayments", "2026-10-31", YES)
    once = kept(clerk.workbook)
    clerk.press("arPostPayments", "2026-10-31")
    assert clerk.last().startswith("Nothing to do: no draft receipts up to this date.")
    assert different(once, clerk.workbook) == []


def test_what_changed_after_the_preview_is_not_posted(clerk: Clerk) -> None:
    receipts = next(sheet for sheet in clerk.workbook.all_sheets if sheet.Name == "Receipts")
    column = receipts.tables[0].column("Amount")
    row = receipts.tables[0].area[0] + 1
    changed = list[Workbook]()

    def meanwhile(box: Reply) -> None:
        if box.kind == "ask" and not changed:
            receipts.grid.values[row - 1, column - 1] = 1.0
            changed.append(kept(clerk.workbook))

    clerk.before_answer = meanwhile
    clerk.press("arPostPayments", "2026-10-31", YES)
    assert clerk.boxes[-1].kind == "error"
    assert clerk.last().startswith("The workbook changed after the preview was shown.")
    assert different(changed[0], clerk.workbook) == []


@pytest.mark.parametrize("typed", ["31.10.2026", "2026/10/31", "10-31-2026"])
def test_a_date_that_can_mean_one_day_only_is_taken(clerk: Clerk, typed: str) -> None:
    clerk.press("arPostPayments", typed, NO)
    assert clerk.last().startswith("As of 2026-10-31")


@pytest.mark.parametrize("typed", ["10/11/2026", "31.11.2026", "tomorrow", "", "1899-01-01"])
def test_a_date_that_can_not_is_asked_again(clerk: Clerk, typed: str) -> None:
    clerk.press("arPostPayments", typed, CLOSE)
    assert [box.kind for box in clerk.boxes] == ["text", "text"]
    assert "Write year-month-day, such as 2026-10-31." in clerk.last()


def test_bad_rows_can_be_left_out(clerk: Clerk) -> None:
    spoil(clerk.workbook, 3)
    clerk.press("arPostPayments", "2026-10-31", YES, YES)
    ask, preview, done = (box.text for box in clerk.boxes[1:])
    assert ask.startswith("Nothing was written: 3 errors.")
    assert "Receipts!" in ask
    assert "and 1 more like these." in ask
    assert ask.endswith("Leave these rows out and go on with the good ones?")
    assert "to be posted: 22 receipts" in preview
    assert "3 other drafts stay drafts." in preview
    assert done.startswith("Posted as batch B-000002: 22 receipts")


def test_bad_rows_that_are_not_left_out_can_be_listed(clerk: Clerk) -> None:
    spoil(clerk.workbook, 3)
    ended = clerk.press("arPostPayments", "2026-10-31", NO, YES)
    assert ended.detail == "Check 2026-10-31"
    assert clerk.last().startswith("3 errors")


def spoil(workbook: Workbook, rows: int) -> None:
    """Let the amounts of some draft receipts be no amounts."""
    receipts = next(sheet for sheet in workbook.all_sheets if sheet.Name == "Receipts")
    table = receipts.tables[0]
    at = table.column("Amount") - 1
    receipts.grid.values[table.area[0] : table.area[0] + rows, at] = "abc"


def test_the_undo_says_what_the_last_batches_were(clerk: Clerk) -> None:
    clerk.press("arPostPayments", "2026-10-31", YES)
    clerk.press("arUndo", CLOSE)
    box = clerk.boxes[0]
    assert box.detail == "B-000002"
    assert "B-000002: Post Payments by Ada on 2026-10-31" in box.text
    assert "receivables lowered by USD 53,193.02" in box.text


def test_the_undo_begins_with_the_batch_of_the_selected_row(clerk: Clerk) -> None:
    clerk.press("arPostPayments", "2026-10-31", YES)
    invoices = next(sheet for sheet in clerk.workbook.all_sheets if sheet.Name == "Invoices")
    invoices.Activate()
    clerk.press("arUndo", CLOSE, cell="C5")
    assert clerk.boxes[0].detail == "B-000001"


def test_match_is_previewed_and_ends_on_its_sheet(clerk: Clerk) -> None:
    ended = clerk.press("arMatch", "2026-10-31", YES)
    assert "to be written to the Match sheet: " in clerk.texts()[-2]
    assert ended.text.startswith("Written, nothing is posted: ")
    assert ended.detail == "Match"
