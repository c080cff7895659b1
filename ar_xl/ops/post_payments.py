"""Posting of receipts: allocation, discounts earned, tolerance.

Rules: semantics, sections 1, 4 and 5. A decision only: nothing is written here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from ar_xl.core.arrays import IntArray, TextArray, codes_of, filled, sum_by
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.periods import closed_months
from ar_xl.core.tables import APPLICATIONS
from ar_xl.ops.allocation import RULE_NAMES, Allocation, allocate
from ar_xl.ops.derived import receipt_status
from ar_xl.ops.discounts import discount_tax
from ar_xl.ops.numbering import application_numbers
from ar_xl.ops.open_items import zero_if_blank
from ar_xl.ops.receipts import draft_receipts
from ar_xl.ops.remittance.deductions import dispute_rows
from ar_xl.ops.settlements import application_dates


def post_payments(ledger: Ledger, request: Request, for_anybody: Collection[str] = ()) -> Change:
    """Post the draft receipts dated up to the as-of date and apply them.

    Args:
        ledger: posted documents, drafts already checked. Every document posted by the as-of
            date may be paid.
        request: later-dated drafts stay drafts, and that is said.
        for_anybody: numbers of receipts that a person had pay for customers who are not related.

    Returns:
        The posted receipts with their sheet rows, their applications, disputes of what was
        deducted, findings, and the totals `received`, `applied`, `discount`, `difference`,
        `deducted` and `unapplied` per currency, minor units. A receipt whose references are
        refused is an error finding and stays a draft.
    """
    drafts, notes = draft_receipts(ledger, request.as_of)
    if not len(drafts):
        return Change(findings=tuple(notes))
    decided = allocate(ledger, drafts, request.as_of, for_anybody)
    receipts, applications = _rows(ledger, decided)
    disputes = dispute_rows(ledger, decided)
    made = {"Applications": applications, "Disputes": disputes}
    return Change(
        posts={"Receipts": receipts} if len(receipts) else {},
        appends={name: frame for name, frame in made.items() if len(frame)},
        findings=(*notes, *decided.findings),
        totals={**_totals(receipts, applications, decided), **_deducted(decided)},
    )


def _deducted(decided: Allocation) -> Mapping[str, Mapping[str, int]]:
    """What was kept back with a reason, by currency; nothing where nothing was."""
    total: dict[str, int] = {}
    for each in decided.deducted:
        if each.receipt not in decided.refused:
            currency = str(decided.batch.items.currency[each.item])
            total[currency] = total.get(currency, 0) + each.amount
    return {"deducted": total} if total else {}


def _rows(ledger: Ledger, decided: Allocation) -> tuple[Frame, Frame]:
    """Receipts as they will stand, and the Applications rows, without batch and seal."""
    batch, paid = decided.batch, decided.paid
    items, receipts = batch.items, batch.receipts
    spent = sum_by(paid.receipt, paid.spent, len(receipts))
    unapplied = receipts.ints("amount") - spent
    assert bool((unapplied >= 0).all()), "more was applied than received"
    documents = items.documents
    dates = np.maximum(
        receipts.dates("posting_date")[paid.receipt],
        documents.dates("posting_date")[items.document[paid.item]],
    )
    relieved = paid.amount + paid.discount + paid.difference
    dates = application_dates(ledger, items, paid.item, dates, relieved)
    dates = closed_months(ledger.posted("Periods")).posting_dates(dates)
    applications = Frame.build(
        APPLICATIONS,
        len(paid),
        application_no=application_numbers(ledger, len(paid)),
        date=dates,
        posting_date=dates,
        source_type="Receipt",
        source_no=receipts.text("receipt_no")[paid.receipt],
        invoice_no=items.invoice_no[paid.item],
        line=items.line[paid.item],
        amount=paid.amount,
        discount=paid.discount,
        discount_tax=_discount_tax(ledger, decided),
        difference=paid.difference,
        source_amount=paid.spent,
        rule=_rule_names(paid.rule),
        reason=_reasons(decided),
    )
    kept = np.ones(len(receipts), dtype=bool)
    kept[list(decided.refused)] = False
    posted = receipts.replace(unapplied=unapplied)
    posted = posted.replace(status=receipt_status(receipts.ints("amount"), unapplied))
    return posted.take(kept), applications


def _discount_tax(ledger: Ledger, decided: Allocation) -> IntArray:
    """The tax part of each discount; the parts of one document add up to the part of all."""
    paid, items = decided.paid, decided.batch.items
    tax = np.zeros(len(paid), dtype=np.int64)
    some = np.flatnonzero(paid.discount > 0)
    if not len(some):
        return tax
    document = items.document[paid.item[some]]
    order = np.argsort(document, kind="stable")
    some, document = some[order], document[order]
    discount = paid.discount[some]
    earlier = np.cumsum(discount) - discount
    first = np.flatnonzero(np.diff(document, prepend=-1))
    earlier -= np.repeat(earlier[first], np.diff(np.append(first, len(document))))
    tax[some] = discount_tax(
        discount,
        decided.batch.document_granted[document] + earlier,
        zero_if_blank(items.documents.ints("tax"))[document],
        items.documents.ints("amount")[document],
        ledger.policy.settings.tax_mode,
    )
    return tax


def _rule_names(rules: IntArray) -> TextArray:
    names = np.array([""] + [RULE_NAMES[rule] for rule in sorted(RULE_NAMES)], dtype=object)
    return np.asarray(names[rules], dtype=object)


def _reasons(decided: Allocation) -> TextArray:
    """Why an application is more or less than what was paid."""
    paid, items = decided.paid, decided.batch.items
    reason = filled(len(paid), "")
    some = np.flatnonzero(paid.discount > 0)
    reason[some] = "discount by " + items.terms[paid.item[some]]
    for rows, words in (
        (paid.difference > 0, "underpayment within tolerance"),
        (paid.difference < 0, "overpayment within tolerance"),
    ):
        both = rows & (reason != "")
        reason[both] = reason[both] + "; " + words
        reason[rows & ~both] = words
    return reason


def _totals(
    receipts: Frame, applications: Frame, decided: Allocation
) -> Mapping[str, Mapping[str, int]]:
    """Amounts by label and currency: of the receipt what it gave, of the document the rest."""
    (code, source), texts = codes_of(receipts.text("receipt_no"), applications.text("source_no"))
    of_items = decided.batch.items.currency[decided.paid.item]
    (currency, owed), names = codes_of(receipts.text("currency"), of_items)
    currency_of = np.zeros(len(texts), dtype=np.int64)
    currency_of[code] = currency
    parts = {
        "received": (currency, receipts.ints("amount")),
        "applied": (currency_of[source], applications.ints("source_amount")),
        "discount": (owed, applications.ints("discount")),
        "difference": (owed, applications.ints("difference")),
        "unapplied": (currency, receipts.ints("unapplied")),
    }
    paid_in = {str(name) for name in receipts.text("currency")}
    return {
        label: {
            str(name): total
            for name, total in zip(names, sum_by(*part, len(names)).tolist(), strict=True)
            if total or str(name) in paid_in
        }
        for label, part in parts.items()
    }
