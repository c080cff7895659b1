"""Bank files of any format to one set of lines and one list of statements, in minor units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np

from ar_xl.core.arrays import BLANK, DateArray, IntArray, TextArray, text_array
from ar_xl.core.findings import Code, Finding, errors_of
from ar_xl.core.money import exponent, exponents, is_currency
from ar_xl.imports.bank import codes
from ar_xl.imports.bank.parts import KINDS, BankFile, Control, Rows, Statement
from ar_xl.imports.bank.texts import clean, days_of, minor_of, shown, too_long
from ar_xl.imports.result import Outcome

UNNAMED = "BANK"  # the account of files that name none, where the workbook has no accounts yet


@dataclass(frozen=True)
class ReadFile:
    """A file, and what was read from it.

    Args:
        name: of the file.
        source: format, name and part of its SHA-256, of a table of its headings too, for the
            sheet BankStatements.
        content: what the reader of its format made of it.
    """

    name: str
    source: str
    content: BankFile


@dataclass(frozen=True)
class Known:
    """What the workbook knows that files may leave out.

    Args:
        currencies: of each account, by account.
        account, currency: what was asked for; "" is nothing.
        base: the currency of the books.
    """

    currencies: Mapping[str, str] = field(default_factory=dict)
    account: str = ""
    currency: str = ""
    base: str = "USD"


@dataclass
class Booked:
    """One statement of one account and one currency; money in minor units, BLANK where not told.

    Args:
        file: its number among the files.
        account, currency, number, final: as in `Statement`.
        first, last: of the period, of its lines where the file tells none.
        opening, closing: balances.
        controls: figures of the file about itself that do not hold.
        unread: a balance or a line of it cannot be read, so that it cannot be proved.
        refused: why nothing of it can be taken, whatever is accepted; "" is nothing.
    """

    file: int
    account: str
    currency: str
    number: str
    first: np.datetime64
    last: np.datetime64
    opening: int
    closing: int
    final: bool
    controls: tuple[Control, ...] = ()
    unread: bool = False
    refused: str = ""


@dataclass
class Lines:
    """The lines of all files, column by column, in the order read.

    Args:
        file, statement: numbers of the file and of the statement that each stands in.
        date, amount, fee: NaT and BLANK where they could not be read; a fee that is not told is 0.
        outcome: `Outcome` of each, so far.
        place: where it stands in the file.
        The others are those of the table BankLines.
    """

    file: IntArray
    statement: IntArray
    account: TextArray
    currency: TextArray
    date: DateArray
    amount: IntArray
    fee: IntArray
    outcome: IntArray
    kind: TextArray
    bank_id: TextArray
    payer: TextArray
    payer_account: TextArray
    reference: TextArray
    text: TextArray
    place: TextArray

    def __len__(self) -> int:
        return len(self.file)

    @property
    def moved(self) -> IntArray:
        """By how much each moved its account, minor units; 0 where it could not be read."""
        return np.where(self.amount == BLANK, 0, self.amount - self.fee)


def gather(files: Sequence[ReadFile], known: Known) -> tuple[Lines, list[Booked], list[Finding]]:
    """Put the statements of all files together.

    Args:
        files: as their formats read them.
        known: what stands in for accounts and currencies that a file leaves out.

    Returns:
        The lines, the statements (one for each currency of a statement that has several), and
        what could not be read.
    """
    gathered = _Gathered(files, known)
    for number, each in enumerate(files):
        for statement in each.content.statements:
            gathered.take(number, statement)
    return gathered.finish()


class _Gathered:
    """Collects rows of statements as lists, to be read as whole columns at the end."""

    def __init__(self, files: Sequence[ReadFile], known: Known) -> None:
        self.files, self.known = files, known
        self.rows = Rows()
        self.booked: list[Booked] = []
        self.findings: list[Finding] = []
        self.file: list[int] = []
        self.statement: list[int] = []

    def take(self, file: int, statement: Statement) -> None:
        """Add one statement."""
        account = self._account(file, statement)
        rows = statement.rows
        currency = self._currency(file, statement, account)
        mine = [each or currency for each in rows.currency]
        distinct = list(dict.fromkeys([currency, *mine])) if statement.currency else list(
            dict.fromkeys(mine or [currency])
        )  # fmt: skip
        of_currency = {}
        for code in distinct:
            of_currency[code] = len(self.booked)
            self.booked.append(self._booked(file, statement, account, code, code == distinct[0]))
        self.file.extend(repeat(file, len(rows)))
        self.statement.extend(of_currency[code] for code in mine)
        for key, column in vars(rows).items():
            getattr(self.rows, key).extend(mine if key == "currency" else column)

    def _booked(
        self, file: int, statement: Statement, account: str, currency: str, balances: bool
    ) -> Booked:
        texts = [statement.opening, statement.closing] if balances else ["", ""]
        digits = np.full(2, exponent(currency), dtype=np.int64)
        (opening, closing), wrong = minor_of(texts, digits)
        (first, last), no_day = days_of([statement.first, statement.last])
        whole = (*self.files[file].content.controls, *statement.controls)
        failed = tuple(each for each in whole if each.stated != each.found)
        made = Booked(
            file, account, currency, statement.number, first, last, int(opening), int(closing),
            statement.final, failed, bool(wrong.any() or no_day.any()),
            refused=self._whole_file(file) or ("" if account else "it names no account"),
        )  # fmt: skip
        if not is_currency(currency):
            made.refused = f"`{currency}` is no currency that ar_xl can keep money in"
            self._say(codes.CURRENCY_WRONG, file, f"account {account}: {made.refused}")
        for text, what, bad in zip(texts, ("opening", "closing"), wrong.tolist(), strict=True):
            if bad:
                made.refused = f"the {what} balance `{shown(text)}` cannot be read"
                self._say(codes.AMOUNT_BAD, file, f"account {account}: {made.refused}")
        return made

    def _whole_file(self, file: int) -> str:
        """The error about the file as a whole, which nobody skips; "" without one."""
        each = self.files[file]
        errors = (e for e in errors_of(each.content.findings) if e.sheet in ("", each.name))
        return next((e.seen for e in errors if not e.row and not e.cell), "")

    def _account(self, file: int, statement: Statement) -> str:
        """The account of a statement, "" where it could be several."""
        account = "".join(statement.account.split()) or self.known.account
        if account:
            return account
        accounts = list(self.known.currencies)
        if len(accounts) > 1:
            seen = f"it names no account, and the workbook has {len(accounts)}"
            self._once(codes.ACCOUNT_OPEN, file, seen)
            return ""
        account = accounts[0] if accounts else UNNAMED
        self._once(codes.ACCOUNT_TAKEN, file, f"it names no account and was taken as `{account}`")
        return account

    def _currency(self, file: int, statement: Statement, account: str) -> str:
        asked = statement.currency or self.known.currency or self.known.currencies.get(account, "")
        if asked or (statement.rows.currency and all(statement.rows.currency)):
            return asked or statement.rows.currency[0]
        seen = f"it names no currency and was taken as {self.known.base}"
        self._once(codes.CURRENCY_TAKEN, file, seen)
        return self.known.base

    def _say(self, code: Code, file: int, seen: str) -> None:
        self.findings.append(Finding(code, seen=seen, sheet=self.files[file].name))

    def _once(self, code: Code, file: int, seen: str) -> None:
        finding = Finding(code, seen=seen, sheet=self.files[file].name)
        if finding not in self.findings:
            self.findings.append(finding)

    def finish(self) -> tuple[Lines, list[Booked], list[Finding]]:
        """Read the columns; a row of which anything cannot be read is refused and said."""
        rows = self.rows
        currency = text_array(rows.currency)
        digits = exponents(currency)
        amount, _ = minor_of(rows.amount, digits)
        fee, fee_wrong = minor_of(rows.fee, digits)
        date, _ = days_of(rows.date)
        lines = Lines(
            file=np.array(self.file, dtype=np.int64),
            statement=np.array(self.statement, dtype=np.int64),
            account=text_array(self.booked[each].account for each in self.statement),
            currency=currency, date=date, amount=amount, fee=np.where(fee == BLANK, 0, fee),
            outcome=np.full(len(rows), Outcome.NEW, dtype=np.int64),
            kind=text_array(rows.kind), bank_id=clean(rows.bank_id), payer=clean(rows.payer),
            payer_account=clean(rows.payer_account), reference=clean(rows.reference),
            text=clean(rows.text), place=text_array(rows.place),
        )  # fmt: skip
        unknown = set(rows.kind) - set(KINDS)
        assert not unknown, f"kinds that BankLines does not have: {unknown}"
        told = np.fromiter((text != "" for text in rows.bad), bool, len(rows))
        long = np.zeros(len(rows), dtype=np.bool_)
        for column in (lines.payer, lines.payer_account, lines.reference, lines.text):
            long |= too_long(column)
        fee_wrong |= (fee < 0) & (fee != BLANK)
        for code, wrong, seen in (
            (codes.ROW_BAD, told, rows.bad),
            (codes.AMOUNT_BAD, (amount == BLANK) & ~told, rows.amount),
            (codes.AMOUNT_BAD, fee_wrong & ~told & (amount != BLANK), rows.fee),
            (codes.DATE_BAD, np.isnat(date) & ~told, rows.date),
            (codes.TEXT_BAD, long & ~told, None),
        ):
            self._refuse(lines, code, np.flatnonzero(wrong).tolist(), seen)
        self._periods(lines)
        return lines, self.booked, self.findings

    def _refuse(
        self, lines: Lines, code: Code, rows: Sequence[int], seen: Sequence[str] | None
    ) -> None:
        for row in rows:
            text = seen[row] if seen is not None else "a text is too long"
            if code is not codes.ROW_BAD and seen is not None:
                text = f"`{shown(text)}`" if text else "nothing"
                text = (
                    f"{text} stands where {'a date' if code is codes.DATE_BAD else 'an amount'}"
                    " should be"
                )
            place = lines.place[row]
            named = self.files[int(lines.file[row])].name
            self.findings.append(
                Finding(code, seen=text, sheet=f"{named}, {place}" if place else named)
            )
            lines.outcome[row] = Outcome.REFUSED
            self.booked[int(lines.statement[row])].unread = True

    def _periods(self, lines: Lines) -> None:
        """Give statements that tell no period that of their lines."""
        if not len(lines):
            return
        count = len(self.booked)
        day = lines.date.astype(np.int64)
        good = ~np.isnat(lines.date)
        first, last = np.full(count, np.iinfo(np.int64).max), np.full(count, BLANK)
        np.minimum.at(first, lines.statement[good], day[good])
        np.maximum.at(last, lines.statement[good], day[good])
        for number, booked in enumerate(self.booked):
            if last[number] == BLANK:
                continue
            if np.isnat(booked.first):
                booked.first = np.datetime64(int(first[number]), "D")
            if np.isnat(booked.last):
                booked.last = np.datetime64(int(last[number]), "D")
