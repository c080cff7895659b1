"""Layout: where the tables of one workbook stand, whatever its user moved or added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

import xlwings as xw

from ar_xl.book.addresses import cell_name
from ar_xl.book.currencies import Currencies
from ar_xl.book.survey import SeenCells, SeenTable, Survey, survey
from ar_xl.book.valuecodes import HEADING_MISSING, TABLE_MISSING
from ar_xl.core.arrays import IntArray
from ar_xl.core.findings import Finding
from ar_xl.core.frames import Frame
from ar_xl.core.schema import Table
from ar_xl.core.tables import BY_NAME


@dataclass(frozen=True)
class Place:
    """Where one table stands; rows and columns count from 1.

    Args:
        table: its declaration.
        sheet: the name of the sheet it stands on.
        heading_row: the row of its headings.
        last_row: the last row of the Excel table, a totals row left out.
        first_column, last_column: of the Excel table, columns of the user included.
        columns: column numbers by key.
        has_totals: the Excel table shows a totals row.
        used_row: the last row that is not blank; heading_row where there is none.
        sheet_end: the last used row of the sheet, 0 where nobody asked.
        cells: of the sheet, until the table is read, where they came with its place.
    """

    table: Table = field(repr=False)
    sheet: str
    heading_row: int
    last_row: int
    first_column: int
    last_column: int
    columns: Mapping[str, int]
    has_totals: bool = False
    used_row: int = 0
    sheet_end: int = 0
    cells: SeenCells | None = field(default=None, repr=False, compare=False)

    @property
    def first_row(self) -> int:
        """The first row below the headings."""
        return self.heading_row + 1


@dataclass(frozen=True)
class Layout:
    """Where everything stands in one workbook, as it was read or last written.

    Args:
        places: by table name.
        bad_rows: sheet rows with an error, by table: neither posted nor drafts.
        drafts: the draft rows as they were read, which a writer compares with.
        formulas: sheet rows of drafts whose cell holds a formula, by table and column key;
            posting puts the value in its place, so that a posted row cannot change by itself.
        currencies: decimals by customer and document.
        date1904: dates count from 1904.
        seen: the names of all sheets and tables.
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    bad_rows: Mapping[str, IntArray] = field(default_factory=dict)
    drafts: Mapping[str, Frame] = field(default_factory=dict)
    formulas: Mapping[str, Mapping[str, IntArray]] = field(default_factory=dict)
    currencies: Currencies = field(default_factory=lambda: Currencies("USD"))
    date1904: bool = False
    seen: Survey = field(default_factory=Survey, repr=False)

    @property
    def bad_row_count(self) -> int:
        """How many rows with errors were left out of the tables that are posted."""
        return sum(len(rows) for name, rows in self.bad_rows.items() if BY_NAME[name].posted)

    def locate(self, finding: Finding) -> Finding:
        """The same finding with sheet and cell, where it is about a table."""
        place = self.places.get(finding.table)
        if place is None or finding.sheet:
            return finding
        row = finding.row or (place.heading_row if finding.column else 0)
        if not row:
            return replace(finding, sheet=place.sheet)
        column = place.columns.get(finding.column, place.first_column)
        return replace(finding, sheet=place.sheet, cell=cell_name(row, column))


def find_places(book: xw.Book, names: Iterable[str]) -> tuple[dict[str, Place], list[Finding]]:
    """Find tables by the names of the Excel tables, and their columns by their headings.

    Args:
        book: the workbook.
        names: the tables wanted.

    Returns:
        The places of the tables that are there with all their headings, and findings for the
        rest, each with the sheet and what was seen there.
    """
    wanted = list(names)
    return places_in(survey(book, wanted), wanted)


def places_in(seen: Survey, wanted: Iterable[str]) -> tuple[dict[str, Place], list[Finding]]:
    """The places of tables in a workbook that was looked at; see `find_places`."""
    places, findings = {}, []
    for name in wanted:
        if name.casefold() not in seen.wanted:
            findings.append(_missing_table(BY_NAME[name], seen.sheets, seen.tables))
            continue
        place, missing = _place_of(BY_NAME[name], seen.wanted[name.casefold()])
        findings += missing
        if not missing:
            places[name] = place
    return places, findings


def _missing_table(wanted: Table, sheets: list[str], tables_on: dict[str, list[str]]) -> Finding:
    found = next((name for name in sheets if name.casefold() == wanted.sheet.casefold()), "")
    if found and found in tables_on:
        named = ", ".join(f"`{name}`" for name in tables_on[found])
        seen = f"sheet `{found}` has the table {named}, and no table is named `{wanted.name}`"
    elif found:
        seen = f"sheet `{found}` has no Excel table, and no table is named `{wanted.name}`"
    else:
        near = get_close_matches(wanted.sheet, sheets, n=1)
        hint = f"; the nearest sheet is `{near[0]}`" if near else ""
        seen = f"no table `{wanted.name}` and no sheet `{wanted.sheet}`{hint}"
    expected = f"an Excel table named `{wanted.name}`, as on sheet `{wanted.sheet}` of a new one"
    return Finding(
        TABLE_MISSING, wanted.name, seen=seen, expected=expected, sheet=found or wanted.sheet
    )


def _place_of(wanted: Table, seen: SeenTable) -> tuple[Place, list[Finding]]:
    (top, left, height, width), headings = seen.area, seen.headings
    columns = {
        wanted.by_heading[heading].key: left + offset
        for offset, heading in reversed(list(enumerate(headings)))
        if heading in wanted.by_heading
    }
    last_row = top + height - 1 - int(seen.has_totals)
    place = Place(
        wanted, seen.sheet, top, last_row, left, left + width - 1, columns, seen.has_totals, top,
        seen.sheet_end, seen.cells,
    )  # fmt: skip
    strangers = {
        text: left + offset for offset, text in enumerate(headings) if text not in wanted.by_heading
    }
    missing = [column.heading for column in wanted.columns if column.key not in columns]
    return place, [_missing_heading(place, heading, strangers) for heading in missing]


def _missing_heading(place: Place, heading: str, strangers: Mapping[str, int]) -> Finding:
    near = get_close_matches(heading, strangers, n=1, cutoff=0.5) or [
        text for text in strangers if text.strip().casefold() == heading.casefold()
    ]
    seen, cell = f"no column `{heading}`", cell_name(place.heading_row, place.first_column)
    if near:
        seen = f"the heading `{near[0]}` and no column `{heading}`"
        cell = cell_name(place.heading_row, strangers[near[0]])
    return Finding(
        HEADING_MISSING, place.table.name, seen=seen, expected=f"the heading `{heading}`",
        sheet=place.sheet, cell=cell,
    )  # fmt: skip
