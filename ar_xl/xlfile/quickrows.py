"""The quick way to put cells into existing rows: found by their reference, nothing else parsed.

It takes the two common cases: the cell is there, or all missing cells lie behind the row's last.
Anything else is left to `RowWriter.merged_row`, which gives the same bytes for these two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ar_xl.xlfile.addresses import AddressError, column_letters, column_number
from ar_xl.xlfile.patch import Batch, BatchColumn
from ar_xl.xlfile.payloads import BLANK
from ar_xl.xlfile.rows import RowWriter, with_spans

_BLANK = BLANK.encode()
_STYLE = b' s="'


@dataclass(frozen=True)
class _Column:
    """A column of the batch, as bytes.

    Args:
        number: of the column.
        opening: of its cells, up to the row number.
        contents: a payload a row; None where the content stays.
        style: the format attribute asked for, None to keep what a cell has.
        new_style: that of cells the row lacks.
        keeps_blanks: empty cells are written for their format's sake.
    """

    number: int
    opening: bytes
    contents: list[bytes | None]
    style: bytes | None
    new_style: bytes
    keeps_blanks: bool


class QuickRows:
    """Rows of one block of a sheet, merged quickly where that is possible.

    Args:
        writer: what merges the others.
    """

    def __init__(self, writer: RowWriter) -> None:
        self._writer = writer
        self._batch: Batch | None = None
        self._columns: list[_Column] = []

    def prepare(self, batch: Batch) -> None:
        """Take the batch whose cells come next."""
        self._batch = None
        if not batch.columns or self._writer.needs_care(batch):
            return
        columns = [self._prepared(column) for column in batch.columns]
        self._columns = [column for column in columns if column is not None]
        if len(self._columns) == len(columns):
            self._batch = batch

    def merged(self, block: bytes, start: int, stop: int, row: int) -> bytes | None:
        """Return the row block[start:stop] with its cells set, None where care is needed."""
        batch = self._batch
        if batch is None:
            return None
        index, reference_end = row - batch.row, b'%d"' % row
        pieces: list[bytes] = []
        done = start
        for count, column in enumerate(self._columns):
            content = column.contents[index]
            if content is None:
                continue
            key = column.opening + reference_end
            at = block.find(key, done, stop)
            if at < 0:
                return self._with_new(block, done, stop, row, count, pieces)
            end = block.find(b"<c ", at + 6, stop)
            if end < 0:
                end = block.rfind(b"</row", at, stop)
            old = block[at + len(key) : end]
            style = _style(old) if column.style is None else column.style
            if style is None or b"<f" in old:
                return None
            pieces.append(block[done:at])
            if style or content != _BLANK:
                pieces += (key, style, content)
            done = end
        pieces.append(block[done:stop])
        return b"".join(pieces)

    def _prepared(self, column: BatchColumn) -> _Column | None:
        """Return a column as bytes, None where rows differ in more than content."""
        if column.contents is None or not (column.styles is None or isinstance(column.styles, int)):
            return None
        default = self._writer.column_style(column.number) or 0
        new = default if column.styles is None else column.styles
        return _Column(
            column.number,
            f'<c r="{column_letters(column.number)}'.encode(),
            [None if content is None else content.encode() for content in column.contents],
            None if column.styles is None else _attribute(column.styles),
            _attribute(new),
            new != default,
        )

    def _with_new(
        self, block: bytes, start: int, stop: int, row: int, count: int, found: list[bytes]
    ) -> bytes | None:
        """Finish a row whose cells from the batch's column `count` on are missing.

        Args:
            block: that holds the row.
            start: of what is not in `found` yet.
            stop: behind the row.
            row: its number.
            count: the first missing column's place in the batch.
            found: the row up to `start`, its cells set.
        """
        assert self._batch is not None
        end = stop - 6 if block.endswith(b"</row>", start, stop) else -1
        last = self._columns[count].number if end < 0 else _last_column(block, start, end, row)
        if last is None or last >= self._columns[count].number:
            return None
        found.append(block[start:end])
        inserted = False
        for column in self._columns[count:]:
            content = column.contents[row - self._batch.row]
            if content is not None and (content != _BLANK or column.keeps_blanks):
                found.append(b'%b%d"%b%b' % (column.opening, row, column.new_style, content))
                inserted = True
        found.append(b"</row>")
        joined = b"".join(found)
        tag = joined[: joined.index(b">") + 1]
        if b"customFormat" in tag:
            return None
        if inserted and b" spans=" in tag:
            return with_spans(tag.decode(), self._batch).encode() + joined[len(tag) :]
        return joined


def _style(old: bytes) -> bytes | None:
    """Return the format attribute of a cell, b"" where it has none, None where it is hidden."""
    if old.startswith(_STYLE):
        return old[: old.index(b'"', 4) + 1]
    return None if old.find(_STYLE, 0, old.find(b">")) >= 0 else b""


def _attribute(style: int) -> bytes:
    return b' s="%d"' % style if style else b""


def _last_column(block: bytes, start: int, end: int, row: int) -> int | None:
    """Return the column of the last cell in block[start:end], 0 if there is none.

    None where it cannot be told. A cell in another form than `<c r="` may hide before the last one
    without harm, for cells ascend; behind it, it would be the last.
    """
    at = block.rfind(b'<c r="', start, end)
    if block.find(b"<c", max(at + 3, start), end) >= 0:
        return None
    if at < 0:
        return 0
    reference = block[at + 6 : block.find(b'"', at + 6, end)]
    return _column(reference[: -len(b"%d" % row)])


@lru_cache(maxsize=256)
def _column(letters: bytes) -> int | None:
    try:
        return column_number(letters.decode())
    except AddressError:
        return None
