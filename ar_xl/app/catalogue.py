"""Every command, declared once.

The command line, the ribbon and the command page of the docs all come from these declarations
(design, sections 2 and 4).
"""

from __future__ import annotations

from ar_xl.app.registry import Ask, Command, Parameter

DATES = ("ymd", "mdy", "dmy")
DECIMALS = ("point", "comma")

_ALL = (
    Command(
        "check", "Control", "ErrorChecking",
        "List everything that is wrong, as a sheet and as text.",
        "control:check_command",
    ),
    Command(
        "undo", "Control", "Undo",
        "Reverse a batch by a new batch of contra rows, each on its own date where that month is "
        "open; --as-of chooses a later date.",
        "control:undo_command",
        (
            Parameter("batch", "The batch to undo, such as B-000012.", required=True),
            Parameter("redraft", "Bring the typed rows back as drafts.", Ask.FLAG),
            Parameter("reason", "Why, for the Batches sheet."),
        ),
    ),
    Command(
        "explain", "Control", "TracePrecedents",
        "Show the rule and the rows behind a figure, and that they add up to it.",
        "explain:explain_command",
        (
            Parameter("sheet", "The sheet of the figure, such as \"Aging 2026-10-31\".",
                      required=True),
            Parameter("cell", "Its cell, such as C7.", required=True),
        ),
        writes=False, looks=True,
    ),
    Command(
        "verify", "Control", "DataValidation",
        "Check every posted row, the chain of batches and the control totals.",
        "control:verify_command",
        writes=False,
    ),
    Command(
        "post-invoices", "Daily", "DataFormExcel",
        "Post the draft invoices and memos dated up to the as-of date: numbers, due dates, "
        "journal.",
        "posting:post_invoices_command",
    ),
    Command(
        "post-payments", "Daily", "AccountingFormat",
        "Post the draft receipts dated up to the as-of date and apply them to open invoices.",
        "posting:post_payments_command",
    ),
    Command(
        "match", "Daily", "EditLinks",
        "Propose what each open bank line and draft receipt pays, on the Match sheet.",
        "matching:match_command",
        (Parameter("account", "One bank account, as the Bank sheet writes it; all where left "
                   "out."),),
    ),
    Command(
        "deposit", "Daily", "DollarSign",
        "Put the posted cash, checks and card payments up to the as-of date on deposit slips: one "
        "a method and currency, with count and total, to print.",
        "bank:deposit_command",
        (
            Parameter("bank_account", "The bank account, as the BankAccounts sheet names it; the "
                      "only one where left out."),
            Parameter("method", "Only this method.", choices=("All", "Cash", "Check", "Card")),
            Parameter("receipts", "Only these receipts: R-1,R-2."),
            Parameter("fee", "What the card processor keeps of the one slip: 12.50."),
            Parameter("expect_count", "How many receipts it must be."),
            Parameter("expect_total", "What they must come to; nothing is posted otherwise."),
        ),
    ),
    Command(
        "adjust", "Customers", "CalculateNow",
        "Post the draft adjustments dated up to the as-of date: write-offs, refunds, returned "
        "payments, credits applied or taken back, special discounts.",
        "adjusting:adjust_command",
    ),
    Command(
        "reconcile", "Month-End", "Consolidate",
        "Find deposits on the bank, then lead from the bank's balance to that of the books, every "
        "step named: deposits in transit, lines not booked, amounts that differ.",
        "bank:reconcile_command",
        (
            Parameter("account", "The bank account; the only one where left out."),
            Parameter("statement", "The statement, in place of account and date."),
            Parameter("match", "This slip came with that line: DEP-000001=BL-0123; repeatable.",
                      Ask.PAIRS),
        ),
    ),
    Command(
        "apply-discounts", "Month-End", "PercentStyle",
        "Grant discounts that posted payments earned, and post approved special discounts.",
        "posting:apply_discounts_command",
    ),
    Command(
        "late-fees", "Month-End", "HeaderFooterCurrentTimeInsert",
        "Assess late fees up to the as-of date, once per customer, invoice, policy and month.",
        "posting:late_fees_command",
        (
            Parameter("what_if", "Another fee policy, several with `;`, or `none`: post nothing, "
                      "and show beside the run what it would charge."),
        ),
    ),
    Command(
        "aging", "Month-End", "SparklineColumnInsert",
        "What every customer owes at the as-of date, by days past due; past dates included.",
        "reports:aging_command",
    ),
    Command(
        "collections", "Customers", "ConditionalFormattingTopNItems",
        "Whom to call first, why, and what to do next.",
        "collecting:collections_command",
        (Parameter("collector", "Only the customers of this collector, as the Customers sheet "
                   "names him or her."),),
    ),
    Command(
        "forecast", "Customers", "ChartTrendline",
        "The cash expected in each of the next 13 weeks, and how each customer pays: days late, "
        "trend, share paid late.",
        "forecasting:forecast_command",
    ),
    Command(
        "overview", "Month-End", "ChartInsert",
        "One page for the manager: what is owed and overdue, aging by month, the largest overdue "
        "customers, promises kept, and cash expected by week.",
        "forecasting:overview_command",
    ),
    Command(
        "send", "Customers", "FileSendAsAttachment",
        "Which e-mail drafts wait to be sent; marks as done the papers whose e-mails the mail "
        "server took.",
        "sending:send_command",
        (Parameter("customer", "Only this customer's."),),
        papers=True,
    ),
    Command(
        "escalate", "Customers", "FileMarkAsFinal",
        "Hand a customer over to an agency or a lawyer, with a package of what is owed and what "
        "happened; or take one back.",
        "escalating:escalate_command",
        (
            Parameter("customer", "The Customer ID.", required=True),
            Parameter("to", "Who takes over.", choices=("agency", "legal")),
            Parameter("reason", "Why, for the Activities sheet.", required=True),
            Parameter("back", "Take the customer back: Active again.", Ask.FLAG),
        ),
        papers=True,
    ),
    Command(
        "statements", "Customers", "FileSaveAsPdfOrXps",
        "Make a statement of account for every customer, as PDF or Excel files in a folder of "
        "their own; made is not sent.",
        "statements:statements_command",
        (
            Parameter("customer", "Only this customer, or these: C-1,C-2."),
            Parameter("collector", "Only this collector's customers."),
            Parameter("kind", "What they list; the Statement Kind of Settings where left out.",
                      choices=("open items", "activity")),
            Parameter("from", "The first day of activity, YYYY-MM-DD; the first of the month "
                      "where left out."),
            Parameter("file", "What is made; the Statement File of Settings where left out.",
                      choices=("pdf", "xlsx", "both")),
            Parameter("email", "An e-mail draft for each too, with its papers attached.",
                      Ask.FLAG),
            Parameter("to_print", "Also one PDF of all of them, to print and post.", Ask.FLAG),
            Parameter("all", "Also for customers with nothing open, and below the minimum.",
                      Ask.FLAG),
            Parameter("to_parent", "Put the accounts of customers with a Parent ID on their "
                      "parent's statement.", Ask.FLAG),
        ),
        papers=True,
    ),
    Command(
        "disputes", "Customers", "ReviewNewComment",
        "List what customers contest, give disputes their numbers, and draft what settles those "
        "that say how.",
        "disputes:disputes_command",
        (
            Parameter("invite", "Make calendar invitations for the conference calls that stand "
                      "under Call At, and cancel those that are off.", Ask.FLAG),
        ),
    ),
    Command(
        "plan", "Customers", "HeaderFooterCurrentDate",
        "Make a payment plan over several invoices, post plans typed on the Plans sheet, call one "
        "off, and list how all of them stand.",
        "plans:plan_command",
        (
            Parameter("customer", "Whose plan is made."),
            Parameter("documents", "What it is about: INV-1,INV-2; all that is past due where "
                      "left out."),
            Parameter("payments", "How many payments."),
            Parameter("first", "When the first is due.", Ask.DATE),
            Parameter("every", "How often.", choices=("month", "week", "2 weeks")),
            Parameter("dates", "The due dates instead: 2026-04-01,2026-05-15."),
            Parameter("amounts", "What is paid each time, interest included: \"300, 300, rest\"; "
                      "equal parts where left out."),
            Parameter("interest", "Percent a year; that of Settings where left out."),
            Parameter("agreed", "When it was agreed; the as-of date where left out.", Ask.DATE),
            Parameter("with_disputed", "Disputed amounts are in the plan too.", Ask.FLAG),
            Parameter("agreement", "Make the agreement to sign as a Word file: of the plans posted "
                      "now, else of all live ones.", Ask.FLAG),
            Parameter("end", "Call this plan off: PL-1."),
            Parameter("reason", "Why it is called off."),
        ),
    ),
    Command(
        "letters", "Customers", "FileSendAsAttachment",
        "Make the letters that are due, from templates edited in Word, into a folder beside the "
        "workbook; each customer's next step of the Ladder, or what happened.",
        "letters:letters_command",
        (
            Parameter("customer", "This customer alone."),
            Parameter("collector", "The customers of this collector alone."),
            Parameter("step", "Letters of this step alone."),
            Parameter("again", "Make those that wait to be sent anew.", Ask.FLAG),
            Parameter("pdf", "A PDF beside each letter, by LibreOffice or Word.", Ask.FLAG),
            Parameter("email", "An e-mail draft for each too, with letter and statement attached.",
                      Ask.FLAG),
            Parameter("templates", "Write the templates to start from into the folder Letter "
                      "Templates; none that is there is touched.", Ask.FLAG),
            Parameter("sent", "Mark the letters of the last run as sent on the as-of date.",
                      Ask.FLAG),
            Parameter("run", "With --sent: the folder of another run."),
        ),
        papers=True,
    ),
    Command(
        "month-end", "Month-End", "HeaderFooterCurrentDate",
        "Post what is due, age, list, roll forward, tie out and report a month; --close locks it.",
        "month_end:month_end_command",
        (
            Parameter("period", "The month, YYYY-MM.", required=True),
            Parameter("close", "Lock the month: nothing is posted into it any more.", Ask.FLAG),
            Parameter("reopen", "Open the last closed month again.", Ask.FLAG),
            Parameter("reason", "Why it is reopened."),
            Parameter("approved_by", "Who approves the reopening: a second person."),
        ),
    ),
    Command(
        "import", "Daily", "GetExternalDataFromText",
        "Read a file of invoices, customers, receipts or history into drafts, or bank files into "
        "bank lines.",
        "importing:import_command",
        (
            Parameter("kind", "What it holds; recognised where left out."),
            Parameter("map", "Our heading=their heading.", Ask.PAIRS),
            Parameter("dates", "Order of dates.", choices=DATES),
            Parameter("currency", "Currency of a file that names none."),
            Parameter("decimal", "Decimal mark.", choices=DECIMALS),
            Parameter("sheet", "The sheet of a workbook."),
            Parameter("account", "Bank account of files that name none."),
            Parameter("accept_unproved", "Take unproved statements.", Ask.FLAG),
            Parameter("file", "The file; of bank files several.", Ask.PATH),
        ),
    ),
)  # fmt: skip

COMMANDS: dict[str, Command] = {command.name: command for command in _ALL}
