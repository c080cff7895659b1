"""How wide and high cells are, in characters and points.

The figures are those of Excel's standard font (Calibri 11): a digit is 7 pixels wide, a pixel is
three quarters of a point.
"""

from __future__ import annotations

from ar_xl.xlfile.rowlayout import PLAIN_ROW
from ar_xl.xlfile.states import SheetState

STANDARD_WIDTH = 8.43
STANDARD_HEIGHT = 15.0
# A file counts the space between cells as part of a column's width, Excel does not.
WIDTH_IN_FILE = 5 / 7
_DIGIT_PIXELS = 7
_PADDING_PIXELS = 5
_POINTS_PER_PIXEL = 0.75


def column_hidden(sheet: SheetState, column: int) -> bool:
    """Tell whether a column is hidden."""
    if column in sheet.hidden_columns:
        return sheet.hidden_columns[column]
    spans = sheet.cells.layout.columns
    return any(span.hidden for span in spans if span.first <= column - 1 <= span.last)


def row_hidden(sheet: SheetState, row: int) -> bool:
    """Tell whether a row is hidden."""
    if row in sheet.hidden_rows:
        return sheet.hidden_rows[row]
    return sheet.cells.rows.get(row, PLAIN_ROW).hidden


def column_level(sheet: SheetState, column: int) -> int:
    """Return the outline level of a column, 0 for none."""
    if column in sheet.column_levels:
        return sheet.column_levels[column]
    spans = sheet.cells.layout.columns
    return max((s.level for s in spans if s.first <= column - 1 <= s.last), default=0)


def row_level(sheet: SheetState, row: int) -> int:
    """Return the outline level of a row, 0 for none."""
    if row in sheet.row_levels:
        return sheet.row_levels[row]
    return sheet.cells.rows.get(row, PLAIN_ROW).level


def column_width(sheet: SheetState, column: int) -> float:
    """Return the width of a column in characters, 0 of a hidden one."""
    if column_hidden(sheet, column):
        return 0.0
    if column in sheet.widths:
        return sheet.widths[column]
    layout = sheet.cells.layout
    for columns in layout.columns:
        if columns.first <= column - 1 <= columns.last and columns.width is not None:
            return _shown(columns.width)
    return STANDARD_WIDTH if layout.default_width is None else _shown(layout.default_width)


def _shown(in_file: float) -> float:
    """Return the width that Excel tells of one that a file has: whole pixels, without padding."""
    pixels = int(in_file * _DIGIT_PIXELS + 0.5)
    if pixels < _DIGIT_PIXELS + _PADDING_PIXELS:
        return round(pixels / (_DIGIT_PIXELS + _PADDING_PIXELS), 2)
    return round((pixels - _PADDING_PIXELS) / _DIGIT_PIXELS, 2)


def columns_width(sheet: SheetState, first: int, last: int) -> float:
    """Return the width of columns in points."""
    pixels = 0
    for column in range(first, last + 1):
        characters = column_width(sheet, column)
        if characters >= 1:
            pixels += int(characters * _DIGIT_PIXELS + _PADDING_PIXELS + 0.5)
        else:
            pixels += int(characters * (_DIGIT_PIXELS + _PADDING_PIXELS) + 0.5)
    return pixels * _POINTS_PER_PIXEL


def standard_height(sheet: SheetState) -> float:
    """Return the height in points of rows that have none of their own."""
    return sheet.cells.layout.default_height or STANDARD_HEIGHT


def row_height(sheet: SheetState, row: int) -> float:
    """Return the height of a row in points, 0 of a hidden one."""
    if row_hidden(sheet, row):
        return 0.0
    if row in sheet.heights:
        return sheet.heights[row]
    own = sheet.cells.rows.get(row, PLAIN_ROW).height
    return standard_height(sheet) if own is None else own


def rows_height(sheet: SheetState, first: int, last: int) -> float:
    """Return the height of rows in points."""
    if last < first:
        return 0.0
    special = sheet.heights.keys() | sheet.hidden_rows.keys() | sheet.cells.rows.keys()
    special = {row for row in special if first <= row <= last}
    plain = last - first + 1 - len(special)
    return plain * standard_height(sheet) + sum(row_height(sheet, row) for row in special)


def column_at(sheet: SheetState, points: float) -> int:
    """Return the column that lies so many points from the left edge."""
    column, left = 1, 0.0
    while left + columns_width(sheet, column, column) <= points:
        left += columns_width(sheet, column, column)
        column += 1
    return column


def row_at(sheet: SheetState, points: float) -> int:
    """Return the row that lies so many points from the top edge."""
    row, top = 1, 0.0
    while top + row_height(sheet, row) <= points:
        top += row_height(sheet, row)
        row += 1
    return row
