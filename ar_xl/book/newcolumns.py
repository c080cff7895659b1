"""Columns that a later version of ar_xl brought, added to tables of an older workbook."""

from __future__ import annotations

from dataclasses import dataclass

import xlwings as xw

from ar_xl.book.addresses import cell_name
from ar_xl.book.blocks import CellKind, read_block
from ar_xl.book.look import column_width
from ar_xl.core.findings import Exit, Finding, Severity, code
from ar_xl.core.tables import BY_NAME

NO_ROOM_BESIDE = code(
    "no_room_beside_table",
    Severity.ERROR,
    "empty cells right of the table, for a column that this version of ar_xl needs",
    "Move what stands right of the table to a sheet of your own, then run adopt again.",
    Exit.REFUSED,
)
_LAST_ROW = 1_048_576


@dataclass(frozen=True)
class NewColumn:
    """A column that a table of an older workbook does not have.

    Args:
        table: name of the table.
        heading: of the column.
    """

    table: str
    heading: str


def stands_in_the_way(table: xw.main.Table, columns: int) -> list[Finding]:
    """Name the first cell that is filled where new columns of a table would go."""
    sheet, area = table.parent, table.range
    rows, width = area.shape
    block = read_block(sheet, area.row, area.column + width, rows, columns)
    for offset, column in enumerate(block.columns):
        for row in ((column.kind != CellKind.BLANK) | column.formula).nonzero()[0].tolist():
            cell = cell_name(area.row + row, area.column + width + offset)
            seen = f"right of our table `{table.name}` the cell {cell} is not empty"
            return [Finding(NO_ROOM_BESIDE, seen=seen, sheet=sheet.name, cell=cell)]
    return []


def add_column(book: xw.Book, new: NewColumn, template: xw.Book) -> None:
    """Add a column at the right end of its table, with the looks and the note of a new workbook's.

    Args:
        book: the user's.
        new: what to add.
        template: a new workbook.
    """
    declared = BY_NAME[new.table].by_heading[new.heading]
    table = next(
        table
        for sheet in book.sheets
        for table in sheet.tables
        if table.name.casefold() == new.table.casefold()
    )
    model = template.sheets[BY_NAME[new.table].sheet]
    place = [column.heading for column in BY_NAME[new.table].columns].index(new.heading) + 1
    sheet, area = table.parent, table.range
    row, right = area.row, area.column + area.shape[1]
    table.columns.add(new.heading)
    whole = sheet.range((1, right), (_LAST_ROW, right))
    like = model.range((2, place))
    whole.number_format = like.number_format
    whole.horizontal_alignment = like.horizontal_alignment
    if like.color is not None:
        sheet.range((row + 1, right), (row + area.shape[0] - 1, right)).color = like.color
    heading, like = sheet.range((row, right)), model.range((1, place))
    heading.number_format = like.number_format
    heading.color, heading.font.color = like.color, like.font.color
    heading.font.bold = True
    heading.horizontal_alignment = like.horizontal_alignment
    sheet.range((1, right)).column_width = column_width(declared)
    if like.note is not None:
        heading.add_note(like.note.text)
