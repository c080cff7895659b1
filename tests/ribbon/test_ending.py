"""How a button ends: on its own sheet, with a sentence that says what was done."""

from __future__ import annotations

from tests.ribbon.clerk import NO, YES, Clerk


def test_the_month_end_ends_on_its_own_sheet_and_its_undoing_says_what_it_was(clerk: Clerk) -> None:
    ended = clerk.press("arMonthEnd", "2026-10", YES)
    assert ended.detail == "Month-End 2026-10-31"
    ended = clerk.press("arUndo", "B-000003", NO, "a wrong rate", YES)
    assert ended.text.startswith("Reversed as batch B-")
