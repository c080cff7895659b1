"""One CAMT statement, report or notification, as a page: account, balances, totals, lines.

A bank may cut a long statement into pages. Pages of one statement are put together before
anything is proved: the first has the opening balance, the last the closing one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from xml.etree.ElementTree import Element

from ar_xl.core.findings import Code
from ar_xl.imports.bank import statement_codes as codes
from ar_xl.imports.bank.camt_details import ACCOUNTS, NO_MONEY, SIDES, Money, money, text_at
from ar_xl.imports.bank.camt_entries import Entry, Line, lines_of
from ar_xl.imports.bank.parts import Control, Rows

_ZERO = Decimal(0)
PENDING = frozenset(("PDNG", "INFO", "FUTR"))  # told, but not booked


@dataclass(frozen=True)
class Balance:
    """One `Bal`.

    Args:
        code: OPBD, PRCD, CLBD, ITBD, ...
        currency: of it.
        value: negative when overdrawn; None where it cannot be read.
        date: ISO text.
        seen: the amount as the file has it.
    """

    code: str
    currency: str
    value: Decimal | None
    date: str
    seen: str


@dataclass
class Group:
    """The lines of a page that are booked, or that are not, in one currency.

    Args:
        rows: of it; the sign of reversals is still that of the file.
        turns: which of them the file calls reversals.
        moved: sum of the other lines; `turning`: of these.
    """

    rows: Rows = field(default_factory=Rows)
    turns: list[int] = field(default_factory=list)
    moved: Decimal = _ZERO
    turning: Decimal = _ZERO

    def add(self, line: Line, place: str) -> None:
        """Add one line."""
        if line.turns and not line.bad:
            self.turns.append(len(self.rows))
            self.turning += line.amount - line.fee
        else:
            self.moved += line.amount - line.fee
        self.rows.add(
            line.date, "" if line.bad else f"{line.amount:f}",
            fee=f"{line.fee:f}" if line.fee else "", currency=line.currency, kind=line.kind,
            bank_id=line.bank_id, payer=line.payer, payer_account=line.payer_account,
            reference=line.reference, text=line.text, place=place, bad=line.bad,
        )  # fmt: skip

    def extend(self, other: Group) -> None:
        """Add the lines of the next page."""
        self.turns += [len(self.rows) + at for at in other.turns]
        self.moved += other.moved
        self.turning += other.turning
        for key, column in vars(other.rows).items():
            getattr(self.rows, key).extend(column)

    def turn(self, returns: bool) -> None:
        """Give the reversals the other sign; those that are returns only where asked."""
        amounts = self.rows.amount
        for at in self.turns:
            if self.rows.kind[at] == "Return" and not returns:
                continue
            amounts[at] = amounts[at][1:] if amounts[at][0] == "-" else f"-{amounts[at]}"


@dataclass
class Told:
    """What is worth telling about the lines of a statement, each kind once with its first case."""

    first: dict[Code, str] = field(default_factory=dict)
    count: dict[Code, int] = field(default_factory=dict)

    def note(self, code: Code, seen: str) -> None:
        """Note a case."""
        self.first.setdefault(code, seen)
        self.count[code] = self.count.get(code, 0) + 1

    def sentences(self) -> Iterable[tuple[Code, str]]:
        """Each kind with its first case and how many more there are."""
        for code, seen in self.first.items():
            more = self.count[code] - 1
            yield code, f"{seen}, and {more:,} more" if more else seen


@dataclass(frozen=True)
class Page:
    """A `Stmt`, `Rpt` or `Ntfctn`.

    Args:
        number: the bank's number of the statement.
        account: without blanks; `currency`: of the account, "" where not told.
        first, last: of the period; `made`: the day the file was made.
        page: its number, 0 where there are no pages; `is_last`: of the pages.
        balances: in the order of the file.
        groups: lines by whether they are booked, and currency.
        controls: of the file about the page.
        told: about its lines.
    """

    number: str
    account: str
    currency: str
    first: str
    last: str
    made: str
    page: int
    is_last: bool
    balances: tuple[Balance, ...]
    groups: dict[tuple[bool, str], Group]
    controls: tuple[Control, ...]
    told: Told

    @property
    def is_whole(self) -> bool:
        """Whether there are no other pages."""
        return self.page <= 1 and self.is_last

    def with_next(self, page: Page) -> Page:
        """This one and the next page of the same statement."""
        for key, group in page.groups.items():
            self.groups.setdefault(key, Group()).extend(group)
        for code, seen in page.told.first.items():
            self.told.first.setdefault(code, seen)
            self.told.count[code] = self.told.count.get(code, 0) + page.told.count[code]
        inner = ("ITBD", "ITAV")  # carried from page to page
        return replace(
            self, last=page.last or self.last, is_last=page.is_last,
            balances=tuple(
                each for each in (*self.balances, *page.balances) if each.code not in inner
            ),
        )  # fmt: skip


def read_page(element: Element, entries: Iterable[Entry]) -> Page:
    """Read a statement whose entries were cut out of it."""
    own = "".join(text_at(element.find("Acct"), *ACCOUNTS).split())
    last = text_at(element, "FrToDt/ToDtTm")[:10]
    made = text_at(element, "CreDtTm")[:10]
    number, is_last = _page_of(element)
    balances = tuple(_balance(each) for each in element.iterfind("Bal"))
    currency = text_at(element, "Acct/Ccy").upper()
    groups, told, sums = _groups(entries, own, currency, last or made)
    whole = number <= 1 and is_last
    return Page(
        number=text_at(element, "Id"),
        account=own,
        currency=currency,
        first=text_at(element, "FrToDt/FrDtTm")[:10],
        last=last,
        made=made,
        page=number,
        is_last=is_last,
        balances=balances,
        groups=groups,
        controls=_controls(element.find("TxsSummry"), sums) if whole else (),
        told=told,
    )


def _page_of(element: Element) -> tuple[int, bool]:
    for key in ("StmtPgntn", "RptPgntn", "NtfctnPgntn"):
        found = element.find(key)
        if found is not None:
            number = text_at(found, "PgNb")
            is_last = text_at(found, "LastPgInd").lower() not in ("false", "0")
            return (int(number) if number.isdecimal() and len(number) < 6 else 0), is_last
    return 0, True


def _amount(element: Element | None) -> Money:
    if element is None:
        return NO_MONEY
    return money((element.text or "").strip(), (element.get("Ccy") or "").strip().upper())


def _balance(element: Element) -> Balance:
    amount = _amount(element.find("Amt"))
    side = SIDES.get(text_at(element, "CdtDbtInd"), 0)
    value = amount.value * side if amount.text and (side or not amount.value) else None
    return Balance(
        text_at(element, "Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry"),
        amount.currency, value, text_at(element, "Dt/Dt", "Dt/DtTm")[:10], amount.seen,
    )  # fmt: skip


@dataclass
class _Sums:
    """Count and sum of entries by side, 1 credit and -1 debit, and their currencies."""

    count: dict[int, int] = field(default_factory=lambda: {1: 0, -1: 0, 0: 0})
    total: dict[int, Decimal] = field(default_factory=lambda: {1: _ZERO, -1: _ZERO, 0: _ZERO})
    currencies: set[str] = field(default_factory=set)

    def add(self, entry: Entry) -> None:
        """Add an entry; amounts are never negative."""
        self.count[entry.side] += 1
        self.total[entry.side] += entry.amount.value
        self.currencies.add(entry.amount.currency)


def _groups(
    entries: Iterable[Entry], own: str, currency: str, day: str
) -> tuple[dict[tuple[bool, str], Group], Told, _Sums]:
    groups: dict[tuple[bool, str], Group] = {}
    told, sums = Told(), _Sums()
    for nth, entry in enumerate(entries, start=1):
        place = f"entry {nth}"
        if not entry.date:
            told.note(codes.DAY_TAKEN, f"{place} has no day and was taken as of {day}")
            entry = entry._replace(date=day)
        if not entry.amount.currency:
            entry = entry._replace(amount=entry.amount._replace(currency=currency))
        sums.add(entry)
        lines, why = lines_of(entry, own)
        if why:
            told.note(codes.BATCH_WHOLE, f"{place}: {why}")
        key = (entry.status not in PENDING, entry.amount.currency)
        group = groups.get(key) or groups.setdefault(key, Group())
        for part, line in enumerate(lines, start=1):
            group.add(line, f"{place}, payment {part}" if len(lines) > 1 else place)
    return groups, told, sums


def _controls(summary: Element | None, sums: _Sums) -> tuple[Control, ...]:
    """Counts and sums that the file states about its entries, beside those found."""
    if summary is None or len(sums.currencies) > 1:
        return ()
    found = []
    for key, sides, words in (
        ("TtlNtries", (1, -1, 0), "entries"),
        ("TtlCdtNtries", (1,), "credit entries"),
        ("TtlDbtNtries", (-1,), "debit entries"),
    ):
        total = summary.find(key)
        if total is None:
            continue
        count, stated = text_at(total, "NbOfNtries"), _amount(total.find("Sum"))
        if count.isdecimal():
            counted = sum(sums.count[side] for side in sides)
            found.append(Control(f"number of {words}", f"{int(count)}", f"{counted}"))
        if stated.text:
            added = sum((sums.total[side] for side in sides), _ZERO)
            texts = [f"{each.normalize():f}" for each in (stated.value, added)]
            found.append(Control(f"sum of {words}", *texts))
    return tuple(found)
