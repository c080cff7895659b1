"""Part b: broken files and damaged good ones, many in one process, each watched."""

from __future__ import annotations

import collections
import hashlib
import random
import shutil
import signal
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

from ar_xl.app import demo
from ar_xl.app.answer import Answer
from ar_xl.core.findings import Exit
from proofs.hostile.books import posted_book, run
from proofs.hostile.mutations import mutated
from proofs.hostile.second_reader import misread
from proofs.hostile.texts import mutated_text
from proofs.hostile.watch import Watch, peak_bytes, restart_peak

SECONDS_ALLOWED = 5.0
PATIENCE = 60.0
OURS = ("post-invoices", "check", "aging", "verify", "month-end", "post-invoices")
FOREIGN = ("import", "adopt", "check")
TEXT_SHARE = 0.2  # of the damaged files
TEXT_LINES = 200
_CHANGING = ("post-invoices", "month-end")


# What an import may ask, answered, so that it goes on to the rows.
_ANSWERS = {"currency": "USD", "dates": "mdy", "decimal": "point"}


class TookTooLong(BaseException):
    """A file that was not met in time."""


@dataclass
class Tally:
    """What became of many files.

    Args:
        outcomes: how many ended how.
        wrong: what should not have happened, in words.
        slow: files that took longer than allowed.
        alone: cells in which we read a text and two other libraries nothing.
        slowest, peak: seconds and bytes of the worst file.
        compared: accepted files that two other libraries read too.
    """

    outcomes: collections.Counter[str] = field(default_factory=collections.Counter)
    wrong: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    alone: int = 0
    slowest: tuple[float, str] = (0.0, "")
    peak: tuple[int, str] = (0, "")
    compared: int = 0


class Trial:
    """Gives files to commands and notes what becomes of them.

    Args:
        folder: where to work.
        watch: installed.
        good: a good workbook of ours, into which foreign files are imported.
        compare: have other libraries read what was accepted.
    """

    def __init__(self, folder: Path, watch: Watch, good: Path, compare: bool = True) -> None:
        self._folder, self._watch, self._good = folder, watch, good
        self._compares = compare
        self.tally = Tally()

    def give(self, content: bytes, suffix: str, command: str, what: str) -> None:
        """Run a command on a file, or import it into a good workbook."""
        place = self._folder / "one"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        given = place / f"given{suffix}"
        given.write_bytes(content)
        book = given
        if command == "import":
            book = Path(shutil.copy(self._good, place / "good.xlsx"))
        before = _state(place)
        options: dict[str, Any] = {
            "import": {"file": given, **_ANSWERS},
            "month-end": {"period": "2026-09"},
        }
        self._watch.clear()
        restart_peak()
        started = time.process_time()  # the machine may have other work
        try:
            with _alarm():
                self._watch.armed = True
                answer = run(command, book, **options.get(command, {}))
        except TookTooLong:
            self._wrong(f"over {PATIENCE} s: {command}, {what}")
            return
        except Exception as error:  # noqa: BLE001  # any of them is what we look for
            last = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(last.filename).name}:{last.lineno}"
            self._wrong(f"{type(error).__name__} in {where}: {command}, {what}: {error!s:.80}")
            return
        finally:
            self._watch.armed = False
        self._look(answer, time.process_time() - started, f"{command}, {what}", before, given)

    def _look(
        self, answer: Answer, seconds: float, what: str, before: dict[str, str], given: Path
    ) -> None:
        tally = self.tally
        tally.outcomes[answer.exit.name.lower().replace("_", " ")] += 1
        tally.slowest = max(tally.slowest, (seconds, what))
        tally.peak = max(tally.peak, (peak_bytes(), what))
        if seconds > SECONDS_ALLOWED:
            tally.slow.append(f"{seconds:.1f} s: {what}")
        if answer.exit is Exit.OUR_BUG:
            self._wrong(f"our bug: {what}: {answer.said}")
        for reached in list(dict.fromkeys(self._watch.outside))[:3]:
            self._wrong(f"{reached}: {what}")
        if answer.exit is not Exit.DONE:
            if not (answer.said or answer.findings):
                self._wrong(f"nothing said: {what}")
            if any("Traceback" in said for said in answer.said):
                self._wrong(f"no plain message: {what}")
            if _state(given.parent) != before:
                self._wrong(f"refused and yet written: {what}")
        elif self._compares and what.startswith(_CHANGING):
            self._compare(given, before, what)

    def _compare(self, given: Path, before: dict[str, str], what: str) -> None:
        """The file before the command, as three libraries read it; the amounts after it."""
        kept = next((given.parent / f"{given.name}.backups").glob("*"), None) or next(
            (p for p in given.parent.rglob("*.xlsx") if _hash(p) == before[given.name]), None
        )
        if kept is None:
            self._wrong(f"no backup of what was replaced: {what}")
            return
        self.tally.compared += 1
        differences, alone = misread(kept)
        self.tally.alone += alone
        for difference in differences[:3]:
            self._wrong(f"read as no other does: {difference}: {what}")
        try:
            was, now = (_amounts(path) for path in (kept, given))
        except Exception:  # noqa: BLE001  # openpyxl cannot open every file that is sound
            return
        for place, amount in was.items():
            if now.get(place) != amount:
                self._wrong(f"amount {place} was {amount}, is {now.get(place)}: {what}")

    def _wrong(self, what: str) -> None:
        self.tally.wrong.append(what)
        print(f"WRONG {what}", flush=True)


def _amounts(path: Path) -> dict[tuple[str, int, str], Any]:
    """The cells of Invoices under the headings of money."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Invoices"]
    rows = list(sheet.iter_rows(values_only=True))
    wanted = [i for i, heading in enumerate(rows[0]) if heading in ("Amount", "Tax")]
    return {
        ("Invoices", number, str(rows[0][i])): row[i]
        for number, row in enumerate(rows[1:], 2)
        for i in wanted
        if row[i] is not None
    }


@contextmanager
def _alarm() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise TookTooLong

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _state(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): _hash(p) for p in folder.rglob("*") if p.is_file()}


def through_openpyxl(book: Path, out: Path) -> Path:
    """The same workbook as another program saves it, with shared strings."""
    openpyxl.load_workbook(book).save(out)
    return out


def survival(
    shared: Path | None, folder: Path, mutations: int, seed: int, compare: bool = True
) -> Tally:
    """Give every broken file and many damaged ones to commands.

    Args:
        shared: the folder of real files; None for our own workbooks alone.
        folder: where to work.
        mutations: how many good workbooks to damage.
        seed: of the chances.
        compare: have other libraries read what was accepted.
    """
    watch = Watch(folder)
    watch.install()
    tempfile.tempdir = str(folder / "temporary")
    Path(tempfile.tempdir).mkdir()
    good = posted_book(folder)
    again = through_openpyxl(good, folder / "again.xlsx")
    trial = Trial(folder, watch, good, compare)
    books: list[tuple[Path, tuple[str, ...]]] = [(p, OURS) for p in (good, again, good, again)]
    if shared is not None:
        for path in sorted((shared / "data" / "bad").iterdir()):
            for command in ("check", "post-invoices", "adopt", "import"):
                trial.give(path.read_bytes(), path.suffix, command, path.name)
        found = sorted((shared / "data" / "workbooks").glob("*.xls[xm]"))
        books += [(found[n * 7 % len(found)], FOREIGN) for n in range(2)]
    texts = [_shortened(path, folder) for path in _texts(shared)]
    chance = random.Random(seed)
    for number in range(mutations):
        if shared is not None:
            books[-1] = chance.choice(found), FOREIGN
        path, commands = chance.choice(books)
        if chance.random() < TEXT_SHARE:
            path, commands = chance.choice(texts), ("import",)
        damage = mutated_text if path.suffix == ".csv" else mutated
        what, content = damage(chance, path.read_bytes())
        trial.give(content, path.suffix, chance.choice(commands), f"{path.name} #{number} {what}")
    return trial.tally


def _texts(shared: Path | None) -> list[Path]:
    """Text files to damage: those of the tour, and real ones."""
    own = sorted((Path(demo.__file__).parent / "demo_data").glob("*.csv"))
    return own + (sorted((shared / "data" / "ar").glob("*.csv")) if shared else [])


def _shortened(path: Path, folder: Path) -> Path:
    """A copy of the first lines of a text file, so that a run is short."""
    copy = folder / f"short {path.name}"
    copy.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:TEXT_LINES]))
    return copy


def survived(shared: Path | None, mutations: int, seed: int) -> bool:
    """Print what became of broken and damaged files; whether all were met as they should be."""
    with tempfile.TemporaryDirectory() as made:
        before = tempfile.tempdir
        tally = survival(shared, Path(made), mutations, seed)
        tempfile.tempdir = before
    total = sum(tally.outcomes.values())
    ends = ", ".join(f"{count} {name}" for name, count in tally.outcomes.most_common())
    print(f"{total} runs, {mutations} of them on damaged workbooks (seed {seed}): {ends}")
    print(
        f"tracebacks, bugs, writes where refused, reaches outside, misreadings: {len(tally.wrong)}"
    )
    print(f"accepted by a posting command and compared with two other readers: {tally.compared}; "
          f"texts read by us alone: {tally.alone}")  # fmt: skip
    print(f"slowest {tally.slowest[0]:.2f} s ({tally.slowest[1][:80]}); "
          f"over {SECONDS_ALLOWED:.0f} s: {len(tally.slow)}")  # fmt: skip
    print(f"most memory {tally.peak[0] >> 20} MB in all ({tally.peak[1][:80]})")
    return not tally.wrong and not tally.slow
