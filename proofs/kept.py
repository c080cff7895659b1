"""Nothing is lost by a save: `python -m proofs.kept [FOLDER ...]`.

Each workbook of the folders is adopted, gets rows in a table of ours and in one of its own, two
report sheets with a table and a chart, and is saved. Then it is compared part by part with what it
was, and opened by openpyxl, python-calamine and LibreOffice.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from ar_xl.app import life
from ar_xl.app.commands.adopt import adopt_command
from ar_xl.book import host
from ar_xl.book.blocks import write_block
from ar_xl.book.reportsheets import draw
from ar_xl.core.arrays import text_array
from ar_xl.core.findings import Exit
from ar_xl.core.report import Chart, Report, ReportBlock, ReportColumn, Show
from ar_xl.core.tables import TABLES
from proofs.comparing import Kept, compare
from proofs.readers import Values, by_calamine, by_libreoffice, by_openpyxl
from proofs.sink import write_all

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
REPORTS = ("Kept One", "Kept Two")
LAST_ROW = 1_048_576
APPENDED = ["=1+1", "appended"]
_OURS = {table.name.casefold() for table in TABLES}
_SHEETS = {table.sheet for table in TABLES} | {f"{name} 2026-10-31" for name in REPORTS}


@dataclass
class Proved:
    """What became of one workbook.

    Args:
        source: the workbook.
        saved: it, after all was added; None where it was refused.
        refused: the sentence, where it was.
        kept: what became of its parts.
        grown: areas before and after of the user's tables that took rows, by name.
        said: of a table of the user's that takes no rows, why.
        readers: of openpyxl, python-calamine and LibreOffice: "same", or "-" where the program
            cannot open the original.
        wrong: what should not be, in words.
    """

    source: Path
    saved: Path | None = None
    refused: str = ""
    kept: Kept = field(default_factory=Kept)
    grown: dict[str, tuple[str, str]] = field(default_factory=dict)
    said: str = ""
    readers: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def prove(source: Path, folder: Path) -> Proved:
    """Put a workbook through everything and compare it with what it was.

    Args:
        source: it; only read.
        folder: an empty one to work in.
    """
    proved = Proved(source)
    work = Path(shutil.copyfile(source, folder / source.name))
    given = {"book": work, "currency": "EUR", "company": "Kept"}
    answer = adopt_command(life.Options("proof"), given, lambda _: None, lambda _: None)
    if answer.exit is not Exit.DONE:
        proved.refused = " ".join(answer.said) or "without a word"
        if work.read_bytes() != source.read_bytes():
            proved.wrong.append("it was refused and changed")
        return proved
    _change(work, proved)
    proved.saved = work
    proved.kept = compare(source, work, proved.grown)
    proved.wrong += proved.kept.lost
    for name, read in (("openpyxl", by_openpyxl), ("calamine", by_calamine)):
        _note_reader(proved, name, read(source), read(work))
    return proved


def prove_by_libreoffice(proofs: Sequence[Proved], folder: Path) -> None:
    """Compare what LibreOffice reads of each workbook before and after."""
    pairs: dict[Path, tuple[Proved, Path]] = {}
    for number, proved in enumerate(proofs):
        if proved.saved is not None:
            before = folder / f"{number}-before{proved.source.suffix}"
            after = folder / f"{number}-after{proved.source.suffix}"
            shutil.copyfile(proved.source, before)
            shutil.copyfile(proved.saved, after)
            pairs[before] = proved, after
    read = by_libreoffice([*pairs, *(after for _, after in pairs.values())])
    for before, (proved, after) in pairs.items():
        if before in read:
            formulas = _formulas(proved.source)
            _note_reader(proved, "LibreOffice", read[before], read[after], formulas)


def _change(work: Path, proved: Proved) -> None:
    """Append rows and add reports; a table of the user's that takes no rows says why."""
    refusing: set[str] = set()
    while True:
        book = host.open_book(work)
        proved.grown = {}
        try:
            _append_to_ours(book)
            candidate = _append_to_theirs(book, refusing, proved)
            for name in REPORTS:
                draw(book, _report(name))
            with host.locked(work):
                host.save(book)
        except host.FileProblem as problem:
            name = next(iter(proved.grown), "")
            if not name:
                proved.wrong.append(f"it could not be saved: {problem}")
                return
            refusing.add(name)
            proved.said = str(problem)
            continue
        finally:
            book.close()
        if candidate:
            proved.said = ""
        return


def _append_to_ours(book: Any) -> None:
    """Two customers, the second below the table's first empty row."""
    sheet = book.sheets["Customers"]
    table = next(each for each in sheet.tables if each.name == "Customers")
    area = table.range
    table.resize(area.resize(row_size=3))
    write_block(sheet, 2, 1, [text_array(["C1", "C2"]), text_array(["=Alder", "Finch"])])


def _append_to_theirs(book: Any, refusing: set[str], proved: Proved) -> str:
    """Two rows for the first table of the user's that takes them; its name, or ""."""
    for sheet in book.sheets:
        for table in sheet.tables:
            if table.name.casefold() in _OURS or table.name in refusing:
                continue
            area = table.range
            rows, columns = area.shape
            if area.row + rows + len(APPENDED) > LAST_ROW + 1:
                proved.said = f"The table {table.name} ends with the sheet."
                continue
            proved.grown[table.name] = ("", "")
            table.resize(area.resize(row_size=rows + len(APPENDED)))
            was = area.get_address(False, False)
            proved.grown[table.name] = was, table.range.get_address(False, False)
            filled = table.api.state.formulas
            for place in range(columns):
                if place not in filled:
                    cells = [text_array(APPENDED)]
                    write_block(sheet, area.row + rows, area.column + place, cells)
            return str(table.name)
    return ""


def _report(name: str) -> Report:
    columns = (
        ReportColumn("Customer", Show.TEXT, text_array(["A & B", "=C"])),
        ReportColumn("Amount", Show.MONEY, np.array([125, 250], dtype=np.int64), total=True),
    )
    chart = Chart("Amounts", "Customer", ("Amount",))
    block = ReportBlock(name, "EUR", "EUR", columns, chart)
    return Report(name, date(2026, 10, 31), "Kept", (("Policy", "none"),), (block,))


def _note_reader(
    proved: Proved,
    name: str,
    before: Values | None,
    after: Values | None,
    but: set[tuple[str, tuple[int, int]]] | None = None,
) -> None:
    """Compare what a program read; cells of rows that a table grew by are new."""
    if before is None:
        proved.readers[name] = "-"
        return
    proved.readers[name] = "same"
    if after is None:
        proved.wrong.append(f"{name} cannot open it any more")
        return
    missing = [sheet for sheet in before if sheet not in after]
    added = after.keys() - before.keys()
    if missing or not added >= _SHEETS - before.keys():
        proved.wrong.append(f"{name} misses sheets: {missing or _SHEETS - added}")
    for sheet, cells in before.items():
        now = after.get(sheet, {})
        for place, value in cells.items():
            same = now.get(place) == value or value != value
            if not same and (sheet, place) not in (but or ()):
                proved.wrong.append(f"{name}: {sheet} {place} was {value!r}, is {now.get(place)!r}")


def _formulas(path: Path) -> set[tuple[str, tuple[int, int]]]:
    """Cells with a formula: LibreOffice may calculate them anew."""
    return {
        (sheet, place)
        for sheet, cells in (by_openpyxl(path) or {}).items()
        for place, value in cells.items()
        if isinstance(value, str) and (value.startswith("=") or "'ref'" in value)
    }


def workbooks(folders: Sequence[Path]) -> list[Path]:
    """The .xlsx and .xlsm files of folders."""
    return [
        path
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.suffix.lower() in (".xlsx", ".xlsm")
    ]


def _line(proved: Proved) -> str:
    name = proved.source.name[:46]
    if proved.refused:
        return f"{name:46}  refused: {proved.refused}"
    kept = proved.kept
    figures = (kept.parts, kept.identical, len(kept.changed), len(kept.dropped), len(kept.lost))
    readers = " ".join(f"{proved.readers.get(each, ''):5}" for each in ("openpyxl", "calamine",
                                                                        "LibreOffice"))  # fmt: skip
    table = next(iter(proved.grown), "")
    said = f"  {table} grew" if table else f"  {proved.said}" if proved.said else ""
    return f"{name:46} " + "".join(f"{figure:6}" for figure in figures) + f"  {readers}{said}"


def _print_totals(proofs: list[Proved], seconds: float) -> None:
    saved = [proved for proved in proofs if proved.saved]
    total = [proved.kept for proved in saved]
    print(
        f"\n{len(proofs)} workbooks, {len(saved)} saved, {len(proofs) - len(saved)} refused with a "
        f"sentence; {seconds:.0f} s\n"
        f"parts: {sum(kept.parts for kept in total)}, identical byte for byte: "
        f"{sum(kept.identical for kept in total)}, rewritten with all of the user's in them: "
        f"{sum(len(kept.changed) for kept in total)}, left out (calculation chain): "
        f"{sum(len(kept.dropped) for kept in total)}, lost: "
        f"{sum(len(kept.lost) for kept in total)}\n"
        f"tables of the user's that took rows: {sum(bool(each.grown) for each in saved)}"
    )
    for name in ("openpyxl", "calamine", "LibreOffice"):
        read = sum(proved.readers.get(name) == "same" for proved in saved)
        cannot = sum(proved.readers.get(name) == "-" for proved in saved)
        print(f"{name} read {read} before and after, the same values; {cannot} it cannot open")


def main() -> int:
    """Prove it, print the figures; 1 where something was lost."""
    parser = argparse.ArgumentParser(description="Nothing is lost by a save.")
    parser.add_argument("folders", nargs="*", type=Path, help="of workbooks")
    parser.add_argument("--no-libreoffice", action="store_true", help="leave LibreOffice out")
    given = parser.parse_args()
    started = perf_counter()
    with tempfile.TemporaryDirectory() as made:
        folders = given.folders or [SHARED / "workbooks", SHARED / "bad"]
        paths = workbooks(folders)
        if not given.folders:
            paths += write_all(Path(made) / "sink")
        proofs = []
        print(f"{'workbook':46}  parts  same rewr. left   lost  openpyxl, calamine, LibreOffice")
        for number, path in enumerate(paths):
            folder = Path(made) / str(number)
            folder.mkdir()
            proofs.append(prove(path, folder))
        if not given.no_libreoffice:
            prove_by_libreoffice(proofs, Path(made))
        for proved in proofs:
            print(_line(proved))
            for wrong in proved.wrong[:10]:
                print(f"    WRONG: {wrong}")
        _print_totals(proofs, perf_counter() - started)
        return 1 if any(proved.wrong for proved in proofs) else 0


if __name__ == "__main__":
    sys.exit(main())
