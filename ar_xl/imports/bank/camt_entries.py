"""One CAMT entry to bank lines: batches split, fees taken apart, returns and reversals told.

An entry moves the account by its own amount whatever its details say. Its details become lines
of their own only where they add up to it to the last digit; else the entry stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ar_xl.imports.bank.batches import part_of
from ar_xl.imports.bank.camt_details import (
    SIDES,
    Charge,
    ChargePlan,
    Detail,
    Money,
    MoneyPlan,
    Party,
    at,
    money_at,
    plan_charges,
    read_charges,
    reference,
)
from ar_xl.imports.bank.mt_kinds import kind_of

_ZERO = Decimal(0)
_NOBODY = Party("", "")
# ISO 20022 external codes of bank transactions, sub-family.
_FEES = frozenset(("CHRG", "FEES", "COMM", "COME", "COMI", "COMT"))
_RETURNS = frozenset(("RRTN", "UPDD", "UPCT", "UPCQ", "URCQ"))
_REVERSALS = frozenset(("PRDD", "RPCR", "CHRR"))
_OTHERS = frozenset(("INTR",))
_SWIFT = re.compile(r"([A-Z][A-Z0-9]{3})\+(\d{3})\b")  # German banks: `NTRF+166+...`
_OWN_NUMBER = frozenset(("Fee", "Return", "Reversal"))


class Line(NamedTuple):
    """A bank line, as `Rows` takes it.

    Args:
        amount: signed, gross of `fee`.
        fee: never negative.
        turns: its sign is open, as in an entry that the file calls a reversal.
    """

    date: str
    amount: Decimal
    currency: str
    kind: str
    bank_id: str = ""
    payer: str = ""
    payer_account: str = ""
    reference: str = ""
    text: str = ""
    fee: Decimal = _ZERO
    bad: str = ""
    turns: bool = False


class Entry(NamedTuple):
    """One `Ntry`, read but not split.

    Args:
        amount: of the entry, never negative.
        side: 1 credit, -1 debit, 0 where it is not told.
        status: BOOK, PDNG, INFO, FUTR; "" where not told.
        date: ISO text; "" where not told.
        reversal: the file calls it one.
        bank_id: the bank's reference of the entry.
        family: the sub-family of the kind of transaction; `code`: the bank's own.
        batch: how many transactions it is made of, 0 where not told.
        charges: of the entry.
        text: the bank's own words.
        details: its transactions, as far as the file has them.
    """

    amount: Money
    side: int
    status: str
    date: str
    reversal: bool
    bank_id: str
    family: str
    code: str
    batch: int
    charges: tuple[Charge, ...]
    text: str
    details: Sequence[Detail]


_DAYS = ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")  # the first that is told


class EntryPlan(NamedTuple):
    """Where the fields of an `Ntry` without its transactions stand; those of `Entry`."""

    amount: MoneyPlan
    side: int
    status: int
    booked: tuple[int, ...]
    reversal: int
    bank_id: int
    family: int
    code: int
    batch: int
    charges: tuple[ChargePlan, ...]
    text: int


def plan_entry(element: Element) -> EntryPlan:
    """Find the fields of an `Ntry` whose texts are their own numbers."""
    return EntryPlan(
        amount=money_at(element, "Amt"),
        side=at(element, "CdtDbtInd"),
        status=at(element, "Sts/Cd", "Sts/Prtry", "Sts"),
        booked=tuple(where for path in _DAYS if (where := at(element, path)) >= 0),
        reversal=at(element, "RvslInd"),
        bank_id=at(element, "AcctSvcrRef"),
        family=at(element, "BkTxCd/Domn/Fmly/SubFmlyCd"),
        code=at(element, "BkTxCd/Prtry/Cd"),
        batch=at(element, "NtryDtls/Btch/NbOfTxs"),
        charges=plan_charges(element),
        text=at(element, "AddtlNtryInf"),
    )  # fmt: skip


def read_entry(plan: EntryPlan, told: Sequence[str], details: Sequence[Detail]) -> Entry:
    """Read an `Ntry` whose transactions were read before."""
    date = next((day[:10] for where in plan.booked if (day := told[where])), "")
    batch = told[plan.batch]
    return Entry(
        plan.amount.read(told),
        SIDES.get(told[plan.side], 0),
        told[plan.status].upper(),
        date,
        told[plan.reversal].lower() in ("true", "1"),
        reference(told[plan.bank_id]),
        told[plan.family],
        told[plan.code],
        int(batch) if batch.isdecimal() and len(batch) < 10 else 0,
        read_charges(plan.charges, told) if plan.charges else (),
        told[plan.text],
        details,
    )


def lines_of(entry: Entry, own: str) -> tuple[list[Line], str]:
    """The bank lines of an entry.

    Args:
        entry: as read.
        own: the account of the statement, which is never the payer.

    Returns:
        One line, or one for each transaction; and why a batch was not split, in words, "" where
        it was or is none.
    """
    bad = _bad(entry)
    if bad:
        seen = entry.amount.currency
        return [Line(entry.date, _ZERO, seen, "Other", text=entry.text, bad=bad)], ""
    if len(entry.details) == 1 and entry.batch <= 1:
        return [_single(entry, entry.details[0], own)], ""
    if not entry.details:
        return [_single(entry, None, own)], ""
    parts = _parts(entry) if entry.batch <= len(entry.details) else None
    if parts is None:
        return [_whole(entry)], _why_whole(entry)
    return _split(entry, parts, own), ""


def _bad(entry: Entry) -> str:
    if not entry.amount.text:
        return f"the amount is `{entry.amount.seen[:40]}`, which is none"
    if not entry.side:
        return "it tells neither credit nor debit (CdtDbtInd)"
    return ""


def _signed(entry: Entry) -> Decimal:
    return entry.amount.value * entry.side


def _single(entry: Entry, detail: Detail | None, own: str) -> Line:
    """An entry that is one payment."""
    charges = entry.charges or (detail.charges if detail else ())
    fee = _ZERO
    if charges:
        fee = _included(charges, entry, detail.amounts if detail else ())
    kind = _kind(entry, detail)
    if detail is None:
        return Line(
            entry.date, _signed(entry) + fee, entry.amount.currency, kind,
            _id_of(entry.bank_id, kind), text=joined((entry.text,)), fee=fee, turns=entry.reversal,
        )  # fmt: skip
    bank_id = _id_of(entry.bank_id or detail.bank_id or detail.uetr, kind)
    return _told(entry, detail, own, _signed(entry) + fee, fee, kind, bank_id)


def _told(
    entry: Entry, detail: Detail, own: str, amount: Decimal, fee: Decimal, kind: str, bank_id: str
) -> Line:
    """A line with what a transaction tells."""
    other = _other_side(detail, 1 if amount > 0 else -1, own)
    return Line(
        entry.date, amount, entry.amount.currency, kind, bank_id, other.name, other.account,
        detail.reference, joined((*detail.texts, entry.text)), fee, "", entry.reversal,
    )  # fmt: skip


def _id_of(bank_id: str, kind: str) -> str:
    """Banks book a fee or a return under the number of its payment: that is another line."""
    return f"{bank_id} {kind.lower()}" if bank_id and kind in _OWN_NUMBER else bank_id


def _other_side(detail: Detail, side: int, own: str) -> Party:
    """Who is on the other side: the debtor of what comes in.

    In returns and with some banks the roles stay those of the first payment; the account of the
    statement tells.
    """
    mine, other = detail.creditor, detail.debtor
    if side < 0:
        mine, other = other, mine
    if other.account and other.account == own and mine.account != own:
        return mine
    if other == _NOBODY and mine.account and mine.account != own:
        return mine
    return other


def _kind(entry: Entry, detail: Detail | None) -> str:
    if (detail and detail.returned) or entry.family in _RETURNS:
        return "Return"
    if entry.reversal or entry.family in _REVERSALS:
        return "Reversal"
    if entry.family in _FEES:
        return "Fee"
    side = (detail.side if detail else 0) or entry.side
    if entry.code and (swift := _SWIFT.match(entry.code)):
        return kind_of(swift[1], swift[2], side > 0, False, False)
    return "Other" if side < 0 or entry.family in _OTHERS else "Payment"


def joined(texts: Iterable[str]) -> str:
    """Texts joined by blanks, each once; what another one contains is left out."""
    kept: list[str] = []
    for text in texts:
        plain = " ".join(text.split()) if text else ""
        if plain and not any(plain in each for each in kept):
            kept.append(plain)
    return kept[0] if len(kept) == 1 else " ".join(kept)


def _included(charges: Sequence[Charge], entry: Entry, amounts: Sequence[Money]) -> Decimal:
    """What the bank kept back inside the amount of the entry; 0 where it booked it apart.

    Where the file does not say (version 2), the amount before charges has to prove it.
    """
    mine = [each for each in charges if _taken(each, entry.amount.currency)]
    said = sum((each.amount.value for each in mine if each.included), _ZERO)
    if said or entry.reversal:
        return _ZERO if entry.reversal else said
    open_ = sum((each.amount.value for each in mine if each.included is None), _ZERO)
    before = entry.amount.value + open_ * entry.side
    same = (each.value for each in amounts if each.currency == entry.amount.currency)
    return open_ if open_ and before in same else _ZERO


def _taken(charge: Charge, currency: str) -> bool:
    return charge.side < 0 and charge.amount.currency == currency


def _parts(entry: Entry) -> list[tuple[Decimal, Decimal]] | None:
    """Signed amount and fee of each transaction, where they add up to the entry."""
    details, currency = entry.details, entry.amount.currency
    amounts = [each.amounts for each in details]
    ways = [[each[at : at + 1] for each in amounts] for at in range(4)]
    ways.append(amounts)
    for way in ways:
        values = [_first(each, currency) for each in way]
        if any(value is None for value in values):
            continue
        signed = [
            value * (each.side or entry.side)
            for value, each in zip(values, details, strict=True)
            if value is not None
        ]
        fees = [_charges_of(each, currency) for each in details]
        none = [_ZERO] * len(details)
        total, target = sum(signed, _ZERO), _signed(entry)
        if total == target:
            return list(zip(signed, none, strict=True))
        if total - sum(fees, _ZERO) == target:
            return list(zip(signed, fees, strict=True))
        whole = sum((c.amount.value for c in entry.charges if _taken(c, currency)), _ZERO)
        if whole and total - whole == target:
            return [*zip(signed, none, strict=True), (-whole, _ZERO)]
    return None


def _first(amounts: Sequence[Money], currency: str) -> Decimal | None:
    for each in amounts:
        if each.text and each.currency == currency:
            return each.value
    return None


def _charges_of(detail: Detail, currency: str) -> Decimal:
    mine = (each for each in detail.charges if _taken(each, currency))
    return sum((each.amount.value for each in mine), _ZERO)


def _split(entry: Entry, parts: Sequence[tuple[Decimal, Decimal]], own: str) -> list[Line]:
    """A line for each transaction; a charge on the whole batch is one more, of kind Fee."""
    lines, times = [], dict[tuple[str, Decimal], int]()
    numbers = [each.bank_id for each in entry.details]
    distinct = len(set(numbers)) == len(numbers)
    for (amount, fee), detail in zip(parts, entry.details, strict=False):
        kind = _kind(entry, detail)
        nth = times[kind, amount] = times.get((kind, amount), 0) + 1
        bank_id = part_of(entry.bank_id, f"{amount:f}", nth) if entry.bank_id else (
            detail.bank_id if distinct else ""
        )  # fmt: skip
        lines.append(_told(entry, detail, own, amount, fee, kind, _id_of(bank_id, kind)))
    for amount, _ in parts[len(entry.details) :]:
        bank_id = _id_of(entry.bank_id, "Fee")
        lines.append(
            Line(entry.date, amount, entry.amount.currency, "Fee", bank_id, text=entry.text)
        )
    return lines


def _whole(entry: Entry) -> Line:
    """A batch that cannot be split: what its transactions tell, as text; nobody is the payer."""
    names = {_other_side(each, entry.side, "").name for each in entry.details}
    texts = [text for each in entry.details[:100] for text in (each.reference, *each.texts)]
    kind = _kind(entry, None)
    if all(each.returned for each in entry.details):
        kind = "Return"
    alone = len(names) == 1 and entry.batch <= len(entry.details)
    return Line(
        entry.date, _signed(entry), entry.amount.currency, kind, _id_of(entry.bank_id, kind),
        payer=names.pop() if alone else "", text=joined((*texts, entry.text))[:_LONGEST],
        turns=entry.reversal,
    )  # fmt: skip


_LONGEST = 30_000  # characters of a text of a batch; an Excel cell holds 32,767


def _why_whole(entry: Entry) -> str:
    amount = f"{entry.amount.currency} {entry.amount.text}"
    found = len(entry.details)
    if entry.batch > found:
        return f"{amount} of {entry.batch:,} payments, of which the file tells {found:,}"
    return f"{amount} of {found:,} payments whose amounts do not add up to it or are not told"
