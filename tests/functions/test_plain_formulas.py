"""A second opinion: plain formulas of a spreadsheet, reckoned by LibreOffice."""

from __future__ import annotations

import random
import subprocess
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest

from tests.functions.sheet import call, down, one

ROWS = 400
LAST = ROWS + 1
FIRST = datetime.fromisoformat("2026-01-01")
AS_OF = datetime.fromisoformat("2026-10-31")
# Column, and what an accountant would type without us; the cells are those of `drawn`.
FORMULAS = {
    "I": "=$Z$1-C{r}",
    "J": '=IF(I{r}<=0,"Current",IF(I{r}<=30,"1-30",IF(I{r}<=60,"31-60",'
         'IF(I{r}<=90,"61-90","Over 90"))))',
    "K": "=B{r}+30",
    "L": "=EDATE(B{r},1)+10",
    "M": "=EOMONTH(B{r},0)+15",
    "N": "=MIN(EOMONTH(B{r},1),EOMONTH(B{r},0)+31)",
    "O": "=IF(G{r}<=B{r}+10,ROUND(E{r}*0.02,2),0)",
    "P": "=IF(I{r}>0,ROUND(F{r}*0.18*I{r}/365,2),0)",
    "Q": f"=E{{r}}-SUMIF($S$2:$S${LAST},D{{r}},$T$2:$T${LAST})",
    "R": "=ROUND(E{r}/F{r}*30,1)",
}  # fmt: skip
BUCKETS = (
    (">-99999", "<=0"), (">0", "<=30"), (">30", "<=60"), (">60", "<=90"), (">90", "<=99999"),
)  # fmt: skip
CUSTOMERS = ("Acme", "Bolt", "Corto", "Dunn")


def drawn() -> list[list[Any]]:
    """Customer, invoice date, due date, number, amount, open, paid on; and S, T: applications."""
    chance = random.Random(7)
    rows = []
    for n in range(ROWS):
        day = FIRST + timedelta(days=chance.randrange(300))
        rows.append([
            chance.choice(CUSTOMERS), day, day + timedelta(days=chance.choice([0, 10, 30, 60])),
            f"INV-{n}", chance.randrange(100, 900_000) / 100, chance.randrange(1, 900_000) / 100,
            day + timedelta(days=chance.randrange(20)),
            f"INV-{chance.randrange(ROWS)}", chance.randrange(1, 9_000) / 100,
        ])  # fmt: skip
    return rows


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory, soffice: str) -> Any:
    """The sheet with every formula reckoned by LibreOffice."""
    folder = tmp_path_factory.mktemp("plain")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["Z1"] = AS_OF
    for at, row in enumerate(drawn(), 2):
        for letter, cell in zip("ABCDEFGST", row, strict=True):
            sheet[f"{letter}{at}"] = cell
        for letter, formula in FORMULAS.items():
            sheet[f"{letter}{at}"] = formula.format(r=at)
    for down_by, customer in enumerate(CUSTOMERS, 2):
        for letter, (low, high) in zip("VWXYZ", BUCKETS, strict=True):
            days, opened, owner = (f"${c}$2:${c}${LAST}" for c in "IFA")
            sheet[f"{letter}{down_by}"] = (
                f'=SUMIFS({opened},{owner},"{customer}",{days},"{low}",{days},"{high}")'
            )
    book.save(folder / "plain.xlsx")
    subprocess.run(
        [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(folder / "plain.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return openpyxl.load_workbook(folder / "out" / "plain.xlsx", data_only=True).active


@pytest.mark.libreoffice
def test_plain_formulas_give_the_same_row_by_row(theirs: Any) -> None:
    customer, dated, due, number, amount, opened, paid, used, applied = (
        down(*cells) for cells in zip(*drawn(), strict=True)
    )
    late = call("AR_DAYS_PAST_DUE", due, one(AS_OF))
    assert len(customer) == ROWS
    ours = {
        "I": late,
        "J": call("AR_BUCKET", late),
        "K": call("AR_DUE_DATE", dated, one("net 30")),
        "L": call("AR_DUE_DATE", dated, one("1m+10")),
        "M": call("AR_DUE_DATE", dated, one("eom+15")),
        "N": call("AR_DUE_DATE", dated, one("day 31")),
        "O": call("AR_DISCOUNT", amount, dated, paid, one("2/10 net 30")),
        "P": call("AR_LATE_FEE", opened, due, one(AS_OF), one(18.0)),
        "Q": call("AR_OPEN", number, amount, used, applied),
        "R": call("AR_DSO", amount, opened, one(30.0)),
    }
    for letter, column in ours.items():
        for at, (cell,) in enumerate(column, 2):
            assert _same(cell, theirs[f"{letter}{at}"].value), (letter, at, cell)


@pytest.mark.libreoffice
def test_sumifs_gives_the_same_aging(theirs: Any) -> None:
    customer, _, due, _, _, opened, *_ = (down(*cells) for cells in zip(*drawn(), strict=True))
    found = {row[0]: row[1:6] for row in call("AR_AGING", customer, due, opened, one(AS_OF))}
    for at, name in enumerate(CUSTOMERS, 2):
        for cell, letter in zip(found[name], "VWXYZ", strict=True):
            assert _same(cell, theirs[f"{letter}{at}"].value), (name, letter)


def _same(ours: Any, shown: Any) -> bool:
    """The same text or day, or the same number but for the tail of binary fractions."""
    if isinstance(ours, float):
        days = (shown - datetime.fromisoformat("1899-12-30")).days if hasattr(shown, "day") else 0
        return abs(ours - (days or float(shown))) < 1e-6
    if isinstance(ours, datetime) and not isinstance(shown, datetime):
        return ours == datetime.fromisoformat("1899-12-30") + timedelta(days=float(shown))
    return bool(ours == shown)
