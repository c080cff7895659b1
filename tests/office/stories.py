"""The stories of an office: what is typed, run, corrected and closed there, in many turns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.office.dice import CUSTOMERS, Dice
from tests.office.steps import As, Change, Do, Enter, OnSheet, Scenario, Step, Teller
from tests.office.stories_of_trouble import TROUBLES

POST = (Do("post-invoices"), Do("post-payments"))


def typed_and_aged(dice: Dice) -> tuple[str, list[Step]]:
    """Invoices are typed in and posted; what was open is asked for on a past date."""
    month, day = dice.number(6, 10), dice.number(1, 28)
    steps: list[Step] = [dice.customers(), dice.invoices(dice.number(1, 9))]
    if dice.often():
        steps.append(Change("Settings", "Aging Basis", "Value", dice.one(["due", "invoice"])))
    if dice.often():
        edges = dice.one(["30,60,90", "15,30", "10,20,30,60"])
        steps.append(Change("Settings", "Aging Buckets", "Value", As(edges)))
    return "USD", [*steps, Do("post-invoices"), Do("aging", f"2026-{month:02}-{day:02}")]


def five_rules(dice: Dice) -> tuple[str, list[Step]]:
    """Payments that name documents, equal one, the balance or some, or go to the oldest."""
    customer = CUSTOMERS[0]
    amounts = [float(dice.number(100, 900)) + 0.25 * i for i in range(4)]
    invoices = [
        {"Invoice No": f"INV-{i}", "Customer ID": customer, "Invoice Date": dice.day(0, 40),
         "Amount": amount}
        for i, amount in enumerate(amounts)
    ]  # fmt: skip
    ways: dict[str, tuple[dict[str, Any], ...]] = {
        "references": ({"Amount": amounts[1], "Remittance": "INV-1"},),
        "part": ({"Amount": 50.0, "Remittance": "INV-2 50.00; INV-3"},),
        "equal": ({"Amount": amounts[2]},),
        "balance": ({"Amount": sum(amounts)},),
        "subset": ({"Amount": amounts[0] + amounts[3]},),
        "oldest": ({"Amount": 77.77}, {"Amount": 500.0}),
    }
    paid = ways[dice.one(list(ways))]
    receipts = [
        {"Receipt Date": dice.day(41, 90), "Customer ID": customer, "Method": "Check", **each}
        for each in paid
    ]
    steps: list[Step] = [dice.customers(1), Enter("Invoices", invoices)]
    if dice.often(30):
        order = dice.one(["5", "1,5", "3,2,5", "2,4"])
        steps.append(Change("Settings", "Allocation Rules", "Value", As(order)))
    return "USD", [*steps, Enter("Receipts", receipts), *POST]


def discounts(dice: Dice) -> tuple[str, list[Step]]:
    """Who pays within ten days takes two percent; some pay a part, some pay it all."""
    amount, dated = dice.amount() + 10, dice.day(0, 30)
    paid = round(amount * dice.one([0.98, 1.0, 0.5, 0.49, 0.9799]), 2)
    received = datetime(2026, dated.month, min(dated.day + dice.one([5, 10, 11, 14]), 28))
    steps: list[Step] = [
        dice.customers(1, Terms="2/10 Net 30"),
        Enter("Invoices", [{"Invoice No": "A-1", "Customer ID": "C-01", "Invoice Date": dated,
                            "Amount": amount, "Tax": round(amount / 11, 2)}]),
        Enter("Receipts", [{"Receipt Date": max(received, dated), "Customer ID": "C-01",
                            "Amount": paid, "Remittance": dice.one(["A-1", None])}]),
    ]  # fmt: skip
    for setting, choices in (
        ("Tax Mode", ["included", "excluded", "mixed"]),
        ("Partial Discount", ["yes", "no"]),
        ("Discount On Full Payment", ["nothing", "credit"]),
    ):
        if dice.often(40):
            steps.append(Change("Settings", setting, "Value", dice.one(choices)))
    return "USD", [*steps, *POST, Do("apply-discounts")]


def tolerance(dice: Dice) -> tuple[str, list[Step]]:
    """Payments that are a little too small or too large."""
    amount = float(dice.number(100, 5000))
    off = dice.one([-0.5, -1.0, -1.01, -4.99, 0.75, 5.0, 12.0])
    steps: list[Step] = [
        Change("Settings", "Underpayment Tolerance", "Value", As(dice.one(["1", "5.00"]))),
        Change("Settings", "Overpayment Tolerance", "Value", As(dice.one(["1.00", "5"]))),
        dice.customers(1),
        Enter("Invoices", [{"Invoice No": "A-1", "Customer ID": "C-01",
                            "Invoice Date": dice.day(0, 30), "Amount": amount}]),
        Enter("Receipts", [{"Receipt Date": dice.day(50, 80), "Customer ID": "C-01",
                            "Amount": amount + off, "Remittance": "A-1"}]),
    ]  # fmt: skip
    if dice.often(40):
        steps.insert(0, Change("Settings", "Tolerance %", "Value", As(dice.one(["1", "0.5"]))))
    return "USD", [*steps, *POST]


def memos(dice: Dice) -> tuple[str, list[Step]]:
    """Credit and debit memos, some larger than the invoice that they are for."""
    overflow = dice.one(["apply", "hold"])
    steps: list[Step] = [
        Change("Settings", "Credit Memo Overflow", "Value", overflow),
        dice.customers(2),
        Enter("Invoices", [
            {"Invoice No": "A-1", "Customer ID": "C-01", "Invoice Date": dice.day(0, 20),
             "Amount": 400.0},
            {"Invoice No": "A-2", "Customer ID": "C-02", "Invoice Date": dice.day(0, 20),
             "Amount": dice.amount(), "Type": "Debit Memo"},
            {"Invoice No": "CM-1", "Customer ID": "C-01", "Invoice Date": dice.day(25, 40),
             "Amount": dice.one([100.0, 400.0, 650.5]), "Type": "Credit Memo",
             "Applies To": dice.one(["A-1", None])},
        ]),
    ]  # fmt: skip
    return "USD", [*steps, Do("post-invoices"), Do("aging", "2026-08-31")]


def late_fees(dice: Dice) -> tuple[str, list[Step]]:
    """Late fees, once and once more, which adds nothing."""
    policy = dice.one(["1.5 % a month", "18 % a year, daily", "25 flat"])
    steps: list[Step] = [
        dice.customers(2, **{"Fee Policy": policy}),
        dice.invoices(dice.number(2, 4), 2),
        Do("post-invoices"),
        Do("late-fees", "2026-09-30"),
    ]
    return "USD", [*steps, Do("late-fees", dice.one(["2026-09-30", "2026-10-31"]))]


def undone(dice: Dice) -> tuple[str, list[Step]]:
    """A batch is undone, perhaps as drafts again, which are corrected and posted anew."""
    again = dice.often()
    steps: list[Step] = [
        dice.customers(), dice.invoices(dice.number(2, 5)), dice.receipts(2), *POST,
        Do("undo", given={"batch": dice.one(["B-000001", "B-000002", "b-000002", "B-000009"]),
                          "redraft": again}, options={"reason": "typed twice"}),
    ]  # fmt: skip
    return "USD", [*steps, Do("post-payments")] if again else steps


def collecting(dice: Dice) -> tuple[str, list[Step]]:
    """Whom to call: promises kept and broken, disputes, calls made before."""
    steps: list[Step] = [dice.customers(4), dice.invoices(6, 4), Do("post-invoices")]
    steps.append(
        Enter("Activities", [
            {"Date": dice.day(60, 100), "Customer ID": "C-01", "Kind": "Promise",
             "Promise Date": dice.day(100, 150), "Promise Amount": dice.amount()},
            {"Date": dice.day(60, 100), "Customer ID": "C-02", "Kind": "Call",
             "Outcome": "No answer", "Next Action": "Call again", "Next Date": dice.day(101, 160)},
        ])
    )  # fmt: skip
    if dice.often():
        row = {"Dispute No": "D-1", "Invoice No": "INV-101", "Reason": "Damaged",
               "Opened": dice.day(60, 90), "Amount": dice.one([None, 10.0])}  # fmt: skip
        steps.append(Enter("Disputes", [row]))
    return "USD", [*steps, Do("collections", dice.one(["2026-09-15", "2026-10-31"]))]


def disputed(dice: Dice) -> tuple[str, list[Step]]:
    """What customers contest is credited, written off or released, and perhaps comes back."""
    steps: list[Step] = [dice.customers(4), dice.invoices(6, 4), Do("post-invoices")]
    rows = [
        {"Invoice No": f"INV-{101 + at}", "Reason": dice.one(["Damaged", None]),
         "Opened": dice.day(60, 90), "Amount": dice.one([None, 10.0, 1.25, 5000.0]),
         "Owner": dice.one(["Eve", None]),
         "Resolve By": dice.one(["Credit Memo", "Write-off", "Release", None])}
        for at in range(dice.number(1, 5))
    ]  # fmt: skip
    steps += [Enter("Disputes", rows), Do("disputes", "2026-09-30")]
    steps += [Do("post-invoices", "2026-09-30"), Do("adjust", "2026-09-30"), Do("disputes")]
    if dice.often():
        steps += [Do("undo", given={"batch": "B-000002"}), Do("disputes")]
    return "USD", [*steps, Do("disputes", "2026-08-31")]


def closed(dice: Dice) -> tuple[str, list[Step]]:
    """A month is closed, perhaps with the ledger's balance typed in, and perhaps opened again."""
    steps: list[Step] = [dice.customers(2), dice.invoices(3, 2), dice.receipts(2, 2)]
    if dice.often(40):
        gl = {"Period": As("2026-10"), "GL Balance": "USD 12.00"}
        steps.append(Enter("Periods", [gl]))
    steps.append(Do("month-end", given={"period": "2026-10", "close": True}))
    if dice.often(40):
        reopen = {"period": "2026-10", "reopen": True, "approved_by": dice.one(["Grace", "Ada"])}
        steps.append(Do("month-end", "2026-11-05", reopen, {"reason": "A late invoice"}))
    return "USD", steps


def currencies(dice: Dice) -> tuple[str, list[Step]]:
    """Documents and money in currencies of none, two and three decimals."""
    code, digits = dice.one([("EUR", 2), ("JPY", 0), ("KWD", 3)])
    steps: list[Step] = [
        Enter("Rates", [
            {"Currency": code, "Date": datetime(2026, 1, 1), "Rate": 1.1},
            {"Currency": code, "Date": datetime(2026, 7, 1), "Rate": dice.one([0.0068, 3.25, 1.2])},
        ]),
        dice.customers(2, Currency=code),
        Enter("Invoices", [
            {"Invoice No": f"F-{i}", "Customer ID": CUSTOMERS[i % 2], "Invoice Date": dice.day(),
             "Amount": dice.amount(digits), "Currency": dice.one([code, None])}
            for i in range(3)
        ]),
        Enter("Receipts", [
            {"Receipt Date": dice.day(60, 140), "Customer ID": CUSTOMERS[0], "Currency": code,
             "Amount": dice.amount(digits), "Remittance": dice.one([None, "F-0"])},
        ]),
    ]  # fmt: skip
    return dice.one(["USD", "USD", "JPY"]), [*steps, *POST, Do("aging")]


def days_from_1904(dice: Dice) -> tuple[str, list[Step]]:
    """A workbook from an old Mac, whose days count from 1904."""
    steps: list[Step] = [dice.customers(), dice.invoices(dice.number(1, 5)), dice.receipts(2)]
    return "1904", [*steps, *POST, Do("aging", "2026-09-30")]


def own_columns_and_sheets(dice: Dice) -> tuple[str, list[Step]]:
    """Columns with formulas beside ours, sheets of the user's that look at our tables."""
    rows = dice.invoices(dice.number(2, 6))
    notes = [{**row, "My Note": dice.one(["urgent", "007", None, "paid by Ana"])}
             for row in rows.rows]  # fmt: skip
    mine = {"A1": "My list", "A2": As("00123"), "B2": 4.5, "C2": datetime(2026, 1, 31), "D2": True}
    steps: list[Step] = [dice.customers(), Enter("Invoices", notes), OnSheet("Mine", mine)]
    late = Do("late-fees") if dice.often(30) else Do("aging", "2026-08-15")
    return "own", [*steps, Do("post-invoices"), late]


def instalments(dice: Dice) -> tuple[str, list[Step]]:
    """Documents that fall due in parts, paid in other parts."""
    steps: list[Step] = [
        dice.customers(1, Terms="Thirds 30/60/90"),
        Enter("Invoices", [{"Invoice No": "T-1", "Customer ID": "C-01",
                            "Invoice Date": dice.day(0, 40), "Amount": dice.amount() + 3}]),
        Enter("Receipts", [{"Receipt Date": dice.day(41, 80), "Customer ID": "C-01",
                            "Amount": dice.amount()}]),
    ]  # fmt: skip
    return "USD", [*steps, *POST, Do("aging", "2026-09-01")]


def special_discounts(dice: Dice) -> tuple[str, list[Step]]:
    """Discounts granted by hand, some without the approval that they need."""
    steps: list[Step] = [
        dice.customers(1),
        Enter("Invoices", [{"Invoice No": "S-1", "Customer ID": "C-01",
                            "Invoice Date": dice.day(0, 40), "Amount": 2000.0}]),
        Do("post-invoices"),
        Enter("Adjustments", [
            {"Date": dice.day(45, 90), "Kind": "Special Discount", "Document No": "S-1",
             dice.one(["Percent", "Amount"]): dice.one([2.0, 12.5, 75.0]),
             "Reason": "Late delivery", "Requested By": "Ada",
             "Approved By": dice.one(["Grace", "Ada", None])},
        ]),
    ]  # fmt: skip
    return "USD", [*steps, Do("apply-discounts")]


STORIES: tuple[Teller, ...] = (
    typed_and_aged, five_rules, discounts, tolerance, memos, late_fees, undone, collecting,
    disputed, closed, currencies, days_from_1904, own_columns_and_sheets, instalments,
    special_discounts, *TROUBLES,
)  # fmt: skip


def scenarios(seed: int, count: int) -> list[Scenario]:
    """So many scenarios: each story in turn, with other dice every time.

    Args:
        seed: the same seed gives the same scenarios.
        count: how many.
    """
    told = []
    for number in range(count):
        story = STORIES[number % len(STORIES)]
        base, steps = story(Dice(f"{seed}-{number}"))
        told.append(Scenario(f"{number + 1}. {story.__name__}", base, tuple(steps)))
    return told
