"""Formats of cells as xlwings asks for them: fonts, fills, number formats, alignment.

A format is an id in the workbook's list. Changing one property of a range means finding, for each
id the range has, the id of the same format with that one change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW, Area
from ar_xl.xlfile.columns import FormatClass
from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.formats import format_class, read_formats
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.specs import StyleSpec

if TYPE_CHECKING:
    from ar_xl.xlfile.ranges import Range
    from ar_xl.xlfile.sheets import Sheet

Rgb = tuple[int, int, int]

# xlwings' words for alignments where the file has another one.
_HORIZONTAL_IN_FILE = {"center_across_selection": "centerContinuous"}
_HORIZONTAL = {word: name for name, word in _HORIZONTAL_IN_FILE.items()}

# Bands of rows that look alike, up to which a change is told band by band and not cell by cell.
_MOST_BANDS = 64


class Styles:
    """The formats of a workbook: those of the file and those made since.

    Args:
        package: the opened file.
        edit: its changes.
    """

    def __init__(self, package: Package, edit: Edit) -> None:
        self._edit = edit
        formats = read_formats(package)
        self._classes: npt.NDArray[np.uint8] = formats.classes
        self._codes = dict(enumerate(formats.codes))
        self._specs: dict[int, StyleSpec] = {}
        self._made: dict[tuple[int, str], int] = {}

    def classes(self) -> npt.NDArray[np.uint8]:
        """Return the class of number format by style id, for all ids there are."""
        return self._classes

    def learn(self) -> None:
        """Take note of formats that came with a sheet of another workbook."""
        for style in range(len(self._classes), self._edit.style_count):
            known = np.append(self._classes, np.uint8(format_class(self.number_format(style))))
            self._classes = known

    def spec(self, style: int) -> StyleSpec:
        """Return what a format id means, every property named."""
        if style not in self._specs:
            self._specs[style] = self._edit.style_spec(style)
        return self._specs[style]

    def number_format(self, style: int) -> str:
        """Return the number format of a format id."""
        if style not in self._codes:
            self._codes[style] = self.spec(style).number_format or "General"
        return self._codes[style]

    def is_text(self, style: int) -> bool:
        """Tell whether cells of this format keep what is typed as text."""
        return style < len(self._classes) and self._classes[style] == FormatClass.TEXT

    def changed(self, style: int, changes: StyleSpec) -> int:
        """Return the id of a format that differs from another by `changes`."""
        key = (style, repr(changes))
        if key not in self._made:
            made = self._edit.style(changes, style)
            self._made[key] = made
            if made >= len(self._classes):
                more = np.zeros(made + 1 - len(self._classes), dtype=np.uint8)
                self._classes = np.concatenate([self._classes, more])
                self._classes[made] = format_class(self.number_format(made))
        return self._made[key]


def change(sheet: Sheet, area: Area, changes: StyleSpec) -> None:
    """Change the format of every cell of an area, each keeping what `changes` leaves open."""
    if area.top == 1 and area.bottom == MAX_ROW:
        _change_columns(sheet, area, changes)
        used = sheet.state.cells.used()
        rest = used.meet(area) if used else None
        if rest is None:
            return
        area = rest
    elif area.left == 1 and area.right == MAX_COLUMN:
        used = sheet.state.cells.used()
        right = used.right if used else 1
        area = Area(area.top, 1, area.bottom, right)
    _change_cells(sheet, area, lambda _: changes)


def change_each(sheet: Sheet, area: Area, changes: Callable[[int], StyleSpec]) -> None:
    """Change the format of every cell of an area by what depends on its format's id."""
    used = sheet.state.cells.used()
    whole = area.bottom == MAX_ROW or area.right == MAX_COLUMN
    part = (used.meet(area) if used else None) if whole else area
    if part is not None:
        _change_cells(sheet, part, changes)


def _change_columns(sheet: Sheet, area: Area, changes: StyleSpec) -> None:
    """Change the format that the untouched cells of whole columns have."""
    cells, styles, edit = sheet.state.cells, sheet.contents.styles, sheet.contents.edit
    first = area.left
    while first <= area.right:
        base = cells.column_style(first)
        last = first
        while last < area.right and cells.column_style(last + 1) == base:
            last += 1
        made = styles.changed(base, changes)
        edit.set_column(sheet.name, first, style=made, last=last)
        cells.column_styles.update(dict.fromkeys(range(first, last + 1), made))
        first = last + 1


def _change_cells(sheet: Sheet, area: Area, changes: Callable[[int], StyleSpec]) -> None:
    cells, styles, edit = sheet.state.cells, sheet.contents.styles, sheet.contents.edit
    grid = cells.styles(area)
    ids = np.flatnonzero(np.bincount(grid.ravel()))
    made = np.zeros(int(ids[-1]) + 1, dtype=np.int32)
    made[ids] = [styles.changed(int(s), changes(int(s))) for s in ids]
    if len(ids) == 1:  # most areas look alike throughout
        style = int(made[ids[0]])
        edit.set_style(sheet.name, area.top, area.left, area.rows, area.columns, style)
        cells.paint(area, style)
        return
    after = made[grid]
    # Rows that look alike are set together, and in them the columns that do.
    starts = [0, *(np.flatnonzero((after[1:] != after[:-1]).any(axis=1)) + 1).tolist()]
    if len(starts) > _MOST_BANDS:
        listed = after.tolist()
        edit.set_style(sheet.name, area.top, area.left, area.rows, area.columns, listed)
        cells.paint(area, after)
        return
    for start, stop in zip(starts, [*starts[1:], area.rows], strict=True):
        row = after[start]
        lefts = [0, *(np.flatnonzero(row[1:] != row[:-1]) + 1).tolist()]
        for left, right in zip(lefts, [*lefts[1:], area.columns], strict=True):
            part = Area(
                area.top + start, area.left + left, area.top + stop - 1, area.left + right - 1
            )
            style = int(row[left])
            edit.set_style(sheet.name, part.top, part.left, part.rows, part.columns, style)
            cells.paint(part, style)


def common(sheet: Sheet, area: Area, name: str) -> Any:
    """Return a property of `StyleSpec` that all cells of an area share, None if they differ."""
    styles = sheet.contents.styles
    found = {getattr(styles.spec(style), name) for style in style_ids(sheet, area)}
    return found.pop() if len(found) == 1 else None


def style_ids(sheet: Sheet, area: Area) -> list[int]:
    """Return the different format ids that the cells of an area have.

    Of whole rows and columns only the used cells count, and one where none is used.
    """
    if area.bottom == MAX_ROW or area.right == MAX_COLUMN:
        used = sheet.state.cells.used()
        corner = Area(area.top, area.left, area.top, area.left)
        area = (used.meet(area) if used else None) or corner
    return [int(style) for style in np.unique(sheet.state.cells.styles(area))]


def rgb_text(color: Rgb | int | str) -> str:
    """Return a colour as files write it, "RRGGBB".

    Args:
        color: red, green and blue; "#RRGGBB"; or Excel's number (blue * 65536 + green * 256 + red).
    """
    if isinstance(color, str):
        text = color.removeprefix("#").upper()
        if len(text) != 6 or any(sign not in "0123456789ABCDEF" for sign in text):
            raise ValueError(f"'{color}' is not a colour such as #1F4E78.")
        return text
    if isinstance(color, int):
        color = (color & 255, color >> 8 & 255, color >> 16 & 255)
    return "".join(f"{part:02X}" for part in color)


def rgb_tuple(text: str | None) -> Rgb | None:
    """Return a colour as xlwings gives it, None where there is none."""
    if not text:
        return None
    red, green, blue = (int(text[-6:][at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def horizontal_in_file(word: str) -> str:
    """Return the file's word for an alignment of xlwings."""
    return _HORIZONTAL_IN_FILE.get(word, word)


def horizontal(name: str | None) -> str | None:
    """Return xlwings' word for an alignment of the file."""
    return None if name is None else _HORIZONTAL.get(name, name)


class Font:
    """The font of a range.

    Args:
        owner: the range.
    """

    def __init__(self, owner: Range) -> None:
        self._owner = owner

    @property
    def api(self) -> Font:
        """The object itself: there is no other program behind it."""
        return self

    def _get(self, name: str) -> Any:
        return common(self._owner.sheet, self._owner.area, name)

    def _set(self, **changes: Any) -> None:
        change(self._owner.sheet, self._owner.area, replace(StyleSpec(), **changes))

    @property
    def bold(self) -> bool | None:
        """Whether it is bold; None where the cells differ."""
        return self._get("bold")

    @bold.setter
    def bold(self, value: bool) -> None:
        self._set(bold=bool(value))

    @property
    def italic(self) -> bool | None:
        """Whether it is italic; None where the cells differ."""
        return self._get("italic")

    @italic.setter
    def italic(self, value: bool) -> None:
        self._set(italic=bool(value))

    @property
    def size(self) -> float | None:
        """Its size in points; None where the cells differ."""
        return self._get("size")

    @size.setter
    def size(self, value: float) -> None:
        self._set(size=float(value))

    @property
    def color(self) -> Rgb | None:
        """Its colour; None where the cells differ; black where it is automatic."""
        text = self._get("color")
        return (0, 0, 0) if text == "" else rgb_tuple(text)

    @color.setter
    def color(self, value: Rgb | int | str) -> None:
        self._set(color=rgb_text(value))

    @property
    def name(self) -> str | None:
        """Its name; None where the cells differ."""
        return self._get("font")

    @name.setter
    def name(self, value: str) -> None:
        self._set(font=value)
