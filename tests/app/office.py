"""A small company for command tests: the demo's files, imported, in steps."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ar_xl.app.answer import Answer
from tests.app.conftest import done, run

DATA = Path(str(files("ar_xl.app") / "demo_data"))


def bring_in(book: Path, *kinds: str) -> None:
    """Import the demo company's files."""
    for kind in kinds:
        done(run("import", book, file=DATA / f"{kind}.csv", kind=kind))


_MONTHS: dict[bytes, tuple[bytes, list[Answer]]] = {}


def demo_month(book: Path) -> list[Answer]:
    """Everything up to a closed October; the answers of the posting commands.

    What came of one blank workbook is what comes of its copies; backups are not made for those.
    """
    blank = book.read_bytes()
    if blank not in _MONTHS:
        answers = _posted(book)
        _MONTHS[blank] = (book.read_bytes(), answers)
    content, answers = _MONTHS[blank]
    book.write_bytes(content)
    return answers


def _posted(book: Path) -> list[Answer]:
    bring_in(book, "customers", "invoices", "receipts")
    commands = ("post-invoices", "post-payments", "apply-discounts", "late-fees")
    return [done(run(command, book)) for command in commands]
