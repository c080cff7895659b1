"""Prints the figures that we publish: `python -m bench [month-end] [imports] [startup] ...`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench import compare
from bench.bank import bank
from bench.startup import startup
from bench.statements import statements
from bench.tables import machine

PARTS = ("month-end", "deciding", "functions", "imports", "bank", "small-save", "startup",
         "statements")  # fmt: skip
SIZES = (10_000, 100_000, 500_000)


def main() -> None:
    """Read the command line and print the tables."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("what", nargs="*", metavar="WHAT", help=f"of {', '.join(PARTS)}; else all")
    asked.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), metavar="N",
                       help="numbers of invoices")  # fmt: skip
    asked.add_argument("--runs", type=int, default=5, help="fresh processes per figure")
    asked.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()) / "ar-xl-bench",
                       help="where generated workbooks are kept between runs")  # fmt: skip
    asked.add_argument("--all", action="store_true", help="the usual script at every size")
    given = asked.parse_args()
    unknown = set(given.what) - set(PARTS)
    if unknown:
        asked.error(f"{', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}")
    what, sizes = given.what or list(PARTS), sorted(given.sizes)
    machine()
    print(f"Medians of {given.runs} fresh processes; seed {compare.SEED}.")
    if "month-end" in what:
        compare.month_end(sizes, given.runs, given.dir, given.all)
    if "deciding" in what:
        compare.deciding(sizes, given.runs)
    if "functions" in what:
        compare.functions(sizes, given.runs)
    if "imports" in what:
        compare.imports(sizes, given.runs, given.dir)
    if "bank" in what:
        bank(sizes, given.runs, given.dir, compare.SEED)
    if "small-save" in what:
        compare.small_save(sizes, runs=given.runs, folder=given.dir)
    if "startup" in what:
        startup(given.runs, given.dir, compare.SEED)
    if "statements" in what:
        statements(given.runs, given.dir, compare.SEED)


if __name__ == "__main__":
    main()
