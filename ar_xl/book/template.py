"""The blank workbook, built from the declaration of the tables.

It is ours and new, so openpyxl may build it; a user's workbook is never loaded and saved this way.
Formats, drop-downs and shading reach Excel's last row, so that growing a table edits none of them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from ar_xl.book.cellvalues import cell_columns
from ar_xl.book.files import write_new
from ar_xl.book.look import (
    ALIGNED,
    AMBER,
    DRAFT,
    INK,
    NAVY,
    SHADE,
    SLATE,
    TAB_COLOURS,
    WHITE,
    column_width,
    is_ours,
    number_format,
)
from ar_xl.book.template_checks import add_validations
from ar_xl.book.template_home import add_home
from ar_xl.book.template_matches import mark_matches
from ar_xl.book.template_rows import Row, starting_rows
from ar_xl.core.frames import Frame
from ar_xl.core.money import exponent, exponents
from ar_xl.core.schema import Column, Role, Table
from ar_xl.core.tables import TABLES

LAST_ROW = 1_048_576
HEADING_HEIGHT = 24.0
_CHARACTERS_A_PAGE = 190  # that are still readable on the long side of a page
_LETTER_PAPER = frozenset({"USD", "CAD", "MXN", "CLP", "COP"})
_BUILT_ON = datetime(2026, 1, 1)  # noqa: DTZ001 - the same bytes on every machine and day
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def build_template(
    path: Path, company: str, currency: str, sample: Mapping[str, Frame] | None = None
) -> None:
    """Write a new workbook; the same arguments give the same bytes.

    Args:
        path: where to write it; an existing file is replaced, and kept as a backup.
        company: the name on reports; may be empty.
        currency: the currency of the books, of ISO 4217.
        sample: rows to fill in by table, as drafts; amounts are minor units of the row's
            currency, else of `currency`.

    Raises:
        FileProblem: the disk or the folder refused.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_home(workbook, company)
    rows: dict[str, Sequence[Row]] = dict(starting_rows(company, currency))
    for name, frame in (sample or {}).items():
        rows[name] = [*rows.get(name, ()), *_sample_rows(frame, currency)]
    for table in TABLES:
        _add_table(workbook, table, rows.get(table.name, ()), currency)
    for name, place in list_names().items():
        workbook.defined_names[name] = DefinedName(name, attr_text=place)
    workbook.active = 0
    workbook.properties.creator = "ar_xl"
    workbook.properties.title = f"{company} accounts receivable".strip()
    workbook.properties.created = _BUILT_ON
    write_new(path, _with_fixed_times(workbook))


def list_name(source: str) -> str:
    """The workbook name behind a drop-down: `Customers[Customer ID]` is `list_Customers`."""
    return "list_" + source.partition("[")[0]


def list_names() -> dict[str, str]:
    """The workbook names behind drop-downs, and the columns that they stand for."""
    sources = {c.list_from for table in TABLES for c in table.columns if c.list_from}
    return {list_name(source): source for source in sorted(sources)}


def _add_table(workbook: Workbook, table: Table, rows: Sequence[Row], currency: str) -> None:
    sheet = workbook.create_sheet(table.sheet)
    digits = exponent(currency)
    sheet.sheet_properties.tabColor = TAB_COLOURS[table.role]
    sheet.row_dimensions[1].height = HEADING_HEIGHT
    for number, column in enumerate(table.columns, 1):
        _add_column(sheet, number, column, digits)
    for offset, row in enumerate(rows or [()]):
        for number, column in enumerate(table.columns, 1):
            cell = sheet.cell(offset + 2, number)
            _style(cell, column, digits)
            if number <= len(row):
                cell.value = row[number - 1]
    last = get_column_letter(len(table.columns))
    made = ExcelTable(displayName=table.name, ref=f"A1:{last}{max(len(rows), 1) + 1}")
    made.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(made)
    if table.posted and table.role is Role.POSTED:
        _mark_drafts(sheet, table)
    if table.name == "Matches":
        mark_matches(sheet, table)
    add_validations(sheet, table, list_name)
    _set_up_view(sheet, table)
    _set_up_print(sheet, table, currency)


def _add_column(sheet: Worksheet, number: int, column: Column, digits: int) -> None:
    heading = sheet.cell(1, number, column.heading)
    heading.font = Font(name="Calibri", size=11, bold=True, color=WHITE)
    heading.fill = PatternFill("solid", fgColor=SLATE if is_ours(column) else NAVY)
    # On the right Excel draws the filter button, so a heading there keeps two steps away from it.
    aligned = ALIGNED[column.kind]
    indent = {"left": 1, "right": 2}.get(aligned, 0)
    heading.alignment = Alignment(horizontal=aligned, indent=indent, vertical="center")
    heading.number_format = "@"
    if column.required:
        heading.border = Border(bottom=Side("thick", color=AMBER))
    heading.comment = _note(column)
    dimension = sheet.column_dimensions[get_column_letter(number)]
    dimension.width = column_width(column)
    _style(dimension, column, digits)


def _style(target: object, column: Column, digits: int) -> None:
    """Give a cell or a whole column the look of its kind."""
    target.number_format = number_format(column.kind, digits)  # type: ignore[attr-defined]  # cells and column dimensions share no base in the stubs
    target.font = Font(name="Calibri", size=11, color=INK)  # type: ignore[attr-defined]  # as above
    if is_ours(column):
        target.fill = PatternFill("solid", fgColor=SHADE)  # type: ignore[attr-defined]  # as above
    aligned = ALIGNED[column.kind]
    target.alignment = Alignment(  # type: ignore[attr-defined]  # as above
        horizontal=aligned, indent=1 if aligned == "left" else 0
    )


def _note(column: Column) -> Comment:
    parts = [column.note]
    if column.choices:
        parts.append("One of: " + ", ".join(column.choices) + ".")
    if column.required:
        parts.append("A row needs it.")
    parts.append("Filled in by ar_xl; leave it alone." if is_ours(column) else "You fill it in.")
    text = "\n".join(part for part in parts if part)
    lines = sum(len(part) // 38 + 1 for part in parts if part)
    return Comment(text, "ar_xl", height=18 * lines + 14, width=260)


def _mark_drafts(sheet: Worksheet, table: Table) -> None:
    batch = get_column_letter([c.key for c in table.columns].index("batch") + 1)
    typed = get_column_letter(sum(not is_ours(c) for c in table.columns))
    formula = f'AND(${batch}2="",COUNTA($A2:${typed}2)>0)'
    fill = PatternFill("solid", bgColor=DRAFT)
    rule = FormulaRule([formula], fill=fill)  # type: ignore[no-untyped-call]  # the stubs leave it out
    sheet.conditional_formatting.add(f"A2:{typed}{LAST_ROW}", rule)


def _set_up_view(sheet: Worksheet, table: Table) -> None:
    first = table.columns[0].heading
    wide = len(table.columns) > 10 and first.endswith((" No", " ID"))
    sheet.freeze_panes = "B2" if wide else "A2"
    if table.name == "Matches":
        sheet.freeze_panes = "D2"  # what is decided stays beside what it is about
    sheet.sheet_view.zoomScale = 100
    sheet.sheet_view.showGridLines = True


def _set_up_print(sheet: Worksheet, table: Table, currency: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 1 if currency in _LETTER_PAPER else 9
    width = sum(column_width(column) for column in table.columns)
    sheet.page_setup.fitToWidth = max(round(width / _CHARACTERS_A_PAGE), 1)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]  # made with the sheet
    sheet.print_title_rows = "1:1"
    if sheet.page_setup.fitToWidth > 1:
        sheet.print_title_cols = "A:A"
    for text, place, part in (
        (f'&"-,Bold"{table.sheet}', sheet.oddHeader, "left"),
        ("&F", sheet.oddFooter, "left"),
        ("&A", sheet.oddFooter, "center"),
        ("Page &P of &N", sheet.oddFooter, "right"),
    ):
        getattr(place, part).text = text
    sheet.page_margins.left = sheet.page_margins.right = 0.4


def _sample_rows(frame: Frame, currency: str) -> list[Row]:
    """The rows of a frame as cell values; a missing value is None."""
    digits = np.full(len(frame), exponent(currency), dtype=np.int64)
    if "currency" in frame.columns:
        own = frame.text("currency")
        digits = np.where(own == "", digits, exponents(own))
    columns = [
        [None if value != value or value == "" else value for value in column.tolist()]
        for column in cell_columns(frame, digits).values()
    ]
    return [tuple(row) for row in zip(*columns, strict=True)]


def _with_fixed_times(workbook: Workbook) -> bytes:
    """The bytes of the workbook without the time of day in them."""
    made, fixed = io.BytesIO(), io.BytesIO()
    workbook.save(made)
    stamp = _BUILT_ON.isoformat() + "Z"
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp.encode(), content
                )
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return fixed.getvalue()
