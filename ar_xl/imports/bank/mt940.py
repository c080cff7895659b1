"""MT940, the customer statement of SWIFT, and MT942, its intraday report.

A statement is all pages that carry on from one another (60M after 62M): its opening balance is
that of the first page, its closing balance that of the last. Why not a library: docs/adr/0010.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from ar_xl.core.findings import Finding, Refusal
from ar_xl.imports.bank import mt_codes as codes
from ar_xl.imports.bank.mt_details import IS_IBAN, width_of
from ar_xl.imports.bank.mt_lines import Balance, balance_of, shortest, sum_of
from ar_xl.imports.bank.mt_rows import Page, fill_numbers
from ar_xl.imports.bank.parts import BankFile, BankOptions, Control, Source, Statement
from ar_xl.imports.bank.swift import Field, decoded, fields, lines_of, message_types
from ar_xl.imports.words import number_of

NAME = "MT940"
_RECOGNISED = re.compile(
    rb"(?:^|[\r\n{])\x01?\s*(?:\{4:\s*)?:(?:(?:20|25P?|28C?|6[02][FM]|61|NS|34F|13D):)"
)
_YEAR = timedelta(days=366)
_CURRENCY_BEHIND = re.compile(r"(?P<account>.*\d)[ /]*(?P<currency>[A-Z]{3})")


def recognises(head: bytes) -> bool:
    """Whether a file that begins so has a field of a SWIFT statement at the start of a line."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = decoded(head).encode()
    return bool(_RECOGNISED.search(head))


def read(source: Source, asked: BankOptions) -> BankFile:
    """Read all statements of a file.

    Refuses a file without any balance or line.
    """
    text = decoded(source.content)
    lines = lines_of(text)
    pages, loose = _pages(fields(lines), width_of(lines))
    pages = [page for page in pages if page.is_told]
    if not pages:
        seen = f"{source.name} has fields as an MT940 statement, but no balance and no line."
        raise Refusal(codes.NO_STATEMENT, seen)
    intraday = message_types(text) == {"942"}
    for page in pages:
        page.intraday |= intraday
        page.finish()
    fill_numbers([(page.account, page.rows, page.numbers) for page in pages])
    statements = [_statement(group) for group in _joined(pages)]
    said = _said(pages, loose)
    kinds = {page.intraday for page in pages}
    name = NAME if kinds == {False} else "MT942" if kinds == {True} else "MT940 and MT942"
    findings = (*_missing(pages, source.name), *_far_off(statements, source.name))
    return BankFile(name, tuple(statements), findings, said)


def _pages(found: Iterator[Field], width: int) -> tuple[list[Page], int]:
    """The pages of all messages, and how many texts belong to no line."""
    pages: list[Page] = []
    page = Page(width=width)
    message = loose = 0
    for each in found:
        tag = each.tag
        begins = tag == "20" and each.message != message
        begins |= tag in ("60F", "60M") and page.is_told
        begins |= tag in ("25", "25P") and page.closing is not None
        if begins:
            account, currency = page.account, page.currency
            pages.append(page)
            page = Page(each.number, width)
            if tag.startswith("60"):
                page.account, page.currency = account, currency
        message = each.message
        if tag == "61":
            page.line(each)
        elif tag in ("86", "NS"):
            loose += not page.text(each)
        elif tag in ("25", "25P"):
            page.account, currency = _account(" ".join(each.lines))
            page.currency = page.currency or currency
        elif tag in ("28", "28C"):
            page.name = each.lines[0].strip()
        else:
            _balances(page, each)
    pages.append(page)
    return pages, loose


def _balances(page: Page, each: Field) -> None:
    """Take the fields that carry balances and sums."""
    tag, text = each.tag, each.lines[0]
    if tag in ("60F", "60M"):
        page.opening, page.opens_within = _balance(text), tag == "60M"
        page.currency = page.opening.currency or page.currency
    elif tag in ("62F", "62M"):
        page.end_line()
        page.closing, page.closes_within = _balance(text), tag == "62M"
        page.currency = page.currency or page.closing.currency
    elif tag in ("34F", "13D", "13", "90C", "90D"):
        page.end_line()
        page.intraday = page.intraday or page.opening is None
        told = sum_of(text)
        if tag in ("90C", "90D") and told:
            page.sums[tag[-1]] = told
            page.currency = page.currency or told[1]
        elif tag == "34F":
            page.currency = page.currency or text.strip()[:3]
    else:
        page.end_line()


def _balance(text: str) -> Balance:
    return balance_of(text) or Balance("", "", text.strip() or "?")


def _account(text: str) -> tuple[str, str]:
    """An account and the currency that some banks write behind it."""
    account = " ".join(text.split())
    found = _CURRENCY_BEHIND.fullmatch(account)
    currency = ""
    if found and (account.endswith(" " + found["currency"]) or not found["account"].isalpha()):
        account, currency = found["account"], found["currency"]
    tight = account.replace(" ", "")
    return (tight if IS_IBAN.fullmatch(tight) else account), currency


def _joined(pages: Sequence[Page]) -> list[list[Page]]:
    """Pages that carry on from one another, together."""
    groups: list[list[Page]] = []
    for page in pages:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and last.closes_within
            and page.opens_within
            and (last.account, last.currency) == (page.account, page.currency)
        ):
            groups[-1].append(page)
        else:
            groups.append([page])
    return groups


def _statement(pages: list[Page]) -> Statement:
    first, last = pages[0], pages[-1]
    opening, closing = first.opening, last.closing
    rows = first.rows
    for page in pages[1:]:
        for key, column in vars(page.rows).items():
            getattr(rows, key).extend(column)
    return Statement(
        account=first.account, currency=first.currency, number=first.name.partition("/")[0],
        first=opening.date if opening else "", last=closing.date if closing else "",
        opening=opening.amount if opening else "", closing=closing.amount if closing else "",
        final=not first.intraday, rows=rows, controls=tuple(_controls(pages)),
        opening_date=opening.date if opening else "",
    )  # fmt: skip


def _controls(pages: list[Page]) -> Iterator[Control]:
    """What the pages state about themselves, besides opening and closing balance."""
    first, last = pages[0], pages[-1]
    for before, page in pairwise(pages):
        if before.closing and page.opening:
            what = f"balance carried over to page {page.name or 'two'} (field 60M)"
            carried = shortest(before.closing.amount), shortest(page.opening.amount)
            yield Control(what, *carried)
    if first.opening and not last.closing:
        yield Control("closing balance (field 62F), without which it is cut short", "1", "0")
    if last.closing and not first.opening:
        yield Control("opening balance (field 60F), without which its beginning lacks", "1", "0")
    if last.closing and last.closing.currency not in ("", first.currency):
        yield Control("currency of the closing balance", last.closing.currency, first.currency)
    for page in pages:
        for side, (count, _, total) in page.sums.items():
            found, added = page.side(side)
            what = "credits" if side == "C" else "debits"
            if count:
                yield Control(f"number of {what} (field 90{side})", str(int(count)), str(found))
            yield Control(f"sum of {what} (field 90{side})", shortest(total), added)


def _missing(pages: Sequence[Page], name: str) -> Iterator[Finding]:
    """Pages that begin or end within a statement whose other pages the file does not have."""
    for group in _joined(pages):
        first, last = group[0], group[-1]
        for lacks, page, side in (
            (first.opens_within, first, "before"), (last.closes_within, last, "after")
        ):  # fmt: skip
            if lacks:
                which = f"page {page.name or '?'} of account {page.account}"
                seen = f"the page {side} {which} is not there"
                yield Finding(codes.PAGE_MISSING, seen=seen, sheet=f"{name}, line {page.number}")


def _far_off(statements: Sequence[Statement], name: str) -> Iterator[Finding]:
    """Lines booked in another year than the statement, as where a file was put together."""
    for statement in statements:
        ends = [date.fromisoformat(day) for day in (statement.first, statement.last) if day]
        if not ends:
            continue
        first, last = (min(ends) - _YEAR).isoformat(), (max(ends) + _YEAR).isoformat()
        rows = statement.rows
        far = [at for at, day in enumerate(rows.date) if day and not first <= day <= last]
        if far:
            more = f" ({number_of(len(far), 'line')} of this kind)" if len(far) > 1 else ""
            booked, ends_on = rows.date[far[0]], statement.last or statement.first
            seen = f"booked on {booked}, the statement ends on {ends_on}{more}"
            yield Finding(codes.LINE_FAR_OFF, seen=seen, sheet=f"{name}, {rows.place[far[0]]}")


def _said(pages: Sequence[Page], loose: int) -> tuple[str, ...]:
    said = [text for page in pages for text in page.said]
    if loose:
        said.append(f"Left out: {number_of(loose, 'text')} about whole statements.")
    return tuple(said)
