"""The life of a command, the same in every host (design, section 2).

Read the tables in one block each, check, decide, preview, write, re-scan what was written and
compare, answer. If anything fails before the write, nothing is written; a file is replaced only
after the re-scan agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from ar_xl.app import clock
from ar_xl.app.agreed import decided, insist_on_agreed
from ar_xl.app.answer import Answer, counted
from ar_xl.app.catalogue import COMMANDS
from ar_xl.app.desk import DRAFT_TABLES, Desk
from ar_xl.app.outbox import Shelf, insist_on_sender, shelf_beside, staged_papers
from ar_xl.app.recheck import Expectation, Wanted, recheck
from ar_xl.book import host
from ar_xl.book.below import findings_below
from ar_xl.book.layout import Layout
from ar_xl.book.picking import picked
from ar_xl.book.reader import read_ledger
from ar_xl.book.reportsheets import draw
from ar_xl.book.writer import write_change
from ar_xl.core.dates import EARLIEST_AS_OF, LATEST_AS_OF
from ar_xl.core.findings import Exit, Finding, Refusal, Severity, code
from ar_xl.core.ledger import Request
from ar_xl.core.numbered import forget

OUT_OF_ANOTHER_KIND = code(
    "out_is_another_kind_of_file",
    Severity.ERROR,
    "a workbook of the same kind as the one that is read",
    "Give --out a name that ends as the workbook's does.",
    Exit.WRONG_CALL,
)
AS_OF_TOO_FAR = code(
    "as_of_too_far",
    Severity.ERROR,
    f"a day from {EARLIEST_AS_OF} to {LATEST_AS_OF}",
    "Correct the date of the run, its year above all.",
    Exit.WRONG_CALL,
)


@dataclass(frozen=True)
class Options:
    """The options that all commands share.

    Args:
        as_of: None is today.
        user: who runs it.
        preview: decide and show, write nothing.
        out: leave the workbook alone and write here.
        skip_bad: post the good rows, list the rest.
        reason, source: for Batches.
        agreed: the preview that the user said yes to; what is decided otherwise is not written.
    """

    user: str
    as_of: date | None = None
    preview: bool = False
    out: Path | None = None
    skip_bad: bool = False
    reason: str = ""
    source: str = ""
    agreed: Answer | None = None


# Writes what was decided: the workbook, where its tables stand, the desk, what to read back, and
# the common options; returns the sheets made and what to say about it.
Write = Callable[[Any, Layout, Desk, Expectation, Options], tuple[tuple[str, ...], tuple[str, ...]]]


def _silent(_: str) -> None:
    """Say nothing."""


def run(
    name: str,
    workbook: Path,
    options: Options,
    params: Mapping[str, Any] | None = None,
    progress: Callable[[str], None] = _silent,
) -> Answer:
    """Run one command on a workbook file.

    Args:
        name: of the command, as the registry has it.
        workbook: the file; it is replaced only when everything agreed.
        options: the options that all commands share.
        params: the command's own, by name; what is missing is empty.
        progress: called with a few words at each stage.

    Returns:
        The answer; a refusal or bad data is an answer with its exit code, never an exception.
    """
    command = COMMANDS[name]
    as_of = options.as_of or clock.today()
    target = options.out or workbook
    writes = command.writes and not options.preview

    def stage(words: str) -> None:
        host.make_room()
        progress(words)

    try:
        insist_on_kind(workbook, target)
        host.insist_on_file(workbook)
        if not writes:
            host.tidy_up(workbook)
        with host.locked(target if writes else None, options.user):
            stage("Reading the workbook")
            book = host.open_book(workbook)
            try:
                return decide_and_write(name, book, options, params, stage, _write_file)
            finally:
                book.close()
                forget()
    except Refusal as refusal:
        return refused(name, as_of, refusal, options.preview)
    except host.FileProblem as problem:
        return unusable(name, as_of, problem, options.preview)
    except OSError as failure:  # of the disk, in reading: what saving meets has its own words
        return unusable(name, as_of, host.disk_problem(failure), options.preview)


def insist_on_kind(workbook: Path, target: Path) -> None:
    """Refuse to write a workbook under a name that ends as another kind of file does."""
    if target.suffix.casefold() != workbook.suffix.casefold():
        raise Refusal(OUT_OF_ANOTHER_KIND, f"{target.name} is no name for a copy of "
                      f"{workbook.name}.")  # fmt: skip


def decide_and_write(
    name: str,
    book: Any,
    options: Options,
    params: Mapping[str, Any] | None,
    progress: Callable[[str], None],
    write: Write,
) -> Answer:
    """What is the same in a file and in Excel: read, check, decide, answer.

    Args:
        name: of the command.
        book: the workbook.
        options: the options that all commands share.
        params: the command's own.
        progress: called with a few words at each stage.
        write: writes what was decided and compares it; returns the sheets made and what to say.

    Returns:
        The answer of the command; of a refusal of its own also.
    """
    if not EARLIEST_AS_OF <= (options.as_of or EARLIEST_AS_OF) <= LATEST_AS_OF:
        raise Refusal(AS_OF_TOO_FAR, f"The date of the run is {options.as_of}.")
    request = Request(
        options.as_of or clock.today(), options.user, clock.utc_text(), name, options.source,
        options.reason, options.skip_bad, options.as_of is not None,
    )  # fmt: skip
    given = {p.name: None for p in COMMANDS[name].parameters} | dict(params or {})
    read = read_ledger(book)
    layout = read.layout
    below = findings_below(book, layout.places)
    host.release(book)
    ledger = replace(read.ledger, findings=(*read.ledger.findings, *below))
    desk = Desk(ledger, request, given, progress)
    if COMMANDS[name].looks:
        desk.look = partial(picked, book, layout)
    desk.shelf = partial(_shelf, book, options.out, ledger.policy.settings.papers_folder)
    expectation = Expectation.beginning_with(read.ledger)
    del read, ledger  # the desk alone holds the ledger, so that what a posting replaces is let go
    desk.progress("Deciding")
    try:
        _work(desk)
    except Refusal as refusal:
        answer = _answer(desk, layout, options)
        said = (*desk.said, f"{refusal.seen} {refusal.fix}".strip())
        return replace(
            answer, exit=refusal.code.exit, said=said, batches=(), rows={}, totals={}, sheets=(),
            refusal=refusal.code.name,
        )  # fmt: skip
    answer = _answer(desk, layout, options)
    insist_on_agreed(answer, options.agreed)
    writes = COMMANDS[request.command].writes and not options.preview
    if not writes or not (desk.changes or desk.reports or desk.outboxes):
        return answer
    desk.progress("Writing")
    handed = [layout]  # over, so that the writer alone holds it and can let it go
    del layout
    sheets, said = write(book, handed.pop(), desk, expectation, options)
    return replace(answer, sheets=sheets, said=(*answer.said, *said))


def _shelf(book: Any, out: Path | None, papers_folder: str) -> Shelf:
    """Where papers go; asked for only by commands that make some."""
    return shelf_beside(str(out.absolute() if out else book.fullname), papers_folder)


def _write_file(
    book: Any, layout: Layout, desk: Desk, expectation: Expectation, options: Options
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write into the file, which is replaced once it was read back and agreed."""
    wanted = _write(book, layout, desk, expectation)
    del layout
    with staged_papers(desk.shelf, desk.outboxes, desk.progress) as papers:
        reports = desk.clear()  # what was decided on makes room for what is drawn
        forget()
        host.release(book)
        sheets = tuple(draw(book, report) for report in reports)
        del reports
        desk.progress("Saving and checking")
        target = options.out or Path(book.fullname)
        command = desk.request.command
        kept = host.save(book, target, verify=lambda path: recheck(book, path, wanted), by=command)
    return sheets, (*papers, *saved_text(options.out, kept))


def _work(desk: Desk) -> None:
    """Do the command's work; one that fails over rows changed by hand says so, and is no bug."""
    try:
        COMMANDS[desk.request.command].work(desk)
        insist_on_sender(desk.outboxes, desk.ledger.policy.settings.company)
    except Refusal:
        raise
    except Exception:
        desk.insist_on_sound_books()
        raise


def _write(book: Any, layout: Layout, desk: Desk, expectation: Expectation) -> list[Wanted]:
    """Write all changes; what should be read back."""
    for change in desk.changes:
        expectation.note(layout, change)
        layout = write_change(book, layout, change)
    return expectation.complete(desk.ledger, layout)


def _answer(desk: Desk, layout: Layout, options: Options) -> Answer:
    rows: dict[str, int] = {}
    for change in desk.changes:
        for table, count in change.rows().items():
            rows[table] = rows.get(table, 0) + count
    left = sum(len(desk.ledger.draft(table)) for table in DRAFT_TABLES)
    findings = tuple(layout.locate(finding) for finding in desk.findings)
    return Answer(
        desk.request.command,
        desk.request.as_of,
        batches=tuple(desk.batches),
        rows=rows,
        totals=desk.totals,
        findings=findings,
        sheets=tuple(report.sheet_name for report in desk.reports),
        drafts_left_out=left + desk.skipped + layout.bad_row_count,
        said=(*desk.said, *_skipped_text(desk.skipped)),
        preview=options.preview,
        decided=decided(desk.changes) if options.preview or options.agreed else "",
        more=desk.more,
    )


def saved_text(out: Path | None, backup: Path | None) -> tuple[str, ...]:
    """What --out did: where the result is, and where a file of that name went."""
    if out is None:
        return ()
    if backup is None:
        return (f"Written to {out}; the workbook itself is as it was.",)
    return (
        f"Written to {out}; the workbook itself is as it was. The {out.name} that was there "
        f"before is kept as {backup.name} in {backup.parent.name}.",
    )


def _skipped_text(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    return (f"{counted(count, 'row')} with errors stay drafts; named above.",)


def refused(name: str, as_of: date | None, refusal: Refusal, preview: bool = False) -> Answer:
    """The answer to a request that cannot be done."""
    said = f"{refusal.seen} {refusal.fix}".strip()
    finding = Finding(refusal.code, seen=refusal.seen, expected=refusal.expected, fix=refusal.fix)
    return Answer(
        name, as_of, findings=(finding,), said=(said,), exit=refusal.code.exit, preview=preview,
        refusal=refusal.code.name,
    )  # fmt: skip


def unusable(
    name: str, as_of: date | None, problem: host.FileProblem, preview: bool = False
) -> Answer:
    """The answer where a file cannot be read or written."""
    return Answer(name, as_of, said=(str(problem),), exit=host.exit_code(problem), preview=preview)


def our_bug(name: str, reference: str) -> Answer:
    """The answer when we are wrong: nothing was written, and where the details are."""
    return Answer(
        name,
        said=(
            "Something went wrong inside ar_xl. Nothing was written; your workbook is as it was. "
            f"Please report this with the details in {reference}.",
        ),
        exit=Exit.OUR_BUG,
    )
