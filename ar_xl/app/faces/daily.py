"""The buttons of every day: import, post, match, deposit."""

from __future__ import annotations

from ar_xl.app.faces.asked import SHOWS_FIRST, up_to
from ar_xl.app.questions import Face, Kind, Question
from ar_xl.imports.kinds import KINDS

_LISTS = "*.csv;*.txt;*.tsv;*.xlsx;*.xlsm"
_BANK = "*.xml;*.sta;*.mt940;*.940;*.942;*.bai;*.bai2;*.ofx;*.qfx;*.qif;*.ach"
_IMPORTABLE = f"Lists and bank files,{_LISTS};{_BANK},All files (*.*),*.*"

DAILY_FACES: tuple[Face, ...] = (
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
        f"with their due dates and journal lines. {SHOWS_FIRST}",
        large=True, command="post-invoices",
        questions=(up_to("Post the draft invoices and memos dated up to:"),),
        confirm="Post these invoices and memos?",
    ),
    Face(
        "Post Payments", "PP", "Post the draft receipts and accepted matches",
        "Posts the receipts that you typed or imported and what is accepted on the Match sheet, "
        "dated up to the day you give, and applies them to open invoices, with the discounts they "
        f"earned. {SHOWS_FIRST}",
        large=True, command="post-payments",
        questions=(up_to("Post the draft receipts dated up to:"),),
        confirm="Post these receipts?",
    ),
    Face(
        "Match", "BM", "Find out who paid what",
        "Looks at every bank line and draft receipt that is still open, and proposes on the Match "
        "sheet who paid what, how sure that is, and why. You accept, change or reject "
        "each; Post Payments posts what is accepted. Nothing is posted now.",
        large=True, command="match",
        questions=(up_to("Match the money that came in up to:"),),
        confirm="Write these proposals to the Match sheet?",
    ),
    Face(
        "Deposit", "DE", "Make up a bank deposit",
        "Puts the posted cash, checks and card payments that wait to be deposited on slips: one a "
        f"method and currency, on a sheet to print, count and sign. {SHOWS_FIRST}",
        large=True, command="deposit",
        questions=(
            up_to("Deposit what was received up to:"),
            Question("method", "Which payments go to the bank?",
                     Kind.CHOICE, choices=("All", "Cash", "Check", "Card"), required=True),
            Question("bank_account", "To which bank account, as the BankAccounts sheet names it?",
                     required=True, after="bank_account_open"),
        ),
        confirm="Post this deposit?",
    ),
)  # fmt: skip
