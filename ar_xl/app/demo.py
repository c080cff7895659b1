"""The tour: a made-up company, from its files to a closed month, each step with its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from ar_xl.app import life
from ar_xl.app.answer import Answer, totals_text
from ar_xl.app.papers.printing import print_workbook
from ar_xl.book import host
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit, Refusal, Severity, code

COMPANY = "Alder & Finch Supply Co. (sample)"
PERIOD, LAST_DAY = "2026-10", date(2026, 10, 31)
FOLDER_TAKEN = code(
    "demo_folder_taken",
    Severity.ERROR,
    "a folder without a demo workbook of an earlier tour",
    "Choose another folder with --out, or delete the old demo.",
    Exit.WRONG_CALL,
)

# Each step: what is said, the command, its parameters.
STEPS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("Import the customers", "import", {"file": "customers.csv", "kind": "customers"}),
    ("Import the invoices", "import", {"file": "invoices.csv", "kind": "invoices"}),
    ("Post the invoices", "post-invoices", {}),
    ("Import the receipts", "import", {"file": "receipts.csv", "kind": "receipts"}),
    ("Post and apply the payments", "post-payments", {}),
    ("Import the bank's statement", "import", {"file": "bank.csv", "kind": "bank"}),
    ("Propose what each line pays", "match", {}),
    ("Post what Match accepted", "post-payments", {}),
    ("Fill in the deposit slips", "deposit", {}),
    ("Reconcile the bank account", "reconcile", {}),
    ("Grant discounts still due", "apply-discounts", {}),
    ("Assess late fees", "late-fees", {}),
    ("Age what is open", "aging", {}),
    ("List whom to call", "collections", {}),
    ("Write the letters that are due", "letters", {}),
    ("Make the statements of account", "statements", {}),
    ("Close October", "month-end", {"period": PERIOD, "close": True}),
    ("Make the manager's page", "overview", {}),
    ("Verify every row", "verify", {}),
)


def demo(
    folder: Path, user: str, progress: Callable[[str], None], say: Callable[[str], None]
) -> Answer:
    """Run the tour.

    Args:
        folder: made where it is not there; it gets demo.xlsx, demo.pdf, statements and letters.
        user: who runs it.
        progress: called with a few words at each stage.
        say: prints a line.

    Returns:
        The answer of the last step that ran; it ends with the path and one next command.
    """
    workbook = folder / "demo.xlsx"
    if workbook.exists():
        refusal = Refusal(FOLDER_TAKEN, f"{workbook} is there already.")
        return life.refused("demo", LAST_DAY, refusal)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        build_template(workbook, company=COMPANY, currency="USD")
    except host.FileProblem as problem:
        return life.unusable("demo", LAST_DAY, problem)
    except OSError as failure:
        return life.unusable("demo", LAST_DAY, host.disk_problem(failure))
    say(f"A new workbook for {COMPANY}\n    {workbook}")
    options = life.Options(user=user, as_of=LAST_DAY)
    answer = Answer("demo", LAST_DAY)
    for number, (title, command, params) in enumerate(STEPS, start=1):
        with as_file(files("ar_xl.app") / "demo_data") as data:
            given = {**params, **({"file": data / params["file"]} if "file" in params else {})}
            answer = life.run(command, workbook, options, given, progress)
        say(f"{number:2}. {title}   (ar-xl {command})")
        for line in (*totals_text(answer.totals), *answer.said, *_posted(answer)):
            say(f"    {line}")
        if answer.exit is not Exit.DONE:
            return replace(answer, command="demo")
    progress("Printing")
    pdf = print_workbook(workbook, folder)
    printed = f"Printed to {pdf}." if pdf else "Not printed: LibreOffice was not found."
    return Answer(
        "demo",
        LAST_DAY,
        batches=(),
        said=(
            f"The workbook: {workbook.resolve()}",
            printed,
            f"Next: ar-xl aging {workbook} --as-of 2026-09-30",
        ),
    )


def _posted(answer: Answer) -> list[str]:
    """The batches and sheets of a step, one line each."""
    lines = [f"Posted as {', '.join(answer.batches)}"] if answer.batches else []
    return lines + ([f"Sheets: {', '.join(answer.sheets)}"] if answer.sheets else [])
