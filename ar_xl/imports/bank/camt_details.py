"""One transaction of a CAMT entry: its amounts, the two parties, what they wrote to each other.

Names of elements are those of ISO 20022, camt.052/053/054.001.02 to .08; where a version moved an
element (a party's name one level down, the status into a code) both places are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element

_PLAIN = re.compile(r"\+?(?:\d{1,18}(?:\.\d{0,10})?|\.\d{1,10})", re.ASCII)
# What banks write where they have no reference.
_NO_REFERENCE = frozenset(
    ("NOTPROVIDED", "NOT PROVIDED", "NOTPROVIDE", "NONREF", "NOREF", "NONE", "N/A", "NA", "NULL")
)
SIDES = {"CRDT": 1, "DBIT": -1}


class Tags(dict[str, str]):
    """Names of elements with their namespace, made as they are first asked for.

    Args:
        space: `{urn:...}`, "" without.
    """

    def __init__(self, space: str) -> None:
        super().__init__()
        self.space = space

    def __missing__(self, local: str) -> str:
        self[local] = name = self.space + local
        return name


def text_at(element: Element | None, *names: str) -> str:
    """The text of the first element on a path, "" where there is none."""
    for name in names:
        if element is None:
            return ""
        element = element.find(name)
    return "" if element is None else (element.text or "").strip()


def reference(text: str) -> str:
    """A reference, "" where the bank says in its way that there is none."""
    plain = text.strip()
    return "" if plain.upper() in _NO_REFERENCE or not plain.strip("0") else plain


class Money(NamedTuple):
    """An amount as the file has it.

    Args:
        text: plain digits; "" where there is none or it cannot be read.
        currency: of the attribute.
        seen: what stands in the file, for messages.
    """

    text: str
    currency: str
    seen: str

    @property
    def value(self) -> Decimal:
        """The amount, never negative; 0 where it cannot be read."""
        return Decimal(self.text or 0)


NO_MONEY = Money("", "", "")


def money(element: Element | None) -> Money:
    """An element `Amt`: digits with a point, and the attribute Ccy."""
    if element is None:
        return NO_MONEY
    seen = (element.text or "").strip()
    text = seen.removeprefix("+") if _PLAIN.fullmatch(seen) else ""
    return Money(text, (element.get("Ccy") or "").strip().upper(), seen)


class Charge(NamedTuple):
    """A charge of the bank.

    Args:
        amount: of it, never negative.
        side: 1 where the bank gives it back, -1 where it takes it.
        included: whether the amount of the entry is less (or, for a payment of ours, more) by
            it; None where the file does not say.
    """

    amount: Money
    side: int
    included: bool | None


class Party(NamedTuple):
    """One side of a payment.

    Args:
        name: as the bank writes it.
        account: IBAN or other number, without blanks.
    """

    name: str
    account: str


@dataclass(frozen=True)
class Detail:
    """One `TxDtls`.

    Args:
        side: 1 credit, -1 debit, 0 where only the entry says.
        amounts: candidates for its amount, best first: Amt, TxAmt, CntrValAmt, InstdAmt.
        bank_id: the bank's reference of it.
        debtor, creditor: the two sides.
        reference: structured, else end-to-end.
        texts: everything else, in the order in which it helps most.
        returned: why it came back, `AC04`; "" where it did not.
        charges: of it.
        uetr: the reference that a payment has in all banks.
    """

    side: int
    amounts: tuple[Money, ...]
    bank_id: str
    debtor: Party
    creditor: Party
    reference: str
    texts: tuple[str, ...]
    returned: str
    charges: tuple[Charge, ...]
    uetr: str


def read_detail(element: Element, tags: Tags) -> Detail:
    """Read a `TxDtls`."""
    refs = element.find(tags["Refs"])
    amounts = element.find(tags["AmtDtls"])
    parties = element.find(tags["RltdPties"])
    structured, texts = _remittance(element.find(tags["RmtInf"]), tags)
    end_to_end = reference(text_at(refs, tags["EndToEndId"]))
    told = [*structured, end_to_end] if end_to_end else structured
    cheque = reference(text_at(refs, tags["ChqNb"]))
    if not told and cheque:
        told = [f"Check {cheque}"]
    back = element.find(tags["RtrInf"])
    returned, why = _returned(back, tags) if back is not None else ("", [])
    candidates = [money(element.find(tags["Amt"]))]
    if amounts is not None:
        candidates += [money(_under(amounts, tags, key)) for key in _AMOUNTS]
    other = text_at(element, tags["AddtlTxInf"])
    debtor, creditor = party(parties, tags, "Dbtr"), party(parties, tags, "Cdtr")
    texts += [*told[1:], *why, *_ultimate(parties, tags, debtor, creditor), other]
    return Detail(
        side=SIDES.get(text_at(element, tags["CdtDbtInd"]), 0),
        amounts=tuple(candidates),
        bank_id=reference(text_at(refs, tags["AcctSvcrRef"])),
        debtor=debtor,
        creditor=creditor,
        reference=told[0] if told else "",
        texts=tuple(texts),
        returned=returned,
        charges=read_charges(element, tags),
        uetr=text_at(refs, tags["UETR"]),
    )


_AMOUNTS = ("TxAmt", "CntrValAmt", "InstdAmt")


def _under(amounts: Element, tags: Tags, key: str) -> Element | None:
    found = amounts.find(tags[key])
    return None if found is None else found.find(tags["Amt"])


def _remittance(remittance: Element | None, tags: Tags) -> tuple[list[str], list[str]]:
    """Structured references, and texts: free text, document numbers with amounts, remarks."""
    if remittance is None:
        return [], []
    references: list[str] = []
    texts = [(each.text or "").strip() for each in remittance.iterfind(tags["Ustrd"])]
    for structured in remittance.iterfind(tags["Strd"]):
        found = reference(text_at(structured, tags["CdtrRefInf"], tags["Ref"]))
        if found and found not in references:
            references.append(found)
        amounts = structured.find(tags["RfrdDocAmt"])
        paid = text_at(amounts, tags["RmtdAmt"]) or text_at(amounts, tags["DuePyblAmt"])
        for document in structured.iterfind(tags["RfrdDocInf"]):
            number = text_at(document, tags["Nb"]) or text_at(document, tags["RfrdDocNb"])
            texts.append(f"{number} {paid}".strip() if number else "")
        texts += [(each.text or "").strip() for each in structured.iterfind(tags["AddtlRmtInf"])]
    return references, texts


def _returned(back: Element, tags: Tags) -> tuple[str, list[str]]:
    reason = back.find(tags["Rsn"])
    code = text_at(reason, tags["Cd"]) or text_at(reason, tags["Prtry"]) or "returned"
    words = [(each.text or "").strip() for each in back.iterfind(tags["AddtlInf"])]
    return code, [f"Return {code}", *words]


def party(parties: Element | None, tags: Tags, role: str) -> Party:
    """Debtor (`Dbtr`) or creditor (`Cdtr`) of a transaction."""
    if parties is None:
        return Party("", "")
    name = _name(parties.find(tags[role]), tags)
    account = parties.find(tags[role + "Acct"])
    return Party(name, account_of(account, tags) if account is not None else "")


def _name(found: Element | None, tags: Tags) -> str:
    if found is None:
        return ""
    name = text_at(found, tags["Nm"]) or text_at(found, tags["Pty"], tags["Nm"])
    return name or text_at(found, tags["Agt"], tags["FinInstnId"], tags["Nm"])


def _ultimate(parties: Element | None, tags: Tags, debtor: Party, creditor: Party) -> Iterable[str]:
    """On whose behalf it was paid, where that is someone else."""
    if parties is None:
        return
    for role in ("UltmtDbtr", "UltmtCdtr"):
        name = _name(parties.find(tags[role]), tags)
        if name and name not in (debtor.name, creditor.name):
            yield name


def account_of(account: Element, tags: Tags) -> str:
    """The number of an account: IBAN, or what stands in its place; without blanks."""
    found = account.find(tags["Id"])
    number = text_at(found, tags["IBAN"]) or text_at(found, tags["Othr"], tags["Id"])
    for old in ("BBAN", "UPIC"):
        number = number or text_at(found, tags[old])
    number = number or text_at(found, tags["PrtryAcct"], tags["Id"])
    return "".join((number or text_at(account, tags["Prxy"], tags["Id"])).split())


def read_charges(element: Element, tags: Tags) -> tuple[Charge, ...]:
    """The charges of an entry or of a transaction; records of later versions, one of version 2."""
    found = [
        _charge(record, tags)
        for charges in element.iterfind(tags["Chrgs"])
        for record in (charges.findall(tags["Rcrd"]) or [charges])
    ]
    return tuple(each for each in found if each.amount.text and each.amount.value)


def _charge(record: Element, tags: Tags) -> Charge:
    amount = record.find(tags["Amt"])
    if amount is None:
        amount = record.find(tags["TtlChrgsAndTaxAmt"])
    said = text_at(record, tags["ChrgInclInd"])
    included = None if said == "" else said in ("true", "1")
    return Charge(money(amount), SIDES.get(text_at(record, tags["CdtDbtInd"]), -1), included)
