"""Parsing the small XML parts of a package, and refusing what no honest part contains."""

from __future__ import annotations

import codecs
import re
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ar_xl.xlfile.errors import DamagedWorkbook, HostileWorkbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/"
OFFICE_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

# A tree takes about eight times its text; larger parts are streamed.
MAX_TREE_BYTES = 24 << 20
MAX_TREE_TAGS = 1 << 18  # a workbook of 100,000 names has 200,000; each element takes 300 bytes
PROLOG_BYTES = 1 << 16  # of a part, that are looked at before it is parsed

_DECLARATION_BYTES = 1 << 10
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._\-]+)["']""")


def encoding_of(head: bytes, part: str) -> str:
    """The encoding of an XML part, "utf-8" or "utf-16", from its first bytes.

    Args:
        head: the first kilobyte or more of the part.
        part: its name, for the message.

    Raises:
        HostileWorkbook: any other encoding is named. Excel writes UTF-8 alone; other encodings
            have only been used to hide declarations from checks.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head[:2] in (b"<\0", b"\0<"):
        return "utf-16"
    plain = head.removeprefix(codecs.BOM_UTF8)
    declared = _DECLARED.match(plain)
    start = plain[:_DECLARATION_BYTES]
    if start.startswith(b"<?xml") and b"?>" not in start and len(start) == _DECLARATION_BYTES:
        raise HostileWorkbook(f"the part {part} has no end to its XML declaration")
    name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    if name not in ("utf-8", "utf8", "us-ascii", "ascii"):
        raise HostileWorkbook(f"the part {part} is written in the encoding {name}")
    return "utf-8"


_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FIRST = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s/>]")
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)


def check_prolog(head: bytes, part: str, root: str) -> None:
    """Refuse a part that declares a document type before its first element.

    A declaration can stand nowhere else, so that the head of a part is enough to know.

    Args:
        head: the first `PROLOG_BYTES` of the part, or all of it.
        part: its name, for the message.
        root: the name that its first element must have.

    Raises:
        HostileWorkbook: it does, or its encoding is not one Excel writes, or nothing begins in
            the head.
        DamagedWorkbook: it begins with another element.
    """
    encoding = encoding_of(head, part)
    if encoding == "utf-16" and head.startswith(b"<\0"):
        encoding = "utf-16-le"
    elif encoding == "utf-16" and head.startswith(b"\0<"):
        encoding = "utf-16-be"
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    prolog = _PROLOG.match(text)
    assert prolog is not None
    if text.startswith("<!", prolog.end()):
        raise HostileWorkbook(f"the part {part} declares a document type")
    if prolog.end() == len(text) and len(head) >= PROLOG_BYTES:
        raise HostileWorkbook(f"the part {part} does not begin within {PROLOG_BYTES >> 10} KB")
    first = _FIRST.match(text, prolog.end())
    if first and first[1] != root:
        raise DamagedWorkbook(f"the part {part} begins as a {first[1][:40]}, not a {root}")


def check_tree_size(size: int, part: str) -> None:
    """Refuse a part that is small in every honest workbook and is not here."""
    if size > MAX_TREE_BYTES:
        raise HostileWorkbook(f"the part {part} is larger than {MAX_TREE_BYTES >> 20} MB")


def parse_small(content: bytes, part: str) -> Element:
    """The tree of a part that is small in every honest workbook.

    Raises:
        HostileWorkbook: a document type or entity is declared, or the part is absurdly large.
        DamagedWorkbook: it is not well-formed.
    """
    check_tree_size(len(content), part)
    if content.count(b"<") > 2 * MAX_TREE_TAGS:
        raise HostileWorkbook(f"the part {part} has more than {MAX_TREE_TAGS:,} elements")
    encoding_of(content, part)
    try:
        return fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise HostileWorkbook(f"the part {part} declares a document type") from None
    except (ParseError, ValueError, LookupError):
        raise DamagedWorkbook(f"the part {part} is not well-formed") from None


def new_parser(part: str) -> expat.XMLParserType:
    """A streaming parser whose names are "namespace}name", and that refuses declarations.

    Text comes in as few pieces as its buffer allows.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16

    def refuse(*_: Any) -> NoReturn:
        raise HostileWorkbook(f"the part {part} declares a document type")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    return parser


def feed(parser: expat.XMLParserType, chunk: bytes, part: str, final: bool = False) -> None:
    """Parse the next piece of a part; what is not well-formed is a DamagedWorkbook."""
    try:
        parser.Parse(chunk, final)
    except expat.ExpatError as error:
        raise DamagedWorkbook(f"the part {part} is not well-formed ({error})") from None
    except (ValueError, LookupError):  # of an encoding that the parser does not know
        raise DamagedWorkbook(f"the part {part} is not well-formed") from None


def attribute(name: str, element: Element, default: int) -> int:
    """A whole-number attribute of `element`, `default` where it is missing or no number."""
    number = whole(element.get(name, ""))
    return default if number is None else number


def whole(text: str) -> int | None:
    """The whole number of up to ten digits that `text` is, or None."""
    return int(text) if re.fullmatch("[0-9]{1,10}", text) else None


def truth(text: str | None, default: bool = False) -> bool:
    """What an xsd:boolean attribute says; `default` where it is missing."""
    return default if text is None else text.strip() in ("1", "true", "on")


def unescaped(text: str) -> str:
    """`text` with its "_x000D_" escapes made the characters that XML could not hold."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if _SURROGATE.search(text):  # two escaped halves are one character again
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text
