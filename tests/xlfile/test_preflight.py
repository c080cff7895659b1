from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from ar_xl.xlfile.errors import (
    BinaryWorkbook,
    ChangedWorkbook,
    DamagedWorkbook,
    EncryptedWorkbook,
    HostileWorkbook,
    NotAWorkbook,
    OldWorkbook,
    SignedWorkbook,
    StrictWorkbook,
    XlFileError,
)
from ar_xl.xlfile.exact import read_formulas, read_layout
from ar_xl.xlfile.formats import read_formats
from ar_xl.xlfile.package import Package, fingerprint
from ar_xl.xlfile.preflight import MAX_PARTS
from ar_xl.xlfile.reading import read_used
from ar_xl.xlfile.strings import Pool

from .packages import (
    MAIN,
    SHEET_PART,
    Parts,
    parts_of,
    shared_xml,
    sheet_xml,
    shown_sheet,
    write_parts,
)

ONE_CELL = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'

REFUSED: dict[str, type[XlFileError]] = {
    "calamine__OOM_alloc.xls": OldWorkbook,
    "calamine__issue252.xlsx": DamagedWorkbook,
    "calamine__pass_protected.xlsx": EncryptedWorkbook,
    "calamine__too_small.xls": NotAWorkbook,
    "defusedxml__external.xml": NotAWorkbook,
    "defusedxml__xmlbomb.xml": NotAWorkbook,
    "derived__truncated60__SampleSS.xlsx": DamagedWorkbook,
    "derived__xls_renamed_as__any_sheets.xlsx": OldWorkbook,
    "excelize__BadWorkbook.xlsx": DamagedWorkbook,
    "excelize__encryptSHA1.xlsx": EncryptedWorkbook,
    "exceljs__invalid-xml.xlsx": DamagedWorkbook,
    "oletools__dde-in-csv.csv": NotAWorkbook,
    "oletools__encrypted.xlsx": EncryptedWorkbook,
    "payloadbox_csv-payload.txt": NotAWorkbook,
    "phpss-csv__NumberFormatTest.de.csv": NotAWorkbook,
    "phpss-csv__empty.csv": NotAWorkbook,
    "phpss-csv__line_break_in_enclosure.csv": NotAWorkbook,
    "phpss-csv__premiere.utf16le.csv": NotAWorkbook,
    "phpss-csv__premiere.win1252.csv": NotAWorkbook,
    "phpss-csv__sep.csv": NotAWorkbook,
    "phpss__2x6m.dontuse.xlsx": DamagedWorkbook,
    "phpss__utf7white.dontuse.xlsx": HostileWorkbook,
    "phpss__utf8entity.dontuse.xlsx": HostileWorkbook,
    "poi__clusterfuzz-testcase-minimized-POIXSSFFuzzer-5937385319563264.xlsx": DamagedWorkbook,
    "poi__clusterfuzz-testcase-minimized-XLSX2CSVFuzzer-5636439151607808.xlsx": DamagedWorkbook,
    "poi__duplicate-filename.xlsx": HostileWorkbook,
    "poi__invalid.xlsx": NotAWorkbook,
    "poi__poc-xmlbomb.xlsx": HostileWorkbook,
    "poi__protected_passtika.xlsx": EncryptedWorkbook,
    "poi__xlsx-corrupted.xlsx": DamagedWorkbook,
}
# Harmless to read; the number is of filled cells on all worksheets.
READ: dict[str, int] = {
    "oletools__dde-test.xlsx": 5,
    "oletools__excel4_sample_macro.xlsm": 0,
    "phpss__sec-j47r.dontuse.xlsx": 1,
    "phpss__urlImage.bad.dontuse.xlsx": 0,
    "poi__BrNotClosed.xlsx": 0,
    "poi__MalformedSSTCount.xlsx": 12,
    "poi__xlmmacro.xlsm": 0,
    "poi__xxe_in_schema.xlsx": 4,
}


def read_everything(path: Path) -> int:
    """Read all that the product may ever ask of a file; the number of filled cells."""
    package = Package.open(path)
    pool, filled = Pool(package), 0
    for sheet in package.worksheets:
        used = read_used(package, sheet.part, pool)
        filled += sum(int((column.kind > 0).sum()) for column in used.block.columns)
        read_formulas(package, sheet.part)
        read_layout(package, sheet.part)
    read_formats(package)
    assert all(table.columns for table in package.tables)
    assert all(name.name for name in package.defined_names)
    return filled


@pytest.mark.shared
@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_by_name(shared: Path, name: str) -> None:
    with pytest.raises(XlFileError) as refusal:
        read_everything(shared / "data" / "bad" / name)
    assert type(refusal.value) is REFUSED[name]
    assert refusal.value.sentence.endswith(".")


@pytest.mark.shared
@pytest.mark.parametrize("name", READ)
def test_an_odd_but_harmless_file_is_read(shared: Path, name: str) -> None:
    assert read_everything(shared / "data" / "bad" / name) == READ[name]


@pytest.mark.shared
def test_every_bad_file_is_expected_to_be_refused_or_read(shared: Path) -> None:
    names = {path.name for path in (shared / "data" / "bad").iterdir()}
    assert names == REFUSED.keys() | READ.keys()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("poi__SampleSS.strict.xlsx", StrictWorkbook),
        ("poi__hello-world-signed.xlsx", SignedWorkbook),
    ],
)
def test_what_a_save_would_break_is_refused(
    shared: Path, name: str, expected: type[XlFileError]
) -> None:
    with pytest.raises(expected):
        Package.open(shared / "data" / "workbooks" / name)


@pytest.mark.shared
def test_a_signed_workbook_may_be_read_where_nothing_is_saved(shared: Path) -> None:
    path = shared / "data" / "workbooks" / "poi__hello-world-signed.xlsx"
    package = Package.open(path, signed=True)
    assert shown_sheet(package) == {"A1": "Hello", "B1": 123.0}


def good_parts() -> Parts:
    return parts_of(sheet_xml(ONE_CELL), shared_xml("<si><t>Acme</t></si>"))


def test_the_workbook_of_these_tests_opens(tmp_path: Path) -> None:
    package = Package.open(write_parts(tmp_path / "a.xlsx", good_parts()))
    assert shown_sheet(package) == {"A1": "Acme"}


DECLARATION = '<!DOCTYPE r [<!ENTITY e "x">]>'
PARSED = [
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    SHEET_PART,
    "xl/sharedStrings.xml",
]


@pytest.mark.parametrize("part", PARSED)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_document_type_is_refused_in_any_encoding(
    tmp_path: Path, part: str, encoding: str
) -> None:
    parts = good_parts()
    text = parts[part].decode()
    body = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
    parts[part] = f"<!-- note -->{DECLARATION}{body}".encode(encoding)
    with pytest.raises(HostileWorkbook):
        Package.open(write_parts(tmp_path / "a.xlsx", parts))


@pytest.mark.parametrize("encoding", ["utf-7", "cp1252", "utf-32", "ebcdic-cp-us"])
def test_an_encoding_that_excel_never_writes_is_refused(tmp_path: Path, encoding: str) -> None:
    parts = good_parts()
    declared = f"<?xml version='1.0' encoding = '{encoding}'?>"
    parts["xl/sharedStrings.xml"] = f'{declared}<sst xmlns="{MAIN}"/>'.encode()
    with pytest.raises(HostileWorkbook, match="encoding"):
        Package.open(write_parts(tmp_path / "a.xlsx", parts))


def test_a_zip_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    row = b'<row r="1"><c r="A1"><v>0</v></c></row>'
    path = tmp_path / "bomb.xlsx"
    parts = good_parts()
    del parts[SHEET_PART]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open(SHEET_PART, "w") as sheet:
            for _ in range(300):  # 300 MB
                sheet.write(row * (1_000_000 // len(row)))
    tracemalloc.start()
    with pytest.raises(HostileWorkbook, match="100 times"):
        Package.open(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_part_larger_than_the_directory_says_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", good_parts())
    content = path.read_bytes()
    size = len(good_parts()["xl/sharedStrings.xml"])
    at = content.rindex(b"xl/sharedStrings.xml") - 46
    assert struct.unpack_from("<L", content, at + 24) == (size,)
    path.write_bytes(content[: at + 24] + struct.pack("<L", size - 10) + content[at + 28 :])
    with pytest.raises(HostileWorkbook, match="two sizes"):
        Package.open(path)


def test_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", good_parts())
    content = path.read_bytes()
    at = content.rindex(SHEET_PART.encode()) - 46 + 16
    path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    with pytest.raises(DamagedWorkbook, match="checksum"):
        Package.open(path)


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/passwd", "xl/../../evil.xml", "C:/evil.xml", "..\\evil.xml"]
)
def test_a_part_that_points_outside_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(HostileWorkbook, match="outside"):
        Package.open(write_parts(tmp_path / "a.xlsx", good_parts() | {name: b"x"}))


def test_two_parts_whose_names_differ_in_case_alone_are_refused(tmp_path: Path) -> None:
    parts = good_parts() | {SHEET_PART.upper(): sheet_xml("")}
    with pytest.raises(HostileWorkbook, match="twice"):
        Package.open(write_parts(tmp_path / "a.xlsx", parts))


def test_a_file_of_ten_thousand_parts_is_refused(tmp_path: Path) -> None:
    parts = good_parts()
    within = {f"x/{n}": b"" for n in range(MAX_PARTS - len(parts))}
    path = write_parts(tmp_path / "a.xlsx", parts | within)
    assert len(Package.open(path).names()) == MAX_PARTS
    with pytest.raises(HostileWorkbook, match="10,000 parts"):
        Package.open(write_parts(tmp_path / "a.xlsx", parts | within | {"one/more": b""}))


def test_parts_that_share_bytes_are_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", good_parts())
    content = bytearray(path.read_bytes())
    first, second = (content.rindex(name) - 46 for name in (b"xl/workbook.xml", b"_rels/.rels"))
    content[first + 42 : first + 46] = content[second + 42 : second + 46]
    path.write_bytes(content)
    with pytest.raises(HostileWorkbook, match="overlaps"):
        Package.open(path)


def test_a_part_with_another_name_in_its_own_header_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", good_parts())
    content = path.read_bytes()
    path.write_bytes(content.replace(b"xl/workbook.xml", b"xl/warkbook.xml", 1))
    with pytest.raises(HostileWorkbook, match="two names"):
        Package.open(path)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"xl/workbook.bin": b"", "[Content_Types].xml": b"<Types/>"}, BinaryWorkbook),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, NotAWorkbook),
        ({"photo.jpg": b""}, NotAWorkbook),
    ],
)
def test_archives_of_other_kinds_are_told_apart(
    tmp_path: Path, parts: Parts, expected: type[XlFileError]
) -> None:
    with pytest.raises(expected):
        Package.open(write_parts(tmp_path / "a.xlsx", parts))


def test_a_document_of_another_office_program_is_no_workbook(tmp_path: Path) -> None:
    parts = good_parts()
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(
        b"spreadsheetml.sheet.main", b"wordprocessingml.document.main"
    )
    with pytest.raises(NotAWorkbook, match="another Office program"):
        Package.open(write_parts(tmp_path / "a.xlsx", parts))


def test_more_styles_than_excel_can_hold_are_refused(tmp_path: Path) -> None:
    parts = good_parts()
    rels = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = rels.replace(b"sharedStrings", b"styles")
    random.seed(7)  # as much variety as keeps the part within the ratio
    styles = "".join(f'<xf numFmtId="{random.randrange(50)}"/>' for _ in range(65_491))
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><cellXfs>{styles}</cellXfs></styleSheet>'.encode()
    )
    package = Package.open(write_parts(tmp_path / "a.xlsx", parts))
    with pytest.raises(HostileWorkbook, match="65,490 styles"):
        read_formats(package)


def test_a_file_that_changes_after_it_was_opened_is_noticed(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", good_parts())
    package = Package.open(path)
    assert fingerprint(path) == package.fingerprint
    write_parts(path, good_parts() | {"docProps/app.xml": b"<x/>"})
    assert fingerprint(path) != package.fingerprint
    with pytest.raises(ChangedWorkbook):
        package.read(SHEET_PART)


def test_an_opened_file_may_be_replaced_or_deleted(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", good_parts())
    package = Package.open(path)
    next(package.stream(SHEET_PART), None)
    path.rename(tmp_path / "b.xlsx")
    with pytest.raises(FileNotFoundError):
        package.read(SHEET_PART)


@pytest.mark.parametrize("seed", range(150))
def test_a_mutated_file_ends_in_one_of_our_errors_or_is_read(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    buffer = io.BytesIO()
    with zipfile.ZipFile(
        buffer, "w", chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
    ) as z:
        for name, content in good_parts().items():
            z.writestr(name, content)
    mutated = bytearray(buffer.getvalue())
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(mutated))
        match chance.randrange(3):
            case 0:
                mutated[at] = chance.randrange(256)
            case 1:
                del mutated[at : at + chance.randrange(1, 40)]
            case _:
                mutated[at:at] = chance.randbytes(chance.randrange(1, 40))
    path = tmp_path / "a.xlsx"
    path.write_bytes(mutated)
    try:
        filled = read_everything(path)
    except XlFileError:
        return
    assert filled == 1  # nothing that was read had changed
