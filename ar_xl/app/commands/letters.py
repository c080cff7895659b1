"""Letters: made from templates into a folder beside the workbook, and marked as sent afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import numpy as np

from ar_xl.app.answer import counted
from ar_xl.app.attached import statement_makers
from ar_xl.app.desk import Desk
from ar_xl.app.drafts import Mailing, add_drafts
from ar_xl.app.outbox import Outbox, Paper, file_names
from ar_xl.app.papers.fee_words import fee_lines
from ar_xl.app.papers.letterfields import values_of
from ar_xl.app.papers.lettertemplates import FOLDER, Chosen, Templates, starting_papers
from ar_xl.app.papers.mailwords import About
from ar_xl.app.papers.printing import NOTHING_PRINTS, can_print, print_folder
from ar_xl.app.papers.wording import Wording, language_findings
from ar_xl.app.sheets.letters_sheet import Made, letters_report
from ar_xl.app.waiting import say_money_waiting
from ar_xl.core.arrays import text_array
from ar_xl.core.dates import LAST_DATE, as_date, day, month_end
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.settings import Settings
from ar_xl.ops.collecting.events import EVENTS, HAND_OVER, LETTER_KINDS
from ar_xl.ops.collecting.letterlist import Letter, Letters, Wanted
from ar_xl.ops.collecting.letters import letters
from ar_xl.ops.collecting.sending import folder_of, mark_sent, record, unsent
from ar_xl.ops.customers import customer_values
from ar_xl.ops.fees.notices import fee_notices

NOBODY_MEANT = code(
    "letters_for_nobody_known",
    Severity.ERROR,
    "a Customer ID, a Collector or a step as the workbook writes it",
    "Correct it; the Customers and Ladder sheets have the names.",
    Exit.WRONG_CALL,
)
NOTHING_WAITS = code(
    "no_letters_wait",
    Severity.ERROR,
    "letters that were made and are not marked as sent",
    "Make letters first; what was made stands in Activities with its Paper.",
    Exit.REFUSED,
)
MADE_LATER = code(
    "letters_made_later",
    Severity.ERROR,
    "the day on which the letters were sent, that on which they were made or a later one",
    "Take that day as the date of the run.",
    Exit.WRONG_CALL,
)


def letters_command(desk: Desk) -> None:
    """Make the letters of the as-of date, or mark those that were made as sent."""
    if desk.params["templates"]:
        _templates(desk)
        return
    desk.insist_on_posted_rows()
    wanted = _wanted(desk)
    if desk.params["sent"]:
        _sent(desk, wanted)
        return
    chosen = letters(desk.ledger, desk.request.as_of, wanted)
    made = _make(desk, chosen) if chosen.now else []
    _say(desk, chosen)
    desk.reports.append(letters_report(desk.ledger, desk.request, chosen, made))


def _wanted(desk: Desk) -> Wanted:
    given = {
        name: str(desk.params[name] or "").strip() for name in ("customer", "collector", "step")
    }
    customers = desk.ledger.posted("Customers")
    known = set(customers.text("customer_id").tolist())
    known |= set(desk.ledger.posted("Invoices").text("customer_id").tolist())
    if given["customer"] and given["customer"] not in known:
        raise Refusal(NOBODY_MEANT, f"There is no customer `{given['customer']}`.")
    collectors = {name.casefold() for name in customers.text("collector").tolist()}
    if given["collector"] and given["collector"].casefold() not in collectors:
        raise Refusal(NOBODY_MEANT, f"No customer has the collector `{given['collector']}`.")
    steps = {step.name for step in desk.ledger.policy.ladder} | set(EVENTS)
    if given["step"] and given["step"] not in steps:
        raise Refusal(
            NOBODY_MEANT, f"There is no step `{given['step']}`.",
            expected=f"one of {', '.join(sorted(steps))}",
        )  # fmt: skip
    return Wanted(**given, again=bool(desk.params["again"]))


def _templates(desk: Desk) -> None:
    """Write the starting templates; one that is there stays as the accountant left it."""
    papers = starting_papers(desk.ledger.policy.settings.language)
    there = desk.shelf().place / FOLDER
    new = [paper for paper in papers if not (there / paper.name).exists()]
    desk.outboxes.append(Outbox(FOLDER, new, joins=True))
    kept = len(papers) - len(new)
    desk.said.append(
        f"{counted(len(new), 'template')} to edit in Word"
        + (f"; {kept} that are there stay as they are." if kept else ".")
    )


def _sent(desk: Desk, wanted: Wanted) -> None:
    """Mark letters as sent: those of one run, the last where none is named."""
    rows = unsent(desk.ledger, LAST_DATE, LETTER_KINDS)
    if wanted.customer:
        rows = rows.take(rows.text("customer_id") == wanted.customer)
    if wanted.collector:
        theirs = customer_values(desk.ledger, rows.text("customer_id"), "collector")
        rows = rows.take(np.array([name.casefold() == wanted.collector.casefold()
                                   for name in theirs], dtype=np.bool_))  # fmt: skip
    if wanted.step:
        rows = rows.take(rows.text("step") == wanted.step)
    run = str(desk.params["run"] or "").strip()
    rows = _made_by_then(rows, desk.request.as_of, run)
    folders = [folder_of(paper) for paper in rows.text("paper")]
    if not run and folders:
        run = folders[int(np.argmax(rows.dates("date").astype(np.int64) * len(rows)
                                    + np.arange(len(rows))))]  # fmt: skip
    mine = np.array([folder == run for folder in folders], dtype=np.bool_)
    if not mine.any():
        raise Refusal(NOTHING_WAITS, f"No letter{f' of {run}' if run else ''} waits to be sent.")
    desk.draft(mark_sent(rows.take(mine), desk.request.as_of))
    desk.said.append(
        f"{counted(int(mine.sum()), 'letter')} of {run}: sent on {desk.request.as_of}."
    )
    others = sorted(set(folders) - {run})
    if others:
        desk.said.append(f"Letters of other runs still wait: {', '.join(others[:5])}.")


def _made_by_then(rows: Frame, as_of: date, run: str) -> Frame:
    """Letters that were made by a day; those of the run that were made later are refused."""
    later = rows.dates("date") > day(as_of)
    mine = np.array([run in ("", folder_of(paper)) for paper in rows.text("paper")], dtype=np.bool_)
    if (later & mine).any() and not (mine & ~later).any():
        early = rows.take(later & mine)
        at = int(np.argmin(early.dates("date")))
        folder = folder_of(str(early.text("paper")[at]))
        raise Refusal(MADE_LATER, f"{folder}: made on {early.dates('date')[at]}, after {as_of}.")
    return rows.take(~later)


def _make(desk: Desk, chosen: Letters) -> list[Made]:
    """Put the letters into an outbox and into Activities."""
    ledger, settings = desk.ledger, desk.ledger.policy.settings
    shelf = desk.shelf()
    folder = shelf.free(f"Letters {chosen.as_of}")
    templates = Templates(shelf.place / FOLDER, settings.language)
    names = file_names(f"{letter.customer_id} {letter.step}" for letter in chosen.now)
    rows = _customers(ledger, chosen.now)
    notices = fee_notices(ledger, chosen.as_of, _next_month_end(chosen))
    box = Outbox(folder, finish=print_folder if desk.params["pdf"] and can_print() else None)
    made = []
    for letter, name in zip(chosen.now, names, strict=True):
        row = rows[letter.customer_id]
        template = templates.of(letter.template, row.get("language", ""))
        wording = Wording(template.language)
        told = [notices.get((letter.customer_id, each.currency)) for each in letter.sums]
        lines = [line for each in told if each for line in fee_lines(wording, each)]
        fee_notice = "" if letter.step == HAND_OVER else "\n".join(dict.fromkeys(lines))
        # A place in the run would be given again by the next run of the day.
        number = f"{chosen.as_of:%Y%m%d}-{letter.customer_id}"
        make = partial(_bytes, template, letter, chosen, number, row, settings, wording, fee_notice)
        box.papers.append(Paper(f"{name}.docx", make))
        note = "; ".join(_notes(letter, template, row.get("language", ""), settings))
        made.append(Made(template.shown, template.language, f"{folder}/{name}.docx", note))
    if desk.params["email"]:
        _mail(desk, box, chosen, names)
    desk.outboxes.append(box)
    desk.draft(record(desk.request, chosen.now, [each.paper for each in made]))
    return made


def _notes(letter: Letter, template: Chosen, language: str, settings: Settings) -> Iterator[str]:
    """What else to know of a letter that is made."""
    if letter.paper:
        yield "made again"
    wanted = Wording.of(language, settings.language).language
    if wanted != template.language:
        yield f"no template in {wanted}: written in {template.language}"


def _mail(desk: Desk, box: Outbox, chosen: Letters, names: list[str]) -> None:
    """Let the outbox make an e-mail draft for each letter, the customer's statement with it."""
    makers = statement_makers(desk, [letter.customer_id for letter in chosen.now])
    count = len(names)
    extra = file_names([*names, *(f"{name[:60]} statement" for name in names)])[count:]
    mailings = []
    for letter, name, other in zip(chosen.now, names, extra, strict=True):
        make = makers.get(letter.customer_id)
        if make is not None:
            box.papers.append(Paper(f"{other}.pdf", make))
        papers = (f"{name}.docx", *([f"{other}.pdf"] if make else []))
        about = About.BOTH if make else About.LETTER
        mailings.append(Mailing(letter.customer_id, name, papers, about))
    desk.findings += add_drafts(desk.ledger, desk.request, box, mailings)


def _bytes(
    template: Chosen,
    letter: Letter,
    chosen: Letters,
    number: str,
    row: dict[str, str],
    settings: Settings,
    wording: Wording,
    fee_notice: str,
) -> bytes:
    values = values_of(
        letter, chosen.late, chosen.as_of, number, row, settings, wording, fee_notice
    )  # fmt: skip
    return template.template.letter(values, letter.template, settings.company, chosen.as_of)


def _customers(ledger: Ledger, made: tuple[Letter, ...]) -> dict[str, dict[str, str]]:
    """The texts of the Customers rows that letters use, by customer."""
    ids = text_array(letter.customer_id for letter in made)
    keys = ("name", "contact", "address", "collector", "language")
    columns = [customer_values(ledger, ids, key).tolist() for key in keys]
    return {
        customer: dict(zip(keys, values, strict=True))
        for customer, *values in zip(ids.tolist(), *columns, strict=True)
    }


def _next_month_end(chosen: Letters) -> date:
    """The day of the next run of late fees, as most do it: the end of a month."""
    return as_date(month_end(np.array([day(chosen.as_of) + 1]))[0])


def _say(desk: Desk, chosen: Letters) -> None:
    for letter in chosen.now:
        desk.add_totals({"Asked for": {each.currency: each.asked for each in letter.sums}})
    desk.said.append(
        f"{counted(len(chosen.now), 'letter')}; each counts once it is marked as sent."
        if chosen.now
        else f"No letter is to be made on {chosen.as_of}."
    )
    if chosen.waiting:
        desk.said.append(f"{counted(len(chosen.waiting), 'letter')} made before wait to be sent.")
    if chosen.left_out:
        desk.said.append(
            f"{counted(len(chosen.left_out), 'customer')} left out; the sheet says why."
        )
    say_money_waiting(desk)
    if desk.params["pdf"] and chosen.now and not can_print():
        desk.said.append(NOTHING_PRINTS)
    rows = desk.ledger.posted("Customers")
    ids = {letter.customer_id for letter in chosen.now}
    named = zip(
        rows.row.tolist(), rows.text("customer_id").tolist(), rows.text("language").tolist(),
        strict=True,
    )  # fmt: skip
    company = desk.ledger.policy.settings.language
    desk.note(language_findings((each for each in named if each[1] in ids), company))
