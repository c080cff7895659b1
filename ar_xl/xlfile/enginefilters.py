"""Filters of tables and ranges: criteria of columns, and rows hidden that do not pass.

As Excel keeps them: a table's filter in its part, a range's in its sheet with a hidden name that
says where it stands. A sheet has one filter besides those of its tables.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from xlwings import base_classes

from ar_xl.xlfile.addresses import MAX_ROW, WHOLE_SHEET, Area, quote_sheet
from ar_xl.xlfile.cells import Patch, Written
from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.elements import area_in_file, attributes, child, start_tag, with_attributes
from ar_xl.xlfile.filtermatch import FilterColumn, of_comparison, of_values
from ar_xl.xlfile.filterxml import Criterion, bare, criteria, snapshot, with_criterion
from ar_xl.xlfile.package import DefinedName
from ar_xl.xlfile.region import current_region
from ar_xl.xlfile.sheetframe import put_child, whole_head, whole_tail
from ar_xl.xlfile.states import TableState
from ar_xl.xlfile.tableshape import filter_in, filtered
from ar_xl.xlfile.tablestate import change_part, finish_table
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.writes import CLOCK

if TYPE_CHECKING:
    from ar_xl.xlfile.ranges import Range
    from ar_xl.xlfile.sheets import Sheet

BoolArray = npt.NDArray[np.bool_]

_PLACE = "_xlnm._FilterDatabase"
_BY_SHOWN = ("SUBTOTAL(", "AGGREGATE(")  # what leaves hidden rows out


class TableFilter:
    """Where the filter of a table is kept.

    Args:
        sheet: where the table stands.
        table: it.
    """

    def __init__(self, sheet: Sheet, table: TableState) -> None:
        self.sheet = sheet
        self._table = table
        whole = table.area
        bottom = whole.bottom - (table.totals is not None)
        self.area = Area(whole.top, whole.left, bottom, whole.right)

    def xml(self) -> str:
        """Return the filter, "" where there is none."""
        new = self._table.new
        return "" if new else filter_in(self.sheet.contents.edit.table_text(self._table.name))

    def check(self) -> None:
        """Refuse a table that cannot be filtered."""
        if not self._table.header:
            raise CannotEdit(
                f"The table {self._table.name} has no heading row to filter by. Show it first."
            )

    def put(self, xml: str) -> None:
        """Keep another filter, whose buttons are shown."""
        if self._table.new:
            finish_table(self.sheet.contents, self._table)
        self._table.autofilter = True
        change_part(self.sheet.contents, self._table, partial(filtered, made=xml))


class SheetFilter:
    """Where the filter of a range is kept.

    Args:
        sheet: where it stands.
        area: headings and rows.
    """

    def __init__(self, sheet: Sheet, area: Area) -> None:
        self.sheet = sheet
        self.area = area

    @classmethod
    def of(cls, sheet: Sheet, area: Area) -> SheetFilter:
        """Return the filter that a sheet has; one of `area` where it has none."""
        there = cls(sheet, area)._there()
        return cls(sheet, _area_of(there) if there else area)

    def _there(self) -> str:
        tail = self.sheet.contents.edit.around(self.sheet.name)[1]
        found = child(tail, whole_tail(tail), "autoFilter")
        return "" if found is None else tail[found.start : found.end]

    def _other(self) -> Area | None:
        """Return where the sheet is filtered, if that is elsewhere."""
        xml = self._there()
        area = _area_of(xml) if xml else self.area
        return None if area == self.area else area

    def xml(self) -> str:
        """Return the filter of exactly these cells, "" where there is none."""
        return "" if self._other() else self._there()

    def check(self) -> None:
        """Refuse cells that cannot be filtered, or would take the place of what must stay."""
        if self.area.rows < 2:
            raise CannotEdit("A filter needs a heading row and a row below it.")
        other = self._other()
        kinds = [criterion.kind for criterion in criteria(self._there()).values()]
        if other is not None and "unknown" in kinds:
            raise CannotEdit(
                f"The sheet '{self.sheet.name}' is filtered at {other.a1()} in a way that only "
                "Excel can apply. Clear that filter first; a sheet has only one."
            )

    def put(self, xml: str) -> None:
        """Keep another filter; one elsewhere on the sheet goes, and its rows are shown."""
        sheet, contents, other = self.sheet, self.sheet.contents, self._other()
        if other is not None and criteria(self._there()):
            show_rows(sheet, _body(other), np.ones(other.rows - 1, dtype=bool))
        contents.edit.change_tail(
            sheet.name, lambda tail: put_child(tail, whole_tail(tail), "autoFilter", xml)
        )
        mode = "1" if criteria(xml) else None
        contents.edit.change_head(sheet.name, partial(_with_mode, mode=mode))
        refers_to = f"{quote_sheet(sheet.name)}!{self.area.a1(True, True)}"
        contents.edit.set_name(_PLACE, refers_to, sheet.name, hidden=True)
        contents.names = [
            (name, owner)
            for name, owner in contents.names
            if owner is not sheet.state or name.name.casefold() != _PLACE.casefold()
        ]
        contents.names.append((DefinedName(_PLACE, refers_to, None, True), sheet.state))
        contents.name_times[_PLACE.casefold()] = CLOCK.tick()
        contents.changed = True


class AutoFilter(base_classes.AutoFilter):
    """A filter. Its fields are columns, counted from 1.

    Args:
        place: where it is kept.
    """

    def __init__(self, place: TableFilter | SheetFilter) -> None:
        self._place = place

    @property
    def api(self) -> AutoFilter:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def criteria(self) -> list[dict[str, Any]]:
        """What each column is filtered by, as xlwings says it; what it has no word for is unknown.

        Dates come as the numbers that the file holds.
        """
        found = criteria(self._place.xml())
        columns = range(self._place.area.columns)
        return [snapshot(place + 1, found.get(place)) for place in columns]

    async def get_criteria(self) -> list[dict[str, Any]]:
        """What each column is filtered by."""
        return self.criteria

    def apply_values(self, field: int, values: Sequence[str]) -> None:
        """Show the rows whose cell shows one of some values, capital or not.

        Args:
            field: the column.
            values: "" for empty cells.

        Raises:
            CannotEdit: it depends on how Excel would show formatted numbers or dates, or another
                column is filtered in a way that only Excel can apply.
            StaleFormula: a result that decides is not known.
        """
        self._apply(field, lambda column: of_values(column, values))

    def apply_comparison(self, field: int, operator: str, value1: Any, value2: Any) -> None:
        """Show the rows whose cell compares with a value, or with two, in some way.

        Args:
            field: the column.
            operator: "between", "equal_to" ...
            value1: text of a value, xlwings' form of a date, or None for an empty cell.
            value2: the upper bound.

        Raises:
            CannotEdit: as `apply_values`; or the order of texts is not known here.
            StaleFormula: a result that decides is not known.
        """
        self._apply(field, lambda column: of_comparison(column, operator, value1, value2))

    def apply_top_items(self, field: int, count: int) -> None:
        """Show the rows with the highest numbers, and those that equal the last of them."""
        self._apply_top(field, count, top=True, percent=False)

    def apply_bottom_items(self, field: int, count: int) -> None:
        """Show the rows with the lowest numbers, and those that equal the last of them."""
        self._apply_top(field, count, top=False, percent=False)

    def apply_top_percent(self, field: int, percent: float) -> None:
        """Show the rows with the highest numbers, so many of a hundred."""
        self._apply_top(field, percent, top=True, percent=True)

    def apply_bottom_percent(self, field: int, percent: float) -> None:
        """Show the rows with the lowest numbers, so many of a hundred."""
        self._apply_top(field, percent, top=False, percent=True)

    def _apply_top(self, field: int, count: float, top: bool, percent: bool) -> None:
        if count <= 0:
            raise CannotEdit("A filter shows more than 0 percent of the rows.")

        def made(column: FilterColumn) -> Criterion:
            wanted = Criterion("top", top=top, percent=percent, count=float(count))
            border = column.border(wanted)
            return Criterion("top", top=top, percent=percent, count=float(count), border=border)

        self._apply(field, made)

    def _apply(self, field: int, make: Callable[[FilterColumn], Criterion]) -> None:
        place = self._place
        place.check()
        column = FilterColumn(place.sheet, self._cells(field - 1))
        xml = with_criterion(place.xml() or bare(place.area), field - 1, make(column))
        self._go(xml)

    def clear(self, field: int | None) -> None:
        """Filter a column, or all, by nothing and show the rows that only it hid."""
        found = criteria(self._place.xml())
        gone = list(found) if field is None else [each for each in found if each == field - 1]
        if gone:
            xml = self._place.xml()
            for place in gone:
                xml = with_criterion(xml, place, None)
            self._go(xml)

    def _cells(self, place: int) -> Area:
        body = _body(self._place.area)
        return Area(body.top, body.left + place, body.bottom, body.left + place)

    def _go(self, xml: str) -> None:
        """Judge all rows, then keep the filter and hide those that do not pass."""
        shown = _judged(self._place, xml)
        _judged_beside(self._place, shown)
        self._place.put(xml)
        show_rows(self._place.sheet, _body(self._place.area), shown)


def filter_of(cells: Range) -> TableFilter | SheetFilter:
    """Return where the filter of some cells is kept.

    Args:
        cells: a table's, or others; one cell stands for the block around it.

    Raises:
        CannotEdit: they are more or less than a table.
    """
    sheet, area = cells.sheet, cells.area
    used = sheet.state.cells.used()
    if area.rows == area.columns == 1:
        area = current_region(sheet.state.cells, area)
    elif area.bottom == MAX_ROW and used is not None:
        area = Area(area.top, area.left, max(area.top, used.bottom), area.right)
    for table in sheet.contents.tables:
        if table.sheet is not sheet.state or not table.area.meet(area):
            continue
        found = TableFilter(sheet, table)
        if area in (table.area, found.area):
            return found
        raise CannotEdit(
            f"The cells {area.a1()} are not all of the table {table.name}. Filter the table itself."
        )
    return SheetFilter(sheet, area)


def _judged(place: TableFilter | SheetFilter, xml: str) -> BoolArray:
    """Return which rows pass all criteria of a filter."""
    body = _body(place.area)
    shown = np.ones(max(body.rows, 0), dtype=bool)
    for column, criterion in criteria(xml).items():
        left = body.left + column
        cells = Area(body.top, left, body.bottom, left)
        shown &= FilterColumn(place.sheet, cells).judged(criterion)
    return shown


def _judged_beside(place: TableFilter | SheetFilter, shown: BoolArray) -> None:
    """Leave out rows that another filter, which stands beside on the same rows, hides."""
    sheet, body = place.sheet, _body(place.area)
    others: list[TableFilter | SheetFilter] = [
        TableFilter(sheet, table) for table in sheet.contents.tables if table.sheet is sheet.state
    ]
    if isinstance(place, TableFilter):
        others.append(SheetFilter.of(sheet, place.area))
    for other in others:
        rows, xml = _body(other.area), other.xml()
        top, bottom = max(rows.top, body.top), min(rows.bottom, body.bottom)
        if other.area != place.area and top <= bottom and criteria(xml):
            found = _judged(other, xml)[top - rows.top : bottom - rows.top + 1]
            shown[top - body.top : bottom - body.top + 1] &= found


def show_rows(sheet: Sheet, body: Area, shown: BoolArray) -> None:
    """Show and hide rows; totals that leave hidden rows out are not known any more.

    Args:
        sheet: where.
        body: the rows.
        shown: one a row.
    """
    state = sheet.state
    hidden = {row: layout.hidden for row, layout in state.cells.rows.items()} | state.hidden_rows
    before = np.zeros(len(shown), dtype=bool)
    rows = [row - body.top for row, is_hidden in hidden.items() if is_hidden]
    before[[place for place in rows if 0 <= place < len(shown)]] = True
    changed = np.flatnonzero(before == shown)
    for row in (changed + body.top).tolist():
        now = bool(not shown[row - body.top])
        sheet.contents.edit.set_row(sheet.name, row, hidden=now)
        state.hidden_rows[row] = now
    if len(changed):
        sheet.contents.changed = True
        _forget_totals(sheet)


def _forget_totals(sheet: Sheet) -> None:
    unknown = np.array([CellKind.BLANK], dtype=np.uint8)
    for state in sheet.contents.sheets:
        for (row, column), formula in state.cells.formulas(WHOLE_SHEET).items():
            if any(name in formula.upper() for name in _BY_SHOWN):
                cell = Area(row, column, row, column)
                state.cells.put(Patch(cell, [Written(unknown, formulas={0: formula})]))


def _body(area: Area) -> Area:
    return Area(area.top + 1, area.left, area.bottom, area.right)


def _area_of(xml: str) -> Area:
    return area_in_file(attributes(xml[: xml.index(">") + 1]).get("ref", ""))


def _with_mode(head: str, mode: str | None) -> str:
    """Return what stands before the cells, saying whether rows are hidden by the sheet's filter."""
    found = child(head, whole_head(head), "sheetPr")
    if found is None:
        made = f'<sheetPr filterMode="{mode}"/>' if mode else ""
        return put_child(head, whole_head(head), "sheetPr", made) if mode else head
    tag = with_attributes(start_tag(head, found), {"filterMode": mode})
    return head[: found.start] + tag + head[found.inner :]
