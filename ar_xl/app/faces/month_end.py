"""The buttons of the month's end."""

from __future__ import annotations

from ar_xl.app.faces.asked import SHOWS_FIRST, month, up_to
from ar_xl.app.questions import Face, Question, Start

MONTH_END_FACES: tuple[Face, ...] = (
    Face(
        "Aging", "A", "Who owes what, and for how long",
        "What every customer owes, by days past due, on new sheets: as of today or any day before. "
        "Nothing is posted.",
        large=True, command="aging",
        questions=(up_to("Show what was open as of:"),),
    ),
    Face(
        "Overview", "OV", "The manager's page",
        "One page to look at: what is owed, overdue, in dispute and on plans, with aging by month, "
        "the largest overdue customers, promises kept and broken, and cash expected by week. "
        "Nothing is posted.",
        command="overview",
        questions=(up_to("Show how things stand as of:"),),
    ),
    Face(
        "Late Fees", "LF", "Charge late fees",
        "Charges fees on invoices that are past due, by each customer's fee policy. However often "
        f"you run it, an invoice is charged once a month. {SHOWS_FIRST}",
        command="late-fees",
        questions=(up_to("Charge late fees up to:"),),
        confirm="Post these late fees?",
    ),
    Face(
        "Fees What-If", "FW", "What late fees would be under another policy",
        "Shows on a new sheet, per customer and invoice, what the month's late fees would be under "
        "another fee policy, beside what they are. Nothing is posted.",
        command="late-fees", icon="GoalSeek",
        questions=(
            up_to("Reckon late fees up to:"),
            Question("what_if", "Under which policy, as the Fee Policies sheet names it? Several "
                     "with ; between them, or none:", required=True),
        ),
    ),
    Face(
        "Discounts", "DI", "Grant discounts that were earned",
        "Grants early-payment discounts that posted payments earned, and posts special discounts "
        f"that were approved. {SHOWS_FIRST}",
        command="apply-discounts",
        questions=(up_to("Grant the discounts earned up to:"),),
        confirm="Post these discounts?",
    ),
    Face(
        "Reconcile", "RE", "Reconcile the bank with the books",
        "Finds deposits among the bank's lines and books the fees that card processors kept; then "
        "makes a sheet that leads from the bank's balance to that of the books, with every step "
        "named. Shows first what it would post.",
        command="reconcile",
        questions=(
            up_to("Reconcile the bank account as of:"),
            Question("account", "Which bank account, as the BankAccounts sheet names it?",
                     required=True, after="bank_account_open"),
        ),
        confirm="Keep these matches and make the sheet?",
    ),
    Face(
        "Month-End", "M", "Do everything a month-end takes",
        "Posts the month's drafts, discounts and late fees; then makes the sheets: aging, whom to "
        "call, roll-forward, tie-out to your ledger. The month stays open. Shows counts and totals "
        "first.",
        large=True, command="month-end",
        questions=(month("Do the month-end of which month (year-month)?"),),
        confirm="Post this and make the month-end sheets?",
    ),
    Face(
        "Close", "CL", "Close a month",
        "Does the month-end, then locks the month and all months before it: nothing more can be "
        "posted into them. Refuses, and says why, while anything stands against it.",
        command="month-end", icon="Lock", fixed=(("close", True),),
        questions=(month("Close which month (year-month)?"),),
        confirm="Close this month? Nothing can be posted into it afterwards.",
    ),
    Face(
        "Reopen", "RO", "Open the last closed month again",
        "Opens the month that was closed last. Asks why, and for a second person who approves it; "
        "both are kept on the Periods sheet.",
        command="month-end", icon="ReviewAllowUsersToEditRanges", fixed=(("reopen", True),),
        questions=(
            month("Open which month again (year-month)? It must be the one closed last.",
                   Start.CLOSED),
            Question("reason", "Why is it opened again?", required=True),
            Question("approved_by", "Who approves it? It must be somebody else than you.",
                     required=True),
        ),
        confirm="Open this month again?",
    ),
)  # fmt: skip
