"""What can be wrong with a bank file, whatever its format: every code, declared once."""

from __future__ import annotations

from ar_xl.core.findings import Exit, Severity, code

# --- the file as a whole -------------------------------------------------------------------
NOT_A_BANK_FILE = code(
    "bank_file_not_recognised", Severity.ERROR,
    "a bank file of a kind that docs/BANK.md lists",
    "Export the statement again, as CAMT, MT940, BAI2, OFX, CSV or .xlsx. Nothing was imported.",
    Exit.UNREADABLE,
)  # fmt: skip
NOTHING_IN_FILE = code(
    "bank_file_without_statement", Severity.ERROR,
    "at least one statement of an account",
    "Export the statement of the account, not the list of accounts. Nothing was imported.",
)  # fmt: skip
FOLDER_EMPTY = code(
    "bank_folder_empty", Severity.ERROR,
    "a folder that holds bank files",
    "Choose another folder, or name the files themselves.",
    Exit.WRONG_CALL,
)  # fmt: skip
ONE_FILE_ONLY = code(
    "import_one_file_only", Severity.ERROR,
    "one file, unless bank files are imported",
    "Import lists of invoices, receipts and customers one by one, or add --as bank.",
    Exit.WRONG_CALL,
)  # fmt: skip
ACCOUNT_OPEN = code(
    "bank_file_account_open", Severity.ERROR,
    "the account that the file is about",
    "Say which account it is: --account and the name on the sheet BankAccounts.",
)  # fmt: skip
CURRENCY_WRONG = code(
    "bank_currency_unknown", Severity.ERROR,
    "a currency code of three letters such as USD",
    "Correct the code in the file, or the currency of the account on the sheet BankAccounts.",
)  # fmt: skip

# --- rows ----------------------------------------------------------------------------------
ROW_BAD = code(
    "bank_row_unreadable", Severity.ERROR,
    "a line that can be read whole",
    "Ask the bank for the file again, or leave the line out and enter it by hand.",
)  # fmt: skip
AMOUNT_BAD = code(
    "bank_amount_unreadable", Severity.ERROR,
    "an amount in digits, with no more decimals than the currency has",
    "Correct the amount in the file; it was not taken as zero.",
)  # fmt: skip
DATE_BAD = code(
    "bank_date_unreadable", Severity.ERROR,
    "the day the bank booked it",
    "Correct the date in the file.",
)  # fmt: skip
TEXT_BAD = code(
    "bank_text_too_long", Severity.ERROR,
    "at most 32,767 characters, the most that an Excel cell holds",
    "Shorten the text in the file; ar_xl cuts nothing.",
)  # fmt: skip
SAME_NUMBER_OTHER_AMOUNT = code(
    "bank_number_with_another_amount", Severity.ERROR,
    "the amount that the bank gave under this number before",
    "Ask the bank which amount is right. The line in the workbook was left as it is.",
)  # fmt: skip

# --- statements ----------------------------------------------------------------------------
UNPROVED = code(
    "bank_statement_unproved", Severity.ERROR,
    "opening balance plus lines is the closing balance, and counts and totals agree",
    "Ask the bank for the whole statement. To take it as it is, add --accept-unproved.",
)  # fmt: skip
ACCEPTED = code(
    "bank_statement_accepted", Severity.WARNING,
    "opening balance plus lines is the closing balance, and counts and totals agree",
    "It was taken because that was asked for; the difference is kept on the sheet BankStatements.",
)  # fmt: skip
GAP = code(
    "bank_statement_gap", Severity.WARNING,
    "each statement to begin with what the one before closed with",
    "Import the statement that is missing between the two.",
)  # fmt: skip

# --- said, so that nobody wonders ----------------------------------------------------------
POSSIBLE_DUPLICATE = code(
    "bank_lines_alike", Severity.WARNING,
    "payments that differ in something",
    "All of them were taken. Look whether the payer really paid as often.",
)  # fmt: skip
NUMBER_AGAIN = code(
    "bank_number_again", Severity.WARNING,
    "a number of the bank's own that it gives once",
    "It was taken as another payment. Look whether it is.",
)  # fmt: skip
KNOWN_FROM_ELSEWHERE = code(
    "bank_line_known_from_elsewhere", Severity.WARNING,
    "a line that another file has not brought yet",
    "It was taken as the line that is in the workbook already: same account, day and amount. "
    "Look whether it is.",
)  # fmt: skip
BATCH_KNOWN = code(
    "bank_batch_known", Severity.NOTE,
    "a batch that another file has not brought yet",
    "Nothing to do: it is the same money, in one sum in one file and payment by payment in the "
    "other.",
)  # fmt: skip
ACCOUNT_TAKEN = code(
    "bank_account_taken", Severity.WARNING,
    "a file that names its account",
    "Look whether it is the right account; --account names another.",
)  # fmt: skip
CURRENCY_TAKEN = code(
    "bank_currency_taken", Severity.WARNING,
    "a file that names its currency",
    "Look whether it is right; --currency names another.",
)  # fmt: skip
