"""The bank formats that can be read, in the order in which they are tried."""

from __future__ import annotations

from typing import Protocol

from ar_xl.imports.bank import bai2, camt, mt940, nacha, ofx, qif
from ar_xl.imports.bank.parts import BankFile, BankOptions, Source
from ar_xl.imports.bank.tables import bankcsv

HEAD = 1 << 16  # bytes that have to tell what a file is


class Format(Protocol):
    """A module that reads one format."""

    NAME: str

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins so is of this format."""

    def read(self, source: Source, asked: BankOptions) -> BankFile:
        """Read a whole file; refuses one that is not what it began as."""


FORMATS: tuple[Format, ...] = (camt, ofx, qif, mt940, bai2, nacha, bankcsv)


def recognised(content: bytes, formats: tuple[Format, ...] = FORMATS) -> Format | None:
    """The format of a file, by its bytes; None where it is none of them."""
    head = content[:HEAD]
    return next((each for each in formats if each.recognises(head)), None)
