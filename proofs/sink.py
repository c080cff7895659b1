"""The kitchen sink: workbooks by script, each odd in its own way, that a save must keep whole.

`write_all` writes them into a folder. Their names say what is odd; those that begin with
`refused-` cannot be kept safely and must be refused with a sentence.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

from proofs.making import (
    HEAD,
    MAIN,
    SHEETML,
    STYLES,
    Making,
    mine_rows,
    mine_table,
    sheet_xml,
    with_mine,
    write,
    write_streamed,
)
from proofs.sink_everything import everything
from proofs.sink_packages import rewritten

_ORIGIN = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
_PLAIN = '<row r="1"><c r="A1"><v>1</v></c></row>'


def write_all(folder: Path) -> list[Path]:
    """Write every workbook of the sink into a folder and return their paths, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in {**_books(), **_forms()}.items():
        write(folder / name, make().finished())
    for name, change in rewritten().items():
        write(folder / name, change(with_mine().finished()))
    _archives(folder)
    return sorted(folder.glob("*.xls*"))


def _books() -> dict[str, Callable[[], Making]]:
    """Workbooks with things in them that are rare."""
    return {
        "everything.xlsx": everything,
        "everything.xlsm": lambda: everything("sheet.macroEnabled"),
        "sheets-of-all-kinds.xlsx": _sheets_of_all_kinds,
        "sheet-names.xlsx": _sheet_names,
        "defined-names.xlsx": _defined_names,
        "dates-1904.xlsx": _dates_1904,
        "formulas-shared-array-data-table.xlsx": _formulas,
        "table-with-totals.xlsx": lambda: _table(
            mine_rows() + '<row r="5"><c r="B5"><f>SUBTOTAL(109,Mine[Amount])</f><v>7.5</v></c>'
            "</row>", mine_table("A1:C5", attributes=' totalsRowCount="1"'),
        ),
        "table-with-content-below.xlsx": lambda: _table(
            mine_rows() + '<row r="5"><c r="A5"><v>1</v></c></row>', mine_table()
        ),
        "table-without-filter.xlsx": lambda: _table(mine_rows(), mine_table(more="<!-- none -->")),
        "table-without-heading.xlsx": lambda: _table(
            mine_rows(), mine_table("A2:C4", " ", ' headerRowCount="0"')
        ),
        "table-sorted-and-filtered.xlsx": lambda: _table(
            mine_rows().replace('<row r="3"', '<row r="3" hidden="1"'),
            mine_table(more='<autoFilter ref="A1:C4"><filterColumn colId="0"><filters><filter '
                       'val="one"/></filters></filterColumn></autoFilter><sortState ref="A2:C4">'
                       '<sortCondition ref="A2:A4" dxfId="0"/></sortState>'),
        ),
        "table-with-odd-headings.xlsx": _odd_headings,
        "table-above-merged-cells.xlsx": lambda: with_mine(
            after='<mergeCells count="1"><mergeCell ref="A6:C6"/></mergeCells>'
        ),
        "table-at-the-last-row.xlsx": lambda: _table(
            mine_rows(1_048_573), mine_table("A1048573:C1048576")
        ),
        "workbook-protected.xlsx": lambda: _around('<workbookProtection lockStructure="1"/>'),
        "sheet-protected.xlsx": lambda: with_mine(after='<sheetProtection sheet="1"/>'),
        "read-only-recommended.xlsx": lambda: _around('<fileSharing readOnlyRecommended="1"/>'),
        "two-windows.xlsx": lambda: _around(
            '<bookViews><workbookView activeTab="0"/><workbookView activeTab="0"/></bookViews>'
        ),
        "alternate-content-in-workbook.xlsx": lambda: _around(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility'
            '/2006"><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="urn:x" url="C:\\"/>'
            "</mc:Choice></mc:AlternateContent>"
        ),
        "sheet-ids-at-the-limit.xlsx": _sheet_ids,
        "comments-in-lists.xlsx": _comments_in_lists,
        "workbook-in-root.xlsx": lambda: _in_folder(""),
        "workbook-elsewhere.xlsx": lambda: _in_folder("office"),
        "template.xltx.xlsx": lambda: _kind("template"),
        "refused-signed.xlsx": _signed,
        "refused-shared-workbook.xlsx": _shared_workbook,
    }  # fmt: skip


def _forms() -> dict[str, Callable[[], Making]]:
    """Sheets that are written in an unusual form."""
    cell = '<c r="A1"><v>1</v></c>'
    forms = {
        "no-references.xlsx": sheet_xml("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row>"
                                        "<c><f>A1+1</f><v>2</v></c></row>"),
        "references-in-part.xlsx": sheet_xml('<row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c>'
                                             "</row><row><c><v>3</v></c></row>"),
        "no-data.xlsx": sheet_xml("").replace("<sheetData></sheetData>", "<sheetData/>"),
        "empty-rows.xlsx": sheet_xml('<row r="1" ht="30" customHeight="1"/><row r="5"></row>'),
        "comments.xlsx": sheet_xml('<!-- x --><row r="1">' + cell + "</row>").replace(
            HEAD, HEAD + "<!-- <sheetData> -->"
        ),
        "instructions.xlsx": sheet_xml(f'<?mine do="<row>"?><row r="1">{cell}</row>',
                                       "<?mine too?>"),
        "cdata.xlsx": sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[<c r="B1">'
                                "& ]]></t></is></c></row>"),
        "spaces-kept.xlsx": sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t xml:space='
                                      '"preserve">  a\n b </t></is></c></row>'),
        "dates-and-errors.xlsx": sheet_xml('<row r="1"><c r="A1" t="d"><v>2026-10-31</v></c>'
                                           '<c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="b"><v>1'
                                           "</v></c></row>"),
        "extended-cells.xlsx": sheet_xml('<row r="1"><c r="A1"><v>1</v><extLst><ext uri="{1}"/>'
                                         f'</extLst></c></row><row r="2">{cell.replace("A1", "A2")}'
                                         '<extLst><ext uri="{2}"/></extLst></row>'),
        "single-quotes.xlsx": sheet_xml("<row r='1'><c r='A1' t='str'><v>it&apos;s</v></c></row>"),
        "rows-not-in-order.xlsx": sheet_xml('<row r="3"><c r="A3"><v>3</v></c></row>' + _PLAIN),
        "prefix-inside.xlsx": sheet_xml(f'<x:row xmlns:x="{MAIN}" r="1"><x:c r="A1"><x:v>1</x:v>'
                                        "</x:c></x:row>"),
    }  # fmt: skip
    return {f"form-{name}": partial(_whole, text) for name, text in forms.items()}


def _archives(folder: Path) -> None:
    """Archives as other programs write them."""
    parts = with_mine().finished()
    write(folder / "zip-stored.xlsx", parts, stored=True)
    write_streamed(folder / "zip-streamed-zip64-comment.xlsx", parts, b"made by a comment")
    path = write(folder / "zip-with-folders.xlsx", parts)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/", b"")
        info = zipfile.ZipInfo("xl/media/größe.bin", (2020, 2, 2, 2, 2, 2))
        info.extra, info.external_attr = b"\xfe\xca\x04\0abcd", 0o644 << 16
        archive.writestr(info, b"not led to")
        archive.comment = b"made by another program"


def _table(rows: str, table: str) -> Making:
    made = with_mine()
    sheet, name = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"
    tail = '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'
    made.add(sheet, sheet_xml(rows, after=tail))
    made.add(name, table)
    return made


def _whole(text: str) -> Making:
    made = with_mine()
    made.sheet("Odd", whole=text)
    return made


def _around(before: str) -> Making:
    made = with_mine()
    made.before = before
    return made


def _kind(kind: str) -> Making:
    made = with_mine()
    made.kind = kind
    return made


def _sheet_ids() -> Making:
    made = with_mine()
    made.sheets = [line.replace('sheetId="1"', 'sheetId="65534"') for line in made.sheets]
    return made


def _comments_in_lists() -> Making:
    made = with_mine()
    made.sheets.insert(0, "<!-- sheets -->")
    made.after = "<definedNames/><calcPr/>"
    text = STYLES.replace("<xf/></cellStyleXfs>", "<!-- one --><xf/></cellStyleXfs>")
    text = text.replace('<cellXfs count="3"><xf/>', '<cellXfs count="3"><!-- <xf/> --><xf/>')
    made.add("xl/styles.xml", text.replace("<dxfs", "<?mine?><dxfs"))
    return made


def _in_folder(folder: str) -> Making:
    """A workbook whose parts are in another folder than usual."""
    usual = with_mine()
    made = Making(folder=folder or ".")
    made.sheets = usual.sheets

    def moved(name: str) -> str:
        return "/".join(filter(None, (folder, name.removeprefix("xl/"))))

    made.folder = folder
    made.parts = {moved(name): content for name, content in usual.parts.items()}
    made.types = {moved(name): type_ for name, type_ in usual.types.items()}
    made.rels = {
        moved(part): [(kind, "/" + quote(moved(to[1:])), rel, mode) for kind, to, rel, mode in rels]
        for part, rels in usual.rels.items()
    }
    return made


def _sheets_of_all_kinds() -> Making:
    made = Making(before='<bookViews><workbookView activeTab="2" firstSheet="1"/></bookViews>')
    dialog = (
        f'{HEAD}<dialogsheet xmlns="{MAIN}"><sheetFormatPr defaultRowHeight="15"/></dialogsheet>'
    )
    made.sheet("Secret", _PLAIN, state="veryHidden")
    made.sheet("Hidden", _PLAIN, state="hidden")
    views = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
    made.sheet("Chart", before=views, kind="chartsheet")
    made.sheet("Dialog", whole=dialog, kind="dialogsheet")
    made.sheet("Macro", _PLAIN, kind="xlMacrosheet")
    made.sheet("Data", _PLAIN, '<sheetPr codeName="x"/>')
    made.join(made.book, "styles", "xl/styles.xml", with_mine().parts["xl/styles.xml"],
              f"{SHEETML}.styles+xml")  # fmt: skip
    return made


def _sheet_names() -> Making:
    made = with_mine()
    for name in (
        "it&apos;s &amp; more",
        "&lt;b&gt;",
        "Überschüsse",
        "😀",
        " a ",
        "2026",
        "R1C1",
        "x!y",
    ):
        made.sheet(name, _PLAIN)
    return made


def _defined_names() -> Making:
    made = with_mine()
    names = (
        '<definedName name="_a.b\\c">Data!$A$1</definedName>',
        '<definedName name="Ünïcode" comment="&lt;x&gt; &quot;y&quot;">"a&amp;b"</definedName>',
        '<definedName name="local" localSheetId="0">Data!$B$1</definedName>',
        '<definedName name="local">#REF!</definedName>',
        "<definedName name='Quoted' hidden='1' vbProcedure='1'>Data!$C$1</definedName>",
        '<definedName name="Spaced" xml:space="preserve"> Data!$A$1 </definedName>',
        '<definedName name="Lambda">_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)</definedName>',
    )
    made.after = f"<definedNames><!-- names -->{''.join(names)}</definedNames>"
    return made


def _dates_1904() -> Making:
    made = _around('<workbookPr date1904="1" defaultThemeVersion="124226"/>')
    made.sheet("Dates", '<row r="1"><c r="A1" s="2"><v>44500</v></c></row>')
    return made


def _formulas() -> Making:
    made = with_mine()
    made.sheet(
        "Formulas",
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">B1*2</f><v>2</v></c><c r="B1"><v>1'
        '</v></c></row><row r="2"><c r="A2"><f t="shared" si="0"/><v>4</v></c><c r="B2"><v>2</v>'
        '</c></row><row r="3"><c r="A3"><f t="shared" si="0"/><v>6</v></c><c r="B3"><v>3</v>'
        "</c></row>"
        '<row r="4"><c r="A4"><f t="array" ref="A4:B4" aca="1" ca="1">B1:B2*2</f><v>2</v></c>'
        '<c r="B4"><v>4</v></c></row><row r="5"><c r="A5"><f t="dataTable" ref="A5:A6" dt2D="0" '
        'dtr="0" r1="B1"/><v>1</v></c><c r="B5" cm="1"><f t="array" ref="B5">_xlfn.SEQUENCE(2)</f>'
        '<v>1</v></c></row><row r="6"><c r="A6"><v>2</v></c><c r="B6" t="str"><f>"a"&amp;"&lt;"</f>'
        "<v>a&lt;</v></c></row>",
    )
    return made


def _odd_headings() -> Making:
    made = _table(mine_rows(), mine_table())
    rows = mine_rows().replace(">Name<", ">Line&#10;break #1<").replace(">Amount<", ">A [x] 'y'<")
    text = sheet_xml(
        rows.replace("Mine[[#This Row],[Amount]]", "B2"),
        after='<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
    )
    made.add("xl/worksheets/sheet1.xml", text)
    table = mine_table().replace('name="Name"', 'name="Line_x000a_break #1"')
    table = table.replace('name="Amount"', "name=\"A [x] 'y'\"")
    made.add(
        "xl/tables/table1.xml",
        table.replace("Mine[[#This Row],[Amount]]", "Mine[[#This Row],[A '[x'] ''y'']]"),
    )
    return made


def _signed() -> Making:
    made = with_mine()
    made.join("", _ORIGIN, "_xmlsignatures/origin.sigs", b"", "application/vnd.openxmlformats-"
              "package.digital-signature-origin")  # fmt: skip
    return made


def _shared_workbook() -> Making:
    made = with_mine()
    made.join(made.book, "revisionHeaders", "xl/revisions/revisionHeaders.xml",
              f'{HEAD}<headers xmlns="{MAIN}" guid="{{0}}"/>',
              f"{SHEETML}.revisionHeaders+xml")  # fmt: skip
    made.join(made.book, "usernames", "xl/revisions/userNames.xml",
              f'{HEAD}<users xmlns="{MAIN}"/>', f"{SHEETML}.userNames+xml")  # fmt: skip
    return made
