"""Late fees: one fee document per customer, invoice, policy and period (semantics, section 6).

The period is the calendar month of the as-of date. What is overdue bears a fee, and what was paid
late within the month, up to the day it was paid (docs/adr/0005); what was paid in an earlier
month bears none. A second run of the same month adds nothing; a run for a day that was charged
already adds nothing either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from ar_xl.core.arrays import (
    AnyArray,
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    filled,
    positions,
    sum_by,
    text_array,
)
from ar_xl.core.dates import as_date, day, days_between, period_of
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.periods import closed_months
from ar_xl.core.policy import FeePolicy
from ar_xl.core.tables import FEES, INVOICES
from ar_xl.ops.fees.amounts import major_amounts
from ar_xl.ops.fees.ceilings import unknown_places
from ar_xl.ops.fees.overdue import Overdue, layers
from ar_xl.ops.fees.reckoning import Reckoning, reckoning
from ar_xl.ops.fees.words import joined, left_out_notes, limit_notes, rate_words
from ar_xl.ops.lives import free_days
from ar_xl.ops.rates import rates_for
from ar_xl.ops.settlements import day_numbers

UNKNOWN_POLICY = code(
    "customer_fee_policy_unknown",
    Severity.WARNING,
    "a fee policy that stands on the Fee Policies sheet",
    "Correct Fee Policy of the customer or add the policy; until then no late fee is charged.",
)


@dataclass(frozen=True)
class LateFees:
    """The outcome of a run, one element an overdue document or left-out item.

    Args:
        as_of: charged to this day.
        period: its month.
        customer_id, invoice_no, currency: of the overdue document.
        policy: its name.
        rate: in words, `18 % a year`.
        overdue: the principal the fee is on, or what is open of a left-out item; minor units.
        start, end: charged from the end of the one day to the end of the other.
        computed: by the method alone.
        fee: charged now, 0 where nothing is.
        fee_invoice_no: number of the fee document, "" where nothing is charged.
        note: limits that applied, or why nothing is charged.
        taken_off: what ceiling and cap took off, minor units.
        left_out: an item that is left out, and no document that is looked at.
        findings: what to say.
        policies: those that apply to the documents, each under its ceiling.
        policies_in_use: a policy that charges something applies to an overdue item.
        change: the rows to post.
    """

    as_of: date
    period: str
    customer_id: TextArray
    invoice_no: TextArray
    currency: TextArray
    policy: TextArray
    rate: TextArray
    overdue: IntArray
    start: DateArray
    end: DateArray
    computed: IntArray
    fee: IntArray
    fee_invoice_no: TextArray
    note: TextArray
    taken_off: IntArray
    left_out: BoolArray
    findings: tuple[Finding, ...] = ()
    policies: tuple[FeePolicy, ...] = ()
    policies_in_use: bool = True
    change: Change = field(default_factory=Change)

    def __len__(self) -> int:
        return len(self.fee)

    @property
    def days(self) -> IntArray:
        """How many days are charged."""
        return days_between(self.end, self.start)

    def totals(self) -> dict[str, int]:
        """What is charged per currency."""
        (codes,), names = codes_of(self.currency)
        sums = sum_by(codes, self.fee, len(names))
        return {str(name): int(total) for name, total in zip(names, sums, strict=True) if total}


def late_fees(ledger: Ledger, request: Request) -> LateFees:
    """Decide the late fees of a run: fee documents, how they were reckoned, and why.

    Args:
        ledger: posted rows count.
        request: charged to its as-of date.

    Returns:
        The run; its `change` holds the rows to post, Invoices and Fees.
    """
    run = assess(ledger, request.as_of)
    return replace(run, change=fee_change(ledger, run))


def assess(ledger: Ledger, as_of: date) -> LateFees:
    """Reckon the late fees up to a date, and say why where there is none.

    Args:
        ledger: posted rows count; nothing is changed.
        as_of: charged to this day.
    """
    parts: list[dict[str, AnyArray]] = []
    findings: list[Finding] = []
    policies: list[FeePolicy] = []
    besides: dict[str, int] = {}
    shown: set[str] = set()
    taken = _numbers_taken(ledger, as_of)
    for late in layers(ledger, as_of):
        considered = np.flatnonzero(late.has_policy)
        policies += [late.policies[code] for code in np.unique(late.policy_code[considered])]
        findings += [*_unknown(ledger, late), *unknown_places(ledger, late.lawless)]
        run = reckoning(ledger, late.take(np.flatnonzero(late.is_charged)), as_of, besides)
        rows = _of_documents(run, taken)
        parts.append({name: column[_worth_saying(run, rows)] for name, column in rows.items()})
        for number, fee in zip(rows["invoice_no"].tolist(), rows["fee"].tolist(), strict=True):
            besides[number] = besides.get(number, 0) + fee
        left = late.take(_left_out(late, shown))
        shown |= set(_lines_of(left).tolist())
        parts.append(_of_left_out(left, as_of))
    arrays: dict[str, Any] = {
        name: np.concatenate([part[name] for part in parts]) for name in _COLUMNS
    }
    return LateFees(
        as_of,
        period_of(as_of),
        **arrays,
        findings=tuple(dict.fromkeys(findings)),
        policies=tuple(policies),
        policies_in_use=bool(policies),
    )


def _worth_saying(run: Reckoning, rows: dict[str, AnyArray]) -> BoolArray:
    """All but documents whose days a step charges now, and steps that were charged for before."""
    gone = run.summed(run.late.taken_over.astype(np.int64)) > 0
    once = np.array([policy.once for policy in run.policies], dtype=np.bool_)
    gone |= once & (run.past.in_period != "")
    return np.asarray((rows["fee_invoice_no"] != "") | ~gone, dtype=np.bool_)


def _left_out(late: Overdue, shown: set[str]) -> IntArray:
    """Items that are left out and not said to be so yet."""
    said = np.isin(_lines_of(late).astype(str), np.array(sorted(shown), dtype=str))
    return np.flatnonzero(late.has_policy & (late.reason != "") & ~late.is_paid & ~said)


def _lines_of(late: Overdue) -> TextArray:
    lines = text_array(str(line) for line in late.items.line.tolist())
    return np.asarray(late.items.invoice_no + "/" + lines, dtype=object)


_COLUMNS = (
    "customer_id", "invoice_no", "currency", "policy", "rate", "overdue", "start", "end",
    "computed", "fee", "fee_invoice_no", "note", "taken_off", "left_out",
)  # fmt: skip


def _of_documents(run: Reckoning, taken: _Taken) -> dict[str, AnyArray]:
    """The rows of the documents that are charged, or would be."""
    late, amounts, count = run.late, run.amounts, len(run.documents)
    fresh = run.summed((run.window.start < run.window.end).astype(np.int64)) > 0
    again = run.past.in_period != ""
    fee = np.where(fresh & ~again, amounts.charged, 0)
    start = np.full(count, np.iinfo(np.int64).max)
    end = np.zeros(count, dtype=np.int64)
    np.minimum.at(start, run.group, run.window.start)
    np.maximum.at(end, run.group, run.window.end)
    currency = run.bases.currency
    last = np.maximum(run.past.own_day, run.past.other_day)
    ahead = last >= day_numbers(np.array([day(run.as_of)]))[0]
    paid = run.summed((~late.is_paid).astype(np.int64)) == 0
    told = [
        (paid, lambda i: f"paid late, on {_date(int(late.until[run.first[i]]))}"),
        (again, lambda i: f"charged for {period_of(run.as_of)} already: {run.past.in_period[i]}"),
        (~fresh & ~again & ahead, lambda i: f"charged to {_date(int(last[i]))} already"),
        (~fresh & ~again & ~ahead, lambda i: f"no month completed since {_date(int(start[i]))}"),
    ]
    minimum = major_amounts(run.bases, lambda policy: policy.minimum or Decimal(0))
    rest = limit_notes(run.bases, amounts, minimum) + left_out_notes(
        currency,
        run.summed(late.disputed),
        run.summed(late.planned),
        run.summed(late.promised),
        run.summed(run.netted),
    )
    told += [(mask & fresh & ~again, words) for mask, words in rest]
    policies = run.policies
    return {
        "customer_id": late.items.customer_id[run.first],
        "invoice_no": run.documents,
        "currency": currency,
        "policy": text_array(policy.name for policy in policies),
        "rate": _rates(run),
        "overdue": run.bases.overdue,
        "start": start.astype("datetime64[D]"),
        "end": end.astype("datetime64[D]"),
        "computed": amounts.computed,
        "fee": fee,
        "fee_invoice_no": _numbers(taken, run.documents, policies, period_of(run.as_of), fee),
        "note": joined(count, told),
        "taken_off": np.where(fresh & ~again, amounts.ceiling_cut + amounts.cap_cut, 0),
        "left_out": np.zeros(count, dtype=np.bool_),
    }


def _rates(run: Reckoning) -> TextArray:
    """The rate of each document in words; few policies, many documents."""
    (codes,), currencies = codes_of(run.bases.currency)
    words = np.empty((len(run.late.policies), max(len(currencies), 1)), dtype=object)
    for row, policy in enumerate(run.late.policies):
        words[row] = [rate_words(policy, currency) for currency in currencies] or [""]
    return np.asarray(words[run.bases.policy_code, codes], dtype=object)


def _date(number: int) -> date:
    return as_date(np.datetime64(number, "D"))


def _of_left_out(left: Overdue, as_of: date) -> dict[str, AnyArray]:
    """The rows of items that are left out, with the reason."""
    items, count = left.items, len(left.items)
    nothing = np.zeros(count, dtype=np.int64)
    return {
        "customer_id": items.customer_id,
        "invoice_no": items.invoice_no,
        "currency": items.currency,
        "policy": text_array(left.policies[code].name for code in left.policy_code),
        "rate": filled(count, ""),
        "overdue": items.open,
        "start": np.minimum(items.due_date, day(as_of)),
        "end": np.full(count, day(as_of)),
        "computed": nothing,
        "fee": nothing,
        "fee_invoice_no": filled(count, ""),
        "note": text_array(f"left out: {reason}" for reason in left.reason),
        "taken_off": nothing,
        "left_out": np.ones(count, dtype=np.bool_),
    }


@dataclass(frozen=True)
class _Taken:
    """The prefix of fee documents, and the numbers that are in use, those of this run too."""

    prefix: str
    numbers: set[str]


def _numbers_taken(ledger: Ledger, as_of: date) -> _Taken:
    first = day(closed_months(ledger.posted("Periods")).first_open_day(as_of))
    names, free_from = free_days(ledger.posted("Invoices"), "invoice_no")
    taken = set(names[np.isnat(free_from) | (free_from > first)].tolist())
    taken |= set(ledger.draft("Invoices").text("invoice_no").tolist())
    return _Taken(ledger.policy.settings.fee_prefix, taken)


def _numbers(
    taken: _Taken, documents: TextArray, policies: list[FeePolicy], period: str, fee: IntArray
) -> TextArray:
    """Numbers made from invoice, policy and period; a number in use gets `-2`, `-3`, ..."""
    out = filled(len(documents), "")
    for i in np.flatnonzero(fee > 0).tolist():
        word = re.sub(r"[^\w.]+", "-", policies[i].name).strip("-")
        number = wanted = f"{taken.prefix}{documents[i]}-{word}-{period}"
        count = 1
        while number in taken.numbers:
            count += 1
            number = f"{wanted}-{count}"
        taken.numbers.add(number)
        out[i] = number
    return out


def _unknown(ledger: Ledger, late: Overdue) -> tuple[Finding, ...]:
    customers = ledger.posted("Customers")
    at = positions(customers.text("customer_id"), text_array(late.unknown))
    return tuple(
        Finding(
            UNKNOWN_POLICY, "Customers" if i >= 0 else "Settings",
            int(customers.row[i]) if i >= 0 else 0, "fee_policy" if i >= 0 else "",
            customer, f"fee policy `{name}`",
        )
        for i, (customer, name) in zip(at.tolist(), late.unknown.items(), strict=True)
    )  # fmt: skip


def fee_change(ledger: Ledger, run: LateFees) -> Change:
    """The rows that a run posts: one fee document and one Fees row a charge.

    Args:
        ledger: its closed periods decide about the posting date.
        run: as assessed on the same ledger.
    """
    rows = np.flatnonzero(run.fee > 0)
    dated = np.full(len(rows), day(run.as_of))
    posting = closed_months(ledger.posted("Periods")).posting_dates(dated)
    currency, fee = run.currency[rows], run.fee[rows]
    nothing = np.zeros(len(rows), dtype=np.int64)
    documents = Frame.build(
        INVOICES,
        len(rows),
        invoice_no=run.fee_invoice_no[rows],
        type="Late Fee",
        customer_id=run.customer_id[rows],
        invoice_date=dated,
        due_date=dated,
        currency=currency,
        amount=fee,
        tax=nothing,
        non_discountable=fee,
        applies_to=run.invoice_no[rows],
        description=text_array(
            f"Late fee {run.period} on {number}: {rate}"
            for number, rate in zip(run.invoice_no[rows], run.rate[rows], strict=True)
        ),
        rate=rates_for(ledger.policy, currency, dated),
        posting_date=posting,
    )
    fees = Frame.build(
        FEES,
        len(rows),
        fee_invoice_no=run.fee_invoice_no[rows],
        invoice_no=run.invoice_no[rows],
        fee_policy=run.policy[rows],
        period=run.period,
        from_date=run.start[rows],
        to_date=run.end[rows],
        base=run.overdue[rows],
        days=run.days[rows],
        computed=run.computed[rows],
        charged=fee,
        posting_date=posting,
    )
    return Change(
        appends={"Invoices": documents, "Fees": fees} if len(rows) else {},
        findings=run.findings,
        totals={"Late fees": run.totals()},
    )
