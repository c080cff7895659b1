"""Deciding: which customer gets a statement, what is on it, and who is left out and why.

Everyone who owes something gets one, by default for the own account alone; children may be put
together on the statement of the parent who pays for them. Two currencies are never added: each
has a section of its own. Closed customers get none, nor those who are with an agency or a court
unless somebody asks for them by name: what they are told goes through others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import TextArray, text_array
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import to_decimal, totals_shown
from ar_xl.ops.relations import Relations
from ar_xl.ops.statements.accounts import Account, Accounts, accounts
from ar_xl.ops.statements.agreed import Agreed, agreed

NOBODY_OF_THAT_NAME = code(
    "statement_for_nobody",
    Severity.ERROR,
    "a Customer ID or a Collector of the Customers sheet",
    "Write it as it stands on the Customers sheet.",
    Exit.WRONG_CALL,
)
_ELSEWHERE = {"Agency", "Legal"}


@dataclass(frozen=True)
class Asked:
    """Which statements are wanted.

    Args:
        as_of: the date of the statements.
        since: the first day of activity statements; None for open items.
        customers: Customer IDs; none for all.
        collector: only this collector's customers, "" for all.
        to_parent: accounts of children are put on the statement of the parent that pays.
        everyone: also customers with nothing open.
    """

    as_of: date
    since: date | None = None
    customers: tuple[str, ...] = ()
    collector: str = ""
    to_parent: bool = False
    everyone: bool = False


@dataclass(frozen=True)
class Recipient:
    """To whom a statement goes, as the Customers sheet says.

    Args:
        row: its sheet row, 0 where the customer is not there.
    """

    customer_id: str
    name: str = ""
    contact: str = ""
    address: str = ""
    email: str = ""
    language: str = ""
    currency: str = ""
    status: str = ""
    collector: str = ""
    row: int = 0


@dataclass(frozen=True)
class Section:
    """What is owed in one currency; of a parent's statement, with an account per child."""

    currency: str
    accounts: tuple[Account, ...]
    agreed: tuple[Agreed, ...] = ()

    @property
    def total(self) -> int:
        """What is due in all, minor units; negative is in the customer's favour."""
        return sum(account.total for account in self.accounts)

    @property
    def past_due(self) -> int:
        """What is past due after credits, never negative and never more than the total."""
        return max(min(sum(account.past_due for account in self.accounts), self.total), 0)

    @property
    def disputed(self) -> int:
        """What of it is contested."""
        return sum(account.disputed for account in self.accounts)

    @property
    def unapplied(self) -> int:
        """Credits, negative."""
        return sum(account.unapplied for account in self.accounts)

    @property
    def buckets(self) -> tuple[int, ...]:
        """By age."""
        columns = zip(*(account.buckets for account in self.accounts), strict=True)
        return tuple(sum(column) for column in columns)


@dataclass(frozen=True)
class Statement:
    """One paper: a recipient, and a section for each currency."""

    recipient: Recipient
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class LeftOut:
    """Who gets no statement, and why."""

    customer_id: str
    name: str
    why: str


@dataclass(frozen=True)
class Statements:
    """All that was decided.

    Args:
        asked: what was asked for.
        papers: by the recipients' names.
        left_out: likewise.
        names: of all customers, for accounts on a parent's statement.
    """

    asked: Asked
    papers: tuple[Statement, ...]
    left_out: tuple[LeftOut, ...]
    names: dict[str, str]


def statements(ledger: Ledger, asked: Asked) -> Statements:
    """Decide the statements of a date.

    Args:
        ledger: posted rows count, drafts do not.
        asked: which are wanted.

    Raises:
        Refusal: a customer or collector that was asked for is not known.
    """
    known = _recipients(ledger)
    everybody = accounts(ledger, asked.as_of, asked.since, _own_accounts(ledger))
    for customer_id in set(everybody.customer_id.tolist()) - set(known):
        known[customer_id] = Recipient(customer_id)
    relations = Relations(ledger)

    def pays(customer_id: str) -> str:
        root = relations.root(customer_id) if asked.to_parent else customer_id
        return root if root in known else customer_id

    wanted = _wanted(asked, known, pays)
    standing = agreed(ledger, asked.as_of)
    mine: dict[str, list[int]] = {}
    for at, customer_id in enumerate(everybody.customer_id.tolist()):
        payer = pays(customer_id)
        if payer in wanted:
            mine.setdefault(payer, []).append(at)
    papers, left = [], []
    minimum = ledger.policy.settings.statement_minimum
    for customer_id in sorted(mine, key=lambda each: (known[each].name.casefold(), each)):
        recipient = known[customer_id]
        places = _told(everybody, mine[customer_id], asked.everyone)
        why = _why_not(recipient, everybody, places, minimum, asked)
        if why:
            left.append(LeftOut(customer_id, recipient.name, why))
        else:
            sections = _sections(everybody, places, standing)
            papers.append(Statement(recipient, sections))
    names = {each.customer_id: each.name for each in known.values()}
    return Statements(asked, tuple(papers), tuple(left), names)


def _recipients(ledger: Ledger) -> dict[str, Recipient]:
    customers = ledger.posted("Customers")
    columns = [
        customers.text(key).tolist()
        for key in ("customer_id", "name", "contact", "address", "email", "language", "currency",
                    "status", "collector")
    ]  # fmt: skip
    rows = zip(*columns, customers.row.tolist(), strict=True)
    return {row[0]: Recipient(*row) for row in rows if row[0]}


def _own_accounts(ledger: Ledger) -> tuple[TextArray, TextArray]:
    """Everybody's account in their own currency, which may have nothing in it."""
    customers = ledger.posted("Customers")
    customers = customers.take(np.flatnonzero(customers.text("customer_id") != ""))
    base = ledger.policy.settings.base_currency
    own = text_array(code or base for code in customers.text("currency").tolist())
    return customers.text("customer_id"), own


def _wanted(asked: Asked, known: dict[str, Recipient], pays: Callable[[str], str]) -> set[str]:
    """The recipients that are asked for."""
    unknown = [each for each in asked.customers if each not in known]
    if unknown:
        raise Refusal(NOBODY_OF_THAT_NAME, f"There is no customer {', '.join(unknown)}.")
    wanted = {pays(each) for each in asked.customers or known}
    if asked.collector:
        name = asked.collector.casefold()
        wanted = {each for each in wanted if known[each].collector.casefold() == name}
        if not wanted:
            raise Refusal(NOBODY_OF_THAT_NAME, f"No customer has the collector {asked.collector}.")
    return wanted


def _told(everybody: Accounts, places: list[int], everyone: bool) -> list[int]:
    """The accounts worth a section; one with nothing in it only where there is no other."""
    told = [at for at in places if not everybody.is_empty[at]]
    return told or (places[:1] if everyone else [])


def _why_not(
    recipient: Recipient,
    everybody: Accounts,
    places: list[int],
    minimum: Decimal | None,
    asked: Asked,
) -> str:
    """Why somebody gets no statement, "" for who does."""
    totals: dict[str, int] = {}
    for at in places:
        currency = str(everybody.currency[at])
        totals[currency] = totals.get(currency, 0) + int(everybody.total[at])
    owed = {currency: total for currency, total in totals.items() if total}
    still = f"; {totals_shown(owed)} is open" if owed else ""
    if recipient.status == "Closed":
        return f"Status Closed{still}"
    if recipient.status in _ELSEWHERE and recipient.customer_id not in asked.customers:
        return f"Status {recipient.status}{still}; name the customer to make one all the same"
    if not places:
        return "Nothing open"
    if minimum is not None and not asked.everyone:
        small = [total for code_, total in totals.items() if to_decimal(total, code_) < minimum]
        if len(small) == len(totals):
            return f"{totals_shown(totals)} is below the Statement Minimum of {minimum:f}"
    return ""


def _sections(
    everybody: Accounts, places: Iterable[int], standing: dict[str, list[Agreed]]
) -> tuple[Section, ...]:
    by_currency: dict[str, list[Account]] = {}
    for at in places:
        by_currency.setdefault(str(everybody.currency[at]), []).append(everybody.account(at))
    return tuple(
        Section(
            currency,
            tuple(mine),
            tuple(
                each
                for account in mine
                for each in standing.get(account.customer_id, [])
                if each.currency == currency
            ),
        )
        for currency, mine in sorted(by_currency.items())
    )
