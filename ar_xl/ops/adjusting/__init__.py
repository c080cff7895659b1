"""Adjustments, one module a kind: each decides what one row of Adjustments does."""
