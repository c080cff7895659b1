"""The remittance slip at the foot of a statement, to be cut off and sent with the payment."""

from __future__ import annotations

from datetime import date

from ar_xl.app.papers import statement_words as words
from ar_xl.app.papers.drawing import MUTED, NAVY, Box, Rule
from ar_xl.app.papers.flow import Flow
from ar_xl.app.papers.sender import Sender
from ar_xl.app.papers.typefaces import clean, width, wrapped
from ar_xl.app.papers.wording import Wording
from ar_xl.ops.statements.deciding import Recipient, Section

_COLUMNS, _STEP = (3, 2, 1), 12
_BESIDE = 92  # points that box and amount take beside a number


def draw_slip(
    flow: Flow,
    sender: Sender,
    as_of: date,
    recipient: Recipient,
    section: Section,
    said: Wording,
) -> None:
    """Draw the slip at the foot of the page, or of the next where it does not fit.

    Args:
        flow: where the statement stands.
        sender: whom to pay.
        as_of: the date of the statement.
        recipient: who pays.
        section: what; a slip that asks for nothing says so in one line.
        said: the customer's wording.
    """
    if section.total <= 0:
        flow.room_for(24)
        flow.page.text(flow.left, flow.y + 16, said.say(words.NO_PAYMENT), 90, bold=True)
        flow.y += 24
        return
    items = _to_tick(section, said)
    half = (flow.right - flow.left) // 2
    pay_to = (sender.settings.pay_to or sender.name).splitlines()
    to = [line for text in pay_to for line in wrapped(clean(text), half - 16, 85)]
    columns = _columns(flow, items)
    rows = -(-len(items) // columns)
    head = 44 + max(12 * (len(to) + 1), 58)
    height = head + _STEP * rows + 8
    flow.room_for(min(height, flow.bottom - 90))
    flow.y = max(flow.y + 14, flow.bottom - height)
    flow.page.marks.append(Rule(flow.left, flow.y, flow.right, flow.y, MUTED, dashed=True))
    flow.page.text(flow.left, flow.y + 18, said.say(words.SLIP), 110, bold=True, color=NAVY)
    flow.page.text(flow.left, flow.y + 30, said.say(words.SLIP_HINT), 75, color=MUTED)
    _facts(flow, as_of, recipient, section, said, flow.left + half + 10)
    flow.page.text(flow.left, flow.y + 46, said.say(words.PAY_TO), 75, color=MUTED)
    for at, line in enumerate(to):
        flow.page.text(flow.left, flow.y + 58 + 12 * at, line, 85)
    flow.y += head
    _ticks(flow, items, columns)


def _facts(
    flow: Flow, as_of: date, recipient: Recipient, section: Section, said: Wording, left: int
) -> None:
    """Who pays, of which statement, and how much."""
    y = flow.y + 18
    for phrase, text, strong in (
        (words.CUSTOMER, recipient.customer_id, False),
        (words.DATE_OF, said.date(as_of), False),
        (words.AMOUNT_DUE, said.money(section.total, section.currency), True),
    ):
        flow.page.text(left, y, said.say(phrase), 85, color=MUTED)
        flow.page.text(flow.right, y, text, 95 if strong else 85, bold=strong, align="right")
        y += 15
    flow.page.text(left, y + 9, said.say(words.AMOUNT_PAID), 85, color=MUTED)
    flow.page.marks.append(Box(left + 110, y - 4, flow.right - left - 110, 18))


def _to_tick(section: Section, said: Wording) -> list[tuple[str, str]]:
    """Number and open amount of everything that may be paid."""
    return [
        (
            f"{lines.number[at]} {lines.line[at]}/{lines.lines[at]}"
            if lines.lines[at] > 1
            else str(lines.number[at]),
            said.amount(int(lines.open[at]), section.currency),
        )
        for lines in (account.lines for account in section.accounts)
        for at in range(len(lines))
        if lines.open[at] > 0
    ]


def _columns(flow: Flow, items: list[tuple[str, str]]) -> int:
    """How many columns of boxes there may be, so that the longest number stands in one line."""
    longest = max((width(clean(number), 80) for number, _ in items), default=0) // 1000
    room = flow.right - flow.left
    return next((count for count in _COLUMNS if longest <= room // count - _BESIDE), 1)


def _ticks(flow: Flow, items: list[tuple[str, str]], columns: int) -> None:
    """Boxes to tick, column by column, on as many pages as they take."""
    wide = (flow.right - flow.left) // columns
    while items:
        rows = max((flow.bottom - flow.y) // _STEP, 1)
        rows = min(rows, -(-len(items) // columns))
        for at, (number, amount) in enumerate(items[: rows * columns]):
            column, row = divmod(at, rows)
            x, y = flow.left + wide * column, flow.y + _STEP * row
            flow.page.marks.append(Box(x, y + 1, 8, 8))
            flow.page.text(x + 13, y + 8, number, 80)
            flow.page.text(x + wide - 16, y + 8, amount, 80, align="right")
        items = items[rows * columns :]
        flow.y += _STEP * rows
        if items:
            flow.turn()
            flow.y += 8
