"""What a run of letters consists of: letters, what each asks for, who gets none and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import IntArray
from ar_xl.core.dates import day
from ar_xl.ops.collecting.chasing import Chased
from ar_xl.ops.collecting.events import BrokenPromise, Returned
from ar_xl.ops.settlements import day_numbers


@dataclass(frozen=True)
class Asked:
    """What a letter is about in one currency; minor units.

    Args:
        currency: of the amounts.
        rows: the items, oldest first, as indices into those of the run.
        open, disputed, planned, credits, promised: of the items together; `planned` is on a
            payment plan that is kept.
    """

    currency: str
    rows: IntArray
    open: int
    disputed: int
    planned: int
    credits: int
    promised: int

    @property
    def asked(self) -> int:
        """What the letter asks for."""
        return self.open - self.disputed - self.planned - self.credits - self.promised


@dataclass(frozen=True)
class Letter:
    """One letter.

    Args:
        customer_id: to whom.
        step: as Activities names it: a step of the ladder, or one of the events.
        template: the name of the Word file, without ending and language.
        kind: Letter or Email.
        sums: what it is about, a currency each.
        oldest_due: due date of the oldest item.
        status: of the customer.
        promise: the promise that was broken.
        returned: the payment that came back.
        row: sheet row of the Activities row whose paper waits; 0 where none does.
        paper: that paper.
        made: the day it was made.
    """

    customer_id: str
    step: str
    template: str
    kind: str
    sums: tuple[Asked, ...]
    oldest_due: date
    status: str = ""
    promise: BrokenPromise | None = None
    returned: Returned | None = None
    row: int = 0
    paper: str = ""
    made: date | None = None


@dataclass(frozen=True)
class LeftOut:
    """A customer with something open who gets no letter now.

    Args:
        customer_id: who.
        why: in words.
        sums: what is open of it.
    """

    customer_id: str
    why: str
    sums: tuple[Asked, ...]


@dataclass(frozen=True)
class Letters:
    """The letters of a date.

    Args:
        as_of: the date.
        late: everything open and what is taken off it; letters hold indices into its items.
        now: letters to make.
        waiting: letters that were made and not sent.
        left_out: who gets none, and why.
    """

    as_of: date
    late: Chased
    now: tuple[Letter, ...]
    waiting: tuple[Letter, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Wanted:
    """Whose letters.

    Args:
        customer: this customer alone; "" for all.
        collector: the customers of this collector alone; "" for all.
        step: letters of this step alone; "" for all. Nobody gets another step for it.
        again: make those that wait anew.
    """

    customer: str = ""
    collector: str = ""
    step: str = ""
    again: bool = False


def oldest_days(letter: Letter, as_of: date) -> int:
    """Days past due of the oldest item of a letter; 0 where nothing is overdue yet."""
    days = day_numbers(np.array([day(as_of), day(letter.oldest_due)]))
    return max(int(days[0] - days[1]), 0)
