"""A sheet rewritten in one pass: rows that change are made new, every other byte stays.

The sheet comes in pieces and leaves in pieces; never more than a few pieces are held.
"""

from __future__ import annotations

import operator
import re
from bisect import bisect_left
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import accumulate, islice

from ar_xl.xlfile.alikerows import AlikeRows
from ar_xl.xlfile.patch import Batch, CellPatch
from ar_xl.xlfile.rows import RowWriter
from ar_xl.xlfile.write_errors import IrregularSheet

_DATA = re.compile(rb"<sheetData\s*(/?)>")
_DATA_END = b"</sheetData>"
_ROW_START = b'<row r="'
_ROW_LENGTH = len(_ROW_START)
_ROW = re.compile(rb'<row r="(\d{1,7})"')
_ARRAY = re.compile(rb'<f [^>]*\bref="([A-Z]+\d+:[A-Z]+\d+)"[^>]*>')
_ROOT = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>\s*)?<worksheet\s[^>]*?"
    rb'\bxmlns="http://schemas\.openxmlformats\.org/spreadsheetml/2006/main"'
)
# Rows or cells may then be called otherwise.
_PREFIXED = re.compile(
    rb"xmlns:\w+\s*=\s*[\"']http://schemas\.openxmlformats\.org/spreadsheetml/2006/main[\"']"
)
_HEAD_LIMIT = 32 << 20  # of what stands before the cells; real ones have a few kilobytes

Change = Callable[[str], str]


def splice(
    pieces: Iterable[bytes],
    sheet: str,
    patch: CellPatch,
    change_head: Change,
    change_tail: Change,
    column_styles: Callable[[str], Callable[[int], int | None]],
    plain: bool = False,
) -> Iterator[bytes]:
    """Yield the new bytes of a sheet.

    Args:
        pieces: its bytes now.
        sheet: its name, for refusals.
        patch: the cells to set.
        change_head: makes the new text of what stands before the cells.
        change_tail: makes the new text of what stands behind them.
        column_styles: returns the formats of whole columns, told by the new head.
        plain: the bytes are in canonical form, so that no row or cell has a prefix.

    Raises:
        IrregularSheet: it must be brought into canonical form first.
        CannotEdit: a cell must not be set.
    """
    source = iter(pieces)
    head, rest, closed = _take_head(source, plain)
    new_head = change_head(head)
    yield (new_head + "<sheetData>").encode()
    writer = RowWriter(sheet, patch, column_styles(new_head))
    cursor = _Cursor(patch.batches())
    previous = 0
    if not closed:
        for block in _blocks(rest, source):
            if isinstance(block, _Tail):
                rest = block.data
                break
            if not plain and b"xmlns" in block and _PREFIXED.search(block):
                raise IrregularSheet
            previous = yield from _spliced(block, previous, cursor, writer)
        else:
            raise IrregularSheet
    while (batch := cursor.take(None)) is not None:
        yield writer.new_rows(batch).encode()
    tail = rest + b"".join(source)
    yield _DATA_END
    yield change_tail(_decoded(tail)).encode()


def _take_head(source: Iterator[bytes], plain: bool) -> tuple[str, bytes, bool]:
    """Return the text before the cells, the bytes after the start of them, and if none are."""
    data = b""
    for piece in source:
        data += piece
        if found := _DATA.search(data):
            head = data[: found.start()]
            prefixed = not plain and _PREFIXED.search(head)
            if not _ROOT.match(head) or b"<!" in head or prefixed:
                raise IrregularSheet
            return _decoded(head), data[found.end() :], bool(found[1])
        if len(data) > _HEAD_LIMIT:
            break
    raise IrregularSheet


class _Tail:
    """What stands behind the last row, from `</sheetData>` on."""

    def __init__(self, data: bytes) -> None:
        self.data = data


def _blocks(data: bytes, source: Iterator[bytes]) -> Iterator[bytes | _Tail]:
    """Yield complete rows, as many as a piece holds, then the tail."""
    while True:
        # Behind the last row: where "</row>" stands in the tail too, the end is not found at all.
        end = data.find(_DATA_END, max(0, data.rfind(b"</row>")))
        if end >= 0:
            yield data[:end]
            yield _Tail(data[end + len(_DATA_END) :])
            return
        cut = data.rfind(b"<row ")
        if cut > 0:
            yield data[:cut]
            data = data[cut:]
        piece = next(source, None)
        if piece is None:
            return
        data += piece


class _Cursor:
    """The batches still to be written, given out up to a row at a time."""

    def __init__(self, batches: Iterator[Batch]) -> None:
        self._batches = batches
        self._next = next(batches, None)

    @property
    def row(self) -> int | None:
        """The next row to be set, or None."""
        return None if self._next is None else self._next.row

    def take(self, last: int | None) -> Batch | None:
        """Return the next batch, cut so that it ends at row `last`; None if there is none."""
        batch = self._next
        if batch is None or (last is not None and batch.row > last):
            return None
        if last is None or batch.row + batch.count - 1 <= last:
            self._next = next(self._batches, None)
            return batch
        split = last - batch.row + 1
        self._next = batch.part(split, batch.count)
        return batch.part(0, split)


def _spliced(
    block: bytes, previous: int, cursor: _Cursor, writer: RowWriter
) -> Generator[bytes, None, int]:
    """Yield a block of rows with its cells set; return its last row's number."""
    # "!" and "?" are rare, so that looking for them first is quick.
    if (b"!" in block and b"<!" in block) or (b"?" in block and b"<?" in block):
        raise IrregularSheet
    last_at = block.rfind(b"<row")
    if last_at < 0:
        yield block
        return previous
    last = _number(block, last_at)
    if last <= previous:
        raise IrregularSheet
    if b'ref="' in block:
        for found in _ARRAY.finditer(block):
            if b'"array"' in found[0]:
                writer.note_array(found[1].decode())
    if cursor.row is None or cursor.row > last:
        yield block
        return last
    starts, numbers = _rows(block)
    if numbers[0] <= previous:
        raise IrregularSheet
    yield b"".join(_changed(block, starts, numbers, cursor, writer))
    return last


def _changed(
    block: bytes, starts: list[int], numbers: list[int], cursor: _Cursor, writer: RowWriter
) -> Iterator[bytes]:
    done = 0
    starts.append(len(block))
    alike = AlikeRows(writer)
    while (batch := cursor.take(numbers[-1])) is not None:
        at = bisect_left(numbers, batch.row)
        stop = bisect_left(numbers, batch.row + batch.count)
        row, touched = batch.row, batch.touched
        chosen = [
            (starts[place], starts[place + 1], numbers[place])
            for place in range(at, stop)
            if touched is None or numbers[place] - row in touched
        ]
        ready = alike.merged(block, chosen, batch)
        for place in range(at, stop):
            number = numbers[place]
            if touched is not None and number == row and row - batch.row not in touched:
                row += 1
                continue
            yield block[done : starts[place]]
            if number > row:
                gap = batch.part(row - batch.row, number - batch.row)
                yield writer.new_rows(gap).encode()
            made = ready.get(number)
            if made is None:
                text = block[starts[place] : starts[place + 1]].decode()
                made = writer.merged_row(text, number, batch).encode()
            yield made
            done, row = starts[place + 1], number + 1
        if row < batch.row + batch.count:
            yield block[done : starts[stop]]
            done = starts[stop]
            yield writer.new_rows(batch.part(row - batch.row, batch.count)).encode()
    yield block[done:]


def _rows(block: bytes) -> tuple[list[int], list[int]]:
    """Return where each row starts, and its number."""
    parts = block.split(_ROW_START)
    if len(parts) - 1 != block.count(b"<row"):
        raise IrregularSheet
    places = accumulate(map(len, parts), lambda place, length: place + _ROW_LENGTH + length)
    starts = list(places)[:-1]
    try:
        numbers = [int(part[: part.index(b'"')]) for part in parts[1:]]
    except ValueError:
        raise IrregularSheet from None
    if not all(map(operator.lt, numbers, islice(numbers, 1, None))):
        raise IrregularSheet
    return starts, numbers


def _number(block: bytes, at: int) -> int:
    found = _ROW.match(block, at)
    if found is None:
        raise IrregularSheet
    return int(found[1])


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise IrregularSheet from None
