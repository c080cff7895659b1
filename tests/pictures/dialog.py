"""The box of a button that posts, as Windows shows it.

Its words are those of a real run: `tests/ribbon/test_pictured.py` has a clerk press the button.
"""

from __future__ import annotations

from tests.pictures.svg import BLUE, INK, PALE, PAPER, box, disc, drawing, path, words

TITLE = "Post Payments"
TEXT = """\
As of 2026-10-31, to be posted: 25 receipts, 25 applications to invoices.
Received: USD 52,790.33
Applied: USD 52,790.33
Discount: USD 402.69
Sheet to be made: Payments Posted 2026-10-31.

Nothing is written yet. Post these receipts?"""

_WIDE, _BAR, _FOOT, _LINE = 520, 32, 48, 18
_EDGE, _LEFT = 10, 72  # of the shade around the window, and of its words


def dialog() -> str:
    """The picture, as SVG."""
    lines = TEXT.splitlines()
    high = _BAR + 28 + _LINE * len(lines) + 12 + _FOOT
    x, y, right = _EDGE, _EDGE, _EDGE + _WIDE
    bottom = y + high
    drawn = [  # the cross cannot be pressed: the box wants a yes or a no
        box(0, 0, _WIDE + 2 * _EDGE, high + 2 * _EDGE, "#f3f2f1", "none"),
        box(x + 2, y + 3, _WIDE, high, "#000000", "none", 8, opacity=0.15),
        box(x, y, _WIDE, high, PAPER, "#c8c6c4", 8, stroke_width=1),
        words(TITLE, x + 14, y + 21),
        path(f"M{right - 24} {y + 11}l10 10m0-10l-10 10", stroke="#c8c6c4", stroke_width=1.2),
        disc(x + 38, y + _BAR + 32, 15, BLUE, BLUE),
        words("?", x + 38, y + _BAR + 39, 20, PAPER, "middle", font_weight="bold"),
        box(x + 1, bottom - _FOOT, _WIDE - 2, _FOOT - 1, "#f3f2f1", "none", 7),
        *_button("Yes", right - 190, bottom - 37, chosen=False),
        *_button("No", right - 98, bottom - 37, chosen=True),
    ]
    top = y + _BAR + 28
    drawn += [words(line, x + _LEFT, top + _LINE * at) for at, line in enumerate(lines) if line]
    title = f"The box of {TITLE}: what would be posted, and Yes or No"
    return drawing(_WIDE + 2 * _EDGE, high + 2 * _EDGE, title, drawn)


def _button(label: str, x: float, y: float, chosen: bool) -> list[str]:
    edge = BLUE if chosen else PALE
    wide = 2 if chosen else 1
    return [
        box(x, y, 84, 26, PAPER, edge, 4, stroke_width=wide),
        words(label, x + 42, y + 17, 12, INK, "middle"),
    ]
