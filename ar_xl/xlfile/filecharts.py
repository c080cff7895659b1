"""Charts that a file has: where they are and what they are called; they can be deleted.

How they look is Excel's to change: they are kept as they are, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlwings import base_classes

from ar_xl.xlfile.elements import attributes
from ar_xl.xlfile.geometry import columns_width, rows_height
from ar_xl.xlfile.write_errors import CannotEdit

if TYPE_CHECKING:
    from ar_xl.xlfile.sheets import Sheet

_EMU_PER_POINT = 12_700
_ANCHOR = re.compile(
    r"<(?P<tag>(?:\w+:)?(?:twoCell|oneCell|absolute)Anchor)\b.*?</(?P=tag)>", re.DOTALL
)
_CHART = re.compile(r"<(?:\w+:)?chart\b[^>]*>")
_NAME = re.compile(r"<(?:\w+:)?cNvPr\b[^>]*>")
_MARKER = re.compile(
    r"<(?:\w+:)?(from|to)>\s*<(?:\w+:)?col>(\d+)<.*?colOff>(-?\d+)<.*?row>(\d+)<.*?rowOff>(-?\d+)<",
    re.DOTALL,
)
_SIZE = re.compile(r"<(?:xdr:|(?!a:)\w+:)?ext\b[^>]*\bcx=[^>]*>")
_PLACE = re.compile(r"<(?:\w+:)?pos\b[^>]*>")
_KIND = re.compile(r"<(?:\w+:)?(\w+)Chart>")
_GROUPING = re.compile(r'<(?:\w+:)?grouping val="(\w+)"')
_DIRECTION = re.compile(r'<(?:\w+:)?barDir val="(\w+)"')
_TITLE = re.compile(r"<(?:\w+:)?chart>\s*<(?:\w+:)?title>(.*?)</(?:\w+:)?title>", re.DOTALL)
_LETTERS = re.compile(r"<a:t>([^<]*)</a:t>")
_GROUPINGS = {"clustered": "_clustered", "stacked": "_stacked", "percentStacked": "_stacked_100"}
_OTHERS = {"scatter": "xy_scatter", "doughnut": "doughnut", "radar": "radar", "bubble": "bubble"}
# Parts that belong to a chart alone.
_OWNED = frozenset(("chartStyle", "chartColorStyle", "themeOverride", "chartUserShapes"))


@dataclass(frozen=True)
class Drawn:
    """A chart in a drawing.

    Args:
        drawing: the drawing's part.
        anchor: what places it there.
        rel_id: the drawing's relationship to it.
        part: the chart's part.
    """

    drawing: str
    anchor: str
    rel_id: str
    part: str

    @property
    def name(self) -> str:
        """What it is called."""
        found = _NAME.search(self.anchor)
        return attributes(found[0]).get("name", "") if found else ""


def drawn_charts(sheet: Sheet) -> Iterator[Drawn]:
    """Yield the charts that the file has on a sheet."""
    edit = sheet.contents.edit
    for _, kind, drawing in edit.sheet_rels(sheet.name):
        if kind != "drawing":
            continue
        charts = {rel: part for rel, kind, part in edit.draft.rels(drawing) if kind == "chart"}
        if not charts:
            continue
        for match in _ANCHOR.finditer(edit.draft.raw_text(drawing)):
            found = _CHART.search(match[0])
            ids = [v for n, v in attributes(found[0]).items() if n.endswith(":id")] if found else []
            if ids and ids[0] in charts:
                yield Drawn(drawing, match[0], ids[0], charts[ids[0]])


class FileChart(base_classes.Chart):
    """A chart that the file has.

    Args:
        sheet: where it is.
        drawn: it.
    """

    def __init__(self, sheet: Sheet, drawn: Drawn) -> None:
        self._sheet = sheet
        self._drawn = drawn

    @property
    def api(self) -> FileChart:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def parent(self) -> Sheet:
        """The sheet where it is."""
        return self._sheet

    @property
    def name(self) -> str:
        """What it is called."""
        return self._drawn.name

    def _text(self) -> str:
        return self._sheet.contents.edit.draft.raw_text(self._drawn.part)

    @property
    def chart_type(self) -> str:
        """Its type, in xlwings' words as far as it has one."""
        text = self._text()
        kinds = set(_KIND.findall(text)) - {"user"}
        if len(kinds) != 1:
            return "combination"
        kind = kinds.pop().removesuffix("3D")
        grouping = _GROUPING.search(text)
        how = _GROUPINGS.get(grouping[1], "") if grouping else ""
        if kind == "bar":
            direction = _DIRECTION.search(text)
            return ("bar" if direction and direction[1] == "bar" else "column") + how
        if kind in ("line", "area"):
            return kind + how.replace("_clustered", "")
        return _OTHERS.get(kind, kind)

    @property
    def title(self) -> str | None:
        """What stands above it, None where nothing does or a cell tells it."""
        found = _TITLE.search(self._text())
        return "".join(_LETTERS.findall(found[1])) or None if found else None

    def _markers(self) -> dict[str, tuple[float, float]]:
        """Return the points from the sheet's corner of its corners that lie in cells."""
        state = self._sheet.state
        found: dict[str, tuple[float, float]] = {}
        for which, column, column_off, row, row_off in _MARKER.findall(self._drawn.anchor):
            left = columns_width(state, 1, int(column)) + int(column_off) / _EMU_PER_POINT
            top = rows_height(state, 1, int(row)) + int(row_off) / _EMU_PER_POINT
            found[which] = left, top
        return found

    def _box(self) -> tuple[float, float, float, float]:
        """Return left, top, width and height in points."""
        corners, size = self._markers(), _SIZE.search(self._drawn.anchor)
        left, top = corners.get("from", (0.0, 0.0))
        place = _PLACE.search(self._drawn.anchor)
        if place is not None and "from" not in corners:
            given = attributes(place[0])
            left, top = (int(given.get(n, "0")) / _EMU_PER_POINT for n in ("x", "y"))
        if "to" in corners:
            return left, top, corners["to"][0] - left, corners["to"][1] - top
        given = attributes(size[0]) if size else {}
        width, height = (int(given.get(n, "0")) / _EMU_PER_POINT for n in ("cx", "cy"))
        return left, top, width, height

    @property
    def left(self) -> float:
        """Points from the left edge of the sheet."""
        return self._box()[0]

    @property
    def top(self) -> float:
        """Points from the top edge of the sheet."""
        return self._box()[1]

    @property
    def width(self) -> float:
        """Its width in points."""
        return self._box()[2]

    @property
    def height(self) -> float:
        """Its height in points."""
        return self._box()[3]

    def delete(self) -> None:
        """Take it away, with the parts that belong to it alone.

        Raises:
            CannotEdit: it has parts of which nothing is known.
        """
        draft, drawn = self._sheet.contents.edit.draft, self._drawn
        rels = draft.rels(drawn.part)
        unknown = [kind for _, kind, _ in rels if kind not in _OWNED]
        if unknown:
            raise CannotEdit(f"The chart '{self.name}' has a {unknown[0]}; delete it in Excel.")
        text = draft.raw_text(drawn.drawing)
        draft.set_text(drawn.drawing, text.replace(drawn.anchor, "", 1))
        draft.remove_rel(drawn.drawing, drawn.rel_id)
        for part in [drawn.part, *(target for _, _, target in rels)]:
            draft.drop(part)
