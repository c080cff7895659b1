"""A zip archive whose members are stored as they are.

Nothing is compressed, so that no version of a library has a say in the bytes. Written from
APPNOTE.TXT 4.3; every member carries the same, oldest date that zip knows.
"""

from __future__ import annotations

import struct
from binascii import crc32
from collections.abc import Mapping

DATE, TIME = (1 << 5) | 1, 0  # 1 January 1980, midnight
VERSION = 20


def write(members: Mapping[str, bytes]) -> bytes:
    """Return the archive.

    Args:
        members: contents by name, in order; names in ASCII.
    """
    body = bytearray()
    directory = bytearray()
    for name, content in members.items():
        told = name.encode("ascii")
        common = struct.pack("<HHHHHIIIHH", VERSION, 0, 0, TIME, DATE, crc32(content),
                             len(content), len(content), len(told), 0)  # fmt: skip
        directory += b"PK\x01\x02" + struct.pack("<H", VERSION) + common
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + told
        body += b"PK\x03\x04" + common + told + content
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\x05\x06" + end
