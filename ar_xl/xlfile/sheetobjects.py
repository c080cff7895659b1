"""What lies on a sheet besides its cells: drawings, notes, rules, links, controls, pivot tables."""

from __future__ import annotations

import re
from collections import Counter

from ar_xl.xlfile.draft import Draft
from ar_xl.xlfile.elements import child, children
from ar_xl.xlfile.sheetframe import whole_tail

_ANCHOR = re.compile(r"<(?:\w+:)?(?:oneCell|twoCell|absolute)Anchor\b")
_LISTS = (
    "mergeCells", "dataValidations", "hyperlinks", "protectedRanges", "scenarios", "rowBreaks",
    "colBreaks", "cellWatches", "customProperties",
)  # fmt: skip
_SINGLE = ("conditionalFormatting", "sheetProtection", "picture", "oleObjects", "controls", "ext")
# What Excel writes by itself, or what is counted otherwise.
_USUAL_PARTS = frozenset(("table", "drawing", "vmlDrawing", "printerSettings", "hyperlink"))


def objects_of(draft: Draft, part: str, tail: str) -> Counter[str]:
    """Count what lies on a sheet of the file, by the names that the file has for it.

    Args:
        draft: the parts of the workbook.
        part: of the sheet.
        tail: what stands behind its cells, in plain form.
    """
    found: Counter[str] = Counter()
    for rel in draft.rels(part):
        kind, target = rel[1], rel[2]
        if kind == "drawing" and draft.has(target):
            found["drawn"] += len(_ANCHOR.findall(draft.raw_text(target)))
        elif kind not in _USUAL_PARTS:
            found[kind] += 1
    outer = whole_tail(tail)
    for each in children(tail, outer.inner, outer.inner_end):
        if each.name in _SINGLE or ":" in each.name:
            found[each.name] += 1
        elif each.name in _LISTS:
            found[each.name] += sum(1 for _ in children(tail, each.inner, each.inner_end))
    extensions = child(tail, outer, "extLst")
    if extensions is not None:
        found["ext"] += sum(1 for _ in children(tail, extensions.inner, extensions.inner_end))
    return found
