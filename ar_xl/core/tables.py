"""Every table of the workbook, declared once (design, section 3)."""

from __future__ import annotations

from ar_xl.core.banktables import (
    BANK_ACCOUNTS,
    BANK_FORMATS,
    BANK_LINES,
    BANK_STATEMENTS,
    DEPOSITS,
    MATCHES,
    METHODS,
    PAYER_ALIASES,
)  # fmt: skip
from ar_xl.core.collectingtables import ACTIVITIES, DISPUTES, FEE_CEILINGS, LADDER, PLANS
from ar_xl.core.declaring import date, kept, money, number, posted, rate, text, whole
from ar_xl.core.schema import Role, Table

DOCUMENT_TYPES = ("Invoice", "Debit Memo", "Credit Memo", "Late Fee", "Refund")
ADJUSTMENT_KINDS = (
    "Special Discount", "Write-off", "Recovery", "Fee Waiver", "Refund", "Bounced", "Apply",
    "Unapply", "Reverse",
)  # fmt: skip
SOURCE_TYPES = ("Receipt", "Credit Memo", "Adjustment")
CUSTOMER_STATUSES = ("New", "Active", "Hold", "Agency", "Legal", "Closed")
DUE_RULES = ("net", "eom", "day")
FEE_METHODS = ("none", "flat", "percent", "monthly", "daily", "greater", "sum")
YES_NO = ("yes", "no")


INVOICES = posted(
    "Invoices", Role.POSTED, "Invoices, memos, late fees and refunds: one row a document.",
    text("Invoice No", "Your document number. Left empty, posting gives the next one."),
    text("Type", "What the document is; empty means Invoice.", choices=DOCUMENT_TYPES),
    text("Customer ID", "Who owes it.", required=True, list_from="Customers[Customer ID]"),
    date("Invoice Date", "The date on the document.", required=True),
    date("Due Date", "Left empty, it comes from the terms."),
    text("Terms", "Left empty, the customer's, else the default terms.",
          list_from="Terms[Terms]"),
    text("Currency", "Left empty, the customer's, else the base currency."),
    money("Amount", "The total with tax, always positive; the type says which side.",
           required=True),
    money("Tax", "The tax that the amount contains."),
    money("Non-discountable", "The part of the amount that earns no discount: freight and such."),
    text("Applies To", "Credit memo: the invoice it reduces. Late fee: the invoice it is for."),
    text("Reference", "Your customer's reference."),
    text("PO", "Your customer's order number."),
    text("Description", "What it is for."),
    text("GL Account", "The revenue account, where it is not the usual one."),
    rate("Rate*", "Base currency per unit of the document's currency."),
)  # fmt: skip

INSTALMENTS = posted(
    "Instalments", Role.PRODUCT, "The lines of documents that fall due in more than one part.",
    text("Invoice No*", "The document."),
    whole("Line*", "1, 2, 3 in the order of due dates."),
    date("Due Date*", "When this part is due."),
    money("Amount*", "This part of the document."),
)  # fmt: skip

RECEIPTS = posted(
    "Receipts", Role.POSTED, "Money received: one row a payment.",
    text("Receipt No", "Left empty, posting makes one from the content."),
    date("Receipt Date", "The day it was received; it decides about discounts.", required=True),
    text("Customer ID", "Who paid.", required=True, list_from="Customers[Customer ID]"),
    text("Method", "How it was paid; empty means Other.", choices=METHODS),
    text("Check/Ref", "Check number or transfer reference."),
    text("Currency", "Left empty, the customer's, else the base currency."),
    money("Amount", "What the customer paid.", required=True),
    money("Bank Amount", "What the bank credited, where that differs."),
    money("Bank Fee", "What the payer's bank kept back; the customer is credited in full."),
    text("Remittance", "What is paid: `INV-7; INV-9 120.00`."),
    text("Memo", "A note of yours."),
    rate("Rate*", "Base currency per unit of the receipt's currency."),
    text("Status (d)", "Applied, Part applied, Unapplied or Reversed."),
    text("Deposit No (d)", "The deposit slip it went to the bank with."),
    money("Unapplied (d)", "What is not applied to any document yet."),
)  # fmt: skip

ADJUSTMENTS = posted(
    "Adjustments", Role.POSTED, "Discounts, write-offs, refunds and other corrections.",
    text("Adjustment No", "Left empty, posting gives the next one."),
    date("Date", "The date of the adjustment.", required=True),
    text("Kind", "What it does.", required=True, choices=ADJUSTMENT_KINDS),
    text("Document No", "The invoice, memo or receipt that it changes."),
    whole("Line", "The instalment, where the document has several."),
    text("Apply To", "Apply: the invoice that receives the credit."),
    text("Application No", "Unapply: the application to take back."),
    text("Customer ID", "Whose account."),
    money("Amount", "How much; positive."),
    number("Percent", "Special discount: percent of what may be discounted; 2 means 2 %."),
    money("Tax", "The tax part of the amount."),
    text("Method", "Refund: how it is paid.", choices=METHODS),
    text("Check/Ref", "Check number or transfer reference."),
    money("Bank Fee", "Bounced: what the bank charged."),
    money("Customer Fee", "Bounced: what the customer is charged."),
    text("Reason", "Why, in words.", required=True),
    text("Requested By", "Who asked for it."),
    text("Approved By", "Who approved it: another person, above the limit."),
    text("Status (d)", "Posted or Reversed."),
)  # fmt: skip

APPLICATIONS = posted(
    "Applications", Role.PRODUCT, "Which receipt or credit pays which document.",
    text("Application No*", "Its number."),
    date("Date*", "From when on it counts."),
    text("Source Type*", "What pays.", choices=SOURCE_TYPES),
    text("Source No*", "The receipt, credit memo or adjustment that pays."),
    text("Invoice No*", "The document that is paid."),
    whole("Line*", "The instalment, 1 where there is only one."),
    money("Amount*", "What the source pays, in the document's currency."),
    money("Discount*", "Early-payment discount that came with it."),
    money("Discount Tax*", "The tax part of the discount."),
    money("Difference*", "Small difference accepted by tolerance: + is written off, - is gained."),
    money("Source Amount*", "What was used of the source, in the source's currency."),
    text("Rule*", "Which rule applied it."),
    text("Reason*", "Why, in words."),
)  # fmt: skip

FEES = posted(
    "Fees", Role.PRODUCT, "How each late fee was reckoned.",
    text("Fee Invoice No*", "The late-fee document."),
    text("Invoice No*", "The overdue document."),
    text("Fee Policy*", "The policy that was used."),
    text("Period*", "The month, YYYY-MM."),
    date("From*", "Charged from this day (not counted)."),
    date("To*", "Charged to this day (counted)."),
    money("Base*", "The overdue principal at the end of the period."),
    whole("Days*", "To minus From."),
    money("Computed*", "Before minimum, cap and ceiling."),
    money("Charged*", "What the document says."),
)  # fmt: skip

JOURNAL = posted(
    "Journal", Role.PRODUCT, "What to book in the general ledger.",
    whole("Line*", "Its number within the batch."),
    date("Date*", "The posting date."),
    text("Account*", "The general-ledger account."),
    money("Debit*", "In the currency of the line."),
    money("Credit*", "In the currency of the line."),
    text("Currency*", "The currency of the line."),
    rate("Rate*", "Base currency per unit; empty where a line sums several rates."),
    money("Base Debit*", "In the base currency."),
    money("Base Credit*", "In the base currency."),
    text("Customer ID*", "Where the line stands for one document."),
    text("Document No*", "Where the line stands for one document."),
    text("Memo*", "What it is."),
)  # fmt: skip

BATCHES = kept(
    "Batches", Role.PRODUCT, "Every posting ever made, chained so that tampering shows.",
    text("Batch*", "Its number."),
    text("Posted At (UTC)*", "When it was posted."),
    text("User*", "Who posted it."),
    text("Command*", "What was run."),
    date("As Of*", "The date it was run for."),
    text("Currency*", "The currencies in it."),
    text("Rows*", "Rows per table."),
    text("Control Before*", "Receivables before, per currency."),
    text("Control After*", "Receivables after, per currency."),
    text("Reverses*", "The batch that it undoes."),
    text("Reason*", "Why, where someone said so."),
    text("Source*", "Where the rows came from."),
    text("Previous Hash*", "The hash of the batch before."),
    text("Hash*", "A check sum over this batch and the one before."),
)  # fmt: skip

CUSTOMERS = kept(
    "Customers", Role.MASTER, "Who buys from you.",
    text("Customer ID", "Your number or code for the customer.", required=True),
    text("Name", "The name on letters and reports."),
    text("Parent ID", "The customer that pays for this one.",
          list_from="Customers[Customer ID]"),
    text("Contact", "Whom to call."),
    text("Email", "Where statements and letters go."),
    text("Phone", "The number to call."),
    text("Address", "For letters and statements."),
    text("Terms", "Left empty, the default terms.", list_from="Terms[Terms]"),
    text("Fee Policy", "Left empty, the default fee policy.",
          list_from="FeePolicies[Fee Policy]"),
    money("Credit Limit", "Empty is unlimited, 0 is none."),
    money("Overdue Limit", "The same for the overdue part alone."),
    text("Currency", "Left empty, the base currency."),
    text("Collector", "Who calls."),
    text("Salesperson", "Who sells."),
    text("Status", "New until someone completed the row.", choices=CUSTOMER_STATUSES),
    text("Reminder Block", "Anything here stops reminders and late fees: say why."),
    text("Language", "For statements and letters: en, de, fr, ...; empty: that of Settings."),
    text("Notes", "Anything else."),
    text("Jurisdiction", "Whose law limits late fees.", list_from="FeeCeilings[Jurisdiction]"),
)  # fmt: skip

SETTINGS = kept(
    "Settings", Role.POLICY, "How this workbook works.",
    text("Setting", "The name."),
    text("Value", "Your choice."),
    text("Note", "What it means and what is allowed."),
)  # fmt: skip

TERMS = kept(
    "Terms", Role.POLICY, "When invoices fall due, and what paying early earns.",
    text("Terms", "The name on the invoice.", required=True),
    text("Description", "In words."),
    text("Due Rule", "net: months then days after the invoice date; eom: end of that month "
          "plus days; day: that day of the next month.", choices=DUE_RULES),
    number("Net Months", "Months after the invoice date."),
    number("Net Days", "Days after that, or the day of the month."),
    number("Discount %", "2 means 2 %."),
    number("Discount Days", "Days after the invoice date; the last one counts."),
    number("Second Discount %", "A smaller discount for paying a little later."),
    number("Second Discount Days", "Its days after the invoice date."),
    number("Discount Grace Days", "Days beyond the window that you still accept."),
    text("Instalments", "`25%@30; 25%@1m+30; rest@60`: part, and when it is due."),
)  # fmt: skip

FEE_POLICIES = kept(
    "FeePolicies", Role.POLICY, "What paying late costs.",
    text("Fee Policy", "The name.", required=True),
    text("Method", "How the fee is reckoned.", choices=FEE_METHODS),
    text("Basis", "Days count from the due date or the invoice date.",
          choices=("due", "invoice")),
    number("Rate %", "A year for daily, a month for monthly, of the balance for percent."),
    number("Flat", "A fixed amount per period."),
    number("Grace Days", "Days after the due date without a fee."),
    text("Grace Rule", "shift: grace days are never charged; threshold: once exceeded, the "
          "fee runs from the due date.", choices=("shift", "threshold")),
    number("Minimum", "The smallest fee."),
    text("Minimum Rule", "skip: charge nothing below it; raise: charge it.",
          choices=("skip", "raise")),
    number("Cap % of Invoice", "All fees on one invoice together."),
    number("Annual Ceiling %", "The highest lawful yearly rate."),
    text("Compound", "yes: fees are charged on fees too.", choices=("no", "yes")),
    text("Day Basis", "Days of a year.", choices=("365", "360", "actual")),
    sheet="Fee Policies",
)  # fmt: skip

LOSS_RATES = kept(
    "LossRates", Role.POLICY, "What is finally lost of each bucket.",
    text("Bucket", "As the aging names it."),
    number("Rate %", "Finally lost of what reached the bucket."),
    number("Factor", "Forward-looking factor; 1 changes nothing."),
    text("Source", "Where the rate comes from."),
)  # fmt: skip

RESERVES = kept(
    "Reserves", Role.POLICY, "Documents with an allowance of their own.",
    text("Document No", "The document."),
    date("From", "Since when."),
    money("Amount", "How much of it."),
    text("Reason", "Why."),
)  # fmt: skip

RATES = kept(
    "Rates", Role.POLICY, "Exchange rates: base currency per unit of the currency.",
    text("Currency", "The foreign currency."),
    date("Date", "From this day on."),
    rate("Rate", "Base currency per unit."),
)  # fmt: skip

PERIODS = kept(
    "Periods", Role.PRODUCT, "Closed months.",
    text("Period", "The month, YYYY-MM."),
    text("Closed At*", "When it was closed."),
    text("Closed By*", "Who closed it."),
    text("Control Total*", "Receivables at its end, per currency."),
    text("GL Balance", "What your general ledger says: type it before closing, `USD 12.00`."),
    text("Hash*", "The last hash of Batches when it was closed."),
    text("Reopened At*", "When it was opened again."),
    text("Reopened By*", "Who opened it again."),
    text("Approved By*", "Who approved that."),
    text("Reason", "Why it was opened again."),
)  # fmt: skip

TABLES: tuple[Table, ...] = (
    INVOICES, RECEIPTS, ADJUSTMENTS, MATCHES, CUSTOMERS, ACTIVITIES, DISPUTES, PLANS,
    INSTALMENTS, APPLICATIONS, FEES, DEPOSITS, BANK_STATEMENTS, BANK_LINES, JOURNAL, BATCHES,
    PERIODS, SETTINGS, TERMS, FEE_POLICIES, FEE_CEILINGS, LADDER, LOSS_RATES, RESERVES, RATES,
    BANK_ACCOUNTS, BANK_FORMATS, PAYER_ALIASES,
)  # fmt: skip
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
