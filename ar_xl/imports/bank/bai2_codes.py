"""Type codes of BAI2: which side a line is on, and what it is.

Source: BAI/ANSI X9.121, "Cash Management Balance Reporting Specifications, Version 2", appendix A
(uniform codes): 100-399 credits, 400-699 debits, 900-919 status, 920-959 credits, 960-999 debits.
"""

from __future__ import annotations

OPENING_LEDGER, CLOSING_LEDGER = "010", "015"

_FEES = frozenset(("398", "524", "564", "567", "661", "698"))
_RETURNS = frozenset(
    ("123", "168", "255", "257", "261", "266", "268", "423", "468", "555", "557", "561", "566",
     "568")
)  # fmt: skip
_REVERSALS = frozenset(("252", "254", "258", "395", "552", "554", "558", "694"))
# Money of our own, of securities or of interest: no customer paid it.
_OTHER = frozenset(
    ("135", "145", "146", "184", "201", "202", "224", "226", "263", "270", "271", "275", "276",
     "277", "278", "281", "286", "306", "354", "357", "358", "359", "397")
) | frozenset(str(code) for code in range(230, 250))  # fmt: skip
# What banks write into debits for which they have no code of their own.
_SAYS_FEE = ("SERVICE CH", "SERVICE FEE", "CHQ SERVICE", "CHECK CHARGE", "BANK FEE", "ANALYSIS FEE")
_SAYS_RETURN = ("RETURNED CH", "RETURNED IT", "RETURN ITEM", "RTN-", "RTD CH", "NSF ", "CHARGEBACK")


def sign_of(code: str) -> str:
    """`+` for a credit, `-` for a debit, "" where the code says neither, as 890 and 9xx status.

    Args:
        code: three digits.
    """
    if not (len(code) == 3 and code.isdigit()):
        return ""
    number = int(code)
    if 100 <= number <= 399 or 920 <= number <= 959:
        return "+"
    return "-" if 400 <= number <= 699 or 960 <= number <= 999 else ""


def kind_of(code: str, text: str) -> str:
    """The kind of a bank line.

    Args:
        code: three digits.
        text: what the bank wrote; it tells fees and returns among debits of no code of their own.
    """
    if code in _FEES:
        return "Fee"
    if code in _RETURNS:
        return "Return"
    if code in _REVERSALS:
        return "Reversal"
    if sign_of(code) == "+":
        return "Other" if code in _OTHER else "Payment"
    upper = text.upper()
    if any(word in upper for word in _SAYS_FEE):
        return "Fee"
    return "Return" if any(word in upper for word in _SAYS_RETURN) else "Other"
