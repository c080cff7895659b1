"""OFX and QFX, versions 1 and 2: bank, credit card and loan accounts, cash of brokerage accounts.

Why our own reader and no library: docs/adr/0009. An OFX file tells the closing balance
(LEDGERBAL) and no opening one: alone it proves nothing; the next statement of the account does.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from ar_xl.core.findings import Code, Finding, Refusal
from ar_xl.imports.bank import statement_codes as codes
from ar_xl.imports.bank.ofx_tags import decoded, leaves, pieces, plain, tokens, value
from ar_xl.imports.bank.parts import BankFile, BankOptions, Rows, Source, Statement

NAME = "OFX"
_TELLS = re.compile(rb"OFXHEADER|<\?OFX|<OFX\s*>", re.I)
_HOSTILE = re.compile(r"<!ENTITY", re.I)
_STATEMENTS = {"STMTRS": "bank", "CCSTMTRS": "card", "INVSTMTRS": "cash", "LOANSTMTRS": "loan"}
_ACCOUNTS = frozenset(("BANKACCTFROM", "CCACCTFROM", "INVACCTFROM", "LOANACCTFROM"))
_BALANCES = frozenset(("LEDGERBAL", "AVAILBAL", "BAL", "INVBAL"))
_ANSWERS = frozenset(("STMTTRNRS", "CCSTMTTRNRS", "INVSTMTTRNRS", "LOANSTMTTRNRS", "SONRS"))
_INVESTMENTS = re.compile(
    r"(BUY|SELL)(DEBT|MF|OPT|OTHER|STOCK)|INCOME|REINVEST|TRANSFER|MARGINTRAN"
)
_KINDS = {"FEE": "Fee", "SRVCHG": "Fee", "INT": "Other", "DIV": "Other"}
_PLAIN = re.compile(r"[+-]?(?:\d{1,18}(?:[.,]\d{0,10})?|[.,]\d{1,10})", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+\.\d{1,10}|(?:\.\d{3})+,\d{1,10})", re.ASCII)
_OPEN = re.compile(r"[+-]?\d{1,3},\d{3}")
_AFTER = timedelta(days=5)  # by which a balance may be later than the lines without a word


def recognises(head: bytes) -> bool:
    """Whether a file that begins so is OFX."""
    return _TELLS.search(head.replace(b"\0", b"")) is not None


def read(source: Source, asked: BankOptions) -> BankFile:
    """Read an OFX file.

    Args:
        source: the file.
        asked: the currency of accounts that name none.

    Returns:
        A statement for each account; none, with a word about it, where the file only lists
        accounts. An answer of the bank that says no is refused with the bank's words.
    """
    text = plain(decoded(source.content))
    at = text.find("<OFX>")
    if at < 0 or text.rfind("</OFX>") <= text.rfind("<STMTTRN>"):
        seen = f"{source.name}: the file ends before its last tag </OFX>: it is cut off."
        raise Refusal(codes.XML_BROKEN, seen)
    if _HOSTILE.search(text[:at]):
        raise Refusal(codes.XML_HOSTILE, f"{source.name}: the file declares entities of its own.")
    reader = _Reader(source.name, asked, text)
    for inside, behind, start in pieces(text[at:]):
        if start:
            reader.line(inside, at + start)
        for is_end, name, told in tokens(behind):
            if is_end:
                reader.end(name)
            else:
                reader.begin(name, told)
    return reader.finish()


@dataclass
class _Account:
    """One statement while it is read.

    Args:
        kind: bank, card, cash, loan.
        first, last: of the period.
        closing: the balance as plain text; `closing_seen` as the file has it, None where it has
            none; `closing_day`: its day.
        rows: booked lines; `pending`: those that are not.
    """

    kind: str
    account: str = ""
    currency: str = ""
    first: str = ""
    last: str = ""
    closing: str = ""
    closing_seen: str | None = None
    closing_day: str = ""
    rows: Rows = field(default_factory=Rows)
    pending: Rows = field(default_factory=Rows)


class _Reader:
    """Takes tags and lines in the order of the file."""

    def __init__(self, name: str, asked: BankOptions, text: str) -> None:
        self.name, self.asked, self.text = name, asked, text
        self.accounts: list[_Account] = []
        self.open: _Account | None = None
        self.inside = ""  # the aggregate whose texts are being read
        self.answer = ""
        self.status: dict[str, str] = {}
        self.refusals: list[str] = []
        self.listed = 0
        self.left: Counter[str] = Counter()
        self.findings: list[Finding] = []
        self.said: list[str] = []
        self.days: dict[str, str] = {}
        self.counted_to = (0, 1)

    def begin(self, name: str, told: str) -> None:
        """A tag that begins, with the text behind it."""
        if name in _STATEMENTS:
            self.open = _Account(_STATEMENTS[name])
            self.accounts.append(self.open)
            self.inside = name
        elif name in _ANSWERS:
            self.answer = name
        elif name == "ACCTINFO":
            self.listed += 1
        elif name in _ACCOUNTS or name in _BALANCES or name.startswith("BANKTRANLIST"):
            self.inside = name
            if name == "LEDGERBAL" and self.open:
                self.open.closing_seen = ""
        elif name == "STATUS":
            self.status = {}
            self.inside = name
        elif self.inside == "STATUS" and name in ("CODE", "SEVERITY", "MESSAGE"):
            self.status[name] = told
        elif self.open:
            self._of_statement(self.open, name, told)

    def _of_statement(self, account: _Account, name: str, told: str) -> None:
        if name == "CURDEF":
            account.currency = account.currency or told.upper()
        elif name == "ACCTID" and self.inside in _ACCOUNTS:
            account.account = account.account or told
        elif name == "BALAMT" and self.inside == "LEDGERBAL":
            account.closing_seen = told
            account.closing = amount_of(told)
        elif name == "DTASOF" and self.inside == "LEDGERBAL":
            account.closing_day = self._day(told)
        elif name == "DTSTART":
            day = self._day(told)
            account.first = min(account.first or day, day)
        elif name == "DTEND":
            account.last = max(account.last, self._day(told))
        elif _INVESTMENTS.fullmatch(name):
            self.left["investment"] += 1

    def end(self, name: str) -> None:
        """A tag that ends."""
        if name == "STATUS":
            self._status()
        if name == self.inside:
            self.inside = ""
        if name in _STATEMENTS:
            self.open = None

    def _status(self) -> None:
        """What the bank answered, where it is an error."""
        told = self.status
        if told.get("SEVERITY", "").upper() != "ERROR":
            return
        words = told.get("MESSAGE") or "no reason"
        self.refusals.append(f"The bank answered with error {told.get('CODE', '?')}: {words}")
        if self.answer == "SONRS":
            raise Refusal(codes.BANK_SAID_NO, f"{self.name}: {self.refusals[-1]}.")

    def line(self, inside: str, at: int) -> None:
        """A line of the account."""
        account = self.open
        if account is None:
            self.left["line outside of any account"] += 1
            return
        told = leaves(inside)
        get = told.get
        seen = get("TRNAMT", "").strip()
        amount = amount_of(seen)
        day = self._day(get("DTPOSTED", ""))
        bad = ""
        if not amount:
            bad = f"the amount is `{seen[:40]}`" if seen else "it has no amount"
        if not day:
            posted = get("DTPOSTED", "").strip()[:40]
            wrong = f"the day is `{posted}`" if posted else "it has no day"
            bad = f"{bad}, {wrong}" if bad else wrong
        memo = value(get("MEMO", ""))
        payer = value(get("EXTDNAME", "") or get("NAME", ""))
        bank_id = get("FITID", "").strip()
        refnum = get("REFNUM", "").strip()
        if refnum and refnum not in (bank_id, memo):
            memo = f"{memo} {refnum}".strip()
        check = get("CHECKNUM", "").strip().lstrip("0")
        place = f"line {self._line_number(at):,}"
        if "CORRECTFITID" in told:
            bad = bad or self._corrects(told, place)
        rows = account.pending if self.inside == "BANKTRANLISTP" else account.rows
        rows.add(
            day, amount, currency=self._currency(told, account),
            kind=_kind(get("TRNTYPE", "").strip().upper(), amount, account.kind),
            bank_id=bank_id, payer=payer, payer_account=get("ACCTID", "").strip(),
            reference=f"Check {check}" if check else "", text=memo, place=place, bad=bad,
        )  # fmt: skip

    def _corrects(self, told: dict[str, str], place: str) -> str:
        """What to do with a line that corrects an earlier one."""
        other = value(told["CORRECTFITID"])
        if told.get("CORRECTACTION", "").strip().upper() == "DELETE":
            return f"the bank takes back its line {other} with it (CORRECTACTION DELETE)"
        self._say(codes.CORRECTS, f"{place} takes the place of the bank's line {other}")
        return ""

    def _currency(self, told: dict[str, str], account: _Account) -> str:
        """The currency of a line that has another than its account.

        CURRENCY says that the amount is in it; ORIGCURRENCY only what it was changed from.
        """
        symbol = told.get("CURSYM", "").strip().upper()
        if not symbol or "CURRENCY" not in told or symbol == account.currency:
            return ""
        return symbol

    def _day(self, told: str) -> str:
        """ISO text of a date; "" where it is none. Time and zone are left as the bank's own."""
        found = self.days.get(told)
        if found is None:
            found = self.days[told] = iso_day(told)
        return found

    def _line_number(self, at: int) -> int:
        """The line of the file; lines are asked for in the order of the file."""
        before, line = self.counted_to
        line += self.text.count("\n", before, at) or self.text.count("\r", before, at)
        self.counted_to = (at, line)
        return line

    def _say(self, code: Code, seen: str) -> None:
        self.findings.append(Finding(code, seen=seen, sheet=self.name))

    def finish(self) -> BankFile:
        """What was read."""
        if not self.accounts and self.refusals:
            raise Refusal(codes.BANK_SAID_NO, f"{self.name}: {self.refusals[0]}.")
        if not self.accounts and not self.listed:
            seen = f"{self.name}: this OFX file has no account in it."
            raise Refusal(codes.NO_STATEMENT, seen)
        if self.listed and not self.accounts:
            noun = "account" if self.listed == 1 else "accounts"
            self.said.append(
                f"A list of {self.listed} {noun}, not a statement: there is nothing to import."
            )
        for words in self.refusals:
            self._say(codes.PART_LEFT_OUT, words)
        for what, count in self.left.items():
            self._say(codes.PART_LEFT_OUT, f"{count:,} {what}{'s' if count > 1 else ''} left out")
        made = [each for account in self.accounts for each in self._statements(account)]
        return BankFile(NAME, tuple(made), tuple(self.findings), tuple(self.said))

    def _statements(self, account: _Account) -> list[Statement]:
        currency = account.currency or self.asked.currencies.get(account.account, "")
        own = set(account.rows.currency)
        if not currency and len(own) == 1:
            currency = own.pop()
        first, last = account.first, max(account.last, account.closing_day)
        made = [
            Statement(
                account.account, currency, first=first, last=last,
                closing=self._closing(account), rows=account.rows,
            )
        ]  # fmt: skip
        if len(account.pending):
            made.append(
                Statement(account.account, currency, first=first, last=last, final=False,
                          rows=account.pending)
            )  # fmt: skip
        return made

    def _closing(self, account: _Account) -> str:
        """The closing balance, where it is one of these lines."""
        seen, day = account.closing_seen, account.closing_day
        if seen is None:
            return ""
        named = f"account {account.account}: "
        if not account.closing:
            told = f"the balance is `{seen[:40]}`" if seen else "the balance (LEDGERBAL) is empty"
            self._say(codes.BALANCE_LEFT, named + told)
            return ""
        latest = max((day for day in account.rows.date if day), default="")
        if day and latest > day:
            words = f"the balance is of {day}, but there are lines of {latest}"
            self._say(codes.BALANCE_LEFT, named + words)
            return ""
        if day and account.last and _late(day, account.last):
            words = f"the balance is of {day}, the lines go to {account.last} only"
            self._say(codes.BALANCE_LEFT, named + words)
        return account.closing


def _late(day: str, end: str) -> bool:
    return date.fromisoformat(day) - date.fromisoformat(end) > _AFTER


def _kind(told: str, amount: str, account: str) -> str:
    kind = _KINDS.get(told)
    if kind:
        return kind
    return "Other" if account == "card" or amount.startswith("-") else "Payment"


def amount_of(seen: str) -> str:
    """Plain decimal text of an amount, digits kept as they are; "" where it is none.

    Point or comma marks the decimals. `1,234` could be either and is none.
    """
    seen = seen.strip()
    if not _PLAIN.fullmatch(seen) or _OPEN.fullmatch(seen):
        if not _GROUPED.fullmatch(seen):
            return ""
        seen = seen.replace("," if seen[-4:].find(",") < 0 else ".", "")
    sign = "-" if seen[0] == "-" else ""
    whole, _, cents = seen.lstrip("+-").replace(",", ".").partition(".")
    digits = whole.lstrip("0") or "0"
    text = f"{digits}.{cents}" if cents else digits
    return sign + text if text.strip("0.") else text


def iso_day(told: str) -> str:
    """ISO text of `20261031...`; "" where it is no day."""
    told = told.strip()
    if len(told) < 8 or not told[:8].isascii() or not told[:8].isdecimal():
        return ""
    try:
        return date(int(told[:4]), int(told[4:6]), int(told[6:8])).isoformat()
    except ValueError:
        return ""
