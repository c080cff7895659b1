"""Web pages with a table, which some banks hand out under the name .xls."""

from __future__ import annotations

from html.parser import HTMLParser

import numpy as np

from ar_xl.core.findings import Refusal
from ar_xl.imports import codes
from ar_xl.imports.csvtable import MOST_CELLS, MOST_RECORDS
from ar_xl.imports.rawtable import RawColumn, RawGrid
from ar_xl.imports.sniff import decoded

_LARGEST = 8 << 20  # bytes; 30,000 lines of a bank
_BREAKS = frozenset(("br", "p", "div"))


def is_page(head: bytes) -> bool:
    """Whether a file begins as a web page with a table in it."""
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    return start == b"<" and b"<table" in head.lower() and b"<?xml" not in head[:100].lower()


def read_page(name: str, content: bytes) -> RawGrid:
    """The rows of all tables of a page, in their order; nothing of it is run or fetched.

    Refuses a page without a filled cell, and one too large for a sheet.
    """
    if len(content) > _LARGEST:
        raise Refusal(codes.FILE_TOO_LARGE, f"{name} has {len(content) >> 20:,} MB.")
    text, said = decoded(name, content)
    page = _Page(name)
    try:
        page.feed(text)
        page.close()
    except AssertionError:  # how the parser answers declarations that are none
        seen = f"{name} is a web page that cannot be read."
        raise Refusal(codes.NOT_A_TABLE, seen) from None
    page.end_row()
    if not page.records:
        raise Refusal(codes.FILE_EMPTY, f"{name} holds no cell with anything in it.")
    widest = max(map(len, page.records))
    columns = zip(*(record + [""] * (widest - len(record)) for record in page.records), strict=True)
    return RawGrid(
        source=name,
        columns=tuple(RawColumn.of_texts(column) for column in columns),
        lines=np.array(page.lines, dtype=np.int64),
        widths=np.fromiter(map(len, page.records), np.int64, len(page.records)),
        said=(*said, f"{name} is a web page; its tables were read."),
    )


class _Page(HTMLParser):
    """Gathers the cells of rows; what stands outside cells and in scripts is no cell."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.records: list[list[str]] = []
        self.lines: list[int] = []
        self._row: list[str] = []
        self._cell: list[str] | None = None
        self._span = 1
        self._begun = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell."""
        if tag == "tr":
            self.end_row()
            self._begun = self.getpos()[0]
        elif tag in ("td", "th"):
            self._end_cell()
            told = dict(attrs).get("colspan") or "1"
            self._span = int(told) if told.isascii() and told.isdigit() else 1
            self._cell = []
        elif tag in _BREAKS and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End a row or a cell."""
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()

    def handle_data(self, data: str) -> None:
        """Keep what stands in a cell."""
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        self._row.append(" ".join("".join(self._cell).split()))
        self._row += [""] * (min(max(self._span, 1), MOST_CELLS) - 1)
        self._cell = None
        if len(self._row) > MOST_CELLS:
            raise Refusal(codes.FILE_TOO_LARGE, f"{self.name} has over {MOST_CELLS:,} columns.")

    def end_row(self) -> None:
        """Keep the row, where it holds anything."""
        self._end_cell()
        while self._row and not self._row[-1]:
            self._row.pop()
        if self._row:
            self.records.append(self._row)
            self.lines.append(self._begun)
            if len(self.records) > MOST_RECORDS:
                raise Refusal(codes.FILE_TOO_LARGE, f"{self.name} has over {MOST_RECORDS:,} rows.")
        self._row = []
