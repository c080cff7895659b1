"""A month in Lite and every worksheet function's example, as one line of JSON.

The amounts are large: sums that were reckoned in 32 bits anywhere would be wrong.
`python -m proofs.lite.workload` prints it; `proofs.lite` compares it between interpreters.
"""

from __future__ import annotations

import csv
import hashlib
import json
import tempfile
from collections.abc import Coroutine
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from ar_xl import lite
from ar_xl.app import clock
from ar_xl.app.answer import Answer
from ar_xl.app.life import Options
from ar_xl.app.lite import run_lite
from ar_xl.book.template import build_template
from ar_xl.functions.catalogue import FUNCTIONS
from tests.functions.sheet import result_of
from tests.lite.fake import Book
from tests.live.sheets import Workbook

AS_OF = date(2026, 10, 31)
TIMES = 100_003  # a demo's amounts by this are hundreds of millions, far beyond 32 bits of cents
_DATA = Path(str(files("ar_xl.app") / "demo_data"))
_MONEY = ("Amount", "Tax", "Credit Limit")
_MONTH: tuple[tuple[str, dict[str, Any]], ...] = (
    ("check", {}),
    ("post-invoices", {}),
    ("post-payments", {}),
    ("match", {}),
    ("post-payments", {}),
    ("deposit", {}),
    ("reconcile", {}),
    ("adjust", {}),
    ("apply-discounts", {}),
    ("late-fees", {}),
    ("undo", {"batch": "B-000005", "reason": "wrong rate"}),
    ("aging", {}),
    ("collections", {}),
    ("month-end", {"period": "2026-10", "close": True}),
    ("verify", {}),
)


def result(folder: Path) -> dict[str, Any]:
    """What each command said, what the tables hold then, and what each function answers."""
    clock.utc_text = lambda: "2026-10-31T17:04:05Z"
    path = folder / "books.xlsx"
    build_template(path, company="Test & Sons", currency="USD")
    book = Book(path)
    imports = [
        ("import", {"file": _larger(_DATA / f"{kind}.csv", folder), "kind": kind})
        for kind in ("customers", "invoices", "receipts")
    ]
    imports.append(("import", {"file": _larger_statement(folder), "kind": "bank"}))
    said = [_said(book, command, given) for command, given in (*imports, *_MONTH)]
    functions = {each.name: repr(result_of(each.example.formula, each.example.cells))
                 for each in FUNCTIONS}  # fmt: skip
    return {"said": said, "tables": _digests(book.workbook), "functions": functions,
            "scripts": list(lite.__all__)}  # fmt: skip


def _larger(source: Path, folder: Path) -> Path:
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for heading in _MONEY:
            if row.get(heading):
                row[heading] = _times(row[heading])
    target = folder / source.name
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return target


def _larger_statement(folder: Path) -> Path:
    """The bank's statement by as much: its last three columns are money."""
    with (_DATA / "bank.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    headings = next(at for at, row in enumerate(rows) if "Balance" in row)
    for row in rows[headings + 1 :]:
        row[3:] = [_times(text) for text in row[3:]]
    target = folder / "bank.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return target


def _times(text: str) -> str:
    cents = round(float(text) * 100) * TIMES if text else 0
    return f"{cents // 100}.{cents % 100:02}" if text else ""


def _said(book: Book, command: str, given: dict[str, Any]) -> dict[str, Any]:
    reason = given.get("reason", "")
    own = {key: value for key, value in given.items() if key != "reason"}
    return _done(run_lite(command, book, Options("Ada", AS_OF, reason=reason), own)).as_json()


def _done(waiting: Coroutine[Any, Any, Answer]) -> Answer:
    """What comes of a coroutine that never has to wait: Pyodide runs no event loop to its end."""
    try:
        waiting.send(None)
    except StopIteration as end:
        answer: Answer = end.value
        return answer
    raise AssertionError("the Excel in memory answers at once")


def _digests(book: Workbook) -> dict[str, str]:
    """A check sum of the cells of each sheet, reports included."""
    found = {}
    for sheet in book.all_sheets:
        grid = sheet.grid
        cells = grid.values[grid.part((1, 1, grid.last_row, grid.last_column))].tolist()
        formulas = sorted(grid.formulas.items())
        found[sheet.Name] = hashlib.sha256(repr((cells, formulas)).encode()).hexdigest()
    return found


def as_text() -> str:
    """The result as one line, the same wherever it was reckoned."""
    with tempfile.TemporaryDirectory() as folder:
        return json.dumps(result(Path(folder)), default=str).replace(folder, "FOLDER")


if __name__ == "__main__":
    print(as_text())
