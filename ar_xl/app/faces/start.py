"""The buttons that begin: a new workbook, and one that is there."""

from __future__ import annotations

from ar_xl.app.questions import Face, Kind, Needs, Question

_WORKBOOK = "Excel workbook (*.xlsx),*.xlsx"
_COMPANY = Question("company", "Your company's name, as it should stand on reports:")
_CURRENCY = Question(
    "currency", "The currency you keep your books in (three letters, such as USD):", text="USD"
)

START_FACES: tuple[Face, ...] = (
    Face(
        "New Workbook", "N", "Start a new receivables workbook",
        "Makes a blank workbook with every sheet you need, and opens it. Asks for your company's "
        "name, its currency, and where to save it.",
        needs=Needs.NONE, command="new", group="Start", icon="FileNew",
        questions=(
            _COMPANY,
            _CURRENCY,
            Question("book", "Save the new workbook as", Kind.SAVE, text="Receivables.xlsx",
                     filter=_WORKBOOK, required=True),
        ),
    ),
    Face(
        "Use This Workbook", "W", "Add receivables to the workbook you have open",
        "Adds the receivables sheets (customers, invoices, receipts, settings and so on). What is "
        "in the workbook already stays as it is. Shows what would be added, and asks first.",
        needs=Needs.ANY, command="adopt", group="Start", icon="SheetInsert",
        questions=(_COMPANY, _CURRENCY), confirm="Add these sheets?",
    ),
)  # fmt: skip
