"""Excel tables (ListObjects) as their parts declare them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TableColumn:
    """A column of a table.

    Args:
        id: the table's own number for it.
        name: its heading.
        formula: the formula that fills the column, without "=", or None.
        totals_label: text of its totals cell, or None.
        totals_function: "sum", "count", ... or None.
        totals_formula: the formula of a "custom" totals cell, or None.
    """

    id: int
    name: str
    formula: str | None
    totals_label: str | None
    totals_function: str | None
    totals_formula: str | None


@dataclass(frozen=True)
class TablePart:
    """A table; rows and columns count from 0.

    Args:
        part: its own part name.
        sheet_part: the part of the sheet it stands on.
        rel_id: the sheet's relationship to it.
        id: the workbook-wide number.
        name: the internal name.
        display_name: the name used in formulas.
        ref: its area, header and totals rows included, "A1:D5".
        row0: first row of `ref`.
        col0: first column of `ref`.
        row1: last row of `ref`.
        col1: last column of `ref`.
        header_rows: 0 or 1.
        totals_rows: 0 or 1.
        columns: from left to right.
        autofilter: the area of its filter, or None.
        style: name of its table style, or None.
        first_column: show_... flags of the style, as are `last_column`, `row_stripes` and
            `column_stripes`.
    """

    part: str
    sheet_part: str
    rel_id: str
    id: int
    name: str
    display_name: str
    ref: str
    row0: int
    col0: int
    row1: int
    col1: int
    header_rows: int
    totals_rows: int
    columns: tuple[TableColumn, ...]
    autofilter: str | None
    style: str | None
    first_column: bool
    last_column: bool
    row_stripes: bool
    column_stripes: bool
