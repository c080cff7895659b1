"""Column, bar and line charts as parts of a workbook.

The cells' values are written beside the references to them, so that viewers which do not calculate
show the chart too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ar_xl.xlfile.addresses import parse_area
from ar_xl.xlfile.elements import make
from ar_xl.xlfile.payloads import number_text
from ar_xl.xlfile.specs import ChartSeries, ChartSpec
from ar_xl.xlfile.write_errors import CannotEdit
from ar_xl.xlfile.xmlparts import OFFICE_RELS
from ar_xl.xlfile.xmltext import attribute, plain

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMU_PER_PIXEL = 9525
_LINE_EMU = 28_575  # 2.25 points
_CATEGORY_AXIS, _VALUE_AXIS = 500_000_001, 500_000_002
_INK, _RULE = "404040", "D9D9D9"  # of texts and of lines
_DATA_FORMAT = "General"
_ROOT_END = re.compile(r"</(?:\w+:)?wsDr>\s*$")

NEW_DRAWING = f'{_HEAD}<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing"></xdr:wsDr>'


def chart_xml(chart: ChartSpec) -> str:
    """Return the chart part.

    Raises:
        CannotEdit: a series has another number of values than there are categories.
    """
    if chart.kind not in ("column", "bar", "line"):
        raise CannotEdit(f"Charts of the kind '{chart.kind}' cannot be drawn.")
    for series in chart.series:
        if len(series.values) != len(chart.categories):
            raise CannotEdit(
                f"The series '{series.name}' has {len(series.values)} values for "
                f"{len(chart.categories)} categories."
            )
    groups = _lines(chart) if chart.kind == "line" else _bars(chart)
    legend = (
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_text_properties(900)}</c:legend>'
        if len(chart.series) > 1
        else ""
    )
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main"'
        f' xmlns:r="{OFFICE_RELS}"><c:roundedCorners val="0"/><c:chart>'
        + (_title(chart.title, 1400) if chart.title else "")
        + f'<c:autoTitleDeleted val="{0 if chart.title else 1}"/>'
        + f"<c:plotArea><c:layout/>{groups}{_axes(chart)}</c:plotArea>{legend}"
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>'
    )


def anchor_xml(chart: ChartSpec, rel_id: str, number: int) -> str:
    """Return what places a chart on its sheet's drawing.

    Args:
        chart: what it is.
        rel_id: the drawing's relationship to it.
        number: of the shape in the drawing.
    """
    cell = parse_area(chart.anchor)
    width, height = chart.width * _EMU_PER_PIXEL, chart.height * _EMU_PER_PIXEL
    name = make(
        "xdr:cNvPr",
        {
            "id": number + 1,
            "name": chart.name or f"Chart {number}",
            "descr": chart.alt_text or None,
        },
    )
    return (
        f'<xdr:oneCellAnchor xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main">'
        f"<xdr:from><xdr:col>{cell.left - 1}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{cell.top - 1}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        f'<xdr:ext cx="{width}" cy="{height}"/><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        f"{name}<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>"
        '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        f'<a:graphic><a:graphicData uri="{_DRAWING}/chart">'
        f'<c:chart xmlns:c="{_DRAWING}/chart" xmlns:r="{OFFICE_RELS}" r:id="{rel_id}"/>'
        "</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>"
    )


def with_anchor(drawing: str, anchor: str) -> str:
    """Return a drawing part with an anchor added behind the others.

    Raises:
        CannotEdit: the part is not a drawing as Excel writes it.
    """
    end = _ROOT_END.search(drawing)
    if end is None:
        raise CannotEdit("The sheet's drawing is stored in an unusual form; no chart can be added.")
    return drawing[: end.start()] + anchor + drawing[end.start() :]


def _bars(chart: ChartSpec) -> str:
    overlap = '<c:overlap val="100"/>' if chart.stacked else ""
    return (
        f'<c:barChart><c:barDir val="{"col" if chart.kind == "column" else "bar"}"/>'
        f'<c:grouping val="{"stacked" if chart.stacked else "clustered"}"/><c:varyColors val="0"/>'
        + "".join(_series(place, series, chart) for place, series in enumerate(chart.series))
        + f'<c:gapWidth val="60"/>{overlap}'
        f'<c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/></c:barChart>'
    )


def _lines(chart: ChartSpec) -> str:
    return (
        f'<c:lineChart><c:grouping val="{"stacked" if chart.stacked else "standard"}"/>'
        '<c:varyColors val="0"/>'
        + "".join(_series(place, series, chart) for place, series in enumerate(chart.series))
        + '<c:marker val="1"/>'
        f'<c:axId val="{_CATEGORY_AXIS}"/><c:axId val="{_VALUE_AXIS}"/></c:lineChart>'
    )


def _series(place: int, series: ChartSeries, chart: ChartSpec) -> str:
    if series.name_ref is None:
        name = f"<c:tx><c:v>{plain(series.name)}</c:v></c:tx>"
    else:
        name = f"<c:tx>{_texts(series.name_ref, [series.name])}</c:tx>"
    color = _fill(series.color) if series.color else _scheme(place)
    if chart.kind == "line":
        look = (
            f'<c:spPr><a:ln w="{_LINE_EMU}">{color}</a:ln></c:spPr>'
            '<c:marker><c:symbol val="none"/></c:marker>'
        )
    else:
        look = f'<c:spPr>{color}</c:spPr><c:invertIfNegative val="0"/>'
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name}{look}'
        f"<c:cat>{_texts(chart.categories_ref, chart.categories)}</c:cat>"
        f"<c:val>{_numbers(series)}</c:val>"
        + ('<c:smooth val="0"/></c:ser>' if chart.kind == "line" else "</c:ser>")
    )


def _texts(ref: str, texts: Sequence[str]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{plain(text)}</c:v></c:pt>' for place, text in enumerate(texts)
    )
    return (
        f'<c:strRef><c:f>{plain(ref)}</c:f><c:strCache><c:ptCount val="{len(texts)}"/>'
        f"{points}</c:strCache></c:strRef>"
    )


def _numbers(series: ChartSeries) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{number_text(float(value))}</c:v></c:pt>'
        for place, value in enumerate(series.values)
        if value == value
    )
    return (
        f"<c:numRef><c:f>{plain(series.values_ref)}</c:f><c:numCache>"
        f"<c:formatCode>{_DATA_FORMAT}</c:formatCode>"
        f'<c:ptCount val="{len(series.values)}"/>{points}</c:numCache></c:numRef>'
    )


def _axes(chart: ChartSpec) -> str:
    below, left = ("b", "l") if chart.kind != "bar" else ("l", "b")
    # A lying chart counts its categories from the bottom; turned round, the first is on top.
    order = "minMax" if chart.kind != "bar" else "maxMin"
    crosses = "autoZero" if chart.kind != "bar" else "max"
    title = _title(chart.value_title, 900) if chart.value_title else ""
    code = attribute(chart.number_format)
    return (
        f'<c:catAx><c:axId val="{_CATEGORY_AXIS}"/><c:scaling><c:orientation val="{order}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{below}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_line()}</c:spPr>{_text_properties(900)}"
        f'<c:crossAx val="{_VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="{_VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{left}"/>'
        f"<c:majorGridlines><c:spPr>{_line()}</c:spPr></c:majorGridlines>{title}"
        f'<c:numFmt formatCode="{code}" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_text_properties(900)}"
        f'<c:crossAx val="{_CATEGORY_AXIS}"/><c:crosses val="{crosses}"/>'
        '<c:crossBetween val="between"/></c:valAx>'
    )


def _title(text: str, size: int) -> str:
    return (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>"
        f'<a:defRPr sz="{size}" b="0">{_fill(_INK)}</a:defRPr></a:pPr>'
        f'<a:r><a:rPr lang="en-US" sz="{size}" b="0">{_fill(_INK)}</a:rPr>'
        f"<a:t>{plain(text)}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title>'
    )


def _text_properties(size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}">{_fill(_INK)}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-US"/></a:p></c:txPr>'
    )


def _fill(rgb: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{rgb}"/></a:solidFill>'


def _scheme(place: int) -> str:
    return f'<a:solidFill><a:schemeClr val="accent{place % 6 + 1}"/></a:solidFill>'


def _line() -> str:
    return f'<a:ln w="9525">{_fill(_RULE)}</a:ln>'
