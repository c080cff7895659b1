"""QIF: only sections of bank accounts are cash; categories, classes and securities are not.

The format tells neither currency nor the order of day and month nor the decimal mark: they are
proved from the dates and amounts of the file or asked for, never guessed. It has no balances but
the opening one that Quicken writes as a first line.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from ar_xl.core.findings import Finding, Refusal
from ar_xl.imports import amounts as money
from ar_xl.imports import codes as asked_codes
from ar_xl.imports import dates
from ar_xl.imports.bank import statement_codes as codes
from ar_xl.imports.bank.ofx_tags import decoded
from ar_xl.imports.bank.parts import BankFile, BankOptions, Rows, Source, Statement
from ar_xl.imports.bank.qif_records import Record, day_text, records
from ar_xl.imports.rawtable import RawColumn

NAME = "QIF"
_TELLS = re.compile(rb"^[ \t]*!(?:Type:|Account\b|Option:|Clear:)", re.I | re.MULTILINE)
_BANK = "type:bank"
_OPENING = "opening balance"
_MARKS = {"point": money.POINT, "comma": money.COMMA}


def recognises(head: bytes) -> bool:
    """Whether a file that begins so is QIF."""
    return _TELLS.search(head.replace(b"\0", b"").replace(b"\r", b"\n")) is not None


def read(source: Source, asked: BankOptions) -> BankFile:
    """Read a QIF file.

    Args:
        source: the file.
        asked: the order of dates and the decimal mark where the file leaves them open.

    Returns:
        A statement for each bank account; none, with a word about what there is, where the file
        has no bank section. Dates or amounts that can be read in two ways are refused and asked.
    """
    text = decoded(source.content).replace("\r\n", "\n").replace("\r", "\n")
    reader = _Reader(source.name, asked)
    for record in records(text):
        reader.take(record)
    return reader.finish()


@dataclass
class _Account:
    """Records of one bank account."""

    name: str
    records: list[Record] = field(default_factory=list)


class _Reader:
    """Takes the records in the order of the file."""

    def __init__(self, name: str, asked: BankOptions) -> None:
        self.name, self.asked = name, asked
        self.accounts: dict[str, _Account] = {}
        self.current = ""
        self.left: Counter[str] = Counter()
        self.findings: list[Finding] = []
        self.said: list[str] = []

    def take(self, record: Record) -> None:
        """One record: the name of an account, a line of a bank, or something else."""
        if record.heading in ("account", "type:account"):
            self.current = record.fields.get("N", "")
        elif record.heading == _BANK:
            name = self._named(record)
            self.accounts.setdefault(name, _Account(name)).records.append(record)
        else:
            kind = record.heading.partition(":")[2] or record.heading
            self.left[kind.title()] += 1

    def _named(self, record: Record) -> str:
        """The account of a line: as named before it, or by its own opening balance."""
        category = record.fields.get("L", "")
        if _is_opening(record) and not self.current and category.startswith("["):
            self.current = category.strip("[]")
        return self.current

    def finish(self) -> BankFile:
        """What was read."""
        if self.left:
            parts = ", ".join(f"{count:,} of {kind}" for kind, count in self.left.items())
            self.said.append(f"Records of no bank account were left out: {parts}.")
        if not self.accounts and not self.left:
            raise Refusal(codes.NO_STATEMENT, f"{self.name}: this QIF file has no record in it.")
        every = [record for account in self.accounts.values() for record in account.records]
        days = self._days([day_text(each.fields.get("D", "")) for each in every])
        values = self._amounts([_told(each) for each in every], every)
        statements, at = [], 0
        for account in self.accounts.values():
            end = at + len(account.records)
            statements.append(self._statement(account, days[at:end], values[at:end]))
            at = end
        return BankFile(NAME, tuple(statements), tuple(self.findings), tuple(self.said))

    def _days(self, texts: list[str]) -> list[str]:
        """ISO texts; "" where a text is no date. An order that nothing proves is asked for."""
        parts = dates.take_apart(RawColumn.of_texts(texts))
        order = self.asked.dates
        if not order:
            decided = dates.decide_order([parts])
            order = decided.name
            proofs = [row[1] for row in (decided.mdy_row, decided.dmy_row) if row]
            if decided.conflict:
                seen = f"`{texts[proofs[0]]}` has the month first, `{texts[proofs[1]]}` the day"
                raise Refusal(asked_codes.DATE_ORDER_OPEN, f"{self.name}: {seen}.")
            if not order:
                seen = f"no day above 12 in any date; `{texts[proofs[0]]}` could be either order"
                raise Refusal(asked_codes.DATE_ORDER_OPEN, f"{self.name}: {seen}.")
            if order != "ymd":
                words = dates.ORDERS[order]
                proof = texts[proofs[0]]
                self.said.append(f"Dates were read as {words}: `{proof}` allows no other order.")
        found, _ = dates.to_dates(parts, order, bool(self.asked.dates))
        return ["" if day == "NaT" else day for day in np.datetime_as_string(found).tolist()]

    def _amounts(self, texts: list[str], every: list[Record]) -> list[str]:
        """Plain decimal texts; "" where a text is no amount. A mark that is open is asked for."""
        parts = money.take_apart(RawColumn.of_texts(texts))
        mark = _MARKS.get(self.asked.decimal, "")
        if not mark:
            decided = money.decide_mark([parts])
            mark = decided.mark
            if not mark:
                rows = [row[1] for row in (decided.point_row, decided.comma_row) if row]
                where = [f"`{texts[row]}` (line {every[row].line:,})" for row in rows]
                seen = (
                    f"{where[0]} has a decimal point, {where[1]} a decimal comma"
                    if decided.conflict
                    else f"{where[0]} could have a point or a comma for its decimals"
                )
                raise Refusal(asked_codes.DECIMAL_MARK_OPEN, f"{self.name}: {seen}.")
        fits = parts.as_point if mark == money.POINT else parts.as_comma
        good = fits & (parts.wrong == 0) & (parts.mark == "") & ~parts.blank
        other = money.COMMA if mark == money.POINT else money.POINT
        return [
            _plain(core.replace(other, "").replace(mark, "."), negative) if fine else ""
            for core, negative, fine in zip(
                parts.core.tolist(), parts.negative.tolist(), good.tolist(), strict=True
            )
        ]

    def _statement(self, account: _Account, days: list[str], values: list[str]) -> Statement:
        rows, opening, opening_day = Rows(), "", ""
        for nth, record in enumerate(account.records):
            if nth == 0 and _is_opening(record) and values[0]:
                opening, opening_day = values[0], days[0]
                self.said.append(f"`Opening Balance` {opening} is the balance of the first line.")
                continue
            _add(rows, record, days[nth], values[nth])
        found = [day for day in rows.date if day]
        return Statement(
            account=account.name, currency="", opening=opening, rows=rows,
            first=min(found, default=opening_day), last=max(found, default=opening_day),
            opening_date=opening_day,
        )  # fmt: skip


def _is_opening(record: Record) -> bool:
    return record.fields.get("P", "").casefold() == _OPENING


def _told(record: Record) -> str:
    """The amount of a record: T, or U of later versions where that stands alone."""
    return record.fields.get("T", "") or record.fields.get("U", "")


def _plain(text: str, negative: bool) -> str:
    whole, _, cents = text.partition(".")
    whole = whole.lstrip("0") or "0"
    plain = f"{whole}.{cents}" if cents else whole
    return f"-{plain}" if negative and plain.strip("0.") else plain


def _add(rows: Rows, record: Record, day: str, value: str) -> None:
    """Add a line."""
    get = record.fields.get
    number = get("N", "")
    check = number.lstrip("0") if number.isdecimal() else ""
    category = get("L", "")
    texts = [get("M", ""), *(told for letter, told in record.more if letter in "AE")]
    if number and not check:
        texts.append(number)
    wrong = []
    if not value:
        wrong.append(f"the amount is `{_told(record)[:40]}`" if _told(record) else "no amount")
    if not day:
        wrong.append(f"the day is `{get('D', '')[:40]}`" if get("D") else "no day")
    if not record.is_whole:
        wrong.append("the record has no end (^), so that the file may be cut off")
    moved_by_us = value.startswith("-") or category.startswith("[")
    rows.add(
        day, value, kind="Other" if moved_by_us else "Payment",
        payer=" ".join(get("P", "").split()), reference=f"Check {check}" if check else "",
        text=" ".join(" ".join(texts).split()), place=f"line {record.line:,}",
        bad=", ".join(wrong),
    )  # fmt: skip
