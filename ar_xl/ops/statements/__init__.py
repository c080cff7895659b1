"""Statements of account: who gets one, and what it says."""
