"""What the doctor says of a pretended computer."""

from __future__ import annotations

from ar_xl.addin.doctor import examine
from ar_xl.addin.trouble import Line, Trouble
from tests.addin.pretend import Pretend, build


def line_of(computer: Pretend, name: str) -> Line:
    """The one line of that name."""
    (line,) = [line for line in examine(computer, build) if line.name == name]
    return line


def troubles_of(computer: Pretend) -> list[Trouble]:
    """What is wrong, in order."""
    return [line.trouble for line in examine(computer, build) if line.trouble]
