"""The ribbon tab as Excel lays it out: large buttons, and the others stacked in threes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ar_xl.app.buttons import TAB, TAB_KEYTIP, Button
from tests.pictures.glyphs import GLYPHS
from tests.pictures.svg import (
    ASIDE,
    GREEN,
    INK,
    PAPER,
    box,
    drawing,
    number,
    path,
    tag,
    width,
    words,
)

_TABS = ("File", "Home", "Insert", "Page Layout", "Formulas", "Data", TAB, "Review", "View", "Help")
_BAR, _STRIP = 30, 32  # heights: the window's title, the row of tabs
_TOP = _BAR + _STRIP + 6  # of the buttons
_ROW, _LARGE, _CAPTION = 24, 72, 24  # heights: a small button, a large one, the group's name
_HIGH = _TOP + _LARGE + _CAPTION + 8
_EDGE, _GAP = 8, 8
_SIZE = 12
_TIP_WIDE = 320
_CELL, _CELL_HIGH = 72, 20  # the cells of the sheet below


@dataclass(frozen=True)
class Placed:
    """A button and where it stands.

    Args:
        button: what it is.
        x, y, wide: its left, its top, its width.
    """

    button: Button
    x: float
    y: float
    wide: float

    @property
    def high(self) -> float:
        """Its height."""
        return _LARGE if self.button.large else _ROW


def picture(
    buttons: Iterable[Button],
    workbook: str,
    lit: Callable[[Button], bool],
    keytips: bool = False,
    pointed: str = "",
) -> str:
    """The picture, as SVG.

    Args:
        buttons: of the tab, in their order.
        workbook: the name in the window's title.
        lit: the others are shown as buttons that cannot be pressed.
        keytips: with the letters that Excel shows after Alt and the tab's letter.
        pointed: id of the button that the mouse rests on: its tip is shown, or its menu.
    """
    places, drawn, right = _groups(buttons)
    wide = right + _EDGE
    over: list[str] = []
    high: float = _HIGH
    for place in places:
        at_it = place.button.id == pointed
        if at_it:
            drawn.append(_pointed(place))
            shown, bottom = menu(place) if place.button.items else tip(place)
            over += shown
            high = max(high, bottom + 8)
        drawn.append(_button(place, lit(place.button)))
        if keytips and lit(place.button):
            over.append(_button_tip(place))
    frame = [*_frame(wide, high, workbook), *_tabs(keytips)]
    return drawing(wide, high, _title(workbook, keytips, pointed), frame + drawn + over)


def _groups(buttons: Iterable[Button]) -> tuple[list[Placed], list[str], float]:
    """Where each button stands, what belongs to the groups, and where the last one ends."""
    groups: dict[str, list[Button]] = {}
    for button in buttons:
        groups.setdefault(button.group, []).append(button)
    places: list[Placed] = []
    drawn: list[str] = []
    x: float = _EDGE + 4
    for label, shown in groups.items():
        if drawn:
            line = f"M{number(x)} {_TOP}v{_LARGE + _CAPTION - 4}"
            drawn.append(path(line, stroke="#d2d0ce", stroke_width=1))
            x += _GAP / 2
        start = x
        for column in _columns(shown):
            wide = _column_width(column)
            places += [Placed(b, x, _TOP + at * _ROW, wide) for at, b in enumerate(column)]
            x += wide
        x = max(x, start + width(label, 11) + 8)
        drawn.append(words(label, (start + x) / 2, _TOP + _LARGE + 19, 11, ASIDE, "middle"))
        x += _GAP / 2
    return places, drawn, x


def _title(workbook: str, keytips: bool, pointed: str) -> str:
    more = ", with key tips" if keytips else ", with a tip" if pointed else ""
    return f"The tab {TAB} of Excel's ribbon, {workbook}{more}"


def _columns(buttons: Sequence[Button]) -> list[list[Button]]:
    columns: list[list[Button]] = []
    for button in buttons:
        small = not button.large and columns and not columns[-1][0].large
        if small and len(columns[-1]) < 3:
            columns[-1].append(button)
        else:
            columns.append([button])
    return columns


def _column_width(column: Sequence[Button]) -> float:
    if column[0].large:
        return round(max(52, *(width(line, _SIZE) + 12 for line in _two_lines(column[0].label))))
    arrow = 12 if any(button.items for button in column) else 0
    return round(max(width(button.label, _SIZE) for button in column) * 1.06 + 36 + arrow)


def _two_lines(label: str) -> tuple[str, str]:
    first, _, rest = label.partition(" ")
    return first, rest


def _button(place: Placed, lit: bool) -> str:
    button, x, y, wide = place.button, place.x, place.y, place.wide
    fill = INK if lit else "#a19f9d"
    faded: dict[str, str | float] = {} if lit else {"opacity": 0.35, "filter": "url(#grey)"}
    if button.large:
        middle = x + wide / 2
        at = f"translate({number(middle - 16)} {number(y + 3)})"
        said = [
            words(line, middle, y + 49 + row * 14, _SIZE, fill, "middle")
            for row, line in enumerate(_two_lines(button.label))
            if line
        ]
    else:
        at = f"translate({number(x + 6)} {number(y + 4)}) scale(0.5)"
        said = [words(button.label, x + 28, y + 16, _SIZE, fill)]
        if button.items:
            left = number(x + 28 + width(button.label, _SIZE) + 8)
            said.append(path(f"M{left} {number(y + 10)}l3 3 3-3", stroke=fill, stroke_width=1.2))
    weight: dict[str, str | float] = {} if button.large else {"stroke_width": 2.2}
    return tag("g", GLYPHS[button.icon], transform=at, **weight, **faded) + "".join(said)


def _pointed(place: Placed) -> str:
    return box(place.x + 1, place.y, place.wide - 2, place.high, "#e8e6e4", "none", 3)


def _button_tip(place: Placed) -> str:
    if place.button.large:
        return _tip(place.button.keytip, place.x + place.wide / 2, place.y + _LARGE + 2)
    return _tip(place.button.keytip, place.x + 14, place.y + 16)


def _tip(text: str, x: float, y: float) -> str:
    wide = width(text, 11) + 9
    shown = box(x - wide / 2, y - 7.5, wide, 15, "#3b3a39", PAPER, 2, stroke_width=1)
    return shown + words(text, x, y + 4, 11, PAPER, "middle", font_weight="bold")


def _frame(wide: float, high: float, workbook: str) -> list[str]:
    grey = "0.3 0.3 0.3 0 0.1 0.3 0.3 0.3 0 0.1 0.3 0.3 0.3 0 0.1 0 0 0 1 0"
    under = _TOP - 6
    return [
        tag("defs", tag("filter", tag("feColorMatrix", type="matrix", values=grey), id="grey")),
        box(0, 0, wide, high, "#f3f2f1", "none"),
        *_sheet(wide, high),
        box(0, 0, wide, _BAR, GREEN, "none"),
        words(f"{workbook}  -  Excel", wide / 2, _BAR - 10, _SIZE, PAPER, "middle"),
        box(_EDGE / 2, under, wide - _EDGE, _HIGH - under - 4, PAPER, "#e1dfdd", 6, stroke_width=1),
    ]


def _sheet(wide: float, high: float) -> list[str]:
    """Cells below the ribbon, where something hangs down over them."""
    if high == _HIGH:
        return []
    across = "".join(f"M0 {y}H{number(wide)}" for y in range(_HIGH, int(high), _CELL_HIGH))
    down = "".join(f"M{x} {_HIGH}V{number(high)}" for x in range(_CELL, int(wide), _CELL))
    cells = box(0, _HIGH, wide, high - _HIGH, PAPER, "none")
    return [cells, path(across + down, stroke="#e1dfdd", stroke_width=1)]


def _tabs(keytips: bool) -> list[str]:
    drawn: list[str] = []
    x: float = 16
    for label in _TABS:
        room = width(label, 13)
        mine = label == TAB
        more: dict[str, str | float] = {"font_weight": "bold"} if mine else {}
        middle, base = x + room / 2, _BAR + 20
        colour = GREEN if mine else INK
        drawn.append(words(label, middle, base, 13, colour, "middle", **more))
        if mine:
            line = f"M{x - 4:g} {base + 7}h{room + 8:g}"
            drawn.append(path(line, stroke=GREEN, stroke_width=3))
            if keytips:
                drawn.append(_tip(TAB_KEYTIP, middle, base + 8))
        x += room + 22
    return drawn


def tip(place: Placed) -> tuple[list[str], float]:
    """What Excel shows while the mouse rests on a button, and where it ends below."""
    lines = _wrapped(place.button.supertip, _TIP_WIDE - 24)
    high = 32 + 16 * len(lines) + 6
    x, y = place.x, _HIGH - 2
    drawn = [_card(x, y, _TIP_WIDE, high)]
    drawn.append(words(place.button.screentip, x + 12, y + 20, _SIZE, INK, font_weight="bold"))
    drawn += [words(line, x + 12, y + 40 + at * 16, _SIZE, INK) for at, line in enumerate(lines)]
    return drawn, y + high


def menu(place: Placed) -> tuple[list[str], float]:
    """The entries of a menu, and where it ends below."""
    items = place.button.items
    wide = max(width(item.label, _SIZE) for item in items) * 1.06 + 50
    x, y = place.x + place.wide - wide, place.y + _ROW + 1
    drawn = [_card(x, y, wide, _ROW * len(items) + 8)]
    for at, item in enumerate(items):
        top = y + 4 + at * _ROW
        glyph = GLYPHS[item.icon]
        where = f"translate({number(x + 8)} {number(top + 4)}) scale(0.5)"
        drawn.append(tag("g", glyph, transform=where, stroke_width=2.2))
        drawn.append(words(item.label, x + 32, top + 16, _SIZE))
    return drawn, y + _ROW * len(items) + 8


def _card(x: float, y: float, wide: float, high: float) -> str:
    shade = box(x + 1, y + 2, wide, high, "#000000", "none", 4, opacity=0.12)
    return shade + box(x, y, wide, high, PAPER, "#c8c6c4", 4, stroke_width=1)


def _wrapped(text: str, wide: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, _SIZE) * 1.06 <= wide:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
