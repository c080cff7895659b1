"""What a caller asks of a sheet besides values: formats, charts, page set-up, validations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class StyleSpec:
    """A cell's format, or changes to one; None leaves what the base format has.

    Args:
        number_format: Excel's own (en-US) notation, such as "#,##0.00" or "@".
        bold: of the font.
        italic: of the font.
        underline: of the font, single.
        font: its name.
        size: of the font, in points.
        color: of the font, as "RRGGBB"; "" for the automatic colour.
        fill: the cell's background as "RRGGBB"; "" for none.
        borders: line style by side ("left", "right", "top", "bottom"), such as "thin",
            "medium", "double", "hair"; "" for none. Sides that are not named stay.
        border_color: of the sides named, as "RRGGBB"; None is automatic.
        horizontal: "left", "center", "right", "general", "fill", "justify", "centerContinuous".
        vertical: "top", "center", "bottom", "justify".
        wrap: text breaks into lines within the cell.
        indent: steps from the edge.
        locked: refuses typing while the sheet is protected.
    """

    number_format: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    font: str | None = None
    size: float | None = None
    color: str | None = None
    fill: str | None = None
    borders: Mapping[str, str] | None = None
    border_color: str | None = None
    horizontal: str | None = None
    vertical: str | None = None
    wrap: bool | None = None
    indent: int | None = None
    locked: bool | None = None


@dataclass(frozen=True)
class PageSetup:
    """How a sheet prints.

    Args:
        landscape: the paper lies on its long side.
        fit_to_width: pages in width; 0 leaves the width free; None leaves the scale as it is.
        fit_to_height: pages in height; 0 takes as many as it needs.
        title_rows: first and last row repeated on every page.
        paper: Excel's paper number (1 Letter, 9 A4).
        header: Excel's header code, such as "&L&A&RPage &P of &N".
        footer: as header.
        print_area: A1 reference without a sheet.
        margins: inches: left, right, top, bottom, header, footer.
        center_horizontally: on the paper.
    """

    landscape: bool | None = None
    fit_to_width: int | None = None
    fit_to_height: int = 0
    title_rows: tuple[int, int] | None = None
    paper: int | None = None
    header: str | None = None
    footer: str | None = None
    print_area: str | None = None
    margins: tuple[float, float, float, float, float, float] | None = None
    center_horizontally: bool | None = None


@dataclass(frozen=True)
class Validation:
    """What may be typed into cells.

    Args:
        ref: A1 reference of the cells, several parted by spaces.
        kind: "list", "whole", "decimal", "date", "textLength", "custom".
        formula1: without "="; for a list, `"a,b"` in quotes or a reference.
        operator: "between", "greaterThan", ...; None where the kind has none.
        formula2: second bound.
        allow_blank: an empty cell is allowed.
        error_title: heading of the refusal that Excel shows.
        error: its text (255 characters at most).
        error_style: "stop", "warning" or "information".
        prompt_title: heading of the note shown when the cell is selected.
        prompt: its text.
        dropdown: the values of a list drop down below the cell.
    """

    ref: str
    kind: str
    formula1: str
    operator: str | None = None
    formula2: str | None = None
    allow_blank: bool = True
    error_title: str | None = None
    error: str | None = None
    error_style: str = "stop"
    prompt_title: str | None = None
    prompt: str | None = None
    dropdown: bool = True


@dataclass(frozen=True)
class ChartSeries:
    """One series of a chart.

    Args:
        name: its name in the legend.
        values_ref: reference with sheet, such as "'Aging 2026-10-31'!$C$6:$C$20".
        values: the numbers in those cells now, so that viewers which do not calculate show them.
        name_ref: reference of the cell that holds the name, or None for a fixed name.
        color: "RRGGBB", or None for the workbook theme's next colour.
    """

    name: str
    values_ref: str
    values: Sequence[float]
    name_ref: str | None = None
    color: str | None = None


@dataclass(frozen=True)
class ChartSpec:
    """A column, bar or line chart on a sheet.

    Args:
        kind: "column" (upright), "bar" (lying) or "line".
        title: above the chart; "" for none.
        categories_ref: reference with sheet of the labels along the axis.
        categories: the labels in those cells now.
        series: in the order they are stacked.
        anchor: cell of the top left corner, such as "K3".
        width: in pixels.
        height: in pixels.
        stacked: series on top of one another instead of side by side.
        number_format: of the value axis.
        value_title: of the value axis; "" for none.
        alt_text: what a screen reader says.
        name: what it is called; "Chart" and a number where empty.
    """

    kind: str
    title: str
    categories_ref: str
    categories: Sequence[str]
    series: Sequence[ChartSeries]
    anchor: str
    width: int = 640
    height: int = 360
    stacked: bool = True
    number_format: str = "#,##0"
    value_title: str = ""
    alt_text: str = ""
    name: str = ""


@dataclass(frozen=True)
class TableSpec:
    """A new Excel table.

    Args:
        ref: A1 reference with the heading row, and with the totals row where there is one.
        name: unique in the workbook.
        headings: as the cells of the heading row hold them; unique.
        style: name of the table style; "" for none.
        totals: for the last row: by heading a function ("sum", "count", "average", "min",
            "max", "countNums", "custom") or any other text as a label; None for no totals row.
        autofilter: the heading row has filter buttons.
        banded: every other row is shaded.
        formulas: by heading, the formula (without "=") of a calculated column.
    """

    ref: str
    name: str
    headings: Sequence[str]
    style: str = "TableStyleMedium2"
    totals: Mapping[str, str] | None = None
    autofilter: bool = True
    banded: bool = True
    formulas: Mapping[str, str] = field(default_factory=dict)
