"""A compound file: a small file system within one file. [MS-CFB], version 3.

The same streams give the same bytes: no times, no class ids, a fixed order of sectors. The reading
side is in `strictcompound`, and shares nothing with this one.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ar_xl.addin.problem import CannotBuild

SECTOR = 512
MINI_SECTOR = 64
MINI_BELOW = 4096
END, FREE, FAT_SECTOR, NOBODY = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
# What the header can list of the file's allocation table; more needs a further structure.
MOST_FAT_SECTORS = 109
STORAGE, STREAM, ROOT = 1, 2, 5
RED, BLACK = 0, 1
PER_SECTOR = SECTOR // 4


@dataclass
class _Entry:
    """One line of the directory (2.6.1)."""

    name: str
    kind: int
    content: bytes = b""
    children: list[_Entry] = field(default_factory=list)
    number: int = 0
    left: int = NOBODY
    right: int = NOBODY
    child: int = NOBODY
    colour: int = BLACK
    start: int = 0
    size: int = 0


def write(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file.

    Args:
        streams: contents by path, `VBA/dir`; at most one storage deep.

    Raises:
        CannotBuild: a name is too long, two differ in case only, or the file would be too large.
    """
    entries = _entries(streams)
    fat: list[int] = []
    body = bytearray()

    def put(content: bytes, filler: bytes = b"\0") -> int:
        if not content:
            return END
        count = -(-len(content) // SECTOR)
        start = len(fat)
        fat.extend([*range(start + 1, start + count), END])
        body.extend(content.ljust(count * SECTOR, filler))
        return start

    directory_size = -(-len(entries) * 128 // SECTOR) * SECTOR
    directory_at = put(bytes(directory_size))
    mini, mini_fat = _mini_stream(entries)
    mini_fat_at = put(struct.pack(f"<{len(mini_fat)}I", *mini_fat), b"\xff")
    entries[0].start, entries[0].size = put(mini), len(mini)
    for entry in entries:
        if entry.kind == STREAM and len(entry.content) >= MINI_BELOW:
            entry.start = put(entry.content)
    body[:directory_size] = _directory(entries, directory_size)
    fat_at, table = _allocation(fat)
    header = _header(len(table) // SECTOR, fat_at, directory_at, mini_fat_at, len(mini_fat))
    return header + bytes(body) + table


def _entries(streams: Mapping[str, bytes]) -> list[_Entry]:
    """The directory: numbered as given, sorted as trees."""
    root = _Entry("Root Entry", ROOT)
    storages: dict[str, _Entry] = {"": root}
    entries = [root]
    for path, content in streams.items():
        folder, _, name = path.rpartition("/")
        if folder not in storages:
            storages[folder] = _Entry(folder, STORAGE, number=len(entries))
            entries.append(storages[folder])
            root.children.append(storages[folder])
        entry = _Entry(name, STREAM, content, number=len(entries), size=len(content))
        entries.append(entry)
        storages[folder].children.append(entry)
    for storage in storages.values():
        _grow(storage)
    return entries


def _order(entry: _Entry) -> tuple[int, bytes]:
    """Siblings are ordered by length, then by capital letters (2.6.4)."""
    name = entry.name.encode("utf-16-le")
    if not 0 < len(name) <= 62:
        raise CannotBuild(f"{entry.name}: a name has 1 to 31 characters.")
    return len(name), entry.name.upper().encode("utf-16-be")


def _grow(storage: _Entry) -> None:
    """Hang the children into a balanced tree; the last, unfilled level is red (2.6.4)."""
    ordered = sorted(storage.children, key=_order)
    for one, other in pairwise(ordered):
        if _order(one) == _order(other):
            raise CannotBuild(f"{one.name} and {other.name} differ in case only.")
    levels = (len(ordered) + 1).bit_length() - 1  # that are full
    storage.child = _subtree(ordered, 0, levels)


def _subtree(ordered: Sequence[_Entry], depth: int, full_levels: int) -> int:
    if not ordered:
        return NOBODY
    middle = len(ordered) // 2
    top = ordered[middle]
    top.left = _subtree(ordered[:middle], depth + 1, full_levels)
    top.right = _subtree(ordered[middle + 1 :], depth + 1, full_levels)
    top.colour = RED if depth >= full_levels else BLACK
    return top.number


def _mini_stream(entries: Sequence[_Entry]) -> tuple[bytes, list[int]]:
    """The short streams, one after the other, and the table of their sectors (2.4)."""
    mini = bytearray()
    table: list[int] = []
    for entry in entries:
        if entry.kind != STREAM or len(entry.content) >= MINI_BELOW:
            continue
        entry.start = len(table) if entry.content else END
        count = -(-len(entry.content) // MINI_SECTOR)
        if count:
            table += [*range(entry.start + 1, entry.start + count), END]
        mini += entry.content.ljust(count * MINI_SECTOR, b"\0")
    return bytes(mini), table


def _directory(entries: Sequence[_Entry], size: int) -> bytes:
    lines = bytearray()
    for entry in entries:
        name = (entry.name + "\0").encode("utf-16-le")
        lines += name.ljust(64, b"\0")
        lines += struct.pack("<HBB3I", len(name), entry.kind, entry.colour,
                             entry.left, entry.right, entry.child)  # fmt: skip
        lines += bytes(16 + 4 + 8 + 8)  # no class id, no state, no times
        lines += struct.pack("<IQ", entry.start, entry.size)
    unused = bytes(68) + struct.pack("<3I", NOBODY, NOBODY, NOBODY) + bytes(48)
    return bytes(lines) + unused * ((size - len(lines)) // 128)


def _allocation(fat: list[int]) -> tuple[list[int], bytes]:
    """The table of sectors, its own sectors at the end (2.3)."""
    count = 1
    while -(-(len(fat) + count) // PER_SECTOR) > count:
        count += 1
    if count > MOST_FAT_SECTORS:
        raise CannotBuild("The macros are larger than 6 MB together; an add-in has to be smaller.")
    places = list(range(len(fat), len(fat) + count))
    whole = fat + [FAT_SECTOR] * count
    whole += [FREE] * (count * PER_SECTOR - len(whole))
    return places, struct.pack(f"<{len(whole)}I", *whole)


def _header(
    fat_sectors: int, fat_at: Sequence[int], directory_at: int, mini_fat_at: int, minis: int
) -> bytes:
    """The first 512 bytes (2.2)."""
    listed = [*fat_at, *[FREE] * (MOST_FAT_SECTORS - len(fat_at))]
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<9I", 0, fat_sectors, directory_at, 0, MINI_BELOW, mini_fat_at,
                      -(-minis // PER_SECTOR), END, 0)
        + struct.pack(f"<{MOST_FAT_SECTORS}I", *listed)
    )  # fmt: skip
