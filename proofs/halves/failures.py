"""A disk that fails once, at each of its calls: nothing changes, and the command says so."""

from __future__ import annotations

import errno
from collections import Counter
from dataclasses import dataclass, field

from ar_xl.core.findings import Exit
from proofs.halves.disk import Disk
from proofs.halves.kills import AGAIN_EVERY
from proofs.halves.office import Case, run

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)


@dataclass
class Failures:
    """What came of a failing disk.

    Args:
        calls: disk calls of one run that change something.
        reads: its other disk calls.
        tried: runs with one failing call.
        refused: of them, those that said so and left the old workbook.
        harmless: those that were done all the same, such as a copy in place of a link.
        by_call: how many were tried of each kind of call.
        wrong: what should not be; empty where the promise holds.
    """

    calls: int = 0
    reads: int = 0
    tried: int = 0
    refused: int = 0
    harmless: int = 0
    by_call: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def failing_disk(
    case: Case, writes_every: int = 1, reads_every: int = 10, others_every: int = 1
) -> Failures:
    """Let calls fail, one a run.

    Calls that change something fail with each of the errors. Of the many writes of content, and of
    the calls that only read, some fail, each with one of the errors in turn.

    Args:
        case: the command.
        writes_every: of the writes of content one in so many.
        reads_every: of the calls that only read one in so many.
        others_every: of calls and errors that are neither one in so many.
    """
    found = Failures()
    changing = _names(case, changes_only=True)
    found.calls = len(changing)
    found.reads = len(_names(case, changes_only=False)) - found.calls
    others = [(at, error) for at, name in enumerate(changing, start=1) if name != "write"
              for error in ERRORS]  # fmt: skip
    for at, error in others[::others_every]:
        _fail(case, found, at, error, changes_only=True)
    for at, name in enumerate(changing, start=1):
        if name == "write" and at % writes_every == 0:
            _fail(case, found, at, ERRORS[(at // writes_every) % 3], changes_only=True)
    for at in range(1, found.calls + found.reads + 1, reads_every):
        _fail(case, found, at, ERRORS[(at // reads_every) % 3], changes_only=False)
    return found


class _Listing(Disk):
    """Notes the calls in their order."""

    def __init__(self, case: Case, changes_only: bool) -> None:
        super().__init__(case.folder, changes_only=changes_only)
        self.calls: list[str] = []

    def call(self, name: str) -> None:
        """Note it."""
        before = self.count
        super().call(name)
        if self.count > before:
            self.calls.append(name)


def _names(case: Case, changes_only: bool) -> list[str]:
    case.reset()
    disk = _Listing(case, changes_only)
    with disk.between():
        run(case.name, case.book)
    return disk.calls


def _fail(case: Case, found: Failures, number: int, error: int, changes_only: bool) -> None:
    case.reset()
    disk = Disk(case.folder, number, error, changes_only)
    what = f"call {number} with {errno.errorcode[error]}"
    try:
        with disk.between():
            answer = run(case.name, case.book)
    except Exception as failure:  # noqa: BLE001  # any exception at all is a broken promise
        found.wrong.append(f"{what} ({disk.failed}): {failure!r} reached the user")
        return
    if not disk.failed:
        return
    found.tried += 1
    found.by_call[disk.failed] += 1
    state, what = case.state(), f"{what} ({disk.failed})"
    if answer.exit is Exit.DONE and state == "new":
        found.harmless += 1
    elif answer.exit in (Exit.BUSY, Exit.UNREADABLE) and state == "old" and answer.said:
        found.refused += 1
        if not case.backups_hold():
            found.wrong.append(f"{what}: a backup of nothing")
    else:
        found.wrong.append(f"{what}: {state}, exit {int(answer.exit)}, said {answer.said}")
        return
    wrong = case.next_commands_are_right(again=found.tried % AGAIN_EVERY == 0)
    if wrong:
        found.wrong.append(f"{what}, {state}: {wrong}")
