"""A worksheet part cut into its head, pieces of whole rows, and its tail, without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ar_xl.xlfile.piece import PADDING
from ar_xl.xlfile.xmlparts import MAIN, encoding_of

MAX_HEAD_BYTES = 16 << 20
MAX_ROW_BYTES = 64 << 20
MAX_TAIL_BYTES = 64 << 20

_ROOT = re.compile(rb"<worksheet[^>]*>")
_DATA = re.compile(rb"<sheetData\s*(/?)>")
_DATA_END = b"</sheetData"


class Unusual(Exception):  # noqa: N818 - not an error: the exact parser takes over
    """The part is written in a way that only the exact parser reads."""


class SheetPieces:
    """Iterate over it once: (bytes, end, offset) of each piece.

    The piece's rows stand in its bytes from `len(PADDING)` up to `end`; `offset` added to a place
    in it is the place in the part.

    Args:
        chunks: the part's bytes.
        part: its name, for messages.

    Raises:
        Unusual: while iterating; the part is not plain XML of the usual namespace.
    """

    def __init__(self, chunks: Iterable[bytes], part: str) -> None:
        self._source = iter(chunks)
        self._part = part
        self._closed = False
        self.head, self._content = self._read_head()
        root = _ROOT.search(self.head)
        assert root is not None
        self.root = root[0]
        self.tail = b""
        self.data_end = self.data_start

    def __iter__(self) -> Iterator[tuple[bytes, int, int]]:
        rest, more, offset, found = self._content, b"", self.data_start, 0
        self._content = b""
        while not self._closed:
            padded = b"".join((PADDING, rest, more, PADDING))
            end = max(padded.rfind(b"</row>") + 6, len(PADDING))
            found = padded.find(_DATA_END, end)
            if found >= 0:
                self._closed, end = True, found
            size = end - len(PADDING)
            if size:
                yield padded, end, offset - len(PADDING)
                offset += size
            rest = padded[end : -len(PADDING)]
            if not self._closed:
                following = next(self._source, None)
                if following is None or len(rest) > MAX_ROW_BYTES:
                    raise Unusual
                more = following
        self.data_end = offset
        self._read_tail(rest)

    def without_rows(self) -> list[bytes]:
        """The part with its rows cut out; complete once all pieces were taken."""
        has_rows = self.tail.startswith(_DATA_END)
        return [self.head, b"<sheetData>" if has_rows else b"<sheetData/>", self.tail]

    def _read_head(self) -> tuple[bytes, bytes]:
        """The part up to the sheet's data, and what was read beyond."""
        read = b""
        for chunk in self._source:
            read += chunk
            match = _DATA.search(read)
            if match:
                break
            if len(read) > MAX_HEAD_BYTES:
                raise Unusual
        else:
            raise Unusual
        head, namespace = read[: match.start()], MAIN.encode()
        root = _ROOT.search(head)
        if encoding_of(read, self._part) != "utf-8" or b"<!" in head or root is None:
            raise Unusual
        if head.count(namespace) != 1 or b' xmlns="' + namespace + b'"' not in root[0]:
            raise Unusual
        self.data_start = match.end()
        self._closed = bool(match[1])
        return head, read[match.end() :]

    def _read_tail(self, content: bytes) -> None:
        """Read on to the end of the part, so that its checksum is compared."""
        parts = [content]
        size = len(content)
        for chunk in self._source:
            size += len(chunk)
            if size > MAX_TAIL_BYTES:
                raise Unusual
            parts.append(chunk)
        self.tail = b"".join(parts)
