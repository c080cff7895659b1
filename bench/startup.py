"""How long a person waits before anything happens: help, a command on a small workbook, reading."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time

from bench.processes import ROOT, fresh
from bench.tables import show

READY_ROWS = 5_000
_IMPORT = re.compile(r"import time:\s*(\d+) \|\s*\d+ \|\s*(\S+)")


def job(workbook: str) -> dict[str, object]:
    """Make a workbook ready for a command: opened, checked and its tables read."""
    from ar_xl.app import life  # noqa: F401  # what a command imports is not counted here
    from ar_xl.book import host
    from ar_xl.book.reader import read_ledger

    wall, cpu = perf_counter(), process_time()
    book = host.open_book(Path(workbook))
    rows = len(read_ledger(book).ledger.posted("Invoices"))
    return {"seconds": perf_counter() - wall, "cpu": process_time() - cpu, "rows": rows}


def startup(runs: int, folder: Path, seed: int) -> None:
    """Measure and print.

    Args:
        runs: fresh processes per figure.
        folder: for the workbook of 5,000 invoices.
        seed: of that workbook.
    """
    with tempfile.TemporaryDirectory() as place:
        small = Path(place) / "small.xlsx"
        _run("new", str(small))
        _run("check", str(small))
        help_, command = ["--help"], ["check", str(small)]
        rows: list[Sequence[object]] = [
            ["`python -c pass`", *_timed(["-c", "pass"], runs), "-"],
            ["`ar-xl --help`", *_timed(["-m", "ar_xl.cli", *help_], runs), 0.25],
            ["`ar-xl check` on a new workbook", *_timed(["-m", "ar_xl.cli", *command], runs), 0.8],
        ]
        shares = _import_shares(command)
    book = fresh("book", folder, READY_ROWS, seed).facts
    read = [fresh("ready", book["path"]) for _ in range(runs)]
    middle = statistics.median
    rows.append([
        f"{READY_ROWS:,} invoices ready, beyond imports",
        middle(run.seconds for run in read), middle(run.cpu for run in read), 0.15,
    ])  # fmt: skip
    show("From shell to shell, seconds", ["what", "wall", "cpu", "aim"], rows)
    show("Where the imports of `check` go (-X importtime)", ["package", "ms", "modules"], shares)


def _compiled() -> dict[str, str]:
    """An environment in which modules are compiled once, as pip does when it installs."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "ar_xl.cli", *arguments], cwd=ROOT, check=True,
                   capture_output=True, env=_compiled())  # fmt: skip


def _timed(arguments: list[str], runs: int) -> tuple[float, float]:
    """Medians of wall and processor seconds of a whole process."""
    walls, cpus = [], []
    for _ in range(runs):
        before = _child_seconds()
        started = perf_counter()
        subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True, env=_compiled()
        )
        walls.append(perf_counter() - started)
        cpus.append(_child_seconds() - before)
    return statistics.median(walls), statistics.median(cpus)


def _child_seconds() -> float:
    if sys.platform == "win32":
        return float("nan")
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _import_shares(command: list[str]) -> list[Sequence[object]]:
    """Milliseconds of importing by package, the largest first."""
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ar_xl.cli", *command],
        cwd=ROOT, capture_output=True, text=True, check=True, env=_compiled(),
    ).stderr  # fmt: skip
    spent: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    for microseconds, name in _IMPORT.findall(said):
        package = name.split(".")[0]
        if package == "ar_xl":
            package = ".".join(name.split(".")[:2])
        elif package.lstrip("_") in sys.stdlib_module_names or package in sys.stdlib_module_names:
            package = "standard library"
        spent[package] += int(microseconds)
        modules[package] += 1
    return [[name, spent[name] / 1000, modules[name]] for name, _ in spent.most_common(16)]
