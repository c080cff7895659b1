"""Every box that a month of buttons shows, in the order an accountant meets them.

`python -m proofs.dialogs` presses the buttons over Excel in memory with the sample company and
prints each box as Excel would show it. It fails where a box is longer than Excel shows, names an
option of the command line, or a button that should work says that it does not.
"""

from __future__ import annotations

import re
import sys
import tempfile
from datetime import date
from importlib.resources import files
from pathlib import Path
from unittest.mock import patch

from ar_xl import ribbon
from ar_xl.app import clock, crash
from ar_xl.app.flows.replies import MOST_CHARACTERS, Reply
from tests.live.sheets import Workbook
from tests.ribbon.clerk import NO, YES, Answers, Clerk

_DATA = Path(str(files("ar_xl.app") / "demo_data"))
_TODAY = date(2026, 10, 31)
_SIGNS = {"say": "i", "error": "!", "ask": "?", "text": "_", "file": "...", "save": "..."}
_TYPED = re.compile(r"(^|\s)--\w|`ar-xl ")
_MOST_TYPED = 255  # characters above a box to type into
Step = tuple[str, tuple[Answers, ...], str, bool]

# The button, what is answered, the selected cell, and whether it ends well.
_MONTH: tuple[Step, ...] = (
    *(("arImport", (str(_DATA / f"{kind}.csv"), YES), "A1", True)
      for kind in ("customers", "invoices", "receipts")),
    ("arImport", (str(_DATA / "receipts.csv"),), "A1", True),
    ("arCheck", (), "A1", True),
    ("arPostInvoices", ("10/11/2026", "2026-10-31", YES), "A1", True),
    ("arPostPayments", ("2026-10-31", NO), "A1", True),
    ("arPostPayments", ("2026-10-31", YES), "A1", True),
    ("arPostPayments", ("2026-10-31",), "A1", True),
    ("arDiscounts", ("2026-10-31",), "A1", True),
    ("arLateFees", ("2026-10-31", YES), "A1", True),
    ("arUndo", ("B-000003", NO, "a wrong rate", YES), "A1", True),
    ("arUndo", ("B-000003", NO, "again"), "A1", False),
    ("arAging", ("2026-10-31",), "A1", True),
    ("arExplain", (), "C9", True),
    ("arCollections", ("2026-10-31",), "A1", True),
    ("arMonthEnd", ("2026-10", YES), "A1", True),
    ("arClose", ("2026-10", YES), "A1", True),
    ("arReopen", ("2026-10", "an invoice came late", "Grace", YES), "A1", True),
    ("arVerify", (), "A1", True),
    ("arSettings", (), "A1", True),
    ("arAbout", (), "A1", True),
    ("arLastError", (), "A1", True),
)  # fmt: skip


def main() -> int:
    """Print all boxes; 1 where one is not as it should be."""
    problems: list[str] = []
    with (
        tempfile.TemporaryDirectory() as name,
        patch.object(ribbon, "getuser", lambda: "Ada"),
        patch.object(clock, "today", lambda: _TODAY),
        patch.object(crash, "user_folder", lambda: Path(name) / "ar_xl"),
    ):
        clerk = Clerk()
        pressed = 1
        problems += press(clerk, ("arNewWorkbook", ("Harbour & Co", "USD",
                                  str(Path(name) / "Books.xlsx")), "A1", True))  # fmt: skip
        for step in _MONTH:
            problems += press(clerk, step)
            pressed += 1
        for step in spoiled(clerk.workbook):
            problems += press(clerk, step)
            pressed += 1
    print(f"\n{pressed} presses, {len(problems)} problems")
    for problem in problems:
        print(f"  {problem}")
    return 1 if problems else 0


def spoiled(workbook: Workbook) -> tuple[Step, ...]:
    """Spoil a workbook; what is pressed then."""
    receipts = next(sheet for sheet in workbook.all_sheets if sheet.Name == "Receipts")
    table = receipts.tables[0]
    receipts.grid.values[table.area[0] + 2, table.column("Amount") - 1] = 1.0
    return (
        ("arVerify", (), "A1", False),
        ("arPostPayments", ("2026-10-31",), "A1", False),
        ("arLateFees", ("2026-11-30",), "A1", False),
    )


def press(clerk: Clerk, step: Step) -> list[str]:
    """Press a button, print its boxes, and return what is wrong with them."""
    button, answers, cell, well = step
    ended = clerk.press(button, *answers, cell=cell)
    print(f"\n=== {button}")
    for box in clerk.boxes:
        print(drawn(box))
    print(f"    status bar: {ended.text or '-'}   sheet: {ended.detail or '-'}")
    problems = [f"{button}: {wrong}" for box in clerk.boxes for wrong in wrongs(box)]
    if well and clerk.boxes and clerk.boxes[-1].kind == "error":
        problems.append(f"{button} says: {clerk.last()}")
    return problems


def wrongs(box: Reply) -> list[str]:
    """What is wrong with one box."""
    found = []
    if len(box.text) > (_MOST_TYPED if box.kind == "text" else MOST_CHARACTERS):
        found.append(f"a box of {len(box.text)} characters")
    if _TYPED.search(box.text):
        found.append(f"an option of the command line in `{box.text[:60]}`")
    return found


def drawn(box: Reply) -> str:
    """A box in letters."""
    lines = [line for part in box.text.splitlines() or [""] for line in _wrapped(part)]
    if box.kind == "text":
        lines += ["", f"[ {box.detail} ]"]
    elif box.detail:
        lines.append(f"({box.detail})")
    width = max(map(len, [*lines, box.title])) + 2
    top = f"    +- {box.title} {_SIGNS.get(box.kind, box.kind)} "
    frame = [f"{top}{'-' * (width + 5 - len(top) + 1)}+"]
    return "\n".join([*frame, *(f"    | {line:{width - 1}}|" for line in lines),
                      f"    +{'-' * width}+"])  # fmt: skip


def _wrapped(line: str, width: int = 90) -> list[str]:
    out = []
    while len(line) > width:
        at = line.rfind(" ", 0, width)
        at = at if at > 0 else width
        out.append(line[:at])
        line = line[at:].lstrip()
    return [*out, line]


if __name__ == "__main__":
    sys.exit(main())
