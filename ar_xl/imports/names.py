"""The headings that common systems export, as data: what a foreign column is called.

Names are compared without case, accents, spaces and punctuation; `#` counts as "no". Within a
field, names between semicolons are one tier: an earlier tier wins. Two columns of one tier with
different content are a question. Seen in exports of QuickBooks, Xero, Zoho Books, FreshBooks,
ERPNext, Odoo, Sage, Dynamics, SAP, LedgerSMB and of the sample files this project tests with.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """What a foreign column may mean.

    Args:
        key: in Python.
        title: as messages and --map call it; our own heading where it is one of ours.
        names: the headings it goes by.
        critical: two candidates with different content are a question, not a choice.
    """

    key: str
    title: str
    names: str
    critical: bool = False


@dataclass(frozen=True)
class ImportKind:
    """A kind of import.

    Args:
        name: as --as has it.
        fields: what its columns may mean.
        required: of each group at least one field must be found.
        telling: fields that tell this kind from the others.
    """

    name: str
    fields: tuple[Field, ...]
    required: tuple[tuple[str, ...], ...]
    telling: tuple[str, ...]


_CUSTOMER = (
    Field("customer_id", "Customer ID",
          "Customer ID, Customer No, Customer Number, Customer Code, Cust ID, Cust No, CustNo, "
          "Client ID, Client No, Client Number, Client Code, Account Reference, Account Ref, "
          "Customer Account, Debtor No, Debtor Number, Debtor Code, Sold-to, Sold-to Party, "
          "Sell-to Customer No, Bill-to Customer No, Party Code, Party ID, Contact ID, "
          "Partner ID, Account Number, Account No, Kundennummer, Kunden-Nr; "
          "Customer, Client, Party, Debtor, Partner, Contact, Kunde", critical=True),
    Field("customer_name", "Customer Name",
          "Customer Name, Client Name, Contact Name, Customer Full Name, Party Name, "
          "Partner Name, Debtor Name, Invoice Partner Display Name, Bill To Name, Account Name, "
          "Sell-to Customer Name, Kundenname; Name, Company Name, Organization, Organisation, "
          "Company, Bill To, Received From, Payer"),
)  # fmt: skip
_CURRENCY = Field(
    "currency", "Currency",
    "Currency, Currency Code, Curr, Curr Code, Ccy, Invoice Currency, Document Currency, "
    "Transaction Currency, Payment Currency, Währung, Currency ID",
    critical=True,
)  # fmt: skip
_STATUS = Field(
    "status", "Status",
    "Status, Invoice Status, Document Status, Credit Note Status, State, Payment State; "
    "Payment Status, Docstatus",
)  # fmt: skip

INVOICE_FIELDS = (
    Field("invoice_no", "Invoice No",
          "Invoice No, Invoice Number, Invoice #, Invoice Num, InvNumber, Inv No, Inv Number, "
          "Invoice Nr, Invoice Code, Bill No, Rechnungsnummer, Rechnungs-Nr; "
          "Document No, Document Number, Doc No, Doc Number, Voucher No, Voucher Number, "
          "Transaction No, Transaction Number, Number, Num, No, Belegnummer, Invoice; "
          "Invoice ID, Document ID, Doc ID; ID", critical=True),
    Field("memo_no", "Credit Memo No",
          "Credit Memo No, Credit Memo Number, Credit Memo #, Credit Note No, "
          "Credit Note Number, Credit Note #, Credit No; Credit Memo ID, Credit Note ID, "
          "CreditNotes ID", critical=True),
    *_CUSTOMER,
    Field("invoice_date", "Invoice Date",
          "Invoice Date, Date Issued, Issue Date, Date of Issue, Bill Date, Inv Date, "
          "Invoice/Bill Date, Credit Memo Date, Credit Note Date, Rechnungsdatum; "
          "Document Date, Doc Date, Transaction Date, Trans Date, Txn Date, Date Created; "
          "Posting Date; Date, Datum", critical=True),
    Field("due_date", "Due Date",
          "Due Date, Payment Due Date, Date Due, Net Due Date, Due On, Invoice Due Date, "
          "Fälligkeitsdatum, Fälligkeit; Due", critical=True),
    Field("terms", "Terms",
          "Terms, Payment Terms Label, Terms of Payment, Zahlungsbedingungen; "
          "Payment Terms, Payment Term, Payment Terms Code"),
    _CURRENCY,
    Field("amount", "Amount",
          "Invoice Amount, Invoice Total, Total Amount, Grand Total, Gross Amount, "
          "Total Invoice Amount, Original Amount, Invoiced Amount, Amount Incl Tax, "
          "Amount with Tax, Total Incl Tax, Total Including Tax, Amount in Doc Curr, "
          "Amount in Document Currency, Total in Currency; "
          "Total, Gross, Invoice Value, Bruttobetrag; Amount, Value, Betrag", critical=True),
    Field("balance", "Balance",
          "Balance, Balance Due, Amount Due, Open Balance, Outstanding, Outstanding Amount, "
          "Open Amount, Remaining Amount, Unpaid Amount, Invoice Amount Due, Residual, "
          "Amount Outstanding, Due Amount", critical=True),
    Field("paid_amount", "Paid Amount",
          "Paid Amount, Amount Paid, Invoice Amount Paid, Payments Applied; Paid, Payments"),
    Field("tax", "Tax",
          "Tax, Tax Total, Total Tax, VAT, VAT Total, GST, Sales Tax, "
          "Total Taxes and Charges, MwSt, Steuer; Tax Amount, VAT Amount", critical=True),
    Field("line_amount", "Line Amount",
          "Line Total, Line Amount, Item Total, Item Amount, Line Value, Line Net Amount",
          critical=True),
    Field("line_subtotal", "Line Subtotal", "Line Subtotal, Line Net, Item Subtotal"),
    Field("line_tax", "Line Tax", "Tax 1 Amount, Line Tax, Item Tax Amount, Line Tax Amount"),
    Field("line_tax_2", "Second Line Tax", "Tax 2 Amount"),
    Field("line_item", "Line Item",
          "Item Name, Item, Item Description, Item Desc, Line Description, Product/Service, "
          "Product, Inventory Item Code, Item Code; Quantity, Qty, Item Quantity"),
    Field("type", "Type",
          "Type, Document Type, Transaction Type, Voucher Type, Doc Type, Txn Type, "
          "Invoice Type, Belegart"),
    _STATUS,
    Field("applies_to", "Applies To",
          "Applies To, Related Invoice, Related Invoice ID, Related Invoice No, "
          "Related Invoice Number, Original Invoice, Original Invoice No, Credited Invoice, "
          "Return Against, Reversal of, Associated Invoice Number"),
    Field("non_discountable", "Non-discountable",
          "Non-discountable; Freight, Freight Amount, Shipping Charge, Shipping Amount"),
    Field("reference", "Reference",
          "Reference, Customer Reference, Your Reference, Reference Number; Ref, Assignment"),
    Field("po", "PO",
          "PO, PO Number, PO No, PO #, Purchase Order, Purchase Order No, "
          "Purchase Order Number, Customer PO, Customers Purchase Order; Order No, Order Number"),
    Field("description", "Description",
          "Description, Memo/Description, Subject, Reason; Memo, Notes, Details, Message, "
          "Narrative, Remarks, Comment, Comments"),
    Field("gl_account", "GL Account",
          "GL Account, GL Code, Revenue Account, Income Account, Sales Account, Account Code; "
          "Nominal A/C Ref"),
)  # fmt: skip

SETTLED = Field(
    "settled_date", "Settled Date",
    "Settled Date, Date Settled, Settlement Date, Paid Date, Date Paid, Payment Date, Paid On, "
    "Clearing Date, Cleared Date, Date of Payment, Fully Paid On, Received Date, Date Received; "
    "Last Payment Date",
    critical=True,
)  # fmt: skip

RECEIPT_FIELDS = (
    Field("receipt_no", "Receipt No",
          "Receipt No, Receipt Number, Receipt #, Payment No, Payment Number, Payment #; "
          "Receipt ID, Payment ID, Customer Payment ID, Transaction ID; "
          "Number, Num, No, Voucher No; ID", critical=True),
    Field("receipt_date", "Receipt Date",
          "Receipt Date, Payment Date, Date Received, Received Date, Received On, Date Paid, "
          "Paid Date, Date of Payment; Transaction Date, Trans Date, Posting Date, "
          "Deposit Date; Date, Datum", critical=True),
    *_CUSTOMER,
    Field("method", "Method",
          "Method, Payment Method, Mode, Payment Mode, Mode of Payment, Payment Type, "
          "Pay Method, Tender, Paid By"),
    Field("check_ref", "Check/Ref",
          "Check/Ref, Check No, Check Number, Check #, Cheque No, Cheque Number, "
          "Cheque/Reference No; Reference No, Reference Number, Reference, Ref No, "
          "Payment Reference, Transaction Reference; Ref"),
    _CURRENCY,
    Field("amount", "Amount",
          "Receipt Amount, Payment Amount, Amount Received, Received Amount, Paid Amount, "
          "Amount Paid; Amount, Total Amount, Total, Betrag", critical=True),
    Field("bank_amount", "Bank Amount", "Bank Amount; Net Amount, Net, Amount Credited"),
    Field("bank_fee", "Bank Fee",
          "Bank Fee, Bank Charges, Bank Charge, Processing Fee; Fee, Fees"),
    Field("remittance", "Remittance",
          "Remittance, Invoices, Invoice Nos, Invoice Numbers, Invoice No, Invoice Number, "
          "Invoice #, Applied To, Applied To Invoice, For Invoice, Against Invoice, Invoice; "
          "Invoice ID, Related Invoice"),
    Field("applied_amount", "Applied Amount",
          "Amount Applied to Invoice, Applied Amount, Allocated Amount, Amount Applied"),
    Field("side", "Debit or Credit",
          "D/C, Dr/Cr, Cr/Dr, Debit/Credit, Credit/Debit, Debit or Credit, CD Indicator"),
    Field("memo", "Memo",
          "Memo, Notes, Description; Comment, Comments, Remarks, Message, Details"),
    _STATUS,
)  # fmt: skip

CUSTOMER_FIELDS = (
    *_CUSTOMER[:1],
    Field("name", "Name",
          "Customer Name, Client Name, Contact Name, Organization, Organisation, Display Name, "
          "Customer Full Name, Party Name; Company Name, Company, Name, Full Name", critical=True),
    Field("parent_id", "Parent ID", "Parent ID, Parent Customer, Parent, Parent Company"),
    Field("contact", "Contact", "Contact, Contact Person, Attention, Billing Attention"),
    Field("first_name", "First Name", "First Name, Given Name, Forename"),
    Field("last_name", "Last Name", "Last Name, Surname, Family Name"),
    Field("email", "Email", "Email, Email Address, Email ID, E-mail, Main Email, Mail"),
    Field("phone", "Phone",
          "Phone, Phone Number, Telephone, Main Phone, Business Phone, Phone No, Tel; "
          "Mobile, Mobile Phone, Mobile No, Billing Phone"),
    Field("address", "Address", "Address, Full Address, Billing Address Full"),
    Field("street", "Street", "Street, Address Line 1, Street Address, Billing Street, "
          "Billing Address, Address 1; PO Address Line 1"),
    Field("street_2", "Second Street", "Street 2, Address Line 2, Address 2, Billing Street2"),
    Field("city", "City", "City, Town, Billing City"),
    Field("state", "State", "State, Province/State, Province, Region, County, Billing State"),
    Field("postal_code", "Postal Code",
          "Postal Code, Zip, Zip Code, Postcode, Post Code, Billing Code, Billing Zip"),
    Field("country", "Country", "Country, Billing Country, Country/Region"),
    Field("terms", "Terms",
          "Terms, Payment Terms Label, Terms of Payment; Payment Terms, Payment Term, "
          "Payment Terms Code"),
    Field("fee_policy", "Fee Policy", "Fee Policy, Late Fee Policy"),
    Field("credit_limit", "Credit Limit", "Credit Limit, Credit Limit Amount", critical=True),
    Field("overdue_limit", "Overdue Limit", "Overdue Limit"),
    _CURRENCY,
    Field("collector", "Collector", "Collector, Credit Controller, Collections Agent"),
    Field("salesperson", "Salesperson",
          "Salesperson, Sales Person, Sales Rep, Sales Representative, Account Manager"),
    Field("status", "Status", "Status, Customer Status, State of Account"),
    Field("reminder_block", "Reminder Block", "Reminder Block, Dunning Block"),
    Field("language", "Language", "Language, Language Code, Locale"),
    Field("notes", "Notes", "Notes, Note, Remarks, Comments, Comment"),
)  # fmt: skip

_OWNER = ("customer_id", "customer_name")
INVOICES = ImportKind(
    "invoices", INVOICE_FIELDS,
    (("invoice_no", "memo_no"), _OWNER, ("invoice_date",), ("amount", "line_amount", "balance")),
    ("invoice_date", "due_date", "balance", "tax", "terms", "line_amount", "memo_no", "po"),
)  # fmt: skip
HISTORY = ImportKind(
    "history", (SETTLED, *INVOICE_FIELDS),
    (*INVOICES.required, ("settled_date",)),
    (*INVOICES.telling, "settled_date"),
)  # fmt: skip
RECEIPTS = ImportKind(
    "receipts", RECEIPT_FIELDS,
    (_OWNER, ("receipt_date",), ("amount",)),
    ("receipt_no", "receipt_date", "method", "check_ref", "bank_fee", "applied_amount"),
)  # fmt: skip
CUSTOMERS = ImportKind(
    "customers", CUSTOMER_FIELDS, (("customer_id", "name"),),
    ("email", "phone", "street", "city", "credit_limit", "contact", "address", "terms"),
)  # fmt: skip
KINDS: dict[str, ImportKind] = {
    kind.name: kind for kind in (INVOICES, RECEIPTS, CUSTOMERS, HISTORY)
}
