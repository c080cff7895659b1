"""Every scenario gives the same tables on the file engine and in a live LibreOffice.

`python -m proofs.office [--scenarios 300] [--seed 1] [--workers 2] [--only STORY]`
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.office.bases import base_workbook
from tests.office.engine import Engine
from tests.office.runs import Told, tell
from tests.office.soffice import NoOfficeError, Office
from tests.office.steps import Scenario
from tests.office.stories import scenarios

_SAVED_EVERY = 10  # LibreOffice saves so many of its workbooks, which the file engine reads


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the scenarios and print the figures.

    Returns:
        0 where nothing differs.
    """
    given = _parsed(arguments)
    chosen = [
        (number, scenario)
        for number, scenario in enumerate(scenarios(given.seed, given.scenarios))
        if given.only in scenario.name
    ]
    began = time.perf_counter()
    shares = [chosen[start :: given.workers] for start in range(given.workers)]
    try:
        with ProcessPoolExecutor(given.workers, mp_context=get_context("spawn")) as pool:
            told = [each for share in pool.map(_tell_all, shares) for each in share]
    except NoOfficeError as absent:
        print(f"NOT RUN: {absent}.")
        return 1
    _print(told, given.seed, time.perf_counter() - began)
    return 1 if any(each.different for each in told) or not told else 0


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenarios", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="each has a LibreOffice of its own")
    parser.add_argument("--only", default="", help="part of a story's name")
    return parser.parse_args(arguments)


def _tell_all(share: Sequence[tuple[int, Scenario]]) -> list[Told]:
    # A run that is ended from outside takes its LibreOffice with it.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    office = Office.start()
    told: list[Told] = []
    try:
        engine = Engine(office)
        with tempfile.TemporaryDirectory(prefix="ar-xl-office-") as folder:
            place = Path(folder)
            base_workbook("USD", place)
            for number, scenario in share:
                told.append(tell(scenario, engine, place, number % _SAVED_EVERY == 0))
                for line in told[-1].lines() if told[-1].different else ():
                    print(line, flush=True)
    finally:
        office.close()
    return told


def _print(told: Sequence[Told], seed: int, seconds: float) -> None:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    different = [each for each in told if each.different]
    stories = Counter(each.scenario.name.split(". ")[1] for each in told)
    figures = {
        "commit": commit.stdout.strip() or "none",
        "seed": seed,
        "scenarios": len(told),
        "stories": len(stories),
        "commands on each engine": sum(each.commands for each in told),
        "  refused, as they should": sum(each.refused for each in told),
        "cells compared": sum(each.cells for each in told),
        "formulas calculated anew": sum(each.formulas for each in told),
        "scenarios that differ": len(different),
        "differences": sum(len(each.different) for each in told),
        "seconds on files": round(sum(each.file_seconds for each in told)),
        "seconds in LibreOffice": round(sum(each.office_seconds for each in told)),
        "seconds in all": round(seconds),
    }
    print("\nThe file engine and LibreOffice, the same scenarios")
    for label, figure in figures.items():
        print(
            f"  {label:28} {figure:>12,}"
            if isinstance(figure, int)
            else f"  {label:28} {figure:>12}"
        )
    for each in different:
        print(f"  differs: {each.scenario.name}")


if __name__ == "__main__":
    sys.exit(main())
