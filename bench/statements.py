"""Statements of thousands of customers: the whole command, file to file, papers included."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench.laps import Laps
from bench.processes import Run, fresh, median_run
from bench.tables import show

AS_OF = date(2025, 12, 31)
CUSTOMERS = (1_000, 5_000)
KINDS = (("open items", "pdf"), ("activity", "pdf"), ("open items", "both"))


def job(workbook: str, kind: str, file: str) -> dict[str, object]:
    """Make the statements of everybody, once, from opening the file to its replacement.

    Args:
        workbook: a copy that may be changed, in a folder of its own.
        kind: open items or activity.
        file: pdf, xlsx or both.
    """
    from ar_xl.app import life

    laps, stage = Laps(), ["Starting"]

    def progress(words: str) -> None:
        laps.lap(stage[0])
        stage[0] = words.partition(",")[0]

    answer = life.run(
        "statements", Path(workbook), life.Options(user="benchmark", as_of=AS_OF),
        {"kind": kind, "file": file}, progress,
    )  # fmt: skip
    laps.lap(stage[0])
    assert not int(answer.exit), f"statements ended with {answer.exit.name}: {answer.said}"
    folder = next(Path(workbook).parent.glob("Statements*"))
    sizes = [paper.stat().st_size for paper in folder.iterdir()]
    return laps.result(papers=len(sizes), bytes=sum(sizes))


def statements(runs: int, folder: Path, seed: int) -> None:
    """Measure and print.

    Args:
        runs: fresh processes per figure.
        folder: for the workbooks.
        seed: of the workbooks.
    """
    rows: list[Sequence[object]] = []
    for customers in CUSTOMERS:
        book = Path(str(fresh("book", folder, customers * 20, seed).facts["path"]))
        for kind, file in KINDS:
            measured = [_once(book, folder / "statements", kind, file) for _ in range(runs)]
            middle = median_run(measured)
            papers, size = middle.facts["papers"], middle.facts["bytes"]
            phases = {name: middle.phases.get(name, 0) for name in ("Deciding", "Making papers")}
            rows.append([
                f"{customers:,} customers, {kind}, {file}", papers, middle.wall, *phases.values(),
                middle.mib, size / papers / 1000,
            ])  # fmt: skip
    show(
        "Statements, the whole command; aim: 1,000 in 20 s, never over 60 s",
        ["what", "files", "wall s", "deciding s", "papers s", "MiB", "kB a file"],
        rows,
    )


def _once(book: Path, place: Path, kind: str, file: str) -> Run:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    copy = Path(shutil.copy(book, place / "book.xlsx"))
    run = fresh("statements", copy, kind, file)
    shutil.rmtree(place)
    return run
