"""The least a save must do: copy members as they are, add ready ones, flush, replace.

Written for the yardstick alone, so that no improvement of the product moves what it is
measured against.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATE_1980 = 0x21


def save(source: Path, target: Path, ready: Mapping[str, bytes], level: int = 1) -> None:
    """Write a copy of a zip file with some members replaced or added.

    Args:
        source: the file; members that are not in `ready` are copied without inflating them.
        target: replaced at once, after everything reached the disk.
        ready: new content by member name.
        level: of deflate.
    """
    part = target.with_suffix(".part")
    central: list[bytes] = []
    with zipfile.ZipFile(source) as old, source.open("rb") as data, part.open("wb") as out:
        for info in old.infolist():
            if info.filename not in ready:
                body = _body(data, info)
                sizes = (info.CRC, info.compress_size, info.file_size)
                central.append(_put(out, info.filename, info.compress_type, sizes, body))
        for name, content in ready.items():
            packer = zlib.compressobj(level, zlib.DEFLATED, -15)
            body = packer.compress(content) + packer.flush()
            sizes = (zlib.crc32(content), len(body), len(content))
            central.append(_put(out, name, zipfile.ZIP_DEFLATED, sizes, body))
        start, directory = out.tell(), b"".join(central)
        out.write(directory)
        out.write(_END.pack(b"PK\5\6", 0, 0, len(central), len(central), len(directory), start, 0))
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, target)


def _body(data: BinaryIO, info: zipfile.ZipInfo) -> bytes:
    data.seek(info.header_offset + 26)
    name, extra = struct.unpack("<HH", data.read(4))
    data.seek(name + extra, os.SEEK_CUR)
    return data.read(info.compress_size)


def _put(out: BinaryIO, name: str, method: int, sizes: tuple[int, int, int], body: bytes) -> bytes:
    """Write one member; returns its line of the directory."""
    at, named = out.tell(), name.encode()
    out.write(_LOCAL.pack(b"PK\3\4", 20, 0x800, method, 0, _DATE_1980, *sizes, len(named), 0))
    out.write(named)
    out.write(body)
    line = _CENTRAL.pack(
        b"PK\1\2", 20, 20, 0x800, method, 0, _DATE_1980, *sizes, len(named), 0, 0, 0, 0, 0, at
    )
    return line + named
