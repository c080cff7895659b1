"""What banks call the columns of their tables, as data, in the languages of their customers.

Compared as in `imports/names.py`: without case, accents, spaces and punctuation; names between
semicolons are tiers, an earlier one wins. A currency behind a heading, `Betrag (EUR)`, is taken
off before. Seen in statements of banks in Europe, North America, India and Australia.
"""

from __future__ import annotations

from ar_xl.imports.names import Field, ImportKind

_DATE = Field(
    "date", "Date",
    "Booking Date, Date Booked, Booked, Posting Date, Post Date, Posted Date, Date Posted, "
    "Posted, Entry Date, Accounting Date, Buchungstag, Buchungsdatum, Buchung, Gebucht am, "
    "Datum Buchung, Date comptable, Date de comptabilisation, Date opération, Date d'opération, "
    "Date de l'opération, Date de transaction, Fecha operación, Fecha de operación, "
    "Fecha contable, F Operación, F Contable, Fecha de la operación, Fecha movimiento, "
    "Data operazione, Data contabile, Data movimento, Data registrazione, Data contabilizzazione, "
    "Boekdatum, Boekingsdatum, Datum boeking, Uitvoeringsdatum, Data do movimento, Data Mov, "
    "Data lançamento, Data operação, Data operacji, Data księgowania, Data transakcji, "
    "Bokföringsdag, Bokföringsdatum, Bokförd, Bogføringsdato, Bogført, Bokføringsdato, "
    "Bokført dato, Bokført, Kirjauspäivä, Maksupäivä, Datum zaúčtování, Datum provedení, "
    "Könyvelés dátuma, Tranzakció dátuma, Datum verrekening, "
    "created_utc, Created UTC, Created, Created date UTC, Completed Date, "
    "Deposit Date; "
    "Transaction Date, Trans Date, Tran Date, Txn Date, Date of Transaction, Transaktionsdatum, "
    "Transaktionsdag, Umsatzdatum; "
    "Date, Datum, Fecha, Data, Dato, Päivä, Päiväys, Pvm, Dt, Day, Dátum, Kuupäev; "
    "Started Date, Date Started", critical=True,
)  # fmt: skip
_VALUE_DATE = Field(
    "value_date", "Value Date",
    "Value Date, Value Dat, Valuedate, Val Date, Value Dt, Valutadatum, Valuta, Wertstellung, "
    "Wertstellungsdatum, Wert, Date de valeur, Date valeur, Fecha valor, F Valor, Data valuta, "
    "Rentedatum, Data valor, Data waluty, Data wartości, Valutadato, Rentedato, Valutadag, "
    "Räntedag, Arvopäivä, available_on_utc, Available On UTC; Interest Date, Effective Date",
)  # fmt: skip
_AMOUNT = Field(
    "amount", "Amount",
    "Gross, Gross Amount, Brutto, Bruttobetrag, Brut, Bruto, Lordo, Total Collected, "
    "Converted Amount, Source amount after fees; "
    "Amount, Transaction Amount, Amt, Txn Amount, Tran Amount, Amount Booked, Betrag, "
    "Buchungsbetrag, Umsatz, Umsatzbetrag, Betrag in Kontowährung, Montant, "
    "Montant de l'opération, Importe, Importe movimiento, Cantidad, Importo, Importo operazione, "
    "Bedrag, Transactiebedrag, Valor, Montante, Importância, Kwota, Kwota transakcji, "
    "Kwota operacji, Belopp, Beløb, Beløp, Summa, Summa euroa, Määrä, Částka, Objem, Összeg, "
    "Tranzakció összege, Bedrag in EUR, Transaktionsbetrag, Zahlungsbetrag; "
    "Gross Sales, Net Sales, Value", critical=True,
)  # fmt: skip
_DEBIT = Field(
    "debit", "Debit",
    "Debit, Debits, Debit Amount, Debit Amt, Withdrawal, Withdrawals, Withdrawal Amt, "
    "Withdrawal Amount, Withdrawal Dr, Money Out, Paid Out, Amount Out, Out, Outgoing, Soll, "
    "Belastung, Belastungen, Lastschrift, Ausgang, Ausgaben, Débit, Débits, Sortie, Cargo, "
    "Cargos, Debe, Adeudo, Pagos, Addebito, Addebiti, Dare, Uscite, Uscita, Af, Débito, Débitos, "
    "Saídas, Obciążenia, Wydatki, Debet, Uttag, Ut, Ut fra konto, Ut av konto, Hævet, "
    "Udbetaling, Udbetalinger, Dr, Dr Amount, Debit Dr, Charges Debit, Spent, Belastungsbetrag, "
    "Terhelés, Payments Out; Payments", critical=True,
)  # fmt: skip
_CREDIT = Field(
    "credit", "Credit",
    "Credit, Credits, Credit Amount, Credit Amt, Deposit, Deposits, Deposit Amt, Deposit Amount, "
    "Deposit Cr, Money In, Paid In, Amount In, In, Incoming, Haben, Gutschrift, Gutschriften, "
    "Eingang, Einnahmen, Crédit, Crédits, Entrée, Abono, Abonos, Haber, Ingresos, Accredito, "
    "Accrediti, Avere, Entrate, Entrata, Bij, Crédito, Créditos, Entradas, Uznania, Wpływy, "
    "Kredit, Insättning, Inn, Inn på konto, Indsat, Indbetaling, Indbetalinger, Cr, Cr Amount, "
    "Credit Cr, Received, Gutschriftsbetrag, Jóváírás, Payments In; Receipts", critical=True,
)  # fmt: skip
_SIDE = Field(
    "side", "Debit or Credit",
    "Debit or Credit, D/C, C/D, Dr/Cr, Cr/Dr, Debit/Credit, Credit/Debit, "
    "Credit Debit Indicator, Credit or Debit, CdtDbtInd, Debit Credit Indicator, CD Indicator, "
    "DC Indicator, Credit/Debit Indicator, Soll/Haben, S/H, Soll/Haben-Kennzeichen, "
    "Soll Haben Kennzeichen, SH Kennzeichen, Af Bij, Af/Bij, Bij/Af, Bij Af, Sens, Débit/Crédit, "
    "Débito/Crédito, Cargo/Abono, Dare/Avere, Segno, D/K, Debet/Kredit, Debet/Credit, "
    "Bevétel/Kiadás, Deebet/Kreedit, Sign, +/-, CreditDebit, Obciążenie/Uznanie",
)  # fmt: skip
_FEE = Field(
    "fee", "Fee",
    "Fee, Fees, Fee Amount, Total Fees, Total Fee Amount, Processing Fee, Processing Fees, "
    "Bank Fee, Bank Charge, Bank Charges, Commission, Gebühr, Gebühren, Entgelt, Frais, "
    "Comisión, Comisiones, Commissione, Commissioni, Comissão, Kosten, Prowizja, Opłata, Avgift, "
    "Gebyr, Kulu",
)  # fmt: skip
_NET = Field(
    "net", "Net",
    "Net, Net Amount, Net Total, Netto, Nettobetrag, Net Deposit, Neto, Montant net, Importo netto",
)  # fmt: skip
_CURRENCY = Field(
    "currency", "Currency",
    "Converted Currency; Currency, Currency Code, Curr, Cur, Ccy, Währung, Waehrung, Währung Code, "
    "Whg, Devise, Monnaie, Divisa, Moneda, Moeda, Waluta, Waluta operacji, Muntsoort, Munt, "
    "Valutakod, Valutakode, Valuutta, Měna, Deviza, Devizanem, "
    "Tranzakció devizaneme; "
    "Account Currency, Kontowährung, Transaction Currency",
)  # fmt: skip
_BALANCE = Field(
    "balance", "Balance",
    "Balance, Running Balance, Account Balance, Ledger Balance, Closing Balance, Bal, "
    "Balance After, Balance After Transaction, Saldo, Saldo nach Buchung, Kontostand, "
    "Kontostand nach Buchung, Guthaben, Solde, Solde après opération, Saldo contable, "
    "Saldo contabile, Saldo progressivo, Saldo po transakcji, Saldo po operacji, "
    "Saldo na transactie, Saldo na mutatie, Saldo na boeking, Bokfört saldo, Bokført saldo, "
    "Saldo contabilístico, Zůstatek, Egyenleg, Könyvelt egyenleg; "
    "Available Balance, Saldo disponible, Saldo disponibile, Saldo disponível",
)  # fmt: skip
_PAYER = Field(
    "payer", "Payer",
    "Payer, Payer Name, Partner Name, Partnername, Counterparty, Counterparty Name, "
    "Counter Party, Counterpart, Remitter, Remitter Name, Sender, Sender Name, Other Party, "
    "Received From, Payee/Payer, Payer/Payee, Customer Name, Customer Description, "
    "Auftraggeber, Auftraggeber/Empfänger, Auftraggeber/Begünstigter, "
    "Auftraggeber/Zahlungsempfänger, Empfänger/Auftraggeber, Begünstigter/Zahlungspflichtiger, "
    "Beguenstigter/Zahlungspflichtiger, Zahlungspflichtiger, Zahlungspflichtige*r, "
    "Name Zahlungsbeteiligter, Name Auftraggeber/Empfänger, Partner, Absender, "
    "Nom de la contrepartie, Nom contrepartie, Contrepartie, Nom contrepartie contient, Tiers, "
    "Donneur d'ordre, Ordenante, Ordinante, Ordinante/Beneficiario, Controparte, "
    "Naam tegenpartij, Naam/Omschrijving, Naam tegenpartij bevat, Tegenpartij, Ordenador, Nadawca, "
    "Nadawca/Odbiorca, Odbiorca/Zleceniodawca, Dane kontrahenta, Kontrahent, "
    "Nazwa kontrahenta, Avsändare, Avsändare/Mottagare, Avsender, Modpart, Motpart, "
    "Saaja/Maksaja, Maksaja, Název protiúčtu, Partner neve; "
    "Name, Nom, Nombre, Nome, Naam, Namn, Navn, Nimi, Nazwa; Merchant Name, Merchant, "
    "customer_name, Customer Email, customer_email",
)  # fmt: skip
_PAYEE = Field(
    "payee", "Payee",
    "Payee, Payee Name, Beneficiary, Beneficiary Name, Recipient, Zahlungsempfänger, "
    "Zahlungsempfänger*in, Empfänger, Begünstigter, Empfänger/Zahlungspflichtiger, Bénéficiaire, "
    "Beneficiario, Beneficiário, Odbiorca, Mottagare, Mottaker, Saaja, Begunstigde",
)  # fmt: skip
_PAYER_ACCOUNT = Field(
    "payer_account", "Payer Account",
    "Payer Account, Bank Account, Counterparty Account, Counterparty Account Number, "
    "Counterparty IBAN, Counter Party Account, Partner IBAN, Partner Account, Sender Account, "
    "Remitter Account, Payer IBAN, Kontonummer/IBAN, IBAN Zahlungsbeteiligter, "
    "IBAN Auftraggeber/Empfänger, Partnerkonto, Gegenkonto, Compte contrepartie, "
    "Numéro de compte de la contrepartie, Compte de la contrepartie, Cuenta contrapartida, "
    "Conto controparte, Tegenrekening, Tegenrekening IBAN/BBAN, Rekening tegenpartij, "
    "Rachunek kontrahenta, Numer rachunku kontrahenta, Nr rachunku kontrahenta, "
    "Rachunek nadawcy/odbiorcy, Rekeningnummer tegenpartij, "
    "Motkonto, Modkonto, Saajan tilinumero, Protiúčet, "
    "From Email Address, Absender E-Mail-Adresse; Konto-Nr, Bankkonto",
)  # fmt: skip
_ACCOUNT = Field(
    "account", "Account",
    "Own Account, Auftragskonto, IBAN Auftragskonto, Eigenes Konto, Eigene IBAN, Account Number, "
    "Account No, Account IBAN, Eigen rekening, IBAN/BBAN, Rekeningnummer, Numéro de compte, "
    "N de compte, Número de cuenta, Numero conto, Numer rachunku, Kontonummer, Kontonr, "
    "Tilinumero; Account, Konto, Rekening, Compte, Cuenta, Conto, Conta, Rachunek, Tili, IBAN, "
    "Account ID",
)  # fmt: skip
_REFERENCE = Field(
    "reference", "Reference",
    "Reference, Invoice Number, Rechnungsnummer, Payment Reference, Structured Reference, "
    "End-to-End Reference, EndToEndId, End to End ID, End-to-End-Referenz, Kundenreferenz, "
    "Kundenreferenz End-to-End, Customer Reference, Zahlungsreferenz, Referenz, Référence, "
    "Communication structurée, Gestructureerde mededeling, Referencia, Referencia 1, "
    "Riferimento, Betalingskenmerk, Kenmerk, Referência, Referencja, Referens, OCR, "
    "Reference/OCR, KID, Viite, Viitenumero, Variabilní symbol, Reference Number; "
    "Ref, Ref No, Ref Number, Ref No/Cheque No, Chq/Ref Number, Chq/Ref No, "
    "Cheque Number, Cheque No, Chq No, Check Number, Check No, Check or Slip #, Check, Cheque, "
    "CHQNO, Serial Number, Invoice ID, invoice_id, Bank Reference, Customer Ref, "
    "Transactiereferentie; automatic_payout_id, Transfer, Deposit ID, Payout ID",
)  # fmt: skip
_BANK_ID = Field(
    "bank_id", "Bank ID",
    "Bank ID, Transaction ID, Transaktionscode, Transaktions-ID, Transaktionsnummer, FITID, "
    "Unique ID, Unique Identifier, Entry ID, Operation Number, Operation No, Transaction Number, "
    "Txn ID, Tran ID, Umsatz-ID, balance_transaction_id, Payment ID, TransferWise ID, Wise ID, "
    "Numéro d'opération, Identyfikator transakcji, Arkistointitunnus, Arkiveringsreferens, "
    "Volgnr, Verifikationsnummer, Transaktions-Nr, Číslo operace, ID pohybu; ID",
)  # fmt: skip
_TYPE = Field(
    "type", "Type",
    "Type, Transaction Type, Tran Type, Txn Type, Typ, Transaktionstyp, Umsatztyp, Umsatzart, "
    "Buchungsart, Mutatiesoort, Type of Transaction, Typ transakcji, Typ operacji, "
    "Rodzaj operacji, Rodzaj transakcji, reporting_category, Event Type, Art, "
    "Type de transaction, Type opération, Tipo, Tipo de movimiento, Tipo operazione, Laji, "
    "Transaktionstype, Beskrivning typ, Typ pohybu; Transaction Code, Tran Code",
)  # fmt: skip
_STATUS = Field(
    "status", "Status",
    "Status, State, Buchungsstatus, Umsatzstatus, Transaction Status, Statut, Estado, Stato, "
    "Stan, Tila; Info",
)  # fmt: skip
_TEXT = Field(
    "text", "Text",
    "Text, Description, Original Description, Extended Details, Additional Details, Details, "
    "Detail, Narrative, Narration, Particulars, Transaction Details, Transaction Description, "
    "Transaction Remarks, Transaction Particulars, Remarks, Memo, Notes, Note, Message, Label, "
    "Payment Details, Purpose, Payment Purpose, Additional Info, Additional Information, "
    "Narrative 1, Narrative 2, Buchungstext, Verwendungszweck, Verwendungszweck 1, "
    "Verwendungszweck 2, Vorgang/Verwendungszweck, Vorgang, Umsatztext, Buchungsdetails, "
    "Buchungsinformation, Buchungs-Details, Mitteilung, Mitteilungen, Mitteilung an Empfänger, "
    "Beschreibung, Beschreibung 1, Beschreibung 2, Beschreibung 3, Betreff, Avisierungstext, "
    "Fussnoten, Libellé, Libellé opération, Libellé de l'opération, Libellé simplifié, "
    "Libelle simplifie, Libelle operation, Motif, Objet, Remarque, Communication, "
    "Communications, Communication libre, Informations complémentaires, Infos complementaires, "
    "Détail, Détails, Concepto, Concepto ampliado, Más datos, Descripción, Observaciones, "
    "Movimiento, Descrizione, Descrizione operazione, Descrizione estesa, Causale, Dettagli, "
    "Operazione, Omschrijving, Omschrijving 1, Omschrijving 2, Omschrijving 3, Mededeling, "
    "Mededelingen, Vrije mededeling, Bericht, Descrição, Descritivo, "
    "Histórico, Movimento, Tytuł, Tytuł operacji, Tytułem, Opis, Opis operacji, "
    "Opis transakcji, Szczegóły, Szczegóły transakcji, Beskrivning, Rubrik, Text/mottagare, "
    "Otsikko, Notes and #tags, Libelle court, Meddelande, "
    "Specifikation, Transaktion, Tekst, Beskrivelse, Forklaring, Melding, Selitys, Viesti, "
    "Popis, Zpráva, Zpráva pro příjemce, Item, Transaktionsbeschreibung, "
    " Poznámka, Közlemény, Subject, Item Title, Remarque, "
    "Remittance Information, Statement Descriptor, Payment Note, Product",
)  # fmt: skip

_REFUNDED = Field(
    "refunded", "Refunded", "Converted Amount Refunded; Amount Refunded",
)  # fmt: skip

BANK = ImportKind(
    "bank statement",
    (_DATE, _VALUE_DATE, _AMOUNT, _DEBIT, _CREDIT, _SIDE, _FEE, _NET, _CURRENCY, _BALANCE, _PAYER,
     _PAYEE, _PAYER_ACCOUNT, _ACCOUNT, _REFERENCE, _BANK_ID, _TYPE, _STATUS, _TEXT, _REFUNDED),
    (("date", "value_date"), ("amount", "debit", "credit")),
    ("side", "balance", "debit", "credit", "value_date"),
)  # fmt: skip

# Words within a heading that no bank's list has, and words that make it another column.
LIKELY: dict[str, tuple[str, ...]] = {
    "date": ("date", "datum", "fecha", "data ", "dato", "pvm", "paiva"),
    "amount": ("amount", "betrag", "umsatz", "montant", "importe", "importo", "bedrag", "kwota",
               "belopp", "belob", "belop", "valor", "suma", "summa", "castka"),
    "debit": ("debit", "withdraw", "paid out", "money out", "belast", "soll", "cargo", "addebit",
              "uscite", "sortie", "obciaz", "uttag"),
    "credit": ("credit", "deposit", "paid in", "money in", "gutschrift", "haben", "abono",
               "accredit", "entrate", "entree", "uznan", "insatt"),
    "balance": ("balance", "saldo", "solde", "kontostand"),
    "text": ("descri", "narrat", "detail", "text", "libell", "concept", "omschr", "opis",
             "beskriv", "zweck", "memo", "particular"),
}  # fmt: skip
UNLIKELY = ("fee", "original", "foreign", "local", "tax", "vat", "value d", "valuta", "valeur",
            "card", "number", "limit", "rate", "exchange", "kurs", "gebuhr", "available",
            "type", "code", "account", "refund")  # fmt: skip

# The words of a column that says which side a row is on.
DEBIT_SIDE = frozenset(
    ("d", "dr", "db", "dbit", "debit", "debet", "debits", "s", "soll", "af", "debito", "debita",
     "cargo", "adeudo", "out", "withdrawal", "w", "-", "dare", "uscita", "debe", "obciazenie",
     "belastung", "outflow", "kiadas", "paidout", "moneyout", "deebet")
)  # fmt: skip
CREDIT_SIDE = frozenset(
    ("c", "cr", "crdt", "credit", "kredit", "credits", "h", "haben", "bij", "credito", "abono",
     "in", "deposit", "+", "k", "avere", "entrata", "haber", "uznanie", "gutschrift", "inflow",
     "bevetel", "paidin", "moneyin", "kreedit")
)  # fmt: skip

# Rows that the bank has not booked, or never will.
NOT_BOOKED = frozenset(
    ("pending", "vorgemerkt", "umsatz vorgemerkt", "vorgemerkter umsatz", "offen", "reserved",
     "reserviert", "authorized", "authorised", "declined", "failed", "reverted", "cancelled",
     "canceled", "abgelehnt", "en attente", "annulé", "pendiente", "in attesa", "oczekująca",
     "denied", "expired", "voided", "void", "removed", "placed", "ausstehend", "abgebrochen",
     "zurückgezogen", "gereserveerd", "reserverad", "incomplete", "unclaimed", "uncaptured",
     "requires payment method", "blocked", "in transit", "in_transit")
)  # fmt: skip

OPENING_WORDS = (
    "opening balance", "balance at start of period", "balance at beginning", "beginning balance",
    "starting balance", "start balance", "balance brought forward", "brought forward",
    "previous balance",
    "balance b f", "b f", "anfangssaldo", "alter saldo", "alter kontostand", "saldovortrag",
    "kontostand alt", "eröffnungssaldo", "solde initial", "solde précédent", "ancien solde",
    "solde début de période", "solde d ouverture", "saldo inicial", "saldo anterior",
    "saldo iniziale", "saldo precedente", "beginsaldo", "openingssaldo", "vorig saldo", "oud saldo",
    "saldo początkowe", "ingående saldo", "primosaldo", "inngående saldo", "alkusaldo",
    "počáteční zůstatek",
)  # fmt: skip
CLOSING_WORDS = (
    "closing balance", "balance at end of period", "ending balance", "end balance",
    "balance carried forward", "carried forward", "new balance", "balance c f",
    "final balance", "endsaldo",
    "neuer saldo", "neuer kontostand", "schlusssaldo", "kontostand neu", "kontostand",
    "solde final", "nouveau solde", "solde fin de période", "solde de clôture", "saldo final",
    "saldo actual", "saldo finale", "saldo attuale", "eindsaldo", "slotsaldo", "nieuw saldo",
    "saldo końcowe", "utgående saldo", "ultimosaldo", "loppusaldo", "konečný zůstatek",
    "current balance", "account balance",
)  # fmt: skip
ACCOUNT_WORDS = (
    "account number", "account no", "account", "iban", "konto", "kontonummer", "konto nr",
    "konto iban", "kontonummer iban", "girokonto", "geschäftskonto", "numéro de compte",
    "n de compte", "compte", "compte n", "cuenta", "número de cuenta", "conto", "numero conto",
    "n conto", "conto corrente", "rekening", "rekeningnummer", "conta", "número da conta",
    "rachunek", "numer rachunku", "nr rachunku", "kontonr", "tili", "tilinumero", "a c no",
    "account iban", "a c number", "iban kontonummer", "číslo účtu", "konto numer",
)  # fmt: skip
CURRENCY_WORDS = (
    "currency", "account currency", "currency code", "währung", "kontowährung", "devise",
    "monnaie", "divisa", "moneda", "valuta", "moeda", "waluta", "muntsoort", "valuutta", "měna",
)  # fmt: skip
TOTALS = ("total", "totals", "grand total", "sum", "summe", "gesamt", "gesamtsumme", "totaal",
          "totale", "totali", "total général", "totales", "totais", "suma", "razem", "summa",
          "sumtotal",
          "umsatzsumme", "total debits", "total credits", "transaction total",
          "statement summary", "statement summary :-")  # fmt: skip
