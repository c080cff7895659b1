"""Column widths that fit what the cells show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.cells import BoolArray
from ar_xl.xlfile.columns import Block, CellKind, ColumnBlock, FormatClass
from ar_xl.xlfile.geometry import WIDTH_IN_FILE

if TYPE_CHECKING:
    from ar_xl.xlfile.sheets import Sheet

_WIDEST = 255.0
_AIR = 1.7  # characters of space on both sides together
_BOLD = 1.1  # bold letters are that much wider
_DECIMALS = re.compile(r"\.(0+)")


def fit_columns(sheet: Sheet, area: Area | None) -> None:
    """Make the columns of an area as wide as what its cells show; empty columns stay.

    Merged cells are left out, as in Excel.
    """
    used = sheet.state.cells.used()
    area = used.meet(area) if used and area else None
    if area is None:
        return
    block = sheet.state.cells.block(area)
    covered = [m.meet(area) for m in sheet.state.merges]
    for index, column in enumerate(block.columns):
        free = np.ones(area.rows, dtype=bool)
        for merged in covered:
            if merged and merged.left <= area.left + index <= merged.right:
                free[merged.top - area.top : merged.bottom - area.top + 1] = False
        width = _shown_width(sheet, block, column, free)
        if width > 0:
            set_width(sheet, area.left + index, area.left + index, min(width + _AIR, _WIDEST))


def set_width(sheet: Sheet, first: int, last: int, width: float) -> None:
    """Set the width of columns, in characters."""
    in_file = width + WIDTH_IN_FILE if width else 0.0
    sheet.contents.edit.set_column(sheet.name, first, width=in_file, last=last)
    sheet.state.widths.update(dict.fromkeys(range(first, last + 1), width))


def _shown_width(sheet: Sheet, block: Block, column: ColumnBlock, free: BoolArray) -> float:
    widest = 0.0
    for style in np.unique(column.style[free]):
        chosen = free & (column.style == style)
        spec = sheet.contents.styles.spec(max(int(style), 0))
        length = _longest(block, column, chosen, spec.number_format or "General", int(style))
        scale = (spec.size or 11.0) / 11.0 * (_BOLD if spec.bold else 1.0)
        widest = max(widest, length * scale)
    return widest


def _longest(
    block: Block,
    column: ColumnBlock,
    chosen: BoolArray,
    shown_as: str,
    style: int,
) -> int:
    texts = column.text[chosen & (column.text >= 0)]
    longest = 0
    for text in block.pool[np.unique(texts)]:
        longest = max(longest, *(len(line) for line in (text.splitlines() or [""])))
    numbers = column.number[chosen & (column.kind == CellKind.NUMBER)]
    if not len(numbers):
        return longest
    known = 0 <= style < len(block.formats)
    shown = block.formats[style] if known else FormatClass.GENERAL
    if shown == FormatClass.DATE:
        return max(longest, len(shown_as.split(";")[0].replace("\\", "").replace('"', "")), 10)
    if shown == FormatClass.GENERAL:
        return max(longest, *(len(f"{x:.10g}") for x in (numbers.min(), numbers.max())))
    match = _DECIMALS.search(shown_as)
    decimals = len(match[1]) if match else 0
    scale = 100 if "%" in shown_as else 1
    comma = "," if "," in shown_as else ""
    ends = (float(numbers.min()) * scale, float(numbers.max()) * scale)
    widths = [len(f"{end:{comma}.{decimals}f}") for end in ends]
    return max(longest, *widths) + ("%" in shown_as) + ("(" in shown_as or "$" in shown_as)
