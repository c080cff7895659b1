"""Random offices adjust, undo and close: `python -m proofs.adjust [--offices N] [--seed S]`.

Each office posts invoices, memos, receipts in two currencies, late fees, deposits and adjustments
of every kind in random order, undoes batches and closes months, and takes away documents that were
adjusted before it undoes the adjustment. After every step open items, journal, Batches,
roll-forward and tie-out agree per currency, nothing is below zero on any date, nothing is applied
from or to a document that does not stand, the chain holds, past reports and closed months stay;
half of the adjustments are undone at once and give every balance of every date back.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import timedelta
from random import Random

from tests.properties.adjusting_office import KINDS, AdjustingOffice
from tests.properties.test_office import FIRST

STEPS = {"adjust": 20, "invoice": 3, "receipt": 4, "deposit": 1, "fees": 2, "undo": 2, "close": 1,
         "remember": 1, "take away": 4}  # fmt: skip
CENTS = (1, 99, 100, 5_000, 10_000, 12_345)
CUSTOMERS = ("ACME", "BOLT", "EURO")


def run_office(random: Random, steps: int) -> Counter[str]:
    """Run one office for some steps; raises where a promise does not hold."""
    office = AdjustingOffice()
    done: Counter[str] = Counter()
    office.counted = done
    span = random.choice((20, 60, 120))
    amounts = [random.choice(CENTS) for _ in range(random.randint(3, 6))]
    when = FIRST + timedelta(days=random.randint(0, span))
    office.begin_business(amounts, random.choice(CUSTOMERS), random.random() < 0.5, when)
    for _ in range(steps):
        step = random.choices(list(STEPS), list(STEPS.values()))[0]
        _take(office, step, random, span)
        done["steps"] += 1
        office.everything_holds()
        office.past_reports_stay()
        office.nothing_is_below_zero_on_any_date()
        office.nothing_is_applied_without_both_documents()
        office.all_views_agree()
    done["batches"] = len(office.books.posted("Batches"))
    return done


def _take(office: AdjustingOffice, step: str, random: Random, span: int) -> None:
    when = FIRST + timedelta(days=random.randint(0, span))
    who, amount = random.choice(CUSTOMERS), random.choice(CENTS)
    if step == "adjust":
        office.adjust_something(
            when, random.choice(KINDS), random.randrange(10**6), random.randrange(10**6),
            random.choice((None, 1, 30, 100)), who, random.random() < 0.5,
        )  # fmt: skip
    elif step == "invoice":
        office.invoice(when, who, amount, random.choice(("", "", "Credit Memo")))
    elif step == "receipt":
        office.receipt(when, who, amount, random.random() < 0.7)
    elif step == "deposit":
        office.deposit_all(when)
    elif step == "fees":
        office.charge_late_fees(FIRST + timedelta(days=120))
    elif step == "undo":
        office.undo_something(random.randrange(10**6))
    elif step == "take away":
        office.take_away_what_was_adjusted(when, random.randrange(10**6), random.random() < 0.5)
    elif step == "close" and random.random() < 0.2:
        office.close_month(when)
    else:
        office.remember(when)


def main() -> int:
    """Run them and print how often what was done; 1 where something does not hold."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--offices", type=int, default=100)
    asked.add_argument("--steps", type=int, default=40)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    total: Counter[str] = Counter()
    for seed in range(options.seed, options.seed + options.offices):
        try:
            total += run_office(Random(seed), options.steps)
        except AssertionError as failed:
            print(f"office {seed}: {failed}")
            return 1
    for name, times in sorted(total.items(), key=lambda each: -each[1]):
        print(f"{name:20} {times:>8,}")
    missing = [kind for kind in KINDS if not total[kind]]
    print(f"kinds never posted: {', '.join(missing)}" if missing else "every kind was posted")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
