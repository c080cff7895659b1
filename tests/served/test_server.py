"""What Excel can call, and what it cannot; when the process ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

import ar_xl
from ar_xl import server
from ar_xl.addin.identity import AGENT_CLSID, AGENT_MUTEX, AGENT_STOP_EVENT
from tests.served.com import Array, Served

OTHER = "{11111111-2222-3333-4444-555555555555}"
EVENT, MUTEX = object(), object()


class Ribbon(ModuleType):
    """Stands for the buttons: notes what was pressed and answers what it was told to."""

    def __init__(self) -> None:
        super().__init__("ar_xl.ribbon")
        self.told: list[Any] = []
        self.reply: Any = ("say", "Receivables", "Done.", "")

    def press(self, *given: Any) -> Any:
        return self._replied(given)

    def answer(self, *given: Any) -> Any:
        return self._replied(given)

    def _replied(self, given: Any) -> Any:
        self.told.append(given)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


@pytest.fixture
def ribbon(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ribbon]:
    made = Ribbon()
    monkeypatch.setitem(sys.modules, "ar_xl.ribbon", made)
    yield made
    server._talking.clear()


@pytest.fixture
def excel() -> Served:
    return Served(server.Entry())


def test_a_reply_arrives_as_one_list_of_four_texts(excel: Served, ribbon: Ribbon) -> None:
    book = object()
    reply = excel.press("arAging", book, "Invoices", "A1")
    assert (reply, reply.dimensions) == (Array(("say", "Receivables", "Done.", ""), 1), 1)
    assert excel.answer("", False, None)[0] == "say"
    assert ribbon.told == [("arAging", book, "Invoices", "A1"), ("", False, None)]


def test_a_prompt_that_is_too_long_for_excel_keeps_its_question(
    excel: Served, ribbon: Ribbon
) -> None:
    ribbon.reply = ("text", "Aging", "x" * 300 + " As of which day?", "2026-10-31")
    kind, _, words, default = excel.press("arAging", None, "", "")
    assert (kind, default) == ("text", "2026-10-31")
    assert len(words) <= 255
    assert words.endswith("As of which day?")


def test_a_mistake_of_ours_is_a_box_without_a_traceback_and_then_the_end(
    excel: Served, ribbon: Ribbon, own_folder: Path
) -> None:
    ribbon.reply = RuntimeError("Acme owes 4711")
    kind, _, words, _ = excel.press("arAging", None, "", "")
    assert kind == "error"
    assert "ar-xl addin doctor" in words
    (log,) = own_folder.glob("*.log")
    assert "server: RuntimeError" in log.read_text(encoding="utf-8")
    assert "Acme" not in words + log.read_text(encoding="utf-8")
    assert excel.answer("", False, None)[0] == "end"


def test_an_answer_to_a_question_nobody_asked_ends_it(excel: Served, ribbon: Ribbon) -> None:
    assert excel.answer("yes", False, None) == ("end", "", "", "")
    assert ribbon.told == []


def test_a_yes_of_one_excel_never_answers_the_question_of_another(
    excel: Served, ribbon: Ribbon
) -> None:
    other = Served(server.Entry())
    excel.press("arPostInvoices", None, "", "")
    other.press("arUndo", None, "", "")
    kind, _, words, _ = excel.answer("yes", False, None)
    assert (kind, "Another Excel" in words) == ("end", True)
    assert [each[0] for each in ribbon.told] == ["arPostInvoices", "arUndo"]
    assert other.answer("yes", False, None)[0] == "say"


def test_a_press_in_another_excel_while_one_is_at_work_takes_nothing_over(
    excel: Served, ribbon: Ribbon, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Served(server.Entry())

    def press(*given: Any) -> Any:
        ribbon.told.append(given)
        if given[0] == "arMonthEnd":  # Excel is asked, and meanwhile the other's call comes in
            assert other.press("arUndo", None, "", "")[0] == "end"
            return ("ask", "Receivables", "Post?", "")
        return ("end", "", "At work.", "")

    monkeypatch.setattr(ribbon, "press", press)
    assert excel.press("arMonthEnd", None, "", "")[0] == "ask"
    assert excel.answer("yes", False, None)[0] == "say"
    assert other.answer("yes", False, None)[0] == "end"


def test_excel_can_call_four_methods_and_name_no_code() -> None:
    assert server.Entry._public_methods_ == ["CallUDF", "Press", "Answer", "Version"]
    assert Served(server.Entry()).version() == ar_xl.__version__


class Windows:
    """Windows' side of the process: what was asked of it, and how long it lets it wait.

    Args:
        waits: what each wait for messages or events ends with.
        quits: what pumping messages says each time: whether the end was asked for.
        running: an agent runs already.
    """

    def __init__(
        self, waits: list[int], quits: list[int] | None = None, running: bool = False
    ) -> None:
        self.asked: list[Any] = []
        self.policy = SimpleNamespace(DefaultPolicy=object, DesignatedWrapPolicy="designated")
        wrap = SimpleNamespace(wrap=lambda entry, *how: (entry, *how))
        self.modules: dict[str, Any] = {
            "pythoncom": SimpleNamespace(
                REGCLS_MULTIPLEUSE=1, REGCLS_SUSPENDED=4, CLSCTX_LOCAL_SERVER=4,
                MakePyFactory=lambda identity: ("factory", identity),
                CoRegisterClassObject=self._notes("register", 99),
                EnableQuitMessage=self._notes("quits with the last"),
                CoResumeClassObjects=self._notes("resume"),
                CoRevokeClassObject=self._notes("revoke"),
                CoUninitialize=self._notes("end"),
                PumpWaitingMessages=lambda: (quits or []).pop(0),
            ),
            "pywintypes": SimpleNamespace(IID=str.upper),
            "win32api": SimpleNamespace(
                GetCurrentThreadId=lambda: 7, GetLastError=lambda: 183 if running else 0
            ),
            "win32event": SimpleNamespace(
                WAIT_OBJECT_0=0, INFINITE=-1, QS_ALLEVENTS=0xFF,
                MsgWaitForMultipleObjects=lambda events, *_: self._waits(events, waits),
                CreateMutex=self._notes("mutex", MUTEX), CreateEvent=self._notes("event", EVENT),
            ),
            "winerror": SimpleNamespace(ERROR_ALREADY_EXISTS=183),
            "win32com": SimpleNamespace(),
            "win32com.server": SimpleNamespace(policy=self.policy, util=wrap),
            "ar_xl.udfs": ModuleType("ar_xl.udfs"),
        }  # fmt: skip

    def _notes(self, what: str, result: Any = None) -> Any:
        def noted(*given: Any) -> Any:
            self.asked.append((what, *given))
            return result

        return noted

    def _waits(self, events: tuple[Any, ...], waits: list[int]) -> int:
        self.asked.append(("wait", *events))
        return waits.pop(0)

    def serve(self, class_id: str) -> int:
        with patch.dict(sys.modules, self.modules), patch("os.chdir", self._notes("folder")):
            return server.serve(class_id)

    def names(self) -> list[str]:
        return [each[0] for each in self.asked]


def test_a_server_of_one_excel_ends_when_that_excel_lets_go() -> None:
    windows = Windows(waits=[0, 0], quits=[0, 1])
    assert windows.serve(OTHER) == 0
    assert windows.names() == [
        "folder", "register", "quits with the last", "resume", "wait", "wait", "revoke", "end",
    ]  # fmt: skip
    assert windows.asked[0] == ("folder", sys.prefix)
    assert windows.asked[1] == ("register", OTHER, ("factory", OTHER), 4, 5)


def test_the_agent_outlives_every_excel_and_ends_when_told() -> None:
    windows = Windows(waits=[1, 0], quits=[0])
    assert windows.serve(AGENT_CLSID.lower()) == 0
    assert "quits with the last" not in windows.names()
    assert ("mutex", None, False, AGENT_MUTEX) in windows.asked
    assert ("event", None, True, False, AGENT_STOP_EVENT) in windows.asked
    assert windows.asked.count(("wait", EVENT)) == 2


def test_a_second_agent_leaves_at_once() -> None:
    windows = Windows(waits=[], running=True)
    assert windows.serve(AGENT_CLSID) == 0
    assert windows.names() == ["folder", "mutex"]


def test_for_our_class_id_an_entry_is_made_and_for_no_other() -> None:
    windows = Windows(waits=[0], quits=[1])
    windows.serve(OTHER)
    made: Any = windows.policy.DefaultPolicy
    entry, *how = made()._CreateInstance_(OTHER, "dispatch")
    assert isinstance(entry, server.Entry)
    assert how == ["dispatch", "designated"]
    with pytest.raises(ValueError):
        made()._CreateInstance_(AGENT_CLSID, "dispatch")


@pytest.mark.parametrize("words", [[], ["x"], [OTHER, OTHER], [OTHER + "\n"], ["{" + "0" * 36]])
def test_only_a_class_id_is_taken(words: list[str]) -> None:
    with pytest.raises(SystemExit, match="ar-xl agent"):
        server.main(words)


def test_elsewhere_than_on_windows_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(SystemExit, match="on Windows only"):
        server.main([OTHER])
