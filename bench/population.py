"""Customers, documents and money of the seeded workload, as plain arrays.

Nothing here is posted yet; `bench/history.py` turns it into ledger rows and batches.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from ar_xl.core.arrays import BLANK, BoolArray, DateArray, IntArray, TextArray
from ar_xl.core.frames import Frame
from ar_xl.core.money import ratio_rounded
from ar_xl.core.tables import CUSTOMERS
from ar_xl.core.terms import Discount, Terms, read_parts

YEAR_START = np.datetime64("2025-01-01", "D")
LAST_MONTH_START = np.datetime64("2025-12-01", "D")
LAST_DAY = np.datetime64("2025-12-31", "D")
PERIOD = "2025-12"
MONTHS = 12
FEE_POLICY = "1.5 % a month"
GENERATION = 3  # of the workload; raised when the same size and seed give other rows

TERMS: tuple[Terms, ...] = (
    Terms("Net 30", net_days=30),
    Terms("2/10 Net 30", net_days=30, tiers=(Discount(Decimal(2), 10),)),
    Terms("Net 45", net_days=45),
    Terms("Net 60", net_days=60),
    Terms("End of month + 30", due_rule="eom", net_days=30),
    Terms("Thirds 30/60/90", net_days=90, parts=read_parts("33.33%@30; 33.33%@60; rest@90")),
)
_TERMS_SHARES = (0.52, 0.20, 0.10, 0.08, 0.09, 0.01)

_FIRST = [
    "Amber",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Falcon",
    "Granite",
    "Harbor",
    "Iris",
    "Juniper",
    "Keystone",
    "Linden",
]
_SECOND = [
    "Freight",
    "Foods",
    "Metals",
    "Paper",
    "Print",
    "Supply",
    "Systems",
    "Textiles",
    "Tools",
    "Works",
]
_FORMS = ("Ltd", "LLC", "Inc", "& Sons", "GmbH")


@dataclass(frozen=True)
class Size:
    """What a workload is made from; the same values give the same workbook.

    Args:
        invoices: how many documents, drafts included.
        seed: of the generator.
        currencies: of the customers in turn; the first is the base currency.
    """

    invoices: int
    seed: int = 7
    currencies: tuple[str, ...] = ("USD",)

    @property
    def customers(self) -> int:
        """One per twenty invoices."""
        return max(2, self.invoices // 20)

    @property
    def receipts(self) -> int:
        """Nine per ten invoices, drafts included."""
        return self.invoices * 9 // 10

    @property
    def posted_invoices(self) -> int:
        """Eleven twelfths; the rest are drafts of the last month."""
        return self.invoices * 11 // 12

    @property
    def posted_receipts(self) -> int:
        """Eleven twelfths of the receipts."""
        return self.receipts * 11 // 12

    @property
    def name(self) -> str:
        """Of the cached file."""
        money = "" if len(self.currencies) == 1 else "-" + "-".join(self.currencies).lower()
        return f"month-end-g{GENERATION}-{self.invoices}-{self.seed}{money}"


@dataclass(frozen=True)
class Documents:
    """Invoices in the order of their date, one element each.

    Args:
        customer: index of the customer.
        date: of the invoice; the last twelfth lies in the last month.
        terms: index into `TERMS`.
        amount, tax, freight: minor units; tax and freight are BLANK where there is none.
        text: index of the description.
    """

    customer: IntArray
    date: DateArray
    terms: IntArray
    amount: IntArray
    tax: IntArray
    freight: IntArray
    text: IntArray

    def __len__(self) -> int:
        return len(self.customer)


def make_customers(size: Size, rng: np.random.Generator) -> tuple[Frame, IntArray]:
    """The Customers table, and the index of each customer's terms."""
    count = size.customers
    number = range(1, count + 1)
    terms = rng.choice(len(TERMS), count, p=_TERMS_SHARES).astype(np.int64)
    named = [
        f"{_FIRST[i % len(_FIRST)]} {_SECOND[i // len(_FIRST) % len(_SECOND)]} "
        f"{i} {_FORMS[i % len(_FORMS)]}"
        for i in number
    ]
    currencies = [size.currencies[i % len(size.currencies)] for i in range(count)]
    frame = Frame.build(
        CUSTOMERS,
        count,
        customer_id=_objects([f"C{i:06d}" for i in number]),
        name=_objects(named),
        contact=_objects([f"Contact {i}" for i in number]),
        email=_objects([f"payables{i}@customer{i}.example" for i in number]),
        phone=_objects([f"+1 555 {i % 10_000_000:07d}" for i in number]),
        address=_objects(
            [f"{i % 997 + 1} Main Street, {i % 89_999 + 10_000} Town" for i in number]
        ),
        terms=_objects([TERMS[t].name for t in terms.tolist()]),
        fee_policy=_objects([FEE_POLICY if i % 4 == 0 else "None" for i in number]),
        currency=_objects(currencies),
        collector=_objects([f"Collector {i % 7 + 1}" for i in number]),
        salesperson=_objects([f"Sales {i % 11 + 1}" for i in number]),
        status="Active",
    )
    return frame, terms


def make_documents(size: Size, terms_of: IntArray, rng: np.random.Generator) -> Documents:
    """The invoices of twelve months, drafts last.

    Args:
        size: of the workload.
        terms_of: index of each customer's terms.
        rng: the source of all chance.
    """
    count, posted = size.invoices, size.posted_invoices
    month = np.concatenate(
        [
            np.arange(posted, dtype=np.int64) * (MONTHS - 1) // max(posted, 1),
            np.full(count - posted, MONTHS - 1, dtype=np.int64),
        ]
    )
    first = (YEAR_START.astype("datetime64[M]") + month).astype("datetime64[D]")
    day = rng.integers(0, 28, count)
    order = np.lexsort((day, month))
    date = first + day[order].astype("timedelta64[D]")
    customer = rng.integers(0, size.customers, count)
    amount = np.clip(np.exp(rng.normal(6.2, 1.1, count)) * 100, 500, 5e8).astype(np.int64)
    taxed = customer % 2 == 0
    shipped = rng.random(count) < 0.1
    return Documents(
        customer=customer,
        date=date,
        terms=terms_of[customer],
        amount=amount,
        tax=np.where(taxed, ratio_rounded(amount, 8, 108), BLANK),
        freight=np.where(shipped, ratio_rounded(amount, 1, 20), BLANK),
        text=rng.integers(0, 400, count),
    )


@dataclass(frozen=True)
class Items:
    """What is owed line by line: documents, or their instalments.

    Args:
        document, line: whose line it is.
        customer: of the document.
        due, date: of the line, of the document.
        amount: of the line, minor units.
        window: discount days of the document, -1 where there is none.
        discount: what paying early earns, minor units.
    """

    document: IntArray
    line: IntArray
    customer: IntArray
    due: DateArray
    date: DateArray
    amount: IntArray
    window: IntArray
    discount: IntArray

    def take(self, chosen: IntArray | BoolArray) -> Items:
        """The items that an index or a mask picks."""
        return Items(**{name: getattr(self, name)[chosen] for name in self.__dataclass_fields__})


def make_items(documents: Documents) -> Items:
    """The lines of all documents, in the order of documents and lines."""
    pieces: list[tuple[IntArray, IntArray, DateArray, IntArray]] = []
    window = np.full(len(documents), -1, dtype=np.int64)
    discount = np.zeros(len(documents), dtype=np.int64)
    freight = np.where(documents.freight == BLANK, 0, documents.freight)
    for index, terms in enumerate(TERMS):
        rows = np.flatnonzero(documents.terms == index).astype(np.int64)
        dates, amounts = documents.date[rows], documents.amount[rows]
        if terms.tiers:
            window[rows] = terms.tiers[0].days
            discount[rows] = ratio_rounded(amounts - freight[rows], 2, 100)
        if not terms.parts:
            pieces.append((rows, np.ones(len(rows), np.int64), terms.due_dates(dates), amounts))
            continue
        parts = zip(terms.part_due_dates(dates), terms.part_amounts(amounts, 2), strict=True)
        for number, (due, part) in enumerate(parts, 1):
            pieces.append((rows, np.full(len(rows), number, dtype=np.int64), due, part))
    owners, numbers, dues, split = (list(column) for column in zip(*pieces, strict=True))
    document, line = np.concatenate(owners), np.concatenate(numbers)
    order = np.lexsort((line, document))
    document = document[order]
    return Items(
        document, line[order], documents.customer[document], np.concatenate(dues)[order],
        documents.date[document], np.concatenate(split)[order], window[document],
        discount[document],
    )  # fmt: skip


def _objects(texts: list[str]) -> TextArray:
    out: TextArray = np.empty(len(texts), dtype=object)
    out[:] = texts
    return out
