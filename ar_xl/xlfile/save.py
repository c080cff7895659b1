"""Saving: the old workbook or the new one, never half of one.

The new file is written beside the old one, brought to the disk, opened again and checked, and only
then takes the old one's name in a single step. Whatever fails before that leaves the old file as it
was and nothing else behind; nothing after that can fail.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from ar_xl.xlfile import backup as backups
from ar_xl.xlfile.beside import new_file, remove_leftovers
from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.errors import ChangedWorkbook, XlFileError
from ar_xl.xlfile.lock import check_free
from ar_xl.xlfile.package import Fingerprint, Package, fingerprint
from ar_xl.xlfile.write_errors import CannotSave, disk_words

# On Windows a virus scanner or an indexer may hold a file for a moment: seconds between tries.
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)


def save(
    edit: Edit,
    path: Path,
    out: Path | None = None,
    *,
    expected: Fingerprint,
    verify: Callable[[Path], None] | None = None,
    keep: int = backups.KEPT,
    by: str = "",
) -> Path | None:
    """Save the changes to a workbook. The caller holds the lock of what is written.

    Args:
        edit: the changes.
        path: the workbook they were made to.
        out: where to write instead, leaving `path` alone.
        expected: what `path` was when it was read.
        verify: looks at the new file before it takes the old one's place; raises what is wrong.
        keep: how many earlier states stay.
        by: the command that saves; the backup's name tells it.

    Returns:
        The backup of the file that was replaced; None where there was none.

    Raises:
        ChangedWorkbook: `path` is not what was read any more.
        InUse: the file to be replaced is open in another program.
        CannotSave: the disk refused.
        XlFileError: a change is not possible.
    """

    def insist_on_same() -> None:
        check_free(out or path)
        _check_unchanged(path, expected)

    return put(out or path, edit.write, insist_on_same, verify or opens, keep=keep, by=by)


def put(
    path: Path,
    write: Callable[[BinaryIO], None],
    insist: Callable[[], None],
    verify: Callable[[Path], None],
    *,
    keep: int = backups.KEPT,
    by: str = "",
) -> Path | None:
    """Put a new file in the place of another, or where none is. The caller holds its lock.

    Args:
        path: of the file; where it is a link, the file behind it.
        write: writes the new content.
        insist: called first, and again just before the old file is replaced; raises what stands
            in the way.
        verify: looks at the new file and raises what is wrong with it.
        keep: how many earlier states stay.
        by: the command at work; the backup's name tells it.

    Returns:
        The backup of the file that was replaced; None where there was none.

    Raises:
        CannotSave: the disk refused.
        XlFileError: what the callables raise.
    """
    made: Path | None = None
    had_folder = True
    try:
        target = path.resolve()
        new = new_file(target)
        insist()
        remove_leftovers(target)
    except OSError as failure:
        raise _cannot_save(failure) from failure
    try:
        old = target if target.exists() else None
        had_folder = backups.folder_of(target).exists()
        backups.write_new(new, write, like=old)
        verify(new)
        if old is not None:
            made = backups.make_backup(target, by)
        insist()
        _replace(new, target)
    except BaseException as failure:
        # An interruption may come when the new file is in its place already: its backup stays.
        if _discard(new) and made is not None:
            backups.remove_backup(made, not had_folder)
        if isinstance(failure, OSError):
            raise _cannot_save(failure) from failure
        raise
    _sync_folder(target.parent)
    backups.prune(target, keep)
    return made


def opens(new: Path) -> None:
    """Open a new file and read every part of it against its checksum.

    Raises:
        XlFileError: it is no whole workbook.
    """
    Package.open(new).check()


def _check_unchanged(path: Path, expected: Fingerprint) -> None:
    try:
        same = fingerprint(path) == expected
    except (FileNotFoundError, XlFileError):
        same = False
    if not same:
        raise ChangedWorkbook()


def _replace(new: Path, target: Path) -> None:
    for pause in _PAUSES:
        try:
            os.replace(new, target)
            return
        except PermissionError:
            if sys.platform != "win32":
                raise
            time.sleep(pause)
    os.replace(new, target)


def _discard(new: Path) -> bool:
    """Remove a new file as far as the disk lets us; False where it is not there any more."""
    try:
        new.unlink()
    except FileNotFoundError:
        return False
    except OSError:
        pass
    return True


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk too, where the system can; the file itself is there."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _cannot_save(failure: OSError) -> CannotSave:
    return CannotSave(disk_words(failure))
