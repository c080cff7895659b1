"""Matching: from whom money came and what it pays, proposed with a reason and a confidence."""
