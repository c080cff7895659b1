"""A VBA project from texts: `vbaProject.bin`, source only, no compiled code. [MS-OVBA] 2.2, 2.3.

Excel compiles such a project when it opens the file. The reading side is in `strictproject`.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ar_xl.addin import compound
from ar_xl.addin.ovba import compress
from ar_xl.addin.problem import CannotBuild

CODE_PAGE = "cp1252"
# Fixed, so that the same text gives the same bytes; it names this project and nothing else.
PROJECT_ID = "{6B1D4F0E-93D0-5C0B-8C5A-2B7B0C8B3A41}"
SEED = 0x5D
WORKBOOK_BASE = "0{00020819-0000-0000-C000-000000000046}"
SHEET_BASE = "0{00020820-0000-0000-C000-000000000046}"
CLASS_BASE = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
# Type libraries: every VBA project knows the first; the ribbon's types are in the second. Excel
# goes by id and version; a path that is not there is looked up by them.
REFERENCES = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0"
               r"#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    ("Office", r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0"
               r"#C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL"
               r"#Microsoft Office 16.0 Object Library"),
)  # fmt: skip

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}")
_STANDARD_HEAD = re.compile(r'Attribute VB_Name = "([^"\n]*)"\n')
_CLASS_HEAD = re.compile(r"VERSION 1\.0 CLASS\nBEGIN\n(?:[^\n]*\n)*?END\n")
_ATTRIBUTE = re.compile(r"Attribute (VB_\w+) = ([^\n]*)\n")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Kind(Enum):
    """What a module is; the value is its key in the PROJECT stream."""

    DOCUMENT = "Document"
    STANDARD = "Module"
    CLASS = "Class"


@dataclass(frozen=True)
class Module:
    """One module as it is stored.

    Args:
        name: of the module.
        source: its text, attributes first, lines ended by CR LF.
        kind: what it is.
    """

    name: str
    source: str
    kind: Kind


def module(text: str) -> Module:
    """Return the module of a `.bas` or `.cls` text, as VBA exports them.

    Raises:
        CannotBuild: it has no name, or a character that VBA cannot store.
    """
    text = re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff")).lstrip("\n")
    if text.startswith("VERSION"):
        return _class(text)
    head = _STANDARD_HEAD.match(text)
    if not head:
        raise CannotBuild(
            f"A macro begins with `{text.partition(chr(10))[0][:60]}`. Its first line has to be "
            '`Attribute VB_Name = "..."`.'
        )
    return Module(_name(head[1]), _stored(head[1], text), Kind.STANDARD)


def document(name: str, base: str) -> Module:
    """Return the empty module that belongs to the workbook or to a sheet.

    Args:
        name: the code name in the workbook part.
        base: `WORKBOOK_BASE` or `SHEET_BASE`.
    """
    head = _attributes(name, base, predeclared="True", exposed="True", customizable="True")
    return Module(_name(name), _stored(name, head), Kind.DOCUMENT)


def write(name: str, modules: Sequence[Module]) -> bytes:
    """Return `vbaProject.bin`.

    Args:
        name: of the project.
        modules: the workbook's first, then its sheets', then all others.

    Raises:
        CannotBuild: two modules have one name.
    """
    names = [each.name.lower() for each in modules]
    twice = next((each.name for each in modules if names.count(each.name.lower()) > 1), None)
    if twice:
        raise CannotBuild(f"There are two modules called {twice}.")
    streams = {f"VBA/{each.name}": compress(each.source.encode(CODE_PAGE)) for each in modules}
    streams["VBA/dir"] = compress(_dir(_name(name), modules))
    # 2.3.4.1: version 0xFFFF says that there is no compiled code, of any version.
    streams["VBA/_VBA_PROJECT"] = struct.pack("<HHBH", 0x61CC, 0xFFFF, 0, 0)
    streams["PROJECT"] = _properties(name, modules).encode(CODE_PAGE)
    streams["PROJECTwm"] = _name_map(modules)
    return compound.write(streams)


def encrypt(plain: bytes, seed: int = SEED) -> str:
    """Return a value of the PROJECT stream as 2.4.3.2 hides it, in hexadecimal digits."""
    key = sum(PROJECT_ID.encode(CODE_PAGE)) & 0xFF
    hidden = [seed, seed ^ 2, seed ^ key]
    before_plain, before, before_that = key, hidden[2], hidden[1]
    filler = bytes((seed & 6) // 2)
    for value in filler + struct.pack("<I", len(plain)) + plain:
        hidden.append(value ^ ((before_that + before_plain) & 0xFF))
        before_plain, before, before_that = value, hidden[-1], before
    return bytes(hidden).hex().upper()


def _class(text: str) -> Module:
    """A class: the head that VBA exports does not compile when it is stored; its base is needed."""
    head = _CLASS_HEAD.match(text)
    if not head:
        raise CannotBuild("A class module begins with VERSION 1.0 CLASS, BEGIN, ... and END.")
    rest = text[head.end() :]
    given: dict[str, str] = {}
    while line := _ATTRIBUTE.match(rest):
        given[line[1]] = line[2]
        rest = rest[line.end() :]
    name = given.get("VB_Name", "").strip('"')
    attributes = _attributes(
        _name(name),
        CLASS_BASE,
        predeclared=given.get("VB_PredeclaredId", "False"),
        exposed=given.get("VB_Exposed", "False"),
        customizable="False",
    )
    return Module(name, _stored(name, attributes + rest), Kind.CLASS)


def _attributes(name: str, base: str, predeclared: str, exposed: str, customizable: str) -> str:
    return (
        f'Attribute VB_Name = "{name}"\nAttribute VB_Base = "{base}"\n'
        "Attribute VB_GlobalNameSpace = False\nAttribute VB_Creatable = False\n"
        f"Attribute VB_PredeclaredId = {predeclared}\nAttribute VB_Exposed = {exposed}\n"
        f"Attribute VB_TemplateDerived = False\nAttribute VB_Customizable = {customizable}\n"
    )


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise CannotBuild(
            f"`{name}` cannot be the name of a module: up to 31 letters, digits and _, "
            "a letter first."
        )
    return name


def _stored(name: str, text: str) -> str:
    """The text with CR LF; refused where VBA cannot store a character."""
    for number, line in enumerate(text.split("\n"), 1):
        try:
            line.encode(CODE_PAGE)
        except UnicodeEncodeError as wrong:
            raise CannotBuild(
                f"{name}, line {number}: VBA cannot store the character "
                f"`{line[wrong.start]!a}`; use one of Windows' Western code page (1252)."
            ) from None
        if control := _CONTROL.search(line):
            raise CannotBuild(f"{name}, line {number} has the control character {control[0]!r}.")
    return text.rstrip("\n").replace("\n", "\r\n") + "\r\n"


def _record(number: int, content: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(content)) + content


def _twice(number: int, unicode_number: int, text: str) -> bytes:
    """A text in the code page, and again in Unicode."""
    return _record(number, text.encode(CODE_PAGE)) + _record(
        unicode_number, text.encode("utf-16-le")
    )


def _dir(name: str, modules: Sequence[Module]) -> bytes:
    """What is in the project: 2.3.4.2."""
    parts = [
        _record(0x01, struct.pack("<I", 3)),  # 64-bit Windows
        _record(0x02, struct.pack("<I", 0x409)),
        _record(0x14, struct.pack("<I", 0x409)),
        _record(0x03, struct.pack("<H", 1252)),
        _record(0x04, name.encode(CODE_PAGE)),
        _twice(0x05, 0x40, ""),
        _record(0x06) + _record(0x3D),  # no help file
        _record(0x07, bytes(4)),
        _record(0x08, bytes(4)),
        struct.pack("<HIIH", 0x09, 4, 1, 0),  # version 1.0 of the project
        _twice(0x0C, 0x3C, ""),  # no constants
    ]
    for library, identity in REFERENCES:
        stored = identity.encode(CODE_PAGE)
        parts.append(_twice(0x16, 0x3E, library))
        parts.append(_record(0x0D, struct.pack("<I", len(stored)) + stored + bytes(6)))
    parts.append(_record(0x0F, struct.pack("<H", len(modules))))
    parts.append(_record(0x13, b"\xff\xff"))
    for each in modules:
        parts += [
            _twice(0x19, 0x47, each.name),
            _twice(0x1A, 0x32, each.name),
            _twice(0x1C, 0x48, ""),
            _record(0x31, bytes(4)),  # the text begins where the stream does
            _record(0x1E, bytes(4)),
            _record(0x2C, b"\xff\xff"),
            _record(0x21 if each.kind is Kind.STANDARD else 0x22),
            _record(0x2B),
        ]
    return b"".join([*parts, _record(0x10)])


def _properties(name: str, modules: Sequence[Module]) -> str:
    """The PROJECT stream: 2.3.1."""
    ending = {Kind.DOCUMENT: "/&H00000000"}
    lines = [
        f'ID="{PROJECT_ID}"',
        *(f"{each.kind.value}={each.name}{ending.get(each.kind, '')}" for each in modules),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{encrypt(bytes(4))}"',  # not protected
        f'DPB="{encrypt(bytes(1))}"',  # no password
        f'GC="{encrypt(bytes([0xFF]))}"',  # visible
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{each.name}=0, 0, 0, 0, C" for each in modules),
    ]
    return "\r\n".join(lines) + "\r\n"


def _name_map(modules: Sequence[Module]) -> bytes:
    """The PROJECTwm stream: 2.3.3."""
    pairs = (
        each.name.encode(CODE_PAGE) + b"\0" + each.name.encode("utf-16-le") + b"\0\0"
        for each in modules
    )
    return b"".join(pairs) + b"\0\0"
