"""Charts that a file has: told of, kept, and deleted."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.xlfile.engine_books import opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "charts.xlsx"
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_column("A1", [1, 2, 3])
        kinds = [("column", "stacked"), ("line", None), ("pie", None)]
        for place, (kind, subtype) in enumerate(kinds):
            chart = book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})
            chart.add_series({"values": "=Data!$A$1:$A$3"})
            chart.set_title({"name": f"The {kind}"})
            sheet.insert_chart(3 * place, 2, chart, {"object_position": 2})
    return made


def test_charts_of_the_file_tell_name_type_title_and_place(path: Path) -> None:
    charts = opened(path).sheets["Data"].charts
    assert [chart.name for chart in charts] == ["Chart 1", "Chart 2", "Chart 3"]
    assert [chart.chart_type for chart in charts] == ["column_stacked", "line", "pie"]
    assert [chart.impl.title for chart in charts] == ["The column", "The line", "The pie"]
    second = charts["Chart 2"]
    assert (second.left, second.top) == (96, 45)
    assert (round(second.width), round(second.height)) == (360, 216)


def test_a_chart_of_the_file_is_deleted_with_its_parts(path: Path) -> None:
    book = opened(path)
    book.sheets["Data"].charts["Chart 2"].delete()
    assert [chart.name for chart in book.sheets["Data"].charts] == ["Chart 1", "Chart 3"]
    book.save()
    page: Any = openpyxl.load_workbook(path)["Data"]
    assert len(page._charts) == 2
    with zipfile.ZipFile(path) as archive:
        assert "xl/charts/chart2.xml" not in archive.namelist()
        assert b"chart2.xml" not in archive.read("[Content_Types].xml")


def test_a_new_chart_keeps_its_name_when_it_is_saved(path: Path) -> None:
    book = opened(path)
    sheet = book.sheets["Data"]
    sheet["E1"].value = [["Who", "Open"], ["a", 1], ["b", 2]]
    chart = sheet.charts.add(left=200, top=300, name="Ours")
    chart.set_source_data(sheet["E1:F3"])
    book.save()
    assert [each.name for each in sheet.charts] == ["Chart 1", "Chart 2", "Chart 3", "Ours"]
    assert sheet.charts["Ours"].chart_type == "column_clustered"
