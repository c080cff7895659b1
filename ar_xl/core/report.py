"""Report: what a report sheet says, before anyone draws it (design, section 5).

`ops` and `app` make reports out of integers and dates; `book/reportsheets.py` draws them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from ar_xl.core.arrays import AnyArray

BATCH, NO_BATCH = "Batch", "none"  # label in a title block, and what it says without a batch


class Show(Enum):
    """How the values of a report column are shown."""

    TEXT = "text"  # object array of str
    MONEY = "money"  # int64 minor units of the block's currency, BLANK is an empty cell
    DATE = "date"  # datetime64[D], NaT is an empty cell
    WHOLE = "whole number"  # int64, BLANK is an empty cell
    TENTHS = "tenths"  # int64 of tenths, shown with one decimal: days, percents


@dataclass(frozen=True)
class ReportColumn:
    """One column of a report's table.

    Args:
        heading: unique within the table.
        show: how its values are shown.
        values: one element a row, typed as `show` says.
        total: summed in the totals row.
        width: in characters; None chooses by content.
        on_paper: it is printed. Columns at the right end that say how a figure came about may
            stay on the screen, where paper would become too small to read.
    """

    heading: str
    show: Show
    values: AnyArray
    total: bool = False
    width: int | None = None
    on_paper: bool = True


class Drawn(Enum):
    """How a chart shows its series."""

    STACKED = "stacked"  # columns, one series upon the other
    COLUMNS = "columns"  # columns side by side
    BARS = "bars"  # lying, the first category on top


@dataclass(frozen=True)
class Chart:
    """A chart beside a table.

    Args:
        title: above it.
        categories: heading of the column along the axis.
        series: headings of the columns that are drawn.
        rows: how many rows from the top it shows.
        drawn: how.
        colors: "RRGGBB" of the series; a ramp from early to late where there are none.
    """

    title: str
    categories: str
    series: tuple[str, ...]
    rows: int = 15
    drawn: Drawn = Drawn.STACKED
    colors: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportBlock:
    """One Excel table of a report.

    Args:
        name: of the Excel table, made unique by the drawer: `Aging`.
        caption: the line above it, such as the currency.
        currency: of its money columns; "" where it has none.
        columns: from the left.
        chart: drawn to the right or below, where wanted.
        strong: rows from 0 that are results of those above them, such as a closing balance.
    """

    name: str
    caption: str
    currency: str
    columns: tuple[ReportColumn, ...]
    chart: Chart | None = None
    strong: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.columns[0].values) if self.columns else 0


@dataclass(frozen=True)
class Report:
    """One report sheet.

    Args:
        name: `Aging`; the sheet is named by it and the date.
        as_of: the date it is for.
        company: first line of the title block.
        lines: label and text of the title block: policy used, drafts left out, batch.
        blocks: its tables, one below the other.
        notes: sentences below the tables.
        portrait: it is printed on the short side of the paper, as a slip is.
        tab: the name of its sheet before the date, where it is not the report's: that of a
            report of one slip or one bank account.
        kept: it is the record of what was done: a later run stands beside it.
        gallery: a page to look at: tables without a chart come first, then all charts two
            abreast, then the tables that they are drawn from.
    """

    name: str
    as_of: date
    company: str
    lines: tuple[tuple[str, str], ...]
    blocks: tuple[ReportBlock, ...]
    notes: tuple[str, ...] = field(default=())
    portrait: bool = False
    tab: str = ""
    kept: bool = False
    gallery: bool = False

    @property
    def batch(self) -> str:
        """The batch whose work it lists, "" where it lists that of none."""
        said = dict(self.lines).get(BATCH, "")
        return "" if said == NO_BATCH else said

    @property
    def sheet_name(self) -> str:
        """The name of its sheet: at most 31 characters, the date whole."""
        day = self.as_of.isoformat()
        return f"{(self.tab or self.name)[: 30 - len(day)].rstrip()} {day}"
