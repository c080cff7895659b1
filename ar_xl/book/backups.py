"""Earlier states of a workbook: which there are, what they hold, and one of them brought back."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ar_xl.book import host
from ar_xl.book.reader import read_texts
from ar_xl.xlfile import backup as backups
from ar_xl.xlfile.lock import check_free
from ar_xl.xlfile.save import opens, put

_PIECE_BYTES = 1 << 20


@dataclass(frozen=True)
class State:
    """One state of a workbook.

    Args:
        number: of the backup; 0 for the workbook itself.
        path: its file.
        saved: when it was saved, UTC, "2026-10-31 17:04:05"; "" where nothing tells.
        before: the command that replaced it, "" where nothing tells.
        size: bytes.
        problem: why it cannot be opened; "" where it can.
        batch: the last batch posted in it, "" where there is none.
        control: receivables after that batch, as Batches has them.
    """

    number: int
    path: Path
    saved: str
    before: str
    size: int
    problem: str = ""
    batch: str = ""
    control: str = ""


def states_of(path: Path) -> list[State]:
    """Return the backups of a workbook, the latest first, each as far as it can be read.

    Raises:
        OSError: the folder cannot be read.
    """
    return [
        _looked_into(State(kept.number, kept.path, kept.saved, kept.before, size))
        for kept in backups.backups_of(path)
        if (size := kept.path.stat().st_size) >= 0
    ]


def present_state(path: Path) -> State | None:
    """Return the state of the workbook itself, None where it is not there.

    Raises:
        OSError: the folder cannot be read.
    """
    if not path.is_file():
        return None
    size = path.stat().st_size
    return _looked_into(State(0, path, backups.saved_at(path), "", size))


def is_same(one: Path, other: Path) -> bool:
    """Tell whether two files have the same bytes.

    Raises:
        OSError: one of them cannot be read.
    """
    if not other.is_file() or one.stat().st_size != other.stat().st_size:
        return False
    with one.open("rb") as left, other.open("rb") as right:
        while (piece := left.read(_PIECE_BYTES)) == right.read(_PIECE_BYTES):
            if not piece:
                return True
    return False


def insist_on_whole(path: Path) -> None:
    """Read every part of a workbook against its checksum.

    Raises:
        FileProblem: it does not open, or a part of it is damaged.
    """
    try:
        opens(path)
    except OSError as failure:
        raise host.disk_problem(failure) from failure


def bring_back(path: Path, kept: Path) -> Path | None:
    """Put a backup in the place of the workbook, byte for byte. The caller holds the lock.

    Args:
        path: the workbook; it may be damaged or gone.
        kept: the backup, which stays.

    Returns:
        The backup of the state that was replaced; None where there was none.

    Raises:
        FileProblem: the workbook is open elsewhere, the backup does not open, or the disk refused.
    """

    def write(file: BinaryIO) -> None:
        with kept.open("rb") as source:
            shutil.copyfileobj(source, file, _PIECE_BYTES)

    def verify(new: Path) -> None:
        insist_on_whole(new)
        assert is_same(kept, new), "the copy differs from the backup"

    return put(path, write, lambda: check_free(path), verify, by="restore")


def number_of(kept: Path) -> int:
    """Return the number of a backup by its file."""
    return int(kept.name.partition(" ")[0])


def _looked_into(state: State) -> State:
    """Read the last line of Batches, and nothing else."""
    try:
        book = host.open_book(state.path)
        try:
            batches = read_texts(book, "Batches")
        finally:
            book.close()
    except (host.FileProblem, OSError) as problem:
        words = problem.sentence if isinstance(problem, host.FileProblem) else str(problem.strerror)
        return State(*_plain(state), problem=words)
    if not batches or not len(batches["batch"]):
        return state
    last = int(batches["batch"].astype(str).argmax())
    found = str(batches["batch"][last]), str(batches["control_after"][last])
    return State(*_plain(state), "", *found)


def _plain(state: State) -> tuple[int, Path, str, str, int]:
    return state.number, state.path, state.saved, state.before, state.size
