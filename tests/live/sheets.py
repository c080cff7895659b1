"""Sheets and workbooks of the Excel in memory."""

# ruff: noqa: N802, N803 - Excel's own names
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from copy import deepcopy
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ar_xl.xlfile.columns import FormatClass
from ar_xl.xlfile.formats import format_class
from tests.live.entry import EPOCH
from tests.live.grid import LAST_COLUMN, LAST_ROW, Area, Grid
from tests.live.ranges import Range, area_of
from tests.live.tables import ListObject, ListObjects
from tests.live.wire import Nothing, Thing, refused

if TYPE_CHECKING:
    from tests.live.excel import Application

_SUBTOTAL = re.compile(r"=SUBTOTAL\(109,(\w*)\[([^\]]+)\]\)$")
_EVERYTHING: Area = (1, 1, LAST_ROW, LAST_COLUMN)


class Worksheet(Thing):
    """One sheet."""

    def __init__(self, book: Workbook, name: str, grid: Grid | None = None) -> None:
        self.book, self._name, self.grid = book, name, grid or Grid()
        self.tables: list[ListObject] = []
        self.charts: list[Chart] = []
        self.selected: Area = (1, 1, 1, 1)
        self.print_area = self.title_rows = ""
        self.locked = False
        self.visible = -1

    @property
    def ProtectContents(self) -> bool:
        return self.locked

    @property
    def Name(self) -> str:
        return self._name

    @Name.setter
    def Name(self, name: str) -> None:
        if len(name) > 31 or name.casefold() in self.book.sheet_names(but=self):
            raise refused("That name is already taken or too long.")
        self._name = name

    @property
    def Parent(self) -> Workbook:
        return self.book

    @property
    def Application(self) -> Application:
        return self.book.app

    @property
    def Index(self) -> int:
        return self.book.all_sheets.index(self) + 1

    @property
    def Visible(self) -> int:
        return self.visible

    @property
    def Cells(self) -> Range:
        return Range(self, _EVERYTHING)

    def Range(self, first: Any, last: Any = None) -> Any:
        if isinstance(first, str) and last is None:
            if len(first) > 255:
                raise refused("Method 'Range' of object failed: the address is too long")
            return Range(self, *(area_of(part) for part in first.split(",")))
        ends = [area_of(end) if isinstance(end, str) else end.area for end in (first, last)]
        (top, left, *_), (*_, bottom, right) = ends
        return Range(self, (min(top, bottom), min(left, right), bottom, right))

    @property
    def UsedRange(self) -> Any:
        return Range(self, (1, 1, max(self.grid.last_row, 1), max(self.grid.last_column, 1)))

    @property
    def ListObjects(self) -> ListObjects:
        return ListObjects(self)

    def ChartObjects(self) -> ChartObjects:
        return ChartObjects(self)

    @property
    def Shapes(self) -> Any:
        return self.ChartObjects()  # nothing else is drawn here

    @property
    def Comments(self) -> Nothing:
        return Nothing()

    @property
    def Hyperlinks(self) -> Nothing:
        return Nothing()

    @property
    def PageSetup(self) -> PageSetup:
        return PageSetup(self)

    def Activate(self) -> None:
        if self.visible != -1:
            raise refused("Method 'Activate' of object '_Worksheet' failed")
        self.book.active = self
        self.book.app.active = self.book

    def Delete(self) -> None:
        if len(self.book.all_sheets) == 1:
            raise refused("A workbook must contain at least one visible worksheet.")
        if self.book.app.state["DisplayAlerts"]:
            raise AssertionError("Excel would ask the user whether to delete the sheet")
        self.book.all_sheets.remove(self)
        for sheet in self.book.all_sheets:  # what points at a sheet that is gone points nowhere
            formulas = sheet.grid.formulas
            for cell, formula in formulas.items():
                formulas[cell] = formula.replace(f"'{self._name}'!", "#REF!")
        if self.book.active is self:
            self.book.active = self.book.all_sheets[0]

    def Copy(self, Before: Worksheet | None = None, After: Worksheet | None = None) -> None:
        beside = Before or After
        assert beside is not None, "a copy without a place makes a new workbook"
        book = beside.book
        made = Worksheet(book, book.free_sheet_name(self._name), deepcopy(self.grid))
        made.print_area, made.title_rows = self.print_area, self.title_rows
        made.charts = [Chart() for _ in self.charts]
        book.all_sheets.insert(book.all_sheets.index(beside) + (After is not None), made)
        self._copy_tables(made, _EVERYTHING, 0, 0)
        book.active, book.app.active = made, book

    def copy_cells(self, area: Area, to: Any) -> None:
        """Copy cells with the tables and charts on them to another place."""
        target: Worksheet = to.sheet
        row, column = to.area[:2]
        self.grid.copied(area, target.grid, row, column)
        self._copy_tables(target, area, row - area[0], column - area[1])
        if area == _EVERYTHING:
            target.charts += [Chart() for _ in self.charts]

    def _copy_tables(self, to: Worksheet, area: Area, down: int, right: int) -> None:
        for table in self.tables:
            if table.overlaps(area):
                top, left, bottom, far = table.area
                moved = top + down, left + right, bottom + down, far + right
                name = to.book.free_table_name(table.Name)
                made = ListObject(to, name, moved, table.totals, dict(table.calculated))
                to.tables.append(made)

    def clear(self, area: Area) -> None:
        """Empty cells of values and formats."""
        touched = [table.Name for table in self.tables if table.overlaps(area)]
        assert not touched, f"what Excel does with the tables {touched} is not known"
        self.grid.clear(area)

    def select(self, what: Any) -> None:
        """Select cells, which Excel does on the sheet that is shown only."""
        if self.book.active is not self or self.book.app.active is not self.book:
            raise refused("Select method of Range class failed")
        self.selected = what.area

    def result(self, row: int, column: int) -> Any:
        """What `Value2` shows for a cell."""
        formula = self.grid.formulas.get((row, column))
        match = _SUBTOTAL.match(formula) if formula else None
        if match is None:
            return self.grid.values[row - 1, column - 1]
        for table in self.tables:
            if match[1] in ("", table.Name) and table.area[2] == row:
                at = table.column(match[2]) - 1
                cells = self.grid.values[table.area[0] : row - 1, at]
                return float(sum(Decimal(repr(v)) for v in cells if isinstance(v, float)))
        return None

    def shown(self, row: int, column: int) -> Any:
        """What `Value` shows for a cell: dates, and Currency cut to four places."""
        value = self.result(row, column)
        if not isinstance(value, float):
            return value
        kind = format_class(self.grid.names[self.grid.codes[row - 1, column - 1]])
        if kind is FormatClass.DATE:
            return EPOCH + dt.timedelta(days=value)
        if kind is FormatClass.CURRENCY:
            return Decimal(repr(value)).quantize(Decimal("0.0001"), rounding=ROUND_DOWN)
        return value


class Chart(Thing):
    """A chart, of which only its being there is kept."""

    def Delete(self) -> None:
        """Deleting one is done with all of a sheet's."""


class ChartObjects(Thing):
    """The charts of a sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet

    @property
    def Count(self) -> int:
        return len(self.sheet.charts)

    def Delete(self) -> None:
        self.sheet.charts = []


class PageSetup(Thing):
    """How a sheet prints, as far as it depends on its rows."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet

    @property
    def PrintArea(self) -> str:
        return self.sheet.print_area

    @PrintArea.setter
    def PrintArea(self, area: str) -> None:
        self.sheet.print_area = area

    @property
    def PrintTitleRows(self) -> str:
        return self.sheet.title_rows

    @PrintTitleRows.setter
    def PrintTitleRows(self, rows: str) -> None:
        self.sheet.title_rows = rows


class Worksheets(Thing):
    """The sheets of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self.book = book

    @property
    def Count(self) -> int:
        return len(self.book.all_sheets)

    @property
    def Parent(self) -> Workbook:
        return self.book

    def Item(self, *key: Any) -> Worksheet:
        for number, sheet in enumerate(self.book.all_sheets, 1):
            if key[0] == number or str(key[0]).casefold() == sheet.Name.casefold():
                return sheet
        raise refused("Subscript out of range")

    def __iter__(self) -> Iterator[Worksheet]:
        return iter(list(self.book.all_sheets))

    def Add(self, Before: Worksheet | None = None, After: Worksheet | None = None) -> Worksheet:
        made = Worksheet(self.book, self.book.free_sheet_name("Sheet1"))
        beside = Before or After or self.book.active
        at = self.book.all_sheets.index(beside) + (After is not None)
        self.book.all_sheets.insert(at, made)
        self.book.active = made
        return made


class Workbook(Thing):
    """One workbook."""

    def __init__(self, app: Application, path: Path) -> None:
        self.app, self.path, self.changed = app, path, False
        self.all_sheets: list[Worksheet] = []
        self.active: Worksheet = None  # type: ignore[assignment]
        self.date1904 = self.read_only = False
        self.kept_open = False

    @property
    def Path(self) -> str:
        return str(self.path.parent) if self.path.parent.name else ""

    @property
    def FileFormat(self) -> int:
        return 51

    @property
    def ReadOnly(self) -> bool:
        return self.read_only

    @property
    def ProtectStructure(self) -> bool:
        return False

    def Save(self) -> None:
        assert not self.changed, "what is in memory is not written here"

    def sheet_names(self, but: Worksheet | None = None) -> set[str]:
        """Names of sheets, as Excel compares them."""
        return {sheet.Name.casefold() for sheet in self.all_sheets if sheet is not but}

    def free_sheet_name(self, wanted: str) -> str:
        """A name that no sheet has: Excel counts, `Aging (2)`."""
        name, number = wanted, 1
        while name.casefold() in self.sheet_names():
            number += 1
            name = f"{wanted} ({number})"
        return name

    def free_table_name(self, wanted: str) -> str:
        """A name that no table has."""
        taken = {t.Name.casefold() for sheet in self.all_sheets for t in sheet.tables}
        name, number = wanted, 1
        while name.casefold() in taken:
            number += 1
            name = f"{wanted}{number}"
        return name

    @property
    def Name(self) -> str:
        return self.path.name

    @property
    def FullName(self) -> str:
        return str(self.path)

    @property
    def Application(self) -> Application:
        return self.app

    @property
    def Worksheets(self) -> Worksheets:
        return Worksheets(self)

    Sheets = Worksheets

    @property
    def ActiveSheet(self) -> Worksheet:
        return self.active

    @property
    def Date1904(self) -> bool:
        return self.date1904

    @property
    def Saved(self) -> bool:
        return not self.changed

    def Activate(self) -> None:
        self.app.active = self

    def Close(self, SaveChanges: bool | None = None) -> None:
        assert SaveChanges is False, "Excel would ask"
        if self.kept_open:
            return
        self.app.books.remove(self)
        self.app.active = self.app.books[0] if self.app.books else None
