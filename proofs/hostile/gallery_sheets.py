"""Hostile sheets and styles: far cells, millions of formats and texts, contradictions."""

from __future__ import annotations

import random
from pathlib import Path

from proofs.hostile.books import sheet_of
from proofs.hostile.gallery import (
    SHARED,
    STYLES,
    Make,
    Parts,
    hostile,
    shared_xml,
    swapped,
    with_shared,
)
from proofs.hostile.rawzip import of_parts, repeated


def _in_invoices(old: bytes, new: bytes) -> Make:
    """Exchange a text of the sheet of Invoices."""

    def make(path: Path, parts: Parts) -> object:
        return of_parts(path, swapped(parts, sheet_of(parts, "Invoices"), old, new))

    return make


_END = b"</sheetData>"
_FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


@hostile("one cell at XFD1048576, and a sheet that claims all between", "used area")
def _far_cell(path: Path, parts: Parts) -> object:
    sheet = sheet_of(parts, "Invoices")
    parts = swapped(parts, sheet, b'<dimension ref="A1:T7"/>', b'<dimension ref="A1:XFD1048576"/>')
    return of_parts(path, swapped(parts, sheet, _END, _FAR))


@hostile("a table that claims all rows, and one cell in the last", "used area|empty rows")
def _far_table(path: Path, parts: Parts) -> object:
    sheet = sheet_of(parts, "Invoices")
    parts = swapped(parts, "xl/tables/table1.xml", b'ref="A1:T7"', b'ref="A1:T1048576"')
    far = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    return of_parts(path, swapped(parts, sheet, _END, far))


@hostile("a table as wide as a sheet can be", "contradicts itself")
def _wide_table(path: Path, parts: Parts) -> object:
    return of_parts(
        path, swapped(parts, "xl/tables/table1.xml", b'ref="A1:T7"', b'ref="A1:XFD1048576"')
    )


for _name, _says, _old, _new in (
    ("a row beyond the last", "has a row", _END, b'<row r="1048577"/></sheetData>'),
    ("a row numbered 999,999,999", "has a row", _END, b'<row r="999999999"/></sheetData>'),
    ("a row numbered 0", "has a row", _END, b'<row r="0"><c r="A0"/></row></sheetData>'),
    ("a column beyond the last", "has a cell", _END,
     b'<row r="9"><c r="XFE9"><v>1</v></c></row></sheetData>'),
    ("a row given twice", "gives a cell twice", b'<row r="3"',
     b'<row r="2"><c r="C2"><v>9</v></c></row><row r="3"'),
    ("a cell given twice", "gives a cell twice", b'<c r="D2"',
     b'<c r="C2" t="inlineStr"><is><t>BETA</t></is></c><c r="D2"'),
    ("a cell that names another row", "has a cell", b'<c r="D2"', b'<c r="D3"'),
    ("a number of a million digits", "100 times|holds", b'<c r="H2" s="21"><v>',
     b'<c r="H2" s="21"><v>' + b"9" * 1_000_000),
    ("a number too large for any computer", "holds", b'<c r="H2" s="21"><v>',
     b'<c r="H2" s="21"><v>1e999</v></c><c r="HH2"><v>'),
    ("a number that is no number", "holds", b'<c r="H2" s="21"><v>',
     b'<c r="H2" s="21"><v>nan</v></c><c r="HH2"><v>'),
    ("a style of a negative number", "holds", b'<c r="H2" s="21">', b'<c r="H2" s="-1">'),
    ("a style that does not exist", "", b'<c r="H2" s="21">', b'<c r="H2" s="2000000000">'),
    ("a cell of an unknown type", "holds", b'<c r="H2" s="21">', b'<c r="H2" s="21" t="zzz">'),
    ("a shared formula that is nowhere written", "", b'<c r="H2" s="21"><v>',
     b'<c r="H2" s="21"><f t="shared" si="7"/><v>'),
):  # fmt: skip
    hostile(_name, _says)(_in_invoices(_old, _new))


@hostile("rows out of order", "")
def _disorder(path: Path, parts: Parts) -> object:
    sheet = sheet_of(parts, "Invoices")
    content = parts[sheet]
    start, end = content.index(b'<row r="2"'), content.index(b'<row r="3"')
    moved = content[:start] + content[end:].replace(_END, content[start:end] + _END, 1)
    return of_parts(path, parts | {sheet: moved})


for _name, _value in (("negative", b"-1"), ("huge", b"2000000000"), ("past the end", b"1")):

    def _bad_text(path: Path, parts: Parts, value: bytes = _value) -> object:
        made = with_shared(parts, shared_xml("<si><t>ACME</t></si>").encode())
        sheet = sheet_of(parts, "Invoices")
        old = b'<c r="C2" t="s"><v>0</v>'
        return of_parts(path, swapped(made, sheet, old, old.replace(b">0<", b">" + value + b"<")))

    hostile(f"number of a shared text: {_name}", "holds|names the text")(_bad_text)


@hostile("a shared text of 40,000 characters", "32,767")
def _long_text(path: Path, parts: Parts) -> object:
    random.seed(5)
    text = "".join(random.choices("abcdefghijklmnop", k=40_000))
    return of_parts(path, with_shared(parts, shared_xml(f"<si><t>{text}</t></si>").encode()))


@hostile("one shared text of 90 MB, packed so that it passes for text", "32,767|16 MB")
def _vast_text(path: Path, parts: Parts) -> object:
    return _many(path, parts, "<si><t>", "", "</t></si>", 90)


@hostile("12 million shared texts, packed so that they pass for data", "shared texts")
def _many_texts(path: Path, parts: Parts) -> object:
    return _many(path, parts, "", "<si><t>{}</t></si>", "", 230)


def _many(path: Path, parts: Parts, first: str, item: str, last: str, megabytes: int) -> object:
    """Shared strings of so many megabytes, of too much variety to be told by the ratio."""
    random.seed(9)
    letters = "abcdefghijklmnopqrstuvwxyz"
    texts = ["".join(random.choices(letters, k=2)) for _ in range(24_000)]
    varied = "".join(item.format(text) for text in texts) or "".join(texts)
    plain = (item.format("aa") or "aaaaaaaaaaaaaaaa") * 200_000
    block = (varied + plain)[: 1_000_000 // len(item.format("aa") or "aa") * len(item.format("aa"))
                             or 1_000_000].encode()  # fmt: skip
    made = with_shared(parts, b"")
    del made[SHARED]
    ends = shared_xml(first + "|" + last).encode().split(b"|")
    return of_parts(path, made, repeated(SHARED, ends[0], block, megabytes, ends[1]))


def _million(element: str, item: str) -> Make:
    """A million entries in a list of the styles, varied enough to pass for formats."""

    def make(path: Path, parts: Parts) -> object:
        random.seed(3)
        content = parts.pop(STYLES)
        at = content.index(f"</{element}>".encode())
        block = "".join(item.format(random.randrange(9_999)) for _ in range(10_000)).encode()
        more = repeated(STYLES, content[:at], block, 100, content[at:])
        return of_parts(path, parts, more)

    return make


for _list, _item in {
    "cellXfs": '<xf numFmtId="{}"/>',
    "cellStyleXfs": '<xf numFmtId="{}"/>',
    "numFmts": '<numFmt numFmtId="{}" formatCode="0"/>',
    "fonts": '<font><sz val="{}"/></font>',
    "fills": '<fill><patternFill patternType="{}"/></fill>',
    "borders": '<border><left style="{}"/></border>',
    "cellStyles": '<cellStyle name="{}"/>',
}.items():
    hostile(f"a million {_list}", "65,490 styles")(_million(_list, _item))


@hostile("a million defined names", "larger than 24 MB")
def _names(path: Path, parts: Parts) -> object:
    random.seed(4)
    content = parts.pop("xl/workbook.xml")
    at = content.index(b"</definedNames>")
    names = (f'<definedName name="n{random.randrange(10**6)}">1</definedName>' for _ in range(9999))
    more = repeated("xl/workbook.xml", content[:at], "".join(names).encode(), 100, content[at:])
    return of_parts(path, parts, more)
