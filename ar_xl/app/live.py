"""The life of a command in a workbook that is open in Excel.

It reads, checks and decides as for a file. Then it writes into the open workbook, reads back what
it wrote and compares. Whatever goes wrong, what was written is taken back and Excel stands as it
was found. The workbook is not saved: that is the user's, and undoing is our own command, because
Excel's undo list is empty afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ar_xl.app import clock
from ar_xl.app.answer import Answer
from ar_xl.app.desk import Desk
from ar_xl.app.life import Options, decide_and_write, refused
from ar_xl.app.outbox import staged_papers
from ar_xl.app.recheck import Expectation, recheck_open
from ar_xl.book.excel import ExcelError, Work, at_work
from ar_xl.book.excelreports import place_reports
from ar_xl.book.excelwriter import write_changes
from ar_xl.book.layout import Layout
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.numbered import forget

OUT_IN_EXCEL = code(
    "out_in_excel",
    Severity.ERROR,
    "no --out for a workbook that is open in Excel",
    "Save the workbook under another name first, or run the command without --out.",
    Exit.WRONG_CALL,
)


EXCEL_REFUSED = "excel_refused"  # the refusal of an answer where Excel said no to a step


def _silent(_: str) -> None:
    """Say nothing."""


def run_open(
    name: str,
    book: Any,
    options: Options,
    params: Mapping[str, Any] | None = None,
    progress: Callable[[str], None] = _silent,
) -> Answer:
    """Run one command on a workbook that is open in Excel.

    Args:
        name: of the command, as the registry has it.
        book: the workbook, as xlwings shows it.
        options: the options that all commands share; there is no `out`.
        params: the command's own, by name; what is missing is empty.
        progress: called with a few words at each stage, as the status bar shows them.

    Returns:
        The answer; a refusal, bad data and an Excel that is busy are answers with an exit code.
        The workbook is not saved.
    """
    as_of = options.as_of or clock.today()
    try:
        if options.out is not None:
            raise Refusal(OUT_IN_EXCEL, "A workbook that is open in Excel is written where it is.")
        with at_work(book) as work:

            def say(words: str) -> None:
                work.say(words)
                progress(words)

            say("Reading the workbook")
            return decide_and_write(name, book, options, params, say, _writer(work))
    except Refusal as refusal:
        return refused(name, as_of, refusal, options.preview)
    except ExcelError as problem:
        return Answer(
            name, as_of, said=problem.said, exit=problem.exit, preview=options.preview,
            refusal=EXCEL_REFUSED if problem.refused else "",
        )  # fmt: skip
    finally:
        forget()  # one process serves Excel all day


def _writer(work: Work) -> Any:
    def write(
        _: Any, layout: Layout, desk: Desk, expectation: Expectation, __: Options
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        expectation.note_all(layout, desk.changes)
        with staged_papers(desk.shelf, desk.outboxes, desk.progress) as papers:
            written = write_changes(work, layout, desk.changes, desk.ledger)
            wanted = expectation.complete(desk.ledger, written)
            desk.progress("Drawing reports")
            sheets = place_reports(work, desk.reports, layout.seen)
            desk.progress("Checking")
            recheck_open(work.book, wanted)
        return sheets, tuple(papers)

    return write
