"""VBA text unpacked as strictly as [MS-OVBA] 2.4.1 allows; knows nothing of who packed it."""

from __future__ import annotations

from ar_xl.addin.strictbytes import Cursor, insist

_FULL = 4096


def unpack(packed: bytes, where: str) -> bytes:
    """Return what a CompressedContainer holds.

    Args:
        packed: the whole of it.
        where: the name of the stream, for messages.

    Raises:
        Deviation: it breaks a rule of the format, also one that readers commonly forgive.
    """
    reader = Cursor(packed, where)
    reader.expect(b"\x01", "the signature")
    plain = bytearray()
    while not reader.is_done:
        insist(len(plain) % _FULL == 0, f"{where}: a chunk that is not the last one is short.")
        header = reader.number(2)
        insist(header >> 12 & 7 == 3, f"{where}: the signature of a chunk is wrong.")
        body = reader.take((header & 0xFFF) + 1)
        if header & 0x8000:
            chunk = _tokens(Cursor(body, where), where)
            insist(len(body) < _FULL, f"{where}: a chunk did not become smaller.")
        else:
            insist(len(body) == _FULL, f"{where}: a chunk that is not packed is short.")
            chunk = body
        insist(bool(chunk), f"{where}: a chunk is empty.")
        plain += chunk
    return bytes(plain)


def _tokens(body: Cursor, where: str) -> bytes:
    chunk = bytearray()
    while not body.is_done:
        flags = body.number(1)
        insist(not body.is_done, f"{where}: eight tokens were announced, and none came.")
        for bit in range(8):
            if body.is_done:
                insist(not flags >> bit, f"{where}: a copy was announced that did not come.")
                break
            if flags >> bit & 1:
                _copy(chunk, body.number(2), where)
            else:
                chunk += body.take(1)
    insist(len(chunk) <= _FULL, f"{where}: a chunk holds more than 4,096 bytes.")
    return bytes(chunk)


def _copy(chunk: bytearray, token: int, where: str) -> None:
    """One copy token (2.4.1.3.19): so many bytes, from so far back."""
    offset_bits = 4
    while 1 << offset_bits < len(chunk):
        offset_bits += 1
    length = (token & 0xFFFF >> offset_bits) + 3
    distance = (token >> 16 - offset_bits) + 1
    insist(distance <= len(chunk), f"{where}: a copy reaches before its chunk.")
    insist(len(chunk) + length <= _FULL, f"{where}: a chunk holds more than 4,096 bytes.")
    start = len(chunk) - distance
    for place in range(start, start + length):
        chunk.append(chunk[place])
