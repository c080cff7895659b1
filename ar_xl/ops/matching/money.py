"""The money that Match asks about: open bank lines, and draft receipts that name no document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, positions
from ar_xl.core.dates import day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.banking.states import line_states
from ar_xl.ops.customers import customer_values, first_filled
from ar_xl.ops.receipts import numbered

PAYMENT = "Payment"
NOT_FINAL = "Not final"


@dataclass(frozen=True)
class OpenMoney:
    """What nobody has decided or posted yet.

    Args:
        lines: rows of BankLines.
        receipts: draft rows of Receipts, each with a number and a currency.
        waiting: lines that are left out because their statement is not final.
    """

    lines: Frame
    receipts: Frame
    waiting: int = 0


def open_money(ledger: Ledger, as_of: date, account: str = "") -> OpenMoney:
    """Bank lines and draft receipts up to a date that want to be matched.

    Args:
        ledger: bank lines, statements, receipts and matches.
        as_of: later-dated money waits.
        account: one bank account, "" for all; draft receipts belong to none.
    """
    lines = ledger.posted("BankLines")
    chosen = open_lines(ledger) & (lines.dates("date") <= day(as_of))
    if account:
        chosen &= lines.text("account") == account
    statements = ledger.posted("BankStatements")
    drafted = statements.text("statement_id")[statements.text("status") == NOT_FINAL]
    waiting = chosen & (positions(drafted, lines.text("statement_id")) >= 0)
    return OpenMoney(
        lines.take(np.flatnonzero(chosen & ~waiting)),
        _unnamed(ledger, as_of)
        if not account
        else numbered_drafts(ledger).take(np.zeros(0, dtype=np.int64)),
        int(waiting.sum()),
    )


def open_lines(ledger: Ledger) -> BoolArray:
    """Which rows of BankLines are customers' payments that nobody posted, linked or rejected.

    A line that stands among the draft receipts, as undo with drafts leaves it, is not open.
    """
    lines = ledger.posted("BankLines")
    status, _ = line_states(ledger)
    drafts = ledger.draft("Receipts").text("receipt_no")
    chosen = (lines.text("kind") == PAYMENT) & (status == "") & (lines.ints("amount") > 0)
    return np.asarray(chosen & (positions(drafts, lines.text("line_id")) < 0), dtype=np.bool_)


def numbered_drafts(ledger: Ledger) -> Frame:
    """The draft receipts with the numbers and currencies that posting would give them."""
    drafts = ledger.draft("Receipts")
    base = np.full(len(drafts), ledger.policy.settings.base_currency, dtype=object)
    theirs = customer_values(ledger, drafts.text("customer_id"), "currency")
    method = drafts.text("method").copy()
    method[method == ""] = "Other"
    filled = drafts.replace(
        currency=first_filled(drafts.text("currency"), theirs, base),
        method=method,
        posting_date=drafts.dates("receipt_date"),
    )
    dated = np.flatnonzero(~np.isnat(filled.dates("receipt_date")))
    numbers = filled.text("receipt_no").copy()
    numbers[dated] = numbered(ledger, filled.take(dated))
    return drafts.replace(receipt_no=numbers, currency=filled.text("currency"))


def _unnamed(ledger: Ledger, as_of: date) -> Frame:
    drafts = numbered_drafts(ledger)
    amount = drafts.ints("amount")
    chosen = (drafts.text("remittance") == "") & (amount != BLANK) & (amount > 0)
    return drafts.take(np.flatnonzero(chosen & (drafts.dates("receipt_date") <= day(as_of))))
