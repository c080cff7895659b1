"""Charts put onto the sheets of a workbook while it is edited."""

from __future__ import annotations

import re

from ar_xl.xlfile.charts import NEW_DRAWING, anchor_xml, chart_xml, with_anchor
from ar_xl.xlfile.draft import Draft
from ar_xl.xlfile.editsheets import SheetEdit
from ar_xl.xlfile.specs import ChartSpec

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_SHAPE_NUMBER = re.compile(r'cNvPr\b[^>]*?\bid="(\d+)"')


def place_chart(draft: Draft, sheet: SheetEdit, chart: ChartSpec) -> None:
    """Draw a chart on a sheet, beside what is drawn there already."""
    content = chart_xml(chart)
    drawings = [target for _, kind, target in draft.rels(sheet.part) if kind == "drawing"]
    if drawings:
        drawing = drawings[0]
        text = draft.raw_text(drawing)
    else:
        drawing = draft.new_part("xl/drawings/drawing{}.xml", _DRAWING_TYPE)
        sheet.frame.drawing = draft.add_rel(sheet.part, "drawing", drawing)
        text = NEW_DRAWING
    part = draft.new_part("xl/charts/chart{}.xml", _CHART_TYPE)
    draft.set_text(part, content)
    rel = draft.add_rel(drawing, "chart", part)
    number = max((int(match[1]) for match in _SHAPE_NUMBER.finditer(text)), default=0) + 1
    draft.set_text(drawing, with_anchor(text, anchor_xml(chart, rel, number)))
