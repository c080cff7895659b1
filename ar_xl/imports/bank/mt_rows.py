"""One page of an MT940 statement as it is read, and its lines as rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ar_xl.imports.bank.mt_details import (
    IS_IBAN,
    NOTHING,
    WIDTH,
    Details,
    details_of,
    named_parts,
    single,
)
from ar_xl.imports.bank.mt_kinds import kind_of
from ar_xl.imports.bank.mt_lines import Balance, Line, line_of, plain, shortest
from ar_xl.imports.bank.parts import Rows
from ar_xl.imports.bank.swift import Field

_CHARGES = re.compile(r"/(OCMT|CHGS)/([A-Z]{3})([\d.,]+)")
_TAGGED = re.compile(r":\d\d[A-Z]?:")
_SHORTEST_NUMBER = 8  # shorter references of a bank come again: `//55555`


@dataclass
class Page:
    """One message: a statement, or a page of it.

    Args:
        number: the line of the file it begins on.
        width: of a full line of field 86.
        account, currency: as the file has them.
        name: number and page, `19321/1`.
        opening, closing: balances; None where there is none.
        opens_within, closes_within: they are balances between pages (60M, 62M).
        intraday: it is an MT942.
        sums: count, currency and sum that field 90 states, by side.
        rows: its lines.
        numbers: the bank's number of each line, "" where it has none that could be one.
        said: what to say.
    """

    number: int = 1
    width: int = WIDTH
    account: str = ""
    currency: str = ""
    name: str = ""
    opening: Balance | None = None
    closing: Balance | None = None
    opens_within: bool = False
    closes_within: bool = False
    intraday: bool = False
    sums: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    rows: Rows = field(default_factory=Rows)
    numbers: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    _begun: Field | None = None
    _texts: list[str] = field(default_factory=list)
    _named: list[str] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        """Whether there is anything on it."""
        return bool(self.opening or self.closing or self.intraday or self._begun or len(self.rows))

    def line(self, each: Field) -> None:
        """Begin a line (field 61); its texts follow."""
        self.end_line()
        self._begun = each

    def text(self, each: Field) -> bool:
        """Take a text; False where it belongs to no line."""
        if self._begun is None:
            return False
        (self._named if each.tag == "NS" else self._texts).extend(each.lines)
        return True

    def finish(self) -> None:
        """Take the last line."""
        self.end_line()

    def side(self, side: str) -> tuple[int, str]:
        """How many lines are credits (C) or debits (D), and their sum without a sign."""
        signed = [amount for amount in self.rows.amount if amount]
        mine = [Decimal(each.lstrip("-")) for each in signed if (each[0] == "-") == (side == "D")]
        total = sum(mine, Decimal(0))
        return len(mine), shortest(f"{total:f}")

    def end_line(self) -> None:
        """Make a row of the line that was begun."""
        each = self._begun
        if each is None:
            return
        texts, named = self._texts, self._named
        self._begun, self._texts, self._named = None, [], []
        behind = each.lines[1:]
        if behind and not texts and _TAGGED.match(behind[0]):
            # A broken file: the text stands behind another tag than 86.
            texts, behind = [_TAGGED.sub("", behind[0]), *behind[1:]], []
        line = line_of(each.lines[0])
        place = f"line {each.number}"
        if line is None or not line.date or not line.amount:
            what = "it" if line is None else "its date" if not line.date else "its amount"
            bad = f"`:61:{each.lines[0].strip()[:60]}`: {what} cannot be read"
            self.rows.add("", "", text=single(" ".join(texts)), place=place, bad=bad)
            self.numbers.append("")
            return
        if line.moved and not line.entry_date:
            self.said.append(f"{place}: a day that its month does not have; read as {line.date}.")
        if named:
            details = named_parts(named)
            if texts:
                more = details_of(texts, self.width)
                details = more._replace(
                    payer=more.payer or details.payer, account=more.account or details.account,
                    text=single(f"{more.text} {details.text}"),
                )  # fmt: skip
        else:
            details = details_of(texts, self.width)
        self._add(line, details, behind, place)

    def _add(self, line: Line, details: Details, behind: list[str], place: str) -> None:
        text, account = details.text, details.account
        more = single(" ".join(behind)).strip("-").strip()
        if more and more != details.payer:
            if not account and IS_IBAN.fullmatch(more):
                account = more
            elif more not in text:
                text = f"{text} {more}" if text else more
        own, reference = line.reference, details.reference
        # Rabobank writes account and name of the other side where the reference belongs.
        own, _, name = own.partition("   ")
        if own and (IS_IBAN.fullmatch(own) or own == account or (name and own.isdigit())):
            own, account = "", account or own
        payer = details.payer or name.strip()
        own = "" if own in NOTHING else own
        if own and not reference:
            reference = own
        elif own and own != reference and own not in text:
            text = f"{text} {own}" if text else own
        amount, fee = _gross(line, f"{text} {more}" if "/CHGS/" in f"{text}{more}" else "")
        kind = kind_of(
            line.type, details.code, line.amount[0] != "-", line.reversal, details.returned
        )
        self.rows.add(
            line.date, amount, fee=fee, kind=kind, payer=payer, payer_account=account,
            reference=reference, text=text, place=place,
        )  # fmt: skip
        number = line.bank_reference
        self.numbers.append("" if number in NOTHING else number)
        if line.expected:
            self.intraday = True


def _gross(line: Line, told: str) -> tuple[str, str]:
    """What the payer paid and what a bank kept of it, where the text proves it to the cent."""
    if not told or line.amount[0] == "-":
        return line.amount, ""
    parts = {key: (code, plain(value, "")) for key, code, value in _CHARGES.findall(told)}
    paid, kept = parts.get("OCMT", ("", "")), parts.get("CHGS", ("", ""))
    if paid[0] != kept[0] or not paid[1] or not kept[1]:
        return line.amount, ""
    if Decimal(paid[1]) - Decimal(kept[1]) != Decimal(line.amount):
        return line.amount, ""
    return paid[1], kept[1]


def fill_numbers(tables: Sequence[tuple[str, Rows, Sequence[str]]]) -> None:
    """Fill in the bank's number of each line, where it tells one line from all others.

    No norm promises that a reference comes once: some banks give one to a whole batch, or the same
    to every line. Such a reference goes to the text.

    Args:
        tables: account, its rows, and what the bank gave as number of each.
    """
    first: dict[tuple[str, str], tuple[str, str]] = {}
    again: set[tuple[str, str]] = set()
    for account, rows, numbers in tables:
        for number, day, amount in zip(numbers, rows.date, rows.amount, strict=True):
            key = (account, number)
            if number and first.setdefault(key, (day, amount)) != (day, amount):
                again.add(key)
    for account, rows, numbers in tables:
        for at, number in enumerate(numbers):
            if not number:
                continue
            if len(number) >= _SHORTEST_NUMBER and (account, number) not in again:
                rows.bank_id[at] = number
            else:
                rows.text[at] = f"{rows.text[at]} {number}".strip()
