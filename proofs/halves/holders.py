"""Twenty ways in which a workbook is held, or seems to be held, by somebody else."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize
from unittest.mock import patch

from ar_xl.core.findings import Exit
from ar_xl.xlfile import lock
from ar_xl.xlfile.beside import holder_file, lock_file
from proofs.halves.kills import forked
from proofs.halves.office import Case, run
from proofs.halves.places import Tally

Prepare = Callable[[Path], Path | None]  # the name to run on, where it is another one


@dataclass(frozen=True)
class Variant:
    """One way of holding a workbook.

    Args:
        name: in words.
        prepare: does it.
        said: what the refusal says; "" where the workbook is free all the same.
        office_runs: LibreOffice runs on this computer.
        name_of_book: of the workbook.
    """

    name: str
    prepare: Prepare
    said: str
    office_runs: bool = False
    name_of_book: str = "Book.xlsx"


def excel(old: bytes, wide: str = "", days: int = 0, beside_link: bool = False) -> Prepare:
    """The owner file of Excel: a name in the old code page, and again in UTF-16."""

    def prepare(book: Path) -> Path | None:
        opened = book
        if beside_link:
            (book.parent / "links").mkdir()
            opened = book.parent / "links" / "Link.xlsx"
            opened.symlink_to(book)
        content = bytes([len(old)]) + old.ljust(54) if old else b""
        if wide:
            content += len(wide).to_bytes(2, "little") + wide.encode("utf-16-le").ljust(108)
        _sign(opened.with_name(f"~${opened.name}"), content, days)
        return opened

    return prepare


def office(content: str, days: int = 0) -> Prepare:
    """The lock file of LibreOffice: name, login, computer, time, profile."""
    return lambda book: _sign(book.with_name(f".~lock.{book.name}#"), content.encode(), days)


def _sign(sign: Path, content: bytes, days: int) -> None:
    sign.write_bytes(content)
    then = time.time() - days * 86_400
    os.utime(sign, (then, then))


def _apart(book: Path) -> None:
    _sign(book.with_name("~$" + normalize("NFD", book.name)), b"\x03Ann".ljust(165), 0)


def _left_by_us(book: Path) -> None:
    lock_file(book).write_bytes(b"")
    holder_file(book).write_text("Bo")


def _nothing(_: Path) -> None:
    """Another process does it."""


HERE = socket.gethostname()
OURS, OTHERS = "another run of ours", "a lock on the file itself"
VARIANTS = (
    Variant("Excel, both names", excel(b"Ann Lee", "Ann Lee"), "open in Excel by Ann Lee"),
    Variant("Excel, accents", excel("Zoë".encode("cp1252"), "Zoë"), "open in Excel by Zoë"),
    Variant("Excel, Chinese", excel(b"??", "李雷"), "open in Excel by 李雷"),
    Variant("Excel, old name only", excel(b"Ann"), "open in Excel by Ann"),
    Variant("Excel, no name", excel(b""), "open in Excel. Close"),
    Variant("Excel, garbage", lambda book: _sign(book.with_name("~$Book.xlsx"), b"\xff" * 165, 0),
            "open in Excel"),
    Variant("Excel, a week less a day old", excel(b"Ann", days=6), "open in Excel by Ann"),
    Variant("Excel, through a link", excel(b"Ann", beside_link=True), "open in Excel by Ann"),
    Variant("Excel on a Mac, accents apart", _apart, "open in Excel by Ann",
            name_of_book=normalize("NFC", "Bücher.xlsx")),
    Variant("LibreOffice elsewhere", office(",ann,elsewhere,01.11.2026 10:00,file:///x;"),
            "open in LibreOffice by ann"),
    Variant("LibreOffice, full name", office("Lee\\, Ann,ann,elsewhere,01.11.2026 10:00,x;"),
            "open in LibreOffice by Lee, Ann"),
    Variant("LibreOffice, empty", office(""), "open in LibreOffice. Close"),
    Variant("LibreOffice here, running", office(f",ann,{HERE},01.11.2026 10:00,x;"),
            "open in LibreOffice by ann", office_runs=True),
    Variant(OURS, _nothing, "being written by another command by Bo"),
    Variant(OTHERS, _nothing, "open in another program"),
    Variant("marked read-only", lambda book: book.chmod(0o444), "marked read-only"),
    Variant("stale: Excel, a week and a day old", excel(b"Ann", days=8), ""),
    Variant("stale: LibreOffice elsewhere, old",
            office(",ann,elsewhere,01.11.2026 10:00,x;", days=8), ""),
    Variant("stale: LibreOffice here, not running", office(f",ann,{HERE},01.11.2026 10:00,x;"), ""),
    Variant("stale: our own, its run killed", _left_by_us, ""),
)  # fmt: skip


def held(case: Case) -> Tally:
    """Run the command on a workbook held in each of the ways."""
    tally = Tally()
    for variant in VARIANTS:
        book = case.reset()
        if variant.name_of_book != book.name:
            book = book.rename(book.with_name(variant.name_of_book))
        opened = variant.prepare(book) or book
        runs = patch.object(lock, "_office_runs", lambda variant=variant: variant.office_runs)
        with runs, _holding(variant.name, book):
            answer = run(case.name, opened)
        now = book.read_bytes()
        if variant.said:
            right = answer.exit is Exit.BUSY and variant.said in answer.said[0] and now == case.old
        else:
            right = answer.exit is Exit.DONE and now == case.new
        tally.note(right, f"{variant.name}: exit {int(answer.exit)}, {answer.said}")
    return tally


@contextmanager
def _holding(name: str, book: Path) -> Iterator[None]:
    """Another process that holds the workbook meanwhile, for the two ways that need one."""
    if name not in (OURS, OTHERS):
        yield
        return
    ready, tell = os.pipe()
    child = forked(lambda: _hold(name, book, tell))
    os.read(ready, 1)
    try:
        yield
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(ready)
        os.close(tell)


def _hold(name: str, book: Path, tell: int) -> None:
    if name == OURS:
        with lock.hold(book, user="Bo"):
            os.write(tell, b"h")
            time.sleep(60)
        return
    import fcntl  # not on Windows

    with book.open("r+b") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        os.write(tell, b"h")
        time.sleep(60)
