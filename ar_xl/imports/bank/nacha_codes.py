"""Why ACH entries come back, what a bank wants changed, and what to do about either.

Source: Nacha Operating Rules & Guidelines 2024, appendix four (return entries, reason codes) and
appendix five (notifications of change); subsection 2.13.4 (an entry returned for insufficient or
uncollected funds may be presented twice again within 180 days), 2.12.1 (changes within six banking
days or before the next entry). Titles are shortened.
"""

from __future__ import annotations

from dataclasses import dataclass

_AGAIN = "It may be debited again, twice at most and within 180 days."
_STOP = "Stop automatic debits to this account and ask the customer for other bank details."
_NOT_ALLOWED = "Stop automatic debits: the customer denies the authorization. Call the customer."
_DECEASED = "Stop automatic debits and speak with whoever looks after the account."
_FROZEN = "Stop automatic debits and ask your bank what froze the account."
_OURS = "The entry was wrong: correct it and send it again."
_LOOK = "Ask your bank what happened."
_CREDIT = "Ask the customer how the money is to be paid."
_BANKS = "The banks differ about a return that was told before: look at the bank statement."

_RETURNS = (
    ("R01", "Insufficient funds", _AGAIN), ("R02", "Account closed", _STOP),
    ("R03", "No account, or the account cannot be found", _STOP),
    ("R04", "Invalid account number", _STOP),
    ("R05", "Unauthorized debit to a consumer account", _NOT_ALLOWED),
    ("R06", "Returned at the request of the sending bank", _LOOK),
    ("R07", "Authorization revoked by the customer", _NOT_ALLOWED),
    ("R08", "Payment stopped", _NOT_ALLOWED), ("R09", "Uncollected funds", _AGAIN),
    ("R10", "Customer says that the debit was not authorized", _NOT_ALLOWED),
    ("R11", "Customer says that the debit is not as authorized", _NOT_ALLOWED),
    ("R12", "Account sold to another bank", _STOP), ("R13", "Invalid routing number", _STOP),
    ("R14", "Representative payee deceased or unable to continue", _DECEASED),
    ("R15", "Account holder deceased", _DECEASED), ("R16", "Account frozen", _FROZEN),
    ("R17", "Entry fails the bank's checks", _OURS), ("R18", "Improper effective date", _OURS),
    ("R19", "Amount field in error", _OURS), ("R20", "Account does not allow ACH entries", _STOP),
    ("R21", "Invalid company identification", _OURS), ("R22", "Invalid individual ID", _OURS),
    ("R23", "Credit refused by the receiver", _CREDIT), ("R24", "Duplicate entry", _LOOK),
    ("R25", "Addenda in error", _OURS), ("R26", "Mandatory field in error", _OURS),
    ("R27", "Trace number in error", _OURS), ("R28", "Routing number check digit wrong", _STOP),
    ("R29", "Company says that the debit was not authorized", _NOT_ALLOWED),
    ("R30", "Bank takes no truncated checks", _OURS),
    ("R31", "Permissible return of a corporate entry", _LOOK),
    ("R32", "Bank cannot settle", _LOOK), ("R33", "Return of a destroyed-check entry", _LOOK),
    ("R34", "Bank takes part in a limited way only", _STOP),
    ("R35", "Return of an improper debit", _OURS), ("R36", "Return of an improper credit", _OURS),
    ("R37", "Source document was presented for payment", _LOOK),
    ("R38", "Stop payment on the source document", _NOT_ALLOWED),
    ("R39", "Improper source document", _OURS), ("R40", "Enrollment returned by an agency", _LOOK),
    ("R41", "Invalid transaction code", _OURS), ("R42", "Routing number in error", _STOP),
    ("R43", "Invalid account number", _STOP), ("R44", "Invalid individual ID number", _OURS),
    ("R45", "Invalid individual or company name", _OURS),
    ("R46", "Invalid representative payee indicator", _OURS),
    ("R47", "Duplicate enrollment", _LOOK),
    ("R50", "State law affects re-presented checks", _LOOK),
    ("R51", "Re-presented check is not eligible", _LOOK),
    ("R52", "Stop payment on the re-presented check", _NOT_ALLOWED),
    ("R53", "Check and its re-presentment were both presented", _LOOK),
    ("R61", "Misrouted return", _BANKS), ("R62", "Erroneous or reversing debit", _BANKS),
    ("R67", "Duplicate return", _BANKS), ("R68", "Untimely return", _BANKS),
    ("R69", "Fields in error", _BANKS), ("R70", "Permissible return not accepted", _BANKS),
    ("R71", "Misrouted dishonored return", _BANKS), ("R72", "Untimely dishonored return", _BANKS),
    ("R73", "Timely original return", _BANKS), ("R74", "Corrected return", _BANKS),
    ("R75", "Return is not a duplicate", _BANKS), ("R76", "No errors found", _BANKS),
    ("R77", "Dishonored return R62 not accepted", _BANKS),
    ("R80", "International entry coded wrongly", _OURS),
    ("R81", "Bank takes no international entries", _STOP),
    ("R82", "Invalid foreign bank", _STOP), ("R83", "Foreign bank cannot settle", _LOOK),
    ("R84", "Entry not processed by the gateway", _LOOK),
    ("R85", "Outbound international payment coded wrongly", _OURS),
)  # fmt: skip

_CHANGES = (
    ("C01", "Account number changed"), ("C02", "Routing number changed"),
    ("C03", "Routing and account number changed"), ("C04", "Name changed"),
    ("C05", "Kind of account changed"), ("C06", "Account number and kind of account changed"),
    ("C07", "Routing number, account number and kind of account changed"),
    ("C08", "Foreign bank changed"), ("C09", "Individual ID changed"),
    ("C10", "Company name changed"), ("C11", "Company identification changed"),
    ("C12", "Company name and identification changed"), ("C13", "Addenda format in error"),
    ("C14", "Outbound international payment has the wrong class"),
    ("C61", "Notification refused: misrouted"), ("C62", "Notification refused: trace number"),
    ("C63", "Notification refused: company identification"),
    ("C64", "Notification refused: individual ID"),
    ("C65", "Notification refused: corrected data"),
    ("C66", "Notification refused: discretionary data"),
    ("C67", "Notification refused: routing number"),
    ("C68", "Notification refused: account number"),
    ("C69", "Notification refused: transaction code"),
)  # fmt: skip
CHANGE_IT = (
    "Ask the customer whether it is right, then change it before the next debit; the rules give "
    "six banking days."
)


@dataclass(frozen=True)
class Reason:
    """One code.

    Args:
        title: what it says, in a few words.
        action: what to do, one or two sentences.
    """

    title: str
    action: str


REASONS: dict[str, Reason] = {code: Reason(title, action) for code, title, action in _RETURNS} | {
    code: Reason(title, CHANGE_IT if code < "C60" else _LOOK) for code, title in _CHANGES
}
# Codes after which the account must not be debited again as it is.
STOPS_AUTOPAY = frozenset(
    code for code, reason in REASONS.items()
    if reason.action in (_STOP, _NOT_ALLOWED, _DECEASED, _FROZEN)
)  # fmt: skip


def reason_of(code: str) -> Reason:
    """What a code says; one that the tables do not have says that."""
    return REASONS.get(code, Reason("Code that the ACH rules do not have", _LOOK))


def is_about_banks(code: str) -> bool:
    """Whether a return is disputed between banks (R61 to R77), so that nothing bounces by it."""
    return reason_of(code).action == _BANKS
