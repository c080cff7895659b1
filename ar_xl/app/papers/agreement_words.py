"""What the agreement of a payment plan says, in every language that papers are written in."""

from __future__ import annotations

from ar_xl.app.papers.wording import Phrase

TITLE = Phrase(
    "Payment agreement {number}", "Ratenzahlungsvereinbarung {number}",
    "Accord de paiement échelonné {number}", "Acuerdo de pago a plazos {number}",
    "Accordo di pagamento rateale {number}", "Betalingsregeling {number}",
)  # fmt: skip
BETWEEN = Phrase(
    "between {company} and {customer}", "zwischen {company} und {customer}",
    "entre {company} et {customer}", "entre {company} y {customer}",
    "tra {company} e {customer}", "tussen {company} en {customer}",
)  # fmt: skip
AGREED = Phrase(
    "Agreed on {date}", "Vereinbart am {date}", "Conclu le {date}", "Acordado el {date}",
    "Concordato il {date}", "Overeengekomen op {date}",
)  # fmt: skip
OWED = Phrase(
    "1. What is owed", "1. Was geschuldet wird", "1. Montants dus", "1. Importes adeudados",
    "1. Importi dovuti", "1. Wat verschuldigd is",
)  # fmt: skip
DOCUMENT = Phrase("Document", "Beleg", "Document", "Documento", "Documento", "Document")
ORIGINAL = Phrase(
    "Original due date", "Ursprünglich fällig", "Échéance initiale", "Vencimiento original",
    "Scadenza originaria", "Oorspronkelijke vervaldatum",
)  # fmt: skip
OPEN = Phrase("Open", "Offen", "Solde", "Pendiente", "Aperto", "Openstaand")
DISPUTED = Phrase(
    "Disputed, not in this agreement", "Strittig, nicht Teil dieser Vereinbarung",
    "Contesté, hors du présent accord", "En disputa, fuera de este acuerdo",
    "Contestato, escluso da questo accordo", "Betwist, geen deel van deze regeling",
)  # fmt: skip
PAYMENTS = Phrase(
    "2. Payments", "2. Zahlungen", "2. Paiements", "2. Pagos", "2. Pagamenti", "2. Betalingen"
)
NUMBER = Phrase("No.", "Nr.", "N°", "N.º", "N.", "Nr.")
DUE = Phrase("Due", "Fällig", "Échéance", "Vencimiento", "Scadenza", "Vervaldatum")
AMOUNT = Phrase("Amount", "Betrag", "Montant", "Importe", "Importo", "Bedrag")
INTEREST = Phrase(
    "of which interest", "davon Zinsen", "dont intérêts", "de ello intereses",
    "di cui interessi", "waarvan rente",
)  # fmt: skip
TOTAL = Phrase("Total", "Summe", "Total", "Total", "Totale", "Totaal")
RECKONED = Phrase(
    "The interest is on what is still unpaid, by days of a year of 365.",
    "Die Zinsen sind auf den jeweils offenen Betrag taggenau berechnet, das Jahr zu 365 Tagen.",
    "Les intérêts portent sur le solde restant dû, par jour, sur une année de 365 jours.",
    "Los intereses se calculan por días sobre el saldo pendiente, con un año de 365 días.",
    "Gli interessi sono calcolati per giorni sul residuo, su un anno di 365 giorni.",
    "De rente is per dag berekend over het openstaande bedrag, met 365 dagen per jaar.",
)  # fmt: skip
TERMS = Phrase(
    "3. While payments come in time, and when one is missed",
    "3. Solange pünktlich gezahlt wird, und wenn eine Zahlung ausbleibt",
    "3. Tant que les paiements arrivent à temps, et en cas de défaut",
    "3. Mientras los pagos lleguen a tiempo, y si falta uno",
    "3. Finché i pagamenti sono puntuali, e in caso di mancato pagamento",
    "3. Zolang op tijd wordt betaald, en als een betaling uitblijft",
)
RESTS = Phrase(
    "As long as the payments arrive in time, no reminders are sent and no late fees are charged "
    "on the documents above.",
    "Solange die Zahlungen rechtzeitig eingehen, werden zu den genannten Belegen keine Mahnungen "
    "versandt und keine Verzugskosten berechnet.",
    "Tant que les paiements arrivent à temps, aucun rappel n'est envoyé et aucune pénalité de "
    "retard n'est facturée pour ces documents.",
    "Mientras los pagos lleguen a tiempo, no se envían recordatorios ni se cobran recargos por "
    "mora sobre estos documentos.",
    "Finché i pagamenti arrivano in tempo, per questi documenti non si inviano solleciti né si "
    "addebitano penali di mora.",
    "Zolang de betalingen op tijd komen, worden voor deze documenten geen herinneringen gestuurd "
    "en geen vergoeding bij te late betaling berekend.",
)
MISSED = Phrase(
    "A payment that has not arrived in full {grace} days after it was due is missed. "
    "{after} this agreement ends: the original due dates count again, and late "
    "fees may be charged from them.",
    "Eine Zahlung, die {grace} Tage nach Fälligkeit nicht vollständig eingegangen ist, gilt als "
    "versäumt. {after} endet diese Vereinbarung: Die ursprünglichen "
    "Fälligkeiten gelten wieder, und Verzugskosten können von da an berechnet werden.",
    "Un paiement qui n'est pas arrivé en entier {grace} jours après l'échéance est manqué. "
    "{after}, le présent accord prend fin : les échéances initiales "
    "s'appliquent de nouveau et des pénalités de retard peuvent être facturées depuis "
    "celles-ci.",
    "Un pago que no haya llegado completo {grace} días después de su vencimiento se considera "
    "incumplido. {after} este acuerdo termina: vuelven a regir los "
    "vencimientos originales y pueden cobrarse recargos por mora desde ellos.",
    "Un pagamento non arrivato per intero {grace} giorni dopo la scadenza è mancato. {after} "
    "questo accordo termina: valgono di nuovo le scadenze originarie e da "
    "esse possono essere addebitate penali di mora.",
    "Een betaling die {grace} dagen na de vervaldatum niet volledig binnen is, is gemist. "
    "{after} eindigt deze regeling: de oorspronkelijke vervaldata gelden "
    "weer en vanaf die data kan vergoeding bij te late betaling worden berekend.",
)
AFTER_ONE = Phrase(
    "After one missed payment", "Nach der ersten versäumten Zahlung", "Après un paiement manqué",
    "Tras un pago incumplido", "Dopo un pagamento mancato", "Na één gemiste betaling",
)  # fmt: skip
AFTER = Phrase(
    "After {count} missed payments", "Nach {count} versäumten Zahlungen",
    "Après {count} paiements manqués", "Tras {count} pagos incumplidos",
    "Dopo {count} pagamenti mancati", "Na {count} gemiste betalingen",
)  # fmt: skip
STATE = Phrase(
    "Please state {number} with every payment.", "Bitte geben Sie bei jeder Zahlung {number} an.",
    "Merci d'indiquer {number} à chaque paiement.", "Indique {number} en cada pago.",
    "Indicare {number} in ogni pagamento.", "Vermeld bij elke betaling {number}.",
)  # fmt: skip
SIGNED = Phrase(
    "Place, date, signature", "Ort, Datum, Unterschrift", "Lieu, date, signature",
    "Lugar, fecha, firma", "Luogo, data, firma", "Plaats, datum, handtekening",
)  # fmt: skip
