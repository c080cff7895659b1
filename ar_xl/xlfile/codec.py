"""Inflate, deflate and CRC-32 by ISA-L where it is installed, else by the standard library.

Both give and take the same streams and sums. ISA-L takes a third of zlib's time to deflate, less
than half to inflate, and a fifth for a CRC-32; processors without ready wheels of it do without.
"""

from __future__ import annotations

import zlib
from typing import Protocol, cast

try:
    from isal import isal_zlib as _fast
except ImportError:  # pragma: no cover - depends on the machine
    _fast = None  # type: ignore[assignment]

# Of deflate: zlib's level 6 takes four times as long as level 1 for a quarter fewer bytes.
LEVEL = 1
_RAW = -zlib.MAX_WBITS


class Inflater(Protocol):
    """Inflates a raw deflate stream that comes in pieces; as `zlib.decompressobj`."""

    @property
    def eof(self) -> bool:
        """Whether the end of the stream was met."""

    @property
    def unconsumed_tail(self) -> bytes:
        """What was given but not yet inflated, for lack of room."""

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """Inflate at most `max_length` bytes."""

    def flush(self) -> bytes:
        """Return what is left."""


class Deflater(Protocol):
    """Makes a raw deflate stream; as `zlib.compressobj`."""

    def compress(self, data: bytes, /) -> bytes:
        """Deflate a piece; returns what is ready."""

    def flush(self) -> bytes:
        """Return the end of the stream."""


def inflater() -> Inflater:
    """Inflate a raw deflate stream; raises one of `BROKEN` where it is none."""
    return zlib.decompressobj(_RAW) if _fast is None else _fast.decompressobj(_RAW)


def deflater() -> Deflater:
    """Make a raw deflate stream at `LEVEL`."""
    if _fast is None:
        return zlib.compressobj(LEVEL, zlib.DEFLATED, _RAW)
    return _fast.compressobj(LEVEL, zlib.DEFLATED, _RAW)


def crc32(data: bytes, value: int = 0) -> int:
    """The CRC-32 of bytes that follow others, whose CRC-32 is `value`."""
    return zlib.crc32(data, value) if _fast is None else _fast.crc32(data, value)


# What inflating raises where a stream is broken.
BROKEN: tuple[type[Exception], ...] = (
    (zlib.error,) if _fast is None else (zlib.error, cast(type[Exception], _fast.error))
)
