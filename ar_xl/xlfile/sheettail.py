"""What stands behind the cells of a sheet: lists of merged cells, validations, links and so on.

Every function takes the text from `</sheetData>` to the end of the part and returns it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ar_xl.xlfile.addresses import AddressError, Area, parse_area
from ar_xl.xlfile.elements import (
    Element,
    area_in_file,
    attributes,
    child,
    children,
    replace,
    start_tag,
    with_attributes,
    with_inner,
)
from ar_xl.xlfile.sheetframe import put_child, whole_tail


def items(tail: str, outer: str) -> list[str]:
    """Return the items of a list such as "mergeCells", none where there is no such list."""
    found = child(tail, whole_tail(tail), outer)
    if found is None:
        return []
    inside = children(tail, found.inner, found.inner_end)
    return [tail[each.start : each.end] for each in inside]


def with_items(tail: str, outer: str, wanted: list[str]) -> str:
    """Return the tail with other items in a list, which goes when it is left with none."""
    found = child(tail, whole_tail(tail), outer)
    if found is None:
        if not wanted:
            return tail
        count = "" if outer == "hyperlinks" else f' count="{len(wanted)}"'
        made = f"<{outer}{count}>{''.join(wanted)}</{outer}>"
        return put_child(tail, whole_tail(tail), outer, made)
    if not wanted:
        return tail[: found.start] + tail[found.end :]
    counted = attributes(start_tag(tail, found)).get("count") is not None
    changes: dict[str, str | None] = {"count": str(len(wanted))} if counted else {}
    return replace(tail, found, with_inner(tail, found, "".join(wanted), changes))


def own_children(tail: str, name: str) -> list[Element]:
    """Return the worksheet's own children of a name, in order."""
    end = whole_tail(tail).inner_end
    return [each for each in children(tail, 0, end) if each.name == name]


def unmerged(tail: str, area: Area) -> str:
    """Return the tail without the merged cells that an area touches."""
    kept = [
        item
        for item in items(tail, "mergeCells")
        if not area_in_file(attributes(item).get("ref", "")).meet(area)
    ]
    return with_items(tail, "mergeCells", kept)


def areas_of(sqref: str) -> list[Area]:
    """Return the areas that a list of references names; those that are none are left out."""
    found: list[Area] = []
    for ref in sqref.split():
        try:
            found.append(parse_area(ref))
        except AddressError:
            continue
    return found


def sqref_of(areas: list[Area]) -> str:
    """Return a list of references."""
    return " ".join(area.a1() for area in areas)


def without(areas: list[Area], gone: Area) -> list[Area]:
    """Return areas with the cells of another one cut out of them."""
    left: list[Area] = []
    for area in areas:
        both = area.meet(gone)
        left += [area] if both is None else list(_around(area, both))
    return left


def _around(area: Area, hole: Area) -> Iterator[Area]:
    """Yield the parts of an area that a hole in it leaves."""
    if hole.top > area.top:
        yield Area(area.top, area.left, hole.top - 1, area.right)
    if hole.left > area.left:
        yield Area(hole.top, area.left, hole.bottom, hole.left - 1)
    if hole.right < area.right:
        yield Area(hole.top, hole.right + 1, hole.bottom, area.right)
    if hole.bottom < area.bottom:
        yield Area(hole.bottom + 1, area.left, area.bottom, area.right)


def freed(item: str, gone: Area) -> str:
    """Return an item with a `sqref` that leaves out some cells; "" where it is left with none."""
    areas = areas_of(attributes(_tag(item)).get("sqref", ""))
    if not any(area.meet(gone) for area in areas):
        return item
    left = without(areas, gone)
    if not left:
        return ""
    tag = _tag(item)
    return with_attributes(tag, {"sqref": sqref_of(left)}) + item[len(tag) :]


def _tag(item: str) -> str:
    return item[: item.index(">") + 1]


def changed_items(outer: str, change: Callable[[list[str]], list[str]]) -> Callable[[str], str]:
    """Return what changes the items of a list in a tail."""

    def changed(tail: str) -> str:
        return with_items(tail, outer, change(items(tail, outer)))

    return changed
