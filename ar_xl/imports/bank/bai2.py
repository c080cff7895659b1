"""BAI2, the balance reporting of banks in America: accounts in groups, with totals at each end.

Amounts have no decimal point: they are minor units of the account's currency, else of the
group's, else US dollars. What a trailer states (a sum of all amounts as they are written, and a
number of records) is compared with what was read, for accounts, groups and the file.
Source: BAI, "Cash Management Balance Reporting Specifications, Version 2" (2005).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ar_xl.core.findings import Finding, Refusal
from ar_xl.core.money import exponent
from ar_xl.imports.bank import mt_codes as codes
from ar_xl.imports.bank.bai2_codes import CLOSING_LEDGER, OPENING_LEDGER, kind_of, sign_of
from ar_xl.imports.bank.bai2_lines import amount_of, balances_of, entry_of, parties_of
from ar_xl.imports.bank.bai2_records import Record, records
from ar_xl.imports.bank.mt_details import NOTHING, single
from ar_xl.imports.bank.mt_lines import day_of
from ar_xl.imports.bank.mt_rows import fill_numbers
from ar_xl.imports.bank.parts import BankFile, BankOptions, Control, Rows, Source, Statement
from ar_xl.imports.bank.swift import decoded, lines_of
from ar_xl.imports.bank.texts import shown
from ar_xl.imports.words import number_of

NAME = "BAI2"
_RECOGNISED = re.compile(
    r"\s*(?:01,[^,\n]*,[^,\n]*,\d{6},|02,[^,\n]*,[^,\n]*,[1-4],\d{6},|03,[^,\n]+,[A-Z]{0,3},\d{3},)"
)
_LEFT_OUT = {"2": "deleted by the bank", "4": "a test of the bank"}
_CORRECTION = "3"
_NOT_FINAL = ("1", "3")  # interim, of the day before and of the same day
_NO_MONEY = "890"
_DOLLARS = "USD"


@dataclass
class _Account:
    """An account: record 03, its lines, and its trailer 49."""

    record: Record
    entries: list[Record] = field(default_factory=list)
    trailer: Record | None = None
    total: int = 0  # of all amounts as they are written

    @property
    def count(self) -> int:
        """How many physical records it has, its trailer included."""
        within = sum(each.count for each in self.entries)
        return self.record.count + within + (self.trailer is not None)


@dataclass
class _Group:
    """A group: record 02, its accounts, and its trailer 98."""

    record: Record | None
    accounts: list[_Account] = field(default_factory=list)
    trailer: Record | None = None

    def told(self, at: int) -> str:
        """A field of its header: 2 status, 3 as-of date, 5 currency, 6 modifier."""
        fields = self.record.fields() if self.record else []
        return fields[at] if at < len(fields) else ""

    @property
    def count(self) -> int:
        """How many physical records it has, its header and trailer included."""
        head = self.record.count if self.record else 0
        return head + sum(each.count for each in self.accounts) + (self.trailer is not None)


def recognises(head: bytes) -> bool:
    """Whether a file begins with a header record of BAI2."""
    return bool(_RECOGNISED.match(decoded(head)))


def read(source: Source, asked: BankOptions) -> BankFile:
    """Read all accounts of all groups.

    Refuses a file without any account.
    """
    groups, header, trailer = _grouped(records(lines_of(decoded(source.content))))
    if not any(group.accounts for group in groups):
        seen = f"{source.name} begins as a BAI2 file, but holds no account (record 03)."
        raise Refusal(codes.NO_STATEMENT, seen)
    said: list[str] = []
    findings: list[Finding] = []
    statements: list[Statement] = []
    numbers: list[list[str]] = []
    for at, group in enumerate(groups, 1):
        state = group.told(2)
        if state in _LEFT_OUT:
            found = number_of(len(group.accounts), "account")
            seen = f"group {at} with {found} is {_LEFT_OUT[state]}; nothing of it was taken"
            findings.append(Finding(codes.GROUP_LEFT_OUT, seen=seen, sheet=source.name))
            continue
        if state == _CORRECTION:
            said.append(f"Group {at} corrects what the bank sent before.")
        made = [_statement(group, account, asked, said) for account in group.accounts]
        of_group = tuple(_group_controls(group, at))
        for statement, given in made:
            statements.append(replace(statement, controls=(*statement.controls, *of_group)))
            numbers.append(given)
    fill_numbers(
        [(each.account, each.rows, given) for each, given in zip(statements, numbers, strict=True)]
    )
    controls = tuple(_file_controls(groups, header, trailer))
    return BankFile(NAME, tuple(statements), tuple(findings), tuple(said), controls=controls)


def _grouped(found: Iterator[Record]) -> tuple[list[_Group], Record | None, Record | None]:
    """Groups of accounts, and header and trailer of the file."""
    groups: list[_Group] = []
    header = trailer = None
    for record in found:
        if record.code == "01":
            header = header or record
        elif record.code == "99":
            trailer = record
        elif record.code == "02":
            groups.append(_Group(record))
        else:
            if not groups or (record.code == "03" and groups[-1].trailer):
                groups.append(_Group(None))
            _take(groups[-1], record)
    return groups, header, trailer


def _take(group: _Group, record: Record) -> None:
    if record.code == "03":
        group.accounts.append(_Account(record))
    elif record.code == "98":
        group.trailer = record
    elif group.accounts:
        account = group.accounts[-1]
        if record.code == "49":
            account.trailer = record
        else:
            account.entries.append(record)


def _statement(
    group: _Group, account: _Account, asked: BankOptions, said: list[str]
) -> tuple[Statement, list[str]]:
    """An account as a statement, and what the bank gave as number of each line."""
    fields = account.record.fields()
    name = fields[0]
    currency = ((fields[1] if len(fields) > 1 else "") or group.told(5)).upper()
    if not currency:
        currency = asked.currencies.get(name, "") or asked.currency or _DOLLARS
        sentence = f"Account {name} names no currency: its amounts were read as {currency}."
        if sentence not in said:
            said.append(sentence)
    digits = exponent(currency)
    day = day_of(group.told(3))[0]
    ledger: dict[str, str] = {}
    for code, written in balances_of(account.record):
        amount = amount_of(written)
        account.total += amount or 0
        if code in (OPENING_LEDGER, CLOSING_LEDGER) and code not in ledger:
            ledger[code] = written if amount is None else _decimal(amount, digits)
    rows = Rows()
    given: list[str] = []
    for record in account.entries:
        account.total += _add(rows, given, record, day, digits, said)
    statement = Statement(
        name, currency, first=day, last=day, opening=ledger.get(OPENING_LEDGER, ""),
        closing=ledger.get(CLOSING_LEDGER, ""), final=group.told(6) not in _NOT_FINAL, rows=rows,
        opening_date=day, controls=tuple(_account_controls(account)),
    )  # fmt: skip
    return statement, given


def _add(
    rows: Rows, given: list[str], record: Record, day: str, digits: int, said: list[str]
) -> int:
    """Add a line; returns its amount as it is written, for the control totals."""
    entry = entry_of(record)
    place = f"line {record.number}"
    sign = sign_of(entry.code)
    text = single(" ".join(entry.texts))
    if not sign or entry.amount is None:
        if entry.code == _NO_MONEY and not entry.amount:
            said.append(f"{place}: no money, only words: {text[:200]}")
            return 0
        bad = f"type code `{entry.code}` says neither credit nor debit"
        if sign:
            bad = f"amount `{shown(entry.written)}` is no whole number of the smallest unit"
        rows.add(day, "", text=text, place=place, bad=bad)
        given.append("")
        return entry.amount or 0
    signed = entry.amount if sign == "+" else -entry.amount
    payer, other, end_to_end = parties_of(entry, signed > 0)
    own = "" if entry.reference in NOTHING else entry.reference
    if end_to_end and own and own not in (end_to_end, "0"):
        text = f"{text} {own}"
    rows.add(
        day, _decimal(signed, digits), kind=kind_of(entry.code, text), payer=payer,
        payer_account=other, reference=end_to_end or own, text=text, place=place,
    )  # fmt: skip
    given.append("" if entry.bank_reference in NOTHING else entry.bank_reference)
    return entry.amount


def _decimal(minor: int, digits: int) -> str:
    """Minor units as plain decimal text: 12345 with two digits is `123.45`."""
    if not digits:
        return str(minor)
    text = str(abs(minor)).rjust(digits + 1, "0")
    return f"{'-' if minor < 0 else ''}{text[:-digits]}.{text[-digits:]}"


def _account_controls(account: _Account) -> Iterator[Control]:
    name = account.record.fields()[0]
    if account.trailer is None:
        yield Control(f"trailer of account {name} (record 49)", "1", "0")
        return
    stated = account.trailer.fields()
    yield _control(f"control total of account {name}", stated, 0, account.total)
    yield _control(f"number of records of account {name}", stated, 1, account.count)


def _group_controls(group: _Group, at: int) -> Iterator[Control]:
    if group.trailer is None:
        if group.record:
            yield Control(f"trailer of group {at} (record 98)", "1", "0")
        return
    stated = group.trailer.fields()
    yield _control(f"control total of group {at}", stated, 0, _sum(group.accounts))
    yield _control(f"number of accounts of group {at}", stated, 1, len(group.accounts))
    yield _control(f"number of records of group {at}", stated, 2, group.count)


def _file_controls(
    groups: Sequence[_Group], header: Record | None, trailer: Record | None
) -> Iterator[Control]:
    if trailer is None:
        if header:
            yield Control("trailer of the file (record 99): without one it is cut short", "1", "0")
        return
    stated = trailer.fields()
    total = sum(_stated(group.trailer, _sum(group.accounts)) for group in groups)
    count = sum(group.count for group in groups) + (header.count if header else 0) + 1
    yield _control("control total of the file", stated, 0, total)
    yield _control("number of groups of the file", stated, 1, len(groups))
    yield _control("number of records of the file", stated, 2, count)


def _sum(accounts: Sequence[_Account]) -> int:
    """The sum of what the trailers of accounts state: a wrong one is named once, not twice."""
    return sum(_stated(each.trailer, each.total) for each in accounts)


def _stated(trailer: Record | None, found: int) -> int:
    stated = amount_of(trailer.fields()[0]) if trailer else None
    return found if stated is None else stated


def _control(what: str, stated: list[str], at: int, found: int) -> Control:
    text = stated[at] if at < len(stated) else ""
    number = amount_of(text)
    return Control(what, text or "nothing" if number is None else str(number), str(found))
