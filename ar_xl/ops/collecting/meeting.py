"""The time of a conference call, as somebody typed it into a cell."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal, InvalidOperation

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?::\d{2})?)?\s*([ap])?\.?(?:m\.?)?$", re.IGNORECASE)
_MINUTES = 24 * 60


def call_time(text: str) -> time | None:
    """Read a time of day: `14:30`, `2:30 pm`, `14.30`, or a fraction of a day as Excel keeps it.

    Returns:
        None where the cell is empty or it is no time.
    """
    plain = " ".join(text.split())
    found = _TIME.match(plain)
    if found is None or (found[2] is None and found[3] is None):
        return _of_a_fraction(plain)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _of_a_fraction(text: str) -> time | None:
    """Excel keeps 14:30 as 0.604166...: the nearest minute."""
    try:
        minutes = int((Decimal(text) * _MINUTES).to_integral_value())
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return time(*divmod(minutes, 60)) if 0 < minutes < _MINUTES else None
