"""The scenarios of the benchmark: made-up payments and what they truly are.

Each takes invoices nobody has paid yet, decides what is paid, and only then what the bank
prints. What is decided is the truth.
"""

from __future__ import annotations

import random
from datetime import timedelta

from proofs.matching.book import TODAY, Customer, Invoice
from proofs.matching.garbling import (
    bare,
    creditor_reference,
    luhn_number,
    mistyped,
    name_as_printed,
    name_garbled,
    qr_reference,
    written,
)
from proofs.matching.lines import FIRST_DAY, Line, Made, Payments, Scenarios

_UNITS = ("Pay", "Treasury", "Shared Svc", "AP")
_OFFICES = ("Kanzlei", "Factoring", "Escrow", "Herr", "Notary")
_SURNAMES = ("Zorn", "Quist", "Abend", "Xavier")


def _one(make: Payments) -> tuple[Customer, Invoice] | None:
    found = make.customer()
    return None if found is None else (found[0], make.use(found[1])[0])


def number(make: Payments) -> Made:
    """The number, right."""
    if one := _one(make):
        yield make.line(one[0], [one[1]], make.text(written(one[1].number, make.chance)))


def number_typo(make: Payments) -> Made:
    """The number with one slip."""
    if one := _one(make):
        yield make.line(one[0], [one[1]], make.text(mistyped(one[1].number, make.chance)))


def number_bare(make: Payments) -> Made:
    """The digits of the number alone."""
    if one := _one(make):
        yield make.line(one[0], [one[1]], make.text(bare(one[1].number)))


def number_garbled_name(make: Payments) -> Made:
    """The number, right, and a garbled name."""
    if one := _one(make):
        line = make.line(one[0], [one[1]], make.text(written(one[1].number, make.chance)))
        line.payer = name_garbled(one[0].name, make.chance)
        yield line


def structured(make: Payments) -> Made:
    """A reference with check digits."""
    if one := _one(make):
        invoice, kind = one[1], make.chance.random()
        digits = "".join(sign for sign in invoice.number if sign.isdigit()).lstrip("0")
        if kind < 0.35:
            letters = "".join(filter(str.isalnum, invoice.number))
            text = creditor_reference(invoice.reference or letters)
        elif kind < 0.7:
            owner = one[0].number.lstrip("C")
            text = qr_reference(make.chance.choice((digits, f"{owner}{digits.zfill(12)}")))
        else:
            text = luhn_number(digits)
        line = make.line(one[0], [invoice], make.chance.choice(("", text, make.text(text))))
        line.reference = "" if text in line.text else text
        yield line


def their_reference(make: Payments) -> Made:
    """The customer's own reference or order number."""
    if one := _one(make):
        text = one[1].reference or one[1].order
        yield make.line(one[0], [one[1]], make.text(text or "payment"))


def name_only(make: Payments) -> Made:
    """No number; the name as banks print it."""
    if one := _one(make):
        yield make.line(one[0], [one[1]], make.text("invoice"))


def garbled_name_only(make: Payments) -> Made:
    """No number; the name garbled."""
    if one := _one(make):
        line = make.line(one[0], [one[1]], make.text())
        line.payer, line.account = name_garbled(one[0].name, make.chance), ""
        yield line


def name_in_text(make: Payments) -> Made:
    """No payer; the name stands in the text."""
    if one := _one(make):
        line = make.line(one[0], [one[1]], make.text(one[0].name), payer="")
        yield line


def alias(make: Payments) -> Made:
    """A name that says nothing, but was confirmed before, or its account was."""
    if one := _one(make):
        payer = f"{make.chance.choice(_UNITS)} {make.chance.randrange(10**6)}"
        by_account = make.chance.random() < 0.5
        account = one[0].account
        make.world.aliases.append((payer, account if by_account else "", one[0].number))
        line = make.line(one[0], [one[1]], make.text("invoice"), payer=payer)
        line.account = account if by_account else ""
        line.payer = "" if by_account and make.chance.random() < 0.5 else payer
        yield line


def merged(make: Payments) -> Made:
    """Several invoices with their numbers."""
    found = make.customer(2)
    if found:
        invoices = make.use(found[1], min(make.chance.choice((2, 2, 3, 4, 6)), len(found[1])))
        texts = [written(each.number, make.chance) for each in invoices]
        yield make.line(found[0], invoices, make.text(", ".join(texts)))


def merged_one_typo(make: Payments) -> Made:
    """Several invoices, one number with a slip."""
    found = make.customer(2)
    if found:
        invoices = make.use(found[1], min(make.chance.choice((2, 3)), len(found[1])))
        texts = [written(each.number, make.chance) for each in invoices[1:]]
        texts.append(mistyped(invoices[0].number, make.chance))
        yield make.line(found[0], invoices, make.text(", ".join(texts)))


def merged_cut_off(make: Payments) -> Made:
    """Three invoices; the text ends after two."""
    found = make.customer(3)
    if found:
        invoices = make.use(found[1], 3)
        texts = [written(each.number, make.chance) for each in invoices[:2]]
        yield make.line(found[0], invoices, ", ".join(texts))


def merged_unnamed(make: Payments) -> Made:
    """Several invoices, none named."""
    found = make.customer(2)
    if found:
        invoices = make.use(found[1], min(make.chance.choice((2, 2, 3)), len(found[1])))
        yield make.line(found[0], invoices, make.text("several invoices"))


def balance(make: Payments) -> Made:
    """All that is open, not named."""
    found = make.customer(2)
    if found and len(found[1]) <= 12:
        yield make.line(found[0], make.use(found[1], len(found[1])), make.text("statement"))


def group(make: Payments) -> Made:
    """A parent pays for several of its customers."""
    for _ in range(50):
        found = make.customer()
        if found and found[0].parent:
            head = make.world.by_number[found[0].parent]
            invoices = make.use(found[1])
            for sibling in make.world.customers:
                others = make.unpaid.get(sibling.number, [])
                if sibling.parent == head.number and others and sibling is not found[0]:
                    invoices += make.use(others)
            texts = [written(each.number, make.chance) for each in invoices]
            named = make.chance.random() < 0.7
            yield make.line(head, invoices, make.text(", ".join(texts) if named else "group"))
            return


def split(make: Payments) -> Made:
    """One invoice in two or three payments."""
    if one := _one(make):
        customer, invoice = one
        parts = make.chance.choice((2, 2, 3))
        first = invoice.amount * make.chance.randrange(20, 60) // 100 // parts * 2
        amounts = [first, invoice.amount - first]
        if parts == 3:
            amounts = [first, amounts[1] // 3, amounts[1] - amounts[1] // 3]
        named = make.chance.random() < 0.75
        name = name_as_printed(customer.name, make.chance)
        day = make.day([invoice])
        for at, amount in enumerate(amounts):
            text = written(invoice.number, make.chance) if named else f"part {at + 1}"
            later = min(day + timedelta(at * make.chance.randrange(4)), TODAY)
            paid = {invoice.number: amount}
            yield Line("", amount, name, make.text(text), later, {customer.number}, paid)


def bank_fee(make: Payments) -> Made:
    """Short by what a bank kept back."""
    if one := _one(make):
        if one[1].amount < 20000:
            return
        text = written(one[1].number, make.chance) if make.chance.random() < 0.7 else "invoice"
        off = make.chance.choice((500, 750, 1000, 1200, 1500, 2000))
        yield make.line(one[0], [one[1]], make.text(text), off=off)


def discount(make: Payments) -> Made:
    """Net of the discount, in time."""
    for _ in range(80):
        found = make.customer()
        early = [
            each
            for each in (found[1] if found else [])
            if each.two_ten and each.day + timedelta(10) >= FIRST_DAY
        ]
        if found and early:
            invoice = make.chance.choice(early)
            found[1].remove(invoice)
            named = make.chance.random() < 0.6
            text = written(invoice.number, make.chance) if named else "less 2%"
            line = make.line(found[0], [invoice], make.text(text), off=invoice.discount)
            line.day = make.day([invoice], early=True)
            yield line
            return


def late_discount(make: Payments) -> Made:
    """Net of the discount, too late."""
    if one := _one(make):
        invoice = one[1]
        if not invoice.two_ten or invoice.day + timedelta(12) > TODAY:
            return
        text = written(invoice.number, make.chance)
        line = make.line(one[0], [invoice], make.text(text), off=invoice.discount)
        line.day = TODAY
        line.paid = {invoice.number: line.amount}
        yield line


def pennies(make: Payments) -> Made:
    """Short by some cents."""
    if one := _one(make):
        off = make.chance.randrange(1, 60)
        text = written(one[1].number, make.chance)
        yield make.line(one[0], [one[1]], make.text(text), off=off)


def partial(make: Payments) -> Made:
    """A part of one invoice."""
    if one := _one(make):
        off = one[1].amount * make.chance.randrange(20, 80) // 100
        line = make.line(one[0], [one[1]], make.text(written(one[1].number, make.chance)), off=off)
        line.paid = {one[1].number: line.amount}
        yield line


def overpaid(make: Payments) -> Made:
    """Too much for one invoice."""
    if one := _one(make):
        off = -make.chance.choice((5000, 10000, 12345, one[1].amount))
        yield make.line(one[0], [one[1]], make.text(written(one[1].number, make.chance)), off=off)


def _stranger(chance: random.Random) -> str:
    return f"{chance.choice(_OFFICES)} {chance.choice(_SURNAMES)} {chance.randrange(100)}"


def third_party(make: Payments) -> Made:
    """Somebody pays who is no customer."""
    if one := _one(make):
        text = written(one[1].number, make.chance) if make.chance.random() < 0.75 else "invoice"
        yield make.line(one[0], [one[1]], make.text(text), payer=_stranger(make.chance))


def of_another_customer(make: Payments) -> Made:
    """A customer of the book pays the invoice of an unrelated one, and says so."""
    if one := _one(make):
        other = make.chance.choice(make.world.customers)
        text = make.text(written(one[1].number, make.chance))
        line = make.line(one[0], [one[1]], text, payer=name_as_printed(other.name, make.chance))
        line.customers = {one[0].number, other.number}
        yield line


def wrong_number(make: Payments) -> Made:
    """The payer names an invoice of somebody else by mistake, and pays its own."""
    one, other = _one(make), make.customer()
    if one and other:
        text = make.text(written(other[1][-1].number, make.chance))
        yield make.line(one[0], [one[1]], text)


def paid_again(make: Payments) -> Made:
    """An invoice that is settled already."""
    invoice = make.chance.choice(make.settled)
    customer = make.world.by_number[invoice.customer]
    text = make.text(written(invoice.number, make.chance))
    line = make.line(customer, [invoice], text)
    line.paid = {}
    yield line


def on_account(make: Payments) -> Made:
    """A customer pays without an invoice."""
    found = make.customer()
    if found:
        amount = make.chance.choice((100000, 250000, make.chance.randrange(10000, 900000)))
        name = name_as_printed(found[0].name, make.chance)
        day = FIRST_DAY + timedelta(make.chance.randrange(28))
        yield Line("", amount, name, make.text("on account"), day, {found[0].number})


def unknown_money(make: Payments) -> Made:
    """Money that pays no invoice."""
    amount = make.chance.choice((make.chance.randrange(1000, 900000), 9900, 50000))
    day = FIRST_DAY + timedelta(make.chance.randrange(28))
    yield Line("", amount, _stranger(make.chance), make.text("refund of tax"), day)


def no_receipt(make: Payments) -> Made:
    """No payment of a customer."""
    kind = make.chance.choice(("Fee", "Other", "Payout", "Return", "Reversal", "Refund"))
    amount = -make.chance.randrange(100, 90000)
    day = FIRST_DAY + timedelta(make.chance.randrange(28))
    yield Line("", amount, "Bank", make.text("charges"), day, kind=kind)


SCENARIOS: Scenarios = {
    "number": (number, 220), "number, typo": (number_typo, 70), "number, digits": (number_bare, 50),
    "number, name garbled": (number_garbled_name, 60), "structured": (structured, 60),
    "their reference": (their_reference, 15), "name": (name_only, 110),
    "name garbled": (garbled_name_only, 50), "name in text": (name_in_text, 20),
    "alias": (alias, 40), "merged": (merged, 70), "merged, typo": (merged_one_typo, 20),
    "merged, cut off": (merged_cut_off, 10), "merged, no number": (merged_unnamed, 25),
    "balance": (balance, 10), "group": (group, 10), "split": (split, 15),
    "bank fee": (bank_fee, 25), "discount": (discount, 50), "discount, late": (late_discount, 25),
    "pennies off": (pennies, 10), "in part": (partial, 25), "overpaid": (overpaid, 10),
    "third party": (third_party, 20), "of another customer": (of_another_customer, 5),
    "wrong number": (wrong_number, 4), "paid again": (paid_again, 5),
    "on account": (on_account, 15), "unknown money": (unknown_money, 20),
    "no receipt": (no_receipt, 50),
}  # fmt: skip
