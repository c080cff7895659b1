"""What can be wrong with a bank's table or a settlement: codes beside those of all imports."""

from __future__ import annotations

from ar_xl.core.findings import Severity, code

NET_DIFFERS = code(
    "bank_net_differs", Severity.ERROR,
    "gross less fee is net, to the cent",
    "Export the settlement again. The row was not taken; nothing was rounded.",
)  # fmt: skip
BOTH_SIDES = code(
    "bank_row_on_both_sides", Severity.ERROR,
    "an amount either in the debit or in the credit column",
    "Correct the row in the file, or ask the bank which side it is on.",
)  # fmt: skip
SIDE_UNKNOWN = code(
    "bank_side_unreadable", Severity.ERROR,
    "a word for debit or credit, such as D, C, DR, CR, Soll, Haben",
    "Correct the cell in the file.",
)  # fmt: skip
BALANCE_BREAKS = code(
    "bank_balance_breaks", Severity.WARNING,
    "each balance to be the one before plus the amount of its row",
    "Look whether rows are missing or were changed; export the statement again.",
)  # fmt: skip
