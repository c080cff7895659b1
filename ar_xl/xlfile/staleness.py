"""Which results of formulas may no longer hold, as nothing here calculates.

A result holds until a cell is written that the formula depends on: directly, through a name, a
table or another sheet, or through other formulas. Where that cannot be told (a function that looks
up its cells itself, or one that is not Excel's), any write makes the result doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import MAX_ROW, WHOLE_SHEET, Area, quote_sheet
from ar_xl.xlfile.precedents import Everything, Reference, references
from ar_xl.xlfile.states import SheetState, TableState
from ar_xl.xlfile.writes import CLOCK, UNKNOWN

if TYPE_CHECKING:
    from ar_xl.xlfile.contents import Contents

_MOST_SINGLE = 2_000  # formulas of a sheet that are looked at one by one; else column by column
_DEEPEST_NAME = 8
_PART = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_ROW = re.compile(r"(?<![\w.$'\"\]])(\$?[A-Za-z]{1,3})\d{1,7}(?![\w.(\[!])")
_ESCAPE = re.compile(r"'(.)", re.DOTALL)


@dataclass(eq=False)
class Node:
    """A formula, or all formulas of a column of a large sheet.

    Args:
        sheet: it stands on.
        area: that holds it.
        time: when its result, or the oldest of them, was known; `UNKNOWN` if never.
        needs: what it depends on; None for anything at all.
        names_time: when a name that it uses was last changed.
    """

    sheet: SheetState
    area: Area
    time: int
    needs: list[tuple[SheetState, Area]] | None = field(default_factory=list)
    names_time: int = 0


class Freshness:
    """Tells which formulas of a workbook may have other results than those that are stored.

    Args:
        contents: the workbook; what is found holds until it is written to again.
    """

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._at = -1
        self._nodes: dict[SheetState, list[Node]] = {}
        self._bounds: dict[SheetState, npt.NDArray[np.int64]] = {}
        self._known: dict[Node, bool] = {}
        self._made: dict[SheetState, object] = {}

    def doubtful(
        self, sheet: SheetState, area: Area, column: int, formulas: npt.NDArray[np.bool_]
    ) -> npt.NDArray[np.bool_]:
        """Return which cells of a column hold a result that may no longer be true.

        Args:
            sheet: where.
            area: its rows count.
            column: number of the column.
            formulas: which of the cells hold a formula.
        """
        self._begin()
        strip = Area(area.top, column, area.bottom, column)
        found = np.zeros(area.rows, dtype=bool)
        wanted = list(self._meeting(sheet, strip))
        self._decide(wanted)
        for node in wanted:
            both = node.area.meet(strip)
            if both is not None and self._known[node]:
                found[both.top - area.top : both.bottom - area.top + 1] = True
        found &= formulas
        for spilled in sheet.cells.spills:
            both = spilled.meet(strip)
            if both is not None and self._stale_spill(sheet, spilled):
                found[both.top - area.top : both.bottom - area.top + 1] = True
        return found

    def _begin(self) -> None:
        """Forget what was found before the last write."""
        if self._at != CLOCK.now:
            self._at = CLOCK.now
            self._known = {}

    def out_of_date(self) -> str | None:
        """Return a cell whose result may no longer be true, as "Sheet1!A1"; None without any."""
        self._begin()
        for sheet in self._contents.sheets:
            nodes = list(self._meeting(sheet, WHOLE_SHEET))
            self._decide(nodes)
            for node in nodes:
                if self._known[node]:
                    first = Area(node.area.top, node.area.left, node.area.top, node.area.left)
                    return f"{quote_sheet(sheet.name)}!{first.a1()}"
        return None

    def _stale_spill(self, sheet: SheetState, spilled: Area) -> bool:
        """Tell whether an array formula, which stands in its first cell, is out of date."""
        first = Area(spilled.top, spilled.left, spilled.top, spilled.left)
        nodes = list(self._meeting(sheet, first))
        self._decide(nodes)
        return any(self._known[node] for node in nodes)

    def _decide(self, wanted: Sequence[Node]) -> None:
        """Find out of all formulas that some depend on which are out of date, and so make others.

        Steps go from formula to formula without recursion: chains may be as long as a sheet.
        """
        users: dict[Node, list[Node]] = {}
        waiting = [node for node in wanted if node not in self._known]
        seen = set(waiting)
        stale: list[Node] = []
        while waiting:
            node = waiting.pop()
            if self._directly(node):
                stale.append(node)
            for sheet, area in node.needs or ():
                for other in self._meeting(sheet, area):
                    if self._known.get(other):
                        stale.append(node)
                    elif other not in self._known:
                        users.setdefault(other, []).append(node)
                        if other not in seen:
                            seen.add(other)
                            waiting.append(other)
        self._known.update(dict.fromkeys(seen, False))
        while stale:
            node = stale.pop()
            if not self._known[node]:
                self._known[node] = True
                stale += users.get(node, ())
            else:
                self._known[node] = True

    def _directly(self, node: Node) -> bool:
        """Tell whether what a formula depends on was written after its result was known."""
        if node.time == UNKNOWN or node.names_time > node.time:
            return True
        if node.needs is None:
            times = [state.cells.writes.last() for state in self._contents.sheets]
            return max([*times, *self._contents.name_times.values()], default=0) > node.time
        return any(sheet.cells.writes.last(area) > node.time for sheet, area in node.needs)

    def _meeting(self, sheet: SheetState, area: Area) -> Iterator[Node]:
        """Yield the formulas that stand in an area."""
        nodes = self._of(sheet)
        if not nodes:
            return
        top, left, bottom, right = self._bounds[sheet]
        inside = (top <= area.bottom) & (bottom >= area.top)
        inside &= (left <= area.right) & (right >= area.left)
        for place in np.flatnonzero(inside).tolist():
            yield nodes[place]

    def _of(self, sheet: SheetState) -> list[Node]:
        """Return the formulas of a sheet; they are looked at anew when some may have changed."""
        contents = self._contents
        now = (
            sheet.cells.formula_state(_MOST_SINGLE),
            max(contents.name_times.values(), default=0),
            tuple(table.area for table in contents.tables),
        )
        if self._made.get(sheet) != now:
            nodes = self._make(sheet)
            self._made[sheet] = now
            self._nodes[sheet] = nodes
            edges = [(n.area.top, n.area.left, n.area.bottom, n.area.right) for n in nodes]
            self._bounds[sheet] = np.array(edges, dtype=np.int64).reshape(-1, 4).T
        return self._nodes[sheet]

    def _make(self, sheet: SheetState) -> list[Node]:
        formulas = sheet.cells.timed_formulas()
        if len(formulas) <= _MOST_SINGLE:
            nodes = []
            for (row, column), (text, time) in formulas.items():
                node = Node(sheet, Area(row, column, row, column), time)
                self._add(node, text, node.area, whole_columns=False)
                nodes.append(node)
            return nodes
        columns: dict[int, Node] = {}
        texts: dict[int, set[str]] = {}
        for (row, column), (text, time) in formulas.items():
            if column not in columns:
                columns[column] = Node(sheet, Area(row, column, row, column), time)
            node = columns[column]
            area = node.area
            if not area.top <= row <= area.bottom:
                top, bottom = min(area.top, row), max(area.bottom, row)
                node.area = Area(top, column, bottom, column)
            node.time = min(node.time, time)
            # Which row a cell without dollar sign stands in makes no difference here.
            texts.setdefault(column, set()).add(_ROW.sub(r"\g<1>1", text))
        for column, node in columns.items():
            for text in texts[column]:
                self._add(node, text, node.area, whole_columns=True)
            if node.needs is not None:
                node.needs = list(dict.fromkeys(node.needs))
        return list(columns.values())

    def _add(self, node: Node, text: str, at: Area, whole_columns: bool, depth: int = 0) -> None:
        """Add what a formula depends on to a node."""
        try:
            found = references(text)
        except Everything:
            node.needs = None
            return
        for reference in found:
            if node.needs is None:
                return
            areas = self._resolved(node, reference, at, whole_columns, depth)
            if areas is None:
                node.needs = None
            else:
                node.needs += areas

    def _resolved(
        self, node: Node, reference: Reference, at: Area, whole_columns: bool, depth: int
    ) -> list[tuple[SheetState, Area]] | None:
        """Return the cells that a reference stands for; None where it may be any."""
        contents = self._contents
        sheet = node.sheet
        if reference.sheet:
            try:
                sheet = contents.sheet(reference.sheet)
            except KeyError:
                return None
        if reference.area is not None:
            area = reference.area
            if whole_columns and not reference.fixed:
                area = Area(1, area.left, MAX_ROW, area.right)
            return [(sheet, area)]
        table = contents.table(reference.name)
        if table is not None:
            return [(table.sheet, _of_table(table, reference.item, at))]
        node.names_time = max(
            node.names_time, contents.name_times.get(reference.name.casefold(), 0)
        )
        for owner in (sheet, None):
            for name, of in contents.names:
                if of is owner and name.name.casefold() == reference.name.casefold():
                    if depth >= _DEEPEST_NAME:
                        return None
                    self._add(node, "=" + name.refers_to, at, whole_columns, depth + 1)
                    return []
        return None


def _of_table(table: TableState, item: str, at: Area) -> Area:
    """Return the cells that an item of a table stands for, or more.

    Args:
        table: it.
        item: within its outer brackets: "Amount", "[#This Row],[Amount]", "@Amount", "".
        at: where the formula stands, for "this row".
    """
    area = table.area
    parts = _PART.findall(item) or [item]
    headings = [heading.casefold() for heading in table.headings]
    named = [_ESCAPE.sub(r"\1", part.lstrip("@")).casefold() for part in parts]
    places = [headings.index(name) for name in named if name in headings]
    if places:
        area = Area(area.top, area.left + min(places), area.bottom, area.left + max(places))
    if "#this row" in named or item.startswith("@"):
        rows = area.meet(Area(at.top, area.left, at.bottom, area.right))
        return rows or area
    return area
