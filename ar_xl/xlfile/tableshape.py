"""The part of an Excel table changed: name, style, headings, area, heading row and totals row.

Every function takes the part in plain form and returns it changed; what is not asked for stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ar_xl.xlfile.addresses import Area, parse_area
from ar_xl.xlfile.elements import (
    attributes,
    child,
    children,
    make,
    put,
    replace,
    root,
    start_tag,
    with_attributes,
    with_inner,
)
from ar_xl.xlfile.tablexml import TOTALS_FUNCTIONS, heading_in_file
from ar_xl.xlfile.write_errors import CannotEdit

_ORDER = ("autoFilter", "sortState", "tableColumns", "tableStyleInfo", "extLst")
_FLAGS = {
    "first_column": "showFirstColumn",
    "last_column": "showLastColumn",
    "banded": "showRowStripes",
    "column_stripes": "showColumnStripes",
}
_SORTED = re.compile(r'(<(?:sortState|sortCondition)\b[^>]*?\bref=")([^"]+)(")')
_LINES_OF_FILTER = re.compile(r'<filterColumn\b[^>]*\bcolId="(\d+)"')


def _with_root(text: str, changes: Mapping[str, str | None]) -> str:
    outer = root(text)
    tag = with_attributes(start_tag(text, outer), changes)
    return text[: outer.start] + tag + text[outer.inner :]


def _put(text: str, name: str, new: str) -> str:
    return put(text, root(text), _ORDER, name, new)


def renamed(text: str, name: str) -> str:
    """Return the part of a table that is called something else."""
    return _with_root(text, {"name": name, "displayName": name})


def restyled(text: str, style: str, flags: Mapping[str, bool]) -> str:
    """Return the part with a table style.

    Args:
        text: the part.
        style: its name, "" for none.
        flags: which of "first_column", "last_column", "banded" and "column_stripes" show.
    """
    shown = {_FLAGS[name]: "1" if value else "0" for name, value in flags.items()}
    return _put(text, "tableStyleInfo", make("tableStyleInfo", {"name": style or None, **shown}))


def filter_in(text: str) -> str:
    """Return the filter of a table's part, "" where it has none."""
    found = child(text, root(text), "autoFilter")
    return "" if found is None else text[found.start : found.end]


def filtered(text: str, made: str) -> str:
    """Return the part with another filter."""
    return _put(text, "autoFilter", made)


def reshaped(text: str, area: Area, header: bool, totals: bool, autofilter: bool) -> str:
    """Return the part with another area.

    Args:
        text: the part.
        area: all cells, heading row and totals row included.
        header: the first row holds the headings.
        totals: the last row holds totals.
        autofilter: the headings have filter buttons.
    """
    given = attributes(_tag(text))
    was_area = parse_area(given["ref"])
    changes: dict[str, str | None] = {"ref": area.a1()}
    if header != (given.get("headerRowCount", "1") != "0"):
        changes["headerRowCount"] = None if header else "0"
    if totals != (given.get("totalsRowCount", "0") != "0"):
        changes["totalsRowCount"] = "1" if totals else None
        changes["totalsRowShown"] = None if totals else "0"
    text = _with_root(text, changes)
    old = child(text, root(text), "autoFilter")
    if not (autofilter and header):
        return _put(_put(text, "autoFilter", ""), "sortState", "")
    filtered = Area(area.top, area.left, area.bottom - totals, area.right)
    if old is None:
        return _put(text, "autoFilter", make("autoFilter", {"ref": filtered.a1()}))
    was = parse_area(attributes(start_tag(text, old))["ref"])
    if was == filtered:
        return text
    inner = text[old.inner : old.inner_end]
    if any(int(number) >= filtered.columns for number in _LINES_OF_FILTER.findall(inner)):
        raise CannotEdit("A column that the table is filtered by would go; clear the filter first.")
    text = replace(text, old, with_inner(text, old, inner, {"ref": filtered.a1()}))
    if (was_area.top, was_area.left, was_area.right) != (area.top, area.left, area.right):
        return _put(text, "sortState", "")
    return _sorted_down_to(text, was.bottom, filtered.bottom)


def _sorted_down_to(text: str, was: int, now: int) -> str:
    """Return the part whose order of rows, which ended in one row, ends in another."""

    def moved(match: re.Match[str]) -> str:
        area = parse_area(match[2])
        if area.bottom != was:
            return match[0]
        return f"{match[1]}{Area(area.top, area.left, now, area.right).a1()}{match[3]}"

    return _SORTED.sub(moved, text)


def with_headings(text: str, headings: Sequence[str], places: Sequence[int | None]) -> str:
    """Return the part with other columns.

    Args:
        text: the part.
        headings: of all columns that the table has then.
        places: for each, where it was, counted from 0; None for a new column.
    """
    outer = child(text, root(text), "tableColumns")
    assert outer is not None
    old = [text[e.start : e.end] for e in children(text, outer.inner, outer.inner_end)]
    number = max(int(attributes(_tag(column))["id"]) for column in old)
    made: list[str] = []
    for heading, place in zip(headings, places, strict=True):
        name = heading_in_file(heading)
        if place is None:
            number += 1
            made.append(make("tableColumn", {"id": number, "name": name}))
            continue
        tag = _tag(old[place])
        if attributes(tag).get("name") != name:
            made.append(with_attributes(tag, {"name": name}) + old[place][len(tag) :])
        else:
            made.append(old[place])
    new = with_inner(text, outer, "".join(made), {"count": str(len(made))})
    return replace(text, outer, new)


def totals_in(text: str) -> dict[int, str] | None:
    """Return what the totals row holds by place, None where none is shown."""
    if attributes(_tag(text)).get("totalsRowCount", "0") == "0":
        return None
    outer = child(text, root(text), "tableColumns")
    assert outer is not None
    columns = [
        attributes(start_tag(text, each)) for each in children(text, outer.inner, outer.inner_end)
    ]
    found = {}
    for place, given in enumerate(columns):
        function = given.get("totalsRowFunction", "none")
        what = given.get("totalsRowLabel", "") if function == "none" else function
        if what:
            found[place] = what
    return found


def with_totals(text: str, totals: Mapping[int, str] | None) -> str:
    """Return the part with another totals row.

    Args:
        text: the part.
        totals: by place of the column from 0, the name of a function or a label; None for none.
    """
    outer = child(text, root(text), "tableColumns")
    assert outer is not None
    made: list[str] = []
    for place, each in enumerate(children(text, outer.inner, outer.inner_end)):
        column = text[each.start : each.end]
        tag, what = _tag(column), (totals or {}).get(place)
        function = what if what in TOTALS_FUNCTIONS or what == "custom" else None
        label = None if function else what
        changes = {"totalsRowFunction": function, "totalsRowLabel": label}
        inner = column[len(tag) :]
        if function != "custom":
            inner = re.sub(r"<totalsRowFormula\b.*?</totalsRowFormula>", "", inner, flags=re.DOTALL)
        made.append(with_attributes(tag, changes) + inner)
    return replace(text, outer, with_inner(text, outer, "".join(made), {}))


def _tag(xml: str) -> str:
    return start_tag(xml, root(xml))
