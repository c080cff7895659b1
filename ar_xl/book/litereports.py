"""Report sheets in xlwings Lite: values, number formats, Excel tables and column widths.

They stand where `reportplan` puts them, without room for charts. Charts, frozen headings, print
set-up and the check number at the foot have no call that Lite documents, so a report never
replaces an earlier one here: it goes on a sheet of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import xlwings as xw

from ar_xl.book.excelblocks import as_excel_takes
from ar_xl.book.look import MUTED, NAVY, TEXT_FORMAT, WHITE
from ar_xl.book.mirror import Step
from ar_xl.book.reportplan import PlacedBlock, cells_of, format_of, plan
from ar_xl.book.reportsheets import name_of, numbered
from ar_xl.core.arrays import text_array
from ar_xl.core.report import Report, Show

_STYLE = "TableStyleLight1"
_TOTAL_FILL = "#E9EDF4"
_POINTS_A_CHARACTER = 5.6  # Lite counts widths in points


def free_names(reports: Sequence[Report], taken: Collection[str]) -> list[str]:
    """A name for the sheet of each report that no sheet has."""
    used, names = {name.casefold() for name in taken}, list[str]()
    for report in reports:
        name, number = name_of(report), 1
        while name.casefold() in used:
            number += 1
            name = numbered(name_of(report), number)
        used.add(name.casefold())
        names.append(name)
    return names


def draw_report(book: xw.Book, report: Report, name: str, tables: set[str]) -> list[Step]:
    """Queue a report on a new sheet.

    Args:
        book: the workbook, as Lite hands it to a script.
        report: what it says.
        name: of the sheet, which is added.
        tables: names of tables that are taken, in small letters; those of the report are added.

    Returns:
        What the sheet holds then, to be compared.
    """
    sheet = book.sheets.add(name, after=book.sheets[len(book.sheets) - 1])
    layout = plan(_without_charts(report))
    company, title = layout.title
    made = [_text(sheet, 1, 1, company or title, bold=True, size=16, color=NAVY)]
    if company:
        made.append(_text(sheet, 2, 1, title, bold=True, size=12))
    for row, label, text in layout.lines:
        made.append(_text(sheet, row, 1, label, color=MUTED))
        made.append(_text(sheet, row, layout.text_column, text))
    for placed in layout.blocks:
        wanted = re.sub(r"\W", "_", f"{placed.block.name}_{report.as_of:%Y_%m_%d}")
        made += _draw_block(sheet, placed, _free(wanted, tables))
    for row, caption, text in layout.said:
        made.append(_text(sheet, row, 1, caption, bold=True, size=12, color=NAVY))
        made.append(_text(sheet, row + 1, 1, text, color=MUTED))
    for row, text in layout.notes:
        made.append(_text(sheet, row, 1, text, color=MUTED))
    for number, width in enumerate(layout.widths, 1):
        sheet.range((1, number)).column_width = round(width * _POINTS_A_CHARACTER, 1)
    return [step for step in made if step.values != ((None,),)]


def _without_charts(report: Report) -> Report:
    """The report with no room for charts, which nobody would fill."""
    return replace(report, blocks=tuple(replace(block, chart=None) for block in report.blocks))


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted}_{number}"
    taken.add(name.casefold())
    return name


def _draw_block(sheet: xw.Sheet, placed: PlacedBlock, name: str) -> list[Step]:
    block, top, width = placed.block, placed.heading_row, placed.width
    made = []
    if placed.caption_row:
        made.append(_text(sheet, placed.caption_row, 1, block.caption, True, 12, NAVY))
    bottom = placed.last_row + (placed.totals is not None)
    for number, column in enumerate(block.columns, 1):
        body = sheet.range((top + 1, number), (bottom, number))
        body.number_format = format_of(column.show, block.currency)
        if column.show is Show.DATE:
            body.horizontal_alignment = "center"
    columns = [as_excel_takes(cells_of(column, block.currency)) for column in block.columns]
    headings = as_excel_takes(text_array([column.heading for column in block.columns]))
    sheet.range((top, 1), (top, width)).number_format = TEXT_FORMAT
    made.append(_put(sheet, top, 1, [headings, *map(list, zip(*columns, strict=True))]))
    area = sheet.range((top, 1), (placed.last_row, width))
    sheet.tables.add(source=area, name=name, table_style_name=_STYLE)
    heading = sheet.range((top, 1), (top, width))
    heading.color, heading.font.bold, heading.font.color = f"#{NAVY}", True, f"#{WHITE}"
    if placed.totals is not None:
        sums = [placed.totals.get(column.heading) for column in block.columns]
        made.append(_put(sheet, bottom, 1, [["Total", *sums[1:]]]))
        totals = sheet.range((bottom, 1), (bottom, width))
        totals.font.bold, totals.color = True, _TOTAL_FILL
    for offset in block.strong:
        sheet.range((top + 1 + offset, 1), (top + 1 + offset, width)).font.bold = True
    return made


def _put(sheet: xw.Sheet, row: int, column: int, lines: list[list[Any]]) -> Step:
    last = (row + len(lines) - 1, column + len(lines[0]) - 1)
    sheet.range((row, column), last).value = lines
    area = (row, column, len(lines), len(lines[0]))
    return Step(sheet.name, area, tuple(tuple(line) for line in lines))


def _text(
    sheet: xw.Sheet,
    row: int,
    column: int,
    text: str,
    bold: bool = False,
    size: int = 11,
    color: str = "",
) -> Step:
    cell = sheet.range((row, column))
    cell.number_format = TEXT_FORMAT
    cell.font.size = size
    if bold:
        cell.font.bold = True
    if color:
        cell.font.color = f"#{color}"
    return _put(sheet, row, column, [[text or None]])
