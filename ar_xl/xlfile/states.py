"""Sheets, tables and charts of an open workbook as they are now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.cells import Cells
from ar_xl.xlfile.tableparts import TablePart


@dataclass(eq=False)
class SheetState:
    """A sheet as it is now.

    Args:
        name: on its tab.
        visible: shown among the tabs.
        cells: what it holds.
        widths: of columns, in characters, where they were set since.
        heights: of rows, in points, where they were set since.
        hidden_columns: by number, where they were hidden or shown since.
        hidden_rows: by number, where they were hidden or shown since.
        column_levels: of the outline, where they were set since.
        row_levels: of the outline, where they were set since.
        merged: areas merged since.
        unmerged: areas of the file that are no longer merged.
        gridlines: the grid is shown on the screen; None where that was not set since.
        selection: the cells that are selected; None where none were since.
        gone: it was deleted.
    """

    name: str
    visible: bool
    cells: Cells
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_columns: dict[int, bool] = field(default_factory=dict)
    hidden_rows: dict[int, bool] = field(default_factory=dict)
    column_levels: dict[int, int] = field(default_factory=dict)
    row_levels: dict[int, int] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    unmerged: list[Area] = field(default_factory=list)
    gridlines: bool | None = None
    selection: Area | None = None
    gone: bool = False

    @property
    def merges(self) -> list[Area]:
        """All areas that are merged now."""
        in_file = [Area(a + 1, b + 1, c + 1, d + 1) for a, b, c, d in self.cells.layout.merged]
        return [area for area in in_file if area not in self.unmerged] + self.merged

    def forget_changes(self) -> None:
        """Forget what was changed since the file was opened, once a new file says it."""
        for changes in (self.widths, self.heights, self.hidden_columns, self.hidden_rows):
            changes.clear()
        for levels in (self.column_levels, self.row_levels):
            levels.clear()
        self.merged.clear()
        self.unmerged.clear()


@dataclass(eq=False)
class ChartState:
    """A chart that is drawn when the workbook is saved.

    Args:
        sheet: where it is drawn.
        name: what it is called.
        kind: a chart type of xlwings, such as "column_stacked".
        title: above it, "" for none.
        labels: the cells with the labels along the axis.
        series: name, or the cell that holds it, and the cells with the values of each series.
        by_rows: series are rows of their source.
        source: the sheet that labels and series are on.
        anchor: cell of its top left corner.
        width: in points.
        height: in points.
        colors: "RRGGBB" of the series, the theme's where there are none.
        number_format: of the axis of values.
        alt_text: what a screen reader says.
    """

    sheet: SheetState
    name: str
    kind: str
    anchor: Area
    width: float
    height: float
    title: str = ""
    labels: Area | None = None
    series: Sequence[tuple[str | Area, Area]] = ()
    by_rows: bool = False
    source: SheetState | None = None
    colors: Sequence[str] = ()
    number_format: str = "#,##0"
    alt_text: str = ""


@dataclass(eq=False)
class TableState:
    """A table as it is now.

    Args:
        sheet: where it stands.
        name: as formulas call it.
        area: with heading row and totals row.
        headings: from left to right.
        new: it was made since the file was opened, and can still be changed freely.
        header: it has a heading row.
        totals: what its totals row holds by heading, see `TableSpec`; None without one.
        style: name of its table style, "" for none.
        banded: every other row is shaded.
        first_column: is shown in another way.
        last_column: is shown in another way.
        column_stripes: every other column is shaded.
        autofilter: the heading row has filter buttons.
        untidy: cells of the heading row are not yet the texts that the table calls its columns.
        formulas: of calculated columns, with the equals sign, by place from 0.
    """

    sheet: SheetState
    name: str
    area: Area
    headings: list[str]
    new: bool
    header: bool = True
    totals: dict[str, str] | None = None
    style: str = ""
    banded: bool = True
    first_column: bool = False
    last_column: bool = False
    column_stripes: bool = False
    autofilter: bool = True
    untidy: bool = False
    formulas: dict[int, str] = field(default_factory=dict)

    @property
    def body(self) -> Area | None:
        """The rows between heading and totals, None where there are none."""
        top = self.area.top + self.header
        bottom = self.area.bottom - (self.totals is not None)
        return Area(top, self.area.left, bottom, self.area.right) if top <= bottom else None


def table_state(sheet: SheetState, part: TablePart) -> TableState:
    """Return a table of the file as it is when the file is opened."""
    totals = {
        column.name: column.totals_function or column.totals_label or ""
        for column in part.columns
        if column.totals_function or column.totals_label
    }
    return TableState(
        sheet=sheet,
        name=part.display_name,
        area=Area(part.row0 + 1, part.col0 + 1, part.row1 + 1, part.col1 + 1),
        headings=[column.name for column in part.columns],
        new=False,
        header=part.header_rows > 0,
        totals=totals if part.totals_rows else None,
        style=part.style or "",
        banded=part.row_stripes,
        first_column=part.first_column,
        last_column=part.last_column,
        column_stripes=part.column_stripes,
        autofilter=part.autofilter is not None,
        formulas={n: f"={c.formula}" for n, c in enumerate(part.columns) if c.formula},
    )


def kept_tables(known: Sequence[TableState], read: Sequence[TableState]) -> list[TableState]:
    """Return the tables that were read of a file; those known before stay the objects they are."""
    by_name = {table.name.casefold(): table for table in known}
    made: list[TableState] = []
    for table in read:
        kept = by_name.get(table.name.casefold(), table)
        kept.__dict__.update(table.__dict__)
        made.append(kept)
    return made
