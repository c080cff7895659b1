"""Allocation: which receipt pays which item, by the rules of semantics section 4.

Each rule runs over the whole batch before the next. What no rule applies stays unapplied;
applied and unapplied make up the receipt, always.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ar_xl.core.arrays import IntArray, codes_of, sum_by
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.ops.collecting.disputes import disputed
from ar_xl.ops.discounts import discount_windows, granted_so_far
from ar_xl.ops.equal_rules import pay_balances, pay_equal_items
from ar_xl.ops.fifo import pay_oldest_first
from ar_xl.ops.open_items import OpenItems, open_items
from ar_xl.ops.ordering import payment_order, receipt_order
from ar_xl.ops.paying import Batch, Paid, Paying
from ar_xl.ops.remittance.reference_deductions import Deducted
from ar_xl.ops.remittance.reference_rule import ReferenceRule
from ar_xl.ops.remittance.references import read_references
from ar_xl.ops.remittance.remittances import understood
from ar_xl.ops.settlements import day_numbers, find_items
from ar_xl.ops.subset import Question, pay_subsets
from ar_xl.ops.tolerance import overpayment_limits, underpayment_limits

RULE_NAMES = {
    1: "1 reference", 2: "2 equal item", 3: "3 balance", 4: "4 subset", 5: "5 oldest first",
}  # fmt: skip

ALLOCATION_QUESTION = code(
    "allocation_question",
    Severity.WARNING,
    "one set of documents that adds up to the receipt",
    "Ask the customer, then apply the receipt with an Apply adjustment; it stays unapplied.",
)


@dataclass(frozen=True)
class Allocation:
    """What the rules decided.

    Args:
        batch: receipts and items, in their orders.
        paid: the applications.
        refused: indexes of receipts that must not be posted.
        findings: what to say.
        deducted: what payers kept back of items, with the reason.
    """

    batch: Batch
    paid: Paid
    refused: frozenset[int]
    findings: tuple[Finding, ...]
    deducted: tuple[Deducted, ...] = ()


def payable_items(ledger: Ledger, as_of: date) -> OpenItems:
    """Open items as of a date, each no larger than what is open when all postings count.

    So a receipt posted for a past date never pays what a later posting has settled since.
    """
    items = open_items(ledger, as_of)
    later = any(
        bool((ledger.posted(name).dates("posting_date") > day(as_of)).any())
        for name in ("Applications", "Invoices")
    )
    if not later:
        return items
    final = open_items(ledger, LAST_DATE)
    at = find_items(final, items.invoice_no, items.line)
    settled = np.where(at >= 0, final.open[at], 0) if len(final) else np.zeros_like(items.open)
    return replace(items, open=np.minimum(items.open, settled))


def prepare(ledger: Ledger, receipts: Frame, as_of: date) -> Batch:
    """Sort receipts and open items and work out discounts, disputes and tolerances.

    Args:
        ledger: its posted documents up to the date may be paid.
        receipts: with number, date, customer, currency and amount in every row.
        as_of: the last Posting Date that counts.
    """
    settings, items = ledger.policy.settings, payable_items(ledger, as_of)
    receipts = receipts.take(
        receipt_order(receipts.dates("receipt_date"), receipts.text("receipt_no"))
    )
    documents = items.documents
    (owner, payer), _ = codes_of(documents.text("customer_id"), receipts.text("customer_id"))
    (theirs, ours), currencies = codes_of(documents.text("currency"), receipts.text("currency"))
    _, group = np.unique(
        np.concatenate([owner * len(currencies) + theirs, payer * len(currencies) + ours]),
        return_inverse=True,
    )
    group = group.astype(np.int64)
    document_group, receipt_group = group[: len(documents)], group[len(documents) :]
    windows = discount_windows(ledger, items)
    granted = sum_by(items.document, granted_so_far(ledger, items), len(documents))
    contested = np.minimum(disputed(ledger, items, as_of), np.maximum(items.open, 0))
    still_open = np.flatnonzero(items.open > 0)
    order = still_open[
        payment_order(
            items.take(still_open),
            document_group[items.document[still_open]],
            settings.fees_paid == "first",
        )
    ]
    items = items.take(order)
    return Batch(
        receipts=receipts,
        receipt_group=receipt_group,
        receipt_day=day_numbers(receipts.dates("receipt_date")),
        items=items,
        item_group=document_group[items.document],
        document_group=document_group,
        groups=int(group.max(initial=-1)) + 1,
        document_granted=granted,
        windows=windows.take(order),
        disputed=contested[order],
        under=underpayment_limits(ledger.policy, items.currency, items.amount, as_of),
        over=overpayment_limits(ledger.policy, items.currency, items.amount, as_of),
        partial=settings.partial_discount,
        credit_on_full=settings.discount_on_full == "credit",
    )


def allocate(
    ledger: Ledger, receipts: Frame, as_of: date, for_anybody: Collection[str] = ()
) -> Allocation:
    """Decide what each receipt pays.

    Args:
        ledger: posted documents may be paid; its settings say which rules run in which order.
        receipts: complete rows, each with a number of its own.
        as_of: the last Posting Date of documents that counts.
        for_anybody: numbers of receipts that a person had pay for customers who are not related.
    """
    return allocate_batch(ledger, prepare(ledger, receipts, as_of), for_anybody)


def allocate_batch(ledger: Ledger, batch: Batch, for_anybody: Collection[str] = ()) -> Allocation:
    """Decide what the receipts of a prepared batch pay; see `allocate`."""
    paying = Paying(batch)
    rules = ledger.policy.settings.allocation_rules
    references = None
    if 1 in rules:
        texts, numbers = batch.receipts.text("remittance"), batch.items.documents.text("invoice_no")
        codes, read = read_references(texts, numbers)
        read, pasted = understood(
            codes_of(texts)[1], read, numbers, ledger.policy.settings.deduction_reasons
        )
        references = ReferenceRule(ledger, paying, codes, read, pasted, for_anybody)
        named = np.array([bool(refs) for refs in read], dtype=bool)
        if len(named):
            paying.waiting = (~named[codes]).tolist()
    questions = run_rules(paying, rules, references)
    findings = [_asked(batch, question) for question in questions]
    if references is not None:
        findings += references.findings
    refused = frozenset(references.refused) if references is not None else frozenset()
    paid = _in_order(_with_small_overpayments(paying))
    deducted = tuple(references.deductions.made) if references is not None else ()
    return Allocation(batch, paid, refused, tuple(findings), deducted)


def run_rules(
    paying: Paying, rules: tuple[int, ...], references: ReferenceRule | None = None
) -> list[Question]:
    """Run the rules one after the other over a whole batch; rule 1 needs the references read."""
    questions: list[Question] = []
    for rule in rules:
        if rule == 1 and references is not None:
            references.run()
        elif rule == 2:
            pay_equal_items(paying)
        elif rule == 3:
            pay_balances(paying)
        elif rule == 4:
            questions = pay_subsets(paying)
        elif rule == 5:
            pay_oldest_first(paying)
    return questions


def _with_small_overpayments(paying: Paying) -> Paid:
    """Take what is left of a receipt within tolerance, on the item that it closed last."""
    paid, batch = paying.paid(), paying.batch
    if not batch.over.any() or not len(paid):
        return paid
    left = np.array(paying.left, dtype=np.int64)
    last_of_receipt = np.full(len(left), -1, dtype=np.int64)
    last_of_item = np.full(len(batch.items), -1, dtype=np.int64)
    last_of_receipt[paid.receipt] = np.arange(len(paid))
    last_of_item[paid.item] = np.arange(len(paid))
    may = (left > 0) & (last_of_receipt >= 0)
    may[list(paying.no_gain)] = False
    receipts = np.flatnonzero(may)
    rows = last_of_receipt[receipts]
    item = paid.item[rows]
    closed = (last_of_item[item] == rows) & (np.array(paying.open, dtype=np.int64)[item] == 0)
    accepted = closed & (left[receipts] <= batch.over[item])
    rows, extra = rows[accepted], left[receipts[accepted]]
    paid.amount[rows] += extra
    paid.spent[rows] += extra
    paid.difference[rows] -= extra
    return paid


def _in_order(paid: Paid) -> Paid:
    """Applications in the order of receipts, then of items: the numbers they get depend on it."""
    order = np.lexsort((np.arange(len(paid)), paid.item, paid.receipt))
    columns: list[IntArray] = [getattr(paid, name)[order] for name in Paid.__dataclass_fields__]
    return Paid(*columns)


def _asked(batch: Batch, question: Question) -> Finding:
    receipts, numbers = batch.receipts, batch.items.invoice_no
    at = question.receipt
    amount = money_text(int(receipts.ints("amount")[at]), str(receipts.text("currency")[at]))
    one = " + ".join(numbers[list(question.one)])
    other = " + ".join(numbers[list(question.other)])
    return Finding(
        ALLOCATION_QUESTION, "Receipts", int(receipts.row[at]), "amount",
        str(receipts.text("receipt_no")[at]), f"{amount} is {one}, but also {other}",
    )  # fmt: skip
