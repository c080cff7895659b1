"""adopt: our tables brought into a workbook that the user has already."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ar_xl.app import life
from ar_xl.app.answer import Answer, counted
from ar_xl.app.commands.books import insist_on_names
from ar_xl.book import host
from ar_xl.book.adopting import Adoption, adopt, look_over
from ar_xl.book.layout import find_places
from ar_xl.core.findings import Exit, Refusal
from ar_xl.core.tables import TABLES

Say = Callable[[str], None]


def adopt_command(options: life.Options, given: Mapping[str, Any], progress: Say, _: Say) -> Answer:
    """Add what the workbook lacks of our tables; all else in it stays byte for byte."""
    workbook = Path(given["book"])
    target = options.out or workbook
    try:
        currency, company = insist_on_names(given)
        life.insist_on_kind(workbook, target)
        with host.locked(None if options.preview else target):
            progress("Reading the workbook")
            book = host.open_book(workbook)
            try:
                return _adopted(book, options, currency, company, progress)
            finally:
                book.close()
    except Refusal as refusal:
        return life.refused("adopt", None, refusal, options.preview)
    except host.FileProblem as problem:
        return Answer(
            "adopt", said=(str(problem),), exit=host.exit_code(problem), preview=options.preview
        )


def _adopted(
    book: Any, options: life.Options, currency: str, company: str, progress: Say
) -> Answer:
    adoption = look_over(book)
    answer = Answer("adopt", preview=options.preview)
    if adoption.findings:
        return replace(
            answer, findings=adoption.findings, exit=Exit.REFUSED,
            said=("Nothing was added: what is yours is never taken over or changed.",),
        )  # fmt: skip
    answer = replace(answer, said=_said(adoption, currency, options.preview))
    if adoption.is_empty:
        return answer
    answer = replace(
        answer,
        sheets=tuple(table.sheet for table in adoption.tables),
        rows={"Settings": len(adoption.settings)} if adoption.settings else {},
    )
    if options.preview:
        return answer
    progress("Adding tables")
    with tempfile.TemporaryDirectory() as folder:
        from ar_xl.book.template import build_template  # late: it imports openpyxl

        build_template(Path(folder) / "template.xlsx", company=company, currency=currency)
        template = host.open_book(Path(folder) / "template.xlsx")
        adopt(book, adoption, template)
        template.close()
    progress("Saving and checking")
    target = options.out or Path(book.fullname)
    kept = host.save(book, target, verify=lambda path: _check(path, book), by="adopt")
    return replace(answer, said=(*answer.said, *life.saved_text(options.out, kept)))


def _check(path: Path, book: Any) -> None:
    """Read the new file back: all our tables, and every part that was copied as it was."""
    written = host.open_written(path, book)
    try:
        places, _ = find_places(written, [table.name for table in TABLES])
        assert len(places) == len(TABLES), "a table was not written"
        host.check_parts(written, book)
    finally:
        written.close()


def _said(adoption: Adoption, currency: str, preview: bool) -> tuple[str, ...]:
    if adoption.is_empty:
        return (f"Nothing to add: all {len(TABLES)} tables are here.",)
    said = []
    was = "would be" if preview else "were"
    if adoption.tables:
        count = counted(len(adoption.tables), "table")
        verb = was if len(adoption.tables) > 1 or preview else "was"
        said.append(f"{count} {verb} added, each on a sheet of its own behind yours.")
    if any(table.name == "Settings" for table in adoption.tables):
        said.append(f"The base currency is {currency}; see Settings before the first posting.")
    if adoption.settings:
        names = ", ".join(adoption.settings)
        said.append(f"Settings that {was} added, with what a new workbook has: {names}.")
    one = "would be" if preview else "was"
    said += [f"The column `{c.heading}` {one} added to `{c.table}`." for c in adoption.columns]
    if adoption.version:
        said.append(f"The Schema Version on Settings {one} raised.")
    return tuple(said)
