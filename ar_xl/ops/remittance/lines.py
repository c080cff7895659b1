"""What a remittance advice says about one document, and what its amounts come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from ar_xl.ops.remittance.references import SEVERAL, Deduction


@dataclass
class Line:
    """What the text says about one document, while it is read."""

    text: str
    document: int
    gross: Decimal | None = None
    paid: Decimal | None = None
    discount: Decimal = Decimal(0)
    deductions: list[Deduction] = field(default_factory=list)
    bare: list[Decimal] = field(default_factory=list)
    credit: Decimal | None = None
    later: bool = False  # a line below it deducts something

    @property
    def less(self) -> Decimal:
        """Discount and deductions together."""
        return self.discount + sum((each.amount for each in self.deductions), Decimal(0))


def take_off_later(lines: list[Line], total: Decimal | None) -> None:
    """Take deductions on lines of their own off the amounts above them.

    Args:
        lines: of the documents.
        total: what they should come to; where they do already, nothing is taken off.
    """
    mine = [line for line in lines if line.later and len(line.bare) == 1 and line.gross is None]
    before = sum((line.paid or Decimal(0) for line in lines), Decimal(0))
    if not mine or (total is not None and before == total):
        return
    for line in mine:
        line.gross = line.bare[0]
        line.paid = line.gross - line.less


def once(lines: list[Line], total: Decimal | None) -> list[Line]:
    """Lines that an answered mail repeats count once, unless the total says they come twice."""
    seen: dict[tuple[object, ...], Line] = {}
    for line in lines:
        key = (line.document if line.document >= 0 else line.text, line.paid, line.discount)
        seen.setdefault(key, line)
    if len(seen) == len(lines):
        return lines
    both = sum((line.paid or Decimal(0) for line in lines), Decimal(0))
    return lines if total is not None and both == total else list(seen.values())


def shown_line(line: Line) -> str:
    """A line in words: `INV-9 95.00 less 5.00 Damage`."""
    parts = [line.text if line.document >= 0 else f"{line.text} (unknown)"]
    if line.document == SEVERAL:
        parts = [f"{line.text} (fits several)"]
    if line.paid is not None:
        parts.append(f"{line.paid:,}")
    if line.discount:
        parts.append(f"after discount {line.discount:,}")
    parts += [f"less {each.amount:,} {each.reason}" for each in line.deductions]
    return " ".join(parts)


def settle(line: Line) -> None:
    """Decide what is paid of a document."""
    bare = line.bare
    if line.paid is None and bare:
        line.paid = bare[-1]
        if len(bare) > 1 and line.gross is None:
            line.gross = max(bare)
        if len(bare) == 3 and bare[0] - bare[1] == bare[2] and not line.discount:
            line.discount = bare[1]
    if line.paid is None and line.gross is not None:
        line.paid = line.gross - line.less


def differences(line: Line) -> list[str]:
    """Where the amounts of a document do not add up, in words."""
    if line.paid is None or line.gross is None or line.gross - line.less == line.paid:
        return []
    return [
        f"{line.text}: {line.gross:,} less {line.less:,} is {line.gross - line.less:,}, "
        f"the text says {line.paid:,} is paid"
    ]
