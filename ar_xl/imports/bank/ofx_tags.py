"""The tags of an OFX file, version 1 (SGML) and 2 (XML), as banks really write them.

Tags without an end, empty headers, ends of lines of every kind and text that only calls itself
ASCII are common. Only tags and the text behind them are read: nothing is expanded, so that a
hostile declaration has nothing to act on.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator

_NAME = r"[A-Za-z][\w.\-]*"
# Text goes on over a `<` that begins no tag.
_LEAF = re.compile(rf"<({_NAME})\s*>([^<]*(?:<(?!/?{_NAME}\s*/?>)[^<]*)*)")
_TOKEN = re.compile(rf"<(/?)({_NAME})\s*(/?)>([^<]*(?:<(?!/?{_NAME}\s*/?>)[^<]*)*)")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LOWER = re.compile(r"</?(?:ofx|stmttrn)\s*>")
_ANY_TAG = re.compile(rf"<(/?)({_NAME})\s*(/?)>")
_CHARSET = re.compile(rb"CHARSET:\s*([\w\-]+)", re.I)
_UTF8 = re.compile(rb"ENCODING:\s*UTF-?8|encoding\s*=\s*[\"']UTF-8", re.I)
_LINE = "STMTTRN"
_CODE_PAGES = {"8859-1": "latin-1", "ISO-8859-1": "latin-1", "ISO-8859-15": "iso8859-15"}


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8 where it is, else the code page that its header names, or 1252."""
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        if content.startswith(mark):
            return content.decode("utf-16", "replace")
    content = content.removeprefix(codecs.BOM_UTF8)
    if content.isascii():
        return content.decode("ascii")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    head = content[:1000]
    named = _CHARSET.search(head)
    page = named[1].decode("ascii").upper() if named and not _UTF8.search(head) else "1252"
    page = _CODE_PAGES.get(page, f"cp{page}" if page.isdigit() else "cp1252")
    try:
        return content.decode(page)
    except (UnicodeDecodeError, LookupError):
        return content.decode("cp1252", "replace")


def plain(text: str) -> str:
    """A file without comments, its tags in capitals, its quoted texts as the others.

    Lines stay where they are.
    """
    if "<![CDATA[" in text:
        text = _CDATA.sub(lambda found: html.escape(found[1], quote=False), text)
    if "<!--" in text:
        text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    if _LOWER.search(text):
        text = _ANY_TAG.sub(lambda found: f"<{found[1]}{found[2].upper()}{found[3]}>", text)
    return text


def value(text: str) -> str:
    """The text of a tag, with its entities as characters and single blanks."""
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


def pieces(text: str) -> Iterator[tuple[str, str, int]]:
    """A file cut at its lines (`STMTTRN`).

    Returns:
        For each line its content, the text up to the next line, and where the line begins; the
        first has no content: it is what stands before all lines.
    """
    begin, end = f"<{_LINE}>", f"</{_LINE}>"
    at = 0
    for part in text.split(begin):
        inside, _, behind = part.partition(end) if at else ("", "", part)
        yield inside, behind, at
        at += len(part) + len(begin)


def leaves(block: str) -> dict[str, str]:
    """Tags with text in a line, each with its first text; remarks (MEMO) joined."""
    found = _LEAF.findall(block)
    told = dict(found)
    if len(told) < len(found):
        told = dict(reversed(found))
        told["MEMO"] = " ".join(text for name, text in found if name == "MEMO")
    return told


def tokens(text: str) -> Iterator[tuple[bool, str, str]]:
    """Tags outside of lines: whether it is an end, its name, the text behind it."""
    for found in _TOKEN.finditer(text):
        yield bool(found[1]), found[2], value(found[4])
