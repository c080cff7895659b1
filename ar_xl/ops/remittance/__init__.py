"""Remittance: what a payer says is paid, as numbers, as references, as an advice in words."""
