"""Character data to texts, many at a time: entities, line ends, Excel's own escapes."""

from __future__ import annotations

import re

from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.xmlparts import unescaped

_REFERENCE = re.compile("&([^&;]{0,12})(;?)")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def plain_texts(raw: list[str]) -> list[str]:
    """The texts that pieces of character data stand for.

    Args:
        raw: as they stand between two tags, decoded; without comments and CDATA sections.

    Raises:
        DamagedWorkbook: an entity that XML does not have, or a character it cannot have.
    """
    joined = "\0".join(raw)
    if joined.count("\0") != max(len(raw) - 1, 0):
        raise DamagedWorkbook("a text has a character that no text can have")
    if "&" in joined or "\r" in joined:
        joined = joined.replace("\r\n", "\n").replace("\r", "\n")
        raw = _REFERENCE.sub(_character, joined).split("\0")
    if "_x" in joined:
        raw = [unescaped(text) for text in raw]
    return raw


def _character(match: re.Match[str]) -> str:
    name, end = match[1], match[2]
    character = _NAMED.get(name) or _numbered(name)
    if not character or not end:
        raise DamagedWorkbook(f"a text has the unknown entity {match[0]!r}")
    return character


def _numbered(name: str) -> str:
    """The character of "#65" or "#x41", "" where XML allows none."""
    hexadecimal = name.startswith("#x")
    digits = name[2:] if hexadecimal else name[1:]
    if not name.startswith("#") or not digits.isalnum():
        return ""
    try:
        code = int(digits, 16 if hexadecimal else 10)
    except ValueError:
        return ""
    allowed = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE
    return chr(code) if allowed or 0x10000 <= code < 0x110000 else ""
