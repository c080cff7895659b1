"""Large XML files of banks: parsed whole before anything of them is believed.

expat reads the file from its first to its last tag and refuses what no bank writes, a document
type above all. What is large in it is then cut out as text (`camt_forms`); the rest is small.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers import expat

from ar_xl.core.findings import Refusal
from ar_xl.imports.bank import statement_codes as codes

_CHUNK = 1 << 18
MOST_TAGS = 1 << 20  # of one piece (all headers, a payment); honest ones have some hundreds
_UNPRINTABLE = bytes((*range(9), 11, 12, *range(14, 32)))
_ONE_BY_ONE = tuple(bytes((each,)) for each in _UNPRINTABLE)
_BLANKED = bytes.maketrans(_UNPRINTABLE, b" " * len(_UNPRINTABLE))
_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.\-]+)""")
_TEXT_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]*\?>")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class UnusualError(Exception):
    """The text of a file cannot be cut at its tags as it stands."""


def opening(content: bytes, roots: frozenset[str], name: str) -> tuple[str, str]:
    """Parse a file whole, and tell the first element that has one of some names.

    Args:
        content: the file.
        roots: names that tell what the file is; prefix and namespace do not count.
        name: of the file, for messages.

    Returns:
        Its name, and the prefix that it has in the file, `ns2:` or "". A document type, a file
        that is not whole, and one without any of the names are refused.
    """
    found: list[str] = []
    parser = expat.ParserCreate()

    def begin(tag: str, _: dict[str, str]) -> None:
        if tag.rpartition(":")[2] in roots:
            found.append(tag)
            parser.StartElementHandler = None

    def refuse(*_: Any) -> NoReturn:
        raise Refusal(codes.XML_HOSTILE, f"{name}: the file declares a document type.")

    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise _broken(name, error.lineno, str(error)) from None
    except (ValueError, LookupError):
        raise _broken(name, 1, "an encoding that is not known") from None
    if not found:
        raise Refusal(codes.NO_STATEMENT, f"{name}: the file has no statement in it.")
    local = found[0].rpartition(":")[2]
    return local, found[0].removesuffix(local)


def handled(
    content: bytes,
    begin: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Hand every tag and text of a file that `opening` has parsed to functions, in its order."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = text
    parser.Parse(content, True)


def text_of(content: bytes) -> str:
    """The text of a file that `opening` has parsed, without its declaration."""
    if content.startswith(_WIDE):
        text = content.decode(
            "utf-16" if content[:1] in b"\xff\xfe" else _wide_without_mark(content)
        )
    else:
        declared = _DECLARED.match(content)
        text = content.decode(declared[1].decode("ascii") if declared else "utf-8", "replace")
    return _TEXT_DECLARATION.sub("", text.removeprefix("\ufeff"))


def _wide_without_mark(content: bytes) -> str:
    return "utf-16-le" if content[:1] == b"<" else "utf-16-be"


def ends(text: str, wanted: frozenset[str], name: str) -> Iterator[Element]:
    """Elements as they end, in the order of the file; the caller empties them.

    Args:
        text: of a file that `opening` has parsed, without its declaration; what is large in it
            was cut out.
        wanted: names without a namespace.
        name: of the file, for messages.
    """
    if text.count("<") > MOST_TAGS:
        seen = f"{name}: the file has more than {MOST_TAGS:,} tags outside of its entries."
        raise Refusal(codes.XML_HOSTILE, seen)
    parser: XMLPullParser[Any] = XMLPullParser(("end",))
    try:
        for at in range(0, len(text), _CHUNK):
            parser.feed(text[at : at + _CHUNK])
            for element in _ended(parser):
                element.tag = element.tag.rpartition("}")[2]
                if element.tag in wanted:
                    yield element
    except ParseError:
        raise UnusualError from None


def _ended(parser: XMLPullParser[Any]) -> Iterator[Element]:
    return map(_element, parser.read_events())


_element: Callable[[Any], Element] = itemgetter(1)


def _broken(name: str, line: int, error: str) -> Refusal:
    words = error.partition(":")[0]
    return Refusal(
        codes.XML_BROKEN, f"{name}: the file is damaged or cut off at line {line:,} ({words})."
    )


def mended(content: bytes) -> tuple[bytes, str]:
    """The file as expat can read it, where only its letters stand in the way.

    Some banks write control characters into texts, or Latin letters under the name of UTF-8.

    Returns:
        The content, and what was done to it in words; "" where nothing was.
    """
    if content.startswith(_WIDE):
        return content, ""
    if content[-1:] in (b"\0", b"\x1a"):  # what some programs put behind a file
        content = content.rstrip(b"\x00\x1a \t\r\n")
    said = ""
    if any(content.find(each) >= 0 for each in _ONE_BY_ONE):
        content = content.translate(_BLANKED)
        said = "Characters that cannot be printed were read as blanks."
    declared = content[:200].lower()
    if b"encoding" in declared.partition(b"?>")[0] and b"utf-8" not in declared:
        return content, said
    if content.isascii():
        return content, said
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = _DECLARATION.sub(b"", content).decode("cp1252", "replace")
        return text.encode("utf-8"), "It is not UTF-8 as it says: it was read as Windows-1252."
    return content, said
