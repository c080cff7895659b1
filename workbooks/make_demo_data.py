"""The recipe of the demo company: `python workbooks/make_demo_data.py` rewrites its CSV files.

Alder & Finch is made up, and so is everyone it sells to. A seed makes the same files each time.
"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "ar_xl" / "app" / "demo_data"
SEED = 20261031
LAST_DAY = date(2026, 10, 31)
BY_BANK = ("ACH", "Wire")  # such payments are told by the bank, not typed
ACCOUNT, FEE = "000123456789", "18.00"
BANK_HEADINGS = ["Date", "Description", "Reference", "Debit", "Credit", "Balance"]

# id, name, contact, phone, terms, credit limit, habit: days after due that they pay, collector
CUSTOMERS = [
    ("C-0101", "Bluebird Bakery", "Ana Ruiz", "555-0101", "2/10 Net 30", "12000", -22, "Maya"),
    ("C-0102", "Copper Kettle Hotels", "Tom Abel", "555-0102", "Net 30", "60000", 12, "Maya"),
    ("C-0103", "Dunmore Schools", "Priya Nair", "555-0103", "Net 30", "40000", 3, "Maya"),
    ("C-0104", "Eastgate Clinic", "Leo Brandt", "555-0104", "2/10 Net 30", "25000", -21, "Jon"),
    ("C-0105", "Fernhill Nursery", "Kate Odum", "555-0105", "Net 30", "8000", 41, "Jon"),
    ("C-0106", "Granite Gym", "Sam Lind", "555-0106", "Net 30", "5000", 75, "Jon"),
    ("C-0107", "Harbor Books", "Iris Falk", "555-0107", "Net 30", "9000", 0, "Maya"),
    ("C-0108", "Ivory Dental", "Nils Berg", "555-0108", "2/10 Net 30", "15000", -24, "Maya"),
    ("C-0109", "Juniper Events", "Ada Moss", "555-0109", "Net 30", "20000", 28, "Jon"),
    ("C-0110", "Kingfisher Print", "Omar Said", "555-0110", "Net 30", "11000", 8, "Jon"),
    ("C-0111", "Larkspur Law", "Eve Stone", "555-0111", "Net 30", "30000", -2, "Maya"),
    ("C-0112", "Millpond Cafe", "Ray Webb", "555-0112", "Net 30", "3000", 110, "Jon"),
]


def main() -> None:
    """Write customers.csv, invoices.csv, receipts.csv and bank.csv."""
    chance = random.Random(SEED)
    OUT.mkdir(exist_ok=True)
    invoices, receipts = _documents(chance)
    _write(
        "customers.csv",
        ["Customer ID", "Name", "Contact", "Email", "Phone", "Terms", "Fee Policy",
         "Credit Limit", "Collector", "Status"],
        [[c[0], c[1], c[2], f"accounts@{c[1].split()[0].lower()}.example", c[3], c[4],
          "1.5 % a month" if c[6] > 20 else "", c[5], c[7], "Active"] for c in CUSTOMERS],
    )  # fmt: skip
    _write(
        "invoices.csv",
        ["Invoice No", "Type", "Customer ID", "Invoice Date", "Amount", "Tax", "Applies To",
         "Description"],
        invoices,
    )  # fmt: skip
    _write(
        "receipts.csv",
        ["Receipt Date", "Customer ID", "Method", "Check/Ref", "Amount", "Remittance", "Memo"],
        [row for row in receipts if row[2] not in BY_BANK],
    )
    lines = _bank_lines([row for row in receipts if row[2] in BY_BANK])
    _write(
        "bank.csv",
        ["Account", ACCOUNT],
        [["Currency", "USD"], [], BANK_HEADINGS, *lines],
    )


def _bank_lines(paid: list[list[str]]) -> list[list[str]]:
    """What the bank tells of the payments that came to it directly, and its monthly fee."""
    chance = random.Random(SEED + 1)
    names = {customer[0]: customer[1].upper() for customer in CUSTOMERS}
    lines = []
    for day, customer, method, number, amount, named, _ in paid:
        told = chance.choice([named, named, named.replace("-", " "), named.replace("INV-", "")])
        words = f"{method} CREDIT {names[customer]} {told}".strip()
        lines.append((day, words, f"{method}{number}", "", amount))
    lines += [
        (f"2026-{month:02d}-28", "MONTHLY SERVICE FEE", f"FEE{month:02d}", FEE, "")
        for month in range(6, 11)
    ]
    balance, out = 0, []
    for line in sorted(lines):
        debit, credit = (round(float(text or 0) * 100) for text in line[3:])
        balance += credit - debit
        out.append([*line, f"{balance / 100:.2f}"])
    return out


def _documents(chance: random.Random) -> tuple[list[list[str]], list[list[str]]]:
    invoices: list[list[str]] = []
    receipts: list[list[str]] = []
    number, check = 7001, 4210
    day = date(2026, 6, 2)
    while day <= LAST_DAY - timedelta(days=2):
        customer = chance.choice(CUSTOMERS)
        cents = chance.randrange(18_000, 420_000)
        tax = round(cents * 8 / 108)
        text = chance.choice(["Cleaning supplies", "Paper goods", "Linen service", "Equipment"])
        invoices.append(
            [f"INV-{number}", "Invoice", customer[0], day.isoformat(), f"{cents / 100:.2f}",
             f"{tax / 100:.2f}", "", text]
        )  # fmt: skip
        paid_on = day + timedelta(days=30 + customer[6] + chance.randrange(-4, 6))
        if paid_on <= LAST_DAY:
            paid = cents - (cents * 2 + 50) // 100 if "2/10" in customer[4] else cents
            if chance.random() < 0.1:
                paid = round(paid * 0.6 / 100) * 100
            named = f"INV-{number}" if chance.random() < 0.7 else ""
            method = chance.choice(["Check", "ACH", "ACH", "Card", "Wire"])
            receipts.append(
                [paid_on.isoformat(), customer[0], method, str(check), f"{paid / 100:.2f}",
                 named, ""]
            )  # fmt: skip
            check += chance.randrange(1, 9)
        number += 1
        day += timedelta(days=chance.choice([0, 1, 1, 2, 3]))
    invoices.append(
        ["CM-501", "Credit Memo", "C-0102", "2026-10-12", "150.00", "11.11",
         next(row[0] for row in reversed(invoices) if row[2] == "C-0102"), "Returned goods"]
    )  # fmt: skip
    receipts.append(["2026-10-20", "C-0103", "Check", "99120", "500.00", "", "No remittance sent"])
    return invoices, sorted(receipts)


def _write(name: str, headings: list[str], rows: list[list[str]]) -> None:
    with (OUT / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([headings, *rows])


if __name__ == "__main__":
    main()
