"""Good workbooks that the proofs spoil."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

from ar_xl.app import life
from ar_xl.app.answer import Answer
from ar_xl.app.commands.adopt import adopt_command
from ar_xl.app.commands.books import new_command
from ar_xl.book.template import build_template
from ar_xl.core.findings import Exit

AS_OF = date(2026, 10, 31)
INVOICES = """Invoice No,Customer ID,Invoice Date,Due Date,Amount
INV-1,ACME,2026-09-01,2026-10-01,1200.50
INV-2,ACME,2026-09-15,2026-10-15,80.25
INV-3,BETA,2026-10-01,2026-10-31,19.99
"""
DRAFTS = INVOICES.replace("INV-", "NEW-").replace("2026-09-", "2026-10-")


def posted_book(folder: Path) -> Path:
    """A workbook of ours with three posted invoices and three drafts."""
    book = folder / "good.xlsx"
    build_template(book, company="Test & Sons", currency="USD")
    for name, content in (("posted.csv", INVOICES), ("drafts.csv", DRAFTS)):
        source = folder / name
        source.write_text(content, encoding="utf-8")
        answers = [run("import", book, file=source, kind="invoices")]
        if name == "posted.csv":
            answers.append(run("post-invoices", book))
        for answer in answers:
            assert answer.exit is Exit.DONE, answer.said
    return book


def run(command: str, book: Path, **given: object) -> Answer:
    """Run a command on a workbook as of a fixed date."""
    options = life.Options("Ada", AS_OF, preview=bool(given.pop("preview", False)))
    if command == "adopt":
        asked = {"book": book, "currency": "USD", "company": "Test"}
        return adopt_command(options, asked, _silent, _silent)
    if command == "new":
        return new_command(options, {**given, "book": book}, _silent, _silent)
    return life.run(command, book, options, given)


def _silent(_: str) -> None:
    """Say nothing."""


def parts_of(book: Path) -> dict[str, bytes]:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_of(parts: dict[str, bytes], table: str) -> str:
    """The part of the sheet that holds a table of ours."""
    named = f'displayName="{table}"'.encode()
    number = next(
        name.removeprefix("xl/tables/") for name, content in parts.items()
        if name.startswith("xl/tables/") and named in content
    ).encode()  # fmt: skip
    rels = next(name for name, content in parts.items()
                if name.endswith(".rels") and b"/tables/" + number in content)  # fmt: skip
    return rels.replace("_rels/", "").removesuffix(".rels")
