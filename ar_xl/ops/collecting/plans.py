"""Payment plans: what is due by when, what came in, and whether a plan is kept (docs/adr/0013).

Nothing of this is stored: it follows from the posted lines of the plan and from what was applied
and received since, as of any date. A line that is not filled by its due date plus the grace days
of the settings is missed; so many missed lines as the settings say break the plan from the day
after on, and the original terms count again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    NAT,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    filled,
    positions,
    sum_by,
    text_array,
)
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.collecting.disputes import NEVER, disputed
from ar_xl.ops.collecting.planmoney import PlanDocuments, PlanMoney, PlanTimes, plan_money
from ar_xl.ops.lives import order_of_batches
from ar_xl.ops.open_items import OpenItems, posted_by, zero_if_blank
from ar_xl.ops.settlements import day_numbers
from ar_xl.ops.waterfall import pour

LIVE, PAID, BROKEN, CALLED_OFF = "Live", "Paid", "Broken", "Called off"
DUE, MISSED = "Due", "Missed"


@dataclass(frozen=True)
class PlanLines:
    """The lines of plans, one element a line, by plan and then by due date.

    Args:
        plan: index of the plan.
        line, due_date: as posted.
        amount, interest: as posted, minor units; the interest is within the amount.
        owed: amount less what credit memos and the like took off the end of the plan.
        filled: what came in for it.
        status: Due, Paid, Missed, Broken or Called off.
        row: of the Plans table, index into its posted rows up to the date.
    """

    plan: IntArray
    line: IntArray
    due_date: DateArray
    amount: IntArray
    interest: IntArray
    owed: IntArray
    filled: IntArray
    status: TextArray
    row: IntArray


@dataclass(frozen=True)
class PlanStates:
    """The plans posted by a date, undone ones left out, one element a plan.

    Args:
        as_of: the date.
        plan_no, customer_id, documents, currency: as posted.
        agreed: from this day on money counts.
        batch: that brought it.
        state: Live, Paid, Broken or Called off.
        ended: paid off, broken or called off on this day, NaT while it is live.
        broken_on: the day it broke, be it that it was called off later; NaT where it did not.
        covers: what it still covers of its documents, minor units; 0 unless it is live.
        lines: its lines.
        pairs: its documents, those of its interest included.
    """

    as_of: date
    plan_no: TextArray
    customer_id: TextArray
    documents: TextArray
    currency: TextArray
    agreed: DateArray
    batch: TextArray
    state: TextArray
    ended: DateArray
    broken_on: DateArray
    covers: IntArray
    lines: PlanLines
    pairs: PlanDocuments

    def __len__(self) -> int:
        return len(self.plan_no)

    def of_lines(self, amounts: IntArray) -> IntArray:
        """The sum of an amount of the lines, by plan."""
        return sum_by(self.lines.plan, amounts, len(self))

    def at(self, invoice_no: TextArray) -> IntArray:
        """The kept plan (live, or paid off) that each document is in, -1 where there is none."""
        kept = np.isin(self.state.astype(str), (LIVE, PAID))[self.pairs.plan]
        mine = np.flatnonzero(kept)
        # The last agreement wins: an earlier one of the same document was over by then.
        mine = mine[np.argsort(self.agreed[self.pairs.plan[mine]], kind="stable")[::-1]]
        spot = positions(self.pairs.number[mine], invoice_no)
        return np.append(self.pairs.plan[mine], -1)[spot]


def document_numbers(text: str) -> list[str]:
    """The documents that a posted plan names: `INV-7; INV-9`; each once, in order.

    A comma is part of a number: posting writes semicolons between them, whatever was typed.
    """
    parts = (part.strip() for part in text.replace("\n", ";").split(";"))
    return list(dict.fromkeys(part for part in parts if part))


def interest_number(plan_no: str, line: int) -> str:
    """The number of the document that a line's interest is: `PL-1-INT-2`."""
    return f"{plan_no}-INT-{line}"


def plan_states(ledger: Ledger, as_of: date) -> PlanStates:
    """Tell how every plan stands at a date, without looking past it.

    Args:
        ledger: posted rows count.
        as_of: the date; a plan counts from its Posting Date on.
    """
    rows = posted_by(ledger.posted("Plans"), as_of)
    kept, off = _standing(ledger, rows)
    rows_of, plan = _lines_of(rows, kept)
    first = rows.take(rows_of[np.searchsorted(plan, np.arange(int(plan.max(initial=-1)) + 1))])
    documents = _documents(rows.take(rows_of), plan, first)
    agreed = day_numbers(first.dates("agreed"))
    off_on = off[rows_of[np.searchsorted(plan, np.arange(len(first)))]]
    until = np.minimum(
        np.where(np.isnat(off_on), NEVER, day_numbers(off_on) + 1),
        _replaced(documents, agreed, first.text("batch")),
    )
    times = PlanTimes(
        first.text("customer_id"), first.text("currency"), agreed, first.text("batch"), until
    )
    amount = rows.ints("amount")[rows_of]
    money = plan_money(ledger, times, documents, sum_by(plan, amount, len(first)), as_of)
    lines, broken_on = _filled(ledger, rows.take(rows_of), rows_of, plan, money, off_on, as_of)
    total = sum_by(plan, lines.owed, len(first))
    paid_on = money.reached(total)
    paid_on[total == 0] = first.dates("agreed")[total == 0]
    state, ended = filled(len(first), LIVE), np.full(len(first), NAT)
    for name, since in ((PAID, paid_on), (BROKEN, broken_on), (CALLED_OFF, off_on)):
        state[~np.isnat(since)] = name
        ended = np.where(np.isnat(since), ended, since)
    principal = sum_by(plan, lines.amount - lines.interest, len(first))
    covers = np.where(state == LIVE, np.maximum(principal - money.relieved, 0), 0)
    return PlanStates(
        as_of, first.text("plan_no"), first.text("customer_id"), first.text("documents"),
        first.text("currency"), first.dates("agreed"), first.text("batch"), state, ended,
        broken_on, covers, lines, documents,
    )  # fmt: skip


def on_plan(
    ledger: Ledger, items: OpenItems, as_of: date, states: PlanStates | None = None
) -> IntArray:
    """How much of each open item a live plan covers, never more than is open and not disputed.

    Args:
        ledger: posted rows count.
        items: all or some of the open items of the same date.
        as_of: the date.
        states: those of the same date, where they were reckoned already.
    """
    covered = np.zeros(len(items), dtype=np.int64)
    if not len(ledger.posted("Plans")):
        return covered
    states = states if states is not None else plan_states(ledger, as_of)
    plan = states.at(items.invoice_no)
    interest = np.isin(
        items.invoice_no.astype(str), states.pairs.number[states.pairs.is_interest].astype(str)
    )
    room = np.maximum(items.open - disputed(ledger, items, as_of), 0)
    oldest = np.lexsort((items.line, items.invoice_date, items.due_date))
    oldest = oldest[(plan[oldest] >= 0) & ~interest[oldest]]
    poured = pour(np.arange(len(states)), states.covers, plan[oldest], room[oldest])
    covered[oldest] = poured.by_place(len(oldest))
    mine = interest & (plan >= 0)
    covered[mine] = room[mine]
    return covered


def batches_of_plans(ledger: Ledger, documents: Collection[str]) -> set[str]:
    """The batches that brought plans about some documents, those called off or undone left out."""
    if not len(ledger.posted("Plans")) or not documents:
        return set()
    states = plan_states(ledger, LAST_DATE)
    about = np.isin(states.pairs.number.astype(str), list(documents)) & ~states.pairs.is_interest
    plans = states.pairs.plan[about]
    standing = plans[states.state[plans] != CALLED_OFF]
    return set(states.batch[standing].tolist())


def _standing(ledger: Ledger, rows: Frame) -> tuple[IntArray, DateArray]:
    """The rows of the last posting of each number, and since when each is called off.

    What was undone is not there at all; what was called off is, until then.
    """
    ended = np.full(len(rows), NAT)
    (codes,), numbers = codes_of(rows.text("plan_no"))
    contra = rows.text("reverses") != ""
    (posted,) = order_of_batches(rows.text("batch"))
    last = np.full(len(numbers), -1, dtype=np.int64)
    np.maximum.at(last, codes[~contra], posted[~contra])
    kept = ~contra & (posted == last[codes])
    left = sum_by(codes, rows.ints("amount"), len(numbers))
    off = np.full(len(numbers), np.datetime64("0001-01-01", "D"))
    np.maximum.at(off, codes[contra], rows.dates("posting_date")[contra])
    batches = ledger.posted("Batches")
    undoing = batches.text("batch")[batches.text("reverses") != ""]
    undone = np.zeros(len(numbers), dtype=np.bool_)
    newest = contra & (rows.dates("posting_date") == off[codes])
    undone[codes[newest & (positions(undoing, rows.text("batch")) >= 0)]] = True
    ended = np.where(left[codes] <= 0, off[codes], ended)
    return np.flatnonzero(kept & ~(undone[codes] & (left[codes] <= 0))), ended


def _lines_of(rows: Frame, kept: IntArray) -> tuple[IntArray, IntArray]:
    """The kept rows by plan and due date, and the index of the plan of each."""
    (codes,), _ = codes_of(rows.text("plan_no")[kept])
    order = np.lexsort((rows.ints("line")[kept], rows.dates("due_date")[kept], codes))
    return kept[order], codes[order]


def _documents(lines: Frame, plan: IntArray, first: Frame) -> PlanDocuments:
    """The documents of each plan, and those of its interest."""
    (codes,), texts = codes_of(first.text("documents"))
    named = [document_numbers(text) for text in texts]
    count = np.array([len(each) for each in named], dtype=np.int64)[codes] if len(first) else codes
    numbers = [number for code in codes.tolist() for number in named[code]]
    charged = np.flatnonzero(zero_if_blank(lines.ints("interest")) != 0)
    of_plan = lines.text("plan_no")[charged].tolist()
    interest = [
        interest_number(number, line)
        for number, line in zip(of_plan, lines.ints("line")[charged].tolist(), strict=True)
    ]
    return PlanDocuments(
        np.concatenate(
            [np.repeat(np.arange(len(first), dtype=np.int64), count.astype(np.intp)), plan[charged]]
        ),
        text_array([*numbers, *interest]),
        np.concatenate([np.zeros(len(numbers), np.bool_), np.ones(len(interest), np.bool_)]),
    )


def _replaced(documents: PlanDocuments, agreed: IntArray, batch: TextArray) -> IntArray:
    """The day on which a later plan took over a document of each plan."""
    (posted,) = order_of_batches(batch)
    until = np.full(len(agreed), NEVER, dtype=np.int64)
    (number,), _ = codes_of(documents.number)
    order = np.lexsort((posted[documents.plan], agreed[documents.plan], number))
    same = number[order][1:] == number[order][:-1]
    earlier, later = documents.plan[order][:-1][same], documents.plan[order][1:][same]
    np.minimum.at(until, earlier, agreed[later])
    return until


def _filled(
    ledger: Ledger,
    rows: Frame,
    places: IntArray,
    plan: IntArray,
    money: PlanMoney,
    off_on: DateArray,
    as_of: date,
) -> tuple[PlanLines, DateArray]:
    """The lines with what came in for them, and the day each plan broke."""
    settings, count = ledger.policy.settings, len(off_on)
    amount = rows.ints("amount")
    shortened = pour(np.arange(count), money.reduced, plan[::-1], amount[::-1])
    owed = amount - shortened.by_place(len(plan))[::-1]
    running = np.cumsum(owed)
    first = np.searchsorted(plan, plan, side="left")
    upto = running - (running[first] - owed[first])
    today = int(day_numbers(np.array([day(as_of)]))[0])
    received = money.until(plan, np.full(len(plan), today))
    fill = np.clip(received - (upto - owed), 0, owed)
    last_day = day_numbers(rows.dates("due_date")) + int(settings.plan_grace_days)
    off = np.where(np.isnat(off_on), NEVER, day_numbers(off_on))[plan]
    missed = (last_day < today) & (last_day < off) & (money.until(plan, last_day) < upto)
    nth = np.cumsum(missed)
    nth = nth - (nth[first] - missed[first])
    breaking = missed & (nth == max(int(settings.plan_breaks_after), 1))
    broken_on = np.full(count, NAT)
    broken_on[plan[breaking]] = (last_day[breaking] + 1).astype("datetime64[D]")
    broke = np.where(np.isnat(broken_on), NEVER, day_numbers(broken_on))[plan]
    status = filled(len(plan), DUE)
    status[broke <= today] = BROKEN
    status[missed & (last_day < broke)] = MISSED
    status[~np.isnat(off_on)[plan]] = CALLED_OFF
    status[fill == owed] = PAID
    interest = rows.ints("interest")
    interest = np.where(interest == BLANK, 0, interest)
    lines = PlanLines(
        plan, rows.ints("line"), rows.dates("due_date"), amount, interest, owed, fill, status,
        places,
    )  # fmt: skip
    return lines, broken_on
