"""A SWIFT message as fields: `:61:2601050105C12,50NTRF...` and the lines that belong to it.

Banks wrap texts wherever 65 characters are full, so a line of a text may look like a field
(`:26:37 h`), and some put the end mark of a message into a text. Which tags can follow which
decides.
Source: SWIFT Standards MT, category 9 (November 2023), messages 940 and 942.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

_TAG = re.compile(r":(\d\d[A-Z]?|NS):")
_TAGS = frozenset(
    ("20", "21", "25", "25P", "28", "28C", "34F", "13", "13D", "60F", "60M", "61", "86", "62F",
     "62M", "64", "65", "90C", "90D", "NS")
)  # fmt: skip
# What can stand behind a line of the statement; other tags there are wrapped text.
_BEHIND_A_LINE = frozenset(("61", "86", "62F", "62M", "64", "65", "90C", "90D", "60F", "60M", "NS"))
_BEGINS = frozenset(("20",))
_BEHIND_20 = (":21:", ":25:", ":25P:", ":28:", ":28C:", ":60F:", ":60M:", ":NS:", ":34F:", ":13D:")
_END = re.compile(r"-(?:\}.*|XXX|[^\w\s]?)\s*$")
_LINES = re.compile(r"\r*\n|\r")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TYPE = re.compile(r"\{2:[IO](94\d)")
_GLUED = re.compile(r"(\{4:)[ \t]*(?=:\d\d[A-Z]?:)")


class Field(NamedTuple):
    """One field.

    Args:
        tag: `61`.
        lines: its text, line by line, as the file has them.
        number: the line of the file it begins on.
        message: how many messages began before it, its own included.
    """

    tag: str
    lines: list[str]
    number: int
    message: int


def _odd_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as the code page of Windows: banks mix both in one file."""
    assert isinstance(error, UnicodeDecodeError)
    odd = error.object[error.start : error.end]
    return odd.decode("cp1252", "ignore") or odd.decode("latin-1"), error.end


codecs.register_error("ar_xl_cp1252", _odd_bytes)


def decoded(content: bytes) -> str:
    """The text of a bank file: UTF-8, UTF-16 by its mark, and single bytes as in Windows."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    return content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "ar_xl_cp1252")


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them, without characters that cannot be seen."""
    if _UNSEEN.search(text):
        text = _UNSEEN.sub("", text)
    return _LINES.split(_GLUED.sub("\\1\n", text))


def message_types(text: str) -> set[str]:
    """The message types that the envelopes name: `940`, `942`."""
    return set(_TYPE.findall(text))


def fields(lines: list[str]) -> Iterator[Field]:
    """Take the fields of all messages of a file.

    Args:
        lines: of the file; what stands outside of fields (envelopes, headers) is left out.
    """
    current: Field | None = None
    message = 0
    closed = True
    for number, line in enumerate(lines, 1):
        first = line[:1]
        if first == ":":
            found = _TAG.match(line)
            tag = found[1] if found else ""
            if tag in _TAGS and _can_stand(tag, current, closed, lines, number):
                if current is not None:
                    yield current
                if tag in _BEGINS:
                    message += 1
                    closed = False
                elif tag.startswith("62"):
                    closed = True
                current = Field(tag, [line[len(tag) + 2 :]], number, message)
                continue
        elif first == "-" or first == "{":
            text_goes_on = current is not None and current.tag in ("86", "61") and not closed
            if (first == "{" or _END.match(line)) and not text_goes_on:
                if current is not None:
                    yield current
                current = None
                continue
        if current is not None:
            current.lines.append(line)
    if current is not None:
        yield current


def _can_stand(
    tag: str, current: Field | None, closed: bool, lines: list[str], number: int
) -> bool:
    """Whether a tag at the start of a line is one, and no text that was wrapped there."""
    if closed or current is None or tag in _BEHIND_A_LINE:
        return True
    if current.tag not in ("61", "86", "NS"):
        return True
    behind = next((each for each in lines[number : number + 3] if each.strip()), "")
    return tag == "20" and behind.startswith(_BEHIND_20)
