"""The parts of a workbook to be: those of the opened file, with what is new, changed or dropped."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from ar_xl.xlfile.canonical import text_of
from ar_xl.xlfile.elements import appended, attributes, children, make, root, start_tag
from ar_xl.xlfile.errors import ChangedWorkbook, DamagedWorkbook
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.write_errors import IrregularSheet
from ar_xl.xlfile.xmlparts import CONTENT_TYPES, MAIN, OFFICE_RELS, PACKAGE_RELS
from ar_xl.xlfile.zipraw import RawZip

_TYPES_PART = "[Content_Types].xml"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_RELS = _HEADER + f'<Relationships xmlns="{PACKAGE_RELS}"></Relationships>'

Stream = Callable[[], Iterable[bytes]]


class Draft:
    """The parts of a workbook while it is edited.

    Args:
        package: the opened file.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self._texts: dict[str, str] = {}
        self._streams: dict[str, tuple[Stream, Stream]] = {}
        self._dropped: set[str] = set()
        # Types of parts that are not there would be told twice if new parts took their names.
        self._used_names = {name.casefold() for name in package.names()} | package.typed_names

    @property
    def changed(self) -> bool:
        """Whether any part differs from the file's."""
        return bool(self._texts or self._streams or self._dropped)

    def has(self, part: str) -> bool:
        """Tell whether there will be such a part."""
        if part in self._texts or part in self._streams:
            return True
        return part not in self._dropped and self.package.find(part) is not None

    def text(self, part: str, namespace: str = MAIN) -> str:
        """Return the text of a small part as it will be, in plain form."""
        if part in self._texts:
            return self._texts[part]
        assert part not in self._dropped, part
        return text_of(self.package.read(part), part, namespace)

    def set_text(self, part: str, text: str) -> None:
        """Set the text of a part, new or old."""
        self._texts[part] = text

    def raw_text(self, part: str) -> str:
        """Return the text of a part as it is, prefixes and all."""
        if part in self._texts:
            return self._texts[part]
        try:
            return self.package.read(part).decode()
        except UnicodeDecodeError:
            raise DamagedWorkbook(f"the part {part} is not UTF-8") from None

    def set_stream(self, part: str, stream: Stream, fallback: Stream) -> None:
        """Set what makes the bytes of a sheet when the workbook is written.

        Args:
            part: name of the sheet's part.
            stream: the quick way, which may find that it is not possible (IrregularSheet).
            fallback: the slow way.
        """
        self._streams[part] = stream, fallback

    def bytes_of(self, part: str) -> bytes:
        """Return the bytes of a part as it will be; a sheet's own changes are not in them."""
        if part in self._texts:
            return self._texts[part].encode()
        return self.package.read(self.package.find(part) or part)

    def set_bytes(self, part: str, data: bytes) -> None:
        """Set the bytes of a part that is no text of ours, such as a picture."""
        self._streams[part] = (lambda: [data]), (lambda: [data])

    def all_rels(self, part: str) -> list[dict[str, str]]:
        """Return the attributes of all relationships of a part, those that lead outside too."""
        name = self._rels_part(part)
        if not self.has(name):
            return []
        text = self.text(name, PACKAGE_RELS)
        return [attributes(start_tag(text, each)) for each in children(text, root(text).inner)]

    def set_rels(self, part: str, rels: Iterable[dict[str, str]]) -> None:
        """Set the relationships of a part, by their attributes."""
        inner = "".join(make("Relationship", each) for each in rels)
        made = f'{_HEADER}<Relationships xmlns="{PACKAGE_RELS}">{inner}</Relationships>'
        self.set_text(self._rels_part(part), made)

    def drop(self, part: str) -> None:
        """Leave a part out, with its relationships and its content type."""
        for name in (part, _rels_name(part)):
            self._texts.pop(name, None)
            self._streams.pop(name, None)
            stored = self.package.find(name)
            if stored is not None:
                self._dropped.add(stored)
        types = self.text(self._types_part, CONTENT_TYPES)
        for element in children(types, root(types).inner):
            given = attributes(start_tag(types, element)).get("PartName", "")
            if given.lstrip("/").casefold() == part.casefold():
                self.set_text(self._types_part, types[: element.start] + types[element.end :])
                return

    def new_part(self, pattern: str, content_type: str) -> str:
        """Return the name for a new part, not used before, and declare its content type.

        Args:
            pattern: with "{}" where the number goes, such as "xl/tables/table{}.xml"; "xl" stands
                for the folder of the workbook part, however that is called.
            content_type: what kind of part it is.
        """
        folder = posixpath.dirname(self.package.workbook_part)
        pattern = posixpath.join(folder, pattern.removeprefix("xl/"))
        number = 1
        while pattern.format(number).casefold() in self._used_names:
            number += 1
        part = pattern.format(number)
        self._used_names.add(part.casefold())
        override = make("Override", {"PartName": f"/{part}", "ContentType": content_type})
        types = self.text(self._types_part, CONTENT_TYPES)
        self.set_text(self._types_part, appended(types, root(types), override))
        return part

    def set_type(self, part: str, content_type: str) -> None:
        """Declare another content type of a part; nothing changes where it is that already."""
        types = self.text(self._types_part, CONTENT_TYPES)
        override = make("Override", {"PartName": f"/{part}", "ContentType": content_type})
        for element in children(types, root(types).inner):
            given = attributes(start_tag(types, element))
            if given.get("PartName", "").lstrip("/").casefold() == part.casefold():
                if given.get("ContentType") != content_type:
                    changed = types[: element.start] + override + types[element.end :]
                    self.set_text(self._types_part, changed)
                return
        if self.package.content_type(part) != content_type:
            self.set_text(self._types_part, appended(types, root(types), override))

    def rels(self, part: str) -> list[tuple[str, str, str]]:
        """Return the relationships of a part to other parts: (id, kind, part name)."""
        found = []
        for given in self.all_rels(part):
            if given.get("TargetMode") != "External":
                target = posixpath.join("/" + posixpath.dirname(part), given.get("Target", ""))
                kind = given.get("Type", "").rpartition("/")[2]
                found.append((given.get("Id", ""), kind, posixpath.normpath(target).lstrip("/")))
        return found

    def add_rel(self, part: str, kind: str, target: str) -> str:
        """Relate a part to another one and return the id of the relationship."""
        given = posixpath.relpath(target, posixpath.dirname(part) or ".")
        return self._add_rel(part, {"Type": f"{OFFICE_RELS}/{kind}", "Target": given})

    def add_outside(self, part: str, kind: str, address: str) -> str:
        """Relate a part to an address outside the workbook; return the relationship's id."""
        values = {"Type": f"{OFFICE_RELS}/{kind}", "Target": address, "TargetMode": "External"}
        return self._add_rel(part, values)

    def _add_rel(self, part: str, values: dict[str, str]) -> str:
        name = self._rels_part(part)
        text = self.text(name, PACKAGE_RELS) if self.has(name) else _NO_RELS
        used = {
            attributes(start_tag(text, element)).get("Id", "").casefold()
            for element in children(text, root(text).inner)
        }
        number = len(used) + 1
        while f"rid{number}" in used:
            number += 1
        made = make("Relationship", {"Id": f"rId{number}", **values})
        self.set_text(name, appended(text, root(text), made))
        return f"rId{number}"

    def remove_rel(self, part: str, rel_id: str) -> None:
        """Take a relationship away."""
        name = self._rels_part(part)
        text = self.text(name, PACKAGE_RELS)
        for element in children(text, root(text).inner):
            if attributes(start_tag(text, element)).get("Id") == rel_id:
                self.set_text(name, text[: element.start] + text[element.end :])
                return

    def parts(self) -> Iterator[str]:
        """Yield the names of all parts there will be, those of the file first."""
        old = self.package.names()
        yield from (name for name in old if name not in self._dropped)
        known = set(old)
        yield from (name for name in [*self._streams, *self._texts] if name not in known)

    def copied(self) -> Iterator[str]:
        """Yield the names of the parts of the file that are not changed."""
        for name in self.parts():
            if name not in self._streams and name not in self._texts:
                yield name

    def write(self, out: BinaryIO) -> None:
        """Write the workbook; parts that did not change keep their compressed bytes."""
        archive = RawZip(out)
        with self.package.path.open("rb") as source:
            now, then = os.fstat(source.fileno()), self.package.fingerprint
            if (now.st_size, now.st_mtime_ns) != (then.size, then.mtime_ns):
                raise ChangedWorkbook()
            for name in self.parts():
                if name in self._streams:
                    stream, fallback = self._streams[name]
                    try:
                        archive.add(name, stream())
                    except IrregularSheet:
                        archive.add(name, fallback())
                elif name in self._texts:
                    archive.add(name, [self._texts[name].encode()])
                else:
                    archive.copy(source, self.package.member(name))
            for folder in self.package.folders:
                archive.copy(source, folder)
        archive.close()

    @property
    def _types_part(self) -> str:
        return self.package.find(_TYPES_PART) or _TYPES_PART

    def _rels_part(self, part: str) -> str:
        name = _rels_name(part)
        return self.package.find(name) or name


def _rels_name(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", name + ".rels")
