"""How many texts a workbook may have, and how long one may be; told before they take memory."""

from __future__ import annotations

from collections.abc import Iterable

from ar_xl.xlfile.errors import DamagedWorkbook, HostileWorkbook

MAX_TEXT = 32_767  # characters of a cell, Excel's own limit
MAX_TEXTS = 8 << 20  # shared by a workbook: eight columns of a full sheet, every cell different
MAX_SHARED_BYTES = 1 << 30
MAX_ITEM_BYTES = 16 << 20  # 32,767 characters, each with a format of its own
COUNTED_BYTES = 64 << 20  # below, so many texts as there can be take no harmful memory


def check_texts(chunks: Iterable[bytes], size: int) -> None:
    """Refuse shared strings of absurd size or number.

    Args:
        chunks: the part's bytes; read to the end only where it is large.
        size: of the part in bytes, as the directory says.

    Raises:
        HostileWorkbook: there are too many.
    """
    if size > MAX_SHARED_BYTES:
        raise HostileWorkbook(f"its shared texts take more than {MAX_SHARED_BYTES >> 30} GB")
    if size <= COUNTED_BYTES:
        return
    found = 0
    for chunk in chunks:  # a tag cut in two by the edge of a chunk is not missed by much
        found += chunk.count(b"<si")
        check_count(found)


def check_lengths(texts: Iterable[str]) -> None:
    """Refuse a text that no cell can hold.

    Raises:
        DamagedWorkbook: one is longer than Excel allows.
    """
    longest = max(map(len, texts), default=0)
    if longest > MAX_TEXT:
        raise DamagedWorkbook(
            f"a cell's text has {longest:,} characters, and Excel allows {MAX_TEXT:,}"
        )


def check_read(length: int) -> None:
    """Refuse a text that has become too long while it is still being read."""
    if length > MAX_ITEM_BYTES:
        raise HostileWorkbook(f"a cell's text takes more than {MAX_ITEM_BYTES >> 20} MB")


def check_count(texts: int) -> None:
    """Refuse more shared texts than an honest workbook has."""
    if texts > MAX_TEXTS:
        raise HostileWorkbook(f"it has more than {MAX_TEXTS:,} shared texts")
