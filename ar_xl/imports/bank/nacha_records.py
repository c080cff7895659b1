"""An ACH file as batches of entries: 94 columns a line, read by bytes.

Lines whose trailing blanks were cut are filled up; a file without line ends is cut every 94 bytes.
Source: Nacha Operating Rules & Guidelines 2024, appendices one to three (record formats).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

WIDTH = 94
FILLER = "9" * 10
_TYPES = frozenset("156879")


@dataclass
class Entry:
    """An entry (record 6) and its addenda (records 7).

    Args:
        line: 94 characters.
        number: its line in the file.
        addenda: 94 characters each.
    """

    line: str
    number: int
    addenda: list[str] = field(default_factory=list)

    def addendum(self, kind: str) -> str:
        """The addendum of a type, `99`; "" where there is none."""
        return next((each for each in self.addenda if each[1:3] == kind), "")


@dataclass
class Batch:
    """A batch: header (record 5), entries, control (record 8); each "" where it is missing."""

    header: str = ""
    number: int = 0
    entries: list[Entry] = field(default_factory=list)
    control: str = ""

    @property
    def kind(self) -> str:
        """The standard entry class, `PPD`."""
        return self.header[50:53].strip()

    @property
    def company(self) -> str:
        """Name of the company that originated it."""
        return "" if self.kind == "IAT" else self.header[4:20].strip()

    @property
    def company_id(self) -> str:
        """Its identification."""
        return self.header[40:50].strip()

    @property
    def description(self) -> str:
        """What it calls the entries, `PAYROLL`."""
        return self.header[53:63].strip()


@dataclass
class AchFile:
    """A whole file: header (record 1), batches, control (record 9), lines that are no record."""

    header: str = ""
    batches: list[Batch] = field(default_factory=list)
    control: str = ""
    odd: list[tuple[int, str]] = field(default_factory=list)


def ach_file(content: bytes) -> AchFile:
    """Take a file apart. Entries without a batch header stand in a batch of their own."""
    file = AchFile()
    open_ = False  # whether records belong to the last batch
    for number, line in _lines(content):
        kind = line[0]
        if kind == "5":
            file.batches.append(Batch(line, number))
            open_ = True
        elif kind == "6":
            if not open_:
                file.batches.append(Batch(number=number))
                open_ = True
            file.batches[-1].entries.append(Entry(line, number))
        elif kind == "7" and open_ and file.batches[-1].entries:
            file.batches[-1].entries[-1].addenda.append(line)
        elif kind == "8" and file.batches:
            file.batches[-1].control = line
            open_ = False
        elif kind == "1":
            file.header = file.header or line
        elif kind == "9":
            if not line.startswith(FILLER) and not file.control:
                file.control = line
        else:
            file.odd.append((number, line.strip()))
    return file


def _lines(content: bytes) -> Iterator[tuple[int, str]]:
    """The lines, filled up to 94 characters, with their numbers."""
    for number, raw in enumerate(content.replace(b"\r", b"\n").split(b"\n"), 1):
        stripped = raw.rstrip(b" \t\x1a\x00")
        if not stripped:
            continue
        if len(stripped) > WIDTH and len(raw) >= 2 * WIDTH:
            # Without line ends: every 94 bytes are a record.
            for at in range(0, len(raw), WIDTH):
                piece = raw[at : at + WIDTH].decode("latin-1")
                if piece.strip():
                    yield number, piece.ljust(WIDTH)
            continue
        yield number, _text(stripped).ljust(WIDTH)


def _text(line: bytes) -> str:
    """One character a column: a byte each, unless the line is too long for that and is UTF-8."""
    if len(line) > WIDTH:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return line.decode("latin-1")


def has_records(content: bytes) -> bool:
    """Whether the first lines have the shape of ACH records.

    Args:
        content: the beginning of a file.
    """
    lines = [line for _, line in _lines(content[: 40 * WIDTH])]
    first = lines[0] if lines else ""
    if first[0:1] not in _TYPES:
        return False
    if first.startswith("101") and "0941" in first[32:40]:
        return True
    if first[0] == "5" and first[1:4] in ("200", "220", "225", "280") and first[50:53].isalpha():
        return True
    entry = next((line for line in lines[:3] if line[0] == "6"), "")
    digits = entry[1:12] + entry[29:39]
    return digits.isdigit() and len(digits) == 21 and any(line[0] in "78" for line in lines)
