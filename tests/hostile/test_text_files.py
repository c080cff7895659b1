"""Text files made to take for ever or to fill the memory are refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from ar_xl.core.findings import Exit, Refusal
from ar_xl.imports.csvtable import MOST_LINES, read_csv
from ar_xl.imports.sniff import sniff
from proofs.hostile.books import run

HEADINGS = "Invoice No,Customer ID,Invoice Date,Amount\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (HEADINGS + "1,2\n" * 20_000 + "x," * 16_000 + "\n", "the widest of 16,001 cells"),
        (HEADINGS + "\n" * MOST_LINES + "1,2,3,4\n", "4,194,304 lines"),
    ],
    ids=["one wide row among many", "nothing but blank lines"],
)
def test_a_file_that_would_fill_the_memory_is_refused(
    tmp_path: Path, content: str, says: str
) -> None:
    source = tmp_path / "in.csv"
    source.write_text(content, encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        read_csv(source.name, sniff(source))
    assert says in refusal.value.seen


def test_many_beginnings_of_a_statement_are_looked_at_once(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(b"x\n:20:\n" * 52_000 + b":25:1\n")
    assert sniff(source).kind == "text"  # too far behind to be a statement
    source.write_bytes(b"x\n:20:A\n:25:1\n")
    with pytest.raises(Refusal, match="MT940"):
        sniff(source)


def test_a_number_of_thousands_of_digits_is_a_finding(tmp_path: Path, good_book: Path) -> None:
    source = tmp_path / "in.csv"
    nines = "9" * 5_000
    rows = f"N-1,A,2026-01-01,{nines}\nN-2,A,{nines},1.00\n"
    source.write_text(HEADINGS + rows, encoding="utf-8")
    answer = run("import", good_book, file=source, kind="invoices", preview=True)
    assert answer.exit is Exit.WRONG_DATA
    assert {finding.row for finding in answer.findings} >= {2, 3}
