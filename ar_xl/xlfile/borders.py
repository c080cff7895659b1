"""Borders of a range, side by side, as xlwings asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.appearance import Rgb, change, rgb_text, style_ids
from ar_xl.xlfile.specs import StyleSpec

if TYPE_CHECKING:
    from ar_xl.xlfile.ranges import Range

# The file has one word for what xlwings calls line style and weight.
_LINES = {
    ("continuous", "hairline"): "hair",
    ("continuous", "thin"): "thin",
    ("continuous", "medium"): "medium",
    ("continuous", "thick"): "thick",
    ("dash", "thin"): "dashed",
    ("dash", "medium"): "mediumDashed",
    ("dash_dot", "thin"): "dashDot",
    ("dash_dot", "medium"): "mediumDashDot",
    ("dash_dot_dot", "thin"): "dashDotDot",
    ("dash_dot_dot", "medium"): "mediumDashDotDot",
    ("slant_dash_dot", "medium"): "slantDashDot",
    ("dot", "thin"): "dotted",
    ("double", "thick"): "double",
}
_WORDS = {line: words for words, line in _LINES.items()}
_SIDES = {"edge_top": "top", "edge_bottom": "bottom", "edge_left": "left", "edge_right": "right"}


class Borders(base_classes.Borders):
    """The borders of a range.

    Args:
        owner: the range.
    """

    parent: Any = None

    def __init__(self, owner: Range) -> None:
        self.parent = owner

    @property
    def api(self) -> Borders:
        """The object itself: there is no other program behind it."""
        return self

    def __getitem__(self, side: str) -> Border:
        return Border(self, side)

    def _shared(self, name: str) -> Any:
        found = {getattr(Border(self, side), name) for side in self._grid_sides()}
        return found.pop() if len(found) == 1 else None

    @property
    def line_style(self) -> str | None:
        """The line of all sides, None where they differ."""
        return self._shared("line_style")

    @property
    def weight(self) -> str | None:
        """The weight of all sides, None where they differ."""
        return self._shared("weight")

    @property
    def color(self) -> Rgb | None:
        """The colour of all sides, None where they differ or it is automatic."""
        return None

    def set(self, which: Sequence[str], line_style: Any, weight: Any, color: Any) -> None:
        """Draw sides of the range.

        Args:
            which: "edge_top", "inside_horizontal" and so on.
            line_style: "continuous", "double" ...; None for no line.
            weight: "hairline", "thin", "medium", "thick".
            color: as `appearance.rgb_text` takes it.
        """
        unset = base_classes._UNSET
        for side in which:
            if side.startswith("diagonal"):
                if line_style is not None and line_style != "none":
                    raise NotImplementedError("Diagonal borders can be drawn in Excel only.")
                continue
            shown, thick = Border(self, side).words
            if line_style is not unset:
                shown = line_style
            elif shown in (None, "none"):
                shown = "continuous"
            wanted = thick if weight is unset else weight
            text = None if color is unset else rgb_text(color)
            self._draw(side, _line(shown, wanted), text)

    def _draw(self, side: str, line: str, color: str | None) -> None:
        sheet, area = self.parent.sheet, self.parent.area
        for part, edge in _strips(area, side):
            changes = StyleSpec(borders={edge: line}, border_color=color)
            change(sheet, part, changes)


class Border(base_classes.Border):
    """One side of a range.

    Args:
        owner: the borders of the range.
        side: "edge_top", "inside_horizontal" and so on.
    """

    def __init__(self, owner: Borders, side: str) -> None:
        self._owner = owner
        self._side = side

    @property
    def api(self) -> Border:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def words(self) -> tuple[str | None, str | None]:
        """Line style and weight; None where the cells differ."""
        owner = self._owner.parent
        lines = {
            (owner.sheet.contents.styles.spec(style).borders or {}).get(edge, "")
            for part, edge in _strips(owner.area, self._side)
            for style in style_ids(owner.sheet, part)
        }
        line = lines.pop() if len(lines) == 1 else None
        return ("none", None) if line == "" else _WORDS.get(line or "?", (None, None))

    @property
    def line_style(self) -> str | None:
        """Its line, "none" for no line, None where the cells differ."""
        return self.words[0]

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        unset = base_classes._UNSET
        self._owner.set([self._side], value, unset, unset)

    @property
    def weight(self) -> str | None:
        """Its weight, None for no line and where the cells differ."""
        return self.words[1]

    @weight.setter
    def weight(self, value: str) -> None:
        unset = base_classes._UNSET
        self._owner.set([self._side], unset, value, unset)

    @property
    def color(self) -> Rgb | None:
        """Not told apart from automatic."""
        return None

    @color.setter
    def color(self, value: Any) -> None:
        unset = base_classes._UNSET
        self._owner.set([self._side], unset, unset, value)


def _line(line_style: str | None, weight: str | None) -> str:
    if line_style in (None, "none"):
        return ""
    for wanted in (weight, "thin", "medium", "thick"):
        if (str(line_style), str(wanted)) in _LINES:
            return _LINES[str(line_style), str(wanted)]
    raise ValueError(f"There is no border '{line_style}'.")


def _strips(area: Area, side: str) -> list[tuple[Area, str]]:
    """Return the cells that have a side of the range, with which of their own sides it is."""
    top, left, bottom, right = area.top, area.left, area.bottom, area.right
    if side == "inside_horizontal":
        if top == bottom:
            return []
        upper, lower = Area(top, left, bottom - 1, right), Area(top + 1, left, bottom, right)
        return [(upper, "bottom"), (lower, "top")]
    if side == "inside_vertical":
        if left == right:
            return []
        return [
            (Area(top, left, bottom, right - 1), "right"),
            (Area(top, left + 1, bottom, right), "left"),
        ]
    edges = {
        "edge_top": Area(top, left, top, right),
        "edge_bottom": Area(bottom, left, bottom, right),
        "edge_left": Area(top, left, bottom, left),
        "edge_right": Area(top, right, bottom, right),
    }
    return [(edges[side], _SIDES[side])]
