"""Money on its way to the bank and on the bank: deposit slips, reconciliation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from ar_xl.app.answer import counted
from ar_xl.app.desk import Desk
from ar_xl.app.sheets.deposit_sheet import deposit_report
from ar_xl.app.sheets.reconcile_sheet import reconciliation_report
from ar_xl.core.dates import as_date
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.ops.banking.accounts import account_key, account_keys, the_account
from ar_xl.ops.banking.deposit import Asked, deposit
from ar_xl.ops.banking.line_ids import changed_lines
from ar_xl.ops.banking.links import direct_ties, transfers
from ar_xl.ops.banking.overdue import overdue_findings
from ar_xl.ops.banking.reconcile import reconcile
from ar_xl.ops.banking.side import NOT_FINAL, Accounts, accounts_with, balance_findings
from ar_xl.ops.banking.three_way import Proposal, Tie, three_way
from ar_xl.ops.banking.ties import (
    asked_ties,
    fees_found,
    kept_ties,
    reconciled,
    tie_changes,
    typed_ties,
)

STATEMENT_UNKNOWN = code(
    "statement_unknown",
    Severity.ERROR,
    "a Statement ID of the BankStatements sheet",
    "Look the statement up on the BankStatements sheet.",
    Exit.WRONG_CALL,
)


def deposit_command(desk: Desk) -> None:
    """Put cash, checks and cards that wait on slips; makes a Deposit sheet to print."""
    desk.insist_on_posted_rows()
    insist_on_bank_lines(desk)
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


def reconcile_command(desk: Desk) -> None:
    """Tie slips to the bank, book fees that were found, and reconcile; makes a sheet that ties."""
    desk.insist_on_posted_rows()
    insist_on_bank_lines(desk)
    account = _account_and_date(desk)
    desk.progress("Looking for deposits on the bank")
    proposals = tie_deposits(desk)
    accounts = accounts_with(desk.ledger, account)
    desk.progress("Reconciling")
    linked = transfers(desk.ledger, desk.request.as_of)
    desk.mark(reconciled(desk.ledger, linked))
    more = direct_ties(desk.ledger, accounts, desk.request.as_of)
    desk.mark(reconciled(desk.ledger, more))
    found = reconcile(desk.ledger, accounts, desk.request.as_of)
    assert found.ties, f"bank and books differ by {found.book - found.explained} without a name"
    if len(linked) + len(more):
        desk.said.append(
            f"Linked to what is booked already or to each other: "
            f"{counted(len(linked) + len(more), 'bank line')}; see Matched To on the Bank sheet."
        )
    for balance in found.balances:
        desk.note(balance_findings(balance, accounts.currency))
    bank = {accounts.currency: found.bank}
    if found.is_proved:
        desk.add_totals({"per bank": bank})
    else:
        desk.said.append("The statement closing is not given: the bank's side is not proved.")
    desk.add_totals({"per books": {accounts.currency: found.book}})
    desk.note(overdue_findings(desk.ledger, desk.request.as_of, accounts))
    mine = [each for each in proposals if _is_of(desk, accounts, each)]
    desk.reports.append(reconciliation_report(desk.ledger, desk.request, found, mine))


def insist_on_bank_lines(desk: Desk) -> None:
    """Refuse while a line of the Bank sheet is not as its file brought it: it may be posted twice.

    Raises:
        Refusal: naming how many lines were changed or copied.
    """
    wrong, refusal = changed_lines(desk.ledger)
    desk.note(wrong)
    if refusal is not None:
        raise refusal


def _account_and_date(desk: Desk) -> str:
    """The account that is meant; the as-of date becomes that of its statement."""
    statements = desk.ledger.posted("BankStatements")
    wanted = str(desk.params["statement"] or "").strip()
    if wanted:
        at = np.flatnonzero(statements.text("statement_id") == wanted)
        if not len(at):
            raise Refusal(STATEMENT_UNKNOWN, f"There is no statement `{wanted[:60]}`.")
        _set_date(desk, as_date(statements.dates("to_date")[at[0]]))
        return str(statements.text("account")[at[0]])
    account = the_account(desk.ledger, str(desk.params["account"] or ""))
    if not desk.request.as_of_given:
        mine = account_keys(statements.text("account")) == account_key(account)
        mine &= (statements.text("status") != NOT_FINAL) & ~np.isnat(statements.dates("to_date"))
        if mine.any():
            _set_date(desk, as_date(statements.dates("to_date")[mine].max()))
    return account


def _set_date(desk: Desk, on: date) -> None:
    desk.request = replace(desk.request, as_of=on)
    desk.said.append(f"Reconciled to the statement's last day, {on}.")


def tie_deposits(desk: Desk) -> tuple[Proposal, ...]:
    """Tie deposit slips to the bank lines they arrived with; fees that show are posted.

    Args:
        desk: the command at work.

    Returns:
        Slips and lines that a person has to decide on.
    """
    desk.mark(tie_changes(desk.ledger))
    asked = [
        (slip.strip().upper(), line.strip())
        for slip, _, line in (str(pair).partition("=") for pair in desk.params["match"] or ())
    ]
    given, wrong = asked_ties(desk.ledger, asked) if asked else typed_ties(desk.ledger)
    if asked and wrong:
        raise Refusal(wrong[0].code, f"{wrong[0].row_id}: {wrong[0].seen}.")
    desk.note(wrong)
    _keep(desk, given)
    found = three_way(desk.ledger, desk.request.as_of)
    _keep(desk, list(found.ties))
    return found.proposals


def _keep(desk: Desk, ties: list[Tie]) -> None:
    if not ties:
        return
    desk.post(fees_found(desk.ledger, desk.request, ties), "reconcile")
    desk.mark(kept_ties(desk.ledger, ties))
    shown = [f"{' and '.join(tie.slips)} came with {tie.line}, {tie.why}" for tie in ties[:10]]
    more = f" and {len(ties) - 10} more" if len(ties) > 10 else ""
    desk.said.append(f"{'; '.join(shown)}{more}.")


def _is_of(desk: Desk, accounts: Accounts, proposal: Proposal) -> bool:
    lines = desk.ledger.posted("BankLines")
    at = np.flatnonzero(lines.text("line_id") == proposal.line)
    mine = accounts.has(lines.text("account")[at]) & (
        lines.text("currency")[at] == accounts.currency
    )
    return bool(mine.any())
