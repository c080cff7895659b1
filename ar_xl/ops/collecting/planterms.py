"""The schedule of a plan: when each payment is due, how much it is, and the interest in it.

Interest is reckoned on the declining balance by days (365 a year), as if every payment came on its
due date, and rounded once a line, half away from zero. Without amounts the principal is split into
equal parts and each line's interest comes on top; amounts that somebody named include it. The last
line takes what rounding leaves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from ar_xl.core.dates import LAST_DATE, add_months, as_date, day
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.money import from_decimal, money_text, percent_fraction, ratio_rounded
from ar_xl.ops.remittance.references import read_amount

MOST_PAYMENTS = 600
EVERY = ("month", "week", "2 weeks")
REST = "rest"

PLAN_NOT_UNDERSTOOD = code(
    "plan_not_understood",
    Severity.ERROR,
    "a number of payments, the first date and how often; or dates; and amounts, if they differ",
    "Say it as in: 3 payments, first 2026-04-01, every month; amounts 300, 300, rest.",
    Exit.WRONG_CALL,
)
PLAN_AMOUNTS = code(
    "plan_amounts_do_not_add_up",
    Severity.ERROR,
    "payments that add up to what is open of the documents and the interest",
    "Correct the amounts, or write rest for the last one.",
    Exit.WRONG_CALL,
)


@dataclass(frozen=True)
class Schedule:
    """The lines of one plan, in the order of their due dates.

    Args:
        dues: when each is due.
        amounts, interest: minor units; the amount contains the interest.
    """

    dues: tuple[date, ...]
    amounts: tuple[int, ...]
    interest: tuple[int, ...]


def due_dates(first: date, payments: int, every: str) -> tuple[date, ...]:
    """The due dates of equal steps; by months the 31st becomes the last day of a shorter month.

    Args:
        first: of the first payment.
        payments: how many.
        every: month, week or 2 weeks.

    Raises:
        Refusal: no such step, or a number of payments that nobody means.
    """
    if every not in EVERY or not 1 <= payments <= MOST_PAYMENTS:
        raise Refusal(PLAN_NOT_UNDERSTOOD, f"{payments} payments every {every or 'nothing'}.")
    count = np.arange(payments)
    if every == "month":
        dues = add_months(np.full(payments, day(first)), count)
    else:
        dues = day(first) + (7 if every == "week" else 14) * count
    if dues[-1] > day(LAST_DATE):
        seen = f"{payments} payments from {first} on, the last of them after {LAST_DATE}."
        raise Refusal(PLAN_NOT_UNDERSTOOD, seen)
    return tuple(as_date(each) for each in dues)


def read_dates(text: str) -> tuple[date, ...]:
    """Read `2026-04-01, 2026-05-15`; refuses what is no date."""
    made = []
    for part in filter(None, re.split(r"[;,\s]+", text.strip())):
        try:
            made.append(date.fromisoformat(part))
        except ValueError:
            raise Refusal(PLAN_NOT_UNDERSTOOD, f"`{part[:30]}` is not a date.") from None
    return tuple(sorted(made))


def read_amounts(text: str, currency: str) -> tuple[int | None, ...]:
    """Read `300, 300, rest` into minor units, None for the rest, which is last.

    Args:
        text: amounts with `, ` or `;` between them; with a comma for thousands, use `;`.
        currency: of the amounts.

    Raises:
        Refusal: something else stands there.
    """
    parts = text.split(";") if ";" in text else re.split(r",\s*", text)
    made: list[int | None] = []
    for part in filter(None, (each.strip() for each in parts)):
        read = read_amount(part)
        minor = None if read is None else from_decimal(read, currency)
        if part.casefold() != REST and not minor:
            seen = f"`{part[:30]}` is no amount of {currency} above zero."
            raise Refusal(PLAN_NOT_UNDERSTOOD, seen)
        made.append(minor)
    if None in made[:-1]:
        raise Refusal(PLAN_NOT_UNDERSTOOD, "rest stands before other amounts.")
    return tuple(made)


def schedule(
    total: int,
    currency: str,
    agreed: date,
    dues: tuple[date, ...],
    wanted: tuple[int | None, ...],
    percent: Decimal,
) -> Schedule:
    """Split what is owed over due dates.

    Args:
        total: what is open of the documents, minor units.
        currency: of it.
        agreed: interest runs from this day on.
        dues: rising.
        wanted: what is paid each time, interest included, None for the rest; none at all makes
            equal parts.
        percent: interest a year; 0 is none.

    Raises:
        Refusal: amounts that do not add up, or one that does not even pay its interest.
    """
    if wanted and len(wanted) != len(dues):
        seen = f"{len(wanted)} amounts for {len(dues)} due dates."
        raise Refusal(PLAN_NOT_UNDERSTOOD, seen)
    if total < len(dues):
        seen = f"{len(dues)} payments of {currency} {money_text(total, currency)}."
        raise Refusal(PLAN_NOT_UNDERSTOOD, seen)
    numerator, denominator = percent_fraction(percent)
    balance, since = total, agreed
    amounts, interest = [], []
    for nth, due in enumerate(dues):
        days = (due - since).days
        owed = np.array([balance], dtype=np.int64)
        charged = int(ratio_rounded(owed, numerator * days, denominator * 365)[0])
        last = nth == len(dues) - 1
        fixed = wanted[nth] if wanted else None
        if fixed is not None:
            principal = fixed - charged
        else:
            principal = balance if last else total // len(dues)
        if principal < 0 or principal > balance or (last and principal != balance):
            raise Refusal(PLAN_AMOUNTS, _off(nth, principal, balance, charged, currency))
        balance, since = balance - principal, due
        amounts.append(principal + charged)
        interest.append(charged)
    if not all(amounts):
        raise Refusal(PLAN_AMOUNTS, f"Nothing is left for payment {amounts.index(0) + 1}.")
    return Schedule(dues, tuple(amounts), tuple(interest))


def _off(nth: int, principal: int, balance: int, charged: int, currency: str) -> str:
    def shown(minor: int) -> str:
        return f"{currency} {money_text(minor, currency)}"

    of_it = f" with {shown(charged)} interest" if charged else ""
    return (
        f"Payment {nth + 1} is {shown(principal + charged)}; before it {shown(balance)}"
        f"{of_it} is open."
    )
