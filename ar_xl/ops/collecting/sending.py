"""Made and sent are different things: rows of Activities for papers, and marking them as done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from ar_xl.core.arrays import codes_of, text_array
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Derived, Ledger, Request
from ar_xl.core.money import totals_shown
from ar_xl.core.tables import BY_NAME
from ar_xl.ops.collecting.events import LETTER_KINDS, waiting
from ar_xl.ops.collecting.letterlist import Letter, Letters
from ar_xl.ops.collecting.letters import letters
from ar_xl.ops.settlements import day_numbers


def folder_of(paper: str) -> str:
    """The outbox that a paper lies in: `Letters 2026-10-31/First reminder ACME.docx`."""
    return paper.partition("/")[0]


def unsent(ledger: Ledger, as_of: date, kinds: Sequence[str]) -> Frame:
    """Rows of Activities whose paper was made by a date and not marked as sent.

    Args:
        ledger: its Activities.
        as_of: papers made after it are left out.
        kinds: Letter, Email, Statement.
    """
    rows = ledger.posted("Activities")
    mine = waiting(rows) & np.isin(rows.text("kind").astype(str), kinds)
    return rows.take(mine & (rows.dates("date") <= day(as_of)))


def replaced_statements(rows: Frame) -> dict[int, int]:
    """Statements that were made again for the same customer and day, by the newest of them.

    Args:
        rows: of Activities, as they stand in the sheet.

    Returns:
        The sheet row of each older one, with the index of the newest.
    """
    mine = np.flatnonzero((rows.text("kind") == "Statement") & (rows.text("paper") != ""))
    (customer,), _ = codes_of(rows.text("customer_id")[mine])
    on = day_numbers(rows.dates("date")[mine])
    newest = {
        (int(who), int(day_)): int(i) for who, day_, i in zip(customer, on, mine, strict=True)
    }
    return {
        int(rows.row[i]): newest[int(who), int(day_)]
        for who, day_, i in zip(customer, on, mine, strict=True)
        if newest[int(who), int(day_)] != i
    }


def overtaken(ledger: Ledger, as_of: date) -> dict[int, str]:
    """Letters that wait and would not be made any more: paid since, disputed, on a plan, blocked.

    One that asks for more than is left of it, because a part was paid since, is among them.

    Args:
        ledger: as it stands now.
        as_of: the day they would go out.

    Returns:
        The sheet row of each in Activities, with why. A letter that names no step is not judged.
    """
    rows = unsent(ledger, date.max, LETTER_KINDS)
    rows = rows.take(rows.text("step") != "")
    if not len(rows):
        return {}
    run = letters(ledger, as_of)
    less = _asked_for_less(ledger, run)
    stands = {letter.row for letter in run.waiting if letter.row not in less}
    why = {each.customer_id: each.why for each in run.left_out}
    why |= {each.customer_id: f"the letter now is {each.step}"
            for each in (*run.waiting, *run.now)}  # fmt: skip
    found = zip(rows.row.tolist(), rows.text("customer_id").tolist(), strict=True)
    gone = "nothing that it is about is open any more"
    return {row: less.get(row) or why.get(customer, gone)
            for row, customer in found if row not in stands}  # fmt: skip


def _asked_for_less(ledger: Ledger, run: Letters) -> dict[int, str]:
    """Letters that ask for more than is left of the same items, by their row, with what is."""
    left_now = _left(run)
    found: dict[int, str] = {}
    for made in sorted({each.made for each in run.waiting if each.made}):
        if made >= run.as_of:
            continue
        then = letters(ledger, made)
        left_then, items = _left(then), then.late.items
        for letter in then.waiting:
            for each in letter.sums:
                keys = [(str(items.invoice_no[i]), int(items.line[i])) for i in each.rows]
                before = sum(left_then[key] for key in keys)
                after = sum(left_now.get(key, 0) for key in keys)
                if after < before:
                    found[letter.row] = (
                        f"of {totals_shown({each.currency: before})} that it asks for, "
                        f"{totals_shown({each.currency: after})} is left"
                    )
    return found


def _left(run: Letters) -> dict[tuple[str, int], int]:
    items = run.late.items
    keys = zip(items.invoice_no.tolist(), items.line.tolist(), strict=True)
    return dict(zip(keys, run.late.left.tolist(), strict=True))


def mark_sent(rows: Frame, on: date) -> Change:
    """Mark rows of Activities as done: this cell of theirs, and nothing else in them.

    Args:
        rows: as they stand, such as `unsent` gives them; none is no change.
        on: the day they were sent.
    """
    if not len(rows):
        return Change()
    days = np.full(len(rows), day(on))
    return Change(derived=(Derived("Activities", "done_on", rows.row, days),))


def record(request: Request, made: Sequence[Letter], papers: Sequence[str]) -> Change:
    """The rows of Activities for letters that are made now.

    A letter whose paper waited has its row changed: one letter is one row. The cells that say
    otherwise are written, and no others: a user's formula in that row stays one.

    Args:
        request: the date and who runs it.
        made: the letters.
        papers: where each is, `folder/file`.
    """
    again = sorted((i for i, each in enumerate(made) if each.paper), key=lambda i: made[i].row)
    new = [i for i, letter in enumerate(made) if not letter.paper]
    table = BY_NAME["Activities"]
    appended = Frame.build(
        table, len(new),
        date=np.full(len(new), day(request.as_of)),
        customer_id=text_array(made[i].customer_id for i in new),
        kind=text_array(made[i].kind for i in new),
        step=text_array(made[i].step for i in new),
        outcome=text_array(_about(made[i]) for i in new),
        paper=text_array(papers[i] for i in new),
        by=request.user,
    )  # fmt: skip
    changed = {
        "date": np.full(len(again), day(request.as_of)),
        "outcome": text_array(_about(made[i]) for i in again),
        "paper": text_array(papers[i] for i in again),
        "by": text_array(request.user for _ in again),
    }
    rows = np.array([made[i].row for i in again], dtype=np.int64)
    return Change(
        appends={"Activities": appended} if new else {},
        derived=tuple(Derived("Activities", key, rows, values) for key, values in changed.items())
        if again else (),
    )  # fmt: skip


def _about(letter: Letter) -> str:
    """What the letter is about, so that it is not written about twice."""
    if letter.returned is not None:
        return f"About {letter.returned.adjustment_no}: {letter.returned.receipt_no} came back"
    if letter.promise is not None:
        return f"About the promise for {letter.promise.due}"
    return ""
