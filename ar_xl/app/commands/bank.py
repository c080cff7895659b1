"""Money on its way to the bank and on the bank: deposit slips, reconciliation."""

from __future__ import annotations

from ar_xl.app.answer import counted
from ar_xl.app.desk import Desk
from ar_xl.app.sheets.deposit_sheet import deposit_report
from ar_xl.ops.deposit import Asked, deposit


def deposit_command(desk: Desk) -> None:
    """Put cash, checks and cards that wait on slips; makes a Deposit sheet to print."""
    desk.insist_on_posted_rows()
    given = {name: str(value or "") for name, value in desk.params.items()}
    asked = Asked(
        account=given["bank_account"],
        method=given["method"].replace("All", ""),
        receipts=tuple(part.strip() for part in given["receipts"].split(",") if part.strip()),
        fee=given["fee"],
        expect_count=given["expect_count"],
        expect_total=given["expect_total"],
    )
    change = deposit(desk.ledger, desk.request, asked)
    desk.post(change, "deposit")
    if not desk.batches:
        what = f"{asked.method.lower()} receipts" if asked.method else "cash, checks or cards"
        desk.said.append(f"Nothing to do: no {what} wait to be deposited.")
        return
    slips = change.appends["Deposits"]
    desk.said.append(f"{counted(len(slips), 'slip')}: {', '.join(slips.text('deposit_no'))}.")
    desk.reports.append(deposit_report(desk.ledger, desk.request, desk.batches[-1]))
