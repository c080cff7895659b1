"""The product's month-end, file to file, timed by its own progress words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ar_xl.app import life
from bench.laps import Laps
from bench.population import PERIOD

RESCAN = "Reading back and comparing"


def job(workbook: str) -> dict[str, object]:
    """Run `month-end --close` in place, once, from opening the file to its replacement.

    Preflight, lock, backup and the comparison of what was written are all in it.

    Args:
        workbook: a copy that may be changed.
    """
    laps = Laps()
    stage = ["Starting"]

    def progress(words: str) -> None:
        laps.lap(stage[0])
        stage[0] = words

    with _rescan_apart(laps, stage):
        answer = life.run(
            "month-end",
            Path(workbook),
            life.Options(user="benchmark"),
            {"period": PERIOD, "close": True},
            progress,
        )
    laps.lap(stage[0])
    assert not int(answer.exit), f"month-end ended with {answer.exit.name}: {answer.said}"
    return laps.result(rows=dict(answer.rows), sheets=list(answer.sheets), said=list(answer.said))


@contextmanager
def _rescan_apart(laps: Laps, stage: list[str]) -> Iterator[None]:
    """Book the comparison of the written file, which happens within the save, on its own."""
    command: Any = life
    compare = command.recheck

    def timed(*arguments: Any) -> None:
        laps.lap(stage[0])
        compare(*arguments)
        laps.lap(RESCAN)

    command.recheck = timed
    try:
        yield
    finally:
        command.recheck = compare
