"""A VBA project read as strictly as we write it: [MS-OVBA] 2.3, record by record.

Knows nothing of who wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ar_xl.addin.problem import Deviation
from ar_xl.addin.strictbytes import Cursor, insist
from ar_xl.addin.strictovba import unpack

_LIBRARIES = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0"
               r"#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    ("Office", r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0"
               r"#C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL"
               r"#Microsoft Office 16.0 Object Library"),
)  # fmt: skip
_BASES = {
    "ThisWorkbook": "{00020819-0000-0000-C000-000000000046}",
    "": "{00020820-0000-0000-C000-000000000046}",
}
_CLASS_BASE = "{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
_ID = re.compile(r'ID="(\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\})"')
_LISTED = re.compile(r"(Document|Module|Class)=(\w+)(/&H00000000)?", re.ASCII)
_HIDDEN = {"CMG": bytes(4), "DPB": bytes(1), "GC": b"\xff"}


@dataclass(frozen=True)
class ReadModule:
    """A module as it was found.

    Args:
        name, source: its own; the text with its attributes and with CR LF.
        kind: `Document`, `Module` or `Class`.
    """

    name: str
    source: str
    kind: str


@dataclass(frozen=True)
class ReadProject:
    """A project as it was found."""

    name: str
    modules: tuple[ReadModule, ...]


def read(streams: Mapping[str, bytes]) -> ReadProject:
    """Return the project that these streams hold.

    Raises:
        Deviation: a stream is missing, or is not exactly what we write.
    """
    for needed in ("VBA/dir", "VBA/_VBA_PROJECT", "PROJECT", "PROJECTwm"):
        insist(needed in streams, f"The stream {needed} is missing.")
    insist(streams["VBA/_VBA_PROJECT"].hex() == "cc61ffff000000", "There is compiled code.")
    name, listed = _dir(Cursor(unpack(streams["VBA/dir"], "VBA/dir"), "VBA/dir"))
    kinds = _properties(streams["PROJECT"], name)
    insist([each for each, _ in listed] == list(kinds), "Two lists of modules differ.")
    modules = []
    for module_name, is_standard in listed:
        path, kind = f"VBA/{module_name}", kinds[module_name]
        insist((kind == "Module") == is_standard, f"{module_name} is listed as two kinds.")
        insist(path in streams, f"The stream {path} is missing.")
        source = Cursor(plain := unpack(streams[path], path), path).text(len(plain), "cp1252")
        _insist_on_source(module_name, source, kind)
        modules.append(ReadModule(module_name, source, kind))
    insist(len(streams) == len(modules) + 4, "There is a stream that nothing lists.")
    _name_map(Cursor(streams["PROJECTwm"], "PROJECTwm"), list(kinds))
    return ReadProject(name, tuple(modules))


def _insist_on_source(name: str, source: str, kind: str) -> None:
    lines = source.split("\r\n")
    insist(lines[-1] == "", f"{name}: the last line does not end.")
    insist(not re.search("[\r\n]", "".join(lines)), f"{name}: a line ends in another way.")
    insist(lines[0] == f'Attribute VB_Name = "{name}"', f"{name}: it names itself otherwise.")
    based = len(lines) > 1 and lines[1].startswith("Attribute VB_Base = ")
    insist(based == (kind != "Module"), f"{name}: its base does not fit what it is.")
    if based:
        base = _CLASS_BASE if kind == "Class" else _BASES.get(name, _BASES[""])
        insist(lines[1] == f'Attribute VB_Base = "0{base}"', f"{name}: it has another base.")


class _Records:
    """The records of the `dir` stream, in the only order there is."""

    def __init__(self, reader: Cursor) -> None:
        self._reader = reader

    def content(self, number: int) -> bytes:
        """What the next record holds; it has to be this one."""
        self._reader.expect(number.to_bytes(2, "little"), "the number of a record")
        return self._reader.take(self._reader.number(4))

    def expect(self, number: int, wanted: str) -> None:
        """The next record is this one, and holds this (hexadecimal)."""
        found = self.content(number).hex()
        insist(found == wanted, f"VBA/dir: record {number:#x} holds {found}, not {wanted}.")

    def text(self, number: int, unicode_number: int = 0) -> str:
        """A text, and the same text again in Unicode where it has a second record."""
        content = self.content(number)
        text = Cursor(content, "VBA/dir").text(len(content), "cp1252")
        if unicode_number:
            again = self.content(unicode_number)
            insist(again == text.encode("utf-16-le"), f"VBA/dir: `{text!a}` differs in Unicode.")
        return text


def _dir(reader: Cursor) -> tuple[str, list[tuple[str, bool]]]:
    """The project's name; its modules by name, and whether each is a standard one."""
    records = _Records(reader)
    for number, wanted in ((1, "03000000"), (2, "09040000"), (0x14, "09040000"), (3, "e404")):
        records.expect(number, wanted)
    name = records.text(4)
    insist(records.text(5, 0x40) == "", "VBA/dir: the project has a description.")
    for number, wanted in ((6, ""), (0x3D, ""), (7, "00000000"), (8, "00000000")):
        records.expect(number, wanted)
    reader.expect(bytes.fromhex("0900 04000000 01000000 0000"), "the version")
    insist(records.text(0x0C, 0x3C) == "", "VBA/dir: there are constants.")
    for library, identity in _LIBRARIES:
        insist(records.text(0x16, 0x3E) == library, "VBA/dir: another library.")
        reference = Cursor(records.content(0x0D), "VBA/dir")
        told = reference.text(reference.number(4), "cp1252")
        insist(told == identity, f"VBA/dir: {library} has another id or place.")
        reference.expect(bytes(6), "what is reserved")
        insist(reference.is_done, f"VBA/dir: {library} goes on.")
    count = int.from_bytes(records.content(0x0F), "little")
    records.expect(0x13, "ffff")
    modules = [_module_records(records, reader) for _ in range(count)]
    records.expect(0x10, "")
    insist(reader.is_done, "VBA/dir: it goes on after its end.")
    return name, modules


def _module_records(records: _Records, reader: Cursor) -> tuple[str, bool]:
    name = records.text(0x19, 0x47)
    insist(records.text(0x1A, 0x32) == name, f"VBA/dir: the stream of {name!a} is another.")
    insist(records.text(0x1C, 0x48) == "", f"VBA/dir: {name!a} has a description.")
    for number, wanted in ((0x31, "00000000"), (0x1E, "00000000"), (0x2C, "ffff")):
        records.expect(number, wanted)
    kind = reader.number(2)
    insist(kind in (0x21, 0x22), f"VBA/dir: {name!a} is of no known kind.")
    reader.expect(bytes(4), "the length of a kind")
    records.expect(0x2B, "")
    return name, kind == 0x21


def _properties(stream: bytes, name: str) -> dict[str, str]:
    """The PROJECT stream line by line; returns the kinds of its modules by name."""
    reader = Cursor(stream, "PROJECT")
    lines = reader.text(len(stream), "cp1252").split("\r\n")
    project_id = _ID.fullmatch(lines[0])
    if not project_id:
        raise Deviation("PROJECT: its first line is not the id.")
    kinds: dict[str, str] = {}
    for line in lines[1:]:
        listed = _LISTED.fullmatch(line)
        if not listed:
            break
        kind, module, ending = listed.groups()
        insist((kind == "Document") == bool(ending), f"PROJECT: the line {line!a}.")
        insist(module not in kinds, f"PROJECT: {module} is listed twice.")
        kinds[module] = kind
    rest = lines[1 + len(kinds) :]
    plain = [f'Name="{name}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"']
    insist(rest[:3] == plain, "PROJECT: name, help or version are others.")
    insist(len(rest) > 6, "PROJECT: it ends early.")
    for line, (key, wanted) in zip(rest[3:6], _HIDDEN.items(), strict=True):
        hidden = re.fullmatch(f'{key}="((?:[0-9A-F][0-9A-F])+)"', line)
        insist(
            bool(hidden)
            and _revealed(bytes.fromhex(line[len(key) + 2 : -1]), project_id[1]) == wanted,
            f"PROJECT: {key} is another; it says how the project is protected.",
        )
    wanted_rest = [
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module}=0, 0, 0, 0, C" for module in kinds),
        "",
    ]
    insist(rest[6:] == wanted_rest, "PROJECT: its end is another.")
    return kinds


def _revealed(hidden: bytes, project_id: str) -> bytes:
    """What a hidden value holds: 2.4.3.3."""
    reader = Cursor(hidden, "PROJECT")
    seed = reader.number(1)
    version, key = reader.number(1) ^ seed, reader.number(1) ^ seed
    insist(version == 2, "PROJECT: a hidden value is of another version.")
    insist(key == sum(project_id.encode("ascii")) & 0xFF, "PROJECT: hidden for another project.")
    clear = bytearray()
    previous, last, last_but_one = key, hidden[2], hidden[1]
    while not reader.is_done:
        value = reader.number(1)
        clear.append(value ^ (last_but_one + previous & 0xFF))
        previous, last, last_but_one = clear[-1], value, last
    rest = Cursor(bytes(clear), "PROJECT")
    rest.take((seed & 6) // 2)
    content = rest.take(rest.number(4))
    insist(rest.is_done, "PROJECT: a hidden value goes on.")
    return content


def _name_map(reader: Cursor, names: list[str]) -> None:
    for name in names:
        reader.expect(name.encode("ascii") + b"\0", "a name")
        reader.expect(name.encode("utf-16-le") + b"\0\0", "a name")
    reader.expect(b"\0\0", "the end")
    insist(reader.is_done, "PROJECTwm: it goes on after its end.")
