"""One cell changed in a large workbook and saved, beside a plain copy of the file."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from time import perf_counter
from typing import Any

from ar_xl.book import host
from bench.laps import Laps

TIMES = 5
CELLS = {"Settings": "C2", "Customers": "R2"}  # a sheet of a few rows, and one of thousands


def job(source: str, folder: str, sheet: str) -> dict[str, object]:
    """Copy a workbook, then open the copy, change one cell and save, several times in turn.

    Args:
        source: the workbook.
        folder: to work in.
        sheet: where a note is written, of `CELLS`.

    Returns:
        The fastest copy and the fastest save in seconds; opening is not timed. Both flush.
    """
    work = Path(folder)
    work.mkdir(parents=True, exist_ok=True)
    book, copy = work / "book.xlsx", work / "copy.xlsx"
    shutil.copyfile(source, book)
    copies, saves = [], []
    laps = Laps()
    for number in range(TIMES):
        started = perf_counter()
        _copy(book, copy)
        copies.append(perf_counter() - started)
        opened: Any = host.open_book(book)
        opened.sheets[sheet].range(CELLS[sheet]).value = f"note {number}"
        started = perf_counter()
        host.save(opened, book)
        saves.append(perf_counter() - started)
        opened.close()
    laps.lap("all")
    shutil.rmtree(work)
    return laps.result(copy=min(copies), save=min(saves))


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as old, target.open("wb") as new:
        shutil.copyfileobj(old, new, 1 << 20)
        new.flush()
        os.fsync(new.fileno())
    target.unlink()
