"""Part a: every file of the gallery given to `ar-xl check`, each in a process of its own."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from proofs.hostile import gallery_sheets, gallery_xml, gallery_zip
from proofs.hostile.books import parts_of, posted_book, run
from proofs.hostile.child import watched
from proofs.hostile.gallery import GALLERY, Hostile
from proofs.hostile.watch import Watch

MADE_BY = (gallery_xml, gallery_zip, gallery_sheets)
_UNREADABLE, _OUR_BUG = 5, 70  # exit codes
_IN_ALL = """
import atexit, sys, time
from pathlib import Path
def say():
    peak = next(x for x in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in x)
    print(time.process_time(), int(peak.split()[1]) * 1024)
atexit.register(say)
from ar_xl.cli import main
sys.argv[0] = "ar-xl"
main()
"""
MAX_SECONDS = 1.0
MAX_BYTES = 150 << 20


@dataclass(frozen=True)
class Outcome:
    """What a command did with a file, beyond Python's start and imports.

    Args:
        code: its exit code.
        said: what it printed.
        busy: seconds in which a processor worked for it.
        more: bytes of memory at most.
        wrong: what it should not have done, in words; empty where all was right.
    """

    code: int
    said: str
    busy: float
    more: int
    wrong: tuple[str, ...]


def check(book: Path, watch: Watch) -> Outcome:
    """Run `ar-xl check` on a file and look at everything it does."""
    before = _state(book.parent)
    with tempfile.NamedTemporaryFile(suffix=".json") as note:
        seen = watched(book, Path(note.name), watch)
    wrong = [f"reached outside: {what}" for what in seen["outside"]]
    if "Traceback" in seen["said"] or "internal" in seen["said"] or seen["code"] == _OUR_BUG:
        wrong.append("a mistake of ours")
    if seen["code"] and _state(book.parent) != before:
        wrong.append("refused, and yet the folder changed")
    return Outcome(seen["code"], seen["said"], seen["busy"], seen["more"], tuple(wrong))


def _state(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in folder.iterdir()
    }


def judged(file: Hostile, outcome: Outcome) -> list[str]:
    """What is wrong with how a file was met.

    Args:
        file: the file.
        outcome: what became of it.
    """
    wrong = list(outcome.wrong)
    if not file.says and outcome.code:
        wrong.append(f"refused though harmless: {outcome.said[:200]}")
    if file.says and outcome.code != _UNREADABLE:
        wrong.append(f"not refused (exit {outcome.code})")
    elif file.says and not re.search(file.says, outcome.said):
        wrong.append(f"refused for another reason: {outcome.said[:200]}")
    if file.says and len(outcome.said.splitlines()) != 1:
        wrong.append("more than one line said")
    if file.says and outcome.busy > MAX_SECONDS:
        wrong.append("took longer than allowed")
    if file.says and outcome.more > MAX_BYTES:
        wrong.append("took more memory than allowed")
    return wrong


def start_and_imports() -> tuple[float, int]:
    """Seconds and bytes of `ar-xl check` on the simplest file that is looked into, in all."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlsx"
        book.write_bytes(b"PK\x03\x04")
        call = [sys.executable, "-c", _IN_ALL, "check", str(book)]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        seconds, peak = done.stdout.split()[-2:]
        return float(seconds), int(peak)


def refusals(wanted: str = "") -> bool:
    """Print a table of the gallery; whether all of it was met as it should be."""
    files = [file for file in GALLERY if wanted in file.name]
    seconds, peak = start_and_imports()
    print(f"Python's start and imports: {seconds:.2f} s, {peak >> 20} MB; beyond that:")
    print("seconds     MB  file: what was said")
    bad, slowest, largest = 0, 0.0, 0
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        good = posted_book(folder)
        parts = parts_of(good)
        watch = Watch(folder)
        watch.install()
        run("check", good)  # so that everything is imported
        for number, file in enumerate(files):
            place = folder / str(number)
            place.mkdir()
            book = place / f"book{file.suffix}"
            file.make(book, dict(parts))
            outcome = check(book, watch)
            wrong = judged(file, outcome)
            said = outcome.said.splitlines()[0][:150] if file.says and outcome.said else "opened"
            print(f"{outcome.busy:7.2f} {outcome.more >> 20:6}  {file.name}: {said}")
            for line in wrong:
                print(f"{'':16}WRONG: {line}")
            bad += bool(wrong)
            if file.says:
                slowest, largest = max(slowest, outcome.busy), max(largest, outcome.more)
            book.unlink()
    print(f"{len(files) - bad} of {len(files)} as they should be; slowest refusal {slowest:.2f} s "
          f"and most memory {largest >> 20} MB beyond start and imports, "
          f"{slowest + seconds:.2f} s and {(largest + peak) >> 20} MB in all")  # fmt: skip
    return not bad
