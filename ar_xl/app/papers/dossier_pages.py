"""Pages of a dossier: a cover sheet, the open invoices, and what happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ar_xl.app.papers import dossier_words as words
from ar_xl.app.papers import statement_words
from ar_xl.app.papers.drawing import MUTED, NAVY, Page
from ar_xl.app.papers.flow import LEFT, RIGHT, Column, Flow, Row
from ar_xl.app.papers.sender import Sender
from ar_xl.app.papers.statement_tables import document_words
from ar_xl.app.papers.wording import Phrase, Wording
from ar_xl.core.arrays import BLANK
from ar_xl.core.dates import day, days_between
from ar_xl.ops.collecting.dossier import Dossier, Event

TOP = 57


@dataclass(frozen=True)
class Handing:
    """Who hands what over to whom.

    Args:
        sender: the company; the dossier is in its language.
        known: about the customer.
        to: `agency` or `legal`.
        reason, by: why, and who says so.
        size: of a page in points.
        enclosed: titles of the papers beside the cover sheet.
    """

    sender: Sender
    known: Dossier
    to: str
    reason: str
    by: str
    size: tuple[int, int]
    enclosed: tuple[Phrase, ...]

    @property
    def said(self) -> Wording:
        """The company's wording."""
        return self.sender.wording("")


def cover_pages(handing: Handing) -> list[Page]:
    """Who hands over whom, why, what is owed by currency, and what is enclosed."""
    said, known = handing.said, handing.known
    flow = _flow(handing, said.say(words.AGENCY if handing.to == "agency" else words.LEGAL))
    _facts(flow, [
        (said.say(words.DATE), said.date(known.as_of)),
        (said.say(words.REASON), handing.reason), (said.say(words.BY), handing.by),
    ])  # fmt: skip
    flow.caption(said.say(words.CREDITOR))
    company = [handing.sender.name, *handing.sender.lines(said.say(words.PHONE))]
    _facts(flow, [("", line) for line in company if line])
    flow.caption(said.say(words.DEBTOR))
    _facts(flow, [
        (label, handing.known.customer.text(key)[0])
        for label, key in (
            ("", "name"), ("", "address"), (said.say(words.CUSTOMER_NO), "customer_id"),
            (said.say(words.CONTACT), "contact"), (said.say(words.PHONE), "phone"),
            (said.say(words.EMAIL), "email"), (said.say(words.JURISDICTION), "jurisdiction"),
        )
    ])  # fmt: skip
    flow.caption(said.say(words.CLAIM))
    _claim(flow, handing)
    flow.caption(said.say(words.ENCLOSED))
    _facts(flow, [("", f"{at}. {said.say(each)}") for at, each in enumerate(handing.enclosed, 2)])
    return _numbered(flow, said)


def invoice_pages(handing: Handing) -> list[Page]:
    """Every open item with its facts, a table a currency."""
    said, items = handing.said, handing.known.items
    flow = _flow(handing, said.say(words.INVOICES))
    room = flow.right - flow.left
    heads = ((statement_words.DOCUMENT, 104), (words.DATE, 52), (statement_words.DUE, 52),
             (statement_words.DAYS, 32), (words.REFERENCE, room - 464),
             (statement_words.ORIGINAL, 58), (statement_words.PAID, 54), (words.OPEN, 58),
             (words.DISPUTED, 54))  # fmt: skip
    columns = [Column(said.say(head), width, at in (3, 5, 6, 7, 8))
               for at, (head, width) in enumerate(heads)]  # fmt: skip
    days = days_between(day(handing.known.as_of), items.due_date)
    for currency in sorted(set(items.currency)):
        flow.caption(currency)
        flow.y += 2
        rows = []
        mine = np.flatnonzero(items.currency == currency)
        for i in mine.tolist():
            document = items.documents.take(items.document[i : i + 1])
            references = (document.text("po")[0], document.text("reference")[0])
            money = (int(items.amount[i]), int(items.applied[i]), int(items.open[i]),
                     int(handing.known.contested[i]))  # fmt: skip
            lines = int((items.invoice_no == items.invoice_no[i]).sum())
            rows.append(Row(
                (document_words(said, handing.known.types[i], items.invoice_no[i],
                                int(items.line[i]),
                                max(lines, int(items.line[i]))),
                 said.date(items.invoice_date[i]), said.date(items.due_date[i]),
                 str(days[i]) if days[i] > 0 else "", " / ".join(filter(None, references)),
                 *(said.amount(each, currency) if each else "" for each in money)),
                note=" · ".join(filter(None, (items.terms[i], document.text("description")[0]))),
            ))  # fmt: skip
        sums = (int(items.amount[mine].sum()), int(items.applied[mine].sum()),
                int(items.open[mine].sum()), int(handing.known.contested[mine].sum()))  # fmt: skip
        total = said.say(statement_words.TOTAL)
        rows.append(Row((total, "", "", "", "", *(said.amount(each, currency) for each in sums)),
                        strong=True))  # fmt: skip
        flow.table(columns, rows)
    if not len(items):
        flow.caption(said.say(statement_words.NOTHING_OPEN))
    return _numbered(flow, said)


def history_pages(handing: Handing) -> list[Page]:
    """What happened, in the order of days."""
    said = handing.said
    flow = _flow(handing, said.say(words.HISTORY))
    room = flow.right - flow.left
    columns = [
        Column(said.say(words.DATE), 58), Column(said.say(words.WHAT), 105),
        Column(said.say(words.ABOUT), 90), Column(said.say(words.DETAILS), room - 333),
        Column(said.say(words.AMOUNT), 80, right=True),
    ]  # fmt: skip
    flow.table(columns, [_event(said, event) for event in handing.known.events])
    return _numbered(flow, said)


def _event(said: Wording, event: Event) -> Row:
    state = said.say(words.STATES[event.state]) if event.state else ""
    due = said.say(words.BY_DAY, day=said.date(event.due)) if event.due else ""
    amount = said.money(event.amount, event.currency) if event.amount != BLANK else ""
    return Row((said.date(event.on), said.say(words.KINDS[event.kind]), event.about,
                " · ".join(filter(None, (event.words, due, state))), amount))  # fmt: skip


def _claim(flow: Flow, handing: Handing) -> None:
    """What is owed, a line a currency; the total alone can be misread where things are disputed."""
    said, known = handing.said, handing.known
    items, late = known.items, known.overdue
    heads = (words.CURRENCY, words.OPEN, words.PAST_DUE, words.DISPUTED, words.CREDITS,
             words.OLDEST)  # fmt: skip
    columns = [Column(said.say(head), (flow.right - flow.left) // 6, 0 < at < 5)
               for at, head in enumerate(heads)]  # fmt: skip
    rows = []
    for currency in sorted({*items.currency, *known.left.currency}):
        mine = items.currency == currency
        unapplied = known.left.unapplied[known.left.currency == currency]
        sums = (items.open[mine], items.open[mine & late], known.contested[mine], unapplied)
        due = items.due_date[mine & late]
        rows.append(Row((currency, *(said.amount(int(each.sum()), currency) for each in sums),
                         said.date(due.min()) if len(due) else "")))  # fmt: skip
    flow.y += 2
    flow.table(columns, rows)


def _facts(flow: Flow, facts: list[tuple[str, str]]) -> None:
    """Labels and what is said of them; what is empty is left out."""
    flow.y -= 2
    for label, text in facts:
        if not text.strip():
            continue
        flow.room_for(26)
        flow.page.text(flow.left, flow.y + 10, label, 85, color=MUTED)
        room = flow.right - flow.left - 120
        flow.y = flow.page.paragraph(flow.left + 120, flow.y + 10, text, room, 90) - 8


def _flow(handing: Handing, title: str) -> Flow:
    """Pages that say on top whose they are."""
    row = handing.known.customer
    who = " · ".join(filter(None, (row.text("name")[0], row.text("customer_id")[0])))
    flow = Flow(handing.size, _following(handing, title, who))
    right = handing.size[0] - RIGHT
    flow.page.text(LEFT, TOP, handing.sender.name, 85, color=MUTED)
    flow.page.text(right, TOP, handing.said.date(handing.known.as_of), 85, color=MUTED,
                   align="right")  # fmt: skip
    y = flow.page.paragraph(LEFT, TOP + 30, title, right - LEFT, 160, bold=True, color=NAVY)
    flow.y = flow.page.paragraph(LEFT, y, who, right - LEFT, 100, bold=True)
    return flow


def _following(handing: Handing, title: str, who: str) -> Callable[[Page], int]:
    def begin(page: Page) -> int:
        room = handing.size[0] - RIGHT - LEFT
        return page.paragraph(LEFT, TOP, f"{title} · {who}", room, 85, color=MUTED) + 4

    return begin


def _numbered(flow: Flow, said: Wording) -> list[Page]:
    for number, page in enumerate(flow.pages, 1):
        text = said.say(words.PAGE, page=str(number), pages=str(len(flow.pages)))
        page.text(flow.right, flow.size[1] - 30, text, 75, color=MUTED, align="right")
    return flow.pages
