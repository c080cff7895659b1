"""What is kept of a mistake of ours: where in the program, and nothing of the user's data.

The text of an error may hold names, amounts or the path of a workbook. So only its kind is kept,
and the places in the program that it came through.
"""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path
from traceback import extract_tb

from ar_xl import __version__
from ar_xl.app import clock

LOG_NAME = "errors.log"
_MOST_BYTES = 200_000
_BETWEEN = "\n\n"


def user_folder() -> Path:
    """The folder for what ar_xl keeps for this user; it is not made here."""
    local = os.environ.get("LOCALAPPDATA")
    if local:
        return Path(local) / "ar_xl"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "ar_xl"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "ar_xl"


def details(what: str, error: BaseException) -> str:
    """What is kept of an error.

    Args:
        what: the command or the button, by its name.
        error: only its kind and the lines of the program are taken.
    """
    system = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    lines = [f"{clock.utc_text()} ar_xl {__version__}, {system}", f"{what}: {type(error).__name__}"]
    places = [
        f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"
        for frame in extract_tb(error.__traceback__)
    ]
    return "\n".join([*lines, *places])


def _place(filename: str) -> str:
    """A module as its package names it; folders above that are the user's own."""
    parts = Path(filename).parts
    for top in ("site-packages", "ar_xl"):
        if top in parts:
            at = len(parts) - 1 - parts[::-1].index(top)
            return "/".join(parts[at:])
    return parts[-1] if parts else ""


def keep(what: str, error: BaseException, folder: Path | None = None) -> Path | None:
    """Add an error to the log of this user, of which the newest part is kept.

    Returns:
        The log; None where it cannot be written.
    """
    log = (folder or user_folder()) / LOG_NAME
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        before = log.read_text(encoding="utf-8")[-_MOST_BYTES:] if log.exists() else ""
        log.write_text(before + details(what, error) + _BETWEEN, encoding="utf-8")
    except OSError:
        return None
    return log


def last(folder: Path | None = None) -> str:
    """The newest entry of the log; empty where there is none."""
    log = (folder or user_folder()) / LOG_NAME
    try:
        entries = log.read_text(encoding="utf-8").split(_BETWEEN)
    except OSError:
        return ""
    return next((entry.strip() for entry in reversed(entries) if entry.strip()), "")
