"""Records 03 and 16 of BAI2, taken apart: balances of an account, and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ar_xl.imports.bank.bai2_records import Record
from ar_xl.imports.bank.mt_details import NOTHING, single

_AMOUNT = re.compile(r"[-+]?\d{1,18}")
_CODE = re.compile(r"\d{3}")
_REFERENCE = re.compile(r"[A-Za-z0-9_./-]{0,40}")
_KEYED = re.compile(r"\s*([A-Z]{2,4}\d?|REMI|EREF) ?[:=] ?(.*)")
_LABEL = (
    r"(?=\s{2,}|\s+(?:ORIG|DESC|CO ENTRY|SEC|TRACE|EED|IND|OGB|OBI|REF|BBI|BNF|BENE|PMT|ADDR|SSN|"
    r"IMAD|TRN|ID|AC)\b[A-Z /#]{0,15}[:=]|;|$)"
)
_PAYERS = re.compile(
    r"(?:ORIG CO NAME|ORIGINATOR(?: NAME)?|B/O CUSTOMER|BY ORDER OF|ORIG NAME|REMITTER|ORG)"
    rf" ?[:=] ?(?:\d+/)?(.+?){_LABEL}"
)
_PAYEES = re.compile(rf"(?:BENEFICIARY(?: NAME)?|BNF|BENE) ?[:=] ?(.+?){_LABEL}")


class Entry(NamedTuple):
    """Record 16.

    Args:
        code: type code, three digits.
        amount: minor units as they are written; None where they cannot be read.
        written: the amount as it is written.
        bank_reference, reference: of the bank, of the customer.
        texts: the text, one for each physical record.
    """

    code: str
    amount: int | None
    written: str
    bank_reference: str
    reference: str
    texts: list[str]


def amount_of(text: str) -> int | None:
    """Minor units; None where it is no whole number."""
    return int(text) if _AMOUNT.fullmatch(text) else None


def entry_of(record: Record) -> Entry:
    """Take record 16 apart; fields that are not there are ""."""
    tokens = record.body.split(",")
    more = list(record.more)
    needed = 5 + _width(tokens, 2)
    while len(tokens) < needed and more and _are_fields(more[0]):
        tokens += more.pop(0).split(",")
        needed = 5 + _width(tokens, 2)
    text = ",".join(tokens[needed:])
    tokens += [""] * (needed - len(tokens))
    code, written = tokens[0].strip(), tokens[1].strip()
    return Entry(
        code, amount_of(written), written, tokens[needed - 2].strip(), tokens[needed - 1].strip(),
        [each for each in (text, *more) if each],
    )  # fmt: skip


def _width(tokens: Sequence[str], at: int) -> int:
    """How many fields a funds type takes with it: V date and time, S three amounts, D a list."""
    kind = tokens[at].strip() if len(tokens) > at else ""
    if kind == "V":
        return 2
    if kind == "S":
        return 3
    if kind == "D":
        count = tokens[at + 1].strip() if len(tokens) > at + 1 else ""
        return 1 + 2 * int(count) if count.isdigit() and len(count) < 4 else 1
    return 0


def _are_fields(text: str) -> bool:
    """Whether a continuation goes on with references, and not with words."""
    return bool(_REFERENCE.fullmatch(text.split(",")[0].strip()))


def balances_of(record: Record) -> Iterator[tuple[str, str]]:
    """Type code and amount of every balance and sum of record 03 and its continuations.

    A continuation may begin between a code and its amount; where the last fields of a sum are left
    out instead, it begins with the next code.
    """
    tokens = record.fields()[2:]
    starts = set()
    for body in record.more:
        starts.add(len(tokens))
        tokens += [each.strip() for each in body.split(",")]
    at = 0
    while at < len(tokens):
        code = tokens[at]
        if not _CODE.fullmatch(code):
            at += 1
            continue
        at += 1
        if at < len(tokens):
            if tokens[at]:
                yield code, tokens[at]
            at += 1
        for _ in ("item count", "funds type"):
            if at in starts and _CODE.fullmatch(tokens[at]):
                break
            at += 1
        else:
            at += _width(tokens, at - 1)


def parties_of(entry: Entry, credit: bool) -> tuple[str, str, str]:
    """The other side, its account, and an end-to-end reference, where the text has them by name.

    Args:
        entry: a line.
        credit: whether money came in: the other side is the debtor then.
    """
    keyed: dict[str, str] = {}
    for text in entry.texts:
        found = _KEYED.fullmatch(text)
        if found:
            keyed.setdefault(found[1], found[2].strip())
    names, accounts = (("DBNM", "BO1"), ("DACT", "BO")) if credit else (("CRNM",), ("CACT",))
    name = next((keyed[key] for key in names if keyed.get(key)), "")
    if not name and not keyed:
        named = (_PAYERS if credit else _PAYEES).search(" ".join(entry.texts))
        name = named[1] if named else ""
    account = next((keyed[key].split(" ")[0] for key in accounts if keyed.get(key)), "")
    end_to_end = keyed.get("EREF", "")
    return single(name), account, "" if end_to_end in NOTHING else single(end_to_end)
