"""Figures of the allowance for doubtful accounts."""

from __future__ import annotations

import numpy as np

from ar_xl.app.explaining.month import Month
from ar_xl.core.arrays import BLANK, BoolArray, IntArray, filled
from ar_xl.core.dates import day
from ar_xl.core.explanation import Explanation, Part, Traced, Unit, traced
from ar_xl.core.picked import ReportCell
from ar_xl.ops.aging import AgingDetail
from ar_xl.ops.allowance import Allowance, allowance, net_of_credits, reserves_of
from ar_xl.ops.tracing import document_at

RESERVE = "Reserve for "


def allowance_figure(month: Month, cell: ReportCell) -> Explanation | None:
    """A reserve, a bucket, or one of the results below them."""
    found = [
        each for each in allowance(month.ledger, month.aged) if each.currency == month.currency
    ]
    label, heading = cell.line.get("Part", ""), cell.heading
    if not found or heading not in ("Exposure", "Allowance"):
        return None
    needed = found[0]
    if label.startswith(RESERVE):
        return _reserve(month, label.removeprefix(RESERVE), heading)
    if label in month.aged.names:
        return _bucket(month, needed, label, heading)
    if heading != "Allowance":
        return None
    if label == "Required":
        rule = "All reserves and what each bucket requires, added up."
        return _money(month, rule, needed.required, *_required(month, needed))
    if label == "On the books":
        account = month.ledger.policy.settings.gl_allowance
        rule = f"Credits less debits of account {account} in the Journal up to {month.last}."
        return _money(month, rule, needed.existing, _on_the_books(month))
    if label == "Movement to post":
        rule = "What is required less what is on the books."
        books = _on_the_books(month)
        less = Part("Less: on the books", books.rows.negative())
        return _money(month, rule, needed.movement, *_required(month, needed), less)
    return None


def _money(month: Month, rule: str, value: int, *parts: Part) -> Explanation:
    return Explanation(rule, Unit.MONEY, value, month.currency, parts)


def _rows(month: Month, chosen: BoolArray, amount: IntArray, what: str) -> Traced:
    """Items of the aging's detail as rows of Invoices."""
    detail: AgingDetail = month.aged.detail
    mine = np.flatnonzero(chosen & (detail.currency == month.currency) & (amount != 0))
    count = len(mine)
    return Traced(
        filled(count, "Invoices"), document_at(month.ledger, detail.document_no[mine]),
        detail.document_no[mine], detail.due_date[mine], amount[mine], filled(count, ""),
        filled(count, what),
    )  # fmt: skip


def _reserved(month: Month) -> IntArray:
    return reserves_of(month.ledger, month.aged.detail, month.last)


def _reserve(month: Month, number: str, heading: str) -> Explanation | None:
    detail, reserve = month.aged.detail, _reserved(month)
    mine = (detail.document_no == number) & (reserve != BLANK)
    amount = detail.open if heading == "Exposure" else np.where(mine, reserve, 0)
    rule = "What is open of a document that Reserves names; it leaves the pool."
    if heading == "Allowance":
        rule = "The reserve of the Reserves sheet, at most what is open; no amount means all of it."
    part = Part(heading, _rows(month, np.asarray(mine, dtype=np.bool_), amount, heading.lower()))
    return _money(month, rule, part.amount, part)


def _pool(month: Month, bucket: str) -> Part:
    detail, reserve = month.aged.detail, _reserved(month)
    pooled = np.where(reserve == BLANK, net_of_credits(detail, reserve), 0)
    mine = detail.bucket == month.aged.names.index(bucket)
    rows = _rows(month, np.asarray(mine, dtype=np.bool_), pooled, "open, less credits")
    return Part(f"Pool {bucket}", rows)


def _bucket(month: Month, needed: Allowance, label: str, heading: str) -> Explanation:
    found = next(each for each in needed.buckets if each.bucket == label)
    pool = _pool(month, label)
    if heading == "Exposure":
        rule = (
            f"What is open of the bucket {label} without documents that have a reserve; the "
            "customers' unapplied credits are taken off their oldest items."
        )
        return _money(month, rule, found.pool, pool)
    rate = "no rate on the LossRates sheet"
    if found.rate_percent is not None:
        rate = f"{found.rate_percent} % x factor {found.factor}, of the LossRates sheet"
    rule = f"The bucket's exposure x {rate}, rounded once."
    return Explanation(rule, Unit.MONEY, found.required, month.currency, (pool,), adds_up=False)


def _required(month: Month, needed: Allowance) -> tuple[Part, ...]:
    """Reserves as rows; what buckets require stands in no row, and is one line each."""
    reserve = _reserved(month)
    mine = np.asarray(reserve != BLANK, dtype=np.bool_)
    amount = np.where(mine, reserve, 0)
    buckets = [each for each in needed.buckets if each.required]
    count = len(buckets)
    names = np.array([each.bucket for each in buckets] or [""], dtype=object)[:count]
    lines = Traced(
        filled(count, "LossRates"), np.zeros(count, dtype=np.int64), names,
        np.full(count, np.datetime64("NaT", "D")),
        np.array([each.required for each in buckets], dtype=np.int64), filled(count, ""),
        filled(count, "required for the bucket"),
    )  # fmt: skip
    return (
        Part("Reserves", _rows(month, mine, amount, "reserve")),
        Part("Buckets", lines),
    )


def _on_the_books(month: Month) -> Part:
    lines = month.ledger.posted("Journal")
    mine = lines.text("account") == month.ledger.policy.settings.gl_allowance
    mine &= (lines.text("currency") == month.currency) & (
        lines.dates("posting_date") <= day(month.last)
    )
    lines = lines.take(np.flatnonzero(mine))
    amount = lines.ints("credit") - lines.ints("debit")
    return Part("Journal", traced(lines, amount, "document_no", "date", lines.text("memo")))
