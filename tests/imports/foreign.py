"""How the tests of imports are written: a file as text, one import, expected lines."""

from __future__ import annotations

from pathlib import Path

from ar_xl.core.ledger import Ledger
from ar_xl.imports.importer import ImportOptions, ImportResult, import_file
from tests.ledger_text import frame_text


def file_of(folder: Path, text: str, name: str = "export.csv") -> Path:
    """A text file whose lines are those of an indented text."""
    path = folder / name
    lines = [line.strip() for line in text.strip().split("\n")]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    return path


def imported(
    folder: Path,
    text: str,
    kind: str | None = None,
    book: Ledger | None = None,
    options: ImportOptions | None = None,
) -> ImportResult:
    """Import a text as a file."""
    return import_file(file_of(folder, text), kind, book or Ledger(), options)


def drafts(result: ImportResult, table: str, *headings: str) -> list[str]:
    """Some columns of the rows that come into a table."""
    frame = result.change.appends.get(table)
    return [] if frame is None else frame_text(frame, *headings)


def found(result: ImportResult) -> list[str]:
    """Findings as lines: where, code, what was seen."""
    return [f"{f.cell} | {f.code.name} | {f.seen}" for f in result.findings]


def said(result: ImportResult, words: str) -> str:
    """The one sentence that contains some words."""
    sentences = [sentence for sentence in result.said if words in sentence]
    assert len(sentences) == 1, result.said
    return sentences[0]
