"""The scan: a sheet's bytes to typed columns, a few megabytes at a time, without a loop over cells.

Each piece holds whole rows. Every "<" of it is found; those that begin rows and cells are told by
the bytes behind them, and everything between is accounted for. Cells written in an odd way are
parsed one by one by the exact parser; where the sheet as a whole is, `Unusual` is raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import AddressError, parse_area
from ar_xl.xlfile.canvas import Canvas
from ar_xl.xlfile.celltags import (
    Cells,
    Tags,
    find_attributes,
    find_cells,
    find_rows,
    find_tags,
)
from ar_xl.xlfile.cellvalues import find_values, read_values
from ar_xl.xlfile.errors import XlFileError
from ar_xl.xlfile.exactfound import found_cells
from ar_xl.xlfile.piece import PADDING, Bools, Piece, Places
from ar_xl.xlfile.plaincells import PlainCells
from ar_xl.xlfile.sheetparser import parse_cells
from ar_xl.xlfile.sheetpieces import SheetPieces, Unusual
from ar_xl.xlfile.strings import Pool
from ar_xl.xlfile.xmlparts import feed, new_parser

MIN_CELL_BYTES = 9  # the least that one cell among many takes on average, a few cells left out
# Parsing a cell on its own costs a little more than as part of a sheet.
_MANY_ODD = 1000

_DIMENSION = re.compile(rb'<dimension ref="([A-Z0-9:]+)"')


@dataclass(frozen=True)
class RowIndex:
    """Where the rows of a sheet lie in its uncompressed bytes.

    Args:
        numbers: int64, row numbers from 0, ascending.
        starts: int64, offset of each `<row`.
        ends: int64, offset behind each `</row>` (or `/>`).
        data_start: offset behind `<sheetData>`.
        data_end: offset of `</sheetData>`.
    """

    numbers: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    data_start: int
    data_end: int


class Scan:
    """One pass over a worksheet part.

    Args:
        canvas: what the cells are put on; cells outside are passed over.
        pool: where texts go.
        part: the part's name, for messages.
        date1904: the epoch of dates written as text.
        size: bytes of the part, as the directory says.
    """

    def __init__(self, canvas: Canvas, pool: Pool, part: str, date1904: bool, size: int) -> None:
        self._canvas, self._pool, self._part, self._date1904 = canvas, pool, part, date1904
        self._size = size
        self._plain = PlainCells(pool)
        self._root = b""
        self._rows: list[tuple[Places, Places, Places]] = []
        self._last_row = -1

    def run(self, chunks: Iterable[bytes]) -> RowIndex:
        """Read the part to its end, so that its checksum is compared.

        Raises:
            Unusual: only the exact parser reads this sheet; the canvas is then half painted.
            XlFileError: it cannot be read at all.
        """
        return self.read(SheetPieces(chunks, self._part))

    def read(self, pieces: SheetPieces) -> RowIndex:
        """Read a part that is cut already; offsets are those that the pieces give.

        Raises:
            XlFileError: as `run`.
        """
        self._root = pieces.root
        self._expect(pieces.head)
        for content, end, offset in pieces:
            self._piece(Piece(content), len(PADDING), end, offset)
        parser = new_parser(self._part)
        for around in pieces.without_rows():
            feed(parser, around, self._part)
        feed(parser, b"", self._part, final=True)
        none = np.empty(0, dtype=np.int64)
        parts = [*self._rows, (none, none, none)]
        numbers, starts, ends = (np.concatenate(column) for column in zip(*parts, strict=True))
        return RowIndex(numbers, starts, ends, pieces.data_start, pieces.data_end)

    def read_top(self, chunks: Iterable[bytes], rows: int) -> None:
        """Read a part from its start until all cells of its first rows are on the canvas.

        Args:
            chunks: the part's bytes; the last ones are not asked for, nor its checksum compared.
            rows: how many rows at least.

        Raises:
            XlFileError: as `run`.
        """
        pieces = SheetPieces(chunks, self._part)
        self._root = pieces.root
        for content, end, offset in pieces:
            self._piece(Piece(content), len(PADDING), end, offset)
            if self._last_row >= rows:
                return

    def _expect(self, head: bytes) -> None:
        """Let the canvas make room for the area that the sheet claims to use."""
        claimed = _DIMENSION.search(head)
        if claimed:
            try:
                area = parse_area(claimed[1].decode("ascii", "replace"))
            except AddressError:
                return
            at_most = self._size // MIN_CELL_BYTES
            self._canvas.expect(area.top - 1, area.left - 1, area.rows, area.columns, at_most)

    def _piece(self, piece: Piece, start: int, end: int, offset: int) -> None:
        """Put the cells between two places on the canvas; `offset` is that of place 0."""
        plain = self._plain.read(piece, start, end, self._last_row)
        if plain is not None:
            self._last_row = int(plain.numbers[-1])
            self._rows.append((plain.numbers, plain.starts + offset, plain.ends + offset))
            found = plain.found
            if not self._canvas.grows:
                found = found.where(self._canvas.covers(found.row, found.column))
            self._canvas.put(found)
            return
        tags = find_tags(piece, start, end)
        if not len(tags.at):
            return
        mark, rows = find_rows(piece, tags, self._last_row)
        self._last_row = int(rows.number[-1])
        row_starts, row_ends = _extents(piece, tags, mark, end)
        self._rows.append((rows.number, row_starts + offset, row_ends + offset))
        cells = find_cells(piece, tags, rows)
        if not self._canvas.grows:
            cells = cells.where(self._canvas.covers(cells.row, cells.column))
        if not len(cells.tag):
            return
        attributes = find_attributes(piece, cells, tags)
        values = find_values(piece, tags, cells, attributes)
        if values.odd.any():
            self._odd(piece, tags, cells.where(values.odd), len(cells.tag))
            usual = ~values.odd
            cells, attributes = cells.where(usual), attributes.where(usual)
            values = values.where(usual)
        self._canvas.put(read_values(piece, cells, attributes, values, self._pool))

    def _odd(self, piece: Piece, tags: Tags, cells: Cells, among: int) -> None:
        """Have the exact parser read cells one by one."""
        if len(cells.tag) > max(_MANY_ODD, among // 4):
            raise Unusual
        behind = cells.tag + cells.count
        ends = np.append(tags.at, tags.at[-1])[behind]
        parts = [self._root, b"<sheetData>"]
        for row, content in zip(
            cells.row.tolist(), piece.slices(tags.at[cells.tag], ends), strict=True
        ):
            parts.append(b'<row r="%d">%s</row>' % (row + 1, content))
        parts.append(b"</sheetData></worksheet>")
        try:
            parsed = parse_cells([b"".join(parts)], self._part, self._date1904)
        except XlFileError:
            raise Unusual from None
        if len(parsed.rows) != len(cells.tag):
            raise Unusual
        self._canvas.put(found_cells(parsed, self._canvas, self._pool))


def _extents(piece: Piece, tags: Tags, mark: Places, end: int) -> tuple[Places, Places]:
    """Where each row begins and ends.

    Raises:
        Unusual: a row's end tag is not `</row>`, or something stands behind a row without one.
    """
    starts = tags.at[tags.mark[mark]]
    last_mark = np.append(mark[1:], len(tags.mark)) - 1
    alone = last_mark == mark
    last = tags.at[tags.mark[last_mark]]
    after = np.append(tags.at, end)[np.minimum(tags.mark[last_mark] + 1, len(tags.at))]
    ends = np.where(alone, after, last + 6)
    closed = np.where(alone, piece.ones(after - 2) == ord("/"), _is_row_end(piece, last))
    if not closed.all():
        raise Unusual
    return starts, ends


def _is_row_end(piece: Piece, places: Places) -> Bools:
    return piece.ones(places + 5) == ord(">")
