"""Collecting: whom to call, what was promised, what is contested, what to send next."""
