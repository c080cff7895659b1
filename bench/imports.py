"""Importing: the workload's invoices from a CSV file into a new workbook, apart from month-end."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from ar_xl.app import life
from ar_xl.book.template import build_template
from bench.laps import Laps
from bench.plain_rows import PlainBook, cents, day_number
from bench.population import Size, make_customers, make_documents

_PARAMETERS = ("kind", "map", "dates", "currency", "decimal", "sheet")


def write_csv(path: Path, size: Size) -> int:
    """Write the invoices of a workload as another system exports them.

    Returns:
        The total of all amounts in cents.
    """
    chance = np.random.default_rng(size.seed)
    customers, terms_of = make_customers(size, chance)
    documents = make_documents(size, terms_of, chance)
    names, ids = customers.text("name").tolist(), customers.text("customer_id").tolist()
    terms = customers.text("terms").tolist()
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(
            ["Invoice No", "Customer ID", "Customer Name", "Invoice Date", "Terms", "Amount"]
        )
        for number, (owner, day, amount) in enumerate(
            zip(
                documents.customer.tolist(), documents.date.tolist(), documents.amount.tolist(),
                strict=True,
            ),
            1,
        ):  # fmt: skip
            money = f"{amount // 100}.{amount % 100:02d}"
            out.writerow([f"INV-{number:07d}", ids[owner], names[owner], day, terms[owner], money])
    return int(documents.amount.sum())


def job(folder: str, invoices: int, seed: int) -> dict[str, object]:
    """Import once into a new workbook.

    Args:
        folder: for the files, which are replaced.
        invoices, seed: of the workload.
    """
    source, workbook = Path(folder) / "invoices.csv", Path(folder) / "imported.xlsx"
    expected = write_csv(source, Size(invoices, seed))
    build_template(workbook, company="Benchmark Supply Ltd", currency="USD")
    params = {**dict.fromkeys(_PARAMETERS), "kind": "invoices", "file": source}
    laps, stage = Laps(), ["Starting"]

    def progress(words: str) -> None:
        laps.lap(stage[0])
        stage[0] = words

    answer = life.run("import", workbook, life.Options(user="benchmark"), params, progress)
    laps.lap(stage[0])
    assert not int(answer.exit), f"import ended with {answer.exit.name}: {answer.said}"
    rows = PlainBook(workbook).rows("Invoices", "Invoice No", "Invoice Date", "Amount")
    found = [(day_number(row["Invoice Date"]), cents(row["Amount"])) for row in rows]
    assert len(found) == invoices, f"{len(found)} rows of {invoices} arrived"
    return laps.result(cents=abs(sum(amount for _, amount in found) - expected))
