"""Statements of any bank as a table: CSV, .xlsx, .xls or .ods, columns found by their headings.

The headings stand somewhere below the account's data; amounts in one column, with a flag, or in
two; balances, where there are any, prove how the amounts are read. What the file leaves open is
asked once and remembered by the headings (sheet Bank Formats).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ar_xl.core.findings import Finding, Refusal, errors_of
from ar_xl.imports import codes
from ar_xl.imports.bank.parts import BankFile, BankOptions, Remembered, Source
from ar_xl.imports.bank.tables.blocks import blocks_of
from ar_xl.imports.bank.tables.heads import (
    Heads,
    columns_text,
    find_heads,
    known_headings,
    signature,
)
from ar_xl.imports.bank.tables.html import is_page, read_page
from ar_xl.imports.bank.tables.lines import Lines, read_lines
from ar_xl.imports.bank.tables.names import BANK
from ar_xl.imports.bank.tables.settlements import EXPORTERS, PLAIN, Exporter
from ar_xl.imports.csvtable import read_csv
from ar_xl.imports.headings import squeezed, unused_headings
from ar_xl.imports.rawtable import RawGrid
from ar_xl.imports.reading import Reader
from ar_xl.imports.result import ImportOptions
from ar_xl.imports.sniff import Sniffed, sniff_text
from ar_xl.imports.xlsxtable import read_foreign, read_workbook

NAME = "table"
_ZIP, _OLE2 = b"PK", bytes.fromhex("d0cf11e0a1b11ae1")
_CODE_PAGES = {"cp1250": "Windows-1250", "cp1257": "Windows-1257", "cp850": "code page 850"}
_HEAD = 1 << 16  # bytes that tell a web page
_FIRST_LINES = 60  # of a text, among which its headings stand
_NO_TABLE = (b"<", b"%PDF", b"{1:", b"{\\rtf")


def recognises(head: bytes) -> bool:
    """Whether a file may be a table: a workbook, or text that is no other kind of file."""
    if head.startswith((_ZIP, _OLE2)) or is_page(head):
        return True
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    return bool(start) and not start.startswith(_NO_TABLE)


def read(source: Source, asked: BankOptions) -> BankFile:
    """Read a table of bank lines, or a settlement of PayPal, Stripe or Square.

    Args:
        source: the file.
        asked: what the file leaves open, and how tables were read before.

    Refuses what is no table, and a table without headings that are known or told.
    """
    grids = grids_of(source)
    if asked.sheet:
        wanted = f"{source.name}, sheet {asked.sheet}".casefold()
        grids = [grid for grid in grids if grid.source.casefold() == wanted]
        if not grids:
            seen = f"{source.name} has no visible sheet {asked.sheet}."
            raise Refusal(codes.OPTION_WRONG, seen)
    tried = [_tried(grid, asked) for grid in grids]
    good = [pair for pair in tried if len(pair[0].table) and not errors_of(pair[0].match.findings)]
    if not good:
        return _without_table(tried, source, asked)
    heads, exporter = good[0]
    grid = next(g for g in grids if g.source == heads.table.grid.source)
    several = _several(good)
    if several:
        said = (*grid.said, *_columns_said(heads))
        return BankFile(exporter.name, findings=tuple(several), said=said)
    parts = blocks_of(grid, heads)
    if len(parts) == 1:
        return _read_table(grid, heads, exporter, asked, source)
    files = [_read_table(part, *_tried(part, asked), asked, source) for part in parts]
    return BankFile(
        exporter.name,
        tuple(statement for file in files for statement in file.statements),
        tuple(finding for file in files for finding in file.findings),
        tuple(dict.fromkeys(sentence for file in files for sentence in file.said)),
        remember=files[0].remember,
    )


def _read_table(
    grid: RawGrid, heads: Heads, exporter: Exporter, asked: BankOptions, source: Source
) -> BankFile:
    """The statements of one table, whose headings were found."""
    reader = Reader(heads.table, heads.match, _options(asked))
    reader.said += [*heads.table.grid.said, *_columns_said(heads)]
    lines = read_lines(reader, heads, grid, exporter, asked)
    return _file(reader, heads, exporter, asked, lines, source)


def exporter_of(grids: Sequence[RawGrid], asked: BankOptions) -> str | None:
    """Who wrote tables of bank lines: the name of an exporter that is known, "" any other bank.

    None where no grid has the headings of bank lines.
    """
    tried = [_tried(grid, asked) for grid in grids]
    good = [e for h, e in tried if len(h.table) and not errors_of(h.match.findings)]
    return None if not good else "" if good[0] is PLAIN else good[0].name


def heads_of(grids: Sequence[RawGrid], asked: BankOptions) -> Heads | None:
    """What the columns of a table of bank lines mean; None where no grid is one."""
    tried = (_tried(grid, asked)[0] for grid in grids)
    good = (h for h in tried if len(h.table) and not errors_of(h.match.findings))
    return next(good, None)


def grids_of(source: Source) -> list[RawGrid]:
    """The tables of a file: of a text one, of a workbook those of its visible sheets."""
    content = source.content
    if not content:
        raise Refusal(codes.FILE_EMPTY, f"{source.name} is empty (0 bytes).")
    if content.startswith(_OLE2):
        return read_foreign(source.path)
    if content.startswith(_ZIP):
        is_other = b"application/vnd.oasis.opendocument" in content[:4096]
        is_other |= b"xl/workbook.bin" in content[-(1 << 20) :]
        return read_foreign(source.path) if is_other else read_workbook(source.path)
    if is_page(content[:_HEAD]):
        return [read_page(source.name, content)]
    sniffed = sniff_text(source.name, content)
    if not sniffed.said:
        return [read_csv(source.name, sniffed)]
    return [_in_its_code_page(source, sniffed)]


def _in_its_code_page(source: Source, sniffed: Sniffed) -> RawGrid:
    """A file without a mark of its encoding: the code page in which most headings are known."""
    best, most = sniffed, _headings_known(source.name, sniffed)
    for page, words in _CODE_PAGES.items():
        try:
            text = source.content.decode(page)
        except UnicodeDecodeError:
            continue
        said = (f"{source.name} is not UTF-8 and was read as {words}, in which its headings are "
                "words.",)  # fmt: skip
        other = replace(sniffed, text=text, said=said)
        known = _headings_known(source.name, other)
        if known > most:
            best, most = other, known
    return read_csv(source.name, best)


def _headings_known(name: str, sniffed: Sniffed) -> int:
    """How many headings are known among the first lines of a text; 0 where they cannot be read."""
    lines = sniffed.text.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    try:
        return known_headings(read_csv(name, replace(sniffed, text="\n".join(lines))))
    except Refusal:
        return 0


def _tried(grid: RawGrid, asked: BankOptions) -> tuple[Heads, Exporter]:
    heads = find_heads(grid, asked.map, asked.remembered, {})
    names = frozenset(squeezed(heading) for heading in heads.table.headings)
    exporter = next((each for each in EXPORTERS if each.wrote(names)), PLAIN)
    if exporter.columns and heads.remembered is None:
        heads = find_heads(grid, asked.map, (), exporter.columns)
    return heads, exporter


def _without_table(
    tried: Sequence[tuple[Heads, Exporter]], source: Source, asked: BankOptions
) -> BankFile:
    heads, exporter = max(tried, key=lambda pair: len(pair[0].match.columns))
    if not heads.match.columns and not asked.map:
        grid = heads.table.grid
        texts = [text for text in (grid.record(0) if len(grid) else heads.table.headings) if text]
        shown = ", ".join(f"`{text[:40]}`" for text in texts[:20])
        seen = f"No heading of a bank statement is known in {source.name}: {shown}."
        raise Refusal(
            codes.NOT_A_TABLE, seen,
            expected="a bank file, or a table with headings such as Date, Amount and Text",
            fix='Name its columns: --map "Date=their heading" --map "Amount=their heading", or by '
            'number where it has none: --map "Date=Column 1". Nothing was imported.',
        )  # fmt: skip
    if not errors_of(heads.match.findings):
        seen = f"{heads.table.grid.source} has headings but no rows."
        raise Refusal(codes.FILE_EMPTY, seen)
    return BankFile(exporter.name, findings=heads.match.findings, said=heads.table.grid.said)


def _several(good: Sequence[tuple[Heads, Exporter]]) -> list[Finding]:
    sheets = [heads.table.grid.source for heads, _ in good]
    if len(sheets) < 2:
        return []
    seen = f"{' and '.join(sheets)} each have such a table"
    return [Finding(codes.SHEET_AMBIGUOUS, seen=seen, sheet=sheets[0])]


def _options(asked: BankOptions) -> ImportOptions:
    """What was asked; what was remembered counts only where the file leaves something open."""
    return ImportOptions(
        map=asked.map, dates=asked.dates, currency=asked.currency, decimal=asked.decimal,
        sheet=asked.sheet, skip_bad=True,
    )  # fmt: skip


def _columns_said(heads: Heads) -> list[str]:
    headings = heads.table.headings
    titles = {field.key: field.title for field in BANK.fields}
    pairs = [(titles[k], headings[i]) for k, i in heads.match.columns.items() if k != "text"]
    used = [ours if ours == theirs else f"{ours} = {theirs}" for ours, theirs in pairs]
    if heads.texts:
        used.append("Text = " + " + ".join(headings[index] for index in heads.texts))
    how = f"as remembered ({heads.remembered.name})" if heads.remembered else "by heading"
    said = [f"Columns {how}: {', '.join(used)}."]
    named = {headings[index] for index in heads.texts}
    unused = [h for h in unused_headings(heads.table, heads.match) if h not in named]
    if unused:
        said.append(f"Not used: {', '.join(unused)}.")
    return said


def _file(
    reader: Reader, heads: Heads, exporter: Exporter, asked: BankOptions, lines: Lines,
    source: Source,
) -> BankFile:  # fmt: skip
    about_file = [f for f in reader.findings if f.row == 0 or not f.is_error]
    remember = None
    if lines.statements and not errors_of(about_file):
        remember = Remembered(
            name=heads.remembered.name if heads.remembered else _format_name(source, exporter),
            headings=signature(heads.table.headings),
            columns=columns_text(heads),
            dates=lines.order,
            decimal=lines.decimal,
            currency=_kept(asked.currency, heads, "currency"),
            account=_kept(asked.account, heads, "account"),
        )
        if heads.remembered is not None:
            remember = replace(
                heads.remembered,
                columns=remember.columns if asked.map else heads.remembered.columns,
                dates=remember.dates or heads.remembered.dates,
                decimal=remember.decimal or heads.remembered.decimal,
                currency=remember.currency, account=remember.account,
            )  # fmt: skip
    return BankFile(
        exporter.name, lines.statements, tuple(about_file), tuple(reader.said), remember=remember
    )


def _kept(told: str, heads: Heads, key: str) -> str:
    """What the file does not say and was told now or before."""
    if told or heads.remembered is None:
        return told
    return str(getattr(heads.remembered, key))


def _format_name(source: Source, exporter: Exporter) -> str:
    if exporter is not PLAIN:
        return exporter.name
    stem = source.name.rpartition(".")[0] or source.name
    name = "".join(c if c.isalpha() else " " for c in stem)
    return " ".join(name.split()) or "Table"
