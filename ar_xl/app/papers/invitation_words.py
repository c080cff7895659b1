"""What an invitation to a conference call says, in the customer's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ar_xl.app.papers.wording import Phrase, Wording

SUMMARY = Phrase(
    en="Conference call about invoice {invoice}",
    de="Telefonkonferenz zur Rechnung {invoice}",
    fr="Conférence téléphonique sur la facture {invoice}",
    es="Conferencia telefónica sobre la factura {invoice}",
    it="Teleconferenza sulla fattura {invoice}",
    nl="Telefonisch overleg over factuur {invoice}",
)
OPENING = Phrase(
    en="We would like to settle with you what you contest of this invoice.",
    de="Wir möchten mit Ihnen klären, was Sie an dieser Rechnung beanstanden.",
    fr="Nous souhaitons régler avec vous ce que vous contestez de cette facture.",
    es="Queremos resolver con ustedes lo que reclaman de esta factura.",
    it="Vorremmo chiarire con voi ciò che contestate di questa fattura.",
    nl="Wij willen graag met u oplossen wat u aan deze factuur betwist.",
)
OFF = Phrase(
    en="This call does not take place.",
    de="Dieses Gespräch findet nicht statt.",
    fr="Cet entretien n'aura pas lieu.",
    es="Esta llamada no tendrá lugar.",
    it="Questa chiamata non avrà luogo.",
    nl="Dit gesprek gaat niet door.",
)
INVOICE = Phrase(en="Invoice", de="Rechnung", fr="Facture", es="Factura", it="Fattura",
                 nl="Factuur")  # fmt: skip
INVOICE_DATE = Phrase(en="Invoice date", de="Rechnungsdatum", fr="Date de la facture",
                      es="Fecha de la factura", it="Data della fattura",
                      nl="Factuurdatum")  # fmt: skip
AMOUNT = Phrase(en="Disputed amount", de="Strittiger Betrag", fr="Montant contesté",
                es="Importe reclamado", it="Importo contestato",
                nl="Betwist bedrag")  # fmt: skip
REASON = Phrase(en="Reason", de="Grund", fr="Motif", es="Motivo", it="Motivo", nl="Reden")
CASE = Phrase(en="Our reference", de="Unser Zeichen", fr="Notre référence",
              es="Nuestra referencia", it="Nostro riferimento",
              nl="Ons kenmerk")  # fmt: skip
PHONE = Phrase(en="Telephone {number}", de="Telefon {number}", fr="Téléphone {number}",
               es="Teléfono {number}", it="Telefono {number}",
               nl="Telefoon {number}")  # fmt: skip


@dataclass(frozen=True)
class Meeting:
    """What a call is about.

    Args:
        dispute_no, invoice_no: of the dispute.
        invoice_date: None where it is not known.
        amount, currency: disputed, minor units.
        reason: "" where there is none.
        phone: the number to call, "" without one.
        cancelled: it does not take place.
    """

    dispute_no: str
    invoice_no: str
    invoice_date: date | None
    amount: int
    currency: str
    reason: str
    phone: str
    cancelled: bool


def summary(wording: Wording, about: Meeting) -> str:
    """The title of the event."""
    return wording.say(SUMMARY, invoice=about.invoice_no)


def description(wording: Wording, about: Meeting) -> str:
    """The text of the event, a line each."""
    if about.cancelled:
        return wording.say(OFF)
    dated = wording.date(about.invoice_date) if about.invoice_date else ""
    facts = (
        (INVOICE, about.invoice_no),
        (INVOICE_DATE, dated),
        (AMOUNT, wording.money(about.amount, about.currency) if about.amount else ""),
        (REASON, about.reason),
        (CASE, about.dispute_no),
    )
    said = [f"{wording.say(label)}: {value}" for label, value in facts if value]
    return "\n".join([wording.say(OPENING), "", *said])


def place(wording: Wording, about: Meeting) -> str:
    """Where the call takes place: a telephone number, "" without one."""
    return wording.say(PHONE, number=about.phone) if about.phone else ""
