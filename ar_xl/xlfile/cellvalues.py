"""What cells hold, many at a time: from the tags behind a cell's own to typed values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.canvas import Found
from ar_xl.xlfile.celltags import (
    BOOL,
    ERROR,
    INLINE,
    NUMBER,
    SHARED,
    STRING,
    Attributes,
    Cells,
    Tags,
)
from ar_xl.xlfile.columns import CellKind
from ar_xl.xlfile.digits import numbers, whole_numbers
from ar_xl.xlfile.exactfound import shared_texts
from ar_xl.xlfile.piece import Bools, Piece, Places, word
from ar_xl.xlfile.plaintext import plain_texts
from ar_xl.xlfile.sheetpieces import Unusual
from ar_xl.xlfile.strings import Pool

_LOW2, _LOW3 = np.uint32(0xFFFF), np.uint32(0xFFFFFF)


def _head(text: bytes) -> np.uint32:
    return np.uint32(word(text))


_CELL_END, _IS = _head(b"</c>"), _head(b"<is>")
_VALUE, _VALUE_EMPTY = _head(b"<v>"), (_head(b"<v/>"), _head(b"<v /"))
_FORMULA, _FORMULA_END = _head(b"<f"), _head(b"</f>")
_FORMULA_STARTS = [_head(b"<f>"), _head(b"<f "), _head(b"<f/")]
_TEXT, _TEXT_SPACE = _head(b"<t>"), _head(b"<t ")
_VALUE_ENDS, _TEXT_ENDS, _INLINE_ENDS = word(b"</v></c>"), word(b"</t></is"), word(b"/is></c>")
_PRESERVE = tuple(word(text) for text in (b"<t xml:s", b'pace="pr', b'eserve">'))
_COMPARED = 24  # bytes of a text that are compared with the text above it
_ONE, _ZERO = ord("1"), ord("0")
# A text that may begin or end with space that Excel would not keep: left to the exact parser.
_EDGE = np.zeros(256, dtype=np.bool_)
_EDGE[[ord(character) for character in " \t\r\n&;"]] = True


@dataclass(frozen=True)
class Values:
    """Where the value of each cell stands.

    Args:
        start: of its characters; 0 where it has none.
        end: behind them.
        formula: the cell has one.
        blank: the cell has no value.
        odd: the cell is built in another way; nothing else here holds.
    """

    start: Places
    end: Places
    formula: Bools
    blank: Bools
    odd: Bools

    def where(self, chosen: Bools) -> Values:
        """Those of the cells that are chosen."""
        return Values(
            self.start[chosen],
            self.end[chosen],
            self.formula[chosen],
            self.blank[chosen],
            self.odd[chosen],
        )


def find_values(piece: Piece, tags: Tags, cells: Cells, attributes: Attributes) -> Values:
    """Where the values of cells stand, judged by every tag between one cell and the next."""
    last = len(tags.at) - 1
    following, count = np.minimum(cells.tag + 1, last), cells.count
    formula = ((tags.head[following] & _LOW2) == _FORMULA) & ~attributes.empty
    odd = attributes.odd
    if formula.any():
        following, count, badly_built = _skip_formulas(piece, tags, following, count, formula)
        odd = odd | badly_built
    head = tags.head[following]
    start, end = np.zeros(len(head), dtype=np.int64), np.zeros(len(head), dtype=np.int64)
    is_text = (attributes.type == STRING) | (attributes.type == INLINE)
    blank = (count == 1) & attributes.empty
    blank |= (count == 2) & (head == _CELL_END)
    blank |= (count == 3) & np.isin(head, _VALUE_EMPTY) & ~is_text
    plain = (count == 4) & ((head & _LOW3) == _VALUE) & (attributes.type != INLINE)
    which = np.flatnonzero(plain)
    value_at, value_end = tags.at[following[which]], tags.at[following[which] + 1]
    start[which], end[which] = value_at + 3, value_end
    plain[which] = piece.eights(value_end) == _VALUE_ENDS
    inline = (count == 6) & (head == _IS) & (attributes.type == INLINE)
    if inline.any():
        _find_inline(piece, tags, following, inline, start, end)
    blank |= plain & (start == end) & ~is_text
    return Values(start, end, formula, blank, odd | ~(blank | plain | inline))


def _skip_formulas(
    piece: Piece, tags: Tags, following: Places, count: Places, formula: Bools
) -> tuple[Places, Places, Bools]:
    """The tag behind each formula and the count without it; and the cells that are odd."""
    last = len(tags.at) - 1
    which = np.flatnonzero(formula)
    known = np.isin(tags.head[following[which]] & _LOW3, _FORMULA_STARTS)
    behind = np.minimum(following[which] + 1, last)
    has_text = tags.head[behind] == _FORMULA_END
    closes_itself = piece.ones(tags.at[behind] - 2) == ord("/")
    step = np.where(has_text, 2, 1)
    odd = np.zeros(len(formula), dtype=np.bool_)
    odd[which] = ~known | ~(has_text | closes_itself)
    following, count = following.copy(), count.copy()
    following[which] = np.minimum(following[which] + step, last)
    count[which] -= step
    return following, count, odd


def _find_inline(
    piece: Piece, tags: Tags, following: Places, inline: Bools, start: Places, end: Places
) -> None:
    """Set `start` and `end` of inline strings of one text; take others out of `inline`."""
    which = np.flatnonzero(inline)
    text_tag = following[which] + 1
    head, at, ends = tags.head[text_tag], tags.at[text_tag], tags.at[text_tag + 1]
    bare = (head & _LOW3) == _TEXT
    preserve = (head & _LOW3) == _TEXT_SPACE
    kept = np.flatnonzero(preserve)
    for place, expected in zip((0, 8, 16), _PRESERVE, strict=True):
        preserve[kept] &= piece.eights(at[kept] + place) == expected
    begins = at + np.where(preserve, 24, 3)
    good = (piece.eights(ends) == _TEXT_ENDS) & (piece.eights(ends + 5) == _INLINE_ENDS)
    trimmed = _EDGE[piece.ones(begins)] | _EDGE[piece.ones(ends - 1)]
    good &= preserve | (bare & ((begins == ends) | ~trimmed))
    start[which], end[which] = begins, ends
    inline[which] = good


def read_values(
    piece: Piece, cells: Cells, attributes: Attributes, values: Values, pool: Pool
) -> Found:
    """The typed values of cells, none of them odd.

    Raises:
        Unusual: a value is not of its cell's type; the exact parser says what is wrong.
        DamagedWorkbook: a cell names a shared string that does not exist.
    """
    size = len(cells.tag)
    kind = np.zeros(size, dtype=np.uint8)
    number = np.full(size, np.nan)
    text = np.full(size, -1, dtype=np.int32)
    written = np.where(values.blank, np.uint8(255), attributes.type)

    which = np.flatnonzero(written == NUMBER)
    kind[which] = CellKind.NUMBER
    number[which], good = numbers(piece, values.start[which], values.end[which])
    _require(good)

    which = np.flatnonzero(written == SHARED)
    kind[which] = CellKind.TEXT
    shared, good = whole_numbers(piece, values.start[which], values.end[which])
    _require(good)
    text[which] = shared_texts(pool, shared)

    which = np.flatnonzero(written == BOOL)
    kind[which] = CellKind.BOOL
    character = piece.ones(values.start[which])
    _require((values.end[which] - values.start[which] == 1) & (character | 1 == _ONE))
    number[which] = character - _ZERO

    which = np.flatnonzero((written == STRING) | (written == INLINE) | (written == ERROR))
    kind[which] = np.where(written[which] == ERROR, CellKind.ERROR, CellKind.TEXT)
    if len(which):
        at = (values.start[which], values.end[which])
        text[which] = _texts(piece, *at, cells.column[which], pool)
    return Found(cells.row, cells.column, kind, attributes.style, values.formula, number, text)


def _require(good: Bools) -> None:
    if not good.all():
        raise Unusual


def _texts(
    piece: Piece, starts: Places, ends: Places, columns: Places, pool: Pool
) -> npt.NDArray[np.int32]:
    """The pool's indices of texts that stand in a piece.

    A text equal to the one above it is not made a Python string again: most columns of a ledger
    (type, currency, terms, batch) repeat themselves.
    """
    order = np.argsort(columns.astype(np.uint16), kind="stable")
    columns, starts, ends = columns[order], starts[order], ends[order]
    length = ends - starts
    same = (np.diff(columns) == 0) & (np.diff(length) == 0) & (length[1:] <= _COMPARED)
    for place in range(0, _COMPARED, 8):
        shift = ((8 - np.clip(length - place, 0, 8)) << 3).astype(np.uint64)
        words = piece.eights(starts + np.minimum(place, length)) << shift
        same &= words[1:] == words[:-1]
    first = np.concatenate(([True], ~same))
    result = np.empty(len(order), dtype=np.int32)
    result[order] = _interned(piece, starts[first], ends[first], pool)[np.cumsum(first) - 1]
    return result


def _interned(piece: Piece, starts: Places, ends: Places, pool: Pool) -> npt.NDArray[np.int32]:
    try:
        joined = b"\0".join(piece.slices(starts, ends)).decode("utf-8")
    except UnicodeDecodeError:
        raise Unusual from None
    texts = joined.split("\0")
    if len(texts) != len(starts):
        raise Unusual
    return pool.intern(plain_texts(texts))
