"""Conditional formats of a range: told of, added in front of the others, and deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.appearance import rgb_text
from ar_xl.xlfile.comparisons import OPERATOR_WORDS, OPERATORS
from ar_xl.xlfile.elements import attributes, children, make, root
from ar_xl.xlfile.sheetframe import put_child, whole_tail
from ar_xl.xlfile.sheettail import areas_of, freed, own_children
from ar_xl.xlfile.xmltext import plain, unescape

if TYPE_CHECKING:
    from ar_xl.xlfile.ranges import Range

_NAME = "conditionalFormatting"
_PRIORITY = re.compile(r'(<(?:\w+:)?cfRule\b[^>]*?\bpriority=")(\d+)(")')
_KINDS = {
    "cellIs": "cell_value",
    "expression": "custom",
    "colorScale": "color_scale",
    "dataBar": "data_bar",
    "iconSet": "icon_set",
}
_THRESHOLDS = {
    "lowest_value": "min",
    "highest_value": "max",
    "number": "num",
    "percent": "percent",
    "percentile": "percentile",
    "formula": "formula",
}


class ConditionalFormats(base_classes.ConditionalFormats):
    """The conditional formats of a range, the first to be applied first.

    Args:
        owner: the range.
    """

    def __init__(self, owner: Range) -> None:
        self._owner = owner

    @property
    def api(self) -> ConditionalFormats:
        """The object itself: there is no other program behind it."""
        return self

    def _all(self) -> list[ConditionalFormat]:
        edit, area = self._owner.sheet.contents.edit, self._owner.area
        _, tail = edit.around(self._owner.sheet.name)
        found = [rule for rule in _rules(tail) if any(a.meet(area) for a in rule.areas)]
        return sorted(found, key=lambda rule: rule.priority)

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return iter(self._all())

    def __call__(self, key: int) -> ConditionalFormat:
        """Return one by its number from 1."""
        return self._all()[key - 1]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and 1 <= key <= len(self)

    def _add(self, rule: str) -> ConditionalFormat:
        edit, sheet = self._owner.sheet.contents.edit, self._owner.sheet
        edit.change_tail(sheet.name, partial(_with_rule, ref=self._owner.area.a1(), rule=rule))
        return self._all()[0]

    def _look(self, spec: Mapping[str, Any]) -> dict[str, str | int | float | None]:
        """Return the attributes of a rule that changes how cells look."""
        fill, color = spec.get("fill_color"), spec.get("font_color")
        bold, italic = spec.get("font_bold"), spec.get("font_italic")
        font = "".join(
            make(name, {"val": None if shown else 0})
            for name, shown in (("b", bold), ("i", italic))
            if shown is not None
        )
        if color is not None:
            font += make("color", {"rgb": "FF" + rgb_text(color)})
        look = f"<font>{font}</font>" if font else ""
        if fill is not None:
            rgb = make("bgColor", {"rgb": "FF" + rgb_text(fill)})
            look += f"<fill><patternFill>{rgb}</patternFill></fill>"
        number = self._owner.sheet.contents.edit.difference(f"<dxf>{look}</dxf>")
        stop = 1 if spec.get("stop_if_true") else None
        return {"dxfId": number, "priority": 1, "stopIfTrue": stop}

    def add_cell_value(self, spec: Mapping[str, Any]) -> ConditionalFormat:
        """Add a format for cells whose value compares in some way; see xlwings."""
        values = {"type": "cellIs", **self._look(spec), "operator": OPERATORS[spec["operator"]]}
        formulas = [spec["formula1"], spec.get("formula2")]
        return self._add(make("cfRule", values, _formulas(formulas)))

    def add_custom(self, spec: Mapping[str, Any]) -> ConditionalFormat:
        """Add a format for cells for which a formula is true."""
        values = {"type": "expression", **self._look(spec)}
        return self._add(make("cfRule", values, _formulas([spec["formula"]])))

    def add_color_scale(self, spec: Mapping[str, Any]) -> ConditionalFormat:
        """Add colours that go from one to another with the values."""
        points = zip(spec["threshold_types"], spec["thresholds"], strict=True)
        inner = "".join(_threshold(kind, value) for kind, value in points)
        inner += "".join(make("color", {"rgb": "FF" + rgb_text(c)}) for c in spec["colors"])
        rule = f"<colorScale>{inner}</colorScale>"
        return self._add(make("cfRule", {"type": "colorScale", "priority": 1}, rule))

    def clear(self) -> None:
        """Take all conditional formats from the cells of the range."""
        edit, sheet = self._owner.sheet.contents.edit, self._owner.sheet
        edit.change_tail(sheet.name, partial(_cleared, area=self._owner.area))


class ConditionalFormat(base_classes.ConditionalFormat):
    """A conditional format.

    Args:
        areas: where it applies.
        rule: its text in the file.
    """

    def __init__(self, areas: list[Area], rule: str) -> None:
        self.areas = areas
        self._given = attributes(rule[: rule.index(">") + 1])
        outer = root(rule)
        self._formulas = [
            unescape(rule[each.inner : each.inner_end])
            for each in children(rule, outer.inner, outer.inner_end)
            if each.name == "formula"
        ]

    @property
    def api(self) -> ConditionalFormat:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def priority(self) -> int:
        """The smaller, the earlier it is applied."""
        return int(self._given.get("priority", "0"))

    @property
    def type(self) -> str:
        """What it looks at: "cell_value", "custom", "color_scale" ..."""
        return _KINDS.get(self._given.get("type", ""), "unknown")

    @property
    def stop_if_true(self) -> bool | None:
        """Whether those behind it are left out where it applies."""
        if self.type not in ("cell_value", "custom"):
            return None
        return self._given.get("stopIfTrue") in ("1", "true")

    @property
    def operator(self) -> str | None:
        """How values are compared."""
        return OPERATOR_WORDS.get(self._given.get("operator", ""))

    def _formula(self, place: int, kind: str) -> str | None:
        known = self.type == kind and place < len(self._formulas)
        return f"={self._formulas[place]}" if known else None

    @property
    def formula1(self) -> str | None:
        """The first bound."""
        return self._formula(0, "cell_value")

    @property
    def formula2(self) -> str | None:
        """The second bound."""
        return self._formula(1, "cell_value")

    @property
    def formula(self) -> str | None:
        """What must be true."""
        return self._formula(0, "custom")


def _rules(tail: str) -> Iterator[ConditionalFormat]:
    for each in own_children(tail, _NAME):
        tag = tail[each.start : each.inner]
        areas = areas_of(attributes(tag).get("sqref", ""))
        for rule in children(tail, each.inner, each.inner_end):
            if rule.name == "cfRule":
                yield ConditionalFormat(areas, tail[rule.start : rule.end])


def _with_rule(tail: str, ref: str, rule: str) -> str:
    """Return the tail with a rule before all others."""
    tail = _PRIORITY.sub(lambda m: f"{m[1]}{int(m[2]) + 1}{m[3]}", tail)
    made = make(_NAME, {"sqref": ref}, rule)
    others = own_children(tail, _NAME)
    if others:
        return tail[: others[0].start] + made + tail[others[0].start :]
    return put_child(tail, whole_tail(tail), _NAME, made)


def _cleared(tail: str, area: Area) -> str:
    for each in reversed(own_children(tail, _NAME)):
        item = freed(tail[each.start : each.end], area)
        tail = tail[: each.start] + item + tail[each.end :]
    return tail


def _formulas(given: list[Any]) -> str:
    texts = [str(formula).removeprefix("=") for formula in given if formula is not None]
    return "".join(f"<formula>{plain(text)}</formula>" for text in texts)


def _threshold(kind: str, value: Any) -> str:
    text = None if value is None else str(value).removeprefix("=")
    return make("cfvo", {"type": _THRESHOLDS[kind], "val": text})
