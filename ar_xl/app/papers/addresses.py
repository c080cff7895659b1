"""E-mail addresses as a cell holds them: one or several, with or without a name.

Taken is what every mail server takes (RFC 5321: 64 characters before the @, 254 in all, ASCII;
domains of other letters are written in their ASCII form). All else is said, never mended.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address

MOST_ADDRESSES = 20
_LONGEST, _LONGEST_LOCAL = 254, 64
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(\.{_ATOM})*")
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+{_LABEL}")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]+)>")
_NOT_SHOWN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True)
class Addresses:
    """What a cell says.

    Args:
        good: the addresses, each once, in their order.
        wrong: the parts that are none, as they stand there.
    """

    good: tuple[Address, ...]
    wrong: tuple[str, ...]


def addresses(cell: str) -> Addresses:
    """Read the addresses of a cell.

    Args:
        cell: several are separated by semicolons, commas or line breaks.
    """
    good: dict[str, Address] = {}
    wrong: list[str] = []
    for part in _parts(cell):
        found = _address(part)
        if found is None:
            wrong.append(part)
        else:
            good.setdefault(found.addr_spec.casefold(), found)
    if len(good) > MOST_ADDRESSES:
        wrong.append(f"{len(good)} addresses, more than {MOST_ADDRESSES}")
    return Addresses(tuple(good.values()), tuple(wrong))


def one_line(text: str) -> str:
    """A text as a header takes it: on one line, without characters that cannot be seen."""
    return " ".join(_NOT_SHOWN.sub(" ", text).split())


def named(name: str, address: Address) -> Address:
    """The same address under a name."""
    return Address(one_line(name), address.username, address.domain)


def _parts(cell: str) -> list[str]:
    split = [part.strip() for part in re.split(r"[;\r\n]", cell)]
    whole = []
    for part in split:
        whole += [part] if "<" in part else [piece.strip() for piece in part.split(",")]
    return [part for part in whole if part]


def _address(part: str) -> Address | None:
    """The address that a part is; None where it is none."""
    match = _NAMED.fullmatch(part)
    name, plain = (match["name"], match["address"]) if match else ("", part)
    local, at, domain = plain.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower() if at else ""
    except UnicodeError:
        return None
    short = len(local) <= _LONGEST_LOCAL and len(local) + 1 + len(ascii_domain) <= _LONGEST
    if not (short and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(ascii_domain)):
        return None
    return Address(one_line(name).strip('" '), local, ascii_domain)
