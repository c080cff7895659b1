"""Papers for people outside: pure functions that make the bytes of a file from what it says."""
