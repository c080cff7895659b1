"""Late fees: what is overdue, for how many days, at which rate, within which limits."""
