"""Tables of an open workbook: from the file's parts, in step with their headings, back to parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ar_xl.xlfile.addresses import WHOLE_SHEET, Area, column_letters, quote_sheet
from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.specs import TableSpec
from ar_xl.xlfile.states import SheetState, TableState
from ar_xl.xlfile.tableshape import (
    reshaped,
    restyled,
    totals_in,
    with_headings,
    with_totals,
)
from ar_xl.xlfile.write_errors import CannotEdit

if TYPE_CHECKING:
    from ar_xl.xlfile.contents import Contents

# Not a sheet of that name either, which "!" follows.
_WORD = r"(?<![\w.\\])%s(?![\w.\\]|'?!)"


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


def given_headings(sheet: SheetState, area: Area) -> tuple[list[str], bool]:
    """Return what the cells of a heading row say, and whether all of it is text."""
    block = sheet.cells.block(Area(area.top, area.left, area.top, area.right))
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
    return given, {int(column.kind[0]) for column in block.columns} == {CellKind.TEXT}


def make_headings(contents: Contents, sheet: SheetState, area: Area) -> list[str]:
    """Return the headings of an area's first row, whose cells become unique texts."""
    given, are_texts = given_headings(sheet, area)
    headings = unique_headings(given)
    if headings != given or not are_texts:
        write_headings(contents, sheet, area, headings)
    return headings


def write_headings(
    contents: Contents, sheet: SheetState, area: Area, headings: Sequence[str]
) -> None:
    """Write headings into the first row of an area, as texts."""
    texts = [np.array([heading], dtype=object) for heading in headings]
    contents.write_columns(sheet, area.top, area.left, texts)


def keep_headings(contents: Contents, table: TableState) -> None:
    """Call a table's columns what its heading row says now.

    Raises:
        CannotEdit: formulas name a column by the heading that it had.
    """
    given, are_texts = given_headings(table.sheet, table.area)
    if given == table.headings and are_texts:
        return
    headings = unique_headings(given)
    if headings == table.headings:
        table.untidy = True
        return
    gone = [h for h, now in zip(table.headings, headings, strict=True) if h != now]
    refuse_named(contents, table, gone, "The headings", "changed")
    places = range(len(headings))
    change_part(contents, table, partial(with_headings, headings=headings, places=places))
    if table.totals is not None:
        renamed = dict(zip(table.headings, headings, strict=True))
        table.totals = {renamed[heading]: what for heading, what in table.totals.items()}
    table.headings = headings
    # What is being written now would overwrite what is written here.
    table.untidy = headings != given or not are_texts


def refuse_named(
    contents: Contents, table: TableState, headings: Collection[str], what: str, how: str
) -> None:
    """Refuse to change what formulas name.

    Args:
        contents: the workbook.
        table: it.
        headings: of the columns that change.
        what: what is to be done, for the refusal.
        how: "changed", "deleted".
    """
    place = named_at(contents, table.name, headings) if headings else None
    if place is not None:
        raise CannotEdit(
            f"{what} of the table {table.name} can be {how} in Excel only: {place} names "
            f"{' or '.join(sorted(headings)[:3])} in a formula."
        )


def named_at(contents: Contents, table: str, headings: Collection[str] | None) -> str | None:
    """Return where a formula names a table, None where none does.

    Args:
        contents: the workbook.
        table: its name.
        headings: only formulas that name one of these columns; None for any.
    """
    name = re.compile(_WORD % re.escape(table), re.IGNORECASE)
    columns = None if headings is None else [_bracketed(heading) for heading in headings]

    def names(formula: str) -> bool:
        if not name.search(formula):
            return False
        text = formula.replace("'", "").replace("[@", "[").casefold()
        return columns is None or any(column in text for column in columns)

    for sheet in contents.sheets:
        for (row, column), formula in sheet.cells.formulas(WHOLE_SHEET).items():
            if names(formula):
                return f"{quote_sheet(sheet.name)}!{column_letters(column)}{row}"
    for defined, _ in contents.names:
        if names(defined.refers_to):
            return f"the name {defined.name}"
    for other in contents.tables:
        for place, formula in other.formulas.items():
            if names(formula):
                return f"the column {other.headings[place]} of the table {other.name}"
    return None


def _bracketed(heading: str) -> str:
    return "[" + heading.replace("'", "").casefold() + "]"


def change_part(contents: Contents, table: TableState, change: Callable[[str], str]) -> None:
    """Change the part of a table; of one without a part yet, its state says it all."""
    if not table.new:
        contents.edit.change_table(table.name, change)
        contents.changed = True


def flags_of(table: TableState) -> Mapping[str, bool]:
    """Return which parts of its style a table shows."""
    return {
        "first_column": table.first_column,
        "last_column": table.last_column,
        "banded": table.banded,
        "column_stripes": table.column_stripes,
    }


def shape(
    contents: Contents, table: TableState, places: Sequence[int | None] | None = None
) -> None:
    """Bring the part of a table in step with its area, columns, rows and filter buttons.

    Args:
        contents: the workbook.
        table: it.
        places: where its columns were before, None for a new one; no argument if none changed.
    """

    def shaped(text: str) -> str:
        if places is not None:
            text = with_headings(text, table.headings, places)
        totals = table.totals is not None
        if totals_in(text) != _by_place(table):
            text = with_totals(text, _by_place(table))
        return reshaped(text, table.area, table.header, totals, table.autofilter)

    change_part(contents, table, shaped)


def _by_place(table: TableState) -> dict[int, str] | None:
    if table.totals is None:
        return None
    return {table.headings.index(heading): what for heading, what in table.totals.items()}


def finish_table(contents: Contents, table: TableState) -> None:
    """Hand a new table to the edit.

    Raises:
        CannotEdit: its headings changed after its totals were made.
    """
    area, totals = table.area, table.totals
    if table.header:
        headings = make_headings(contents, table.sheet, area)
        if totals is not None and headings != table.headings:
            raise CannotEdit(
                f"Headings of the table {table.name} were changed after its totals were made."
            )
        table.headings = headings
    else:
        area = Area(area.top - 1, area.left, area.bottom, area.right)
    spec = TableSpec(
        ref=area.a1(),
        name=table.name,
        headings=table.headings,
        style=table.style,
        totals=totals,
        autofilter=table.autofilter,
        banded=table.banded,
    )
    contents.edit.add_table(table.sheet.name, spec)
    table.new = False
    if table.first_column or table.last_column or table.column_stripes:
        change_part(contents, table, partial(restyled, style=table.style, flags=flags_of(table)))
    if not table.header:
        shape(contents, table)
