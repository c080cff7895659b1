"""NACHA (ACH) files: payments that came back, changes of bank details, and entries.

Returns and notifications of change are handed on as such. Entries of an account of ours with
credits to it are payments that we received, with the remittance text of their addenda; all others
are orders to a bank, which move nothing yet: they are counted and left out.
Source: Nacha Operating Rules & Guidelines 2024, appendices one to five.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ar_xl.core.findings import Refusal
from ar_xl.core.money import money_text
from ar_xl.imports.bank import mt_codes as codes
from ar_xl.imports.bank.mt_details import single
from ar_xl.imports.bank.mt_lines import day_of
from ar_xl.imports.bank.mt_rows import fill_numbers
from ar_xl.imports.bank.nacha_controls import (
    ADVICE,
    batch_controls,
    cents_of,
    file_controls,
    is_credit,
    money,
)
from ar_xl.imports.bank.nacha_records import Batch, Entry, ach_file, has_records
from ar_xl.imports.bank.nacha_returns import masked, return_of
from ar_xl.imports.bank.parts import (
    BankFile,
    BankOptions,
    Control,
    Return,
    Rows,
    Source,
    Statement,
)
from ar_xl.imports.words import number_of

NAME = "NACHA"
_DOLLARS = "USD"
_MOST_SAID = 20  # notifications that are shown one by one
_TEST_CODES = frozenset("3489")  # last digits of prenotes and of entries without money
_TAKEN = {
    ("credit", True): "received by your account.",
    ("credit", False): "to pay, left out. If they were paid to your account, enter its number on "
    "the sheet BankAccounts and import the file again.",
    ("debit", False): "to collect, left out: the bank statement brings the money.",
}
_A_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class _Side:
    """The entries of one side of a batch."""

    batch: Batch
    number: int
    credit: bool
    entries: tuple[Entry, ...]
    day: str

    @property
    def account(self) -> str:
        """The account that all of them go to, else ""."""
        accounts = {account_of(entry) for entry in self.entries}
        return accounts.pop() if len(accounts) == 1 else ""


def account_of(entry: Entry) -> str:
    """The account that an entry goes to."""
    return entry.line[12:29].replace(" ", "")


def recognises(head: bytes) -> bool:
    """Whether a file begins with records of an ACH file."""
    return has_records(head)


def read(source: Source, asked: BankOptions) -> BankFile:
    """Read returns, notifications and entries.

    Refuses a file without any entry.
    """
    file = ach_file(source.content)
    if not any(batch.entries for batch in file.batches):
        seen = f"{source.name} begins as an ACH file, but holds no entry (record 6)."
        raise Refusal(codes.NO_STATEMENT, seen)
    made_on = day_of(file.header[23:29])[0]
    returns: list[Return] = []
    sides: list[_Side] = []
    loose: list[Control] = [*file_controls(file)]
    said: list[str] = [f"line {number}: no record of an ACH file: `{text[:40]}`"
                       for number, text in file.odd]  # fmt: skip
    for at, batch in enumerate(file.batches, 1):
        day = _day(batch, made_on)
        forward: list[Entry] = []
        for entry in batch.entries:
            if entry.addendum("99") or entry.addendum("98"):
                returns.append(return_of(entry, batch, day))
            else:
                forward.append(entry)
        if batch.kind == ADVICE:
            said.append(f"Batch {at} is an advice between banks and was left out.")
            forward = []
        money_moves = [each for each in forward if each.line[2] not in _TEST_CODES]
        if len(money_moves) < len(forward):
            tests = number_of(len(forward) - len(money_moves), "prenote")
            said.append(f"Batch {at}: {tests} without money left out.")
        for credit in (False, True):
            mine = tuple(each for each in money_moves if is_credit(each.line[1:3]) == credit)
            if mine:
                sides.append(_Side(batch, at, credit, mine, day))
        if not money_moves:
            loose += batch_controls(batch, at)
    statements = _statements(sides, asked)
    said += _said(returns, sides, statements)
    return BankFile(NAME, tuple(statements), (), tuple(said), tuple(returns), controls=tuple(loose))


def _day(batch: Batch, made_on: str) -> str:
    """The day a batch takes effect: settlement (a day of the year), effective, or made.

    An effective date more than a year off is no date: some banks leave zeros there.
    """
    if not made_on:
        return day_of(batch.header[69:75])[0] if batch.header else ""
    near = date.fromisoformat(made_on)
    settled = batch.header[75:78]
    days: list[date] = []
    if settled.isdigit() and 1 <= int(settled) <= 366:
        days = [date(near.year + years, 1, 1) + timedelta(days=int(settled) - 1)
                for years in (-1, 0, 1)]  # fmt: skip
    elif effective := day_of(batch.header[69:75])[0]:
        days = [date.fromisoformat(effective)]
    close = [day for day in days if abs(day - near) <= _A_YEAR]
    return min(close, key=lambda day: abs(day - near)).isoformat() if close else made_on


def _statements(sides: Sequence[_Side], asked: BankOptions) -> list[Statement]:
    """A statement for each side of each batch: debits and credits are never added up."""
    made, numbers = [], []
    for side in sides:
        account = _ours(side, asked)
        rows = Rows()
        given = [_add(rows, entry, side) for entry in side.entries]
        which = "credits" if side.credit else "debits"
        name = account or f"ACH {side.batch.company_id or side.batch.company}".strip()
        made.append(
            Statement(
                name, _DOLLARS, f"batch {side.number} {which}", side.day, side.day,
                final=bool(account), rows=rows,
                controls=tuple(batch_controls(side.batch, side.number)),
            )
        )  # fmt: skip
        numbers.append(given)
    fill_numbers(
        [(each.account, each.rows, given) for each, given in zip(made, numbers, strict=True)]
    )
    return made


def _ours(side: _Side, asked: BankOptions) -> str:
    """The account of ours that the credits of a batch went to; "" where they are no receipts."""
    if not side.credit or not side.account:
        return ""
    return side.account if side.account in asked.currencies else asked.account


def _add(rows: Rows, entry: Entry, side: _Side) -> str:
    """Add an entry; returns its trace number."""
    batch, line = side.batch, entry.line
    cents = cents_of(entry, batch)
    international = batch.kind == "IAT"
    party = entry.addendum("10")[46:81] if international else line[54:76]
    if batch.kind == "CTX":
        party = line[58:74]
    told = single(_remittance(entry))
    words = (batch.description, told, batch.company, party) if not side.credit else (
        told, batch.description, party
    )  # fmt: skip
    bad = "" if cents is not None else f"the amount `{line[29:39]}` cannot be read"
    rows.add(
        side.day, "" if cents is None else ("" if side.credit else "-") + money(cents),
        kind="Payment" if side.credit else "Other",
        payer=single(batch.company if side.credit else party), place=f"line {entry.number}",
        payer_account="" if side.credit else masked(account_of(entry)),
        reference="" if international else single(line[39:54]), text=single(" ".join(words)),
        bad=bad,
    )  # fmt: skip
    return line[79:94].strip()


def _remittance(entry: Entry) -> str:
    """The payment information of addenda 05, in the order of their sequence numbers."""
    found = [each for each in entry.addenda if each[1:3] == "05"]
    found.sort(key=lambda each: each[83:87])
    return "".join(each[3:83] for each in found)


def _said(
    returns: Sequence[Return], sides: Sequence[_Side], statements: Sequence[Statement]
) -> Iterator[str]:
    """What was taken, and what was not, debits and credits apart."""
    for sent, what in ((False, "debit"), (True, "credit")):
        back = [each for each in returns if each.moves_money and each.sent == sent]
        if back:
            cents = sum(round_cents(each.amount) for each in back if not each.bad)
            amount = money_text(cents, _DOLLARS)
            yield f"{number_of(len(back), f'returned {what}')} of USD {amount}."
    words = [each for each in returns if not each.moves_money]
    if words:
        yield f"{number_of(len(words), 'notification')} without money, for a person to act on:"
    yield from (
        f"  {each.code} {each.reason}: {each.payer}. {each.note}" for each in words[:_MOST_SAID]
    )
    if len(words) > _MOST_SAID:
        yield f"  and {len(words) - _MOST_SAID:,} more: they stand on the sheet Activities."
    for credit, name in ((False, "debit"), (True, "credit")):
        for final in (True, False):
            mine = [side for side, each in zip(sides, statements, strict=True)
                    if side.credit == credit and each.final == final]  # fmt: skip
            cents = sum(cents_of(e, side.batch) or 0 for side in mine for e in side.entries)
            count = sum(len(side.entries) for side in mine)
            if count:
                what = f"{number_of(count, name)} of USD {money_text(cents, _DOLLARS)}"
                yield f"{what} {_TAKEN[name, final]}"


def round_cents(amount: str) -> int:
    """Plain decimal text with two decimals as cents."""
    return int(amount.replace(".", ""))
