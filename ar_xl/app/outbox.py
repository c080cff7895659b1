"""Outbox: papers that a command makes beside the workbook, all of them or none.

They are written into a folder that nobody looks at; when all are there, they move to where they
belong, and only then the workbook is saved. Where that fails they are taken away again. So a row
never speaks of a paper that is not there, whenever the power goes.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from ar_xl.core.findings import Exit, Refusal, Severity, code

NO_PLACE_FOR_PAPERS = code(
    "no_place_for_papers",
    Severity.ERROR,
    "a folder on this computer or of your network",
    "Save the workbook in such a folder, or name one as Papers Folder on the Settings sheet.",
    Exit.REFUSED,
)
PAPERS_NOT_WRITTEN = code(
    "papers_not_written",
    Severity.ERROR,
    "a folder that takes new files",
    "Make room or choose another Papers Folder on the Settings sheet, then run again.",
    Exit.BUSY,
)
NO_SENDER = code(
    "papers_without_sender",
    Severity.ERROR,
    "your company's name: a claim without a creditor is none",
    "Fill in Company on the Settings sheet, and Address, which stands below it.",
    Exit.REFUSED,
)
LONGEST_NAME = 80
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Paper:
    """One file of an outbox.

    Args:
        name: of the file, with its ending; `file_names` makes names that every system takes.
        make: its bytes, made only when it is written.
    """

    name: str
    make: Callable[[], bytes]


@dataclass
class Outbox:
    """Papers that belong together.

    Args:
        folder: the name of their folder, as `Shelf.free` gave it.
        papers: what it holds.
        finish: what is done to the folder once all papers are in it, such as printing to PDF;
            returns what to say about it.
        joins: papers go into the folder of that name where there is one; a file that is there
            stays as it is.
    """

    folder: str
    papers: list[Paper] = field(default_factory=list)
    finish: Callable[[Path], Iterable[str]] | None = None
    joins: bool = False


@dataclass(frozen=True)
class Shelf:
    """Where outboxes go.

    Args:
        place: the folder beside the workbook, or that of the settings.
        book: what no other workbook has that puts papers there.
        beside: the folder of the workbook, where pictures and templates are looked for.
    """

    place: Path
    book: str
    beside: Path = Path()

    def free(self, name: str) -> str:
        """The name for a new folder: as wanted, else with (2), (3) and so on behind it."""
        wanted = file_names([name])[0]
        count, free = 1, wanted
        while (self.place / free).exists():
            count += 1
            free = f"{wanted} ({count})"
        return free

    @property
    def _hidden(self) -> Path:
        return self.place / f".{self.book}.ar-xl-papers"

    def stage(self, boxes: Iterable[Outbox], progress: Callable[[str], None]) -> Staged:
        """Write papers where nobody looks yet.

        Args:
            boxes: the outboxes of a command.
            progress: called with a few words, `x of y` among them.

        Raises:
            Refusal: the folder takes no files; nothing of them is left then.
        """
        kept = [box for box in boxes if box.papers]
        joins = frozenset(box.folder for box in kept if box.joins)
        staged = Staged(self._hidden, self.place, tuple(box.folder for box in kept), joins)
        shutil.rmtree(self._hidden, ignore_errors=True)  # what a run left that was killed
        count = sum(len(box.papers) for box in kept)
        written = 0
        try:
            for box in kept:
                staged.reserve(box.folder)
                folder = self._hidden / box.folder
                folder.mkdir(mode=0o700, parents=True)
                for paper in box.papers:
                    (folder / paper.name).write_bytes(paper.make())
                    written += 1
                    if written % 25 == 0 or written == count:
                        progress(f"Making papers, {written:,} of {count:,}")
                if box.finish is not None:
                    progress("Finishing papers")
                    staged.said.extend(box.finish(folder))
        except OSError as problem:
            staged.take_back()
            raise _not_written(self.place, problem) from None
        except BaseException:
            staged.take_back()
            raise
        return staged


@dataclass(frozen=True)
class Staged:
    """Papers that are written and not yet where they belong.

    Args:
        hidden: the folder that holds them.
        place: where they go.
        folders: the names they take there.
        joins: those of them that join a folder of that name.
        said: what finishing them said.
        reserved: folders that were made for them.
        moved: what stands where it belongs.
    """

    hidden: Path
    place: Path
    folders: tuple[str, ...]
    joins: frozenset[str] = frozenset()
    said: list[str] = field(default_factory=list)
    reserved: set[str] = field(default_factory=set)
    moved: list[Path] = field(default_factory=list)

    def reserve(self, name: str) -> None:
        """Make the empty folder that the papers will be in, so that no other run takes its name.

        Raises:
            FileExistsError: another run has just made it.
        """
        if name not in self.joins:
            (self.place / name).mkdir()
            self.reserved.add(name)

    def hand_out(self) -> tuple[str, ...]:
        """Move the papers to their folders; what to say about it.

        Raises:
            Refusal: another program holds one of them; none is left then.
        """
        said = list(self.said)
        try:
            for name in self.folders:
                there = self.place / name
                there.mkdir(exist_ok=True)
                for paper in sorted((self.hidden / name).iterdir()):
                    if not (there / paper.name).exists():
                        paper.rename(there / paper.name)
                        self.moved.append(there / paper.name)
                said.append(f"Papers: {there}.")
        except OSError as problem:
            self.take_back()
            raise _not_written(self.place, problem) from None
        shutil.rmtree(self.hidden, ignore_errors=True)
        return tuple(said)

    def take_back(self) -> None:
        """Leave nothing of what was made, nor of the folders made for it."""
        shutil.rmtree(self.hidden, ignore_errors=True)
        for made in self.moved:
            if made.is_dir():
                shutil.rmtree(made, ignore_errors=True)
            else:
                made.unlink(missing_ok=True)
        for name in self.reserved:
            with suppress(OSError):  # somebody put something into it: theirs
                (self.place / name).rmdir()


def _not_written(place: Path, problem: OSError) -> Refusal:
    said = problem.strerror or type(problem).__name__
    return Refusal(PAPERS_NOT_WRITTEN, f"{place.name}: {said}.")


def insist_on_sender(boxes: Iterable[Outbox], company: str) -> None:
    """Refuse papers for customers in nobody's name; templates go to nobody.

    Raises:
        Refusal: Settings has no Company.
    """
    if not company and any(box.papers and not box.joins for box in boxes):
        raise Refusal(NO_SENDER, "Settings names no Company, whose papers these would be.")


@contextmanager
def staged_papers(
    shelf: Callable[[], Shelf], boxes: Iterable[Outbox], progress: Callable[[str], None]
) -> Iterator[list[str]]:
    """Papers are made and handed out now, and taken back where what follows fails.

    Args:
        shelf: where they go.
        boxes: the outboxes; without papers nothing is touched.
        progress: called with a few words.

    Yields:
        What to say of them.
    """
    said: list[str] = []
    kept = [box for box in boxes if box.papers]
    if not kept:
        yield said
        return
    staged = shelf().stage(kept, progress)
    said.extend(staged.hand_out())
    try:
        yield said
    except BaseException:
        staged.take_back()
        raise


def shelf_beside(book: str, papers_folder: str) -> Shelf:
    """The shelf of a workbook.

    Args:
        book: its full name; that of a workbook on the web or never saved has no folder.
        papers_folder: of the settings; one that is no full path is taken from the workbook's.

    Raises:
        Refusal: there is no such folder.
    """
    path = Path(book)
    chosen = Path(papers_folder).expanduser() if papers_folder else path.parent
    local = path.is_absolute() and "://" not in book
    if not chosen.is_absolute() and local:
        chosen = path.parent / chosen
    if not chosen.is_absolute() or not chosen.is_dir():
        seen = papers_folder or (book if "://" in book else "a workbook that was never saved")
        raise Refusal(NO_PLACE_FOR_PAPERS, f"Papers have no folder to go to: {seen}.")
    mark = hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    name = f"{file_names([path.stem or 'book'])[0]}-{mark}"
    return Shelf(chosen, name, path.parent if local else chosen)


def file_names(wanted: Iterable[str]) -> list[str]:
    """Names that Windows, macOS and Linux all take, no two alike whatever their capitals.

    Args:
        wanted: as a person would call them, without endings; customers' names among them.
    """
    taken: set[str] = set()
    made = []
    for text in wanted:
        plain = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", text))
        plain = " ".join(plain.split())[:LONGEST_NAME].strip(" .") or "unnamed"
        if _DEVICES.match(plain):
            plain = f"_{plain}"
        name, count = plain, 1
        while name.casefold() in taken:
            count += 1
            name = f"{plain} ({count})"
        taken.add(name.casefold())
        made.append(name)
    return made
