"""Small damage to a workbook, by chance: of its bytes, of its parts, and of the XML within."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from proofs.hostile.gallery import Parts

Text = Callable[[random.Random, str], str]

_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_ATTRIBUTE = re.compile(r'\s([A-Za-z:]+)="([^"]*)"')
_ELEMENT = re.compile(r"<([A-Za-z:]+)\b[^<>]*?(?:/>|>[^<>]*</\1>)")
_CELL = re.compile(r"<c\b[^<>]*?(?:/>|>.*?</c>)", re.DOTALL)
_ROW = re.compile(r"<row\b[^<>]*?(?:/>|>.*?</row>)", re.DOTALL)
_VALUE = re.compile(r"<v>([^<]*)</v>")
_NUMBERS = (
    "", " ", "-1", "0", "-0", "1", "00012", " 12 ", "1.2.3", "1e400", "-1e308", "1E5", "0x10",
    "１２", "1,200.50", "1.200,50", "INF", "NaN", "nan", "99999999999999999999", "0.005", "1e-320",
    "45000", "2958466", "-45000", "1_000", "1" * 400, "١٢", "TRUE", "#REF!", "+5", ".5", "5.",
)  # fmt: skip
_VALUES = (
    *_NUMBERS, "A1", "A0", "XFD1048576", "XFE1", "A1048577", "A1:XFD1048576", "a1", "$A$1", "true",
    "s", "n", "b", "e", "d", "str", "inlineStr", "shared", "rId1", "/xl/workbook.xml", "../..",
    "&lt;", "&#9;", "&#xD800;", "&#0;", "&nope;", "é", "\u202e", "4294967296", "2147483648",
)  # fmt: skip


def mutated(chance: random.Random, book: bytes) -> tuple[str, bytes]:
    """A damaged workbook, and in a few words what was done to it."""
    if chance.random() < 0.25:
        return _bytes(chance, book)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    what = (_members if chance.random() < 0.1 else _xml)(chance, parts)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return what, made.getvalue()


def _bytes(chance: random.Random, book: bytes) -> tuple[str, bytes]:
    content = bytearray(book)
    done = []
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(content))
        match chance.randrange(5):
            case 0:
                content[at] ^= 1 << chance.randrange(8)
                done.append("bit turned")
            case 1:
                del content[at : at + chance.randrange(1, 40)]
                done.append("bytes lost")
            case 2:
                content[at:at] = chance.randbytes(chance.randrange(1, 40))
                done.append("bytes added")
            case 3:
                start = max(0, len(content) - chance.randrange(1, 4_000))  # in the directory
                content[start] = chance.randrange(256)
                done.append("directory changed")
            case _:
                other = chance.randrange(len(content))
                size = chance.randrange(1, 400)
                content[at : at + size] = content[other : other + size]
                done.append("bytes copied")
    return ", ".join(sorted(set(done))), bytes(content)


def _members(chance: random.Random, parts: Parts) -> str:
    first, second = chance.sample(sorted(parts), 2)
    match chance.randrange(3):
        case 0:
            parts[first], parts[second] = parts[second], parts[first]
            return f"{first} and {second} exchanged"
        case 1:
            del parts[first]
            return f"{first} taken out"
    parts[first] = b""
    return f"{first} emptied"


def _xml(chance: random.Random, parts: Parts) -> str:
    """Damage one part, sheets more often than others; it stays readable as text."""
    sheets = [n for n in parts if n.startswith(("xl/worksheets/sheet", "xl/tables/"))]
    others = [n for n in parts if n.endswith((".xml", ".rels"))]
    full = [name for name in sheets if parts[name].count(b"<row") > 1]
    pick = chance.random()
    name = chance.choice(full or sheets if pick < 0.6 else sheets if pick < 0.75 else others)
    text, done = parts[name].decode("utf-8", "replace"), []
    for _ in range(chance.randrange(1, 4)):
        change = chance.choice(_CHANGES)
        text = change(chance, text)
        done.append(change.__name__.strip("_").replace("_", " "))
    parts[name] = text.encode("utf-8", "replace")
    return f"{name}: {', '.join(done)}"


def _found(chance: random.Random, pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def _attribute_changed(chance: random.Random, text: str) -> str:
    match = _found(chance, _ATTRIBUTE, text)
    if match is None:
        return text
    return text[: match.start(2)] + chance.choice(_VALUES) + text[match.end(2) :]


def _attribute_lost(chance: random.Random, text: str) -> str:
    match = _found(chance, _ATTRIBUTE, text)
    return text if match is None else text[: match.start()] + text[match.end() :]


def _attribute_twice(chance: random.Random, text: str) -> str:
    match = _found(chance, _ATTRIBUTE, text)
    return text if match is None else text[: match.end()] + match[0] + text[match.end() :]


def _attribute_moved(chance: random.Random, text: str) -> str:
    """The value of one attribute into another of the same name."""
    one = _found(chance, _ATTRIBUTE, text)
    same = [m for m in _ATTRIBUTE.finditer(text) if one and m[1] == one[1]]
    if one is None or not same:
        return text
    return text[: one.start(2)] + chance.choice(same)[2] + text[one.end(2) :]


def _number_garbled(chance: random.Random, text: str) -> str:
    match = _found(chance, _VALUE, text)
    if match is None:
        return text
    return text[: match.start(1)] + chance.choice(_NUMBERS) + text[match.end(1) :]


def _digit_changed(chance: random.Random, text: str) -> str:
    match = _found(chance, re.compile("[0-9]"), text)
    if match is None:
        return text
    return text[: match.start()] + chance.choice("0123456789.-eE") + text[match.end() :]


def _element_lost(chance: random.Random, text: str) -> str:
    match = _found(chance, chance.choice((_ELEMENT, _CELL, _ROW)), text)
    return text if match is None else text[: match.start()] + text[match.end() :]


def _element_twice(chance: random.Random, text: str) -> str:
    match = _found(chance, chance.choice((_ELEMENT, _CELL, _ROW)), text)
    return text if match is None else text[: match.end()] + match[0] + text[match.end() :]


def _elements_exchanged(chance: random.Random, text: str) -> str:
    pattern = chance.choice((_ELEMENT, _CELL, _ROW))
    found = list(pattern.finditer(text))
    if len(found) < 2:
        return text
    one, two = sorted(chance.sample(found, 2), key=lambda match: match.start())
    if one.end() > two.start():
        return text
    between = text[one.end() : two.start()]
    return text[: one.start()] + two[0] + between + one[0] + text[two.end() :]


def _tag_lost(chance: random.Random, text: str) -> str:
    match = _found(chance, _TAG, text)
    return text if match is None else text[: match.start()] + text[match.end() :]


def _element_renamed(chance: random.Random, text: str) -> str:
    match = _found(chance, re.compile("[A-Za-z]{1,20}"), text)
    if match is None:
        return text
    name = chance.choice(("c", "v", "f", "row", "x", "sheetData", "is", "t", "xf", "table"))
    return text.replace(f"<{match[0]}", f"<{name}").replace(f"</{match[0]}>", f"</{name}>")


def _put_between(chance: random.Random, text: str) -> str:
    match = _found(chance, _TAG, text)
    if match is None:
        return text
    put = chance.choice((
        "<!-- x -->", "<![CDATA[7]]>", "<?x y?>", " ", "\n", "<x/>", "7", "&amp;", "&#65;", "\x0b",
        "<f>1+1</f>", "<v>1</v>", '<c r="A2"><v>1</v></c>', '<row r="3"/>', "<is><t>x</t></is>",
        "<!DOCTYPE x>", "<extLst/>", '<mc:AlternateContent xmlns:mc="urn:x"/>',
    ))  # fmt: skip
    return text[: match.end()] + put + text[match.end() :]


def _case_changed(chance: random.Random, text: str) -> str:
    match = _found(chance, re.compile("[A-Za-z]+"), text)
    if match is None:
        return text
    return text[: match.start()] + match[0].swapcase() + text[match.end() :]


def _cut_off(chance: random.Random, text: str) -> str:
    return text[: chance.randrange(len(text) + 1)]


_CHANGES: tuple[Text, ...] = (
    *(_attribute_changed,) * 4, _attribute_lost, _attribute_lost, _attribute_twice,
    *(_attribute_moved,) * 2, *(_number_garbled,) * 4, *(_digit_changed,) * 3, _element_lost,
    _element_lost, _element_twice, _element_twice, _elements_exchanged, _elements_exchanged,
    _tag_lost, _element_renamed, *(_put_between,) * 3, _case_changed, _cut_off,
)  # fmt: skip
