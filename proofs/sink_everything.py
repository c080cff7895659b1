"""One workbook with a part of every kind that Excel writes, most of them only as large as needed.

What the parts say matters less than that they are there, and how they are led to: a save that
understands none of them must keep them all.
"""

from __future__ import annotations

import struct
import zlib

from proofs.making import HEAD, MAIN, MICROSOFT, OFFICE, SHEETML, Making, mine_rows, mine_table

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"
_X14 = f"{MICROSOFT}/spreadsheetml/2009/9/main"
_X15 = f"{MICROSOFT}/spreadsheetml/2010/11/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_BLOB = bytes(range(256)) * 8

# Parts of the workbook: kind of the relationship, name, content, content type.
_OF_BOOK = (
    ("theme", "xl/theme/theme1.xml", "<a:theme/>", f"{_OFFICE_TYPE}.theme+xml"),
    ("connections", "xl/connections.xml", "<connections/>", f"{SHEETML}.connections+xml"),
    ("xmlMaps", "xl/xmlMaps.xml", "<MapInfo/>", "application/xml"),
    ("volatileDependencies", "xl/volatileDependencies.xml", "<volTypes/>",
     f"{SHEETML}.volatileDependencies+xml"),
    (f"{MICROSOFT}/2017/10/relationships/person", "xl/persons/person.xml", "<personList/>",
     "application/vnd.ms-excel.person+xml"),
    (f"{MICROSOFT}/2007/relationships/slicerCache", "xl/slicerCaches/slicerCache1.xml",
     "<slicerCacheDefinition/>", "application/vnd.ms-excel.slicerCache+xml"),
    (f"{MICROSOFT}/2011/relationships/timelineCache", "xl/timelineCaches/timelineCache1.xml",
     "<timelineCacheDefinition/>", "application/vnd.ms-excel.timelineCache+xml"),
    (f"{OFFICE}/powerPivotData", "xl/model/item.data", _BLOB, "application/vnd.openxmlformats-"
     "officedocument.model+data"),
    (f"{MICROSOFT}/2017/06/relationships/rdRichValue", "xl/richData/rdrichvalue.xml", "<rvData/>",
     "application/vnd.ms-excel.rdrichvalue+xml"),
    ("customXml", "customXml/item1.xml", "<mine xmlns='urn:mine'/>", "application/xml"),
    ("attachedToolbars", "xl/attachedToolbars.bin", _BLOB, "application/vnd.ms-excel.attached"
     "Toolbars"),
)  # fmt: skip

_EXTENSIONS = (
    f'<extLst><ext xmlns:x14="{_X14}" uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}">'
    "<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="
    f'"{MICROSOFT}/excel/2006/main"><x14:cfRule type="dataBar" id="{{1}}"><x14:dataBar/>'
    "</x14:cfRule><xm:sqref>B2:B4</xm:sqref></x14:conditionalFormatting>"
    "</x14:conditionalFormattings></ext>"
    f'<ext xmlns:x14="{_X14}" uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}">'
    f'<x14:dataValidations xmlns:xm="{MICROSOFT}/excel/2006/main" count="1"><x14:dataValidation '
    'type="list"><x14:formula1><xm:f>Other!$A$1</xm:f></x14:formula1><xm:sqref>E2</xm:sqref>'
    "</x14:dataValidation></x14:dataValidations></ext>"
    f'<ext xmlns:x14="{_X14}" uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}">'
    f'<x14:sparklineGroups xmlns:xm="{MICROSOFT}/excel/2006/main"><x14:sparklineGroup>'
    "<x14:sparklines><x14:sparkline><xm:f>Data!B2:B4</xm:f><xm:sqref>D2</xm:sqref>"
    "</x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext>"
    f'<ext xmlns:x14="{_X14}" uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}"><x14:slicerList>'
    '<x14:slicer r:id="{slicer}"/></x14:slicerList></ext>'
    f'<ext xmlns:x15="{_X15}" uri="{{7E03D99C-DC04-49d9-9315-930204A7B6E9}}"><x15:timelineRefs>'
    '<x15:timelineRef r:id="{timeline}"/></x15:timelineRefs></ext></extLst>'
)


def everything(kind: str = "sheet") -> Making:
    """The workbook; with macros and two ribbons where `kind` is "sheet.macroEnabled"."""
    made = Making(kind=kind)
    data = made.sheet("Data")
    for relation, name, content, type_ in _OF_BOOK:
        text = content if isinstance(content, bytes) else HEAD + content
        made.join(made.book, relation, name, text, type_)
    made.relate("customXml/item1.xml", "customXmlProps", made.add(
        "customXml/itemProps1.xml", f"{HEAD}<itemProps/>",
        f"{_OFFICE_TYPE}.customXmlProperties+xml"))  # fmt: skip
    _texts_and_formats(made)
    _pivot(made)
    _outside(made)
    _sheet(made, data)
    made.sheet("Other", '<row r="1"><c r="A1" t="s"><v>1</v></c></row>')
    _calculation(made)
    _properties(made)
    if kind != "sheet":
        _macros(made)
    return made


def _texts_and_formats(made: Making) -> None:
    rich = (
        f'{HEAD}<sst xmlns="{MAIN}" count="3" uniqueCount="2"><si><r><rPr><b/><sz val="10"/></rPr>'
        '<t xml:space="preserve">rich </t></r><r><t>text</t></r><rPh sb="0" eb="1"><t>ri</t></rPh>'
        '<phoneticPr fontId="0"/></si><si><t xml:space="preserve"> plain </t></si></sst>'
    )
    made.join(
        made.book, "sharedStrings", "xl/sharedStrings.xml", rich, f"{SHEETML}.sharedStrings+xml"
    )
    made.join(made.book, "styles", "xl/styles.xml", _styles(), f"{SHEETML}.styles+xml")
    metadata = (
        f'{HEAD}<metadata xmlns="{MAIN}"><metadataTypes count="1"><metadataType name="XLDAPR" '
        'minSupportedVersion="120000"/></metadataTypes><cellMetadata count="1"><bk>'
        '<rc t="1" v="0"/></bk></cellMetadata></metadata>'
    )
    made.join(
        made.book, "sheetMetadata", "xl/metadata.xml", metadata, f"{SHEETML}.sheetMetadata+xml"
    )


def _styles() -> str:
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}" xmlns:mc="{_MC}" mc:Ignorable="x14ac" xmlns:x14ac='
        f'"{MICROSOFT}/spreadsheetml/2009/9/ac"><fonts count="1" x14ac:knownFonts="1"><font>'
        '<sz val="11"/><color theme="1"/><name val="Calibri"/><scheme val="minor"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
        'patternType="gray125"/></fill></fills><borders count="1"><border><left/></border>'
        '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" '
        'xfId="0"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1">'
        '<alignment textRotation="45"/></xf></cellXfs><cellStyles count="1"><cellStyle '
        'name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf><fill/></dxf>'
        '</dxfs><tableStyles count="1"><tableStyle name="My own" pivot="0" count="1">'
        '<tableStyleElement type="wholeTable" dxfId="0"/></tableStyle></tableStyles><colors>'
        '<mruColors><color rgb="FF123456"/></mruColors></colors><extLst><ext uri="{EB79DEF2-80B8-'
        f'43e5-95BD-54CBDDF9020C}}" xmlns:x14="{_X14}"><x14:slicerStyles '
        'defaultSlicerStyle="SlicerStyleLight1"/></ext></extLst></styleSheet>'
    )


def _pivot(made: Making) -> None:
    cache = "xl/pivotCache/pivotCacheDefinition1.xml"
    rel = made.join(
        made.book, "pivotCacheDefinition", cache,
        f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" '
        'recordCount="1"><cacheSource type="worksheet"><worksheetSource name="Mine"/>'
        '</cacheSource><cacheFields count="1"><cacheField name="Name"><sharedItems/></cacheField>'
        "</cacheFields></pivotCacheDefinition>",
        f"{SHEETML}.pivotCacheDefinition+xml",
    )  # fmt: skip
    made.join(
        cache, "pivotCacheRecords", "xl/pivotCache/pivotCacheRecords1.xml",
        f'{HEAD}<pivotCacheRecords xmlns="{MAIN}" count="1"><r><s v="one"/></r>'
        "</pivotCacheRecords>",
        f"{SHEETML}.pivotCacheRecords+xml",
    )  # fmt: skip
    made.after += f'<pivotCaches><pivotCache cacheId="7" r:id="{rel}"/></pivotCaches>'


def _outside(made: Making) -> None:
    link = "xl/externalLinks/externalLink1.xml"
    rel = made.join(
        made.book, "externalLink", link,
        f'{HEAD}<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1">'
        '<sheetNames><sheetName val="S"/></sheetNames></externalBook></externalLink>',
        f"{SHEETML}.externalLink+xml",
    )  # fmt: skip
    made.relate(link, "externalLinkPath", "file:///C:/other%20book.xlsx", "External")
    names = (
        f'<externalReferences><externalReference r:id="{rel}"/></externalReferences>'
        '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        'Data!$A$1:$C$4</definedName><definedName name="Grün_\\x.1" comment="a&amp;b">'
        'Data!$A$1</definedName><definedName name="_xlnm.Print_Area" localSheetId="0">'
        "Data!$A$1:$C$4</definedName></definedNames>"
    )
    made.after = names + '<calcPr calcId="191029" calcMode="manual"/>' + made.after


def _sheet(made: Making, data: str) -> None:
    """Fill the sheet "Data" with all that a sheet can lead to."""
    ids = {name: made.join(data, *given) for name, given in _parts_of_sheet().items()}
    ids["link"] = made.relate(data, "hyperlink", "https://example.com/?a=1&amp;b=2", "External")
    drawing = "xl/drawings/drawing1.xml"
    made.join(drawing, "chart", "xl/charts/chart1.xml", _chart(), f"{_OFFICE_TYPE}.drawingml.chart"
              "+xml")  # fmt: skip
    made.join(drawing, f"{MICROSOFT}/2014/relationships/chartEx", "xl/charts/chartEx1.xml",
              f'{HEAD}<cx:chartSpace xmlns:cx="{MICROSOFT}/drawing/2014/chartex"/>',
              "application/vnd.ms-office.chartex+xml")  # fmt: skip
    made.join(drawing, "image", "xl/media/image1.png", _png(), "image/png")
    for word in ("Data", "Layout", "QuickStyle", "Colors"):
        made.join(
            drawing, f"diagram{word}", f"xl/diagrams/{word.lower()}1.xml", f"{HEAD}<dgm:x "
            f'xmlns:dgm="{_DRAWING}/diagram"/>', f"{_OFFICE_TYPE}.drawingml.diagram{word}+xml",
        )  # fmt: skip
    made.join("xl/activeX/activeX1.xml", f"{MICROSOFT}/2006/relationships/activeXControlBinary",
              "xl/activeX/activeX1.bin", _BLOB, "application/vnd.ms-office.activeX")  # fmt: skip
    made.join("xl/tables/table1.xml", "queryTable", "xl/queryTables/queryTable1.xml",
              f'{HEAD}<queryTable xmlns="{MAIN}" name="q" connectionId="1"/>',
              f"{SHEETML}.queryTable+xml")  # fmt: skip
    made.join("xl/pivotTables/pivotTable1.xml", "pivotCacheDefinition",
              "xl/pivotCache/pivotCacheDefinition1.xml",
              made.parts["xl/pivotCache/pivotCacheDefinition1.xml"],
              f"{SHEETML}.pivotCacheDefinition+xml")  # fmt: skip
    made.add(data, _sheet_xml(ids), f"{SHEETML}.worksheet+xml")


def _parts_of_sheet() -> dict[str, tuple[str, str, str | bytes, str]]:
    """Relationship, name, content and content type of what the sheet leads to."""
    microsoft = f"{MICROSOFT}/2007/relationships"
    return {
        "table": ("table", "xl/tables/table1.xml", mine_table(), f"{SHEETML}.table+xml"),
        "drawing": ("drawing", "xl/drawings/drawing1.xml", _drawing(),
                    f"{_OFFICE_TYPE}.drawing+xml"),
        "vml": ("vmlDrawing", "xl/drawings/vmlDrawing1.vml",
                '<xml xmlns:v="urn:schemas-microsoft-com:vml"><br></xml>', ""),
        "printer": ("printerSettings", "xl/printerSettings/printerSettings1.bin", _BLOB,
                    f"{SHEETML}.printerSettings"),
        "comments": ("comments", "xl/comments1.xml",
                     f'{HEAD}<comments xmlns="{MAIN}"><authors><author>a</author></authors>'
                     '<commentList><comment ref="A2" authorId="0"><text><t>hi</t></text>'
                     "</comment></commentList></comments>", f"{SHEETML}.comments+xml"),
        "threaded": (f"{MICROSOFT}/2017/10/relationships/threadedComment",
                     "xl/threadedComments/threadedComment1.xml", f"{HEAD}<ThreadedComments/>",
                     "application/vnd.ms-excel.threadedcomments+xml"),
        "slicer": (f"{microsoft}/slicer", "xl/slicers/slicer1.xml", f"{HEAD}<slicers/>",
                   "application/vnd.ms-excel.slicer+xml"),
        "timeline": (f"{MICROSOFT}/2011/relationships/timeline", "xl/timelines/timeline1.xml",
                     f"{HEAD}<timelines/>", "application/vnd.ms-excel.timeline+xml"),
        "pivot": ("pivotTable", "xl/pivotTables/pivotTable1.xml",
                  f'{HEAD}<pivotTableDefinition xmlns="{MAIN}" name="P" cacheId="7"/>',
                  f"{SHEETML}.pivotTable+xml"),
        "control": ("ctrlProp", "xl/ctrlProps/ctrlProp1.xml", f"{HEAD}<formControlPr/>",
                    "application/vnd.ms-excel.controlproperties+xml"),
        "activex": ("control", "xl/activeX/activeX1.xml", f"{HEAD}<ax:ocx xmlns:ax='urn:ax'/>",
                    "application/vnd.ms-office.activeX+xml"),
        "ole": ("oleObject", "xl/embeddings/oleObject1.bin", _BLOB,
                f"{_OFFICE_TYPE}.oleObject"),
        "custom": ("customProperty", "xl/customProperty1.bin", _BLOB,
                   f"{SHEETML}.customProperty"),
        "background": ("image", "xl/media/image2.png", _png(), "image/png"),
    }  # fmt: skip


def _sheet_xml(ids: dict[str, str]) -> str:
    cell = (
        '<row r="7" spans="1:4"><c r="A7" cm="1"><f t="array" ref="A7:A8">_xlfn.UNIQUE(A2:A4)</f>'
    )
    rows = (
        mine_rows()
        + f'{cell}<v>1</v></c><c r="D7" t="s"><v>0</v></c></row><row r="8"><c r="A8"><v>2</v></c>'
        '<c r="B8" t="e" vm="1"><v>#VALUE!</v></c></row>'
    )
    extensions = _EXTENSIONS.replace("{slicer}", ids["slicer"]).replace(
        "{timeline}", ids["timeline"]
    )
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mc="{_MC}" mc:Ignorable="x14ac '
        f'xr" xmlns:x14ac="{MICROSOFT}/spreadsheetml/2009/9/ac" xmlns:xr="{MICROSOFT}/spreadsheetml'
        '/2014/revision" xr:uid="{00000000-0001-0000-0000-000000000000}"><sheetPr codeName="S1" '
        'filterMode="1"/><dimension ref="A1:D8"/><sheetViews><sheetView tabSelected="1" '
        'workbookViewId="0"><selection activeCell="B2" sqref="B2"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/><cols><col min="1" max="3" '
        f'width="12" customWidth="1"/></cols><sheetData>{rows}</sheetData>'
        '<protectedRanges><protectedRange sqref="F1" name="R"/></protectedRanges><scenarios '
        'current="0"><scenario name="s" count="1"><inputCells r="B2" val="1"/></scenario>'
        '</scenarios><conditionalFormatting sqref="A2"><cfRule type="expression" dxfId="0" '
        'priority="1"><formula>TRUE</formula></cfRule></conditionalFormatting><dataValidations '
        'count="1"><dataValidation type="whole" sqref="F2"><formula1>1</formula1><formula2>9'
        f'</formula2></dataValidation></dataValidations><hyperlinks><hyperlink ref="F3" r:id="'
        f'{ids["link"]}"/></hyperlinks><pageMargins left="0.7" right="0.7" top="0.75" '
        f'bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" r:id="{ids["printer"]}"'
        '/><rowBreaks count="1" manualBreakCount="1"><brk id="5" max="16383" man="1"/></rowBreaks>'
        f'<customProperties><customPr name="p" r:id="{ids["custom"]}"/></customProperties>'
        '<cellWatches><cellWatch r="B2"/></cellWatches><ignoredErrors><ignoredError sqref="A1" '
        f'numberStoredAsText="1"/></ignoredErrors><drawing r:id="{ids["drawing"]}"/><legacyDrawing '
        f'r:id="{ids["vml"]}"/><picture r:id="{ids["background"]}"/><oleObjects>'
        '<mc:AlternateContent><mc:Choice Requires="x14"><oleObject progId="P" shapeId="1" '
        f'r:id="{ids["ole"]}"/>'
        f'</mc:Choice><mc:Fallback><oleObject progId="P" shapeId="1" r:id="{ids["ole"]}"/>'
        "</mc:Fallback></mc:AlternateContent></oleObjects><mc:AlternateContent><mc:Choice "
        f'Requires="x14"><controls><control shapeId="2" r:id="{ids["control"]}" name="B"/>'
        f'<control shapeId="3" r:id="{ids["activex"]}" name="X"/></controls></mc:Choice>'
        f'</mc:AlternateContent><tableParts count="1"><tablePart r:id="{ids["table"]}"/>'
        f"</tableParts>{extensions}</worksheet>"
    )


def _drawing() -> str:
    return (
        f'{HEAD}<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main">'
        "<xdr:absoluteAnchor><xdr:pos x='0' y='0'/><xdr:ext cx='1' cy='1'/><xdr:sp macro=''>"
        '<xdr:nvSpPr><xdr:cNvPr id="2" name="Box"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>'
        "<xdr:spPr/></xdr:sp><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>"
    )


def _chart() -> str:
    return f'{HEAD}<c:chartSpace xmlns:c="{_DRAWING}/chart"><c:chart/></c:chartSpace>'


def _calculation(made: Making) -> None:
    chain = f'{HEAD}<calcChain xmlns="{MAIN}"><c r="C2" i="1"/><c r="C3"/><c r="C4"/></calcChain>'
    made.join(made.book, "calcChain", "xl/calcChain.xml", chain, f"{SHEETML}.calcChain+xml")


def _properties(made: Making) -> None:
    made.relate("", "officeDocument", made.book)
    package = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
    made.join("", f"{package}/core-properties", "docProps/core.xml", f"{HEAD}<x/>",
              "application/vnd.openxmlformats-package.core-properties+xml")  # fmt: skip
    made.join("", "extended-properties", "docProps/app.xml", f"{HEAD}<Properties/>",
              f"{_OFFICE_TYPE}.extended-properties+xml")  # fmt: skip
    made.join("", "custom-properties", "docProps/custom.xml", f"{HEAD}<Properties/>",
              f"{_OFFICE_TYPE}.custom-properties+xml")  # fmt: skip
    made.join("", f"{package}/thumbnail", "docProps/thumbnail.png", _png(), "image/png")
    made.join("", f"{MICROSOFT}/2011/relationships/webextensiontaskpanes",
              "xl/webextensions/taskpanes.xml", f"{HEAD}<wetp/>",
              "application/vnd.ms-office.webextensiontaskpanes+xml")  # fmt: skip
    made.join("", f"{MICROSOFT}/2020/02/relationships/classificationlabels",
              "docMetadata/LabelInfo.xml", f"{HEAD}<labelList/>",
              "application/vnd.ms-office.classificationlabels+xml")  # fmt: skip
    made.add(made.book, made._workbook(), made._main_type())


def _macros(made: Making) -> None:
    made.join(made.book, f"{MICROSOFT}/2006/relationships/vbaProject", "xl/vbaProject.bin", _BLOB,
              "application/vnd.ms-office.vbaProject")  # fmt: skip
    made.join("xl/vbaProject.bin", f"{MICROSOFT}/2006/relationships/vbaProjectSignature",
              "xl/vbaProjectSignature.bin", _BLOB,
              "application/vnd.ms-office.vbaProjectSignature")  # fmt: skip
    for year, name in (("2006", "customUI"), ("2007", "customUI14")):
        made.join("", f"{MICROSOFT}/{year}/relationships/ui/extensibility",
                  f"customUI/{name}.xml", f"{HEAD}<customUI/>", "application/xml")  # fmt: skip


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\1\2\3")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
