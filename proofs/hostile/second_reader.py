"""What two other libraries read in a workbook, to compare with what we read."""

from __future__ import annotations

import datetime as dt
import math
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import python_calamine
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, to_excel

from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.errors import XlFileError
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.reading import UsedBlock, read_used
from ar_xl.xlfile.strings import Pool

Cells = dict[tuple[int, int], Any]
_LARGEST = 200_000  # cells of an area that is compared


def misread(book: Path) -> tuple[list[str], int]:
    """Cells that we read as neither of the two others does.

    Args:
        book: a workbook that we accepted.

    Returns:
        Cells with different values, in words, and how many hold a text where both others read
        nothing, such as an inline string that is written as a value.
    """
    package, wrong, alone = Package.open(book), list[str](), 0
    epoch = CALENDAR_MAC_1904 if package.date1904 else CALENDAR_WINDOWS_1900
    for sheet in package.worksheets:
        try:
            used = read_used(package, sheet.part, Pool(package))
        except XlFileError:
            continue  # a sheet that the command did not need
        if not used.block.columns or len(used.block.columns) * _rows(used) > _LARGEST:
            continue
        ours = _ours(used)
        others = [reader(book, sheet.name, epoch) for reader in (_calamine, _openpyxl)]
        known = [cells for cells in others if cells is not None]
        for place in set(ours).union(*known) if known else ():
            seen = [cells.get(place, "") for cells in known]
            if any(_agree(ours.get(place, ""), value) for value in seen):
                continue
            if isinstance(ours.get(place), str) and not any(seen):
                alone += 1
            else:
                wrong.append(f"{sheet.name} {place}: {ours.get(place)!r}, others {seen!r}")
    return wrong, alone


def _rows(used: UsedBlock) -> int:
    return len(used.block.columns[0].kind)


def _ours(used: UsedBlock) -> Cells:
    cells: Cells = {}
    for across, column in enumerate(used.block.columns):
        for down in np.flatnonzero(column.kind).tolist():
            is_text = column.kind[down] in (CellKind.TEXT, CellKind.ERROR)
            number = float(column.number[down])
            value = used.block.pool[column.text[down]] if is_text else number
            cells[used.row0 + down, used.col0 + across] = value
    return cells


def _calamine(book: Path, sheet: str, epoch: dt.datetime) -> Cells | None:
    try:
        read = python_calamine.CalamineWorkbook.from_path(book).get_sheet_by_name(sheet)
        rows = read.to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, ValueError):
        return None
    return {
        (down, across): _plain(value, epoch)
        for down, row in enumerate(rows)
        for across, value in enumerate(row)
    }


def _openpyxl(book: Path, sheet: str, epoch: dt.datetime) -> Cells | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read = openpyxl.load_workbook(book, data_only=True)[sheet]
    except Exception:  # noqa: BLE001  # of a damaged file it lets through any kind
        return None
    return {
        (int(cell.row or 1) - 1, int(cell.column or 1) - 1): _plain(cell.value, epoch)
        for row in _cells(read)
        for cell in row
    }


def _cells(sheet: Any) -> Iterator[Any]:
    yield from sheet.iter_rows()


def _plain(value: Any, epoch: dt.datetime) -> Any:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return float(to_excel(value, epoch))  # type: ignore[no-untyped-call]  # openpyxl's
    return float(value) if isinstance(value, int | float) else value


def _agree(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, float) and isinstance(ours, float):
        return math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-6)
    return bool(ours == theirs)
