"""What an e-mail around a paper says, in the customer's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from ar_xl.app.papers.wording import Phrase, Wording


class About(Enum):
    """What is attached."""

    STATEMENT = "statement"
    LETTER = "letter"
    BOTH = "letter and statement"


@dataclass(frozen=True)
class Covering:
    """Who writes to whom about what.

    Args:
        about: what is attached.
        as_of: the date on it.
        company, phone, signed_by: ours; a line that is empty is left out.
        contact: the person written to; "" greets nobody by name.
    """

    about: About
    as_of: date
    company: str
    phone: str
    signed_by: str
    contact: str


_SUBJECTS = {
    About.STATEMENT: Phrase(
        "Statement of account as of {date} - {company}",
        "Kontoauszug zum {date} - {company}",
        "Relevé de compte au {date} - {company}",
        "Estado de cuenta al {date} - {company}",
        "Estratto conto al {date} - {company}",
        "Rekeningoverzicht per {date} - {company}",
    ),
    About.LETTER: Phrase(
        "Our letter of {date} about your account - {company}",
        "Unser Schreiben vom {date} zu Ihrem Konto - {company}",
        "Notre courrier du {date} au sujet de votre compte - {company}",
        "Nuestra carta del {date} sobre su cuenta - {company}",
        "La nostra lettera del {date} sul Suo conto - {company}",
        "Onze brief van {date} over uw rekening - {company}",
    ),
}
_SUBJECTS[About.BOTH] = _SUBJECTS[About.LETTER]
_GREETING = Phrase("Hello", "Guten Tag", "Bonjour", "Buenos días", "Buongiorno", "Goedendag")
_ATTACHED = {
    About.STATEMENT: Phrase(
        "Please find attached the statement of your account as of {date}.",
        "im Anhang finden Sie den Auszug Ihres Kontos zum {date}.",
        "Veuillez trouver ci-joint le relevé de votre compte au {date}.",
        "Adjuntamos el estado de su cuenta al {date}.",
        "in allegato trova l'estratto del Suo conto al {date}.",
        "In de bijlage vindt u het overzicht van uw rekening per {date}.",
    ),
    About.LETTER: Phrase(
        "Please find attached our letter of {date} about your account.",
        "im Anhang finden Sie unser Schreiben vom {date} zu Ihrem Konto.",
        "Veuillez trouver ci-joint notre courrier du {date} au sujet de votre compte.",
        "Adjuntamos nuestra carta del {date} sobre su cuenta.",
        "in allegato trova la nostra lettera del {date} sul Suo conto.",
        "In de bijlage vindt u onze brief van {date} over uw rekening.",
    ),
    About.BOTH: Phrase(
        "Please find attached our letter of {date} and the statement of your account.",
        "im Anhang finden Sie unser Schreiben vom {date} und den Auszug Ihres Kontos.",
        "Veuillez trouver ci-joint notre courrier du {date} et le relevé de votre compte.",
        "Adjuntamos nuestra carta del {date} y el estado de su cuenta.",
        "in allegato trova la nostra lettera del {date} e l'estratto del Suo conto.",
        "In de bijlage vindt u onze brief van {date} en het overzicht van uw rekening.",
    ),
}
_QUESTIONS = Phrase(
    "If anything is unclear, simply answer this message.",
    "Wenn etwas unklar ist, antworten Sie einfach auf diese Nachricht.",
    "Pour toute question, il suffit de répondre à ce message.",
    "Si tiene alguna pregunta, basta con responder a este mensaje.",
    "Per qualsiasi domanda basta rispondere a questo messaggio.",
    "Als er iets onduidelijk is, kunt u dit bericht gewoon beantwoorden.",
)
_REGARDS = Phrase(
    "Kind regards", "Mit freundlichen Grüßen", "Cordialement", "Un cordial saludo",
    "Cordiali saluti", "Met vriendelijke groet",
)  # fmt: skip


def subject(wording: Wording, covering: Covering) -> str:
    """The subject: no amount stands in it, for it shows on screens and telephones."""
    day = wording.date(covering.as_of)
    return wording.say(_SUBJECTS[covering.about], date=day, company=covering.company).strip(" -")


def body(wording: Wording, covering: Covering) -> str:
    """The text: what is attached, whom to ask, who writes. What is owed stands in the papers."""
    greeting = " ".join([wording.say(_GREETING), covering.contact]).strip()
    attached = wording.say(_ATTACHED[covering.about], date=wording.date(covering.as_of))
    signature = [covering.signed_by, covering.company, covering.phone]
    return "\n".join([
        f"{greeting},", "", attached, "", wording.say(_QUESTIONS), "", wording.say(_REGARDS),
        *[line for line in signature if line], "",
    ])  # fmt: skip
