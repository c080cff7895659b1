"""The box in the picture says what the button says."""

from __future__ import annotations

from tests.pictures.dialog import TEXT, TITLE
from tests.ribbon.clerk import NO, Clerk


def test_the_picture_of_a_preview_is_what_the_button_shows(clerk: Clerk) -> None:
    clerk.press("arPostPayments", "2026-10-31", NO)
    shown = clerk.boxes[-1]
    assert (shown.kind, shown.title, shown.text) == ("ask", TITLE, TEXT)
