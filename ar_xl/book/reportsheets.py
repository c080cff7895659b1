"""Reports drawn as sheets: a title block, real Excel tables with totals, a chart, ready to print.

A second run of the same report replaces its own earlier sheet only while that is still as it was
made, in values, looks and charts, and lists the work of no other batch; else the new one stands
beside it as `(2)`.
"""

from __future__ import annotations

import re

import numpy as np
import xlwings as xw

from ar_xl.book import host
from ar_xl.book.addresses import cell_name
from ar_xl.book.blocks import read_block, write_block
from ar_xl.book.cellvalues import CellColumn
from ar_xl.book.fingerprint import check_of, foot_line, is_as_made
from ar_xl.book.look import MUTED, NAVY, WHITE
from ar_xl.book.reportplan import (
    PlacedBlock,
    Plan,
    cells_of,
    format_of,
    heading_lines,
    is_wrapped,
    plan,
    row_lines,
)
from ar_xl.book.showing import users_sheet_stays_shown
from ar_xl.core.arrays import text_array
from ar_xl.core.report import BATCH, NO_BATCH, Drawn, Report, Show

_TAB = "7030A0"
_STYLE = "TableStyleLight1"
_LINE = "#D5DAE1"
_TOTAL_FILL = "#E9EDF4"
_RAMP = ("2E75B6", "9DC3E6", "FFD966", "F4B183", "C55A11", "843C0C", "7F7F7F")
_CHART_TYPES = {
    Drawn.STACKED: "column_stacked",
    Drawn.COLUMNS: "column_clustered",
    Drawn.BARS: "bar_clustered",
}
_LONGEST_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in names of sheets
_MOST_FROZEN = 16
_LONGEST_TITLE = 40  # rows of a title block
_AFTER_NUMBER = "_)_)@"  # text that keeps away from the number left of it
TALLEST_ROW = 405  # points; Excel allows 409
LONGEST_IN_FOOTER = 60  # characters; Excel allows 255 in all of it
_BESIDE_BUTTON = "@_W_)"  # text that ends left of Excel's filter button


def draw(book: xw.Book, report: Report, stamp: str = "") -> str:
    """Draw a report on a sheet of its own.

    Args:
        book: the workbook.
        report: what it says.
        stamp: who made it and when, for the last line; may be empty.

    Returns:
        The name of the sheet.
    """
    with users_sheet_stays_shown(book):
        sheet = _sheet_for(book, report)
    names = {table.name.casefold() for other in book.sheets for table in other.tables}
    draw_on(sheet, report, names, stamp)
    return str(sheet.name)


def name_of(report: Report) -> str:
    """The name that the sheet of a report has where nobody else has it."""
    return _FORBIDDEN.sub("-", report.sheet_name)


def draw_on(sheet: xw.Sheet, report: Report, names: set[str], stamp: str = "") -> None:
    """Draw a report on an empty sheet.

    Args:
        sheet: the sheet.
        report: what it says.
        names: of tables that are taken, in small letters; those of the report are added.
        stamp: who made it and when, for the last line; may be empty.
    """
    layout = plan(report)
    _draw_title(sheet, layout)
    for placed in layout.blocks:
        name = _table_name(f"{placed.block.name}_{report.as_of:%Y_%m_%d}", names)
        _draw_block(sheet, placed, name)
        _fit_rows(sheet, placed, layout.widths)
    for row, caption, text in layout.said:
        _text(sheet, row, 1, caption, size=12, bold=True, color=NAVY)
        _text(sheet, row + 1, 1, text, italic=True, color=MUTED)
    for row, text in layout.notes:
        _text(sheet, row, 1, text, italic=True, color=MUTED)
    for number, width in enumerate(layout.widths, 1):
        sheet.range((1, number)).column_width = width
    for placed in layout.blocks:
        _draw_chart(sheet, placed)
    _set_up(sheet, layout, report)
    width = max(sheet.used_range.last_cell.column, 1)
    check = check_of(sheet, layout.foot_row - 1, width)
    _text(sheet, layout.foot_row, 1, foot_line(stamp, check), size=8, color=MUTED)


def may_replace(earlier: xw.Sheet, report: Report) -> bool:
    """Whether a report may take the place of a sheet of its name.

    Args:
        earlier: the sheet; it must be as we made it.
        report: what one batch did is told nowhere else, so only a list of that batch replaces it;
            what is the record of a run is never replaced.
    """
    return not report.kept and _batch_on(earlier) in ("", report.batch) and is_as_made(earlier)


def _batch_on(sheet: xw.Sheet) -> str:
    """The batch that the title block of a sheet names, "" where it names none."""
    last = sheet.used_range.last_cell
    rows = min(last.row, _LONGEST_TITLE)
    block = read_block(sheet, 1, 1, rows, last.column, formats=False)
    texts = [[str(block.pool[at]) if at >= 0 else "" for at in column.text.tolist()]
             for column in block.columns]  # fmt: skip
    said: list[str] = []
    for label, *cells in zip(*texts, strict=True):
        if said and (label or not any(cells)):
            break
        if said or label == BATCH:  # a long list of batches breaks into lines
            said.append("".join(cells))
    batch = " ".join(said).strip()
    return "" if batch == NO_BATCH else batch


def _sheet_for(book: xw.Book, report: Report) -> xw.Sheet:
    """An empty sheet: in the place of the earlier one where that may be replaced, else new."""
    wanted = name_of(report)
    name, number = wanted, 1
    names = {sheet.name.casefold(): sheet for sheet in book.sheets}
    while name.casefold() in names:
        earlier = names[name.casefold()]
        if may_replace(earlier, report):
            place = earlier.index
            host.remove_sheet(earlier)
            if place == 1:
                return book.sheets.add(name, before=book.sheets[0])
            return book.sheets.add(name, after=book.sheets[place - 2])
        number += 1
        name = numbered(wanted, number)
    return book.sheets.add(name, after=book.sheets[len(book.sheets) - 1])


def numbered(name: str, number: int) -> str:
    """The name of another sheet of that name: `Aging (2)`."""
    mark = f" ({number})"
    return name[: _LONGEST_SHEET_NAME - len(mark)] + mark


def _table_name(wanted: str, names: set[str]) -> str:
    """A name that no table of the workbook has; it is taken from then on."""
    base = re.sub(r"\W", "_", wanted)
    name, number = base, 1
    while name.casefold() in names:
        number += 1
        name = f"{base}_{number}"
    names.add(name.casefold())
    return name


def _text(
    sheet: xw.Sheet,
    row: int,
    column: int,
    text: str,
    size: int = 11,
    bold: bool = False,
    italic: bool = False,
    color: str = "",
) -> None:
    cell = sheet.range((row, column))
    write_block(sheet, row, column, [text_array([text])])
    cell.font.size = size
    if bold:
        cell.font.bold = True
    if italic:
        cell.font.italic = True
    if color:
        cell.font.color = f"#{color}"


def _draw_title(sheet: xw.Sheet, layout: Plan) -> None:
    company, title = layout.title
    _text(sheet, 1, 1, company or title, size=16, bold=True, color=NAVY)
    _text(sheet, 2, 1, title if company else "", size=12, bold=True)
    for row, label, text in layout.lines:
        _text(sheet, row, 1, label, color=MUTED)
        _text(sheet, row, layout.text_column, text)


def _draw_block(sheet: xw.Sheet, placed: PlacedBlock, name: str) -> None:
    """Write a table's cells, make the Excel table of them, then give it its looks."""
    block, top, bottom, width = placed.block, placed.heading_row, placed.last_row, placed.width
    if placed.caption_row:
        _text(sheet, placed.caption_row, 1, block.caption, size=12, bold=True, color=NAVY)
    headings: list[CellColumn] = [text_array([column.heading]) for column in block.columns]
    write_block(sheet, top, 1, headings)
    write_block(sheet, top + 1, 1, [cells_of(column, block.currency) for column in block.columns])
    area = sheet.range((top, 1), (bottom, width))
    table = sheet.tables.add(source=area, name=name, table_style_name=_STYLE)
    if placed.totals is not None:
        first = block.columns[0].heading
        sums = {heading: ("sum", total) for heading, total in placed.totals.items()}
        host.set_totals(table, {first: ("label", "Total"), **sums})
        bottom += 1
    for number, column in enumerate(block.columns, 1):
        body = sheet.range((top + 1, number), (bottom, number))
        body.number_format = format_of(column.show, block.currency)
        if _follows_a_number(placed, number):
            body.number_format = sheet.range((top, number)).number_format = _AFTER_NUMBER
        if column.show is Show.DATE:
            body.horizontal_alignment = "center"
        if is_wrapped(column):
            body.wrap_text = True
    sheet.range((top + 1, 1), (bottom, width)).vertical_alignment = "top"
    _draw_lines(sheet, placed, bottom)


def _follows_a_number(placed: PlacedBlock, number: int) -> bool:
    """Whether a column of text, counted from 1, stands right of a column of numbers."""
    columns = placed.block.columns
    beside = number > 1 and columns[number - 2].show not in (Show.TEXT, Show.DATE)
    return beside and columns[number - 1].show is Show.TEXT


def _fit_rows(sheet: xw.Sheet, placed: PlacedBlock, widths: list[float]) -> None:
    """Make rows as high as what they show."""
    lines = heading_lines(placed, widths)
    heading = sheet.range((placed.heading_row, 1), (placed.heading_row, placed.width))
    heading.wrap_text = lines > 1
    heading.row_height = 6 + 15 * lines
    for row, count in row_lines(placed, widths).items():
        sheet.range((row, 1)).row_height = min(15 * count, TALLEST_ROW)


def _draw_lines(sheet: xw.Sheet, placed: PlacedBlock, bottom: int) -> None:
    top, width = placed.heading_row, placed.width
    heading = sheet.range((top, 1), (top, width))
    heading.color = f"#{NAVY}"
    heading.font.bold = True
    heading.font.color = f"#{WHITE}"
    heading.vertical_alignment = "center"
    for number, column in enumerate(placed.block.columns, 1):
        aligned = {Show.TEXT: "left", Show.DATE: "center"}.get(column.show, "right")
        sheet.range((top, number)).horizontal_alignment = aligned
        if aligned == "right":
            sheet.range((top, number)).number_format = _BESIDE_BUTTON
    body = sheet.range((top + 1, 1), (placed.last_row, width))
    body.borders.set("inside_horizontal", line_style="continuous", weight="hairline", color=_LINE)
    for offset in placed.block.strong:
        row = top + 1 + offset
        result = sheet.range((row, 1), (row, width))
        result.font.bold = True
        result.borders.set("edge_top", line_style="continuous", weight="thin", color=f"#{NAVY}")
    if bottom > placed.last_row:
        totals = sheet.range((bottom, 1), (bottom, width))
        totals.font.bold = True
        totals.color = _TOTAL_FILL
        totals.borders.set("edge_top", line_style="continuous", weight="thin", color=f"#{NAVY}")
        totals.borders.set("edge_bottom", line_style="double", color=f"#{NAVY}")


def _draw_chart(sheet: xw.Sheet, placed: PlacedBlock) -> None:
    chart, at = placed.block.chart, placed.chart_at
    if chart is None or at is None:
        return
    headings = [column.heading for column in placed.block.columns]
    first = placed.heading_row + 1
    last = placed.heading_row + min(chart.rows, len(placed.block))

    def cells(heading: str) -> xw.Range:
        column = headings.index(heading) + 1
        return sheet.range((first, column), (last, column))

    shades = np.linspace(0, len(_RAMP) - 3, len(chart.series)).round().astype(int).tolist()
    host.add_chart(
        sheet,
        _CHART_TYPES[chart.drawn],
        chart.title,
        cells(chart.categories),
        [(heading, cells(heading)) for heading in chart.series],
        sheet.range(at),
        *placed.chart_points,
        colors=chart.colors or [_RAMP[shade] for shade in shades],
    )


def _set_up(sheet: xw.Sheet, layout: Plan, report: Report) -> None:
    """Frozen headings, print set-up, tab colour."""
    host.tab_color(sheet, _TAB)
    title_rows = (1, 2)
    alike = {tuple(column.heading for column in placed.block.columns) for placed in layout.blocks}
    if len(alike) == 1:  # the headings of the first table are those of every other
        heading = layout.blocks[0].heading_row
        title_rows = (heading, heading)
    if len(layout.blocks) > 1:
        host.freeze_panes(sheet, 3, 1)
    elif layout.blocks and layout.blocks[0].heading_row < _MOST_FROZEN:
        row = layout.blocks[0].heading_row + 1
        host.freeze_panes(sheet, row, 2 if layout.columns > 7 else 1)
    company = report.company[:LONGEST_IN_FOOTER].replace("&", "&&")
    footer = f"&L{company}&C&A&RPage &P of &N"
    # A chart beside a long table is for the screen; on paper it would shrink the table.
    printed = f"A1:{cell_name(layout.foot_row, layout.paper_columns)}"
    host.page_setup(
        sheet, landscape=not report.portrait, title_rows=title_rows, footer=footer,
        print_area=printed,
    )  # fmt: skip
