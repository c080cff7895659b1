"""`python -m proofs.hostile`: the figures behind the promise about hostile and broken files."""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from proofs.hostile import limits_cells, limits_files
from proofs.hostile.identifiers import identifiers
from proofs.hostile.injection import injection
from proofs.hostile.limits import limits
from proofs.hostile.refusals import refusals
from proofs.hostile.survival import survived

assert limits_cells, limits_files  # importing them fills the list of limits
ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


def main() -> None:
    """Run the parts that were asked for; exit 1 where one of them breaks the promise."""
    parser = argparse.ArgumentParser(prog="python -m proofs.hostile", description=__doc__)
    parser.add_argument("--mutations", type=int, default=1_000, help="workbooks to damage")
    parser.add_argument("--payloads", type=int, default=500, help="texts that look like formulas")
    parser.add_argument("--identifiers", type=int, default=10_000, help="identifiers to bring in")
    parser.add_argument("--seed", type=int, default=1, help="of all chances")
    parser.add_argument("--parts", default="abcde", help="a gallery, b damage, c formulas, "
                        "d limits, e identifiers")  # fmt: skip
    parser.add_argument("--only", default="", help="only files and limits named so")
    given = parser.parse_args()
    shared = SHARED if SHARED.is_dir() else None
    parts: dict[str, tuple[str, Callable[[], bool]]] = {
        "a": ("Hostile files", lambda: refusals(given.only)),
        "b": ("Broken files", lambda: survived(shared, given.mutations, given.seed)),
        "c": ("Texts that look like formulas", lambda: injection(given.payloads, given.seed)),
        "d": ("Limits", lambda: limits(given.only)),
        "e": ("Identifiers and wrong cells", lambda: identifiers(given.identifiers, given.seed)),
    }
    print(f"commit {_commit()}, {dt.datetime.now(dt.UTC):%Y-%m-%d}, seed {given.seed}")
    if shared is None:
        print("The real files of ../shared are not here; only our own workbooks are damaged.")
    kept = True
    for letter in given.parts:
        name, proof = parts[letter]
        print(f"\n{letter}. {name}")
        started = time.perf_counter()
        right = proof()
        print(f"{'kept' if right else 'BROKEN'}, in {time.perf_counter() - started:.0f} s")
        kept &= right
    sys.exit(0 if kept else 1)


def _commit() -> str:
    call = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


if __name__ == "__main__":
    main()
