"""Adjust: the drafts of Adjustments are posted, one after the other (semantics, 3, 5 and 9).

By date, then number: each is decided on what the earlier ones left. One that takes back what an
earlier one of the same run made goes into the next batch, as contra rows name the batch they
take back. Special discounts come last; they change no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from ar_xl.core.dates import day
from ar_xl.core.findings import Finding, rows_found
from ar_xl.core.frames import Frame, concat
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.periods import closed_months
from ar_xl.ops.adjusting.affected import affected_by
from ar_xl.ops.adjusting.apply import apply_credit
from ar_xl.ops.adjusting.bounce import bounce
from ar_xl.ops.adjusting.draft import Draft, drafts_of, in_order
from ar_xl.ops.adjusting.made import Made, NotInThisBatch
from ar_xl.ops.adjusting.recovery import recover
from ar_xl.ops.adjusting.refund import refund
from ar_xl.ops.adjusting.relief import waive_fee, write_off
from ar_xl.ops.adjusting.reverse import reverse
from ar_xl.ops.adjusting.unapply import unapply
from ar_xl.ops.allocation import payable_items
from ar_xl.ops.apply_discounts import discounts_by_currency
from ar_xl.ops.batches import post
from ar_xl.ops.numbering import application_numbers, next_numbers
from ar_xl.ops.open_items import with_drafts
from ar_xl.ops.post_invoices import LEFT_FOR_LATER
from ar_xl.ops.special_discounts import grant_special_discounts

KINDS: dict[str, Callable[[Made, Draft], Finding | None]] = {
    "Write-off": write_off,
    "Recovery": recover,
    "Fee Waiver": waive_fee,
    "Refund": refund,
    "Bounced": bounce,
    "Apply": apply_credit,
    "Unapply": unapply,
    "Reverse": reverse,
}


def adjust(ledger: Ledger, request: Request) -> Change:
    """Post draft adjustments dated up to the as-of date, as many as one batch can hold.

    Args:
        ledger: its drafts of Adjustments are checked and good.
        request: later-dated drafts stay drafts, and that is said.

    Returns:
        The posted adjustments and all they make. Where some had to wait for the next batch, a
        second call on the books after this one posts them. What cannot be done is an error
        finding, and its row stays a draft.
    """
    drafts = ledger.draft("Adjustments")
    later = drafts.dates("date") > day(request.as_of)
    dates = drafts.dates("date")
    findings = rows_found(
        later, drafts, LEFT_FOR_LATER, "date", "adjustment_no",
        lambda i: f"{dates[i]}, after {request.as_of}",
    )  # fmt: skip
    other = np.isin(drafts.text("kind"), np.array(list(KINDS), dtype=object))
    chosen = _numbered(ledger, in_order(drafts.take(other & ~later & ~np.isnat(dates))))
    made = Made(ledger, affected_by(ledger, chosen)) if len(chosen) else None
    waiting = made is not None and _decide(made, chosen)
    first = _change(made, chosen) if made is not None else Change()
    first = replace(first, findings=(*findings, *first.findings))
    return first if waiting else _with_special_discounts(ledger, first, request)


def adjustments_decided(ledger: Ledger, request: Request) -> Iterator[Change]:
    """What posting all draft adjustments would come to, batch by batch; nothing is kept.

    Args:
        ledger: it is not changed.
        request: as of `adjust`.
    """
    while True:
        change = adjust(ledger, request)
        yield change
        if change.is_empty:
            return
        ledger = ledger.after(post(ledger, change, request))


def _numbered(ledger: Ledger, drafts: Frame) -> Frame:
    """With the numbers they get, and their Posting Dates."""
    number = drafts.text("adjustment_no").copy()
    wanting = number == ""
    taken = with_drafts(ledger, "Adjustments").text("adjustment_no")
    prefix = ledger.policy.settings.adjustment_prefix
    number[wanting] = next_numbers(prefix, taken, int(wanting.sum()))
    posting = closed_months(ledger.posted("Periods")).posting_dates(drafts.dates("date"))
    return drafts.replace(adjustment_no=number, posting_date=posting)


def _decide(made: Made, drafts: Frame) -> bool:
    """Decide the drafts in their order; whether some wait for the next batch."""
    for draft in drafts_of(drafts):
        try:
            problem = KINDS[draft.kind](made, draft)
        except NotInThisBatch:
            return True
        if problem is not None:
            made.findings.append(problem)
    return False


def _change(made: Made, drafts: Frame) -> Change:
    places = np.array([place for place, _, _ in made.posted], dtype=np.int64)
    posted = drafts.take(places).replace(
        amount=np.array([amount for _, amount, _ in made.posted], dtype=np.int64),
        customer_id=np.array([who for _, _, who in made.posted], dtype=object),
        status="Posted",
    )
    return Change(
        posts={"Adjustments": posted} if len(posted) else {},
        appends=made.frames(),
        findings=tuple(made.findings),
        totals=made.totals,
    )


def _with_special_discounts(ledger: Ledger, first: Change, request: Request) -> Change:
    """The special discounts on what the others left, in the same batch."""
    after = ledger.after(first)
    items = payable_items(after, request.as_of)
    special = grant_special_discounts(after, items, request)
    known = {(finding.code.name, finding.row) for finding in first.findings}
    more = [each for each in special.findings if (each.code.name, each.row) not in known]
    found = replace(first, findings=(*first.findings, *more))
    if not len(special.adjustments):
        return found
    number = application_numbers(after, len(special.applications))
    rows = [special.applications.replace(application_no=number)]
    if "Applications" in first.appends:
        rows.insert(0, first.appends["Applications"])
    granted = discounts_by_currency(items, special.applications)
    return replace(
        found,
        posts={"Adjustments": concat([*first.posts.values(), special.adjustments])},
        appends={**first.appends, "Applications": concat(rows)},
        totals={**first.totals, "special discount": granted},
    )
