"""The only place that knows what day it is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from email.utils import format_datetime


def today() -> date:
    """The date here and now, the default of every as-of date."""
    return datetime.now().astimezone().date()


def utc_text() -> str:
    """The UTC time to the second, as Batches shows it: `2026-10-31T17:04:05Z`."""
    return datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def mail_text() -> str:
    """The time now as the Date of an e-mail has it, in UTC: no zone tells where somebody is."""
    return format_datetime(datetime.now(tz=UTC))


def seconds() -> int:
    """Whole seconds of a clock that nobody sets, to measure how long something takes."""
    return time.monotonic_ns() // 1_000_000_000
