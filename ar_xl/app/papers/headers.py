"""Header lines of a message as every mail program reads them: ASCII, the rest encoded (RFC 2047).

They are written here because the standard library splits long texts of mixed letters in ways that
it does not itself read back.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from email.headerregistry import Address

from ar_xl.app.papers.addresses import one_line

_PLAIN = 60  # characters that stand on a line as they are
_WORD = 42  # bytes in one encoded word: 56 characters and its frame, which may have 75


def text_header(name: str, text: str) -> bytes:
    """A header that holds a text, such as `Subject`.

    Args:
        name: of the header.
        text: line breaks and characters that cannot be seen are taken out.
    """
    return _lines(name, [_phrase(one_line(text), quoted=False)])


def address_header(name: str, addresses: Iterable[Address]) -> bytes:
    """A header that holds addresses, one a line.

    Args:
        name: of the header.
        addresses: with or without names; what is before and behind the @ is ASCII.
    """
    return _lines(name, [_address(each) for each in addresses], separator=",")


def _lines(name: str, parts: Iterable[str], separator: str = "") -> bytes:
    line = f"{name}: " + f"{separator}\r\n ".join(parts) + "\r\n"
    return line.encode("ascii")


def _address(address: Address) -> str:
    name = one_line(address.display_name)
    assert address.addr_spec.isascii(), "an address that is read is ASCII"
    return f"{_phrase(name, quoted=True)} <{address.addr_spec}>" if name else address.addr_spec


def _phrase(text: str, quoted: bool) -> str:
    """A text as it is where it is short and plain, else in encoded words."""
    plain = text.isascii() and len(text) <= _PLAIN and "=?" not in text
    if plain and quoted:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return text if plain else "\r\n ".join(_encoded_words(text))


def _encoded_words(text: str) -> list[str]:
    """Words of whole characters: what stands between two of them is not read."""
    chunks = [b""]
    for character in text:
        encoded = character.encode("utf-8")
        if len(chunks[-1]) + len(encoded) > _WORD:
            chunks.append(b"")
        chunks[-1] += encoded
    return [f"=?utf-8?B?{b64encode(chunk).decode('ascii')}?=" for chunk in chunks]
