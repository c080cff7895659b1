"""Where a workbook may lie, and who else may touch it: full disks, closed folders, others."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ar_xl.core.findings import Exit
from proofs.halves.kills import SAVING
from proofs.halves.office import Case, run


@dataclass
class Tally:
    """How many of so many were as promised.

    Args:
        tried: how many.
        right: how many of them.
        wrong: the others, in words.
        skipped: why nothing could be tried.
    """

    tried: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    skipped: str = ""

    def note(self, right: bool, what: str) -> None:
        """Count one."""
        self.tried += 1
        self.right += right
        if not right:
            self.wrong.append(what)


def full_disks(case: Case, steps: int) -> Tally:
    """Run the command on real disks with more and more room, from none to enough.

    Args:
        case: the command.
        steps: how many disks.
    """
    tally = Tally()
    need = len(case.new) + len(case.old)
    for step in range(steps):
        room = len(case.old) + 16_384 + (need * step) // steps
        try:
            with _small_disk(room) as disk:
                here = Case(case.name, disk / "books", case.old, case.new)
                answer = run(case.name, here.reset())
                left = here.strays()
                done = answer.exit is Exit.DONE and here.state() == "new"
                said = answer.exit is Exit.BUSY and "the disk is full" in answer.said[0]
                right = (done or (said and here.state() == "old")) and not left
                tally.note(right, f"{room} bytes: {here.state()}, {answer.said}, {left}")
        except (PermissionError, subprocess.CalledProcessError, FileNotFoundError) as refused:
            tally.skipped = f"a small disk cannot be made here ({refused})"
            break
    return tally


@contextmanager
def _small_disk(room: int) -> Iterator[Path]:
    if sys.platform != "linux" or os.geteuid():
        raise PermissionError("only the superuser of Linux makes disks")
    with tempfile.TemporaryDirectory() as folder:
        size = f"size={room},mode=0755"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True,
                       capture_output=True)  # fmt: skip
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", folder], check=True)


def closed_places(case: Case) -> Tally:
    """A folder and a disk that may only be read, and a workbook marked so: each is refused."""
    tally = Tally()
    book = case.reset()
    book.chmod(0o444)
    answer = run(case.name, book)
    tally.note(
        answer.exit is Exit.BUSY and "marked read-only" in answer.said[0] and not case.strays(),
        f"a read-only workbook: {answer.said}",
    )
    if sys.platform != "linux" or os.geteuid():
        case.reset().parent.chmod(0o555)
        answer = run(case.name, case.book)
        case.folder.chmod(0o755)
        tally.note(answer.exit is Exit.BUSY, f"a read-only folder: {answer.said}")
        tally.skipped = "a read-only disk: only the superuser makes one"
        return tally
    with _small_disk(4 * len(case.new)) as disk:
        here = Case(case.name, disk / "books", case.old, case.new)
        here.reset()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        answer = run(case.name, here.book)
        tally.note(answer.exit is Exit.BUSY and here.state() == "old",
                   f"a read-only disk: {answer.said}")  # fmt: skip
        read = run("verify", here.book)
        tally.note(read.exit is Exit.DONE, f"reading on a read-only disk: {read.said}")
    return tally


def outside_edits(case: Case, edits: int, seed: int) -> Tally:
    """Let somebody else change the file while the command works; size and time may stay the same.

    Args:
        case: the command.
        edits: how many.
        seed: of what is changed.
    """
    chance, tally = random.Random(seed), Tally()
    kinds = (_other_content, _same_size_and_time, _replaced, _appended, _touched)
    for number in range(edits):
        book, kind = case.reset(), kinds[number % len(kinds)]
        stage = SAVING if number % 2 else "Deciding"
        edited: list[bytes] = []
        answer = run(case.name, book, _meddling(book, kind, stage, chance, edited))
        right = answer.exit in (Exit.BUSY, Exit.UNREADABLE) and bool(edited)
        right = right and book.read_bytes() == edited[0] and not case.strays()
        tally.note(right, f"{kind.__name__} at {stage}: exit {int(answer.exit)}, {answer.said}")
    return tally


Edit = Callable[[Path, random.Random], None]


def _meddling(
    book: Path, kind: Edit, stage: str, chance: random.Random, edited: list[bytes]
) -> Callable[[str], None]:
    def meddle(now: str) -> None:
        if now == stage:
            kind(book, chance)
            edited.append(book.read_bytes())

    return meddle


def _rewritten(book: Path, chance: random.Random) -> bytes:
    """The workbook with one digit of one sheet another, of the same size."""
    with zipfile.ZipFile(book) as archive:
        parts = [(info, archive.read(info)) for info in archive.infolist()]
    sheets = [at for at, (info, _) in enumerate(parts) if "worksheets/sheet" in info.filename]
    at = chance.choice(sheets)
    info, content = parts[at]
    digits = [place for place, sign in enumerate(content) if 48 <= sign <= 57]
    place = chance.choice(digits)
    other = (content[place] - 48 + 1) % 10 + 48
    parts[at] = info, content[:place] + bytes([other]) + content[place + 1 :]
    with tempfile.TemporaryFile() as file:
        with zipfile.ZipFile(file, "w") as archive:
            for each, data in parts:
                archive.writestr(each, data, compress_type=each.compress_type)
        file.seek(0)
        return file.read()


def _other_content(book: Path, chance: random.Random) -> None:
    book.write_bytes(_rewritten(book, chance))


def _same_size_and_time(book: Path, chance: random.Random) -> None:
    """Another content of the last part, as its checksum tells; nothing else shows it."""
    before, content = book.stat(), bytearray(book.read_bytes())
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 16] ^= 1 << chance.randrange(8)  # the checksum of the last part
    with book.open("r+b") as file:
        file.write(content)
    os.utime(book, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert book.stat().st_size == before.st_size


def _replaced(book: Path, chance: random.Random) -> None:
    before, other = book.stat(), book.with_name("another.xlsx")
    other.write_bytes(_rewritten(book, chance))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(book)


def _appended(book: Path, _: random.Random) -> None:
    with book.open("ab") as file:
        file.write(b"\0")


def _touched(book: Path, chance: random.Random) -> None:
    os.utime(book, ns=(0, chance.randrange(1, 10**18)))
