"""Every table of the workbook, declared once (design, section 3)."""

from __future__ import annotations

from ar_xl.core.schema import Column, Filler, Kind, Role, Table

DOCUMENT_TYPES = ("Invoice", "Debit Memo", "Credit Memo", "Late Fee", "Refund")
METHODS = ("Cash", "Check", "Card", "ACH", "Wire", "Other")
ADJUSTMENT_KINDS = (
    "Special Discount", "Write-off", "Recovery", "Fee Waiver", "Refund", "Bounced", "Apply",
    "Unapply", "Reverse",
)  # fmt: skip
SOURCE_TYPES = ("Receipt", "Credit Memo", "Adjustment")
CUSTOMER_STATUSES = ("New", "Active", "Hold", "Agency", "Legal", "Closed")
ACTIVITY_KINDS = ("Call", "Letter", "Email", "Statement", "Promise", "Escalation", "Note")
DUE_RULES = ("net", "eom", "day")
FEE_METHODS = ("none", "flat", "percent", "monthly", "daily", "greater", "sum")
YES_NO = ("yes", "no")


def _text(heading: str, note: str = "", **more: object) -> Column:
    return _column(heading, Kind.TEXT, note, **more)


def _money(heading: str, note: str = "", **more: object) -> Column:
    return _column(heading, Kind.MONEY, note, **more)


def _date(heading: str, note: str = "", **more: object) -> Column:
    return _column(heading, Kind.DATE, note, **more)


def _whole(heading: str, note: str = "", **more: object) -> Column:
    return _column(heading, Kind.INT, note, **more)


def _number(heading: str, note: str = "", **more: object) -> Column:
    return _column(heading, Kind.NUMBER, note, **more)


def _rate(heading: str, note: str = "", **more: object) -> Column:
    return _column(heading, Kind.RATE, note, **more)


def _column(heading: str, kind: Kind, note: str, **more: object) -> Column:
    starred, derived = heading.endswith("*"), heading.endswith(" (d)")
    plain = heading.removesuffix("*").removesuffix(" (d)")
    key = plain.lower().replace("%", "percent").replace("(utc)", "utc").replace("(days)", "days")
    for mark in "/-. ":
        key = key.replace(mark, "_")
    filler = Filler.PRODUCT if starred or derived else Filler.USER
    key = "from_date" if key == "from" else "to_date" if key == "to" else key
    return Column(key, plain, kind, note, filler, derived, **more)  # type: ignore[arg-type]  # keyword options are passed on as they are


POSTED_COLUMNS = (
    _date("Posting Date*", "The date in the books: the row's own date, or the first open day."),
    _text("Reverses*", "The batch that this row undoes."),
    _whole("Seal*", "A check number over the row: a posted row that was edited shows."),
    _text("Batch*", "The posting this row belongs to. Empty: a draft, which counts nowhere yet."),
)


def _posted(name: str, role: Role, purpose: str, *columns: Column, sheet: str = "") -> Table:
    return Table(name, sheet or name, role, purpose, columns + POSTED_COLUMNS, True)


def _kept(name: str, role: Role, purpose: str, *columns: Column, sheet: str = "") -> Table:
    return Table(name, sheet or name, role, purpose, columns, False)


INVOICES = _posted(
    "Invoices", Role.POSTED, "Invoices, memos, late fees and refunds: one row a document.",
    _text("Invoice No", "Your document number. Left empty, posting gives the next one."),
    _text("Type", "What the document is; empty means Invoice.", choices=DOCUMENT_TYPES),
    _text("Customer ID", "Who owes it.", required=True, list_from="Customers[Customer ID]"),
    _date("Invoice Date", "The date on the document.", required=True),
    _date("Due Date", "Left empty, it comes from the terms."),
    _text("Terms", "Left empty, the customer's, else the default terms.",
          list_from="Terms[Terms]"),
    _text("Currency", "Left empty, the customer's, else the base currency."),
    _money("Amount", "The total with tax, always positive; the type says which side.",
           required=True),
    _money("Tax", "The tax that the amount contains."),
    _money("Non-discountable", "The part of the amount that earns no discount: freight and such."),
    _text("Applies To", "Credit memo: the invoice it reduces. Late fee: the invoice it is for."),
    _text("Reference", "Your customer's reference."),
    _text("PO", "Your customer's order number."),
    _text("Description", "What it is for."),
    _text("GL Account", "The revenue account, where it is not the usual one."),
    _rate("Rate*", "Base currency per unit of the document's currency."),
)  # fmt: skip

INSTALMENTS = _posted(
    "Instalments", Role.PRODUCT, "The lines of documents that fall due in more than one part.",
    _text("Invoice No*", "The document."),
    _whole("Line*", "1, 2, 3 in the order of due dates."),
    _date("Due Date*", "When this part is due."),
    _money("Amount*", "This part of the document."),
)  # fmt: skip

RECEIPTS = _posted(
    "Receipts", Role.POSTED, "Money received: one row a payment.",
    _text("Receipt No", "Left empty, posting makes one from the content."),
    _date("Receipt Date", "The day it was received; it decides about discounts.", required=True),
    _text("Customer ID", "Who paid.", required=True, list_from="Customers[Customer ID]"),
    _text("Method", "How it was paid; empty means Other.", choices=METHODS),
    _text("Check/Ref", "Check number or transfer reference."),
    _text("Currency", "Left empty, the customer's, else the base currency."),
    _money("Amount", "What the customer paid.", required=True),
    _money("Bank Amount", "What the bank credited, where that differs."),
    _money("Bank Fee", "What the payer's bank kept back; the customer is credited in full."),
    _text("Remittance", "What is paid: `INV-7; INV-9 120.00`."),
    _text("Memo", "A note of yours."),
    _rate("Rate*", "Base currency per unit of the receipt's currency."),
    _text("Status (d)", "Applied, Part applied, Unapplied or Reversed."),
    _text("Deposit No (d)", "The deposit slip it went to the bank with."),
    _money("Unapplied (d)", "What is not applied to any document yet."),
)  # fmt: skip

ADJUSTMENTS = _posted(
    "Adjustments", Role.POSTED, "Discounts, write-offs, refunds and other corrections.",
    _text("Adjustment No", "Left empty, posting gives the next one."),
    _date("Date", "The date of the adjustment.", required=True),
    _text("Kind", "What it does.", required=True, choices=ADJUSTMENT_KINDS),
    _text("Document No", "The invoice, memo or receipt that it changes."),
    _whole("Line", "The instalment, where the document has several."),
    _text("Apply To", "Apply: the invoice that receives the credit."),
    _text("Application No", "Unapply: the application to take back."),
    _text("Customer ID", "Whose account."),
    _money("Amount", "How much; positive."),
    _number("Percent", "Special discount: percent of what may be discounted; 2 means 2 %."),
    _money("Tax", "The tax part of the amount."),
    _text("Method", "Refund: how it is paid.", choices=METHODS),
    _text("Check/Ref", "Check number or transfer reference."),
    _money("Bank Fee", "Bounced: what the bank charged."),
    _money("Customer Fee", "Bounced: what the customer is charged."),
    _text("Reason", "Why, in words.", required=True),
    _text("Requested By", "Who asked for it."),
    _text("Approved By", "Who approved it: another person, above the limit."),
    _text("Status (d)", "Posted or Reversed."),
)  # fmt: skip

APPLICATIONS = _posted(
    "Applications", Role.PRODUCT, "Which receipt or credit pays which document.",
    _text("Application No*", "Its number."),
    _date("Date*", "From when on it counts."),
    _text("Source Type*", "What pays.", choices=SOURCE_TYPES),
    _text("Source No*", "The receipt, credit memo or adjustment that pays."),
    _text("Invoice No*", "The document that is paid."),
    _whole("Line*", "The instalment, 1 where there is only one."),
    _money("Amount*", "What the source pays, in the document's currency."),
    _money("Discount*", "Early-payment discount that came with it."),
    _money("Discount Tax*", "The tax part of the discount."),
    _money("Difference*", "Small difference accepted by tolerance: + is written off, - is gained."),
    _money("Source Amount*", "What was used of the source, in the source's currency."),
    _text("Rule*", "Which rule applied it."),
    _text("Reason*", "Why, in words."),
)  # fmt: skip

FEES = _posted(
    "Fees", Role.PRODUCT, "How each late fee was reckoned.",
    _text("Fee Invoice No*", "The late-fee document."),
    _text("Invoice No*", "The overdue document."),
    _text("Fee Policy*", "The policy that was used."),
    _text("Period*", "The month, YYYY-MM."),
    _date("From*", "Charged from this day (not counted)."),
    _date("To*", "Charged to this day (counted)."),
    _money("Base*", "The overdue principal at the end of the period."),
    _whole("Days*", "To minus From."),
    _money("Computed*", "Before minimum, cap and ceiling."),
    _money("Charged*", "What the document says."),
)  # fmt: skip

JOURNAL = _posted(
    "Journal", Role.PRODUCT, "What to book in the general ledger.",
    _whole("Line*", "Its number within the batch."),
    _date("Date*", "The posting date."),
    _text("Account*", "The general-ledger account."),
    _money("Debit*", "In the currency of the line."),
    _money("Credit*", "In the currency of the line."),
    _text("Currency*", "The currency of the line."),
    _rate("Rate*", "Base currency per unit; empty where a line sums several rates."),
    _money("Base Debit*", "In the base currency."),
    _money("Base Credit*", "In the base currency."),
    _text("Customer ID*", "Where the line stands for one document."),
    _text("Document No*", "Where the line stands for one document."),
    _text("Memo*", "What it is."),
)  # fmt: skip

BATCHES = _kept(
    "Batches", Role.PRODUCT, "Every posting ever made, chained so that tampering shows.",
    _text("Batch*", "Its number."),
    _text("Posted At (UTC)*", "When it was posted."),
    _text("User*", "Who posted it."),
    _text("Command*", "What was run."),
    _date("As Of*", "The date it was run for."),
    _text("Currency*", "The currencies in it."),
    _text("Rows*", "Rows per table."),
    _text("Control Before*", "Receivables before, per currency."),
    _text("Control After*", "Receivables after, per currency."),
    _text("Reverses*", "The batch that it undoes."),
    _text("Reason*", "Why, where someone said so."),
    _text("Source*", "Where the rows came from."),
    _text("Previous Hash*", "The hash of the batch before."),
    _text("Hash*", "A check sum over this batch and the one before."),
)  # fmt: skip

CUSTOMERS = _kept(
    "Customers", Role.MASTER, "Who buys from you.",
    _text("Customer ID", "Your number or code for the customer.", required=True),
    _text("Name", "The name on letters and reports."),
    _text("Parent ID", "The customer that pays for this one.",
          list_from="Customers[Customer ID]"),
    _text("Contact", "Whom to call."),
    _text("Email", "Where statements and letters go."),
    _text("Phone", "The number to call."),
    _text("Address", "For letters and statements."),
    _text("Terms", "Left empty, the default terms.", list_from="Terms[Terms]"),
    _text("Fee Policy", "Left empty, the default fee policy.",
          list_from="FeePolicies[Fee Policy]"),
    _money("Credit Limit", "Empty is unlimited, 0 is none."),
    _money("Overdue Limit", "The same for the overdue part alone."),
    _text("Currency", "Left empty, the base currency."),
    _text("Collector", "Who calls."),
    _text("Salesperson", "Who sells."),
    _text("Status", "New until someone completed the row.", choices=CUSTOMER_STATUSES),
    _text("Reminder Block", "Anything here stops reminders and late fees: say why."),
    _text("Language", "For letters."),
    _text("Notes", "Anything else."),
)  # fmt: skip

ACTIVITIES = _kept(
    "Activities", Role.MASTER, "Calls, letters, promises: what was done, and what comes next.",
    _date("Date", "When."),
    _text("Customer ID", "With whom.", list_from="Customers[Customer ID]"),
    _text("Invoice No", "About which document, where it is about one."),
    _text("Kind", "What was done.", choices=ACTIVITY_KINDS),
    _text("Step", "The step of the ladder that this was.", list_from="Ladder[Step]"),
    _text("Outcome", "What came of it."),
    _date("Promise Date", "Promised by when."),
    _money("Promise Amount", "Promised how much."),
    _text("Next Action", "What to do next."),
    _date("Next Date", "When to do it."),
    _text("By", "Who did it."),
)  # fmt: skip

DISPUTES = _kept(
    "Disputes", Role.MASTER, "Amounts that the customer contests.",
    _text("Dispute No", "Its number."),
    _text("Invoice No", "The document.", required=True),
    _whole("Line", "The instalment, where the document has several."),
    _money("Amount", "How much is contested; empty means all of it."),
    _text("Reason", "Why."),
    _date("Opened", "Since when.", required=True),
    _text("Owner", "Who settles it."),
    _date("Call At", "When to talk about it."),
    _text("Resolution", "How it ended."),
    _date("Closed", "When it ended; empty while it is open."),
)  # fmt: skip

SETTINGS = _kept(
    "Settings", Role.POLICY, "How this workbook works.",
    _text("Setting", "The name."),
    _text("Value", "Your choice."),
    _text("Note", "What it means and what is allowed."),
)  # fmt: skip

TERMS = _kept(
    "Terms", Role.POLICY, "When invoices fall due, and what paying early earns.",
    _text("Terms", "The name on the invoice.", required=True),
    _text("Description", "In words."),
    _text("Due Rule", "net: months then days after the invoice date; eom: end of that month "
          "plus days; day: that day of the next month.", choices=DUE_RULES),
    _number("Net Months", "Months after the invoice date."),
    _number("Net Days", "Days after that, or the day of the month."),
    _number("Discount %", "2 means 2 %."),
    _number("Discount Days", "Days after the invoice date; the last one counts."),
    _number("Second Discount %", "A smaller discount for paying a little later."),
    _number("Second Discount Days", "Its days after the invoice date."),
    _number("Discount Grace Days", "Days beyond the window that you still accept."),
    _text("Instalments", "`25%@30; 25%@1m+30; rest@60`: part, and when it is due."),
)  # fmt: skip

FEE_POLICIES = _kept(
    "FeePolicies", Role.POLICY, "What paying late costs.",
    _text("Fee Policy", "The name.", required=True),
    _text("Method", "How the fee is reckoned.", choices=FEE_METHODS),
    _text("Basis", "Days count from the due date or the invoice date.",
          choices=("due", "invoice")),
    _number("Rate %", "A year for daily, a month for monthly, of the balance for percent."),
    _number("Flat", "A fixed amount per period."),
    _number("Grace Days", "Days after the due date without a fee."),
    _text("Grace Rule", "shift: grace days are never charged; threshold: once exceeded, the "
          "fee runs from the due date.", choices=("shift", "threshold")),
    _number("Minimum", "The smallest fee."),
    _text("Minimum Rule", "skip: charge nothing below it; raise: charge it.",
          choices=("skip", "raise")),
    _number("Cap % of Invoice", "All fees on one invoice together."),
    _number("Annual Ceiling %", "The highest lawful yearly rate."),
    _text("Compound", "yes: fees are charged on fees too.", choices=("no", "yes")),
    _text("Day Basis", "Days of a year.", choices=("365", "360", "actual")),
    sheet="Fee Policies",
)  # fmt: skip

LADDER = _kept(
    "Ladder", Role.POLICY, "The steps of a reminder, one after the other.",
    _text("Step", "The name.", required=True),
    _number("After (days)", "Days past due; negative is before."),
    _text("Action", "What to do."),
    _text("Template", "The letter."),
    _text("Fee Policy", "A fee that goes with it.", list_from="FeePolicies[Fee Policy]"),
)  # fmt: skip

LOSS_RATES = _kept(
    "LossRates", Role.POLICY, "What is finally lost of each bucket.",
    _text("Bucket", "As the aging names it."),
    _number("Rate %", "Finally lost of what reached the bucket."),
    _number("Factor", "Forward-looking factor; 1 changes nothing."),
    _text("Source", "Where the rate comes from."),
)  # fmt: skip

RESERVES = _kept(
    "Reserves", Role.POLICY, "Documents with an allowance of their own.",
    _text("Document No", "The document."),
    _date("From", "Since when."),
    _money("Amount", "How much of it."),
    _text("Reason", "Why."),
)  # fmt: skip

RATES = _kept(
    "Rates", Role.POLICY, "Exchange rates: base currency per unit of the currency.",
    _text("Currency", "The foreign currency."),
    _date("Date", "From this day on."),
    _rate("Rate", "Base currency per unit."),
)  # fmt: skip

PERIODS = _kept(
    "Periods", Role.PRODUCT, "Closed months.",
    _text("Period", "The month, YYYY-MM."),
    _text("Closed At*", "When it was closed."),
    _text("Closed By*", "Who closed it."),
    _text("Control Total*", "Receivables at its end, per currency."),
    _text("GL Balance", "What your general ledger says: type it before closing, `USD 12.00`."),
    _text("Hash*", "The last hash of Batches when it was closed."),
    _text("Reopened At*", "When it was opened again."),
    _text("Reopened By*", "Who opened it again."),
    _text("Approved By*", "Who approved that."),
    _text("Reason", "Why it was opened again."),
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    INVOICES, RECEIPTS, ADJUSTMENTS, CUSTOMERS, ACTIVITIES, DISPUTES, INSTALMENTS, APPLICATIONS,
    FEES, JOURNAL, BATCHES, PERIODS, SETTINGS, TERMS, FEE_POLICIES, LADDER, LOSS_RATES, RESERVES,
    RATES,
)  # fmt: skip
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
