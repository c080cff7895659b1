"""Which format a bank file is of."""

from __future__ import annotations

from ar_xl.imports.bank.formats import recognised
from ar_xl.imports.bank.parts import BankFile, BankOptions, Rows, Source, Statement


class _Begins:
    """A format of files that begin with some bytes."""

    def __init__(self, name: str, mark: bytes) -> None:
        self.NAME = name
        self._mark = mark

    def recognises(self, head: bytes) -> bool:
        return head.startswith(self._mark)

    def read(self, source: Source, asked: BankOptions) -> BankFile:
        rows = Rows()
        rows.add("2026-10-31", source.content.decode()[2:], currency=asked.currency)
        return BankFile(self.NAME, (Statement("A", "USD", rows=rows),))


def test_the_first_format_that_knows_the_beginning_reads_a_file() -> None:
    one, two = _Begins("one", b"A "), _Begins("two", b"A")
    assert recognised(b"A 1.00", (one, two)) is one
    assert recognised(b"AB", (one, two)) is two
    assert recognised(b"B", (one, two)) is None


def test_all_columns_of_the_lines_have_one_length() -> None:
    read = _Begins("one", b"A ").read(Source("f", b"A 1.00"), BankOptions(currency="USD"))
    rows = read.statements[0].rows
    assert {len(column) for column in vars(rows).values()} == {1} == {len(rows)}
