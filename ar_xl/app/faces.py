"""How each button is worded, and what it asks: for accountants, in the order of the ribbon."""

from __future__ import annotations

from ar_xl.app.controlfaces import CONTROL_FACES
from ar_xl.app.faces_of_sending import SENDING_FACES
from ar_xl.app.questions import Face, Kind, Needs, Question, Start
from ar_xl.imports.kinds import KINDS

_LISTS = "*.csv;*.txt;*.tsv;*.xlsx;*.xlsm"
_BANK = "*.xml;*.sta;*.mt940;*.940;*.942;*.bai;*.bai2;*.ofx;*.qfx;*.qif;*.ach"
_IMPORTABLE = f"Lists and bank files,{_LISTS};{_BANK},All files (*.*),*.*"
_WORKBOOK = "Excel workbook (*.xlsx),*.xlsx"
_SHOWS_FIRST = "Shows counts and totals first; then you post or cancel."
_COMPANY = Question("company", "Your company's name, as it should stand on reports:")
_CURRENCY = Question(
    "currency", "The currency you keep your books in (three letters, such as USD):", text="USD"
)


def _up_to(words: str) -> Question:
    return Question("as_of", words, Kind.DATE, Start.TODAY, required=True)


def _month(words: str, start: Start = Start.MONTH) -> Question:
    return Question("period", words, Kind.MONTH, start, required=True)


_START = (
    Face(
        "New Workbook", "N", "Start a new receivables workbook",
        "Makes a blank workbook with every sheet you need, and opens it. Asks for your company's "
        "name, its currency, and where to save it.",
        needs=Needs.NONE, command="new", group="Start", icon="FileNew",
        questions=(
            _COMPANY,
            _CURRENCY,
            Question("book", "Save the new workbook as", Kind.SAVE, text="Receivables.xlsx",
                     filter=_WORKBOOK, required=True),
        ),
    ),
    Face(
        "Use This Workbook", "W", "Add receivables to the workbook you have open",
        "Adds the receivables sheets (customers, invoices, receipts, settings and so on). What is "
        "in the workbook already stays as it is. Shows what would be added, and asks first.",
        needs=Needs.ANY, command="adopt", group="Start", icon="SheetInsert",
        questions=(_COMPANY, _CURRENCY), confirm="Add these sheets?",
    ),
)  # fmt: skip

_DAILY = (
    Face(
        "Import", "I", "Bring in invoices, receipts, customers or bank statements",
        "Reads a CSV, text or Excel file into draft rows, and a bank file of any kind into bank "
        "lines; nothing is posted yet. Shows what it found, and asks before it adds a row. The "
        "same file a second time adds nothing.",
        large=True, command="import",
        questions=(
            Question("file", "The file to import", Kind.OPEN, filter=_IMPORTABLE, required=True),
            Question("kind", "What does the file hold?", Kind.CHOICE, choices=KINDS, required=True,
                     after="import_kind_open"),
            Question("sheet", "Which sheet of the file holds the list?", required=True,
                     after="import_sheet_ambiguous"),
            Question("dates", "In which order does the file write its dates?", Kind.CHOICE,
                     choices=("ymd", "mdy", "dmy"), required=True, after="import_date_order_open"),
            Question("decimal", "What marks the decimals of amounts in the file?", Kind.CHOICE,
                     choices=("point", "comma"), required=True, after="import_decimal_mark_open"),
            Question("account", "Which bank account is the file about? Its name on the sheet "
                     "BankAccounts:", required=True, after="bank_file_account_open"),
            Question("accept_unproved", "Take the statement all the same, and keep the "
                     "difference?", Kind.YES_NO, after="bank_statement_unproved"),
        ),
        confirm="Add these rows?",
    ),
    Face(
        "Post Invoices", "PI", "Post the draft invoices and memos",
        "Posts the invoices and memos that you typed or imported, dated up to the day you give, "
        f"with their due dates and journal lines. {_SHOWS_FIRST}",
        large=True, command="post-invoices",
        questions=(_up_to("Post the draft invoices and memos dated up to:"),),
        confirm="Post these invoices and memos?",
    ),
    Face(
        "Post Payments", "PP", "Post the draft receipts and accepted matches",
        "Posts the receipts that you typed or imported and what is accepted on the Match sheet, "
        "dated up to the day you give, and applies them to open invoices, with the discounts they "
        f"earned. {_SHOWS_FIRST}",
        large=True, command="post-payments",
        questions=(_up_to("Post the draft receipts dated up to:"),),
        confirm="Post these receipts?",
    ),
    Face(
        "Match", "BM", "Find out who paid what",
        "Looks at every bank line and draft receipt that is still open, and proposes on the Match "
        "sheet who paid what, how sure that is, and why. You accept, change or reject "
        "each; Post Payments posts what is accepted. Nothing is posted now.",
        large=True, command="match",
        questions=(_up_to("Match the money that came in up to:"),),
        confirm="Write these proposals to the Match sheet?",
    ),
    Face(
        "Deposit", "DE", "Make up a bank deposit",
        "Puts the posted cash, checks and card payments that wait to be deposited on slips: one a "
        f"method and currency, on a sheet to print, count and sign. {_SHOWS_FIRST}",
        large=True, command="deposit",
        questions=(
            _up_to("Deposit what was received up to:"),
            Question("method", "Which payments go to the bank?",
                     Kind.CHOICE, choices=("All", "Cash", "Check", "Card"), required=True),
            Question("bank_account", "To which bank account, as the BankAccounts sheet names it?",
                     required=True, after="bank_account_open"),
        ),
        confirm="Post this deposit?",
    ),
)  # fmt: skip

_CUSTOMERS = (
    Face(
        "Collections", "CO", "Whom to call first",
        "Lists overdue customers in the order to call them, with the reason and the next step, on "
        "a new sheet. Nothing is posted.",
        large=True, command="collections",
        questions=(
            _up_to("List what is overdue as of:"),
            Question("collector", "Only the customers of one collector? Type the name as the "
                     "Customers sheet has it. Empty: all customers."),
        ),
    ),
    Face(
        "Adjust", "J", "Post write-offs, refunds, returned payments and so on",
        "Posts the drafts on the Adjustments sheet, dated up to the day you give: write-offs, "
        "waived fees, refunds, returned checks, credits applied or taken back, reversals. "
        f"{_SHOWS_FIRST}",
        command="adjust",
        questions=(_up_to("Post the draft adjustments dated up to:"),),
        confirm="Post these adjustments?",
    ),
    Face(
        "Forecast", "FO", "What will come in, and when",
        "The cash to expect in each of the next 13 weeks, and how each customer pays: days late, "
        "trend, share paid late. Reckoned from your own history, with the error it had on your "
        "books. Nothing is posted.",
        command="forecast",
        questions=(_up_to("Look ahead from which day:"),),
    ),
    *SENDING_FACES,
    Face(
        "Disputes", "DP", "What customers contest, and how it ends",
        "Lists what customers contest and settles it; invites them to talk about it.",
        command="disputes", action="menu", icon="ReviewNewComment",
        items=(
            Face("List and Settle", "L", "List the disputes and draft what settles them",
                 "Lists the open disputes with amount, reason, owner and age, and those that ended "
                 "this month. Where you chose Resolve By on the Disputes sheet, it drafts the "
                 "credit memo or write-off, or releases the amount. Shows first what it would do.",
                 command="disputes", icon="ReviewNewComment",
                 questions=(_up_to("List the disputes as of:"),),
                 confirm="Make the sheet and these drafts?"),
            Face("Invite to Calls", "I", "Invite customers to talk about disputes",
                 "Makes a calendar file for each conference call under Call At of the Disputes "
                 "sheet that nobody was invited to yet, in a folder beside the workbook; and "
                 "cancels calls that are off. You send them. Lists and settles first.",
                 command="disputes", icon="FileSendAsAttachment", fixed=(("invite", True),),
                 questions=(_up_to("Invite for calls from which day on?"),),
                 confirm="Make these invitations, the sheet and the drafts?"),
        ),
    ),
    Face(
        "Payment Plans", "PL", "Payment plans: make one, see how they stand, call one off",
        "Puts what a customer owes into one schedule of payments. Reminders and late fees rest as "
        "long as it is kept; a missed payment brings the original terms back.",
        command="plan", action="menu", icon="HeaderFooterCurrentDate",
        items=(
            Face("How Plans Stand", "H", "List all payment plans",
                 "Posts the plans typed on the Plans sheet, and lists what came in for each "
                 f"payment of every plan, and which are broken. {_SHOWS_FIRST}",
                 command="plan", icon="HeaderFooterCurrentDate",
                 questions=(_up_to("List the plans as of:"),),
                 confirm="Post the typed plans and make the sheet?"),
            Face("New Plan", "N", "Make a payment plan for a customer",
                 "One schedule over several documents: equal payments by the month, or amounts "
                 f"and dates of yours, with interest where you want it. {_SHOWS_FIRST}",
                 command="plan", icon="HeaderFooterCurrentDate", fixed=(("agreement", True),),
                 questions=(
                     _up_to("When was the plan agreed?"),
                     Question("customer", "Whose plan is it? Type the Customer ID.",
                              required=True),
                     Question("documents", "Which documents, with commas between them? Leave it "
                              "empty for all that is past due."),
                     Question("payments", "How many payments?", required=True),
                     Question("first", "When is the first payment due?", Kind.DATE,
                              required=True),
                     Question("every", "How often is a payment due?", Kind.CHOICE,
                              choices=("month", "week", "2 weeks"), required=True),
                     Question("amounts", "What is paid each time, such as 300, 300, rest? Leave "
                              "it empty for equal parts."),
                     Question("interest", "Interest, percent a year? Leave it empty for what the "
                              "Settings sheet says."),
                 ),
                 confirm="Post this plan?"),
            Face("Call Off a Plan", "C", "Call a payment plan off",
                 "Ends a plan: original due dates, reminders and late fees count again, and "
                 f"interest that has not fallen due is taken back. {_SHOWS_FIRST}",
                 command="plan", icon="Undo",
                 questions=(
                     _up_to("From which day on is the plan called off?"),
                     Question("end", "Which plan, such as PL-1?", required=True),
                     Question("reason", "Why is it called off?", required=True),
                 ),
                 confirm="Call this plan off?"),
        ),
    ),
    Face(
        "Statements", "ST", "Make statements of account",
        "One for every customer who owes something, as PDF or Excel files in a folder beside the "
        "workbook, in the customer's language. Lists on a new sheet what was made and who was "
        "left out. Nothing is posted or sent.",
        large=True, command="statements",
        questions=(
            _up_to("Make the statements of which day?"),
            Question("email", "Make e-mail drafts with them too?", Kind.YES_NO),
        ),
    ),
    Face(
        "Letters", "LE", "Make the letters that are due",
        "Makes a Word file for each customer whose next step of the Ladder is a letter, or to whom "
        "something happened that calls for one. They are made, not sent. Shows first how many.",
        command="letters",
        questions=(
            _up_to("Make the letters that are due on:"),
            Question("collector", "Only the customers of one collector? Type the name as the "
                     "Customers sheet has it. Empty: all customers."),
            Question("pdf", "Make a PDF of each letter too?", Kind.YES_NO),
            Question("email", "Make e-mail drafts with letter and statement too?", Kind.YES_NO),
        ),
        confirm="Make these letters?",
    ),
    Face(
        "Letters Sent", "LS", "Mark letters as sent",
        "Marks the letters of the last run as sent, so that the next step of the Ladder may come. "
        "Shows first how many.",
        command="letters", icon="FileMarkAsFinal", fixed=(("sent", True),),
        questions=(
            _up_to("On which day were they sent?"),
            Question("customer", "Only those of one customer? Type the Customer ID. Empty: all "
                     "letters of the run."),
        ),
        confirm="Mark these letters as sent?",
    ),
    Face(
        "Letter Templates", "LM", "Letters to edit in Word",
        "Puts the templates of all letters into the folder Letter Templates beside the workbook. "
        "Edit them in Word. One that is there already stays as it is.",
        command="letters", icon="FileSendAsAttachment", fixed=(("templates", True),),
    ),
)  # fmt: skip

_MONTH_END = (
    Face(
        "Aging", "A", "Who owes what, and for how long",
        "What every customer owes, by days past due, on new sheets: as of today or any day before. "
        "Nothing is posted.",
        large=True, command="aging",
        questions=(_up_to("Show what was open as of:"),),
    ),
    Face(
        "Overview", "OV", "The manager's page",
        "One page to look at: what is owed, overdue, in dispute and on plans, with aging by month, "
        "the largest overdue customers, promises kept and broken, and cash expected by week. "
        "Nothing is posted.",
        command="overview",
        questions=(_up_to("Show how things stand as of:"),),
    ),
    Face(
        "Late Fees", "LF", "Charge late fees",
        "Charges fees on invoices that are past due, by each customer's fee policy. However often "
        f"you run it, an invoice is charged once a month. {_SHOWS_FIRST}",
        command="late-fees",
        questions=(_up_to("Charge late fees up to:"),),
        confirm="Post these late fees?",
    ),
    Face(
        "Fees What-If", "FW", "What late fees would be under another policy",
        "Shows on a new sheet, per customer and invoice, what the month's late fees would be under "
        "another fee policy, beside what they are. Nothing is posted.",
        command="late-fees", icon="GoalSeek",
        questions=(
            _up_to("Reckon late fees up to:"),
            Question("what_if", "Under which policy, as the Fee Policies sheet names it? Several "
                     "with ; between them, or none:", required=True),
        ),
    ),
    Face(
        "Discounts", "DI", "Grant discounts that were earned",
        "Grants early-payment discounts that posted payments earned, and posts special discounts "
        f"that were approved. {_SHOWS_FIRST}",
        command="apply-discounts",
        questions=(_up_to("Grant the discounts earned up to:"),),
        confirm="Post these discounts?",
    ),
    Face(
        "Reconcile", "RE", "Reconcile the bank with the books",
        "Finds deposits among the bank's lines and books the fees that card processors kept; then "
        "makes a sheet that leads from the bank's balance to that of the books, with every step "
        "named. Shows first what it would post.",
        command="reconcile",
        questions=(
            _up_to("Reconcile the bank account as of:"),
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
        questions=(_month("Do the month-end of which month (year-month)?"),),
        confirm="Post this and make the month-end sheets?",
    ),
    Face(
        "Close", "CL", "Close a month",
        "Does the month-end, then locks the month and all months before it: nothing more can be "
        "posted into them. Refuses, and says why, while anything stands against it.",
        command="month-end", icon="Lock", fixed=(("close", True),),
        questions=(_month("Close which month (year-month)?"),),
        confirm="Close this month? Nothing can be posted into it afterwards.",
    ),
    Face(
        "Reopen", "RO", "Open the last closed month again",
        "Opens the month that was closed last. Asks why, and for a second person who approves it; "
        "both are kept on the Periods sheet.",
        command="month-end", icon="ReviewAllowUsersToEditRanges", fixed=(("reopen", True),),
        questions=(
            _month("Open which month again (year-month)? It must be the one closed last.",
                   Start.CLOSED),
            Question("reason", "Why is it opened again?", required=True),
            Question("approved_by", "Who approves it? It must be somebody else than you.",
                     required=True),
        ),
        confirm="Open this month again?",
    ),
)  # fmt: skip

FACES: tuple[Face, ...] = (*_START, *_DAILY, *_CUSTOMERS, *_MONTH_END, *CONTROL_FACES)
