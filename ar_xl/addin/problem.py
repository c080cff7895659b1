"""What can go wrong when the add-in is built, and when a built one is read."""

from __future__ import annotations


class CannotBuild(Exception):  # noqa: N818  # what happened, in the words of the message
    """What was given cannot be put into an add-in; the message says which part and why."""


class Deviation(Exception):  # noqa: N818  # what happened, in the words of the message
    """A file is not, byte for byte, what we write; the message says where and what was seen."""
