"""Excel tables of the file engine.

A table made since the workbook was opened is kept aside until it is saved; of one that the file had
the part is changed at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.enginetable import Table
from ar_xl.xlfile.states import TableState
from ar_xl.xlfile.tablenames import check_name
from ar_xl.xlfile.tablestate import make_headings
from ar_xl.xlfile.write_errors import CannotEdit

if TYPE_CHECKING:
    from ar_xl.xlfile.sheets import Sheet


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
        headings = make_headings(contents, self._sheet.state, area)
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
