"""The fields that a letter's template may use, declared once, and their values for one letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

from ar_xl.app.papers.wording import Phrase, Wording
from ar_xl.core.settings import Settings
from ar_xl.ops.collecting.chasing import Chased
from ar_xl.ops.collecting.letterlist import Asked, Letter, oldest_days
from ar_xl.ops.settlements import day_numbers

# The path of each field, and what it says. `[]` marks a list: {%tr for item in table.items %}.
FIELDS: tuple[tuple[str, str], ...] = (
    ("company.name", "Company of Settings"),
    ("company.address", "Address of Settings"),
    ("company.phone", "Phone of Settings"),
    ("company.email", "Email of Settings"),
    ("company.pay_to", "Pay To of Settings: where to pay"),
    ("customer.id", "the customer's number"),
    ("customer.name", "the name"),
    ("customer.contact", "the person to write to"),
    ("customer.address", "the address"),
    ("customer.block", "name, contact and address, one below the other"),
    ("customer.status", "Active, Hold, Agency, Legal: for choices such as {% if %}"),
    ("letter.date", "the date of the letter"),
    ("letter.number", "the number of the letter: its date and the customer's number"),
    ("letter.step", "the step of the Ladder, or what the letter is about"),
    ("tables[].currency", "the currency of this table; there is one table a currency"),
    ("tables[].items[].number", "the number of the document"),
    ("tables[].items[].date", "its date"),
    ("tables[].items[].due", "its due date"),
    ("tables[].items[].days", "days past due, 0 where it is not due yet"),
    ("tables[].items[].open", "what is open of it"),
    ("tables[].items[].disputed", "what of it is in dispute; empty where nothing is"),
    ("tables[].total", "open in all"),
    ("tables[].disputed", "in dispute in all; empty where nothing is"),
    ("tables[].planned", "on a payment plan that is kept; empty where nothing is"),
    ("tables[].credits", "unapplied credits taken off; empty where there are none"),
    ("tables[].promised", "promised and not due yet; empty where nothing is"),
    ("tables[].asked", "what the letter asks for: the total less these four"),
    ("asked", "what the letter asks for, with its currency; several with `and` between"),
    ("disputed", "what is in dispute, with its currency; empty where nothing is"),
    ("oldest_days", "days past due of the oldest item; 0 where nothing is overdue yet"),
    ("oldest_due", "due date of the oldest item"),
    ("fee_notice", "what paying late costs; empty where it costs nothing"),
    ("promise.amount", "what was promised, where the letter is about a broken promise"),
    ("promise.date", "the day it was promised for"),
    ("promise.received", "what came in of it; empty where nothing did"),
    ("returned.amount", "the payment, where the letter is about one that came back"),
    ("returned.date", "the day it came back"),
    ("returned.check_no", "the number of the check; empty where there is none"),
    ("plan", "a sentence about what is on a payment plan; empty where nothing is"),
    ("signature", "the customer's collector, else Signed By of Settings"),
)
_AND = Phrase("and", "und", "et", "y", "e", "en")
_ON_PLAN = Phrase(
    en="{amount} of this is on your payment plan; we do not ask for it here.",
    de="{amount} davon stehen in Ihrem Zahlungsplan; wir fordern sie hier nicht an.",
    fr="{amount} de ce total relèvent de votre plan de paiement ; nous ne les demandons pas ici.",
    es="{amount} de este total están en su plan de pagos; no los pedimos aquí.",
    it="{amount} di questo totale sono nel Suo piano di pagamento; qui non li chiediamo.",
    nl="{amount} hiervan valt onder uw betalingsregeling; wij vragen er hier niet om.",
)
# What XML cannot hold, and what would turn the text around it about.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def field_tree() -> dict[str, Any]:
    """The fields as a tree: a text for a field, a dict for a group, a list of one for a list."""
    tree: dict[str, Any] = {}
    for path, note in FIELDS:
        at: dict[str, Any] = tree
        *groups, last = path.split(".")
        for group in groups:
            name = group.removesuffix("[]")
            at = at.setdefault(name, [{}])[0] if group.endswith("[]") else at.setdefault(name, {})
        at[last] = note
    return tree


def plain(text: str) -> str:
    """A text of the workbook as it may stand in a paper; line breaks stay."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def values_of(
    letter: Letter,
    late: Chased,
    as_of: date,
    number: str,
    customer: Mapping[str, str],
    settings: Settings,
    wording: Wording,
    fee_notice: str = "",
) -> dict[str, Any]:
    """What the fields are in one letter.

    Args:
        letter: which letter.
        late: of the run that chose it; the letter's items are among its items.
        as_of: the date of the letter.
        number: of the letter.
        customer: texts of the Customers row by key.
        settings: of the workbook.
        wording: how amounts and dates are written.
        fee_notice: sentences about late fees; "" where there are none.
    """
    own = {key: plain(customer.get(key, "")) for key in ("name", "contact", "address", "collector")}
    name = own["name"] or letter.customer_id
    block = dict.fromkeys(filter(None, (name, own["contact"], own["address"])))
    promise, returned = letter.promise, letter.returned
    planned = _together(wording, ((s.currency, s.planned) for s in letter.sums))
    return {
        "company": SimpleNamespace(
            name=plain(settings.company), address=plain(settings.address),
            phone=plain(settings.phone), email=plain(settings.email),
            pay_to=plain(settings.pay_to),
        ),
        "customer": SimpleNamespace(
            id=plain(letter.customer_id), name=name, contact=own["contact"],
            address=own["address"], block="\n".join(block), status=letter.status,
        ),
        "letter": SimpleNamespace(date=wording.date(as_of), number=plain(number), step=letter.step),
        "tables": [_table(each, late, as_of, wording) for each in letter.sums],
        "asked": _together(wording, ((s.currency, s.asked) for s in letter.sums)),
        "disputed": _together(wording, ((s.currency, s.disputed) for s in letter.sums)),
        "oldest_days": oldest_days(letter, as_of),
        "oldest_due": wording.date(letter.oldest_due),
        "fee_notice": plain(fee_notice),
        "promise": SimpleNamespace(
            amount=wording.money(promise.amount, promise.currency) if promise else "",
            date=wording.date(promise.due) if promise else "",
            received=_some(wording, promise.received, promise.currency) if promise else "",
        ),
        "returned": SimpleNamespace(
            amount=wording.money(returned.amount, returned.currency) if returned else "",
            date=wording.date(returned.on) if returned else "",
            check_no=plain(returned.check_no) if returned else "",
        ),
        "plan": wording.say(_ON_PLAN, amount=planned) if planned else "",
        "signature": own["collector"] or plain(settings.signed_by),
    }  # fmt: skip


def _table(asked: Asked, late: Chased, as_of: date, wording: Wording) -> SimpleNamespace:
    items, currency = late.items.take(asked.rows), asked.currency
    disputed = late.contested[asked.rows]
    today = (as_of - date(1970, 1, 1)).days
    days = today - day_numbers(items.due_date)
    lines = [
        SimpleNamespace(
            number=plain(str(items.invoice_no[i])), date=wording.date(items.invoice_date[i]),
            due=wording.date(items.due_date[i]), days=max(int(days[i]), 0),
            open=wording.amount(int(items.open[i]), currency),
            disputed=wording.amount(int(disputed[i]), currency) if disputed[i] else "",
        )
        for i in range(len(items))
    ]  # fmt: skip

    def some(minor: int) -> str:
        return wording.amount(minor, currency) if minor else ""

    return SimpleNamespace(
        currency=currency, items=lines, total=wording.amount(asked.open, currency),
        disputed=some(asked.disputed), planned=some(asked.planned), credits=some(asked.credits),
        promised=some(asked.promised),
        asked=wording.amount(asked.asked, currency),
    )  # fmt: skip


def _some(wording: Wording, minor: int, currency: str) -> str:
    return wording.money(minor, currency) if minor > 0 else ""


def _together(wording: Wording, amounts: Iterable[tuple[str, int]]) -> str:
    """Amounts of several currencies in words: `USD 880.00 and EUR 30.00`; zeros are left out."""
    shown = [wording.money(minor, currency) for currency, minor in amounts if minor]
    return f" {wording.say(_AND)} ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
