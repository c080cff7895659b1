"""Returned entries (addenda 99) and notifications of change (addenda 98) of ACH files."""

from __future__ import annotations

from ar_xl.imports.bank.mt_details import single
from ar_xl.imports.bank.nacha_codes import is_about_banks, reason_of
from ar_xl.imports.bank.nacha_controls import cents_of, is_credit, money
from ar_xl.imports.bank.nacha_records import Batch, Entry
from ar_xl.imports.bank.parts import Return

# Where the corrected data of a code stand: what it is, first and last column of 29.
_CORRECTED: dict[str, tuple[tuple[str, int, int], ...]] = {
    "C01": (("account", 0, 17),), "C02": (("routing number", 0, 9),),
    "C03": (("routing number", 0, 9), ("account", 12, 29)), "C04": (("name", 0, 22),),
    "C05": (("transaction code", 0, 2),), "C06": (("account", 0, 17), ("transaction code", 20, 22)),
    "C07": (("routing number", 0, 9), ("account", 9, 26), ("transaction code", 26, 28)),
    "C09": (("individual ID", 0, 22),), "C10": (("company name", 0, 16),),
    "C11": (("company identification", 0, 10),),
}  # fmt: skip


def return_of(entry: Entry, batch: Batch, day: str) -> Return:
    """A returned entry or a notification of change.

    Args:
        entry: with an addendum 99 or 98.
        batch: it stands in.
        day: ISO date it takes effect; "" where the file tells none.
    """
    back = entry.addendum("99")
    addendum = back or entry.addendum("98")
    code = addendum[3:6].strip()
    reason = reason_of(code)
    line = entry.line
    # A batch header may be missing; addenda 10 to 16 come with international entries only.
    international = batch.kind == "IAT" or bool(entry.addendum("10"))
    name = entry.addendum("10")[46:81] if international else line[54:76]
    account = line[39:74] if international else line[12:29]
    cents = cents_of(entry, batch)
    moves = bool(back) and cents != 0 and not is_about_banks(code)
    bad = "" if cents is not None else f"the amount `{line[29:39]}` cannot be read"
    if not code:
        bad = "the addendum has no reason code"
    return Return(
        code=code, reason=reason.title, date=day, amount=money(cents or 0), payer=single(name),
        payer_id="" if international else single(line[39:54]), trace=addendum[6:21].strip(),
        note=reason.action if back else f"{_change(code, addendum[35:64])}. {reason.action}",
        account=masked(account.replace(" ", "")), sent=is_credit(line[1:3]), moves_money=moves,
        place=f"line {entry.number}", bad=bad,
    )  # fmt: skip


def _change(code: str, data: str) -> str:
    """What the bank says that is right, numbers masked."""
    parts = [
        (name, data[first:last].strip()) for name, first, last in _CORRECTED.get(code, ())
    ] or [("corrected data", data.strip())]
    told = [f"{name} {_shown(name, value)}" for name, value in parts if value]
    return f"The bank says: {', '.join(told) or 'nothing more'}"


def _shown(name: str, value: str) -> str:
    plain = ("name", "company name", "transaction code")
    return value if name in plain else masked(value)


def masked(number: str) -> str:
    """A number of which only the last four digits are shown."""
    return f"…{number[-4:]}" if len(number) > 4 else number
