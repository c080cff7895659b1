"""Bank files: one format a module, each read into the same statements of `parts`."""
