"""Bank accounts: what each is called, its currency, and its account in the general ledger."""

from __future__ import annotations

import difflib

import numpy as np

from ar_xl.core.arrays import BoolArray, TextArray, codes_of, filled, positions, text_array
from ar_xl.core.findings import Exit, Refusal, Severity, code
from ar_xl.core.ledger import Ledger

ACCOUNT_UNKNOWN = code(
    "bank_account_unknown",
    Severity.ERROR,
    "an account that stands on the BankAccounts sheet",
    "Give its name as that sheet has it, or add a row for it there.",
    Exit.WRONG_CALL,
)
ACCOUNT_OPEN = code(
    "bank_account_open",
    Severity.ERROR,
    "one bank account",
    "Say which: give its name as the BankAccounts sheet has it.",
    Exit.WRONG_CALL,
)


def account_key(account: str) -> str:
    """An account's name without blanks and case: `DE12 3456` is `DE123456`."""
    return "".join(account.split()).casefold()


def account_keys(accounts: TextArray) -> TextArray:
    """`account_key` of each."""
    (codes,), names = codes_of(accounts)
    keys = text_array(account_key(str(name)) for name in names.tolist())
    return np.asarray(keys[codes], dtype=object)


def gl_accounts(ledger: Ledger, accounts: TextArray) -> TextArray:
    """The general-ledger account of each bank account; GL Cash where it has none of its own."""
    known = ledger.posted("BankAccounts")
    named = known.text("gl_account").copy()
    named[named == ""] = ledger.policy.settings.gl_cash
    at = positions(account_keys(known.text("account")), account_keys(accounts))
    out = filled(len(accounts), ledger.policy.settings.gl_cash)
    out[at >= 0] = named[at[at >= 0]]
    return out


def came_through_bank(ledger: Ledger, receipt_numbers: TextArray) -> tuple[BoolArray, TextArray]:
    """Which receipts were made from a bank line, and the general-ledger account of its account.

    Args:
        ledger: its BankLines; a receipt that was made from one has its Line ID as number.
        receipt_numbers: of the receipts.
    """
    lines = ledger.posted("BankLines")
    at = positions(lines.text("line_id"), receipt_numbers)
    through = np.asarray(at >= 0, dtype=np.bool_)
    accounts = filled(len(at), "")
    accounts[through] = lines.text("account")[at[through]]
    return through, gl_accounts(ledger, accounts)


def the_account(ledger: Ledger, asked: str) -> str:
    """The bank account that is meant, as the BankAccounts sheet writes it.

    Args:
        ledger: its BankAccounts, and accounts that bank lines name.
        asked: the name that was given; "" takes the only one there is, and "" where there is
            none at all.

    Raises:
        Refusal: it is not known, or none was given and there are several.
    """
    named = [ledger.posted(name).text("account") for name in ("BankAccounts", "BankLines")]
    by_key: dict[str, str] = {}
    for account in (str(each) for accounts in named for each in accounts.tolist() if each):
        by_key.setdefault(account_key(account), account)
    known = list(by_key.values())
    if not asked.strip():
        if len(known) > 1:
            raise Refusal(
                ACCOUNT_OPEN, f"There are {len(known)} bank accounts: {', '.join(known)}."
            )
        return known[0] if known else ""
    if account_key(asked) in by_key:
        return by_key[account_key(asked)]
    near = difflib.get_close_matches(account_key(asked), list(by_key), n=1)
    hint = f" Did you mean `{by_key[near[0]]}`?" if near else ""
    if not known:
        hint = " The BankAccounts sheet is empty."
    raise Refusal(ACCOUNT_UNKNOWN, f"There is no bank account `{asked.strip()[:60]}`.{hint}")


def currency_of(ledger: Ledger, account: str) -> str:
    """The currency of an account, "" where its row names none."""
    known = ledger.posted("BankAccounts")
    at = np.flatnonzero(account_keys(known.text("account")) == account_key(account))
    return str(known.text("currency")[at[0]]) if len(at) else ""
