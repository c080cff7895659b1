"""Widths, formats and visibility of whole columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ar_xl.xlfile.elements import attributes, children, make, root, start_tag, whole_number
from ar_xl.xlfile.errors import DamagedWorkbook


@dataclass(frozen=True)
class ColumnSetting:
    """Changes to the columns `first` to `last`; None leaves what they have."""

    first: int
    last: int
    width: float | None
    style: int | None
    hidden: bool | None
    level: int | None = None


def style_lookup(cols: str) -> Callable[[int], int | None]:
    """Return what tells the format of a column's untouched cells, from the `<cols>` element."""
    spans = [
        (int(each["min"]), int(each["max"]), whole_number(each, "style", 0))
        for each in _spans(cols)
    ]
    known: dict[int, int | None] = {}

    def style(column: int) -> int | None:
        if column not in known:
            found = (s for first, last, s in spans if first <= column <= last)
            known[column] = next(found, 0) or None
        return known[column]

    return style


def with_settings(cols: str, settings: list[ColumnSetting]) -> str:
    """Return the `<cols>` element, "" where there is none, with settings laid over it."""
    spans = _spans(cols)
    for setting in settings:
        spans = _overlaid(spans, setting)
    return "<cols>" + "".join(make("col", each) for each in spans) + "</cols>"


def _overlaid(spans: list[dict[str, str]], setting: ColumnSetting) -> list[dict[str, str]]:
    made: list[dict[str, str]] = []
    at = setting.first
    for span in sorted(spans, key=lambda each: int(each["min"])):
        first, last = int(span["min"]), int(span["max"])
        if last < setting.first or first > setting.last:
            made.append(span)
            continue
        if first < setting.first:
            made.append({**span, "max": str(setting.first - 1)})
        if at < first:
            made.append(_set({}, at, first - 1, setting))
        inside_first, inside_last = max(first, setting.first), min(last, setting.last)
        made.append(_set(span, inside_first, inside_last, setting))
        at = inside_last + 1
        if last > setting.last:
            made.append({**span, "min": str(setting.last + 1)})
    if at <= setting.last:
        made.append(_set({}, at, setting.last, setting))
    return sorted(made, key=lambda each: int(each["min"]))


def _set(span: Mapping[str, str], first: int, last: int, setting: ColumnSetting) -> dict[str, str]:
    made = {"min": str(first), "max": str(last)}
    made.update({key: value for key, value in span.items() if key not in made})
    if setting.width is not None:
        made.update(width=f"{setting.width:g}", customWidth="1")
        made.pop("bestFit", None)
    elif "width" not in made:
        made["width"] = "9.140625"
    if setting.style is not None:
        made["style"] = str(setting.style)
    if setting.hidden is not None:
        made["hidden"] = "1" if setting.hidden else "0"
    if setting.level is not None:
        made.pop("outlineLevel", None)
        if setting.level:
            made["outlineLevel"] = str(setting.level)
    return made


def _spans(cols: str) -> list[dict[str, str]]:
    if not cols:
        return []
    outer = root(cols)
    spans = [
        attributes(start_tag(cols, each)) for each in children(cols, outer.inner, outer.inner_end)
    ]
    for span in spans:
        if whole_number(span, "min") > whole_number(span, "max"):
            raise DamagedWorkbook("the formats of its columns make no sense")
    return spans
