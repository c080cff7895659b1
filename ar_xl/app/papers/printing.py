"""Word files and workbooks to PDF, by LibreOffice or by Word, whichever is at hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

AT_A_TIME = 50  # files that LibreOffice prints in one call
SECONDS_TO_START, SECONDS_A_FILE = 120, 6
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_AS_PDF = 17  # wdExportFormatPDF
NOTHING_PRINTS = (
    "No PDF: neither LibreOffice nor Word was found on this computer. The letters are Word files; "
    "print or save them as PDF in Word."
)


def libre_office() -> str:
    """The program of LibreOffice; "" where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), "")


def word_is_here() -> bool:
    """Whether Word can be asked: on Windows, with the library that Excel is driven by."""
    return sys.platform == "win32" and find_spec("win32com") is not None


def can_print() -> bool:
    """Whether there is anything that makes a PDF of a Word file."""
    return bool(libre_office()) or word_is_here()


def print_folder(folder: Path) -> tuple[str, ...]:
    """Make a PDF of each Word file of a folder, beside it; what did not work is said.

    Args:
        folder: with .docx files; nothing else in it is touched.
    """
    files = sorted(folder.glob("*.docx"))
    office = libre_office()
    if office:
        _by_libre_office(office, files, folder)
    elif word_is_here():
        _by_word(files)
    else:
        return (NOTHING_PRINTS,)
    made = [file for file in files if file.with_suffix(".pdf").is_file()]
    if len(made) == len(files):
        return ()
    if not made:
        by = "LibreOffice (is its Writer installed?)" if office else "Word"
        return (f"No PDF: {by} did not print the letters. They are there as Word files.",)
    left = ", ".join(file.name for file in files if file not in made)
    return (f"PDF made of {len(made):,} of {len(files):,} letters; not of {left[:300]}.",)


def print_workbook(workbook: Path, folder: Path) -> Path | None:
    """Print a workbook to a PDF of the same name.

    Args:
        workbook: the file; it is only read.
        folder: where the PDF goes.

    Returns:
        The PDF, or None where LibreOffice is not installed or did not print in time.
    """
    office = libre_office()
    if office:
        _by_libre_office(office, [workbook], folder)
    pdf = folder / f"{workbook.stem}.pdf"
    return pdf if office and pdf.exists() else None


def _by_libre_office(office: str, files: Sequence[Path], folder: Path) -> None:
    """A few calls, with a profile that is nobody's and goes with all it kept of the letters."""
    with tempfile.TemporaryDirectory(prefix="ar-xl-office-") as place:
        profile = Path(place)
        _keep_offline(profile)
        surroundings = {**os.environ, "TMPDIR": place, "TEMP": place, "TMP": place}
        for first in range(0, len(files), AT_A_TIME):
            some = files[first : first + AT_A_TIME]
            command = [
                office, f"-env:UserInstallation={(profile / 'profile').as_uri()}", "--headless",
                "--norestore", "--convert-to", "pdf", "--outdir", str(folder),
                *(str(file) for file in some),
            ]  # fmt: skip
            try:
                subprocess.run(
                    command, check=False, capture_output=True, env=surroundings,
                    timeout=SECONDS_TO_START + SECONDS_A_FILE * len(some),
                )  # fmt: skip
            except (OSError, subprocess.SubprocessError):
                break
    for lock in folder.glob(".~lock.*"):
        lock.unlink(missing_ok=True)


def _keep_offline(profile: Path) -> None:
    """Tell LibreOffice to load no link and to run no macro."""
    user = profile / "profile" / "user"
    user.mkdir(parents=True)
    items = (
        ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
        ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
        ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
        ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    )
    made = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in items
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items '
        'xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{made}</oor:items>',
        encoding="utf-8",
    )


def _by_word(files: Iterable[Path]) -> None:
    """Word in the background, with a window of its own that nobody sees and no macro that runs."""
    from pywintypes import com_error  # Windows alone has both
    from win32com.client import DispatchEx

    word = DispatchEx("Word.Application")
    try:
        word.Visible, word.DisplayAlerts, word.AutomationSecurity = False, 0, 3
        for file in files:
            document = word.Documents.Open(str(file), ReadOnly=True, AddToRecentFiles=False)
            try:
                document.ExportAsFixedFormat(str(file.with_suffix(".pdf")), _AS_PDF)
            finally:
                document.Close(SaveChanges=0)
    except (OSError, com_error):
        return
    finally:
        word.Quit(SaveChanges=0)
