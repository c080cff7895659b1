"""The hardest lines for matching: books and texts made to cost time, one line at a time.

Customers with 5,000 open documents (equal amounts, powers of two, round ones), numbers of which
a hundred mean the same, and texts of 10,000 characters full of numbers.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import timedelta

from ar_xl.core.ledger import Ledger
from ar_xl.ops.matching.parts import Incoming
from ar_xl.ops.matching.propose import propose
from bench.tables import show
from proofs.matching.book import TODAY, Customer, Invoice, World, ledger_of
from proofs.matching.lines import Line

LIMIT = 50  # milliseconds of processor time that one line may take
_LENGTH = 10_000
_AMOUNTS = (10_000, 123_457, 9_999_999_999, 30_000, 19_600, 700)
Money = Callable[[list[Line]], Incoming]


def hardest(money_of: Money) -> bool:
    """Print the hardest lines; whether none takes longer than the limit."""
    chance = random.Random(5)
    found: list[tuple[float, str]] = []
    for name, ledger in _books(chance).items():
        empty = _seconds(ledger, [], money_of)
        for text_name, text in _texts(chance).items():
            for payer in ("Big Customer", "Head Holding", "Nobody Known", ""):
                lines = [Line("", amount, payer, text, TODAY) for amount in _AMOUNTS]
                took = (_seconds(ledger, lines, money_of) - empty) / len(lines)
                found.append((took * 1000, f"{name}; {text_name}; `{payer}`"))
    found.sort(reverse=True)
    rows = [[words, took] for took, words in found[:8]]
    show("Hardest lines, processor time a line", ["Book; text; payer", "ms"], rows)
    return found[0][0] <= LIMIT


def _seconds(ledger: Ledger, lines: list[Line], money_of: Money) -> float:
    money = money_of(lines)
    began = time.process_time()
    propose(ledger, money, TODAY)
    return time.process_time() - began


def _books(chance: random.Random) -> dict[str, Ledger]:
    numbers: dict[str, Callable[[int], str]] = {
        "plain": lambda at: f"INV-{10_000 + at:06d}",
        "years": lambda at: f"{2000 + at % 25}-{at // 25:04d}",
        "one core": lambda at: f"A{at}-100",
    }
    amounts: dict[str, Callable[[int], int]] = {
        "equal": lambda at: 10_000,
        "powers": lambda at: (1 << at % 20) * 3 + 1,
        "round": lambda at: chance.randrange(1, 40) * 5_000,
        "any": lambda at: chance.randrange(1_000, 10**6),
    }
    pairs = (("plain", "equal"), ("plain", "powers"), ("plain", "any"), ("years", "round"),
             ("one core", "any"))  # fmt: skip
    return {
        f"{number}, {amount}": _book(chance, numbers[number], amounts[amount])
        for number, amount in pairs
    }


def _book(
    chance: random.Random, number: Callable[[int], str], amount: Callable[[int], int]
) -> Ledger:
    world = World(chance)
    world.customers = [Customer("C1", "Big Customer Ltd"), Customer("HEAD", "Head Holding")]
    world.customers += [Customer(f"K{at}", f"Kid {at} Ltd", parent="HEAD") for at in range(200)]
    for at in range(5_000):
        owner = "C1" if at % 3 else world.customers[1 + at % 201].number
        day = TODAY - timedelta(days=60 - at % 50)
        world.invoices.append(Invoice(number(at), owner, day, amount(at), at % 2 == 0))
    return ledger_of(world)


def _texts(chance: random.Random) -> dict[str, str]:
    return {
        "digits": " ".join(str(chance.randrange(10**4, 10**5)) for _ in range(1_700))[:_LENGTH],
        "joined": "-".join(str(at) for at in range(10_000, 11_700))[:_LENGTH],
        "named": " ".join(f"INV-{10_000 + 3 * at + 1:06d}" for at in range(60)),
        "short": ("1 " * 5_000)[:_LENGTH],
        "references": ("RF18 " + "5390 0754 7034 " * 800)[:_LENGTH],
        "one number": "9" * _LENGTH,
    }
