"""Part a: every file of the gallery given to `ar-xl check`, each in a process of its own."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from proofs.hostile import gallery_sheets, gallery_xml, gallery_zip
from proofs.hostile.books import parts_of, posted_book
from proofs.hostile.gallery import GALLERY, Hostile

MADE_BY = (gallery_xml, gallery_zip, gallery_sheets)
MAX_SECONDS = 1.0
MAX_BYTES = 150 << 20
_PATIENCE = 60


@dataclass(frozen=True)
class Outcome:
    """What a command did with a file.

    Args:
        code: its exit code.
        said: what it printed.
        seconds: from start to end.
        busy: seconds of that in which a processor worked for it.
        peak: bytes of memory at most.
        wrong: what it should not have done, in words; empty where all was right.
    """

    code: int
    said: str
    seconds: float
    busy: float
    peak: int
    wrong: tuple[str, ...]


def check(book: Path) -> Outcome:
    """Run `ar-xl check` on a file and look at everything it does."""
    before = _state(book.parent)
    with tempfile.NamedTemporaryFile(suffix=".json") as note:
        call = [sys.executable, "-m", "proofs.hostile.child", note.name, "check", str(book)]
        started = time.perf_counter()
        done = subprocess.run(call, capture_output=True, text=True, timeout=_PATIENCE, check=False)
        seconds = time.perf_counter() - started
        seen = json.loads(Path(note.name).read_text(encoding="utf-8") or "{}")
    said = (done.stderr + done.stdout).strip()
    wrong = [f"reached outside: {what}" for what in seen.get("outside", ["unknown"])]
    if "Traceback" in said or "internal" in said or done.returncode == 70:
        wrong.append("a mistake of ours")
    if done.returncode and _state(book.parent) != before:
        wrong.append("refused, and yet the folder changed")
    busy, peak = seen.get("busy", seconds), seen.get("peak", 0)
    return Outcome(done.returncode, said, seconds, busy, peak, tuple(wrong))


def _state(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in folder.iterdir()
    }


def judged(file: Hostile, outcome: Outcome, start: Outcome) -> list[str]:
    """What is wrong with how a file was met.

    Args:
        file: the file.
        outcome: what became of it.
        start: the same command on the simplest file that is looked into, which costs Python's
            start and the imports.
    """
    wrong = list(outcome.wrong)
    if not file.says and outcome.code:
        wrong.append(f"refused though harmless: {outcome.said[:200]}")
    if file.says and outcome.code != 5:
        wrong.append(f"not refused (exit {outcome.code})")
    elif file.says and not re.search(file.says, outcome.said):
        wrong.append(f"refused for another reason: {outcome.said[:200]}")
    if file.says and len(outcome.said.splitlines()) != 1:
        wrong.append("more than one line said")
    if file.says and outcome.busy - start.busy > MAX_SECONDS:
        wrong.append("took longer than allowed")
    if file.says and outcome.peak - start.peak > MAX_BYTES:
        wrong.append("took more memory than allowed")
    return wrong


def refusals(wanted: str = "") -> bool:
    """Print a table of the gallery; whether all of it was met as it should be."""
    files = [file for file in GALLERY if wanted in file.name]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        parts = parts_of(posted_book(folder))
        start = min((check(_cut_off(folder)) for _ in range(3)), key=lambda each: each.busy)
        print("seconds   busy  beyond     MB  beyond  file: what was said")
        _print_row(start, start, "a file of four bytes")
        bad, slowest, largest = 0, 0.0, 0
        for number, file in enumerate(files):
            place = folder / str(number)
            place.mkdir()
            book = place / f"book{file.suffix}"
            file.make(book, dict(parts))
            outcome = check(book)
            wrong = judged(file, outcome, start)
            beyond, more = outcome.busy - start.busy, outcome.peak - start.peak
            said = outcome.said.splitlines()[0][:150] if file.says else "opened"
            _print_row(outcome, start, f"{file.name}: {said}")
            for line in wrong:
                print(f"{'':32}WRONG: {line}")
            bad += bool(wrong)
            if file.says:
                slowest, largest = max(slowest, beyond), max(largest, more)
            book.unlink()
    print(f"{len(files) - bad} of {len(files)} as they should be; slowest refusal {slowest:.2f} s "
          f"beyond start and imports, most memory {largest >> 20} MB beyond")  # fmt: skip
    return not bad


def _print_row(outcome: Outcome, start: Outcome, what: str) -> None:
    beyond, more = outcome.busy - start.busy, (outcome.peak - start.peak) >> 20
    megabytes = outcome.peak >> 20
    print(
        f"{outcome.seconds:7.2f} {outcome.busy:6.2f} {beyond:7.2f} {megabytes:6} {more:7}  {what}"
    )


def _cut_off(folder: Path) -> Path:
    """A file that begins as a workbook and goes no further."""
    place = folder / "cut off"
    place.mkdir(exist_ok=True)
    book = place / "book.xlsx"
    book.write_bytes(b"PK\x03\x04")
    return book
