"""Nothing of Excel's is kept between two calls, and there is one conversation at a time."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from ar_xl import ribbon
from ar_xl.app import life, live
from ar_xl.app.flows.replies import Reply
from tests.live.pywin32 import windows_engine
from tests.live.wire import CDispatch
from tests.ribbon.clerk import CLOSE, NO, YES, Answers, Clerk

PRESSES: tuple[tuple[str, tuple[Answers, ...]], ...] = (
    ("arPostPayments", ("2026-10-31", YES)),
    ("arPostPayments", ("2026-10-31", NO)),
    ("arUndo", (CLOSE,)),
    ("arAging", ("2026-10-31",)),
    ("arUndo", ("B-000999", NO, "")),
    ("arSettings", ()),
    ("arAbout", ()),
)


def held() -> list[object]:
    """Excel's objects that somebody in this process holds on to."""
    return [each for each in gc.get_objects() if type(each) is CDispatch]


def _mistaken(*_: object) -> None:
    raise KeyError("wrong")


@pytest.fixture
def careful(clerk: Clerk) -> Clerk:
    """A clerk who looks at every box whether something of Excel's is held meanwhile."""

    def look(box: Reply) -> None:
        assert held() == [], box

    clerk.before_answer = look
    return clerk


@pytest.mark.parametrize(("button", "answers"), PRESSES)
def test_nothing_is_held_while_a_box_is_shown_nor_at_the_end(
    careful: Clerk, button: str, answers: tuple[Answers, ...]
) -> None:
    careful.press(button, *answers)
    assert held() == []


def test_nothing_is_held_after_a_mistake_of_ours(
    careful: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "decide_and_write", _mistaken)
    careful.press("arAging", "2026-10-31")
    assert careful.last().startswith("Something went wrong inside ar_xl.")
    assert held() == []


def test_nothing_is_held_of_a_conversation_that_nobody_ended(clerk: Clerk) -> None:
    windows_engine()
    ribbon.press("arPostPayments", CDispatch(clerk.workbook, clerk.wire), "Receipts", "A1")
    assert held() == []
    clerk.press("arAging", "2026-10-31")
    assert clerk.workbook.active.Name == "Aging 2026-10-31"


def test_an_answer_that_nobody_asked_for_ends_at_once(clerk: Clerk) -> None:
    clerk.press("arVerify")
    assert ribbon.answer("yes", False, None)[0] == "end"


def test_a_button_pressed_while_another_is_at_work_is_told_so(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[str]()
    genuine = life.decide_and_write

    def at_work(*given: object) -> object:
        told.extend(ribbon.press("arVerify", None, "", ""))
        return genuine(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(live, "decide_and_write", at_work)
    clerk.press("arAging", "2026-10-31")
    assert told == ["end", "", "ar_xl is still at work on the button pressed before.", ""]
    assert clerk.workbook.active.Name == "Aging 2026-10-31"


def test_another_workbook_that_became_active_is_not_written_to(clerk: Clerk, blank: Path) -> None:
    def goes_elsewhere(box: Reply) -> None:
        if box.kind == "ask":
            clerk.app.open(blank)

    before = [dict(sheet.grid.formulas) for sheet in clerk.workbook.all_sheets]
    clerk.before_answer = goes_elsewhere
    clerk.press("arPostPayments", "2026-10-31", YES)
    assert clerk.last().startswith("Another workbook is active than the one the button was pressed")
    assert not any(book.changed for book in clerk.app.books)
    assert before == [dict(sheet.grid.formulas) for sheet in clerk.app.books[0].all_sheets]


def test_a_workbook_that_was_closed_meanwhile_is_said(clerk: Clerk) -> None:
    def closes(box: Reply) -> None:
        if box.kind == "ask":
            clerk.app.books.clear()
            clerk.app.active = None

    clerk.before_answer = closes
    clerk.press("arPostPayments", "2026-10-31", YES)
    assert clerk.last().startswith("Another workbook is active")
