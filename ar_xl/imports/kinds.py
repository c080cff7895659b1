"""What a foreign file can hold."""

LISTS = ("invoices", "customers", "receipts", "history")
BANK = "bank"
KINDS = (*LISTS, BANK)
