"""Archives written byte by byte, so that each can lie in its own way."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True)
class Member:
    """One member of an archive.

    Args:
        name: as it stands in the file.
        packed: its bytes as they stand in the file.
        size: of the content, as both headers claim.
        crc: of the content, as both headers claim.
        method: 0 stored, 8 deflated.
        flags: bit 0 encrypted, bit 11 the name is UTF-8.
        local_name: of its own header, where that differs from the directory.
        local_size: likewise.
        at: offset that the directory claims, where that is not where it lies.
    """

    name: bytes
    packed: bytes
    size: int
    crc: int
    method: int = 8
    flags: int = 0
    local_name: bytes | None = None
    local_size: int | None = None
    at: int | None = None


def member(name: str, content: bytes) -> Member:
    """An honest member."""
    return Member(name.encode(), deflated(content), len(content), zlib.crc32(content))


def deflated(content: bytes) -> bytes:
    """Content as an archive holds it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def repeated(name: str, head: bytes, block: bytes, times: int, tail: bytes) -> Member:
    """A member whose content is one block many times, packed without holding it in memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    end = packer.compress(tail) + packer.flush()
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    size = len(head) + times * len(block) + len(tail)
    return Member(name.encode(), start + middle * times + end, size, zlib.crc32(tail, crc))


def write(path: Path, members: Iterable[Member]) -> Path:
    """Write an archive of members as they claim to be."""
    body, directory, count = bytearray(), bytearray(), 0
    for each in members:
        at = len(body) if each.at is None else each.at
        own_name = each.name if each.local_name is None else each.local_name
        own_size = each.size if each.local_size is None else each.local_size
        body += _LOCAL.pack(
            b"PK\x03\x04", 20, each.flags, each.method, 0, 33, each.crc, len(each.packed),
            own_size, len(own_name), 0,
        )  # fmt: skip
        body += own_name + each.packed
        directory += _CENTRAL.pack(
            b"PK\x01\x02", 20, 20, each.flags, each.method, 0, 33, each.crc, len(each.packed),
            each.size, len(each.name), 0, 0, 0, 0, 0, at,
        )  # fmt: skip
        directory += each.name
        count += 1
    end = _END.pack(
        b"PK\x05\x06", 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), len(directory), len(body), 0
    )
    path.write_bytes(bytes(body) + bytes(directory) + end)
    return path


def of_parts(path: Path, parts: dict[str, bytes], *more: Member) -> Path:
    """Write a workbook of parts, and of members that are not what they claim."""
    return write(path, [*(member(name, content) for name, content in parts.items()), *more])


def changed(parts: dict[str, bytes], name: str, **claims: object) -> list[Member]:
    """The members of a workbook, one of them with false claims."""
    made = [member(each, content) for each, content in parts.items()]
    return [replace(m, **claims) if m.name == name.encode() else m for m in made]  # type: ignore[arg-type]  # keyword claims are passed on as they are
