"""Declarations: due dates, early-payment discounts and late fees."""

from __future__ import annotations

from ar_xl.functions.about_items import AS_OF, DECIMALS
from ar_xl.functions.registry import Argument, Example, Function

TERMS = Argument(
    "terms",
    "Days or words: 30, net 1m+10, eom+15, day 15, 2/10 net 30, or instalments 25%@30; rest@60. "
    "With a terms table: a name in it.",
)
TERMS_TABLE = Argument(
    "terms_table",
    "The table of terms with its headings: Terms[#All]. Then terms are names in it.",
    "terms are said in words",
)

DUE_DATE = Function(
    "AR_DUE_DATE",
    "When invoices fall due by their terms. Months end on their last day: a month after 31 January "
    "is the last of February.",
    (
        Argument("invoice_dates", "Invoice date, or a column of them."),
        TERMS,
        TERMS_TABLE,
        Argument(
            "instalment",
            "Which instalment, 1 for the first.",
            "all of them, one column each",
        ),
    ),
    "due:due_date",
    "One date a row; with instalments one column each, the rest of a row nothing. Nothing where no "
    "invoice date stands; #N/A for terms that the table does not have, or an instalment beyond "
    "the last.",
    Example(
        "Thirty days, the end of the month, the 15th of the next, a month, and two halves.",
        "=AR_DUE_DATE(A1:A5, B1:B5)",
        (
            ("2026-01-31", 30),
            ("2026-01-10", "eom"),
            ("2026-01-10", "day 15"),
            ("2026-01-31", "1m"),
            ("2026-01-31", "50%@30; 50%@60"),
        ),
        (
            ("2026-03-02", ""),
            ("2026-01-31", ""),
            ("2026-02-15", ""),
            ("2026-02-28", ""),
            ("2026-03-02", "2026-04-01"),
        ),
    ),
)

DISCOUNT = Function(
    "AR_DISCOUNT",
    "The early-payment discount that an invoice earns when it is paid off on a day; 0 after the "
    "last day of the discount. The last day counts.",
    (
        Argument("amounts", "The invoice's amount with tax, or a column of them."),
        Argument("invoice_dates", "The invoice date of each."),
        Argument("paid_on", "The day each was paid; blank: not yet."),
        TERMS,
        TERMS_TABLE,
        Argument("tax", "The tax that the amount contains.", "0"),
        Argument("non_discountable", "Freight and such, which earns no discount.", "0"),
        Argument(
            "tax_mode",
            "included: the discount is on the gross amount; excluded or mixed: on the net.",
            "included",
        ),
        DECIMALS,
    ),
    "due:discount",
    "One amount a row; nothing where the amount or the day it was paid is blank. Credit memos earn "
    "nothing.",
    Example(
        "2 % within ten days: the tenth day still earns it, the eleventh no more.",
        '=AR_DISCOUNT(A1:A3, B1:B3, C1:C3, "2/10 net 30")',
        (
            (1234.5, "2026-03-01", "2026-03-11"),
            (1234.5, "2026-03-01", "2026-03-12"),
            (100, "2026-03-01", None),
        ),
        ((24.69,), (0,), ("",)),
    ),
)

LATE_FEE = Function(
    "AR_LATE_FEE",
    "The late fee on a balance that has been overdue unchanged since its due date.",
    (
        Argument("open_amounts", "What is overdue of each item."),
        Argument("due_dates", "Its due date; the day itself is not late."),
        Argument("as_of", AS_OF.help),
        Argument(
            "policy",
            "Percent a year, by the day: 18 means 18 %. With a table of policies: a name in it.",
        ),
        Argument(
            "policies",
            "Fee policies with their headings: FeePolicies[#All]. Then policy is a name in it.",
            "policy is a percent a year",
        ),
        Argument("charged_to", "The day to which fees were charged already.", "never"),
        Argument("invoice_dates", "Where a policy counts from the invoice date.", "not needed"),
        Argument("invoice_amounts", "For a cap in percent of the invoice.", "the open amount"),
        Argument("charged_before", "Fees charged so far, for the cap.", "0"),
        DECIMALS,
    ),
    "fees:late_fee",
    "One amount a row, rounded once; nothing for a blank amount; 0 for a credit, for what is not "
    "overdue, and for a flat or percent fee in a month that charged_to lies in. A rate below 1 is "
    "#NUM!, as a cell that shows 18% holds 0.18; a policy in a table may have one.",
    Example(
        "18 % a year on 1,000.00 for 31 days is 1000 x 0.18 / 365 x 31.",
        "=AR_LATE_FEE(A1:A2, B1:B2, C1, 18)",
        ((1000, "2026-01-31", "2026-03-03"), (1000, "2026-03-03", None)),
        ((15.29,), (0,)),
    ),
)

TERMED: tuple[Function, ...] = (DUE_DATE, DISCOUNT, LATE_FEE)
