"""What can be wrong with a foreign file: every code of the imports, declared once."""

from __future__ import annotations

from ar_xl.core.findings import Exit, Severity, code

# --- the file as a whole: refused, nothing of it is read further ---------------------------
FILE_EMPTY = code(
    "import_file_empty", Severity.ERROR,
    "a table with headings and at least one row",
    "Export it again, or choose another file. Nothing was imported.",
    Exit.UNREADABLE,
)  # fmt: skip
FILE_MISSING = code(
    "import_file_missing", Severity.ERROR,
    "the path of a file that can be read",
    "Check the path and that the file is not open in another program.",
    Exit.UNREADABLE,
)  # fmt: skip
NOT_A_TABLE = code(
    "import_not_a_table", Severity.ERROR,
    "a CSV file or an Excel workbook with one row per document",
    "Export the list as CSV or .xlsx, or name its columns with --map. Nothing was imported.",
    Exit.UNREADABLE,
)  # fmt: skip
UNREADABLE_WORKBOOK = code(
    "import_workbook_unreadable", Severity.ERROR,
    "an undamaged .xlsx or .xlsm file without a password",
    "Open it in Excel, save it as .xlsx and import that. Nothing was imported.",
    Exit.UNREADABLE,
)  # fmt: skip
BANK_FILE = code(
    "import_bank_file", Severity.ERROR,
    "a list of invoices, receipts or customers",
    "Import it with --as bank: its payments are then matched to customers and posted.",
    Exit.UNREADABLE,
)  # fmt: skip
FILE_TOO_LARGE = code(
    "import_file_too_large", Severity.ERROR,
    "a file that fits into an Excel sheet",
    "Export fewer rows at a time, a year for instance. Nothing was imported.",
    Exit.UNREADABLE,
)  # fmt: skip
QUOTE_OPEN = code(
    "import_quotation_mark", Severity.ERROR,
    "quotation marks in pairs around a cell, doubled inside it",
    "Correct the line in the file or export it again. Nothing was imported.",
    Exit.UNREADABLE,
)  # fmt: skip
KIND_OPEN = code(
    "import_kind_open", Severity.ERROR,
    "headings that tell invoices, receipts and customers apart",
    "Say what it is: --as invoices, --as receipts, --as customers or --as history.",
    Exit.WRONG_CALL,
)  # fmt: skip
OPTION_WRONG = code(
    "import_option_wrong", Severity.ERROR,
    "an option of the import as its help shows it",
    "Correct the option and run the import again.",
    Exit.WRONG_CALL,
)  # fmt: skip

# --- columns -------------------------------------------------------------------------------
COLUMN_MISSING = code(
    "import_column_missing", Severity.ERROR,
    "a heading that ar_xl knows, in one row above the data",
    'Name the column: --map "Invoice No=their heading" (our column = their heading).',
)  # fmt: skip
COLUMN_AMBIGUOUS = code(
    "import_column_ambiguous", Severity.ERROR,
    "one column for it, or several with the same content",
    "Say which one is meant with --map, ours = theirs.",
)  # fmt: skip
MAP_UNKNOWN = code(
    "import_map_unknown", Severity.ERROR,
    "one of our columns on the left, one of the file's headings on the right",
    "Correct the --map option.",
)  # fmt: skip
SHEET_AMBIGUOUS = code(
    "import_sheet_ambiguous", Severity.ERROR,
    "one sheet with such a table",
    "Save the sheet you mean as a file of its own, or name it with --sheet.",
)  # fmt: skip
DATE_ORDER_OPEN = code(
    "import_date_order_open", Severity.ERROR,
    "dates of which at least one has a day above 12, all in one order",
    "Say how they are written: --dates mdy, --dates dmy or --dates ymd.",
)  # fmt: skip
DECIMAL_MARK_OPEN = code(
    "import_decimal_mark_open", Severity.ERROR,
    "amounts of which at least one shows whether point or comma marks the decimals",
    "Say which mark the decimals have: --decimal point or --decimal comma.",
)  # fmt: skip

# --- rows ----------------------------------------------------------------------------------
ROW_RAGGED = code(
    "import_row_ragged", Severity.ERROR,
    "as many cells as there are headings",
    "Look for a delimiter inside a text that lacks quotation marks, and correct the line.",
)  # fmt: skip
NUMBER_MISSING = code(
    "import_number_missing", Severity.ERROR,
    "a document number, so that a second import adds nothing",
    "Give the document a number in the file, or type it into the workbook by hand.",
)  # fmt: skip
CUSTOMER_MISSING = code(
    "import_customer_missing", Severity.ERROR,
    "a customer's number, code or name",
    "Fill in the customer in the file.",
)  # fmt: skip
CELL_MISSING = code(
    "import_cell_missing", Severity.ERROR,
    "a value",
    "Fill in the cell in the file.",
)  # fmt: skip
TWICE_IN_FILE = code(
    "import_number_twice", Severity.ERROR,
    "each document number once",
    "Remove the row that is too much, or give it its own number.",
)  # fmt: skip
LINES_DISAGREE = code(
    "import_lines_disagree", Severity.ERROR,
    "the same on every line of a document",
    "Correct the lines in the file, or export one row per document.",
)  # fmt: skip
DIFFERS = code(
    "import_differs_from_workbook", Severity.ERROR,
    "what the workbook says, or a number that is not in it yet",
    "Decide which is right: correct the file, or reverse the document in the workbook first.",
)  # fmt: skip
STANDS_WITH_ERROR = code(
    "import_stands_with_error", Severity.ERROR,
    "a row in the workbook that can be compared",
    "Correct the row of that number in the workbook first; `check` says what is wrong with it.",
)  # fmt: skip
AMOUNT_UNREADABLE = code(
    "import_amount_unreadable", Severity.ERROR,
    "an amount such as 1250.00, 1,250.00, (1,250.00) or 1.250,00",
    "Correct the cell in the file; it was not taken as zero.",
)  # fmt: skip
AMOUNT_TOO_FINE = code(
    "import_amount_too_fine", Severity.ERROR,
    "no more decimals than the currency has",
    "Round it in the file the way your invoice does; ar_xl does not round on the way in.",
)  # fmt: skip
AMOUNT_TOO_LARGE = code(
    "import_amount_too_large", Severity.ERROR,
    "at most 15 digits, the most that Excel keeps",
    "Correct the amount in the file.",
)  # fmt: skip
AMOUNT_NEGATIVE = code(
    "import_amount_negative", Severity.ERROR,
    "a receipt above zero",
    "Money paid back is a refund: enter it on the Adjustments sheet.",
)  # fmt: skip
NOT_AN_AMOUNT_CELL = code(
    "import_cell_is_no_amount", Severity.ERROR,
    "a number with a money or number format",
    "Correct the cell or its format in the file.",
)  # fmt: skip
DATE_UNREADABLE = code(
    "import_date_unreadable", Severity.ERROR,
    "a date such as 2026-01-31, in the order of the other dates",
    "Correct the cell in the file.",
)  # fmt: skip
CURRENCY_UNREADABLE = code(
    "import_currency_unreadable", Severity.ERROR,
    "a currency code of three letters such as USD",
    "Correct the cell in the file.",
)  # fmt: skip
CURRENCY_CONTRADICTS = code(
    "import_currency_contradicts", Severity.ERROR,
    "one currency for the row",
    "Correct the currency column or the sign beside the amount.",
)  # fmt: skip
TYPE_UNREADABLE = code(
    "import_type_unreadable", Severity.ERROR,
    "Invoice, Debit Memo, Credit Memo, Late Fee or Refund",
    "Correct the type in the file, or leave it empty for an invoice.",
)  # fmt: skip
TEXT_TOO_LONG = code(
    "import_text_too_long", Severity.ERROR,
    "at most 32,767 characters, the most that an Excel cell holds",
    "Shorten the text in the file; ar_xl cuts nothing.",
)  # fmt: skip
TEXT_UNPRINTABLE = code(
    "import_text_unprintable", Severity.ERROR,
    "text without control characters, which Excel cannot keep",
    "Remove the character from the file.",
)  # fmt: skip
CODE_WITH_PROSE = code(
    "import_code_with_prose", Severity.ERROR,
    "the code alone",
    "Remove the words in brackets behind the code, in the whole column.",
)  # fmt: skip
DIGITS_LOST = code(
    "import_digits_lost", Severity.ERROR,
    "a number of at most 15 digits, or the number stored as text",
    "The digits are lost in that file. Export it again without opening it in Excel.",
)  # fmt: skip
FORMULA_WITHOUT_VALUE = code(
    "import_formula_without_value", Severity.ERROR,
    "a formula with its last result",
    "Open the file in Excel, save it, and import it again.",
)  # fmt: skip

LINE_TAX_OPEN = code(
    "import_line_tax_open", Severity.ERROR,
    "lines that show their amount with and without tax, or the total of the document",
    'Name the column with the total of the document: --map "Amount=their heading".',
)  # fmt: skip
NOTHING_LEFT = code(
    "import_nothing_left", Severity.ERROR,
    "at least one document that counts",
    "Export the documents that are final; drafts and void documents are no receivables.",
)  # fmt: skip

# --- said, so that nobody wonders ----------------------------------------------------------
LOOKS_MANGLED = code(
    "import_number_looks_mangled", Severity.WARNING,
    "a number as the other program writes it",
    "It looks like a long number that Excel shortened. Compare it with the source.",
)  # fmt: skip
PAID_IN_SOURCE = code(
    "import_paid_in_source", Severity.WARNING,
    "the receipts as well, with their dates",
    "Import the receipts too (--as receipts, or --as history where the file has the date of "
    'payment), or take what is still open as the amount: --map "Amount=their balance".',
)  # fmt: skip
APPLIED_IN_SOURCE = code(
    "import_memo_applied_in_source", Severity.WARNING,
    "credit memos that your invoices are not reduced by yet",
    "They come in as credits. Remove the drafts if the invoices are already net of them.",
)  # fmt: skip
LINES_DIFFER = code(
    "import_lines_differ_from_total", Severity.WARNING,
    "lines that add up to the total of their document",
    "The total was taken. Look for freight, discount or tax that stands on no line.",
)  # fmt: skip
TOTAL_DIFFERS = code(
    "import_total_row_differs", Severity.WARNING,
    "the sum of the rows above it",
    "The totals row was not imported. Look whether rows are missing from the export.",
)  # fmt: skip
TERMS_UNKNOWN = code(
    "import_terms_unknown", Severity.WARNING,
    "terms that stand on the Terms sheet",
    "Add them to the Terms sheet before posting.",
)  # fmt: skip
CUSTOMER_NEARLY_KNOWN = code(
    "import_customer_nearly_known", Severity.WARNING,
    "a customer of its own",
    "It came in as a new customer. If it is the same, correct the ID in the drafts.",
)  # fmt: skip
CUSTOMER_DIFFERS = code(
    "import_customer_differs", Severity.WARNING,
    "what the Customers sheet says",
    "The sheet was left as it is. Change it there if the file is right.",
)  # fmt: skip
METHOD_UNKNOWN = code(
    "import_method_unknown", Severity.NOTE,
    "Cash, Check, Card, ACH, Wire or Other",
    "It came in as Other. Change it in the draft if it matters for deposits.",
)  # fmt: skip
SETTLED_BEFORE = code(
    "import_settled_before_invoice", Severity.WARNING,
    "a payment on or after the invoice date",
    "It came in as it stands: paid in advance. Look whether the dates are right.",
)  # fmt: skip
