"""The scan equals the exact parser, however a sheet is written and wherever its bytes are cut."""

from __future__ import annotations

import io
import random
import tempfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ar_xl.xlfile.canvas import Canvas
from ar_xl.xlfile.columns import Block
from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.reading import read_block, read_used
from ar_xl.xlfile.scan import Scan
from ar_xl.xlfile.sheetpieces import Unusual
from ar_xl.xlfile.strings import Pool

from .packages import (
    SHEET_PART,
    agree,
    assert_equals_exact,
    book_of,
    exact_columns,
    filled,
    parts_of,
    shared_xml,
    sheet_xml,
    write_parts,
)

VALUES = (
    st.none()
    | st.integers(-(10**17), 10**17)
    | st.floats(-1e307, 1e307)
    | st.decimals(-(10**9), 10**9, places=2, allow_nan=False).map(float)
    | st.booleans()
    | st.sampled_from(
        ["USD", "Invoice", "00123", "=x", " a ", "", "R&D <b>", "_x000D_", "\U0001f600"]
    )
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
)
SHEETS = st.dictionaries(
    st.tuples(st.integers(0, 30), st.integers(0, 40)),
    st.tuples(VALUES, st.integers(0, 12)),
    max_size=60,
)


def written_by_xlsxwriter(sheet: dict[tuple[int, int], tuple[object, int]], inline: bool) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "constant_memory": inline})
    formats = [book.add_format({"num_format": f"0.{'0' * n}"}) for n in range(1, 13)]
    page = book.add_worksheet()
    for (row, column), (value, style) in sorted(sheet.items()):
        look = formats[style - 1] if style else None
        if value is None:
            page.write_blank(row, column, None, look)
        elif isinstance(value, bool):
            page.write_boolean(row, column, value, look)
        elif isinstance(value, str) and style == 7:
            page.write_formula(row, column, "=A1", look, value)
        elif isinstance(value, str):
            page.write_string(row, column, value, look)
        elif style == 8:
            page.write_formula(row, column, "=A1*2", look, value)
        else:
            page.write_number(row, column, value, look)
    book.close()
    return content.getvalue()


def written_by_openpyxl(sheet: dict[tuple[int, int], tuple[object, int]]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for (row, column), (value, style) in sheet.items():
        cell = page.cell(row + 1, column + 1)
        cell.value = value  # type: ignore[assignment]  # text, number, bool or None
        if isinstance(value, str):
            cell.data_type = "s"
        if style:
            cell.number_format = f"0.{'0' * style}"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def opened(content: bytes, folder: str) -> Package:
    path = Path(folder) / "book.xlsx"
    path.write_bytes(content)
    return Package.open(path)


@settings(max_examples=60)
@given(SHEETS, st.booleans())
def test_any_sheet_of_xlsxwriter_is_scanned_exactly(
    sheet: dict[tuple[int, int], tuple[object, int]], inline: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        package = opened(written_by_xlsxwriter(sheet, inline), folder)
        used = assert_equals_exact(package, SHEET_PART)
        assert used.rows is not None
        cells = filled(used)
    for place, (value, _) in sheet.items():
        if isinstance(value, str) and value.strip(" \t\n") == value and "_x" not in value:
            assert cells.get(place, "") == value
        elif isinstance(value, bool):
            assert cells[place] is value


@settings(max_examples=40)
@given(SHEETS)
def test_any_sheet_of_openpyxl_is_scanned_exactly(
    sheet: dict[tuple[int, int], tuple[object, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        package = opened(written_by_openpyxl(sheet), folder)
        used = assert_equals_exact(package, SHEET_PART)
        assert used.rows is not None
        cells = filled(used)
    for place, (value, _) in sheet.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            assert agree(cells[place], value)  # it writes 16 digits


TAGS = st.sampled_from([
    "<v>{n}</v>", "<v>{n}.5</v>", "<v>-{n}e-3</v>", "<v></v>", "<v/>", "<v />", "", "<v> {n} </v>",
    "<f>A1</f><v>{n}</v>", "<f t='shared' si='0'/><v>{n}</v>", '<f ca="1"/>', "<f>A1</f>",
    "<is><t>t{n}</t></is>", '<is><t xml:space="preserve"> t </t></is>', "<is><t> t</t></is>",
    "<is><r><t>a</t></r><r><t>b</t></r></is>", "<is><t></t></is>", "<is/>", "<v>#REF!</v>",
    "<!-- c --><v>{n}</v>", "<v><![CDATA[{n}]]></v>", "<v>&#49;</v>", "<v>{n}</v><extLst/>",
])  # fmt: skip
ATTRIBUTES = st.sampled_from([
    "", ' s="{n}"', ' t="s"', ' s="{n}" t="s"', ' t="n" s="{n}"', ' t="str"', ' s="1" t="str"',
    ' t="inlineStr"', ' s="12345" t="inlineStr"', ' t="b"', ' t="e"', ' s="2" t="e"', ' t="d"',
    " s='1'", ' cm="1"', ' s="1" ', ' t="z"', ' s=""', ' s="1" s2="1"',
])  # fmt: skip
REFERENCES = st.sampled_from(
    ['<c r="{ref}"', "<c r='{ref}'", "<c", '<c  r="{ref}"', '<x:c r="{ref}"']
)
ODD_CELL = st.tuples(
    st.just('<c r="{ref}"') | REFERENCES, ATTRIBUTES, TAGS, st.sampled_from(["", "\n", " x "])
)
ODD_ROW = st.tuples(
    st.lists(ODD_CELL, max_size=5),
    st.sampled_from(
        ['<row r="{row}">'] * 6 + ["<row>", '<row spans="1:3" r="{row}">', '<row r="{row}" ht="9">']
    ),
    st.integers(1, 3),
)


@settings(max_examples=300)
@given(st.lists(ODD_ROW, max_size=6))
def test_however_odd_a_sheet_the_scan_gives_the_exact_answer_or_the_same_refusal(
    odd: list[tuple[list[tuple[str, str, str, str]], str, int]],
) -> None:
    rows, number = [], 0
    for cells, tag, step in odd:
        number += step
        written = []
        for at, (start, attributes, inside, behind) in enumerate(cells):
            reference = f"{chr(65 + 3 * at)}{number}"
            close = start[1:].split(" ")[0]
            cell = f"{start}{attributes}>{inside}</{close}>{behind}"
            written.append(cell.replace("{ref}", reference).replace("{n}", str(number % 2)))
        rows.append(tag.replace("{row}", str(number)) + "".join(written) + "</row>")
    shared = shared_xml("<si><t>a</t></si><si><t>b</t></si>")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        package = Package.open(write_parts(path, parts_of(sheet_xml("".join(rows)), shared)))
        try:
            exact_columns(package, SHEET_PART, Pool(package))
        except DamagedWorkbook:
            with pytest.raises(DamagedWorkbook):
                read_used(package, SHEET_PART, Pool(package))
        else:
            assert_equals_exact(package, SHEET_PART)


def a_ledger(rows: int, seed: int = 5) -> str:
    """Rows as different programs write them, some cells odd."""
    chance = random.Random(seed)
    lines = []
    for number in range(1, rows + 1):
        cells = [
            f'<c r="A{number}" t="inlineStr"><is><t>INV-{number:06d}</t></is></c>',
            f'<c r="B{number}" s="1"><v>{45_000 + number % 400}</v></c>',
            f'<c r="C{number}" s="12" t="s"><v>{number % 2}</v></c>',
            f'<c r="D{number}" s="2"><f>B{number}*2</f><v>{chance.randrange(10**7) / 100}</v></c>',
            f'<c r="AB{number}" t="b"><v>{number % 2}</v></c>',
        ]
        if number % 7 == 0:
            cells[3] = cells[3].replace(' s="2"', ' cm="1" s="2"')
            cells.append(f'<c r="CC{number}" t="inlineStr"><is><r><t>odd</t></r></is></c>')
        lines.append(f'<row r="{number}" spans="1:9">{"".join(cells)}</row>')
    return "".join(lines)


SHARED = "<si><t>USD</t></si><si><t>EUR</t></si>"


@pytest.mark.parametrize("chunk", [61, 1000, 65_536])
def test_where_the_bytes_are_cut_makes_no_difference(tmp_path: Path, chunk: int) -> None:
    package = book_of(tmp_path, a_ledger(60), shared=SHARED, after="<mergeCells/>" * 50)
    pool = Pool(package)
    whole = read_used(package, SHEET_PART, pool)
    canvas = Canvas(0, 0, 0, 0, grows=True)
    rows = Scan(canvas, pool, SHEET_PART, False, 0).run(package.stream(SHEET_PART, chunk))
    assert whole.rows is not None
    assert rows.starts.tolist() == whole.rows.starts.tolist()
    assert rows.ends.tolist() == whole.rows.ends.tolist()
    assert (rows.data_start, rows.data_end) == (whole.rows.data_start, whole.rows.data_end)
    for found, expected in zip(canvas.blocks(), whole.block.columns, strict=True):
        assert np.array_equal(found.kind, expected.kind)
        assert np.array_equal(found.number, expected.number, equal_nan=True)
        assert np.array_equal(found.text, expected.text)


def test_a_sheet_of_several_megabytes_is_read_ahead_and_exactly(tmp_path: Path) -> None:
    package = book_of(tmp_path, a_ledger(20_000), shared=SHARED)
    assert package.member(SHEET_PART).file_size > 4_000_000
    used = assert_equals_exact(package, SHEET_PART)
    assert used.rows is not None
    assert len(used.rows.numbers) == 20_000


def test_the_row_index_says_where_each_row_lies(tmp_path: Path) -> None:
    rows = '<row r="2"><c r="A2"/></row><row r="5" ht="20"/><row r="9"></row>'
    package = book_of(tmp_path, rows, before='<cols><col min="1" max="2"/></cols>')
    index = read_used(package, SHEET_PART, Pool(package)).rows
    content = package.read(SHEET_PART)
    assert index is not None
    assert index.numbers.tolist() == [1, 4, 8]
    assert [content[a:b] for a, b in zip(index.starts, index.ends, strict=True)] == [
        b'<row r="2"><c r="A2"/></row>', b'<row r="5" ht="20"/>', b'<row r="9"></row>'
    ]  # fmt: skip
    assert content[: index.data_start].endswith(b"<sheetData>")
    assert content[index.data_end :].startswith(b"</sheetData>")


def test_most_cells_odd_is_left_to_the_exact_parser(tmp_path: Path) -> None:
    rows = "".join(f"<row r='{n}'/>" for n in range(1, 4))
    package = book_of(tmp_path, rows)
    with pytest.raises(Unusual):
        Scan(Canvas(0, 0, 9, 9), Pool(package), SHEET_PART, False, 0).run(
            package.stream(SHEET_PART)
        )
    many = "".join(f'<row r="{n}"><c r="A{n}" cm="1"><v>1</v></c></row>' for n in range(1, 1500))
    used = assert_equals_exact(book_of(tmp_path, many), SHEET_PART)
    assert used.rows is None


def block_shown(block: Block) -> list[list[object]]:
    return [
        [
            (
                int(k),
                float(n) if k in (1, 3) else None,
                block.pool[t] if t >= 0 else None,
                int(s),
                bool(f),
            )
            for k, n, t, s, f in zip(c.kind, c.number, c.text, c.style, c.formula, strict=True)
        ]
        for c in block.columns
    ]


@given(st.integers(0, 50), st.integers(0, 85), st.integers(0, 40), st.integers(0, 60))
@settings(max_examples=50)
def test_a_rectangle_is_the_same_as_that_part_of_the_whole(
    row0: int, col0: int, rows: int, columns: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        package = book_of(Path(folder), a_ledger(40), shared=SHARED)
        pool = Pool(package)
        whole = block_shown(read_block(package, SHEET_PART, 0, 0, 100, 200, pool))
        block = read_block(package, SHEET_PART, row0, col0, rows, columns, pool)
    assert block_shown(block) == [
        column[row0 : row0 + rows] for column in whole[col0 : col0 + columns]
    ]
