"""Whatever goes wrong in a file while it is written, the workbook is not replaced by it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ar_xl.app import life, recheck
from ar_xl.core.findings import Exit
from tests.app.conftest import done, run
from tests.app.office import bring_in

Damage = Callable[[str], str]
ROW = re.compile(r'<row r="(\d+)".*?</row>')
INVOICES, CUSTOMERS = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet5.xml"
OLD_ROW = 5


@pytest.fixture
def office(blank_book: Path) -> Path:
    """Posted invoices, some of them overdue; late fees add rows to the same sheet."""
    bring_in(blank_book, "customers", "invoices")
    done(run("post-invoices", blank_book))
    return blank_book


def damaged_while_written(
    monkeypatch: pytest.MonkeyPatch, damage: Damage, part: str = INVOICES
) -> None:
    """Let a part of every file be damaged between writing and comparing."""
    compare = recheck.recheck

    def compare_damaged(book: Any, written: Path, wanted: Any) -> None:
        with zipfile.ZipFile(written) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        before = parts[part]
        parts[part] = damage(before.decode()).encode()
        assert parts[part] != before, "the damage hits"
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        compare(book, written, wanted)

    monkeypatch.setattr(life, "recheck", compare_damaged)


def row_of(sheet: str, number: int) -> str:
    """The XML of a row; the last one for -1."""
    rows = {int(found[1]): found[0] for found in ROW.finditer(sheet)}
    return rows[max(rows) if number < 0 else number]


def in_row(number: int, change: Damage) -> Damage:
    """A damage to one row, -1 for the last."""

    def damage(sheet: str) -> str:
        row = row_of(sheet, number)
        return sheet.replace(row, change(row))

    return damage


def cell(column: str, change: Damage) -> Damage:
    """A damage to one cell of a row."""
    found = re.compile(rf'<c r="{column}\d+"[^>]*?>.*?</c>')
    return lambda row: found.sub(lambda match: change(match[0]), row)


def other_number(text: str) -> str:
    """The cell with one more in its number."""
    return re.sub(r"<v>(-?[\d.]+)</v>", lambda found: f"<v>{float(found[1]) + 1:g}</v>", text)


def next_row(row: str) -> str:
    """The same row, and once more below it."""
    number = int(row[len('<row r="') :].partition('"')[0])
    again = re.sub(rf'(r="[A-Z]*){number}"', rf'\g<1>{number + 1}"', row)
    return row + again


DAMAGES: dict[str, Damage] = {
    "a posted row is lost": in_row(OLD_ROW, lambda row: ""),
    "a new row is lost": in_row(-1, lambda row: ""),
    "a posted row is there twice": in_row(OLD_ROW, lambda row: row + row),
    "a new row is there twice": in_row(-1, lambda row: row + row),
    "a new row is repeated below": in_row(-1, next_row),
    "an amount of a posted row differs": in_row(OLD_ROW, cell("H", other_number)),
    "the seal of a posted row differs": in_row(OLD_ROW, cell("S", other_number)),
    "a text of a posted row differs": in_row(
        OLD_ROW, cell("C", lambda text: re.sub("<t>.*</t>", "<t>C-1</t>", text))
    ),
    "an amount stands one column to the right": in_row(
        -1, lambda row: re.sub(r'r="H(\d+)"', r'r="I\1"', re.sub(r'<c r="I.*?</c>', "", row))
    ),
    "an amount of a posted row stands one column to the right": in_row(
        OLD_ROW, lambda row: re.sub(r'r="H(\d+)"', r'r="I\1"', re.sub(r'<c r="I.*?</c>', "", row))
    ),
    "an amount of a new row differs": in_row(-1, cell("H", other_number)),
    "the seal of a new row differs": in_row(-1, cell("S", other_number)),
    "a text of a new row differs": in_row(
        -1, cell("N", lambda text: re.sub("<t>.*?</t>", "<t>Something else</t>", text))
    ),
    "the last row is a text too many": in_row(
        -1,
        lambda row: row.replace("</row>", '<c r="AB9" t="inlineStr"><is><t>x</t></is></c></row>'),
    ),
    "all rows are lost": lambda sheet: re.sub("<row.*</row>", "", sheet),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_file_that_does_not_hold_what_was_decided_replaces_nothing(
    damage: Damage, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = office.read_bytes()
    damaged_while_written(monkeypatch, damage)
    answer = run("late-fees", office, as_of="2027-01-31")
    assert answer.exit is Exit.OUR_BUG, (answer.exit, answer.said)
    assert [finding.code for finding in answer.findings] == [recheck.NOT_WHAT_WAS_WRITTEN]
    assert office.read_bytes() == before


@pytest.mark.parametrize("part", [CUSTOMERS, "xl/comments/comment1.xml"])
def test_a_part_that_was_to_be_copied_must_be_the_same(
    part: str, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = office.read_bytes()
    damaged_while_written(monkeypatch, lambda text: text.replace("ustomer", "ostumer"), part)
    answer = run("late-fees", office, as_of="2027-01-31")
    assert answer.exit is Exit.OUR_BUG, (answer.exit, answer.said)
    assert office.read_bytes() == before


def test_a_file_that_is_as_it_should_be_is_not_read_whole(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(recheck, "read_ledger")
    answer = done(run("late-fees", office, as_of="2027-01-31"))
    assert answer.rows["Invoices"] > 0


def test_a_sheet_that_had_to_be_written_anew_is_compared_whole(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged_while_written(monkeypatch, in_row(OLD_ROW, lambda row: row.replace("><", "> <", 1)))
    answer = done(run("late-fees", office, as_of="2027-01-31"))
    assert answer.rows["Invoices"] > 0
