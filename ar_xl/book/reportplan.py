"""Where everything of a report stands on its sheet, before anything is drawn. Pure."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field, replace

import numpy as np

from ar_xl.book.cellvalues import CellColumn, cell_column
from ar_xl.book.look import DATE_FORMAT, TEXT_FORMAT, money_format
from ar_xl.core.arrays import BLANK
from ar_xl.core.money import exponent
from ar_xl.core.report import Report, ReportBlock, ReportColumn, Show
from ar_xl.core.schema import Kind

CHART_ROWS = 19  # rows that a chart below its table takes
CHART_POINTS = (560.0, 270.0)
CHART_GAP = 8.0  # points between charts that stand abreast
POINTS_A_CHARACTER, POINTS_A_COLUMN = 5.25, 3.75  # of a column's width in Excel's usual font
_LONGEST_TABLE_WITH_CHART_BELOW = 40
_WIDEST, _NARROWEST = 42.0, 7.0
_MEASURED_ROWS = 2_000
_KINDS = {Show.TEXT: Kind.TEXT, Show.MONEY: Kind.MONEY, Show.DATE: Kind.DATE, Show.WHOLE: Kind.INT}


@dataclass(frozen=True)
class PlacedBlock:
    """One table on the sheet; rows count from 1, the first column is A.

    Args:
        block: what it says.
        caption_row: the line above it, 0 for none.
        heading_row: its headings.
        totals: sums by heading as cells show them; None where nothing is summed.
        chart_at: row and column of the chart's corner, None for none.
        chart_points: width and height of the chart.
    """

    block: ReportBlock
    caption_row: int
    heading_row: int
    totals: dict[str, float] | None
    chart_at: tuple[int, int] | None
    chart_points: tuple[float, float] = CHART_POINTS

    @property
    def last_row(self) -> int:
        """The last row with data."""
        return self.heading_row + len(self.block)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.block.columns)


@dataclass(frozen=True)
class Plan:
    """A report laid out.

    Args:
        title: company, and what the report is.
        lines: row, label and text of the title block.
        blocks: the tables.
        notes: row and text.
        foot_row: the row of the check number.
        text_column: where the texts of the title block begin.
        widths: of the columns, in characters.
        said: row and text of blocks without rows.
        paper_columns: how many columns are printed, from the left.
    """

    title: tuple[str, str]
    lines: list[tuple[int, str, str]]
    blocks: list[PlacedBlock]
    notes: list[tuple[int, str]]
    foot_row: int
    text_column: int
    widths: list[float]
    said: list[tuple[int, str, str]] = field(default_factory=list)
    paper_columns: int = 0

    @property
    def columns(self) -> int:
        """How many columns the sheet has."""
        return len(self.widths)


def plan(report: Report) -> Plan:
    """Lay a report out: title block, tables one below the other, notes, check line."""
    widths = _widths(report)
    longest_label = max((len(label) for label, _ in report.lines), default=0) + 2
    reached = np.cumsum(widths)
    text_column = int(np.searchsorted(reached, longest_label)) + 2
    paper = _paper_columns(report) or len(widths)
    across = max(int(sum(widths[text_column - 1 : paper])), 60)
    row, lines = 3, []
    for label, text in report.lines:
        for number, piece in enumerate(textwrap.wrap(text, across) or [""]):
            lines.append((row, label if number == 0 else "", piece))
            row += 1
    row += 1
    placed: list[PlacedBlock] = []
    said: list[tuple[int, str, str]] = []
    for block in _in_order(report):
        if not len(block):
            said.append((row, block.caption or block.name, "Nothing to show."))
            row += 3
            continue
        if report.gallery and block.chart and not any(put.chart_at for put in placed):
            corners = _gallery(report, row, widths)
            row += CHART_ROWS * -(-len(corners) // 2)
        put = _place(block, row)
        if report.gallery and put.chart_at:
            at, points = corners.pop(0)
            put = replace(put, chart_at=at, chart_points=points)
        placed.append(put)
        row = put.last_row + (2 if put.totals is not None else 1) + 1
        if put.chart_at and put.chart_at[1] == 1 and not report.gallery:
            row += CHART_ROWS
    notes = []
    for note in report.notes:
        for piece in textwrap.wrap(note, int(sum(widths[:paper])) or 100):
            notes.append((row, piece))
            row += 1
    title = f"{report.name} as of {report.as_of.isoformat()}"
    foot_row = row + (1 if notes else 0)
    return Plan(
        (report.company, title), lines, placed, notes, foot_row, text_column, widths, said, paper
    )


def _paper_columns(report: Report) -> int:
    """How many columns from the left are printed: up to the last one that any table prints."""
    return max(
        (
            place
            for block in report.blocks
            for place, column in enumerate(block.columns, 1)
            if column.on_paper
        ),
        default=0,
    )


def _in_order(report: Report) -> tuple[ReportBlock, ...]:
    """The tables from the top; on a page to look at, those without a chart first."""
    if not report.gallery:
        return report.blocks
    plain = [block for block in report.blocks if not block.chart]
    return (*plain, *(block for block in report.blocks if block.chart))


def _gallery(
    report: Report, row: int, widths: list[float]
) -> list[tuple[tuple[int, int], tuple[float, float]]]:
    """Corner and size of each chart: two abreast, an odd one as wide as the tables."""
    points = [POINTS_A_CHARACTER * width + POINTS_A_COLUMN for width in widths]
    edges = np.cumsum([0.0, *points])
    middle = int(np.abs(edges - edges[-1] / 2).argmin())
    left, right, whole = (1, edges[middle]), (middle + 1, edges[-1] - edges[middle]), (1, edges[-1])
    count = sum(1 for block in report.blocks if block.chart and len(block))
    sides = [left, right] * (count // 2) + [whole] * (count % 2)
    return [
        ((row + CHART_ROWS * (at // 2), column), (float(width) - CHART_GAP, CHART_POINTS[1]))
        for at, (column, width) in enumerate(sides)
    ]


def cells_of(column: ReportColumn, currency: str) -> CellColumn:
    """A report column as cells take it."""
    if column.show is Show.TENTHS:
        tenths = column.values.astype(np.int64)
        return np.where(tenths == BLANK, np.nan, tenths / 10)
    return cell_column(_KINDS[column.show], column.values, exponent(currency))


def format_of(show: Show, currency: str) -> str:
    """The number format of a report column; a zero amount is a dash, as accountants write it."""
    if show is Show.MONEY:
        shown = money_format(exponent(currency))
        return f'{shown}_);({shown});"-"_)'
    return {Show.TEXT: TEXT_FORMAT, Show.DATE: DATE_FORMAT, Show.WHOLE: "#,##0_)",
            Show.TENTHS: "#,##0.0_)"}[show]  # fmt: skip


def _place(block: ReportBlock, row: int) -> PlacedBlock:
    caption_row, heading_row = (row, row + 1) if block.caption else (0, row)
    totals = {
        column.heading: _total(column, block.currency) for column in block.columns if column.total
    }
    end = heading_row + len(block) + (1 if totals else 0)
    chart_at = None
    if block.chart:
        below = len(block) <= _LONGEST_TABLE_WITH_CHART_BELOW
        chart_at = (end + 2, 1) if below else (heading_row, len(block.columns) + 2)
    return PlacedBlock(block, caption_row, heading_row, totals or None, chart_at)


def _total(column: ReportColumn, currency: str) -> float:
    """The sum of a column, added up in whole numbers."""
    values = np.asarray(column.values, dtype=np.int64)
    total = np.array([values[values != BLANK].sum()], dtype=np.int64)
    shown = cells_of(ReportColumn(column.heading, column.show, total), currency)
    return float(shown[0])


def _widths(report: Report) -> list[float]:
    widths: list[float] = []
    for block in report.blocks:
        for at, column in enumerate(block.columns):
            wanted = min(column.width or _width(column, block.currency), _WIDEST)
            if at < len(widths):
                widths[at] = max(widths[at], wanted)
            else:
                widths.append(wanted)
    return widths or [20.0, 80.0]


def heading_lines(placed: PlacedBlock, widths: list[float]) -> int:
    """How many lines the longest heading takes in columns of these widths."""
    return max(
        len(textwrap.wrap(column.heading, max(int((width - 3) / 1.1), 1)))
        for column, width in zip(placed.block.columns, widths, strict=False)
    )


def is_wrapped(column: ReportColumn) -> bool:
    """Whether texts of a column break into lines: they are longer than it is wide.

    Not in a table of thousands of rows, which is for filtering and not for reading.
    """
    if column.show is not Show.TEXT or len(column.values) > _MEASURED_ROWS:
        return False
    return _longest(column) > min(column.width or _WIDEST, _WIDEST)


def row_lines(placed: PlacedBlock, widths: list[float]) -> dict[int, int]:
    """Rows of the sheet that take more than one line, and how many."""
    found: dict[int, int] = {}
    for column, width in zip(placed.block.columns, widths, strict=False):
        if not is_wrapped(column):
            continue
        for offset, text in enumerate(column.values.astype(object).tolist(), 1):
            lines = len(textwrap.wrap(text, int(width * 1.1)))
            if lines > 1:
                row = placed.heading_row + offset
                found[row] = max(lines, found.get(row, 1))
    return found


def _longest(column: ReportColumn) -> int:
    texts = column.values[:_MEASURED_ROWS].astype(object)
    return max((len(text) for text in set(texts.tolist())), default=0)


def _width(column: ReportColumn, currency: str) -> float:
    """Wide enough for the heading's longest word and its button, and for what is shown below."""
    heading = max(len(word) for word in column.heading.split()) * 1.15 + 4
    if column.show is Show.DATE:
        content = 12.0
    elif column.show is Show.TEXT:
        content = _longest(column) * 1.05 + 2
    else:
        values = np.asarray(column.values, dtype=np.int64)
        known = np.abs(values[values != BLANK])
        largest = int(known.sum() if column.total else known.max(initial=0))
        digits = exponent(currency) if column.show is Show.MONEY else 0
        content = len(f"{largest // 10**digits:,}") + digits + 5.0
    return float(min(max(heading, content, _NARROWEST), _WIDEST))
