"""The styles part, added to and never reordered: format ids already in use keep their meaning."""

from __future__ import annotations

from ar_xl.xlfile.elements import (
    Element,
    attributes,
    child,
    children,
    decimal_number,
    make,
    put,
    replace,
    root,
    start_tag,
    whole_number,
    with_attributes,
    with_inner,
)
from ar_xl.xlfile.formats import BUILT_IN, MAX_STYLES
from ar_xl.xlfile.specs import StyleSpec
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.xmlparts import MAIN

# fmt: off
_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)
_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz",
    "color", "name", "family", "charset", "scheme",
)
# fmt: on
_SIDES = ("left", "right", "top", "bottom")
_APPLIED = ("applyNumberFormat", "applyFont", "applyFill", "applyBorder")
_XF_ORDER = ("alignment", "protection", "extLst")
_FIRST_OWN_FORMAT = 164
_ITEMS = {"numFmts": "", "fonts": "<font/>", "borders": "<border/>", "cellXfs": "<xf/>"}
_ITEMS["dxfs"] = ""
_ITEMS["fills"] = '<fill><patternFill patternType="none"/></fill>'
_ITEMS["fills"] += '<fill><patternFill patternType="gray125"/></fill>'
_INDEXED_BLACK = ("8", "64")  # of the old palette, black and the system's text colour

NEW_STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{MAIN}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    f'<fills count="2">{_ITEMS["fills"]}</fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


class StyleSheet:
    """The formats of a workbook.

    Args:
        text: the styles part in plain form.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._items: dict[str, list[str]] = {}
        whole = root(text)
        lists = {each.name: each for each in children(text, whole.inner, whole.inner_end)}
        for name, missing in _ITEMS.items():
            outer = lists.get(name)
            found = [] if outer is None else _child_texts(text, outer)
            self._items[name] = found or ([missing] if missing else [])
        self._before = {name: len(items) for name, items in self._items.items()}
        self._empty = {name for name, each in lists.items() if not _child_texts(text, each)}
        self._made: dict[tuple[str, str], int] = {}
        self._codes = dict(BUILT_IN)
        for item in self._items["numFmts"]:
            values = attributes(item)
            self._codes[whole_number(values, "numFmtId")] = values.get("formatCode", "General")

    @property
    def changed(self) -> bool:
        """Whether a format was added."""
        return any(len(self._items[name]) > count for name, count in self._before.items())

    def __len__(self) -> int:
        return len(self._items["cellXfs"])

    def add(self, spec: StyleSpec, base: int | None = None) -> int:
        """Return the id of the format `base` (0 where None) with the changes of `spec`.

        Raises:
            CannotEdit: the workbook has as many formats as Excel allows.
        """
        xf = self._xf(base or 0)
        values = attributes(_tag(xf))
        changes: dict[str, str | None] = {}
        if spec.number_format is not None:
            changes["numFmtId"] = str(self._number_format(spec.number_format))
            changes["applyNumberFormat"] = "1"
        if _asks(spec, "bold", "italic", "underline", "font", "size", "color"):
            font = _font(self._item("fonts", values.get("fontId")), spec)
            changes.update(fontId=str(self._add("fonts", font)), applyFont="1")
        if spec.fill is not None:
            fill = self._add("fills", _solid(spec.fill)) if spec.fill else 0
            changes.update(fillId=str(fill), applyFill="1")
        if spec.borders is not None:
            border = _border(self._item("borders", values.get("borderId")), spec)
            changes.update(borderId=str(self._add("borders", border)), applyBorder="1")
        if _asks(spec, "horizontal", "vertical", "wrap", "indent"):
            xf = _with_child(xf, "alignment", _alignment(spec))
            changes["applyAlignment"] = "1"
        if spec.locked is not None:
            xf = _with_child(xf, "protection", {"locked": "1" if spec.locked else "0"})
            changes["applyProtection"] = "1"
        tag = _tag(xf)
        made = self._add("cellXfs", with_attributes(tag, changes) + xf[len(tag) :])
        if made >= MAX_STYLES:
            raise CannotEdit("The workbook has more cell formats than Excel allows.")
        return made

    def take(self, other: StyleSheet, style: int) -> int:
        """Return the id here of a format that another workbook has.

        Args:
            other: the formats of that workbook.
            style: the format's id there.
        """
        xf = other._xf(style)
        values = attributes(_tag(xf))
        parts = {name: xml for name, xml in _parts(xf).items() if name in _XF_ORDER[:2]}
        code = other._codes.get(whole_number(values, "numFmtId", 0), "General")
        places = {
            "numFmtId": self._number_format(code),
            **{
                f"{each}Id": self._add(f"{each}s", other._item(f"{each}s", values.get(f"{each}Id")))
                for each in ("font", "fill", "border")
            },
            "xfId": 0,
            **dict.fromkeys(_APPLIED, 1),
            "applyAlignment": 1 if "alignment" in parts else None,
            "applyProtection": 1 if "protection" in parts else None,
        }
        made = self._add("cellXfs", make("xf", places, "".join(parts.values())))
        if made >= MAX_STYLES:
            raise CannotEdit("The workbook has more cell formats than Excel allows.")
        return made

    def difference(self, look: str) -> int:
        """Return the place of a conditional format's look, told as the part tells it."""
        return self._add("dxfs", look)

    def take_difference(self, other: StyleSheet, place: int) -> int:
        """Return the place here of a conditional format's look that another workbook has."""
        listed = other._items["dxfs"]
        return self._add("dxfs", listed[place] if place < len(listed) else "<dxf/>")

    def spec(self, style: int) -> StyleSpec:
        """Return what a format id means, with every property named."""
        xf = self._xf(style)
        values = attributes(_tag(xf))
        font = _parts(self._item("fonts", values.get("fontId")))
        fill = self._item("fills", values.get("fillId"))
        parts = _parts(xf)
        alignment = attributes(parts.get("alignment", "<a>"))
        borders, border_color = _border_spec(self._item("borders", values.get("borderId")))
        return StyleSpec(
            number_format=self._codes.get(whole_number(values, "numFmtId", 0), "General"),
            bold=_flag(font, "b"),
            italic=_flag(font, "i"),
            underline=_flag(font, "u"),
            font=attributes(font.get("name", "<name>")).get("val", "Calibri"),
            size=decimal_number(attributes(font.get("sz", "<sz>")), "val", 11.0),
            color=_rgb(font.get("color", "<color>")),
            fill=_fill_spec(fill),
            borders=borders,
            border_color=border_color,
            horizontal=alignment.get("horizontal", "general"),
            vertical=alignment.get("vertical", "bottom"),
            wrap=alignment.get("wrapText") in ("1", "true"),
            indent=whole_number(alignment, "indent", 0),
            locked=attributes(parts.get("protection", "<p>")).get("locked") not in ("0", "false"),
        )

    def text(self) -> str:
        """Return the part with what was added."""
        text = self._text
        for name, before in self._before.items():
            items = self._items[name]
            if len(items) == before:
                continue
            outer = child(text, root(text), name)
            if outer is None:
                inner = "".join(items)
                text = put(text, root(text), _ORDER, name, make(name, {"count": len(items)}, inner))
                continue
            new = items if name in self._empty else items[before:]
            inner = text[outer.inner : outer.inner_end] + "".join(new)
            count = {"count": str(len(items))}
            text = replace(text, outer, with_inner(text, outer, inner, count))
        return text

    def _xf(self, style: int) -> str:
        items = self._items["cellXfs"]
        return items[style] if style < len(items) else items[0]

    def _item(self, name: str, index: str | None) -> str:
        items = self._items[name]
        place = whole_number({name: index or "0"}, name)
        return items[place] if place < len(items) else items[0]

    def _add(self, name: str, xml: str) -> int:
        """Return the index of an item, added unless an equal one was added before."""
        key = (name, xml)
        if key not in self._made:
            items = self._items[name]
            if xml in items:
                self._made[key] = items.index(xml)
            else:
                items.append(xml)
                self._made[key] = len(items) - 1
        return self._made[key]

    def _number_format(self, code: str) -> int:
        for known, text in self._codes.items():
            if text == code and not (27 <= known <= 36 or 50 <= known <= 58):
                return known
        number = max(max(self._codes) + 1, _FIRST_OWN_FORMAT)
        self._codes[number] = code
        self._items["numFmts"].append(make("numFmt", {"numFmtId": number, "formatCode": code}))
        return number


def _child_texts(text: str, outer: Element) -> list[str]:
    return [text[each.start : each.end] for each in children(text, outer.inner, outer.inner_end)]


def _tag(xml: str) -> str:
    return start_tag(xml, root(xml))


def _parts(xml: str) -> dict[str, str]:
    """Return the children of an element by name."""
    outer = root(xml)
    return {
        each.name: xml[each.start : each.end]
        for each in children(xml, outer.inner, outer.inner_end)
    }


def _asks(spec: StyleSpec, *names: str) -> bool:
    return any(getattr(spec, name) is not None for name in names)


def _font(base: str, spec: StyleSpec) -> str:
    parts = _parts(base)
    for name, wanted in (("b", spec.bold), ("i", spec.italic), ("u", spec.underline)):
        if wanted is not None:
            parts[name] = f"<{name}/>" if wanted else ""
    if spec.font is not None:
        parts.update(name=make("name", {"val": spec.font}), scheme="", family="", charset="")
    if spec.size is not None:
        parts["sz"] = make("sz", {"val": f"{spec.size:g}"})
    if spec.color is not None:
        parts["color"] = make("color", {"rgb": "FF" + spec.color}) if spec.color else ""
    rank = {name: place for place, name in enumerate(_FONT_ORDER)}
    inner = "".join(parts[name] for name in sorted(parts, key=lambda each: rank.get(each, 99)))
    return f"<font>{inner}</font>"


def _solid(rgb: str) -> str:
    return (
        '<fill><patternFill patternType="solid">'
        f'<fgColor rgb="FF{rgb}"/><bgColor indexed="64"/></patternFill></fill>'
    )


def _border(base: str, spec: StyleSpec) -> str:
    parts = {**dict.fromkeys(_SIDES, ""), **_parts(base)}
    color = '<color auto="1"/>'
    if spec.border_color:
        color = make("color", {"rgb": "FF" + spec.border_color})
    for side, line in (spec.borders or {}).items():
        parts[side] = f'<{side} style="{line}">{color}</{side}>' if line else f"<{side}/>"
    inner = "".join(parts[side] or f"<{side}/>" for side in _SIDES)
    inner += "".join(xml for name, xml in parts.items() if name not in _SIDES)
    return f"{_tag(base).removesuffix('/>').removesuffix('>').rstrip()}>{inner}</border>"


def _alignment(spec: StyleSpec) -> dict[str, str | None]:
    changes: dict[str, str | None] = {}
    for name, value in (("horizontal", spec.horizontal), ("vertical", spec.vertical)):
        if value is not None:
            changes[name] = None if value in ("general", "bottom") else value
    if spec.wrap is not None:
        changes["wrapText"] = "1" if spec.wrap else None
    if spec.indent is not None:
        changes["indent"] = str(spec.indent) if spec.indent else None
    return changes


def _with_child(xf: str, name: str, changes: dict[str, str | None]) -> str:
    """Return a format with attributes of one of its children set; it is made where missing."""
    parts = _parts(xf)
    parts[name] = with_attributes(parts.get(name, f"<{name}/>"), changes)
    inner = "".join(parts.get(each, "") for each in _XF_ORDER)
    return f"{_tag(xf).removesuffix('/>').removesuffix('>').rstrip()}>{inner}</xf>"


def _flag(parts: dict[str, str], name: str) -> bool:
    return name in parts and attributes(parts[name]).get("val") not in ("0", "false", "none")


def _rgb(color: str) -> str | None:
    """Return a colour as "RRGGBB", "" for the automatic one, None where it is a theme's."""
    values = attributes(color)
    if "rgb" in values:
        return values["rgb"][-6:].upper()
    if values.get("theme") == "1" and "tint" not in values:
        return ""
    if "indexed" in values:
        return "" if values["indexed"] in _INDEXED_BLACK else None
    return None if "theme" in values else ""


def _fill_spec(fill: str) -> str | None:
    pattern = _parts(fill).get("patternFill", "<patternFill/>")
    if attributes(_tag(pattern)).get("patternType") == "solid":
        return _rgb(_parts(pattern).get("fgColor", "<fgColor>"))
    return ""


def _border_spec(border: str) -> tuple[dict[str, str], str | None]:
    lines: dict[str, str] = {}
    color = None
    for side, xml in _parts(border).items():
        if side in _SIDES:
            lines[side] = attributes(_tag(xml)).get("style", "")
            if lines[side] and "color" in _parts(xml):
                color = _rgb(_parts(xml)["color"]) or None
    return lines, color
