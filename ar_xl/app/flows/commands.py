"""The buttons of commands: questions, a preview, the question whether to go ahead, the result.

Reports make their sheets at once. What posts shows first what it would do; what it then does is
compared with what was shown, before anything is written.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

from ar_xl.app.answer import Answer, counted
from ar_xl.app.buttons import Button, start_text
from ar_xl.app.flows import boxes
from ar_xl.app.flows.asking import agreed, asked
from ar_xl.app.flows.batches import batches_of, last_closed, suggested
from ar_xl.app.flows.replies import Flow, Given, Reply, end
from ar_xl.app.flows.visit import Visit
from ar_xl.app.flows.words import for_excel
from ar_xl.app.live import EXCEL_REFUSED
from ar_xl.app.questions import Question, Start
from ar_xl.book import opened
from ar_xl.core.findings import Exit, errors_of

# Refusals that leaving the bad rows out can cure.
_OF_BAD_ROWS = frozenset({"bad_rows_refused", "file_not_imported"})
_SAVE = "The workbook is not saved yet."
_CHECK_QUESTION = "Make a sheet now that lists all that is wrong, with what to do?"


@dataclass
class _Asked:
    """What a button's questions came to.

    Args:
        own: parameters of the command.
        common: options that all commands share.
    """

    own: dict[str, Any] = field(default_factory=dict)
    common: dict[str, Any] = field(default_factory=dict)

    def take(self, question: Question, value: object) -> None:
        """Keep an answer; one that was left empty counts as not given."""
        if value is not None:
            self.own[question.parameter] = value
            if question.parameter in ("as_of", "reason"):
                self.common[question.parameter] = value


Part = Generator[Reply, Given, Answer]


def command_flow(visit: Visit, button: Button) -> Flow:
    """Run the command of a button."""
    if button.posts and visit.ask(opened.is_read_only):
        yield Reply("error", button.label, _READ_ONLY)
        return end()
    given = yield from _questions(visit, button)
    if button.posts:
        return (yield from _posting(visit, button, given))
    answer = visit.run(button.command, given.own, **given.common)
    return (yield from _reported(visit, button, answer))


def _questions(visit: Visit, button: Button) -> Generator[Reply, Given, _Asked]:
    given = _Asked(dict(button.fixed))
    for question in button.questions:
        if not question.after:
            default, before = _start(visit, question)
            given.take(question, (yield from asked(button.label, question, default, before)))
    return given


def _start(visit: Visit, question: Question) -> tuple[str, str]:
    """What stands in the box of a question, and what is said before it."""
    if question.start is Start.SHEET:
        return visit.sheet, ""
    if question.start is Start.CELL:
        return visit.cell, ""
    if question.start is Start.CLOSED:
        return last_closed(visit.book), ""
    if question.start is Start.BATCH:
        batches = batches_of(visit.book)
        row = visit.ask(opened.row_texts, visit.sheet, visit.cell)
        return suggested(batches, row)
    return start_text(question, visit.today), ""


def _posting(visit: Visit, button: Button, given: _Asked) -> Flow:
    preview = yield from _preview(visit, button, given)
    if preview.exit is not Exit.DONE:
        return (yield from _refused(visit, button, preview))
    if not _does_something(preview):
        first = ["Nothing new is in this file."] if button.command == "import" else []
        yield Reply("say", button.label, boxes.report_text(preview, [*first, *_said(preview)]))
        return end()
    if not (preview.rows or preview.batches):  # a sheet that says why there is nothing to post
        answer = visit.run(button.command, given.own, **given.common)
        return (yield from _reported(visit, button, answer))
    if not (yield from agreed(button.label, boxes.preview_text(preview, button.confirm))):
        return end("Nothing was written.")
    answer = visit.run(button.command, given.own, agreed=preview, **given.common)
    if answer.exit is not Exit.DONE:
        return (yield from _refused(visit, button, answer))
    ended = end(_done(answer)[0], _sheet(visit, button, answer))
    yield Reply("say", button.label, boxes.done_text(_done(answer), [_SAVE], answer))
    return ended


def _preview(visit: Visit, button: Button, given: _Asked) -> Part:
    """The preview; what the command leaves open is asked, bad rows may be left out."""
    later = [question for question in button.questions if question.after]
    answer = visit.run(button.command, given.own, preview=True, **given.common)
    while answer.exit is not Exit.DONE:
        codes = {answer.refusal, *(found.code.name for found in answer.findings)}
        question = next((each for each in later if each.after in codes), None)
        if question is not None:
            later.remove(question)
            before = _what_is_open(answer, question)
            given.take(question, (yield from asked(button.label, question, "", before)))
        elif answer.refusal in _OF_BAD_ROWS and "skip_bad" not in given.common:
            good = visit.run(button.command, given.own, preview=True, skip_bad=True, **given.common)
            if good.exit is not Exit.DONE or not _does_something(good):
                return answer
            text = boxes.bad_rows_text(answer, "Leave these rows out and go on with the good ones?")
            if not (yield from agreed(button.label, text)):
                return answer
            given.common["skip_bad"] = True
        else:
            return answer
        answer = visit.run(button.command, given.own, preview=True, **given.common)
    return answer


def _what_is_open(answer: Answer, question: Question) -> str:
    """What the file leaves open, in the words of the finding."""
    seen = [found.seen for found in answer.findings if found.code.name == question.after]
    if not seen:
        return ""
    more = f" And {len(seen) - 1:,} more like this." if len(seen) > 1 else ""
    return f"{seen[0][:1].upper()}{seen[0][1:]}.{more}"


def _refused(visit: Visit, button: Button, answer: Answer) -> Flow:
    """Say why nothing was done; of bad rows in the workbook a sheet can be made."""
    text = boxes.refused_text(answer)
    if answer.refusal == EXCEL_REFUSED:
        text = f"{text}{_protected(visit)}"
    if not (answer.refusal and any(found.cell for found in errors_of(answer.findings))) or (
        button.command in ("import", "check")
    ):
        yield Reply("error", button.label, text)
        return end("Nothing was written.")
    if not (yield from agreed(button.label, boxes.bad_rows_text(answer, _CHECK_QUESTION))):
        return end("Nothing was written.")
    checked = visit.run("check", {})
    return (yield from _reported(visit, button, checked))


def _protected(visit: Visit) -> str:
    names = visit.ask(opened.protected)
    sheets = ", ".join(name for name in names if name)
    if sheets:
        return (
            f"\n\nProtected sheets: {sheets}. Take the protection off where it is in the way "
            "(Review, Unprotect Sheet), then press the button again."
        )
    if names:
        return "\n\nThe workbook is protected: take the protection off (Review, Protect Workbook)."
    return ""


def _reported(visit: Visit, button: Button, answer: Answer) -> Flow:
    """Show the sheets that were made; a box says what the sheets do not, or what is wrong."""
    if answer.exit is not Exit.DONE:
        text = boxes.refused_text(answer)
        extra = _protected(visit) if answer.refusal == EXCEL_REFUSED else ""
        yield Reply("error", button.label, f"{text}{extra}")
        return end()
    said = _said(answer)
    sheet = answer.sheets[0] if answer.sheets else ""
    if answer.command == "explain":
        yield Reply("say", button.label, boxes.explained_text(answer))
        return end()
    if answer.command == "check":
        where = f"The sheet {sheet} lists them, with what to do." if answer.findings else ""
        yield Reply("say", button.label, "\n".join(filter(None, [*said, where])))
        return end(said[0], sheet)
    if not sheet or boxes.warnings_text(answer):
        yield Reply("say", button.label, boxes.report_text(answer, [*said, *_totals(answer)]))
    if not sheet:
        return end()
    words = " ".join([*_totals(answer)[-1:], *said])
    return end(f"{sheet}. {words}".strip(), sheet)


def _does_something(answer: Answer) -> bool:
    return bool(answer.rows or answer.sheets)


def _said(answer: Answer) -> list[str]:
    return [for_excel(line) for line in answer.said]


def _totals(answer: Answer) -> list[str]:
    return [f"{line}." for line in boxes.totals_lines(answer.totals)]


def _done(answer: Answer) -> list[str]:
    """What was done, the first line in one sentence."""
    rows, said = boxes.rows_text(answer), _said(answer)
    if answer.command == "import":
        verb = boxes.added_as(answer).capitalize()
        return [f"{verb}, not posted yet: {rows}.", *boxes.totals_lines(answer.totals)]
    if answer.batches:
        named = " and ".join(filter(None, (", ".join(answer.batches[:-1]), answer.batches[-1])))
        batch = "batch" if len(answer.batches) == 1 else "batches"
        verb = "Reversed" if answer.command == "undo" else "Posted"
        if not rows and said:  # a month closed or opened
            return [f"{said[-1].rstrip('.')} ({batch} {named}).", *said[:-1]]
        first = f"{verb} as {batch} {named}: {rows}." if rows else f"Posted as {batch} {named}."
    elif rows or not answer.sheets:
        first = f"Written, nothing is posted: {rows}." if rows else "Done, nothing was posted."
    else:
        first = f"Made {counted(len(answer.sheets), 'sheet')}: {', '.join(answer.sheets)}."
    return [first, *boxes.totals_lines(answer.totals), *said]


def _sheet(visit: Visit, button: Button, answer: Answer) -> str:
    """The sheet to show: the report of the button's own name, another, or where the rows went."""
    if answer.sheets:
        report = "Month-End" if button.command == "month-end" else button.label
        return next((name for name in answer.sheets if name.startswith(report)), answer.sheets[0])
    shown = (*boxes.COUNTED, "Matches", "Activities")
    first = next((table for table in shown if answer.rows.get(table)), "Batches")
    sheet = visit.sheet_of(first)
    return "" if visit.ask(opened.is_hidden, sheet) else sheet


_READ_ONLY = (
    "This workbook is open for reading only, so what is posted could not be saved under its name. "
    "Save it under another name (File, Save As), or open it again for editing, then press the "
    "button again."
)
