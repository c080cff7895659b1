"""Excel and the workbook are left as found: `python -m proofs.left_as_found [--trials N]`.

A month-end with the close runs in an Excel in memory and fails at one of its calls: Excel refuses
it, or the user interrupts before or after it. Then cells, number formats, tables, sheets and
Excel's state are compared with what they were. Last, the seconds until a busy Excel is said.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from ar_xl.app import clock
from tests.live.failing import KINDS, Kept, Trial, failures, spread
from tests.live.test_busy import WAYS, make_busy
from tests.live.test_interrupted import drafts

MOST_SECONDS = 10.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where something stayed changed or a message came too late."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=100)
    trials = parser.parse_args(arguments).trials
    wrong: list[str] = []
    stopped = patch.object(clock, "utc_text", lambda: "2026-10-31T17:04:05Z")
    with tempfile.TemporaryDirectory() as folder, stopped:
        path = drafts(Path(folder) / "books.xlsx")
        trial = Trial.of(path, "month-end", period="2026-10", close=True)
        calls, _ = trial.succeeded()
        count = len(spread(calls, trials))
        for kind in KINDS:
            changed = list(failures(trial, kind, trials))
            print(f"{kind:20} {count - len(changed)} of {count} left as found ({calls} calls)")
            wrong += changed
        for way in WAYS:
            taken = _seconds_until_said(trial, way)
            print(f"busy, {way}: said after {taken:.1f} s")
            if taken > MOST_SECONDS:
                wrong.append(f"busy, {way}: {taken:.1f} s")
    print("\n".join(wrong))
    return 1 if wrong else 0


def _seconds_until_said(trial: Trial, way: str) -> float:
    kept, wire = Kept.of(trial.desk), trial.desk.wire
    first: list[float] = []

    def is_busy(_: str) -> bool:
        if len(wire.calls) > 150:
            first.append(time.monotonic())
        return bool(first)

    make_busy(wire, way, is_busy)
    trial.run()
    taken = time.monotonic() - first[0]
    kept.restore()
    trial.desk.app.state.update(kept.found[0])
    return taken


if __name__ == "__main__":
    sys.exit(main())
