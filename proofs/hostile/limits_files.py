"""Limits of files that are read: parts, styles, texts, columns and rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ar_xl.book.template import build_template
from ar_xl.xlfile.formats import MAX_STYLES, read_formats
from ar_xl.xlfile.package import Package
from ar_xl.xlfile.preflight import MAX_NAME, MAX_PARTS
from ar_xl.xlfile.reading import read_used
from ar_xl.xlfile.specs import StyleSpec
from ar_xl.xlfile.strings import Pool
from ar_xl.xlfile.textlimits import MAX_TEXT, MAX_TEXTS, check_texts
from ar_xl.xlfile.xmlparts import MAX_TREE_TAGS
from proofs.hostile.books import parts_of, run, sheet_of
from proofs.hostile.gallery import STYLES, Parts, shared_xml, with_shared
from proofs.hostile.limits import Refused, limit
from proofs.hostile.rawzip import member, of_parts


def _parts(folder: Path) -> Parts:
    build_template(folder / "first.xlsx", company="Test", currency="USD")
    return parts_of(folder / "first.xlsx")


def _with_styles(folder: Path, element: str, item: str, count: int) -> Package:
    """A workbook with so many entries in a list of its styles."""
    parts = _parts(folder)
    text = parts[STYLES].decode()
    start = text.index(f"<{element} ")
    inner = text.index(">", start) + 1
    end = text.index(f"</{element}>")
    there = len(re.findall(rf"<{item[1:].split()[0].split('>')[0]}[ >]", text[inner:end]))
    more = "".join(item.format(number) for number in range(count - there))
    parts[STYLES] = (text[:end] + more + text[end:]).encode()
    return Package.open(of_parts(folder / "book.xlsx", parts))


@limit("cell formats of a workbook", MAX_STYLES)
def _formats(folder: Path, count: int) -> None:
    package = _with_styles(folder, "cellXfs", '<xf numFmtId="{}"/>', count)
    assert len(read_formats(package).codes) == count, len(read_formats(package).codes)


@limit("fonts of a workbook", MAX_STYLES)
def _fonts(folder: Path, count: int) -> None:
    read_formats(_with_styles(folder, "fonts", '<font><sz val="{}"/></font>', count))


@limit("cell formats, the last one added by us", MAX_STYLES)
def _format_added(folder: Path, count: int) -> None:
    from ar_xl.xlfile.edit import Edit  # late, as only this limit writes

    package = _with_styles(folder, "cellXfs", '<xf numFmtId="{}"/>', count - 1)
    assert Edit(package).style(StyleSpec(number_format='0.00" new"')) == count - 1


@limit("parts of a file", MAX_PARTS)
def _many_parts(folder: Path, count: int) -> None:
    parts = _parts(folder)
    more = [member(f"x/{number}", b"") for number in range(count - len(parts))]
    package = Package.open(of_parts(folder / "book.xlsx", parts, *more))
    assert len(package.names()) == count


@limit("characters of a part's name", MAX_NAME)
def _part_name(folder: Path, length: int) -> None:
    more = member("x" * length, b"")
    Package.open(of_parts(folder / "book.xlsx", _parts(folder), more))


@limit("elements of the workbook part", MAX_TREE_TAGS)
def _elements(folder: Path, count: int) -> None:
    parts = _parts(folder)
    text = parts["xl/workbook.xml"]
    end = text.rindex(b"</")
    there = text.count(b"<")
    missing = 2 * count - there
    more = b"".join(b'<x a="%d"/>' % number for number in range(missing))
    parts["xl/workbook.xml"] = text[:end] + more + text[end:]
    Package.open(of_parts(folder / "book.xlsx", parts))


@limit("characters of a text that is read", MAX_TEXT)
def _shared(folder: Path, length: int) -> None:
    shared = shared_xml(f"<si><t>{'t' * length}</t></si>").encode()
    parts = with_shared(_drafted(folder), shared)
    package = Package.open(of_parts(folder / "book.xlsx", parts))
    used = read_used(package, sheet_of(parts, "Invoices"), Pool(package))
    assert max(map(len, used.block.pool)) == length


def _drafted(folder: Path) -> Parts:
    """The parts of a workbook whose Invoices has a cell C2."""
    parts = _parts(folder)
    sheet = sheet_of(parts, "Invoices")
    cell = b'<c r="C2" t="inlineStr"><is><t>x</t></is></c>'
    text, count = re.subn(rb'<c r="C2"[^>]*?(?:/>|></c>)', cell, parts[sheet])
    assert count == 1
    return parts | {sheet: text}


@limit("shared texts of a workbook", MAX_TEXTS)
def _texts(_: Path, count: int) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(count // 65_536):
            yield b"<si><t/></si>" * 65_536
        yield b"<si><t/></si>" * (count % 65_536)

    check_texts(chunks(), 13 * count)


def _imported(folder: Path, content: str) -> None:
    book = folder / "book.xlsx"
    build_template(book, company="Test", currency="USD")
    source = folder / "in.csv"
    source.write_text(content, encoding="utf-8")
    answer = run("import", book, file=source, kind="invoices", preview=True)
    if answer.exit:
        said = " ".join([*(finding.seen for finding in answer.findings[:1]), *answer.said[-1:]])
        raise Refused(said)


_HEAD = "Invoice No,Customer ID,Invoice Date,Amount,Description"
_ROW = "{},ACME,2026-01-31,1.00,{}"


@limit("columns of a CSV file", 16_384)
def _csv_columns(folder: Path, count: int) -> None:
    more = "".join(f",x{number}" for number in range(count - 5))
    _imported(folder, f"{_HEAD}{more}\n{_ROW.format('N-1', 'x')}{',y' * (count - 5)}\n")


@limit("rows of a CSV file, its headings one of them", 1_048_576)
def _csv_rows(folder: Path, count: int) -> None:
    from ar_xl.imports.csvtable import read_csv
    from ar_xl.imports.sniff import sniff

    source = folder / "in.csv"
    source.write_text("a,b\n" + "1,2\n" * (count - 1), encoding="utf-8")
    assert len(read_csv(source.name, sniff(source))) == count


@limit("characters of a cell of a CSV file", 32_767)
def _csv_text(folder: Path, length: int) -> None:
    _imported(folder, f"{_HEAD}\n{_ROW.format('N-1', 'x' * length)}\n")


@limit("digits of an amount in a CSV file", 15)
def _csv_amount(folder: Path, digits: int) -> None:
    amount = "1" * (digits - 2) + ".11"
    _imported(folder, f"{_HEAD}\nN-1,ACME,2026-01-31,{amount},x\n")
