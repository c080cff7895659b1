"""Time passes between a preview and the yes: that alone changes nothing of what is decided."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from ar_xl.app import clock
from tests.ribbon.clerk import YES, Clerk


def test_a_month_can_be_closed_and_opened_again_while_the_clock_runs(
    drafted_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = count()
    monkeypatch.setattr(clock, "utc_text", lambda: f"2026-10-31T17:{next(seconds):02}:05Z")
    clerk = Clerk.at(drafted_path)
    clerk.press("arClose", "2026-10", YES)
    assert "error" not in {box.kind for box in clerk.boxes}, clerk.texts()
    clerk.press("arReopen", "2026-10", "a late invoice", "Grace", YES)
    assert "error" not in {box.kind for box in clerk.boxes}, clerk.texts()
