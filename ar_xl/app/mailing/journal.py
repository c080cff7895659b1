"""Journal: which messages the server took, kept beside the drafts and on disk before going on.

A line is a date, what became of a message, and its Message-ID: nobody's name or address. `trying`
stands before the message is handed over; where no other word follows, its fate is unknown: the run
was cut off, and the message may have arrived.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path

from ar_xl.app import clock
from ar_xl.core.dates import EARLIEST_AS_OF

NAME = "sent.txt"
_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (trying|sent|refused) <([^<>\s]+)>")


class Fate(Enum):
    """What became of a message."""

    TRYING = "trying"
    SENT = "sent"
    REFUSED = "refused"


_WEIGHT = {Fate.REFUSED: 0, Fate.TRYING: 1, Fate.SENT: 2}


@dataclass(frozen=True)
class Entry:
    """The last that is known of a message."""

    on: date
    fate: Fate


@dataclass(frozen=True)
class Journal:
    """The journal of one folder of drafts."""

    folder: Path

    @classmethod
    def read_all(cls, folders: Iterable[Path]) -> Mapping[str, Entry]:
        """What became of each message in any of several folders; the worst to repeat counts."""
        known: dict[str, Entry] = {}
        for folder in sorted(folders):
            for message_id, entry in cls(folder).read().items():
                before = known.get(message_id)
                if before is None or _WEIGHT[entry.fate] > _WEIGHT[before.fate]:
                    known[message_id] = entry
        return known

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / NAME

    def read(self) -> Mapping[str, Entry]:
        """What became of each message, by its id; a line that was cut off says nothing.

        What was sent stays sent, whatever is written below.
        """
        known: dict[str, Entry] = {}
        text = self.path.read_text(encoding="ascii", errors="replace") if self.exists() else ""
        for line in text.splitlines():
            found = _LINE.fullmatch(line)
            if found is None:
                continue
            entry = Entry(_day(found[1]), Fate(found[2]))
            before = known.get(found[3])
            if before is None or before.fate is not Fate.SENT:
                known[found[3]] = entry
        return known

    def exists(self) -> bool:
        """Whether anything was ever sent from here."""
        return self.path.is_file()

    def note(self, on: date, fate: Fate, message_id: str) -> None:
        """Add a line; it is on the disk when this returns.

        Raises:
            OSError: it could not be written.
        """
        whole = f"{on.isoformat()} {fate.value} <{message_id}>\n".encode("ascii")
        with self.path.open("ab+") as file:
            if file.tell() and not self._ends_a_line():
                whole = b"\n" + whole
            file.write(whole)
            file.flush()
            os.fsync(file.fileno())

    def _ends_a_line(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def _day(text: str) -> date:
    """A day of the journal; where somebody wrote one into it that cannot be, it is today."""
    with suppress(ValueError):
        found = date.fromisoformat(text)
        if found >= EARLIEST_AS_OF:
            return found
    return clock.today()
