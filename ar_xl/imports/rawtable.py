"""RawTable: a foreign table as it stands in its file, before any meaning is given to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from ar_xl.core.arrays import BoolArray, IntArray, TextArray


class RawKind(IntEnum):
    """What a foreign cell is."""

    BLANK = 0
    TEXT = 1
    NUMBER = 2
    DATE = 3
    PERCENT = 4
    BOOL = 5
    ERROR = 6
    NO_VALUE = 7  # a formula whose result is not in the file


KindArray = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class RawColumn:
    """One column of a foreign table.

    Args:
        texts: as the file has them, nothing stripped; a number of a workbook as its shortest
            text, an error as its name; "" where blank.
        kinds: `RawKind` of each cell.
        numbers: value of NUMBER, DATE (days since 1899-12-30) and PERCENT cells, NaN elsewhere;
            None where the file has texts only.
    """

    texts: TextArray
    kinds: KindArray
    numbers: FloatArray | None = None

    @classmethod
    def of_texts(cls, texts: Sequence[str]) -> RawColumn:
        """A column of a text file; cells of spaces only are blank."""
        array: TextArray = np.empty(len(texts), dtype=object)
        array[:] = texts
        filled = np.asarray(array != "", dtype=np.bool_)
        if any(map(str.isspace, texts)):
            filled &= ~np.fromiter(map(str.isspace, texts), bool, len(texts))
        return cls(array, np.where(filled, RawKind.TEXT, RawKind.BLANK).astype(np.uint8))

    @property
    def filled(self) -> BoolArray:
        """Which cells hold anything."""
        return np.asarray(self.kinds != RawKind.BLANK, dtype=np.bool_)

    def take(self, rows: IntArray | BoolArray) -> RawColumn:
        """The cells of some rows."""
        numbers = None if self.numbers is None else self.numbers[rows]
        return RawColumn(self.texts[rows], self.kinds[rows], numbers)


@dataclass(frozen=True)
class RawGrid:
    """All cells of a foreign file or sheet, headings not found yet.

    Args:
        source: as messages name it: `invoices.csv`, or `book.xlsx, sheet Data`.
        columns: of one length; shorter records are filled up with blanks.
        lines: the line of the file, or the row of the sheet, where each record begins.
        widths: how many cells each record has in the file.
        is_sheet: it comes from a workbook, so cells have addresses.
        said: what is to be told about how the file was read.
    """

    source: str
    columns: tuple[RawColumn, ...]
    lines: IntArray
    widths: IntArray
    is_sheet: bool = False
    said: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)

    def record(self, index: int) -> list[str]:
        """The texts of one record."""
        return [str(column.texts[index]) for column in self.columns]


@dataclass(frozen=True)
class RawTable:
    """The data rows of a grid under the headings that were found.

    Args:
        grid: only the rows below the headings.
        headings: as the file has them, stripped.
        heading_line: where they stand.
    """

    grid: RawGrid
    headings: tuple[str, ...]
    heading_line: int

    def __len__(self) -> int:
        return len(self.grid)

    def take(self, rows: IntArray | BoolArray) -> RawTable:
        """Some of the rows."""
        grid = self.grid
        columns = tuple(column.take(rows) for column in grid.columns)
        picked = RawGrid(
            grid.source, columns, grid.lines[rows], grid.widths[rows], grid.is_sheet, grid.said
        )
        return RawTable(picked, self.headings, self.heading_line)

    def cell(self, row: int, column: int) -> str:
        """Where a cell is: `D12` in a sheet, `line 12, InvoiceDate` in a text file."""
        line = int(self.grid.lines[row])
        if self.grid.is_sheet:
            return f"{column_letters(column)}{line}"
        return f"line {line}, {self.headings[column]}"


def with_headings(grid: RawGrid, index: int) -> RawTable:
    """The rows of a grid below the record that holds the headings."""
    rows = np.arange(index + 1, len(grid), dtype=np.int64)
    headings = tuple(" ".join(text.split()) for text in grid.record(index))
    table = RawTable(grid, headings, int(grid.lines[index]))
    return table.take(rows)


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def first_marked(masks: Sequence[BoolArray]) -> tuple[int, int] | None:
    """The first row that any of several columns marks, as (column, row); None without."""
    for index, mask in enumerate(masks):
        rows = np.flatnonzero(mask)
        if len(rows):
            return index, int(rows[0])
    return None
