"""The lines of a bank's table as statements: dates, currencies, amounts, balances and texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ar_xl.core.arrays import (
    BLANK,
    BoolArray,
    DateArray,
    IntArray,
    TextArray,
    codes_of,
    filled,
    text_array,
)
from ar_xl.core.findings import Finding
from ar_xl.core.money import exponents, is_currency
from ar_xl.imports import codes
from ar_xl.imports.amounts import AmountTexts, take_apart
from ar_xl.imports.bank.codes import ACCOUNT_TAKEN
from ar_xl.imports.bank.parts import BankOptions, Statement
from ar_xl.imports.bank.tables import codes as tablecodes
from ar_xl.imports.bank.tables.content import side_word
from ar_xl.imports.bank.tables.dates import certain_dates, read_dates
from ar_xl.imports.bank.tables.facts import Facts, bare
from ar_xl.imports.bank.tables.heads import Heads
from ar_xl.imports.bank.tables.marks import decide_decimal
from ar_xl.imports.bank.tables.money import (
    Reading,
    best_reading,
    from_two_columns,
    run_of,
    signed_by_flag,
    with_fees,
)
from ar_xl.imports.bank.tables.names import CREDIT_SIDE, DEBIT_SIDE
from ar_xl.imports.bank.tables.rows import MONEY, keep_lines
from ar_xl.imports.bank.tables.settlements import Exporter
from ar_xl.imports.bank.tables.statements import Found, statements_of
from ar_xl.imports.bank.tables.texts import normal_amounts, normal_dates, with_columns
from ar_xl.imports.parties import with_marks
from ar_xl.imports.rawtable import RawGrid
from ar_xl.imports.reading import Reader
from ar_xl.imports.words import SIGNS

_AMOUNTS = (*MONEY, "fee", "net", "balance", "refunded")
_UNKNOWN_CURRENCY = "KWD"  # three decimals: nothing is cut before the currency is known


@dataclass(frozen=True)
class Lines:
    """What the rows of a table became.

    Args:
        statements: one for each account and currency.
        order: of day and month, as the file was read; "" where its dates leave nothing open.
        decimal: "point" or "comma"; "" where no amount has decimals or thousands.
    """

    statements: tuple[Statement, ...]
    order: str
    decimal: str


def read_lines(
    reader: Reader, heads: Heads, grid: RawGrid, exporter: Exporter, asked: BankOptions
) -> Lines:
    """Read the rows under the headings; what is wrong with the whole file is found in `reader`.

    Args:
        reader: the rows; afterwards the lines alone, with what was found in them.
        heads: what the columns mean.
        grid: the whole file, for the account's data above the headings.
        exporter: who wrote it.
        asked: what the file leaves open.
    """
    around = keep_lines(reader, grid, heads, exporter.counts_pending)
    if exporter.prepared is not None:
        exporter.prepared(reader)
    _normalise(reader)
    _check_widths(reader)
    facts = around.facts
    _say_remembered_account(reader, facts, heads, asked)
    accounts = _accounts(reader, facts, heads, exporter, asked)
    parts = {
        key: take_apart(reader.column(key), credit_sign=1, is_loose=True)
        for key in _AMOUNTS if reader.has(key)
    }  # fmt: skip
    currencies = _currencies(reader, parts, heads, facts, accounts, asked)
    groups = _groups(accounts, currencies)
    digits = exponents(np.where(currencies == "", _UNKNOWN_CURRENCY, currencies).astype(object))
    decided = decide_decimal(reader, parts, facts, digits, groups, heads.remembered)
    money = reader.read_money(parts, digits)
    if not reader.mark:
        return Lines((), "", "")
    balance = money.get("balance", np.full(len(reader), BLANK, dtype=np.int64))
    reading = _reading(reader, money, groups, balance)
    if exporter.is_turned:
        reading = replace(reading, amount=np.where(reading.amount == BLANK, BLANK, -reading.amount))
    dates, order = read_dates(reader, reading, balance, groups, heads.remembered)
    if dates is None:
        return Lines((), "", "")
    _check_balances(reader, reading, balance, dates, groups)
    refunded = money.get("refunded", np.full(len(reader), BLANK, dtype=np.int64))
    found = Found(reader, heads, exporter, accounts, currencies, digits, dates, reading, balance,
                  refunded)  # fmt: skip
    return Lines(statements_of(found, groups, facts, around.totals), order, decided)


def _normalise(reader: Reader) -> None:
    """Put dates and amounts into one form before they are taken apart."""
    columns = reader.match.columns
    changed = {
        columns[key]: normal_amounts(reader.column(key), key not in ("amount", "net"))
        for key in _AMOUNTS if key in columns
    }  # fmt: skip
    for key in ("date", "value_date"):
        if key in columns:
            changed[columns[key]] = normal_dates(reader.column(key))
    reader.table = with_columns(reader.table, changed)


def _check_widths(reader: Reader) -> None:
    """Rows of a text file with other cells than most rows have, or filled ones too many."""
    grid = reader.table.grid
    if grid.is_sheet or not len(reader):
        return
    headings = reader.table.headings
    wanted = max((i for i, heading in enumerate(headings, start=1) if heading), default=0)
    usual = int(np.bincount(grid.widths).argmax())
    ragged = grid.widths < min(wanted, usual)
    for column in grid.columns[wanted:]:
        ragged |= column.filled
    for row in np.flatnonzero(ragged).tolist():
        seen = f"{int(grid.widths[row])} cells under {wanted} headings"
        reader.finding(codes.ROW_RAGGED, row, "", seen)


def _accounts(
    reader: Reader, facts: Facts, heads: Heads, exporter: Exporter, asked: BankOptions
) -> TextArray:
    """The account of each row: of its column, else of the file, else told, else remembered."""
    (codes_,), distinct = codes_of(reader.text("account"))
    named = text_array(_account(text) for text in distinct)[codes_] if len(distinct) else None
    out = reader.blank_texts() if named is None else np.asarray(named, dtype=object)
    known = set(out.tolist()) - {""}
    remembered = heads.remembered.account if heads.remembered else ""
    single = known.pop() if len(known) == 1 else ""
    rest = single or facts.account or asked.account or remembered or exporter.account
    return np.asarray(np.where(out == "", rest, out), dtype=object)


def _say_remembered_account(reader: Reader, facts: Facts, heads: Heads, asked: BankOptions) -> None:
    """Say that the account is the one of an earlier file, which a bank's other accounts share."""
    known = heads.remembered.account if heads.remembered else ""
    if known and not (reader.filled("account").any() or facts.account or asked.account):
        seen = f"it names no account and was taken as `{known}`, as remembered for this bank"
        reader.findings.append(Finding(ACCOUNT_TAKEN, seen=seen, sheet=reader.table.grid.source))


def _account(text: str) -> str:
    stripped = bare(text)
    tight = "".join(stripped.split())
    return tight if tight[:2].isalpha() and tight[2:4].isdigit() else stripped


def _currencies(
    reader: Reader, parts: Mapping[str, AmountTexts], heads: Heads, facts: Facts,
    accounts: TextArray, asked: BankOptions,
) -> TextArray:  # fmt: skip
    """The currency of each row, "" where neither the file nor what was told says it."""
    (codes_,), distinct = codes_of(reader.text("currency"))
    names = text_array(_currency(text) for text in distinct)
    wrong = np.fromiter((t != "" and not is_currency(t) for t in names), bool, len(names))
    out = filled(len(reader), "")
    if len(distinct):
        reader.each(wrong[codes_], codes.CURRENCY_UNREADABLE, "currency")
        out = np.where(wrong, "", names).astype(object)[codes_]
    rest = heads.currency or facts.currency
    if rest:
        out = np.where(out == "", rest, out).astype(object)
    for key, part in parts.items():
        if key != "balance":
            out = with_marks(reader, key, part, out)
    known = set(out.tolist()) - {""}
    if len(known) == 1:
        out = filled(len(out), str(known.pop()))
    remembered = heads.remembered.currency if heads.remembered else ""
    by_account = text_array(asked.currencies.get(account, "") for account in accounts)
    for told in (filled(len(out), asked.currency), filled(len(out), remembered), by_account):
        out = np.where(out == "", told, out).astype(object)
    return np.asarray(out, dtype=object)


def _currency(text: str) -> str:
    stripped = text.strip()
    allowed = SIGNS.get(stripped, frozenset())
    return next(iter(allowed)) if len(allowed) == 1 else stripped.upper()


def _groups(accounts: TextArray, currencies: TextArray) -> list[IntArray]:
    """The rows of each account and currency, in the order of the file."""
    pairs = np.asarray(accounts + "\x00" + currencies, dtype=object)
    (codes_,), distinct = codes_of(pairs)
    if len(distinct) == 1:
        return [np.arange(len(pairs), dtype=np.int64)]
    order = np.argsort(codes_, kind="stable")
    ends = np.cumsum(np.bincount(codes_, minlength=len(distinct)))[:-1]
    return [each.astype(np.int64) for each in np.split(order, ends)] if len(distinct) else []


def _reading(
    reader: Reader, money: Mapping[str, IntArray], groups: list[IntArray], balance: IntArray
) -> Reading:
    """The amounts as the balances prove them; rows that stay open are found."""
    readings = _readings(reader, money)
    if "fee" in money and "net" not in money and bool((money["fee"] > 0).any()
                                                       or (money["fee"] < 0).any()):  # fmt: skip
        readings = with_fees(readings, money["fee"])
    if "net" in money:
        readings = [_net_of(each, money["net"]) for each in readings]
    best = readings[0]
    if len(readings) > 1 and reader.has("balance"):
        best = best_reading(readings, groups, balance, certain_dates(reader))
    if best.words:
        reader.said.append(best.words)
    if "net" in money and "fee" in money:
        off = (best.amount != BLANK) & (np.abs(best.fee) != np.abs(_known(money["fee"])))
        for row in np.flatnonzero(off).tolist():
            cells = [str(reader.column(key).texts[row]) for key in ("amount", "fee", "net")]
            seen = f"gross `{cells[0]}`, fee `{cells[1]}`, net `{cells[2]}`"
            reader.finding(tablecodes.NET_DIFFERS, row, "net", seen)
    return best


def _known(minor: IntArray) -> IntArray:
    return np.where(minor == BLANK, 0, minor)


def _net_of(reading: Reading, net: IntArray) -> Reading:
    fee = np.where((reading.amount == BLANK) | (net == BLANK), 0, reading.amount - net)
    return replace(reading, fee=fee)


def _readings(reader: Reader, money: Mapping[str, IntArray]) -> list[Reading]:
    blank = np.full(len(reader), BLANK, dtype=np.int64)
    none = np.zeros(len(reader), dtype=np.int64)
    if "amount" not in money:
        readings, both = from_two_columns(money.get("debit", blank), money.get("credit", blank))
        key = "debit" if reader.has("debit") else "credit"
        reader.each(both, tablecodes.BOTH_SIDES, key)
        return readings
    amount = money["amount"]
    if not reader.has("side"):
        return [Reading("", amount, none)]
    (codes_,), distinct = codes_of(reader.text("side"))
    words = [side_word(str(text)) for text in distinct]
    is_debit = _marked(codes_, [word in DEBIT_SIDE for word in words])
    is_credit = _marked(codes_, [word in CREDIT_SIDE for word in words])
    unmarked = np.asarray(~reader.filled("side"), dtype=np.bool_)
    if is_credit.any() and not is_debit.any():  # one side is marked, the other is not
        is_debit = unmarked
    elif is_debit.any() and not is_credit.any():
        is_credit = unmarked
    is_known = is_debit | is_credit
    reader.each(~is_known & (amount != BLANK), tablecodes.SIDE_UNKNOWN, "side")
    return signed_by_flag(amount, is_debit)


def _marked(codes_: IntArray, marks: list[bool]) -> BoolArray:
    if not marks:
        return np.zeros(len(codes_), dtype=np.bool_)
    return np.asarray(np.array(marks)[codes_], dtype=np.bool_)


def _check_balances(
    reader: Reader, reading: Reading, balance: IntArray, dates: DateArray, groups: list[IntArray]
) -> None:
    """Say where a running balance is not what the rows make it."""
    for rows in groups:
        run = run_of(rows, reading.movement, balance, dates)
        if run.is_running and len(run.breaks) and not bool(reader.bad[rows].any()):
            row = int(run.breaks[0])
            more = len(run.breaks) - 1
            also = f", and {more:,} more" if more else ""
            seen = f"`{reader.column('balance').texts[row]}` does not follow{also}"
            reader.finding(tablecodes.BALANCE_BREAKS, row, "balance", seen)
