"""Excel is left as it was found, and the workbook too, wherever a command fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.app import life
from ar_xl.app.life import Options
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit
from tests.live.both import AS_OF, stopped_clock
from tests.live.failing import KINDS, Trial, failures
from tests.live.test_commands import MONTH


def drafts(path: Path) -> Path:
    """A workbook with drafts to post and reports to replace."""
    build_template(path, company="Test & Sons", currency="USD")
    for command, given in [*MONTH[:3], ("post-invoices", {}), ("aging", {})]:
        assert life.run(command, path, Options("Ada", AS_OF), given).exit is Exit.DONE
    return path


@pytest.mark.parametrize("kind", [KINDS[0], pytest.param(KINDS[-1], marks=pytest.mark.heavy)])
def test_a_month_end_that_fails_anywhere_leaves_all_as_it_was(
    drafted: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped_clock(monkeypatch)
    trial = Trial.of(drafted, "month-end", period="2026-10", close=True)
    assert list(failures(trial, kind, trials=3)) == []


def test_what_could_not_be_put_back_is_said(drafted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped_clock(monkeypatch)
    trial = Trial.of(drafted, "post-payments")

    def dies(_: int, name: str) -> None:
        if trial.desk.wire.counted()["Range.Value2="]:
            raise trial.gone()

    trial.desk.wire.before = dies
    answer = trial.run()
    assert answer is not None
    assert answer.exit is Exit.BUSY
    assert "Excel was closed" in answer.said[0]
    assert "Could not be put back: rows of" in answer.said[1]
    assert "without saving" in answer.said[1]
