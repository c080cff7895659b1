"""Reconciliation: from the balance per bank to that of the books, and the items between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ar_xl.app.sheets.parts import amount, dates, drafts_line, money, text, whole
from ar_xl.core.arrays import BLANK
from ar_xl.core.ledger import Ledger, Request
from ar_xl.core.report import Report, ReportBlock
from ar_xl.ops.banking.accounts import account_key
from ar_xl.ops.banking.book import homeless_entries, other_balances
from ar_xl.ops.banking.overdue import (
    age,
    arrived_slips,
    is_overdue,
    overdue_receipts,
)
from ar_xl.ops.banking.reconcile import GROUPS, IN_TRANSIT, OF_BOOKS, Reconciliation
from ar_xl.ops.banking.slips import received_net
from ar_xl.ops.banking.three_way import Proposal

BOOKS, DIFFERENCE = "Balance per books", "Difference"
PER_BANK = "Balance per bank"
LINES_ALONE = "Bank lines up to the date"
ARRIVED, ASKED = "Slips that arrived this month", "Slips and lines that may belong together"
NOT_DEPOSITED = "Not deposited in time"
HOMELESS = "Booked to GL Cash, the account of no bank account"
_LONGEST_SHORT = 10  # characters that a sheet's name has room for


def reconciliation_report(
    ledger: Ledger, request: Request, found: Reconciliation, proposals: Sequence[Proposal]
) -> Report:
    """The reconciliation of one account, or of several that share a general-ledger account.

    Args:
        ledger: with the ties that were found in it.
        request: whose command it is.
        found: the reconciliation.
        proposals: slips and lines that a person has to decide on.
    """
    accounts = found.accounts
    groups = [name for name in GROUPS if len(found.items.of(name))]
    blocks = [
        _steps(found),
        *(_items(ledger, found, name) for name in groups),
        *_arrived(ledger, found),
        *_asked(found, proposals),
        *_not_deposited(ledger, found),
        *_homeless(ledger, found),
    ]
    return Report(
        "Reconciliation",
        found.as_of,
        ledger.policy.settings.company,
        (
            ("Account", accounts.names[0] or "not named"),
            *_together(found),
            ("General ledger", _gl_words(ledger, found)),
            ("Statement", "; ".join(_statement_words(found))),
            drafts_line(ledger),
        ),
        tuple(blocks),
        tuple(_notes(found, bool(proposals))),
        tab=f"Bank Rec {short_name(ledger, accounts.names[0])}".rstrip(),
    )


def short_name(ledger: Ledger, account: str) -> str:
    """An account as the name of its sheet has room for it: the last characters, else a number."""
    key = "".join(account.split())
    if len(key) <= _LONGEST_SHORT:
        return key
    named = (ledger.posted(name).text("account").tolist() for name in ("BankAccounts", "BankLines"))
    every = list(dict.fromkeys(account_key(each) for names in named for each in names if each))
    short = key[-_LONGEST_SHORT:]
    alike = [each for each in every if each.endswith(short.casefold())]
    return short if len(alike) < 2 else f"#{every.index(account_key(account)) + 1}"


def _gl_words(ledger: Ledger, found: Reconciliation) -> str:
    """Which part of the general-ledger account is reconciled, and what else is on it."""
    accounts = found.accounts
    words = f"account {accounts.gl_account}, {accounts.currency}"
    others = other_balances(ledger, accounts, found.as_of)
    if not others:
        return words
    more = ", ".join(amount(total, currency) for currency, total in others.items())
    return f"{words} part only; not in this sheet, in other currencies on the account: {more}"


def _together(found: Reconciliation) -> list[tuple[str, str]]:
    others = found.accounts.names[1:]
    if not others:
        return []
    words = (
        f"{', '.join(others)}: they are booked to the same account. Give each its own GL Account "
        "on the BankAccounts sheet to reconcile them apart"
    )
    return [("Together with", words)]


def _statement_words(found: Reconciliation) -> list[str]:
    one = len(found.balances) == 1
    return [each.words if one else f"{each.account}: {each.words}" for each in found.balances]


def _notes(found: Reconciliation, asks: bool) -> list[str]:
    notes = []
    if not found.is_proved:
        notes.append(
            "The statement closing is not given, so the bank's side is not proved: import a "
            "statement with balances."
        )
    if found.left_out:
        notes.append(
            f"{found.left_out} lines of statements that are not final are left out; the bank may "
            "still change them."
        )
    if asks:
        notes.append(
            "To say that a slip came with a line, write the Line ID into Bank Line on the Deposits "
            "sheet and reconcile again."
        )
    notes.append(
        "What the bank has and the books have not is taken off; what the books have and the bank "
        "has not is added."
    )
    return notes


def _steps(found: Reconciliation) -> ReportBlock:
    """The way from the bank to the books."""
    rows: list[tuple[str, int, int]] = []
    if found.is_proved:
        rows += [
            (f"{PER_BANK}, {each.account}".rstrip(", "), BLANK, each.amount or 0)
            for each in found.balances
        ]
    else:
        rows.append((LINES_ALONE, found.line_count, found.lines))
    rows += [(name, BLANK, -amount) for name, amount in found.before]
    for group in GROUPS:
        mine = found.items.of(group)
        if len(mine):
            rows.append((group, len(mine), int(mine.amount.sum())))
    rows.append((f"{BOOKS}, account {found.accounts.gl_account}", BLANK, found.book))
    rows.append((DIFFERENCE, BLANK, found.book - found.explained))
    currency = found.accounts.currency
    return ReportBlock(
        "Reconciliation",
        f"From bank to books, {currency}",
        currency,
        (
            text("Step", [name for name, _, _ in rows], width=42),
            whole("Items", [count for _, count, _ in rows]),
            money("Amount", [amount for _, _, amount in rows], total=False),
        ),
        strong=(0, len(rows) - 2, len(rows) - 1),
    )


def _items(ledger: Ledger, found: Reconciliation, group: str) -> ReportBlock:
    mine, currency = found.items.of(group), found.accounts.currency
    number = "Document" if group in OF_BOOKS else "Line ID"
    what = mine.what
    if group == IN_TRANSIT:
        late = is_overdue(ledger, mine.date, found.as_of)
        what = np.where(late, mine.what + ", overdue", mine.what).astype(object)
    return ReportBlock(
        "Items",
        f"{group}, {currency}",
        currency,
        (
            text(number, mine.number, width=24),
            dates("Date", mine.date),
            whole("Days", age(mine.date, found.as_of)),
            money("Amount", mine.amount),
            text("Who", mine.party, width=28),
            text("What", what, width=42),
        ),
    )


def _arrived(ledger: Ledger, found: Reconciliation) -> list[ReportBlock]:
    """Slip, bank line and receipts side by side."""
    came, currency = arrived_slips(ledger, found.accounts, found.as_of), found.accounts.currency
    if not len(came.slips):
        return []
    rows = came.slips.rows
    return [
        ReportBlock(
            "Arrived",
            f"{ARRIVED}, {currency}",
            currency,
            (
                text("Deposit No", rows.text("deposit_no")),
                dates("Slip Date", rows.dates("date")),
                whole("Receipts", came.receipts),
                money("Slip Total", came.slips.total),
                money("Fee", came.slips.fee),
                text("Bank Line", came.line),
                dates("Bank Date", came.date),
                money("Bank Amount", came.bank, total=False),
                text("Method", rows.text("method")),
            ),
        )
    ]


def _asked(found: Reconciliation, proposals: Sequence[Proposal]) -> list[ReportBlock]:
    if not proposals:
        return []
    currency = found.accounts.currency
    return [
        ReportBlock(
            "Asked",
            f"{ASKED}, {currency}",
            currency,
            (
                text("Deposit No", [each.slip for each in proposals]),
                text("Line ID", [each.line for each in proposals]),
                money("Less", [each.difference for each in proposals], total=False),
                text("Why", [each.why for each in proposals], width=42),
            ),
        )
    ]


def _not_deposited(ledger: Ledger, found: Reconciliation) -> list[ReportBlock]:
    rows, currency = overdue_receipts(ledger, found.as_of), found.accounts.currency
    rows = rows.take(np.asarray(rows.text("currency") == currency, dtype=np.bool_))
    if not len(rows):
        return []
    return [
        ReportBlock(
            "NotDeposited",
            f"{NOT_DEPOSITED}, {currency}",
            currency,
            (
                text("Receipt No", rows.text("receipt_no")),
                dates("Date", rows.dates("receipt_date")),
                whole("Days", age(rows.dates("receipt_date"), found.as_of)),
                money("Amount", received_net(rows)),
                text("Customer ID", rows.text("customer_id")),
                text("Method", rows.text("method")),
            ),
        )
    ]


def _homeless(ledger: Ledger, found: Reconciliation) -> list[ReportBlock]:
    """What is booked to GL Cash, where every bank account has an account of its own."""
    mine, currency = homeless_entries(ledger, found.accounts, found.as_of), found.accounts.currency
    if not len(mine):
        return []
    return [
        ReportBlock(
            "Homeless",
            f"{HOMELESS}, {currency}",
            currency,
            (
                text("Document", mine.number),
                dates("Date", mine.date),
                whole("Days", age(mine.date, found.as_of)),
                money("Amount", mine.amount),
                text("Who", mine.customer_id),
                text("What", mine.kind),
            ),
        )
    ]
