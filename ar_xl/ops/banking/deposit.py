"""Deposit: receipts in hand become slips for the bank (semantics, section 14).

One slip per method and currency. A slip is a control: its count and total can be given before,
from the adding machine, and nothing is posted where they do not prove.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np

from ar_xl.core.arrays import IntArray, TextArray, positions, text_array
from ar_xl.core.banktables import DEPOSITS
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.findings import Exit, Finding, Refusal, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Change, Ledger, Request
from ar_xl.core.money import from_decimal, money_text, totals_by_currency, totals_shown
from ar_xl.core.periods import closed_months
from ar_xl.ops.banking.accounts import currency_of, gl_accounts, the_account
from ar_xl.ops.banking.slips import (
    UNDEPOSITED_METHODS,
    goes_on_a_slip,
    listing,
    received_net,
    slip_of,
    standing_slips,
    undeposited,
)
from ar_xl.ops.numbering import next_numbers
from ar_xl.ops.open_items import live_rows

LONGEST_LIST = 32_000  # characters in one cell; Excel takes 32,767

DOES_NOT_PROVE = code(
    "deposit_does_not_prove",
    Severity.ERROR,
    "the count and the total of what is in hand",
    "Count again, look for the receipt that is missing or typed wrongly, then deposit again.",
    Exit.REFUSED,
)
NOT_TO_DEPOSIT = code(
    "receipt_not_to_deposit",
    Severity.ERROR,
    "posted cash, checks or card payments that are on no slip yet",
    "Leave out the receipts named.",
    Exit.REFUSED,
)
SEVERAL_SLIPS = code(
    "deposit_of_several_slips",
    Severity.ERROR,
    "receipts of one method and one currency",
    "Choose a method, or the receipts: a fee and an expected total are of one slip or currency.",
    Exit.REFUSED,
)
FEE_TOO_LARGE = code(
    "deposit_fee_not_understood",
    Severity.ERROR,
    "an amount that is not negative and below the total of the slip",
    "Give the fee as an amount such as 12.50.",
    Exit.WRONG_CALL,
)
OTHER_CURRENCY = code(
    "deposit_in_another_currency",
    Severity.NOTE,
    "receipts in the currency of the bank account",
    "Deposit them to an account in their currency.",
)
WRONG_GL_ACCOUNT = code(
    "bank_gl_account_not_its_own",
    Severity.ERROR,
    "an account of the general ledger that is for this bank account",
    "Correct GL Account on the BankAccounts sheet: it is that of receivables or of Undeposited.",
    Exit.REFUSED,
)


@dataclass(frozen=True)
class Asked:
    """What a deposit is asked for.

    Args:
        account: the bank account; "" takes the only one.
        method: Cash, Check or Card; "" is all of them.
        receipts: numbers of the only receipts meant; none is all that wait.
        fee: what the processor keeps, as typed; "" is none.
        expect_count, expect_total: what the slips must come to, as typed; "" is not proved.
    """

    account: str = ""
    method: str = ""
    receipts: tuple[str, ...] = ()
    fee: str = ""
    expect_count: str = ""
    expect_total: str = ""


def deposit(ledger: Ledger, request: Request, asked: Asked) -> Change:
    """Put the receipts that wait on slips.

    Args:
        ledger: posted receipts up to the as-of date count.
        request: its as-of date is the date of the slips.
        asked: what to take, and what it must prove to.

    Returns:
        The Deposits rows, with the totals `deposited` and `fee`; an empty change where nothing
        waits.

    Raises:
        Refusal: the account is not known, a receipt named cannot be deposited, the fee fits no
            slip, or count and total do not prove.
    """
    account = the_account(ledger, asked.account)
    _insist_on_gl_account(ledger, account)
    waiting = _wanted(ledger, request, asked)
    waiting, notes = _of_currency(ledger, waiting, account)
    total = totals_by_currency(waiting.text("currency"), received_net(waiting))
    _insist_on_proof(asked, len(waiting), total)
    if not len(waiting):
        return Change(findings=tuple(notes))
    groups = _slips(waiting)
    fee = _fee(asked, waiting, groups)
    rows = _rows(ledger, request, account, waiting, groups).replace(fee=fee)
    kept = {"fee": totals_by_currency(rows.text("currency"), fee)} if fee.any() else {}
    return Change(
        appends={"Deposits": rows},
        findings=tuple(notes),
        totals={"deposited": total, **kept},
    )


def _insist_on_gl_account(ledger: Ledger, account: str) -> None:
    """Booked to receivables or Undeposited, a deposit would undo itself."""
    settings = ledger.policy.settings
    booked = str(gl_accounts(ledger, text_array([account]))[0])
    if booked in (settings.gl_ar, settings.gl_undeposited):
        raise Refusal(WRONG_GL_ACCOUNT, f"GL Account of `{account or 'GL Cash'}` is {booked}.")


def _wanted(ledger: Ledger, request: Request, asked: Asked) -> Frame:
    """The receipts that are meant."""
    waiting = undeposited(ledger, request.as_of)
    if asked.receipts:
        names = text_array(dict.fromkeys(asked.receipts))
        at = positions(waiting.text("receipt_no"), names)
        missing = [str(name) for name in names[at < 0]]
        if missing:
            why = "; ".join(f"{name} {_why_not(ledger, request, name)}" for name in missing[:10])
            raise Refusal(NOT_TO_DEPOSIT, f"Not to be deposited: {why}.")
        waiting = waiting.take(np.sort(at))
    if asked.method:
        mine = np.asarray(waiting.text("method") == asked.method, dtype=np.bool_)
        if asked.receipts and not mine.all():
            others = ", ".join(waiting.text("receipt_no")[~mine].tolist()[:10])
            raise Refusal(NOT_TO_DEPOSIT, f"Not paid by {asked.method}: {others}.")
        waiting = waiting.take(mine)
    return waiting


def _why_not(ledger: Ledger, request: Request, number: str) -> str:
    """Why a receipt that somebody named cannot go on a slip."""
    live, total = live_rows(ledger.posted("Receipts"), "receipt_no")
    at = np.flatnonzero(live.text("receipt_no") == number)
    if not len(at):
        drafts = ledger.draft("Receipts").text("receipt_no")
        return "is not posted yet" if (drafts == number).any() else "is no receipt of this workbook"
    row = live.take(at)
    if not total[at[0]]:
        return "was undone or has bounced"
    slip = int(slip_of(ledger, row)[0])
    if slip >= 0:
        return f"is on slip {standing_slips(ledger, LAST_DATE).number[slip]}"
    if not goes_on_a_slip(ledger, row)[0]:
        return f"came by {row.text('method')[0]} and went to the bank by itself"
    return f"is dated {row.dates('receipt_date')[0]}, after {request.as_of}"


def _of_currency(ledger: Ledger, waiting: Frame, account: str) -> tuple[Frame, list[Finding]]:
    """The receipts in the currency of the account, and what to say of the others."""
    currency = currency_of(ledger, account)
    if not currency:
        return waiting, []
    mine = np.asarray(waiting.text("currency") == currency, dtype=np.bool_)
    left = waiting.take(~mine)
    if not len(left):
        return waiting, []
    amounts = totals_by_currency(left.text("currency"), received_net(left))
    seen = f"{len(left)} left where they are, {totals_shown(amounts)}; {account} is in {currency}"
    return waiting.take(mine), [Finding(OTHER_CURRENCY, "Receipts", seen=seen)]


def _insist_on_proof(asked: Asked, count: int, total: dict[str, int]) -> None:
    """Refuse where count or control total given beforehand are not those of the slips.

    Tryton's statements prove by balance, amount or number of lines before they can be posted;
    this is the same rule for a deposit.
    """
    seen = []
    if asked.expect_count.strip() and asked.expect_count.strip() != str(count):
        seen.append(f"{count} receipts, expected {asked.expect_count.strip()}")
    if asked.expect_total.strip():
        if len(total) > 1:
            raise Refusal(SEVERAL_SLIPS, f"The receipts come to {totals_shown(total)}.")
        currency = next(iter(total), "USD")
        wanted = _minor(asked.expect_total, currency)
        have = total.get(currency, 0)
        if wanted is None or wanted != have:
            off = "" if wanted is None else (
                f", a difference of {money_text(have - wanted, currency)}"
            )  # fmt: skip
            seen.append(
                f"{currency} {money_text(have, currency)}, expected {asked.expect_total.strip()}"
                f"{off}"
            )
    if seen:
        raise Refusal(DOES_NOT_PROVE, f"The deposit comes to {'; '.join(seen)}. Nothing posted.")


def _minor(typed: str, currency: str) -> int | None:
    try:
        value = Decimal(typed.strip().replace(",", ""))
    except InvalidOperation:
        return None
    return from_decimal(value, currency) if value.is_finite() else None


def _slips(waiting: Frame) -> list[IntArray]:
    """Which receipts go on which slip: one per currency and method, as many as a cell can list."""
    made: list[IntArray] = []
    currencies, methods = waiting.text("currency"), waiting.text("method")
    for currency in sorted(set(currencies.tolist())):
        for method in UNDEPOSITED_METHODS:
            mine = np.flatnonzero((currencies == currency) & (methods == method))
            if len(mine):
                made += _fitting(waiting.text("receipt_no")[mine], mine)
    return made


def _fitting(numbers: TextArray, rows: IntArray) -> Iterable[IntArray]:
    """Cut a slip where the list of its receipts would not fit a cell."""
    length = np.array([len(listing(numbers[i : i + 1])) + 2 for i in range(len(numbers))])
    which = (np.cumsum(length) - 1) // LONGEST_LIST
    cuts = np.flatnonzero(np.diff(which)) + 1
    return np.split(rows, cuts)


def _fee(asked: Asked, waiting: Frame, groups: list[IntArray]) -> IntArray:
    """The fee of each slip; one that was given is that of the only slip."""
    fee = np.zeros(len(groups), dtype=np.int64)
    if not asked.fee.strip():
        return fee
    if len(groups) > 1:
        raise Refusal(SEVERAL_SLIPS, f"A fee of {asked.fee.strip()} for {len(groups)} slips.")
    currency = str(waiting.text("currency")[0])
    minor = _minor(asked.fee, currency)
    if minor is None or not 0 <= minor < int(received_net(waiting).sum()):
        raise Refusal(FEE_TOO_LARGE, f"`{asked.fee.strip()[:40]}` is no fee of this slip.")
    fee[0] = minor
    return fee


def _rows(
    ledger: Ledger, request: Request, account: str, waiting: Frame, groups: list[IntArray]
) -> Frame:
    """The Deposits rows, without fee, batch and seal."""
    taken = ledger.posted("Deposits").text("deposit_no")
    firsts = np.array([group[0] for group in groups], dtype=np.int64)
    net = received_net(waiting)
    own = np.full(len(groups), day(request.as_of))
    return Frame.build(
        DEPOSITS,
        len(groups),
        deposit_no=next_numbers(ledger.policy.settings.deposit_prefix, taken, len(groups)),
        date=own,
        posting_date=closed_months(ledger.posted("Periods")).posting_dates(own),
        bank_account=account,
        method=waiting.text("method")[firsts],
        currency=waiting.text("currency")[firsts],
        receipts=text_array(listing(waiting.text("receipt_no")[group]) for group in groups),
        total=np.array([int(net[group].sum()) for group in groups], dtype=np.int64),
    )
