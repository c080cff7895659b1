"""A file that was just written, read back: what was copied is compared with where it came from."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from itertools import zip_longest

from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.package import Package, content_of


def check_written(
    new: Package, old: Package, copied: Collection[str], but: Collection[str] = ()
) -> None:
    """Read every part of a new file to its end.

    Copied parts must have the size and checksum they had. Where they are the same byte for byte as
    they are stored, deflated, that is all; else they are inflated as all others, and compared with
    their checksums.

    Args:
        new: the file.
        old: the one that parts were copied from.
        copied: names of those parts in the old file.
        but: parts of the new file that were read already.

    Raises:
        DamagedWorkbook: a part is not what it should be.
        XlFileError: as `Package.stream`.
    """
    seen = set(but)
    for name in copied:
        part = new.find(name)
        if part is None or content_of(new.member(part)) != content_of(old.member(name)):
            raise DamagedWorkbook(f"the part {name} is not the one that was copied")
        if _same(new, part, old, name):
            seen.add(part)
    for name in new.names():
        if name not in seen:
            deque(new.stream(name), maxlen=0)


def _same(new: Package, part: str, old: Package, name: str) -> bool:
    if new.member(part).compress_type != old.member(name).compress_type:
        return False
    return all(a == b for a, b in zip_longest(new.stored(part), old.stored(name)))
