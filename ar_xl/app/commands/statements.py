"""Statements of account: one paper a customer, and a sheet that says what was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import numpy as np

from ar_xl.app.answer import counted
from ar_xl.app.desk import NOT_FOR_POSTING, Desk
from ar_xl.app.drafts import Mailing, add_drafts
from ar_xl.app.outbox import Outbox, Paper, file_names
from ar_xl.app.papers.drawing import page_size, pdf, usable_logo
from ar_xl.app.papers.fee_words import fee_lines
from ar_xl.app.papers.mailwords import About
from ar_xl.app.papers.sender import Sender
from ar_xl.app.papers.statement_book import statement_book
from ar_xl.app.papers.statement_pages import Making, statement_pages
from ar_xl.app.papers.statement_words import TITLE
from ar_xl.app.papers.typefaces import undrawable
from ar_xl.app.papers.wording import Wording, language_findings
from ar_xl.app.pictures import MOST_BYTES, picture_beside
from ar_xl.app.sheets.statements_sheet import Made, statements_report
from ar_xl.app.waiting import say_money_waiting
from ar_xl.core.arrays import text_array
from ar_xl.core.dates import FIRST_DATE, day
from ar_xl.core.findings import Exit, Finding, Refusal, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.tables import BY_NAME
from ar_xl.ops.fees.notices import fee_notices
from ar_xl.ops.statements.deciding import Asked, Recipient, Section, Statement, statements
from ar_xl.ops.statements.overtaken import NOTHING_DUE, owes

ACTIVITY_BEFORE = code(
    "statement_from_after_its_date",
    Severity.ERROR,
    "a first day that is not after the date of the statements",
    "Give an earlier first day.",
    Exit.WRONG_CALL,
)
FROM_NOT_A_DATE = code(
    "statement_from_not_a_date",
    Severity.ERROR,
    "a date such as 2026-10-01",
    "Write the first day as year, month and day.",
    Exit.WRONG_CALL,
)
FROM_OF_OPEN_ITEMS = code(
    "statement_from_of_open_items",
    Severity.ERROR,
    "a first day for statements of activity alone; open items are those of one day",
    "Leave the first day out, or ask for the kind activity.",
    Exit.WRONG_CALL,
)
NOT_DRAWABLE = code(
    "statement_as_workbook",
    Severity.WARNING,
    "letters that a font here has, for a PDF",
    "This statement is an Excel file, which shows them; print that one.",
)
LOGO_UNUSABLE = code(
    "logo_not_a_picture",
    Severity.WARNING,
    f"a PNG or JPEG picture of at most {MOST_BYTES // 1_000_000} MB in the workbook's folder",
    "Put the picture beside the workbook and its name into Logo on the Settings sheet; until then "
    "papers go out without it.",
)
NOTICE_DAYS = 30  # for how long what paying late would cost is foretold


@dataclass(frozen=True)
class _Wish:
    """The files that are wanted."""

    as_pdf: bool
    as_book: bool
    to_print: bool


def statements_command(desk: Desk) -> None:
    """Statements of the as-of date, their register, and a row of Activities for each."""
    desk.insist_on_posted_rows(NOT_FOR_POSTING - {"Activities"})
    settings = desk.ledger.policy.settings
    asked = _asked(desk)
    decided = statements(desk.ledger, asked)
    wanted = desk.params["file"] or settings.statement_file
    wish = _Wish(wanted != "xlsx", wanted != "pdf", bool(desk.params["to_print"]))
    sender = Sender(settings, logo(desk))
    making = Making(sender, asked, decided.names, notices(desk.ledger, asked.as_of))
    name = f"Statements {asked.as_of}"
    desk.findings += language_findings(
        [(each.recipient.row, each.recipient.customer_id, each.recipient.language)
         for each in decided.papers],
        settings.language,
    )  # fmt: skip
    _say_before(desk, asked.as_of)
    say_money_waiting(desk)
    made: list[Made] = []
    if decided.papers:
        folder = desk.shelf().free(name)
        made = _papers(desk, making, decided.papers, wish, folder)
        desk.draft(Change(appends={"Activities": _activities(desk, made, folder)}, as_drafts=True))
    desk.said.append(
        f"{counted(len(made), 'statement')}; {counted(len(decided.left_out), 'customer')} left out."
    )
    for each in decided.papers:
        desk.add_totals({"Total due": {s.currency: s.total for s in each.sections}})
        desk.add_totals({"Past due": {s.currency: s.past_due for s in each.sections}})
    desk.reports.append(statements_report(desk.ledger, asked, made, decided.left_out))


def _asked(desk: Desk) -> Asked:
    """What the options and the settings ask for.

    Raises:
        Refusal: the first day is no date, after the date of the statements, or of open items.
    """
    given, as_of = desk.params, desk.request.as_of
    since = None
    first = given["from"]
    if isinstance(first, str) and first:
        try:
            first = date.fromisoformat(first.strip())
        except ValueError:
            raise Refusal(FROM_NOT_A_DATE, f"The first day is given as {first}.") from None
    if first and given["kind"] == "open items":
        raise Refusal(FROM_OF_OPEN_ITEMS, f"Open items from {first} on are asked for.")
    if first or (given["kind"] or desk.ledger.policy.settings.statement_kind) == "activity":
        since = first or as_of.replace(day=1)
    if since is not None and since < FIRST_DATE:
        raise Refusal(FROM_NOT_A_DATE, f"{since} is before any date that Excel knows.")
    if since is not None and since > as_of:
        raise Refusal(ACTIVITY_BEFORE, f"{since} is after {as_of}.")
    return Asked(
        as_of, since, _customers(desk), given["collector"] or "", bool(given["to_parent"]),
        bool(given["all"]),
    )  # fmt: skip


def _customers(desk: Desk) -> tuple[str, ...]:
    """The customers that are asked for; an ID may have a comma in it."""
    text = str(desk.params["customer"] or "").strip()
    known = set(desk.ledger.posted("Customers").text("customer_id").tolist())
    if not text or text in known:
        return (text,) if text else ()
    parts = (part.strip() for part in text.replace(";", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def logo(desk: Desk) -> bytes | None:
    """The picture that the settings name, ready to be drawn; one that is none is said."""
    name = desk.ledger.policy.settings.logo
    if not name:
        return None
    content = picture_beside(desk.shelf().beside, name)
    picture = usable_logo(content) if content is not None else None
    if picture is None:
        desk.findings.append(Finding(LOGO_UNUSABLE, "Settings", 0, "value", "Logo", f"`{name}`"))
    return picture


def notices(
    ledger: Ledger, as_of: date
) -> Callable[[Recipient, Section, Wording], tuple[str, ...]]:
    """What each customer is told about late fees, by the accounts of a section."""
    by = as_of + timedelta(days=NOTICE_DAYS)
    known = fee_notices(ledger, as_of, by)

    def sentences(_: Recipient, section: Section, said: Wording) -> tuple[str, ...]:
        found = (known.get((each.customer_id, each.currency)) for each in section.accounts)
        told = [each for each in found if each is not None and each.says_something]
        return fee_lines(said, *told) if section.past_due else ()

    return sentences


def _say_before(desk: Desk, as_of: date) -> None:
    """Say that statements of this date were made before, and how many of them were sent."""
    rows = desk.ledger.posted("Activities")
    mine = (rows.text("kind") == "Statement") & (rows.dates("date") == day(as_of))
    before = rows.take(np.flatnonzero(mine & (rows.text("paper") != "")))
    if not len(before):
        return
    sent = int((~np.isnat(before.dates("done_on"))).sum())
    folders = sorted({paper.partition("/")[0] for paper in before.text("paper").tolist()})
    desk.said.append(
        f"Statements of {as_of} were made before: {len(before)}, {sent or 'none'} of them marked "
        f"as sent, in {', '.join(folders)}. These stand beside them; of "
        "each customer's the newest is sent."
    )


def _papers(
    desk: Desk, making: Making, papers: tuple[Statement, ...], wish: _Wish, folder: str
) -> list[Made]:
    """Put every statement into the outbox; what was made for whom."""
    box = Outbox(folder)
    names = file_names(
        f"{each.recipient.name[:50]} {each.recipient.customer_id}".strip() for each in papers
    )
    ours = "\n".join([making.sender.name, *making.sender.lines(""),
                      making.sender.settings.pay_to])  # fmt: skip
    made, printable = [], []
    for name, each in zip(names, papers, strict=True):
        missing = (
            undrawable([ours, *texts_of(making, each)]) if wish.as_pdf or wish.to_print else ""
        )
        as_book = wish.as_book or bool(missing)
        files = []
        if wish.as_pdf and not missing:
            files.append(f"{name}.pdf")
            box.papers.append(Paper(files[-1], partial(statement_pdf, making, [each])))
        if as_book:
            files.append(f"{name}.xlsx")
            box.papers.append(Paper(files[-1], partial(statement_book, making, each)))
        if missing:
            who = each.recipient
            desk.findings.append(
                Finding(NOT_DRAWABLE, "Customers", who.row, "name", who.customer_id,
                        f"no font has {' '.join(missing[:10])}")
            )  # fmt: skip
        else:
            printable.append(each)
        made.append(Made(each, tuple(files), missing))
    if desk.params["email"]:
        mailings = [
            Mailing(each.statement.recipient.customer_id, name, each.files, About.STATEMENT)
            for name, each in zip(names, made, strict=True)
        ]
        desk.findings += add_drafts(desk.ledger, desk.request, box, mailings)
    desk.outboxes.append(box)
    if wish.to_print and printable:
        stack = desk.shelf().free(f"{folder} to print")
        everyone = Paper("All statements.pdf", partial(statement_pdf, making, printable, True))
        desk.outboxes.append(Outbox(stack, [everyone]))
    return made


def statement_pdf(making: Making, papers: list[Statement], both_sides: bool = False) -> bytes:
    """The bytes of one PDF; its properties name the company alone."""
    sender = making.sender
    said = sender.wording(papers[0].recipient.language if len(papers) == 1 else "")
    return pdf(
        [statement_pages(making, each) for each in papers],
        page_size(sender.settings.base_currency),
        said.say(TITLE), sender.name, sender.logo, both_sides,
    )  # fmt: skip


def texts_of(making: Making, statement: Statement) -> list[str]:
    """Everything on a statement that somebody typed."""
    who = statement.recipient
    texts = [who.customer_id, who.name, who.contact, who.address]
    for section in statement.sections:
        for account in section.accounts:
            texts += [account.customer_id, making.names.get(account.customer_id, "")]
            texts += account.lines.number.tolist() + account.lines.reference.tolist()
            texts += account.moves.number.tolist() + account.moves.reference.tolist()
    return texts


def _activities(desk: Desk, made: list[Made], folder: str) -> Frame:
    """A row for each statement: made, and not sent yet."""
    columns: dict[str, Any] = {
        "customer_id": text_array(each.statement.recipient.customer_id for each in made),
        "paper": text_array(f"{folder}/{each.files[0]}" for each in made),
        "outcome": text_array("" if owes(each.statement) else NOTHING_DUE for each in made),
    }
    return Frame.build(
        BY_NAME["Activities"], len(made), date=np.full(len(made), day(desk.request.as_of)),
        kind="Statement", by=desk.request.user, **columns,
    )  # fmt: skip
