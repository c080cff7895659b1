"""Texts as they stand in the XML of a workbook."""

from __future__ import annotations

import re

from ar_xl.xlfile.write_errors import TextTooLong

MAX_TEXT = 32_767

# Control characters, halves of surrogate pairs and two non-characters have no place in XML; Excel
# writes them as _xHHHH_, and a text that looks like such an escape gets its underscore escaped.
# A carriage return would come back as a line feed.
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# What keeps texts, joined by NUL, from being written as they are.
_ODD = re.compile("[&<>\x01-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x|\0[ \t\n]|[ \t\n]\0")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ATTRIBUTE = {**_NAMED, '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
_IN_ATTRIBUTE = re.compile('[&<>"\n\t\r]')
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot|apos));")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_EDGES = frozenset(" \n\t")


def escape(text: str) -> str:
    """Return a cell's text as XML character data that gives exactly this text back."""
    return _SPECIAL.sub(_escaped, text)


def attribute(text: str) -> str:
    """Return a text as the value of an attribute in double quotes."""
    return _IN_ATTRIBUTE.sub(lambda match: _ATTRIBUTE[match[0]], text)


def plain(text: str) -> str:
    """Return a text as XML character data without Excel's own escapes (formulas, titles)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """Return the text that an attribute's or element's XML stands for."""
    return _ENTITY.sub(_entity, text) if "&" in text else text


def text_element(text: str) -> str:
    """Return the `<t>` element of a text.

    Raises:
        TextTooLong: over 32,767 characters as Excel counts them (UTF-16).
    """
    if len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le", "surrogatepass")) > 2 * MAX_TEXT:
        raise TextTooLong(f"The text beginning with '{text[:30]}' has {len(text):,} characters")
    space = ' xml:space="preserve"' if text[0] in _EDGES or text[-1] in _EDGES else ""
    return f"<t{space}>{escape(text)}</t>"


def text_elements(texts: list[str]) -> list[str]:
    """Return the `<t>` element of each text; much quicker where none of them is unusual.

    Raises:
        TextTooLong: over 32,767 characters.
    """
    joined = "\0".join(["", *texts, ""])
    usual = joined.count("\0") == len(texts) + 1 and not _ODD.search(joined)
    if usual and max(map(len, texts), default=0) <= MAX_TEXT // 2:
        return [f"<t>{text}</t>" for text in texts]
    return [text_element(text) for text in texts]


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    return _NAMED.get(found) or f"_x{ord(found):04X}_"


def _entity(match: re.Match[str]) -> str:
    if match[3]:
        return _ENTITIES[match[3]]
    return chr(int(match[1]) if match[1] else int(match[2], 16))
