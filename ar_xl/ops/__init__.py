"""What can be decided: pure functions of (ledger, policy, as_of, request) to a Change or findings."""
