"""What a chart draws: labels and series, with the values that the cells have now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ar_xl.xlfile.addresses import Area, quote_sheet
from ar_xl.xlfile.specs import ChartSeries, ChartSpec
from ar_xl.xlfile.values import block_rows
from ar_xl.xlfile.write_errors import CannotEdit

if TYPE_CHECKING:
    from ar_xl.xlfile.states import ChartState, SheetState

# xlwings' chart types: (kind, stacked) of the file.
KINDS = {
    "column_clustered": ("column", False),
    "column_stacked": ("column", True),
    "bar_clustered": ("bar", False),
    "bar_stacked": ("bar", True),
    "line": ("line", False),
}
_PIXELS_PER_POINT = 4 / 3


def chart_spec(chart: ChartState) -> ChartSpec:
    """Return a chart as it is drawn into the file.

    Raises:
        CannotEdit: it has no labels and series to draw.
    """
    labels, sheet = chart.labels, chart.source
    if labels is None or sheet is None or not chart.series:
        raise CannotEdit(f"The chart '{chart.name}' has nothing to draw.")
    kind, stacked = KINDS[chart.kind]
    series: list[ChartSeries] = []
    for index, (name, values) in enumerate(chart.series):
        series.append(
            ChartSeries(
                name=name if isinstance(name, str) else _texts(sheet, name)[0],
                values_ref=_reference(sheet, values),
                values=_numbers(sheet, values),
                name_ref=None if isinstance(name, str) else _reference(sheet, name),
                color=chart.colors[index] if index < len(chart.colors) else None,
            )
        )
    return ChartSpec(
        kind=kind,
        title=chart.title,
        categories_ref=_reference(sheet, labels),
        categories=_texts(sheet, labels),
        series=series,
        anchor=chart.anchor.a1(),
        width=round(chart.width * _PIXELS_PER_POINT),
        height=round(chart.height * _PIXELS_PER_POINT),
        stacked=stacked,
        number_format=chart.number_format,
        alt_text=chart.alt_text or chart.title,
        name=chart.name,
    )


def lines_of(area: Area, by_rows: bool) -> tuple[Area | None, list[tuple[str | Area, Area]]]:
    """Return labels and series of an area: labels in the first line, each series in one more.

    Args:
        area: with the names of the series in its heading.
        by_rows: a line is a row and not a column.
    """
    if min(area.rows, area.columns) < 2:
        return None, []
    lines = [_line(area, index, by_rows) for index in range(area.rows if by_rows else area.columns)]
    names = [_heading(area, index, by_rows) for index in range(1, len(lines))]
    return lines[0], list(zip(names, lines[1:], strict=True))


def _line(area: Area, index: int, by_rows: bool) -> Area:
    """Return a row or column of an area without its heading."""
    if by_rows:
        return Area(area.top + index, area.left + 1, area.top + index, area.right)
    return Area(area.top + 1, area.left + index, area.bottom, area.left + index)


def _heading(area: Area, index: int, by_rows: bool) -> Area:
    row, column = (area.top + index, area.left) if by_rows else (area.top, area.left + index)
    return Area(row, column, row, column)


def _reference(sheet: SheetState, area: Area) -> str:
    return f"{quote_sheet(sheet.name)}!{area.a1(True, True)}"


def _texts(sheet: SheetState, area: Area) -> list[str]:
    values = [value for row in block_rows(sheet.cells.block(area), plain=True) for value in row]
    return [f"{v:.15g}" if isinstance(v, float) else str(v or "") for v in values]


def _numbers(sheet: SheetState, area: Area) -> list[float]:
    values = [value for row in block_rows(sheet.cells.block(area), plain=True) for value in row]
    return [value if isinstance(value, float) else 0.0 for value in values]
