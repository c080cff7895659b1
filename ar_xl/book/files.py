"""Workbook files as such: whether they are there, who works on them, what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ar_xl.core.findings import Exit
from ar_xl.xlfile import write_errors
from ar_xl.xlfile.cells import StaleFormula
from ar_xl.xlfile.errors import ChangedWorkbook
from ar_xl.xlfile.errors import XlFileError as FileProblem
from ar_xl.xlfile.lock import hold
from ar_xl.xlfile.lock import tidy_up as tidy_up_beside
from ar_xl.xlfile.save import put

__all__ = [
    "FileProblem",
    "NoSuchFile",
    "disk_problem",
    "exit_code",
    "insist_on_file",
    "locked",
    "tidy_up",
    "write_new",
]

WAIT_SECONDS = 2.0  # for another run of ours to finish, as after a double click

_BUSY = (
    write_errors.InUse,
    write_errors.CannotSave,
    write_errors.DiskRefused,
    ChangedWorkbook,
)
_REFUSED = (
    write_errors.CannotEdit,
    write_errors.SheetFull,
    write_errors.TextTooLong,
    StaleFormula,
)


class NoSuchFile(FileProblem):
    """There is no such workbook."""

    template = "There is no workbook {detail}. Check the name, or make one with `ar-xl new`."


def insist_on_file(path: Path) -> None:
    """Refuse a path where no workbook is.

    Raises:
        FileProblem: there is none, or the folder may not be entered.
    """
    try:
        found = path.is_file()
    except OSError as failure:
        raise disk_problem(failure) from failure
    if not found:
        raise NoSuchFile(str(path))


def disk_problem(failure: OSError) -> FileProblem:
    """Return what a disk or a folder refused, in words; nothing was written."""
    return write_errors.DiskRefused(write_errors.disk_words(failure))


def exit_code(problem: FileProblem) -> Exit:
    """Return the exit code of a command that met a problem with the file."""
    if isinstance(problem, _BUSY):
        return Exit.BUSY
    return Exit.REFUSED if isinstance(problem, _REFUSED) else Exit.UNREADABLE


@contextmanager
def locked(
    path: Path | None, user: str | None = None, wait: float = WAIT_SECONDS
) -> Iterator[None]:
    """Keep other runs from writing a workbook file, from reading it until it is saved.

    Args:
        path: that will be written; None locks nothing, for commands that only read.
        user: who others are told has it.
        wait: seconds to wait for another run to finish.

    Raises:
        FileProblem: it is being written, or open in Excel or LibreOffice, or cannot be written.
    """
    if path is None:
        yield
        return
    with hold(path, wait, user):
        yield


def tidy_up(path: Path) -> None:
    """Remove what a killed run left beside a workbook, for commands that only read it."""
    tidy_up_beside(path)


def write_new(path: Path, content: bytes) -> None:
    """Write a file: all of it or nothing. One that was there is kept as a backup.

    Raises:
        FileProblem: the disk or the folder refused.
    """
    with hold(path):
        put(path, lambda file: _write_all(file, content), lambda: None, lambda _: None)


def _write_all(file: BinaryIO, content: bytes) -> None:
    file.write(content)
