"""What things are: money, dates, terms, policy, ledger tables, periods. Pure, no I/O, no clock."""
