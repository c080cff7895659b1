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


def demo_month(book: Path) -> list[Answer]:
    """Everything up to a closed October; the answers of the posting commands."""
    bring_in(book, "customers", "invoices", "receipts")
    commands = ("post-invoices", "post-payments", "apply-discounts", "late-fees")
    return [done(run(command, book)) for command in commands]
