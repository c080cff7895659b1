"""Cells put in and taken out of real workbooks: `python -m proofs.moves [FOLDER]`.

Of each workbook a copy gets two rows, another a column, and a third loses a row, all on the first
sheet. Each either is refused with a sentence, or is saved, read against its checksums, and opened
by openpyxl where openpyxl opens the workbook at all.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import xlwings as xw

from ar_xl.book import host
from ar_xl.xlfile.errors import XlFileError
from ar_xl.xlfile.package import Package
from proofs.kept import SHARED

MOVES: dict[str, Callable[[xw.Sheet], None]] = {
    "two rows put in": lambda sheet: sheet["3:4"].insert("down"),
    "a column put in": lambda sheet: sheet["B:B"].insert("right"),
    "a row taken out": lambda sheet: sheet["5:5"].delete(),
}


def tried(source: Path, move: Callable[[xw.Sheet], None], folder: Path) -> str:
    """Move cells of a copy; return "moved", or why not: "refused: ..." or "broken: ..."."""
    copy = folder / source.name
    shutil.copy(source, copy)
    copy.chmod(0o644)
    try:
        book = host.open_book(copy)
        move(book.sheets[0])
        book.save()
        Package.open(copy).check()
    except XlFileError as refusal:
        return f"refused: {refusal}"
    if opens(source) and not opens(copy):
        return "broken: openpyxl does not open it any more"
    return "moved"


def opens(path: Path) -> bool:
    """Tell whether openpyxl opens a workbook."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            openpyxl.load_workbook(path).close()
    except Exception:  # noqa: BLE001 - whatever openpyxl stumbles over
        return False
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the proof and print its figures; 1 where a workbook was broken."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "workbooks")
    folder: Path = parser.parse_args(arguments).folder
    found: Counter[tuple[str, str]] = Counter()
    for source in sorted(folder.glob("*.xls[xm]")):
        for name, move in MOVES.items():
            with tempfile.TemporaryDirectory() as temporary:
                outcome, _, why = tried(source, move, Path(temporary)).partition(": ")
            found[name, outcome] += 1
            if why:
                print(f"{source.name}, {name}, {outcome}: {why}")
    for name in MOVES:
        counts = ", ".join(f"{found[name, how]} {how}" for how in ("moved", "refused", "broken"))
        print(f"{name}: {counts}")
    return int(any(how == "broken" for _, how in found))


if __name__ == "__main__":
    sys.exit(main())
