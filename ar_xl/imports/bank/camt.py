"""CAMT.052, .053 and .054 of ISO 20022: intraday reports, statements, notifications.

Versions 2 to 8 and later ones, whatever prefix or namespace they have. Balances count by their
code: OPBD (or PRCD) opens, CLBD closes; interim, available and forward balances prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ar_xl.core.findings import Code, Finding, Refusal
from ar_xl.imports.bank import statement_codes as codes
from ar_xl.imports.bank.camt_details import plan_detail, read_detail
from ar_xl.imports.bank.camt_entries import Entry, plan_entry, read_entry
from ar_xl.imports.bank.camt_forms import (
    Forms,
    cut,
    details_of,
    plain_text,
    rewritten,
)
from ar_xl.imports.bank.camt_pages import Balance, Group, Page, read_page
from ar_xl.imports.bank.parts import BankFile, BankOptions, Rows, Source, Statement
from ar_xl.imports.bank.xmlstream import UnusualError, ends, mended, opening

NAME = "CAMT"
# What the message is, and the element that holds one account.
_MESSAGES = {
    "BkToCstmrAcctRpt": ("CAMT.052", "Rpt"),
    "BkToCstmrStmt": ("CAMT.053", "Stmt"),
    "BkToCstmrDbtCdtNtfctn": ("CAMT.054", "Ntfctn"),
}
_MESSAGES |= {f"{name}V01": told for name, told in _MESSAGES.items()}
_TELLS = re.compile(
    rb"urn:[a-zA-Z:0-9]*:camt\.05[234]|<(?:[\w.-]+:)?BkToCstmr(?:AcctRpt|Stmt|DbtCdtNtfctn)\b"
)
_NEXT_FILE = re.compile(rb"(?<=>)\s*<\?xml\s")
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)
_SAID = {
    "CAMT.052": "An intraday report: nothing in it is final.",
    "CAMT.054": "A notification, not a statement: it has no balances to prove. The statement "
    "(camt.053) tells the same money; lines are known again by the bank's number.",
}


def recognises(head: bytes) -> bool:
    """Whether a file that begins so is a CAMT message."""
    plain = head.replace(b"\0", b"") if b"<\0" in head[:4] or b"\0<" in head[:4] else head
    plain = plain.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return plain.lstrip()[:1] == b"<" and _TELLS.search(plain) is not None


def read(source: Source, asked: BankOptions) -> BankFile:
    """Read a CAMT file, or several of them one behind the other.

    Args:
        source: the file.
        asked: the currency of accounts that name none.

    Returns:
        A statement for each account, currency and period; lines that are not booked yet in one
        of their own, which is not final. A damaged file, one with a document type, and one
        without any statement are refused.
    """
    content, mending = mended(source.content)
    pages: dict[str, list[Page]] = {}
    for part in _files(content):
        kind, read_ = _read_pages(part, source.name)
        pages.setdefault(kind, []).extend(read_)
    statements: list[Statement] = []
    findings: list[Finding] = []
    for message, found in pages.items():
        for page in _put_together(found):
            made = _Made(page, source.name, message, asked)
            statements += made.statements()
            findings += made.findings
    said = [mending] if mending else []
    said += [_SAID[kind] for kind in pages if kind in _SAID]
    one = next(iter(pages)) if len(pages) == 1 else NAME
    return BankFile(one, tuple(statements), tuple(findings), tuple(said))


def _files(content: bytes) -> list[bytes]:
    """The XML files of one download; some banks write them one behind the other."""
    if content.count(b"<?xml") < 2:
        return [content]
    starts = [0, *(found.start() for found in _NEXT_FILE.finditer(content))]
    pairs = zip(starts, [*starts[1:], len(content)], strict=True)
    return [content[start:end].lstrip() for start, end in pairs]


def _read_pages(content: bytes, name: str) -> tuple[str, list[Page]]:
    message, prefix = opening(content, frozenset(_MESSAGES), name)
    kind, holder = _MESSAGES[message]
    try:
        pages = _pages(plain_text(content, prefix), holder, name)
    except UnusualError:
        pages = _rewritten_pages(content, holder, name)
    if not pages:
        raise Refusal(codes.NO_STATEMENT, f"{name}: this {kind} file has no statement in it.")
    return kind, pages


def _rewritten_pages(content: bytes, holder: str, name: str) -> list[Page]:
    try:
        return _pages(rewritten(content), holder, name)
    except UnusualError:
        seen = f"{name}: the file has entries inside of one another."
        raise Refusal(codes.XML_BROKEN, seen) from None


def _pages(text: str, holder: str, name: str) -> list[Page]:
    """The statements of a text: its entries are read by form, the rest as a tree."""
    outer, places = cut(text)
    as_entry, as_detail = Forms(plan_entry), Forms(plan_detail)

    def entries(begin: int, end: int) -> Iterator[Entry]:
        for start, stop in places[begin:end]:
            rest, details = details_of(text[start:stop])
            found = [read_detail(*as_detail.read(each)) for each in details]
            yield read_entry(*as_entry.read(rest), found)

    pages: list[Page] = []
    begin = end = 0
    for element in ends(outer, frozenset(("Ntry", holder)), name):
        if element.tag == holder:
            pages.append(read_page(element, entries(begin, end)))
            begin = end
        elif (element.text or "").isdecimal():
            end = int(element.text or "")
        else:
            raise UnusualError
        element.clear()
    return pages


def _put_together(pages: Iterable[Page]) -> Iterator[Page]:
    """Pages of one statement as one."""
    open_: dict[tuple[str, str, str], Page] = {}
    for page in pages:
        key = (page.account, page.currency, page.number)
        begun = open_.pop(key, None)
        whole = page if begun is None else begun.with_next(page)
        if whole.is_last or not page.page:
            yield whole
        else:
            open_[key] = whole
    yield from open_.values()


class _Made:
    """The statements of one page, or of pages put together.

    Attributes:
        findings: what was found on the way.
    """

    def __init__(self, page: Page, name: str, kind: str, asked: BankOptions) -> None:
        self.page, self.name, self.kind = page, name, kind
        self.currency = page.currency or asked.currencies.get(page.account, "")
        self.findings: list[Finding] = []
        self.found: list[str] = []  # currencies of its statements

    def statements(self) -> list[Statement]:
        """One for each currency, and for lines that are not booked."""
        page = self.page
        if not page.account and not page.groups and not page.balances:
            seen = f"{self.name}: statement {page.number or 'without a number'} has no account."
            raise Refusal(codes.NO_STATEMENT, seen)
        for code, seen in page.told.sentences():
            self._say(code, seen)
        booked = {currency: group for (final, currency), group in page.groups.items() if final}
        self.found = self._currencies(booked)
        made = [self._statement(code, booked.get(code, Group())) for code in self.found]
        for (final, currency), group in page.groups.items():
            if not final:
                made.append(self._not_final(currency, group))
        return made

    def _currencies(self, booked: Iterable[str]) -> list[str]:
        """Those with lines, the account's own first; without lines those with a balance."""
        found = list(booked)
        if self.currency and (self.currency in found or not found):
            return list(dict.fromkeys([self.currency, *found]))
        ends_ = [b.currency for b in self.page.balances if b.code in (*_OPENING, *_CLOSING)]
        if found or (self.page.groups and not ends_):
            return found
        return list(dict.fromkeys(ends_ or [""]))

    def _statement(self, currency: str, group: Group) -> Statement:
        opening_ = self._balance(_OPENING, currency)
        closing = self._balance(_CLOSING, currency)
        self._settle(group, opening_, closing)
        page = self.page
        return Statement(
            account=page.account,
            currency=currency,
            number=page.number,
            first=page.first,
            last=page.last or (closing.date if closing else ""),
            opening=_text(opening_),
            closing=_text(closing),
            final=self.kind != "CAMT.052",
            rows=_of_statement(group.rows),
            controls=page.controls,
            opening_date=opening_.date if opening_ else "",
        )

    def _not_final(self, currency: str, group: Group) -> Statement:
        page = self.page
        group.turn(returns=False)
        rows = _of_statement(group.rows)
        return Statement(
            page.account, currency, page.number, page.first, page.last, final=False, rows=rows
        )

    def _balance(self, wanted: tuple[str, ...], currency: str) -> Balance | None:
        """The balance of some codes, the best code first; the earliest opens, the latest closes."""
        for code in wanted:
            found = [each for each in self.page.balances if each.code == code]
            mine = [each for each in found if each.currency in (currency, "")]
            for each in found:
                if each.value is None:
                    self._say(codes.BALANCE_LEFT, f"balance {code} is `{each.seen[:40]}`")
                elif each.currency not in self.found:
                    seen = f"balance {code} is in {each.currency}, the lines are in {currency}"
                    self._say(codes.BALANCE_LEFT, seen)
            mine = [each for each in mine if each.value is not None]
            if mine:
                pick = min if wanted is _OPENING else max
                day = pick(each.date for each in mine)
                same = [each for each in mine if each.date == day]
                return same[0] if wanted is _OPENING else same[-1]
        return None

    def _settle(self, group: Group, opening_: Balance | None, closing: Balance | None) -> None:
        """Decide the sign of reversals: the balances tell.

        By the standard CdtDbtInd is already the way the money went; many banks repeat in it the
        side of the entry that is reversed. Where balances do not tell, reversals are turned;
        returned payments without balances are not: banks agree on their side.
        """
        if not group.turns or not group.turning:
            return
        if opening_ and closing and opening_.value is not None and closing.value is not None:
            gap = closing.value - opening_.value - group.moved
            if gap == group.turning:
                return
            group.turn(returns=True)
            if gap == -group.turning:
                return
        else:
            group.turn(returns=False)
        rows = group.rows
        told = opening_ is not None and closing is not None
        open_ = [each for each in group.turns if told or rows.kind[each] != "Return"]
        if not open_:
            return
        at = open_[0]
        seen = f"{rows.place[at]} is a reversal, taken as {rows.currency[at]} {rows.amount[at]}"
        self._say(codes.REVERSAL_OPEN, seen)

    def _say(self, code: Code, seen: str) -> None:
        self.findings.append(Finding(code, seen=seen, sheet=self.name))


def _text(balance: Balance | None) -> str:
    if balance is None or balance.value is None:
        return ""
    value: Decimal = balance.value
    return f"{value:f}"


def _of_statement(rows: Rows) -> Rows:
    """Rows whose currency is that of their statement need not repeat it."""
    rows.currency[:] = [""] * len(rows)
    return rows
