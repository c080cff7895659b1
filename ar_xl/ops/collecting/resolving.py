"""Resolving disputes: numbers, drafts of what settles them, and what the sheet says of it.

Credit Memo and Write-off make a draft, once; posting it ends the dispute. Release ends it at once.
A credit memo takes the tax that its share of the invoice contained: the Tax Mode of the settings
is about early-payment discounts, and a correction of the invoice follows its tax whatever that is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from ar_xl.core.arrays import BLANK, NAT, AnyArray, IntArray, TextArray, positions, text_array
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Derived, Ledger, Request
from ar_xl.core.money import money_text, ratio_rounded, totals_by_currency
from ar_xl.core.tables import ADJUSTMENTS, INVOICES
from ar_xl.ops.collecting.dispute_list import NO_REASON, DisputeCases, dispute_cases
from ar_xl.ops.collecting.settling import (
    CREDIT_MEMO,
    DRAFT,
    POSTED,
    RELEASE,
    SOURCES,
    UNDONE,
    WRITE_OFF,
    closed_by_us,
    endings,
    settled_words,
    settlings,
)
from ar_xl.ops.numbering import next_numbers
from ar_xl.ops.open_items import live_rows, with_drafts

NOTHING_TO_SETTLE = code(
    "dispute_nothing_to_settle",
    Severity.WARNING,
    "something open that the dispute is about",
    "Choose Release in Resolve By: there is nothing left to credit or write off.",
)
ANOTHER_DRAFT = code(
    "dispute_has_another_draft",
    Severity.WARNING,
    "no draft of another kind than Resolve By says",
    "Delete the draft that is named, or choose in Resolve By what it is; then run Disputes again.",
)
RELEASED = "Released"


def numbered(ledger: Ledger) -> tuple[Derived, ...]:
    """Numbers for the disputes that have none, `D-000001` and so on, in the order of the sheet."""
    rows = ledger.posted("Disputes")
    numbers = rows.text("dispute_no")
    without = (numbers == "") & (rows.row > 0) & (rows.text("invoice_no") != "")
    prefix = ledger.policy.settings.dispute_prefix
    made = next_numbers(prefix, numbers, int(without.sum()))
    return _derived(rows, "dispute_no", np.flatnonzero(without), made)


def marked(ledger: Ledger) -> tuple[Derived, ...]:
    """What the Disputes sheet is to say of disputes whose document was posted, or undone.

    Args:
        ledger: after a posting, or as read.

    Returns:
        Closed and Resolution of those that are settled, both emptied again where the document
        was undone; Settled By of those whose draft somebody gave another number.
    """
    relinked = _relinked(ledger)
    if relinked:
        ledger = ledger.after(Change(derived=relinked))
    rows, settled = ledger.posted("Disputes"), settlings(ledger)
    ours, closed, said = closed_by_us(rows), rows.dates("closed"), rows.text("resolution")
    posted, standing = settled.state == POSTED, rows.row > 0
    due = np.isnat(closed) | (ours & (closed != settled.posting))
    ended = np.flatnonzero(posted & due & standing)
    reopened = np.flatnonzero(~posted & ours & standing)
    silent = np.flatnonzero(posted & (said == "") & standing)
    number = rows.text("settled_by")
    words = text_array(settled_words(settled.way[i], number[i]) for i in silent.tolist())
    nothing = text_array("" for _ in reopened)
    return (
        *relinked,
        *_derived(
            rows, "closed", np.concatenate([ended, reopened]),
            np.concatenate([settled.posting[ended], np.full(len(reopened), NAT)]),
        ),
        *_derived(
            rows, "resolution", np.concatenate([silent, reopened]),
            np.concatenate([words, nothing]),
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class Resolved:
    """What resolving comes to.

    Args:
        drafts: new draft rows of Invoices and Adjustments.
        derived: what the Disputes rows say of it.
        findings: what could not be done.
        memos, write_offs, released: how many of each.
    """

    drafts: Change
    derived: tuple[Derived, ...]
    findings: tuple[Finding, ...]
    memos: int
    write_offs: int
    released: int


def resolve(ledger: Ledger, request: Request) -> Resolved:
    """Draft what settles the open disputes that say how they are to end; release the others.

    Args:
        ledger: its Disputes are numbered.
        request: drafts and releases are dated on its as-of date; its user asks for write-offs.

    A dispute whose draft is there, or whose document is posted, gets no second one.
    """
    rows = ledger.posted("Disputes")
    cases = dispute_cases(ledger, request.as_of)
    # What was paid after the as-of date is not credited all the same.
    left = np.minimum(cases.disputed, dispute_cases(ledger, LAST_DATE).disputed)
    cases = replace(cases, disputed=left)
    way, number = rows.text("resolve_by"), cases.number
    alone = np.array(positions(number, number) == _last_positions(number))
    # One that ends after the as-of date is open then, and yet nobody has to settle it.
    ready = ~endings(ledger, LAST_DATE).closed
    ready &= (cases.opened <= day(request.as_of)) & (rows.row > 0)
    ready &= cases.known & (number != "") & alone
    named = _documents_naming(ledger, np.flatnonzero(ready & (cases.state != DRAFT)))
    drafted = (cases.state == DRAFT) | np.isin(cases.row, np.array(list(named), dtype=np.int64))
    free = ready & ~drafted
    worth = cases.disputed > 0
    memos = np.flatnonzero(free & (way == CREDIT_MEMO) & worth)
    write_offs = np.flatnonzero(free & (way == WRITE_OFF) & worth)
    released = np.flatnonzero(free & (way == RELEASE))
    empty = np.flatnonzero(free & np.isin(way, _array(CREDIT_MEMO, WRITE_OFF)) & ~worth)
    other = np.flatnonzero(ready & drafted & (way != "") & ~_same_way(cases, way))
    credit, relief = (
        _memos(ledger, request, cases, memos),
        _write_offs(ledger, request, cases, write_offs),
    )
    settled = np.concatenate([memos, write_offs])
    numbers = np.concatenate([credit.text("invoice_no"), relief.text("adjustment_no")])
    silent = released[rows.text("resolution")[released] == ""]
    on = np.full(len(released), day(request.as_of))
    derived = (
        *_derived(rows, "settled_by", settled, numbers),
        *_derived(rows, "closed", released, on),
        *_derived(rows, "resolution", silent, text_array(RELEASED for _ in silent)),
    )
    appends = {"Invoices": credit, "Adjustments": relief}
    drafts = Change(
        appends={name: frame for name, frame in appends.items() if len(frame)},
        as_drafts=True,
        totals=_totals(cases, (("credit memos drafted", memos), ("write-offs drafted", write_offs),
                               ("released", released))),
    )  # fmt: skip
    findings = (*_found_empty(rows, cases, empty), *_found_other(rows, cases, other))
    return Resolved(drafts, derived, findings, len(memos), len(write_offs), len(released))


def _memos(ledger: Ledger, request: Request, cases: DisputeCases, at: IntArray) -> Frame:
    """Draft credit memos on the disputed invoices."""
    mine = cases.take(at)
    documents, total = live_rows(ledger.posted("Invoices"), "invoice_no")
    spot = positions(documents.text("invoice_no"), mine.invoice_no)
    about = documents.take(spot)
    tax = np.where(about.ints("tax") == BLANK, 0, about.ints("tax"))
    whole = np.maximum(total[spot], 1)
    account = about.text("gl_account").copy()
    fee = (about.text("type") == "Late Fee") & (account == "")
    account[fee] = ledger.policy.settings.gl_late_fees
    taken = with_drafts(ledger, "Invoices").text("invoice_no")
    return Frame.build(
        INVOICES,
        len(at),
        invoice_no=next_numbers(ledger.policy.settings.memo_prefix, taken, len(at)),
        type=CREDIT_MEMO,
        customer_id=mine.customer_id,
        invoice_date=np.full(len(at), day(request.as_of)),
        currency=mine.currency,
        amount=mine.disputed,
        tax=ratio_rounded(mine.disputed, tax, whole),
        applies_to=mine.invoice_no,
        reference=about.text("reference"),
        po=about.text("po"),
        description=_named(mine),
        gl_account=account,
    )


def _write_offs(ledger: Ledger, request: Request, cases: DisputeCases, at: IntArray) -> Frame:
    """Draft write-offs of the disputed amounts; approval is asked for when they are posted."""
    mine = cases.take(at)
    taken = with_drafts(ledger, "Adjustments").text("adjustment_no")
    return Frame.build(
        ADJUSTMENTS,
        len(at),
        adjustment_no=next_numbers(ledger.policy.settings.adjustment_prefix, taken, len(at)),
        date=np.full(len(at), day(request.as_of)),
        kind=WRITE_OFF,
        document_no=mine.invoice_no,
        line=mine.line,
        customer_id=mine.customer_id,
        amount=mine.disputed,
        reason=_named(mine),
        requested_by=request.user,
    )


def _named(cases: DisputeCases) -> TextArray:
    """`Dispute D-000001: Damage`; the part before the colon leads back to the dispute."""
    pairs = zip(cases.number.tolist(), cases.reason.tolist(), strict=True)
    return text_array(
        f"{_mark(number)}: {reason}" if reason != NO_REASON else _mark(number)
        for number, reason in pairs
    )


def _mark(number: str) -> str:
    return f"Dispute {number}"


def _relinked(ledger: Ledger) -> tuple[Derived, ...]:
    """Settled By of the disputes whose document bears another number than the draft had."""
    rows, settled = ledger.posted("Disputes"), settlings(ledger)
    named = rows.text("settled_by") != ""
    lost = np.flatnonzero(named & np.isin(settled.state, _array("", UNDONE)) & (rows.row > 0))
    found = {row: number for row, number in _documents_naming(ledger, lost).items() if number}
    at = np.array(list(found), dtype=np.int64)
    return _derived(rows, "settled_by", at, text_array(found.values()))


def _documents_naming(ledger: Ledger, at: IntArray) -> dict[int, str]:
    """The document whose words name each of some disputes; a draft may have no number yet.

    Args:
        ledger: its drafts, and what is posted and stands.
        at: indices of Disputes rows.
    """
    rows = ledger.posted("Disputes")
    wanted = {
        (_mark(rows.text("dispute_no")[i]), rows.text("invoice_no")[i]): i for i in at.tolist()
    }
    invoices = rows.text("invoice_no")[at]
    found: dict[int, str] = {}
    for source in SOURCES if wanted else ():
        posted = ledger.posted(source.table)
        mine = np.flatnonzero(
            (posted.text(source.kind) == source.way)
            & (positions(invoices, posted.text(source.about)) >= 0)
        )
        live, left = live_rows(posted.take(mine), source.number)
        drafts = ledger.draft(source.table)
        of_kind = drafts.take(np.flatnonzero(drafts.text(source.kind) == source.way))
        for frame in (live.take(left != 0), of_kind):
            keys = zip(frame.text(source.words), frame.text(source.about), strict=True)
            for (words, about), number in zip(keys, frame.text(source.number), strict=True):
                row = wanted.get((str(words).partition(":")[0].strip(), about))
                if row is not None:
                    found[row] = str(number)
    return found


def _same_way(cases: DisputeCases, way: TextArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether the draft of each dispute is of the kind wanted; one without a number may be."""
    pairs = zip(cases.settled.tolist(), way.tolist(), strict=True)
    return np.array([not said or said.startswith(wanted) for said, wanted in pairs], dtype=np.bool_)


def _last_positions(numbers: TextArray) -> IntArray:
    last = positions(numbers[::-1], numbers)
    return np.asarray(len(numbers) - 1 - last, dtype=np.int64)


def _found_empty(rows: Frame, cases: DisputeCases, at: IntArray) -> list[Finding]:
    return [
        Finding(
            NOTHING_TO_SETTLE, "Disputes", int(rows.row[i]), "resolve_by", cases.number[i],
            f"{rows.text('resolve_by')[i]}, and "
            f"{money_text(int(cases.invoice_open[i]), cases.currency[i])} open on "
            f"{cases.invoice_no[i]}",
        )
        for i in at.tolist()
    ]  # fmt: skip


def _found_other(rows: Frame, cases: DisputeCases, at: IntArray) -> list[Finding]:
    return [
        Finding(
            ANOTHER_DRAFT, "Disputes", int(rows.row[i]), "resolve_by", cases.number[i],
            f"{rows.text('resolve_by')[i]}, and {cases.settled[i]}",
        )
        for i in at.tolist()
    ]  # fmt: skip


def _totals(cases: DisputeCases, done: Iterable[tuple[str, IntArray]]) -> dict[str, dict[str, int]]:
    return {
        label: totals_by_currency(cases.currency[at], cases.disputed[at])
        for label, at in done
        if len(at)
    }


def _derived(rows: Frame, key: str, at: IntArray, values: AnyArray) -> tuple[Derived, ...]:
    return (Derived("Disputes", key, rows.row[at], values),) if len(at) else ()


def _array(*texts: str) -> TextArray:
    return text_array(texts)
