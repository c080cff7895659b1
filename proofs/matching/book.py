"""A made-up book for the benchmark: customers, their groups, open and settled invoices."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import AnyArray, text_array
from ar_xl.core.banktables import PAYER_ALIASES
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.money import RATE_ONE
from ar_xl.core.policy import Policy
from ar_xl.core.settings import default_settings
from ar_xl.core.tables import APPLICATIONS, CUSTOMERS, INVOICES
from ar_xl.core.terms import Discount, Terms

TODAY = date(2026, 2, 28)
NET_30 = "Net 30"
TWO_TEN = "2/10 Net 30"
_FIRST_WORDS = (
    "Amber Birch Cedar Delta Ember Falcon Granite Harbor Iris Juniper Keystone Linden Maple Nordic"
    " Orchard Prairie Quarry Redwood Summit Timber Union Valley Willow Zenith Alpine Baltic Castle"
    " Dorset Eastgate Fjord Glacier Highland Imperial Jasper Kestrel Lakeside Meridian Northern"
    " Oakfield Pioneer Queensway Riverside Sterling Thornton Upland Vanguard Westfield Yorkshire"
    " Müller Schröder Göransson Lefèvre Núñez Østergaard Škoda Dvořák Große Bäcker"
)
_SECOND_WORDS = (
    "Freight Foods Metals Paper Print Supply Systems Textiles Tools Works Manufacturing Logistics"
    " Electronics Chemicals Plastics Packaging Furniture Pharma Machinery Engineering Construction"
    " International Services Technologies Industries Distribution Holding Trading Marine Energy"
    " Ceramics Optics Bakery Brewery Dairy Interiors Media Motors Networks Robotics"
)
_FIRST, _SECOND = _FIRST_WORDS.split(), _SECOND_WORDS.split()
_THIRD = ("North", "South", "East", "West", "Group", "One", "Europe", "Global", "Retail", "Export")
_FORMS = ("Ltd", "Ltd.", "Limited", "LLC", "Inc", "Inc.", "GmbH", "AG", "& Sons", "SARL", "BV",
          "Oy", "AB", "S.p.A.", "plc", "& Co KG", "Corp")  # fmt: skip
_GIVEN = (
    "Anna", "Bert", "Clara", "David", "Eva", "Frank", "Greta", "Hans", "Ines", "Jonas",
    "Karin", "Lukas", "Maria", "Nils", "Olga", "Peter", "Rosa", "Sven", "Tina", "Uwe",
)  # fmt: skip
_PRICES = (9900, 14900, 19900, 49900, 99900, 120000)  # subscriptions: many have the same


@dataclass
class Customer:
    """One customer: its number, name, parent and IBAN."""

    number: str
    name: str
    parent: str = ""
    account: str = ""


@dataclass
class Invoice:
    """One invoice as the generator knows it; `free` until a payment uses it."""

    number: str
    customer: str
    day: date
    amount: int
    two_ten: bool
    reference: str = ""
    order: str = ""
    settled: bool = False

    @property
    def due(self) -> date:
        """Thirty days after its date."""
        return self.day + timedelta(days=30)

    @property
    def discount(self) -> int:
        """Two percent, half a cent up."""
        return (self.amount * 2 * 2 + 100) // 200


@dataclass
class World:
    """Everything that was made up."""

    chance: random.Random
    customers: list[Customer] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    aliases: list[tuple[str, str, str]] = field(default_factory=list)
    by_number: dict[str, Customer] = field(default_factory=dict)
    of: dict[str, list[Invoice]] = field(default_factory=dict)


def make_world(seed: int, customers: int, invoices: int) -> World:
    """Make customers and invoices up.

    Args:
        seed: the same one gives the same book; even ones have short numbers without prefix.
        customers, invoices: how many; a tenth of the invoices is settled.
    """
    world = World(random.Random(seed))
    chance, names = world.chance, set[str]()
    for at in range(customers):
        name = _name(chance)
        while name in names:
            name = _name(chance)
        names.add(name)
        account = f"DE{chance.randrange(10**19, 10**20)}"
        world.customers.append(Customer(f"C{20000 + at * 7}", name, account=account))
    for at, customer in enumerate(world.customers):
        if at % 25 in (1, 2, 3):
            customer.parent = world.customers[at - at % 25].number
    world.by_number = {each.number: each for each in world.customers}
    _invoices(world, invoices, short=seed % 2 == 0)
    return world


def _name(chance: random.Random) -> str:
    if chance.random() < 0.08:
        surname = chance.choice(_FIRST)
        return f"{chance.choice(_GIVEN)} {surname}{chance.choice(('', 'son', 'mann', 'berg'))}"
    words = [chance.choice(_FIRST), chance.choice(_SECOND)]
    if chance.random() < 0.35:
        words.append(chance.choice(_THIRD + tuple(_SECOND)))
    if chance.random() < 0.06:
        words.append(str(chance.randrange(1, 40)))
    return " ".join([*words, chance.choice(_FORMS)])


def _invoices(world: World, count: int, short: bool) -> None:
    chance = world.chance
    series, plain = _numbers(chance), _short_numbers(chance)
    for at in range(count):
        customer = world.customers[int(len(world.customers) * chance.random() ** 2)]
        day = TODAY - timedelta(days=70 - at * 68 // count)
        number = next(plain if short else series)
        invoice = Invoice(number, customer.number, day, _amount(chance), chance.random() < 0.25)
        if chance.random() < 0.25:
            invoice.order = f"{chance.choice(('PO', '45', 'B'))}{chance.randrange(10**5, 10**6)}"
        if chance.random() < 0.15:
            invoice.reference = f"{chance.randrange(10**8, 10**9)}"
        invoice.settled = chance.random() < 0.1
        world.invoices.append(invoice)
        world.of.setdefault(customer.number, []).append(invoice)


def _numbers(chance: random.Random) -> Iterator[str]:
    """Three series: with a prefix and zeros, by year, with a prefix alone."""
    running, yearly, german = 10_200, 140, 770_100
    while True:
        style = chance.random()
        if style < 0.7:
            running += chance.choice((1, 1, 1, 2))
            yield f"INV-{running:06d}"
        elif style < 0.85:
            yearly += 1
            yield f"{2025 + (yearly > 1200)}-{yearly:05d}"
        else:
            german += chance.choice((1, 1, 3))
            yield f"RE{german}"


def _short_numbers(chance: random.Random) -> Iterator[str]:
    """Five bare digits, and a short number that begins anew each year: easily taken for others."""
    running, yearly = 31_200, 0
    while True:
        if chance.random() < 0.75:
            running += chance.choice((1, 1, 2))
            yield f"{running}"
        else:
            yearly += 1
            yield f"F-{26 - yearly % 2}/{yearly // 2:04d}"


def _amount(chance: random.Random) -> int:
    kind = chance.random()
    if kind < 0.15:
        return chance.choice(_PRICES)
    amount = min(max(int(np.exp(chance.gauss(6.3, 1.2)) * 100), 2500), 5 * 10**7)
    return amount // 10000 * 10000 or 10000 if kind < 0.27 else amount


def ledger_of(world: World) -> Ledger:
    """The book as a ledger, with a bank fee tolerance of 25 and a tolerance of 1."""
    terms = (
        Terms(NET_30, net_days=30),
        Terms(TWO_TEN, net_days=30, tiers=(Discount(Decimal(2), 10),)),
    )
    settings = default_settings(bank_fee_tolerance="25", under_tolerance="1", over_tolerance="1")
    policy = Policy(settings=settings, terms={each.name: each for each in terms})
    tables = {
        "Customers": _customers(world),
        "Invoices": _posted_invoices(world),
        "Applications": _settlements(world),
        "PayerAliases": _aliases(world),
    }
    return Ledger(tables, {}, policy)


def _customers(world: World) -> Frame:
    listed = world.customers
    return Frame.build(
        CUSTOMERS,
        len(listed),
        customer_id=text_array(each.number for each in listed),
        name=text_array(each.name for each in listed),
        parent_id=text_array(each.parent for each in listed),
        currency="USD",
    )


def _posted_invoices(world: World) -> Frame:
    listed = world.invoices
    days = _days([each.day for each in listed])
    return Frame.build(
        INVOICES,
        len(listed),
        invoice_no=text_array(each.number for each in listed),
        type="Invoice",
        customer_id=text_array(each.customer for each in listed),
        invoice_date=days,
        due_date=_days([each.due for each in listed]),
        terms=text_array(TWO_TEN if each.two_ten else NET_30 for each in listed),
        currency="USD",
        amount=np.array([each.amount for each in listed], dtype=np.int64),
        reference=text_array(each.reference for each in listed),
        po=text_array(each.order for each in listed),
        rate=RATE_ONE,
        posting_date=days,
        batch="B-000001",
    )


def _settlements(world: World) -> Frame:
    listed = [each for each in world.invoices if each.settled]
    amounts = np.array([each.amount for each in listed], dtype=np.int64)
    days = _days([each.day for each in listed])
    return Frame.build(
        APPLICATIONS,
        len(listed),
        application_no=text_array(f"A-{at}" for at in range(len(listed))),
        date=days,
        source_type="Receipt",
        source_no=text_array(f"R-{at}" for at in range(len(listed))),
        invoice_no=text_array(each.number for each in listed),
        line=1,
        amount=amounts,
        discount=0,
        discount_tax=0,
        difference=0,
        source_amount=amounts,
        posting_date=days,
        batch="B-000002",
    )


def _aliases(world: World) -> Frame:
    return Frame.build(
        PAYER_ALIASES,
        len(world.aliases),
        payer=text_array(payer for payer, _, _ in world.aliases),
        payer_account=text_array(account for _, account, _ in world.aliases),
        customer_id=text_array(customer for _, _, customer in world.aliases),
        confirmed=3,
    )


def _days(days: list[date]) -> AnyArray:
    return np.array(days, dtype="datetime64[D]")
