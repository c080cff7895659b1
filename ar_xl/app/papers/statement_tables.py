"""The tables of a statement as texts: open items, activity, totals, aging, what was agreed."""

from __future__ import annotations

from ar_xl.app.papers import statement_words as words
from ar_xl.app.papers.flow import Column, Row
from ar_xl.app.papers.wording import Wording
from ar_xl.core.settings import Settings
from ar_xl.ops.statements.accounts import Account, Lines
from ar_xl.ops.statements.deciding import Section
from ar_xl.ops.statements.moves import FOR_OTHERS, Moves


def item_columns(said: Wording, room: int, credits: bool = False) -> tuple[Column, ...]:
    """The columns of open items, or of credits; the reference takes the room that is left."""
    fixed = (118, 54, 54, 0, 62, 56, 62, 34)
    widths = [width or room - sum(fixed) for width in fixed]
    heads = (words.DOCUMENT, words.DATE, words.DUE, words.REFERENCE, words.ORIGINAL,
             words.USED if credits else words.PAID, words.OPEN, words.DAYS)  # fmt: skip
    return tuple(
        Column(said.say(head), width, right=at > 3)
        for at, (head, width) in enumerate(zip(heads, widths, strict=True))
    )


def document_words(said: Wording, kind: str, number: str, line: int = 1, lines: int = 1) -> str:
    """A document as the customer knows it: `Invoice INV-7, part 2 of 4`."""
    name = f"{words.kind_words(said, kind)} {number}".strip()
    if lines < 2:
        return name
    return f"{name}, {said.say(words.OF_LINES, line=str(line), lines=str(lines))}"


def item_rows(said: Wording, currency: str, lines: Lines, credits: bool) -> list[Row]:
    """Open items, or the credits that stand against them.

    Args:
        said: the customer's wording.
        currency: of the amounts.
        lines: of one account.
        credits: those with negative amounts, or the others.
    """
    rows = []
    for at in range(len(lines)):
        owed_back = lines.kind[at] in ("Receipt", "Credit Memo")
        if owed_back != credits:
            continue
        days, contested = int(lines.days[at]), int(lines.disputed[at])
        amount, paid, left = (
            said.amount(int(values[at]), currency)
            for values in (lines.amount, lines.paid, lines.open)
        )
        note = said.say(words.IN_DISPUTE, amount=said.money(contested, currency))
        rows.append(
            Row(
                (
                    document_words(said, lines.kind[at], lines.number[at], int(lines.line[at]),
                                   int(lines.lines[at])),
                    said.date(lines.date[at]), said.date(lines.due_date[at]), lines.reference[at],
                    amount, paid if lines.paid[at] else "", left, str(days) if days > 0 else "",
                ),
                note if contested else "",
            )
        )  # fmt: skip
    return rows


def move_columns(said: Wording, room: int) -> tuple[Column, ...]:
    """The columns of activity."""
    fixed = (54, 0, 54, 74, 64, 64, 66)
    widths = [width or room - sum(fixed) for width in fixed]
    heads = (words.DATE, words.DOCUMENT, words.DUE, words.REFERENCE, words.CHARGES, words.CREDITS,
             words.BALANCE)  # fmt: skip
    return tuple(
        Column(said.say(head), width, right=at > 3)
        for at, (head, width) in enumerate(zip(heads, widths, strict=True))
    )


def move_words(said: Wording, moved: Moves, at: int) -> str:
    """What a move is called, with the number of the customer's own document."""
    number = "" if moved.kind[at] == FOR_OTHERS else moved.number[at]
    return f"{words.kind_words(said, moved.kind[at], bool(moved.undone[at]))} {number}".strip()


def move_rows(said: Wording, account: Account, first: str, last: str) -> list[Row]:
    """Balance brought forward, every move with the balance after it, and the closing balance.

    Args:
        said: the customer's wording.
        account: whose moves.
        first, last: the days before the first move and of the balance, as the language writes.
    """
    code, moved, balance = account.currency, account.moves, account.brought_forward
    rows = [
        Row((first, said.say(words.BROUGHT_FORWARD), "", "", "", "", said.amount(balance, code)),
            strong=True)
    ]  # fmt: skip
    for at in range(len(moved)):
        amount = int(moved.amount[at])
        balance += amount
        charge, credit = (amount, 0) if amount > 0 else (0, -amount)
        rows.append(
            Row((
                said.date(moved.date[at]), move_words(said, moved, at),
                said.date(moved.due_date[at]), moved.reference[at],
                said.amount(charge, code) if charge else "",
                said.amount(credit, code) if credit else "", said.amount(balance, code),
            ))
        )  # fmt: skip
    assert balance == account.total, f"{balance} is not {account.total}"
    closing = said.amount(balance, code)
    rows.append(Row((last, said.say(words.CLOSING), "", "", "", "", closing), strong=True))
    return rows


def totals(said: Wording, section: Section) -> list[tuple[str, int, bool]]:
    """What is due of a section: label, minor units, and whether it is the total."""
    due = section.total
    found = [(words.SUM_OPEN, due - section.unapplied, False)] if section.unapplied else []
    if section.unapplied:
        found.append((words.LESS_CREDITS, section.unapplied, False))
    found.append((words.TOTAL_DUE if due >= 0 else words.IN_FAVOUR, abs(due), True))
    if due > 0:
        found.append((words.PAST_DUE, section.past_due, False))
    if section.disputed:
        found.append((words.DISPUTED, section.disputed, False))
    return [(said.say(phrase), amount, strong) for phrase, amount, strong in found]


def aging_cells(
    said: Wording, settings: Settings, section: Section
) -> tuple[str, list[tuple[str, int]]]:
    """The line above the aging, and its headings with their amounts."""
    phrase = words.AGE_BY_DUE if settings.aging_basis == "due" else words.AGE_BY_INVOICE
    heads = words.bucket_words(said, settings.aging_edges, settings.aging_basis)
    amounts = (*section.buckets, section.unapplied, section.total)
    caption = said.say(phrase, currency=section.currency)
    return caption, list(zip(heads, amounts, strict=True))


def agreed_sentences(said: Wording, section: Section) -> list[str]:
    """Promises that stand and the next payment of plans, one sentence each."""
    made = []
    for each in section.agreed:
        values = {"amount": said.money(each.amount, each.currency), "day": said.date(each.due)}
        if each.plan_no:
            made.append(said.say(words.ON_PLAN, plan=each.plan_no, **values))
        elif each.invoice_no:
            made.append(said.say(words.PROMISED_FOR, number=each.invoice_no, **values))
        else:
            made.append(said.say(words.PROMISED, **values))
    return made
