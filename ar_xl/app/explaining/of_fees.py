"""Figures of Late Fees, and of the Fees rows they were posted with."""

from __future__ import annotations

from datetime import date

import numpy as np

from ar_xl.app.sheets.parts import amount, fee_policy_words
from ar_xl.core.arrays import IntArray
from ar_xl.core.dates import as_date
from ar_xl.core.explanation import Explanation, Part, Traced, Unit, traced
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import ReportCell
from ar_xl.ops.fees.late_fees import LateFees, assess
from ar_xl.ops.fees.overdue import Overdue, overdue
from ar_xl.ops.fees.reckoning import Reckoning, reckoning
from ar_xl.ops.fees.steps import fee_policy_named, step_policies
from ar_xl.ops.fees.waivers import waived_in_year
from ar_xl.ops.past import before
from ar_xl.ops.tracing import item_rows, of_items

MOST_SEGMENTS = 12


def fees_figure(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """A figure of one line of the run, or the sum of a column."""
    if cell.heading in ("Waived", "Waivers"):
        return _waived(ledger, cell)
    if cell.heading not in ("Overdue", "Days", "Fee"):
        return None
    books = _before_the_run(ledger, cell)
    run = assess(books, cell.as_of)
    mine = run.currency == cell.currency
    if not cell.is_total:
        mine &= run.invoice_no == cell.line.get("Invoice No", "")
        mine &= run.rate == cell.line.get("Rate", "")
        left_out = cell.line.get("Note", "").startswith("left out")
        mine &= np.array([note.startswith("left out") == left_out for note in run.note.tolist()])
    at = np.flatnonzero(mine)
    if not len(at):
        return None
    if cell.heading == "Fee":
        return _fee(ledger, books, cell, run, at)
    if cell.heading == "Days":
        return _days_of_run(run, int(at[0]))
    value = int(run.overdue[at].sum())
    late = overdue_under(books, cell.as_of, str(run.policy[at[0]]))
    charged = np.flatnonzero(np.isin(late.root.astype(str), run.invoice_no[at].astype(str)))
    parts = base_parts(books, cell.as_of, late.take(charged), cell.currency)
    if not cell.is_total and cell.line.get("Note", "").startswith("left out"):
        rule = f"What is open of it; it bears no fee: {run.note[at[0]]}."
        parts = parts[:1]
    else:
        rule = (
            "What is past due of the document on that day, less what is in dispute, promised, or "
            "covered by unapplied credits; of items left out, what is open."
        )
    return Explanation(rule, Unit.MONEY, value, cell.currency, parts)


def _waived(ledger: Ledger, cell: ReportCell) -> Explanation | None:
    """What was waived of a customer's late fees this year, or of all of them."""
    gone = waived_in_year(ledger, cell.as_of)
    mine = gone.currency == cell.currency
    if not cell.is_total:
        mine &= gone.customer_id == cell.line.get("Customer ID", "")
    at = np.flatnonzero(mine)
    if not len(at):
        return None
    rows, amounts = gone.rows.take(at), gone.amount[at]
    rule = f"Fee waivers dated in {cell.as_of.year} up to {cell.as_of}"
    if cell.heading == "Waivers":
        return Explanation(f"{rule}, counted.", Unit.WHOLE, int(np.sign(amounts).sum()))
    shown = traced(rows, amounts, "invoice_no", "date", rows.text("reason"))
    part = (Part("Applications", shown),)
    return Explanation(f"{rule}.", Unit.MONEY, int(amounts.sum()), cell.currency, part)


def overdue_under(books: Ledger, as_of: date, policy: str) -> Overdue:
    """What is overdue under a policy: that of a step of the ladder, else the customers' own.

    Args:
        books: as they stood before the fee was charged.
        as_of: the date of the run.
        policy: as a Fees row names it.
    """
    names = [made.name for _, made in step_policies(books.policy)]
    return overdue(books, as_of, names.index(policy) if policy in names else -1)


def _before_the_run(ledger: Ledger, cell: ReportCell) -> Ledger:
    """The books that the run looked at: without its own batch and what came after."""
    batches = sorted(cell.said.get("Batch", "").split(", "))
    return before(ledger, batches[0]) if batches[0].startswith("B-") else ledger


def base_parts(ledger: Ledger, as_of: date, late: Overdue, currency: str) -> tuple[Part, ...]:
    """What the base of a fee is made of: open, less disputed, promised and covered by credits.

    Left-out items keep all that is open, as the Late Fees sheet shows them.
    """
    shown = late.is_charged | ((late.reason != "") & late.has_policy & ~late.is_paid)
    late = late.take(np.flatnonzero(shown & (late.items.currency == currency)))
    free = late.reason == ""
    netted = np.zeros(len(late.items), dtype=np.int64)
    np.add.at(netted, late.netted.item, late.netted.amount)
    items = late.items
    taken = (
        ("In dispute", np.where(free, late.disputed, 0)),
        ("On a payment plan", np.where(free, late.planned, 0)),
        ("Promised", np.where(free, late.promised, 0)),
        ("Credits taken off", np.where(free, netted, 0)),
    )
    parts = [Part("Open items", item_rows(ledger, as_of, items.take(items.open != 0)))]
    parts += [
        Part(name, of_items(ledger, items, -minor, name.lower()))
        for name, minor in taken
        if minor.any()
    ]
    return tuple(parts)


def _days_of_run(run: LateFees, at: int) -> Explanation:
    rule = f"From the end of {run.start[at]} to the end of {run.end[at]}."
    if run.fee[at] == 0:
        rule += f" Nothing is charged: {run.note[at]}." if run.note[at] else ""
    return Explanation(rule, Unit.WHOLE, int(run.days[at]))


def _fee(
    ledger: Ledger, books: Ledger, cell: ReportCell, run: LateFees, at: IntArray
) -> Explanation:
    fees = ledger.posted("Fees")
    numbers = run.fee_invoice_no[at[run.fee[at] > 0]]
    batches = cell.said.get("Batch", "").split(", ")
    mine = np.isin(fees.text("fee_invoice_no").astype(str), numbers.astype(str))
    mine &= np.isin(fees.text("batch").astype(str), np.array(batches))
    charged = fees.take(np.flatnonzero(mine))
    value = int(run.fee[at].sum())
    if cell.is_total or not len(charged):
        note = f" {run.note[at[0]]}." if not cell.is_total and run.note[at[0]] else ""
        rule = f"Fees charged by the run for {run.period}.{note}"
        part = (Part("Fees", _fee_rows(charged)),)
        return Explanation(rule, Unit.MONEY, value, cell.currency, part)
    return charge(books, charged, cell.as_of, cell.currency)


def _fee_rows(fees: Frame) -> Traced:
    return traced(fees, fees.ints("charged"), "fee_invoice_no", "to_date", fees.text("fee_policy"))


def charge(books: Ledger, fees: Frame, as_of: date, currency: str) -> Explanation:
    """How one fee was reckoned: policy, segments, limits.

    Args:
        books: as they stood before the fee was charged.
        fees: its Fees row.
        as_of: charged to this day.
        currency: of the fee.
    """
    name, invoice = str(fees.text("fee_policy")[0]), str(fees.text("invoice_no")[0])
    late = overdue_under(books, as_of, name)
    mine = np.flatnonzero(late.is_charged & (late.root == invoice))
    policy = fee_policy_named(books.policy, name)
    if policy and len(mine):
        policy = late.policies[late.policy_code[mine[0]]]
    words = fee_policy_words(policy, currency) if policy else f"{name}, which is not there any more"
    charged, computed = int(fees.ints("charged")[0]), int(fees.ints("computed")[0])
    rule = f"Fee policy {words}. Computed {amount(computed, currency)}"
    rule += (
        "."
        if charged == computed
        else f", after minimum, ceiling and cap {amount(charged, currency)}."
    )
    see: tuple[str, ...] = ()
    part = Part("Fees", _fee_rows(fees))
    if len(mine):
        besides = _besides(books, as_of, invoice, name)
        run = reckoning(books, late.take(mine), as_of, {invoice: besides})
        see = segment_words(run, currency)
        again = int(run.amounts.charged[0])
        if again != charged:
            see += (
                f"By the policy as it is now it would be {amount(again, currency)}: the policy, a "
                "dispute or a promise was changed since.",
            )
    return Explanation(rule, Unit.MONEY, charged, currency, (part,), see=see)


def _besides(books: Ledger, as_of: date, invoice: str, policy: str) -> int:
    """What a run charges on an invoice before it comes to a policy; its limits count that in."""
    run = assess(books, as_of)
    mine = np.flatnonzero(run.invoice_no == invoice)
    names = run.policy[mine].tolist()
    return int(run.fee[mine[: names.index(policy)]].sum()) if policy in names else 0


def run_date(ledger: Ledger, fees: Frame) -> date:
    """The date that the run of a Fees row was for: its batch's, else the last day charged."""
    batches = ledger.posted("Batches")
    batch = fees.text("reverses")[0] or fees.text("batch")[0]
    at = np.flatnonzero(batches.text("batch") == batch)
    on = batches.dates("as_of")[at[0]] if len(at) else fees.dates("to_date")[0]
    return as_date(fees.dates("to_date")[0] if np.isnat(on) else on)


def segment_words(run: Reckoning, currency: str) -> tuple[str, ...]:
    """What was overdue from which day to which; of a monthly fee, in each completed month."""
    numbers, parts, window = run.late.items.invoice_no, run.parts, run.window
    if len(window.month_item):
        base = parts.base_after(window.month_item, window.month_begin)
        lines = [
            f"{numbers[item]}: {amount(minor, currency)} overdue in the month after "
            f"{np.datetime64(begin, 'D')}"
            for item, begin, minor in zip(
                window.month_item.tolist(), window.month_begin.tolist(), base.tolist(), strict=True
            )
        ]
    else:
        rows = zip(*(each.tolist() for each in (parts.item, parts.start, parts.end, parts.base)),
                   strict=True)  # fmt: skip
        lines = [
            f"{numbers[item]}: {amount(minor, currency)} overdue for {end - start} days, after "
            f"{np.datetime64(start, 'D')} to {np.datetime64(end, 'D')}"
            for item, start, end, minor in rows
            if end > start
        ]
    if len(lines) > MOST_SEGMENTS:
        lines[MOST_SEGMENTS:] = [f"... and {len(lines) - MOST_SEGMENTS:,} more stretches of days"]
    return tuple(lines)
