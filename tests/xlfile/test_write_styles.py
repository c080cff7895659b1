"""Formats are added, never moved: ids in use keep their meaning."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.formats import read_formats
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.specs import StyleSpec
from ar_xl.xlfile.stylesheet import NEW_STYLES, StyleSheet
from tests.xlfile.edits import Editing, loaded

LOUD = StyleSpec(
    number_format="#,##0.000",
    bold=True,
    italic=True,
    underline=True,
    font="Arial",
    size=9.5,
    color="FF0000",
    fill="1F4E78",
    borders={"top": "thin", "bottom": "double"},
    border_color="808080",
    horizontal="center",
    vertical="top",
    wrap=True,
    indent=1,
    locked=False,
)


def test_a_format_says_what_it_was_made_of() -> None:
    styles = StyleSheet(NEW_STYLES)

    made = styles.spec(styles.add(LOUD))
    sides = {"left": "", "right": "", "top": "thin", "bottom": "double"}
    assert made.borders == sides
    assert made == StyleSpec(**{**vars(LOUD), "borders": sides})


def test_a_change_keeps_the_rest_of_the_base() -> None:
    styles = StyleSheet(NEW_STYLES)
    base = styles.add(LOUD)
    changed = styles.spec(styles.add(StyleSpec(bold=False, number_format="@"), base))

    before = styles.spec(base)
    assert changed == StyleSpec(**{**vars(before), "bold": False, "number_format": "@"})


def test_the_same_format_is_made_once_and_built_in_numbers_are_used() -> None:
    styles = StyleSheet(NEW_STYLES)
    first = styles.add(StyleSpec(number_format="#,##0.00"))

    assert styles.add(StyleSpec(number_format="#,##0.00")) == first == 1
    assert 'numFmtId="4"' in styles.text()
    assert "<numFmts" not in styles.text()


def test_fills_and_borders_can_be_taken_away_again() -> None:
    styles = StyleSheet(NEW_STYLES)
    plain = styles.add(
        StyleSpec(fill="", color="", borders=dict.fromkeys(["top", "bottom"], "")),
        styles.add(LOUD),
    )

    spec = styles.spec(plain)
    assert (spec.fill, spec.color) == ("", "")
    assert not any((spec.borders or {}).values())


def test_every_format_of_a_real_workbook_keeps_its_id(shared: Path, tmp_path: Path) -> None:
    for source in sorted((shared / "data" / "workbooks").glob("p*.xls?")):
        if "strict" in source.name or "signed" in source.name:
            continue
        package = Package.open(source)
        edit = Edit(package)
        made = edit.style(LOUD)
        assert edit.style_spec(made).number_format == LOUD.number_format
        edit.write(tmp_path / source.name)

        before = read_formats(package).codes
        after = read_formats(Package.open(tmp_path / source.name)).codes
        assert after[: len(before)] == before
        assert after[made] == LOUD.number_format


def test_openpyxl_sees_the_format_of_a_cell(tmp_path: Path) -> None:
    book = Editing(tmp_path)  # which has no styles part yet
    style = book.edit.style(LOUD)
    book.edit.set_block("Data", 1, 1, [np.array([1.5])], [style])
    book.written()

    cell = loaded(book.out)["Data"]["A1"]
    assert (cell.number_format, cell.font.b, cell.font.sz) == ("#,##0.000", True, 9.5)
    assert (cell.fill.fgColor.rgb, cell.font.color.rgb) == ("FF1F4E78", "FFFF0000")
    assert (cell.border.top.style, cell.border.bottom.style) == ("thin", "double")
    assert (cell.alignment.horizontal, cell.alignment.wrap_text) == ("center", True)
    assert cell.protection.locked is False


@pytest.mark.parametrize("style", [0, 7])
def test_an_unknown_or_missing_base_is_the_standard_format(style: int) -> None:
    assert StyleSheet(NEW_STYLES).spec(style).number_format == "General"
