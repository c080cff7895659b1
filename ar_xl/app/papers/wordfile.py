"""A Word file of somebody's, looked at before anything in it is used.

A template is opened on the computers of customers, and by LibreOffice where it is printed. What
runs, what loads something from elsewhere, and what tells who wrote it are therefore refused or
left away here, once, before the first letter is made.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ar_xl.app.papers.wordlook import BadFile, look, outside_links

MOST_BYTES, MOST_UNPACKED, MOST_PARTS = 10_000_000, 30_000_000, 500
MOST_TEXT = 2_000_000  # of a part that is filled in
BODY = "word/document.xml"
_CONTENT = "[Content_Types].xml"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
# Left away: who wrote it, when, and what else a letter has no use for.
_LEFT_AWAY = re.compile(
    r"docProps/|customXml/|word/(people|glossary/|printerSettings|stylesWithEffects)|\[trash\]/"
)


@dataclass(frozen=True)
class WordFile:
    """The parts of a Word file that a letter keeps.

    Args:
        filled: XML by part name of what may hold fields: body, headers, footers, notes.
        kept: all other parts, as they are.
        outside: ids of links that lead out of the file, by part in small letters.
    """

    filled: Mapping[str, str]
    kept: Mapping[str, bytes]
    outside: Mapping[str, frozenset[str]]


def read_word(content: bytes) -> WordFile:
    """Look at a Word file.

    Args:
        content: its bytes.

    Raises:
        BadFile: it is no Word document, or has something in it that a letter must not have.
    """
    parts = _unpacked(content)
    types = parts.get(_CONTENT, b"")
    if b"macroEnabled" in types or any("vbaProject" in name for name in parts):
        raise BadFile("has macros", "Save it as Word Document (.docx), which has none.")
    if BODY not in parts or _DOCUMENT.encode() not in types:
        raise BadFile("is no Word document")
    kept = {name: each for name, each in parts.items() if not _LEFT_AWAY.match(name)}
    outside = _look(kept)
    gone = [name for name in parts if name not in kept]
    for name in list(kept):
        if name == _CONTENT or name.endswith(".rels"):
            kept[name] = _without(kept[name], gone)
    filled = {}
    for name in list(kept):
        if _FILLED.fullmatch(name):
            filled[name] = _text(kept.pop(name))
    return WordFile(filled, kept, outside)


def _unpacked(content: bytes) -> dict[str, bytes]:
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise BadFile("is protected by a password, or of an old version of Word")
    if len(content) > MOST_BYTES:
        raise BadFile(f"is larger than {MOST_BYTES // 1_000_000} MB", "Make its pictures smaller.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            size = sum(each.file_size for each in entries)
            if len(entries) > MOST_PARTS or size > MOST_UNPACKED:
                raise BadFile("is much larger than a letter")
            if len({each.filename for each in entries}) < len(entries):
                raise BadFile("is no Word document")
            # An entry never unpacks to more than it says: the archive then fails its check sum.
            return {each.filename: archive.read(each) for each in entries if not each.is_dir()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
        raise BadFile("is no Word document, or damaged") from None


def _text(part: bytes) -> str:
    if len(part) > MOST_TEXT:
        raise BadFile("is much larger than a letter")
    try:
        return part.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile("is written in an unusual way") from None


def _parsed(part: bytes) -> Element:
    try:
        root: Element = fromstring(part, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise BadFile("is damaged, or was not written by Word") from None
    return root


def _look(parts: Mapping[str, bytes]) -> dict[str, frozenset[str]]:
    """Look at every part that is XML, whatever its name; the links that lead out, by part."""
    read = {name: _parsed(part) for name, part in parts.items() if _is_xml(name, part)}
    outside: dict[str, frozenset[str]] = {}
    for name, root in read.items():
        if root.tag.endswith("}Relationships"):
            folder, _, own = name.casefold().rpartition("_rels/")
            outside[folder + own.removesuffix(".rels")] = frozenset(outside_links(root))
    for name, root in read.items():
        look(root, outside.get(name.casefold(), ()))
    return outside


def _is_xml(name: str, part: bytes) -> bool:
    begins = part[:100].lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n")
    return name.casefold().endswith((".xml", ".rels")) or begins.startswith(b"<")


def _without(part: bytes, gone: Iterable[str]) -> bytes:
    """A list of parts, or of what belongs to one, without those that are left away."""
    left = set(gone)
    text = _text(part)

    def kept(match: re.Match[str]) -> str:
        target = re.search(r'(?:Target|PartName)="([^"]*)"', match[0])
        name = target[1].lstrip("/") if target else ""
        while name.startswith("../"):
            name = name[3:]
        return "" if name in left or f"word/{name}" in left else match[0]

    return re.sub(r"<(?:\w+:)?(?:Relationship|Override)\b[^>]*?/>", kept, text).encode()


def packed(parts: Iterator[tuple[str, bytes]]) -> bytes:
    """A Word file of parts: the same parts give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return made.getvalue()
