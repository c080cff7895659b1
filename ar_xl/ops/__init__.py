"""What can be decided: pure functions of ledger, policy, as-of date and request."""
