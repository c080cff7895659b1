"""Memory that was let go, handed back to the system."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Have the C library hand back what it keeps for later; only that of Linux can.

    What a large workbook was read with is sixty megabytes in pieces too small for what comes next,
    which would be asked for on top of them.
    """
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return
    trim(0)
