"""Large XML files an element at a time, and a refusal of what no bank writes.

The file is parsed as a whole by expat, so that what is taken from it is what any other reader
sees; but only the elements asked for are handed out, and the caller empties them, so that memory
does not grow with the file.
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

HEAD = 1 << 20  # bytes in which the element that tells the kind of a file has to begin
_CHUNK = 1 << 18
_MOST_TAGS = 1 << 20  # that one piece (a header, a payment) may have; honest ones have a hundred
_UNPRINTABLE = bytes((*range(9), 11, 12, *range(14, 32)))
_ONE_BY_ONE = tuple(bytes((each,)) for each in _UNPRINTABLE)
_BLANKED = bytes.maketrans(_UNPRINTABLE, b" " * len(_UNPRINTABLE))
_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]*\?>")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class _FoundError(Exception):
    """The element was found: expat is left by an exception."""


def opening(content: bytes, roots: frozenset[str], name: str) -> tuple[str, str]:
    """The first element of a file that has one of some names, prefix and namespace aside.

    Args:
        content: the file.
        roots: names that tell what the file is.
        name: of the file, for messages.

    Returns:
        Its name, and its namespace as `{urn:...}`, "" without one.
        A document type, which can stand only before all elements, and a head without any of the
        names are refused.
    """
    found: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def begin(tag: str, _: dict[str, str]) -> None:
        if tag.rpartition("}")[2] in roots:
            found.append(tag)
            raise _FoundError

    def refuse(*_: Any) -> NoReturn:
        seen = f"{name}: the file declares a document type."
        raise Refusal(codes.XML_HOSTILE, seen)

    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content[:HEAD], len(content) <= HEAD)
    except _FoundError:
        space, _, local = found[0].rpartition("}")
        return local, f"{{{space}}}" if space else ""
    except expat.ExpatError as error:
        raise _broken(name, error.lineno, str(error)) from None
    except (ValueError, LookupError):
        raise _broken(name, 1, "an encoding that is not known") from None
    raise Refusal(codes.NO_STATEMENT, f"{name}: the file has no statement in it.")


def ends(content: bytes, wanted: frozenset[str], name: str) -> Iterator[Element]:
    """Elements as they end, in the order of the file; the caller empties them.

    Args:
        content: the file; `opening` has found no document type in it.
        wanted: names with their namespace.
        name: of the file, for messages.
    """
    parser: XMLPullParser[Any] = XMLPullParser(("end",))
    since = 0
    try:
        for at in range(0, len(content), _CHUNK):
            chunk = content[at : at + _CHUNK]
            since += chunk.count(b"<")
            parser.feed(chunk)
            for element in _ended(parser):
                if element.tag in wanted:
                    since = 0
                    yield element
            if since > _MOST_TAGS:
                seen = f"{name}: the file has more than {_MOST_TAGS:,} tags in one piece."
                raise Refusal(codes.XML_HOSTILE, seen)
        parser.close()
        yield from (element for element in _ended(parser) if element.tag in wanted)
    except ParseError as error:
        raise _broken(name, error.position[0], str(error)) from None
    except (ValueError, LookupError):
        raise _broken(name, 1, "an encoding that is not known") from None


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
    content = content.rstrip(b"\x00\x1a \t\r\n")  # what terminals put behind a file
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
