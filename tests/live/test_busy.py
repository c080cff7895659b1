"""A busy Excel gets a message within ten seconds; xlwings alone would ask it for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from ar_xl.book import excel
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit
from tests.live.failing import Kept, Trial
from tests.live.test_commands import MONTH
from tests.live.wire import Wire, editing, rejected

WAYS = ("a dialog is open", "a cell is being edited", "names are not looked up")


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    path = tmp_path_factory.mktemp("busy") / "books.xlsx"
    build_template(path, company="Test & Sons", currency="USD")
    command, given = MONTH[0]
    return Trial.of(path, command, **given)


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "WAIT", 0.3)
    monkeypatch.setattr(excel, "WAIT_TO_PUT_BACK", 0.2)


def make_busy(wire: Wire, way: str, is_busy: Callable[[str], bool]) -> None:
    """Let Excel reject calls in one of the ways that pywin32 shows."""
    if way == "names are not looked up":
        wire.deaf = lambda: is_busy("")
        return

    def look(_: int, name: str) -> None:
        # What is asked while a cell is edited still works; what is set does not.
        if is_busy(name) and (way == "a dialog is open" or name.endswith("=")):
            raise rejected() if way == "a dialog is open" else editing()

    wire.before = look


@pytest.mark.parametrize("way", WAYS)
def test_excel_that_stays_busy_is_said_and_nothing_is_written(trial: Trial, way: str) -> None:
    kept, began = Kept.of(trial.desk), time.monotonic()
    make_busy(trial.desk.wire, way, lambda _: time.monotonic() > began)
    answer = trial.run()
    assert answer is not None
    assert answer.exit is Exit.BUSY
    assert answer.said[0].startswith("Excel is busy: a cell is being edited, or a dialog is open.")
    assert "Nothing was written" in answer.said[0]
    assert kept.differences() == []


@pytest.mark.parametrize("way", WAYS)
def test_excel_that_is_busy_for_a_moment_is_waited_for(trial: Trial, way: str) -> None:
    kept, began = Kept.of(trial.desk), time.monotonic()
    make_busy(trial.desk.wire, way, lambda _: time.monotonic() < began + 0.15)
    answer = trial.run()
    assert answer is not None
    assert answer.exit is Exit.DONE, answer.said
    kept.restore()


@pytest.mark.parametrize("way", WAYS[:2])
def test_a_write_into_an_excel_that_turns_busy_is_taken_back(trial: Trial, way: str) -> None:
    kept, began = Kept.of(trial.desk), list[float]()

    def is_busy(name: str) -> bool:
        if name == "Range.Value2=":
            began.append(time.monotonic())
        return bool(began) and time.monotonic() < began[0] + 0.4  # the user closes it then

    make_busy(trial.desk.wire, way, is_busy)
    answer = trial.run()
    assert answer is not None
    assert answer.exit is Exit.BUSY
    assert "What had been written was taken back" in answer.said[0]
    assert kept.differences() == []


def test_what_stays_behind_in_an_excel_that_stays_busy_is_named(trial: Trial) -> None:
    kept, wire = Kept.of(trial.desk), trial.desk.wire
    make_busy(wire, WAYS[0], lambda _: wire.counted()["Range.Value2="] > 0)
    answer = trial.run()
    assert answer is not None
    assert answer.exit is Exit.BUSY
    assert "Could not be put back: rows added to Customers" in answer.said[1]
    kept.restore()
    trial.desk.app.state.update(kept.found[0])


def test_the_message_comes_within_ten_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert excel.WAIT + excel.WAIT_TO_PUT_BACK <= 9
