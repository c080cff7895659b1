"""Cells of our own tables: what is behind them, or who typed them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ar_xl.app.explaining import of_applications, of_bank, of_documents, of_journal
from ar_xl.app.explaining.of_adjustments import adjustment_amount
from ar_xl.app.explaining.of_fees import base_parts, charge, overdue_under, run_date
from ar_xl.core.explanation import Explanation, Part, Unit
from ar_xl.core.frames import Frame
from ar_xl.core.ledger import Ledger
from ar_xl.core.picked import TableCell
from ar_xl.core.schema import Column, Filler, Kind, Role, Table
from ar_xl.core.tables import BY_NAME
from ar_xl.ops.past import before
from ar_xl.ops.seals import row_hashes, seals_of

Explain = Callable[[Ledger, Frame], Explanation | None]
_EDITED = "The row is not as it was posted: its seal does not fit what stands in it. Run verify."


def _journal(column: str) -> Explain:
    return lambda ledger, row: of_journal.journal_amount(ledger, row, column)


def _fee(ledger: Ledger, row: Frame) -> Explanation:
    """Computed and Charged of a Fees row."""
    books, currency = _fee_books(ledger, row)
    return charge(books, row, run_date(ledger, row), currency)


def _computed(ledger: Ledger, row: Frame) -> Explanation:
    found = _fee(ledger, row)
    value = int(row.ints("computed")[0])
    rule = f"By the method alone, before minimum, cap and ceiling. {found.rule}"
    return Explanation(rule, Unit.MONEY, value, found.currency, see=found.see)


def _fee_books(ledger: Ledger, row: Frame) -> tuple[Ledger, str]:
    undone = str(row.text("reverses")[0])
    books = before(ledger, undone or str(row.text("batch")[0]))
    invoices = ledger.posted("Invoices")
    at = np.flatnonzero(invoices.text("invoice_no") == row.text("fee_invoice_no")[0])
    home = ledger.policy.settings.base_currency
    return books, str(invoices.text("currency")[at[0]]) if len(at) else home


def _fee_base(ledger: Ledger, row: Frame) -> Explanation | None:
    books, currency = _fee_books(ledger, row)
    value, as_of = int(row.ints("base")[0]), run_date(ledger, row)
    sign = -1 if row.text("reverses")[0] else 1
    late = overdue_under(books, as_of, str(row.text("fee_policy")[0]))
    late = late.take(np.flatnonzero(late.is_charged & (late.root == row.text("invoice_no")[0])))
    parts = base_parts(books, as_of, late, currency)
    rule = "Past due at the end of the period, less what is in dispute, promised or unapplied."
    if sign < 0:
        parts = tuple(Part(part.name, part.rows.negative()) for part in parts)
        rule += f" Negative, as batch {row.text('reverses')[0]} was undone."
    return Explanation(rule, Unit.MONEY, value, currency, parts)


def _fee_days(_: Ledger, row: Frame) -> Explanation:
    start, end = row.dates("from_date")[0], row.dates("to_date")[0]
    days = int((end - start).astype(np.int64))
    return Explanation(f"From the end of {start} to the end of {end}.", Unit.WHOLE, days)


def _seal(row: Frame) -> Explanation:
    wanted = int(seals_of(row_hashes(row))[0])
    rule = (
        "A check number over all that was posted in the row. It is what it should be as long as "
        "nobody edits the row; verify checks all of them."
    )
    return Explanation(rule, Unit.WHOLE, wanted)


def _adjusted(_: Ledger, row: Frame) -> Explanation:
    rule = "Posted, or Reversed once a later batch took it back. Kept up to date."
    return Explanation(rule, Unit.WORDS, words=str(row.text("status")[0]))


_SPECIAL: dict[tuple[str, str], Explain] = {
    ("Invoices", "amount"): of_documents.document_amount,
    ("Invoices", "due_date"): of_documents.due_date,
    ("Instalments", "amount"): of_documents.instalment_amount,
    ("Instalments", "due_date"): of_documents.instalment_due,
    ("Receipts", "amount"): of_documents.receipt_amount,
    ("Receipts", "unapplied"): of_documents.receipt_unapplied,
    ("Receipts", "status"): of_documents.receipt_status,
    ("Adjustments", "amount"): adjustment_amount,
    ("Adjustments", "status"): _adjusted,
    ("Applications", "amount"): of_applications.application_amount,
    ("Applications", "rule"): of_applications.application_amount,
    ("Applications", "reason"): of_applications.application_amount,
    ("Applications", "source_amount"): of_applications.application_source,
    ("Applications", "discount"): of_applications.application_discount,
    ("Applications", "discount_tax"): of_applications.application_discount_tax,
    ("Applications", "difference"): of_applications.application_difference,
    ("Fees", "base"): _fee_base,
    ("Fees", "days"): _fee_days,
    ("Fees", "computed"): _computed,
    ("Fees", "charged"): _fee,
    ("Journal", "debit"): _journal("debit"),
    ("Journal", "credit"): _journal("credit"),
    ("Journal", "base_debit"): _journal("base_debit"),
    ("Journal", "base_credit"): _journal("base_credit"),
    ("BankStatements", "closing"): of_bank.closing,
    ("BankStatements", "difference"): of_bank.difference,
    ("BankStatements", "status"): of_bank.status,
    ("BankLines", "amount"): of_bank.amount,
    ("Batches", "rows"): of_journal.batch_rows,
    ("Batches", "control_after"): of_journal.control_after,
}


def row_at(ledger: Ledger, cell: TableCell) -> tuple[Frame, bool] | None:
    """The row that a cell stands in, and whether it is a draft; None where it cannot be read."""
    for frame, is_draft in ((ledger.posted(cell.table), False), (ledger.draft(cell.table), True)):
        at = np.flatnonzero(frame.row == cell.row)
        if len(at):
            return frame.take(at), is_draft
    return None


def table_figure(ledger: Ledger, cell: TableCell) -> Explanation | None:
    """The rule behind a cell of a table; None where the row is blank or cannot be read."""
    table = BY_NAME[cell.table]
    found = row_at(ledger, cell)
    column = table.by_key.get(cell.column)
    if found is None or column is None:
        return None
    row, is_draft = found
    made = _explained(ledger, table, column, row, is_draft)
    sealed = table.posted and not is_draft and column.key != "seal"
    if sealed and int(row.ints("seal")[0]) != int(seals_of(row_hashes(row))[0]):
        return replace(made, see=(*made.see, _EDITED))
    return made


def _explained(
    ledger: Ledger, table: Table, column: Column, row: Frame, is_draft: bool
) -> Explanation:
    special = _SPECIAL.get((table.name, column.key))
    if special is not None and not is_draft:
        made = special(ledger, row)
        if made is not None and (made.unit is not Unit.WORDS or column.kind is not Kind.MONEY):
            return _as_cell(made, column, row)
    if special is of_documents.due_date and is_draft:
        return of_documents.due_date(ledger, row)
    return _plain(ledger, table, column, row, is_draft)


def _as_cell(made: Explanation, column: Column, row: Frame) -> Explanation:
    """An explanation of a row's words as that of one of its cells of text."""
    if column.kind is not Kind.TEXT or made.unit is Unit.WORDS:
        return made
    words = str(row.text(column.key)[0])
    return Explanation(made.rule, Unit.WORDS, words=words, see=made.see)


def _plain(ledger: Ledger, table: Table, column: Column, row: Frame, is_draft: bool) -> Explanation:
    """A cell that nothing stands behind: what it is for, who filled it in, how it was posted."""
    ours = column.filler is Filler.PRODUCT or (table.role is Role.PRODUCT and not table.posted)
    who = "ar_xl filled it in" if ours else "Typed, pasted or imported"
    rule = f"{column.note} {who}".strip()
    see = []
    if is_draft:
        rule += ". The row is a draft: it counts nowhere until a command posts it."
    elif table.posted:
        rule += f"; {_posting(ledger, str(row.text('batch')[0]))}."
        if row.text("reverses")[0]:
            see.append(f"The row takes back a row of batch {row.text('reverses')[0]}.")
    else:
        rule += "."
    if column.key == "seal" and not is_draft:
        return _seal(row)
    return Explanation(rule, Unit.WORDS, see=tuple(see))


def _posting(ledger: Ledger, batch: str) -> str:
    batches = ledger.posted("Batches")
    at = np.flatnonzero(batches.text("batch") == batch)
    if not len(at):
        return f"posted with batch {batch}, which is not on the Batches sheet"
    when = str(batches.text("posted_at_utc")[at[0]]).replace("T", " ").rstrip("Z")
    who, what = batches.text("user")[at[0]], batches.text("command")[at[0]]
    return f"posted with batch {batch} ({what}) on {when} UTC by {who}"
