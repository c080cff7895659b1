"""What papers say about late fees, in the customer's language."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ar_xl.app.papers.wording import Phrase, Wording
from ar_xl.core.money import exponent, round_half_away
from ar_xl.core.policy import FeePolicy
from ar_xl.ops.fees.notices import FeeNotice

_METHODS = {
    "flat": Phrase(
        en="{flat} for each month in which an invoice is overdue",
        de="{flat} je Monat, in dem eine Rechnung überfällig ist",
        fr="{flat} par mois de retard et par facture",
        es="{flat} por cada mes en que una factura esté vencida",
        it="{flat} per ogni mese di ritardo di una fattura",
        nl="{flat} per maand waarin een factuur te laat is",
    ),
    "percent": Phrase(
        en="{rate} of what is overdue, once a month",
        de="{rate} des überfälligen Betrags, einmal im Monat",
        fr="{rate} du montant en retard, une fois par mois",
        es="{rate} del importe vencido, una vez al mes",
        it="{rate} dell'importo scaduto, una volta al mese",
        nl="{rate} van het vervallen bedrag, eenmaal per maand",
    ),
    "monthly": Phrase(
        en="{rate} of what is overdue for each full month",
        de="{rate} des überfälligen Betrags je vollem Monat",
        fr="{rate} du montant en retard par mois entier",
        es="{rate} del importe vencido por cada mes completo",
        it="{rate} dell'importo scaduto per ogni mese intero",
        nl="{rate} van het vervallen bedrag per volle maand",
    ),
    "daily": Phrase(
        en="{rate} a year on what is overdue, by the day",
        de="{rate} im Jahr auf den überfälligen Betrag, taggenau",
        fr="{rate} par an sur le montant en retard, calculés par jour",
        es="{rate} anual sobre el importe vencido, por días",
        it="{rate} all'anno sull'importo scaduto, per giorni",
        nl="{rate} per jaar over het vervallen bedrag, per dag",
    ),
    "greater": Phrase(
        en="{flat} a month or {rate} a year on what is overdue, whichever is more",
        de="{flat} im Monat oder {rate} im Jahr auf den überfälligen Betrag, je nachdem, was mehr "
        "ist",
        fr="{flat} par mois ou {rate} par an sur le montant en retard, le plus élevé des deux",
        es="{flat} al mes o {rate} anual sobre el importe vencido, lo que sea mayor",
        it="{flat} al mese o {rate} all'anno sull'importo scaduto, il maggiore dei due",
        nl="{flat} per maand of {rate} per jaar over het vervallen bedrag, het hoogste van beide",
    ),
    "sum": Phrase(
        en="{flat} and {rate} of what is overdue, once a month",
        de="{flat} und {rate} des überfälligen Betrags, einmal im Monat",
        fr="{flat} et {rate} du montant en retard, une fois par mois",
        es="{flat} más {rate} del importe vencido, una vez al mes",
        it="{flat} più {rate} dell'importo scaduto, una volta al mese",
        nl="{flat} en {rate} van het vervallen bedrag, eenmaal per maand",
    ),
}
_RULE = Phrase(
    en="Late fee: {rule}.",
    de="Verzugskosten: {rule}.",
    fr="Pénalité de retard : {rule}.",
    es="Recargo por mora: {rule}.",
    it="Penale di mora: {rule}.",
    nl="Vergoeding bij te late betaling: {rule}.",
)
_GRACE = Phrase(
    en="after {days} days of grace",
    de="nach {days} Tagen Nachfrist",
    fr="après un délai de grâce de {days} jours",
    es="tras {days} días de gracia",
    it="dopo {days} giorni di tolleranza",
    nl="na {days} dagen uitstel",
)
_CAP = Phrase(
    en="in all at most {cap} of the invoice",
    de="insgesamt höchstens {cap} der Rechnung",
    fr="au total {cap} de la facture au plus",
    es="en total no más del {cap} de la factura",
    it="in tutto non oltre il {cap} della fattura",
    nl="in totaal hoogstens {cap} van de factuur",
)
_CEILING = Phrase(
    en="at most {rate} a year",
    de="höchstens {rate} im Jahr",
    fr="{rate} par an au plus",
    es="como máximo {rate} anual",
    it="al massimo {rate} all'anno",
    nl="hoogstens {rate} per jaar",
)
_SO_FAR = Phrase(
    en="Late fees charged so far: {charged}, of which {open} is unpaid.",
    de="Bisher berechnete Verzugskosten: {charged}, davon offen {open}.",
    fr="Pénalités de retard facturées à ce jour : {charged}, dont {open} impayés.",
    es="Recargos por mora cobrados hasta ahora: {charged}, de los cuales {open} sin pagar.",
    it="Penali di mora addebitate finora: {charged}, di cui {open} non pagate.",
    nl="Tot nu toe berekende vergoeding bij te late betaling: {charged}, waarvan {open} onbetaald.",
)
_NEXT = Phrase(
    en="If nothing is paid by {date}, {fee} more will be charged on that day.",
    de="Geht bis {date} keine Zahlung ein, werden an diesem Tag weitere {fee} berechnet.",
    fr="Sans paiement d'ici au {date}, {fee} de plus seront facturés à cette date.",
    es="Si no se paga nada hasta el {date}, ese día se cobrarán {fee} más.",
    it="Senza pagamenti entro il {date}, in quel giorno saranno addebitati altri {fee}.",
    nl="Wordt er uiterlijk {date} niets betaald, dan komt er die dag {fee} bij.",
)


def fee_lines(wording: Wording, *notices: FeeNotice) -> tuple[str, ...]:
    """The sentences about late fees of one paper; none where there is nothing to say.

    Args:
        wording: of the language of whoever gets it.
        notices: of the accounts on it, in one currency; what they come to is said once for all.
    """
    rules = [
        wording.say(_RULE, rule=policy_in_words(each.policy, each.currency, wording))
        for each in notices
        if each.policy.method != "none"
    ]
    lines = list(dict.fromkeys(rules))

    def money(amounts: Iterable[int]) -> str:
        return wording.money(sum(amounts), notices[0].currency)

    if any(each.charged or each.open for each in notices):
        charged, unpaid = (each.charged for each in notices), (each.open for each in notices)
        lines.append(wording.say(_SO_FAR, charged=money(charged), open=money(unpaid)))
    if any(each.next_fee for each in notices):
        fee = money(each.next_fee for each in notices)
        lines.append(wording.say(_NEXT, date=wording.date(notices[0].next_on), fee=fee))
    return tuple(lines)


def policy_in_words(policy: FeePolicy, currency: str, wording: Wording) -> str:
    """A fee policy as a customer reads it: what is charged, from when, and how much at most.

    Args:
        policy: one that charges something, under its ceiling.
        currency: of the customer's documents; a flat amount is in it.
        wording: of the customer's language.
    """
    flat = round_half_away(policy.flat.scaleb(exponent(currency)))
    rate = percent_words(policy.rate_percent, wording)
    words = [wording.say(_METHODS[policy.method], flat=wording.money(flat, currency), rate=rate)]
    if policy.grace_days:
        words.append(wording.say(_GRACE, days=str(policy.grace_days)))
    if policy.ceiling_percent is not None:
        ceiling = wording.say(_CEILING, rate=percent_words(policy.ceiling_percent, wording))
        source = f" ({policy.ceiling_source})" if policy.ceiling_source else ""
        words.append(ceiling + source)
    if policy.cap_percent is not None:
        words.append(wording.say(_CAP, cap=percent_words(policy.cap_percent, wording)))
    return ", ".join(words)


def percent_words(value: Decimal, wording: Wording) -> str:
    """A percentage as the language writes it: `1,5 %`."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text if wording.language == 'en' else text.replace('.', ',')}\u00a0%"
