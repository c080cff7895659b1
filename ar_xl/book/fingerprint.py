"""Whether a report sheet is still as we made it: check numbers over its values and its looks.

The numbers stand in the sheet's last line. A formula counts as a formula, whatever it shows, so
that filtering a table, which changes its totals, is no edit. Formats, charts, notes, rules and
whatever else can be put onto a sheet count, widths and heights do not.
"""

from __future__ import annotations

import re
from zlib import crc32

import numpy as np
import numpy.typing as npt
import xlwings as xw

from ar_xl.book.blocks import CellKind, read_block
from ar_xl.book.host import is_file_host
from ar_xl.book.inventory import looks_on, objects_on
from ar_xl.core.arrays import TextArray
from ar_xl.ops.seals import text_hashes

Hashes = npt.NDArray[np.uint64]

MADE_BY = "Made by ar_xl"
_CHECK = re.compile(re.escape(MADE_BY) + r".*check ((?:[0-9A-F]{8}-?){3})$")
_FORMULA = np.uint64(0xA5A5A5A5DEADBEEF)
_FOOT_WITHIN = 3  # of the last rows
_WITHOUT_LOOKS = 17  # characters of a check
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def foot_line(stamp: str, check: str) -> str:
    """The last line of a report sheet.

    Args:
        stamp: who and when; may be empty.
        check: of the values above it, by `check_of`.
    """
    return " ".join(part for part in (MADE_BY, stamp, f"check {check}") if part)


def check_of(sheet: xw.Sheet, last_row: int, last_column: int) -> str:
    """The check numbers of a sheet: of values down to a row, of what lies on it, of its looks."""
    values = _values(sheet, last_row, last_column)
    said = (objects_on(sheet), looks_on(sheet, last_row, last_column))
    return "-".join((values, *(f"{crc32(each.encode()):08X}" for each in said)))


def _values(sheet: xw.Sheet, last_row: int, last_column: int) -> str:
    """The check number of the values: eight hexadecimal digits."""
    block = read_block(sheet, 1, 1, last_row, last_column, formats=False)
    total = 0
    rows = np.arange(1, last_row + 1, dtype=np.uint64)
    for number, column in enumerate(block.columns, 1):
        filled = column.kind != CellKind.BLANK
        value = np.zeros(last_row, dtype=np.uint64)
        numeric = filled & ((column.kind == CellKind.NUMBER) | (column.kind == CellKind.BOOL))
        rounded = np.round(column.number[numeric], 6) + 0.0  # the sum turns -0 into 0
        value[numeric] = rounded.view(np.uint64) ^ column.kind[numeric]
        written = filled & ~numeric
        value[written] = _texts(block.pool[column.text[written]])
        value[column.formula] = _FORMULA
        filled |= column.formula
        place = rows * np.uint64(16_384) + np.uint64(number)
        total += int(_mixed(value[filled] ^ _mixed(place[filled] * _STEP)).sum(dtype=np.uint64))
    return f"{total % 2**64 >> 32:08X}"


def is_as_made(sheet: xw.Sheet) -> bool:
    """Whether a sheet is a report of ours in which nothing was changed, added or moved."""
    last = sheet.used_range.last_cell
    end, width = last.row, last.column
    first = max(end - _FOOT_WITHIN + 1, 2)
    if end < first:
        return False
    tail = read_block(sheet, first, 1, end - first + 1, width, formats=False)
    label = tail.columns[0]
    for at in range(end - first, -1, -1):
        found = _CHECK.match(str(tail.pool[label.text[at]])) if label.text[at] >= 0 else None
        if found:
            below = any((column.kind[at + 1 :] != CellKind.BLANK).any() for column in tail.columns)
            return not below and _agree(sheet, check_of(sheet, first + at - 1, width), found[1])
    return False


def _agree(sheet: xw.Sheet, now: str, then: str) -> bool:
    """Whether check numbers agree; in Excel without the looks, which it is not asked for."""
    compared = len(then) if is_file_host(sheet.book) else _WITHOUT_LOOKS
    return now[:compared] == then[:compared]


def _texts(texts: TextArray) -> Hashes:
    if not len(texts):
        return np.empty(0, dtype=np.uint64)
    return text_hashes(texts)


def _mixed(values: Hashes) -> Hashes:
    values = (values ^ (values >> np.uint64(30))) * _MIX_1
    values = (values ^ (values >> np.uint64(27))) * _MIX_2
    return values ^ (values >> np.uint64(31))
