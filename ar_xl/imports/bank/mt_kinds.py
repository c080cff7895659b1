"""What a line of MT940 is, by its transaction type and business code.

Sources: SWIFT Standards MT, field 61 subfield 6 (identification codes); Deutsche Kreditwirtschaft,
DFÜ-Abkommen annex 3, appendix 1 (Geschäftsvorfallcodes).
"""

from __future__ import annotations

_FEES = frozenset(("CHG", "COM", "BRF", "BNK", "KST"))
_RETURNS = frozenset(("RTI",))
# Interest, securities, own transfers and the like: money, but of no customer.
_OTHER = frozenset(
    ("INT", "DIV", "CMS", "CMT", "CMZ", "CMN", "CMP", "SWP", "SEC", "FEX", "LDP", "TAX", "CPN",
     "MAT", "PRN", "SUB", "UWC", "VDA", "WAR", "RED", "PCH", "POP", "SLE", "STP", "TCK", "OPT")
)  # fmt: skip
_FEE_CODES = frozenset(
    ("801", "802", "803", "804", "805", "806", "807", "808", "809", "810", "811")
)
_RETURN_CODES = frozenset(("009", "059", "108", "109", "159", "181", "182", "183", "184"))
_REVERSAL_CODES = frozenset(("899",))
_OTHER_CODES = frozenset(
    ("812", "813", "814", "815", "816", "817", "820", "823", "833", "834", "888")
)


def kind_of(type_: str, code: str, credit: bool, reversal: bool, returned: bool) -> str:
    """The kind of a bank line.

    Args:
        type_: of field 61, `NTRF` or `N166`.
        code: the business code in front of field 86.
        credit: whether the account gained.
        reversal: whether the mark of field 61 says so.
        returned: whether field 86 says so.
    """
    letters = type_[1:]
    code = letters if letters.isdigit() else code
    if reversal or code in _REVERSAL_CODES:
        return "Reversal"
    if returned or letters in _RETURNS or code in _RETURN_CODES:
        return "Return"
    if letters in _FEES or code in _FEE_CODES:
        return "Fee"
    if not credit or letters in _OTHER or code in _OTHER_CODES:
        return "Other"
    return "Payment"
