"""Helpers for the tests of writing: an edit, written beside its workbook, and what it says then."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.package import Package
from tests.xlfile.packages import SHEET_PART, book_of, shown_sheet

__all__ = ["Editing", "loaded", "openpyxl_cells", "packed", "text_of"]


class Editing:
    """A workbook of one sheet, "Data", that is changed and written to a second file."""

    def __init__(self, folder: Path, rows: str = "", **around: str) -> None:
        self.package = book_of(folder, rows, **around)
        self.edit = Edit(self.package)
        self.out = folder / "out.xlsx"

    def written(self) -> Package:
        """Write the edit and open what came out."""
        self.edit.write(self.out)
        return Package.open(self.out)

    def cells(self) -> dict[str, object]:
        """The filled cells of the first sheet as they are written."""
        return shown_sheet(self.written())

    def sheet(self) -> str:
        """The XML of the first sheet as it is written."""
        self.edit.write(self.out)
        return text_of(self.out, SHEET_PART)

    def rows(self) -> str:
        """What the first sheet holds between the tags of its data."""
        return self.sheet().partition("<sheetData>")[2].partition("</sheetData>")[0]


def text_of(path: Path, part: str) -> str:
    """The text of a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(part).decode()


def packed(path: Path) -> dict[str, bytes]:
    """The compressed bytes of every part of a workbook."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        for info in archive.infolist():
            if info.is_dir():
                continue
            file.seek(info.header_offset + 26)
            lengths = file.read(4)
            name, extra = struct.unpack("<HH", lengths)
            file.seek(name + extra, 1)
            found[info.filename] = file.read(info.compress_size)
    return found


def loaded(path: Path, data_only: bool = False) -> Any:
    """A workbook as openpyxl reads it, with the results of formulas if asked for."""
    return load_workbook(path, data_only=data_only)


def openpyxl_cells(path: Path, sheet: str) -> dict[str, Any]:
    """The filled cells of a sheet as openpyxl reads them, formulas as text."""
    book = load_workbook(path)
    cells = (cell for row in book[sheet].iter_rows() for cell in row)
    return {cell.coordinate: cell.value for cell in cells if cell.value is not None}
