"""What can be wrong with CAMT, OFX and QIF files: every code, declared once."""

from __future__ import annotations

from ar_xl.core.findings import Exit, Severity, code

# --- the file as a whole: refused, nothing of it is read further ---------------------------
XML_BROKEN = code(
    "bank_xml_broken", Severity.ERROR,
    "a whole XML file, from its first to its last tag",
    "Download the file from the bank again. Nothing was imported.",
    Exit.UNREADABLE,
)  # fmt: skip
XML_HOSTILE = code(
    "bank_xml_hostile", Severity.ERROR,
    "an XML file as banks write them, without a document type and of limited size",
    "No bank writes such a file: ask where it comes from. Nothing was imported.",
    Exit.UNREADABLE,
)  # fmt: skip
NO_STATEMENT = code(
    "bank_no_statement", Severity.ERROR,
    "at least one statement with an account",
    "Download the statement of the account from the bank. Nothing was imported.",
    Exit.UNREADABLE,
)  # fmt: skip
BANK_SAID_NO = code(
    "bank_answered_with_error", Severity.ERROR,
    "the bank's answer with a statement in it",
    "Do what the bank says, then download the statement again. Nothing was imported.",
    Exit.UNREADABLE,
)  # fmt: skip

# --- said about lines and balances ---------------------------------------------------------
BATCH_WHOLE = code(
    "bank_batch_not_split", Severity.WARNING,
    "details whose amounts add up to their entry",
    "It came in as one line. Look up its payments in the list of the bank.",
)  # fmt: skip
REVERSAL_OPEN = code(
    "bank_reversal_sign_open", Severity.WARNING,
    "balances that show which way the money went",
    "Banks write reversals in two ways. It was taken as the opposite of the debit or credit that "
    "the file names. Compare with the account.",
)  # fmt: skip
BALANCE_LEFT = code(
    "bank_balance_left_out", Severity.WARNING,
    "a balance in digits, in the currency of the account",
    "The statement cannot be proved by it. Compare the closing balance with the bank.",
)  # fmt: skip
DAY_TAKEN = code(
    "bank_day_taken", Severity.WARNING,
    "the day each line was booked",
    "Look whether the day is right: it decides about discounts and periods.",
)  # fmt: skip
CORRECTS = code(
    "bank_line_corrects_another", Severity.WARNING,
    "lines that stand for themselves",
    "The bank says that it takes the place of an earlier line. Look whether both are there.",
)  # fmt: skip
PART_LEFT_OUT = code(
    "bank_part_left_out", Severity.NOTE,
    "lines of a bank account",
    "Nothing to do where these are not bank lines of yours.",
)  # fmt: skip
