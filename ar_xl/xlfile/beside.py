"""Files that stand beside a workbook for a while: its new state, its lock, its backups.

A name is at most 255 bytes long on every common disk. A workbook's name may be as long as that, so
that what is put around it takes room from it.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
import time
from contextlib import suppress
from pathlib import Path

_LONGEST_BYTES = 255
_MARK_CHARACTERS = 9
_DAY_SECONDS = 86_400

_NEW = re.compile(r"\.(\d{10})-([0-9a-f]{6})\.tmp")


def beside(path: Path, before: str, after: str, name: str | None = None) -> Path:
    """Return a path in the folder of a workbook, whose name is built around the workbook's.

    Args:
        path: the workbook.
        before: what the name begins with.
        after: what it ends with.
        name: what stands between; the workbook's whole name where None. What is too long is cut,
            and a mark of the whole takes the place of the rest.
    """
    name = path.name if name is None else name
    room = _LONGEST_BYTES - len(os.fsencode(before + after))
    if len(os.fsencode(name)) > room:
        mark = "~" + hashlib.sha256(os.fsencode(name)).hexdigest()[: _MARK_CHARACTERS - 1]
        kept = os.fsencode(name)[: room - _MARK_CHARACTERS]
        name = kept.decode("utf-8", "ignore") + mark
    return path.with_name(before + name + after)


def lock_file(path: Path) -> Path:
    """Return the file that a run of ours holds while it works on a workbook."""
    return beside(path, ".~", ".lock")


def holder_file(path: Path) -> Path:
    """Return the file that names who holds the lock."""
    return beside(path, ".~", ".lock.by")


def new_file(path: Path) -> Path:
    """Return where this process writes the new state of a file before it takes its place."""
    return beside(path, ".~", f".{os.getpid():010d}-{_machine()}.tmp")


def new_files(path: Path) -> list[Path]:
    """Return the new states of a file that runs are writing, or left behind.

    Raises:
        OSError: the folder cannot be listed.
    """
    ours = new_file(path).name
    start = ours[: -len(".0000000000-000000.tmp")]
    return [
        path.with_name(name)
        for name in os.listdir(path.parent)
        if name.startswith(start) and _NEW.fullmatch(name, len(start))
    ]


def remove_leftovers(path: Path) -> None:
    """Remove new states of a file whose writers are dead; one that is being written stays.

    A run of another computer cannot be asked, so that what it wrote goes after a day.
    """
    with suppress(OSError):
        for leftover in new_files(path):
            with suppress(OSError):
                if not _is_being_written(leftover):
                    leftover.unlink()


def _is_being_written(new: Path) -> bool:
    found = _NEW.search(new.name)
    assert found is not None, new.name
    if time.time() - new.stat().st_mtime > _DAY_SECONDS:
        return False
    process, machine = int(found[1]), found[2]
    if machine != _machine():
        return True
    return process != os.getpid() and _is_alive(process)


def _is_alive(process: int) -> bool:
    """Tell whether a process runs; on Windows its open file cannot be removed anyway."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def _machine() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:6]
