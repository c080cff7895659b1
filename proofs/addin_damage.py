"""Faults planted in a good add-in, each with the readers that have to notice it.

A checker that never complained would prove nothing.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from ar_xl.addin import archive, compound, strictcompound
from ar_xl.addin.ovba import compress

Parts = dict[str, bytes]
_MACROS = "xl/vbaProject.bin"


@dataclass(frozen=True)
class Fault:
    """One fault.

    Args:
        words: what is wrong.
        plant: changes the parts of the package.
        noticed_by: readers that have to complain: strict, olefile, olevba, pyOpenVBA, SDK.
    """

    words: str
    plant: Callable[[Parts], None]
    noticed_by: tuple[str, ...]


def damaged(content: bytes, fault: Fault) -> bytes:
    """The add-in with this fault; the archive around it is in order."""
    with ZipFile(BytesIO(content)) as good:
        parts = {name: good.read(name) for name in good.namelist()}
    before = dict(parts)
    fault.plant(parts)
    assert parts != before, f"nothing was changed: {fault.words}"
    return archive.write(parts)


def _streams(change: Callable[[Parts], None]) -> Callable[[Parts], None]:
    def plant(parts: Parts) -> None:
        streams = strictcompound.read(parts[_MACROS])
        change(streams)
        parts[_MACROS] = compound.write(streams)

    return plant


def _module(streams: Parts) -> str:
    """The longest module."""
    modules = (name for name in streams if name.startswith("VBA/") and "_" not in name)
    return max((name for name in modules if name != "VBA/dir"), key=lambda name: len(streams[name]))


def _reach_before(streams: Parts) -> None:
    text = streams[_module(streams)]
    # The first token becomes a copy, of which there is nothing yet to copy from.
    streams[_module(streams)] = text[:3] + bytes([text[3] | 1]) + text[4:]


def _other_text(streams: Parts) -> None:
    name = _module(streams)
    head = f'Attribute VB_Name = "{name[4:]}"\r\n'
    streams[name] = compress((head + "Sub Other()\r\nEnd Sub\r\n").encode())


def _lost_module(streams: Parts) -> None:
    del streams[_module(streams)]


def _table(content: bytearray) -> list[int]:
    """Where the table says which sector follows on sector 0, 1, 2 ..."""
    start = 512 * (1 + struct.unpack_from("<I", content, 76)[0])
    count = len(content) // 512 - 1
    return [start + 4 * number for number in range(count)]


def _two_owners(parts: Parts) -> None:
    content = bytearray(parts[_MACROS])
    places = _table(content)
    content[places[-3] : places[-3] + 4] = struct.pack("<I", 0)
    parts[_MACROS] = bytes(content)


def _ends_early(parts: Parts) -> None:
    content = bytearray(parts[_MACROS])
    places = _table(content)
    directory = 512 * (1 + struct.unpack_from("<I", content, 48)[0])
    (short_streams,) = struct.unpack_from("<I", content, directory + 116)
    content[places[short_streams] : places[short_streams] + 4] = struct.pack("<I", 0xFFFFFFFE)
    parts[_MACROS] = bytes(content)


def _replace(part: str, old: bytes, new: bytes) -> Callable[[Parts], None]:
    def plant(parts: Parts) -> None:
        parts[part] = parts[part].replace(old, new)

    return plant


def _lost_sheet(parts: Parts) -> None:
    del parts["xl/worksheets/sheet1.xml"]


_ALL = ("strict", "olefile", "olevba", "pyOpenVBA")
FAULTS = (
    Fault("a packed text copies from before its beginning", _streams(_reach_before),
          ("strict", "olevba", "pyOpenVBA")),
    Fault("a module has another text", _streams(_other_text), ("strict", "olevba", "pyOpenVBA")),
    Fault("a module is listed and not there", _streams(_lost_module), _ALL),
    Fault("a sector belongs to two streams", _two_owners, ("strict",)),
    Fault("the short streams end early", _ends_early, ("strict", "olefile", "pyOpenVBA")),
    Fault("the sheet of settings is not there", _lost_sheet, ("strict", "pyOpenVBA", "SDK")),
    Fault("a cell of an unknown kind",
          _replace("xl/worksheets/sheet1.xml", b"inlineStr", b"inlineText"), ("strict", "SDK")),
    Fault("the ribbon is joined by the relationship of another year",
          _replace("_rels/.rels", b"2007/relationships/ui", b"2006/relationships/ui"),
          ("strict", "SDK")),
    Fault("the ribbon has an attribute that Office does not know",
          _replace("customUI/customUI14.xml", b"<tab ", b'<tab colour="red" '),
          ("strict", "SDK")),
    Fault("a key tip is too long",
          _replace("customUI/customUI14.xml", b'keytip="', b'keytip="XXXX'), ("strict", "SDK")),
)  # fmt: skip
