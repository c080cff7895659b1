"""The bank's side: lines as they move an account, and what its statements say it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, IntArray, TextArray, positions, sum_by
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.findings import Finding, Severity, code
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import money_text
from ar_xl.ops.banking.accounts import account_key, account_keys, gl_accounts
from ar_xl.ops.banking.states import bounced_receipts, standing_receipts
from ar_xl.ops.open_items import zero_if_blank

STATEMENT_CHANGED = code(
    "bank_statement_lines_changed",
    Severity.ERROR,
    "lines of the statement on the Bank sheet that lead from its opening to its closing balance",
    "Import the statement again: that brings lines back that were deleted. Correct or delete rows "
    "that were changed or added.",
)
NOT_FINAL = "Not final"
REJECTED = "Rejected"
_MOVED = np.timedelta64(5, "D")  # by which a bank may book later than it announced


def moved(lines: Frame) -> IntArray:
    """By how much each line moved its account, minor units: the amount less the fee."""
    return lines.ints("amount") - zero_if_blank(lines.ints("fee"))


def final_lines(ledger: Ledger) -> Frame:
    """The bank lines but those of statements that are not final: the bank may change them."""
    lines, statements = ledger.posted("BankLines"), ledger.posted("BankStatements")
    open_ones = statements.text("statement_id")[statements.text("status") == NOT_FINAL]
    known = (lines.ints("amount") != BLANK) & ~np.isnat(lines.dates("date"))
    return lines.take(known & (positions(open_ones, lines.text("statement_id")) < 0))


def became_receipts(ledger: Ledger, lines: Frame) -> BoolArray:
    """Which lines a receipt was made from that stands, or that bounced later."""
    standing = standing_receipts(ledger).text("receipt_no")
    came = np.concatenate([standing, bounced_receipts(ledger)])
    return np.asarray(positions(came, lines.text("line_id")) >= 0, dtype=np.bool_)


def undecided_lines(ledger: Ledger, as_of: date) -> Frame:
    """The final lines up to a date of which nobody and nothing said what they are."""
    lines = final_lines(ledger)
    lines = lines.take((lines.dates("date") <= day(as_of)) & (lines.text("status") == ""))
    return lines.take(~became_receipts(ledger, lines))


@dataclass(frozen=True)
class Accounts:
    """Bank accounts that are booked to one general-ledger account, in one currency.

    Args:
        names: of the accounts, as BankAccounts or their lines write them; the one asked for first.
        gl_account: where they are booked.
        currency: of the accounts.
    """

    names: tuple[str, ...]
    gl_account: str
    currency: str

    def has(self, accounts: TextArray) -> BoolArray:
        """Which names are those of these accounts."""
        mine = {account_key(name) for name in self.names}
        return np.isin(account_keys(accounts).astype(str), sorted(mine))


def accounts_with(ledger: Ledger, account: str) -> Accounts:
    """The accounts that have to be reconciled together with one, as they share its GL account.

    Args:
        ledger: BankAccounts, and accounts that lines name.
        account: its name; "" is GL Cash as such.
    """
    home = ledger.policy.settings.base_currency
    known, lines = ledger.posted("BankAccounts"), ledger.posted("BankLines")
    pairs: dict[str, tuple[str, str]] = {}
    for frame in (known, lines):
        rows = zip(frame.text("account").tolist(), frame.text("currency").tolist(), strict=True)
        for name, currency in dict.fromkeys(rows):
            pairs.setdefault(account_key(name), (name, currency or home))
    currency = pairs.get(account_key(account), ("", home))[1]
    gl_account = _gl_of(ledger, account)
    others = [
        name for key, (name, theirs) in pairs.items()
        if key != account_key(account) and theirs == currency and _gl_of(ledger, name) == gl_account
    ]  # fmt: skip
    return Accounts((account, *others), gl_account, currency)


def _gl_of(ledger: Ledger, account: str) -> str:
    return str(gl_accounts(ledger, np.array([account], dtype=object))[0])


@dataclass(frozen=True)
class Balance:
    """What the bank says one account holds at a date.

    Args:
        account: its name.
        amount: minor units; None where no statement gives a balance.
        words: from which statement, and what was added to it.
        before: name and amount of what the lines do not account for: the opening balance of the
            first statement, gaps, differences that were accepted, lines that changed.
        changed: statements whose lines on the Bank sheet do not lead to their closing balance any
            more, and by how much they fall short of it.
    """

    account: str
    amount: int | None
    words: str
    before: tuple[tuple[str, int], ...] = ()
    changed: tuple[tuple[str, int], ...] = ()


def _last_of(rows: Frame, ended: IntArray) -> int:
    """The statement that ends last; of several of one day the one that no other goes on from."""
    ends = rows.dates("to_date")[ended]
    of_day = ended[ends == ends.max()]
    opening, closing = rows.ints("opening")[of_day], rows.ints("closing")[of_day]
    moves = opening != closing
    goes_on = np.isin(closing, opening[moves]) & moves
    final = of_day[~goes_on]
    return int(final[-1] if len(final) else of_day[-1])


def balance_at(ledger: Ledger, account: str, currency: str, as_of: date) -> Balance:
    """The balance per bank of one account.

    Args:
        ledger: statements and lines; those that are not final do not count.
        account, currency: of the account.
        as_of: the closing balance of the last statement up to it, and the lines after; within a
            statement its opening balance and the lines up to the date.
    """
    every, lines = ledger.posted("BankStatements"), final_lines(ledger)
    lines = _of(lines, account, currency)
    lines = lines.take(lines.dates("date") <= day(as_of))
    rows = _of(every, account, currency)
    rows = rows.take(rows.text("status") != NOT_FINAL)
    rows = rows.take((rows.ints("closing") != BLANK) & (rows.ints("opening") != BLANK))
    rows = rows.take(rows.dates("from_date") <= day(as_of))
    rows = rows.take(np.lexsort((rows.dates("to_date"), rows.dates("from_date"))))
    if not len(rows):
        return Balance(account, None, "statement closing not given")
    ended = np.flatnonzero(rows.dates("to_date") <= day(as_of))
    if len(ended):
        last = _last_of(rows, ended)
        later = lines.dates("date") > rows.dates("to_date")[last]
        amount, start = int(rows.ints("closing")[last]), "closing"
    else:
        last = 0
        later = lines.dates("date") >= rows.dates("from_date")[0]
        amount, start = int(rows.ints("opening")[0]), "opening"
    added = moved(lines.take(later))
    amount += int(added.sum())
    words = (
        f"statement {rows.text('statement_id')[last]}, "
        f"{rows.dates('from_date')[last]} to {rows.dates('to_date')[last]}, "
        f"{str(rows.text('status')[last]).lower() or 'not proved'}"
    )
    if start == "opening":
        words += "; its opening balance and its lines up to the date"
    elif len(added):
        words += f"; and {len(added)} lines after it"
    total = int(moved(lines).sum())
    changed = _changed(rows, lines, as_of)
    if rows.text("statement_id")[last] in dict(changed):
        words += "; its lines changed since import"
    before = _before(rows, amount - total, as_of, changed)
    return Balance(account, amount, words, before, changed)


def changed_statements(ledger: Ledger) -> list[Finding]:
    """Statements whose opening balance and lines on the Bank sheet do not make the closing one."""
    statements = ledger.posted("BankStatements")
    names = zip(
        statements.text("account").tolist(), statements.text("currency").tolist(), strict=True
    )
    keys = {(account_key(account), currency): account for account, currency in names}
    balances = [
        (balance_at(ledger, account, currency, LAST_DATE), currency)
        for (_, currency), account in keys.items()
    ]
    return [each for balance, currency in balances for each in balance_findings(balance, currency)]


def balance_findings(balance: Balance, currency: str) -> list[Finding]:
    """What is said about statements of an account whose lines changed since import."""
    return [
        Finding(
            STATEMENT_CHANGED, "BankStatements", row_id=name, column="statement_id",
            seen=f"statement {name} of account {balance.account}: its lines on the Bank sheet are "
            f"{currency} {money_text(abs(off), currency)} too {'little' if off > 0 else 'much'}",
        )
        for name, off in balance.changed
    ]  # fmt: skip


def _changed(rows: Frame, lines: Frame, as_of: date) -> tuple[tuple[str, int], ...]:
    """By how much the lines of each statement that overlaps no other fall short of its closing.

    A line counts to the statement it came with; one of a source without balances, by its day.
    Where such lines stand within days of either end the bank may have moved one over it, and
    nothing is said.
    """
    names, status = rows.text("statement_id"), rows.text("status")
    starts, ends = rows.dates("from_date"), rows.dates("to_date")
    dates, amounts = lines.dates("date"), moved(lines)
    at = positions(names, lines.text("statement_id"))
    told = sum_by(at, amounts, len(rows))
    loose = dates[at < 0]
    out = []
    for i in np.flatnonzero(np.isin(status.astype(str), ("Proved", "Accepted"))).tolist():
        shared = (starts <= ends[i]) & (ends >= starts[i])
        near = (loose >= starts[i] - _MOVED) & (loose <= ends[i] + _MOVED)
        within = (loose >= starts[i]) & (loose <= ends[i])
        if shared.sum() != 1 or ends[i] > day(as_of) or (near & ~within).any():
            continue
        mine = int(told[i]) + int(amounts[at < 0][within].sum())
        accepted = int(zero_if_blank(rows.ints("difference"))[i])
        off = int(rows.ints("closing")[i] - rows.ints("opening")[i]) - accepted - mine
        if off:
            out.append((str(names[i]), off))
    return tuple(out)


def _of(frame: Frame, account: str, currency: str) -> Frame:
    mine = account_keys(frame.text("account")) == account_key(account)
    theirs = frame.text("currency")
    return frame.take(np.asarray(mine & ((theirs == currency) | (theirs == "")), dtype=np.bool_))


def _before(
    rows: Frame, amount: int, as_of: date, changed: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, int], ...]:
    """Name what the balance has beside the lines; statements that overlap have no gap."""
    opening, closing = rows.ints("opening").tolist(), rows.ints("closing").tolist()
    names = rows.text("statement_id").tolist()
    whole = (rows.dates("to_date") <= day(as_of)).tolist()
    first = f"Before the first statement, {rows.dates('from_date')[0]}"
    named = [(first, opening[0])]
    starts, ends = rows.dates("from_date"), rows.dates("to_date")
    reach = 0  # the statement that goes furthest of those before
    for i in range(len(rows)):
        apart = starts[i] > ends[reach]
        if apart and closing[reach] != opening[i] and whole[reach]:
            gap = opening[i] - closing[reach]
            named.append((f"Gap between statements {names[reach]} and {names[i]}", gap))
        reach = i if ends[i] >= ends[reach] else reach
        off = int(rows.ints("difference")[i])
        if whole[i] and off not in (0, BLANK):
            named.append((f"Statement {names[i]} accepted with a difference", off))
    named += [(f"Lines of statement {name} changed since import", off) for name, off in changed]
    rest = amount - sum(each for _, each in named)
    if rest:
        named.append(("Lines missing or twice between statements that overlap", rest))
    return tuple((name, each) for name, each in named if each)
