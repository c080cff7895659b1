"""Tie-out: sub-ledger against control account against general ledger (semantics, section 13).

A difference is never one number: it is named, with its rows. Between the aging and the journal
every batch is compared by itself. Between the aging and the balance that the controller typed,
the causes this workbook can know of are tried; what none of them explains is a general-ledger
entry that is not ours, and is marked as unexplained.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import IntArray, TextArray, codes_of, positions, sum_by
from ar_xl.core.dates import day, period_of
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.ops.customers import customer_values, first_filled
from ar_xl.ops.gl_balance import read_gl_balance
from ar_xl.ops.movements import Movements, movements

DRAFT = "draft not posted"
LATER = "dated in the period, posted later"
ACCOUNT = "wrong account"
ROUNDING = "rounding"
EDIT = "manual edit"
MISSING = "not in the general ledger"
NOT_OURS = "general-ledger entry not ours"
MOST_ROWS = 12

AGING_DIFFERS = code(
    "aging_differs_from_control",
    Severity.WARNING,
    "the aging total and the control account of the journal to be the same",
    "Do not rely on the figures: run verify, which names the rows that were edited or deleted.",
)


@dataclass(frozen=True)
class Difference:
    """One named difference.

    Args:
        name: what it is.
        amount: minor units, positive where the other side shows more than the aging.
        rows: the documents or batches it comes from, in words.
        explained: whether the cause was found.
    """

    name: str
    amount: int
    rows: str
    explained: bool = True


@dataclass(frozen=True)
class TieOut:
    """The tie-out of one currency, minor units.

    Args:
        currency: of the amounts.
        aging: total of the aging.
        control: what the journal makes of the control account.
        general_ledger: the balance typed in Periods, None where none is typed.
        of_control: names of control less aging.
        of_general_ledger: names of general ledger less aging.
    """

    currency: str
    aging: int
    control: int
    general_ledger: int | None
    of_control: tuple[Difference, ...]
    of_general_ledger: tuple[Difference, ...]

    @property
    def unexplained(self) -> int:
        """What no cause was found for."""
        both = (*self.of_control, *self.of_general_ledger)
        return sum(difference.amount for difference in both if not difference.explained)

    @property
    def ties(self) -> bool:
        """Whether all that is known agrees to the minor unit."""
        return self.aging == self.control and self.general_ledger in (None, self.aging)


def tie_out(
    ledger: Ledger, as_of: date, total: Mapping[str, int], moved: Movements | None = None
) -> tuple[TieOut, ...]:
    """Compare the three sides at a date, one element a currency.

    Args:
        ledger: its Journal, and Periods for the balance typed for the month of the date.
        as_of: usually the last day of a month.
        total: the aging total by currency.
        moved: the movements of the ledger, where they are at hand already.
    """
    moved = movements(ledger) if moved is None else moved
    counted = moved.take(moved.posting_date <= day(as_of))
    control_batches = _journal_batches(ledger, as_of)
    typed, precision = _typed(ledger, period_of(as_of))
    candidates = _drafts(ledger, as_of)
    currencies = sorted({*total, *control_batches, *(typed or {})})
    made = []
    for currency in currencies:
        ours, batches = total.get(currency, 0), control_batches.get(currency, {})
        control = sum(batches.values())
        stated = None if typed is None else typed.get(currency, 0)
        rows = counted.take(np.asarray(counted.currency == currency, dtype=np.bool_))
        known = [*candidates.get(currency, ()), *_posted_later(moved, currency, as_of)]
        made.append(
            TieOut(
                currency,
                ours,
                control,
                stated,
                _of_control(ledger, rows, batches, control - ours),
                ()
                if stated is None
                else _of_ledger(stated - ours, known, rows, precision.get(currency, 0), currency),
            )
        )
    return tuple(made)


def _journal_batches(ledger: Ledger, as_of: date) -> dict[str, dict[str, int]]:
    """What each batch's journal adds to the control account, by currency."""
    rows = ledger.posted("Journal")
    mine = (rows.text("account") == ledger.policy.settings.gl_ar) & (
        rows.dates("posting_date") <= day(as_of)
    )
    rows = rows.take(np.flatnonzero(mine))
    amount = rows.ints("debit") - rows.ints("credit")
    return _by_batch(rows.text("currency"), rows.text("batch"), amount)


def control_balances(ledger: Ledger, as_of: date) -> dict[str, int]:
    """What the journal makes of the control account at a date, minor units by currency."""
    batches = _journal_batches(ledger, as_of)
    return {currency: sum(amounts.values()) for currency, amounts in batches.items()}


def control_findings(ledger: Ledger, as_of: date, total: Mapping[str, int]) -> list[Finding]:
    """Say where an aging and the control account differ, one finding a currency.

    Args:
        ledger: its journal is the control account.
        as_of: of the aging.
        total: the aging total by currency, minor units.
    """
    control = control_balances(ledger, as_of)
    found = []
    for currency in sorted({*control, *total}):
        books, ours = control.get(currency, 0), total.get(currency, 0)
        if books != ours:
            seen = (
                f"the aging totals {currency} {money_text(ours, currency)}, the control account "
                f"is {money_text(books, currency)}, difference {currency} "
                f"{money_text(books - ours, currency)}"
            )
            found.append(Finding(AGING_DIFFERS, seen=seen))
    return found


def _by_batch(currency: TextArray, batch: TextArray, amount: IntArray) -> dict[str, dict[str, int]]:
    (owner,), currencies = codes_of(currency)
    (which,), batches = codes_of(batch)
    key, size = owner * len(batches) + which, len(currencies) * len(batches)
    sums, there = sum_by(key, amount, size), np.flatnonzero(np.bincount(key, minlength=size))
    made: dict[str, dict[str, int]] = {}
    for each, total in zip(there.tolist(), sums[there].tolist(), strict=True):
        owner_of, name = currencies[each // len(batches)], batches[each % len(batches)]
        made.setdefault(str(owner_of), {})[str(name)] = total
    return made


def _of_control(
    ledger: Ledger, rows: Movements, batches: Mapping[str, int], difference: int
) -> tuple[Difference, ...]:
    """Name what the journal shows more than the rows, batch by batch."""
    ours = _by_batch(rows.currency, rows.batch, rows.amount)
    mine = next(iter(ours.values()), {})
    differing = {
        batch: batches.get(batch, 0) - mine.get(batch, 0)
        for batch in sorted({*mine, *batches})
        if batches.get(batch, 0) != mine.get(batch, 0)
    }
    wrong = _to_the_control_account(ledger, rows) if differing else rows
    named = []
    for batch, left in differing.items():
        numbers = _numbers(wrong.take(np.flatnonzero(wrong.batch == batch)))
        if numbers:
            named.append(Difference(ACCOUNT, left, f"{numbers}: GL Account is the control account"))
        else:
            named.append(Difference(EDIT, left, f"batch {batch}: rows and journal differ"))
    rest = difference - sum(found.amount for found in named)
    if rest:
        named.append(Difference(EDIT, rest, "no batch explains it; run verify", explained=False))
    return tuple(named)


def _to_the_control_account(ledger: Ledger, rows: Movements) -> Movements:
    """Documents whose GL Account is the control account itself: they move nothing in it."""
    documents = ledger.posted("Invoices")
    mine = documents.text("gl_account") == ledger.policy.settings.gl_ar
    numbers = documents.text("invoice_no")[mine]
    return rows.take(positions(numbers, rows.number) >= 0)


def _numbers(rows: Movements) -> str:
    """The numbers of some rows, each once."""
    return _listed(dict.fromkeys(rows.number.tolist(), 0))


def _listed(rows: Mapping[str, int]) -> str:
    shown = list(rows)[:MOST_ROWS]
    more = f" and {len(rows) - MOST_ROWS} more" if len(rows) > MOST_ROWS else ""
    return ", ".join(shown) + more


def _typed(ledger: Ledger, period: str) -> tuple[dict[str, int] | None, dict[str, int]]:
    """The GL balance of a month, and in which unit it was typed (minor units, by currency)."""
    rows = ledger.posted("Periods")
    texts = rows.text("gl_balance")[rows.text("period") == period]
    text = str(texts[-1]) if len(texts) else ""
    if not text.strip():
        return None, {}
    try:
        stated = read_gl_balance(text, ledger.policy.settings.base_currency)
    except ValueError:
        return None, {}
    return (
        {currency: balance.minor for currency, balance in stated.items()},
        {currency: balance.unit for currency, balance in stated.items()},
    )


def _drafts(ledger: Ledger, as_of: date) -> dict[str, list[Difference]]:
    """The drafts dated up to a date, by currency: the general ledger may have them already."""
    found: dict[str, dict[str, int]] = {}
    home = np.array([ledger.policy.settings.base_currency], dtype=object)
    for table, dated, number in (
        ("Invoices", "invoice_date", "invoice_no"),
        ("Receipts", "receipt_date", "receipt_no"),
    ):
        rows = ledger.draft(table)
        rows = rows.take(np.flatnonzero(rows.dates(dated) <= day(as_of)))
        amount = rows.ints("amount")
        credit = table == "Receipts"
        sign = -1 if credit else np.where(rows.text("type") == "Credit Memo", -1, 1)
        currency = first_filled(
            rows.text("currency"),
            customer_values(ledger, rows.text("customer_id"), "currency"),
            np.repeat(home, len(rows)),
        )
        names = rows.text(number)
        for i, minor in enumerate((sign * amount).tolist()):
            mine = found.setdefault(str(currency[i]), {})
            name = str(names[i]) or f"{table} row {int(rows.row[i])}"
            mine[name] = mine.get(name, 0) + minor
    return {
        currency: [Difference(DRAFT, sum(rows.values()), _listed(rows))]
        for currency, rows in found.items()
    }


def _posted_later(moved: Movements, currency: str, as_of: date) -> list[Difference]:
    """Rows whose own date lies in the time but whose Posting Date does not."""
    late = (moved.own_date <= day(as_of)) & (moved.posting_date > day(as_of))
    rows = moved.take(np.flatnonzero(late & (moved.currency == currency)))
    total = int(rows.amount.sum())
    return [Difference(LATER, total, _numbers(rows))] if total else []


def _of_ledger(
    difference: int, known: list[Difference], rows: Movements, unit: int, currency: str
) -> tuple[Difference, ...]:
    """Name what the general ledger shows more than the aging."""
    if not difference:
        return ()
    for count in range(1, len(known) + 1):
        for chosen in itertools.combinations(known, count):
            if sum(cause.amount for cause in chosen) == difference:
                return chosen
    batches = _by_batch(rows.currency, rows.batch, rows.amount).get(currency, {})
    missing = [batch for batch, amount in batches.items() if amount == -difference]
    if missing:
        return (Difference(MISSING, difference, f"batch {missing[-1]} has this amount"),)
    if unit > 1 and 2 * abs(difference) <= unit:
        return (Difference(ROUNDING, difference, "the balance was typed in whole units"),)
    hint = "; ".join(f"{cause.name}: {cause.rows}" for cause in known)
    seen = f"not explained by {hint}" if hint else "nothing in this workbook explains it"
    return (Difference(NOT_OURS, difference, seen, explained=False),)
