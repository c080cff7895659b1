"""The records of a QIF file: sections that begin with `!`, records that end with `^`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(r"^!([^\n]*)$", re.MULTILINE)
_RECORD_END = re.compile(r"^\^[ \t]*$", re.MULTILINE)
_SHORT_YEAR = re.compile(r"'\s*(\d{1,2})$")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Record:
    """One record.

    Args:
        heading: of its section in small letters without `!`: `type:bank`, `account`.
        fields: the lines by their first letter; the first one where there are several.
        more: lines of address, splits and their remarks, in the order of the file.
        line: of the file where it begins.
        is_whole: it has its end.
    """

    heading: str
    fields: dict[str, str]
    more: tuple[tuple[str, str], ...]
    line: int
    is_whole: bool


_SEVERAL = frozenset("ASE$%F")


def records(text: str) -> Iterator[Record]:
    """The records of a file whose lines end with a line feed."""
    starts = list(_HEADING.finditer(text))
    line, before = 1, 0
    for found, following in zip(starts, [*starts[1:], None], strict=True):
        heading = " ".join(found[1].split()).casefold()
        at, end = found.end(), following.start() if following else len(text)
        for stop in (*_RECORD_END.finditer(text, at, end), None):
            part = text[at : stop.start() if stop else end]
            record = _record(heading, part, stop is not None)
            if record is not None:
                skipped = len(part) - len(part.lstrip())
                line += text.count("\n", before, at + skipped)
                before = at + skipped
                yield Record(heading, record[0], record[1], line, stop is not None)
            at = stop.end() if stop else end


def _record(
    heading: str, part: str, is_whole: bool
) -> tuple[dict[str, str], tuple[tuple[str, str], ...]] | None:
    fields: dict[str, str] = {}
    more: list[tuple[str, str]] = []
    for each in part.split("\n"):
        letter, told = each[:1], each[1:].strip()
        if not letter or letter in "# \t":
            continue
        if letter in _SEVERAL and heading != "account":
            more.append((letter, told))
        else:
            fields.setdefault(letter, told)
    return (fields, tuple(more)) if any(fields.values()) or more else None


def day_text(told: str) -> str:
    """A date as Quicken writes it, as others do: `2/ 1'05` is 2/1/2005."""
    plain = _BLANK.sub("", told)
    return _SHORT_YEAR.sub(lambda found: f"/20{int(found[1]):02d}", plain).replace("'", "/")
