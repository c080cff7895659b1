"""What can be wrong with the content of a cell, and with the tables of a workbook."""

from __future__ import annotations

from ar_xl.core.findings import Exit, Severity, code

NOT_AN_AMOUNT = code(
    "amount_not_a_number",
    Severity.ERROR,
    "an amount as a number",
    "Type the amount as a number; a number stored as text must be converted to a number.",
)
ERROR_VALUE = code(
    "error_value",
    Severity.ERROR,
    "a value",
    "Mend the formula behind the error, or type the value.",
)
DATE_IN_AMOUNT = code(
    "date_in_amount",
    Severity.ERROR,
    "an amount of money",
    "Type the amount. If it is right and only looks like a date, change the number format.",
)
PERCENT_FORMATTED = code(
    "percent_formatted",
    Severity.ERROR,
    "a plain number: 2 means 2 %",
    "Change the number format of the cell to General and type the number again.",
)
TOO_MANY_DECIMALS = code(
    "too_many_decimals",
    Severity.ERROR,
    "no more decimals than the currency has",
    "Round the amount, or correct the currency. Nothing is rounded for you.",
)
AMOUNT_TOO_LARGE = code(
    "amount_too_large",
    Severity.ERROR,
    "an amount of at most 15 digits, decimals included",
    "Correct the amount; Excel keeps 15 digits only.",
)
AMOUNT_NEGATIVE = code(
    "amount_negative",
    Severity.ERROR,
    "an amount without a minus",
    "Type the amount without the minus, or empty the cell.",
)
NOT_A_WHOLE_NUMBER = code(
    "not_a_whole_number",
    Severity.ERROR,
    "a whole number",
    "Type a whole number, or empty the cell.",
)
NOT_A_NUMBER = code(
    "not_a_number",
    Severity.ERROR,
    "a number",
    "Type a number, or empty the cell.",
)
RATE_NOT_POSITIVE = code(
    "rate_not_understood",
    Severity.ERROR,
    "a positive number: units of the base currency per unit of the currency",
    "Type the exchange rate as a plain number.",
)
DATE_NOT_A_DATE = code(
    "date_not_a_date",
    Severity.ERROR,
    "a date",
    "Type the date again and see that Excel moves it to the right of the cell, as it does with "
    "dates.",
)
DATE_WITH_TIME = code(
    "date_with_time",
    Severity.ERROR,
    "a whole day, without a time of day",
    "Type the date without the time.",
)
NUMBER_BECAME_DATE = code(
    "number_became_date",
    Severity.ERROR,
    "a number or an id as text",
    "Excel made a date of what was typed. Format the cell as Text and type it again.",
)
LONG_NUMBER = code(
    "long_number_cut",
    Severity.ERROR,
    "a number or an id as text",
    "Excel keeps 15 digits, the rest may be wrong. Format the cell as Text and type it again.",
)
CURRENCY_UNKNOWN = code(
    "currency_unknown",
    Severity.ERROR,
    "a currency code of ISO 4217 in capital letters, such as USD",
    "Correct the currency.",
)
POSTED_ROW_UNREADABLE = code(
    "posted_row_unreadable",
    Severity.ERROR,
    "the row as it was posted",
    "A posted row was edited. Restore it from a backup, then run verify.",
)
ROW_OF_NOBODY = code(
    "row_without_batch",
    Severity.WARNING,
    "only rows that ar_xl wrote, each with its batch",
    "Delete the row: typed rows count nowhere on this sheet. If it was posted, run verify.",
)
FORMULA_WITHOUT_VALUE = code(
    "formula_without_value",
    Severity.ERROR,
    "a value, or a formula with its result",
    "Open the workbook in Excel and save it, so that the formula has a result, or type the value.",
)
TABLE_MISSING = code(
    "table_missing",
    Severity.ERROR,
    "the table under its own name",
    "Give the table its name again (Table Design, Table Name), or restore a backup.",
)
HEADING_MISSING = code(
    "heading_missing",
    Severity.ERROR,
    "the heading as in a new workbook",
    "Correct the heading; columns may stand in any order, and more may stand to the right.",
)
NO_TABLES = code(
    "no_receivables_tables",
    Severity.ERROR,
    "a workbook with the tables of ar_xl: Invoices, Receipts, Customers, Settings and others",
    "Make one with `ar-xl new`, or name the right workbook.",
    Exit.UNREADABLE,
)
SHEET_FULL = code(
    "sheet_full",
    Severity.ERROR,
    "room below the table: Excel has 1,048,576 rows",
    "Nothing was written. Close the year into a new workbook, or delete empty rows of the table.",
    Exit.REFUSED,
)
CONTENT_BELOW = code(
    "content_below_table",
    Severity.ERROR,
    "empty cells below the table, and no totals row",
    "Nothing was written. Switch the totals row off, or move what stands below the table.",
    Exit.REFUSED,
)
