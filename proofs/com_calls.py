"""How often a command calls Excel, whatever the rows: `python -m proofs.com_calls [--sizes N ...]`.

xlwings' own Windows engine runs over an Excel in memory that counts property reads and sets,
methods, items and steps of enumerations. Name look-ups come on top in reality.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.population import PERIOD, Size
from bench.workload import build
from tests.live.failing import Kept, Trial

MOST_DATA, MOST_CALLS = 54, 660  # of one command, at any size
MOST_GROWTH = 40  # calls that the largest size may take more than the middle one
_CLOSING = {"period": PERIOD, "close": True}
COMMANDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("check", {}),
    ("post-invoices", {}),
    ("post-payments", {}),
    ("apply-discounts", {}),
    ("late-fees", {}),
    ("aging", {}),
    ("collections", {}),
    ("month-end", _CLOSING),
    ("verify", {}),
)


@dataclass(frozen=True)
class Calls:
    """What one command called.

    Args:
        command: its name.
        invoices: of the workbook.
        data: calls that moved values of cells between Excel and Python.
        copies: ranges and sheets that Excel copied.
        every: all calls.
    """

    command: str
    invoices: int
    data: int
    copies: int
    every: int


def counted(invoices: int, folder: Path, commands: Sequence[str] = ()) -> list[Calls]:
    """Run commands on a generated workbook, each from the same state, and count their calls.

    Args:
        invoices: how many the workbook has.
        folder: where it is made.
        commands: names of those to run; all of them where there are none.
    """
    path = build(Size(invoices), folder).path
    trial = Trial.of(path, "check")
    kept, found = Kept.of(trial.desk), []
    chosen = [each for each in COMMANDS if not commands or each[0] in commands]
    for command, given in chosen:
        found.append(_run(trial, command, given, invoices))
        if command == "post-payments":
            last = _last_batch(trial)
            found.append(_run(trial, "undo", {"batch": last, "reason": "proof"}, invoices))
        if command == "aging":
            found.append(_run(trial, command, given, invoices, " (again)"))
        kept.restore()
    return found


def _run(trial: Trial, command: str, given: dict[str, Any], size: int, mark: str = "") -> Calls:
    answer = Trial(trial.desk, command, given, date.fromisoformat(f"{PERIOD}-31")).run()
    assert answer is not None
    assert not int(answer.exit), f"{command}: {answer.said}"
    wire = trial.desk.wire
    copies = sum(name.endswith(".Copy") for name in wire.calls)
    return Calls(command + mark, size, wire.moving_data(), copies, len(wire.calls))


def _last_batch(trial: Trial) -> str:
    sheet = next(each for each in trial.desk.workbook.all_sheets if each.Name == "Batches")
    table = sheet.tables[0]
    return str(sheet.grid.values[table.area[2] - 1, table.column("Batch") - 1])


def too_many(found: Sequence[Calls]) -> list[str]:
    """What is over the budget, or grows with the rows."""
    over = [
        f"{each.command} at {each.invoices:,}: {each.data} with data, {each.every} in all"
        for each in found
        if each.data > MOST_DATA or each.every > MOST_CALLS
    ]
    sizes = sorted({each.invoices for each in found})
    for command in {each.command for each in found}:
        calls = {each.invoices: each.every for each in found if each.command == command}
        if len(sizes) > 1 and calls[sizes[-1]] - calls[sizes[-2]] > MOST_GROWTH:
            over.append(f"{command} grows with the rows: {calls}")
    return over


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 where the budget is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[10, 1_000, 5_000])
    sizes = parser.parse_args(arguments).sizes
    found: list[Calls] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            found += counted(size, Path(folder))
    heading = "".join(f"{f'{size:,} invoices':>22}" for size in sizes)
    print(f"{'calls with data + copies / in all':36}{heading}")
    for command in dict.fromkeys(each.command for each in found):
        cells = [each for each in found if each.command == command]
        row = "".join(f"{f'{each.data} + {each.copies} / {each.every}':>22}" for each in cells)
        print(f"{command:36}{row}")
    over = too_many(found)
    print("\n".join(over) or f"Within {MOST_DATA} with data and {MOST_CALLS} in all, at any size.")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
