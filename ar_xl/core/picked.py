"""Picked: one cell of a workbook that somebody asks about, and what it is a cell of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class TableCell:
    """A cell of one of our tables.

    Args:
        table: the name of the table.
        column: the key of the column, "" for a column of the user's.
        row: the sheet row.
        is_heading: it is the heading of the column.
    """

    table: str
    column: str
    row: int
    is_heading: bool = False


@dataclass(frozen=True)
class ReportCell:
    """A cell of a report sheet of ours.

    Args:
        report: `Aging Detail`.
        as_of: the date that the report is for.
        headings: of the table that the cell is in, from the left; none where it is in no table.
        heading: of the column.
        line: what stands in the row, as text by heading.
        currency: of the table, "" where its caption names none.
        is_heading, is_total: the cell is a heading of the table, or stands in its totals row.
        said: the title block, by label.
        caption: the line above the table.
        as_made: tells whether the sheet is still as it was made.
    """

    report: str
    as_of: date
    headings: tuple[str, ...] = ()
    heading: str = ""
    line: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    is_heading: bool = False
    is_total: bool = False
    said: Mapping[str, str] = field(default_factory=dict)
    caption: str = ""
    as_made: Callable[[], bool] = field(default=lambda: True, compare=False, repr=False)


@dataclass(frozen=True)
class Picked:
    """One cell.

    Args:
        sheet, cell: where it is: `Aging 2026-10-31`, `C7`.
        text: what it holds, as text; "" where it is blank.
        number: what it holds, where that is a number.
        table: what it is a cell of, where that is a table of ours.
        report: likewise, where it is on a report sheet of ours.
    """

    sheet: str
    cell: str
    text: str = ""
    number: Decimal | None = None
    table: TableCell | None = None
    report: ReportCell | None = None
