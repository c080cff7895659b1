"""Reports out of results: one module a report sheet. Drawing is done in book/."""
