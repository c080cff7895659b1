"""Special discounts: approved exceptions with a reason (semantics, section 5).

Percents in a row multiply: each is rounded, on the base less the earlier ones, so 10 % and then
5 % is 14.5 %. They are outside the cap of the early-payment discount.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import BLANK, IntArray, positions, text_array
from ar_xl.core.dates import day
from ar_xl.core.findings import Code, Finding, Severity, code, rows_found
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.money import money_text, percent_fraction, ratio_rounded
from ar_xl.core.periods import closed_months
from ar_xl.core.tables import APPLICATIONS
from ar_xl.ops.discounts import discount_tax, discountable, lowered_by_memos
from ar_xl.ops.numbering import next_numbers
from ar_xl.ops.open_items import OpenItems, with_drafts
from ar_xl.ops.ordering import number_keys, payment_order
from ar_xl.ops.persons import person
from ar_xl.ops.post_invoices import LEFT_FOR_LATER
from ar_xl.ops.settlements import application_dates

SPECIAL = "Special Discount"
SPECIAL_RULE = "special discount"
_EVERY_DAY = 2**40

SPECIAL_NOT_APPROVED = code(
    "special_discount_not_approved",
    Severity.WARNING,
    "a name in Approved By, another than in Requested By",
    "It stays a draft; let someone approve it and run again.",
)
SPECIAL_ABOVE_OPEN = code(
    "special_discount_above_open",
    Severity.ERROR,
    "no more than what is open on the document",
    "Correct the amount, or refund the customer instead.",
)


@dataclass(frozen=True)
class Granted:
    """Special discounts that are posted.

    Args:
        adjustments: the rows as they will stand.
        applications: what they take off which item, without application numbers.
        findings: what to say.
    """

    adjustments: Frame
    applications: Frame
    findings: tuple[Finding, ...]


def special_discounts(base: int, percents: list[Decimal]) -> list[int]:
    """Special discounts in a row: each rounded, on the base less the earlier ones.

    Args:
        base: what may be discounted, minor units.
        percents: in order; 10 means 10 %.

    >>> special_discounts(100_00, [Decimal(10), Decimal(5)])
    [1000, 450]
    """
    granted: list[int] = []
    for percent in percents:
        left = np.array([base - sum(granted)], dtype=np.int64)
        granted.append(int(ratio_rounded(left, *percent_fraction(percent))[0]))
    return granted


def grant_special_discounts(ledger: Ledger, items: OpenItems, request: Request) -> Granted:
    """Post the approved special discounts dated up to the as-of date.

    Args:
        ledger: its drafts of that kind, checked before; other kinds are left alone.
        items: what is open, in the order of `open_items`.
        request: later-dated drafts stay drafts, as unapproved ones do, and that is said.
    """
    drafts = ledger.draft("Adjustments")
    drafts = drafts.take(drafts.text("kind") == SPECIAL)
    dates = drafts.dates("date")
    later = dates > day(request.as_of)
    findings = rows_found(
        later, drafts, LEFT_FOR_LATER, "date", "adjustment_no",
        lambda i: f"{dates[i]}, after {request.as_of}",
    )  # fmt: skip
    asked, approved = drafts.text("requested_by"), drafts.text("approved_by")
    requester, approver = (text_array(map(person, names.tolist())) for names in (asked, approved))
    unapproved = ((approver == "") | (approver == requester)) & ~later
    findings += rows_found(
        unapproved, drafts, SPECIAL_NOT_APPROVED, "approved_by", "adjustment_no",
        lambda i: f"`{approved[i]}`" if approved[i] else "an empty cell",
    )  # fmt: skip
    chosen = _in_order(drafts.take(~later & ~unapproved & ~np.isnat(dates)))
    posting = closed_months(ledger.posted("Periods")).posting_dates(chosen.dates("date"))
    return _grant(ledger, items, chosen.replace(posting_date=posting), findings)


def _in_order(drafts: Frame) -> Frame:
    """By date, then number, then what they say: the order of rows decides nothing."""
    percents = np.array([str(p or "") for p in drafts.numbers("percent")], dtype=str)
    order = np.lexsort((
        drafts.text("reason").astype(str), percents, drafts.ints("amount"), drafts.ints("line"),
        drafts.text("document_no").astype(str), *number_keys(drafts.text("adjustment_no")),
        drafts.dates("date"),
    ))  # fmt: skip
    return drafts.take(order)


def _grant(ledger: Ledger, items: OpenItems, drafts: Frame, findings: list[Finding]) -> Granted:
    document = positions(items.documents.text("invoice_no"), drafts.text("document_no"))
    order = payment_order(items, items.document, fees_first=False)
    owner = items.document[order]
    left_open: list[int] = items.open.tolist()
    earlier = _granted_before(ledger, items)
    posted: list[int] = []
    amounts: list[int] = []
    rows: list[tuple[int, int, int]] = []
    for at, place in enumerate(document.tolist()):
        amount = _amount(ledger, items, drafts, at, place, earlier[place]) if place >= 0 else 0
        line = int(drafts.ints("line")[at])
        first, last = np.searchsorted(owner, [place, place + 1]).tolist()
        lines = [i for i in order[first:last].tolist() if line in (BLANK, int(items.line[i]))]
        is_open = sum(max(left_open[item], 0) for item in lines)
        if amount <= 0 or amount > is_open:
            if amount:
                findings.append(_above(SPECIAL_ABOVE_OPEN, items, drafts, at, amount, is_open))
            continue
        earlier[place] += amount
        for item in lines:
            used = min(amount, max(left_open[item], 0))
            if used:
                rows.append((len(posted), item, used))
                left_open[item] -= used
                amount -= used
        posted.append(at)
        amounts.append(sum(row[2] for row in rows if row[0] == len(posted) - 1))
    adjustments = _as_posted(ledger, drafts.take(np.array(posted, dtype=np.int64)), amounts)
    return Granted(adjustments, _applications(ledger, items, adjustments, rows), tuple(findings))


def _amount(
    ledger: Ledger, items: OpenItems, drafts: Frame, at: int, place: int, earlier: int
) -> int:
    """The typed amount, or the percent of what may be discounted less earlier ones; 0 unclear."""
    typed, percent = int(drafts.ints("amount")[at]), drafts.numbers("percent")[at]
    if (typed == BLANK) == (percent is None):
        return 0
    if percent is None:
        return typed
    item = np.flatnonzero(items.document == place)[:1]
    base = discountable(
        items.document_amount[item], items.tax[item], items.non_discountable[item],
        ledger.policy.settings.tax_mode,
    )  # fmt: skip
    base -= lowered_by_memos(ledger, items, item, np.array([_EVERY_DAY], dtype=np.int64))
    return special_discounts(int(base[0]) - earlier, [percent])[0]


def _granted_before(ledger: Ledger, items: OpenItems) -> dict[int, int]:
    """Special discounts already posted, by document."""
    applications = ledger.posted("Applications")
    mine = applications.take(applications.text("rule") == SPECIAL_RULE)
    at = positions(items.documents.text("invoice_no"), mine.text("invoice_no"))
    granted: dict[int, int] = defaultdict(int)
    for place, amount in zip(at.tolist(), mine.ints("discount").tolist(), strict=True):
        granted[place] += amount
    return granted


def _as_posted(ledger: Ledger, drafts: Frame, amounts: list[int]) -> Frame:
    """The rows as they will stand: number, amount, customer, status."""
    number = drafts.text("adjustment_no").copy()
    wanting = number == ""
    taken = with_drafts(ledger, "Adjustments").text("adjustment_no")
    number[wanting] = next_numbers(
        ledger.policy.settings.adjustment_prefix, taken, int(wanting.sum())
    )
    return drafts.replace(
        adjustment_no=number, amount=np.array(amounts, dtype=np.int64), status="Posted"
    )


def _applications(
    ledger: Ledger, items: OpenItems, adjustments: Frame, rows: list[tuple[int, int, int]]
) -> Frame:
    source, item, amount = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    dates = np.maximum(
        adjustments.dates("posting_date")[source],
        items.documents.dates("posting_date")[items.document[item]],
    )
    dates = application_dates(ledger, items, item, dates, amount)
    dates = closed_months(ledger.posted("Periods")).posting_dates(dates)
    return Frame.build(
        APPLICATIONS,
        len(rows),
        date=dates,
        posting_date=dates,
        source_type="Adjustment",
        source_no=adjustments.text("adjustment_no")[source],
        invoice_no=items.invoice_no[item],
        line=items.line[item],
        amount=0,
        discount=amount,
        discount_tax=_tax(ledger, items, adjustments, source, item, amount),
        difference=0,
        source_amount=amount,
        rule=SPECIAL_RULE,
        reason=adjustments.text("reason")[source],
    )


def _tax(
    ledger: Ledger, items: OpenItems, adjustments: Frame, source: IntArray, item: IntArray,
    amount: IntArray,
) -> IntArray:  # fmt: skip
    """The tax part: as typed, else in proportion; the rows of one discount share it exactly."""
    first = np.flatnonzero(np.diff(source, prepend=-1))
    before = np.cumsum(amount) - amount
    before -= np.repeat(before[first], np.diff(np.append(first, len(source))))
    typed, whole = adjustments.ints("tax")[source], adjustments.ints("amount")[source]
    by_mode = discount_tax(
        amount, before, items.tax[item], items.document_amount[item],
        ledger.policy.settings.tax_mode,
    )  # fmt: skip
    as_typed = discount_tax(amount, before, np.where(typed == BLANK, 0, typed), whole, "included")
    return np.where(typed == BLANK, by_mode, as_typed)


def _above(
    found: Code, items: OpenItems, drafts: Frame, at: int, amount: int, is_open: int
) -> Finding:
    number = str(drafts.text("document_no")[at])
    currency = str(items.currency[positions(items.invoice_no, drafts.text("document_no"))[at]])
    seen = (
        f"{money_text(amount, currency)} for {number}, of which "
        f"{money_text(is_open, currency)} is open"
    )
    return Finding(
        found, "Adjustments", int(drafts.row[at]), "amount",
        str(drafts.text("adjustment_no")[at]), seen,
    )  # fmt: skip
