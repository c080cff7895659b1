"""Earlier states of a workbook, kept beside it.

They lie in a folder "Book.xlsx.backups", numbered in the order they were made; the name tells when
a state was saved and what replaced it. A backup is a second name for the old file's bytes where the
disk can do that, else a copy.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ar_xl.xlfile.beside import beside, new_file, remove_leftovers

KEPT = 10

_NUMBERED = re.compile(
    r"(?P<number>\d{4,}) .+?"
    r"(?: (?P<saved>\d{4}-\d\d-\d\d \d{6})(?: before (?P<before>[\w -]{1,40}))?)?\.\w+"
)
_SAVED = "%Y-%m-%d %H%M%S"


@dataclass(frozen=True)
class Backup:
    """An earlier state of a workbook; the higher the number, the later it was replaced.

    Args:
        number: of the backup.
        path: its file.
        saved: when that state was saved, UTC, "2026-10-31 17:04:05"; "" where the name does not
            tell.
        before: the command that replaced it, "" where the name does not tell.
    """

    number: int
    path: Path
    saved: str = ""
    before: str = ""


def folder_of(path: Path) -> Path:
    """Return the folder that holds the backups of a workbook."""
    return beside(path, "", ".backups")


def backups_of(path: Path) -> list[Backup]:
    """Return the backups of a workbook, the latest first.

    Raises:
        OSError: the folder cannot be read.
    """
    folder = folder_of(path)
    if not folder.is_dir():
        return []
    found = [
        Backup(int(match["number"]), each, _shown(match["saved"]), match["before"] or "")
        for each in folder.iterdir()
        if (match := _NUMBERED.fullmatch(each.name)) and each.suffix == path.suffix
    ]
    return sorted(found, key=lambda backup: backup.number, reverse=True)


def saved_at(path: Path) -> str:
    """Return when a file was saved, UTC, "2026-10-31 17:04:05"; OSError where it is not there."""
    return _shown(time.strftime(_SAVED, time.gmtime(path.stat().st_mtime)))


def make_backup(path: Path, before: str = "") -> Path:
    """Keep the present state of a workbook and return where.

    Args:
        path: the workbook.
        before: the command that is about to replace it; the name tells it.

    Raises:
        OSError: the disk refused; nothing is left behind.
    """
    folder = folder_of(path)
    made_folder = not folder.exists()
    latest = backups_of(path)
    number = latest[0].number + 1 if latest else 1
    saved = time.strftime(_SAVED, time.gmtime(path.stat().st_mtime))
    end = f" {saved}{f' before {before}' if before else ''}{path.suffix}"
    backup = beside(folder / path.name, f"{number:04d} ", end, path.stem)
    try:
        if made_folder:
            folder.mkdir()
            _open_to_the_same(folder)
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
    with suppress(OSError):
        for old in backups_of(path)[keep:]:
            remove_backup(old.path)


def tidy(path: Path) -> None:
    """Remove what a killed run left of a backup: half a copy, or one of the state that still is."""
    with suppress(OSError):
        remove_leftovers(folder_of(path) / path.name)
        backups = backups_of(path)
        if backups and path.exists() and _is_same(backups[0].path, path):
            remove_backup(backups[0].path, len(backups) == 1)


def keep_access(path: Path, new: Path) -> None:
    """Give a new file the owner, the permissions and the attributes of another, where we may.

    A file of somebody else keeps its group where it cannot keep its owner.
    """
    old = path.stat()
    if os.name != "nt" and (new.stat().st_uid, new.stat().st_gid) != (old.st_uid, old.st_gid):
        for owner in (old.st_uid, -1):
            try:
                os.chown(new, owner, old.st_gid)
                break
            except PermissionError:
                continue
    for name in _attributes(path):
        with suppress(OSError):
            os.setxattr(new, name, os.getxattr(path, name))
    new.chmod(old.st_mode & 0o7777)


def write_new(new: Path, write: Callable[[BinaryIO], None], like: Path | None = None) -> None:
    """Write a new file and bring it to the disk; nobody else can read it before it is whole.

    Args:
        new: a path where nothing is.
        write: writes the content.
        like: the file whose owner and permissions it gets; those of any new file where None.

    Raises:
        OSError: the disk refused; what was written so far stays.
    """
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
    descriptor = os.open(new, flags, 0o666 if like is None else 0o600)
    with open(descriptor, "w+b") as file:
        write(file)
        file.flush()
        if like is not None:
            keep_access(like, new)
        os.fsync(file.fileno())


def _copy(path: Path, backup: Path) -> None:
    """Copy under another name first: a backup is whole or not there."""
    new = new_file(backup.with_name(path.name))
    try:
        with path.open("rb") as source:
            write_new(new, lambda file: shutil.copyfileobj(source, file, 1 << 20), like=path)
        now = path.stat()
        os.utime(new, ns=(now.st_atime_ns, now.st_mtime_ns))
        os.replace(new, backup)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def _attributes(path: Path) -> list[str]:
    """The names of a file's extended attributes, which hold access lists; none on most systems."""
    if not hasattr(os, "listxattr"):
        return []
    try:
        return list(os.listxattr(path))
    except OSError:
        return []


def _open_to_the_same(folder: Path) -> None:
    """Let those into a new folder who may enter the one above it: they share the workbook."""
    with suppress(OSError):
        mode = folder.parent.stat().st_mode & 0o7777
        if not mode & stat.S_ISVTX:  # a folder for everybody, such as that of temporary files
            folder.chmod(mode)


def _is_same(backup: Path, path: Path) -> bool:
    """Tell whether a backup is the present state of the workbook, as a copy or the same file."""
    ours, theirs = backup.stat(), path.stat()
    if (ours.st_dev, ours.st_ino) == (theirs.st_dev, theirs.st_ino):
        return True
    if (ours.st_size, ours.st_mtime_ns) != (theirs.st_size, theirs.st_mtime_ns):
        return False
    with backup.open("rb") as one, path.open("rb") as other:
        while (piece := one.read(1 << 20)) == other.read(1 << 20):
            if not piece:
                return True
    return False


def _shown(saved: str | None) -> str:
    return f"{saved[:13]}:{saved[13:15]}:{saved[15:]}" if saved else ""
