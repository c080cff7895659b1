"""A BAI2 file as records: cut at `/`, not at line ends, with its continuations (88) put together.

Source: BAI, "Cash Management Balance Reporting Specifications, Version 2", chapter 2: a record
ends with `/`; a text field may hold commas and slashes and ends with the physical record. Some
banks put several records on one line, some leave the `/` out, some wrap a text without an 88.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# A record can begin behind a slash; in a text, only what has the shape of a record is one.
_SHAPES = (
    r"01,[^,/]*,[^,/]*,\d{6},|02,[^,/]*,[^,/]*,[1-4],\d{6},|03,[^,/]*,[A-Z]{0,3},"
    r"|16,\d{3},[-+]?\d*,|49,[-+]?\d+,\d+[ \t]*(?:/|$)|9[89],[-+]?\d+,\d+,\d+"
)
# Behind blanks, or in a file without line ends, `88,` goes on; in a text `3/88,50` is words.
_WITHIN = re.compile(rf"/(?:[ \t]*(?={_SHAPES})|[ \t]+(?=88,))")
_WITHIN_ONE_LINE = re.compile(rf"/[ \t]*(?={_SHAPES}|88,)")
_BEGINS = re.compile(r"[ \t]*(01|02|03|16|49|88|98|99),")


@dataclass
class Record:
    """One record, with the continuations that belong to it.

    Args:
        code: `16`.
        body: what stands behind the code, without the closing slash.
        number: the line of the file it begins on.
        more: the bodies of its continuations.
    """

    code: str
    body: str
    number: int
    more: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many physical records it is, as trailers count them."""
        return 1 + len(self.more)

    def fields(self) -> list[str]:
        """The fields of its own body, without blanks around them."""
        return [each.strip() for each in self.body.split(",")]


def records(lines: list[str]) -> Iterator[Record]:
    """Take the records of a file.

    Args:
        lines: of the file, without characters that cannot be seen.
    """
    current: Record | None = None
    within = _WITHIN if sum(1 for line in lines if line) > 1 else _WITHIN_ONE_LINE
    for number, line in enumerate(lines, 1):
        if not line or line.isspace():
            continue
        pieces = within.split(line) if "/" in line[:-1] else [line]
        for piece in pieces:
            found = _BEGINS.match(piece)
            if found is None:
                if current is not None:
                    _go_on(current, piece)
                continue
            body = _body(piece[found.end() :])
            if found[1] == "88" and current is not None:
                current.more.append(body)
                continue
            if current is not None:
                yield current
            current = Record(found[1], body, number)
    if current is not None:
        yield current


def _body(text: str) -> str:
    return text.rstrip().removesuffix("/")


def _go_on(record: Record, piece: str) -> None:
    """Put a line that is no record to the text it was wrapped from."""
    wrapped = _body(piece).strip()
    if record.more:
        record.more[-1] = f"{record.more[-1]} {wrapped}"
    else:
        record.body = f"{record.body} {wrapped}"
