"""One transaction of a CAMT entry: its amounts, the two parties, what they wrote to each other.

Names of elements are those of ISO 20022, camt.052/053/054.001.02 to .08; where a version moved an
element (a party's name one level down, the status into a code) both places are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element

_PLAIN = re.compile(r"\+?(?:\d{1,18}(?:\.\d{0,10})?|\.\d{1,10})", re.ASCII)
# What banks write where they have no reference.
_NO_REFERENCE = frozenset(
    ("NOTPROVIDED", "NOT PROVIDED", "NOTPROVIDE", "NONREF", "NOREF", "NONE", "N/A", "NA", "NULL")
)
SIDES = {"CRDT": 1, "DBIT": -1}


NOWHERE = -1  # the last text of a piece, which is empty


def element_at(element: Element | None, path: str) -> Element | None:
    """The first element on a path such as `Refs/EndToEndId`."""
    for name in path.split("/"):
        if element is None:
            return None
        element = element.find(name)
    return element


def at(element: Element | None, *paths: str) -> int:
    """Where the text of the first of some paths stands that there is, NOWHERE without."""
    for path in paths:
        found = element_at(element, path)
        if found is not None and found.text:
            return int(found.text)
    return NOWHERE


def text_at(element: Element | None, *paths: str) -> str:
    """The text of the first of some paths that has any, "" without."""
    for path in paths:
        found = element_at(element, path)
        if found is not None and (text := (found.text or "").strip()):
            return text
    return ""


def every(element: Element | None, path: str) -> tuple[int, ...]:
    """Where the texts of all elements of a name stand."""
    if element is None:
        return ()
    return tuple(int(each.text) for each in element.findall(path) if each.text)


def reference(text: str) -> str:
    """A reference, "" where the bank says in its way that there is none."""
    if not text:
        return ""
    return "" if text.upper() in _NO_REFERENCE or not text.strip("0") else text


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


class MoneyPlan(NamedTuple):
    """Where an amount stands, and its currency, which is in its tag."""

    where: int
    currency: str

    def read(self, told: Sequence[str]) -> Money:
        """The amount: digits with a point, and the attribute Ccy."""
        return money(told[self.where], self.currency)


NO_PLACE = MoneyPlan(NOWHERE, "")


def money(seen: str, currency: str) -> Money:
    """An amount from its text."""
    text = seen.removeprefix("+") if _PLAIN.fullmatch(seen) else ""
    return Money(text, currency, seen)


def money_at(element: Element | None, path: str) -> MoneyPlan:
    """Where an amount stands."""
    found = element_at(element, path)
    if found is None:
        return NO_PLACE
    return MoneyPlan(at(found, "."), (found.get("Ccy") or "").strip().upper())


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


class ChargePlan(NamedTuple):
    """Where a charge stands."""

    amount: MoneyPlan
    side: int
    included: int


class Detail(NamedTuple):
    """One `TxDtls`.

    Args:
        side: 1 credit, -1 debit, 0 where only the entry says.
        told, candidates: its texts, and where the candidates for its amount stand.
        bank_id: the bank's reference of it.
        debtor, creditor: the two sides.
        reference: structured, else end-to-end, else the number of a check.
        texts: everything else, in the order in which it helps most.
        returned: why it came back, `AC04`; "" where it did not.
        charges: of it.
        uetr: the reference that a payment has in all banks.
    """

    side: int
    told: Sequence[str]
    candidates: tuple[MoneyPlan, ...]
    bank_id: str
    debtor: Party
    creditor: Party
    reference: str
    texts: list[str]
    returned: str
    charges: tuple[Charge, ...]
    uetr: str

    @property
    def amounts(self) -> tuple[Money, ...]:
        """Candidates for its amount, best first: Amt, TxAmt, CntrValAmt, InstdAmt."""
        return tuple(each.read(self.told) for each in self.candidates)


class DetailPlan(NamedTuple):
    """Where the fields of a `TxDtls` stand.

    Args:
        parties: name and account of debtor and creditor.
        ultimate: names on whose behalf it was paid.
        structured: references; `texts`: free text, each with an amount behind it or not.
        back: code, and words, of a return; None where it is none.
        The others are those of `Detail`.
    """

    side: int
    amounts: tuple[MoneyPlan, ...]
    bank_id: int
    end_to_end: int
    check: int
    uetr: int
    parties: tuple[int, int, int, int]
    ultimate: tuple[int, ...]
    structured: tuple[int, ...]
    texts: tuple[tuple[int, int], ...]
    back: tuple[int, tuple[int, ...]] | None
    more: int
    charges: tuple[ChargePlan, ...]


_AMOUNTS = ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt", "AmtDtls/InstdAmt/Amt")


def plan_detail(element: Element) -> DetailPlan:
    """Find the fields of a `TxDtls` whose texts are their own numbers."""
    parties, remittance = element.find("RltdPties"), element.find("RmtInf")
    back = element.find("RtrInf")
    return DetailPlan(
        side=at(element, "CdtDbtInd"),
        amounts=tuple(money_at(element, path) for path in _AMOUNTS),
        bank_id=at(element, "Refs/AcctSvcrRef"),
        end_to_end=at(element, "Refs/EndToEndId"),
        check=at(element, "Refs/ChqNb"),
        uetr=at(element, "Refs/UETR"),
        parties=(*_party(parties, "Dbtr"), *_party(parties, "Cdtr")),
        ultimate=tuple(
            where for role in ("UltmtDbtr", "UltmtCdtr") if (where := _name(parties, role)) >= 0
        ),
        structured=_structured(remittance),
        texts=_texts(remittance),
        back=None if back is None else (at(back, "Rsn/Cd", "Rsn/Prtry"), every(back, "AddtlInf")),
        more=at(element, "AddtlTxInf"),
        charges=plan_charges(element),
    )


def _structured(remittance: Element | None) -> tuple[int, ...]:
    if remittance is None:
        return ()
    found = (at(each, "CdtrRefInf/Ref") for each in remittance.findall("Strd"))
    return tuple(each for each in found if each != NOWHERE)


def _texts(remittance: Element | None) -> tuple[tuple[int, int], ...]:
    """Free text, numbers of documents with what is paid on them, remarks."""
    if remittance is None:
        return ()
    found = [(where, NOWHERE) for where in every(remittance, "Ustrd")]
    for each in remittance.findall("Strd"):
        paid = at(each, "RfrdDocAmt/RmtdAmt", "RfrdDocAmt/DuePyblAmt")
        found += [
            (at(document, "Nb", "RfrdDocNb"), paid) for document in each.findall("RfrdDocInf")
        ]
        found += [(where, NOWHERE) for where in every(each, "AddtlRmtInf")]
    return tuple(each for each in found if each[0] != NOWHERE)


def _party(parties: Element | None, role: str) -> tuple[int, int]:
    account = element_at(parties, role + "Acct")
    return _name(parties, role), plan_account(account)


def _name(parties: Element | None, role: str) -> int:
    """Directly, or a level down in version 8, where a bank can be a party too."""
    return at(parties, f"{role}/Nm", f"{role}/Pty/Nm", f"{role}/Agt/FinInstnId/Nm")


ACCOUNTS = ("Id/IBAN", "Id/Othr/Id", "Id/BBAN", "Id/UPIC", "Id/PrtryAcct/Id", "Prxy/Id")


def plan_account(account: Element | None) -> int:
    """Where the number of an account stands: IBAN, or what stands in its place."""
    return at(account, *ACCOUNTS)


def read_detail(plan: DetailPlan, told: Sequence[str]) -> Detail:
    """Read a `TxDtls`."""
    references = [ref for where in plan.structured if (ref := reference(told[where]))]
    if end_to_end := reference(told[plan.end_to_end]):
        references.append(end_to_end)
    elif not references and (check := reference(told[plan.check])):
        references.append(f"Check {check}")
    texts = [told[at_] if paid < 0 else f"{told[at_]} {told[paid]}" for at_, paid in plan.texts]
    texts += references[1:]
    returned = ""
    if plan.back is not None:
        returned = told[plan.back[0]] or "returned"
        texts += [f"Return {returned}", *(told[where] for where in plan.back[1])]
    name, account, other_name, other_account = plan.parties
    debtor = Party(told[name], _unspaced(told[account]))
    creditor = Party(told[other_name], _unspaced(told[other_account]))
    for where in plan.ultimate:
        if told[where] not in (debtor.name, creditor.name):
            texts.append(told[where])
    texts.append(told[plan.more])
    return Detail(
        SIDES.get(told[plan.side], 0), told, plan.amounts, reference(told[plan.bank_id]), debtor,
        creditor, references[0] if references else "", texts, returned,
        read_charges(plan.charges, told) if plan.charges else (), told[plan.uetr],
    )  # fmt: skip


def _unspaced(text: str) -> str:
    return "".join(text.split()) if " " in text else text


def plan_charges(element: Element) -> tuple[ChargePlan, ...]:
    """Where charges stand: records of later versions, one of version 2."""
    records = [
        record
        for charges in element.findall("Chrgs")
        for record in (charges.findall("Rcrd") or [charges])
    ]
    return tuple(
        ChargePlan(
            money_at(each, "Amt" if each.find("Amt") is not None else "TtlChrgsAndTaxAmt"),
            at(each, "CdtDbtInd"), at(each, "ChrgInclInd"),
        )
        for each in records
    )  # fmt: skip


def read_charges(plans: Sequence[ChargePlan], told: Sequence[str]) -> tuple[Charge, ...]:
    """The charges of an entry or of a transaction; those of zero are none."""
    found = (
        Charge(
            each.amount.read(told),
            SIDES.get(told[each.side], -1),
            told[each.included] in ("true", "1") if told[each.included] else None,
        )
        for each in plans
    )
    return tuple(each for each in found if each.amount.text and each.amount.value)
