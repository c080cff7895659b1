"""Charts of the file engine: those that the file has, and those drawn since it was opened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.chartsource import KINDS, lines_of
from ar_xl.xlfile.filecharts import FileChart, drawn_charts
from ar_xl.xlfile.geometry import column_at, columns_width, row_at, rows_height
from ar_xl.xlfile.states import ChartState

if TYPE_CHECKING:
    from ar_xl.xlfile.ranges import Range
    from ar_xl.xlfile.sheets import Sheet


class Charts(base_classes.Charts, base_classes.Collection):
    """The charts of a sheet, those of the file first.

    Args:
        sheet: it.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> Charts:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def parent(self) -> Sheet:
        """The sheet."""
        return self._sheet

    def _new(self) -> list[ChartState]:
        return [chart for chart in self._sheet.contents.charts if chart.sheet is self._sheet.state]

    def _all(self) -> list[Chart | FileChart]:
        found: list[Chart | FileChart] = [
            FileChart(self._sheet, drawn) for drawn in drawn_charts(self._sheet)
        ]
        return found + [Chart(self._sheet, chart) for chart in self._new()]

    def __call__(self, key: int | str) -> Chart | FileChart:
        """Return a chart by name or number."""
        if isinstance(key, int):
            return self._all()[key - 1]
        for chart in self._all():
            if chart.name.casefold() == key.casefold():
                return chart
        raise KeyError(f"The sheet '{self._sheet.name}' has no chart '{key}'.")

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Chart | FileChart]:
        yield from self._all()

    def __contains__(self, key: object) -> bool:
        return any(chart.name.casefold() == str(key).casefold() for chart in self._all())

    def add(
        self,
        left: float,
        top: float,
        width: float,
        height: float,
        chart_type: str | None = None,
        source: Range | None = None,
        plot_by: str | None = None,
        name: str | None = None,
        anchor: Any = None,
        style: int | None = None,
    ) -> Chart:
        """Draw a chart; its corner goes to the cell in which (left, top) lies, in points."""
        state = self._sheet.state
        corner = Area(row_at(state, top), column_at(state, left), 0, 0)
        if anchor is not None:
            corner = anchor.impl.area
        chart = ChartState(
            sheet=state,
            name=name or f"Chart {len(self) + 1}",
            kind="column_clustered",
            anchor=Area(corner.top, corner.left, corner.top, corner.left),
            width=width,
            height=height,
        )
        made = Chart(self._sheet, chart)
        if chart_type is not None:
            made.chart_type = chart_type
        if source is not None:
            made.set_source_data(source, plot_by)
        self._sheet.contents.charts.append(chart)
        return made


class Chart(base_classes.Chart):
    """A new chart.

    Args:
        sheet: where it is drawn.
        state: what it is now.
    """

    def __init__(self, sheet: Sheet, state: ChartState) -> None:
        self._sheet = sheet
        self.state = state

    @property
    def api(self) -> Chart:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def parent(self) -> Sheet:
        """The sheet where it is drawn."""
        return self._sheet

    @property
    def name(self) -> str:
        """What it is called."""
        return self.state.name

    @name.setter
    def name(self, value: str) -> None:
        self.state.name = value

    @property
    def chart_type(self) -> str:
        """Its type, in xlwings' words."""
        return self.state.kind

    @chart_type.setter
    def chart_type(self, value: str) -> None:
        if value not in KINDS:
            raise NotImplementedError(f"Charts of the type '{value}' can be drawn in Excel only.")
        self.state.kind = value

    @property
    def title(self) -> str | None:
        """What stands above it."""
        return self.state.title or None

    @title.setter
    def title(self, value: str | None) -> None:
        self.state.title = value or ""

    @property
    def plot_by(self) -> str:
        """Whether a series is a row or a column of the source."""
        return "rows" if self.state.by_rows else "columns"

    @plot_by.setter
    def plot_by(self, value: str) -> None:
        self.state.by_rows = value == "rows"

    def set_source_data(self, rng: Range, plot_by: str | None = None) -> None:
        """Draw what a range holds: labels first, then series, their names in the heading."""
        area = rng.area
        by_rows = area.columns > area.rows if plot_by is None else plot_by == "rows"
        self.state.source, self.state.by_rows = rng.sheet.state, by_rows
        self.state.labels, self.state.series = lines_of(area, by_rows)

    def draw(
        self,
        labels: Range,
        series: Sequence[tuple[str, Area]],
        colors: Sequence[str],
        number_format: str,
    ) -> None:
        """Draw series that need not stand side by side.

        Args:
            labels: along the axis.
            series: name and cells of each, on the sheet of the labels.
            colors: "RRGGBB" of the series.
            number_format: of the axis of values.
        """
        self.state.source, self.state.labels = labels.sheet.state, labels.area
        self.state.series = list(series)
        self.state.colors, self.state.number_format = list(colors), number_format

    @property
    def left(self) -> float:
        """Points from the left edge of the sheet."""
        return columns_width(self._sheet.state, 1, self.state.anchor.left - 1)

    @left.setter
    def left(self, value: float) -> None:
        column, row = column_at(self._sheet.state, value), self.state.anchor.top
        self.state.anchor = Area(row, column, row, column)

    @property
    def top(self) -> float:
        """Points from the top edge of the sheet."""
        return rows_height(self._sheet.state, 1, self.state.anchor.top - 1)

    @top.setter
    def top(self, value: float) -> None:
        row, column = row_at(self._sheet.state, value), self.state.anchor.left
        self.state.anchor = Area(row, column, row, column)

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.state.width

    @width.setter
    def width(self, value: float) -> None:
        self.state.width = value

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.state.height

    @height.setter
    def height(self, value: float) -> None:
        self.state.height = value

    def delete(self) -> None:
        """Take it away."""
        charts = self._sheet.contents.charts
        charts[:] = [chart for chart in charts if chart is not self.state]
