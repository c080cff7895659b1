"""A table of the user's that takes rows keeps everything else that its part says."""

from __future__ import annotations

from pathlib import Path

import pytest

from proofs.making import mine_table, with_mine, write
from tests.xlfile.edits import text_of
from tests.xlfile.engine_books import opened

PART = "xl/tables/table1.xml"
FILTER = (
    '<autoFilter ref="A1:C4"><filterColumn colId="0"><filters><filter val="one"/></filters>'
    '</filterColumn></autoFilter><sortState ref="A2:C4"><sortCondition ref="A2:A4"/></sortState>'
)
TABLES = {
    "plain": mine_table(),
    "says that it shows its headings": mine_table(attributes=' headerRowCount="1"'),
    "sorted and filtered": mine_table(more=FILTER),
    "totals chosen and hidden": mine_table().replace(
        'name="Amount"', 'name="Amount" totalsRowFunction="sum"'
    ),
}


@pytest.mark.parametrize("kind", TABLES)
def test_only_the_area_of_a_table_that_takes_rows_changes(tmp_path: Path, kind: str) -> None:
    made = with_mine()
    made.add(PART, TABLES[kind])
    book = opened(write(tmp_path / "book.xlsx", made.finished()))
    sheet = book.sheets["Data"]
    sheet.tables["Mine"].resize(sheet["A1:C6"])
    book.save()

    expected = TABLES[kind].replace("C4", "C6").replace("A2:A4", "A2:A6")
    assert text_of(tmp_path / "book.xlsx", PART) == expected
