"""Workbooks made part by part, as many programs write them and as Excel itself never would."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MICROSOFT = "http://schemas.microsoft.com/office"
SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MINE = (
    ("Name", "Amount", "Double"),
    (("one", 1.5), ("two", 2.5), ("three", 3.5)),
)
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="&quot;EUR&quot; #,##0.00"/></numFmts><fonts count="2"><font><sz val="10"/>'
    '<name val="Arial"/></font><font><b/><sz val="10"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>'
    '<xf numFmtId="164" fontId="1"/><xf numFmtId="14"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf><font><b/>'
    '</font></dxf></dxfs><tableStyles count="0"/></styleSheet>'
)


@dataclass
class Making:
    """A workbook that is being made.

    Args:
        parts: bytes by part name.
        types: content type by part name.
        rels: (kind or whole type, target, id, mode) by part name; "" is the package.
        sheets: the XML of each line of the workbook's list.
        before: XML in front of the workbook's list of sheets.
        after: XML behind it.
        root: attributes of the workbook element, beside its namespaces.
        folder: where its parts are.
    """

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    rels: dict[str, list[tuple[str, str, str, str]]] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    before: str = ""
    after: str = ""
    root: str = ""
    kind: str = "sheet"
    folder: str = "xl"

    def add(self, name: str, content: str | bytes, content_type: str = "") -> str:
        """Add a part and return its name."""
        self.parts[name] = content.encode() if isinstance(content, str) else content
        if content_type:
            self.types[name] = content_type
        return name

    def relate(self, part: str, kind: str, target: str, mode: str = "") -> str:
        """Relate a part to another (by its name), or to the outside; the relationship's id."""
        rels = self.rels.setdefault(part, [])
        rels.append((kind, target if mode else f"/{target}", f"rId{len(rels) + 1}", mode))
        return rels[-1][2]

    def join(self, part: str, kind: str, name: str, content: str | bytes, type_: str) -> str:
        """Add a part that another leads to; the relationship's id."""
        return self.relate(part, kind, self.add(name, content, type_))

    def sheet(
        self,
        name: str,
        rows: str = "",
        before: str = "",
        after: str = "",
        state: str = "",
        kind: str = "worksheet",
        whole: str = "",
    ) -> str:
        """Add a sheet and return its part.

        Args:
            name: on its tab, as XML.
            rows: XML of its rows.
            before, after: XML around them.
            state: "hidden" or "veryHidden".
            kind: "worksheet", "chartsheet", "dialogsheet", "xlMacrosheet".
            whole: the whole part, where it is unlike others.
        """
        number = len(self.sheets) + 1
        text = whole or sheet_xml(rows, before, after, kind)
        type_ = f"{SHEETML}.{kind}+xml"
        if kind == "xlMacrosheet":
            type_ = "application/vnd.ms-excel.macrosheet+xml"
        part = self.add(f"{self.folder}/{kind}s/sheet{number}.xml", text, type_)
        whole_kind = f"{MICROSOFT}/2006/relationships/{kind}" if kind == "xlMacrosheet" else kind
        rel = self.relate(self.book, whole_kind, part)
        shown = f' state="{state}"' if state else ""
        self.sheets.append(f'<sheet name="{name}" sheetId="{number}"{shown} r:id="{rel}"/>')
        return part

    @property
    def book(self) -> str:
        """The workbook part."""
        return f"{self.folder}/workbook.xml".lstrip("/")

    def table(self, sheet: str, xml: str) -> str:
        """Add a table part to a sheet; the relationship's id, for its `tablePart`."""
        number = 1 + sum("/tables/" in name for name in self.parts)
        name = f"{self.folder}/tables/table{number}.xml"
        return self.join(sheet, "table", name, xml, f"{SHEETML}.table+xml")

    def finished(self) -> dict[str, bytes]:
        """All parts, those that list the others too."""
        if self.book not in self.parts:
            self.add(self.book, self._workbook(), self._main_type())
            self.relate("", "officeDocument", self.book)
        for part, rels in self.rels.items():
            folder, _, name = part.rpartition("/")
            lines = "".join(
                f'<Relationship Id="{rel_id}" Type="{kind if "/" in kind else f"{OFFICE}/{kind}"}" '
                f'Target="{target}"{f""" TargetMode="{mode}" """ if mode else ""}/>'
                for kind, target, rel_id, mode in rels
            )
            self.parts[f"{folder}/_rels/{name}.rels".lstrip("/")] = (
                f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'
            ).encode()
        lines = "".join(
            f'<Override PartName="/{name}" ContentType="{type_}"/>'
            for name, type_ in self.types.items()
        )
        types = (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="bin" ContentType="application/octet-stream"/><Default Extension='
            '"vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
            f"{lines}</Types>"
        )
        return {"[Content_Types].xml": types.encode(), **self.parts}

    def _main_type(self) -> str:
        if self.kind in ("sheet", "template"):
            return f"{SHEETML}.{self.kind}.main+xml"
        return f"application/vnd.ms-excel.{self.kind}.main+xml"

    def _workbook(self) -> str:
        return (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"{self.root}>{self.before}'
            f"<sheets>{''.join(self.sheets)}</sheets>{self.after}</workbook>"
        )


def sheet_xml(rows: str, before: str = "", after: str = "", kind: str = "worksheet") -> str:
    """The XML of a sheet."""
    if kind == "xlMacrosheet":
        namespaces = f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:xm="{MICROSOFT}/excel/2006/main"'
        return (
            f"{HEAD}<xm:macrosheet {namespaces}>{before}<sheetData>{rows}</sheetData>{after}"
            "</xm:macrosheet>"
        )
    data = f"<sheetData>{rows}</sheetData>" if kind == "worksheet" else ""
    return f'{HEAD}<{kind} xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}{data}{after}</{kind}>'


def mine_rows(first: int = 1) -> str:
    """The rows of the table "Mine": names, amounts, and a calculated column."""
    made = [_row(first, [_text(f"{'ABC'[at]}{first}", t) for at, t in enumerate(MINE[0])])]
    for row, (name, amount) in enumerate(MINE[1], first + 1):
        formula = f'<c r="C{row}" s="1"><f>Mine[[#This Row],[Amount]]*2</f><v>{amount * 2}</v></c>'
        number = f'<c r="B{row}" s="1"><v>{amount}</v></c>'
        made.append(_row(row, [_text(f"A{row}", name), number, formula]))
    return "".join(made)


def mine_table(ref: str = "A1:C4", more: str = "", attributes: str = "") -> str:
    """The part of the table "Mine"."""
    filter_ = "" if "totalsRowCount" in attributes else f'<autoFilter ref="{ref}"/>'
    return (
        f'{HEAD}<table xmlns="{MAIN}" id="1" name="Mine" displayName="Mine" ref="{ref}"'
        f'{attributes}>{more or filter_}<tableColumns count="3"><tableColumn id="1" name="Name"/>'
        '<tableColumn id="2" name="Amount"/><tableColumn id="3" name="Double">'
        "<calculatedColumnFormula>Mine[[#This Row],[Amount]]*2</calculatedColumnFormula>"
        '</tableColumn></tableColumns><tableStyleInfo name="TableStyleMedium9" '
        'showRowStripes="1"/></table>'
    )


def with_mine(before: str = "", after: str = "", tail: str = "") -> Making:
    """A workbook with a sheet "Data" that holds the table "Mine", and formats.

    Args:
        before: XML in front of the cells.
        after: XML behind them, in front of the list of tables.
        tail: XML behind that.
    """
    made = Making()
    parts = '<tableParts count="1"><tablePart r:id="rId1"/></tableParts>'
    sheet = made.sheet("Data", mine_rows(), before, after + parts + tail)
    made.table(sheet, mine_table())
    made.join(made.book, "styles", "xl/styles.xml", STYLES, f"{SHEETML}.styles+xml")
    return made


def write(path: Path, parts: dict[str, bytes], *, stored: bool = False) -> Path:
    """Write a package of parts."""
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def write_streamed(path: Path, parts: dict[str, bytes], comment: bytes = b"") -> Path:
    """Write a package as a program that cannot seek: sizes behind the data, ZIP64 extras."""
    made, directory = bytearray(), bytearray()
    for name, content in parts.items():
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        crc, encoded, start = zlib.crc32(content), name.encode(), len(made)
        stamp = (0x6000, 0x5A21)
        extra = struct.pack("<HHQQ", 1, 16, 0, 0)
        made += struct.pack("<4s5H3I2H", b"PK\3\4", 45, 0x808, 8, *stamp, 0, 0xFFFFFFFF,
                            0xFFFFFFFF, len(encoded), len(extra))  # fmt: skip
        made += encoded + extra + packed
        made += struct.pack("<4sIQQ", b"PK\7\x08", crc, len(packed), len(content))
        extra = struct.pack("<HHQQQ", 1, 24, len(content), len(packed), start)
        directory += struct.pack("<4s6H3I5H2I", b"PK\1\2", 45, 45, 0x808, 8, *stamp, crc,
                                 0xFFFFFFFF, 0xFFFFFFFF, len(encoded), len(extra), 0, 0, 0, 0,
                                 0xFFFFFFFF)  # fmt: skip
        directory += encoded + extra
    at, count = len(made), len(parts)
    end64 = len(made) + len(directory)
    tail = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, len(directory), at)
    tail += struct.pack("<4sLQL", b"PK\6\7", 0, end64, 1)
    tail += struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF,
                        len(comment))  # fmt: skip
    path.write_bytes(bytes(made + directory) + tail + comment)
    return path


def _row(number: int, cells: list[str]) -> str:
    return f'<row r="{number}" spans="1:3">{"".join(cells)}</row>'


def _text(ref: str, text: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c>'
