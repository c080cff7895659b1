"""One writer at a time: our own lock, and the signs that Excel and LibreOffice leave.

Excel puts a file "~$Book.xlsx" beside an open workbook, LibreOffice ".~lock.Book.xlsx#"; both name
the user. After a crash they stay behind and must not keep everybody out for ever.
"""

from __future__ import annotations

import getpass
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from ar_xl.xlfile.write_errors import CannotSave, InUse

STALE_DAYS = 7  # a sign of another computer that is older was left behind by a crash
_NAME_BYTES = 54  # of the owner's name in Excel's owner file, in the old code page
_UTF16_AT = 57
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

    Args:
        path: the workbook that will be written.
        wait: seconds to wait for another run to finish.
        user: who is told to others; the name of the account where None.

    Raises:
        InUse: another run holds it, or it is open in Excel or LibreOffice.
        CannotSave: the folder cannot be written to.
    """
    path = path.resolve()
    marker = path.with_name(f".~{path.name}.lock")
    sign = path.with_name(f".~{path.name}.lock.by")
    lock = FileLock(marker, timeout=wait)
    try:
        if not path.parent.is_dir():  # which the lock would make
            raise FileNotFoundError(path.parent)
        lock.acquire()
    except Timeout:
        raise InUse(_in_use(path, Holder("ar_xl", _first_line(sign), sign))) from None
    except OSError as error:
        raise CannotSave(f"the folder '{path.parent}' cannot be written to") from error
    try:
        check_free(path)
        with suppress(OSError):
            sign.write_text(user or _account(), encoding="utf-8")
        yield
    finally:
        # Removed while it is held: a waiting run notices that its file has lost its name.
        for leftover in (sign, marker):
            with suppress(OSError):
                leftover.unlink()
        lock.release()


def check_free(path: Path) -> None:
    """Refuse a workbook that is open in Excel or LibreOffice, or that is marked read-only.

    Raises:
        InUse: naming who has it open, where the sign tells.
        CannotSave: the file may not be written.
    """
    holder = holder_of(path)
    if holder is not None:
        raise InUse(_in_use(path, holder))
    if not path.exists():
        return
    try:
        with path.open("r+b"):
            pass
    except PermissionError as error:
        if sys.platform == "win32" and os.access(path, os.W_OK):
            raise InUse(f"'{path.name}' is open in another program. Close it there.") from error
        raise CannotSave(f"'{path.name}' is marked read-only") from error


def holder_of(path: Path) -> Holder | None:
    """Return who has the workbook open in Excel or LibreOffice, None if nobody seems to."""
    excel = path.with_name(f"~${path.name}")
    if excel.exists() and not _is_stale_excel(excel):
        return Holder("Excel", _excel_user(excel), excel)
    office = path.with_name(f".~lock.{path.name}#")
    if office.exists():
        user, host = _office_user(office)
        if not _is_stale_office(office, host):
            return Holder("LibreOffice", user, office)
    return None


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
