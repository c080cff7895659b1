"""Compression of VBA text, as Excel stores it: [MS-OVBA] 2.4.1.

Only the writing side. The reading side is in `strictovba`, and shares nothing with this one.
"""

from __future__ import annotations

import struct

from ar_xl.addin.problem import CannotBuild

CHUNK = 4096
SHORTEST_MATCH = 3
# A longer search makes the file smaller by less than a thousandth, and is slower.
CANDIDATES = 64


def compress(plain: bytes) -> bytes:
    """Return a CompressedContainer (2.4.1.1.1) that holds `plain`.

    Raises:
        CannotBuild: the last, shorter chunk cannot be made smaller. Excel would fill it up with
            zero bytes, and give back something else than was put in. No text is like that.
    """
    chunks = (_chunk(plain[start : start + CHUNK]) for start in range(0, len(plain), CHUNK))
    return b"\x01" + b"".join(chunks)


def _chunk(plain: bytes) -> bytes:
    packed = _tokens(plain)
    if len(packed) < CHUNK:
        return struct.pack("<H", 0xB000 | (len(packed) - 1)) + packed
    if len(plain) < CHUNK:
        raise CannotBuild(
            f"The last {len(plain):,} bytes of a text cannot be packed: they are as random as "
            "noise. VBA text is never like that; look at what was given as a macro."
        )
    return struct.pack("<H", 0x3000 | (CHUNK - 1)) + plain


def _tokens(plain: bytes) -> bytes:
    """Token sequences (2.4.1.3.8): a byte of flags, then eight literals or copies."""
    packed = bytearray()
    seen: dict[bytes, list[int]] = {}
    at = 0
    while at < len(plain):
        flags_at = len(packed)
        packed.append(0)
        for bit in range(8):
            if at >= len(plain):
                break
            length, distance = _match(plain, at, seen)
            if length:
                offset_bits = _offset_bits(at)
                packed += struct.pack(
                    "<H", ((distance - 1) << (16 - offset_bits)) | (length - SHORTEST_MATCH)
                )
                packed[flags_at] |= 1 << bit
            else:
                packed.append(plain[at])
            following = at + (length or 1)
            for start in range(at, min(following, len(plain) - 2)):
                seen.setdefault(plain[start : start + SHORTEST_MATCH], []).append(start)
            at = following
    return bytes(packed)


def _offset_bits(at: int) -> int:
    """How many bits of a copy token say where from (2.4.1.3.19.1)."""
    return max(4, (at - 1).bit_length())


def _match(plain: bytes, at: int, seen: dict[bytes, list[int]]) -> tuple[int, int]:
    """The longest earlier stretch of the chunk that is repeated here, the nearest of equals.

    Returns:
        Its length and how far back it begins; two zeros where there is none.
    """
    candidates = seen.get(plain[at : at + SHORTEST_MATCH], ())[-CANDIDATES:]
    longest = min((0xFFFF >> _offset_bits(at)) + SHORTEST_MATCH, len(plain) - at)
    best, distance = 0, 0
    for start in reversed(candidates):
        length = SHORTEST_MATCH
        while length < longest and plain[start + length] == plain[at + length]:
            length += 1
        if length > best:
            best, distance = length, at - start
            if best == longest:
                break
    return best, distance
