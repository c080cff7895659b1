"""Text files as tables: quoted line breaks are kept, a broken quotation mark is named."""

from __future__ import annotations

import csv
import io
import itertools

import numpy as np

from ar_xl.core.findings import Refusal
from ar_xl.imports import codes
from ar_xl.imports.rawtable import RawColumn, RawGrid
from ar_xl.imports.sniff import Sniffed

MOST_RECORDS = 1_048_576  # rows of an Excel sheet
MOST_CELLS = 16_384  # columns of an Excel sheet
MOST_LINES = 4 * MOST_RECORDS  # blank ones, and those within quoted cells
# Rows are filled up to the widest: from here on the cells must be there.
_SPARSE_CELLS = 16 << 20
_DENSITY = 8


def read_csv(name: str, sniffed: Sniffed) -> RawGrid:
    """The records of a text file; wholly blank ones are no records.

    Args:
        name: of the file, for messages.
        sniffed: its text and delimiter.

    Refuses a file with a quotation mark that is never closed, and one too large for a sheet.
    """
    if sniffed.text.count("\n") > MOST_LINES:
        raise Refusal(codes.FILE_TOO_LARGE, f"{name} has over {MOST_LINES:,} lines.")
    stream = io.StringIO(sniffed.text, newline="")
    is_spaced = f'{sniffed.delimiter} "' in sniffed.text  # a quotation mark begins its cell
    reader = csv.reader(
        stream, delimiter=sniffed.delimiter, strict=True, skipinitialspace=is_spaced
    )
    records: list[list[str]] = []
    lines: list[int] = []
    begun = sniffed.first_line
    try:
        for record in reader:
            if any(record) and any(cell.strip() for cell in record):
                records.append(record)
                lines.append(begun)
            begun = reader.line_num + sniffed.first_line
            if len(records) > MOST_RECORDS:
                raise Refusal(codes.FILE_TOO_LARGE, f"{name} has over {MOST_RECORDS:,} rows.")
    except csv.Error as error:
        raise _unreadable(name, begun, str(error)) from None
    widest = max(map(len, records), default=0)
    if not records:
        raise Refusal(codes.FILE_EMPTY, f"{name} holds no cell with anything in it.")
    if widest > MOST_CELLS:
        raise Refusal(codes.FILE_TOO_LARGE, f"{name} has a line of {widest:,} cells.")
    area, filled = len(records) * widest, sum(map(len, records))
    if area > max(_SPARSE_CELLS, _DENSITY * filled):
        seen = f"{name} has {len(records):,} rows, few as wide as the widest of {widest:,} cells."
        raise Refusal(codes.FILE_TOO_LARGE, seen)
    columns = itertools.zip_longest(*records, fillvalue="")
    return RawGrid(
        source=name,
        columns=tuple(RawColumn.of_texts(column) for column in columns),
        lines=np.array(lines, dtype=np.int64),
        widths=np.fromiter(map(len, records), np.int64, len(records)),
        said=sniffed.said,
    )


def _unreadable(name: str, line: int, why: str) -> Refusal:
    if "field larger" in why:
        seen = f"{name}, line {line}: a cell of over 131,072 characters, or a quotation mark open."
        return Refusal(codes.QUOTE_OPEN, seen)
    return Refusal(
        codes.QUOTE_OPEN, f"{name}, line {line}: a quotation mark inside a cell, or never closed."
    )
