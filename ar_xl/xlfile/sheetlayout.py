"""Rows and columns of a sheet hidden, grouped and fitted, and cells merged and parted again."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW, Area
from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.elements import attributes, child, make, start_tag, whole_number, with_attributes
from ar_xl.xlfile.geometry import column_level, column_width, row_level, standard_height
from ar_xl.xlfile.sheetframe import put_child, whole_head
from ar_xl.xlfile.sheettail import unmerged

if TYPE_CHECKING:
    from ar_xl.xlfile.sheets import Sheet

_MOST_LEVELS = 7
_STANDARD_SIZE = 11.0
_TALLEST = 409.5


def used_rows(sheet: Sheet, area: Area) -> range:
    """Return the rows of an area, of whole columns only those that are used."""
    if area.bottom < MAX_ROW:
        return range(area.top, area.bottom + 1)
    used = sheet.state.cells.used()
    return range(area.top, (used.bottom if used else area.top) + 1)


def hide_rows(sheet: Sheet, area: Area, hidden: bool) -> None:
    """Hide or show the rows of an area."""
    for row in used_rows(sheet, area):
        sheet.contents.edit.set_row(sheet.name, row, hidden=hidden)
        sheet.state.hidden_rows[row] = hidden


def hide_columns(sheet: Sheet, area: Area, hidden: bool) -> None:
    """Hide or show the columns of an area."""
    sheet.contents.edit.set_column(sheet.name, area.left, hidden=hidden, last=area.right)
    columns = range(area.left, area.right + 1)
    sheet.state.hidden_columns.update(dict.fromkeys(columns, hidden))


def regroup(sheet: Sheet, area: Area, by: str | None, step: int) -> None:
    """Put the rows or columns of an area a level deeper into the outline, or lift them one.

    Args:
        sheet: where.
        area: whose rows or columns.
        by: "rows" or "columns"; None takes whole rows for rows, else columns.
        step: 1 or -1.

    Raises:
        ValueError: Excel has no deeper level.
    """
    state, edit = sheet.state, sheet.contents.edit
    whole_rows = area.left == 1 and area.right == MAX_COLUMN
    if by == "rows" or (by is None and whole_rows):
        for row in used_rows(sheet, area):
            state.row_levels[row] = _level(row_level(state, row) + step)
            edit.set_row(sheet.name, row, level=state.row_levels[row])
        name, deepest = "outlineLevelRow", max(state.row_levels.values(), default=0)
    else:
        for column in range(area.left, area.right + 1):
            state.column_levels[column] = _level(column_level(state, column) + step)
            edit.set_column(sheet.name, column, level=state.column_levels[column])
        name, deepest = "outlineLevelCol", max(state.column_levels.values(), default=0)
    edit.change_head(sheet.name, partial(_with_depth, name=name, depth=deepest))


def _level(level: int) -> int:
    if level > _MOST_LEVELS:
        raise ValueError(f"Rows and columns can be grouped {_MOST_LEVELS} levels deep.")
    return max(level, 0)


def _with_depth(head: str, name: str, depth: int) -> str:
    """Return the head that says how deep its outline is, so that Excel makes room for it."""
    found = child(head, whole_head(head), "sheetFormatPr")
    if found is None:
        made = make("sheetFormatPr", {"defaultRowHeight": 15, name: depth})
        return put_child(head, whole_head(head), "sheetFormatPr", made)
    tag = start_tag(head, found)
    if whole_number(attributes(tag), name, 0) >= depth:
        return head
    return head[: found.start] + with_attributes(tag, {name: str(depth)}) + head[found.inner :]


def unmerge(sheet: Sheet, area: Area) -> None:
    """Part all merged cells that an area touches."""
    state = sheet.state
    if not any(merged.meet(area) for merged in state.merges):
        return
    sheet.contents.edit.change_tail(sheet.name, partial(unmerged, area=area))
    state.unmerged += [merged for merged in state.merges if merged.meet(area)]
    state.merged = [merged for merged in state.merged if not merged.meet(area)]


def fit_rows(sheet: Sheet, area: Area) -> None:
    """Make the rows of an area as high as what its cells show; merged cells are left out.

    What is broken into lines is told from the number of its letters, as there is no screen.
    """
    used = sheet.state.cells.used()
    filled = used.meet(Area(area.top, 1, area.bottom, MAX_COLUMN)) if used else None
    high = dict.fromkeys(used_rows(sheet, area), standard_height(sheet.state))
    if filled is not None:
        high.update(_heights(sheet, filled))
    for row, height in high.items():
        if row in sheet.state.heights or row in sheet.state.cells.rows or height != _plain(sheet):
            sheet.contents.edit.set_row(sheet.name, row, height=height, fitted=True)
            sheet.state.heights[row] = height


def _plain(sheet: Sheet) -> float:
    return standard_height(sheet.state)


def _heights(sheet: Sheet, area: Area) -> dict[int, float]:
    state, styles = sheet.state, sheet.contents.styles
    high = np.full(area.rows, _plain(sheet))
    block = state.cells.block(area)
    merged = [part for each in state.merges if (part := each.meet(area))]
    for index, column in enumerate(block.columns):
        free = np.ones(area.rows, dtype=bool)
        for part in merged:
            if part.left <= area.left + index <= part.right:
                free[part.top - area.top : part.bottom - area.top + 1] = False
        width = max(column_width(state, area.left + index), 1.0)
        for style in np.unique(column.style[free & (column.kind != CellKind.BLANK)]):
            chosen = free & (column.style == style) & (column.kind != CellKind.BLANK)
            spec = styles.spec(max(int(style), 0))
            scale = (spec.size or _STANDARD_SIZE) / _STANDARD_SIZE
            lines = np.ones(area.rows)
            if spec.wrap:
                for place in np.flatnonzero(chosen & (column.kind == CellKind.TEXT)):
                    text = str(block.pool[column.text[place]])
                    lines[place] = _lines(text, width / scale)
            line = max(_plain(sheet) * scale, _plain(sheet) if scale >= 1 else 0.0)
            high[chosen] = np.maximum(high[chosen], np.minimum(lines[chosen] * line, _TALLEST))
    return {area.top + place: round(float(height), 2) for place, height in enumerate(high)}


def _lines(text: str, width: float) -> int:
    """Return in how many lines a text breaks in a column of so many characters."""
    return sum(max(1, math.ceil(len(part) / width)) for part in text.split("\n"))
