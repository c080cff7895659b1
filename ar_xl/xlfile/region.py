"""Where blocks of filled cells end, as Excel's Ctrl and arrow keys find out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW, Area
from ar_xl.xlfile.cells import Cells

_DIRECTIONS = {
    "down": "down",
    "d": "down",
    "up": "up",
    "u": "up",
    "right": "right",
    "r": "right",
    "left": "left",
    "l": "left",
}


def filled(cells: Cells, area: Area) -> npt.NDArray[np.bool_]:
    """Return which cells of an area hold a value or a formula, rows by columns."""
    block = cells.block(area)
    return np.column_stack([(c.kind != 0) | c.formula for c in block.columns])


def end(cells: Cells, area: Area, direction: str) -> Area:
    """Return the cell where Ctrl and an arrow key lead from the first cell of an area.

    Raises:
        KeyError: the direction is not down, up, right or left.
    """
    way = _DIRECTIONS[direction]
    row, column = area.top, area.left
    used = cells.used() or Area(1, 1, 1, 1)
    upright = way in ("down", "up")
    if upright:
        line = Area(1, column, max(used.bottom, row), column)
        hits = filled(cells, line)[:, 0]
        here, edge = row - 1, MAX_ROW - 1
    else:
        line = Area(row, 1, row, max(used.right, column))
        hits = filled(cells, line)[0]
        here, edge = column - 1, MAX_COLUMN - 1
    if way in ("down", "right"):
        place = _next_end(hits, here, edge)
    else:
        place = len(hits) - 1 - _next_end(hits[::-1], len(hits) - 1 - here, len(hits) - 1)
    if upright:
        return Area(place + 1, column, place + 1, column)
    return Area(row, place + 1, row, place + 1)


def _next_end(hits: npt.NDArray[np.bool_], here: int, edge: int) -> int:
    """Return the place where a jump forward from `here` ends; `edge` if nothing is ahead."""
    ahead = hits[here + 1 :]
    if not ahead.any():
        return edge
    if hits[here] and ahead[0]:
        stop = np.flatnonzero(~ahead)
        return here + int(stop[0] if len(stop) else len(ahead))
    return here + 1 + int(np.argmax(ahead))


def current_region(cells: Cells, area: Area) -> Area:
    """Return the block of cells around the first cell of an area, bounded by empty lines."""
    found = Area(area.top, area.left, area.top, area.left)
    used = cells.used()
    if used is None:
        return found
    bounds = used.join(found)
    grid = filled(cells, bounds)
    while True:
        wider = Area(
            max(found.top - 1, bounds.top),
            max(found.left - 1, bounds.left),
            min(found.bottom + 1, bounds.bottom),
            min(found.right + 1, bounds.right),
        )
        grown = found
        for line in _border(found, wider):
            part = grid[
                line.top - bounds.top : line.bottom - bounds.top + 1,
                line.left - bounds.left : line.right - bounds.left + 1,
            ]
            if part.any():
                grown = grown.join(_line_of(line, found))
        if grown == found:
            return found
        found = grown


def _border(inner: Area, outer: Area) -> list[Area]:
    """Return the lines, corners included, by which an area is larger than another."""
    lines = []
    if outer.top < inner.top:
        lines.append(Area(outer.top, outer.left, outer.top, outer.right))
    if outer.bottom > inner.bottom:
        lines.append(Area(outer.bottom, outer.left, outer.bottom, outer.right))
    if outer.left < inner.left:
        lines.append(Area(outer.top, outer.left, outer.bottom, outer.left))
    if outer.right > inner.right:
        lines.append(Area(outer.top, outer.right, outer.bottom, outer.right))
    return lines


def _line_of(line: Area, inner: Area) -> Area:
    """Return the line cut to the inner area's breadth, so that only that side grows."""
    if line.top == line.bottom and not inner.top <= line.top <= inner.bottom:
        return Area(line.top, inner.left, line.bottom, inner.right)
    return Area(inner.top, line.left, inner.bottom, line.right)
