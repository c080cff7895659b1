"""Sending e-mail drafts through the company's mail server, no message twice."""
