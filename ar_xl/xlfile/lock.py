"""One writer at a time: our own lock, and the signs that Excel and LibreOffice leave.

Excel puts a file "~$Book.xlsx" beside an open workbook, LibreOffice ".~lock.Book.xlsx#"; both name
the user. After a crash they stay behind and must not keep everybody out for ever. On
Windows Excel's is held open, so that one which can be written to was left behind. LibreOffice's of
this computer is left behind when no LibreOffice runs. Nothing else tells; then only age does.
"""

from __future__ import annotations

import errno
import getpass
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from filelock import FileLock, Timeout

from ar_xl.xlfile.backup import tidy
from ar_xl.xlfile.beside import holder_file, lock_file, new_files, remove_leftovers
from ar_xl.xlfile.errors import XlFileError
from ar_xl.xlfile.write_errors import CannotSave, InUse, disk_words

try:
    import fcntl
except ImportError:  # Windows: there a program that has a file open lets nobody else write to it
    fcntl = None  # type: ignore[assignment]

STALE_DAYS = 7  # a sign of another computer that is older was left behind by a crash
_NAME_BYTES = 54  # of the owner's name in Excel's owner file, in the old code page
_UTF16_AT = 57
_ANY_WRITE = 0o222
_OFFICE_PROCESSES = frozenset(["soffice.bin", "oosplash"])


@dataclass(frozen=True)
class Holder:
    """Who has a workbook open.

    Args:
        program: "Excel", "LibreOffice" or "ar_xl".
        user: "" where the sign does not tell.
        sign: the file that says so.
    """

    program: str
    user: str
    sign: Path


@contextmanager
def hold(path: Path, wait: float = 0.0, user: str | None = None) -> Iterator[None]:
    """Keep other runs of this program from writing a workbook, from reading it until it is saved.

    What a killed run left beside it is removed first.

    Args:
        path: the workbook that will be written; where it is a link, the file behind it.
        wait: seconds to wait for another run to finish.
        user: who is told to others; the name of the account where None.

    Raises:
        InUse: another run holds it, or it is open in Excel or LibreOffice.
        CannotSave: the folder cannot be written to.
    """
    try:
        real = path.resolve()
        marker, sign = lock_file(real), holder_file(real)
        # In a folder that people share, the marker that one left must be open to the others.
        lock = FileLock(marker, timeout=wait, mode=0o666)
        if not real.parent.is_dir():  # which the lock would make
            raise FileNotFoundError(errno.ENOENT, "the folder does not exist")
        lock.acquire()
    except Timeout:
        if not marker.exists():
            refused = f"the folder '{path.parent}' cannot be written to"
            raise CannotSave(refused) from None
        raise InUse(_in_use(path, Holder("ar_xl", _first_line(sign), sign))) from None
    except (OSError, RuntimeError) as failure:
        raise CannotSave(_folder_refused(path.parent, failure)) from failure
    try:
        remove_leftovers(real)
        tidy(real)
        check_free(path)
        _leave_sign(sign, user or _account())
        yield
    finally:
        # Removed while it is held: a waiting run notices that its file has lost its name.
        for leftover in (sign, marker):
            with suppress(OSError):
                leftover.unlink()
        with suppress(OSError):
            lock.release()


def tidy_up(path: Path) -> None:
    """Remove what a killed run left beside a workbook, unless another run is at work.

    For commands that only read: nothing is done, and no lock is made, where nothing was left.
    """
    with suppress(OSError, XlFileError):
        real = path.resolve()
        left = lock_file(real).exists() or holder_file(real).exists() or new_files(real)
        if left and real.is_file():
            with hold(path):
                pass


def check_free(path: Path) -> None:
    """Refuse a workbook that is open in Excel or LibreOffice, or that is marked read-only.

    Raises:
        InUse: naming who has it open, where the sign tells.
        CannotSave: the file may not be written.
    """
    try:
        holder = holder_of(path)
        if holder is not None:
            raise InUse(_in_use(path, holder))
        if not path.exists():
            return
        if not path.stat().st_mode & _ANY_WRITE:  # the superuser may write it all the same
            raise CannotSave(
                f"'{path.name}' is marked read-only. Clear the mark in the file's properties, or "
                "work on a copy"
            )
        with path.open("r+b") as file:
            if _is_locked(file.fileno()):
                raise InUse(f"'{path.name}' is open in another program. Close it there.")
    except PermissionError as failure:
        if sys.platform == "win32" and os.access(path, os.W_OK):
            raise InUse(f"'{path.name}' is open in another program. Close it there.") from failure
        raise CannotSave(f"you may not write to '{path.name}'") from failure
    except OSError as failure:
        raise CannotSave(disk_words(failure)) from failure


def holder_of(path: Path) -> Holder | None:
    """Return who has the workbook open in Excel or LibreOffice, None if nobody seems to.

    They leave their sign beside the name under which they opened it, be it that of a link.
    """
    for name in dict.fromkeys(each for place in (path, path.resolve()) for each in _forms(place)):
        excel = name.with_name(f"~${name.name}")
        if _is_there(excel) and not _is_stale_excel(excel):
            return Holder("Excel", _excel_user(excel), excel)
        office = name.with_name(f".~lock.{name.name}#")
        if _is_there(office):
            user, host = _office_user(office)
            if not _is_stale_office(office, host):
                return Holder("LibreOffice", user, office)
    return None


def _forms(path: Path) -> list[Path]:
    """A path with its name's accents as it has them, as one sign with the letter, and apart.

    A Mac writes them apart, so that a sign it leaves on a shared disk has another name.
    """
    return [path, *(path.with_name(normalize(form, path.name)) for form in ("NFC", "NFD"))]


def _is_there(sign: Path) -> bool:
    """Tell whether a file is there; none is whose name would be too long."""
    try:
        sign.stat()
    except OSError as failure:
        if failure.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
            return False
        raise
    return True


def _is_locked(descriptor: int) -> bool:
    """Tell whether another program holds a lock on the file itself, as over a network share."""
    if fcntl is None:
        return False
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as failure:
        return failure.errno in (errno.EACCES, errno.EAGAIN)
    return False  # it is let go with the descriptor


def _leave_sign(sign: Path, user: str) -> None:
    """Say who holds the lock; not through a link that somebody else put there."""
    with suppress(OSError):
        sign.unlink(missing_ok=True)
        with sign.open("x", encoding="utf-8") as file:
            file.write(user)


def _folder_refused(folder: Path, failure: OSError | RuntimeError) -> str:
    number = failure.errno if isinstance(failure, OSError) else errno.ELOOP
    if number == errno.ENOENT:
        return f"there is no folder '{folder}'"
    if isinstance(failure, OSError) and number not in (errno.EACCES, errno.EPERM):
        return disk_words(failure)
    return f"the folder '{folder}' cannot be written to"


def _in_use(path: Path, holder: Holder) -> str:
    by = f" by {holder.user}" if holder.user else ""
    if holder.program == "ar_xl":
        return f"'{path.name}' is being written by another command{by}. Try again when it is done."
    return (
        f"'{path.name}' is open in {holder.program}{by}. Close it there and try again. "
        f"If nobody has it open, delete the file '{holder.sign.name}' beside it."
    )


def _excel_user(sign: Path) -> str:
    """Return the name in Excel's owner file: in UTF-16, or where that is missing, in old bytes."""
    content = _read(sign)
    length = int.from_bytes(content[_UTF16_AT - 2 : _UTF16_AT], "little")
    name = ""
    if length <= _NAME_BYTES:
        name = content[_UTF16_AT : _UTF16_AT + 2 * length].decode("utf-16-le", "ignore")
    if not name.strip() and content:
        name = content[1 : 1 + min(content[0], _NAME_BYTES)].decode("cp1252", "ignore")
    return _printable(name)


def _office_user(sign: Path) -> tuple[str, str]:
    """Return the user and the computer in LibreOffice's lock file."""
    fields = _read(sign).decode("utf-8", "ignore").replace("\\,", "\0").split(",")
    fields = [field.replace("\0", ",").strip() for field in fields] + ["", "", ""]
    return _printable(fields[0] or fields[1]), fields[2]


def _is_stale_excel(sign: Path) -> bool:
    if sys.platform == "win32":
        try:  # Excel keeps its owner file open and lets nobody write to it
            with sign.open("r+b"):
                return True
        except OSError:
            return False
    return _is_old(sign)


def _is_stale_office(sign: Path, host: str) -> bool:
    if host and host.casefold() == socket.gethostname().casefold() and Path("/proc").is_dir():
        return not _office_runs()
    return _is_old(sign)


def _office_runs() -> bool:
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with suppress(OSError):
                if (process / "comm").read_text().strip() in _OFFICE_PROCESSES:
                    return True
    return False


def _is_old(sign: Path) -> bool:
    try:
        return time.time() - sign.stat().st_mtime > STALE_DAYS * 86_400
    except OSError:
        return True


def _read(sign: Path) -> bytes:
    try:
        with sign.open("rb") as file:
            return file.read(1024)
    except OSError:
        return b""


def _first_line(sign: Path) -> str:
    return _printable(_read(sign).decode("utf-8", "ignore").partition("\n")[0])


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable()).strip()[:60]


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
