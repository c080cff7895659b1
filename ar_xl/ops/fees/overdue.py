"""What a run of late fees looks at: overdue items, their policies, and what is left out.

Days count from the due date, or from the invoice date by the policy's Basis; either way an item
bears a fee only once its due date and grace days have passed. `shift` never charges the grace
days; `threshold` charges from the start once they are exceeded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import BoolArray, IntArray, TextArray, codes_of, filled
from ar_xl.core.dates import day
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.core.policy import FeePolicy
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.collecting.plans import on_plan, plan_states
from ar_xl.ops.collecting.promises import STANDING, Promises, promised, promises
from ar_xl.ops.customers import customer_values, first_filled
from ar_xl.ops.fees.amounts import TIMED
from ar_xl.ops.fees.ceilings import Ruled, under_ceilings
from ar_xl.ops.fees.segments import Netted
from ar_xl.ops.fees.steps import NEVER, step_policies, steps_on
from ar_xl.ops.open_items import OpenItems, credits, open_items
from ar_xl.ops.settlements import all_settlements, day_numbers
from ar_xl.ops.waterfall import pour

GONE = {"Agency": "with a collection agency", "Legal": "in legal action", "Closed": "closed"}
NO_POLICY = FeePolicy("")


@dataclass(frozen=True)
class Overdue:
    """The overdue items of a date, one element an instalment.

    Args:
        items: past their due date, and open or paid late within the period.
        root: the document that a fee is for: the item's own, or the one a late fee is for.
        policy_code: index into `policies`.
        policies: those in use; one named "" charges nothing.
        unknown: customers whose policy is not on the Fee Policies sheet, and its name.
        lawless: customers whose place has no ceiling in force that is known, and the place.
        begin: the first day is charged from its end on, days since 1970, before history.
        disputed, planned, promised: left out of what is open, minor units; planned is what is on
            a payment plan that is kept.
        reason: why the item is left out, "" where it is not.
        netted: unapplied credits of the customers, on their oldest overdue items.
        ripe: the grace days are over, or were when the item was paid.
        until: charged to this day at most: the as-of date, the day it was paid, or that of a
            step of the ladder whose policy charges the days from then on.
        taken_over: such a step there is.
    """

    items: OpenItems
    root: TextArray
    policy_code: IntArray
    policies: tuple[FeePolicy, ...]
    unknown: dict[str, str]
    lawless: dict[str, str]
    begin: IntArray
    disputed: IntArray
    planned: IntArray
    promised: IntArray
    reason: TextArray
    netted: Netted
    ripe: BoolArray
    until: IntArray
    taken_over: BoolArray

    @property
    def is_paid(self) -> BoolArray:
        """Which items were paid late and in full: only days bear a fee of theirs."""
        return np.asarray(self.items.open == 0, dtype=np.bool_)

    @property
    def has_policy(self) -> BoolArray:
        """Which items a policy applies to that charges something."""
        named = np.array([policy.method != "none" for policy in self.policies], dtype=np.bool_)
        return np.asarray(named[self.policy_code], dtype=np.bool_)

    @property
    def is_charged(self) -> BoolArray:
        """Which items bear a fee: nothing leaves them out, and their grace days are over."""
        return np.asarray(self.has_policy & (self.reason == "") & self.ripe, dtype=np.bool_)

    def take(self, chosen: IntArray) -> Overdue:
        """The items that an index picks, with the credits netted against them."""
        place = np.full(len(self.items), -1, dtype=np.int64)
        place[chosen] = np.arange(len(chosen))
        mine = place[self.netted.item] >= 0
        return replace(
            self,
            items=self.items.take(chosen),
            root=self.root[chosen],
            policy_code=self.policy_code[chosen],
            begin=self.begin[chosen],
            disputed=self.disputed[chosen],
            planned=self.planned[chosen],
            promised=self.promised[chosen],
            reason=self.reason[chosen],
            netted=Netted(
                place[self.netted.item[mine]], self.netted.day[mine], self.netted.amount[mine]
            ),
            ripe=self.ripe[chosen],
            until=self.until[chosen],
            taken_over=self.taken_over[chosen],
        )


def layers(ledger: Ledger, as_of: date) -> tuple[Overdue, ...]:
    """What is overdue under the customers' own policies, then under each step's of the ladder.

    Args:
        ledger: posted rows count.
        as_of: the date.
    """
    steps = range(len(step_policies(ledger.policy)))
    return (overdue(ledger, as_of), *(overdue(ledger, as_of, step) for step in steps))


def overdue(ledger: Ledger, as_of: date, step: int = -1) -> Overdue:
    """Find everything overdue at a date and say what is left out, and why.

    What was paid late within the month of the date was overdue until then, and is found too.
    What was paid in an earlier month is history: the run of that month was the time to charge.

    Args:
        ledger: posted rows count.
        as_of: the date; an item due on it is not overdue.
        step: place of a step among those that carry a fee: its policy applies, to the items that
            it was done for. -1: the customers' own policies.
    """
    everything = open_items(ledger, as_of)
    made = promises(ledger, as_of)
    today = int(day_numbers(np.array([day(as_of)]))[0])
    paid_on = all_settlements(ledger, as_of).last_day()
    month_began = int(day_numbers(np.array([day(as_of.replace(day=1))]))[0])
    paid_late = (everything.open == 0) & (everything.amount > 0) & (paid_on >= month_began)
    paid_late &= paid_on > day_numbers(everything.due_date)
    late = ((everything.open > 0) | paid_late) & (everything.due_date < day(as_of))
    items = everything.take(np.flatnonzero(late))
    until = np.where(items.open > 0, today, paid_on[late])
    applied = _applied(ledger, items, as_of, step)
    ruled = under_ceilings(ledger, items.customer_id, applied.policy_code, applied.policies, as_of)
    policy_code, policies = ruled.code, ruled.policies
    until, since = np.minimum(until, applied.until), applied.since
    compound = np.array([policy.compound for policy in policies], dtype=np.bool_)[policy_code]
    timed = np.array([policy.method in TIMED for policy in policies], dtype=np.bool_)[policy_code]
    bears = ((items.type != "Late Fee") | compound) & ((items.open > 0) | timed)
    principal = np.flatnonzero(bears)
    items, policy_code, until = items.take(principal), policy_code[principal], until[principal]
    taken_over, since = applied.until[principal] < NEVER, since[principal]
    lawless = _lawless(items, policy_code, policies, ruled, principal)
    contested = disputed(ledger, items, as_of)
    planned = on_plan(ledger, items, as_of)
    covered = promised(made, items, items.open - contested - planned)
    netted = _netted(ledger, items, items.open - contested - planned - covered, as_of)
    begin, ripe = first_days(
        day_numbers(items.invoice_date), day_numbers(items.due_date), policy_code, policies, until
    )
    begin = np.maximum(begin, since)
    reason = _reasons(ledger, items, contested, planned, covered, made)
    _of_plans(ledger, items, contested, planned, as_of, reason)
    for i in np.flatnonzero(np.isin(items.customer_id.astype(str), list(lawless))).tolist():
        place = lawless[items.customer_id[i]]
        reason[i] = reason[i] or f"Fee Ceilings has none in force for `{place}`"
    return Overdue(
        items, _roots(items), policy_code, policies, applied.unknown, lawless, begin, contested,
        planned, covered, reason, netted, ripe, until, taken_over,
    )  # fmt: skip


@dataclass(frozen=True)
class _Applied:
    """Which policy applies to each item, from when and to when; days since 1970."""

    policy_code: IntArray
    policies: tuple[FeePolicy, ...]
    unknown: dict[str, str]
    since: IntArray
    until: IntArray


def _applied(ledger: Ledger, items: OpenItems, as_of: date, step: int) -> _Applied:
    own, policies, unknown = policies_of(ledger, items)
    steps = steps_on(ledger, items, own, policies, as_of)
    until = steps.taken_over(step)
    always = np.full(len(items), -NEVER, dtype=np.int64)
    if step >= 0:
        policy, done = steps.policies[step], steps.since[step]
        since = always if policy.once else np.where(done < NEVER, done, always)
        until = np.full(len(items), NEVER) if policy.once else until
        return _Applied((done < NEVER).astype(np.int64), (NO_POLICY, policy), {}, since, until)
    # Days before the step bear the own policy still; what charges no days has none of them.
    timed = np.array([policy.method in TIMED for policy in policies], dtype=np.bool_)
    gone = (until < NEVER) & ~timed[own]
    return _Applied(
        np.where(gone, len(policies), own), (*policies, NO_POLICY), unknown, always, until
    )


def policies_of(
    ledger: Ledger, items: OpenItems
) -> tuple[IntArray, tuple[FeePolicy, ...], dict[str, str]]:
    """The fee policy of each item's customer, else the default one, else none.

    Args:
        ledger: its Customers and Fee Policies.
        items: whose policies are asked for.

    Returns:
        An index into the policies, one an item; the policies, one named "" charges nothing; and
        the customers whose policy is not on the Fee Policies sheet, with its name.
    """
    names = first_filled(
        customer_values(ledger, items.customer_id, "fee_policy"),
        filled(len(items), ledger.policy.settings.default_fee_policy),
    )
    (codes,), texts = codes_of(names)
    known = ledger.policy.fee_policies
    unknown: dict[str, str] = {}
    for code, name in enumerate(texts):
        if name and name not in known:
            customers = dict.fromkeys(items.customer_id[codes == code].tolist())
            unknown |= {customer: str(name) for customer in customers}
    return codes, tuple(known.get(name, NO_POLICY) for name in texts) or (NO_POLICY,), unknown


def _lawless(
    items: OpenItems,
    policy_code: IntArray,
    policies: tuple[FeePolicy, ...],
    ruled: Ruled,
    principal: IntArray,
) -> dict[str, str]:
    """Customers who would be charged, but whose place has no ceiling in force that is known."""
    charges = np.array([policy.method != "none" for policy in policies], dtype=np.bool_)
    at = np.flatnonzero(charges[policy_code] & ruled.unknown[principal])
    places = ruled.places[principal]
    return dict(zip(items.customer_id[at].tolist(), places[at].tolist(), strict=True))


def _roots(items: OpenItems) -> TextArray:
    """The document that each item's fee is for; a fee on a fee is for the same invoice."""
    root = items.invoice_no.copy()
    applies_to = items.documents.text("applies_to")[items.document]
    fee = (items.type == "Late Fee") & (applies_to != "")
    root[fee] = applies_to[fee]
    return root


def first_days(
    invoiced: IntArray,
    due: IntArray,
    policy_code: IntArray,
    policies: tuple[FeePolicy, ...],
    until: IntArray,
) -> tuple[IntArray, BoolArray]:
    """From the end of which day each item is charged, and whether its grace days are over.

    Args:
        invoiced, due: day numbers of the invoice and the due date.
        policy_code, policies: which policy applies.
        until: charged to this day at most.
    """
    grace = np.array([policy.grace_days for policy in policies])[policy_code]
    shift = np.array([policy.grace_rule == "shift" for policy in policies])[policy_code]
    by_invoice = np.array([policy.basis == "invoice" for policy in policies])[policy_code]
    start = np.where(by_invoice, invoiced, due)
    return start + np.where(shift, grace, 0), np.asarray(until > due + grace, dtype=np.bool_)


def _netted(ledger: Ledger, items: OpenItems, room: IntArray, as_of: date) -> Netted:
    """Net the customers' unapplied credits against their oldest overdue items.

    A credit counts from its own date on, as if it had been applied that day.
    """
    owed_back = credits(ledger, as_of)
    owed_back = owed_back.take(np.flatnonzero(owed_back.unapplied > 0))
    if not len(owed_back):
        none = np.zeros(0, dtype=np.int64)
        return Netted(none, none, none)
    used_first = np.lexsort((owed_back.source_no.astype(str), owed_back.date))
    owed_back = owed_back.take(used_first)
    oldest = np.lexsort(
        (items.line, items.invoice_no.astype(str), items.invoice_date, items.due_date)
    )
    (source, place), _ = codes_of(
        owed_back.customer_id + "\t" + owed_back.currency,
        (items.customer_id + "\t" + items.currency)[oldest],
    )
    poured = pour(source, owed_back.unapplied, place, room[oldest])
    return Netted(oldest[poured.place], day_numbers(owed_back.date)[poured.source], poured.amount)


def _reasons(
    ledger: Ledger,
    items: OpenItems,
    contested: IntArray,
    planned: IntArray,
    covered: IntArray,
    made: Promises,
) -> TextArray:
    """Why an item is left out altogether; the strongest reason wins."""
    reason = filled(len(items), "")
    free = items.open - contested
    whole = np.flatnonzero((free - planned - covered <= 0) & (covered > 0))
    standing = made.take(np.flatnonzero(made.state == STANDING))
    for i in whole.tolist():
        mine = (standing.invoice_no == items.invoice_no[i]) | (
            (standing.invoice_no == "") & (standing.customer_id == items.customer_id[i])
        )
        reason[i] = f"promised for {standing.due[mine].max()}"
    for i in np.flatnonzero((free <= 0) & (contested > 0)).tolist():
        reason[i] = f"all {money_text(int(contested[i]), items.currency[i])} in dispute"
    status = customer_values(ledger, items.customer_id, "status")
    for name, words in GONE.items():
        reason[status == name] = f"the customer is {words}"
    block = customer_values(ledger, items.customer_id, "reminder_block")
    for text in dict.fromkeys(block[block != ""].tolist()):
        reason[block == text] = f"reminders are blocked: {text}"
    return reason


def _of_plans(
    ledger: Ledger,
    items: OpenItems,
    contested: IntArray,
    planned: IntArray,
    as_of: date,
    reason: TextArray,
) -> None:
    """Leave out what is on a payment plan that is kept, and what such a plan has paid."""
    if not len(ledger.posted("Plans")):
        return
    states = plan_states(ledger, as_of)
    plan = states.at(items.invoice_no)
    paid = (items.open == 0) & (plan >= 0)
    whole = ((planned > 0) & (items.open - contested - planned <= 0)) | paid
    for i in np.flatnonzero(whole & (reason == "")).tolist():
        reason[i] = f"on payment plan {states.plan_no[plan[i]]}"
