"""Declarations: days past due, buckets, aging, open amounts and balances."""

from __future__ import annotations

from ar_xl.functions.registry import Argument, Example, Function

AS_OF = Argument("as_of", "The date to look from. It is never today by itself: type or name one.")
EDGES = Argument(
    "edges",
    "Upper edges of the buckets in rising order: cells, or {30,60,90}.",
    "30, 60 and 90",
)
DECIMALS = Argument(
    "decimals",
    "Digits after the point, 0, 2, 3 or 4, or a currency code such as JPY. An amount with more "
    "digits is #NUM!, never rounded.",
    "2",
)

DAYS_PAST_DUE = Function(
    "AR_DAYS_PAST_DUE",
    "Whole days from the due date to a date. Zero or less means not past due.",
    (Argument("due_dates", "Due date, or a column of them."), AS_OF),
    "days:days_past_due",
    "One whole number a row; nothing where no due date stands.",
    Example(
        "The first is 28 days late on the last of February, the second is due that day.",
        "=AR_DAYS_PAST_DUE(A1:A4, B1)",
        (("2026-01-31", "2026-02-28"), ("2026-02-28", None), ("2026-03-15", None), (None, None)),
        ((28,), (0,), (-15,), ("",)),
    ),
)

BUCKET = Function(
    "AR_BUCKET",
    "The aging bucket of a number of days past due. Zero or less is Current; the upper edge "
    "belongs to its bucket.",
    (Argument("days", "Days past due, or a column of them."), EDGES),
    "days:bucket",
    "One text a row: Current, 1-30, 31-60, 61-90 or Over 90; nothing for a blank row.",
    Example(
        "The thirtieth day still belongs to 1-30.",
        "=AR_BUCKET(A1:A5)",
        ((0,), (1,), (30,), (31,), (91,)),
        (("Current",), ("1-30",), ("1-30",), ("31-60",), ("Over 90",)),
    ),
)

AGING = Function(
    "AR_AGING",
    "What each customer owes at a date by days past due, largest first, with headings and a "
    "total. Credits (negative amounts) stand in Unapplied. Currencies are never added.",
    (
        Argument("customers", "The customer of each open item."),
        Argument("due_dates", "The due date of each item; a credit needs none."),
        Argument("open_amounts", "What is open of each; credits are negative. 0 is left out."),
        AS_OF,
        EDGES,
        Argument(
            "currencies",
            "The currency of each item, or one for all. A block and a total for each.",
            "one currency of two decimals, not named",
        ),
    ),
    "aged:aging",
    "A heading row, one row a customer, and a row Total; with currencies, such a block for each "
    "and a column Currency. A row that cannot be read makes its customer's amounts, and the total, "
    "that error.",
    Example(
        "Three open invoices and an unapplied payment, aged on 31 October.",
        "=AR_AGING(A1:A4, B1:B4, C1:C4, D1)",
        (
            ("Acme", "2026-10-31", 100, "2026-10-31"),
            ("Acme", "2026-09-30", 250.5, None),
            ("Bolt", "2026-06-30", 80, None),
            ("Acme", None, -40, None),
        ),
        (
            ("Customer ID", "Current", "1-30", "31-60", "61-90", "Over 90", "Unapplied", "Total"),
            ("Acme", 100, 0, 250.5, 0, 0, -40, 310.5),
            ("Bolt", 0, 0, 0, 0, 80, 0, 80),
            ("Total", 100, 0, 250.5, 0, 80, -40, 390.5),
        ),
    ),
)

OPEN = Function(
    "AR_OPEN",
    "What is open of each document: its amount less all that was applied to its number.",
    (
        Argument(
            "numbers",
            "The number of each document. Several columns count together, such as number and line.",
        ),
        Argument("amounts", "The amount of each; rows of the same number are added up."),
        Argument("applied_numbers", "The number that each application pays, in as many columns."),
        Argument("applied_amounts", "What each application settles: amount, discount, difference."),
        DECIMALS,
    ),
    "aged:open_amounts",
    "One amount a row. Where rows of a number reverse each other, the last row on the side of the "
    "rest carries it and the others are 0. Numbers that are only applied to are left out.",
    Example(
        "INV-1 was paid in two parts, INV-2 not at all, INV-3 was reversed.",
        "=AR_OPEN(A1:A4, B1:B4, C1:C2, D1:D2)",
        (
            ("INV-1", 100, "INV-1", 60),
            ("INV-2", 50, "INV-1", 39.5),
            ("INV-3", 70, None, None),
            ("INV-3", -70, None, None),
        ),
        ((0.5,), (50,), (0,), (0,)),
    ),
)

BALANCE = Function(
    "AR_BALANCE",
    "What customers owe by the tables of a workbook: open documents less unapplied credits. Drafts "
    "do not count.",
    (
        Argument("customers", "Customer ID, or a column of them."),
        Argument("invoices", "The table of invoices with its headings: Invoices[#All]."),
        Argument("receipts", "The table of receipts with its headings: Receipts[#All]."),
        Argument("applications", "The applications with their headings: Applications[#All]."),
        Argument(
            "as_of", "Only rows with a Posting Date up to this date count.", "all posted rows"
        ),
        Argument("currency", "Only documents in this currency count.", "all, but never added"),
    ),
    "balance:balance",
    "One amount a row; 0 for a customer without documents, #VALUE! for one with several currencies "
    "where none is named, #REF! where a heading is missing. One formula for a column of customers "
    "is much faster than one in each row: the tables are read once.",
    Example(
        "Acme owes 100 and paid 60, 50 of it applied; 10 wait as a credit. INV-2 is a draft. In a "
        "workbook of ar_xl the tables are Invoices[#All], Receipts[#All] and Applications[#All].",
        "=AR_BALANCE(A9, A1:H3, A4:G5, A6:J7)",
        (
            ("Invoice No", "Type", "Customer ID", "Currency", "Amount", "Posting Date", "Reverses",
             "Batch", None, None),
            ("INV-1", "Invoice", "Acme", "USD", 100, "2026-01-05", None, "B-000001", None, None),
            ("INV-2", "Invoice", "Acme", "USD", 999, None, None, None, None, None),
            ("Receipt No", "Customer ID", "Currency", "Amount", "Posting Date", "Reverses", "Batch",
             None, None, None),
            ("R-1", "Acme", "USD", 60, "2026-01-20", None, "B-000002", None, None, None),
            ("Source Type", "Source No", "Invoice No", "Amount", "Discount", "Difference",
             "Source Amount", "Posting Date", "Reverses", "Batch"),
            ("Receipt", "R-1", "INV-1", 50, 0, 0, 50, "2026-01-20", None, "B-000002"),
            (None,) * 10,
            ("Acme", None, None, None, None, None, None, None, None, None),
        ),
        ((40,),),
    ),
)  # fmt: skip

ITEMS: tuple[Function, ...] = (DAYS_PAST_DUE, BUCKET, AGING, OPEN, BALANCE)
