"""The quick way through pieces of a sheet in which all cells are plain: numbers and shared texts.

Such a cell is `<c r="B7" s="3" t="s"><v>12</v></c>`, or `<c r="B7" s="3"/>` where it is empty.
Only starts of cells and rows are looked for; where one ends the next begins, so that every byte
has its place: what stands between reference and value is one of a few layouts, compared word by
word, values are digits, and no tag may be left over. Any doubt leaves a piece to the general way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import MAX_COLUMN
from ar_xl.xlfile.canvas import Found
from ar_xl.xlfile.celltags import Rows, row_numbers
from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.digits import numbers, whole_numbers
from ar_xl.xlfile.exactfound import shared_texts
from ar_xl.xlfile.layouts import EMPTY, NUMBER, SHARED, Layouts
from ar_xl.xlfile.piece import Piece, Places, word
from ar_xl.xlfile.strings import Pool

_MOST_FAILURES = 3  # pieces in a row after which a sheet is not tried any more
_CELL, _CELL_END, _ROW_END = word(b'<c r="'), word(b"</v></c>"), word(b"</row>")
_SIX_BYTES = np.uint64((1 << 48) - 1)
_ALL, _U8, _U16, _U48, _U56 = (np.uint64(n) for n in ((1 << 64) - 1, 8, 16, 48, 56))
_QUOTE = np.uint64(0x22)


def _columns_by_letters() -> npt.NDArray[np.int64]:
    """Columns from 0 by the two bytes that a reference begins with, -1 where they begin none."""
    table = np.full((256, 256), -1, dtype=np.int64)  # second byte, first byte
    letters = np.arange(26, dtype=np.int64)
    table[0x30:0x3A, 0x41:0x5B] = letters
    table[0x41:0x5B, 0x41:0x5B] = (letters + 1) * 26 + letters[:, None]
    return table.reshape(-1)


_COLUMNS = _columns_by_letters()


@dataclass(frozen=True)
class PlainPiece:
    """What was found in a piece.

    Args:
        found: its cells.
        numbers: of its rows, from 0.
        starts: of its rows in the piece.
        ends: behind them.
    """

    found: Found
    numbers: Places
    starts: Places
    ends: Places


@dataclass(frozen=True)
class _Outline:
    """Where the cells and rows of a piece lie.

    Args:
        cell: where each cell starts.
        behind: where it must end.
        row: where each row starts.
        row_end: where it must end.
        count: cells by row, at least one.
        tags: how many tags the cells must have in all.
    """

    cell: Places
    behind: Places
    row: Places
    row_end: Places
    count: Places
    tags: int


class PlainCells:
    """Reads the pieces of one sheet; remembers what the cells of each column look like.

    Args:
        pool: where texts stand.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._layouts = Layouts()
        self._usual = np.zeros(MAX_COLUMN, dtype=np.int64)  # layout by column
        self._failures = 0

    def read(self, piece: Piece, start: int, end: int, after: int) -> PlainPiece | None:
        """Read the rows between two places; None where they are not plain.

        Args:
            piece: that holds whole rows.
            start: of the rows.
            end: of the rows.
            after: the number of the row before, from 0.

        Raises:
            Unusual: only the exact parser reads them.
            DamagedWorkbook: a cell names a shared string that does not exist.
        """
        if self._failures >= _MOST_FAILURES:
            return None
        made = self._read(piece, start, end, after)
        self._failures = 0 if made else self._failures + 1
        return made

    def _read(self, piece: Piece, start: int, end: int, after: int) -> PlainPiece | None:
        outline = _outline(piece, start, end)
        if outline is None:
            return None
        rows = row_numbers(piece, outline.row, after)
        references = _references(piece, outline, rows)
        if references is None:
            return None
        column, place = references
        layout = self._laid_out(piece, place, column)
        if layout is None:
            return None
        found = self._values(piece, outline, place, layout, column, rows.number)
        if found is None:
            return None
        return PlainPiece(found, rows.number, outline.row, outline.row_end)

    def _laid_out(self, piece: Piece, place: Places, column: Places) -> Places | None:
        """The layout of what follows each reference; None where one is none that can be."""
        layout = self._usual[column]
        wrong = np.flatnonzero(~self._layouts.fit(piece, place, layout))
        while len(wrong):
            found = self._layouts.learn(piece.content, int(place[wrong[0]]))
            if found is None:
                return None
            same = self._layouts.fit(piece, place[wrong], np.full(len(wrong), found))
            layout[wrong[same]] = found
            self._usual[column[wrong[same]]] = found
            wrong = wrong[~same]
        return layout

    def _values(
        self, piece: Piece, outline: _Outline, place: Places, layout: Places, column: Places,
        row: Places,
    ) -> Found | None:  # fmt: skip
        start, end = place + self._layouts.length[layout], outline.behind - 8
        content = self._layouts.kind[layout]
        is_empty = content == EMPTY
        ends_well = piece.eights(end) == _CELL_END
        if is_empty.any():
            ends_well = np.where(is_empty, start == outline.behind, ends_well)
        filled = len(content) - int(np.count_nonzero(is_empty))
        if not ends_well.all() or 3 * filled + len(content) != outline.tags:
            return None
        kind = np.zeros(len(content), dtype=np.uint8)
        number = np.full(len(content), np.nan)
        text = np.full(len(content), -1, dtype=np.int32)
        which = np.flatnonzero(content == NUMBER)
        kind[which] = CellKind.NUMBER
        number[which], good_numbers = numbers(piece, start[which], end[which])
        which = np.flatnonzero(content == SHARED)
        kind[which] = CellKind.TEXT
        shared, good_texts = whole_numbers(piece, start[which], end[which])
        if not good_numbers.all() or not good_texts.all():
            return None
        text[which] = shared_texts(self._pool, shared)
        no_formula = np.zeros(len(content), dtype=np.bool_)
        rows = np.repeat(row, outline.count)
        style = self._layouts.style[layout]
        return Found(rows, column, kind, style, no_formula, number, text)


def _outline(piece: Piece, start: int, end: int) -> _Outline | None:
    """Where cells and rows lie, if there are no others tags between rows than those."""
    is_tag, letter = piece.bytes[start:end] == ord("<"), piece.bytes[start + 1 : end + 1]
    cell = np.flatnonzero(is_tag & (letter == ord("c"))) + start
    row = np.flatnonzero(is_tag & (letter == ord("r"))) + start
    tags = int(np.count_nonzero(is_tag)) - 2 * len(row)
    if not len(cell) or not len(row) or not len(cell) <= tags <= 4 * len(cell):
        return None
    first = np.searchsorted(cell, row)
    count = np.diff(first, append=len(cell))
    row_end = np.append(row[1:], end)
    before = cell[np.minimum(first, len(cell) - 1)] - 1
    good = (count > 0) & ((piece.eights(row_end - 8) >> _U16) == _ROW_END)
    good &= (piece.ones(before) == ord(">")) & (piece.ones(before - 1) != ord("/"))
    if row[0] != start or first[0] != 0 or not good.all():
        return None
    behind = np.append(cell[1:], end)
    behind[first + count - 1] = row_end - 6
    return _Outline(cell, behind, row, row_end, count, tags)


def _references(piece: Piece, outline: _Outline, rows: Rows) -> tuple[Places, Places] | None:
    """The column of each cell, and the place behind its reference; None where one is no such."""
    head = piece.eights(outline.cell)
    column = _COLUMNS[(head >> _U48).view(np.int64)]
    ascending = np.diff(column) > 0
    ascending[np.cumsum(outline.count[:-1]) - 1] = True
    if not ((head & _SIX_BYTES) == _CELL).all() or not ascending.all() or column.min() < 0:
        return None
    place = outline.cell + (column >= 26) + 7
    shift = (rows.length << 3).astype(np.uint64)
    wanted = np.repeat(rows.digits | (_QUOTE << shift), outline.count)
    if (rows.length == rows.length[0]).all():
        mask, length = _ALL >> (_U56 - shift[0]), rows.length[0]
        same = (piece.eights(place) & mask) == wanted
    else:
        masks, length = np.repeat(_ALL >> (_U56 - shift), outline.count), rows.length
        same = (piece.eights(place) & masks) == wanted
        length = np.repeat(length, outline.count)
    return (column, place + length + 1) if same.all() else None
