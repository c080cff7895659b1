"""The tags of cells and rows, many at a time: places, references, style and type.

Whatever is not written as Excel, LibreOffice, openpyxl or XlsxWriter write it is either marked as
odd, to be parsed on its own, or makes the whole sheet Unusual.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ar_xl.xlfile.addresses import MAX_COLUMN, MAX_ROW
from ar_xl.xlfile.digits import all_digits, fold, last_bytes
from ar_xl.xlfile.piece import Bools, Piece, Places, Words, word
from ar_xl.xlfile.sheetpieces import Unusual

_CELL = np.uint32(word(b"<c r"))
_ROW = np.uint32(word(b"<row"))
_ROW_END = np.uint32(word(b"</ro"))
_LOW2 = np.uint32(0xFFFF)
_DECLARATION = np.uint32(word(b"<!"))
_INSTRUCTION = np.uint32(word(b"<?"))

_ROW_NUMBER = word(b'<row r="')
_EQUALS = word(b'="')
_QUOTE = np.uint64(0x22)
_QUOTES = word(b'"' * 8)
_ONES = np.uint64(0x0101010101010101)
_TOPS = np.uint64(0x8080808080808080)
_U = tuple(np.uint64(n) for n in range(65))
_BYTE = np.uint64(0xFF)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_FOUR = np.uint64(0xFFFFFFFF)
_STYLE, _TYPE = word(b' s="'), word(b' t="')
_STR, _INLINE = word(b"str"), word(b"inl")
_SLASH, _CLOSE = 0x2F, 0x3E

# Types as `Tags.type` names them.
NUMBER, SHARED, BOOL, ERROR, STRING, INLINE, OTHER = range(7)
_BY_LETTER = np.full(256, OTHER, dtype=np.uint8)
_BY_LETTER[[ord("n"), ord("s"), ord("b"), ord("e")]] = NUMBER, SHARED, BOOL, ERROR


@dataclass(frozen=True)
class Tags:
    """The places of all tags of a piece, and which of them begin a row or a cell.

    Args:
        at: places of every "<".
        head: the four bytes from there.
        mark: which of `at` are row or cell starts or row ends, ascending.
        count: how many tags follow until the next mark, itself included.
        is_row: by mark: begins a row.
        is_cell: by mark: begins a cell.
    """

    at: Places
    head: npt.NDArray[np.uint32]
    mark: Places
    count: Places
    is_row: Bools
    is_cell: Bools


def find_tags(piece: Piece, start: int, end: int) -> Tags:
    """The tags between two places, where whole rows begin and end.

    Raises:
        Unusual: there is anything between the rows but rows.
    """
    at = np.flatnonzero(piece.bytes[start:end] == ord("<")) + start
    head = piece.fours(at)
    two = head & _LOW2
    if bool(((two == _DECLARATION) | (two == _INSTRUCTION)).any()):
        raise Unusual
    is_row, is_cell = head == _ROW, head == _CELL
    mark = np.flatnonzero(is_row | is_cell | (head == _ROW_END))
    is_row, is_cell = is_row[mark], is_cell[mark]
    count = np.diff(mark, append=len(at))
    is_end = ~(is_row | is_cell)
    after_end = np.flatnonzero(is_end[:-1]) + 1
    if len(at) and (not len(mark) or mark[0] != 0 or not is_row[0]):
        raise Unusual
    if bool((count[~is_cell] != 1).any()) or not is_row[after_end].all():
        raise Unusual
    return Tags(at, head, mark, count, is_row, is_cell)


@dataclass(frozen=True)
class Rows:
    """The rows of a piece.

    Args:
        number: from 0, ascending.
        digits: the number's characters as a word, other bytes 0.
        length: how many digits.
    """

    number: Places
    digits: Words
    length: Places


def find_rows(piece: Piece, tags: Tags, after: int) -> tuple[Places, Rows]:
    """Which marks begin the rows of a piece, and their numbers, as `row_numbers`."""
    mark = np.flatnonzero(tags.is_row)
    return mark, row_numbers(piece, tags.at[tags.mark[mark]], after)


def row_numbers(piece: Piece, at: Places, after: int) -> Rows:
    """The numbers of rows that begin at some places; they must be above `after` and ascend.

    Raises:
        Unusual: a row has no number, or not as its first attribute, or out of order.
    """
    digits = piece.eights(at + 8)
    length = _first_quote(digits)
    if bool((piece.eights(at) != _ROW_NUMBER).any() | (length < 1).any() | (length > 7).any()):
        raise Unusual
    shift = ((8 - length) << 3).astype(np.uint64)
    left = last_bytes(digits << shift, length)
    number = fold(left).astype(np.int64) - 1
    if not all_digits(left).all():
        raise Unusual
    if len(number) and (number[0] <= after or (np.diff(number) <= 0).any()):
        raise Unusual
    if len(number) and (number[-1] >= MAX_ROW or (number < 0).any()):
        raise Unusual
    return Rows(number, digits & (_ALL >> shift), length)


def _first_quote(words: Words) -> Places:
    """How many bytes come before the first quote, 8 where none is in the word."""
    differs = words ^ _QUOTES
    found = (differs - _ONES) & ~differs & _TOPS
    before = ((found & (~found + _U[1])) >> _U[7]) - _U[1]  # 0xFF in each byte before the quote
    return np.where(found == 0, 8, ((before & _ONES) * _ONES) >> _U[56]).astype(np.int64)


@dataclass(frozen=True)
class Cells:
    """Cells of a piece, one element a cell.

    Args:
        tag: index of its tag in `Tags.at`.
        count: of its tags, end tags included.
        row: from 0.
        column: from 0.
        after: the place of the quote that ends its reference.
    """

    tag: Places
    count: Places
    row: Places
    column: Places
    after: Places

    def where(self, chosen: Bools) -> Cells:
        """Those that are chosen."""
        return Cells(
            self.tag[chosen],
            self.count[chosen],
            self.row[chosen],
            self.column[chosen],
            self.after[chosen],
        )


def find_cells(piece: Piece, tags: Tags, rows: Rows) -> Cells:
    """The cells of a piece, their references read and compared with their rows.

    Raises:
        Unusual: a reference is missing, or the cells of a row are not from left to right.
    """
    ordinal = np.cumsum(tags.is_row)[tags.is_cell] - 1
    tag = tags.mark[tags.is_cell]
    place = tags.at[tag]
    head = piece.eights(place + 4)
    column, letters = _columns(head)
    if bool(((head & _LOW2.astype(np.uint64)) != _EQUALS).any()):
        raise Unusual
    digits, length = rows.digits[ordinal], rows.length[ordinal]
    reference = piece.eights(place + 6 + letters)
    shift = (length << 3).astype(np.uint64)
    same = (reference & ((_U[1] << shift) - _U[1])) == digits
    same &= ((reference >> shift) & _BYTE) == _QUOTE
    in_row = (np.diff(ordinal) > 0) | (np.diff(column) > 0)
    if not same.all() or not in_row.all() or bool((column >= MAX_COLUMN).any()):
        raise Unusual
    return Cells(
        tag, tags.count[tags.is_cell], rows.number[ordinal], column, place + 6 + letters + length
    )


def _columns(head: Words) -> tuple[Places, Places]:
    """Column numbers from 0, and how many letters name them; bytes 2 to 4 of `head`."""
    letters = head.view(np.uint8).reshape(-1, 8)[:, 2:5].astype(np.int64) - 64
    first, second, third = letters[:, 0], letters[:, 1], letters[:, 2]
    two = second > 0
    if bool(((first < 1) | (first > 26)).any()):
        raise Unusual
    if not two.any():
        return first - 1, np.ones(len(head), dtype=np.int64)
    three = two & (third > 0)
    if bool((two & (second > 26)).any() or (three & (third > 26)).any()):
        raise Unusual
    column = np.where(two, first * 26 + second, first)
    column = np.where(three, column * 26 + third, column) - 1
    return column, 1 + two.astype(np.int64) + three


@dataclass(frozen=True)
class Attributes:
    """Style and type of cells, one element a cell.

    Args:
        style: 0 where none is named.
        type: NUMBER, SHARED, ...
        empty: the tag closes itself.
        odd: the tag is written in another way; nothing else here holds.
    """

    style: npt.NDArray[np.int32]
    type: npt.NDArray[np.uint8]
    empty: Bools
    odd: Bools

    def where(self, chosen: Bools) -> Attributes:
        """Those of the cells that are chosen."""
        return Attributes(
            self.style[chosen], self.type[chosen], self.empty[chosen], self.odd[chosen]
        )


def find_attributes(piece: Piece, cells: Cells, tags: Tags) -> Attributes:
    """Style and type, behind the reference, in any order, each once or not at all."""
    end = tags.at.take(cells.tag + 1, mode="clip") - 1
    style = np.zeros(len(cells.tag), dtype=np.int32)
    kind = np.full(len(cells.tag), NUMBER, dtype=np.uint8)
    place = cells.after.copy()
    left: Places | None = None  # None: all of them
    for _ in range(2):
        at = place if left is None else place[left]
        words = piece.eights(at)
        name = (words >> _U[8]) & _FOUR
        is_style, is_type = name == _STYLE, name == _TYPE
        for chosen, read, target in (
            (is_style, _read_style, style),
            (is_type, _read_type, kind),
        ):
            which = np.flatnonzero(chosen)
            if len(which):
                value, length = read(piece, at[which], words[which])
                index = which if left is None else left[which]
                target[index] = value
                place[index] += 5 + length
        more = np.flatnonzero(is_style | is_type)
        left = more if left is None else left[more]
        left = left[place[left] + 1 < end[left]]
        if not len(left):
            break
    tail = end - place  # 1 is `">`, 2 is `"/>`, 3 is `" />`
    empty = (piece.ones(end - 1) == _SLASH) & (tail <= 3)
    odd = (piece.ones(end) != _CLOSE) | ((tail != 1) & ~empty) | (empty & (tail < 2))
    odd |= (empty & (tail == 3) & (piece.ones(place + 1) != 0x20)) | (kind == OTHER) | (style < 0)
    return Attributes(style, kind, empty, odd)


def _read_style(piece: Piece, at: Places, words: Words) -> tuple[npt.NDArray[np.int32], Places]:
    """The style number behind ` s="`, -1 where it is none of up to 6 digits, and its length."""
    digits = words >> _U[40]
    length = np.where(
        ((digits >> _U[8]) & _BYTE) == _QUOTE, 1, np.where((digits >> _U[16]) == _QUOTE, 2, 3)
    )
    longer = np.flatnonzero(length == 3)
    if len(longer):
        digits[longer] = piece.eights(at[longer] + 5)
        length[longer] = _first_quote(digits[longer])
    length = np.minimum(length, 7)
    left = last_bytes(digits << ((8 - length) << 3).astype(np.uint64), length)
    good = all_digits(left) & (length < 7) & (length > 0)
    return np.where(good, fold(left).astype(np.int64), -1).astype(np.int32), length


def _read_type(piece: Piece, at: Places, words: Words) -> tuple[npt.NDArray[np.uint8], Places]:
    """The type behind ` t="` and its length; OTHER where it is none of the common ones."""
    letters = words >> _U[40]
    single = ((letters >> _U[8]) & _BYTE) == _QUOTE
    kind = np.where(single, _BY_LETTER[letters & _BYTE], np.uint8(OTHER))
    kind[letters == _STR] = STRING
    kind[letters == _INLINE] = INLINE
    length = np.choose((kind == STRING) + (kind == INLINE) * 2, (1, 3, 9))
    return kind, length.astype(np.int64)
