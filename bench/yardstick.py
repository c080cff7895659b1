"""A, the yardstick of a month-end: what any program at all has to do, with the best parts known.

fastexcel loads all columns of Customers, Invoices, Receipts and Applications; the ready content
of every sheet that a month-end changes is deflated at level 1; the rest is copied as it is;
flush to disk, replace. Nothing is converted, decided, encoded or checked. The list of sheets is
fixed: changing it takes a decision record. The ready content is that of a workbook which the
product wrote, read before the clock starts.
"""

from __future__ import annotations

import logging
import zipfile
from pathlib import Path

import fastexcel

from bench.laps import Laps
from bench.rawzip import save
from bench.sheetparts import sheet_members

READ = ("Customers", "Invoices", "Receipts", "Applications")
CHANGED = (
    "Invoices", "Receipts", "Applications", "Journal", "Batches", "Instalments", "Fees", "Periods",
)  # fmt: skip


def ready_sheets(source: Path, written: Path) -> dict[str, bytes]:
    """What a month-end leaves in every sheet that it changes, and the report sheets it makes.

    Args:
        source: the workbook before.
        written: the same workbook after a month-end of the product.

    Returns:
        Content by member name in `source`; report sheets by a name that is not in it.
    """
    before, after = sheet_members(source), sheet_members(written)
    ready: dict[str, bytes] = {}
    with zipfile.ZipFile(written) as book:
        for name, member in after.items():
            if name in before and name not in CHANGED:
                continue
            ready[before.get(name, f"xl/worksheets/report{len(ready)}.xml")] = book.read(member)
    return ready


def job(source: str, written: str, target: str) -> dict[str, object]:
    """Measure A once.

    Args:
        source: the workbook before a month-end.
        written: the workbook that the product made of it.
        target: where the copy is written.
    """
    # A column without values makes it say so; the words are no part of the measurement.
    logging.getLogger("fastexcel").setLevel(logging.ERROR)
    ready = ready_sheets(Path(source), Path(written))
    laps = Laps()
    book = fastexcel.read_excel(source)
    for name in READ:
        # The Arrow form is built when it is asked for; it needs no other library.
        book.load_sheet(name).__arrow_c_array__()
    laps.lap("read")
    save(Path(source), Path(target), ready)
    laps.lap("write")
    return laps.result(sheets=len(ready), bytes=sum(map(len, ready.values())))
