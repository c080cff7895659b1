"""What a worksheet function said when it last failed, for Help; never what stood in a cell."""

from __future__ import annotations

_last: list[str] = []


def note(words: str) -> None:
    """Keep why a function failed.

    Args:
        words: its name and the reason, without values of cells.
    """
    _last[:] = [words]


def last() -> str:
    """Why a function last failed, in words; "" where none has since the start."""
    return _last[0] if _last else ""
