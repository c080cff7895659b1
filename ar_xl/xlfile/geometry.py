"""How wide and high cells are, in characters and points.

The figures are those of Excel's standard font (Calibri 11): a digit is 7 pixels wide, a pixel is
three quarters of a point.
"""

from __future__ import annotations

from ar_xl.xlfile.states import SheetState

STANDARD_WIDTH = 8.43
STANDARD_HEIGHT = 15.0
# A file counts the space between cells as part of a column's width, Excel does not.
WIDTH_IN_FILE = 5 / 7
_DIGIT_PIXELS = 7
_PADDING_PIXELS = 5
_POINTS_PER_PIXEL = 0.75


def column_width(sheet: SheetState, column: int) -> float:
    """Return the width of a column in characters."""
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


def row_height(sheet: SheetState, row: int) -> float:
    """Return the height of a row in points, as far as it was set since the file was opened."""
    return sheet.heights.get(row, STANDARD_HEIGHT)


def rows_height(sheet: SheetState, first: int, last: int) -> float:
    """Return the height of rows in points."""
    if last < first:
        return 0.0
    set_here = {row: h for row, h in sheet.heights.items() if first <= row <= last}
    return (last - first + 1 - len(set_here)) * STANDARD_HEIGHT + sum(set_here.values())


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
