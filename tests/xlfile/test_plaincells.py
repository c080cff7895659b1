"""Plain pieces are read the quick way, and nothing else is: one byte changed, and it is noticed."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from ar_xl.xlfile import plaincells
from ar_xl.xlfile.errors import XlFileError
from ar_xl.xlfile.layouts import Layouts
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.piece import PADDING, Piece
from ar_xl.xlfile.plaincells import PlainCells
from ar_xl.xlfile.reading import read_used
from ar_xl.xlfile.strings import Pool

from .packages import (
    SHEET_PART,
    assert_equals_exact,
    book_of,
    parts_of,
    shared_xml,
    sheet_xml,
    shown,
    write_parts,
)

SHARED = "<si><t>USD</t></si><si><t>EUR</t></si>"
LOOKS = ("", ' s="3"', ' s="12"', ' s="123456"', ' t="n"', ' s="7" t="n"')


def plain_rows(numbers: range, seed: int = 3) -> str:
    """Rows as Excel writes them: some cells left out, some empty, formats that change."""
    chance = random.Random(seed)
    lines = []
    for n in numbers:
        cells = [f'<c r="A{n}" s="1" t="s"><v>{n % 2}</v></c>']
        for letters in ("B", "Z", "AA", "AZ", "BA", "ZZ"):
            look = chance.choice(LOOKS)
            value = chance.choice(["7", "-12.5", "1E-05", "45848", "1051.39", "773.6900000000001"])
            start = f'<c r="{letters}{n}"{look}'
            cells.append(chance.choice(["", f"{start}/>", f"{start}><v>{value}</v></c>"]))
        lines.append(f'<row r="{n}" spans="1:702">{"".join(cells)}</row>')
    return "".join(lines)


def read_quickly(rows: str, package: Package) -> bool:
    """Whether a piece of these rows is taken the quick way."""
    content = PADDING + rows.encode() + PADDING
    reader = PlainCells(Pool(package))
    return reader.read(Piece(content), len(PADDING), len(content) - len(PADDING), -1) is not None


@pytest.mark.parametrize("numbers", [range(1, 40), range(90, 120), range(9_990, 10_010)])
def test_plain_rows_are_read_quickly_and_exactly(tmp_path: Path, numbers: range) -> None:
    package = book_of(tmp_path, plain_rows(numbers), shared=SHARED)
    assert read_quickly(plain_rows(numbers), package)
    used = assert_equals_exact(package, SHEET_PART)
    assert used.rows is not None
    assert len(used.rows.numbers) == len(numbers)


@pytest.mark.parametrize("cell", [
    '<c r="AAA1"><v>1</v></c>', '<c r="B1"><f>A1</f><v>1</v></c>', '<c r="B1" t="b"><v>1</v></c>',
    '<c r="B1" t="inlineStr"><is><t>x</t></is></c>', '<c r="B1" cm="1"><v>1</v></c>',
    '<c r="B1"><v></v></c>', '<c r="B1"><v/></c>', '<c r="B1"></c>', '<c r="B1" /><c r="C1"/>',
    '<c r="B2"><v>1</v></c>', '<c r="A1"><v>1</v></c>', '<c r="B1"><v>1</v></c> ',
    '<c r="B1"><v> 1</v></c>', '<c r="B1"><v>1</v></c><!-- c -->', '<c r="B1" s="1234567"/>',
])  # fmt: skip
def test_any_other_cell_leaves_its_piece_to_the_general_way(tmp_path: Path, cell: str) -> None:
    package = book_of(tmp_path, "", shared=SHARED)
    assert not read_quickly(f'<row r="1"><c r="A1"><v>1</v></c>{cell}</row>', package)


@pytest.mark.parametrize("row", [
    '<row r="1"/>', '<row r="1"></row>', '<row r="1" foo="<"><c r="A1"><v>1</v></c></row>',
    '<row r="1"/><c r="A1"><v>1</v></c></row>', '<row r="1"><c r="A1"><v>1</v></c></row> ',
    '<row r="1">x<c r="A1"><v>1</v></c></row>', '<row r="1"><c r="A1"><v>1</v></c></rov>',
])  # fmt: skip
def test_any_other_row_leaves_its_piece_to_the_general_way(tmp_path: Path, row: str) -> None:
    assert not read_quickly(row, book_of(tmp_path, "", shared=SHARED))


def test_more_layouts_than_are_remembered_leave_a_piece_to_the_general_way(tmp_path: Path) -> None:
    rows = [f'<row r="{n}"><c r="A{n}" s="{n}"><v>{n}</v></c></row>' for n in range(1, 100)]
    package = book_of(tmp_path, "".join(rows), shared=SHARED)
    assert read_quickly("".join(rows[:60]), package)
    assert not read_quickly("".join(rows), package)
    assert_equals_exact(package, SHEET_PART)


def test_a_layout_is_told_by_each_of_its_bytes() -> None:
    texts = [
        b"><v>",
        b"/>",
        b' s="1"/>',
        b' s="3"><v>',
        b' s="1" t="s"><v>',
        b' s="12345" t="s"><v>',
    ]
    layouts = Layouts()
    for text in texts:
        content = PADDING + text + PADDING
        number = layouts.learn(content, len(PADDING))
        assert number is not None
        for place in range(len(PADDING), len(PADDING) + len(text) + 1):
            changed = bytearray(content)
            changed[place] ^= 1
            fits = layouts.fit(Piece(bytes(changed)), places(len(PADDING)), places(number))
            assert fits.tolist() == [place == len(PADDING) + len(text)]


def places(place: int) -> npt.NDArray[np.int64]:
    return np.array([place], dtype=np.int64)


def answer(package: Package) -> object:
    """What is read of the sheet, or that it is refused."""
    try:
        used = read_used(package, SHEET_PART, Pool(package))
    except XlFileError as refusal:
        return type(refusal)
    return shown(used.block, used.row0, used.col0)


def test_whatever_bytes_of_plain_rows_change_the_answer_is_that_of_the_general_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(11)
    rows, letters = plain_rows(range(8, 13)), '<>/"=crvst 019.ABZ&'
    refused = 0
    for _ in range(300):
        changed = list(rows)
        for _ in range(chance.randint(1, 2)):
            at = chance.randrange(len(changed))
            changed[at : at + chance.choice([0, 1, 1])] = chance.choice(letters)
        sheet = sheet_xml("".join(changed))
        path = write_parts(tmp_path / "book.xlsx", parts_of(sheet, shared_xml(SHARED)))
        package = Package.open(path)
        quick = answer(package)
        with monkeypatch.context() as without:
            without.setattr(plaincells, "_MOST_FAILURES", 0)
            assert answer(package) == quick
        refused += isinstance(quick, type)
    assert 0 < refused < 300
