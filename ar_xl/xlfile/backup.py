"""Earlier states of a workbook, kept beside it.

They lie in a folder "Book.xlsx.backups", numbered in the order they were made. A backup is a second
name for the old file's bytes where the disk can do that, else a copy.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

KEPT = 10

_NUMBERED = re.compile(r"(\d{4,}) .+")


@dataclass(frozen=True)
class Backup:
    """An earlier state of a workbook; the higher the number, the later it was replaced."""

    number: int
    path: Path


def folder_of(path: Path) -> Path:
    """Return the folder that holds the backups of a workbook."""
    return path.with_name(path.name + ".backups")


def backups_of(path: Path) -> list[Backup]:
    """Return the backups of a workbook, the latest first."""
    folder = folder_of(path)
    if not folder.is_dir():
        return []
    found = [
        Backup(int(match[1]), each)
        for each in folder.iterdir()
        if (match := _NUMBERED.fullmatch(each.name)) and each.suffix == path.suffix
    ]
    return sorted(found, key=lambda backup: backup.number, reverse=True)


def make_backup(path: Path) -> Path:
    """Keep the present state of a workbook and return where.

    The name tells when that state was saved, in UTC.

    Raises:
        OSError: the disk refused; nothing is left behind.
    """
    folder = folder_of(path)
    made_folder = not folder.exists()
    latest = backups_of(path)
    number = latest[0].number + 1 if latest else 1
    saved = time.strftime("%Y-%m-%d %H%M%S", time.gmtime(path.stat().st_mtime))
    backup = folder / f"{number:04d} {path.stem} {saved}{path.suffix}"
    try:
        folder.mkdir(exist_ok=True)
        try:
            os.link(path, backup)
        except OSError:  # not every disk gives a file a second name
            _copy(path, backup)
    except BaseException:
        remove_backup(backup, made_folder)
        raise
    return backup


def remove_backup(backup: Path, and_folder: bool = False) -> None:
    """Remove a backup that is not needed after all, as far as the disk lets us."""
    with suppress(OSError):
        backup.unlink()
    if and_folder:
        with suppress(OSError):
            backup.parent.rmdir()


def prune(path: Path, keep: int = KEPT) -> None:
    """Remove all but the latest backups; what cannot be removed stays."""
    for old in backups_of(path)[keep:]:
        remove_backup(old.path)


def _copy(path: Path, backup: Path) -> None:
    shutil.copy2(path, backup)
    descriptor = os.open(backup, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
