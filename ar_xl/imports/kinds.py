"""What a foreign file can hold."""

KINDS = ("invoices", "customers", "receipts", "history")
