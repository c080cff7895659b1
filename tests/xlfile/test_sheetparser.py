"""Cells written in every way that is allowed, and in ways that are not.

Each sheet is read twice: by the exact parser alone and as the product reads (the scan where it
can). Both must give what is expected here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.xlfile.errors import DamagedWorkbook, XlFileError
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.reading import read_used
from ar_xl.xlfile.strings import Pool

from .packages import (
    MAIN,
    SHEET_PART,
    book_of,
    exact_columns,
    parts_of,
    shared_xml,
    sheet_xml,
    shown,
    write_parts,
)

SHARED = "<si><t>Acme</t></si><si><t>USD</t></si>"


def cell(reference: str, inside: str = "", **attributes: str) -> str:
    named = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<c r="{reference}"{named}>{inside}</c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def read_twice(package: Package) -> dict[str, object]:
    pool = Pool(package)
    corner, columns = exact_columns(package, SHEET_PART, pool)
    used = read_used(package, SHEET_PART, pool)
    assert (used.row0, used.col0) == corner
    assert len(columns) == len(used.block.columns)
    for ours, exact in zip(used.block.columns, columns, strict=True):
        assert ours.kind.tolist() == exact.kind.tolist()
        assert ours.style.tolist() == exact.style.tolist()
        assert ours.text.tolist() == exact.text.tolist()
        assert ours.formula.tolist() == exact.formula.tolist()
        assert ours.number.tobytes() == exact.number.tobytes()
    return shown(used.block, used.row0, used.col0)


WAYS: dict[str, tuple[str, dict[str, object]]] = {
    "a number": (row(1, cell("A1", "<v>12.50</v>")), {"A1": 12.5}),
    "a number that says so": (row(1, cell("A1", "<v>-1E-3</v>", t="n")), {"A1": -0.001}),
    "a number among spaces": (row(1, cell("A1", "<v> 7\n</v>")), {"A1": 7.0}),
    "a number with a plus": (row(1, cell("A1", "<v>+5</v>")), {"A1": 5.0}),
    "a number written with an entity": (row(1, cell("A1", "<v>1&#50;</v>")), {"A1": 12.0}),
    "a shared string": (row(1, cell("A1", "<v>1</v>", t="s")), {"A1": "USD"}),
    "type before style": (row(1, '<c r="A1" t="s" s="3"><v>0</v></c>'), {"A1": "Acme"}),
    "attributes before the reference": (row(1, '<c t="s" r="A1"><v>0</v></c>'), {"A1": "Acme"}),
    "single quotes": (row(1, "<c r='A1' t='s'><v>0</v></c>"), {"A1": "Acme"}),
    "spaces in tags": (row(1, '<c  r = "A1"\n t="s" ><v >0</v ></c >'), {"A1": "Acme"}),
    "cell metadata": (row(1, cell("A1", "<v>1</v>", s="2", cm="1", vm="1")), {"A1": 1.0}),
    "many styles": (row(1, *(cell(f"{c}1", s=str(7 * 10**n)) for n, c in enumerate("ABCDE"))), {}),
    "a formula's text": (
        row(1, cell("A1", '<f>"a"&amp;B1</f><v>a&lt;b</v>', t="str")), {"A1": "a<b"}
    ),
    "a formula's empty text": (row(1, cell("A1", "<f>B1</f><v></v>", t="str")), {"A1": ""}),
    "an empty text in short": (row(1, cell("A1", "<f>B1</f><v/>", t="str")), {"A1": ""}),
    "a formula not calculated": (row(1, cell("A1", "<f>B1</f><v></v>")), {}),
    "no value at all": (row(1, cell("A1", "<f>B1</f>"), cell("B1", "<f>C1</f><v/>")), {}),
    "a formula in short": (row(1, cell("A1", '<f t="shared" si="0"/><v>3</v>')), {"A1": 3.0}),
    "an array formula": (
        row(1, cell("A1", '<f t="array" ref="A1:A2">B1:B2&gt;0</f><v>3</v>')), {"A1": 3.0}
    ),
    "true and false": (
        row(1, cell("A1", "<v>1</v>", t="b"), cell("B1", "<v>0</v>", t="b")),
        {"A1": True, "B1": False},
    ),
    "true in words": (row(1, cell("A1", "<v>true</v>", t="b")), {"A1": True}),
    "an error": (row(1, cell("A1", "<v>#N/A</v>", t="e")), {"A1": "<#N/A>"}),
    "a day as text": (row(1, cell("A1", "<v>2013-01-31</v>", t="d")), {"A1": 41305.0}),
    "a moment as text": (row(1, cell("A1", "<v>1900-03-01T12:00:00Z</v>", t="d")), {"A1": 61.5}),
    "an inline string": (
        row(1, cell("A1", "<is><t>00123</t></is>", t="inlineStr")), {"A1": "00123"}
    ),
    "an inline string that looks like a formula": (
        row(1, cell("A1", "<is><t>=1+1</t></is>", t="inlineStr")), {"A1": "=1+1"}
    ),
    "space that is kept": (
        row(1, cell("A1", '<is><t xml:space="preserve"> a\n</t></is>', t="inlineStr")),
        {"A1": " a\n"},
    ),
    "space that is not kept": (
        row(1, cell("A1", "<is><t> a\n</t></is>", t="inlineStr")), {"A1": "a"}
    ),
    "an empty value of an inline string": (
        row(1, cell("A1", "<v/>", t="inlineStr"), cell("B1", "<v></v>", t="inlineStr")),
        {"A1": "", "B1": ""},
    ),
    "rich inline text": (
        row(1, cell("A1", "<is><r><rPr><b/><color rgb='FF0000FF'/></rPr><t>a</t></r>"
                          "<r><t>b</t></r><rPh sb='0' eb='1'><t>no</t></rPh></is>",
                    t="inlineStr")),
        {"A1": "ab"},
    ),
    "an empty inline string": (
        row(1, cell("A1", "<is><t></t></is>", t="inlineStr"),
            cell("B1", "<is><t/></is>", t="inlineStr"), cell("C1", t="inlineStr")),
        {"A1": "", "B1": ""},
    ),
    "an inline string in a plain value": (
        row(1, cell("A1", "<v>Acme</v>", t="inlineStr")), {"A1": "Acme"}
    ),
    "a text with everything": (
        row(1, cell("A1", "<is><t>\u65e5\u672c R&amp;D _x000D_ \U0001f600 &#8364;</t></is>",
                    t="inlineStr")),
        {"A1": "\u65e5\u672c R&D \r \U0001f600 \u20ac"},
    ),
    "a section of character data": (
        row(1, cell("A1", "<is><t><![CDATA[<c r=\"B1\">&amp;]]></t></is>", t="inlineStr")),
        {"A1": '<c r="B1">&amp;'},
    ),
    "a comment with a cell in it": (
        row(1, '<!-- <c r="A1"><v>9</v></c> -->', cell("B1", "<v>1<!-- x -->2</v>")),
        {"B1": 12.0},
    ),
    "an instruction": (row(1, "<?ignore <c?>", cell("A1", "<v>1</v>")), {"A1": 1.0}),
    "cells without references": (
        "<row><c><v>1</v></c><c t='s'><v>0</v></c></row><row><c><v>2</v></c></row>",
        {"A1": 1.0, "B1": "Acme", "A2": 2.0},
    ),
    "one reference among none": (
        '<row r="3"><c><v>1</v></c><c r="D3"><v>2</v></c><c><v>3</v></c></row>',
        {"A3": 1.0, "D3": 2.0, "E3": 3.0},
    ),
    "cells from right to left": (
        row(1, cell("B1", "<v>2</v>"), cell("A1", "<v>1</v>")), {"A1": 1.0, "B1": 2.0}
    ),
    "rows out of order": (
        row(5, cell("A5", "<v>5</v>")) + row(2, cell("A2", "<v>2</v>")), {"A5": 5.0, "A2": 2.0}
    ),
    "a row in two pieces": (
        row(1, cell("A1", "<v>1</v>")) + row(1, cell("B1", "<v>2</v>")), {"A1": 1.0, "B1": 2.0}
    ),
    "small letters": (row(1, cell("a1", "<v>1</v>")), {"A1": 1.0}),
    "wide rows": (
        row(1, cell("Z1", "<v>1</v>"), cell("AA1", "<v>2</v>"), cell("XFD1", "<v>3</v>")),
        {"Z1": 1.0},
    ),
    "long row numbers": (
        '<row r="999998"/>' + row(1048576, cell("Y1048576", "<v>1</v>"), cell("Z1048576")),
        {"Y1048576": 1.0},
    ),
    "rows with other attributes": (
        '<row r="1" spans="1:2" ht="15.75" customHeight="1" x14ac:dyDescent="0.25" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
        + cell("A1", "<v>1</v>") + "</row><row r='2' hidden='1'/>",
        {"A1": 1.0},
    ),
    "nothing but empty rows": ('<row r="1"/><row r="9"></row>', {}),
    "pretty printing": (
        '\n<row r="1">\n  <c r="A1" t="s">\n    <v>0</v>\n  </c>\n  <c r="B1"/>\n</row>\n',
        {"A1": "Acme"},
    ),
    "an extension in a cell": (
        row(1, cell("A1", "<v>1</v><extLst><ext uri='x'><v>2</v></ext></extLst>")), {"A1": 1.0}
    ),
    "blanks of every kind": (
        row(1, '<c r="A1"/>', '<c r="B1" s="4"/>', '<c r="C1" s="4" />', '<c r="D1"></c>',
            '<c r="E1" t="n"/>', '<c r="F1" s="5" t="n"/>', '<c r="G1" t="s"/>',
            '<c r="H1" t="s"><v></v></c>', '<c r="I1" t="str"/>', '<c r="J1" t="e"><v/></c>'),
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_cell_may_be_written_in_many_ways(tmp_path: Path, way: str) -> None:
    rows, expected = WAYS[way]
    found = read_twice(book_of(tmp_path, rows, shared=SHARED))
    assert expected.items() <= found.items()
    assert len(found) == len(expected) or way == "wide rows"


DAMAGE = {
    "text in a number": row(1, cell("A1", "<v>12,50</v>")),
    "a word in a number": row(1, cell("A1", "<v>NaN</v>")),
    "a number without end": row(1, cell("A1", "<v>1e999</v>")),
    "a reference that is none": row(1, cell("1A", "<v>1</v>")),
    "a reference to another row": row(1, cell("A2", "<v>1</v>")),
    "a cell twice": row(1, cell("A1", "<v>1</v>"), cell("A1", "<v>2</v>")),
    "a cell twice in two rows": row(1, cell("A1", "<v>1</v>")) * 2,
    "a column beyond the last": row(1, cell("XFE1", "<v>1</v>")),
    "a row beyond the last": row(1_048_577, cell("A1048577", "<v>1</v>")),
    "row nought": row(0, cell("A0", "<v>1</v>")),
    "a row without a number": '<row r="x"/>',
    "a shared string that does not exist": row(1, cell("A1", "<v>2</v>", t="s")),
    "a shared string below nought": row(1, cell("A1", "<v>-1</v>", t="s")),
    "a shared string that is no number": row(1, cell("A1", "<v>1.5</v>", t="s")),
    "a truth that is neither": row(1, cell("A1", "<v>2</v>", t="b")),
    "a day that is none": row(1, cell("A1", "<v>2013-02-30</v>", t="d")),
    "an unknown type": row(1, cell("A1", "<v>1</v>", t="z")),
    "a style that is no number": row(1, cell("A1", "<v>1</v>", s="x")),
    "an entity that is none": row(1, cell("A1", "<is><t>&nbsp;</t></is>", t="inlineStr")),
    "a tag that is not closed": row(1, '<c r="A1"><v>1</c>'),
    "a control character": row(1, cell("A1", "<is><t>a\0b</t></is>", t="inlineStr")),
    "rows that do not end": '<row r="1"><c r="A1"><v>1</v></c>',
}


@pytest.mark.parametrize("what", DAMAGE)
def test_what_excel_could_not_have_written_is_damage_not_a_guess(tmp_path: Path, what: str) -> None:
    package = book_of(tmp_path, DAMAGE[what], shared=SHARED)
    with pytest.raises(DamagedWorkbook):
        exact_columns(package, SHEET_PART, Pool(package))
    with pytest.raises(DamagedWorkbook):
        read_used(package, SHEET_PART, Pool(package))


def test_any_prefix_may_stand_for_the_namespace(tmp_path: Path) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>1</x:v>'
        '</x:c><c r="B1"><v>9</v></c></x:row></x:sheetData></x:worksheet>'
    ).encode()
    path = write_parts(tmp_path / "a.xlsx", parts_of(sheet, shared_xml(SHARED)))
    assert read_twice(Package.open(path)) == {"A1": "USD"}


def test_elements_of_another_namespace_are_no_cells(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c xmlns="urn:other" r="B1"><v>2</v></c></row>'
    found = read_twice(book_of(tmp_path, rows))
    assert found == {"A1": 1.0}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_sheet_may_have_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    text = sheet_xml(row(1, cell("A1", "<is><t>\u20ac</t></is>", t="inlineStr"))).decode()
    content = text.replace('encoding="UTF-8"', 'standalone="yes"').encode(encoding)
    path = write_parts(tmp_path / "a.xlsx", parts_of(content))
    assert read_twice(Package.open(path)) == {"A1": "\u20ac"}


def test_days_written_as_text_follow_the_epoch_of_the_workbook(tmp_path: Path) -> None:
    sheet = sheet_xml(row(1, cell("A1", "<v>1904-01-02</v>", t="d")))
    parts = parts_of(sheet, workbook='<workbookPr date1904="1"/>')
    path = write_parts(tmp_path / "a.xlsx", parts)
    assert read_twice(Package.open(path)) == {"A1": 1.0}


def test_a_part_that_is_no_worksheet_is_damage(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", parts_of(shared_xml("")))
    with pytest.raises(XlFileError, match="not a worksheet"):
        read_twice(Package.open(path))
