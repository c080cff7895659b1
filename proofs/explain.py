"""Every figure is traced to rows whose sum is the cell: the demo, and books that were made up.

`python -m proofs.explain [--figures 1000] [--books 40] [--seed 1] [--all]`

A figure is picked at random among all numbers on report sheets. It counts as traced when the rule
gives what the cell shows, and the rows listed add up to it. The rows are then looked up in the
file with another reader: the amount of each must stand there.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.app.demo import demo
from ar_xl.app.explaining.figures import REPORTS, Found, find
from ar_xl.book import host
from ar_xl.book.layout import Layout
from ar_xl.book.picking import picked
from ar_xl.book.reader import read_ledger
from ar_xl.core.explanation import Explanation, Part, Unit
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import to_decimal
from ar_xl.core.picked import Picked
from ar_xl.core.tables import BY_NAME
from tests.office.bases import base_workbook
from tests.office.steps import Do, Step
from tests.office.stories import scenarios

# Parts whose rows hold a share of what stands in the row: of a dispute, a promise, a credit.
SHARED = {"In dispute", "Disputed", "Promised", "Credits taken off", "Reserves", "Buckets",
          "Credits beyond what is past due", "Less: Credits beyond what is past due", "Exposure",
          "Allowance", "Open", "Unapplied", "The item", "The oldest item", "Typed in Periods",
          "Less: on the books", "Expected", "On plans", "By customer", "Less: In dispute",
          "Less: On plans", "Credited to lines", "Received for lines"}  # fmt: skip
_AMOUNTS = ("Amount", "Tax", "Discount", "Difference", "Source Amount", "Debit", "Credit",
            "Charged", "Interest", "Base Debit", "Base Credit", "Total", "Fee",
            "Bank Fee")  # fmt: skip
LAST = (
    Do("aging"),
    Do("collections"),
    Do("statements"),
    Do("forecast"),
    Do("overview"),
    Do("month-end", given={"period": "2026-10"}),
)


@dataclass
class Tally:
    """What came of it.

    Args:
        figures: cells explained, by report.
        rows: rows behind them.
        looked_up: rows whose amount was found in the file by another reader.
        wrong: a line for each that failed.
    """

    figures: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    looked_up: int = 0
    books: int = 0
    wrong: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Trace figures and print what came of it.

    Returns:
        0 where every figure was traced.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--figures", type=int, default=1000)
    parser.add_argument("--books", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="every figure of every book")
    given = parser.parse_args(arguments)
    began = time.perf_counter()
    tally, dice = Tally(), random.Random(given.seed)
    with tempfile.TemporaryDirectory(prefix="ar-xl-explain-") as folder:
        made = list(_books(Path(folder), given.seed, given.books))
        wanted = None if given.all else -(-given.figures // max(len(made), 1))
        left = given.figures
        for number, path in enumerate(made):
            if wanted is not None:
                wanted = -(-left // (len(made) - number))
            left -= trace(path, tally, dice, wanted)
    for line in tally.wrong[:30]:
        print(f"  ! {line}")
    total = sum(tally.figures.values())
    each = ", ".join(f"{name} {count:,}" for name, count in sorted(tally.figures.items()))
    print(f"{total:,} figures of {tally.books} workbooks (seed {given.seed}): {each}.")
    print(f"{tally.rows:,} rows behind them, {tally.looked_up:,} looked up in the file.")
    print(f"{len(tally.wrong):,} not traced; {time.perf_counter() - began:.0f} s.")
    return 1 if tally.wrong or not total else 0


def _books(folder: Path, seed: int, count: int) -> Iterator[Path]:
    """The demo's workbook, and those of made-up stories, each with reports at its end."""
    demo(folder / "demo", "Ada", lambda _: None, lambda _: None)
    yield folder / "demo" / "demo.xlsx"
    for number, scenario in enumerate(scenarios(seed, count)):
        path = folder / f"{number}.xlsx"
        path.write_bytes(base_workbook(scenario.base, folder).read_bytes())
        for step in (*scenario.steps, *LAST):
            do(step, path)
        yield path


def do(step: Step, path: Path) -> Answer | None:
    """One step of a story: a command, whose answer is returned, or something typed."""
    if isinstance(step, Do):
        options = life.Options("Ada", date.fromisoformat(step.as_of), **dict(step.options))
        return life.run(step.command, path, options, step.given)
    book = host.open_book(path)
    try:
        step.type_into(book)
        host.save(book)
    finally:
        book.close()
    return None


def trace(path: Path, tally: Tally, dice: random.Random, wanted: int | None) -> int:
    """Explain figures of one workbook.

    Args:
        path: it.
        tally: where the outcome is counted.
        dice: picks the figures.
        wanted: how many; all where None.

    Returns:
        How many were explained.
    """
    book = host.open_book(path)
    try:
        read = read_ledger(book)
        cells = list(figures(path))
        if wanted is not None and len(cells) > wanted:
            cells = dice.sample(cells, wanted)
        file = _File(path)
        tally.books += 1
        for sheet, cell in cells:
            _trace_one(book, read.layout, read.ledger, sheet, cell, tally, file)
        return len(cells)
    finally:
        book.close()


def figures(path: Path) -> Iterator[tuple[str, str]]:
    """Every number in a table of a report sheet, totals included, by another reader."""
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        titles = [str(sheet.cell(row, 1).value or "") for row in (1, 2)]
        if not any(title.rpartition(" as of ")[0] in REPORTS for title in titles):
            continue
        for table in sheet.tables.values():
            for row in sheet[table.ref]:
                for cell in row:
                    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                        yield sheet.title, cell.coordinate


def _trace_one(
    book: Any, layout: Layout, ledger: Ledger, sheet: str, cell: str, tally: Tally, file: _File
) -> None:
    one = picked(book, layout, sheet, cell)
    found = find(ledger, one)
    where = f"{Path(book.fullname).name} {sheet}!{cell} ({_about(one)})"
    tally.figures[one.report.report if one.report else "?"] += 1
    made = found.explanation
    if made is None:
        tally.wrong.append(f"{where}: nothing explains {one.text}")
        return
    if not found.agrees:
        tally.wrong.append(f"{where}: shows {one.text}, explained as {_said(found)}")
        return
    for part in made.parts:
        tally.rows += len(part.rows)
        _look_up(made, part, where, tally, file)


def _about(one: Picked) -> str:
    if one.report is None:
        return ""
    first = next(iter(one.report.line.values()), "")
    return f"{first}, {one.report.heading}, {one.report.currency}"


def _said(found: Found) -> str:
    made = found.explanation
    assert made is not None, "asked only where there is one"
    parts = ", ".join(f"{part.name} {part.amount}" for part in made.parts)
    return f"{made.value} = {parts}"


def _look_up(made: Explanation, part: Part, where: str, tally: Tally, file: _File) -> None:
    """Find every row's amount in the file."""
    currency = part.currency or made.currency
    if part.unit is not Unit.MONEY or part.name in SHARED or part.name.startswith("Pool "):
        return
    rows = part.rows
    for i in range(len(rows)):
        amount = abs(to_decimal(int(rows.amount[i]), currency))
        if amount not in file.amounts(str(rows.table[i]), int(rows.row[i])):
            tally.wrong.append(f"{where}: {rows.table[i]}!{rows.row[i]} does not hold {amount}")
        tally.looked_up += 1


class _File:
    """The amounts of rows of a workbook, by another reader."""

    def __init__(self, path: Path) -> None:
        self._book = openpyxl.load_workbook(path, data_only=True)

    def amounts(self, table: str, row: int) -> set[Decimal]:
        """All that a row of a table may add to a figure, without signs."""
        sheet = self._book[BY_NAME[table].sheet]
        headings = {str(cell.value): cell.column for cell in sheet[1] if cell.value}
        held = {
            name: Decimal(repr(sheet.cell(row, headings[name]).value or 0))
            for name in _AMOUNTS
            if name in headings
        }
        found = {abs(value) for value in held.values()}
        if table == "Applications":
            found.add(abs(held["Amount"] + held["Discount"] + held["Difference"]))
        return {value.normalize() + 0 for value in found}


if __name__ == "__main__":
    sys.exit(main())
