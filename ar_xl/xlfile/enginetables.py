"""Excel tables of the file engine.

A table made since the workbook was opened can be changed freely until it is saved; one that the
file had can grow downwards, and nothing else of it changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from xlwings import base_classes

from ar_xl.xlfile.addresses import AddressError, Area, parse_area
from ar_xl.xlfile.appearance import change
from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.specs import StyleSpec
from ar_xl.xlfile.states import TableState
from ar_xl.xlfile.write_errors import CannotEdit

if TYPE_CHECKING:
    from ar_xl.xlfile.ranges import Range
    from ar_xl.xlfile.sheets import Sheet

_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*|\\\w*")
_LONGEST_NAME = 255
_FUNCTIONS = {
    "average": 101,
    "countNums": 102,
    "count": 103,
    "max": 104,
    "min": 105,
    "stdDev": 107,
    "sum": 109,
    "var": 110,
}


class Tables(base_classes.Tables, base_classes.Collection):
    """The tables of a sheet.

    Args:
        sheet: it.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Tables:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def parent(self) -> Sheet:
        """The sheet."""
        return self._sheet

    def _all(self) -> list[TableState]:
        return [t for t in self._sheet.contents.tables if t.sheet is self._sheet.state]

    def __call__(self, key: int | str) -> Table:
        """Return a table by name or number."""
        if isinstance(key, int):
            return Table(self._sheet, self._all()[key - 1])
        for table in self._all():
            if table.name.casefold() == key.casefold():
                return Table(self._sheet, table)
        raise KeyError(f"The sheet '{self._sheet.name}' has no table '{key}'.")

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Table]:
        for table in self._all():
            yield Table(self._sheet, table)

    def __contains__(self, key: object) -> bool:
        return any(table.name.casefold() == str(key).casefold() for table in self._all())

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: bool | None = None,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        """Make a table of cells whose first row holds the headings.

        As in Excel, an empty heading becomes "Column" and a number, one that is there twice gets
        a number, and all become text.
        """
        if has_headers is False:
            raise NotImplementedError("A table needs its headings in the first row.")
        area = source.impl.area
        if area.rows == 1:
            area = Area(area.top, area.left, area.top + 1, area.right)
        contents = self._sheet.contents
        for other in self._all():
            if other.area.meet(area):
                raise CannotEdit(f"The cells {area.a1()} belong to the table {other.name}.")
        made = name or self._free_name()
        check_name(self._sheet, made)
        headings = self._headings(area)
        state = TableState(
            sheet=self._sheet.state,
            name=made,
            area=area,
            headings=headings,
            new=True,
            style=table_style_name or "",
        )
        contents.tables.append(state)
        return Table(self._sheet, state)

    def _free_name(self) -> str:
        number = len(self._sheet.contents.tables) + 1
        while self._sheet.contents.table(f"Table{number}"):
            number += 1
        return f"Table{number}"

    def _headings(self, area: Area) -> list[str]:
        row = Area(area.top, area.left, area.top, area.right)
        block = self._sheet.state.cells.block(row)
        given: list[str] = []
        for column in block.columns:
            if column.kind[0] in (CellKind.TEXT, CellKind.ERROR):
                given.append(str(block.pool[column.text[0]]))
            elif column.kind[0] == CellKind.NUMBER:
                given.append(f"{column.number[0]:.15g}")
            elif column.kind[0] == CellKind.BOOL:
                given.append("TRUE" if column.number[0] else "FALSE")
            else:
                given.append("")
        headings = unique_headings(given)
        kinds = {int(column.kind[0]) for column in block.columns}
        if headings != given or kinds != {CellKind.TEXT}:
            texts = [np.array([heading], dtype=object) for heading in headings]
            self._sheet.contents.write_columns(self._sheet.state, area.top, area.left, texts)
        return headings


def unique_headings(given: Sequence[str]) -> list[str]:
    """Return headings as Excel makes them of the texts of cells: none empty, none twice."""
    taken: set[str] = set()
    made: list[str] = []
    for index, heading in enumerate(given, start=1):
        base, number = heading or f"Column{index}", 2
        name = base
        while name.casefold() in taken:
            name, number = f"{base}{number}", number + 1
        taken.add(name.casefold())
        made.append(name)
    return made


def check_name(sheet: Sheet, name: str) -> None:
    """Refuse a name that a table cannot have, or that is taken in the workbook."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise ValueError(f"A table cannot be called '{name}': letters, digits and _ only.")
    try:
        parse_area(name)
    except AddressError:
        pass
    else:
        raise ValueError(f"A table cannot be called '{name}': cells are called that.")
    names = [defined.name for defined, _ in sheet.contents.names]
    names += [table.name for table in sheet.contents.tables]
    if name.casefold() in (other.casefold() for other in names):
        raise ValueError(f"The workbook already has a table or name '{name}'.")


class Table(base_classes.Table):
    """A table. It is its own `api`, with what xlwings lacks.

    Args:
        sheet: where it stands.
        state: what it is now.
    """

    def __init__(self, sheet: Sheet, state: TableState) -> None:
        self._sheet = sheet
        self.state = state

    @property
    def api(self) -> Table:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def parent(self) -> Sheet:
        """The sheet it stands on."""
        return self._sheet

    def _range(self, area: Area | None) -> Range | None:
        from ar_xl.xlfile.ranges import Range

        return Range(self._sheet, area) if area else None

    def _must_be_new(self, what: str) -> None:
        if not self.state.new:
            raise NotImplementedError(f"{what} of a saved table can be changed in Excel only.")

    @property
    def name(self) -> str:
        """What formulas call it."""
        return self.state.name

    @name.setter
    def name(self, value: str) -> None:
        self._must_be_new("The name")
        if value.casefold() != self.state.name.casefold():
            check_name(self._sheet, value)
        self.state.name = value

    @property
    def display_name(self) -> str:
        """What formulas call it."""
        return self.state.name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def range(self) -> Range | None:
        """All its cells."""
        return self._range(self.state.area)

    @property
    def data_body_range(self) -> Range | None:
        """Its rows without heading and totals."""
        return self._range(self.state.body)

    @property
    def header_row_range(self) -> Range | None:
        """Its headings."""
        area = self.state.area
        return self._range(
            Area(area.top, area.left, area.top, area.right) if self.state.header else None
        )

    @property
    def totals_row_range(self) -> Range | None:
        """Its totals, None where it shows none."""
        area = self.state.area
        shown = self.state.totals is not None
        return self._range(Area(area.bottom, area.left, area.bottom, area.right) if shown else None)

    @property
    def insert_row_range(self) -> Range | None:
        """Its first row while it holds nothing, else None."""
        body = self.state.body
        if body is None or body.rows > 1:
            return None
        block = self._sheet.state.cells.block(body)
        return (
            None
            if any(c.kind.any() or c.formula.any() for c in block.columns)
            else (self._range(body))
        )

    def resize(self, range: Any) -> None:
        """Give it other cells, beginning with the same heading row.

        Raises:
            CannotEdit: it was in the file, and would not just grow downwards; or it has totals.
        """
        area, old = range.impl.area, self.state.area
        if area == old:
            return
        if (area.top, area.left) != (old.top, old.left) or area.rows < 2:
            raise CannotEdit(f"The table {self.name} must go on beginning in {old.a1()[:9]}.")
        if self.state.totals is not None:
            raise CannotEdit(
                f"The table {self.name} has a totals row. Hide it, and run the command again."
            )
        if not self.state.new:
            if area.columns != old.columns or area.rows < old.rows:
                raise CannotEdit(f"The table {self.name} can only grow downwards.")
            self._sheet.contents.grow_table(self.state, area)
        elif area.columns != old.columns:
            headings = Tables(self._sheet)._headings(area)
            self.state.headings = headings
        self.state.area = area

    @property
    def show_headers(self) -> bool:
        """Whether it has a heading row."""
        return self.state.header

    @property
    def show_autofilter(self) -> bool:
        """Whether its headings have filter buttons."""
        return self.state.autofilter

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        if bool(value) != self.state.autofilter:
            self._must_be_new("The filter buttons")
            self.state.autofilter = bool(value)

    @property
    def show_table_style_row_stripes(self) -> bool:
        """Whether every other row is shaded."""
        return self.state.banded

    @show_table_style_row_stripes.setter
    def show_table_style_row_stripes(self, value: bool) -> None:
        if bool(value) != self.state.banded:
            self._must_be_new("The stripes")
            self.state.banded = bool(value)

    @property
    def table_style(self) -> str:
        """The name of its style, "" for none."""
        return self.state.style

    @table_style.setter
    def table_style(self, value: str) -> None:
        if value != self.state.style:
            self._must_be_new("The style")
            self.state.style = value

    @property
    def show_totals(self) -> bool:
        """Whether it has a totals row."""
        return self.state.totals is not None

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        if bool(value) == self.show_totals:
            return
        self._must_be_new("The totals row")
        area = self.state.area
        if value:
            self.set_totals({self.state.headings[0]: ("label", "Total")})
            return
        self.totals_row_range.clear()  # type: ignore[union-attr]  # it shows one
        self.state.totals = None
        self.state.area = Area(area.top, area.left, area.bottom - 1, area.right)

    def set_totals(self, totals: Mapping[str, tuple[str, str | float]]) -> None:
        """Give a new table a totals row.

        Args:
            totals: by heading ("label", text), or the name of a function ("sum", "count", ...)
                and the result of it, which the formula in the cell carries until Excel calculates.

        Raises:
            CannotEdit: there is something in the row below the table.
            KeyError: the table has no such heading.
        """
        self._must_be_new("The totals row")
        state, sheet = self.state, self._sheet
        area = state.area
        if state.totals is None:
            area = Area(area.top, area.left, area.bottom + 1, area.right)
            below = Area(area.bottom, area.left, area.bottom, area.right)
            block = sheet.state.cells.block(below)
            if any(c.kind.any() or c.formula.any() for c in block.columns):
                raise CannotEdit(f"The row below the table {self.name} is not empty.")
        written: dict[str, str] = dict(state.totals or {})
        for heading, (what, shown) in totals.items():
            column = area.left + state.headings.index(heading)
            if what == "label":
                text = np.array([str(shown)], dtype=object)
                sheet.contents.write_columns(sheet.state, area.bottom, column, [text])
                written[heading] = str(shown)
                continue
            formula = f"=SUBTOTAL({_FUNCTIONS[what]},{self.name}[{_escaped(heading)}])"
            sheet.put_formula(area.bottom, column, formula, shown)
            written[heading] = what
            self._show_as_above(area.bottom, column)
        state.area, state.totals = area, written

    def _show_as_above(self, row: int, column: int) -> None:
        """Give a total the number format of the amounts above it, where it has none."""
        sheet, styles = self._sheet, self._sheet.contents.styles
        above, total = sheet.state.cells.styles(Area(row - 1, column, row, column))[:, 0].tolist()
        shown = styles.number_format(above)
        if styles.number_format(total) == "General" != shown:
            change(sheet, Area(row, column, row, column), StyleSpec(number_format=shown))


def _escaped(heading: str) -> str:
    """Return a heading as it stands within the brackets of a structured reference."""
    return re.sub(r"([\[\]#'])", r"'\1", heading)
