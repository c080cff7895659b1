"""Of which bitness a program or library for Windows is, read from its own header.

[PE format], section "COFF File Header": the machine that a file was made for.
"""

from __future__ import annotations

import struct
from enum import Enum
from pathlib import Path


class Bitness(Enum):
    """What a program was made for."""

    X86 = "32-bit"
    X64 = "64-bit"
    ARM64 = "64-bit ARM"
    UNKNOWN = "unknown"


_MACHINES = {0x014C: Bitness.X86, 0x8664: Bitness.X64, 0xAA64: Bitness.ARM64}
_POINTER_AT = 0x3C
_MOST_OF_A_STUB = 4096  # bytes before the header; real files have some hundred


def bitness(path: Path) -> Bitness:
    """What the file was made for; UNKNOWN where it is absent, closed to us or no program."""
    try:
        with path.open("rb") as opened:
            head = opened.read(_MOST_OF_A_STUB)
    except OSError:
        return Bitness.UNKNOWN
    if head[:2] != b"MZ" or len(head) < _POINTER_AT + 4:
        return Bitness.UNKNOWN
    (at,) = struct.unpack_from("<I", head, _POINTER_AT)
    if head[at : at + 4] != b"PE\0\0" or len(head) < at + 6:
        return Bitness.UNKNOWN
    (made_for,) = struct.unpack_from("<H", head, at + 4)
    return _MACHINES.get(made_for, Bitness.UNKNOWN)


def library_bits(excel: Bitness) -> int:
    """Which of the two libraries of xlwings an Excel loads: 32 or 64."""
    return 32 if excel is Bitness.X86 else 64
