"""What holds for every batch of money, whatever it is."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.core.ledger import Ledger
from ar_xl.ops.matching.parts import Incoming, Proposals, from_bank_lines
from ar_xl.ops.matching.propose import propose
from tests.ledger_text import ledger

TODAY = date(2026, 2, 28)
PAYERS = ("Acme Freight", "ACME", "Bolt & Nut GmbH", "Somebody", "")
AMOUNTS = ("100.00", "250.00", "98.00", "350.00", "60.00", "40.00", "200.00", "735.50")
NUMBERS = ("INV-1001", "1002", "INV-1O03", "2026/17", "nothing", "INV-1001 INV-1002", "7")


def books(seed: int) -> tuple[Ledger, Incoming]:
    """A few invoices of few amounts, and lines that want them again and again."""
    chance = random.Random(seed)
    invoices = [
        f"{number} | {chance.choice(('ACME', 'BOLT'))} | 2026-01-{chance.randrange(1, 28):02d} | "
        f"{chance.choice(AMOUNTS)} | {chance.choice(('', '2/10 Net 30'))}"
        for number in ("INV-1001", "INV-1002", "INV-1003", "INV-1004", "2026-017", "INV-7")
    ]
    lines = [
        f"BL-{at} | 2026-02-{chance.randrange(1, 28):02d} | Payment | USD | "
        f"{chance.choice(AMOUNTS)} | {chance.choice(PAYERS)} | {chance.choice(NUMBERS)}"
        for at in range(8)
    ]
    text = "\n".join(
        ["Customers", "Customer ID | Name", "ACME | Acme Freight Ltd", "BOLT | Bolt & Nut GmbH", "",
         "Invoices (posted)", "Invoice No | Customer ID | Invoice Date | Amount | Terms", *invoices,
         "", "BankLines", "Line ID | Date | Kind | Currency | Amount | Payer | Text", *lines]
    )  # fmt: skip
    book = ledger(text)
    return book, from_bank_lines(book.posted("BankLines"))


def shown(answer: Proposals) -> dict[str, tuple[object, ...]]:
    """The proposals by line."""
    columns = (answer.customer_id, answer.documents, answer.bank_fee, answer.confidence,
               answer.rule, answer.why, answer.alternatives, answer.auto)  # fmt: skip
    return dict(zip(answer.line_id.tolist(), zip(*columns, strict=True), strict=True))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_proposals_never_pay_more_than_is_open(seed: int) -> None:
    book, money = books(seed)
    invoices = book.posted("Invoices")
    left = dict(zip(invoices.text("invoice_no"), invoices.ints("amount").tolist(), strict=True))
    texts = "; ".join(text for text in propose(book, money, TODAY).documents if text)
    named = [part.partition(" ")[::2] for part in texts.split("; ") if part]
    for number, amount in sorted(named, key=lambda pair: pair[1] == ""):
        # what is named without an amount pays all that parts leave, which must be something
        left[number] -= int(Decimal(amount) * 100) if amount else max(left[number], 1)
    assert min(left.values()) >= 0, left


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_nothing(seed: int, chance: random.Random) -> None:
    book, money = books(seed)
    order = list(range(len(money)))
    chance.shuffle(order)
    mixed = money.take(np.array(order))
    assert shown(propose(book, mixed, TODAY)) == shown(propose(book, money, TODAY))


@pytest.mark.parametrize("seed", range(3))
def test_only_what_is_sure_and_pays_something_is_accepted(seed: int) -> None:
    book, money = books(seed)
    answer = propose(book, money, TODAY)
    assert bool((answer.confidence[answer.auto] >= 99).all())
    assert bool((answer.documents[answer.auto] != "").all())
