"""Heavier proofs of what is promised: each is a command that prints its figures and fails when broken."""
