"""Letters: who gets which letter, and who gets none and why (semantics, section 8).

At most one letter a customer and run, the most serious first: the account was handed over, a
payment came back, a promise was broken, the account is on hold, else the next step of the ladder.
What somebody noted to do on a day comes before all of these but the first, as on the call list.
Disputed amounts, unapplied credits and what a standing promise covers are not asked for. What was
made and not sent waits: it is not made a second time unless somebody wants it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, text_array
from ar_xl.core.dates import as_date, day
from ar_xl.core.ledger import Ledger
from ar_xl.core.policy import LadderStep
from ar_xl.ops.collecting.chasing import Chased, chased
from ar_xl.ops.collecting.events import (
    CREDIT_HOLD,
    HAND_OVER,
    PROMISE_BROKEN,
    RETURNED,
    BrokenPromise,
    Returned,
    Written,
    broken_promises,
    returned_payments,
)
from ar_xl.ops.collecting.ladder import before_due, next_steps
from ar_xl.ops.collecting.letterlist import Asked, LeftOut, Letter, Letters, Wanted
from ar_xl.ops.collecting.payers import STATUSES_LEFT_OUT
from ar_xl.ops.collecting.promises import STANDING
from ar_xl.ops.collecting.scheduled import Scheduled, scheduled
from ar_xl.ops.customers import customer_values

PAPER_ACTIONS = {"letter": "Letter", "email": "Email"}  # of the ladder, with the kind of activity
HANDED_OVER = ("Agency", "Legal")


@dataclass
class _Run:
    """What is known while letters are chosen; one element of `steps` a customer."""

    ledger: Ledger
    as_of: date
    late: Chased
    overdue: BoolArray
    coming: IntArray
    customers: TextArray
    status: TextArray
    block: TextArray
    step: IntArray
    ripe_on: np.ndarray[tuple[int], np.dtype[np.datetime64]]
    written: Written
    returned: dict[str, Returned]
    broken: dict[str, BrokenPromise]
    promise_due: dict[str, date]
    noted: Scheduled
    noted_at: IntArray
    left: IntArray = field(init=False)

    def __post_init__(self) -> None:
        """What is left of each item."""
        self.left = self.late.left

    @property
    def ladder(self) -> tuple[LadderStep, ...]:
        """The steps of the reminder."""
        return self.ledger.policy.ladder


def letters(ledger: Ledger, as_of: date, wanted: Wanted | None = None) -> Letters:
    """Choose the letters of a date.

    Args:
        ledger: posted rows count, and Activities, Disputes and Customers as they stand.
        as_of: the date; nothing after it counts.
        wanted: whose letters; all where left out.
    """
    wanted = wanted or Wanted()
    run = _run(ledger, as_of)
    now: list[Letter] = []
    waiting: list[Letter] = []
    left_out: list[LeftOut] = []
    for at, mine in _by_customer(run, wanted):
        chosen = _choose(run, at, mine)
        if chosen is None or (wanted.step and getattr(chosen, "step", "") != wanted.step):
            continue
        if isinstance(chosen, Letter) and chosen.paper and not wanted.again:
            waiting.append(chosen)
            continue
        if isinstance(chosen, Letter):
            noted = _noted(run, at, chosen)
            chosen = LeftOut(chosen.customer_id, noted, chosen.sums) if noted else chosen
        if isinstance(chosen, LeftOut):
            left_out.append(chosen)
        else:
            now.append(chosen)
    return Letters(as_of, run.late, tuple(now), tuple(waiting), tuple(left_out))


def _run(ledger: Ledger, as_of: date) -> _Run:
    late = chased(ledger, as_of, coming=True)
    items = late.items
    overdue = np.asarray(items.due_date < day(as_of))
    customers = text_array(sorted(set(items.customer_id.tolist())))
    place = {str(name): i for i, name in enumerate(customers)}
    oldest = np.full(len(customers), day(as_of))
    owed = np.flatnonzero(overdue & (late.left > 0))
    owner = np.array([place[str(name)] for name in items.customer_id[owed]], dtype=np.int64)
    np.minimum.at(oldest, owner, items.due_date[owed])
    steps = next_steps(ledger, as_of, customers, oldest, items.invoice_no[overdue])
    standing = late.promises.take(np.flatnonzero(late.promises.state == STANDING))
    by_due = np.argsort(standing.due, kind="stable").tolist()
    noted = scheduled(ledger, as_of)
    return _Run(
        ledger, as_of, late, overdue, before_due(ledger, as_of, items), customers,
        customer_values(ledger, customers, "status"),
        customer_values(ledger, customers, "reminder_block"),
        steps.step, steps.ripe_on, Written.up_to(ledger, as_of),
        returned_payments(ledger, as_of), broken_promises(ledger, as_of),
        {str(standing.customer_id[i]): as_date(standing.due[i]) for i in by_due},
        noted, noted.place(customers),
    )  # fmt: skip


def _by_customer(run: _Run, wanted: Wanted) -> Iterator[tuple[int, IntArray]]:
    """Customers in order, each with its items, oldest first."""
    items = run.late.items
    collector = customer_values(run.ledger, run.customers, "collector")
    order = np.lexsort((items.line, items.due_date, items.customer_id.astype(str)))
    names = items.customer_id[order].astype(str)
    start = np.searchsorted(names, run.customers.astype(str), side="left")
    stop = np.searchsorted(names, run.customers.astype(str), side="right")
    for at, customer in enumerate(run.customers.tolist()):
        if wanted.customer and customer != wanted.customer:
            continue
        if wanted.collector and collector[at].casefold() != wanted.collector.casefold():
            continue
        yield at, order[start[at] : stop[at]]


def _choose(run: _Run, at: int, mine: IntArray) -> Letter | LeftOut | None:
    """The letter of one customer, or why there is none; None where nothing is to be said."""
    customer, status = str(run.customers[at]), str(run.status[at])
    overdue = mine[run.overdue[mine]]
    returned = run.returned.get(customer)
    if returned is not None:
        reopened = np.isin(run.late.items.invoice_no[mine].astype(str), returned.invoices)
        returned = returned if (run.left[mine][reopened] > 0).any() else None
        overdue = overdue if returned is None else mine[run.overdue[mine] | reopened]
    if not len(overdue):
        return _before_due(run, at, mine)
    reason = _left_out(run, at, overdue)
    if reason:
        return LeftOut(customer, reason, _sums(run, overdue))
    event = _event(run, at, overdue, returned)
    if event is not None:
        return event
    if status in HANDED_OVER:
        return LeftOut(customer, STATUSES_LEFT_OUT[status], _sums(run, overdue))
    return _ladder_step(run, at, overdue)


def _noted(run: _Run, at: int, letter: Letter) -> str:
    """What somebody noted to do on a day instead of a letter; "" where nothing, or that letter.

    Only a day holds a letter back: a bank's returns are noted without one. An invitation notes the
    day of a call about what is in dispute, which no letter asks for.
    """
    place = int(run.noted_at[at])
    if place < 0 or letter.step == HAND_OVER:
        return ""
    action, on = str(run.noted.action[place]), run.noted.on[place]
    if np.isnat(on) or run.noted.rows.text("paper")[place].casefold().endswith(".ics"):
        return ""
    what = " ".join(action.casefold().split()).removeprefix("send ")
    what = what.removeprefix("the ").removeprefix("a ")
    meant = what in (letter.step.casefold(), letter.kind.casefold())
    return "" if meant and on <= day(run.as_of) else f"you noted: {action} for {on}"


def _left_out(run: _Run, at: int, rows: IntArray) -> str:
    """Why a customer gets no letter whatever happened; "" where it may get one."""
    customer, status = str(run.customers[at]), str(run.status[at])
    if run.block[at]:
        return f"reminders are blocked: {run.block[at]}"
    if status == "Closed":
        return STATUSES_LEFT_OUT[status]
    late = run.late
    if run.left[rows].sum() <= 0:
        parts = (
            ("disputed", late.contested),
            ("on a payment plan that is kept", late.planned),
            ("covered by unapplied credits", late.netted),
        )
        words = [name for name, amounts in parts if amounts[rows].any()]
        return f"all of it is {' or '.join(words) or 'covered'}"
    if status not in HANDED_OVER and (run.left - late.covered)[rows].sum() <= 0:
        return f"promised for {run.promise_due.get(customer, '')}".strip()
    return ""


def _event(
    run: _Run, at: int, rows: IntArray, returned: Returned | None
) -> Letter | LeftOut | None:
    """The most serious thing that happened and was not written about, or whose letter waits."""
    customer, status = str(run.customers[at]), str(run.status[at])
    oldest = run.late.items.due_date[rows[0]]
    broken = run.broken.get(customer)
    if status in HANDED_OVER:
        return _once(run, at, rows, HAND_OVER, np.datetime64(0, "D"))
    if returned is not None:
        return _letter(run, at, rows, RETURNED, day(returned.on), returned=returned)
    if broken is not None and _still_owed(run, rows, broken):
        since = np.datetime64(broken.last_day, "D")
        return _letter(run, at, rows, PROMISE_BROKEN, since, promise=broken)
    if status == "Hold":
        return _once(run, at, rows, CREDIT_HOLD, oldest)
    return None


def _still_owed(run: _Run, rows: IntArray, broken: BrokenPromise) -> bool:
    """Whether something that a promise was about is still owed."""
    items = run.late.items
    about = items.invoice_no[rows] == broken.invoice_no
    if not broken.invoice_no:
        about = items.due_date[rows] <= day(broken.due)
    return bool((run.left[rows][about] > 0).any())


def _once(
    run: _Run, at: int, rows: IntArray, step: str, since: np.datetime64
) -> Letter | LeftOut | None:
    """The letter of an event that is written about once, unless that was done since a day."""
    found = run.written.latest(str(run.customers[at]), step, since)
    again = found >= 0 and step == HAND_OVER and run.written.taken_back_since(found)
    if found >= 0 and not again and not run.written.waits(found):
        return None
    return _letter(run, at, rows, step, since)


def _ladder_step(run: _Run, at: int, rows: IntArray) -> Letter | LeftOut:
    """The letter of the ladder's next step, once it is due."""
    index, ripe_on = int(run.step[at]), run.ripe_on[at]
    customer, sums = str(run.customers[at]), _sums(run, rows)
    if not run.ladder:
        return LeftOut(customer, "the Ladder has no steps", sums)
    if index >= len(run.ladder):
        return LeftOut(customer, "every step of the ladder is done: decide what comes next", sums)
    step = run.ladder[index]
    if ripe_on > day(run.as_of):
        return LeftOut(customer, f"next is {step.name}, from {ripe_on} on", sums)
    kind = PAPER_ACTIONS.get(step.action.strip().casefold())
    if kind is None:
        what = f" ({step.action})" if step.action and step.action != step.name else ""
        why = f"next is {step.name}{what}, which is no letter; enter it in Activities once done"
        return LeftOut(customer, why, sums)
    since = run.late.items.due_date[rows[0]]
    return _letter(run, at, rows, step.name, since, step.template or step.name, kind)


def _before_due(run: _Run, at: int, mine: IntArray) -> Letter | LeftOut | None:
    """The friendly reminder of what is coming due; only who owes nothing overdue gets one."""
    asked = (run.left - run.late.covered)[mine] > 0
    steps = np.where(asked, run.coming[mine], -1)
    index = int(steps.max(initial=-1))
    if index < 0:
        return None
    step, rows = run.ladder[index], mine[steps == index]
    customer, status = str(run.customers[at]), str(run.status[at])
    kind = PAPER_ACTIONS.get(step.action.strip().casefold())
    if kind is None or status in HANDED_OVER:
        return None
    reason = _left_out(run, at, rows)
    if reason:
        return LeftOut(customer, reason, _sums(run, rows))
    since = run.late.items.due_date[rows[0]] + np.timedelta64(step.after_days, "D")
    return _letter(run, at, rows, step.name, since, step.template or step.name, kind)


def _letter(
    run: _Run,
    at: int,
    rows: IntArray,
    step: str,
    since: np.datetime64,
    template: str = "",
    kind: str = "Letter",
    promise: BrokenPromise | None = None,
    returned: Returned | None = None,
) -> Letter | LeftOut:
    """A letter, with the paper that waits for it where one does; none that was sent since."""
    customer = str(run.customers[at])
    written, found = run.written, run.written.latest(customer, step, since)
    waits = found >= 0 and written.waits(found)
    sent = written.sent_later(found) if found >= 0 else None
    if sent is not None:
        return LeftOut(customer, f"{step} was sent on {sent}", _sums(run, rows))
    return Letter(
        customer, step, template or step, kind, _sums(run, rows),
        as_date(run.late.items.due_date[rows[0]]), str(run.status[at]), promise, returned,
        int(written.rows.row[found]) if waits else 0,
        str(written.rows.text("paper")[found]) if waits else "",
        as_date(written.rows.dates("date")[found]) if waits else None,
    )  # fmt: skip


def _sums(run: _Run, rows: IntArray) -> tuple[Asked, ...]:
    """What some items come to, a currency each."""
    late = run.late
    currency = late.items.currency[rows]
    made = []
    for name in sorted(set(currency.tolist())):
        some = rows[currency == name]
        made.append(
            Asked(
                name, some, int(late.items.open[some].sum()), int(late.contested[some].sum()),
                int(late.planned[some].sum()), int(late.netted[some].sum()),
                int(late.covered[some].sum()),
            )
        )  # fmt: skip
    return tuple(made)
