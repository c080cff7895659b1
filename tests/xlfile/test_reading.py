from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ar_xl.xlfile import cells, reading
from ar_xl.xlfile.addresses import Area
from ar_xl.xlfile.canvas import Canvas, Found
from ar_xl.xlfile.columns import CellKind, FormatClass
from ar_xl.xlfile.errors import DamagedWorkbook, TooLarge
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.readahead import read_ahead
from ar_xl.xlfile.reading import read_block, read_top, read_used, row_index
from ar_xl.xlfile.strings import Pool

from .packages import MAIN, SHEET_PART, book_of, parts_of, sheet_xml, write_parts


def number(reference: str, value: object = 1) -> str:
    return f'<c r="{reference}"><v>{value}</v></c>'


def test_cells_that_are_not_in_the_file_are_told_from_blank_formatted_ones(tmp_path: Path) -> None:
    package = book_of(tmp_path, '<row r="2"><c r="B2" s="3"/></row>')
    block = read_block(package, SHEET_PART, 0, 0, 3, 3, Pool(package))
    assert [column.style.tolist() for column in block.columns] == [
        [-1, -1, -1], [-1, 3, -1], [-1, -1, -1]
    ]  # fmt: skip
    assert all((column.kind == CellKind.BLANK).all() for column in block.columns)
    assert all(np.isnan(column.number).all() for column in block.columns)


def test_a_rectangle_beyond_the_used_cells_is_blank(tmp_path: Path) -> None:
    package = book_of(tmp_path, f'<row r="1">{number("A1")}</row>')
    block = read_block(package, SHEET_PART, 50, 50, 2, 2, Pool(package))
    assert [column.kind.tolist() for column in block.columns] == [[0, 0], [0, 0]]


def test_the_used_area_begins_at_the_first_cell(tmp_path: Path) -> None:
    package = book_of(tmp_path, f'<row r="1"/><row r="7">{number("C7")}{number("E7")}</row>')
    used = read_used(package, SHEET_PART, Pool(package))
    assert (used.row0, used.col0) == (6, 2)
    assert [column.kind.tolist() for column in used.block.columns] == [[1], [0], [1]]


def test_an_empty_sheet_has_no_used_area(tmp_path: Path) -> None:
    used = read_used(book := book_of(tmp_path, ""), SHEET_PART, Pool(book))
    assert used.block.columns == []
    assert used.rows is not None
    assert len(used.rows.numbers) == 0


def test_one_cell_in_the_last_corner_is_one_cell(tmp_path: Path) -> None:
    package = book_of(tmp_path, f'<row r="1048576">{number("XFD1048576")}</row>')
    used = read_used(package, SHEET_PART, Pool(package))
    assert (used.row0, used.col0, len(used.block.columns)) == (1_048_575, 16_383, 1)


@pytest.mark.parametrize("way", ["plain", "odd"])
def test_two_cells_in_opposite_corners_are_refused_not_held(tmp_path: Path, way: str) -> None:
    comment = "<!-- -->" if way == "odd" else ""
    rows = f'<row r="1">{number("A1")}</row>{comment}<row r="1048576">{number("XFD1048576")}</row>'
    package = book_of(tmp_path, rows)
    with pytest.raises(
        TooLarge, match=r"1,048,576 rows and 16,384 columns\. Delete the empty rows"
    ):
        read_used(package, SHEET_PART, Pool(package))


def test_a_rectangle_of_a_whole_sheet_is_refused(tmp_path: Path) -> None:
    package = book_of(tmp_path, "")
    with pytest.raises(TooLarge):
        read_block(package, SHEET_PART, 0, 0, 1_048_576, 16_384, Pool(package))


def test_a_claim_to_use_the_whole_sheet_is_not_believed(tmp_path: Path) -> None:
    rows = f'<row r="1">{number("A1")}</row>'
    package = book_of(tmp_path, rows, before='<dimension ref="A1:XFD1048576"/>')
    used = read_used(package, SHEET_PART, Pool(package))
    assert len(used.block.columns) == 1


@pytest.mark.parametrize("claim", ["A1:B2", "B3:C9", "A1", "Z9:Z9", "A1:AZ9", "A0:B9"])
def test_whatever_area_a_sheet_claims_to_use_its_cells_decide(tmp_path: Path, claim: str) -> None:
    rows = "".join(
        f'<row r="{n}">{number(f"B{n}", n)}{number(f"D{n}", -n)}</row>' for n in (2, 5, 9)
    )
    package = book_of(tmp_path, rows, before=f'<dimension ref="{claim}"/>')
    used = read_used(package, SHEET_PART, Pool(package))
    assert (used.row0, used.col0) == (1, 1)
    assert used.block.columns[0].number[[0, 3, 7]].tolist() == [2, 5, 9]
    assert used.block.columns[2].number[[0, 3, 7]].tolist() == [-2, -5, -9]
    assert [len(column.kind) for column in used.block.columns] == [8, 8, 8]


def test_a_block_knows_formats_and_epoch(tmp_path: Path) -> None:
    sheet = sheet_xml('<row r="1"><c r="A1" s="1"><v>41305</v></c></row>')
    parts = parts_of(sheet, workbook='<workbookPr date1904="true"/>')
    rels = parts["xl/_rels/workbook.xml.rels"].decode()
    style = rels[rels.index("<Relationship Id") : rels.index("</Relationships>")]
    style = style.replace("rId1", "rId7").replace("/worksheet", "/styles", 1)
    style = style.replace("worksheets/sheet1.xml", "styles.xml")
    parts["xl/_rels/workbook.xml.rels"] = rels.replace("</Rel", style + "</Rel", 1).encode()
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    ).encode()
    package = Package.open(write_parts(tmp_path / "a.xlsx", parts))
    block = read_used(package, SHEET_PART, Pool(package)).block
    assert block.date1904
    assert block.formats.tolist() == [FormatClass.GENERAL, FormatClass.DATE]
    assert block.columns[0].style.tolist() == [1]


def test_equal_texts_of_two_sheets_have_one_index(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>USD</t></is></c>'
    rows += '<c r="B1" t="s"><v>0</v></c><c r="C1" t="str"><f>A1</f><v>USD</v></c></row>'
    package = book_of(tmp_path, rows, shared="<si><t>USD</t></si>")
    pool = Pool(package)
    first = read_used(package, SHEET_PART, pool).block
    second = read_used(package, SHEET_PART, pool).block
    assert len({int(column.text[0]) for column in first.columns + second.columns}) == 1


def test_rows_have_no_index_where_the_sheet_cannot_be_cut(tmp_path: Path) -> None:
    assert row_index(book_of(tmp_path, '<row r="1"/><!-- --><row r="2"/>'), SHEET_PART) is None
    index = row_index(book_of(tmp_path, '<row r="1"/><row r="2"/>'), SHEET_PART)
    assert index is not None
    assert index.numbers.tolist() == [0, 1]


def found(row: list[int], column: list[int], value: float) -> Found:
    size = len(row)
    return Found(
        row=np.array(row),
        column=np.array(column),
        kind=np.ones(size, dtype=np.uint8),
        style=np.zeros(size, dtype=np.int32),
        formula=np.zeros(size, dtype=np.bool_),
        number=np.full(size, value),
        text=np.full(size, -1, dtype=np.int32),
    )


def test_a_canvas_grows_to_every_side_and_keeps_what_is_on_it() -> None:
    canvas = Canvas(0, 0, 0, 0, grows=True)
    places = [(10, 10), (12, 10), (12, 11), (11, 5), (3, 7), (40, 20)]
    for value, (row, column) in enumerate(places):
        canvas.put(found([row], [column], float(value)))
    assert (canvas.row0, canvas.col0, canvas.rows, canvas.columns) == (3, 5, 38, 16)
    blocks = canvas.blocks()
    values = [blocks[column - 5].number[row - 3] for row, column in places]
    assert values == [0, 1, 2, 3, 4, 5]
    assert sum(int(block.kind.sum()) for block in blocks) == len(places)


def test_reading_ahead_gives_the_same_chunks_in_order() -> None:
    assert list(read_ahead(bytes([n]) for n in range(50))) == [bytes([n]) for n in range(50)]


def test_reading_ahead_does_without_threads_where_there_are_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert list(read_ahead(bytes([n]) for n in range(5))) == [bytes([n]) for n in range(5)]


def test_an_error_while_reading_ahead_comes_after_what_was_read() -> None:
    def chunks() -> Iterator[bytes]:
        yield b"a"
        raise DamagedWorkbook("it broke off")

    ahead = read_ahead(chunks())
    assert next(ahead) == b"a"
    with pytest.raises(DamagedWorkbook, match="broke off"):
        next(ahead)


def test_reading_ahead_stops_when_nobody_reads_on() -> None:
    closed = threading.Event()

    def chunks() -> Iterator[bytes]:
        try:
            while True:
                yield b"x"
        finally:
            closed.set()

    before = threading.active_count()
    ahead = read_ahead(chunks())
    assert next(ahead) == b"x"
    ahead.close()  # type: ignore[attr-defined]  # it is a generator
    assert threading.active_count() == before


def long_sheet() -> str:
    """A thousand rows of a number and a text."""
    rows = range(1, 1001)
    return "".join(
        f'<row r="{row}">{number(f"A{row}", row)}<c r="C{row}" t="inlineStr"><is><t>x</t></is></c>'
        "</row>"
        for row in rows
    )


def test_the_first_rows_are_those_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGE_BYTES", 1)
    monkeypatch.setattr(reading, "TOP_BYTES", 4000)
    package = book_of(tmp_path, long_sheet())
    top = read_top(package, SHEET_PART, Pool(package), 64)
    assert top is not None
    columns = top.block.columns
    assert (top.row0, top.col0, len(columns)) == (0, 0, 3)
    assert 64 <= len(columns[0].kind) < 200
    assert columns[0].number.tolist() == list(range(1, len(columns[0].kind) + 1))


def test_headings_of_a_large_sheet_are_read_without_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = book_of(tmp_path, long_sheet())
    classes = np.zeros(1, dtype=np.uint8)
    sheet = cells.Cells(package, SHEET_PART, Pool(package), lambda: classes)
    monkeypatch.setattr(reading, "LARGE_BYTES", 1)
    with monkeypatch.context() as without:
        without.delattr(cells, "read_used")
        found = sheet.block(Area(1, 1, 2, 4)).columns
        assert [column.kind.tolist() for column in found] == [[1, 1], [0, 0], [2, 2], [0, 0]]
    assert sheet.used() == Area(1, 1, 1000, 3)
    assert sheet.block(Area(1, 1, 1000, 1)).columns[0].number.sum() == 500_500


def test_a_small_or_unusual_sheet_has_no_first_rows_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = book_of(tmp_path, "<!-- -->" + long_sheet())
    assert read_top(package, SHEET_PART, Pool(package), 64) is None
    monkeypatch.setattr(reading, "LARGE_BYTES", 1)
    assert read_top(package, SHEET_PART, Pool(package), 64) is None
