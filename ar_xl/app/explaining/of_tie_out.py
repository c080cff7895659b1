"""Figures of the tie-out: aging, control account, general ledger, and the named differences."""

from __future__ import annotations

import re

import numpy as np

from ar_xl.app.explaining.month import Month
from ar_xl.core.dates import day, period_of
from ar_xl.core.explanation import Explanation, Part, Traced, Unit, joined_rows, traced
from ar_xl.core.picked import ReportCell
from ar_xl.ops.tie_out import DRAFT, LATER, TieOut, tie_out

_BATCH = re.compile(r"batch (B-\d{6,})")


def tie_out_figure(month: Month, cell: ReportCell) -> Explanation | None:
    """One side of the tie-out, or one of its differences."""
    found = [
        each for each in tie_out(month.ledger, month.last, month.aged.by_currency())
        if each.currency == month.currency
    ]  # fmt: skip
    if not found or cell.heading not in ("Shown", "Difference"):
        return None
    side, tied = cell.line.get("Side", ""), found[0]
    if side == "Aging total" and cell.heading == "Shown":
        rule = "Everything open, less unapplied credits: the total of the Aging sheet."
        return _money(month, rule, tied.aging, month.open_now())
    if side.startswith("Control account"):
        return _control(month, tied, cell)
    if side.startswith("General ledger"):
        return _general_ledger(month, tied, cell)
    return _difference(month, tied, cell)


def _money(month: Month, rule: str, value: int, *parts: Part) -> Explanation:
    return Explanation(rule, Unit.MONEY, value, month.currency, parts)


def _less(part: Part) -> Part:
    return Part(f"Less: {part.name}", part.rows.negative())


def _control(month: Month, tied: TieOut, cell: ReportCell) -> Explanation:
    account = month.ledger.policy.settings.gl_ar
    rule = f"Debits less credits of account {account} in the Journal, posted up to {month.last}"
    if cell.heading == "Shown":
        return _money(month, f"{rule}.", tied.control, month.control())
    rule += ", less the aging total."
    parts = month.control(), _less(month.open_now())
    return _money(month, rule, tied.control - tied.aging, *parts)


def _typed(month: Month, amount: int) -> Part:
    periods = month.ledger.posted("Periods")
    mine = np.flatnonzero(periods.text("period") == period_of(month.last))[-1:]
    rows = periods.take(mine)
    amounts = np.full(len(rows), amount, dtype=np.int64)
    return Part("Typed in Periods", traced(rows, amounts, "period", "", "GL Balance"))


def _general_ledger(month: Month, tied: TieOut, cell: ReportCell) -> Explanation:
    stated = tied.general_ledger
    if stated is None:
        rule = f"No GL Balance is typed for {period_of(month.last)} on the Periods sheet."
        return Explanation(rule, Unit.MONEY, None, month.currency)
    rule = f"GL Balance of {period_of(month.last)}, as it was typed on the Periods sheet"
    if cell.heading == "Shown":
        return _money(month, f"{rule}.", stated, _typed(month, stated))
    parts = _typed(month, stated), _less(month.open_now())
    return _money(month, f"{rule}, less the aging total.", stated - tied.aging, *parts)


def _difference(month: Month, tied: TieOut, cell: ReportCell) -> Explanation | None:
    name = cell.line.get("Side", "").strip()
    remark = cell.line.get("Remark", "").removeprefix("UNEXPLAINED: ")
    every = (*tied.of_control, *tied.of_general_ledger)
    named = [each for each in every if each.name == name and each.rows == remark]
    if not named or cell.heading != "Difference":
        return None
    rule = f"{name}: {remark}."
    parts: tuple[Part, ...] = ()
    if name == DRAFT:
        parts = (_drafts(month),)
    elif name == LATER:
        late = (month.moved.own_date <= day(month.last)) & ~month.upto(month.last)
        parts = (Part("Posted later", month.rows(late)),)
    elif _BATCH.search(remark) and named[0] in tied.of_control:
        batch = _BATCH.findall(remark)[0]
        journal = month.ledger.posted("Journal").text("batch") == batch
        mine = month.upto(month.last) & (month.moved.batch == batch)
        rows = Part("Rows of the batch", month.rows(mine))
        parts = month.control(np.asarray(journal, dtype=np.bool_)), _less(rows)
    value = named[0].amount
    adds_up = bool(parts) and sum(part.amount for part in parts) == value
    return Explanation(rule, Unit.MONEY, value, month.currency, parts, adds_up=adds_up)


def _drafts(month: Month) -> Part:
    """Drafts dated up to the last day; a draft without a currency is its customer's."""
    made: list[Traced] = []
    for table, dated, number in (
        ("Invoices", "invoice_date", "invoice_no"),
        ("Receipts", "receipt_date", "receipt_no"),
    ):
        rows = month.ledger.draft(table)
        mine = (rows.dates(dated) <= day(month.last)) & np.isin(
            rows.text("currency").astype(str), ["", month.currency]
        )
        rows = rows.take(np.flatnonzero(mine))
        sign = -1 if table == "Receipts" else np.where(rows.text("type") == "Credit Memo", -1, 1)
        made.append(traced(rows, sign * rows.ints("amount"), number, dated, "draft"))
    return Part("Drafts", joined_rows(made))
