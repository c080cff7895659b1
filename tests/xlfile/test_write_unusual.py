"""Sheets that other programs write in a form of their own are changed exactly, too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ar_xl.xlfile.canonical import canonical, text_of
from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.errors import DamagedWorkbook
from ar_xl.xlfile.package import Package
from tests.xlfile.packages import (
    MAIN,
    parts_of,
    sheet_xml,
    shown_sheet,
    write_parts,
)

PREFIXED = (
    f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
    "</x:row></x:sheetData></x:worksheet>"
)
UNUSUAL = {
    "prefixed": PREFIXED.encode(),
    "utf-16": ('<?xml version="1.0" encoding="UTF-16"?>' + PREFIXED).encode("utf-16"),
    "without references": sheet_xml("<row><c><v>1</v></c></row>"),
    "reference not first": sheet_xml('<row ht="9" r="1"><c s="0" r="A1"><v>1</v></c></row>'),
    "comment": sheet_xml('<!-- <row r="9"> --><row r="1"><c r="A1"><v>1</v></c></row>'),
    "comment before": sheet_xml(
        '<row r="1"><c r="A1"><v>1</v></c></row>', before="<!-- <sheetData> -->"
    ),
    "single quotes": sheet_xml("<row r='1'><c r='A1'><v>1</v></c></row>"),
    "line breaks": sheet_xml('<row\nr="1">\n<c\nr="A1"><v>1</v></c>\n</row>'),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_a_sheet_in_an_unusual_form_keeps_its_cells_and_takes_new_ones(
    tmp_path: Path, name: str
) -> None:
    package = Package.open(write_parts(tmp_path / "a.xlsx", parts_of(UNUSUAL[name])))
    edit = Edit(package)
    edit.set_block("Data", 1, 2, [np.array([2.0, 3.0])])
    edit.write(tmp_path / "b.xlsx")

    assert shown_sheet(Package.open(tmp_path / "b.xlsx")) == {"A1": 1.0, "B1": 2.0, "B2": 3.0}


def test_cdata_is_text_and_text_is_not_markup(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<c r="B1">]]></t></is></c></row>'
    package = Package.open(write_parts(tmp_path / "a.xlsx", parts_of(sheet_xml(row))))
    edit = Edit(package)
    edit.set_block("Data", 1, 2, [["new"]])
    edit.write(tmp_path / "b.xlsx")

    assert shown_sheet(Package.open(tmp_path / "b.xlsx")) == {"A1": '<c r="B1">', "B1": "new"}


def test_the_plain_form_keeps_foreign_elements_with_their_names() -> None:
    odd = (
        f'<x:a xmlns:x="{MAIN}" xmlns:y="urn:y"><x:b y:c="1 &lt; 2"/><y:d>t&amp;u</y:d>'
        '<e xmlns="urn:e"><x:f/></e></x:a>'
    )
    plain = b"".join(canonical([odd.encode()], "part")).decode().partition("\n")[2]

    assert plain == (
        f'<a xmlns="{MAIN}" xmlns:x="{MAIN}" xmlns:y="urn:y"><b y:c="1 &lt; 2"/>'
        f'<y:d>t&amp;u</y:d><e xmlns="urn:e"><f xmlns="{MAIN}"/></e></a>'
    )


def test_a_part_in_plain_form_is_not_touched() -> None:
    text = f'\ufeff<?xml version="1.0"?>\r\n<!-- x --><styleSheet xmlns="{MAIN}" ></styleSheet>'

    assert text_of(text.encode(), "part") == text


def test_a_part_that_is_not_xml_is_damaged() -> None:
    with pytest.raises(DamagedWorkbook):
        text_of(b"<a><b></a>", "part")
