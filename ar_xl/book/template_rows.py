"""The rows that a new workbook begins with: settings, terms, fee policies, ladder, loss rates.

They are a starting point that reads well, not advice: each can be changed or deleted.
"""

from __future__ import annotations

from ar_xl.core.policy import bucket_names
from ar_xl.core.settinglist import SETTINGS

Row = tuple[str | float | None, ...]

TERMS_ROWS: tuple[Row, ...] = (
    # Terms, Description, Due Rule, Net Months, Net Days, Discount %, Discount Days,
    # Second Discount %, Second Discount Days, Discount Grace Days, Instalments
    ("Due on receipt", "Due on the invoice date", "net", 0, 0),
    ("Net 10", "Due 10 days after the invoice date", "net", 0, 10),
    ("Net 15", "Due 15 days after the invoice date", "net", 0, 15),
    ("Net 30", "Due 30 days after the invoice date", "net", 0, 30),
    ("Net 45", "Due 45 days after the invoice date", "net", 0, 45),
    ("Net 60", "Due 60 days after the invoice date", "net", 0, 60),
    ("1/10 Net 30", "1 % off within 10 days, due in 30", "net", 0, 30, 1, 10),
    ("2/10 Net 30", "2 % off within 10 days, due in 30", "net", 0, 30, 2, 10),
    ("2/10 1/20 Net 60", "2 % off in 10 days, 1 % in 20, due in 60", "net", 0, 60, 2, 10, 1, 20),
    ("End of month", "Due at the end of the month", "eom", 0, 0),
    ("End of month + 30", "Due 30 days after the end of the month", "eom", 0, 30),
    ("15th of next month", "Due on the 15th of the next month", "day", 0, 15),
    ("Thirds 30/60/90", "Three parts, due in 30, 60 and 90 days", "net", 0, 90, None, None, None,
     None, None, "33.33%@30; 33.33%@60; rest@90"),
)  # fmt: skip

FEE_POLICY_ROWS: tuple[Row, ...] = (
    # Fee Policy, Method, Basis, Rate %, Flat, Grace Days, Grace Rule, Minimum, Minimum Rule,
    # Cap % of Invoice, Annual Ceiling %, Compound, Day Basis
    ("None", "none"),
    ("1.5 % a month", "monthly", "due", 1.5, None, 0, "shift", None, "skip", None, None, "no",
     "365"),
    ("18 % a year, daily", "daily", "due", 18, None, 0, "shift", None, "skip", None, None, "no",
     "365"),
    ("25 flat", "flat", "due", None, 25, 10, "threshold", None, "skip", None, None, "no", "365"),
)  # fmt: skip

_COUNSEL = "Check with counsel."
_US = (
    f"A ceiling on interest agreed for a forbearance; how it applies to late charges between "
    f"businesses differs. {_COUNSEL}"
)

FEE_CEILING_ROWS: tuple[Row, ...] = (
    # Jurisdiction, From, Annual Ceiling %, Source, Note
    ("Arkansas", None, 17, "Arkansas Constitution, Amendment 89", _US),
    ("California", None, 10, "California Constitution, Article XV, Section 1",
     "The lower of its ceilings; for business use it is 5 % over the Federal Reserve's advance "
     f"rate where that is more. {_COUNSEL}"),
    ("Canada, no yearly rate agreed", None, 5, "Interest Act, Section 4",
     "A ceiling where the contract states a rate for less than a year and not the yearly rate it "
     f"comes to. {_COUNSEL}"),
    ("France", None, None, "Code de commerce, Article L441-10",
     "A default between businesses, not a ceiling: the European Central Bank's rate + 10 points; "
     f"what is agreed is not below three times the legal rate. {_COUNSEL}"),
    ("Germany", None, None, "BGB, Section 288",
     "A default, not a ceiling: 9 points over the base rate between businesses, 5 where a "
     f"consumer is party. {_COUNSEL}"),
    ("New York", None, 16, "Banking Law, Section 14-a; General Obligations Law, Section 5-501",
     _US),
    ("United Kingdom", None, None,
     "Late Payment of Commercial Debts (Rate of Interest) (No. 3) Order 2002, SI 2002/1675",
     "A default between businesses, not a ceiling: 8 % over the official dealing rate. "
     f"{_COUNSEL}"),
    ("Washington", None, 12, "RCW 19.52.020",
     "The lower of its ceilings; 4 points over 26-week Treasury bills where that is more. "
     f"{_COUNSEL}"),
)  # fmt: skip

LADDER_ROWS: tuple[Row, ...] = (
    # Step, After (days), Action, Template, Fee Policy
    ("Friendly reminder", -5, "Email", "Friendly reminder"),
    ("First reminder", 7, "Letter", "First reminder"),
    ("Call", 14, "Call", None),
    ("Second reminder", 30, "Letter", "Second reminder"),
    ("Final notice", 45, "Letter", "Final notice"),
    ("Escalation", 60, "Escalation", None),
)

_PLACEHOLDER = "A placeholder: put in what you lost in past years"


def starting_rows(company: str, currency: str) -> dict[str, tuple[Row, ...]]:
    """The rows of a new workbook by table name, in the order of the tables' columns.

    Args:
        company: the name on reports.
        currency: the currency of the books.
    """
    chosen = {"Company": company, "Base Currency": currency}
    settings = tuple(
        (setting.name, chosen.get(setting.name, setting.default) or None, setting.note)
        for setting in SETTINGS
    )
    rates = (0.5, 2, 5, 15, 40)
    losses = tuple(
        (bucket, rate, 1, _PLACEHOLDER)
        for bucket, rate in zip(bucket_names((30, 60, 90)), rates, strict=True)
    )
    return {
        "Settings": settings,
        "Terms": TERMS_ROWS,
        "FeePolicies": FEE_POLICY_ROWS,
        "FeeCeilings": FEE_CEILING_ROWS,
        "Ladder": LADDER_ROWS,
        "LossRates": losses,
    }


HOW_TO_WORK: tuple[tuple[str, str], ...] = (
    ("First", "On Settings, check the currency, the aging buckets and your account numbers. Then "
     "look through Terms, Fee Policies and Ladder."),
    ("First", "Bring in customers and open invoices: paste them into Customers and Invoices, or "
     "let Import read a file of your old system."),
    ("Always", "Type or paste below the last row. Blue headings are yours; grey ones are filled "
     "in by ar_xl. An orange line under a heading means that a row needs it."),
    ("Always", "A row whose Batch is empty is a draft: it is pale yellow and counts nowhere until "
     "it is posted. Run Check to see what is wrong with it."),
    ("Daily", "Enter invoices and credit memos, run Post Invoices. Enter receipts, run Post "
     "Payments: they are applied to invoices and earned discounts are granted."),
    ("Daily", "Import your bank's files and run Match: accept, change or reject each line on the "
     "Match sheet. Post Payments posts what is accepted."),
    ("Daily", "Run Collections for the call list. Note every call, letter and promise on "
     "Activities, and what a customer contests on Disputes."),
    ("Monthly", "Run Late Fees and Aging. Type your general ledger's balance of receivables on "
     "Periods, run Month-End, and close the month when it ties out."),
    ("Mistakes", "Never edit or delete a posted row: Undo takes back a whole batch, a row on "
     "Adjustments corrects one document. Verify names every posted row that was touched."),
    ("Yours", "Add columns to the right of a table and sheets of your own as you like; they are "
     "left alone. Please keep our sheet names, table names and headings."),
    ("Safety", "Every run keeps a backup beside the workbook, every report is a new sheet, and "
     "Journal holds what to book in the general ledger."),
)  # fmt: skip
