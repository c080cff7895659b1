"""Some rows of a large sheet read without parsing the others, which are told by a digest alone.

Two sheets with the same digest are the same, byte for byte, in all other rows.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.canvas import Canvas, Found
from ar_xl.xlfile.columns import Block
from ar_xl.xlfile.exactfound import found_cells
from ar_xl.xlfile.formats import read_formats
from ar_xl.xlfile.package import Package, content_of
from ar_xl.xlfile.piece import PADDING
from ar_xl.xlfile.readahead import stream_ahead
from ar_xl.xlfile.scan import Scan
from ar_xl.xlfile.sheetparser import parse_cells
from ar_xl.xlfile.sheetpieces import SheetPieces, Unusual
from ar_xl.xlfile.strings import Pool, Strings

Rows = npt.NDArray[np.int64]

_ROW = re.compile(rb'<row r="(\d{1,7})"')


@dataclass(frozen=True)
class SomeRows:
    """Some rows of a sheet as they stand in a file.

    Args:
        block: their cells, one row of the block a row asked for; blank where there is none.
        rest: tells the bytes of all other rows, and the texts they name; None where the sheet is
            written in too unusual a way.
    """

    block: Block
    rest: bytes | None


class RowSieve(SheetPieces):
    """The pieces of a sheet cut down to some rows; the offsets given are not those of the part.

    Args:
        chunks: the part's bytes.
        part: its name, for messages.
        rows: numbers of the rows wanted, from 1, ascending.
    """

    def __init__(self, chunks: Iterable[bytes], part: str, rows: Rows) -> None:
        super().__init__(chunks, part)
        self._rows = rows
        self._last = 0
        self._others = hashlib.sha256()

    def __iter__(self) -> Iterator[tuple[bytes, int, int]]:
        for content, end, offset in super().__iter__():
            wanted = self._sifted(content, end)
            if wanted:
                kept = b"".join((PADDING, *wanted, PADDING))
                yield kept, len(kept) - len(PADDING), offset

    def rest(self) -> bytes:
        """The digest of all other rows, once all pieces were taken."""
        return self._others.digest()

    def _sifted(self, content: bytes, end: int) -> list[bytes]:
        """Take the rows that are wanted out of a piece; the others go into the digest."""
        start, last = len(PADDING), content.rfind(b"<row", 0, end)
        found = _ROW.match(content, max(last, 0))
        if found is None:
            raise Unusual
        first = _ROW.search(content)
        if first is None or not self._last < int(first[1]) <= int(found[1]):
            raise Unusual
        self._last = int(found[1])
        among = np.searchsorted(self._rows, (int(first[1]), self._last + 1))
        if among[0] == among[1]:
            self._others.update(memoryview(content)[start:end])
            return []
        starts, numbers = _rows(content, end)
        wanted = np.isin(numbers, self._rows[among[0] : among[1]])
        edges = np.flatnonzero(np.diff(wanted)) + 1
        bounds = [start, *np.append(starts, end)[edges].tolist(), end]
        kept: list[bytes] = []
        is_wanted = bool(wanted[0])
        for left, right in pairwise(bounds):
            if is_wanted:
                kept.append(content[left:right])
            else:
                self._others.update(memoryview(content)[left:right])
            is_wanted = not is_wanted
        return kept


class RowCanvas(Canvas):
    """A canvas of rows that need not follow one another.

    Args:
        rows: their numbers from 0, ascending.
        col0: the first column, from 0.
        columns: how many.
    """

    def __init__(self, rows: Rows, col0: int, columns: int) -> None:
        super().__init__(0, col0, len(rows), columns)
        self._numbers = rows

    def covers(self, rows: Rows, columns: Rows) -> npt.NDArray[np.bool_]:
        """Which of the cells lie on it."""
        if not self.rows:
            return np.zeros(len(rows), dtype=np.bool_)
        place = np.minimum(np.searchsorted(self._numbers, rows), self.rows - 1)
        known = self._numbers[place] == rows
        return known & (columns >= self.col0) & (columns < self.col0 + self.columns)

    def put(self, found: Found) -> None:
        """Put cells on it."""
        super().put(replace(found, row=np.searchsorted(self._numbers, found.row)))


class RowTexts(Pool):
    """The texts of some rows: the shared ones, and behind them those that stand in the rows.

    A text that stands in a row has its own index even where a shared one is equal, so that
    half a million texts need not be numbered for the sake of a few.

    Args:
        known: the texts of the workbook.
    """

    def __init__(self, package: Package, known: Pool) -> None:
        super().__init__(package)
        self._known = known

    @cached_property
    def _strings(self) -> Strings:
        return self._known.strings

    @property
    def shared(self) -> npt.NDArray[np.int32]:
        """The index of each shared string."""
        return self._strings.places

    @property
    def texts(self) -> npt.NDArray[np.object_]:
        """All texts by index; none where no cell has any."""
        if "_strings" not in self.__dict__:
            return super().texts
        return np.concatenate((self._strings.texts, super().texts))

    def intern(self, texts: Sequence[str]) -> npt.NDArray[np.int32]:
        """The indices of texts that stand in the rows."""
        return super().intern(texts) + np.int32(len(self._strings.texts))


def read_some(
    package: Package, sheet_part: str, rows: Rows, col0: int, columns: int, pool: Pool
) -> SomeRows:
    """Read some rows of a sheet.

    Args:
        package: the file.
        sheet_part: the sheet's part.
        rows: numbers of the rows, from 1, ascending.
        col0: the first column, from 0.
        columns: how many; 0 for the digest of the other rows alone.
        pool: the texts of the workbook.

    Raises:
        XlFileError: the sheet is damaged, hostile, or not in the file any more.
    """
    canvas, texts = RowCanvas(rows - 1, col0, columns), RowTexts(package, pool)
    rest: bytes | None = None
    try:
        sieve = RowSieve(stream_ahead(package, sheet_part), sheet_part, rows)
        if columns:
            size = package.member(sheet_part).file_size
            Scan(canvas, texts, sheet_part, package.date1904, size).read(sieve)
        else:
            deque(sieve, maxlen=0)
        rest = sieve.rest() + _texts_named(package)
    except Unusual:
        if columns:
            canvas = RowCanvas(rows - 1, col0, columns)
            cells = parse_cells(package.stream(sheet_part), sheet_part, package.date1904)
            canvas.put(found_cells(cells, canvas, texts))
    formats = read_formats(package).classes
    return SomeRows(Block(canvas.blocks(), texts.texts, formats, package.date1904), rest)


def read_beside(
    package: Package,
    sheet_part: str,
    earlier: tuple[Package, str],
    rows: Rows,
    col0: int,
    columns: int,
    pool: Pool,
) -> tuple[Block, bool]:
    """Read some rows of a sheet, and compare all others with an earlier file, both at once.

    Args:
        package, sheet_part, rows, col0, columns, pool: as `read_some`.
        earlier: the other file, and the sheet's part in it.

    Returns:
        The rows, and whether all others are byte for byte the same; False also where that
        cannot be told.
    """
    with ThreadPoolExecutor(1) as other:
        before = other.submit(read_some, *earlier, rows, 0, 0, Pool(earlier[0]))
        now = read_some(package, sheet_part, rows, col0, columns, pool)
        return now.block, now.rest is not None and now.rest == before.result().rest


def _rows(content: bytes, end: int) -> tuple[Rows, Rows]:
    """Where each row of a piece starts, and its number."""
    if b"<!" in content or b"<?" in content:
        raise Unusual
    found = [(match.start(), int(match[1])) for match in _ROW.finditer(content, 0, end)]
    if len(found) != content.count(b"<row", 0, end):
        raise Unusual
    starts, numbers = np.array(found, dtype=np.int64).T
    if (np.diff(numbers) <= 0).any():
        raise Unusual
    return starts, numbers


def _texts_named(package: Package) -> bytes:
    """What tells the shared strings that cells name by number."""
    part = package.part_of_kind("sharedStrings")
    if part is None:
        return b""
    return b"%d %d" % content_of(package.member(part))
