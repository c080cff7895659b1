"""Workbooks of strangers as tables: checked before parsing, numbers and texts told apart."""

from __future__ import annotations

import datetime as dt
import importlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ar_xl.core.arrays import text_array
from ar_xl.core.findings import Refusal
from ar_xl.imports import codes
from ar_xl.imports.rawtable import FloatArray, KindArray, RawColumn, RawGrid, RawKind
from ar_xl.xlfile.columns import Block, CellKind, ColumnBlock, FormatClass
from ar_xl.xlfile.errors import EncryptedWorkbook, HostileWorkbook, XlFileError
from ar_xl.xlfile.formats import read_formats
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.reading import read_used
from ar_xl.xlfile.strings import Pool

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # cells know no time zone
_DAYS_1904 = 1462
_LARGEST_FOREIGN = 64 << 20  # bytes; these files are not checked part by part before parsing
_OF_CELL = {
    CellKind.BLANK: RawKind.BLANK, CellKind.NUMBER: RawKind.NUMBER, CellKind.TEXT: RawKind.TEXT,
    CellKind.BOOL: RawKind.BOOL, CellKind.ERROR: RawKind.ERROR,
}  # fmt: skip


def read_workbook(path: Path) -> list[RawGrid]:
    """The visible sheets of an .xlsx or .xlsm file that hold anything.

    Refuses a file that is not a workbook, damaged, hostile or protected by a password.
    """
    try:
        package = Package.open(path, signed=True)
        pool = Pool(package)
        format_codes = read_formats(package).codes
        grids, hidden = [], []
        for sheet in package.worksheets:
            if sheet.state != "visible":
                hidden.append(sheet.name)
                continue
            used = read_used(package, sheet.part, pool)
            if used.block.columns and len(used.block.columns[0].kind):
                columns = [_column(c, used.block, format_codes) for c in used.block.columns]
                name = f"{path.name}, sheet {sheet.name}"
                grids.append(_grid(name, columns, used.row0 + 1, used.col0))
    except XlFileError as error:
        raise Refusal(
            codes.UNREADABLE_WORKBOOK, f"{path.name}: {error.sentence}", fix="Nothing was imported."
        ) from None
    return _with_hidden(path, grids, hidden)


def read_foreign(path: Path) -> list[RawGrid]:
    """The visible sheets of an .xls, .xlsb or .ods file, where python-calamine is installed."""
    if path.stat().st_size > _LARGEST_FOREIGN:
        raise Refusal(codes.FILE_TOO_LARGE, f"{path.name} has {path.stat().st_size >> 20:,} MB.")
    try:
        Package.open(path, signed=True)
    except (EncryptedWorkbook, HostileWorkbook) as error:
        seen = f"{path.name}: {error.sentence}"
        raise Refusal(codes.UNREADABLE_WORKBOOK, seen, fix="Nothing was imported.") from None
    except XlFileError:
        pass  # another kind of workbook, which the other reader knows
    try:
        calamine: Any = importlib.import_module("python_calamine")
    except ImportError:
        seen = f"{path.name} is a workbook in another format than .xlsx or .xlsm."
        raise Refusal(codes.UNREADABLE_WORKBOOK, seen) from None
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
        grids, hidden = [], []
        for meta in book.sheets_metadata:
            if meta.visible != calamine.SheetVisibleEnum.Visible:
                hidden.append(meta.name)
            elif meta.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(meta.name)
                rows = sheet.to_python(skip_empty_area=False)
                name = f"{path.name}, sheet {meta.name}"
                if rows and rows[0]:
                    columns = [_of_values(values) for values in zip(*rows, strict=True)]
                    grids.append(_grid(name, columns, 1, 0))
    except (calamine.CalamineError, OSError, ValueError) as error:
        seen = f"{path.name} is damaged, or no workbook at all ({type(error).__name__})."
        raise Refusal(codes.UNREADABLE_WORKBOOK, seen) from None
    return _with_hidden(path, grids, hidden)


def _with_hidden(path: Path, grids: list[RawGrid], hidden: list[str]) -> list[RawGrid]:
    grids = [grid for grid in grids if len(grid)]
    if not grids:
        also = f" but {len(hidden)} hidden" if hidden else ""
        raise Refusal(codes.FILE_EMPTY, f"{path.name} has no sheet with anything in it{also}.")
    if not hidden:
        return grids
    said = f"Hidden sheets were not read: {', '.join(hidden)}."
    return [
        RawGrid(g.source, g.columns, g.lines, g.widths, g.is_sheet, (*g.said, said)) for g in grids
    ]


def _grid(name: str, columns: Sequence[RawColumn], first_row: int, left: int) -> RawGrid:
    """A grid of the rows that hold anything; empty columns at the left keep addresses right."""
    rows = len(columns[0].texts)
    padded = [*(RawColumn.of_texts([""] * rows) for _ in range(left)), *columns]
    held = np.zeros(rows, dtype=np.bool_)
    for column in columns:
        held |= column.filled
    kept = np.flatnonzero(held)
    widths = np.full(len(kept), len(padded), dtype=np.int64)
    return RawGrid(
        name, tuple(column.take(kept) for column in padded), kept + first_row, widths, is_sheet=True
    )


def _column(cells: ColumnBlock, block: Block, format_codes: Sequence[str]) -> RawColumn:
    """One column of a sheet, its number formats turned into kinds."""
    of_cell = np.zeros(max(_OF_CELL) + 1, dtype=np.uint8)
    for cell_kind, raw in _OF_CELL.items():
        of_cell[cell_kind] = raw
    kinds = of_cell[cells.kind]
    known = (cells.style >= 0) & (cells.style < len(block.formats))
    classes = np.where(known, block.formats[np.where(known, cells.style, 0)], 0)
    is_number = kinds == RawKind.NUMBER
    kinds[is_number & (classes == FormatClass.DATE)] = RawKind.DATE
    kinds[is_number & (classes == FormatClass.PERCENT)] = RawKind.PERCENT
    kinds[cells.formula & (kinds == RawKind.BLANK)] = RawKind.NO_VALUE
    texts = text_array([""]).repeat(len(kinds))
    pooled = cells.text >= 0
    texts[pooled] = block.pool[cells.text[pooled]]
    numbers = np.where(is_number, cells.number, np.nan)
    truths = kinds == RawKind.BOOL
    texts[truths] = np.where(cells.number[truths] != 0, "TRUE", "FALSE")
    dated = kinds == RawKind.DATE
    if block.date1904:
        numbers[dated] += _DAYS_1904
    rows = np.flatnonzero(is_number)
    texts[rows] = _number_texts(numbers[rows], cells.style[rows], format_codes)
    texts[dated] = _date_texts(numbers[dated])
    blank = np.fromiter((t == "" or t.isspace() for t in texts), bool, len(texts))
    kinds[(kinds == RawKind.TEXT) & blank] = RawKind.BLANK
    return RawColumn(texts, kinds, numbers)


def _number_texts(
    numbers: FloatArray, styles: np.ndarray[tuple[int], np.dtype[np.int32]], codes_: Sequence[str]
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Numbers as an identifier shows them: whole ones without a point, with the format's zeros."""
    distinct, inverse = np.unique(np.stack([numbers, styles.astype(float)]), axis=1,
                                  return_inverse=True)  # fmt: skip
    shown = []
    for number, style in distinct.T.tolist():
        whole = abs(number) < 1e15 and number == int(number)
        text = str(int(number)) if whole else repr(number)
        code = codes_[int(style)] if 0 <= style < len(codes_) else ""
        zeros = len(code) if code and set(code) == {"0"} and whole and number >= 0 else 0
        shown.append(text.zfill(zeros))
    return text_array(shown)[inverse.reshape(-1)]


def _date_texts(days: FloatArray) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    inside = (days >= 0) & (days < 2_958_466)
    dates = np.datetime64("1899-12-30", "D") + np.where(inside, days, 0).astype(np.int64)
    return np.where(inside, dates.astype(str), days.astype(str)).astype(object)


def _of_values(values: Sequence[Any]) -> RawColumn:
    """One column of values as the other reader gives them; it knows no number formats."""
    series = pd.Series(list(values), dtype=object)
    kinds: KindArray = np.full(len(series), RawKind.TEXT, dtype=np.uint8)
    numbers = np.full(len(series), np.nan)
    texts = text_array([""]).repeat(len(series))
    for row, value in enumerate(series.tolist()):
        if isinstance(value, bool):
            kinds[row], texts[row] = RawKind.BOOL, str(value).upper()
        elif isinstance(value, int | float):
            kinds[row], numbers[row] = RawKind.NUMBER, value
            texts[row] = str(int(value)) if value == int(value) else repr(value)
        elif isinstance(value, dt.date):
            moment = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001  # as above
            kinds[row], numbers[row] = RawKind.DATE, (moment - _EPOCH).days
            texts[row] = value.isoformat()[:10]
        elif isinstance(value, str) and value.strip():
            texts[row] = value
            kinds[row] = RawKind.ERROR if value in _ERRORS else RawKind.TEXT
        else:
            kinds[row] = RawKind.BLANK
    return RawColumn(texts, kinds, numbers)


_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
