"""Asking a person at a terminal; where there is none, nobody is asked."""

from __future__ import annotations

import os
import sys
from getpass import getpass

PASSWORD_VARIABLE = "AR_XL_MAIL_PASSWORD"  # its name, not a password


def is_there() -> bool:
    """Whether somebody can answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def agreed(question: str) -> bool:
    """Put a question that only a plain yes agrees to."""
    return input(f"{question} (yes/no) ").strip().casefold() in ("y", "yes")


def password(question: str) -> str | None:
    """The password from the environment, else typed without showing it; None where neither is."""
    known = os.environ.get(PASSWORD_VARIABLE)
    if known:
        return known
    return getpass(question) if is_there() else None
