"""What can be wrong with files of SWIFT, BAI2 and NACHA, beyond what all bank files share."""

from __future__ import annotations

from ar_xl.core.findings import Exit, Severity, code

NO_STATEMENT = code(
    "bank_file_begins_as_one", Severity.ERROR,
    "a bank file that holds at least one account",
    "Ask the bank for the file again, or choose another. Nothing was imported.",
    Exit.UNREADABLE,
)  # fmt: skip
PAGE_MISSING = code(
    "bank_statement_page_missing", Severity.WARNING,
    "all pages of a statement, from the first balance to the last",
    "Import the other pages too: what stands on them is not in the workbook.",
)  # fmt: skip
LINE_FAR_OFF = code(
    "bank_line_far_from_statement", Severity.WARNING,
    "lines booked within a year of the statement's balances",
    "Look whether the date is right, and whether the line belongs to this statement.",
)  # fmt: skip
GROUP_LEFT_OUT = code(
    "bank_group_left_out", Severity.WARNING,
    "groups of accounts that the bank did not withdraw or mark as a test",
    "Look whether lines that an earlier file brought are still right.",
)  # fmt: skip
RECEIPT_OPEN = code(
    "return_receipt_open", Severity.WARNING,
    "one posted receipt of this payer and amount",
    "Fill in Document No of the row on the Adjustments sheet: the receipt that came back.",
)  # fmt: skip
CREDIT_CAME_BACK = code(
    "return_of_money_sent", Severity.WARNING,
    "a debit: money that you had collected",
    "Its transaction code says that it was money you had sent, a refund for instance. If so, "
    "delete the row on the Adjustments sheet and undo the refund.",
)  # fmt: skip
RETURN_UNDATED = code(
    "return_without_date", Severity.WARNING,
    "a file that says on which day the payment came back",
    "Fill in Date of the row on the Adjustments sheet.",
)  # fmt: skip
