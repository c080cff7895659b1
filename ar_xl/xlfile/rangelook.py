"""How a range looks: formats, sizes and merged cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.appearance import (
    Font,
    Rgb,
    change,
    change_each,
    common,
    horizontal,
    horizontal_in_file,
    rgb_text,
    rgb_tuple,
)
from ar_xl.xlfile.autofit import fit_columns, set_width
from ar_xl.xlfile.borders import Borders
from ar_xl.xlfile.geometry import (
    column_hidden,
    column_width,
    columns_width,
    row_height,
    row_hidden,
    rows_height,
)
from ar_xl.xlfile.sheetlayout import (
    fit_rows,
    hide_columns,
    hide_rows,
    regroup,
    unmerge,
    used_rows,
)
from ar_xl.xlfile.specs import StyleSpec

if TYPE_CHECKING:
    from ar_xl.xlfile.sheets import Sheet

_MOST_INDENT = 250


class RangeLook(base_classes.Range):
    """A rectangle of cells, as far as its looks go.

    Args:
        sheet: it belongs to.
        area: of the sheet; None for no cells at all.
    """

    sheet: Any = None

    def __init__(self, sheet: Sheet, area: Area | None) -> None:
        self.sheet: Sheet = sheet
        self._area = area

    @property
    def area(self) -> Area:
        """The rectangle."""
        if self._area is None:
            raise ValueError("The range has no cells.")
        return self._area

    def _change(self, changes: StyleSpec) -> None:
        if self._area is not None:
            change(self.sheet, self._area, changes)

    @property
    def font(self) -> Font:
        """The font."""
        return Font(self)

    @property
    def borders(self) -> Borders:
        """The borders."""
        return Borders(self)

    @property
    def number_format(self) -> str | None:
        """The number format; None where the cells differ."""
        return common(self.sheet, self.area, "number_format")

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._change(StyleSpec(number_format=value))

    @property
    def color(self) -> Rgb | None:
        """The colour of the background, None for none."""
        return rgb_tuple(common(self.sheet, self.area, "fill"))

    @color.setter
    def color(self, value: Rgb | int | str | None) -> None:
        self._change(StyleSpec(fill="" if value is None else rgb_text(value)))

    @property
    def wrap_text(self) -> bool | None:
        """Whether text breaks into lines; None where the cells differ."""
        return common(self.sheet, self.area, "wrap")

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._change(StyleSpec(wrap=bool(value)))

    @property
    def horizontal_alignment(self) -> str | None:
        """How the cells are aligned; None where they differ."""
        return horizontal(common(self.sheet, self.area, "horizontal"))

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self._change(StyleSpec(horizontal=horizontal_in_file(value)))

    @property
    def vertical_alignment(self) -> str | None:
        """How the cells are aligned; None where they differ."""
        return common(self.sheet, self.area, "vertical")

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self._change(StyleSpec(vertical=value))

    def restyle(self, changes: StyleSpec) -> None:
        """Change several properties of the format at once; None leaves one as it is."""
        self._change(changes)

    @property
    def column_width(self) -> float | None:
        """The width of the columns in characters; None where they differ."""
        columns = range(self.area.left, self.area.right + 1)
        widths = {column_width(self.sheet.state, column) for column in columns}
        return widths.pop() if len(widths) == 1 else None

    @column_width.setter
    def column_width(self, value: float) -> None:
        if not 0 <= value <= 255:
            raise ValueError("The width of a column is between 0 and 255 characters.")
        set_width(self.sheet, self.area.left, self.area.right, float(value))

    @property
    def row_height(self) -> float | None:
        """The height of the rows in points; None where they differ."""
        rows = used_rows(self.sheet, self.area)
        heights = {row_height(self.sheet.state, row) for row in rows}
        return heights.pop() if len(heights) == 1 else None

    @row_height.setter
    def row_height(self, value: float) -> None:
        if not 0 <= value <= 409.5:
            raise ValueError("The height of a row is between 0 and 409.5 points.")
        for row in used_rows(self.sheet, self.area):
            self.sheet.contents.edit.set_row(self.sheet.name, row, height=float(value))
            self.sheet.state.heights[row] = float(value)

    @property
    def left(self) -> float:
        """Points from the left edge of the sheet."""
        return columns_width(self.sheet.state, 1, self.area.left - 1)

    @property
    def top(self) -> float:
        """Points from the top edge of the sheet."""
        return rows_height(self.sheet.state, 1, self.area.top - 1)

    @property
    def width(self) -> float:
        """Its width in points."""
        return columns_width(self.sheet.state, self.area.left, self.area.right)

    @property
    def height(self) -> float:
        """Its height in points."""
        return rows_height(self.sheet.state, self.area.top, self.area.bottom)

    def autofit(self, axis: str | None = None) -> None:
        """Make columns as wide and rows as high as what they show."""
        if self._area is None:
            return
        if axis in (None, "c", "columns"):
            fit_columns(self.sheet, self._area)
        if axis in (None, "r", "rows"):
            fit_rows(self.sheet, self._area)

    def merge(self, across: bool = False) -> None:
        """Merge the cells into one, or each row of them; merged cells among them are joined."""
        area = self.area
        unmerge(self.sheet, area)
        parts = [area]
        if across:
            rows = range(area.top, area.bottom + 1)
            parts = [Area(row, area.left, row, area.right) for row in rows]
        for part in parts:
            if part.rows * part.columns > 1:
                self.sheet.contents.edit.merge(self.sheet.name, part.a1())
                self.sheet.state.merged.append(part)

    def unmerge(self) -> None:
        """Part the merged cells that it touches."""
        unmerge(self.sheet, self.area)

    @property
    def row_hidden(self) -> bool | None:
        """Whether its rows are hidden; None where they differ."""
        found = {row_hidden(self.sheet.state, row) for row in used_rows(self.sheet, self.area)}
        return found.pop() if len(found) == 1 else None

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        hide_rows(self.sheet, self.area, bool(value))

    @property
    def column_hidden(self) -> bool | None:
        """Whether its columns are hidden; None where they differ."""
        columns = range(self.area.left, self.area.right + 1)
        found = {column_hidden(self.sheet.state, column) for column in columns}
        return found.pop() if len(found) == 1 else None

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        hide_columns(self.sheet, self.area, bool(value))

    def group(self, by: str | None = None) -> None:
        """Put its rows or columns a level deeper into the outline."""
        regroup(self.sheet, self.area, by, 1)

    def ungroup(self, by: str | None = None) -> None:
        """Lift its rows or columns one level of the outline."""
        regroup(self.sheet, self.area, by, -1)

    def adjust_indent(self, amount: int) -> None:
        """Indent what the cells show by so many steps more, or fewer where negative."""
        styles = self.sheet.contents.styles

        def indented(style: int) -> StyleSpec:
            steps = (styles.spec(style).indent or 0) + amount
            if not 0 <= steps <= _MOST_INDENT:
                raise ValueError(f"A cell can be indented by 0 to {_MOST_INDENT} steps.")
            return StyleSpec(indent=steps)

        change_each(self.sheet, self.area, indented)
