"""A zip archive of stored members read front to back: every byte accounted for.

Knows nothing of who wrote it.
"""

from __future__ import annotations

from binascii import crc32

from ar_xl.addin.strictbytes import Cursor, insist

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
# Version 2.0, no flags, stored, midnight of 1 January 1980.
_FIXED = bytes.fromhex("1400 0000 0000 0000 2100")


def read(content: bytes) -> dict[str, bytes]:
    """Return the members by name, in their order.

    Raises:
        Deviation: a member is compressed, dated, damaged or listed otherwise than it stands, or
            there are bytes that belong to none.
    """
    reader = Cursor(content, "The archive")
    members: dict[str, bytes] = {}
    told: list[bytes] = []
    while content[reader.at : reader.at + 4] == _LOCAL:
        at = reader.at
        reader.expect(_LOCAL, "a member")
        start = reader.at
        reader.expect(_FIXED, "the head of a member")
        checksum, packed, size = reader.number(4), reader.number(4), reader.number(4)
        name_length, extra = reader.number(2), reader.number(2)
        head = content[start : reader.at]
        name = reader.text(name_length, "ascii")
        insist(packed == size and extra == 0, f"{name}: it is not simply stored.")
        insist(name not in members, f"{name} is there twice.")
        members[name] = reader.take(size)
        insist(crc32(members[name]) == checksum, f"{name}: its check sum is wrong.")
        told.append(
            _CENTRAL + b"\x14\0" + head + bytes(10) + at.to_bytes(4, "little") + name.encode()
        )
    directory_at = reader.at
    for line in told:
        reader.expect(line, "a line of the directory")
    length, count = reader.at - directory_at, len(told)
    reader.expect(_END + bytes(4), "the end")
    insist([reader.number(2), reader.number(2)] == [count, count], "The directory counts wrongly.")
    insist([reader.number(4), reader.number(4)] == [length, directory_at], "The end is elsewhere.")
    reader.expect(bytes(2), "the length of a comment")
    insist(reader.is_done, "There is something after the archive.")
    return members
