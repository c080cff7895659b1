"""How a sheet of the engine is seen: frozen panes, what is printed, the grid, what is selected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlwings import base_classes

from ar_xl.xlfile.addresses import WHOLE_SHEET, Area, parse_area, quote_sheet
from ar_xl.xlfile.names import define

if TYPE_CHECKING:
    from ar_xl.xlfile.sheets import Sheet

PRINT_AREA = "_xlnm.Print_Area"
_HEAD_BYTES = 1 << 16
_VIEW = re.compile(rb"<(?:\w+:)?sheetView\s[^>]*>")
_NO_GRID = re.compile(rb'\sshowGridLines="(?:0|false)"')
_SELECTION = re.compile(rb"<(?:\w+:)?selection\s[^>]*>")
_SELECTED = re.compile(rb'\ssqref="([A-Z0-9:$]+)')


def has_grid(sheet: Sheet) -> bool:
    """Tell whether the file shows the grid of a sheet on the screen."""
    view = _VIEW.search(_head(sheet))
    return not (view and _NO_GRID.search(view[0]))


def selected(sheet: Sheet) -> Area:
    """Return the cells that are selected on a sheet: those of the file until others are."""
    state = sheet.state
    if state.selection is None:
        found = [_SELECTED.search(each) for each in _SELECTION.findall(_head(sheet))]
        refs = [match[1].decode() for match in found if match]
        state.selection = parse_area(refs[-1]) if refs else Area(1, 1, 1, 1)
    return state.selection


def _head(sheet: Sheet) -> bytes:
    """Return what the file says before the cells of a sheet; nothing of a new one."""
    package = sheet.contents.package
    part = next((entry.part for entry in package.worksheets if entry.name == sheet.name), None)
    if part is None:
        return b""
    head: bytes = next(iter(package.stream(part, _HEAD_BYTES)), b"")
    return head.partition(b"<sheetData")[0]


class PageSetup(base_classes.PageSetup):
    """What of a sheet is printed.

    Args:
        sheet: it.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def api(self) -> PageSetup:
        """The object itself: there is no other program behind it."""
        return self

    @property
    def print_area(self) -> str | None:
        """The cells that are printed, as "$A$1:$B$2"; None where all are."""
        for name, owner in self._sheet.contents.names:
            if owner is self._sheet.state and name.name == PRINT_AREA:
                prefix = quote_sheet(self._sheet.name) + "!"
                return name.refers_to.replace(prefix, "")
        return None

    @print_area.setter
    def print_area(self, value: str | None) -> None:
        sheet = self._sheet
        if value:
            prefix = quote_sheet(sheet.name) + "!"
            areas = [prefix + parse_area(each).a1(True, True) for each in value.split(",")]
            define(sheet.book, PRINT_AREA, ",".join(areas), sheet.state)
            return
        sheet.contents.edit.remove_name(PRINT_AREA, sheet.name)
        sheet.contents.names = [
            (name, owner)
            for name, owner in sheet.contents.names
            if not (owner is sheet.state and name.name == PRINT_AREA)
        ]


class FreezePanes(base_classes.FreezePanes):
    """Freezes the first rows and columns of a sheet.

    Args:
        sheet: it.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def freeze_at(self, frozen_range: str) -> None:
        """Freeze the rows and columns of an area that begins in the first row or column."""
        area = parse_area(frozen_range)
        row = 1 if area.bottom == WHOLE_SHEET.bottom else area.bottom + 1
        column = 1 if area.right == WHOLE_SHEET.right else area.right + 1
        self._sheet.freeze(row, column)

    def unfreeze(self) -> None:
        """Freeze nothing."""
        self._sheet.freeze(1, 1)
