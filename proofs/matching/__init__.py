"""The benchmark of matching: made-up payments whose truth is known."""
