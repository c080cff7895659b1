"""Stories in which something is wrong, unusual or only looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from tests.office.dice import Dice
from tests.office.steps import As, Change, Do, Enter, Formula, OnSheet, Step, Teller

DEMO = Path(str(files("ar_xl.app") / "demo_data"))


def bad_drafts(dice: Dice) -> tuple[str, list[Step]]:
    """Cells that cannot be read or cannot be: refused, listed, skipped, corrected."""
    good: dict[str, Any] = {"Invoice No": "B-0", "Customer ID": "C-01",
                            "Invoice Date": dice.day(), "Amount": 100.0}  # fmt: skip
    wrong: tuple[Mapping[str, Any], ...] = (
        {"Amount": As("12,50")}, {"Amount": As("100")}, {"Amount": "#N/A"}, {"Amount": True},
        {"Amount": -5.0}, {"Amount": 1.005}, {"Amount": None}, {"Amount": 1e15},
        {"Invoice Date": As("31.12.2026")}, {"Invoice Date": As("soon")}, {"Invoice Date": None},
        {"Invoice Date": 46_000.5}, {"Invoice Date": "#REF!"}, {"Customer ID": "NOBODY"},
        {"Customer ID": " C-01 "}, {"Customer ID": None}, {"Type": "Invioce"},
        {"Currency": "EURO"}, {"Terms": "Net 31"}, {"Tax": 500.0}, {"Applies To": "B-0"},
    )  # fmt: skip
    rows: list[Mapping[str, Any]] = [good]
    rows += [
        {**good, "Invoice No": f"B-{i}", **dice.one(wrong)} for i in range(1, dice.number(2, 6))
    ]
    after = dice.one([Do("check"), Do("post-invoices", options={"skip_bad": True}), Do("check")])
    return "USD", [dice.customers(1), Enter("Invoices", rows), Do("post-invoices"), after]


def imported(dice: Dice) -> tuple[str, list[Step]]:
    """The files of a small company are imported, and once more, which adds nothing."""

    def bring(kind: str) -> Do:
        return Do("import", given={"file": DEMO / f"{kind}.csv", "kind": kind})

    steps: list[Step] = [bring("customers"), bring("invoices")]
    if dice.often():
        steps.append(bring(dice.one(["customers", "invoices"])))
    if dice.often():
        return "USD", [*steps, Do("post-invoices", dice.one(["2026-08-31", "2026-10-31"]))]
    return "USD", [*steps, bring("receipts"), Do("post-invoices"), Do("post-payments")]


def only_previewed(dice: Dice) -> tuple[str, list[Step]]:
    """Everything is looked at and nothing is written, then the books are verified."""
    steps: list[Step] = [dice.customers(), dice.invoices(3), dice.receipts(1)]
    looked = dice.one(["post-invoices", "post-payments", "aging", "late-fees", "collections"])
    return "USD", [*steps, Do(looked, options={"preview": True}), Do("post-invoices"), Do("verify")]


def edited_after_posting(dice: Dice) -> tuple[str, list[Step]]:
    """A posted row is typed over: it is found, and nothing more is posted."""
    heading, value = dice.one(
        [("Amount", 1.0), ("Amount", "#VALUE!"), ("Customer ID", "C-02"), ("Due Date", None),
         ("Seal", 5.0), ("Batch", None), ("Invoice Date", datetime(2020, 1, 1))]
    )  # fmt: skip
    first = {"Invoice No": "A-1", "Customer ID": "C-01", "Invoice Date": dice.day(), "Amount": 10.0}
    steps: list[Step] = [
        dice.customers(2), Enter("Invoices", [first]), Do("post-invoices"),
        Change("Invoices", "A-1", heading, value),
    ]  # fmt: skip
    return "USD", [*steps, Do("verify"), Do(dice.one(["post-invoices", "aging", "late-fees"]))]


def blanks_and_rows_below(dice: Dice) -> tuple[str, list[Step]]:
    """Blank rows among the drafts, drafts of the future, rows below the table."""
    rows = list(dice.invoices(3).rows)
    rows.insert(dice.number(0, 2), {"Invoice No": None})
    rows.append({**rows[-1], "Invoice No": "LATER", "Invoice Date": datetime(2027, 1, 1)})
    steps: list[Step] = [dice.customers(), Enter("Invoices", rows)]
    if dice.often():
        below = {f"A{len(rows) + 4}": "TOTAL", f"H{len(rows) + 4}": 12.0}
        steps.append(OnSheet("Invoices", below))
    return "USD", [*steps, Do("post-invoices"), Do("check")]


def drafts_with_formulas(dice: Dice) -> tuple[str, list[Step]]:
    """Amounts that are reckoned in the sheet; posting puts the value in their place."""
    price, count = dice.number(1, 90), dice.number(1, 12)
    amount = Formula(f"={price}*{count}", float(price * count))
    row = {"Invoice No": "X-1", "Customer ID": "C-01", "Invoice Date": dice.day(), "Amount": amount}
    wrong = {**row, "Invoice No": "X-2", "Amount": Formula(f"={price}/3+0.001", price / 3 + 0.001)}
    rows = [row, wrong] if dice.often(30) else [row]
    return "USD", [dice.customers(1), Enter("Invoices", rows), Do("post-invoices"), Do("verify")]


def headings_changed(dice: Dice) -> tuple[str, list[Step]]:
    """A heading is typed over: the table is not read, and the user is told which column."""
    base = dice.one(
        ["Invoices: Amount = Amuont", "Invoices: Due Date = due date",
         "Receipts: Customer ID = Customer", "Terms: Net Days = Days"]
    )  # fmt: skip
    steps: list[Step] = [Enter("Customers", [{"Customer ID": "C-01", "Name": "Cassia"}])]
    if not base.startswith("Invoices"):
        steps.append(dice.invoices(2, 1))
    return base, [*steps, Do(dice.one(["post-invoices", "check", "aging"]))]


def reports_edited(dice: Dice) -> tuple[str, list[Step]]:
    """A report that a user wrote on is kept; the next one stands beside it."""
    steps: list[Step] = [dice.customers(2), dice.invoices(3, 2), Do("post-invoices")]
    steps.append(Do("aging"))
    if dice.often(70):
        cells: Mapping[str, Any] = dice.one(
            [{"A4": "seen by Ana"}, {"Z99": 1.0}, {"B10": "called"}]
        )
        steps.append(OnSheet("Aging 2026-10-31", cells))
    return "USD", [*steps, Do("aging")]


def policy_mistakes(dice: Dice) -> tuple[str, list[Step]]:
    """Settings, terms and rates that cannot be."""
    change = dice.one(
        [Change("Settings", "Aging Buckets", "Value", As("30,20")),
         Change("Settings", "Tax Mode", "Value", "both"),
         Change("Settings", "Base Currency", "Value", "DOLLAR"),
         Change("Settings", "Default Terms", "Value", "Net 31"),
         Change("Terms", "Net 30", "Net Days", As("thirty")),
         Change("Terms", "2/10 Net 30", "Discount %", 200.0)]
    )  # fmt: skip
    steps: list[Step] = [dice.customers(1), dice.invoices(2, 1), change]
    return "USD", [*steps, Do("post-invoices"), Do("check")]


def a_whole_month(dice: Dice) -> tuple[str, list[Step]]:
    """Customers, invoices, payments, fees and a month-end that is not closed yet."""
    steps: list[Step] = [
        dice.customers(5, **{"Fee Policy": dice.one(["1.5 % a month", None])}),
        dice.invoices(dice.number(8, 16), 5), dice.receipts(dice.number(3, 8), 5),
    ]  # fmt: skip
    period = dice.one(["2026-08", "2026-09", "2026-10"])
    return "USD", [*steps, Do("month-end", given={"period": period})]


TROUBLES: tuple[Teller, ...] = (
    bad_drafts, imported, only_previewed, edited_after_posting, blanks_and_rows_below,
    drafts_with_formulas, headings_changed, reports_edited, policy_mistakes, a_whole_month,
)  # fmt: skip
