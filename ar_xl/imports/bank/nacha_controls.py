"""What ACH batches and files state about themselves, and what they hold: counts, hash, totals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ar_xl.imports.bank.nacha_records import AchFile, Batch, Entry
from ar_xl.imports.bank.parts import Control

ADVICE = "ADV"  # accounting entries between banks; their amounts and totals are wider
_HASH = 10**10


class Totals(NamedTuple):
    """Entries and addenda counted, routing numbers added, debits and credits in cents."""

    number: int = 0
    routing: int = 0
    debits: int = 0
    credits: int = 0

    def plus(self, other: Totals) -> Totals:
        """Both together."""
        return Totals(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def is_credit(code: str) -> bool:
    """Whether a transaction code is of a credit: 2x to 5x by their last digit, 8x by parity."""
    if code[:1] == "8":
        return code[1:] in "1357"
    return code[1:] in ("0", "1", "2", "3", "4")


def cents_of(entry: Entry, batch: Batch) -> int | None:
    """The amount of an entry in cents; None where it cannot be read."""
    text = entry.line[27:39] if batch.kind == ADVICE else entry.line[29:39]
    return int(text) if text.isdigit() and text.isascii() else None


def totals_of(batch: Batch) -> Totals:
    """What a batch holds."""
    found = Totals()
    for entry in batch.entries:
        cents = cents_of(entry, batch) or 0
        credit = is_credit(entry.line[1:3])
        routing = entry.line[3:11]
        found = found.plus(
            Totals(1 + len(entry.addenda), int(routing) if _digits(routing) else 0,
                   0 if credit else cents, cents if credit else 0)
        )  # fmt: skip
    return found


def batch_controls(batch: Batch, at: int) -> Iterator[Control]:
    """The control record of a batch beside what it holds.

    Args:
        batch: its entries.
        at: its number in the file, from 1.
    """
    if not batch.control:
        if batch.header:
            yield Control(f"control of batch {at} (record 8)", "1", "0")
        return
    wide = batch.kind == ADVICE
    line = batch.control
    stated = (line[4:10], line[10:20], *((line[20:40], line[40:60]) if wide
                                         else (line[20:32], line[32:44])))  # fmt: skip
    yield from _compared(stated, totals_of(batch), f"batch {at}")


def file_controls(file: AchFile) -> Iterator[Control]:
    """The control record of a file beside what it holds."""
    if not file.control:
        if file.header:
            yield Control("control of the file (record 9): without one it is cut short", "1", "0")
        return
    line = file.control
    wide = any(batch.kind == ADVICE for batch in file.batches)
    stated = (line[13:21], line[21:31], *((line[31:51], line[51:71]) if wide
                                          else (line[31:43], line[43:55])))  # fmt: skip
    found = Totals()
    for batch in file.batches:
        found = found.plus(totals_of(batch))
    yield Control("number of batches of the file", _plain(line[1:7]), str(len(file.batches)))
    yield from _compared(stated, found, "the file")


def _compared(stated: tuple[str, ...], found: Totals, where: str) -> Iterator[Control]:
    names = ("number of entries and addenda", "sum of routing numbers", "debits", "credits")
    texts = (
        str(found.number),
        str(found.routing % _HASH),
        money(found.debits),
        money(found.credits),
    )
    for at, (name, told, text) in enumerate(zip(names, stated, texts, strict=True)):
        plain = money(int(told)) if at > 1 and _digits(told) else _plain(told)
        yield Control(f"{name} of {where}", plain, text)


def _plain(text: str) -> str:
    return str(int(text)) if _digits(text) else text.strip() or "nothing"


def _digits(text: str) -> bool:
    return text.isdigit() and text.isascii()


def money(cents: int) -> str:
    """Cents as plain decimal text, `1234.56`."""
    return f"{cents // 100}.{cents % 100:02d}"
