"""What a dossier says, in the company's language: its readers are an agency or a lawyer."""

from __future__ import annotations

from ar_xl.app.papers.wording import Phrase

AGENCY = Phrase(
    "Hand-over to a collection agency", "Übergabe an ein Inkassobüro",
    "Remise à une agence de recouvrement", "Traslado a una agencia de cobros",
    "Passaggio a un'agenzia di recupero crediti", "Overdracht aan een incassobureau",
)  # fmt: skip
LEGAL = Phrase(
    "Hand-over for legal action", "Übergabe zur gerichtlichen Geltendmachung",
    "Remise pour action en justice", "Traslado para acciones legales",
    "Passaggio per azione legale", "Overdracht voor gerechtelijke stappen",
)  # fmt: skip
DATE = Phrase("Date", "Datum", "Date", "Fecha", "Data", "Datum")
REASON = Phrase("Reason", "Grund", "Motif", "Motivo", "Motivo", "Reden")
BY = Phrase("Handed over by", "Übergeben von", "Remis par", "Entregado por", "Passato da",
            "Overgedragen door")  # fmt: skip
CREDITOR = Phrase("Creditor", "Gläubiger", "Créancier", "Acreedor", "Creditore", "Schuldeiser")
DEBTOR = Phrase("Debtor", "Schuldner", "Débiteur", "Deudor", "Debitore", "Schuldenaar")
CUSTOMER_NO = Phrase("Customer no.", "Kundennummer", "N° client", "N.º de cliente", "N. cliente",
                     "Klantnummer")  # fmt: skip
CONTACT = Phrase("Contact", "Ansprechpartner", "Contact", "Contacto", "Contatto", "Contactpersoon")
EMAIL = Phrase("E-mail", "E-Mail", "E-mail", "Correo", "E-mail", "E-mail")
PHONE = Phrase("Telephone", "Telefon", "Téléphone", "Teléfono", "Telefono", "Telefoon")
JURISDICTION = Phrase("Jurisdiction", "Rechtsordnung", "Droit applicable", "Jurisdicción",
                      "Giurisdizione", "Rechtsgebied")  # fmt: skip
CLAIM = Phrase("The claim", "Die Forderung", "La créance", "El crédito", "Il credito",
               "De vordering")  # fmt: skip
CURRENCY = Phrase("Currency", "Währung", "Devise", "Moneda", "Valuta", "Valuta")
OPEN = Phrase("Open", "Offen", "Ouvert", "Abierto", "Aperto", "Open")
PAST_DUE = Phrase("Past due", "Überfällig", "Échu", "Vencido", "Scaduto", "Vervallen")
DISPUTED = Phrase("Disputed", "Strittig", "Contesté", "En disputa", "Contestato", "Betwist")
CREDITS = Phrase("Not yet applied", "Noch nicht verrechnet", "Non affecté", "Sin aplicar",
                 "Non abbinato", "Niet verrekend")  # fmt: skip
OLDEST = Phrase("Due since", "Fällig seit", "Échu depuis", "Vencido desde", "Scaduto dal",
                "Vervallen sinds")  # fmt: skip
REFERENCE = Phrase("Order, reference", "Bestellung, Referenz", "Commande, référence",
                   "Pedido, referencia", "Ordine, riferimento", "Order, referentie")  # fmt: skip
ENCLOSED = Phrase("Enclosed", "Anlagen", "Pièces jointes", "Adjuntos", "Allegati", "Bijlagen")
STATEMENT = Phrase("Statement of account", "Kontoauszug", "Relevé de compte", "Estado de cuenta",
                   "Estratto conto", "Rekeningoverzicht")  # fmt: skip
INVOICES = Phrase("Open invoices", "Offene Rechnungen", "Factures ouvertes", "Facturas abiertas",
                  "Fatture aperte", "Openstaande facturen")  # fmt: skip
HISTORY = Phrase("What happened", "Was geschah", "Historique", "Historial", "Cronologia",
                 "Wat er gebeurde")  # fmt: skip
COVER = Phrase("Cover sheet", "Deckblatt", "Page de garde", "Portada", "Copertina", "Voorblad")
WHAT = Phrase("What", "Was", "Quoi", "Qué", "Che cosa", "Wat")
ABOUT = Phrase("About", "Worüber", "Objet", "Sobre", "Oggetto", "Betreft")
DETAILS = Phrase("Details", "Einzelheiten", "Détails", "Detalles", "Dettagli", "Bijzonderheden")
AMOUNT = Phrase("Amount", "Betrag", "Montant", "Importe", "Importo", "Bedrag")
PAGE = Phrase("Page {page} of {pages}", "Seite {page} von {pages}", "Page {page} sur {pages}",
              "Página {page} de {pages}", "Pagina {page} di {pages}",
              "Pagina {page} van {pages}")  # fmt: skip
BY_DAY = Phrase("by {day}", "bis {day}", "pour le {day}", "para el {day}", "entro il {day}",
                "voor {day}")  # fmt: skip
KINDS = {
    "Call": Phrase("Call", "Anruf", "Appel", "Llamada", "Telefonata", "Telefoongesprek"),
    "Letter": Phrase("Letter", "Brief", "Courrier", "Carta", "Lettera", "Brief"),
    "Email": Phrase("E-mail", "E-Mail", "E-mail", "Correo", "E-mail", "E-mail"),
    "Statement": STATEMENT,
    "Escalation": Phrase("Hand-over", "Übergabe", "Remise", "Traslado", "Passaggio",
                         "Overdracht"),
    "Promise": Phrase("Promise to pay", "Zahlungszusage", "Promesse de paiement",
                      "Promesa de pago", "Promessa di pagamento", "Betalingsbelofte"),
    "Receipt": Phrase("Payment", "Zahlung", "Paiement", "Pago", "Pagamento", "Betaling"),
    "Credit Memo": Phrase("Credit memo", "Gutschrift", "Avoir", "Nota de crédito",
                          "Nota di credito", "Creditnota"),
    "Adjustment": Phrase("Adjustment", "Korrektur", "Correction", "Ajuste", "Rettifica",
                         "Correctie"),
    "Dispute": Phrase("Dispute", "Reklamation", "Contestation", "Disputa", "Contestazione",
                      "Betwisting"),
}  # fmt: skip
STATES = {
    "not sent": Phrase("made, not sent", "erstellt, nicht versandt", "préparé, non envoyé",
                       "preparado, no enviado", "preparato, non inviato",
                       "opgesteld, niet verzonden"),
    "taken back": Phrase("taken back or returned", "zurückgenommen oder zurückgegeben",
                         "annulé ou rejeté", "anulado o devuelto", "annullato o respinto",
                         "teruggenomen of gestorneerd"),
    "opened": Phrase("opened", "eröffnet", "ouverte", "abierta", "aperta", "geopend"),
    "closed": Phrase("closed", "erledigt", "close", "cerrada", "chiusa", "gesloten"),
    "standing": Phrase("not due yet", "noch nicht fällig", "en cours", "pendiente", "in corso",
                       "loopt nog"),
    "kept": Phrase("kept", "eingehalten", "tenue", "cumplida", "mantenuta", "nagekomen"),
    "broken": Phrase("broken", "nicht eingehalten", "non tenue", "incumplida", "non mantenuta",
                     "niet nagekomen"),
    "replaced": Phrase("replaced by a later one", "durch eine spätere ersetzt",
                       "remplacée par une autre", "sustituida por otra", "sostituita da un'altra",
                       "vervangen door een latere"),
}  # fmt: skip
