"""How each button is worded, and what it asks: for accountants, in the order of the ribbon."""
