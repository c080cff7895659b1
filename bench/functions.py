"""Worksheet functions: from rows of cells, as Excel hands them over, to rows of cells.

Seeded cells of open items. Each function is called once and then a few times more, as in the
process that serves Excel and stays; AR_AGING is compared with a plain loop over the same cells.
"""

from __future__ import annotations

import random
import statistics
from collections import defaultdict
from datetime import datetime, timedelta
from time import perf_counter, process_time
from typing import Any

from ar_xl.functions.catalogue import BY_NAME

SEED = 20260131
CALLS = 5
AS_OF = datetime.fromisoformat("2026-10-31")
ITEMS_PER_CUSTOMER = 30
BLANK_ROWS = 100  # below the table, as whole columns have them

Rows = tuple[tuple[Any, ...], ...]


def run(items: int) -> dict[str, Any]:
    """Call the functions on so many open items; seconds by function, of the first call and later.

    Args:
        items: rows with something in them.
    """
    chance = random.Random(SEED)
    customers = [f"C{chance.randrange(items // ITEMS_PER_CUSTOMER + 1):06d}" for _ in range(items)]
    days = [chance.randrange(-60, 400) for _ in range(items)]
    cents = [chance.randrange(1_00, 9_000_00) for _ in range(items)]
    owner, opened = _column(customers), _column([each / 100 for each in cents])
    serial = (AS_OF - datetime.fromisoformat("1899-12-30")).days
    due = _column([float(serial - late) for late in days])
    dated = _column([AS_OF - timedelta(days=late) for late in days])
    numbers = _column([f"INV-{at:07d}" for at in range(items)])
    paying = _column([f"INV-{chance.randrange(items):07d}" for _ in range(items)])
    parts = _column([each // 3 / 100 for each in cents])
    three = _one(sum(cents[at] for at in sorted(range(items), key=lambda at: -days[at])[3:6]) / 100)
    calls: dict[str, tuple[str, tuple[Any, ...]]] = {
        "AR_AGING": ("AR_AGING", (owner, due, opened, _one(AS_OF))),
        "AR_AGING, date cells": ("AR_AGING", (owner, dated, opened, _one(AS_OF))),
        "AR_MATCH, three items": ("AR_MATCH", (three, opened, due)),
        "AR_MATCH, nothing fits": ("AR_MATCH", (_one(8_123_456.78), opened, due)),
        "AR_OPEN": ("AR_OPEN", (numbers, opened, paying, parts)),
        "AR_ALLOCATE": ("AR_ALLOCATE", (_one(8_123_456.78), opened, due)),
        "AR_BUCKET": ("AR_BUCKET", (_column([float(late) for late in days]),)),
        "AR_DAYS_PAST_DUE": ("AR_DAYS_PAST_DUE", (due, _one(AS_OF))),
        "AR_DUE_DATE": ("AR_DUE_DATE", (due, _one("2/10 net 30"))),
        "AR_DISCOUNT": ("AR_DISCOUNT", (opened, due, due, _one("2/10 net 30"))),
        "AR_LATE_FEE": ("AR_LATE_FEE", (opened, due, _one(AS_OF), _one(18.0))),
    }
    found: dict[str, Any] = {}
    answers = {}
    for label, (name, given) in calls.items():
        seconds, answers[label] = _timed(name, given)
        (first, _), *later = seconds
        clock, processor = (statistics.median(each[k] for each in later) for k in (0, 1))
        found[label] = {"first": first, "later": clock, "processor": processor}
    differ = _different_cents(answers["AR_AGING"], customers, days, cents)
    return {"functions": found, "cents_of_difference": differ}


def _timed(name: str, given: tuple[Any, ...]) -> tuple[list[tuple[float, float]], Rows]:
    """Seconds on the clock and on the processor of each call, and the last answer."""
    seconds: list[tuple[float, float]] = []
    answer: Rows = ()
    for _ in range(CALLS + 1):
        started, used = perf_counter(), process_time()
        answer = BY_NAME[name].work(*given)
        seconds.append((perf_counter() - started, process_time() - used))
    return seconds, answer


def _column(cells: list[Any]) -> Rows:
    return tuple((cell,) for cell in cells) + ((None,),) * BLANK_ROWS


def _one(cell: Any) -> Rows:
    return ((cell,),)


def _different_cents(answer: Rows, customers: list[str], days: list[int], cents: list[int]) -> int:
    """How far the aging is from a plain loop, all cells together."""
    expected: dict[tuple[str, int], int] = defaultdict(int)
    for customer, late, amount in zip(customers, days, cents, strict=True):
        bucket = sum(late > edge for edge in (0, 30, 60, 90))
        for who in (customer, "Total"):
            expected[who, bucket] += amount
    off = 0
    for who, *amounts in answer[1:]:
        for bucket, amount in enumerate(amounts[:5]):
            off += abs(round(amount * 100) - expected.pop((who, bucket), 0))
    return off + sum(map(abs, expected.values()))
