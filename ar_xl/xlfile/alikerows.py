"""Cells put into many existing rows at once: rows that have the same cells are merged together.

Rows of a ledger look alike: few sets of columns are filled. What is the same for all rows of such a
set is decided once, and the rest is done column by column. Anything unusual is left to
`RowWriter.merged_row`, which gives the same bytes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from ar_xl.xlfile.addresses import AddressError, column_letters, column_number
from ar_xl.xlfile.patch import Batch, BatchColumn
from ar_xl.xlfile.payloads import BLANK
from ar_xl.xlfile.rows import RowWriter, with_spans

_ROW = b'<row r="'
_LETTERS = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_STYLE = b' s="'

Cells = Sequence[bytes]


class AlikeRows:
    """Merges the rows of a block of a sheet with batches of cells.

    Args:
        writer: what merges the rows that are left out.
    """

    def __init__(self, writer: RowWriter) -> None:
        self._writer = writer

    def merged(
        self, block: bytes, places: Sequence[tuple[int, int, int]], batch: Batch
    ) -> dict[int, bytes]:
        """Return rows with the batch's cells set, by row number; some or all may be left out.

        Args:
            block: that holds the rows.
            places: start and end of each row in it, and its number.
            batch: the cells; it covers the rows.
        """
        if not batch.columns or self._writer.needs_care(batch):
            return {}
        if not all(column.styles is None or isinstance(column.styles, int)
                   for column in batch.columns):  # fmt: skip
            return {}
        unset = [c.contents for c in batch.columns if c.contents is not None and None in c.contents]
        alike: dict[tuple[bytes, ...], list[tuple[bytes, int]]] = {}
        for start, end, number in places:
            row = block[start:end]
            stays = bytes(contents[number - batch.row] is None for contents in unset)
            key = (stays, *_LETTERS.findall(row))
            alike.setdefault(key, []).append((row, number))
        made: dict[int, bytes] = {}
        for (_, *letters), members in alike.items():
            made.update(self._merged(members, letters, batch))
        return made

    def _merged(
        self, members: list[tuple[bytes, int]], letters: list[bytes], batch: Batch
    ) -> Iterable[tuple[int, bytes]]:
        """Merge rows that have cells in the same columns; none where they are unusual."""
        known = [_column(each) for each in letters]
        if 0 in known or any(left >= right for left, right in pairwise(known)):
            return ()
        numbers = [number for _, number in members]
        split = _split([row for row, _ in members], len(known))
        if split is None:
            return ()
        tags, columns = split[0], list(split[1:])
        inserted: list[Cells] = []
        for column in reversed(batch.columns):
            if column.contents is None:
                return ()
            contents = [column.contents[number - batch.row] for number in numbers]
            if contents[0] is None:  # then so are all of them
                continue
            place = bisect_left(known, column.number)
            heads = [f'r="{column_letters(column.number)}{number}"' for number in numbers]
            texts = [content or "" for content in contents]
            if place < len(known) and known[place] == column.number:
                made = _replaced(columns[place], heads, texts, column)
                if made is None:
                    return ()
                columns[place] = made
            else:
                made = self._new(heads, texts, column)
                columns.insert(place, made)
                known.insert(place, column.number)
                inserted.append(made)
        widened = [any(cells) for cells in zip(*inserted, strict=True)] or [False] * len(tags)
        tags = _with_spans(tags, widened, numbers, batch)
        rows = zip(tags, *columns, strict=True)
        whole = [b"%b</row>" % b"<c ".join(filter(None, row)) for row in rows]
        return zip(numbers, whole, strict=True)

    def _new(self, heads: list[str], contents: list[str], column: BatchColumn) -> Cells:
        """Cells that the rows lack; b"" where an empty one need not be written."""
        default = self._writer.column_style(column.number) or 0
        style = default if column.styles is None else column.styles
        assert isinstance(style, int)
        attribute = _attribute(style)
        keeps_blanks = style != default
        return [
            f"{head}{attribute}{content}".encode() if keeps_blanks or content != BLANK else b""
            for head, content in zip(heads, contents, strict=True)
        ]


def _split(rows: list[bytes], cells: int) -> list[Cells] | None:
    """Return the start tags of rows and their cells, each without its "<c ", column by column.

    None where a row is more than cells that begin with their reference, or has a format.
    """
    for row in rows:
        if not row.endswith(b"</row>") or row.count(b"<c") != cells or b"<extLst" in row:
            return None
    parts = [row[:-6].split(b"<c ") for row in rows]
    columns = list(map(list, zip(*parts, strict=True)))
    if any(b"customFormat" in tag for tag in columns[0]):
        return None
    return [*columns]


def _replaced(
    cells: Cells, heads: list[str], contents: list[str], column: BatchColumn
) -> Cells | None:
    """Cells with new contents; None where one must not lose what it has."""
    starts = [head.encode() for head in heads]
    if not all(map(bytes.startswith, cells, starts)) or any(b"<f" in cell for cell in cells):
        return None
    if column.styles is None:
        styles = [_style(cell) for cell in cells]
    else:
        assert isinstance(column.styles, int)
        styles = [_attribute(column.styles)] * len(cells)
    made = [
        f"{head}{style}{content}".encode() if style or content != BLANK else b""
        for head, style, content in zip(heads, styles, contents, strict=True)
    ]
    return None if None in styles else made


def _style(cell: bytes) -> str | None:
    """Return the format attribute of a cell, "" where it has none, None where it is hidden."""
    at = cell.index(b'"', 3) + 1
    if cell.startswith(_STYLE, at):
        return cell[at : cell.index(b'"', at + 4) + 1].decode()
    return None if cell.find(_STYLE, 0, cell.find(b">")) >= 0 else ""


def _attribute(style: int) -> str:
    return f' s="{style}"' if style else ""


def _with_spans(tags: Cells, chosen: Sequence[bool], numbers: Sequence[int], batch: Batch) -> Cells:
    """The start tags of rows, of those chosen with hints that hold the batch's columns."""
    known: dict[bytes, bytes] = {}  # by what follows the row's number, which is the same for most
    made = []
    for tag, is_chosen, number in zip(tags, chosen, numbers, strict=True):
        place = len(_ROW) + len(str(number)) + 1
        rest = tag[place:]
        if is_chosen and rest not in known:
            known[rest] = with_spans(rest.decode(), batch).encode()
        made.append(tag[:place] + known[rest] if is_chosen else tag)
    return made


@lru_cache(maxsize=256)
def _column(letters: bytes) -> int:
    try:
        return column_number(letters.decode())
    except AddressError:
        return 0
