"""The tables about money at the bank: statements and lines, what they are matched to, deposits."""

from __future__ import annotations

from ar_xl.core.declaring import date, kept, money, posted, text, whole
from ar_xl.core.schema import Role

METHODS = ("Cash", "Check", "Card", "ACH", "Wire", "Other")
LINE_KINDS = ("Payment", "Fee", "Reversal", "Return", "Refund", "Payout", "Other")
STATEMENT_STATUSES = ("Proved", "Accepted", "No balance", "Not final")
DECISIONS = ("Accept", "Change", "Reject")

MATCHES = kept(
    "Matches", Role.MASTER, "What each bank line seems to pay: accept, change or reject it.",
    text("Line ID*", "The bank line, or the number of a draft receipt."),
    text("Decision", "Accept posts it as proposed, Change as you corrected it; Reject says that "
         "it is no customer's money and keeps it out.", choices=DECISIONS),
    whole("Confidence*", "How sure the proposal is, in percent."),
    date("Date*", "When it was booked."),
    money("Amount*", "What the bank credited, fee included."),
    text("Currency*", "Its currency."),
    text("Payer*", "As the bank writes it."),
    text("Text*", "What the bank tells about it."),
    text("Customer ID", "Who paid; change it where the proposal is wrong.",
         list_from="Customers[Customer ID]"),
    text("Name*", "The customer's name."),
    text("Documents", "What is paid: `INV-7 100.00; INV-9 95.00 -5.00 Damage`."),
    text("Why*", "The reason in words."),
    money("Bank Fee", "What the payer's bank kept back; the customer is credited in full."),
    text("Reason Code", "Why less was paid, where something was deducted; why it is rejected."),
    text("Remittance", "Paste the payer's advice here; Match reads it into Documents."),
    text("Alternatives*", "What else it could be."),
    text("Rule*", "How it was found."),
    text("Source*", "Bank line or Receipt."),
    text("Done*", "What became of it."),
    sheet="Match",
)  # fmt: skip

DEPOSITS = posted(
    "Deposits", Role.PRODUCT, "Deposit slips: cash, checks and cards taken to the bank.",
    text("Deposit No*", "Its number."),
    date("Date", "When it was taken to the bank."),
    text("Bank Account", "Into which account."),
    text("Method", "Cash, checks or cards.", choices=METHODS),
    text("Currency", "Of the slip."),
    text("Receipts*", "The receipts on it: `R-1; R-2`."),
    money("Total*", "All receipts on it together."),
    money("Fee", "What the bank or card processor kept."),
    text("Bank Line (d)", "The bank line it arrived with."),
)  # fmt: skip

BANK_STATEMENTS = kept(
    "BankStatements", Role.PRODUCT, "Statements of your bank, and whether their balances prove.",
    text("Statement ID", "Its number."),
    text("Account", "The bank account."),
    text("Currency", "Of the account."),
    date("From", "The first day."),
    date("To", "The last day."),
    money("Opening", "The balance before; negative is overdrawn."),
    money("Closing", "The balance after."),
    whole("Lines", "How many lines it has."),
    money("Difference", "Closing less opening and lines; 0 is proved."),
    text("Status", "Proved, Accepted with a difference, No balance or Not final.",
         choices=STATEMENT_STATUSES),
    text("Source", "The file it came from."),
)  # fmt: skip

BANK_LINES = kept(
    "BankLines", Role.PRODUCT, "Every line of your bank's statements, once.",
    text("Line ID*", "Made from its content: the same line never comes in twice."),
    text("Statement ID", "The statement it stands on."),
    text("Bank ID", "The bank's own number of it."),
    text("Account", "The bank account."),
    date("Date", "When the bank booked it."),
    text("Kind", "What it is.", choices=LINE_KINDS),
    money("Amount", "Money that came in is positive; before the fee."),
    money("Fee", "What was kept back; the account moved by Amount less Fee."),
    text("Currency", "Its currency."),
    text("Payer", "The other side, as the bank writes it."),
    text("Payer Account", "Its account."),
    text("Reference", "A reference that an invoice may carry."),
    text("Text", "What else the bank tells."),
    text("Status (d)", "Empty while nobody decided; Posted, Linked, Rejected, Deposited."),
    text("Matched To (d)", "The receipt or deposit it is."),
    sheet="Bank",
)  # fmt: skip

BANK_ACCOUNTS = kept(
    "BankAccounts", Role.MASTER, "Your bank accounts and their accounts in the general ledger.",
    text("Account", "The number or IBAN, as the bank's files write it.", required=True),
    text("Currency", "Of the account."),
    text("GL Account", "Its account in the general ledger; empty is GL Cash of Settings."),
    text("Format", "The format its files came in last.", list_from="BankFormats[Format]"),
)  # fmt: skip

BANK_FORMATS = kept(
    "BankFormats", Role.MASTER, "How tables of each bank are read; learnt from the first import.",
    text("Format", "Its name.", required=True),
    text("Headings", "The headings of the bank's table, by which it is known again."),
    text("Columns", "Which is which: `Date=Buchungstag; Amount=Betrag`."),
    text("Dates", "Order of dates: ymd, mdy or dmy.", choices=("ymd", "mdy", "dmy")),
    text("Decimal", "Decimal mark: point or comma.", choices=("point", "comma")),
    text("Currency", "Where the file names none."),
    text("Account", "Where the file names none."),
    sheet="Bank Formats",
)  # fmt: skip

PAYER_ALIASES = kept(
    "PayerAliases", Role.MASTER, "Names and accounts that customers pay under, as confirmed.",
    text("Payer", "The name as the bank writes it."),
    text("Payer Account", "The account paid from."),
    text("Customer ID", "Who that is.", list_from="Customers[Customer ID]"),
    whole("Confirmed", "How often someone confirmed it."),
    date("Last Confirmed", "When last."),
    sheet="Payer Aliases",
)  # fmt: skip
