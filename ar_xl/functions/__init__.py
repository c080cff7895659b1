"""Worksheet functions: pure, arrays in and arrays out (design, section 6)."""
