"""What is found in a range: texts, and cells of one kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.cellgrid import lift, shown_text
from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.entering import enter_values
from ar_xl.xlfile.geometry import row_hidden
from ar_xl.xlfile.rangelook import RangeLook

if TYPE_CHECKING:
    from ar_xl.xlfile.ranges import Range

_KINDS = {
    "numbers": CellKind.NUMBER,
    "text": CellKind.TEXT,
    "logical": CellKind.BOOL,
    "errors": CellKind.ERROR,
}


class RangeSearch(RangeLook):
    """A rectangle of cells, as far as something is looked for in it."""

    def part(self, area: Area) -> Range:
        """Return cells of the same sheet."""
        from ar_xl.xlfile.ranges import Range

        return Range(self.sheet, area)

    def used_part(self) -> Area | None:
        """Return the cells of it that are used, None where none is."""
        used = self.sheet.state.cells.used()
        return used.meet(self.area) if used and self._area else None

    def find(
        self, text: str, whole: bool, direction: str, order: str, match_case: bool
    ) -> Range | None:
        """Return the first cell that shows a text, None where there is none.

        Args:
            text: `*` stands for any letters, `?` for one, `~` before them for themselves.
            whole: it is all that the cell shows.
            direction: "forward" or "backward".
            order: "rows" or "columns".
            match_case: capital letters count.
        """
        matches = _wanted(text, whole, match_case)
        found = [
            (row, column) for row, column, value in self._filled() if matches(shown_text(value))
        ]
        if not found:
            return None
        found.sort(key=lambda place: place if order == "rows" else place[::-1])
        row, column = found[0] if direction == "forward" else found[-1]
        return self.part(Area(row, column, row, column))

    def _filled(self) -> Iterator[tuple[int, int, Any]]:
        """Yield row, column and value of every cell that holds something known."""
        area = self.used_part()
        if area is None:
            return
        grid = lift(self.sheet, area)
        for index, column in enumerate(grid.columns):
            for place in np.flatnonzero(column.kind != CellKind.BLANK).tolist():
                yield area.top + place, area.left + index, grid.value(place, index)

    def replace_all(self, old: str, new: str, whole: bool, match_case: bool) -> None:
        """Replace a text in all cells, in formulas too; what comes out is entered anew.

        Args:
            old: as in `find`.
            new: instead of it.
            whole: only where it is all that the cell holds.
            match_case: capital letters count.
        """
        area = self.used_part()
        if area is None:
            return
        pattern = _pattern(old, match_case)
        grid = lift(self.sheet, area)
        for index, column in enumerate(grid.columns):
            held = {place: column.formulas.get(place) for place in range(grid.rows)}
            for place, formula in held.items():
                before = formula or shown_text(grid.value(place, index))
                if whole:
                    after = new if pattern.fullmatch(before) else before
                else:
                    after = pattern.sub(lambda _: new, before)
                if after != before:
                    row, at = area.top + place, area.left + index
                    enter_values(self.sheet, Area(row, at, row, at), after)

    def get_special_cells(self, cell_type: str, value_type: str | None) -> list[Range]:
        """Return the rectangles of cells of one kind, column by column.

        Args:
            cell_type: "blanks", "constants", "formulas" or "visible".
            value_type: "numbers", "text", "logical" or "errors"; None for all.
        """
        area = self.used_part()
        if area is None:
            return []
        grid = lift(self.sheet, area)
        wanted = np.zeros(grid.styles.shape, dtype=bool)
        for index, column in enumerate(grid.columns):
            formula = np.zeros(grid.rows, dtype=bool)
            formula[list(column.formulas)] = True
            filled = formula | (column.kind != CellKind.BLANK)
            if cell_type == "visible":
                shown = [not row_hidden(self.sheet.state, area.top + n) for n in range(grid.rows)]
                wanted[:, index] = shown
            elif cell_type == "blanks":
                wanted[:, index] = ~filled
            else:
                wanted[:, index] = formula if cell_type == "formulas" else filled & ~formula
            if value_type is not None:
                wanted[:, index] &= column.kind == _KINDS[value_type]
        return [self.part(each) for each in _rectangles(wanted, area)]


def _pattern(text: str, match_case: bool) -> re.Pattern[str]:
    """Return what finds a text with Excel's wildcards."""
    parts = re.split(r"(~[*?~]|[*?])", text)
    made = {"*": ".*", "?": "."}
    source = "".join(made.get(part) or re.escape(_plain(part)) for part in parts)
    return re.compile(source, re.DOTALL | (0 if match_case else re.IGNORECASE))


def _plain(part: str) -> str:
    return part[1] if len(part) == 2 and part[0] == "~" else part


def _wanted(text: str, whole: bool, match_case: bool) -> Callable[[str], bool]:
    pattern = _pattern(text, match_case)
    if whole:
        return lambda shown: pattern.fullmatch(shown) is not None
    return lambda shown: pattern.search(shown) is not None


def _rectangles(wanted: np.ndarray[Any, np.dtype[np.bool_]], area: Area) -> list[Area]:
    """Return areas that together are the cells that are wanted, none of them twice."""
    done: list[Area] = []
    growing: dict[tuple[int, int], Area] = {}
    for line, row in enumerate(wanted):
        edges = np.flatnonzero(np.diff(np.concatenate(([False], row, [False])).astype(np.int8)))
        runs = {(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)}
        done += [growing.pop(run) for run in list(growing) if run not in runs]
        for first, stop in sorted(runs):
            here = Area(area.top + line, area.left + first, area.top + line, area.left + stop - 1)
            before = growing.get((first, stop))
            growing[first, stop] = before.join(here) if before else here
    return sorted([*done, *growing.values()], key=lambda each: (each.top, each.left))
