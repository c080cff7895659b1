"""Reopen offers the month that was closed last, and wants a reason and a second person."""

from __future__ import annotations

from pathlib import Path

from tests.ribbon.clerk import YES, Clerk


def test_reopen_offers_the_month_that_was_closed_last_and_wants_a_second_person(
    blank: Path,
) -> None:
    clerk = Clerk.at(blank)
    clerk.press("arClose", "2026-09", YES)
    clerk.press("arReopen", "2026-09", "a late invoice", "Ada")
    offered = next(box for box in clerk.boxes if box.text.startswith("Open which month"))
    assert offered.detail == "2026-09"
    assert clerk.boxes[-1].kind == "error"
    assert "approves" in clerk.last()
    assert "--" not in clerk.last()
    clerk.press("arReopen", "2026-09", "a late invoice", "Grace", YES)
    assert "2026-09 opens again, approved by Grace" in clerk.last()
