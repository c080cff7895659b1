"""Some rows read on their own are what the whole sheet has there; the digest tells the others."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ar_xl.xlfile.columns import Block
from ar_xl.xlfile.reading import read_block
from ar_xl.xlfile.sheetpieces import Unusual
from ar_xl.xlfile.somerows import RowSieve, read_beside, read_some
from ar_xl.xlfile.strings import Pool
from tests.xlfile.packages import SHEET_PART, book_of, sheet_xml

SHARED = "<si><t>USD</t></si><si><t>Invoice</t></si>"
NUMBERS = [2, 3, 4, 7, 8, 20, 21, 22, 23, 40]


def row(number: int, amount: float = 1.5) -> str:
    """A row of a number, a shared string and an inline one."""
    return (
        f'<row r="{number}"><c r="A{number}"><v>{amount}</v></c>'
        f'<c r="B{number}" t="s"><v>{number % 2}</v></c>'
        f'<c r="D{number}" t="inlineStr"><is><t>text {number % 3}</t></is></c></row>'
    )


def sheet(**amounts: float) -> str:
    """Rows with the amounts given, by `row_4`."""
    return "".join(row(number, amounts.get(f"row_{number}", 1.5)) for number in NUMBERS)


def as_rows(block: Block) -> list[list[object]]:
    """Numbers and texts of a block, row by row."""
    columns = [
        [block.pool[t] if t >= 0 else n for t, n in zip(c.text, c.number, strict=True)]
        for c in block.columns
    ]
    return [[str(cell) for cell in cells] for cells in zip(*columns, strict=True)]


def digest(content: str, rows: list[int], size: int = 10**6) -> bytes:
    """The digest of the other rows, the part coming in chunks of a size."""
    part = sheet_xml(content)
    chunks = [part[at : at + size] for at in range(0, len(part), size)]
    sieve = RowSieve(chunks, SHEET_PART, np.array(rows))
    deque(sieve, maxlen=0)
    return sieve.rest()


def test_rows_here_and_there_are_those_of_the_sheet(tmp_path: Path) -> None:
    package = book_of(tmp_path, sheet(), shared=SHARED)
    wanted = np.array([3, 5, 8, 22, 40])
    some = read_some(package, SHEET_PART, wanted, 0, 4, Pool(package)).block
    whole = read_block(package, SHEET_PART, 0, 0, 40, 4, Pool(package))
    assert as_rows(some) == [as_rows(whole)[number - 1] for number in wanted]


@given(st.sets(st.integers(1, 45), min_size=1), st.integers(1, 400))
def test_the_digest_does_not_depend_on_how_the_bytes_come(rows: set[int], size: int) -> None:
    wanted = sorted(rows)
    assert digest(sheet(), wanted, size) == digest(sheet(), wanted)


@given(st.sampled_from(NUMBERS), st.sets(st.integers(1, 45), min_size=1))
def test_the_digest_changes_with_every_other_row_and_with_no_row_asked_for(
    changed: int, rows: set[int]
) -> None:
    same = digest(sheet(**{f"row_{changed}": 2.5}), sorted(rows)) == digest(sheet(), sorted(rows))
    assert same == (changed in rows)


@pytest.mark.parametrize(
    ("rows", "same"),
    [(sheet(row_7=9), True), (sheet(row_8=9), False), (sheet() + row(41), False),
     (sheet().replace(row(21), ""), False), (sheet().replace(row(7), ""), True)],
    ids=["asked for", "another", "one more", "one less", "asked for and gone"],
)  # fmt: skip
def test_two_files_are_compared_in_the_rows_that_are_not_asked_for(
    rows: str, same: bool, tmp_path: Path
) -> None:
    (tmp_path / "before").mkdir()
    before = book_of(tmp_path / "before", sheet(), shared=SHARED)
    after = book_of(tmp_path, rows, shared=SHARED)
    args = np.array([7]), 0, 4, Pool(after)
    assert read_beside(after, SHEET_PART, (before, SHEET_PART), *args)[1] is same


def test_other_shared_strings_make_other_rows(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    before = book_of(tmp_path / "before", sheet(), shared=SHARED)
    after = book_of(tmp_path, sheet(), shared=SHARED.replace("USD", "EUR"))
    args = np.array([7]), 0, 4, Pool(after)
    assert read_beside(after, SHEET_PART, (before, SHEET_PART), *args)[1] is False


@pytest.mark.parametrize(
    "rows",
    [row(3) + row(2), row(2) + row(2), row(2) + "<!-- -->" + row(3), row(2).replace("r=", "x=", 1)],
)
def test_rows_that_cannot_be_told_by_their_numbers_are_unusual(rows: str) -> None:
    with pytest.raises(Unusual):
        digest(rows, [2, 3])


def test_an_unusual_sheet_is_parsed_and_has_no_digest(tmp_path: Path) -> None:
    package = book_of(tmp_path, row(2) + "<!-- -->" + row(3, 7.25), shared=SHARED)
    some = read_some(package, SHEET_PART, np.array([3]), 0, 4, Pool(package))
    assert as_rows(some.block)[0][0] == "7.25"
    assert some.rest is None


def test_texts_already_read_serve_for_the_file_they_were_copied_to(tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    first, copy = (book_of(at, sheet(), shared=SHARED) for at in (tmp_path, tmp_path / "copy"))
    pool, taken = Pool(first), Pool(copy)
    assert pool.intern(["new"]).tolist() == [0]
    assert pool.shared.tolist() == [1, 2]
    pool.clear()
    taken.take_over(pool)
    assert taken.strings is pool.strings
    assert taken.intern(["Invoice", "other"]).tolist() == [0, 1]
    assert [taken.texts[at] for at in taken.shared] == ["USD", "Invoice"]


def test_shared_strings_are_numbered_though_no_text_was_looked_up_before(tmp_path: Path) -> None:
    pool = Pool(book_of(tmp_path, sheet(), shared=SHARED))
    assert pool.intern([]).tolist() == []
    assert pool.shared.tolist() == [0, 1]
    assert pool.texts.tolist() == ["USD", "Invoice"]
    assert pool.intern(["Invoice", "new"]).tolist() == [1, 2]
