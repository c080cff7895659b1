"""Saving: the old workbook or the new one, never half of one.

The new file is written beside the old one, brought to the disk, opened again and checked, and only
then takes the old one's name in a single step. Whatever fails before that leaves the old file as it
was and nothing else behind.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ar_xl.xlfile import backup as backups
from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.errors import ChangedWorkbook, XlFileError
from ar_xl.xlfile.lock import check_free
from ar_xl.xlfile.package import Fingerprint, Package, fingerprint
from ar_xl.xlfile.write_errors import CannotSave

_SENTENCES = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EIO: "the disk reported an error",
    errno.EACCES: "access was denied",
    errno.EPERM: "access was denied",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "the folder does not exist",
    errno.ENAMETOOLONG: "the file's name is too long",
}


def save(
    edit: Edit,
    path: Path,
    out: Path | None = None,
    *,
    expected: Fingerprint,
    verify: Callable[[Path], None] | None = None,
    keep: int = backups.KEPT,
) -> Path | None:
    """Save the changes to a workbook. The caller holds the lock of what is written.

    Args:
        edit: the changes.
        path: the workbook they were made to.
        out: where to write instead, leaving `path` alone.
        expected: what `path` was when it was read.
        verify: looks at the new file before it takes the old one's place; raises what is wrong.
        keep: how many earlier states stay.

    Returns:
        The backup of the file that was replaced; None where there was none.

    Raises:
        ChangedWorkbook: `path` is not what was read any more.
        InUse: the file to be replaced is open in another program.
        CannotSave: the disk refused.
        XlFileError: a change is not possible.
    """
    target = (out or path).resolve()
    made: Path | None = None
    new = target.with_name(f".~{target.name}.{os.getpid()}.tmp")
    had_folder = backups.folder_of(target).exists()
    try:
        _check_unchanged(path, expected)
        check_free(target)
        _remove_leftovers(target)
        _write(edit, new, target)
        (verify or _opens)(new)
        _check_unchanged(path, expected)
        if target.exists():
            made = backups.make_backup(target)
        os.replace(new, target)
    except BaseException as failure:
        with suppress(OSError):
            new.unlink()
        if made is not None:
            backups.remove_backup(made, not had_folder)
        if isinstance(failure, OSError):
            raise _cannot_save(failure) from failure
        raise
    _sync_folder(target.parent)
    backups.prune(target, keep)
    return made


def _check_unchanged(path: Path, expected: Fingerprint) -> None:
    try:
        same = fingerprint(path) == expected
    except (FileNotFoundError, XlFileError):
        same = False
    if not same:
        raise ChangedWorkbook()


def _write(edit: Edit, new: Path, target: Path) -> None:
    """Write the new file and bring it to the disk, with the permissions of the old one."""
    with new.open("xb") as file:
        edit.write(file)
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        shutil.copymode(target, new)


def _opens(new: Path) -> None:
    """Open the new file and read every part of it against its checksum."""
    Package.open(new).check()


def _remove_leftovers(target: Path) -> None:
    """Remove new files that a run killed in the middle left; the lock says that none is alive."""
    for leftover in target.parent.glob(f".~{_literal(target.name)}.*.tmp"):
        with suppress(OSError):
            leftover.unlink()


def _literal(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk too, where the system can; the file itself is there."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _cannot_save(failure: OSError) -> CannotSave:
    number = failure.errno or 0
    return CannotSave(_SENTENCES.get(number, failure.strerror or "the disk refused"))
