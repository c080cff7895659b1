"""The life of a command in xlwings Lite: Excel on the web, on a Mac and on Windows, in a browser.

It reads, checks and decides as everywhere. What it decided is written into an image of the
workbook and compared there; then the same steps are taken in the workbook and compared again.
The workbook is not saved: Excel does that by itself on the web.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ar_xl.app import clock
from ar_xl.app.answer import Answer
from ar_xl.app.desk import Desk
from ar_xl.app.life import Options, decide_and_write, refused
from ar_xl.app.recheck import Expectation, recheck_open
from ar_xl.book.excel import Work
from ar_xl.book.excelwriter import write_changes
from ar_xl.book.layout import Layout
from ar_xl.book.lite import LiteError, insist_on_same, read_image, take_back, write
from ar_xl.book.litereports import draw_report, free_names
from ar_xl.book.mirror import BookImage
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.numbered import forget
from ar_xl.core.report import Report

PAPERS_IN_LITE = code(
    "papers_in_lite",
    Severity.ERROR,
    "Excel on a computer",
    "Open the workbook in Excel on your computer and run it there.",
    Exit.REFUSED,
)


async def run_lite(
    name: str,
    book: Any,
    options: Options,
    params: Mapping[str, Any] | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Answer:
    """Run one command on the workbook that a script of Lite was handed.

    Args:
        name: of the command, as the registry has it.
        book: the workbook; its values need not be loaded.
        options: the options that all commands share; there is no `out`.
        params: the command's own, by name; what is missing is empty.
        progress: called with a few words at each stage.

    Returns:
        The answer; a refusal and bad data are answers with an exit code. Where Excel did not take
        what was written, all of it was taken back and the answer says so.
    """
    as_of = options.as_of or clock.today()
    try:
        progress("Reading the workbook")
        image = await read_image(book)
        reports: list[Report] = []
        answer = decide_and_write(name, image, options, params, progress, _writer(reports))
        if image.steps or reports:
            await _write(book, image, reports)
    except Refusal as refusal:
        return refused(name, as_of, refusal, options.preview)
    except LiteError as problem:
        return Answer(name, as_of, said=problem.said, exit=Exit.BUSY, preview=options.preview)
    finally:
        forget()
    return answer


def _writer(reports: list[Report]) -> Any:
    def into_image(
        image: BookImage, layout: Layout, desk: Desk, expectation: Expectation, _: Options
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Write into the image, compare there, and keep the reports for later."""
        if any(box.papers for box in desk.outboxes):
            raise Refusal(PAPERS_IN_LITE, "Papers are files, and a browser keeps none.")
        expectation.note_all(layout, desk.changes)
        work = Work(image, None)
        written = write_changes(work, layout, desk.changes, desk.ledger)
        recheck_open(image, expectation.complete(desk.ledger, written))
        reports.extend(desk.reports)
        return tuple(free_names(reports, image.sheet_names)), ()

    return into_image


async def _write(book: Any, image: BookImage, reports: list[Report]) -> None:
    written = await write(book, image)
    names = free_names(reports, image.sheet_names)
    tables = {table.casefold() for found in image.table_names.values() for table in found}
    try:
        for report, name in zip(reports, names, strict=True):
            written.sheets.append(name)
            written.cells += draw_report(book, report, name, tables)
        if reports:
            await book.flush()
            await insist_on_same(book, written)
    except Exception as problem:  # noqa: BLE001 - whatever it is, all or nothing
        await take_back(book, written, problem)
