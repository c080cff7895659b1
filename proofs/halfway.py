"""The old workbook or the new one, never half of one: `python -m proofs.halfway`.

One command posts a month's receipts into a workbook, again and again, while something goes wrong:
the process is killed, the disk fails, fills up or is closed, somebody else writes or edits too.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from proofs.halves.failures import failing_disk
from proofs.halves.holders import held
from proofs.halves.kills import kills_at_calls, random_kills
from proofs.halves.office import Case, make_case, make_office
from proofs.halves.places import Tally, closed_places, full_disks, outside_edits
from proofs.halves.writers import double_clicks, two_writers


@dataclass(frozen=True)
class Sizes:
    """How much is tried.

    Args:
        kills: at random moments, of each command.
        calls_every: killed before one call in so many.
        writes_every, reads_every: one call in so many fails.
        disks: small disks.
        edits: outside edits.
        postings: of each of two writers.
        double: postings started twice.
        seed: of everything random.
    """

    kills: int = 200
    calls_every: int = 1
    writes_every: int = 1
    reads_every: int = 20
    disks: int = 20
    edits: int = 100
    postings: int = 100
    double: int = 100
    seed: int = 1


@dataclass(frozen=True)
class Line:
    """One line of the table: what was tried, what came of it, what was wrong."""

    what: str
    figure: str
    wrong: list[str]


def prove(folder: Path, sizes: Sizes, only: Sequence[str] = ()) -> Iterator[Line]:
    """Try everything; one line for each kind of trouble.

    Args:
        folder: an empty folder to work in.
        sizes: how much is tried.
        only: names of the parts wanted; all where empty.
    """
    make_office(folder / "office.xlsx")
    office = (folder / "office.xlsx").read_bytes()
    case = make_case("post-payments", folder / "case", office)
    parts: dict[str, Callable[[], Iterator[Line]]] = {
        "kills": lambda: _kills(case, sizes.kills * 3 // 4, sizes.seed),
        "month": lambda: _kills(
            make_case("month-end", folder / "month", office), sizes.kills // 4, sizes.seed
        ),
        "calls": lambda: _calls(case, sizes),
        "disk": lambda: _disk(case, sizes),
        "writers": lambda: _writers(folder / "writers", sizes),
        "twice": lambda: _twice(case, sizes),
        "places": lambda: _places(case, sizes),
    }
    for name, part in parts.items():
        if not only or name in only:
            yield from part()


def _kills(case: Case, kills: int, seed: int) -> Iterator[Line]:
    found = random_kills(case, kills, seed)
    yield Line(
        f"{case.name} killed at random moments",
        f"{found.tried} kills: {found.states['old']} old, {found.states['new']} new, "
        f"{found.states['half']} half; {found.undone} had ended before",
        found.wrong,
    )


def _calls(case: Case, sizes: Sizes) -> Iterator[Line]:
    found = kills_at_calls(case, sizes.calls_every)
    yield Line(
        "killed before a disk call that changes something",
        f"{found.tried} kills: {found.states['old']} old, {found.states['new']} new, "
        f"{found.states['half']} half",
        found.wrong,
    )


def _disk(case: Case, sizes: Sizes) -> Iterator[Line]:
    found = failing_disk(case, sizes.writes_every, sizes.reads_every)
    yield Line(
        "a disk call fails once: full, I/O error, access denied",
        f"{found.tried} runs over {found.calls} changing and {found.reads} reading calls: "
        f"{found.refused} refused, old workbook; {found.harmless} done all the same",
        found.wrong,
    )


def _writers(folder: Path, sizes: Sizes) -> Iterator[Line]:
    folder.mkdir()
    found = two_writers(folder, sizes.postings)
    yield Line(
        "two writers at once",
        f"{found.present} of {found.tried} postings present; told `in use` {found.in_use} times "
        "and asked again",
        found.wrong,
    )


def _twice(case: Case, sizes: Sizes) -> Iterator[Line]:
    found = double_clicks(case, sizes.double, sizes.seed)
    answers = ", ".join(f"{count} {words}" for words, count in sorted(found.answers.items()))
    yield Line(
        "the same posting started twice, 0 to 500 ms apart",
        f"{found.once} of {found.tried} posted once; the other: {answers}",
        found.wrong,
    )


def _places(case: Case, sizes: Sizes) -> Iterator[Line]:
    tallies: tuple[tuple[str, Callable[[], Tally]], ...] = (
        ("held by somebody else, or left behind", lambda: held(case)),
        ("edited by somebody else meanwhile",
         lambda: outside_edits(case, sizes.edits, sizes.seed)),
        ("really full disks", lambda: full_disks(case, sizes.disks)),
        ("read-only workbook, folder or disk", lambda: closed_places(case)),
    )  # fmt: skip
    for what, work in tallies:
        found = work()
        skipped = f" SKIPPED: {found.skipped}" if found.skipped else ""
        yield Line(what, f"{found.right} of {found.tried} as promised{skipped}", found.wrong)


def main() -> int:
    """Print the table; 1 where the promise is broken."""
    parser = argparse.ArgumentParser(prog="python -m proofs.halfway", description=__doc__)
    parser.add_argument("--kills", type=int, default=Sizes.kills)
    parser.add_argument("--seed", type=int, default=Sizes.seed)
    parser.add_argument("--reads-every", type=int, default=Sizes.reads_every)
    parser.add_argument("--writes-every", type=int, default=Sizes.writes_every)
    parser.add_argument("--calls-every", type=int, default=Sizes.calls_every)
    parser.add_argument("--postings", type=int, default=Sizes.postings)
    parser.add_argument("--double", type=int, default=Sizes.double)
    parser.add_argument("--only", nargs="*", default=(), metavar="PART",
                        help="kills, month, calls, disk, writers, twice, places")  # fmt: skip
    given = parser.parse_args()
    sizes = Sizes(
        kills=given.kills, seed=given.seed, reads_every=given.reads_every,
        writes_every=given.writes_every, calls_every=given.calls_every,
        postings=given.postings, double=given.double,
    )  # fmt: skip
    print(f"{platform.system()}, Python {platform.python_version()}, seed {sizes.seed}", flush=True)
    started, broken = perf_counter(), False
    with tempfile.TemporaryDirectory() as folder:
        for line in prove(Path(folder), sizes, given.only):
            print(f"{line.what}\n    {line.figure}", flush=True)
            for wrong in line.wrong[:20]:
                print(f"    WRONG {wrong}", flush=True)
            broken = broken or bool(line.wrong)
    print(f"{perf_counter() - started:.0f} s; {'BROKEN' if broken else 'kept'}")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
