"""A statement laid out on pages: letterhead, address for a window envelope, tables, slip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ar_xl.app.papers import statement_words as words
from ar_xl.app.papers.drawing import (
    ALERT,
    MUTED,
    NAVY,
    SHADE,
    Box,
    Page,
    Picture,
    Rule,
    page_size,
)
from ar_xl.app.papers.flow import BOTTOM, LEFT, RIGHT, Flow
from ar_xl.app.papers.sender import Sender
from ar_xl.app.papers.slip import draw_slip
from ar_xl.app.papers.statement_tables import (
    aging_cells,
    agreed_sentences,
    item_columns,
    item_rows,
    move_columns,
    move_rows,
    totals,
)
from ar_xl.app.papers.wording import Wording
from ar_xl.ops.statements.accounts import Account
from ar_xl.ops.statements.deciding import Asked, Recipient, Section, Statement

ADDRESS_AT, ADDRESS_WIDTH = 142, 240  # 50 mm from the top: the window of DL and US #10 envelopes
BODY_AT = 236

# Sentences below the totals of a section: what paying late costs.
Notice = Callable[[Recipient, Section, Wording], tuple[str, ...]]


@dataclass(frozen=True)
class Making:
    """What all statements of a run have in common.

    Args:
        sender: who writes.
        asked: what was asked for.
        names: of all customers by ID; an account shows that of its own customer alone.
        notice: see `Notice`.
    """

    sender: Sender
    asked: Asked
    names: dict[str, str]
    notice: Notice


def statement_pages(made: Making, statement: Statement) -> list[Page]:
    """The pages of one statement, each numbered."""
    said = made.sender.wording(statement.recipient.language)
    size = page_size(made.sender.settings.base_currency)
    flow = Flow(size, partial(_follow, made, statement, said, size))
    flow.y = _first(made, statement, said, flow)
    for at, section in enumerate(statement.sections):
        if at:
            flow.turn()
        _section(made, statement, section, said, flow)
    count = len(flow.pages)
    for number, page in enumerate(flow.pages, 1):
        label = said.say(words.PAGE, page=str(number), pages=str(count))
        y = size[1] - BOTTOM + 26
        page.text(size[0] - RIGHT, y, label, 70, color=MUTED, align="right")
        page.text(LEFT, y, made.sender.name, 70, color=MUTED)
    return flow.pages


def _follow(
    made: Making, statement: Statement, said: Wording, size: tuple[int, int], page: Page
) -> int:
    """The top of a following page."""
    who = statement.recipient
    title = f"{said.say(words.TITLE)}, {said.date(made.asked.as_of)}"
    page.text(LEFT, 46, title, 90, bold=True, color=NAVY)
    below = page.paragraph(LEFT, 58, f"{who.name} · {who.customer_id}", size[0] - LEFT - RIGHT,
                           80, color=MUTED)  # fmt: skip
    page.marks.append(Rule(LEFT, below - 6, size[0] - RIGHT, below - 6))
    return below + 2


def _first(made: Making, statement: Statement, said: Wording, flow: Flow) -> int:
    """Letterhead, address and summary; the y below them."""
    sender, page, who = made.sender, flow.page, statement.recipient
    half = (flow.right - flow.left) // 2
    if sender.logo:
        page.marks.append(Picture(flow.left, 34, half - 20, 46))
        below = 96
    else:
        below = page.paragraph(flow.left, 52, sender.name, half + 40, 150, bold=True, color=NAVY)
    y = 44
    for line in ([sender.name] if sender.logo else []) + sender.lines(said.say(words.PHONE)):
        y = page.paragraph(flow.right, y, line, half - 10, 80, color=MUTED, align="right")
    below = max(below, y, ADDRESS_AT - 14)
    below = page.paragraph(flow.left, below, sender.return_address, ADDRESS_WIDTH, 60, color=MUTED)
    page.marks.append(Rule(flow.left, below - 5, flow.left + ADDRESS_WIDTH, below - 5))
    y = below + 8
    for line in (who.name or who.customer_id, who.contact, *who.address.splitlines()):
        if line.strip():
            y = page.paragraph(flow.left, y, line.strip(), ADDRESS_WIDTH, 100)
    return max(_card(made, statement, said, flow, below - 16), y + 16, BODY_AT)


def _card(made: Making, statement: Statement, said: Wording, flow: Flow, top: int) -> int:
    """The title, and what the statement comes to, on the right; the y below them."""
    page, asked = flow.page, made.asked
    facts = [(words.DATE_OF, said.date(asked.as_of)),
             (words.CUSTOMER, statement.recipient.customer_id)]  # fmt: skip
    if asked.since:
        period = said.say(words.FROM_TO, first=said.date(asked.since), last=said.date(asked.as_of))
        facts.append((words.PERIOD, period))
    lines = [(said.say(phrase), text, False) for phrase, text in facts]
    for section in statement.sections:
        total = words.TOTAL_DUE if section.total >= 0 else words.IN_FAVOUR
        amount = said.money(abs(section.total), section.currency)
        lines.append((said.say(total), amount, True))
        if section.past_due:
            past = said.money(section.past_due, section.currency)
            lines.append((said.say(words.PAST_DUE), past, False))
    left = flow.left + ADDRESS_WIDTH + 24
    page.text(left, top + 12, said.say(words.TITLE), 150, bold=True, color=NAVY)
    y = top + 32
    for label, text, strong in lines:
        page.text(left, y, label, 85, color=MUTED)
        below = page.paragraph(flow.right, y, text, flow.right - left - 84, 95 if strong else 85,
                               bold=strong, align="right")  # fmt: skip
        y = max(below, y + 13)
    return y + 8


def _section(
    made: Making, statement: Statement, section: Section, said: Wording, flow: Flow
) -> None:
    """Everything in one currency: the accounts, what is due, its age, the slip."""
    own = statement.recipient.customer_id
    several = len(section.accounts) > 1 or section.accounts[0].customer_id != own
    for account in section.accounts:
        name = made.names.get(account.customer_id) or account.customer_id
        of = said.say(words.ACCOUNT_OF, name=f"{name} ({account.customer_id})") if several else ""
        _account(made, account, of, said, flow)
        if several:
            _sums(flow, [(said.say(words.TOTAL), account.total, False)], section.currency, said)
    _sums(flow, totals(said, section), section.currency, said)
    _aging(made, section, said, flow)
    sentences = [*agreed_sentences(said, section), *made.notice(statement.recipient, section, said)]
    for sentence in sentences:
        flow.room_for(26)
        flow.y = flow.page.paragraph(flow.left, flow.y + 12, sentence, flow.right - flow.left) - 6
    draw_slip(flow, made.sender, made.asked.as_of, statement.recipient, section, said)


def _account(made: Making, account: Account, of: str, said: Wording, flow: Flow) -> None:
    room = flow.right - flow.left
    head = words.ACTIVITY if made.asked.since else words.OPEN_ITEMS
    caption = f"{said.say(head)}, {account.currency}"
    flow.caption(f"{of}: {caption}" if of else caption)
    if made.asked.since:
        rows = move_rows(said, account, said.date(made.asked.since), said.date(made.asked.as_of))
        flow.table(move_columns(said, room), rows)
        return
    debits = item_rows(said, account.currency, account.lines, credits=False)
    credits = item_rows(said, account.currency, account.lines, credits=True)
    if debits:
        flow.table(item_columns(said, room), debits)
    if credits:
        flow.caption(said.say(words.UNAPPLIED))
        flow.table(item_columns(said, room, credits=True), credits)
    if not debits and not credits:
        flow.page.text(flow.left, flow.y + 12, said.say(words.NOTHING_OPEN))
        flow.y += 22


def _sums(flow: Flow, sums: list[tuple[str, int, bool]], currency: str, said: Wording) -> None:
    """Labels and amounts on the right, the total in a band."""
    flow.room_for(16 * len(sums) + 10)
    flow.y += 6
    left = flow.right - 290
    for label, minor, strong in sums:
        if strong:
            flow.page.marks.append(Box(left, flow.y, flow.right - left, 16, SHADE))
        size = 95 if strong else 85
        flow.page.text(left + 6, flow.y + 11, label, size, bold=strong)
        amount = said.money(minor, currency)
        flow.page.text(flow.right - 4, flow.y + 11, amount, size, bold=strong, align="right")
        flow.y += 16 if strong else 14


def _aging(made: Making, section: Section, said: Wording, flow: Flow) -> None:
    caption, cells = aging_cells(said, made.sender.settings, section)
    flow.room_for(54)
    flow.y += 18
    flow.page.text(flow.left, flow.y, caption, 75, color=MUTED)
    flow.y += 5
    width = (flow.right - flow.left) // len(cells)
    flow.page.marks.append(Box(flow.left, flow.y, flow.right - flow.left, 14, SHADE))
    for at, (head, minor) in enumerate(cells):
        right = flow.left + width * (at + 1) - 4
        late = 0 < at < len(cells) - 2 and minor > 0
        flow.page.text(right, flow.y + 10, head, 75, bold=True, align="right")
        flow.page.text(right, flow.y + 26, said.amount(minor, section.currency), 80,
                       align="right", bold=at == len(cells) - 1,
                       **({"color": ALERT} if late else {}))  # fmt: skip
    flow.y += 32
