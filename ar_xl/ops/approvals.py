"""Who has to approve an adjustment: above the limits of Settings, a second person.

What belongs together counts together, so that an amount in two parts needs the same approval: the
refunds of a customer, and the write-offs of a document with those posted before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, TextArray, codes_of, positions, sum_by, text_array
from ar_xl.core.dates import LAST_DATE
from ar_xl.core.findings import Finding, Severity, code, rows_found
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text, to_decimal
from ar_xl.ops.customers import customer_values
from ar_xl.ops.open_items import credits, live_rows
from ar_xl.ops.persons import mixed_scripts, person
from ar_xl.ops.rates import in_base, rates_for

OWN_APPROVAL = code(
    "approved_by_requester",
    Severity.ERROR,
    "another person in Approved By than in Requested By",
    "Let someone else approve it.",
)
APPROVAL_MISSING = code(
    "approval_missing",
    Severity.ERROR,
    "names in Requested By and Approved By, because the amount is above the approval limit",
    "Fill in both: the one who approves is another person than the one who asked for it.",
)
NAME_OF_TWO_SCRIPTS = code(
    "name_mixes_scripts",
    Severity.ERROR,
    "a name in letters of one script; letters that look alike can stand for another person",
    "Type the name again, on one keyboard.",
)

OF_INVOICE = ("Special Discount", "Write-off", "Recovery", "Fee Waiver")
WRITTEN_OFF = "write-off"
_LIMITED = {"Write-off": "write_off_limit", "Recovery": "write_off_limit", "Refund": "refund_limit"}


@dataclass(frozen=True)
class Adjusted:
    """What draft adjustments are about, one element a draft.

    Args:
        currency: of the document, or of the credits that a refund pays out.
        rate: that of the document, or of the day of a refund that names none; BLANK unknown.
        customer_id: whose document it is; as typed where none is named.
    """

    currency: TextArray
    rate: IntArray
    customer_id: TextArray


def adjusted(ledger: Ledger) -> Adjusted:
    """Currency, rate and customer of what each draft changes."""
    drafts = ledger.draft("Adjustments")
    kinds, documents = drafts.text("kind"), drafts.text("document_no")
    unnamed = (kinds == "Refund") & (documents == "")
    currency = refund_currencies(ledger, np.where(unnamed, drafts.text("customer_id"), ""))
    rate = rates_for(ledger.policy, currency, drafts.dates("date"))
    whose = drafts.text("customer_id").copy()
    of_invoice = np.isin(kinds, np.array(OF_INVOICE, dtype=object))
    for table, number in (("Invoices", "invoice_no"), ("Receipts", "receipt_no")):
        live, _ = live_rows(ledger.posted(table), number)
        at = positions(live.text(number), documents)
        if table == "Receipts":
            at[of_invoice] = -1
        known = at >= 0
        currency[known] = live.text("currency")[at[known]]
        rate[known] = live.ints("rate")[at[known]]
        whose[known] = live.text("customer_id")[at[known]]
    return Adjusted(currency, rate, whose)


def refund_currencies(ledger: Ledger, customers: TextArray) -> TextArray:
    """The currency in which a refund that names no document pays a customer.

    That of the customer, else the base currency; where the customer has no credit in it and all
    their open credits have one other, that one.
    """
    out = customer_values(ledger, customers, "currency").copy()
    out[out == ""] = ledger.policy.settings.base_currency
    if not (customers != "").any():
        return out
    every = credits(ledger, LAST_DATE)
    every = every.take(positions(customers, every.customer_id) >= 0)
    standing, unused = defaultdict(set), defaultdict(set)
    rows = zip(every.customer_id, every.currency, (every.unapplied > 0).tolist(), strict=True)
    for name, each, is_open in set(rows):
        standing[name].add(each)
        if is_open:
            unused[name].add(each)
    for at, name in enumerate(customers.tolist()):
        # A row of the same run may take an application back: then any credit that stands counts.
        held = unused[name] or standing[name]
        if name and len(held) == 1:
            (out[at],) = held
    return out


def approvals(ledger: Ledger) -> list[Finding]:
    """No one approves their own; above the limit someone has to."""
    drafts = ledger.draft("Adjustments")
    asked, approved = drafts.text("requested_by"), drafts.text("approved_by")
    requester, approver = _persons(asked), _persons(approved)
    own = (approver != "") & (approver == requester)
    found = [*_mixed(drafts, "requested_by"), *_mixed(drafts, "approved_by")]
    found += rows_found(
        own, drafts, OWN_APPROVAL, "approved_by", "adjustment_no", lambda i: f"`{approved[i]}`"
    )
    above = _above_limit(ledger, drafts)
    wrong = np.array([bool(words) for words in above], dtype=np.bool_)
    wrong &= (approver == "") | (requester == "")

    def seen(i: int) -> str:
        role, typed = ("an approver", approved[i]) if not approver[i] else ("a requester", asked[i])
        named = f": `{typed}` is no name" if typed else ""
        return f"{above[i]} without {role}{named}"

    return found + rows_found(
        wrong, drafts, APPROVAL_MISSING, "approved_by", "adjustment_no", seen
    )  # fmt: skip


def _persons(names: TextArray) -> TextArray:
    return text_array(person(name) for name in names.tolist())


def _mixed(drafts: Frame, column: str) -> list[Finding]:
    names = drafts.text(column)
    mixed = [mixed_scripts(name) for name in names.tolist()]
    return rows_found(
        np.array([bool(each) for each in mixed], dtype=np.bool_), drafts, NAME_OF_TWO_SCRIPTS,
        column, "adjustment_no", lambda i: f"`{names[i]}`, which mixes {mixed[i]} letters",
    )  # fmt: skip


def _above_limit(ledger: Ledger, drafts: Frame) -> list[str]:
    """The amount and its limit in words where it is above; what belongs together counts together.

    Limits are in the base currency; an amount is taken at its document's rate.
    """
    settings, home = ledger.policy.settings, ledger.policy.settings.base_currency
    about = adjusted(ledger)
    amounts = np.where(drafts.ints("amount") == BLANK, 0, drafts.ints("amount"))
    base = in_base(amounts, about.currency, about.rate, home)
    before = in_base(_written_off(ledger, drafts), about.currency, about.rate, home)
    kinds, documents = drafts.text("kind"), drafts.text("document_no")
    whose = np.where((kinds == "Refund") | (documents == ""), about.customer_id, documents)
    keys = text_array(f"{kind}\t{who}" for kind, who in zip(kinds, whose, strict=True))
    (group,), names = codes_of(keys)
    together = sum_by(group, base, len(names))[group] + before
    made = []
    rows = zip(kinds.tolist(), together.tolist(), before.tolist(), strict=True)
    for kind, total, earlier in rows:
        limit = getattr(settings, _LIMITED[kind]) if kind in _LIMITED else None
        above = limit is not None and to_decimal(total, home) > limit
        with_it = " with what was written off before" if earlier else ""
        words = f"{home} {money_text(total, home)}{with_it}, limit {limit},"
        made.append(words if above else "")
    return made


def _written_off(ledger: Ledger, drafts: Frame) -> IntArray:
    """What stands written off of the document of each draft write-off; minor units of it."""
    out = np.zeros(len(drafts), dtype=np.int64)
    mine = np.flatnonzero(drafts.text("kind") == "Write-off")
    if not len(mine):
        return out
    rows = ledger.posted("Applications")
    rows = rows.take(
        (rows.text("source_type") == "Adjustment") & (rows.text("rule") == WRITTEN_OFF)
    )
    named = drafts.text("document_no")[mine]
    (paid, drafted), names = codes_of(rows.text("invoice_no"), named)
    out[mine] = sum_by(paid, rows.ints("amount"), len(names))[drafted]
    return out
