"""Banking: deposit slips, what the bank has of them, and the reconciliation."""
