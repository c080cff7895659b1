"""Help, Last Error: what went wrong in a formula is told as well."""

from __future__ import annotations

import pytest

from ar_xl.functions import failures
from tests.ribbon.clerk import Clerk

BUTTON = "arLastError"


def test_the_last_formula_that_failed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "_last", [])
    clerk = Clerk()
    clerk.press(BUTTON)
    assert clerk.texts() == ["say: No error of ours was noted on this computer."]
    failures.note("AR_BUCKET: #NUM!")
    clerk.press(BUTTON)
    assert len(clerk.boxes) == 1
    assert "AR_BUCKET: #NUM!" in clerk.last()
