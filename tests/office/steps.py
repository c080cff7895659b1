"""What happens in a scenario, step by step: commands, and what a user types in between.

Every step is done with public xlwings calls and the functions behind the buttons, so that it can be
done on any engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlwings as xw

from ar_xl.book import host

_TEXT = "@"


@dataclass(frozen=True)
class Do:
    """A command.

    Args:
        command: its name.
        as_of: ISO date it runs for.
        given: its own parameters.
        options: of all commands: `preview`, `skip_bad`, `reason`.
    """

    command: str
    as_of: str = "2026-10-31"
    given: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        more = "".join(f" {key}={value}" for key, value in {**self.given, **self.options}.items())
        return f"{self.command} {self.as_of}{more}"


@dataclass(frozen=True)
class As:
    """A value typed into a cell that was given a number format before: `As("0012", "@")`."""

    value: Any
    number_format: str = _TEXT


@dataclass(frozen=True)
class Formula:
    """A formula with what it gives."""

    text: str
    gives: float


@dataclass(frozen=True)
class Enter:
    """Rows typed below the last one of a table, each by heading."""

    table: str
    rows: Sequence[Mapping[str, Any]]

    def __str__(self) -> str:
        return f"type {len(self.rows)} rows into {self.table}"

    def type_into(self, book: xw.Book) -> None:
        """Do it."""
        sheet, table = _found(book, self.table)
        area = table.range
        headings = _texts(area.resize(row_size=1))
        filled = area.options(ndim=2, err_to_str=True).value
        used = max(i for i, row in enumerate(filled) if any(v is not None for v in row[:2]))
        first, width = area.row + used + 1, area.shape[1]
        end = first + len(self.rows) - 1
        if end > area.row + area.shape[0] - 1:
            corner = (area.row, area.column)
            table.resize(sheet.range(corner, (end, area.column + width - 1)))
        for heading in dict.fromkeys(key for row in self.rows for key in row):
            column = area.column + headings.index(heading)
            _type_column(sheet, first, column, [row.get(heading) for row in self.rows])


@dataclass(frozen=True)
class Change:
    """One cell of a table typed over, in the row whose first column holds `row_id`."""

    table: str
    row_id: str
    heading: str
    value: Any

    def __str__(self) -> str:
        return f"type {self.value!r} into {self.heading} of {self.row_id} in {self.table}"

    def type_into(self, book: xw.Book) -> None:
        """Do it."""
        sheet, table = _found(book, self.table)
        area = table.range
        column = area.column + _texts(area.resize(row_size=1)).index(self.heading)
        ids = [str(v) for v in area.resize(column_size=1).options(ndim=1, err_to_str=True).value]
        _type_column(sheet, area.row + ids.index(self.row_id), column, [self.value])


@dataclass(frozen=True)
class OnSheet:
    """Cells typed into any sheet, by address; the sheet is made where it is not there."""

    sheet: str
    cells: Mapping[str, Any]

    def __str__(self) -> str:
        return f"type into {self.sheet}: {', '.join(self.cells)}"

    def type_into(self, book: xw.Book) -> None:
        """Do it."""
        names = [sheet.name for sheet in book.sheets]
        if self.sheet not in names:
            book.sheets.add(self.sheet, after=book.sheets[len(names) - 1])
        sheet = book.sheets[self.sheet]
        for address, value in self.cells.items():
            cell = sheet.range(address)
            _type_column(sheet, cell.row, cell.column, [value])


Typed = Enter | Change | OnSheet
Step = Do | Typed


@dataclass(frozen=True)
class Scenario:
    """A story that is told twice.

    Args:
        name: of the story, with its number.
        base: which workbook it begins with, see `bases`.
        steps: what happens.
    """

    name: str
    base: str
    steps: Sequence[Step]


Teller = Callable[[Any], tuple[str, list[Step]]]


def _found(book: xw.Book, name: str) -> tuple[xw.Sheet, xw.main.Table]:
    for sheet in book.sheets:
        for table in sheet.tables:
            if table.name == name:
                return sheet, table
    raise KeyError(name)


def _texts(area: xw.Range) -> list[str]:
    return [str(v) for v in area.options(ndim=1, err_to_str=True).value]


def _type_column(sheet: xw.Sheet, row: int, column: int, values: Sequence[Any]) -> None:
    plain = [
        None if isinstance(v, Formula) else v.value if isinstance(v, As) else v for v in values
    ]
    for offset, value in enumerate(values):
        if isinstance(value, As):
            sheet.range((row + offset, column)).number_format = value.number_format
    last = row + len(values) - 1
    sheet.range((row, column), (last, column)).value = [[value] for value in plain]
    for offset, value in enumerate(values):
        if isinstance(value, Formula):
            host.put_formula(sheet.range((row + offset, column)), value.text, value.gives)
