"""PDF through LibreOffice, where it is found."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

SECONDS_ALLOWED = 120


def as_pdf(workbook: Path, folder: Path) -> Path | None:
    """Print a workbook to a PDF of the same name.

    Args:
        workbook: the file; it is only read.
        folder: where the PDF goes.

    Returns:
        The PDF, or None where LibreOffice is not installed or did not print in time.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory(prefix="ar-xl-office-") as profile:
        command = [
            office, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(folder), str(workbook),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS_ALLOWED)
        except (OSError, subprocess.SubprocessError):
            return None
    pdf = folder / f"{workbook.stem}.pdf"
    return pdf if pdf.exists() else None
