"""Match: who paid what, as proposals on the Match sheet."""

from __future__ import annotations

from dataclasses import replace

from ar_xl.app.answer import counted, it_or_them
from ar_xl.app.commands.bank import insist_on_bank_lines
from ar_xl.app.desk import NOT_FOR_POSTING, Desk
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.ledger import Change
from ar_xl.ops.banking.states import line_changes
from ar_xl.ops.banking.three_way import three_way
from ar_xl.ops.banking.ties import kept_ties
from ar_xl.ops.matching.post_matches import as_if_posted
from ar_xl.ops.matching.sheet import Matched, match
from ar_xl.ops.matching.unfit import unfit

ACCOUNT_UNKNOWN = code(
    "no_bank_line_of_account",
    Severity.ERROR,
    "an account that stands on the Bank sheet",
    "Write the account as the Bank sheet has it, or leave it out for all accounts.",
    Exit.WRONG_CALL,
)


def match_command(desk: Desk) -> None:
    """Propose what every open bank line and draft receipt pays; nothing is posted."""
    desk.insist_on_posted_rows(NOT_FOR_POSTING - {"Matches", "BankLines"})
    insist_on_bank_lines(desk)
    account = _account(desk)
    desk.progress("Looking at what is decided")
    ledger, said = as_if_posted(desk.ledger, desk.request)
    remarks, wrong = unfit(desk.ledger, said)
    if not remarks.is_empty:
        desk.draft(remarks)
        ledger, _ = as_if_posted(desk.ledger, desk.request)
    slips = three_way(ledger, desk.request.as_of).ties  # no customer is asked about these
    ledger = ledger.after(Change(derived=kept_ties(ledger, slips)))
    desk.progress("Matching")

    def progress(done: int, of: int) -> None:
        if done and done < of:
            desk.progress(f"Matched {done:,} of {of:,} lines")

    found = match(ledger, desk.request.as_of, account, progress)
    desk.add_totals(found.totals)
    after = desk.ledger.after(found.change)
    desk.draft(replace(found.change, derived=line_changes(after)))
    _say(desk, found)
    if wrong:
        desk.said.append(
            f"{counted(wrong, 'accepted row')} with documents that do not fit any more: taken back "
            "where Match had accepted by itself, else named in Why."
        )
    if slips:
        desk.said.append(
            f"{counted(len(slips), 'bank line')} brought deposit slips and no proposal: Reconcile "
            "keeps that."
        )


def _account(desk: Desk) -> str:
    wanted = str(desk.params["account"] or "").strip()
    if not wanted:
        return ""
    known = set(desk.ledger.posted("BankLines").text("account").tolist())
    plain: dict[str, str] = {"".join(each.split()).casefold(): each for each in known}
    found = plain.get("".join(wanted.split()).casefold())
    if found is None:
        shown = ", ".join(sorted(known)[:10]) or "none"
        raise Refusal(ACCOUNT_UNKNOWN, f"No bank line is of account {wanted}; there are: {shown}.")
    return found


def _say(desk: Desk, found: Matched) -> None:
    if not found.lines:
        desk.said.append(
            "Nothing to match: no open bank line, no draft receipt without remittance."
        )
    else:
        rules = ", ".join(f"{name} {count:,}" for name, count in found.rules.items())
        desk.said.append(f"{counted(found.lines, 'line')} looked at: {rules}.")
    if found.left:
        desk.said.append(
            f"{counted(found.left, 'row')} decided before and not posted yet, left unchanged: "
            f"Post Payments posts {it_or_them(found.left)}."
        )
    if found.waiting:
        desk.said.append(
            f"{counted(found.waiting, 'bank line')} of statements that are not final: not matched."
        )
    if found.lines:
        desk.said.append(
            "Choose Accept, Change or Reject on the Match sheet; Post Payments posts what is "
            "accepted."
        )
