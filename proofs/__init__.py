"""Heavier proofs of what is promised: each command prints its figures and fails when broken."""
