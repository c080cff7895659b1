"""Charts as other programs read them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring
from openpyxl.chart.chartspace import ChartSpace
from openpyxl.chart.reader import read_chart

from ar_xl.xlfile.charts import chart_xml
from ar_xl.xlfile.edit import Edit
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.specs import ChartSeries, ChartSpec
from ar_xl.xlfile.write_errors import CannotEdit
from tests.xlfile.edits import Editing, packed, text_of


def spec(kind: str = "column", stacked: bool = True) -> ChartSpec:
    series = [
        ChartSeries("Current & new", "Data!$B$2:$B$3", [1.5, 2.0], "Data!$B$1", "1F4E78"),
        ChartSeries("1-30", "Data!$C$2:$C$3", [0.25, float("nan")]),
    ]
    return ChartSpec(
        kind, "Aging <1>", "Data!$A$2:$A$3", ["Adams", "Burr"], series, "E2", stacked=stacked
    )


@pytest.mark.parametrize("kind", ["column", "bar", "line"])
@pytest.mark.parametrize("stacked", [True, False])
def test_a_chart_reads_back_with_references_and_the_values_of_now(kind: str, stacked: bool) -> None:
    tree: Any = fromstring(chart_xml(spec(kind, stacked)))
    chart: Any = read_chart(ChartSpace.from_tree(tree))  # type: ignore[no-untyped-call]

    first, second = chart.series
    assert first.tx.strRef.f == "Data!$B$1"
    assert first.tx.strRef.strCache.pt[0].v == "Current & new"
    assert first.val.numRef.f == "Data!$B$2:$B$3"
    assert [point.v for point in first.val.numRef.numCache.pt] == [1.5, 2.0]
    assert [point.idx for point in second.val.numRef.numCache.pt] == [0]
    assert [point.v for point in second.cat.strRef.strCache.pt] == ["Adams", "Burr"]
    grouping = "stacked" if stacked else {"line": "standard"}.get(kind, "clustered")
    assert chart.grouping == grouping


def test_values_and_labels_must_be_as_many() -> None:
    short = ChartSpec("column", "", "S!$A$1", ["a"], [ChartSeries("x", "S!$B$1", [1.0, 2.0])], "A1")
    with pytest.raises(CannotEdit, match="2 values for 1 categories"):
        chart_xml(short)


def test_a_second_chart_stands_beside_the_first(tmp_path: Path) -> None:
    book = Editing(tmp_path)
    book.edit.add_chart("Data", spec())
    first = book.written()
    edit = Edit(first)
    edit.add_chart("Data", spec("bar"))
    edit.write(tmp_path / "two.xlsx")

    before, after = packed(book.out), packed(tmp_path / "two.xlsx")
    assert before["xl/charts/chart1.xml"] == after["xl/charts/chart1.xml"]
    drawing = text_of(tmp_path / "two.xlsx", "xl/drawings/drawing1.xml")
    assert drawing.count("<xdr:oneCellAnchor") == 2
    numbers = re.findall(r'cNvPr id="(\d+)"', drawing)
    assert len(set(numbers)) == 2
    assert Package.open(tmp_path / "two.xlsx").rels("xl/drawings/drawing1.xml")[1].id == "rId2"


def test_a_chart_joins_the_pictures_of_a_sheet_of_the_users(shared: Path, tmp_path: Path) -> None:
    source = shared / "data" / "workbooks" / "phpss__32readwriteBubbleChart1.xlsx"
    package = Package.open(source)
    sheet = next(
        each
        for each in package.worksheets
        if any(rel.kind == "drawing" for rel in package.rels(each.part))
    )
    edit = Edit(package)
    edit.set_block(sheet.name, 500, 1, [np.array([1.0])])
    edit.add_chart(sheet.name, spec())
    edit.write(tmp_path / "out.xlsx")

    before, after = packed(source), packed(tmp_path / "out.xlsx")
    charts = [name for name in before if name.startswith("xl/charts/")]
    assert charts
    assert all(before[name] == after[name] for name in charts)
    assert len([name for name in after if name.startswith("xl/charts/chart")]) == (
        len([name for name in charts if name.startswith("xl/charts/chart")]) + 1
    )
