"""Our tables brought into a workbook that somebody else made, beside all that is in it.

What is missing is copied, sheet by sheet, from a new workbook of the template. Names that the user
has given to things of his own are never taken over: they are said, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xlwings as xw

from ar_xl.book.addresses import cell_name
from ar_xl.book.blocks import write_cells
from ar_xl.book.inventory import copy_as_it_is, defined_names, sheet_names, show_again, shown_sheet
from ar_xl.book.layout import find_places
from ar_xl.book.newcolumns import NewColumn, add_column, stands_in_the_way
from ar_xl.book.reader import read_ledger
from ar_xl.book.template import list_names
from ar_xl.book.writer import write_change
from ar_xl.core.arrays import text_array
from ar_xl.core.findings import Exit, Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change
from ar_xl.core.schema import Table
from ar_xl.core.settinglist import SCHEMA_VERSION, SETTINGS
from ar_xl.core.tables import BY_NAME, TABLES

TABLE_NOT_OURS = code(
    "table_is_the_users_own",
    Severity.ERROR,
    "no table of that name, or ours with all its headings",
    "Give your table another name (Table Design, Table Name), then run adopt again.",
    Exit.REFUSED,
)
COLUMN_LOST = code(
    "column_of_ours_is_missing",
    Severity.ERROR,
    "our table with all its headings",
    "Give the column its heading again, or restore a backup, then run adopt again.",
    Exit.REFUSED,
)
SHEET_NOT_OURS = code(
    "sheet_is_the_users_own",
    Severity.ERROR,
    "no sheet of that name, or the one with our table",
    "Give your sheet another name, then run adopt again.",
    Exit.REFUSED,
)
NAME_NOT_OURS = code(
    "name_is_the_users_own",
    Severity.ERROR,
    "no defined name that ar_xl needs itself",
    "Give the name another name (Formulas, Name Manager), then run adopt again.",
    Exit.REFUSED,
)
NEWER_SCHEMA = code(
    "workbook_of_a_newer_version",
    Severity.ERROR,
    "a workbook of this version of ar_xl, or of an older one",
    "Install the newest ar_xl, or restore the Schema Version on Settings from a backup.",
    Exit.REFUSED,
)

_SHOWN_HEADINGS = 4


@dataclass(frozen=True)
class Adoption:
    """What a workbook lacks.

    Args:
        tables: that are to be added, each with a sheet.
        settings: names of the settings whose rows are missing on a Settings sheet of ours.
        version: the Schema Version there is to be raised.
        columns: that tables of an older workbook lack.
        findings: what stands in the way.
    """

    tables: tuple[Table, ...]
    settings: tuple[str, ...]
    version: bool
    columns: tuple[NewColumn, ...]
    findings: tuple[Finding, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is missing."""
        return not (self.tables or self.settings or self.version or self.columns)


def look_over(book: xw.Book) -> Adoption:
    """Find what a workbook lacks of our tables, and what of the user's stands in the way."""
    places, missing = find_places(book, [table.name for table in TABLES])
    there = {table.name.casefold(): table for sheet in book.sheets for table in sheet.tables}
    absent = [table for table in TABLES if table.name.casefold() not in there]
    settings: tuple[str, ...] = ()
    older, newer = False, list[Finding]()
    if "Settings" in places:
        settings, older, newer = _settings(book)
    columns, foreign = _foreign_tables(missing, there, "Settings" in places, older)
    findings = [
        *newer,
        *foreign,
        *_foreign_sheets(book, absent),
        *_foreign_names(book, absent),
    ]
    return Adoption(tuple(absent), settings, older, tuple(columns), tuple(findings))


def adopt(book: xw.Book, adoption: Adoption, template: xw.Book) -> None:
    """Add what is missing; the workbook is not saved, and the sheet that is shown stays shown.

    Args:
        book: the user's.
        adoption: what `look_over` found, without findings.
        template: a new workbook, from which sheets are copied.
    """
    assert not adoption.findings, "what stands in the way was to be said"
    shown = shown_sheet(book)
    for table in adoption.tables:
        copy = copy_as_it_is(template.sheets[table.sheet], book.sheets[len(book.sheets) - 1])
        assert [each.name for each in copy.tables] == [table.name], table.name
    known = {name.casefold() for name in defined_names(book)}
    for name, source in list_names().items():
        if name.casefold() not in known:
            book.names.add(name, f"={source}")
    for column in adoption.columns:
        add_column(book, column, template)
    if adoption.settings or adoption.version:
        _complete_settings(book, adoption)
    show_again(book, shown)


def _foreign_tables(
    missing: list[Finding], there: Mapping[str, xw.main.Table], ours: bool, older: bool
) -> tuple[list[NewColumn], list[Finding]]:
    """Tables with one of our names that lack headings of ours.

    Args:
        missing: what was found on headings.
        there: the tables of the workbook.
        ours: it has our Settings, so that a table that has most of our headings is ours too.
        older: it was made by an older version, which may not have had the columns.

    Returns:
        Columns to be added, and what is the user's own or was lost.
    """
    columns: list[NewColumn] = []
    found: list[Finding] = []
    for name in dict.fromkeys(finding.table for finding in missing):
        table = there.get(name.casefold())
        if table is None:
            continue
        lacking = [finding for finding in missing if finding.table == name]
        sheet, area = table.parent.name, table.range
        if ours and len(lacking) < len(BY_NAME[name].columns) / 2:
            unknown = [each for each in lacking if older and each.seen.startswith("no column")]
            columns += [NewColumn(name, each.expected.split("`")[1]) for each in unknown]
            found += stands_in_the_way(table, len(unknown)) if unknown else []
            for finding in [each for each in lacking if each not in unknown]:
                seen = f"our table `{name}` has {finding.seen}"
                found.append(Finding(COLUMN_LOST, seen=seen, sheet=sheet, cell=finding.cell))
            continue
        row = area.resize(row_size=1).options(ndim=1, err_to_str=True).value
        texts = [f"`{text}`" for text in row if text not in (None, "")]
        more = ", ..." if len(texts) > _SHOWN_HEADINGS else ""
        headings = ", ".join(texts[:_SHOWN_HEADINGS]) + more
        seen = f"a table `{table.name}` of yours with the headings {headings or 'none'}"
        cell = cell_name(area.row, area.column)
        found.append(Finding(TABLE_NOT_OURS, seen=seen, sheet=sheet, cell=cell))
    return columns, found


def _foreign_sheets(book: xw.Book, absent: list[Table]) -> list[Finding]:
    sheets = {name.casefold(): name for name in sheet_names(book)}
    return [
        Finding(
            SHEET_NOT_OURS,
            seen=f"a sheet `{name}` of yours, without our table `{table.name}`",
            sheet=name,
        )
        for table in absent
        if (name := sheets.get(table.sheet.casefold()))
    ]


def _foreign_names(book: xw.Book, absent: list[Table]) -> list[Finding]:
    names = {name.casefold(): (name, to) for name, to in defined_names(book).items()}
    found = []
    for table in absent:
        if table.name.casefold() in names:
            name, to = names[table.name.casefold()]
            seen = f"the name `{name}` stands for {to.removeprefix('=')}; our table is called so"
            found.append(Finding(NAME_NOT_OURS, seen=seen))
    for wanted, source in list_names().items():
        name, to = names.get(wanted.casefold(), ("", source))
        if to.removeprefix("=").casefold() != source.casefold():
            seen = f"the name `{name}` stands for {to.removeprefix('=')} and not for {source}"
            found.append(Finding(NAME_NOT_OURS, seen=seen))
    return found


def _settings(book: xw.Book) -> tuple[tuple[str, ...], bool, list[Finding]]:
    """Names of missing settings, whether the version is to be raised, and a version too new."""
    read = read_ledger(book, ["Settings"])
    frame = read.ledger.posted("Settings")
    values = dict(zip(frame.text("setting"), frame.text("value"), strict=True))
    absent = tuple(setting.name for setting in SETTINGS if setting.name not in values)
    given = str(values.get("Schema Version", SCHEMA_VERSION)).strip()
    version = int(given) if given.isascii() and given.isdigit() else 0
    if version <= SCHEMA_VERSION:
        return absent, version < SCHEMA_VERSION, []
    seen = f"Schema Version {version}; this ar_xl knows {SCHEMA_VERSION}"
    place = read.layout.places["Settings"]
    return (), False, [Finding(NEWER_SCHEMA, seen=seen, sheet=place.sheet)]


def _complete_settings(book: xw.Book, adoption: Adoption) -> None:
    """Add the rows of settings that the workbook does not have, as a new one has them."""
    read = read_ledger(book, ["Settings"])
    place = read.layout.places["Settings"]
    frame = read.ledger.posted("Settings")
    if adoption.version:
        rows = frame.row[np.asarray(frame.text("setting") == "Schema Version", dtype=np.bool_)]
        texts = text_array([str(SCHEMA_VERSION)] * len(rows))
        write_cells(book.sheets[place.sheet], rows, place.columns["value"], texts)
    new = [setting for setting in SETTINGS if setting.name in adoption.settings]
    added = Frame.build(
        BY_NAME["Settings"],
        len(new),
        setting=text_array([setting.name for setting in new]),
        value=text_array([setting.default for setting in new]),
        note=text_array([setting.note for setting in new]),
    )
    write_change(book, read.layout, Change(appends={"Settings": added}))
