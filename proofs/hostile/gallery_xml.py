"""Hostile XML: entities, encodings that hide them, nesting, whitespace, attributes."""

from __future__ import annotations

import random
from pathlib import Path

from proofs.hostile.books import sheet_of
from proofs.hostile.gallery import (
    OFFICE,
    STYLES,
    Make,
    Parts,
    hostile,
    shared_xml,
    swapped,
    with_shared,
)
from proofs.hostile.rawzip import of_parts, repeated

_LAUGHS = "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)
)  # a billion times "ha"
BOMB = f'<!DOCTYPE sst [<!ENTITY e0 "ha">{_LAUGHS}]>'
ITEM = "<si><t>&e9;</t></si>"


def _encoded(encoding: str, declared: str = "", mark: bytes = b"", before: str = "") -> Make:
    """Shared strings that are an entity bomb, in an encoding that may hide it."""

    def make(path: Path, parts: Parts) -> object:
        head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
        text = head + before + BOMB + shared_xml(ITEM)
        return of_parts(path, with_shared(parts, mark + text.encode(encoding)))

    return make


_HIDES = [
    ("entity bomb in UTF-8", "document type", _encoded("utf-8")),
    ("entity bomb in UTF-8 with a mark", "document type", _encoded("utf-8-sig")),
    ("entity bomb in UTF-16 with a mark", "document type", _encoded("utf-16")),
    ("entity bomb in UTF-16 without one", "document type", _encoded("utf-16-le")),
    ("entity bomb in UTF-16, other end first", "document type", _encoded("utf-16-be")),
    ("entity bomb in UTF-32", "not well-formed|encoding", _encoded("utf-32")),
    ("entity bomb in UTF-7, declared", "encoding utf-7", _encoded("utf-7", "UTF-7")),
    ("entity bomb in EBCDIC, declared", "not well-formed|not UTF-8", _encoded("cp037", "cp037")),
    ("entity bomb said to be UTF-16, but is not", "encoding utf-16", _encoded("utf-8", "UTF-16")),
    ("UTF-8 mark before UTF-16", "not well-formed|encoding",
     _encoded("utf-16-le", "", b"\xef\xbb\xbf")),
    ("document type behind 100 KB of comment", "document type",
     _encoded("utf-8", "", b"", f"<!--{'-x' * 50_000}-->")),
    ("document type behind 100 KB of spaces", "does not begin",
     _encoded("utf-8", "", b"", " " * 100_000)),
]  # fmt: skip
for _name, _says, _make in _HIDES:
    hostile(_name, _says)(_make)


@hostile("encoding declared 4,000 spaces late", "declaration")
def _late(path: Path, parts: Parts) -> object:
    head = f'<?xml version="1.0"{" " * 4_000}encoding="utf-7"?>'
    return of_parts(path, with_shared(parts, (head + shared_xml("<si/>")).encode()))


_TYPES = {
    "external entity (a file)": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "external entity (the network)": '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]>',
    "external document type": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    "parameter entities": (
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/hostname"><!ENTITY % q '
        "\"<!ENTITY e SYSTEM 'http://127.0.0.1:9/?%p;'>\">%q;]>"
    ),
    "one huge entity, named often": f'<!DOCTYPE x [<!ENTITY e "{"y" * 60_000}">]>',
}
_PLACES = ("xl/workbook.xml", STYLES, "[Content_Types].xml", "xl/_rels/workbook.xml.rels")


def _declares(place: str, declaration: str) -> Make:
    def make(path: Path, parts: Parts) -> object:
        content = parts[place]
        at = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
        return of_parts(path, parts | {place: content[:at] + declaration.encode() + content[at:]})

    return make


for _at, (_name, _declaration) in enumerate(_TYPES.items()):
    _place = _PLACES[_at % len(_PLACES)]
    hostile(f"{_name} in {_place}", "document type")(_declares(_place, _declaration))


@hostile("a document type in a sheet of ours", "document type")
def _in_sheet(path: Path, parts: Parts) -> object:
    return _declares(sheet_of(parts, "Invoices"), _TYPES["external entity (a file)"])(path, parts)


@hostile("a document type in a table part", "document type")
def _in_table(path: Path, parts: Parts) -> object:
    return _declares("xl/tables/table2.xml", BOMB)(path, parts)


def _deep(place: str, close: bool) -> Make:
    """A million elements, each within the other."""

    def make(path: Path, parts: Parts) -> object:
        content, inner = parts[place], b"<a>" * 1_000_000 + b"</a>" * 1_000_000 * close
        at = content.rindex(b"</")
        return of_parts(path, parts | {place: content[:at] + inner + content[at:]})

    return make


hostile("a million nested elements in the workbook part", "elements|100 times")(
    _deep("xl/workbook.xml", True)
)
hostile("a million elements never closed, in the styles", "100 times|well-formed|elements")(
    _deep(STYLES, False)
)


@hostile("300,000 different elements in the workbook part", "elements")
def _elements(path: Path, parts: Parts) -> object:
    random.seed(6)
    content = parts["xl/workbook.xml"]
    many = "".join(f'<a b="{random.randrange(10**9)}"/>' for _ in range(600_000)).encode()
    at = content.rindex(b"</")
    return of_parts(path, parts | {"xl/workbook.xml": content[:at] + many + content[at:]})


@hostile("an attribute of 60 MB in the workbook part", "100 times|larger")
def _attribute(path: Path, parts: Parts) -> object:
    content = parts.pop("xl/workbook.xml")
    at = content.index(b"<workbook ") + 10
    huge = repeated(
        "xl/workbook.xml", content[:at] + b'x="', b"y" * 1_000_000, 60, b'" ' + content[at:]
    )
    return of_parts(path, parts, huge)


@hostile("100 MB of spaces in a sheet", "100 times")
def _spaces(path: Path, parts: Parts) -> object:
    sheet = sheet_of(parts, "Invoices")
    content = parts.pop(sheet)
    at = content.index(b"<sheetData>")
    spaces = repeated(sheet, content[:at], b" " * 1_000_000, 100, content[at:])
    return of_parts(path, parts, spaces)


_RELS = "xl/_rels/workbook.xml.rels"


def _related(kind: str, target: str, mode: str = "") -> bytes:
    external = f' TargetMode="{mode}"' if mode else ""
    return (
        f'<Relationship Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}"{external}/>'
        "</Relationships>"
    ).encode()


_HARMLESS = {
    "external link to a file": ("externalLink", "file:///etc/passwd", "External"),
    "external link to a share": ("externalLink", r"\\127.0.0.1\share\x.xlsx", "External"),
    "external link to the network": ("externalLink", "http://127.0.0.1:9/x.xlsx", "External"),
    "external image": ("image", "http://127.0.0.1:9/x.png", "External"),
    "a relationship to itself": ("customXml", "/xl/_rels/workbook.xml.rels", ""),
    "a relationship to nothing": ("externalLink", "../../../../etc/passwd", ""),
}
for _name, _rel in _HARMLESS.items():

    def _with_rel(path: Path, parts: Parts, rel: tuple[str, str, str] = _rel) -> object:
        return of_parts(path, swapped(parts, _RELS, b"</Relationships>", _related(*rel)))

    hostile(_name, "")(_with_rel)


@hostile("shared strings are outside the file", "names the text")
def _outside(path: Path, parts: Parts) -> object:
    made = with_shared(parts, shared_xml("<si/>").encode())
    del made["xl/sharedStrings.xml"]
    return of_parts(
        path, swapped(made, _RELS, b'Target="sharedStrings.xml"',
                      b'Target="file:///etc/passwd" TargetMode="External"')
    )  # fmt: skip


@hostile("a sheet is outside the file", "is not in the file|outside")
def _sheet_outside(path: Path, parts: Parts) -> object:
    old = b'Target="/xl/worksheets/sheet2.xml"'
    new = b'Target="file:///etc/passwd" TargetMode="External"'
    return of_parts(path, swapped(parts, _RELS, old, new))


@hostile("the sheet list names the workbook part", "begins as a workbook")
def _loop(path: Path, parts: Parts) -> object:
    old = b'Target="/xl/worksheets/sheet2.xml"'
    return of_parts(path, swapped(parts, _RELS, old, b'Target="/xl/workbook.xml"'))


@hostile("a table's relationship leads to the sheet itself", "table part")
def _table_loop(path: Path, parts: Parts) -> object:
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    old = b'Target="/xl/tables/table1.xml"'
    return of_parts(path, swapped(parts, rels, old, b'Target="/xl/worksheets/sheet2.xml"'))


@hostile("two sheets of the same part", "the same part")
def _same_part(path: Path, parts: Parts) -> object:
    old = b'Target="/xl/worksheets/sheet3.xml"'
    new = b'Target="/xl/worksheets/sheet2.xml"'
    return of_parts(path, swapped(parts, _RELS, old, new))
