"""Accepted rows of which posting would leave money unapplied although the row does not say so.

What was proposed when a row was accepted may be paid by something else since. A rest is said by
a rule that has `overpaid` in its name, by empty Documents, and by amounts behind every document
that come to less than the money. A rest within the overpayment tolerance, or of a discount
given as credit, is none.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ar_xl.core.arrays import codes_of, positions
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger
from ar_xl.core.money import from_decimal, money_text
from ar_xl.ops.matching.fits import OVER
from ar_xl.ops.remittance.references import References, read_references
from ar_xl.ops.remittance.remittances import understood
from ar_xl.ops.tolerance import overpayment_limits

MATCH_MISFIT = code(
    "match_does_not_fit",
    Severity.ERROR,
    "documents of the customer, or of its group, that take up all of the money",
    "Empty the Decision on the Match sheet and run Match again, or correct its Customer ID and "
    "Documents; amounts behind every document say what stays unapplied: `INV-7 40.00`.",
)
MATCH_REST = code(
    "match_leaves_a_rest",
    Severity.WARNING,
    "amounts in Documents that come to the money",
    "Nothing, if the rest is to stay unapplied; else correct Documents.",
)


def misfits(ledger: Ledger, change: Change, rows: Frame) -> list[Finding]:
    """What is left of accepted money: errors where nobody said so, warnings where Documents does.

    Args:
        ledger: before the posting, the accepted receipts among its drafts.
        change: the posting of receipts, as it was decided.
        rows: of Matches, accepted or changed.

    Returns:
        Findings with the table and row of the draft receipt.
    """
    receipts = change.posts.get("Receipts")
    if receipts is None or not len(rows):
        return []
    rest = (receipts.ints("unapplied") > 0) & (receipts.text("remittance") != "")
    receipts = receipts.take(rest)
    place = positions(rows.text("line_id"), receipts.text("receipt_no"))
    receipts, rows = receipts.take(place >= 0), rows.take(place[place >= 0])
    if not len(receipts):
        return []
    paid = _paid(change, receipts)
    named = _named(ledger, receipts)
    limits = overpayment_limits(
        ledger.policy, receipts.text("currency"), receipts.ints("amount"),
        receipts.dates("receipt_date").max().item(),
    )  # fmt: skip
    found = []
    for at, (relieved, discount) in enumerate(paid):
        amount, left = int(receipts.ints("amount")[at]), int(receipts.ints("unapplied")[at])
        small = left <= max(int(limits[at]), _as_credit(ledger, discount))
        if amount > left and (small or OVER in str(rows.text("rule")[at])):
            continue
        currency = str(receipts.text("currency")[at])
        total, used = money_text(amount, currency), money_text(amount - left, currency)
        wanted = named[at]
        said = wanted is not None and all(relieved.get(d, 0) >= wanted[d] for d in wanted)
        what, seen = MATCH_MISFIT, f"of {total} only {used} finds something open"
        if said:
            what, seen = MATCH_REST, f"Documents comes to {used} of {total}"
        number, row = str(receipts.text("receipt_no")[at]), int(receipts.row[at])
        found.append(Finding(what, "Receipts", row, "remittance", number, seen))
    return found


def _as_credit(ledger: Ledger, discount: int) -> int:
    """What of a discount stays with the receipt as credit, by the policy."""
    return discount if ledger.policy.settings.discount_on_full == "credit" else 0


def _paid(change: Change, receipts: Frame) -> list[tuple[dict[str, int], int]]:
    """What each receipt takes off each document, and the discount in its own currency."""
    made: list[tuple[dict[str, int], int]] = [({}, 0)] * len(receipts)
    rows = change.appends.get("Applications")
    if rows is None:
        return made
    at = positions(receipts.text("receipt_no"), rows.text("source_no"))
    rows, at = rows.take(at >= 0), at[at >= 0]
    amount, discount = rows.ints("amount"), rows.ints("discount")
    relieved = (amount + discount + rows.ints("difference")).tolist()
    ours = np.where(rows.ints("source_amount") == amount, discount, 0).tolist()
    for place, number, off, less in zip(
        at.tolist(), rows.text("invoice_no").tolist(), relieved, ours, strict=True
    ):
        documents, earned = made[place]
        made[place] = ({**documents, number: documents.get(number, 0) + off}, earned + less)
    return made


def _named(ledger: Ledger, receipts: Frame) -> list[Mapping[str, int] | None]:
    """The amount that Documents names for each document, None where one has no amount."""
    invoices = ledger.posted("Invoices")
    texts, numbers = receipts.text("remittance"), invoices.text("invoice_no")
    codes, read = read_references(texts, numbers)
    reasons = ledger.policy.settings.deduction_reasons
    read, _ = understood(codes_of(texts)[1], read, numbers, reasons)
    named = [_amounts(references, invoices) for references in read]
    return [named[code] for code in codes.tolist()]


def _amounts(references: References, invoices: Frame) -> Mapping[str, int] | None:
    named: dict[str, int] = {}
    for each in references:
        if each.document < 0 or each.amount is None:
            return None
        number = str(invoices.text("invoice_no")[each.document])
        currency = str(invoices.text("currency")[each.document])
        named[number] = named.get(number, 0) + (from_decimal(each.amount, currency) or 0)
    return named
