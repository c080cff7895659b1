"""Elements of SVG, as text: the same call gives the same text."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

FONT = "'Segoe UI', Selawik, 'Liberation Sans', Arial, Helvetica, sans-serif"
INK, ASIDE, PALE, PAPER = "#323130", "#605e5c", "#8a8886", "#ffffff"
GREEN, BLUE, RED, AMBER = "#107c41", "#2b6cb0", "#c43e1c", "#e3a008"

# Widths of a proportional face, in thousandths of its size (Helvetica's, as its metrics file of
# 1985 has them); other faces of the list above are not wider than the room that is left.
_NARROW = dict.fromkeys("ijl'|", 222) | dict.fromkeys("It.,:;!/ f-()[]r", 300)
_WIDE = dict.fromkeys("mMW%", 860) | dict.fromkeys("ABCDEGHKNOPQRSUVXYw&", 700)


def width(text: str, size: float) -> float:
    """About how wide it is, in the unit of the size."""
    return sum(_NARROW.get(each) or _WIDE.get(each) or 556 for each in text) * size / 1000


def number(value: float) -> str:
    """As short as it can be written: `12`, `0.5`."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def tag(name: str, *inside: str, **given: str | float) -> str:
    """One element; `_` in a name stands for `-`."""
    attributes = "".join(
        f" {key.replace('_', '-')}={quoteattr(value if isinstance(value, str) else number(value))}"
        for key, value in given.items()
    )
    if not inside:
        return f"<{name}{attributes}/>"
    return f"<{name}{attributes}>{''.join(inside)}</{name}>"


def box(
    x: float, y: float, wide: float, high: float, fill: str = "none", stroke: str = INK,
    round_: float = 0, **given: str | float,
) -> str:  # fmt: skip
    """A rectangle."""
    more = {"rx": round_} if round_ else {}
    return tag("rect", x=x, y=y, width=wide, height=high, fill=fill, stroke=stroke, **more, **given)


def path(d: str, fill: str = "none", stroke: str = INK, **given: str | float) -> str:
    """A line or an area."""
    return tag("path", d=d, fill=fill, stroke=stroke, **given)


def disc(x: float, y: float, r: float, fill: str = "none", stroke: str = INK) -> str:
    """A circle."""
    return tag("circle", cx=x, cy=y, r=r, fill=fill, stroke=stroke)


def words(
    text: str, x: float, y: float, size: float = 12, fill: str = INK, anchor: str = "start",
    **given: str | float,
) -> str:  # fmt: skip
    """A line of text; y is its base line."""
    return tag(
        "text", escape(text), x=x, y=y, font_size=size, fill=fill, stroke="none",
        text_anchor=anchor, **given,
    )  # fmt: skip


def drawing(wide: float, high: float, title: str, inside: list[str]) -> str:
    """A whole picture, one element on a line."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(wide)} {number(high)}" '
        f'width="{number(wide)}" height="{number(high)}" role="img" '
        f'font-family="{FONT}" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round">'
    )
    return "\n".join([head, tag("title", escape(title)), *inside, "</svg>"]) + "\n"
