"""The words of the command line, said to somebody who sits before Excel.

Findings and refusals are worded once, where they are declared. What names an option there is a
button or a question here; a test looks through all of them.
"""

from __future__ import annotations

# As they stand in the declarations, the longer ones first. docs/ERRORS.md has them all.
_INSTEAD = (
    ("Correct the rows named above and run again, or add --skip-bad to post the good ones.",
     "Correct these rows, or post the good ones."),
    ("Correct the rows named above and run the command again, or add --skip-bad to import the good "
     "ones.", "Correct these rows in the file, or import the good ones."),
    ("Correct it first: --skip-bad leaves out bad drafts and nothing else.",
     "Correct it first: only bad drafts can be left out."),
    ("Begin with the first one named; `ar-xl restore` lists the backups from before the change.",
     "Begin with the first one named: have the rows back from a copy of the workbook that was "
     "saved before the change."),
    ("Restore what is named above from a backup beside the workbook, then close again.",
     "Have what is named above back from a copy of the workbook that was saved before the change, "
     "then close again."),
    ("which the backups beside the workbook show, or restore a backup.",
     "which a copy of the workbook saved before the change shows, or go back to that copy."),
    ("Restore a backup from before.", "Go back to a copy of the workbook saved before."),
    ("Run verify on the last backup to find when it changed;",
     "Press Verify in older copies of the workbook to find when it changed;"),
    ("restore posted rows from a backup.",
     "have posted rows back from a copy of the workbook saved before."),
    ("Run month-end without --close and look at the tie-out of its sheet: it names the difference.",
     "Press Month-End and look at the tie-out of its sheet: it names the difference."),
    ("Add --reason and --approved-by, naming somebody other than yourself.",
     "Press Reopen, and name a reason and somebody else who approves."),
    ("A closed month is opened again with month-end --reopen.",
     "A closed month is opened again with Reopen."),
    ("Put the row of Periods back as it was; a month is opened with month-end --reopen.",
     "Put the row of Periods back as it was; a month is opened with Reopen."),
    ("Post the rows again instead; undo with --redraft brings them back as drafts.",
     "Post the rows again instead."),
    ("It stays a draft; run again with a later --as-of to post it.",
     "It stays a draft until that day."),
    ("Make one with `ar-xl new`, or name the right workbook.",
     "Press New Workbook, or Use This Workbook to add what is missing here."),
    ("Check the name, or make one with `ar-xl new`.", "Check the name, or press New Workbook."),
    ("Export the list as CSV or .xlsx, or name its columns with --map. Nothing was imported.",
     "Export the list as CSV or .xlsx, with headings in its first row. Nothing was imported."),
    ("Say what it is: --as invoices, --as receipts, --as customers or --as history.",
     "Say what it is when you are asked."),
    ('Name the column: --map "Invoice No=their heading" (our column = their heading).',
     "Give the column in the file a heading such as ours, and import it again."),
    ("Run `ar-xl adopt` on the workbook: it adds the tables that are missing.",
     "Press Use This Workbook: it adds the tables that are missing."),
    ("Say which account it is: --account and the name on the sheet BankAccounts.",
     "Say which account it is when you are asked."),
    ("Ask the bank for the whole statement. To take it as it is, add --accept-unproved.",
     "Ask the bank for the whole statement, or take it as it is when you are asked."),
    ("Look whether it is the right account; --account names another.",
     "Look whether it is the right account; the sheet BankAccounts has the others."),
    ("Look whether it is right; --currency names another.",
     "Look whether it is right; the sheet BankAccounts says the currency of each account."),
    ("Import lists of invoices, receipts and customers one by one, or add --as bank.",
     "Import lists of invoices, receipts and customers one by one."),
    ("If it is the bank's statement, say so: --as bank. If they are other payments, say --as "
     "receipts.",
     "Say whether it is a bank statement (bank) or other payments (receipts) when you are asked."),
    ("Import it with --as bank: its payments", "Import it as a bank statement: its payments"),
    ("Say which one is meant with --map, ours = theirs.",
     "Remove the other column from the file, or give it another heading."),
    ("Correct the --map option.", "Correct the headings of the file."),
    ("Save the sheet you mean as a file of its own, or name it with --sheet.",
     "Say which sheet you mean when you are asked."),
    ("Say how they are written: --dates mdy, --dates dmy or --dates ymd.",
     "Say how they are written when you are asked."),
    ("Say which mark the decimals have: --decimal point or --decimal comma.",
     "Say which mark the decimals have when you are asked."),
    ("Import the receipts too (--as receipts, or --as history where the file has the date of ",
     "Import the receipts too (as receipts, or as history where the file has the date of "),
    ("`check` says what is wrong with it.", "Check says what is wrong with it."),
    ("Save the workbook under another name first, or run the command without --out.",
     "Save the workbook under another name first."),
    ("no --out for a workbook that is open in Excel", "a workbook that is written where it is"),
    ("Give --out a name that ends as the workbook's does.",
     "Give it a name that ends as the workbook's does."),
    ("months closed that the batches of month-end --close closed",
     "months closed that the batches of Close closed"),
    ("either --close or --reopen", "either closing or reopening"),
    ("Both --close and --reopen were given.", "Both were asked for."),
    ("Run `ar-xl restore BOOK` without options to see what there is.",
     "Look at what there is first."),
    ("Choose another folder with --out, or delete the old demo.",
     "Choose another folder, or delete the old demo."),
    ('Name the column with the total of the document: --map "Amount=their heading".',
     "Give the column with the total of the document the heading Amount."),
    ('or take what is still open as the amount: --map "Amount=their balance".',
     "or give the column with what is still open the heading Amount."),
    ('our heading = their heading, such as --map "Invoice No=doc_id"', "our heading = theirs"),
    ("the other kinds come with the command `adjust`.",
     "the other kinds are posted by a later version."),
    ("run the command again", "press the button again"),
    ("Do what is said above and press the button again.", "Then press Import again."),
    ("then run adopt again", "then press Use This Workbook again"),
    ("run adopt again", "press Use This Workbook again"),
    ("run month-end of that month again", "press Month-End for that month again"),
    ("run verify", "press Verify"),
    ("Run verify", "Press Verify"),
)  # fmt: skip
_BUTTONS = {
    "post-invoices": "Post Invoices", "post-payments": "Post Payments", "late-fees": "Late Fees",
    "apply-discounts": "Discounts", "month-end --close": "Close",
    "month-end --reopen": "Reopen", "month-end": "Month-End", "undo": "Undo",
    "adjust": "Adjust", "deposit": "Deposit", "import": "Import",
}  # fmt: skip


def for_excel(text: str) -> str:
    """A sentence of a finding or a refusal as it is said in Excel."""
    for typed, pressed in _INSTEAD:
        text = text.replace(typed, pressed)
    return text


def button_of(command: str) -> str:
    """The button of a command as Batches names it; the command itself where there is none."""
    return _BUTTONS.get(command, command)
