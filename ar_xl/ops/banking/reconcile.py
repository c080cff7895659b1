"""Bank reconciliation: from the balance per bank to the balance per books, every step named.

Both sides are taken apart: the bank into its lines, the books into the rows that moved the
account. What is on one side only, or differs, is an item of the reconciliation with its name; so
the sheet ties on any books, and a difference is never one number (semantics, section 13).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

import numpy as np

from ar_xl.core.arrays import (
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    filled,
    positions,
    sum_by,
    text_array,
)
from ar_xl.core.dates import LAST_DATE, day
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.ops.banking.book import (
    CHARGED,
    DEPOSIT,
    FEE,
    PAID,
    RECEIPT,
    RETURNED,
    BookEntries,
    book_balance,
    book_entries,
    homeless_entries,
)
from ar_xl.ops.banking.side import (
    REJECTED,
    Accounts,
    Balance,
    balance_at,
    final_lines,
    moved,
    undecided_lines,
)
from ar_xl.ops.banking.slips import listed, standing_slips
from ar_xl.ops.banking.ties import RECONCILED
from ar_xl.ops.pairing import Side, paired

IN_TRANSIT = "Deposits in transit"
NOT_ON_BANK = "Receipts not on the bank yet"
PAID_OUT = "Paid back, not on the bank yet"
OTHER_BOOKED = "Other bookings not on the bank yet"
BEFORE_BANK = "Booked before the first statement"
TWICE = "Perhaps booked twice"
OTHER_ACCOUNT = "Came to another bank account"
DIFFERS = "Amount differs on bank and books"
UNMATCHED = "Customer payments not booked"
FEES = "Bank fees to book in the general ledger"
TRANSFERS = "Transfers to book in the general ledger"
RETURNS = "Returned payments not booked"
REFUNDS = "Refunds on the bank not booked"
OTHER_LINES = "Other lines to book in the general ledger"
NOT_OURS = "Bank lines that are not ours"
BEFORE_BOOKS = "Bank lines before the cut-over date"
OF_BOOKS = (IN_TRANSIT, NOT_ON_BANK, PAID_OUT, OTHER_BOOKED, BEFORE_BANK, TWICE, OTHER_ACCOUNT)
OF_BANK = (
    UNMATCHED, RETURNS, REFUNDS, TRANSFERS, FEES, OTHER_LINES, NOT_OURS, BEFORE_BOOKS,
)  # fmt: skip
GROUPS = (*OF_BOOKS, *OF_BANK, DIFFERS)
_OF_KIND = {
    "Payment": UNMATCHED, "Fee": FEES, "Reversal": RETURNS, "Return": RETURNS, "Refund": REFUNDS,
    "Payout": TRANSFERS, "Other": OTHER_LINES,
}  # fmt: skip
EARLY, LATE, LATEST = 5, 10, 60  # days around a booking within which its line is looked for


@dataclass(frozen=True)
class Items:
    """What stands between bank and books, one element an item.

    Args:
        group: one of `GROUPS`.
        table, row, number: where it stands and what it is called.
        date: its own.
        amount: what it adds on the way from the bank's balance to that of the books.
        party: customer, or the other side as the bank writes it.
        what: in words.
        batch: it was posted with, "" for a line.
    """

    group: TextArray
    table: TextArray
    row: IntArray
    number: TextArray
    date: DateArray
    amount: IntArray
    party: TextArray
    what: TextArray
    batch: TextArray

    def __len__(self) -> int:
        return len(self.amount)

    def take(self, chosen: IntArray | BoolArray) -> Items:
        """The items that an index or a mask picks."""
        return Items(**{name: getattr(self, name)[chosen] for name in _NAMES})

    def of(self, group: str) -> Items:
        """The items of a group, in the order of their dates."""
        mine = self.take(np.flatnonzero(self.group == group))
        return mine.take(np.lexsort((mine.number.astype(str), mine.date)).astype(np.int64))


_NAMES = tuple(field.name for field in fields(Items))


@dataclass(frozen=True)
class Reconciliation:
    """The reconciliation of accounts that share a general-ledger account, minor units.

    Args:
        accounts, as_of: which, and when.
        balances: per bank, one a bank account.
        lines, line_count: what the bank lines up to the date come to, and how many they are.
        items: everything between the two.
        book: what the journal makes of the account.
        left_out: lines of statements that are not final.
    """

    accounts: Accounts
    as_of: date
    balances: tuple[Balance, ...]
    lines: int
    line_count: int
    items: Items
    book: int
    left_out: int

    @property
    def is_proved(self) -> bool:
        """Whether a statement says what the bank holds, for every account."""
        return all(balance.amount is not None for balance in self.balances)

    @property
    def bank(self) -> int:
        """The balance per bank; where none is given, what the lines come to."""
        known = sum(each.amount for each in self.balances if each.amount is not None)
        return known if self.is_proved else self.lines

    @property
    def before(self) -> tuple[tuple[str, int], ...]:
        """What the bank's balance has beside its lines, with the name of each part."""
        if not self.is_proved:
            return ()
        return tuple(part for balance in self.balances for part in balance.before)

    @property
    def explained(self) -> int:
        """What the books should show by the bank's balance and all items."""
        return self.bank - sum(amount for _, amount in self.before) + int(self.items.amount.sum())

    @property
    def ties(self) -> bool:
        """Whether the named items lead from the bank to the books to the minor unit."""
        return self.explained == self.book


def reconcile(ledger: Ledger, accounts: Accounts, as_of: date) -> Reconciliation:
    """Reconcile bank and books at a date.

    Args:
        ledger: bank lines with what is known of them, posted tables.
        accounts: that share a general-ledger account.
        as_of: bank lines and Posting Dates up to it.
    """
    every = final_lines(ledger)
    here = accounts.has(every.text("account")) & (every.text("currency") == accounts.currency)
    lines = every.take(np.asarray(here & (every.dates("date") <= day(as_of)), dtype=np.bool_))
    balances = tuple(
        balance_at(ledger, name, accounts.currency, as_of) for name in _banks(accounts, lines)
    )
    entries = book_entries(ledger, accounts, as_of)
    items = _items(ledger, accounts, as_of, lines, entries)
    return Reconciliation(
        accounts, as_of, balances, int(moved(lines).sum()), len(lines), items,
        book_balance(ledger, accounts, as_of), len(ledger.posted("BankLines")) - len(every),
    )  # fmt: skip


def _banks(accounts: Accounts, lines: Frame) -> tuple[str, ...]:
    named = tuple(name for name in accounts.names if name)
    return named or tuple(dict.fromkeys(lines.text("account").tolist())) or ("",)


def entry_names(entries: BookEntries) -> TextArray:
    """What the line of an entry says that it is: the document, or its return."""
    names = entries.number.copy()
    back = np.flatnonzero(entries.kind == RETURNED)
    names[back] = text_array(f"{number} returned" for number in names[back])
    return names


def lines_of(ledger: Ledger, entries: BookEntries) -> TextArray:
    """The Line ID that each entry belongs to, "" where none is known."""
    slips, lines = standing_slips(ledger, LAST_DATE), ledger.posted("BankLines")
    out = filled(len(entries), "")
    of_slip = np.isin(entries.kind.astype(str), (DEPOSIT, FEE))
    at = positions(slips.number, entries.number)
    out[of_slip] = np.append(slips.rows.text("bank_line"), "")[at][of_slip]
    made = (entries.kind == RECEIPT) & (positions(lines.text("line_id"), entries.number) >= 0)
    out[made] = entries.number[made]
    said = np.isin(lines.text("status").astype(str), (RECONCILED, "Linked"))
    told = lines.take(np.flatnonzero(said))
    of = {
        name: line
        for line, to in zip(told.text("line_id"), told.text("matched_to"), strict=True)
        for name in (to, *listed(str(to)))
    }
    at = positions(text_array(of), entry_names(entries))
    some = (out == "") & (at >= 0)
    out[some] = text_array(of.values())[at[some]]
    return out


def _items(
    ledger: Ledger, accounts: Accounts, as_of: date, lines: Frame, entries: BookEntries
) -> Items:
    ids = lines.text("line_id")
    at = positions(ids, lines_of(ledger, entries))
    booked = sum_by(at, entries.amount, len(lines))
    has = np.zeros(len(lines), dtype=np.bool_)
    has[at[at >= 0]] = True
    off = np.flatnonzero(has & (booked != moved(lines)))
    differing = lines.take(off)
    parts = [
        _outstanding(ledger, accounts, lines, entries, at),
        _unbooked(ledger, accounts, as_of, lines.take(~has)),
        _of_lines(
            differing, filled(len(off), DIFFERS), booked[off] - moved(differing),
            text_array(
                f"{to or 'booked'}: bank and books differ"
                for to in differing.text("matched_to")
            ),
        ),
    ]  # fmt: skip
    return Items(**{name: np.concatenate([getattr(p, name) for p in parts]) for name in _NAMES})


def _outstanding(
    ledger: Ledger, accounts: Accounts, lines: Frame, entries: BookEntries, at: IntArray
) -> Items:
    """What is booked and not on the bank."""
    mine = entries.take(np.flatnonzero(at < 0))
    group = filled(len(mine), OTHER_BOOKED)
    what = mine.kind.copy()
    like = _near(mine, _undecided(ledger, lines))
    some = np.flatnonzero(like != "")
    what[some] = text_array(f"{what[i]}; line {like[i]} has the amount" for i in some.tolist())
    for kinds, name in (((DEPOSIT, FEE), IN_TRANSIT), ((RECEIPT,), NOT_ON_BANK),
                        ((RETURNED, CHARGED, PAID), PAID_OUT)):  # fmt: skip
        group[np.isin(mine.kind.astype(str), kinds)] = name
    for where, name, words in (
        (_elsewhere(ledger, accounts, mine), OTHER_ACCOUNT, "line {} of another account"),
        (_twins(mine, entries.take(np.flatnonzero(at >= 0))), TWICE, "like {}"),
    ):
        found = np.flatnonzero(where != "")
        group[found] = name
        what[found] = text_array(words.format(each) for each in where[found])
    if len(lines):
        first = _first_day(ledger, accounts, lines)
        group[np.asarray(mine.date < first)] = BEFORE_BANK
    return Items(
        group, mine.table, mine.row, mine.number, mine.date, mine.amount, mine.customer_id, what,
        mine.batch,
    )  # fmt: skip


def _undecided(ledger: Ledger, lines: Frame) -> Frame:
    """Of some lines those of which nobody said what they are."""
    free = undecided_lines(ledger, LAST_DATE).text("line_id")
    return lines.take(positions(free, lines.text("line_id")) >= 0)


def _first_day(ledger: Ledger, accounts: Accounts, lines: Frame) -> np.datetime64:
    """The day from which on the bank's files tell what happened."""
    statements = ledger.posted("BankStatements")
    mine = accounts.has(statements.text("account"))
    starts = statements.dates("from_date")[mine]
    starts = starts[~np.isnat(starts)]
    if not len(starts):  # a file without a period may begin after days on which nothing moved
        return np.datetime64(lines.dates("date").min() - np.timedelta64(LATE, "D"), "D")
    return np.datetime64(np.concatenate([lines.dates("date"), starts]).min(), "D")


def _elsewhere(ledger: Ledger, accounts: Accounts, entries: BookEntries) -> TextArray:
    """The undecided line of another account that has the amount of an entry, "" where none has."""
    lines = undecided_lines(ledger, LAST_DATE)
    away = ~accounts.has(lines.text("account")) & (lines.text("currency") == accounts.currency)
    lines = lines.take(np.asarray(away, dtype=np.bool_))
    return _near(entries, lines)


def _near(entries: BookEntries, lines: Frame) -> TextArray:
    out = filled(len(entries), "")
    if not len(entries) or not len(lines):
        return out
    pairs = paired(*sides(entries, lines), *window(entries))
    out[pairs.left[::-1]] = lines.text("line_id")[pairs.right[::-1]]
    return out


def sides(entries: BookEntries, lines: Frame) -> tuple[Side, Side]:
    """Entries and lines as what is paired."""
    one, other = np.zeros(len(entries), dtype=np.int64), np.zeros(len(lines), dtype=np.int64)
    return (
        Side(one, entries.amount, entries.date),
        Side(other, moved(lines), lines.dates("date")),
    )


def window(entries: BookEntries) -> tuple[IntArray, IntArray]:
    """Days before and after: a check that we send is cashed late."""
    slow = np.isin(entries.kind.astype(str), (PAID, RETURNED))
    latest = np.where(slow, LATEST, LATE).astype(np.int64)
    return np.full(len(entries), -EARLY, dtype=np.int64), latest


def _twins(waiting: BookEntries, arrived: BookEntries) -> TextArray:
    """The receipt that is on the bank and looks like one that is not, "" where none does."""
    out = filled(len(waiting), "")
    mine = np.flatnonzero(waiting.kind == RECEIPT)
    theirs = arrived.take(np.flatnonzero(arrived.kind == RECEIPT))
    if not len(mine) or not len(theirs):
        return out
    ours = waiting.take(mine)
    (left, right), _ = codes_of(ours.customer_id, theirs.customer_id)
    days = np.full(len(mine), LATE, dtype=np.int64)
    pairs = paired(
        Side(left, ours.amount, ours.date), Side(right, theirs.amount, theirs.date), -days, days
    )
    out[mine[pairs.left[::-1]]] = theirs.number[pairs.right[::-1]]
    return out


def group_of(lines: Frame) -> TextArray:
    """The group of lines that are not in the books, by their kind."""
    (kinds,), names = codes_of(lines.text("kind"))
    known = text_array(_OF_KIND.get(str(name), OTHER_LINES) for name in names)
    group = known[kinds] if len(lines) else filled(0, "")
    group[(group == UNMATCHED) & (moved(lines) < 0)] = OTHER_LINES
    return group


def _unbooked(ledger: Ledger, accounts: Accounts, as_of: date, lines: Frame) -> Items:
    """What is on the bank and not in the books."""
    group = group_of(lines)
    own = positions(ledger.posted("BankLines").text("line_id"), lines.text("matched_to")) >= 0
    own &= lines.text("matched_to") != lines.text("line_id")
    group[own] = TRANSFERS
    group[lines.text("status") == REJECTED] = NOT_OURS
    cut_over = ledger.policy.settings.cut_over
    if cut_over is not None:
        group[lines.dates("date") < day(cut_over)] = BEFORE_BOOKS
    what = lines.text("text").copy()
    later = np.flatnonzero((lines.text("matched_to") != "") & ~own)
    what[later] = text_array(f"booked later: {to}" for to in lines.text("matched_to")[later])
    homeless = homeless_entries(ledger, accounts, as_of)
    if len(homeless) and len(lines):
        pairs = paired(*sides(homeless, lines), *window(homeless))
        for entry, line in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True):
            what[line] = f"{lines.text('text')[line]}; perhaps {homeless.number[entry]} on GL Cash"
    return _of_lines(lines, group, -moved(lines), what)


def _of_lines(lines: Frame, group: TextArray, amount: IntArray, what: TextArray) -> Items:
    count = len(lines)
    return Items(
        group, filled(count, "BankLines"), lines.row, lines.text("line_id"), lines.dates("date"),
        amount, lines.text("payer"), what, filled(count, ""),
    )  # fmt: skip
