"""Declarations: what a payment pays, and measures of collection."""

from __future__ import annotations

from ar_xl.functions.about_items import DECIMALS
from ar_xl.functions.registry import Argument, Example, Function

AMOUNT = Argument("amount", "The money received: one positive amount.")

ALLOCATE = Function(
    "AR_ALLOCATE",
    "What a payment pays of each open item, by the rules of Post Payments: one equal item, the "
    "balance, a set that adds up, else oldest first.",
    (
        AMOUNT,
        Argument("open_amounts", "What is open of each item; a credit is not paid."),
        Argument(
            "due_dates", "The due date of each; the oldest is paid first, of one day the upper one."
        ),
        Argument(
            "received_on",
            "The day it was received: then a payment of all that is past due is seen.",
            "not known",
        ),
        Argument(
            "rules",
            "Which rules, in order: 2 equal item, 3 balance, 4 a set that adds up, 5 oldest first.",
            "{2,3,4,5}",
        ),
        DECIMALS,
    ),
    "paying:allocate",
    "One amount a row, 0 where nothing is paid; what the rows do not add up to stays unapplied. "
    "#N/A where two different sets explain the money: ask the customer. A row that cannot be read "
    "is the answer of the whole, as it could change every other.",
    Example(
        "350 is no single item and no set of them: the oldest is paid first.",
        "=AR_ALLOCATE(350, A1:A3, B1:B3)",
        ((200, "2026-03-31"), (300, "2026-01-31"), (500, "2026-02-28")),
        ((0,), (300,), (50,)),
    ),
)

MATCH = Function(
    "AR_MATCH",
    "Which open items add up to an amount: one that is equal, else all, else the fewest of the 20 "
    "oldest. TRUE for each; use it with FILTER.",
    (
        AMOUNT,
        Argument("open_amounts", "What is open of each item; credits are not looked at."),
        Argument("due_dates", "The due date of each, for which are oldest.", "the first is oldest"),
        DECIMALS,
    ),
    "paying:match",
    "TRUE or FALSE a row; FALSE everywhere where nothing adds up. #N/A where two different sets of "
    "as few items do: ask the customer. A row that cannot be read is the answer of the whole.",
    Example(
        "580 is 500 + 80 and nothing else.",
        "=AR_MATCH(580, A1:A4)",
        ((200,), (500,), (330,), (80,)),
        ((False,), (True,), (False,), (True,)),
    ),
)

DSO = Function(
    "AR_DSO",
    "Days sales outstanding: receivables / sales x days, to a tenth of a day.",
    (
        Argument("receivables", "At the end of the time, net of unapplied credits."),
        Argument("sales", "Invoices and debit memos less credit memos of the time, with tax."),
        Argument("days", "How many days the time has."),
        DECIMALS,
    ),
    "measures:dso",
    "One number a row; #N/A where sales are not positive; nothing for a blank row.",
    Example(
        "150,000 open after 300,000 of sales in a quarter of 90 days.",
        "=AR_DSO(150000, 300000, 90)",
        (),
        ((45,),),
    ),
)

CEI = Function(
    "AR_CEI",
    "Collection effectiveness: (opening + sales - closing) / (opening + sales - current) x 100, "
    "to a tenth of a percent.",
    (
        Argument("opening", "Receivables at the beginning, net of unapplied credits."),
        Argument("sales", "Invoices and debit memos less credit memos of the time, with tax."),
        Argument("closing", "Receivables at the end, net of unapplied credits."),
        Argument("current", "The part of closing that is not past due."),
        DECIMALS,
    ),
    "measures:cei",
    "One number a row; #N/A where nothing could have been collected; nothing for a blank row.",
    Example(
        "Of 130,000 that could be collected, 100,000 were.",
        "=AR_CEI(A1, B1, C1, D1)",
        ((80000, 120000, 100000, 70000),),
        ((76.9,),),
    ),
)

MONEY: tuple[Function, ...] = (ALLOCATE, MATCH, DSO, CEI)
