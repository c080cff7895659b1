"""What statements of account say, in every language."""

from __future__ import annotations

from ar_xl.app.papers.wording import Phrase, Wording
from ar_xl.core.policy import bucket_names

TITLE = Phrase(
    "Statement of account", "Kontoauszug", "Relevé de compte", "Estado de cuenta",
    "Estratto conto", "Rekeningoverzicht",
)  # fmt: skip
DATE_OF = Phrase(
    "Statement date", "Stand vom", "Date du relevé", "Fecha del estado", "Data dell'estratto",
    "Datum overzicht",
)  # fmt: skip
CUSTOMER = Phrase(
    "Customer no.", "Kundennummer", "N° client", "N.º de cliente", "N. cliente", "Klantnummer"
)
PERIOD = Phrase("Period", "Zeitraum", "Période", "Período", "Periodo", "Periode")
FROM_TO = Phrase(
    "{first} to {last}", "{first} bis {last}", "du {first} au {last}", "del {first} al {last}",
    "dal {first} al {last}", "{first} t/m {last}",
)  # fmt: skip
OPEN_ITEMS = Phrase(
    "Open items", "Offene Posten", "Postes ouverts", "Partidas abiertas", "Partite aperte",
    "Openstaande posten",
)  # fmt: skip
ACTIVITY = Phrase(
    "Account activity", "Kontobewegungen", "Mouvements du compte", "Movimientos de la cuenta",
    "Movimenti del conto", "Mutaties",
)  # fmt: skip
NOTHING_OPEN = Phrase(
    "Nothing is open.", "Es ist nichts offen.", "Aucun poste n'est ouvert.",
    "No hay partidas abiertas.", "Nessuna partita aperta.", "Er staat niets open.",
)  # fmt: skip
DOCUMENT = Phrase("Document", "Beleg", "Pièce", "Documento", "Documento", "Document")
DATE = Phrase("Date", "Datum", "Date", "Fecha", "Data", "Datum")
DUE = Phrase("Due", "Fällig", "Échéance", "Vencimiento", "Scadenza", "Vervaldatum")
REFERENCE = Phrase(
    "Your reference", "Ihre Referenz", "Votre référence", "Su referencia", "Vs. riferimento",
    "Uw referentie",
)  # fmt: skip
ORIGINAL = Phrase("Original", "Betrag", "Montant", "Importe", "Importo", "Bedrag")
PAID = Phrase("Paid", "Bezahlt", "Réglé", "Pagado", "Pagato", "Betaald")
USED = Phrase("Used", "Verrechnet", "Affecté", "Aplicado", "Abbinato", "Verrekend")
OPEN = Phrase("Open", "Offen", "Solde dû", "Pendiente", "Aperto", "Open")
DAYS = Phrase(
    "Days late", "Tage über", "Jours de retard", "Días vencido", "Giorni ritardo", "Dagen te laat"
)
CHARGES = Phrase("Charges", "Belastung", "Débit", "Cargos", "Dare", "Debet")
CREDITS = Phrase("Credits", "Gutschrift", "Crédit", "Abonos", "Avere", "Credit")
BALANCE = Phrase("Balance", "Saldo", "Solde", "Saldo", "Saldo", "Saldo")
BROUGHT_FORWARD = Phrase(
    "Balance brought forward", "Saldovortrag", "Report à nouveau", "Saldo anterior",
    "Saldo precedente", "Beginsaldo",
)  # fmt: skip
CLOSING = Phrase(
    "Balance at the end", "Saldo am Ende", "Solde final", "Saldo final", "Saldo finale",
    "Eindsaldo",
)  # fmt: skip
OF_LINES = Phrase(
    "part {line} of {lines}", "Rate {line} von {lines}", "échéance {line} sur {lines}",
    "plazo {line} de {lines}", "rata {line} di {lines}", "termijn {line} van {lines}",
)  # fmt: skip
IN_DISPUTE = Phrase(
    "in dispute: {amount}", "strittig: {amount}", "contesté : {amount}",
    "en disputa: {amount}", "contestato: {amount}", "betwist: {amount}",
)  # fmt: skip
UNAPPLIED = Phrase(
    "Payments and credits not yet applied", "Noch nicht verrechnete Zahlungen und Gutschriften",
    "Règlements et avoirs non encore affectés", "Pagos y abonos aún no aplicados",
    "Pagamenti e crediti non ancora abbinati", "Nog niet verrekende betalingen en credits",
)  # fmt: skip
SUM_OPEN = Phrase(
    "Open items", "Summe offener Posten", "Total des postes ouverts", "Total partidas abiertas",
    "Totale partite aperte", "Totaal openstaand",
)  # fmt: skip
LESS_CREDITS = Phrase(
    "Less payments and credits not applied", "Abzüglich nicht verrechneter Beträge",
    "Moins règlements et avoirs non affectés", "Menos pagos y abonos no aplicados",
    "Meno pagamenti e crediti non abbinati", "Af: niet verrekende bedragen",
)  # fmt: skip
TOTAL_DUE = Phrase(
    "Total due", "Gesamtbetrag", "Total dû", "Total a pagar", "Totale dovuto", "Totaal te betalen"
)
IN_FAVOUR = Phrase(
    "Balance in your favour", "Guthaben", "Solde en votre faveur", "Saldo a su favor",
    "Saldo a vostro favore", "Saldo in uw voordeel",
)  # fmt: skip
PAST_DUE = Phrase(
    "Of which past due", "Davon überfällig", "Dont échu", "De ello vencido", "Di cui scaduto",
    "Waarvan vervallen",
)  # fmt: skip
DISPUTED = Phrase(
    "Of which in dispute", "Davon strittig", "Dont contesté", "De ello en disputa",
    "Di cui contestato", "Waarvan betwist",
)  # fmt: skip
AGE_BY_DUE = Phrase(
    "By days past due, {currency}", "Nach Tagen über Fälligkeit, {currency}",
    "Par jours de retard, {currency}", "Por días de vencimiento, {currency}",
    "Per giorni di ritardo, {currency}", "Naar dagen na vervaldatum, {currency}",
)  # fmt: skip
AGE_BY_INVOICE = Phrase(
    "By days since the invoice date, {currency}", "Nach Tagen seit Rechnungsdatum, {currency}",
    "Par jours depuis la facture, {currency}", "Por días desde la factura, {currency}",
    "Per giorni dalla fattura, {currency}", "Naar dagen sinds factuurdatum, {currency}",
)  # fmt: skip
CURRENT = Phrase("Not due", "Nicht fällig", "Non échu", "No vencido", "A scadere", "Niet vervallen")
TODAY = Phrase("Today", "Heute", "Ce jour", "Hoy", "Oggi", "Vandaag")
OVER = Phrase("Over {days}", "Über {days}", "Plus de {days}", "Más de {days}", "Oltre {days}",
              "Meer dan {days}")  # fmt: skip
CREDIT_COLUMN = Phrase(
    "Not applied", "Gutschriften", "Non affecté", "No aplicado", "Non abbinato", "Niet verrekend"
)
TOTAL = Phrase("Total", "Summe", "Total", "Total", "Totale", "Totaal")
ACCOUNT_OF = Phrase(
    "Account of {name}", "Konto {name}", "Compte de {name}", "Cuenta de {name}", "Conto di {name}",
    "Rekening van {name}",
)  # fmt: skip
PROMISED = Phrase(
    "Thank you for announcing {amount} by {day}.",
    "Danke für die Ankündigung von {amount} bis {day}.",
    "Merci d'avoir annoncé {amount} pour le {day}.",
    "Gracias por anunciar {amount} hasta el {day}.",
    "Grazie per aver annunciato {amount} entro il {day}.",
    "Dank voor het toezeggen van {amount} uiterlijk {day}.",
)
PROMISED_FOR = Phrase(
    "Thank you for announcing {amount} by {day} for {number}.",
    "Danke für die Ankündigung von {amount} bis {day} für {number}.",
    "Merci d'avoir annoncé {amount} pour le {day}, pièce {number}.",
    "Gracias por anunciar {amount} hasta el {day} para {number}.",
    "Grazie per aver annunciato {amount} entro il {day} per {number}.",
    "Dank voor het toezeggen van {amount} uiterlijk {day} voor {number}.",
)
ON_PLAN = Phrase(
    "Payment plan {plan}: the next payment is {amount}, due {day}.",
    "Zahlungsplan {plan}: die nächste Zahlung von {amount} ist am {day} fällig.",
    "Plan de paiement {plan} : prochain paiement de {amount}, échéance {day}.",
    "Plan de pagos {plan}: el próximo pago es de {amount} y vence el {day}.",
    "Piano di pagamento {plan}: prossima rata di {amount}, scadenza {day}.",
    "Betalingsregeling {plan}: de volgende betaling van {amount} vervalt op {day}.",
)
SLIP = Phrase(
    "Remittance slip", "Zahlungsavis", "Avis de paiement", "Aviso de pago", "Avviso di pagamento",
    "Betalingsspecificatie",
)  # fmt: skip
SLIP_HINT = Phrase(
    "Please send this part with your payment and tick what it is for.",
    "Bitte mit der Zahlung einsenden und ankreuzen, was bezahlt wird.",
    "À joindre au règlement ; cochez ce que vous réglez.",
    "Envíe esta parte con su pago y marque lo que paga.",
    "Da inviare con il pagamento, segnando ciò che si paga.",
    "Stuur dit deel mee met uw betaling en kruis aan wat u betaalt.",
)
PAY_TO = Phrase("Pay to", "Zahlbar an", "À régler à", "Pagar a", "Pagare a", "Betalen aan")
AMOUNT_DUE = Phrase(
    "Amount due", "Zu zahlen", "Montant dû", "Importe a pagar", "Importo dovuto", "Te betalen"
)
AMOUNT_PAID = Phrase(
    "Amount paid", "Gezahlt", "Montant réglé", "Importe pagado", "Importo pagato", "Betaald bedrag"
)
NO_PAYMENT = Phrase(
    "No payment is needed.", "Es ist keine Zahlung nötig.", "Aucun paiement n'est nécessaire.",
    "No es necesario ningún pago.", "Non è richiesto alcun pagamento.",
    "Er hoeft niet te worden betaald.",
)  # fmt: skip
PAGE = Phrase(
    "Page {page} of {pages}", "Seite {page} von {pages}", "Page {page} sur {pages}",
    "Página {page} de {pages}", "Pagina {page} di {pages}", "Pagina {page} van {pages}",
)  # fmt: skip
CONTINUED = Phrase("continued", "Fortsetzung", "suite", "continuación", "continua", "vervolg")
PHONE = Phrase("Phone", "Tel.", "Tél.", "Tel.", "Tel.", "Tel.")
WITHDRAWN = Phrase(
    "{kind}, taken back", "{kind}, zurückgenommen", "{kind}, annulation", "{kind}, anulación",
    "{kind}, storno", "{kind}, teruggedraaid",
)  # fmt: skip
KINDS = {
    "Invoice": Phrase("Invoice", "Rechnung", "Facture", "Factura", "Fattura", "Factuur"),
    "Debit Memo": Phrase("Debit memo", "Belastung", "Note de débit", "Nota de débito",
                         "Nota di debito", "Debetnota"),
    "Credit Memo": Phrase("Credit memo", "Gutschrift", "Avoir", "Nota de crédito",
                          "Nota di credito", "Creditnota"),
    "Late Fee": Phrase("Late fee", "Verzugskosten", "Pénalité de retard", "Recargo por mora",
                       "Penale di mora", "Vergoeding bij te late betaling"),
    "Plan Interest": Phrase("Plan interest", "Zinsen zum Zahlungsplan", "Intérêts du plan",
                            "Intereses del plan", "Interessi del piano",
                            "Rente van de regeling"),
    "Refund": Phrase("Refund", "Erstattung", "Remboursement", "Reembolso", "Rimborso",
                     "Terugbetaling"),
    "Receipt": Phrase("Payment", "Zahlung", "Règlement", "Pago", "Pagamento", "Betaling"),
    "Returned": Phrase("Payment returned", "Rückgabe der Zahlung", "Règlement rejeté",
                       "Pago devuelto", "Pagamento insoluto", "Betaling teruggekomen"),
    "Discount": Phrase("Discount", "Skonto", "Escompte", "Descuento", "Sconto", "Korting"),
    "Adjustment": Phrase("Adjustment", "Ausgleich", "Ajustement", "Ajuste", "Rettifica",
                         "Correctie"),
    "Fee Waiver": Phrase("Late fee waived", "Erlass von Verzugskosten", "Remise de pénalité",
                         "Recargo condonado", "Penale di mora annullata",
                         "Vergoeding kwijtgescholden"),
    "Plan Interest Waived": Phrase("Plan interest waived", "Erlass von Zinsen zum Zahlungsplan",
                                   "Remise d'intérêts du plan", "Intereses del plan condonados",
                                   "Interessi del piano annullati",
                                   "Kwijtschelding rente van de regeling"),
    "Paid Elsewhere": Phrase("Paid from another account", "Von anderem Konto bezahlt",
                             "Réglé par un autre compte", "Pagado desde otra cuenta",
                             "Pagato da un altro conto", "Betaald vanuit andere rekening"),
    "Used Elsewhere": Phrase("Used for another account", "Für anderes Konto verwendet",
                             "Utilisé pour un autre compte", "Usado para otra cuenta",
                             "Usato per un altro conto", "Gebruikt voor andere rekening"),
}  # fmt: skip


def kind_words(said: Wording, kind: str, undone: bool = False) -> str:
    """What a document or move is called; `undone` where it takes an earlier one back."""
    words = said.say(KINDS[kind])
    return said.say(WITHDRAWN, kind=words) if undone else words


def bucket_words(said: Wording, edges: tuple[int, ...], basis: str) -> tuple[str, ...]:
    """The headings of the aging: its buckets, what is not applied, and the total."""
    between = bucket_names(edges)[1:-1]
    first = said.say(CURRENT if basis == "due" else TODAY)
    last = said.say(OVER, days=str(edges[-1]))
    return (first, *between, last, said.say(CREDIT_COLUMN), said.say(TOTAL))
